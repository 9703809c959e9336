import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { assignedAnswer, calledAnswer } from "../network/assigned-answers.ts";
import { calleeName, expressionIn, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { branchIn } from "./branches.ts";
import { writeIn } from "./endpoint-writes.ts";
import { isAnswering, responseCalls } from "./response-calls.ts";
import { leaves } from "./results.ts";
import { nothingBy, unsetReads } from "./unset-reads.ts";
import type { Unset } from "./unset-reads.ts";

/** What runs behind a statement in its block, and behind the `if` or `try` that this is the block of. */
export function statementsBehind(statement: Node): Node[] {
  const block = parentOf(statement);
  if (block?.type !== "BlockStatement") return [];
  const behind: Node[] = block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1);
  const holder = parentOf(block);
  // Of a `try` the block and, by way of its clause, the handler.
  if (holder?.type === "CatchClause") return [...behind, ...statementsBehind(holder.parent)];
  const goesOn = holder?.type === "IfStatement" || holder?.type === "TryStatement";
  return goesOn ? [...behind, ...statementsBehind(holder)] : behind;
}

/** A statement that runs behind another. */
export interface Step {
  readonly node: Node;
  /** It reads from something that is nothing there, or what stands before it does: `order.owner = user.id` */
  readonly fails: boolean;
}

/**
 * The same with what stands in a block, or in a `try`, in the place of that, since whoever comes to one enters it. What
 * fails in a `try` goes on in its handler, so that nothing more runs for certain.
 */
export function stepsBehind(statement: Node, unset: Unset): Step[] {
  const plain = statementsBehind(statement);
  const steps: Step[] = [];
  let fails = false;
  for (const node of plain.flatMap((one) => entered(one))) {
    fails = unset.failsIn(node) || fails;
    if (fails && !plain.includes(node)) break;
    steps.push({ node, fails });
  }
  return steps;
}

function entered(statement: Node): Node[] {
  if (statement.type === "BlockStatement") return statement.body.flatMap((one) => entered(one));
  if (statement.type !== "TryStatement") return [statement];
  const { block, finalizer } = statement;
  return [...entered(block), ...(finalizer === null ? [] : entered(finalizer))];
}

/** `next()`, `return next()`, `await next()` without an error. */
export function nextCalled(statement: Node): Node | undefined {
  const call = expressionIn(statement);
  return call?.type === "CallExpression" &&
    call.arguments.length === 0 &&
    calleeName(call) === "next"
    ? call
    : undefined;
}

/** `next(error)`, `callback("Unauthorized")`: whoever has called answers. */
export function handsErrorOn(expression: Node): boolean {
  const node = unwrap(expression);
  return (
    node.type === "CallExpression" &&
    node.arguments.length === 1 &&
    /^(?:next|callback|cb)$/u.test(calleeName(node))
  );
}

/** `res.status(401).json(…)`, `ctx.status = 401`, `ctx.unauthorized()` */
export function answers(core: Core, expression: Node): boolean {
  const node = unwrap(expression);
  const file = core.fileOf(node);
  if (node.type === "AssignmentExpression") return assignedAnswer(file, node) !== undefined;
  return (
    node.type === "CallExpression" &&
    (isAnswering(responseCalls(node)) || calledAnswer(file, node) !== undefined)
  );
}

/**
 * `next()` behind a statement, with nothing between that may ask how it went.
 *
 * @param unset what is nothing there, so that a `try` which reads from it goes on in its handler
 */
export function nextBehind(core: Core, from: Node, unset = nothingBehind(from)): Node | undefined {
  return firstBehind(core, from, unset, nextCalled);
}

/** The same of `await Order.create(…)`: an endpoint that does its work, whoever was refused. */
export function writeBehind(core: Core, from: Node, unset = nothingBehind(from)): Node | undefined {
  return firstBehind(core, from, unset, writeIn);
}

/** `if (!claims) …` */
function nothingBehind(from: Node): string[] {
  const branch = branchIn(from);
  return branch === undefined ? [] : nothingBy(branch.test);
}

function firstBehind(
  core: Core,
  from: Node,
  unset: readonly string[],
  find: (statement: Node) => Node | undefined,
): Node | undefined {
  for (const { node: statement } of stepsBehind(from, unsetReads(core.fileOf(from), unset))) {
    const found = find(statement);
    if (found !== undefined) return found;
    const isPlain = /^(?:Expression|Variable)/u.test(statement.type);
    if (!isPlain || leaves(core, statement)) return undefined;
  }
  return undefined;
}
