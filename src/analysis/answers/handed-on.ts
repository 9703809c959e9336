import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isLogCall } from "../logging.ts";

/**
 * Is a value handed to some function between two nodes? What checks it there may throw.
 *
 * @param known operations of the file: a decode checks nothing
 */
export function isHandedOn(
  core: Core,
  value: Node,
  [from, to]: readonly [Node, Node],
  known: readonly Operation[] = [],
): boolean {
  return takers(core, value, known).some(
    ({ range }) => range[0] > from.range[1] && range[1] < to.range[0],
  );
}

/** Is a statement a second attempt at the token, with another key or issuer, or does it only read it? */
export function isAttempt(
  core: Core,
  statement: Node,
  { token }: Operation,
  known: readonly Operation[],
): boolean {
  if (statement.type !== "TryStatement" || token === undefined) return false;
  return (
    takers(core, token.node, known).some((call) => contains(statement.block, call)) ||
    known.some(({ kind, node }) => kind === "decode" && contains(statement.block, node))
  );
}

/** The calls that are given a value, but for those that only read or log a token. */
function takers(core: Core, value: Node, known: readonly Operation[]): CallNode[] {
  const path = dottedPath(value)?.join(".");
  if (path === undefined) return [];
  return core
    .fileOf(value)
    .index.calls.filter(
      (call) =>
        call.arguments.some((one) => dottedPath(one)?.join(".") === path) &&
        !isLogCall(call) &&
        !known.some(({ kind, node }) => kind === "decode" && node === call),
    );
}
