import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { usesOf } from "../flow/flow.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  contains,
  expressionIn,
  isFunction,
  isNullish,
  parentOf,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import {
  answers,
  handsErrorOn,
  nextBehind,
  nextCalled,
  stepsBehind,
  writeBehind,
} from "../answers/behind.ts";
import { branchOf, stepsIn } from "../answers/branches.ts";
import type { Branch } from "../answers/branches.ts";
import { writeIn } from "../answers/endpoint-writes.ts";
import { isAllowance } from "../answers/refusals.ts";
import { leaves } from "../answers/results.ts";
import { assignedIn, unsetReads } from "../answers/unset-reads.ts";

/**
 * `catch (error) { res.status(401).json(…); } next();`: the same where the verification is caught.
 *
 * @returns the call that goes on
 */
export function goesOnAfterCaught(core: Core, attempt: TSESTree.TryStatement): Node | undefined {
  const { handler, finalizer } = attempt;
  if (handler === null || finalizer !== null) return undefined;
  let isAnswered = false;
  for (const statement of handler.body.body) {
    const next = nextCalled(statement);
    if (next !== undefined) return isAnswered ? next : undefined;
    if (statement.type === "ExpressionStatement")
      isAnswered ||= answers(core, statement.expression) || handsErrorOn(statement.expression);
    else if (statement.type === "IfStatement") {
      if (mayLeave(core, statement)) return undefined;
    } else if (statement.type !== "VariableDeclaration") return undefined;
  }
  if (!isAnswered) return undefined;
  const file = core.fileOf(attempt);
  const kept = unsetReads(file, assignedIn(file, attempt.block));
  for (const { node: statement, fails } of stepsBehind(attempt, kept)) {
    const next =
      nextCalled(statement) ??
      accessAllowed(core, statement) ??
      (fails ? undefined : writeIn(statement));
    if (next !== undefined) return next;
    // Whether what was verified is there may be asked before.
    const isPlain =
      statement.type === "ExpressionStatement" || statement.type === "VariableDeclaration";
    if (!isPlain || leaves(core, statement)) return undefined;
  }
  return undefined;
}

/** Is there a way out of the function in it? */
function mayLeave(core: Core, statement: Node): boolean {
  let found = false;
  walk(statement, core.fileOf(statement).visitorKeys, (node) => {
    if (found || isFunction(node)) return false;
    found = node.type.endsWith("Statement") && node !== statement && leaves(core, node);
    return !found;
  });
  return found;
}

/**
 * `(error, claims) => { if (error) res.sendStatus(403); next(); }`: the same in a callback.
 *
 * @param tests the branches in which the error is looked at
 * @returns the call that goes on
 */
export function goesOnAfterRefused(core: Core, tests: readonly Branch[]): Node | undefined {
  const [branch, ...others] = tests;
  // `if (error && …)`, `if (!error)`: what is refused there is another question.
  if (branch?.test.type !== "Identifier" || others.length > 0) return undefined;
  return goesOnBehind(core, branch);
}

/**
 * `const claims = check(token); if (!claims) res.sendStatus(401); next();`: the same where the failure
 * shows in what the verification, or a function around it, has given.
 *
 * @returns the call that goes on
 */
export function goesOnAfterTested(core: Core, verification: Node): Node | undefined {
  for (const { kind, node, path } of usesOf(core, verification)) {
    if (path.length > 0 || (kind !== "test" && kind !== "compare")) continue;
    const test = parentOf(node);
    const branch = test === undefined ? undefined : branchOf(test);
    if (test === undefined || branch === undefined || !asksForNone(test)) continue;
    const next = goesOnBehind(core, branch);
    if (next !== undefined) return next;
  }
  return undefined;
}

/**
 * `const claims = await check(token).catch(() => res.sendStatus(403)); next();`: the same where the
 * promise is told what to do, and gives what that gives.
 *
 * @param chain the call that is given the handler
 * @returns the call that goes on
 */
export function goesOnAfterRejected(
  core: Core,
  handler: FunctionNode,
  chain: Node,
): Node | undefined {
  const { id, statement } = awaitedIn(chain);
  const block = statement === undefined ? undefined : parentOf(statement);
  if (statement === undefined || block?.type !== "BlockStatement") return undefined;
  const { body } = handler;
  const refused = body.type === "BlockStatement" ? body.body : [body];
  // Nothing but the answer: what is thrown or asked there is another question.
  const isAnswered = refused.some((one) => answers(core, expressionOf(one)));
  if (!isAnswered || !refused.every((one) => isExpression(one))) return undefined;
  // Of nothing no claim can be read: what follows fails, if not as it should.
  const isNothing = body.type === "BlockStatement" && !body.body.some(givesAnswer);
  if (isNothing && id !== undefined && isReadFrom(core, id)) return undefined;
  const next = nextBehind(core, statement);
  return next ?? (id === undefined ? undefined : readBehind(core, block.body, statement, id));
}

