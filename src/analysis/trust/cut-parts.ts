import type { Core } from "../core.ts";
import { declaratorOf, initOf, readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/** Which expressions are a token that somebody reads, are cut out of it, or are its last part, the signature? */

/** A token, by the places that hold it: where it is read, and where it is handed to what reads it. */
export interface Held {
  readonly tokens: readonly Node[];
  /** Parameters that are given its last part. */
  readonly marks: readonly Node[];
  /** The call that reads it. What is made of its answer are claims, and no part that could be verified. */
  readonly read: Node;
}

export function heldBy(core: Core, { token, node }: Operation, read: Node): Held {
  if (token === undefined) return { tokens: [], marks: [], read };
  const owner = enclosingFunction(node);
  const root = rootOf(token.node);
  const variable = core.fileOf(root).variableOf(root);
  const position = owner?.params.findIndex((one) => variable?.identifiers.includes(one as never));
  const handed =
    read !== node && read.type === "CallExpression" ? read.arguments[position ?? -1] : undefined;
  return { tokens: handed === undefined ? [token.node] : [token.node, handed], marks: [], read };
}

/** What a function is given of a token by a call. */
export function heldWithin(core: Core, call: CallNode, owner: FunctionNode, held: Held): Held {
  const given = (test: (argument: Node) => boolean): Node[] =>
    owner.params.filter((_, position) => {
      const argument = call.arguments[position];
      return argument !== undefined && test(argument);
    });
  return {
    tokens: given((one) => holdsPart(core, one, held)),
    marks: given((one) => isLastPart(core, one, held)),
    read: call,
  };
}

/** How many names a part goes through: `const parts = token.split("."); const mark = parts[2];` */
const MAX_NAMES = 3;

/** Is it the very token? */
export function isToken(node: Node, { tokens }: Held): boolean {
  return isOneOf(node, tokens);
}

function isOneOf(node: Node, places: readonly Node[]): boolean {
  const path = dottedPath(node)?.join(".");
  return places.some(
    (one) => one === node || (path !== undefined && dottedPath(one)?.join(".") === path),
  );
}

/** Does an expression hold the token or something cut out of it: `` `${head}.${body}` ``? */
export function holdsPart(core: Core, written: Node, held: Held, hops = MAX_NAMES): boolean {
  return hasWithin(core, written, (node) => {
    if (isName(node)) return false;
    if (isToken(node, held)) return true;
    const init = hops > 0 ? initOf(core.fileOf(node), node) : undefined;
    return (
      init !== undefined && !contains(init, held.read) && holdsPart(core, init, held, hops - 1)
    );
  });
}

/** `token` of `other.token` and of `{ token: other }` */
function isName(node: Node): boolean {
  const by = parentOf(node);
  return (
    (by?.type === "MemberExpression" && by.property === node && !by.computed) ||
    (by?.type === "Property" && by.key === node && by.value !== node && !by.computed)
  );
}

/**
 * Is it the last part of the token: `mark` of `const [head, body, mark] = token.split(".")`, `parts[2]`,
 * `token.slice(end + 1)`, or bytes of one of these?
 */
export function isLastPart(core: Core, written: Node, held: Held, hops = MAX_NAMES): boolean {
  const node = unwrap(written);
  if (hops === 0 || !holdsPart(core, node, held)) return false;
  if (isOneOf(node, held.marks)) return true;
  if (node.type === "MemberExpression") return indexOf(node) === 2;
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
    if (/^(?:pop|at)$/u.test(method ?? "")) return true;
    if (isCut(method)) return node.arguments.length === 1;
    const [given] = node.arguments;
    return given !== undefined && isLastPart(core, given, held, hops - 1);
  }
  const init = initOf(core.fileOf(node), node);
  if (init === undefined) return false;
  const pattern = patternOf(core, node);
  if (pattern?.type === "ArrayPattern") {
    const position = pattern.elements.findIndex(
      (one) => one?.type === "Identifier" && node.type === "Identifier" && one.name === node.name,
    );
    return position > 0 && position === pattern.elements.length - 1 && isSplit(init);
  }
  return pattern === undefined && isLastPart(core, init, held, hops - 1);
}

/** Is it another part of the token as it was cut out, header or payload or both? */
export function isSignedPart(core: Core, written: Node, held: Held): boolean {
  const node = unwrap(written);
  if (!holdsPart(core, node, held) || isLastPart(core, node, held)) return false;
  if (node.type === "MemberExpression") return indexOf(node) !== undefined;
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    return callee.type === "MemberExpression" && isCut(memberName(callee));
  }
  const init = initOf(core.fileOf(node), node);
  return init !== undefined && (isSplit(init) || isSignedPart(core, init, held));
}

function isCut(method: string | undefined): boolean {
  return /^(?:slice|substring|substr)$/u.test(method ?? "");
}

/** `token.split(".")` */
function isSplit(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    memberName(node.callee) === "split" &&
    textOf(node.arguments[0]) === "."
  );
}

function indexOf(node: Extract<Node, { type: "MemberExpression" }>): number | undefined {
  const { property } = node;
  return node.computed && property.type === "Literal" && typeof property.value === "number"
    ? property.value
    : undefined;
}

/** The pattern that a name is declared in. */
function patternOf(core: Core, name: Node): Node | undefined {
  const pattern = declaratorOf(core.fileOf(name), name)?.id;
  return pattern?.type === "Identifier" ? undefined : pattern;
}

/** What stands beside a value in comparisons: `mark` of `sign(text) !== mark`, and of `isEqual(sign(text), mark)`. */
export interface Comparison {
  readonly node: Node;
  readonly others: readonly Node[];
}

export function comparisonsOf(core: Core, value: Node): Comparison[] {
  const by = parentOf(value);
  const places =
    by?.type === "VariableDeclarator" && by.id.type === "Identifier"
      ? readsOf(core.fileOf(value), by.id)
      : [value];
  return places.flatMap((place) => comparisonAt(place) ?? []);
}

function comparisonAt(place: Node): Comparison | undefined {
  const by = parentOf(place);
  if (by?.type === "BinaryExpression" && /^[!=]==?$/u.test(by.operator))
    return { node: by, others: [by.left === place ? by.right : by.left] };
  if (by?.type !== "CallExpression" || by.callee === place) return undefined;
  // `timingSafeEqual(Buffer.from(own), Buffer.from(mark))`
  const outer = isBytes(by) ? comparisonAt(by) : undefined;
  return outer ?? { node: by, others: by.arguments.filter((one) => one !== place) };
}

function isBytes({ callee }: CallNode): boolean {
  return /^(?:Buffer\.from|encode|\w+\.encode)$/u.test(dottedPath(callee)?.join(".") ?? "");
}
