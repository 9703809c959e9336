import type { Core } from "../core.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** The function that a call comes to in the end. */
export interface Unbound {
  readonly callee: Node;
  /** Are its arguments others than those of the call, or stand elsewhere? */
  readonly isShifted: boolean;
}

/** `console.log` for `print` of `const print = console.log.bind(console)`, and for `console.log.apply`. */
export function unbound(core: Core, written: Node): Unbound {
  const callee = unwrap(written);
  if (callee.type === "MemberExpression" && /^(?:call|apply)$/u.test(memberName(callee) ?? "")) {
    return { callee: unwrap(callee.object), isShifted: true };
  }
  const value = core.evaluate(callee);
  const made = value.type === "unknown" ? unwrap(value.node) : undefined;
  const bind = made?.type === "CallExpression" ? unwrap(made.callee) : undefined;
  if (made?.type !== "CallExpression" || bind?.type !== "MemberExpression")
    return { callee, isShifted: false };
  return memberName(bind) === "bind"
    ? { callee: unwrap(bind.object), isShifted: made.arguments.length > 1 }
    : { callee, isShifted: false };
}
