import type { Core } from "../core.ts";
import { nextCalled } from "../answers/behind.ts";
import { catchOf, handlingOf } from "../answers/results.ts";
import { enclosingFunction, isFunction, memberName, parentOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { refuses } from "./unheld-refusals.ts";

/**
 * `try { kind = verify(token).kind; } catch { kind = "unknown"; } counter.inc({ kind }); next();`: does a middleware go on
 * whatever a verification says? Then it only looks who may be there, and whoever comes past the verification gains nothing.
 * That a failure is caught has to be seen, and nothing behind it may turn a request away.
 */
export function refusesNobody(core: Core, verification: Node): boolean {
  const owner = enclosingFunction(verification);
  if (owner?.body.type !== "BlockStatement") return false;
  const last = owner.body.body.at(-1);
  if (last === undefined || nextCalled(last) === undefined) return false;
  const handler = catchOf(verification);
  const isCaught =
    handler === undefined
      ? isCaughtInChain(verification)
      : handlingOf(core, handler.body).kind === "falls-through";
  const [start] = verification.range;
  return (
    isCaught &&
    !hasWithin(
      core,
      owner.body,
      (node) => node.range[0] >= start && (node.type === "ThrowStatement" || refuses(core, node)),
    )
  );
}

/** `verify(token).then(note).catch(() => note(undefined))` */
function isCaughtInChain(call: Node): boolean {
  let at = wrapped(call);
  for (let by = parentOf(at); by?.type === "MemberExpression"; by = parentOf(at)) {
    const outer = parentOf(by);
    if (outer?.type !== "CallExpression" || outer.callee !== by) return false;
    const [handler] = outer.arguments;
    if (memberName(by) === "catch") return handler !== undefined && isFunction(handler);
    at = wrapped(outer);
  }
  return false;
}
