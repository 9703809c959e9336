import type { Core } from "../core.ts";
import { dottedPath, isFunction, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { namesOf } from "./guard-hooks.ts";

/**
 * Functions that are given a handler and, by their names, let nobody come to it without a good token: `withAuth`,
 * `requireUser`, `checkJwt`, `secured`. `withSession` and `withUser` may only find out who is there.
 */
const GUARDS =
  /^(?:with_?(?:api_?|page_?|route_?)?(?:auth(?:entication|orization|enticated|guard)?|jwt|protection)(?:_?required)?|(?:require|ensure|check|verify|validate)_?(?:auth(?:enticat\w+|oriz\w+|ed)?|user|login|logged_?in|signed_?in|jwt|(?:access_?)?token)|secured?|protect(?:ed)?(?:_?(?:route|handler))?|authenticated?|login_?required)$/iu;

/** `withAuth(handler, { optional: true })` */
const OPEN = /optional|public|anonymous|guest|false|skip/iu;

/**
 * `export default withAuth(handler)`, `exports.patch = [checkJwt, handler]`: is a handler in nothing else's hands?
 *
 * @param isGuard what stands for a guard in a list of handlers
 */
export function isWrappedByGuard(
  core: Core,
  handler: FunctionNode,
  isGuard: (node: Node) => boolean,
): boolean {
  const places = [handler, ...namesOf(core, handler)].flatMap((place) => {
    const node = wrapped(place);
    const by = parentOf(node);
    if (by?.type === "ArrayExpression") {
      const before = by.elements.slice(0, by.elements.indexOf(node as never));
      return [before.some((one) => one !== null && isGuard(one))];
    }
    if (by?.type === "ExportDefaultDeclaration" && place !== handler) return [false];
    return by?.type === "CallExpression" && by.callee !== node ? [isGuarding(core, by, node)] : [];
  });
  return places.length > 0 && places.every(Boolean);
}

function isGuarding(core: Core, call: CallNode, handler: Node): boolean {
  const { text } = core.fileOf(call);
  const isOpen = [call.callee, ...call.arguments].some(
    (one) => one !== handler && OPEN.test(text.slice(...one.range)),
  );
  if (isOpen || !GUARDS.test(nameOf(call.callee) ?? "")) return false;
  const target = core.evaluate(call.callee);
  if (target.type !== "function" || !isFunction(target.node)) return true;
  // In sight it is to refuse somebody.
  const { body } = target.node;
  return /verif|40[13]|throw|redirect|unauthori/iu.test(
    core.fileOf(body).text.slice(...body.range),
  );
}

/** `withAuth` of `withAuth(handler)`, and of `withAuth({ role: "admin" })(handler)` */
function nameOf(callee: Node): string | undefined {
  const node = unwrap(callee);
  return node.type === "CallExpression" ? nameOf(node.callee) : dottedPath(node)?.at(-1);
}
