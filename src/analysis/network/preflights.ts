import { conditionsAt } from "../flow/conditions.ts";
import {
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Does a place run for OPTIONS alone? `router.options("/session", (ctx) => …)`, a route handler of Next.js by that name,
 * `if (req.method === "OPTIONS") …`. So a browser asks before it sends the request itself: a preflight carries neither
 * cookies nor the Authorization header.
 */
export function isInPreflight(node: Node): boolean {
  if (conditionsAt(node).some(({ test, holds }) => asksForPreflight(test) && holds)) return true;
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner))
    if (functionName(owner) === "OPTIONS" || isRouteOfOptions(owner)) return true;
  return false;
}

/** `req.method === "OPTIONS"` */
function asksForPreflight(test: Node): boolean {
  return (
    test.type === "BinaryExpression" &&
    /^===?$/u.test(test.operator) &&
    dottedPath(test.left)?.at(-1) === "method" &&
    textOf(test.right) === "OPTIONS"
  );
}

/** `app.options("/session", handler)`; Koa's router takes a name before the path. */
function isRouteOfOptions(owner: FunctionNode): boolean {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || call.callee === owner) return false;
  const callee = unwrap(call.callee);
  return (
    callee.type === "MemberExpression" &&
    memberName(callee) === "options" &&
    textOf(call.arguments[0]) !== undefined
  );
}
