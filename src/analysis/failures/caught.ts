import type { TSESTree } from "@typescript-eslint/utils";
import type { Failure } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, enclosingFunction, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { asksForClaims, asksForKept } from "../guards/asked-behind.ts";
import { answers, nextCalled, statementsBehind } from "../answers/behind.ts";
import { hasWithin } from "../within.ts";
import { decodedInCatch, isAfterExpiry } from "./decoded-after.ts";
import { givesRequestBack } from "../answers/edge-requests.ts";
import { errorAsResult } from "./error-results.ts";
import {
  asksForFailure,
  decorationOf,
  isAuthenticating,
  isGuardByName,
  isOptionalByName,
  passes,
  refuses,
  refusesAnonymous,
  roleName,
} from "../answers/function-roles.ts";
import {
  goesOnAfterCall,
  goesOnAfterCaught,
  goesOnAfterRejected,
  isAllowedBehind,
} from "./goes-on.ts";
import { isAttempt, isHandedOn } from "../answers/handed-on.ts";
import { isKeptUnread } from "../guards/kept-unread.ts";
import { saidByRequest } from "./leftovers.ts";
import { isLogCall, isLogStatement } from "../logging.ts";
import { answersSomeErrors } from "./partial-answers.ts";
import { isAboutToken } from "../guards/presence-only.ts";
import { allowedAfterRefusal } from "./refusal-as-claims.ts";
import { rejectionOf } from "../answers/rejections.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { failureOf } from "./result-flags.ts";
import { catchOf, handlingOf, isResultUsed, leaves } from "../answers/results.ts";
import { isWithoutEffect } from "./without-effect.ts";

/** What the catch of a verification, or the handler of its promise, lets pass. */
export interface CaughtBypass {
  readonly kind:
    | "catch-succeeds"
    /** Text that tells of the failure is given where the claims would be. */
    | "text-as-result"
    | "error-as-result"
    /** The error itself, whose claims are read where there are none. */
    | "error-as-claims"
    | "catch-falls-through"
    /** The request is refused, and goes on all the same. */
    | "answer-falls-through"
    | "catch-decodes"
    /** What the request says takes the place of what the token says. */
    | "request-instead";
  readonly node: Node;
}

const SAID: ReadonlySet<Failure | undefined> = new Set<Failure>([
  "returns-null",
  "returns-undefined",
  "returns-result",
]);

