import type { Core } from "../core.ts";
import { memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * The one call of a method on the builder on which the last call is made: `update` of
 * `createSign(key).update(text).final()`, and of `signer.update(text); … signer.final();`.
 *
 * @returns undefined where there is none in sight, or more than one
 */
export function calledOnSame(core: Core, last: CallNode, method: string): CallNode | undefined {
  const callee = unwrap(last.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const { calls, root } = chainOf(callee.object);
  const found = new Set(calls);
  if (root.type === "Identifier") {
    const variable = core.fileOf(root).variableOf(root);
    if (variable === undefined) return undefined;
    for (const { identifier, writeExpr } of variable.references) {
      if (writeExpr != null) for (const call of chainOf(writeExpr).calls) found.add(call);
      else {
        const held = wrapped(identifier);
        for (const call of chainFrom(held)) found.add(call);
      }
    }
  }
  const named = [...found].filter((call) => nameOf(call) === method);
  return named.length === 1 ? named[0] : undefined;
}

/** The calls of a chain that ends in an expression, and what it begins with. */
function chainOf(expression: Node): { readonly calls: readonly CallNode[]; readonly root: Node } {
  const calls: CallNode[] = [];
  let root = unwrap(expression);
  while (root.type === "CallExpression") {
    const callee = unwrap(root.callee);
    if (callee.type !== "MemberExpression") break;
    calls.push(root);
    root = unwrap(callee.object);
  }
  return { calls, root };
}

/** The calls of a chain that begins with a variable. */
function chainFrom(start: Node): CallNode[] {
  const calls: CallNode[] = [];
  let node = start;
  for (let parent = parentOf(node); parent !== undefined; parent = parentOf(node)) {
    if (parent.type === "CallExpression" && parent.callee === node) calls.push(parent);
    else if (parent.type !== "MemberExpression" || parent.object !== node) break;
    node = parent;
  }
  return calls;
}

function nameOf({ callee }: CallNode): string | undefined {
  const member = unwrap(callee);
  return member.type === "MemberExpression" ? memberName(member) : undefined;
}