/** The statement that waits for a promise, and what it puts the result into. */
export function awaitedIn(promise: Node): {
  readonly id: Node | undefined;
  readonly statement: Node | undefined;
} {
  const awaited = parentOf(promise);
  const target = awaited?.type === "AwaitExpression" ? parentOf(awaited) : undefined;
  const id =
    target?.type === "VariableDeclarator"
      ? target.id
      : target?.type === "AssignmentExpression"
        ? target.left
        : undefined;
  return { id, statement: id === undefined ? target : target?.parent };
}

/**
 * `checkToken(req, res); await Order.deleteOne(…);`: the same where a function of the file verifies, and answers. Whoever
 * calls it as a statement of its own learns nothing of that.
 *
 * @returns what goes on
 */
export function goesOnAfterCall(core: Core, verifies: FunctionNode): Node | undefined {
  for (const call of callSites(core, verifies).calls) {
    const outer = wrapped(call);
    const statement = parentOf(outer);
    if (core.fileOf(call) !== core.file || statement?.type !== "ExpressionStatement") continue;
    const kept = assignedIn(core.file, verifies.body);
    const next = nextBehind(core, statement, kept) ?? writeBehind(core, statement, kept);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Where what stands behind reads of the answer what it takes for claims, and nothing asks what it is. */
function readBehind(
  core: Core,
  statements: readonly Node[],
  from: Node,
  id: Node,
): Node | undefined {
  const reads = id.type === "Identifier" ? readsOf(core.fileOf(id), id) : [];
  const [behind] = statements.slice(statements.indexOf(from) + 1);
  if (behind === undefined || /^(?:If|Switch)Statement$/u.test(behind.type)) return undefined;
  const read = reads.find((one) => contains(behind, one));
  const member = read === undefined ? undefined : parentOf(wrapped(read));
  return member?.type === "MemberExpression" ? member : undefined;
}

/** `return res.sendStatus(403);` gives the response. */
function givesAnswer(statement: Node): boolean {
  return statement.type === "ReturnStatement" && statement.argument !== null;
}

function isExpression(node: Node): boolean {
  return (
    /^(?:Expression|Return)Statement$/u.test(node.type) ||
    !/Statement$|Declaration$/u.test(node.type)
  );
}

/** What a handler does or gives. */
function expressionOf(node: Node): Node {
  if (node.type === "ReturnStatement") return node.argument ?? node;
  return node.type === "ExpressionStatement" ? node.expression : node;
}

/** `const { payload } = …`, `result.payload`: not of `undefined`. */
function isReadFrom(core: Core, id: Node): boolean {
  if (id.type !== "Identifier") return true;
  return readsOf(core.fileOf(id), id).some((read) => {
    const { parent } = wrapped(read);
    return parent?.type === "MemberExpression" && !parent.optional;
  });
}

/** `!claims`, `claims === null` */
function asksForNone(test: Node): boolean {
  if (test.type === "UnaryExpression") return test.operator === "!";
  return (
    test.type === "BinaryExpression" &&
    /^===?$/u.test(test.operator) &&
    (isNullish(test.right) || (test.right.type === "Literal" && test.right.value === false))
  );
}

/** The request is answered in a branch that does not leave, and `next()` stands behind it. */
function goesOnBehind(core: Core, { node, consequent, alternate }: Branch): Node | undefined {
  if (parentOf(node)?.type !== "BlockStatement" || leaves(core, consequent)) return undefined;
  if (alternate !== null && leaves(core, alternate)) return undefined;
  let isAnswered = false;
  for (const step of stepsIn(consequent)) {
    const next = nextCalled(step);
    if (next !== undefined) return isAnswered ? next : undefined;
    if (step.type.endsWith("Statement") && step.type !== "ExpressionStatement") return undefined;
    isAnswered ||= answers(core, expressionIn(step) ?? step);
  }
  return isAnswered ? (nextBehind(core, node) ?? writeBehind(core, node)) : undefined;
}

/**
 * `callback(null, policy("Allow"))`, `return policy("Allow")` of an authorizer of AWS.
 *
 * @returns what lets in
 */
function accessAllowed(core: Core, statement: Node): Node | undefined {
  if (statement.type === "ReturnStatement") {
    const answer = statement.argument;
    return answer !== null && isAllowance(core, answer) ? answer : undefined;
  }
  const call = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : undefined;
  if (call?.type !== "CallExpression" || !/^(?:callback|cb)$/u.test(calleeName(call)))
    return undefined;
  const [, answer] = call.arguments;
  return answer !== undefined && isAllowance(core, answer) ? call : undefined;
}

/** The statement behind an attempt lets in whoever asks. */
export function isAllowedBehind(core: Core, attempt: TSESTree.TryStatement): boolean {
  const block = parentOf(attempt);
  const statements = block?.type === "BlockStatement" ? block.body : [];
  const next = statements[statements.indexOf(attempt) + 1];
  return next !== undefined && accessAllowed(core, next) !== undefined;
}
