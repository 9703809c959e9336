import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, enclosingFunction, isFunction, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { claimsAsked, isOfClaims } from "./asked-behind.ts";
import { answers } from "../answers/behind.ts";
import { withPassages } from "./error-handlers.ts";
import { isOptionalByName, passes, refuses } from "../answers/function-roles.ts";
import { refuses as refusesBy } from "./unheld-refusals.ts";

/**
 * `guard(req, res, () => next())`: a middleware of Express that is called by hand hands its error to what stands where
 * `next` would (express-jwt 8.5), and a function that does not take it goes on for refused tokens as well.
 */
export interface DroppedError {
  /** Nobody asks for claims behind it, or whoever has none goes on as nobody. */
  readonly kind: "ignored" | "anonymous";
  readonly node: Node;
}

export function droppedErrors(core: Core, operation: Operation): DroppedError[] {
  if (operation.kind !== "middleware") return [];
  return callsOf(core, operation.node).flatMap((call): DroppedError[] => {
    const [, , given, ...more] = call.type === "CallExpression" ? call.arguments : [];
    const callback = given === undefined ? undefined : unwrap(given);
    if (!isFunction(callback) || more.length > 0 || !isDeaf(core, callback)) return [];
    const kind = kindOf(core, operation, callback);
    return kind === undefined ? [] : [{ kind, node: callback.params[0] ?? callback }];
  });
}

/** Where what a call makes is called: `expressjwt(options)(req, res, …)`, `guard(req, res, …)` */
function callsOf(core: Core, made: Node): Node[] {
  const middleware = withPassages(made);
  const holder = middleware === undefined ? undefined : parentOf(wrapped(middleware));
  if (holder?.type === "CallExpression") return holder.callee === middleware ? [holder] : [];
  if (holder?.type !== "VariableDeclarator") return [];
  return readsOf(core.fileOf(holder), holder.id).flatMap((read) => {
    const by = parentOf(read);
    return by?.type === "CallExpression" && by.callee === read ? [by] : [];
  });
}

/** Is it never told what went wrong? */
function isDeaf(core: Core, callback: FunctionNode): boolean {
  const [error] = callback.params;
  const { text } = core.fileOf(callback);
  if (error === undefined) return !/\barguments\b/u.test(text.slice(...callback.range));
  return error.type === "Identifier" && readsOf(core.fileOf(callback), error).length === 0;
}

function kindOf(
  core: Core,
  operation: Operation,
  callback: FunctionNode,
): DroppedError["kind"] | undefined {
  const switches = operation.settings("optional");
  // Told to let forged tokens pass, it hands over no error.
  const isTold = switches.some(({ model }) => model?.lets?.some(({ whom }) => whom === "forged"));
  if (isTold || !goesOn(core, callback)) return undefined;
  const file = core.fileOf(callback);
  const asked = claimsAsked(file);
  if (asked.length > 0) {
    const isOwn = asked.every((one) => contains(callback, one));
    return isOwn && !refusesAny(core, callback) ? "anonymous" : undefined;
  }
  // What becomes of claims that are not there is seen elsewhere: `find(req.user.id)` throws.
  if (inside(file.index.members, callback).some(isOfClaims)) return undefined;
  const owner = enclosingFunction(callback);
  const isOptional = switches.length > 0 || (owner !== undefined && isOptionalByName(core, owner));
  return isOptional ? "anonymous" : "ignored";
}

/** `next()`, or an answer that refuses nobody */
function goesOn(core: Core, callback: FunctionNode): boolean {
  return (
    passes(core, callback).length > 0 ||
    inside(core.fileOf(callback).index.calls, callback).some(
      (call) =>
        parentOf(wrapped(call))?.type !== "MemberExpression" &&
        answers(core, call) &&
        !refusesBy(core, call),
    )
  );
}

function refusesAny(core: Core, callback: FunctionNode): boolean {
  return hasWithin(
    core,
    callback,
    (one) =>
      one.type === "IfStatement" &&
      [one.consequent, one.alternate].some((branch) => branch !== null && refuses(core, branch)),
  );
}
