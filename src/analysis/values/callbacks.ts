import type { Core } from "../core.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";
import { argumentAt } from "./arguments.ts";
import { describe } from "./bindings.ts";
import { listedModule } from "./listed-modules.ts";
import type { Value } from "./value.ts";

/** What a call hands to the function that it is given, at a position of its parameters. */
export function handedTo(core: Core, owner: FunctionNode, position: number): Value | undefined {
  const listed = listedModule(core, owner, position);
  if (listed !== undefined) return listed;
  if (position === 0) return resolvedTo(core, owner) ?? answeredIn(core, owner);
  return position === 1 ? calledBackWith(core, owner) : undefined;
}

/** What a handler given to `.then` receives: the value of the promise. */
function resolvedTo(core: Core, owner: FunctionNode): Value | undefined {
  const call = owner.parent;
  if (call.type !== "CallExpression" || call.arguments[0] !== owner) return undefined;
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && memberName(callee) === "then"
    ? core.evaluate(callee.object)
    : undefined;
}

const LISTS = /^(?:some|every|map|flatMap|forEach|filter|find|findLast|findIndex)$/u;

/** `answer.items.map((item) => …)`: a part of what a server has answered. */
function answeredIn(core: Core, owner: FunctionNode): Value | undefined {
  const call = owner.parent;
  if (call.type !== "CallExpression" || call.arguments[0] !== owner) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !LISTS.test(memberName(callee) ?? "")) return undefined;
  const list = core.evaluate(callee.object);
  return list.type === "derived" && list.how === "response" ? list : undefined;
}

/** `client.getSigningKey(kid, (error, key) => …)`: what the call gives where it has no callback. */
function calledBackWith(core: Core, owner: FunctionNode): Value | undefined {
  const call = owner.parent;
  if (call.type !== "CallExpression" || !call.arguments.some((one) => one === owner))
    return undefined;
  const callee = core.evaluate(call.callee);
  if (callee.type !== "entity") return undefined;
  const entity = describe(callee, core.versionOf(callee.library, callee.path));
  if (entity?.kind !== "create") return undefined;
  const callback = argumentAt(core, callee, call, entity.parameters?.callback);
  return callback === owner ? core.evaluate(call) : undefined;
}
