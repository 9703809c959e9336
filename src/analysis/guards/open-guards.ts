import { isTokenGuard } from "../answers/function-roles.ts";
import type { Core } from "../core.ts";
import { calleeName, functionName, isFunction, statementsIn, walk } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";

/**
 * Guards of NestJS that are called for tokens and let everybody in: `canActivate` gives `true` on every
 * way, and calls nothing that could refuse. One that is made of passport's `AuthGuard` takes its
 * verification away by that.
 *
 * @returns the methods
 */
export function openGuards(core: Core): FunctionNode[] {
  if (!core.file.text.includes("canActivate")) return [];
  return core.file.index.functions.filter(
    (method) =>
      functionName(method) === "canActivate" && isTokenGuard(core, method) && isOpen(core, method),
  );
}

/** Calls that look at a request, or say something. */
const HARMLESS =
  /(?:^|\.)(?:switchTo(?:Http|Ws|Rpc)|get(?:Request|Response|Context|Client|Data|Handler|Class|Args|Type)?|getAllAndOverride|create|header|split|replace|trim|log|debug|info|warn|error|verbose|resolve|of|next)$/u;

function isOpen(core: Core, method: FunctionNode): boolean {
  const own: Node[] = [];
  // Nothing runs behind a `return` that no branch is around.
  const [end] = (statementsIn(method.body) ?? []).filter(({ type }) => type === "ReturnStatement");
  walk(method.body, core.file.visitorKeys, (node) => {
    if (isFunction(node) || (end !== undefined && node.range[0] >= end.range[1])) return false;
    own.push(node);
    return true;
  });
  const given = own.filter(({ type }) => type === "ReturnStatement");
  return given.length > 0 && own.every((node) => !mayRefuse(core, node));
}

function mayRefuse(core: Core, node: Node): boolean {
  switch (node.type) {
    case "ThrowStatement":
    case "NewExpression":
      return true;
    case "CallExpression":
      return !HARMLESS.test(calleeName(node));
    case "ReturnStatement":
      return node.argument === null || !saysYes(core, node.argument);
    default:
      return false;
  }
}

/** `true`, `Promise.resolve(true)`, `of(true)` */
export function saysYes(core: Core, node: Node): boolean {
  const [given = node] =
    node.type === "CallExpression" && /(?:^|\.)(?:resolve|of)$/u.test(calleeName(node))
      ? node.arguments
      : [];
  return possibilities(core.evaluate(given)).every(
    (value) => value.type === "literal" && value.value === true,
  );
}
