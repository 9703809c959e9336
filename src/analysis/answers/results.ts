import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isCast } from "../flow/promise-fate.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  parentOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { givenBy } from "../values/settled.ts";
import { literal, truthiness } from "../values/value.ts";
import { isLogCall, isLogStatement } from "../logging.ts";
import { stepsIn } from "./branches.ts";
import { isAllowance, isRefusal, saysSuccess } from "./refusals.ts";
import { responseCalls } from "./response-calls.ts";

/** What a program does when a verification has failed. */
export interface FailureHandling {
  readonly kind:
    | "rethrows"
    /** 401, a redirect, a closed connection. */
    | "answers"
    /** `next(err)`, `reject(err)`. */
    | "passes-on"
    /** Returns nothing, `null` or `false`. */
    | "returns-empty"
    /** Goes on as if the token had been verified. */
    | "succeeds"
    /** Goes on behind the failure. */
    | "falls-through"
    | "unknown";
  readonly node: Node;
}

/** The catch clause that a failure of this call reaches, in the same function. */
export function catchOf(node: Node): TSESTree.CatchClause | undefined {
  const owner = enclosingFunction(node);
  let from = node;
  for (let current = parentOf(node); current !== undefined; current = parentOf(current)) {
    if (current === owner) return undefined;
    if (
      current.type === "TryStatement" &&
      contains(current.block, from) &&
      current.handler !== null
    ) {
      return current.handler;
    }
    from = current;
  }
  return undefined;
}

/** What the code of a block does, as the answer to a failure. */
export function handlingOf(core: Core, block: Node): FailureHandling {
  // `error && next(error)`: a branch may be an expression.
  const found = stepsIn(block).flatMap((step) => expressionHandling(core, step) ?? []);
  visitStatements(core, block, (node) => {
    const handling = handlingAt(core, node);
    if (handling !== undefined) found.push(handling);
  });
  // One branch that leaves properly is the handling; what another branch does is its exception.
  const proper = found.find((one) => LEAVES.has(one.kind));
  return proper ?? found[0] ?? { kind: "falls-through", node: block };
}

const LEAVES: ReadonlySet<FailureHandling["kind"]> = new Set<FailureHandling["kind"]>([
  "rethrows",
  "answers",
  "passes-on",
  "returns-empty",
  "unknown",
]);

function handlingAt(core: Core, node: Node): FailureHandling | undefined {
  switch (node.type) {
    case "ThrowStatement":
      return { kind: "rethrows", node };
    case "ReturnStatement":
      if (node.argument !== null) return returnHandling(core, node, node.argument);
      return hasLetIn(core, node) ? undefined : { kind: "returns-empty", node };
    case "BreakStatement":
    case "ContinueStatement":
      return { kind: "unknown", node };
    case "ExpressionStatement":
      return expressionHandling(core, node.expression);
    default:
      return undefined;
  }
}

/** `next(); return;`: what lets in stands before the return that only ends the function. */
function hasLetIn(core: Core, node: TSESTree.ReturnStatement): boolean {
  const { parent } = node;
  const before =
    parent.type === "BlockStatement" ? parent.body[parent.body.indexOf(node) - 1] : undefined;
  return (
    before?.type === "ExpressionStatement" &&
    expressionHandling(core, before.expression)?.kind === "succeeds"
  );
}

/** What `return argument` makes of a failure. */
export function returnHandling(core: Core, node: Node, argument: Node): FailureHandling {
  const done = doneBefore(core, argument);
  if (done !== undefined) return done;
  const inner = givenBy(argument);
  // The policy that an authorizer gives.
  if (!isAnswer(inner) && isAllowance(core, inner)) return { kind: "succeeds", node };
  if (inner.type === "CallExpression" || inner.type === "NewExpression") {
    return callHandling(core, inner) ?? { kind: "unknown", node };
  }
  const value = core.evaluate(inner);
  if (value.type === "object") {
    return { kind: saysSuccess(value) === true ? "succeeds" : "returns-empty", node };
  }
  if (value.type === "literal") {
    return { kind: value.value === true ? "succeeds" : "returns-empty", node };
  }
  return { kind: "unknown", node };
}

/** `return void res.sendStatus(401)`, `return res.status(401), res.json(…), undefined`: what is given says nothing. */
function doneBefore(core: Core, argument: Node): FailureHandling | undefined {
  if (argument.type === "SequenceExpression") {
    const [first] = argument.expressions
      .slice(0, -1)
      .flatMap((step) => expressionHandling(core, step) ?? []);
    return first;
  }
  const isVoid = argument.type === "UnaryExpression" && argument.operator === "void";
  return isVoid ? expressionHandling(core, argument.argument) : undefined;
}

/** `res.header("Allow", "GET")` */
function isAnswer(node: Node): boolean {
  return node.type === "CallExpression" && responseCalls(node).length > 0;
}

function expressionHandling(core: Core, expression: Node): FailureHandling | undefined {
  const node = unwrap(expression);
  if (node.type === "CallExpression") return callHandling(core, node);
  if (node.type === "AssignmentExpression") {
    const target = dottedPath(node.left)?.join(".") ?? "";
    if (/(?:^|\.)(?:status|statusCode|body)$/u.test(target)) return { kind: "answers", node };
  }
  return undefined;
}

/** Calls that end a request or hand the failure on, by what frameworks and Node's habit call them. */
const ANSWERS =
  /(?:^|\.)(?:status|sendStatus|send|json|end|redirect|writeHead|render|code|throw|unauthorized|forbidden|badRequest|response|emit|disconnect|close|destroy|terminate|exit|abort|error|fail|rewrite|push|replace|navigate|logout|signOut|clearCookie|removeItem|Response)$/iu;