/** `try { verify(token); } catch { … }` */
export function caught(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): CaughtBypass | undefined {
  const handler = catchOf(operation.node);
  // What says so in its result throws for other reasons.
  if (handler === undefined || SAID.has(failureOf(operation))) return undefined;
  const decode = decodedInCatch(core, handler, operation, operations);
  if (decode !== undefined) return { kind: "catch-decodes", node: decode };
  const said = saidByRequest(core, operation.node, handler.parent);
  if (said !== undefined) return { kind: "request-instead", node: said };
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || asksForFailure(roleName(core, owner))) return undefined;
  const given = errorAsResult(core, owner, operation, handler);
  if (given !== undefined) return given;
  if (isOptionalByName(core, owner)) return undefined;
  const handling = handlingOf(core, handler.body);
  const attempt = parentOf(handler);
  if (attempt?.type !== "TryStatement") return undefined;
  const passedOn = handling.kind === "falls-through" ? statementsBehind(attempt)[0] : handling.node;
  if (passedOn !== undefined && givesRequestBack(core, passedOn) && !isResultUsed(core, operation))
    return { kind: "catch-falls-through", node: handler };
  if (handling.kind === "succeeds") {
    // To go on to the next handler says enough; what `true` means the function's name has to say.
    if (isReturn(handling.node) && !isAuthenticating(core, owner)) return undefined;
    const isOpen =
      letsAnonymousPass(core, owner, attempt) && !passesVerified(core, owner, operation, handler);
    if (isOpen && !refusesAnonymous(core, owner, attempt)) return undefined;
    if (isAfterExpiry(core, handling.node, operation)) return undefined;
    // Success and failure told apart by what is returned: the failure's answer is the other one.
    const success = handlingOf(core, attempt.block);
    return success.kind === "returns-empty" && isReturn(success.node)
      ? undefined
      : { kind: "catch-succeeds", node: handling.node };
  }
  const goesOnAfter = goesOnAfterCaught(core, attempt);
  if (goesOnAfter !== undefined) {
    // A second verification may stand before it, and throw.
    const { token } = operation;
    return token !== undefined && isHandedOn(core, token.node, [attempt, goesOnAfter], operations)
      ? undefined
      : { kind: "answer-falls-through", node: goesOnAfter };
  }
  const outside =
    handling.kind === "answers" ? answeredForCallers(core, owner, handler) : undefined;
  if (outside !== undefined) return { kind: "answer-falls-through", node: outside };
  if (handling.kind === "falls-through" && isAllowedBehind(core, attempt)) {
    return { kind: "catch-falls-through", node: handler };
  }
  if (isKeptUnread(core, operation, attempt)) return { kind: "catch-falls-through", node: handler };
  const isStrict = refusesAnonymous(core, owner, attempt);
  const isThere = isThereToRefuse(core, operation, attempt);
  if (!isAuthenticating(core, owner) && !isStrict && !isThere) return undefined;
  const isPartial = answersSomeErrors(core, handler);
  if ((handling.kind !== "falls-through" && !isPartial) || attempt.finalizer !== null)
    return undefined;
  const block = parentOf(attempt);
  const statements = block?.type === "BlockStatement" ? block.body : [];
  const behind = statements.slice(statements.indexOf(attempt) + 1);
  if (
    behind.length === 0 &&
    (decorationOf(owner) !== undefined || isWithoutEffect(core, operation, attempt))
  ) {
    return { kind: "catch-falls-through", node: handler };
  }
  // What is put on the request where there is a token may be asked for later.
  const isGate =
    (isPartial || handler.body.body.every((one) => isLogStatement(one))) &&
    (isStrict ||
      (isGuardByName(core, owner) &&
        !passesBefore(core, owner, attempt) &&
        !asksForClaims(core.file) &&
        !asksForKept(core.file, operation)));
  if ((isResultUsed(core, operation) && !isGate) || carriesVerdict(attempt)) return undefined;
  // `let user; try { user = verify(token) } catch {} if (!user) return res.sendStatus(401);`
  const next = behind.find(
    (one) =>
      (handlingOf(core, one).kind === "succeeds" && !isAttempt(core, one, operation, operations)) ||
      (one.type === "IfStatement" && refuses(core, one.consequent)),
  );
  const goesOn = next !== undefined && handlingOf(core, next).kind === "succeeds";
  return goesOn ? { kind: "catch-falls-through", node: handler } : undefined;
}

/**
 * What runs behind the calls of a function that answers a failure: on the response, and with nothing that throws, as
 * `ctx.throw(401)` does, and so does a function out of sight that may be called for it (`redirect("/login")`).
 */
export function answeredForCallers(
  core: Core,
  owner: FunctionNode,
  handler: Node,
): Node | undefined {
  const isAnswered = hasWithin(core, handler, (node) => answers(core, node));
  const mayThrow = hasWithin(
    core,
    handler,
    (node) =>
      node.type === "ThrowStatement" ||
      (node.type === "CallExpression" && !isLogCall(node) && responseCalls(node).length === 0),
  );
  return isAnswered && !mayThrow ? goesOnAfterCall(core, owner) : undefined;
}

/** `.catch(() => next())`: what `true` means the function's name has to say here, too. */
export function rejected(core: Core, operation: Operation): CaughtBypass | undefined {
  const owner = enclosingFunction(operation.node);
  const rejection = operation.promise ? rejectionOf(core, operation.node) : undefined;
  if (owner === undefined) return undefined;
  if (rejection === undefined) return rejectedOutside(core, operation, owner);
  const next = goesOnAfterRejected(core, rejection.handler, rejection.chain);
  if (next !== undefined) return { kind: "answer-falls-through", node: next };
  const allowed = allowedAfterRefusal(core, rejection.handler, rejection.chain);
  if (allowed !== undefined) return { kind: "catch-succeeds", node: allowed };
  if (rejection.handling.kind !== "succeeds") return undefined;
  const { node } = rejection.handling;
  if (isOptionalByName(core, owner) || asksForFailure(roleName(core, owner))) return undefined;
  const goesOn = node.type === "CallExpression";
  if (!goesOn && !isAuthenticating(core, owner)) return undefined;
  if (letsAnonymousPass(core, owner, rejection.chain) || isAfterExpiry(core, node, operation)) {
    return undefined;
  }
  return { kind: "catch-succeeds", node };
}

