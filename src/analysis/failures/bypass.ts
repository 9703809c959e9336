import type { TSESTree } from "@typescript-eslint/utils";
import type { Failure } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { usesOf } from "../flow/flow.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { must } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { besideCallback } from "./beside-callback.ts";
import { callbackHandling } from "./callback-handling.ts";
import {
  goesOnAfterAnswer,
  goesOnAfterCaught,
  goesOnAfterRejected,
  goesOnAfterTested,
  isAllowedBehind,
  isHandedOn,
  isAttempt,
} from "./goes-on.ts";
import { errorAsResult } from "./error-results.ts";
import {
  asksForFailure,
  decorationOf,
  isAuthenticating,
  isOptionalByName,
  isRequired,
  letsPass,
  passes,
  refuses,
  refusesAnonymous,
  roleName,
} from "./function-roles.ts";
import { saidByRequest } from "./leftovers.ts";
import { isLogStatement } from "./logging.ts";
import { answersSomeErrors } from "./partial-answers.ts";
import { rejectionOf } from "./rejections.ts";
import { failureOf, resultBypass } from "./result-flags.ts";
import type { ResultBypass } from "./result-flags.ts";
import { catchOf, handlingOf, isInExpiryBranch, isResultUsed } from "./results.ts";
import { allowedWithoutToken } from "./skipped-verification.ts";
import { isWithoutEffect } from "./without-effect.ts";
import { testedPromise } from "./wrapped-promises.ts";
import { writtenToken } from "./written-tokens.ts";

/** A way in which a failed verification stops nothing. */
export interface Bypass {
  readonly kind:
    | "dropped-promise"
    | "promise-as-result"
    /** That of a function which gives the promise of the verification on. */
    | "wrapped-promise"
    | "error-ignored"
    /** Nothing passes, and nothing is answered. */
    | "error-crashes"
    | "error-falls-through"
    | "catch-succeeds"
    /** Text that tells of the failure is given where the claims would be. */
    | "text-as-result"
    | "catch-falls-through"
    /** The request is refused, and goes on all the same. */
    | "answer-falls-through"
    /** The callback that is told of the failure ends, and the function around it says yes. */
    | "passes-beside"
    | "catch-decodes"
    /** What the request says takes the place of what the token says. */
    | "request-instead"
    | "no-key"
    /** An option or argument leaves the signature out. */
    | "signature-left-out"
    /** A text in the code passes in the place of a token. */
    | "written-token"
    /** An authorizer allows where no token came. */
    | "skipped-allows"
    | ResultBypass["kind"];
  readonly node: Node;
}

