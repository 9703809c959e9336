import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, rootOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * Does a function give on one way what a verification gives, and on the other what a decode gives, where the token
 * itself says which: `if (token.startsWith("dev.")) return decode(token); return verify(token);`? Whatever it is
 * called, its callers take both for verified.
 */
export function isOneOfTwoWays(
  core: Core,
  decode: Operation,
  owner: FunctionNode,
  operations: readonly Operation[],
): boolean {
  const { token, node } = decode;
  if (token === undefined || dottedPath(token.node) === undefined) return false;
  const asked = conditionsAt(node, owner).filter(({ test }) => readsPart(core, test, token.node));
  return operations.some(
    (one) =>
      one.kind === "verify" &&
      contains(owner, one.node) &&
      conditionsAt(one.node, owner).some(({ test, holds }) =>
        asked.some((other) => other.test === test && other.holds !== holds),
      ) &&
      usesOf(core, one.node).some(({ kind, by }) => kind === "return" && by === owner),
  );
}

/** `token.startsWith(…)`, `isDemo(token)`: not whether there is a token, and nothing else of what holds it. */
function readsPart(core: Core, test: Node, token: Node): boolean {
  const path = dottedPath(token)?.join(".");
  const file = core.fileOf(test);
  const isToken = (node: Node): boolean =>
    dottedPath(node)?.join(".") === path &&
    file.variableOf(rootOf(node)) === file.variableOf(rootOf(token));
  return hasWithin(core, test, (node) => {
    if (node.type === "MemberExpression") return isToken(node.object);
    return node.type === "CallExpression" && node.arguments.some(isToken);
  });
}
