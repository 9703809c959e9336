import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { onlyCounts } from "../answers/counting-guards.ts";
import { refuses, roleName } from "../answers/function-roles.ts";
import { runsAllTheSame } from "../failures/beside-callback.ts";
import { inside } from "../files/inside.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  decoratorsOf,
  enclosingClass,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { isAcceptedElsewhere } from "./accepted-elsewhere.ts";
import { asksAtSetting, asksIssuer } from "./asked-issuers.ts";
import { isFallback } from "./fallbacks.ts";
import {
  handledBy,
  hooksBefore,
  isBehindHook,
  isChainedBehindHook,
  isInKeyResolver,
} from "./guard-hooks.ts";
import { isInstead, isReadWhereUnset } from "./instead.ts";
import { isInBackground } from "./in-background.ts";
import { isCheckedByHand } from "./checks-by-hand.ts";
import { heldBy } from "./cut-parts.ts";
import { areOtherTokens } from "./other-tokens.ts";
import { isIdleBeside, isVerification, verifiesByCall } from "./verifying-calls.ts";
import { isWrappedByGuard } from "./wrapped-by-guards.ts";

/** Is the same token verified in the flow that the node stands in? */
export function isVerifiedElsewhere(
  core: Core,
  operation: Operation,
  at: Node,
  operations: readonly Operation[],
): boolean {
  const owners = enclosingFunctions(at);
  const scope = owners.at(-1);
  if (scope === undefined) {
    return operations.some(
      (one) => isVerification(one) && enclosingFunction(one.node) === undefined,
    );
  }
  const read = readWithin(core, scope, operation.node, at);
  const isInFlow = (node: Node): boolean =>
    contains(scope, node) &&
    !isOnOtherPath(read, node) &&
    !isTrustedBefore(core, at, node) &&
    !isAfterRefusal(read, node) &&
    !isFallback(core, read, node) &&
    !isInstead(core, read, node) &&
    !isInBackground(core, node, at);
  for (const one of operations) {
    if (!isVerification(one) || !isInFlow(one.node) || areOtherTokens(core, one, operation))
      continue;
    if (one.node === operation.node && isIdleWithin(core, one)) continue;
    if (!runsAllTheSame(core, one, at, operations)) return true;
  }
  const around = enclosingFunction(scope);
  if (around !== undefined && operations.some((one) => isHook(one, around))) return true;
  const { calls, literals } = core.fileOf(at).index;
  if (inside(literals, scope).some((text) => asksIssuer(core, text, operation) && isInFlow(text)))
    return true;
  const unasked = isReadWhereUnset(core, read, operation, operations) ? read : operation.node;
  const held = heldBy(core, operation, read);
  // Few calls verify, and all of a file may be asked for each use of a token.
  return inside(calls, scope).some(
    (call) =>
      !contains(call, operation.node) &&
      call !== unasked &&
      (asksAtSetting(call) ||
        verifiesByCall(core, call, operation, operations) ||
        isCheckedByHand(core, call, held) ||
        (call.range[1] <= at.range[0] && isAcceptedElsewhere(core, call, operation))) &&
      isInFlow(call),
  );
}

/**
 * Does a function of another file, which decodes the token, verify it as well: `subtle.verify(…)` before
 * `return JSON.parse(atob(body))`?
 */
export function isVerifiedWithin(core: Core, { wrapper }: Operation): boolean {
  const inner = wrapper === undefined ? [] : (core.wrapped.get(wrapper) ?? []);
  const decoded = inner.filter(({ kind }) => kind === "decode");
  return (
    decoded.length > 0 &&
    decoded.every(
      (one) => isVerifiedWithin(core, one) || isVerifiedElsewhere(core, one, one.node, inner),
    )
  );
}

/** Does a function of another file, which verifies and decodes, verify another token, or go on all the same? */
function isIdleWithin(core: Core, { wrapper }: Operation): boolean {
  const inner = wrapper === undefined ? [] : (core.wrapped.get(wrapper) ?? []);
  const decoded = inner.filter(({ kind }) => kind === "decode");
  return inner
    .filter(isVerification)
    .every((one) =>
      decoded.every((read) => one.node !== read.node && isIdleBeside(core, one, read, inner)),
    );
}

/** Where a flow reads the token: the call of the function that does, where that stands elsewhere. */
function readWithin(core: Core, scope: FunctionNode, read: Node, at: Node): Node {
  const owner = contains(scope, read) ? undefined : enclosingFunction(read);
  if (owner === undefined) return read;
  const calls = inside(callSites(core, owner).calls, scope);
  return calls.findLast((call) => call.range[0] <= at.range[0]) ?? read;
}

/**
 * Does each call of the function that reads the token, which all are in sight, verify it as well?
 *
 * @returns the functions that call it; a branch of one of them may leave with the claims before
 */
