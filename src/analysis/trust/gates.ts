import type { Core } from "../core.ts";
import { passes } from "../answers/function-roles.ts";
import { isRefusedWithout } from "../answers/refused-without.ts";
import { leaves } from "../answers/results.ts";
import { inside } from "../files/inside.ts";
import type { Use } from "../flow/use.ts";
import {
  calleeName,
  contains,
  dottedPath,
  functionName,
  isLiteral,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/** Which branches of a function decide whether a request goes on? */

/** Does the branch refuse, or is it the only one that goes on? Others only add to the request. */
export function isGate(core: Core, owner: FunctionNode, by: Node): boolean {
  const branch = branchOf(owner, by);
  if (branch === undefined) return false;
  if (leaves(core, branch.consequent)) return true;
  const goesOn = passes(core, owner).filter((call) => call.range[0] > by.range[0]);
  return goesOn.length > 0 && goesOn.every((call) => contains(branch, call));
}

function branchOf(owner: FunctionNode, by: Node) {
  for (let at: Node | undefined = by; at !== undefined && at !== owner; at = parentOf(at))
    if (at.type === "IfStatement" || at.type === "ConditionalExpression") return at;
  return undefined;
}

/** `if (claims) { state.isKnown = true; } if (!state.isKnown) return refuse();`: what a branch sets opens the gate. */
export function setsGate(core: Core, owner: FunctionNode, by: Node): boolean {
  const branch = branchOf(owner, by);
  if (branch?.type !== "IfStatement") return false;
  const { assignments } = core.fileOf(owner).index;
  const set = inside(assignments, branch.consequent).flatMap(({ left, right }) =>
    right.type === "Literal" && right.value === true ? [dottedPath(left)?.join(".")] : [],
  );
  return set.some((name) => name !== undefined && isRefusedWithout(core, owner, name, branch));
}

/** The middleware of Next.js lets pass what it gives no answer to. */
export function passesAtEnd(core: Core, owner: FunctionNode): boolean {
  if (!/^(?:middleware|proxy)$/u.test(functionName(owner) ?? "")) return false;
  if (owner.body.type !== "BlockStatement" || leaves(core, owner.body)) return false;
  return core.fileOf(owner).index.texts.has("next/server");
}

/**
 * `fastify.addHook("onRequest", async (request, reply) => …)`: what is called before the handler, and lets pass whom it
 * does not answer.
 */
export function isHook(owner: FunctionNode): boolean {
  const call = parentOf(wrapped(owner));
  if (call?.type !== "CallExpression" || !calleeName(call).endsWith(".addHook")) return false;
  const [name, hook] = call.arguments;
  return (
    hook !== undefined &&
    unwrap(hook) === owner &&
    /^(?:onRequest|preParsing|preValidation|preHandler)$/u.test(textOf(name) ?? "")
  );
}

/** `isAdmin(claims.role)`, `hasRole(claims, "editor")` of a module out of sight, where the answer turns somebody away. */
export function isAskedForRights(core: Core, owner: FunctionNode, { by, node }: Use): boolean {
  if (by.type !== "CallExpression") return false;
  const [verb, ...rest] = wordsOf(dottedPath(by.callee)?.at(-1) ?? "");
  if (!ASKS.test(verb ?? "") || !rest.some((word) => RIGHTS.test(word))) return false;
  const isOthers = by.arguments.some((one) => one !== node && !isLiteral(unwrap(one)));
  return !isOthers && isWholeTest(by) && isGate(core, owner, by);
}

const ASKS = /^(?:is|has|can|may|check|contains|includes|ensure)$/u;
const RIGHTS =
  /^(?:admins?|administrator|super\w*|staff|moderator|roles?|perms?|permissions?|permitted|allowed|authori[sz]ed|access|rights?|scopes?|privileged?|manager|owner)$/u;

/** Is the call what a branch asks, or a part of it? */
function isWholeTest(call: Node): boolean {
  let at: Node = wrapped(call);
  for (let outer = parentOf(at); outer !== undefined; outer = parentOf(at)) {
    if (outer.type === "IfStatement") return outer.test === at;
    const isPart =
      outer.type === "LogicalExpression" ||
      outer.type === "AwaitExpression" ||
      (outer.type === "UnaryExpression" && outer.operator === "!");
    if (!isPart) return false;
    at = wrapped(outer);
  }
  return false;
}
