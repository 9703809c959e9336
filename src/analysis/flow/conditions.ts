import { byObject } from "../memo.ts";
import { dottedPath, isFunction, parentOf, statementsIn, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** One thing that was asked on the way to a place, and how it was answered. */
export interface Condition {
  readonly test: Node;
  readonly holds: boolean;
}

/**
 * What a program has found out when it comes to a place: in whose branch it stands, and what would
 * have left the block before it. `!a`, `a && b` and `a || b` are taken apart where each part is known.
 *
 * @param within only up to this function; undefined asks up to the top of the file
 */
export function conditionsAt(node: Node, within?: Node): Condition[] {
  const found: Condition[] = [];
  for (let from = node, at = parentOf(node); at !== undefined; from = at, at = parentOf(at)) {
    if (at === within) break;
    switch (at.type) {
      case "IfStatement":
      case "ConditionalExpression":
        if (from !== at.test) found.push(...parts(at.test, from === at.consequent));
        break;
      case "LogicalExpression":
        if (from === at.right && at.operator !== "??")
          found.push(...parts(at.left, at.operator === "&&"));
        break;
      case "SwitchCase":
        if (from !== at.test) found.push(...passed(at.consequent, from));
        break;
      default:
        found.push(...passed(statementsIn(at), from));
        break;
    }
  }
  return found;
}

/** Is a place reached in some rounds of a loop, or calls of a function, and not in others? */
export function isChosenInLoop(node: Node): boolean {
  let around = parentOf(node);
  while (around !== undefined && !isFunction(around) && !/^For\w*Statement$/u.test(around.type))
    around = parentOf(around);
  return conditionsAt(node, around).length > 0;
}

/**
 * Is the value of a name there one that a test on the way has ruled out: `if (life !== "never") …`, and
 * nothing or an empty text by `if (!key) return;`?
 */
export function isRuledOut(node: Node, value: unknown): boolean {
  const path = dottedPath(node)?.join(".");
  if (path === undefined) return false;
  return conditionsAt(node).some(({ test, holds }) => {
    if (dottedPath(test)?.join(".") === path) return holds !== Boolean(value);
    if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return false;
    const sides = [test.left, test.right].map((side) => unwrap(side));
    return (
      holds === test.operator.startsWith("!") &&
      sides.some((side) => dottedPath(side)?.join(".") === path) &&
      sides.some((side) => isWrittenAs(side, value))
    );
  });
}

function isWrittenAs(side: Node, value: unknown): boolean {
  return textOf(side) === value || (side.type === "Literal" && side.value === value);
}

/** What the statements before one let through. */
function passed(statements: readonly Node[] | undefined, before: Node): Condition[] {
  // What is declared here runs later, after whatever the block goes on with.
  if (statements === undefined || isFunction(before)) return [];
  const found: Condition[] = [];
  for (const { statement, conditions } of leaving(statements)) {
    if (statement.range[0] >= before.range[0]) break;
    found.push(...conditions);
  }
  return found;
}

/** The statements of a block that let not everything through: asked for from all that stands behind them. */
const leaving = byObject((statements: readonly Node[]) =>
  statements.flatMap((statement) => {
    const conditions = remaining(statement);
    return conditions.length === 0 ? [] : [{ statement, conditions }];
  }),
);

/** With what an `if` is behind one: with nothing that one of its branches has left with. */
function remaining(statement: Node): Condition[] {
  if (statement.type !== "IfStatement") return [];
  const { test, consequent, alternate } = statement;
  if (endsBlock(consequent)) {
    return [...parts(test, false), ...(alternate === null ? [] : remaining(alternate))];
  }
  return alternate !== null && endsBlock(alternate) ? parts(test, true) : [];
}

function endsBlock(branch: Node): boolean {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  return last !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/u.test(last.type);
}

function parts(written: Node, holds: boolean): Condition[] {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!") return parts(test.argument, !holds);
  if (test.type === "LogicalExpression" && test.operator === (holds ? "&&" : "||")) {
    return [...parts(test.left, holds), ...parts(test.right, holds)];
  }
  return [{ test, holds }];
}
