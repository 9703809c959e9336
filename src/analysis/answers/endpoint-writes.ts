import { calleeName } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** Does an endpoint change what the program stores? */

/** Methods that change what is stored; the token that was refused may well be taken off a list. */
const WRITES =
  /(?:^|\.)(?:create(?:One|Many)?|save|insert(?:One|Many)?|(?:update|delete|remove)(?:One|Many|ById)?|find(?:One|ById)And\w+|destroy|upsert)$/u;
const OF_TOKENS = /token|session|cookie|cache|log/iu;

/** @returns the call by which a statement changes what is stored, and waits for it */
export function writeIn(statement: Node): Node | undefined {
  const value =
    statement.type === "VariableDeclaration"
      ? statement.declarations[0].init
      : statement.type === "ExpressionStatement"
        ? assignedIn(statement.expression)
        : undefined;
  if (value?.type !== "AwaitExpression" || value.argument.type !== "CallExpression")
    return undefined;
  return isWriteCall(value.argument) ? value.argument : undefined;
}

/** `Order.create(…)`, `order.save()`: does a call change what is stored, whether or not somebody waits for it? */
export function isWriteCall(call: CallNode): boolean {
  const name = calleeName(call);
  return WRITES.test(name) && !OF_TOKENS.test(name);
}

function assignedIn(expression: Node): Node {
  return expression.type === "AssignmentExpression" ? expression.right : expression;
}
