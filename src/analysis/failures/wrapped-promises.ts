import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import { enclosingFunction, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";

/**
 * A function of the program that gives the promise on, tested where it is called: `if (!check(token))`.
 */
export function testedPromise(core: Core, owner: FunctionNode, node: Node): Node | undefined {
  if (!isPassedOn(core, owner, node)) return undefined;
  for (const call of callSites(core, owner).calls) {
    if (core.fileOf(call) !== core.file) continue;
    const fate = promiseFate(core, call);
    if (fate.kind === "used-as-result") return call;
  }
  return undefined;
}

/** Does whoever calls the function get the promise, or one that waits for it? */
export function isPassedOn(core: Core, owner: FunctionNode, promise: Node): boolean {
  return owner.async || owner.body === promise || isReturned(core, owner, promise);
}

/** `return verify(token)`, `const claims = verify(token); return claims;` */
function isReturned(core: Core, owner: FunctionNode, promise: Node): boolean {
  if (enclosingFunction(promise) !== owner) return false;
  const parent = parentOf(promise);
  if (parent?.type !== "VariableDeclarator") return parent?.type === "ReturnStatement";
  return readsOf(core.fileOf(owner), parent.id).some(
    (read) => parentOf(read)?.type === "ReturnStatement",
  );
}
