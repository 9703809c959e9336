import type { Core } from "../core.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { besideCallback } from "./beside-callback.ts";
import { besidePromise } from "./beside-promise.ts";
import { droppedErrors } from "../guards/called-middleware.ts";
import { callbackHandling } from "./callback-handling.ts";
import { checkedIfKnown } from "./checked-if-known.ts";
import { answeredForCallers, caught, rejected } from "./caught.ts";
import type { CaughtBypass } from "./caught.ts";
import { decodedAfterError } from "./decoded-after.ts";
import { goesOnAfterAnswer } from "../guards/error-handlers.ts";
import { errorFromCallback } from "./error-results.ts";
import {
  asksForFailure,
  isAuthenticating,
  isOptionalByName,
  letsPass,
  roleName,
} from "../answers/function-roles.ts";
import { goesOnAfterTested } from "./goes-on.ts";
import { withoutKey } from "./keyless.ts";
import { otherFormPasses } from "../guards/other-forms.ts";
import { failureOf, resultBypass } from "./result-flags.ts";
import type { ResultBypass } from "./result-flags.ts";
import { catchOf } from "../answers/results.ts";
import { turnsAwayGood } from "../answers/turned-round.ts";
import { allowedWithoutToken } from "../guards/skipped-verification.ts";
import { letInBefore } from "../guards/unreachable.ts";
import { returnArguments } from "../values/classes.ts";
import { testedPromise } from "./wrapped-promises.ts";
import { writtenKey } from "../guards/written-keys.ts";
import { writtenToken } from "../guards/written-tokens.ts";

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
    /** The callback that is told of the failure ends, and the function around it says yes. */
    | "passes-beside"
    /** What lets the request pass does not wait for the promise. */
    | "passes-meanwhile"
    | "no-key"
    /** An option or argument leaves the signature out. */
    | "signature-left-out"
    /** A text in the code passes in the place of a token. */
    | "written-token"
    /** An authorizer allows where no token came. */
    | "skipped-allows"
    /** A guard that refuses who brings no header lets headers of another form pass. */
    | "other-form-passes"
    /** Whose a record is, is asked of those alone whose token is good. */
    | "checked-if-known"
    /** Something before it has let everybody in. */
    | "let-in-before"
    | CaughtBypass["kind"]
    | ResultBypass["kind"];
  readonly node: Node;
}

/** How the failure of this verification is let pass, if it is, and who passes is not meant to be nobody. */
export function bypassOf(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Bypass | undefined {
  const found = letPass(core, operation, operations);
  const isForNobody =
    found !== undefined && GOES_ON.has(found.kind) && turnsAwayGood(core, operation);
  return isForNobody ? undefined : found;
}

/** What becomes of a refused token in a guard as it should, if the good one is what is turned away. */
const GOES_ON: ReadonlySet<Bypass["kind"]> = new Set<Bypass["kind"]>([
  "catch-succeeds",
  "catch-falls-through",
  "error-falls-through",
]);

function letPass(
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
    if (call !== undefined) return { kind: "error-falls-through", node: call };
    const dropped = droppedErrors(core, operation).find(({ kind }) => kind === "ignored");
    return dropped === undefined ? undefined : { kind: "error-ignored", node: dropped.node };
  }
  if (operation.kind !== "verify") return undefined;
  const before = letInBefore(core, operation.node);
  if (before !== undefined) return { kind: "let-in-before", node: before };
  const keyless = withoutKey(operation);
  if (keyless !== undefined) return { kind: "no-key", node: keyless };
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
    if (handling.kind === "handled") {
      const outer = enclosingFunction(operation.node);
      // What the callback has found out is given on by an async function, which gives a promise whatever that is.
      const promise =
        outer?.async === true && returnArguments(core, outer).length > 0
          ? testedPromise(core, outer, operation.node)
          : undefined;
      if (promise !== undefined) return { kind: "wrapped-promise", node: promise };
      const outside = outer && answeredForCallers(core, outer, owner);
      return outside === undefined
        ? errorFromCallback(core, operation, owner)
        : { kind: "answer-falls-through", node: outside };
    }
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
  const meanwhile = besidePromise(core, operation, operations);
  if (meanwhile !== undefined) return { kind: "passes-meanwhile", node: meanwhile };
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
    skipped(core, operation) ??
    ifKnown(core, operation)
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
  if (node !== undefined) return { kind: "skipped-allows", node };
  const form = otherFormPasses(core, operation);
  return form === undefined ? undefined : { kind: "other-form-passes", node: form };
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

function ifKnown(core: Core, operation: Operation): Bypass | undefined {
  const node = checkedIfKnown(core, operation);
  return node === undefined ? undefined : { kind: "checked-if-known", node };
}

/** What `true` means the name of the function has to say. */
function textThatPasses(core: Core, operation: Operation): Node | undefined {
  const written = writtenToken(core, operation) ?? writtenKey(core, operation);
  const owner = written === undefined ? undefined : enclosingFunction(written.pass);
  if (written === undefined || owner === undefined) return undefined;
  if (written.tellsWho) return written.text;
  if (isOptionalByName(core, owner) || asksForFailure(roleName(core, owner))) return undefined;
  if (!isReturn(written.pass)) return written.text;
  return isAuthenticating(core, owner) ? written.text : undefined;
}

function isReturn(node: Node): boolean {
  return node.type === "ReturnStatement" && node.argument !== null;
}