/** How the failure of this verification is let pass, if it is. */
export function bypassOf(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Bypass | undefined {
  const { unverified } = operation;
  if (unverified !== undefined && operation.kind !== "decode" && operation.wrapper === undefined) {
    return { kind: "signature-left-out", node: unverified.node };
  }
  if (operation.kind === "middleware") {
    const call = goesOnAfterAnswer(core, operation);
    return call === undefined ? undefined : { kind: "error-falls-through", node: call };
  }
  if (operation.kind !== "verify") return undefined;
  const keyless = withoutKey(operation);
  if (keyless !== undefined) return keyless;
  const written = textThatPasses(core, operation);
  if (written !== undefined) return { kind: "written-token", node: written };
  if (operation.callback !== undefined) {
    const { function: owner } = operation.callback;
    if (owner === undefined || core.fileOf(owner) !== core.file) return undefined;
    const decode = decodedAfterError(core, owner, operation, operations);
    if (decode !== undefined) return { kind: "catch-decodes", node: decode };
    const beside = besideCallback(core, operation, owner, operations);
    if (beside !== undefined) return { kind: BESIDE[beside.kind], node: beside.node };
    const handling = callbackHandling(core, owner);
    if (handling.kind === "handled") return undefined;
    return { kind: CALLBACKS[handling.kind], node: handling.node };
  }
  const owner = enclosingFunction(operation.node);
  if (operation.promise) {
    const fate = promiseFate(core, operation.node);
    const isOwn = operation.wrapper === undefined;
    if (fate.kind === "used-as-result") {
      return isOwn
        ? { kind: "promise-as-result", node: fate.node }
        : { kind: "wrapped-promise", node: operation.node };
    }
    // A function of the program's own may look after its failures itself.
    if (fate.kind === "dropped" && isOwn) return { kind: "dropped-promise", node: fate.node };
    const passes = owner !== undefined && letsPass(core, owner, operation.node);
    if (fate.kind === "kept" && isOwn && passes)
      return { kind: "dropped-promise", node: operation.node };
  }
  // An async function gives a promise whatever is in it.
  if (owner !== undefined && (operation.promise || owner.async)) {
    const tested = testedPromise(core, owner, operation.node);
    if (tested !== undefined) return { kind: "wrapped-promise", node: tested };
  }
  return (
    resultBypass(core, operation) ??
    caught(core, operation, operations) ??
    rejected(core, operation) ??
    tested(core, operation) ??
    skipped(core, operation)
  );
}

const BESIDE = { "goes-on": "answer-falls-through", succeeds: "passes-beside" } as const;

const CALLBACKS = {
  ignored: "error-ignored",
  throws: "error-crashes",
  passes: "catch-succeeds",
  "falls-through": "error-falls-through",
  answered: "answer-falls-through",
} as const;

function skipped(core: Core, operation: Operation): Bypass | undefined {
  const node = allowedWithoutToken(core, operation);
  return node === undefined ? undefined : { kind: "skipped-allows", node };
}

function tested(core: Core, operation: Operation): Bypass | undefined {
  const { callback, node, wrapper } = operation;
  const next = goesOnAfterTested(core, node);
  if (next === undefined) return undefined;
  // What throws gives nothing that could be tested beside it; a function around it may catch.
  const isDead =
    callback === undefined &&
    wrapper === undefined &&
    /^(?:throws|rejects)$/u.test(failureOf(operation) ?? "") &&
    enclosingFunction(next) === enclosingFunction(node) &&
    catchOf(node) === undefined;
  return isDead ? undefined : { kind: "answer-falls-through", node: next };
}

/** What `true` means the name of the function has to say. */
function textThatPasses(core: Core, operation: Operation): Node | undefined {
  const written = writtenToken(core, operation);
  const owner = written === undefined ? undefined : enclosingFunction(written.pass);
  if (written === undefined || owner === undefined) return undefined;
  if (written.tellsWho) return written.text;
  if (isOptionalByName(core, owner) || asksForFailure(roleName(core, owner))) return undefined;
  if (!isReturn(written.pass)) return written.text;
  return isAuthenticating(core, owner) ? written.text : undefined;
}

/** An empty key where the library then takes unsigned tokens, or tokens signed with nothing. */
function withoutKey(operation: Operation): Bypass | undefined {
  const { checks } = operation.entity;
  const { key } = operation;
  if (operation.wrapper !== undefined) return undefined;
  if (key === undefined) {
    const isLeftOut = checks?.absentKey === "accepted" && operation.token !== undefined;
    return isLeftOut && !operation.open ? { kind: "no-key", node: operation.node } : undefined;
  }
  const isMissing = must(
    key.value,
    (value) => value.type === "literal" && (value.value === null || value.value === undefined),
  );
  const isEmpty = must(key.value, isEmptyText);
  const isOpen =
    (isMissing && checks?.missingKey === "accepted") ||
    (isEmpty && (checks?.emptyKey === "accepted" || checks?.missingKey === "accepted"));
  return isOpen ? { kind: "no-key", node: key.node } : undefined;
}

function isEmptyText(value: Value): boolean {
  const text = value.type === "bytes" ? value.of : value;
  return text.type === "literal" && text.value === "";
}

/** `if (error) { req.user = jwt.decode(token); return next(); }` */
function decodedAfterError(
  core: Core,
  owner: FunctionNode,
  operation: Operation,
  operations: readonly Operation[],
): Node | undefined {
  const [error] = owner.params;
  const variable = error === undefined ? undefined : core.fileOf(owner).variableOf(error);
  const tests = (variable?.references ?? []).map(({ identifier }) => identifier as Node);
  return operations.find((one) => {
    const { kind, node } = one;
    if (kind !== "decode" || !contains(owner.body, node)) return false;
    const isFailure = ancestors(node, owner).some(
      (at) =>
        at.type === "IfStatement" &&
        contains(at.consequent, node) &&
        tests.some((test) => contains(at.test, test)),
    );
    return isFailure && isTrusted(core, one, owner) && !isAfterExpiry(core, node, operation);
  })?.node;
}

function ancestors(node: Node, owner: FunctionNode): Node[] {
  const found: Node[] = [];
  for (let at = parentOf(node); at !== undefined && at !== owner; at = parentOf(at)) found.push(at);
  return found;
}

const SAID: ReadonlySet<Failure | undefined> = new Set<Failure>([
  "returns-null",
  "returns-undefined",
  "returns-result",
]);

function caught(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Bypass | undefined {
  const handler = catchOf(operation.node);
  // What says so in its result throws for other reasons.
  if (handler === undefined || SAID.has(failureOf(operation))) return undefined;
  const decode = operations.find(
    (one) =>
      one.kind === "decode" &&
      contains(handler.body, one.node) &&
      isTrusted(core, one, handler) &&
      !isAfterExpiry(core, one.node, operation),
  );
  if (decode !== undefined) return { kind: "catch-decodes", node: decode.node };
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
  if (handling.kind === "succeeds") {
    // To go on to the next handler says enough; what `true` means the function's name has to say.
    if (isReturn(handling.node) && !isAuthenticating(core, owner)) return undefined;
    if (letsAnonymousPass(core, owner, attempt) && !refusesAnonymous(core, owner, attempt))
      return undefined;
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
  if (handling.kind === "falls-through" && isAllowedBehind(core, attempt)) {
    return { kind: "catch-falls-through", node: handler };
  }
  const isStrict = refusesAnonymous(core, owner, attempt);
  if (!isAuthenticating(core, owner) && !isStrict) return undefined;
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
    (isStrict || (isRequired(core, owner) && !passesBefore(core, owner, attempt)));
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

/** `.catch(() => next())`: what `true` means the function's name has to say here, too. */
function rejected(core: Core, operation: Operation): Bypass | undefined {
  const owner = enclosingFunction(operation.node);
  const rejection = operation.promise ? rejectionOf(core, operation.node) : undefined;
  if (owner === undefined) return undefined;
  if (rejection === undefined) return rejectedOutside(core, operation, owner);
  const next = goesOnAfterRejected(core, rejection.handler, rejection.chain);
  if (next !== undefined) return { kind: "answer-falls-through", node: next };
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
): Bypass | undefined {
  if (!owner.async || operation.wrapper !== undefined) return undefined;
  for (const call of callSites(core, owner).calls) {
    const rejection = core.fileOf(call) === core.file ? rejectionOf(core, call) : undefined;
    if (rejection === undefined) continue;
    const next = goesOnAfterRejected(core, rejection.handler, rejection.chain);
    if (next !== undefined) return { kind: "answer-falls-through", node: next };
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

function passesBefore(core: Core, owner: FunctionNode, attempt: Node): boolean {
  return passes(core, owner).some((call) => call.range[0] < attempt.range[0]);
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

/** The claims read in a catch go on as if they had been verified. */
function isTrusted(core: Core, decode: Operation, failure: Node): boolean {
  return usesOf(core, decode.node).some((use) => {
    if (use.path.some((name) => /^(?:exp|iat|nbf)$/u.test(name))) return false;
    if (use.kind === "assign" || use.kind === "return") return true;
    // What is decided behind the failure is decided by either.
    const isDecision = use.kind === "compare" || use.kind === "test";
    if (isDecision) return use.path.length > 0 && !contains(failure, use.by);
    if (use.kind !== "argument" || use.by.type !== "CallExpression") return false;
    const name = dottedPath(use.by.callee)?.join(".") ?? "";
    return /(?:^|\.)(?:resolve|done|cb|callback|next|find\w*|setUser|(?:update|delete|destroy|remove)\w*)$/u.test(
      name,
    );
  });
}

/** In a branch for expired tokens of a library that checks the signature first. */
function isAfterExpiry(core: Core, node: Node, operation: Operation): boolean {
  return operation.entity.signatureFirst === true && isInExpiryBranch(core, node);
}
