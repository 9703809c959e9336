import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { memberName, parentOf, rootOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `claims.sub && claims.email && claims.role`, `!claims.sub || !claims.role`: is it asked only whether a claim
 * is there, beside others of the same token? That says how a token looks, not what somebody may do.
 *
 * @param tested the claim, or a chain that ends with it
 * @param isOther may it be one of those that stand beside it?
 */
export function isAskedForBesideOthers(
  core: Core,
  tested: Node,
  isOther: (name: string) => boolean,
): boolean {
  const claim = operandsOf(unwrap(tested), "&&").at(-1) ?? tested;
  let asked = wrapped(claim);
  for (let at = parentOf(asked); at !== undefined && isNegation(at); at = parentOf(asked))
    asked = at;
  const { isNegated } = presenceOf(asked);
  const operator = isNegated ? "||" : "&&";
  let chain = asked;
  for (let at = parentOf(chain); at !== undefined && isChain(at, operator); at = parentOf(chain)) {
    chain = at;
  }
  const token = holderOf(core, claim);
  return operandsOf(chain, operator).some((operand) => {
    const other = presenceOf(operand);
    if (operand === asked || other.isNegated !== isNegated) return false;
    return isOther(nameOf(other.of)) && holderOf(core, other.of) === token;
  });
}

/** What `x`, `!x` and `!!x` ask for. */
function presenceOf(operand: Node): { of: Node; isNegated: boolean } {
  let of = unwrap(operand);
  let isNegated = false;
  while (of.type === "UnaryExpression" && isNegation(of)) {
    of = unwrap(of.argument);
    isNegated = !isNegated;
  }
  return { of, isNegated };
}

function isNegation(node: Node): boolean {
  return node.type === "UnaryExpression" && node.operator === "!";
}

function isChain(node: Node, operator: string): boolean {
  return node.type === "LogicalExpression" && node.operator === operator;
}

function operandsOf(node: Node, operator: string): Node[] {
  return node.type === "LogicalExpression" && node.operator === operator
    ? [...operandsOf(node.left, operator), ...operandsOf(node.right, operator)]
    : [node];
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return (node.type === "MemberExpression" ? memberName(node) : undefined) ?? "";
}

/** What a claim is read off: a variable, or the expression that a variable is filled from. */
function holderOf(core: Core, node: Node): unknown {
  const file = core.fileOf(node);
  const from = node.type === "Identifier" ? (initOf(file, node) ?? node) : node;
  const root = rootOf(from);
  return root.type === "Identifier" ? file.variableOf(root) : root;
}
