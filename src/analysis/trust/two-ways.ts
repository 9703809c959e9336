import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

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
  const name = token === undefined ? undefined : dottedPath(token.node)?.[0];
  if (name === undefined) return false;
  const asked = conditionsAt(node, owner).filter(({ test }) => readsPart(core, test, name));
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

/** `token.startsWith(…)`, `isDemo(token)`: not whether there is a token at all. */
function readsPart(core: Core, test: Node, name: string): boolean {
  const asked = unwrap(test);
  const plain = asked.type === "UnaryExpression" ? unwrap(asked.argument) : asked;
  if (plain.type === "Identifier") return false;
  return (core.fileOf(test).index.names.get(name) ?? []).some((one) => contains(test, one));
}
