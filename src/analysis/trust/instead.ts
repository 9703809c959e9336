import type { Core } from "../core.ts";
import { leaves } from "../answers/results.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, enclosingFunction, isFunction, isLiteral, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import { isVerification } from "./verifying-calls.ts";

/**
 * Does one of the two run instead of the other, as the configuration says?
 * `if (KEY) verify(token, KEY); else decode(token)`, `if (SKIP) return decode(token);`. What a token
 * says, or whether there is one, chooses other ways.
 */
export function isInstead(core: Core, node: Node, other: Node): boolean {
  for (let from = node, at = parentOf(node); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return false;
    if (at.type !== "IfStatement" && at.type !== "ConditionalExpression") continue;
    if (at.test === from || contains(from, other) || !isConfigured(core, at.test)) continue;
    if (contains(at, other)) return !contains(at.test, other);
    if (at.type === "IfStatement" && leaves(core, from) && at.range[1] <= other.range[0])
      return true;
  }
  return false;
}

/**
 * `subjectOf(request)`, which verifies where a key is set and decodes elsewhere: its call does one of the two, as the
 * configuration says. What its callers choose by an argument is not told apart here.
 */
export function isReadWhereUnset(
  core: Core,
  read: Node,
  { node }: Operation,
  operations: readonly Operation[],
): boolean {
  const owner = read === node ? undefined : enclosingFunction(node);
  return (
    owner !== undefined &&
    operations.some(
      (one) =>
        isVerification(one) &&
        contains(owner, one.node) &&
        (isInstead(core, one.node, node) || isInstead(core, node, one.node)),
    )
  );
}

/** Does a condition ask for nothing but what is configured? */
function isConfigured(core: Core, test: Node): boolean {
  const inner = unwrap(test);
  switch (inner.type) {
    case "UnaryExpression":
      return isConfigured(core, inner.argument);
    case "LogicalExpression":
    case "BinaryExpression":
      return [inner.left, inner.right].every((side) => isLiteral(side) || isConfigured(core, side));
    default:
      return may(core.evaluate(inner), (one) => one.type === "environment");
  }
}
