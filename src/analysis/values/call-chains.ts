import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { memberName, parentOf, rootOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * The calls of a chain, the first one first: `db.update(users)`, `.set({ … })` and `.where(…)`, seen from any of them, and
 * `service.rooms(id)` and `.participants.create({ … })`. What says how it goes on (`.then(…)`) is none of them.
 */
export function chainOf(call: TSESTree.CallExpression): TSESTree.CallExpression[] {
  let last = call;
  for (let next = callOn(last); next !== undefined; next = callOn(last)) last = next;
  const chain = [last];
  for (let inner = innerOf(last); inner !== undefined; inner = innerOf(inner)) chain.unshift(inner);
  return chain;
}

/** The method of each call of a chain. */
export function methodsOf(call: TSESTree.CallExpression): string[] {
  return chainOf(call).map((one) => methodOf(one) ?? "");
}

function methodOf({ callee }: CallNode): string | undefined {
  const method = unwrap(callee);
  return method.type === "MemberExpression" ? memberName(method) : undefined;
}

/**
 * The one call of a method on the builder on which the last call is made: `update` of
 * `createSign(key).update(text).final()`, and of `signer.update(text); … signer.final();`.
 *
 * @returns undefined where there is none in sight, or more than one
 */
export function calledOnSame(core: Core, last: CallNode, method: string): CallNode | undefined {
  if (last.type !== "CallExpression" || methodOf(last) === undefined) return undefined;
  const chain = chainOf(last);
  const root = rootOf((chain[0] ?? last).callee);
  const variable = root.type === "Identifier" ? core.fileOf(root).variableOf(root) : undefined;
  const others = (variable?.references ?? []).flatMap(({ identifier, writeExpr }) => {
    const call = writeExpr == null ? calledOn(identifier) : unwrap(writeExpr);
    return call?.type === "CallExpression" ? chainOf(call) : [];
  });
  const found = [...new Set([...chain, ...others])].filter((one) => methodOf(one) === method);
  return found.length === 1 ? found[0] : undefined;
}

/** The call of a method of a name: `signer.update(text)` */
function calledOn(name: Node): Node | undefined {
  const member = parentOf(wrapped(name));
  const call = member?.type === "MemberExpression" ? parentOf(wrapped(member)) : undefined;
  return call?.type === "CallExpression" && call.callee === member ? call : undefined;
}

/** The call of a method of what a call gives. */
function callOn(call: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  let at = wrapped(call);
  for (
    let by = parentOf(at);
    by?.type === "MemberExpression" && by.object === at && !AFTERWARDS.test(memberName(by) ?? "");
    by = parentOf(at)
  )
    at = wrapped(by);
  const outer = parentOf(at);
  return at !== wrapped(call) && outer?.type === "CallExpression" && outer.callee === at
    ? outer
    : undefined;
}

/** Says how it goes on when a promise is settled. */
export const AFTERWARDS = /^(?:then|catch|finally)$/u;

function innerOf({ callee }: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const inner = rootOf(callee);
  return inner.type === "CallExpression" ? inner : undefined;
}

/** The end of the calls behind one: `.digest("base64url").replace(…)` of `createHmac(…).update(text).digest("base64url").replace(…)` */
export function finished(call: CallNode): Node {
  let made: Node = call;
  for (
    let member = parentOf(made);
    member?.type === "MemberExpression" && member.parent.type === "CallExpression";
    member = parentOf(made)
  ) {
    made = member.parent;
  }
  return made;
}
