import type { Core } from "../core.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { leaves } from "./results.ts";

/**
 * `if (!isKnown) return refuse();`: is a request turned away where a name holds nothing, behind a branch, whatever is
 * asked beside it?
 */
export function isRefusedWithout(
  core: Core,
  owner: FunctionNode,
  name: string,
  before: Node,
): boolean {
  return hasWithin(core, owner.body, (node) => {
    if (node.type !== "IfStatement" || node.range[0] < before.range[1]) return false;
    const isMissing = joined(node.test).some(
      (part) =>
        part.type === "UnaryExpression" &&
        part.operator === "!" &&
        dottedPath(part.argument)?.join(".") === name,
    );
    return isMissing && leaves(core, node.consequent);
  });
}

function joined(written: Node): Node[] {
  const test = unwrap(written);
  return test.type === "LogicalExpression" ? [...joined(test.left), ...joined(test.right)] : [test];
}
