import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, dottedPath, isFunction, parentOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { handlingOf, leaves } from "./results.ts";

/** Express tells error handlers by their four parameters. */
const PARAMETERS = 4;

/**
 * `app.use(expressjwt(…), (err, req, res, next) => { if (err) res.sendStatus(401); next(); })`: the
 * request is answered, and what is behind the middleware runs all the same.
 *
 * @returns the call that goes on
 */
export function goesOnAfterAnswer(core: Core, { node: made }: Operation): Node | undefined {
  let middleware: Node = made;
  let call = parentOf(middleware);
  // `expressjwt(…).unless(…)`
  while (call?.type === "MemberExpression") {
    if (call.parent.type !== "CallExpression" || call.parent.callee !== call) return undefined;
    middleware = call.parent;
    call = parentOf(middleware);
  }
  if (call?.type !== "CallExpression") return undefined;
  const at = call.arguments.findIndex((argument) => argument === middleware);
  for (const argument of at === -1 ? [] : call.arguments.slice(at + 1)) {
    const handler = unwrap(argument);
    if (isFunction(handler) && handler.params.length === PARAMETERS)
      return callThatGoesOn(core, handler);
  }
  return undefined;
}

/**
 * `catch (error) { res.status(401).json(…); } next();`: the same where the verification is caught.
 *
 * @returns the call that goes on
 */
export function goesOnAfterCaught(core: Core, attempt: TSESTree.TryStatement): Node | undefined {
  const { handler, finalizer, parent } = attempt;
  if (handler === null || finalizer !== null) return undefined;
  let isAnswered = false;
  for (const statement of handler.body.body) {
    const next = nextCalled(statement);
    if (next !== undefined) return isAnswered ? next : undefined;
    if (statement.type === "ExpressionStatement") isAnswered ||= answers(statement.expression);
    else if (statement.type !== "VariableDeclaration") return undefined;
  }
  if (!isAnswered || parent.type !== "BlockStatement") return undefined;
  for (const statement of parent.body.slice(parent.body.indexOf(attempt) + 1)) {
    const next = nextCalled(statement);
    if (next !== undefined) return next;
    // Whether what was verified is there may be asked before.
    const isPlain =
      statement.type === "ExpressionStatement" || statement.type === "VariableDeclaration";
    if (!isPlain || leaves(core, statement)) return undefined;
  }
  return undefined;
}

/**
 * `(error, claims) => { if (error) res.sendStatus(403); next(); }`: the same in a callback.
 *
 * @param tests the branches in which the error is looked at
 * @returns the call that goes on
 */
export function goesOnAfterRefused(
  core: Core,
  { body }: FunctionNode,
  tests: readonly TSESTree.IfStatement[],
): Node | undefined {
  const [branch, ...others] = tests;
  if (branch === undefined || others.length > 0 || body.type !== "BlockStatement") return undefined;
  const { test, consequent } = branch;
  // `if (error && …)`, `if (!error)`: what is refused there is another question.
  if (test.type !== "Identifier" || leaves(core, consequent)) return undefined;
  const refused = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  let isAnswered = false;
  for (const statement of refused) {
    const next = nextCalled(statement);
    if (next !== undefined) return isAnswered ? next : undefined;
    if (statement.type !== "ExpressionStatement") return undefined;
    isAnswered ||= answers(statement.expression);
  }
  const behind = isAnswered ? body.body.slice(body.body.indexOf(branch) + 1) : [];
  for (const statement of behind) {
    const next = nextCalled(statement);
    if (next !== undefined) return next;
    if (statement.type !== "ExpressionStatement") return undefined;
  }
  return undefined;
}

/**
 * `verify(token, key, (error) => { if (error) return res.sendStatus(401); }); next();`: the callback
 * is left, and nothing else.
 *
 * @returns the call that goes on
 */
export function goesOnBeside(core: Core, call: Node, callback: FunctionNode): Node | undefined {
  const statement = parentOf(call);
  const block = statement === undefined ? undefined : parentOf(statement);
  if (statement?.type !== "ExpressionStatement" || block?.type !== "BlockStatement")
    return undefined;
  if (!refuses(callback)) return undefined;
  const { text, index } = core.fileOf(callback);
  if (index.called.get("next")?.some((next) => contains(callback, next)) === true) return undefined;
  const inside = text.slice(...callback.range);
  for (const behind of block.body.slice(block.body.indexOf(statement) + 1)) {
    const next = nextCalled(behind);
    if (next !== undefined) return next;
    // What the callback has left behind may be asked for: whether it answered, what it kept.
    if (behind.type === "IfStatement") {
      const words = text.slice(...behind.test.range).match(/[\w$]+/gu) ?? [];
      if (words.some((word) => word === "res" || inside.includes(word))) return undefined;
    } else if (!/^(?:Expression|Variable)/u.test(behind.type)) return undefined;
  }
  return undefined;
}

/** Does a callback answer where it is given an error? */
function refuses({ body }: FunctionNode): boolean {
  return (
    body.type === "BlockStatement" &&
    body.body.some((statement) => {
      if (statement.type !== "IfStatement" || statement.test.type !== "Identifier") return false;
      const branch = statement.consequent;
      const parts = branch.type === "BlockStatement" ? branch.body : [branch];
      return parts.some((part) => {
        if (part.type === "ExpressionStatement") return answers(part.expression);
        return part.type === "ReturnStatement" && part.argument !== null && answers(part.argument);
      });
    })
  );
}

/** `next()`, `return next()`, `await next()` without an error. */
export function nextCalled(statement: Node): Node | undefined {
  const written =
    statement.type === "ExpressionStatement"
      ? statement.expression
      : statement.type === "ReturnStatement"
        ? statement.argument
        : null;
  const call = written === null ? undefined : unwrap(written);
  return call?.type === "CallExpression" &&
    call.arguments.length === 0 &&
    calleeName(call) === "next"
    ? call
    : undefined;
}

/** `res.status(401).json(…)`, `ctx.status = 401` */
function answers(expression: Node): boolean {
  let node = unwrap(expression);
  if (node.type === "AssignmentExpression") {
    return /^(?:ctx|context)\.(?:response\.)?(?:status|body)$/u.test(
      dottedPath(node.left)?.join(".") ?? "",
    );
  }
  if (node.type !== "CallExpression") return false;
  while (node.type === "CallExpression" || node.type === "MemberExpression") {
    node = unwrap(node.type === "CallExpression" ? node.callee : node.object);
  }
  return node.type === "Identifier" && /^(?:res|resp|response|reply)$/u.test(node.name);
}

function callThatGoesOn(core: Core, { params, body }: FunctionNode): Node | undefined {
  const next = params.at(-1);
  if (next?.type !== "Identifier" || body.type !== "BlockStatement") return undefined;
  let isAnswered = false;
  for (const statement of body.body) {
    if (statement.type === "IfStatement") {
      // What leaves here is refused.
      if (leaves(core, statement.consequent) || statement.alternate !== null) return undefined;
      isAnswered ||= handlingOf(core, statement.consequent).kind === "answers";
      continue;
    }
    const written = statement.type === "ReturnStatement" ? statement.argument : undefined;
    const node = statement.type === "ExpressionStatement" ? statement.expression : written;
    if (node?.type === "CallExpression" && calleeName(node) === next.name) {
      return isAnswered && node.arguments.length === 0 ? node : undefined;
    }
    if (statement.type === "ReturnStatement" || statement.type === "ThrowStatement")
      return undefined;
  }
  return undefined;
}
