import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calleeName, enclosingFunction, isFunction, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * What a promise that is made on the spot gives to who waits for it: `user` of `Promise.resolve(user)` and of
 * `new Promise((resolve) => resolve(user))`; anything else gives itself.
 */
export function settledWith(core: Core, written: Node): Node[] {
  const node = unwrap(written);
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return [written];
  if (calleeName(node) === "Promise.resolve") return node.arguments.slice(0, 1);
  return isNewPromise(node)
    ? resolving(core, node).flatMap(({ arguments: given }) => given.slice(0, 1))
    : [written];
}

/** What is given by an answer, or by a promise of it: `error` of `return error` and of `return Promise.resolve(error)`. */
export function givenBy(answer: Node): Node {
  const node = unwrap(answer);
  if (node.type !== "CallExpression" || calleeName(node) !== "Promise.resolve") return node;
  const [given] = node.arguments;
  return given === undefined ? node : givenBy(given);
}

/** Is it the making of such a promise, or the call that settles it? */
export function settles(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  if (calleeName(node) === "Promise.resolve" || isNewPromise(node)) return true;
  const executor = enclosingFunction(node);
  const promise = executor === undefined ? undefined : parentOf(executor);
  return promise?.type === "NewExpression" && resolving(core, promise).includes(node);
}

function isNewPromise(node: Node): boolean {
  return node.type === "NewExpression" && calleeName(node) === "Promise";
}

/** The calls of `resolve`, as the function is called that a new promise is settled by. */
function resolving(core: Core, promise: CallNode): CallNode[] {
  const [executor] = promise.arguments;
  const [resolve] = isFunction(executor) ? executor.params : [];
  if (resolve?.type !== "Identifier") return [];
  const file = core.fileOf(promise);
  const variable = file.variableOf(resolve);
  return inside(file.index.called.get(resolve.name) ?? [], promise).filter(
    ({ callee }) => callee.type === "Identifier" && file.variableOf(callee) === variable,
  );
}
