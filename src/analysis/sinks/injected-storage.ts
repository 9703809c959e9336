import type { TSESTree } from "@typescript-eslint/utils";
import {
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byName, byObject } from "../memo.ts";
import { table } from "../table.ts";
import { hidesCookie } from "./storage-packages.ts";

/**
 * Storages that a framework hands in under a name of their own, so no import shows them. Read for this:
 * ngstorage 0.3.11, angular-local-storage 0.7.1, angular-cookies 1.3.20 (whose `$cookies` keeps what is
 * written to its properties), 1.4.14 and 1.8.3 (without `$cookieStore`), angular-storage 0.0.15, vue-cookies 1.8.6,
 * vue-cookie 1.1.4, vue-ls 4.2.0, cookie-universal-nuxt 2.2.2 and quasar 2.27.0.
 */

/** A storage that is handed in, and what stands in it under which name. */
interface Injected {
  readonly where: "storage" | "cookie";
  readonly method?: RegExp;
  /** Is a property of it kept as well: `$localStorage.token = token`? */
  readonly keepsProperties?: true;
  /** Names that mean many things count where the file names the module that gives them. */
  readonly module?: string;
}

const SERVICES: Readonly<Record<string, Injected>> = table({
  $localStorage: { where: "storage", keepsProperties: true },
  $sessionStorage: { where: "storage", keepsProperties: true },
  localStorageService: { where: "storage", method: /^(?:set|add)$/u },
  $ls: { where: "storage", method: /^set$/u },
  $cookies: { where: "cookie", method: /^(?:put|putObject|set)$/u, keepsProperties: true },
  $cookie: { where: "cookie", method: /^set$/u },
  "$q.cookies": { where: "cookie", method: /^set$/u },
  "$q.localStorage": { where: "storage", method: /^set(?:Item)?$/u },
  "$q.sessionStorage": { where: "storage", method: /^set(?:Item)?$/u },
  $cookieStore: { where: "cookie", method: /^put$/u },
  store: { where: "storage", method: /^set$/u, module: "angular-storage" },
});

/** @returns the storage that a call writes to */
export function injectedIn(file: SourceFile, call: CallNode): Injected | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const service = serviceAt(callee.object) ?? wrappedIn(file, callee.object);
  if (service?.method?.test(memberName(callee) ?? "") !== true) return undefined;
  const { module } = service;
  const isKnown =
    module === undefined || modulesNamed(file)(module) || isHandedIn(file, callee.object);
  if (!isKnown) return undefined;
  return hidesCookie(file, call) ? undefined : service;
}

/** @returns the storage that an assignment to one of its properties writes to */
export function injectedBehind(written: TSESTree.MemberExpression): Injected | undefined {
  const service = serviceAt(written.object);
  return service?.keepsProperties === true ? service : undefined;
}

/** `angular.module("shop", ["ui.router", "angular-storage"])`, `import "angular-storage"` */
const modulesNamed = byObject(({ index }: SourceFile) =>
  byName((module) => index.literals.some((literal) => textOf(literal) === module)),
);

/** `angular.module("shop").controller("Entry", function ($scope, store) { … })`: other files name the modules. */
function isHandedIn(file: SourceFile, receiver: Node): boolean {
  const owner = file.variableOf(unwrap(receiver))?.defs[0]?.node as Node | undefined;
  const call = isFunction(owner) ? parentOf(owner) : undefined;
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return (
    callee?.type === "MemberExpression" &&
    /^(?:controller|service|factory|config|run|directive)$/u.test(memberName(callee) ?? "") &&
    namesNoModules(file)
  );
}

/** `angular.module("shop")`: with a list behind the name, that would name them. */
function namesNoModules({ index, code }: SourceFile): boolean {
  const asked = index.called.get("module") ?? [];
  return (
    code.includes("angular.module(") && asked.every(({ arguments: { length } }) => length === 1)
  );
}

/**
 * `this.props.cookies`, `const { cookies } = this.props`, `({ cookies }) => …` in a file that makes components by
 * `withCookies` of react-cookie, which hands them its cookies under that name (8.1.2).
 */
function wrappedIn(file: SourceFile, receiver: Node): Injected | undefined {
  if (!file.index.names.has("withCookies") || !modulesNamed(file)("react-cookie")) return undefined;
  const node = unwrap(receiver);
  return isPropNamedCookies(file, node) ? { where: "cookie", method: /^set$/u } : undefined;
}

function isPropNamedCookies(file: SourceFile, node: Node): boolean {
  if (node.type === "MemberExpression")
    return /(?:^|\.)props\.cookies$/u.test(dottedPath(node)?.join(".") ?? "");
  const [declared] = file.variableOf(node)?.identifiers ?? [];
  const property = declared === undefined ? undefined : parentOf(declared);
  if (property?.type !== "Property" || property.parent.type !== "ObjectPattern") return false;
  if (staticKey(property.key, property.computed) !== "cookies") return false;
  const pattern = property.parent;
  const holder = pattern.parent;
  if (holder.type === "VariableDeclarator")
    return holder.init !== null && dottedPath(holder.init)?.at(-1) === "props";
  return isFunction(holder) && holder.params[0] === pattern;
}

function serviceAt(written: Node): Injected | undefined {
  const path = dottedPath(written);
  if (path === undefined) return undefined;
  // `$cookies`, `this.$cookies`, `app.$cookies`, `this.$q.cookies`
  const [holder = "", name = ""] = path.slice(-2);
  const inner = SERVICES[`${holder}.${name}`];
  if (inner !== undefined && path.length <= 3) return inner;
  return path.length <= 2 ? SERVICES[path.at(-1) ?? ""] : undefined;
}
