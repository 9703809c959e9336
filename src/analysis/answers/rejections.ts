import type { Core } from "../core.ts";
import { memberName, parentOf, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { handlingOf, returnHandling } from "./results.ts";
import type { FailureHandling } from "./results.ts";

/** What a program does with a rejected promise, where it says so by a method of the promise. */
export interface Rejection {
  readonly handling: FailureHandling;
  readonly handler: FunctionNode;
  /** The whole chain of calls on the promise. */
  readonly chain: Node;
}

/** How many calls a chain may have. */
const MAX_LINKS = 16;

/** `verify(token).then(…).catch(handler)`, and `.then(…, handler)`. */
export function rejectionOf(core: Core, promise: Node): Rejection | undefined {
  let node = wrapped(promise);
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const member = node.parent;
    if (member?.type !== "MemberExpression" || member.object !== node) return undefined;
    const call = parentOf(wrapped(member));
    if (call?.type !== "CallExpression" || call.callee !== wrapped(member)) return undefined;
    const name = memberName(member);
    const handler =
      name === "catch" ? call.arguments[0] : name === "then" ? call.arguments[1] : undefined;
    if (handler !== undefined && handler.type !== "SpreadElement") {
      const handled = ofHandler(core, handler);
      return handled === undefined ? undefined : { ...handled, chain: call };
    }
    node = wrapped(call);
  }
  return undefined;
}

function ofHandler(core: Core, written: Node): Omit<Rejection, "chain"> | undefined {
  const [value, ...others] = possibilities(core.evaluate(written));
  if (value?.type !== "function" || others.length > 0) return undefined;
  const { node: handler } = value;
  const { body } = handler;
  const handling =
    body.type === "BlockStatement" ? handlingOf(core, body) : returnHandling(core, body, body);
  return { handling, handler };
}
