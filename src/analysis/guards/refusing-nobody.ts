import type { Core } from "../core.ts";
import { nextCalled } from "../answers/behind.ts";
import { isGuardByName } from "../answers/function-roles.ts";
import { catchOf, handlingOf } from "../answers/results.ts";
import {
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { refuses } from "./unheld-refusals.ts";

/**
 * `try { kind = verify(token).kind; } catch { kind = "unknown"; } counter.inc({ kind }); next();`: does a middleware go on
 * whatever a verification says? Then it only looks who may be there, and whoever comes past the verification gains nothing.
 * That a failure is caught has to be seen, and nothing behind it may turn a request away. A guard that by its name lets in
 * nobody else is no such middleware, nor is one that puts somebody down who is written in the code.
 */
export function refusesNobody(core: Core, verification: Node): boolean {
  const owner = enclosingFunction(verification);
  if (owner?.body.type !== "BlockStatement") return false;
  if (isGuardByName(core, owner)) return false;
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
      (node) =>
        isMadeUp(core, node) ||
        (node.range[0] >= start && (node.type === "ThrowStatement" || refuses(core, node))),
    )
  );
}

/** `req.user = { id: 1, roles: ["admin"] }` */
function isMadeUp(core: Core, node: Node): boolean {
  return (
    node.type === "AssignmentExpression" &&
    node.left.type === "MemberExpression" &&
    unwrap(node.right).type === "ObjectExpression" &&
    core.fileOf(node).variableOf(rootOf(node.left))?.defs[0]?.type === "Parameter"
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
