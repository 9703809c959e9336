import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, parentOf } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { refuses } from "../guards/unheld-refusals.ts";
import { isHandedOn } from "../answers/handed-on.ts";
import { rejectionOf } from "../answers/rejections.ts";
import { catchOf } from "../answers/results.ts";
import { hasWithin } from "../within.ts";
import { passedMeanwhile } from "./beside-promise.ts";
import { goesOnAfterCaught, goesOnAfterRejected } from "./goes-on.ts";

/** A refusal that holds nobody, where a function out of sight verifies. */
export interface PassedRefusal {
  readonly kind: "answer-falls-through" | "passes-meanwhile";
  /** What goes on. */
  readonly node: Node;
  /** How the verifier is called. */
  readonly name: string;
}

/** Functions that verify a token, by their names: `verifyToken`, `verifyIdToken`, `validateAccessToken`. */
const VERIFIES =
  /^(?:verify|validate)_?(?:(?:access|auth|bearer|id|user|session|firebase|google|jwt)_?){0,2}(?:token|jwt)$/iu;

const verifies = byName((name): boolean => VERIFIES.test(name));

/**
 * `try { await verifyToken(token); } catch { res.sendStatus(401); } next();` of `import { verifyToken } from "./tokens.js"`:
 * what the function does is out of sight, and its name alone says little. That the request is refused where it fails, and
 * goes on all the same, says the rest.
 */
export function passedRefusals(core: Core, operations: readonly Operation[]): PassedRefusal[] {
  const known = new Set(operations.map(({ node }) => node));
  return named(core.file.index.called, verifies).flatMap((call) => {
    if (known.has(call) || isMiddleware(call) || isOfFile(core, call)) return [];
    const name = calleeName(call).replace(/^\./u, "");
    const next = behindCatch(core, call) ?? behindRejection(core, call);
    if (next !== undefined) return { kind: "answer-falls-through", node: next, name };
    const [token] = call.arguments;
    const meanwhile = passedMeanwhile(core, call, token, operations);
    return meanwhile === undefined ? [] : { kind: "passes-meanwhile", node: meanwhile, name };
  });
}

/** `verifyToken(req, res, next)` answers itself. */
function isMiddleware({ arguments: given }: CallNode): boolean {
  return given.some((one) => /^(?:res|response|next)$/u.test(dottedPath(one)?.join(".") ?? ""));
}

/** What a function of the file does tells more than its name. */
function isOfFile(core: Core, call: CallNode): boolean {
  const target = core.evaluate(call.callee);
  return target.type === "function" && core.fileOf(target.node) === core.file;
}

function behindCatch(core: Core, call: CallNode): Node | undefined {
  const handler = catchOf(call);
  const attempt = handler === undefined ? undefined : parentOf(handler);
  if (attempt?.type !== "TryStatement" || !isRefused(core, attempt.handler?.body)) return undefined;
  const next = goesOnAfterCaught(core, attempt);
  const [token] = call.arguments;
  // A second verification may stand before it, and throw.
  const isAsked =
    next !== undefined && token !== undefined && isHandedOn(core, token, [attempt, next]);
  return isAsked ? undefined : next;
}

function behindRejection(core: Core, call: CallNode): Node | undefined {
  const rejection = rejectionOf(core, call);
  return rejection !== undefined && isRefused(core, rejection.handler)
    ? goesOnAfterRejected(core, rejection.handler, rejection.chain)
    : undefined;
}

function isRefused(core: Core, handler: Node | FunctionNode | undefined): boolean {
  return handler !== undefined && hasWithin(core, handler, (node) => refuses(core, node));
}
