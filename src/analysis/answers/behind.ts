import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { assignedAnswer, calledAnswer } from "../network/assigned-answers.ts";
import { calleeName, expressionIn, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { writeIn } from "./endpoint-writes.ts";
import { isAnswering, responseCalls } from "./response-calls.ts";
import { leaves } from "./results.ts";

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

/** `next()` behind a statement, with nothing between that may ask how it went. */
export function nextBehind(core: Core, from: Node): Node | undefined {
  return firstBehind(core, from, nextCalled);
}

/** The same of `await Order.create(…)`: an endpoint that does its work, whoever was refused. */
export function writeBehind(core: Core, from: Node): Node | undefined {
  return firstBehind(core, from, writeIn);
}

function firstBehind(
  core: Core,
  from: Node,
  find: (statement: Node) => Node | undefined,
): Node | undefined {
  for (const statement of statementsBehind(from)) {
    const found = find(statement);
    if (found !== undefined) return found;
    const isPlain = /^(?:Expression|Variable)/u.test(statement.type);
    if (!isPlain || leaves(core, statement)) return undefined;
  }
  return undefined;
}
