import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { isSaidByClient } from "../network/request.ts";
import { sentIn } from "../network/sent-in.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  parentOf,
  rootOf,
  walk,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may, must } from "../values/value.ts";
import { hasWithin } from "../within.ts";

/**
 * Are what is verified and what is read certainly two tokens? By their names, where one of them is for renewal, and by
 * the place of the request that they come from: a good cookie proves nothing of what a header says. Where the code
 * compares the two, or looks something up by both, each may stand for the other.
 */
export function areOtherTokens(core: Core, verification: Operation, read: Operation): boolean {
  const [one, other] = [verification.token?.node, read.token?.node];
  if (one === undefined || other === undefined) return false;
  return (
    areNamedApart(one, other) ||
    (isConfigured(core, one) && isHandedIn(core, other)) ||
    (areSentApart(core, one, other) && !areCompared(core, verification, read))
  );
}

/** `process.env.SERVICE_TOKEN`, the token of the program itself */
function isConfigured(core: Core, token: Node): boolean {
  return must(core.evaluate(token), ({ type }) => type === "environment");
}

/** Is it what a function was given, and certainly nothing of the configuration? */
function isHandedIn(core: Core, token: Node): boolean {
  const root = rootOf(token);
  const [definition] = core.fileOf(root).variableOf(root)?.defs ?? [];
  return (
    definition?.type === "Parameter" &&
    !may(core.evaluate(token), ({ type }) => type === "environment")
  );
}

/** Two names, neither of which is made of the other. */
function areNamedApart(one: Node, other: Node): boolean {
  const first = dottedPath(one);
  const second = dottedPath(other);
  if (first === undefined || second === undefined) return false;
  if (first.join(".") === second.join(".")) return false;
  const isRefresh = (path: readonly string[]): boolean => /refresh/iu.test(path.join("."));
  return isRefresh(first) !== isRefresh(second);
}

function areSentApart(core: Core, one: Node, other: Node): boolean {
  const first = sentIn(core, one);
  const second = first === undefined ? undefined : sentIn(core, other);
  if (first === undefined || second === undefined) return false;
  return ![...first].some((place) => second.has(place));
}

/**
 * `claims.sub === other.sub`, `req.cookies.csrf !== req.get("x-csrf")`, `find({ user: claims.sub, team: other.team })`:
 * does a part of one token, or of what is made of it, stand beside one of the other?
 */
function areCompared(core: Core, verification: Operation, read: Operation): boolean {
  let scope = enclosingFunction(read.node);
  while (scope !== undefined && !contains(scope, verification.node))
    scope = enclosingFunction(scope);
  if (scope === undefined) return true;
  const { visitorKeys } = core.fileOf(scope);
  const proven = namesFor(core, verification);
  const unproven = namesFor(core, read);
  let found = false;
  walk(scope.body, visitorKeys, (node) => {
    for (const names of [proven, unproven]) collect(core, node, names);
    if (node.type === "BinaryExpression" && /^[!=]==?$/u.test(node.operator)) {
      const [left, right] = [node.left, node.right];
      found ||= [
        [left, right],
        [right, left],
      ].some(
        ([side, beside]) =>
          side !== undefined &&
          beside !== undefined &&
          isOf(core, side, unproven) &&
          mayProve(core, beside, proven),
      );
    } else if (node.type === "MemberExpression" && node.computed) {
      // `me.tenants[other.tenant]`
      found ||= isOf(core, node.object, proven) && isOf(core, node.property, unproven);
    } else if (node.type === "CallExpression" && !isOutput(node)) {
      const given = [node.callee, ...node.arguments].filter((one) => !isFunction(one));
      found ||= [proven, unproven].every((names) => given.some((one) => isOf(core, one, names)));
    }
    return !found;
  });
  return found;
}

/** Where a token comes from, and what its claims are called; the second is found on the way. */
interface Names {
  readonly operation: Operation;
  readonly places: ReadonlySet<string>;
  readonly paths: Set<string>;
}

function namesFor(core: Core, operation: Operation): Names {
  const token = operation.token?.node;
  const places = token === undefined ? undefined : sentIn(core, token);
  return { operation, places: places ?? new Set(), paths: new Set() };
}

/** `const claims = verify(token)`, `req.user = claims`, `const { team } = other`, `verify(token, key, (error, claims) => …)` */
function collect(core: Core, node: Node, names: Names): void {
  if (isFunction(node)) {
    const call = parentOf(node);
    const isGiven = call?.type === "CallExpression" && contains(call, names.operation.node);
    if (isGiven && !contains(node, names.operation.node))
      for (const one of node.params) addNames(core, one, names);
    return;
  }
  const isPair = node.type === "VariableDeclarator" || node.type === "AssignmentExpression";
  if (!isPair) return;
  const [target, value] =
    node.type === "VariableDeclarator" ? [node.id, node.init] : [node.left, node.right];
  if (value === null || !isOf(core, value, names)) return;
  const path = dottedPath(target);
  if (path !== undefined) names.paths.add(path.join("."));
  else addNames(core, target, names);
}

function addNames(core: Core, pattern: Node, { paths }: Names): void {
  walk(pattern, core.fileOf(pattern).visitorKeys, (one) => {
    if (one.type === "Identifier") paths.add(one.name);
    return true;
  });
}

function isOf(core: Core, written: Node, { operation, places, paths }: Names): boolean {
  return hasWithin(core, written, (node) => {
    if (node === operation.node) return true;
    const path = dottedPath(node)?.join(".");
    if (path !== undefined && (paths.has(path) || isHandedWhole(node, path, paths))) return true;
    return [...(sentIn(core, node) ?? [])].some((place) => places.has(place));
  });
}

/** `acl(req)`, where `req.user` is what was verified */
function isHandedWhole(node: Node, path: string, paths: ReadonlySet<string>): boolean {
  const by = parentOf(node);
  return (
    by?.type === "CallExpression" &&
    by.callee !== node &&
    [...paths].some((one) => one.startsWith(`${path}.`))
  );
}

/** Is it of the verified token, or might it be? What is written, configured or sent says nothing of that. */
function mayProve(core: Core, written: Node, proven: Names): boolean {
  if (isOf(core, written, proven)) return true;
  const isKnown = must(core.evaluate(written), ({ type }) =>
    /^(?:literal|environment)$/u.test(type),
  );
  return !isKnown && !isSaidByClient(core, written);
}

/** `res.json({ claims, other })`, `console.log(claims, other)` */
function isOutput(node: Node): boolean {
  return node.type === "CallExpression" && (isLogCall(node) || responseCalls(node).length > 0);
}
