import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { readsOf } from "../files/variables.ts";
import { isCast } from "../flow/promise-fate.ts";
import { contains, enclosingFunction, isFunction, memberName, parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * Is something returned before a verification has found anything: `verify(token).catch(() => cache.delete(token));
 * return claims;`? Its function goes on without it, and nobody who calls that is told of what comes of it later.
 */
export function isInBackground(core: Core, verification: Node, use: Node): boolean {
  const owner = enclosingFunction(verification);
  if (owner === undefined || enclosingFunction(use) !== owner) return false;
  const chain = chainOf(verification);
  const answer = returnOf(use);
  if (chain === undefined || answer === undefined) return false;
  return isLeftAlone(core, chain, answer) && !tellsSomebody(core, chain, verification);
}

/** `verify(token).then(…).catch(…)`, where something is done with the promise at all. */
function chainOf(verification: Node): Node | undefined {
  let node = verification;
  let isChained = false;
  for (let by = parentOf(node); by !== undefined; by = parentOf(node)) {
    const call = by.type === "MemberExpression" ? parentOf(by) : undefined;
    if (isCast(by)) node = by;
    else if (by.type !== "MemberExpression" || !CHAINS.test(memberName(by) ?? "")) break;
    else if (call?.type !== "CallExpression" || call.callee !== by) return undefined;
    else [node, isChained] = [call, true];
  }
  return isChained ? node : undefined;
}

const CHAINS = /^(?:then|catch|finally)$/u;

/** The statement by which the value leaves its function. */
function returnOf(use: Node): Node | undefined {
  let at: Node | undefined = use;
  while (at !== undefined && at.type !== "ReturnStatement" && !isFunction(at)) at = parentOf(at);
  return at?.type === "ReturnStatement" ? at : undefined;
}

/** Does nobody wait for the promise before the function returns, nor is given it by what it returns? */
function isLeftAlone(core: Core, chain: Node, answer: Node): boolean {
  const holder = parentOf(chain);
  if (holder?.type === "ExpressionStatement") return true;
  if (holder?.type === "UnaryExpression") return holder.operator === "void";
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier") return false;
  const owner = enclosingFunction(chain);
  return (
    readsOf(core.fileOf(chain), holder.id).every((read) => !contains(answer, read)) &&
    owner !== undefined &&
    !hasWithin(
      core,
      owner.body,
      ({ type, range }) =>
        /^(?:AwaitExpression|ForOfStatement)$/u.test(type) &&
        range[0] > chain.range[1] &&
        range[1] <= answer.range[1],
    )
  );
}

/** `.then(() => next())`, `.catch(reject)`: whoever has called the function hears of it. */
function tellsSomebody(core: Core, chain: Node, verification: Node): boolean {
  const file = core.fileOf(chain);
  return hasWithin(core, chain, (node) => {
    if (node.type !== "Identifier" || contains(verification, node)) return false;
    const holder = parentOf(node);
    const isHanded = holder?.type === "CallExpression" && contains(holder, verification);
    if (!isHanded && !isCalledBy(node)) return false;
    const [definition] = file.variableOf(node)?.defs ?? [];
    const owner = definition?.node as Node | undefined;
    return isFunction(owner) && !contains(chain, owner);
  });
}

/** `next` of `next()`, `res` of `res.status(401).end()`; what is logged is told to nobody who waits. */
function isCalledBy(node: Node): boolean {
  let at = node;
  for (let by = parentOf(at); by !== undefined; at = by, by = parentOf(at)) {
    if (by.type === "CallExpression") return by.callee === at && !isLogCall(by);
    if (by.type !== "MemberExpression") return false;
  }
  return false;
}
