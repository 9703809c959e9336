import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  parentOf,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { SAID } from "./asked-behind.ts";
import { nextBehind } from "../answers/behind.ts";
import { isBelow, isHandedOn, stepsByRouter } from "./late-guards.ts";
import type { Step } from "./late-guards.ts";
import { isLogStatement } from "../logging.ts";

/**
 * `app.use((req, res, next) => { try { req.member = jwt.verify(token, key); } catch {} next(); });` in front of routes
 * that all stand in this file, where none reads `req.member`: who asks is found out for nobody, and each of the routes
 * is open. A route, a part or a function out of sight may read it.
 */
export function isKeptUnread(
  core: Core,
  { node }: Operation,
  attempt: TSESTree.TryStatement,
): boolean {
  const owner = enclosingFunction(attempt);
  const { handler, block } = attempt;
  if (owner === undefined || handler === null || nextBehind(core, attempt) === undefined)
    return false;
  const { calls, assignments } = core.file.index;
  const writes = inside(assignments, block).map(({ left }) => left);
  return (
    handler.body.body.every((one) => isLogStatement(one)) &&
    // What else is done for whoever has a token is what the verification is for.
    inside(calls, block).every((call) => call === node || HARMLESS.test(calleeName(call))) &&
    writes.length > 0 &&
    writes.every((left) => isForRequest(owner, left) && !isReadOutside(core, owner, left)) &&
    areInSight(core, owner)
  );
}

/** What cuts a token out of a request, and what says that there is none. */
const HARMLESS = /(?:^|\.)(?:split|slice|substr(?:ing)?|replace|trim|get|header|Error)$/u;

/** `req.member`: what is put into `res.locals` is for the views, and what into `req.session` for other requests. */
function isForRequest({ params: [request] }: FunctionNode, left: Node): boolean {
  const [root, name = "", ...more] = dottedPath(left) ?? [];
  const isOfRequest = request?.type === "Identifier" && root === request.name;
  return isOfRequest && more.length === 0 && !SAID.test(name);
}

function isReadOutside(core: Core, owner: FunctionNode, left: Node): boolean {
  const name = dottedPath(left)?.at(-1) ?? "";
  const alike = core.file.index.membersNamed.get(name) ?? [];
  return alike.some((member) => !contains(owner, member));
}

/** Is there a route behind it, and does nothing stand there but functions that read the request here? */
function areInSight(core: Core, owner: FunctionNode): boolean {
  const isOwn = (given: Node): boolean => functionOf(core, given) === owner;
  return [...stepsByRouter(core).values()].some((steps) => {
    const at = steps.findIndex(({ handlers }) => handlers.some(isOwn));
    const gate = steps[at];
    if (gate === undefined || gate.handlers.length > 1) return false;
    const behind = steps
      .slice(at + 1)
      .filter(({ path }) => isBelow(path, gate.path) || isBelow(gate.path, path));
    return (
      behind.some(({ method }) => ROUTE.test(method)) &&
      behind.every((one) => isInSight(core, one)) &&
      !isHandedOn(core, gate)
    );
  });
}

const ROUTE = /^(?:get|post|put|patch|delete)$/u;

function isInSight(core: Core, { handlers }: Step): boolean {
  return handlers.every((one) => {
    const target = functionOf(core, one);
    return target !== undefined && !handsRequestOn(core, target);
  });
}

function functionOf(core: Core, given: Node): FunctionNode | undefined {
  const value = isFunction(given) ? undefined : core.evaluate(given);
  const target = isFunction(given) ? given : value?.type === "function" ? value.node : undefined;
  return target !== undefined && isFunction(target) && core.fileOf(target) === core.file
    ? target
    : undefined;
}

/** `list(req)`, `const { user } = req`: is there more of the request than what is read off it by name? */
function handsRequestOn(core: Core, handler: FunctionNode): boolean {
  // A handler of errors is given the error first.
  const request = handler.params[handler.params.length === 4 ? 1 : 0];
  if (request === undefined) return false;
  if (request.type !== "Identifier") return true;
  return (core.file.index.names.get(request.name) ?? []).some((one) => {
    if (one === request || !contains(handler, one)) return false;
    const by = parentOf(wrapped(one));
    return by?.type !== "MemberExpression" || dottedPath(by) === undefined;
  });
}
