import type { TSESTree } from "@typescript-eslint/utils";
import { memberName, parentOf, rootOf, unwrap, wrapped } from "../syntax.ts";

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
  return chainOf(call).map(({ callee }) => {
    const method = unwrap(callee);
    return method.type === "MemberExpression" ? (memberName(method) ?? "") : "";
  });
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