export function verifyingCallers(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): readonly (FunctionNode | undefined)[] {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined) return [];
  const { calls, open } = callSites(core, owner);
  return !open &&
    calls.every((call) => isVerifiedElsewhere(core, { ...operation, node: call }, call, operations))
    ? calls.map((call) => enclosingFunction(call))
    : [];
}

/** The function and those around it, the nearest first, up to the one the flow is in. */
function enclosingFunctions(node: Node): FunctionNode[] {
  const owners: FunctionNode[] = [];
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    // A module's or a class's own function is where a flow ends.
    owners.push(owner);
    if (parentOf(owner)?.type === "MethodDefinition" || isHandler(owner)) break;
  }
  return owners;
}

function memberOfCallee(callee: Node): string | undefined {
  const inner = unwrap(callee);
  return inner.type === "MemberExpression" ? memberName(inner) : undefined;
}

/** Methods that frameworks are given handlers by: each request runs one of them. */
const HANDLES =
  /^(?:get|post|put|patch|delete|head|options|all|any|use|on|once|ws|route|register|addHook|decorate|command)$/u;

/** Methods whose handler runs before those of the routes. */
const HOOKS = /^(?:use|addHook|derive|resolve|guard|onRequest|onBeforeHandle|ext)$/u;

/**
 * `app.get("/", (req, res) => …)` inside of a function that sets an application up: what other
 * handlers there do says nothing about this one.
 */
function isHandler(owner: FunctionNode): boolean {
  return HANDLES.test(takerOf(owner) ?? "") || isRouteOption(owner);
}

/** The method that a function is an argument of. */
function takerOf(owner: FunctionNode): string | undefined {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || call.callee === owner) return undefined;
  return memberOfCallee(call.callee);
}

/** `server.route({ handler: (request, h) => … })`. */
function isRouteOption(owner: FunctionNode): boolean {
  const property = parentOf(owner);
  return (
    property?.type === "Property" &&
    /^handler$/u.test(staticKey(property.key, property.computed) ?? "")
  );
}

/** A verification that runs before the handlers of the function that it is set up in. */
function isHook(operation: Operation, scope: Node): boolean {
  if (!isVerification(operation) || !contains(scope, operation.node)) return false;
  if (operation.kind === "middleware") return true;
  for (
    let owner = enclosingFunction(operation.node);
    owner !== undefined;
    owner = enclosingFunction(owner)
  ) {
    if (!contains(scope, owner)) return false;
    if (HOOKS.test(takerOf(owner) ?? "")) return true;
  }
  return false;
}

/**
 * Does a request come by one of the two alone: `if (own) verify(token); else claims = decode(token);`,
 * `if (own) { verify(token); return next(); } claims = decode(token);`?
 */
function isOnOtherPath(decode: Node, other: Node): boolean {
  for (let from = other, at = parentOf(other); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at) && contains(at, decode)) break;
    if (at.type !== "IfStatement" && at.type !== "ConditionalExpression") continue;
    if (at.test === from || contains(from, decode) || contains(at.test, decode)) continue;
    if (contains(at, decode)) return true;
    if (at.type === "IfStatement" && from === at.consequent && ends(from)) {
      if (at.range[1] <= decode.range[0]) return true;
    }
  }
  return leftBefore(decode, other) !== undefined;
}

/**
 * `if (foreign) { claims = decode(token); return next(); } verify(token);`
 *
 * @returns the branch that holds the node, and leaves before the other one runs
 */
function leftBefore(node: Node, other: Node): TSESTree.IfStatement | undefined {
  for (let from = node, at = parentOf(node); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at) || contains(at, other)) return undefined;
    if (at.type === "IfStatement" && at.consequent === from && ends(from)) {
      return at.range[1] <= other.range[0] ? at : undefined;
    }
  }
  return undefined;
}

/**
 * `if (claims.iss === PARTNER) { req.user = claims; return next(); } verify(token);`: what the token says
 * chooses the way without a verification.
 */
function isTrustedBefore(core: Core, use: Node, other: Node): boolean {
  const branch = leftBefore(use, other);
  const root = rootOf(use);
  const variable = root.type === "Identifier" ? core.fileOf(root).variableOf(root) : undefined;
  if (branch === undefined || variable === undefined) return false;
  const { test, consequent } = branch;
  const isChosen = variable.references.some(({ identifier }) => contains(test, identifier));
  return isChosen && !refuses(core, consequent);
}

/**
 * `try { verify(token); return next(); } catch {} claims = decode(token);`: nothing but a refused token
 * comes so far.
 */
