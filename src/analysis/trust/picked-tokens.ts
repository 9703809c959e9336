import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { tokenFinders } from "../operations/token-finders.ts";
import {
  contains,
  dottedPath,
  isLiteral,
  isNullish,
  parentOf,
  statementsIn,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { isVerification } from "./verifying-calls.ts";

/**
 * `getToken: (req) => { if (decode(token).role !== "web") return ""; return token; }`: is the token read by
 * the function that finds the token to verify, and is it the one that it gives?
 */
export function isPicked(
  core: Core,
  { node, token }: Operation,
  operations: readonly Operation[],
): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  const owner = path === undefined ? undefined : extractorAround(core, node, operations);
  if (owner === undefined) return false;
  const isToken = (one: Node): boolean => dottedPath(one)?.join(".") === path;
  const ways = returnArguments(core, owner)
    .filter((one) => one.range[1] > node.range[0] && isReachedFrom(owner, node, one))
    .flatMap(choices);
  return ways.some(isToken) && ways.every((one) => isToken(one) || isNone(one));
}

/** The function around a node that a verification asks for its token. */
function extractorAround(
  core: Core,
  node: Node,
  operations: readonly Operation[],
): FunctionNode | undefined {
  for (const operation of operations) {
    // Where a token may be left out or refused all the same, nothing rests on the verification.
    if (operation.settings("optional").length > 0) continue;
    if (!asksForToken(operation)) continue;
    for (const one of tokenFinders(core, operation)) if (contains(one, node)) return one;
  }
  return undefined;
}

function asksForToken(operation: Operation): boolean {
  return /^(?:extractor|strategy)$/u.test(operation.kind) || isVerification(operation);
}

/** What an expression with a choice in it may give. */
function choices(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type === "ConditionalExpression")
    return [node.consequent, node.alternate].flatMap(choices);
  return node.type === "LogicalExpression" && node.operator !== "&&"
    ? [node.left, node.right].flatMap(choices)
    : [node];
}

/** May a return follow the read? One behind a block that always leaves is another way. */
function isReachedFrom(owner: FunctionNode, read: Node, answer: Node): boolean {
  for (let at = parentOf(read); at !== undefined && at !== owner; at = parentOf(at)) {
    if (contains(at, answer)) return true;
    if (statementsIn(at)?.at(-1)?.type === "ReturnStatement") return false;
  }
  return true;
}

/** No token: `null`, `undefined`, `""`. */
function isNone(written: Node): boolean {
  const node = unwrap(written);
  return isNullish(node) || (isLiteral(node) && (textOf(node) ?? "") === "");
}