/** `await check(token).catch(() => res.sendStatus(403)); …`, where a function of the file verifies. */
function rejectedOutside(
  core: Core,
  operation: Operation,
  owner: FunctionNode,
): CaughtBypass | undefined {
  if (!owner.async || operation.wrapper !== undefined) return undefined;
  for (const call of callSites(core, owner).calls) {
    const rejection = core.fileOf(call) === core.file ? rejectionOf(core, call) : undefined;
    if (rejection === undefined) continue;
    const next = goesOnAfterRejected(core, rejection.handler, rejection.chain);
    if (next !== undefined) return { kind: "answer-falls-through", node: next };
    const allowed = allowedAfterRefusal(core, rejection.handler, rejection.chain);
    if (allowed !== undefined) return { kind: "catch-succeeds", node: allowed };
  }
  return undefined;
}

/**
 * A middleware that goes on without a token, too, says who somebody is where that is known: whoever
 * has to be somebody is asked further down.
 */
function letsAnonymousPass(core: Core, owner: FunctionNode, attempt: Node): boolean {
  return passes(core, owner).some((call) => !contains(attempt, call));
}

/**
 * `try { req.user = verify(token); } catch { return next(); } return next();`: nobody comes to the `next()` behind it
 * whose token is not good, as if it stood in the block. Where a token is verified only if there is one, or where the
 * file asks who it is further down, those without one are let pass on purpose.
 */
function passesVerified(
  core: Core,
  owner: FunctionNode,
  operation: Operation,
  { body, parent: attempt }: TSESTree.CatchClause,
): boolean {
  const [pass] = passes(core, owner).filter((call) => !contains(attempt, call));
  // `if (token) { try { … } … } next();`
  const asked = new Set(
    (pass === undefined ? [] : conditionsAt(pass, owner)).map(({ test }) => test),
  );
  return (
    pass !== undefined &&
    isGuardByName(core, owner) &&
    // What else is done there may say that it is a guest.
    body.body.every(
      (one) =>
        isLogStatement(one) ||
        nextCalled(one) !== undefined ||
        (one.type === "ReturnStatement" && one.argument === null),
    ) &&
    conditionsAt(attempt, owner).every(({ test }) => asked.has(test)) &&
    statementsBehind(attempt).some((one) => nextCalled(one) === pass) &&
    leaves(core, body) &&
    conditionsAt(operation.node, attempt).length === 0 &&
    !asksForClaims(core.file) &&
    !asksForKept(core.file, operation)
  );
}

/** `next()` in front of it, and `if (!token) return true;` in a guard of NestJS. */
export function passesBefore(core: Core, owner: FunctionNode, attempt: Node): boolean {
  const given = returnArguments(core, owner).filter((one) =>
    conditionsAt(one, owner).some(({ test }) => isAboutToken(core, test)),
  );
  return [...passes(core, owner), ...given].some((way) => way.range[0] < attempt.range[0]);
}

/**
 * `try { verify(token); } catch (error) { if (error instanceof TokenExpiredError) return res.sendStatus(401); }`: nothing is
 * taken from the token and nothing noted, so that it is verified for the refusal alone, which a forged one escapes.
 */
function isThereToRefuse(
  core: Core,
  operation: Operation,
  { block, handler }: TSESTree.TryStatement,
): boolean {
  return (
    handler !== null &&
    block.body.every((one) => contains(one, operation.node) || isLogStatement(one)) &&
    answersSomeErrors(core, handler, /expired/iu)
  );
}

/** `try { verify(token); req.signedIn = true; } catch {}`: whoever needs it asks for that further down. */
function carriesVerdict({ block }: TSESTree.TryStatement): boolean {
  return block.body.some(
    (statement) =>
      statement.type === "ExpressionStatement" &&
      statement.expression.type === "AssignmentExpression" &&
      statement.expression.right.type === "Literal" &&
      statement.expression.right.value === true,
  );
}

function isReturn(node: Node): boolean {
  return node.type === "ReturnStatement" && node.argument !== null;
}
