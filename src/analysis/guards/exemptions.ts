import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, isFunction, statementsIn, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { stringOf, truthiness } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { asksForClaims } from "./asked-behind.ts";
import { verifies } from "./late-guards.ts";
import { closedBehind } from "./mounted-behind.ts";

/** What a guard is told to let pass, and should not. */
export interface Exemption {
  readonly node: Node;
  /** How the code calls the guard. */
  readonly guard: string;
  /** Undefined where every request passes. */
  readonly method?: string;
  /** What is mounted behind, and not for everybody. */
  readonly behind?: Node;
}

/**
 * `app.use(jwt({ secret }).unless({ method: "GET" }))`: each condition of `unless` is enough alone (express-unless
 * 1.0.0, 2.1.3, koa-unless 1.0.7), so a method frees every route behind, and so does a path that each path fits
 * (`/.*\/`, `/^\//`) or a function that says yes to all. Texts are compared as a whole: `path: "/"` frees one page.
 */
export function exemptions(core: Core, operations: readonly Operation[]): Exemption[] {
  const calls = core.file.index.called.get("unless") ?? [];
  if (calls.length === 0 || asksForClaims(core.file)) return [];
  const verifications = operations.filter(({ kind }) => kind === "verify" || kind === "middleware");
  return calls.flatMap((call) => {
    const callee = unwrap(call.callee);
    const [given] = call.arguments;
    if (callee.type !== "MemberExpression" || given === undefined) return [];
    const made = initOf(core.file, unwrap(callee.object)) ?? callee.object;
    const operation = verifications.find(({ node }) => contains(made, node));
    if (operation === undefined && !verifies(core, callee.object, verifications)) return [];
    const guard = dottedPath(callee.object)?.join(".") ?? operation?.name ?? "the guard";
    const isKoa = operation?.library.name === "koa-jwt";
    return conditionsOf(core, given).flatMap(({ node, kind, methods }): Exemption[] => {
      if (kind === "custom")
        return isFunction(node) && letsAllPass(core, node, isKoa) ? [{ node, guard }] : [];
      // An object among the paths of koa-unless fits none.
      if (kind === "object" && isKoa) return [];
      if (methods === undefined) return [{ node, guard }];
      const first = methods.flatMap((one) => {
        const method = stringOf(one) ?? "";
        const behind = METHODS.test(method) ? closedBehind(core, call, method) : undefined;
        return behind === undefined
          ? []
          : [{ node: kind === "method" ? one.node : node, guard, method, behind }];
      });
      return first.slice(0, 1);
    });
  });
}

/** Those that bring or change something, as a request writes them. */
const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE)$/u;

interface Condition {
  readonly node: Node;
  readonly kind: "custom" | "path" | "object" | "method";
  /** Undefined where it holds for all of them. */
  readonly methods?: readonly Value[];
}

function conditionsOf(core: Core, given: Node): Condition[] {
  const value = core.evaluate(given);
  if (value.type === "function") return [{ node: value.node, kind: "custom" }];
  if (value.type !== "object") return [];
  const custom = certain(value, "custom");
  const found: Condition[] = [];
  if (custom?.type === "function") found.push({ node: custom.node, kind: "custom" });
  for (const path of listed(certain(value, "path"))) {
    const isObject = path.type === "object";
    const url = isObject ? certain(path, "url") : path;
    if (url?.type !== "regexp" || !fitsEveryPath(url.node)) continue;
    const { node } = url;
    const only = isObject
      ? (path.properties.get("methods") ?? path.properties.get("method"))
      : undefined;
    if (only !== undefined) found.push({ node, kind: "object", methods: listed(only.value) });
    else if (!isObject) found.push({ node, kind: "path" });
    else if (!path.open) found.push({ node, kind: "object" });
  }
  const methods = certain(value, "method");
  if (methods !== undefined)
    found.push({ node: methods.node, kind: "method", methods: listed(methods) });
  return found.filter(({ node }) => core.fileOf(node) === core.file);
}

/** What a property certainly is: an option that depends on the surroundings is nobody's mistake. */
function certain({ properties }: ObjectValue, name: string): Value | undefined {
  const property = properties.get(name);
  return property?.certain === true ? property.value : undefined;
}

function listed(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return value.type === "array" ? value.elements : [value];
}

/** Paths that have nothing in common but what all have. */
const PATHS = ["/zqvkjw", "/zqvkjw/81-x", "/api/zqvkjw/x"];

/** What a pattern excludes is what the guard is for: `/^\/(?!api)/`. */
const EXCLUDES = /\(\?<?!|\[\^/u;

function fitsEveryPath(node: Node): boolean {
  if (node.type !== "Literal" || !("regex" in node)) return false;
  const { pattern, flags } = node.regex;
  // The flags that remember a place would make the second answer another one.
  const expression = EXCLUDES.test(pattern) ? undefined : compiled(pattern, flags);
  return expression !== undefined && PATHS.every((path) => expression.test(path));
}

function compiled(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags.replaceAll(/[gy]/gu, ""));
  } catch {
    return undefined;
  }
}

/** `() => true`; koa-unless waits for no promise, and takes it for a yes. */
function letsAllPass(core: Core, owner: FunctionNode, isKoa: boolean): boolean {
  if (owner.async && isKoa) return true;
  const [first] = statementsIn(owner.body) ?? [owner.body];
  const answer = first?.type === "ReturnStatement" ? first.argument : owner.expression && first;
  return Boolean(answer) && truthiness(core.evaluate(answer as Node)) === true;
}
