import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  dottedPath,
  isLiteral,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** How many names a text goes through on its way from the request. */
const MAX_NAMES = 4;

/**
 * All the places of a request that a text can have been sent in: `cookies.session` for `req.cookies.session`,
 * `headers.authorization` for `header.split(" ")[1]` of `const header = req.get("Authorization")`, and two for
 * `req.cookies.token || req.query.token`.
 *
 * @returns undefined where it may come from anywhere else
 */
export function sentIn(
  core: Core,
  written: Node,
  hops = MAX_NAMES,
): ReadonlySet<string> | undefined {
  const node = unwrap(written);
  const place = placeOf(node);
  if (place !== undefined) return new Set([place]);
  if (isLiteral(node) || isEmptyList(node)) return new Set();
  switch (node.type) {
    case "LogicalExpression":
      return node.operator === "&&"
        ? sentIn(core, node.right, hops)
        : inAll(core, [node.left, node.right], hops);
    case "ConditionalExpression":
      return inAll(core, [node.consequent, node.alternate], hops);
    case "MemberExpression": {
      // `header.split(" ")[1]`, `request.cookies.get("session").value`
      const isPart = /^(?:\d+|value)$/u.test(memberName(node) ?? "");
      return isPart ? sentIn(core, node.object, hops) : undefined;
    }
    case "CallExpression": {
      const callee = unwrap(node.callee);
      const [given] = node.arguments;
      if (given !== undefined && dottedPath(callee)?.join() === "String")
        return sentIn(core, given, hops);
      const isCut = callee.type === "MemberExpression" && CUTS.test(memberName(callee) ?? "");
      return isCut ? sentIn(core, callee.object, hops) : undefined;
    }
    case "Identifier":
      return hops === 0 ? undefined : heldBy(core, node, hops - 1);
    default:
      return undefined;
  }
}

/** `header?.split(" ") ?? []` */
function isEmptyList(node: Node): boolean {
  return node.type === "ArrayExpression" && node.elements.length === 0;
}

const CUTS = /^(?:split|slice|substr(?:ing)?|replace|trim|toString|at|pop)$/u;

function inAll(core: Core, parts: readonly Node[], hops: number): ReadonlySet<string> | undefined {
  const places = new Set<string>();
  for (const part of parts) {
    const found = sentIn(core, part, hops);
    if (found === undefined) return undefined;
    for (const place of found) places.add(place);
  }
  return places;
}

/** What is written to a variable, all of it: `let token = req.cookies.token; if (!token) token = req.query.token;` */
function heldBy(core: Core, name: Node, hops: number): ReadonlySet<string> | undefined {
  const file = core.fileOf(name);
  const values = valuesOf(file, name);
  if (values === undefined) return undefined;
  const places = new Set<string>();
  for (const { node, field } of values) {
    const found =
      field === undefined ? sentIn(core, node, hops) : placeIn(`${pathOf(node)}.${field}`);
    if (found === undefined) return undefined;
    for (const place of typeof found === "string" ? [found] : found) places.add(place);
  }
  return places;
}

interface Given {
  readonly node: Node;
  /** What a pattern takes out of it. */
  readonly field?: string;
}

function valuesOf(file: SourceFile, name: Node): Given[] | undefined {
  const variable = file.variableOf(name);
  if (variable?.defs[0]?.type !== "Variable") return undefined;
  const values: Given[] = [];
  for (const reference of variable.references) {
    if (!reference.isWrite()) continue;
    const value = valueOf(reference.identifier);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function valueOf(target: Node): Given | undefined {
  const by = parentOf(target);
  if (by?.type === "AssignmentExpression") return { node: by.right };
  // `const [, token] = header.split(" ")`
  const holder = by?.type === "ArrayPattern" ? parentOf(by) : by;
  if (holder?.type === "VariableDeclarator")
    return holder.init === null ? undefined : { node: holder.init };
  // `const { token } = req.cookies`
  const pattern = by?.type === "Property" ? parentOf(by) : undefined;
  const declarator = pattern === undefined ? undefined : parentOf(pattern);
  if (by?.type !== "Property" || declarator?.type !== "VariableDeclarator") return undefined;
  const field = staticKey(by.key, by.computed);
  return field === undefined || declarator.init === null
    ? undefined
    : { node: declarator.init, field };
}

/** What frameworks call a request, and what a request is sent in. */
const PLACE =
  /^(?:_?req|_?request|ctx|context|c|event)(?:\.req(?:uest)?)?\.(cookies|signedCookies|headers|body|query|params|queryStringParameters)\.(.+)$/u;

function placeIn(path: string): string | undefined {
  const [, part, name] = PLACE.exec(path) ?? [];
  if (part === undefined || name === undefined) return undefined;
  return part === "headers" ? `headers.${name.toLowerCase()}` : `${part}.${name}`;
}

/** `req.cookies.session`, `req.get("Authorization")`, `request.headers.get("authorization")` */
function placeOf(node: Node): string | undefined {
  if (node.type === "MemberExpression") return placeIn(pathOf(node));
  if (node.type !== "CallExpression") return undefined;
  const name = textOf(node.arguments[0]);
  return name === undefined ? undefined : placeOfCall(node, name);
}

function placeOfCall({ callee }: CallNode, name: string): string | undefined {
  const path = pathOf(callee);
  const [, part] = /\.(headers|cookies)\.get$/u.exec(path) ?? [];
  if (part !== undefined) return placeIn(path.replace(/get$/u, () => name));
  // `c.get("token")` of Hono is what a middleware has kept.
  return /^(?:_?req(?:uest)?\.(?:get|header)|c\.req\.header|ctx\.get)$/u.test(path)
    ? `headers.${name.toLowerCase()}`
    : undefined;
}

function pathOf(node: Node): string {
  return dottedPath(node)?.join(".") ?? "";
}
