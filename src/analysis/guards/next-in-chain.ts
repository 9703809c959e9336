import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { requiredSpecifier } from "../values/bindings.ts";
import { hasWithin } from "../within.ts";
import { asksForClaims, asksForKept } from "./asked-behind.ts";
import { givenBehind } from "./mounted-behind.ts";

/**
 * Is whoever passes a guard as nobody refused behind it, as far as the file says: does a handler ask for the claims, or
 * does another guard stand there?
 *
 * @param guard the function that lets pass
 */
export function isRefusedBehind(
  core: Core,
  operation: Pick<Operation, "node">,
  guard: FunctionNode | undefined = enclosingFunction(operation.node),
): boolean {
  const { file } = core;
  return (
    asksForClaims(file) ||
    asksForKept(file, operation) ||
    (guard !== undefined && isBeforeAnotherGuard(core, guard))
  );
}

/**
 * `export const chain = [openForSome, strictGuard]`, `router.get("/me", openForSome, strictGuard, show)`: is whoever a guard
 * lets pass asked by another one behind it, wherever it stands? Also `app.use(openForSome); app.use(strictGuard)`.
 */
export function isBeforeAnotherGuard(core: Core, guard: FunctionNode): boolean {
  const name = functionName(guard);
  const named = name === undefined ? [] : (core.fileOf(guard).index.names.get(name) ?? []);
  const places = [guard, ...named].flatMap((one) => {
    const others = behind(one);
    return others === undefined ? [] : [{ node: wrapped(one), others }];
  });
  const isOther = (one: Node): boolean =>
    isGuard(core, one) && (name === undefined || nameOf(one) !== name);
  return (
    places.length > 0 &&
    places.every(({ node, others }) => others.some(isOther) || isMountedBefore(core, node, isOther))
  );
}

/** What stands behind it in a list of handlers, without the one that answers; undefined where it stands in none. */
function behind(place: Node): readonly Node[] | undefined {
  const node = wrapped(place);
  const list = parentOf(node);
  switch (list?.type) {
    case "ArrayExpression":
      return othersBehind(list.elements, node);
    case "CallExpression":
      // `openForSome(req, res, () => strictGuard(req, res, next))`
      if (list.callee === node) {
        const next = list.arguments.filter((one) => isFunction(one));
        return next.length > 0 ? next : undefined;
      }
      // `const guard = caught((req, res, next) => …)` has a place of its own.
      if (list.callee.type === "Identifier" && list.arguments.length === 1) return undefined;
      return methodOf(list) === "use"
        ? othersBehind(list.arguments, node)
        : othersBehind(list.arguments.slice(0, -1), node);
    default:
      return undefined;
  }
}

function othersBehind(list: readonly (Node | null)[], node: Node): Node[] {
  return list.slice(list.indexOf(node) + 1).filter((one) => one !== null);
}

function methodOf({ callee }: CallNode): string | undefined {
  const method = unwrap(callee);
  return method.type === "MemberExpression" ? memberName(method) : undefined;
}

const ROUTES = ["get", "post", "put", "patch", "delete", "all"];

/**
 * `app.use(openForSome); app.use(strictGuard);`, `app.use(openForSome); app.get("/me", isLoggedIn, show);`: who asks there
 * whether anybody is signed in knows that the first lets pass. A role is asked for beside that, unless each route does.
 */
function isMountedBefore(core: Core, node: Node, isOther: (one: Node) => boolean): boolean {
  const hook = parentOf(node);
  if (hook?.type !== "CallExpression") return false;
  const method = methodOf(hook);
  // `router.route("/me").all(openForSome).all(strictGuard)`
  if (method === "all")
    return chainedBehind(hook).some(({ arguments: given }) => given.some(isOther));
  if (method !== "use" || textOf(hook.arguments[0]) !== undefined) return false;
  const steps = givenBehind(core, hook, ["use", ...ROUTES]).filter(
    ({ arguments: given }) => given.length > 0,
  );
  const guarded = steps.map((step) => {
    const given = step.arguments;
    const isForAll = methodOf(step) === "use" && textOf(given[0]) === undefined;
    const others = (isForAll ? given : given.slice(0, -1)).filter(
      (one) => isOther(one) && !/rout|controller|error/iu.test(nameOf(one) ?? ""),
    );
    return { isForAll, others };
  });
  if (guarded.some(({ isForAll, others }) => isForAll && others.length > 0)) return true;
  if (guarded.some(({ others }) => others.some((one) => isSignedIn(nameOf(one) ?? ""))))
    return true;
  const routes = guarded.filter(({ isForAll }) => !isForAll);
  return routes.length > 0 && routes.every(({ others }) => others.length > 0);
}

/** `.all(strictGuard)` and `.get(list)` of `router.route("/me").all(openForSome).all(strictGuard).get(list)` */
function chainedBehind(call: CallNode): CallNode[] {
  const member = parentOf(call);
  const next = member?.type === "MemberExpression" ? parentOf(member) : undefined;
  return next?.type === "CallExpression" && next.callee === member
    ? [next, ...chainedBehind(next)]
    : [];
}

const GUARD = /guard|auth(?!or(?!i))|protect|verif|jwt|log_?ged_?in|signed_?in/iu;

const ASKS_FOR = /(?:^|\.)(?:require|ensure|must|only|deny|forbid)(?=[A-Z_]|$)/u;

/** … and what asks who somebody is among those who are signed in: `restrictTo("admin")`, `access.members()`. */
const ASKS_RIGHT =
  /(?:^|\.)(?:(?:permit|restrict|can)(?=[A-Z_]|$)|(?:is|has|check|allow|assert)_?(?:Any|All)?_?(?:[Aa]dmin|[Rr]ole|[Pp]ermission|[Aa]ccess|[Ss]cope|[Rr]ight|[Mm]ember|[Oo]wner|[Ss]taff|[Mm]anager))|^(?:permissions?|roles?|acl|rbac|access|polic(?:y|ies)|abilit(?:y|ies))(?:\.|$)/u;

function isSignedIn(name: string): boolean {
  return (GUARD.test(name) || ASKS_FOR.test(name)) && !ASKS_RIGHT.test(name);
}

function isGuardName(name: string): boolean {
  return GUARD.test(name) || ASKS_FOR.test(name) || ASKS_RIGHT.test(name);
}

/** `restrictTo` of `restrictTo("admin")`, `requireMember` of `require("./requireMember")` */
function nameOf(written: Node): string | undefined {
  const node = unwrap(written);
  if (node.type !== "CallExpression") return dottedPath(node)?.join(".");
  return requiredSpecifier(node)?.value.split("/").at(-1) ?? calleeName(node);
}

/** By its name, or by what a function in sight does: `only`, which asks for the number of a request, refuses no stranger. */
function isGuard(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (isFunction(node)) return refuses(core, node);
  const name = nameOf(node) ?? "";
  if (GUARD.test(name)) return true;
  const value = node.type === "Identifier" ? core.evaluate(node) : undefined;
  return value?.type === "function"
    ? refuses(core, value.node) || (isGuardName(name) && asksWho(core, value.node))
    : isGuardName(name);
}

function refuses(core: Core, owner: FunctionNode): boolean {
  return hasWithin(
    core,
    owner.body,
    (one) => one.type === "CallExpression" && isGuardName(calleeName(one)),
  );
}

/** `req.session.userId`, `req.member` */
function asksWho(core: Core, owner: FunctionNode): boolean {
  return hasWithin(
    core,
    owner.body,
    (one) =>
      one.type === "MemberExpression" &&
      /^(?:session|user|account|member|role|is[A-Z])/u.test(memberName(one) ?? ""),
  );
}
