import type { TSESTree } from "@typescript-eslint/utils";
import type { Entity, Library } from "../../libraries/types.ts";
import { holds } from "../files/versions.ts";
import { byName, byObject } from "../memo.ts";
import { dottedPath, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { table } from "../table.ts";
import type { EntityValue, Value } from "./value.ts";

export interface Entry {
  readonly library: Library;
  /** Path of the namespace. */
  readonly path: string;
  /** Path of the default import. */
  readonly default: string | undefined;
}

/** The described libraries by module specifier, as a file imports them. */
export interface LibraryIndex {
  /** The same list for all files of a configuration: tables that are made of it are kept by it. */
  readonly libraries: readonly Library[];
  /** @param from where the module is imported, for specifiers that are relative */
  find(specifier: string, from: Node): Entry | undefined;
}

/** Packages go by the same names wherever they are imported. */
export interface PackageIndex {
  readonly libraries: readonly Library[];
  readonly find: (specifier: string) => Entry | undefined;
}

export function createLibraryIndex(described: readonly Library[]): PackageIndex {
  const libraries = described.map((library) => lookedUp(library));
  const entries = new Map<string, Entry>();
  for (const library of libraries) {
    for (const module of library.modules) {
      const entry = { library, path: module.path ?? "", default: module.default };
      entries.set(packageSpecifier(module.specifier), entry);
      for (const name of library.compatible ?? []) {
        if (module.specifier === library.name || module.specifier.startsWith(`${library.name}/`)) {
          entries.set(name + module.specifier.slice(library.name.length), entry);
        }
      }
    }
  }
  return { libraries, find: byName((specifier) => entries.get(packageSpecifier(specifier))) };
}

/** The members that source code names are looked up in what a description holds, and nothing else. */
function lookedUp(library: Library): Library {
  const { entities, members, assumed, shown, optionsTypes, ...rest } = library;
  return {
    ...rest,
    entities: table(entities),
    ...(members === undefined ? {} : { members: table(members) }),
    ...(assumed === undefined ? {} : { assumed: table(assumed) }),
    ...(shown === undefined ? {} : { shown: table(shown) }),
    ...(optionsTypes === undefined ? {} : { optionsTypes: table(optionsTypes) }),
  };
}

/**
 * The specifier as Node would write it: without Deno's `npm:` and `jsr:` prefixes, without a CDN's
 * address, without a version and a file extension.
 */
function packageSpecifier(written: string): string {
  let specifier = written.replace(/^(?:npm|jsr|node):\/?/u, "");
  specifier = specifier.replace(
    /^https?:\/\/(?:esm\.sh|cdn\.skypack\.dev|cdn\.jsdelivr\.net\/npm|unpkg\.com|deno\.land\/x)\/(?:v\d+\/)?/u,
    "",
  );
  specifier = specifier.replace(/^((?:@[^/]+\/)?[^/@]+)@[^/]+/u, "$1");
  // A package that a file names by where it is installed.
  specifier = specifier.replace(/^\.{0,2}\/(?:.*\/)?node_modules\//u, "");
  // Deno's modules are loaded by the file that exports everything, and so may others be.
  specifier = specifier.replace(/\/(?:mod|index)\.[cm]?[jt]s$/u, "").replace(/\/index$/u, "");
  return specifier.replace(/\.(?:[cm]?js|ts)$/u, "");
}

export function entityValue(node: Node, library: Library, path: string): EntityValue {
  return { type: "entity", node, library, path, promisified: false, bound: [], made: undefined };
}

/** The namespace object of a described library. */
export function namespaceOf(index: LibraryIndex, node: Node, specifier: string): Value | undefined {
  const entry = index.find(specifier, node);
  if (entry === undefined) return undefined;
  return { ...entityValue(node, entry.library, entry.path), called: entry.default };
}

/** What a page finds under a name that no variable has, once it has loaded a library. */
export function globalOf(index: LibraryIndex, node: Node, name: string): Value | undefined {
  const found = globalsOf(index.libraries).get(name);
  return found === undefined ? undefined : entityValue(node, ...found);
}

export const globalsOf = byObject(
  (libraries: readonly Library[]): ReadonlyMap<string, readonly [library: Library, path: string]> =>
    new Map(
      libraries.flatMap((library) =>
        Object.entries(library.globals ?? {}).map(
          ([name, path]) => [name, [library, path]] as const,
        ),
      ),
    ),
);

/** `import * as expressJwt from "express-jwt"; expressJwt({ … })`: the one function of the package. */
export function calledTarget(value: EntityValue): EntityValue {
  const { called, library, path } = value;
  return called === undefined || library.entities[path] !== undefined
    ? value
    : { ...value, path: called, called: undefined };
}

/** What `import x from` gives. */
export function defaultOf(index: LibraryIndex, node: Node, specifier: string): Value | undefined {
  const entry = index.find(specifier, node);
  if (entry === undefined) return undefined;
  return entityValue(node, entry.library, entry.default ?? entry.path);
}

/** What `require(x)` gives: the module's own export where there is one. */
export function requiredOf(index: LibraryIndex, node: Node, specifier: string): Value | undefined {
  return defaultOf(index, node, specifier);
}

/** The member of a library's namespace, instance or class. */
export function memberOf(from: EntityValue, node: Node, name: string): EntityValue {
  const value = { ...from, called: undefined };
  const { library, path } = value;
  // Interop: `jwt.default.verify`, `import * as jwt` of a CommonJS module.
  if (name === "default" && library.entities.default === undefined) return { ...value, node };
  const joined = path === "" ? name : `${path}.${name}`;
  const isNamespace =
    library.namespaces?.includes(path) === true && library.entities[joined] === undefined;
  if (isNamespace) return { ...value, node };
  const instance = library.members?.[joined];
  if (instance !== undefined) return { ...value, node, path: instance };
  if (path !== "" && library.entities[joined] === undefined) {
    // A function that also carries the package's named exports: `const jwt = require("express-jwt")`
    // and `jwt.expressjwt`.
    const isRootExport = library.modules.some((module) => module.default === path);
    if (isRootExport && library.entities[name] !== undefined) return { ...value, node, path: name };
  }
  return { ...value, node, path: joined };
}

/** The description of an entity for a given release: the same object each time. */
export function describe(
  value: { readonly library: Library; readonly path: string },
  version: string,
): Entity | undefined {
  const entity = value.library.entities[value.path];
  return entity?.variants === undefined ? entity : ofRelease(entity)(version);
}

const ofRelease = byObject((entity: Entity) =>
  byName((version): Entity => {
    let described = entity;
    for (const variant of entity.variants ?? []) {
      if (holds(version, variant.versions)) described = { ...described, ...variant.entity };
    }
    return described;
  }),
);

/** The module specifier of `require("x")`, `import("x")` or `require("x")` wrapped for interop. */
export function requiredSpecifier(node: Node): TSESTree.StringLiteral | undefined {
  const call = unwrap(node);
  const source =
    call.type === "ImportExpression"
      ? call.source
      : call.type === "CallExpression" && isRequire(call.callee)
        ? call.arguments[0]
        : undefined;
  if (source === undefined) return undefined;
  if (source.type === "Literal" && typeof source.value === "string") return source;
  const value = staticKey(source, true) ?? besideFile(source);
  if (value === undefined) return undefined;
  // As good as a string; its node has no `value`, so lend it one.
  return {
    ...source,
    type: "Literal",
    value,
    raw: JSON.stringify(value),
  } as unknown as TSESTree.StringLiteral;
}

/** `__dirname + "/config"` and `path.join(__dirname, "config")` as a relative specifier. */
function besideFile(written: Node): string | undefined {
  const parts = pathParts(unwrap(written));
  if (parts?.[0] !== HERE || parts.includes(HERE, 1)) return undefined;
  const rest = parts
    .slice(1)
    .join("/")
    .replaceAll(/\/{2,}/gu, "/")
    .replace(/^\//u, "");
  return rest === "" ? undefined : `./${rest}`;
}

/** Stands for the directory of the file. */
const HERE = Symbol("directory");

function pathParts(node: Node): (string | typeof HERE)[] | undefined {
  switch (node.type) {
    case "BinaryExpression": {
      const [left, right] = [node.left, node.right].map(partOf);
      // What is joined without a slash names a neighbour of the directory.
      const isPath = node.operator === "+" && typeof right === "string" && right.startsWith("/");
      return isPath && left !== undefined ? [left, right] : undefined;
    }
    case "TemplateLiteral": {
      const [first, rest, ...more] = node.quasis.map(({ value }) => value.cooked);
      const [hole] = node.expressions;
      const isPath = first === "" && more.length === 0 && rest?.startsWith("/") === true;
      const part = hole === undefined ? undefined : partOf(hole);
      return isPath && part !== undefined ? [part, rest] : undefined;
    }
    case "CallExpression": {
      const called = dottedPath(node.callee)?.join(".") ?? "";
      if (!/^(?:path\.)?(?:join|resolve)$/u.test(called)) return undefined;
      const parts = node.arguments.map(partOf);
      // `resolve` begins anew at an absolute path.
      const isAnew = (part: unknown): boolean =>
        typeof part === "string" && part.startsWith("/") && called.endsWith("resolve");
      if (parts.some(isAnew)) return undefined;
      return parts.every((part) => part !== undefined) ? parts : undefined;
    }
    default:
      return undefined;
  }
}

function partOf(node: Node): string | typeof HERE | undefined {
  return node.type === "Identifier" && node.name === "__dirname" ? HERE : staticKey(node, true);
}

/**
 * `require` by its free name: under a default flat config it is an unresolved reference, under
 * `sourceType: "commonjs"` a variable without a definition. Meteor's packages have one of their own.
 */
function isRequire(callee: Node): boolean {
  if (callee.type === "Identifier") return callee.name === "require";
  return (
    callee.type === "MemberExpression" &&
    staticKey(callee.property, callee.computed) === "require" &&
    callee.object.type === "Identifier" &&
    /^(?:module|Npm)$/u.test(callee.object.name)
  );
}