function isAfterRefusal(decode: Node, other: Node): boolean {
  let isLeft = false;
  for (let at = parentOf(other); at !== undefined && !isFunction(at); at = parentOf(at)) {
    isLeft ||= at.type === "BlockStatement" && ends(at);
    if (at.type !== "TryStatement" || !contains(at.block, other) || at.handler === null) continue;
    // A handler that chooses may have refused all but the expired ones.
    const isSwallowed = at.handler.body.body.every(({ type }) =>
      /^(?:Expression|Variable)/u.test(type),
    );
    if (at.range[1] <= decode.range[0]) return isLeft && isSwallowed;
  }
  return false;
}

/** Does a branch end its function, to refuse or to go on? */
function ends(branch: Node): boolean {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  if (last?.type === "TryStatement") {
    return ends(last.block) && (last.handler === null || ends(last.handler.body));
  }
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

/** How many functions of the file a handler is looked for behind. */
const MAX_HOPS = 2;

/**
 * A guard stands before the handler, or before each that calls the function: another handler of the same route,
 * a decorator.
 */
export function isProtected(
  core: Core,
  node: Node,
  operations: readonly Operation[],
  hops = MAX_HOPS,
): boolean {
  if (isInKeyResolver(core, node, operations)) return true;
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    if (hasGuardHook(core, owner)) return true;
    if (isWrappedByGuard(core, owner, (one) => isGuard(core, one))) return true;
    const holder = parentOf(owner);
    const routes = [
      ...handledBy(core, owner).map((route) => isGuarded(core, route, owner, operations)),
      ...hooksBefore(core, owner).map((hooks) => hooks.some((hook) => isGuard(core, hook))),
    ];
    if (routes.length > 0 && routes.every(Boolean)) return true;
    if (hops > 0 && isCalledBehindGuards(core, owner, operations, hops)) return true;
    if (holder?.type === "MethodDefinition") {
      const owningClass = enclosingClass(holder);
      const decorators = [
        ...decoratorsOf(holder),
        ...(owningClass === undefined ? [] : decoratorsOf(owningClass)),
      ];
      if (
        decorators.some(
          (decorator) =>
            !onlyCounts(decorator) &&
            /guard|auth|role|permission/iu.test(core.fileOf(node).text.slice(...decorator.range)),
        )
      ) {
        return true;
      }
    }
  }
  return false;
}

/** `router.get("/", requireAuth, hasScope("read"), …)`, and `scopesOf(req)` of handlers behind `requireAuth` */
function isCalledBehindGuards(
  core: Core,
  owner: FunctionNode,
  operations: readonly Operation[],
  hops: number,
): boolean {
  const { calls, open } = callSites(core, owner);
  return (
    !open &&
    calls.length > 0 &&
    calls.every((call) => {
      const route = parentOf(call);
      const isOfRoute =
        route?.type === "CallExpression" && HANDLES.test(memberOfCallee(route.callee) ?? "");
      return (
        (isOfRoute && isGuarded(core, route, call, operations)) ||
        isProtected(core, call, operations, hops - 1)
      );
    })
  );
}

/** A guard stands before the handler in its route, or its router was given one before. */
function isGuarded(
  core: Core,
  route: TSESTree.CallExpression,
  handler: FunctionNode | CallNode,
  operations: readonly Operation[],
): boolean {
  const name = isFunction(handler) ? roleName(core, handler) : undefined;
  const position = route.arguments.findIndex(
    (argument) =>
      argument === handler || (argument.type === "Identifier" && argument.name === name),
  );
  const before = route.arguments.slice(0, Math.max(0, position));
  return (
    before.some((argument) => isGuard(core, argument)) ||
    isBehindHook(core, route, operations) ||
    isChainedBehindHook(core, route, operations)
  );
}

/** `fastify.addHook("onRequest", fastify.authenticate)` in the plugin that the handler belongs to. */
function hasGuardHook(core: Core, owner: FunctionNode): boolean {
  const hooks = core.fileOf(owner).index.called.get("addHook") ?? [];
  return inside(hooks, owner).some(
    (call) =>
      memberOfCallee(call.callee) === "addHook" &&
      enclosingFunction(call) === owner &&
      call.arguments.some((argument) => isGuard(core, argument)),
  );
}

/** Is a handler there to let in only some, by what it is called? */
export function isGuard(core: Core, argument: Node): boolean {
  const inner = unwrap(argument);
  if (inner.type === "Literal" || inner.type === "TemplateLiteral" || isFunction(inner))
    return false;
  // A route may have a list of paths, `["/", "/login"]`, as well as one of guards.
  if (inner.type === "ArrayExpression")
    return inner.elements.some((one) => one !== null && isGuard(core, one));
  const text = core.fileOf(inner).text.slice(...inner.range);
  return (
    text.length < 200 &&
    /aut[ho]|guard|prote[cg]|verif|valida|jwt|login|session|permission|role/iu.test(text)
  );
}
