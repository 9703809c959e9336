import type { TSESTree } from "@typescript-eslint/utils";
import { isNullish, parentOf, statementsIn, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** What is done where something holds, and what is done otherwise, however it is written. */
export interface Branch {
  /** The whole of it: what stands behind this runs in both cases. */
  readonly node: Node;
  readonly test: Node;
  readonly consequent: Node;
  readonly alternate: Node | null;
}

/**
 * `if (error) res.sendStatus(403);`, and the same as an expression, `error && res.sendStatus(403);` and
 * `error ? res.sendStatus(403) : null;`. What a function consists of may be the expression itself.
 */
export function branchIn(node: Node): Branch | undefined {
  if (node.type === "IfStatement") return { ...partsOf(node), node };
  const written = unwrap(node.type === "ExpressionStatement" ? node.expression : node);
  if (written.type === "ConditionalExpression") return { ...partsOf(written), node };
  if (written.type !== "LogicalExpression") return undefined;
  const { left, operator, right } = written;
  return operator === "&&" ? { node, test: left, consequent: right, alternate: null } : undefined;
}

function partsOf({
  test,
  consequent,
  alternate,
}: TSESTree.IfStatement | TSESTree.ConditionalExpression): Omit<Branch, "node"> {
  // `error ? refuse() : null` has to say something.
  const isNone = alternate === null || isNullish(alternate);
  return { test, consequent, alternate: isNone ? null : alternate };
}

/** The branch that a test decides about. */
export function branchOf(test: Node): Branch | undefined {
  const holder = parentOf(test);
  const outer = holder === undefined ? undefined : wrapped(holder);
  const node = outer?.type === "IfStatement" ? outer : outer && parentOf(outer);
  const branch = node === undefined ? undefined : branchIn(node);
  return branch?.test === test ? branch : undefined;
}

/** What a branch does, one after the other: statements, or expressions where it is one. */
export function stepsIn(branch: Node): readonly Node[] {
  if (branch.type === "SequenceExpression") return branch.expressions;
  return statementsIn(branch) ?? [branch];
}