const PASSES_ON = /(?:^|\.)(?:next|done|cb|callback|reject|fail|fn|verified)$/iu;

function callHandling(
  core: Core,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): FailureHandling | undefined {
  if (isLogCall(call)) return undefined;
  const name = calleeName(call);
  if (PASSES_ON.test(name)) {
    const [error, result] = call.arguments;
    const value = error === undefined ? literal(call, undefined) : core.evaluate(error);
    if (truthiness(value) !== false || value.type !== "literal")
      return { kind: "passes-on", node: call };
    // `next()` goes on; `done(null, false)` refuses; `done(null, user)` lets in.
    if (result === undefined) {
      return { kind: /next$/iu.test(name) ? "succeeds" : "returns-empty", node: call };
    }
    return { kind: isRefusal(core, result) ? "returns-empty" : "succeeds", node: call };
  }
  if (/(?:^|\.)NextResponse\.next$/u.test(name)) return { kind: "succeeds", node: call };
  if (ANSWERS.test(name)) return { kind: "answers", node: call };
  return undefined;
}

/** Statements of a block, with those of its branches, without functions inside. */
function visitStatements(core: Core, block: Node, visit: (node: Node) => void): void {
  const keys = core.fileOf(block).visitorKeys;
  const enter = (node: Node): void => {
    if (isFunction(node)) return;
    visit(node);
    if (
      !/Statement$|^CatchClause$|^SwitchCase$|^Program$/u.test(node.type) ||
      node.type === "ExpressionStatement"
    ) {
      return;
    }
    for (const key of keys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
        const next = item as Node | null | undefined;
        if (next?.type !== undefined) enter(next);
      }
    }
  };
  enter(block);
}

/** Does control leave the block, or is the request answered, on every path through its last part? */
export function leaves(core: Core, block: Node): boolean {
  return stepsIn(block).some((statement) => {
    if (statement.type === "IfStatement") {
      return (
        statement.alternate !== null &&
        leaves(core, statement.consequent) &&
        leaves(core, statement.alternate)
      );
    }
    if (statement.type === "TryStatement") {
      const { block: tried, handler, finalizer } = statement;
      if (finalizer !== null && leaves(core, finalizer)) return true;
      return leaves(core, tried) && (handler === null || leaves(core, handler.body));
    }
    if (statement.type === "SwitchStatement") {
      // A case without statements falls through to the next one.
      const cases = statement.cases.filter(({ consequent }) => consequent.length > 0);
      return (
        statement.cases.some(({ test }) => test === null) &&
        cases.every(({ consequent }) => consequent.some((one) => leavesFunction(core, one)))
      );
    }
    return (
      statement.type === "ReturnStatement" ||
      statement.type === "ThrowStatement" ||
      statement.type === "ContinueStatement" ||
      statement.type === "BreakStatement" ||
      exits(statement.type === "ExpressionStatement" ? statement.expression : statement)
    );
  });
}

/** A `break` leaves the switch alone. */
function leavesFunction(core: Core, statement: Node): boolean {
  if (statement.type === "BlockStatement")
    return statement.body.some((one) => leavesFunction(core, one));
  return statement.type !== "BreakStatement" && leaves(core, statement);
}

function exits(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type !== "CallExpression") return false;
  const name = calleeName(node);
  // `redirect()` of Next.js throws, `res.redirect()` of Express answers and goes on.
  if (/^(?:res|resp|response|reply)\.redirect$/u.test(name)) return false;
  // `ctx.throw(401)` of Koa.
  return /(?:^|\.)(?:exit|redirect|notFound|resolve|reject|throw)$/u.test(name);
}

/** Is what the verification gives used at all? A variable that nobody reads, but for a log, is not. */
export function isResultUsed(core: Core, operation: Operation): boolean {
  const parent = parentOf(outermost(operation.node));
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier")
    return parent?.type !== "ExpressionStatement";
  const reads = readsOf(core.fileOf(parent), parent.id);
  return !reads.every((read) => isLogged(read));
}

function isLogged(read: Node): boolean {
  for (let at = parentOf(read); at !== undefined; at = parentOf(at)) {
    if (at.type === "ExpressionStatement") return isLogStatement(at);
    if (!/^(?:Member|Call)Expression$|^TemplateLiteral$/u.test(at.type)) return false;
  }
  return false;
}

function outermost(node: Node): Node {
  let current = node;
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (parent.type !== "AwaitExpression" && !isCast(parent)) return current;
    current = parent;
  }
  return current;
}

/**
 * Does the node stand in the branch of a catch or callback that is for expired tokens? Where the
 * signature is checked before the claims, such an error proves that the token is genuine.
 */
export function isInExpiryBranch(core: Core, node: Node): boolean {
  let isBranch = false;
  for (let current = parentOf(node); current !== undefined; current = parentOf(current)) {
    const test =
      current.type === "IfStatement" ||
      current.type === "ConditionalExpression" ||
      current.type === "SwitchCase"
        ? current.test
        : null;
    if (test !== null && /expired/iu.test(core.fileOf(test).text.slice(...test.range)))
      isBranch = true;
    if (current.type === "CatchClause" || isFunction(current))
      return isBranch || isBehindOthers(core, node, current);
  }
  return false;
}

/** `if (error.name !== "TokenExpiredError") return res.sendStatus(401);`: only expired tokens come further. */
function isBehindOthers(core: Core, node: Node, within: Node): boolean {
  return conditionsAt(node, within).some(({ test, holds }) => {
    const asked = unwrap(test);
    // `isExpired(token)` asks the token, which may be forged; the kind of the error is what tells.
    if (asked.type !== "BinaryExpression") return false;
    const isAboutKind = /expired/iu.test(core.fileOf(test).text.slice(...test.range));
    return isAboutKind && asked.operator.startsWith("!") !== holds;
  });
}
