import type { Core } from "../core.ts";
import { calleeName, contains, dottedPath, textOf, unwrap, walk } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

const RENEWS = /refresh|renew/iu;

/**
 * Does a guard have a token renewed: does it call what is named so, ask an address that is, or hand a refresh
 * token to a call? That it reads one, or asks whether there is one, renews nothing.
 */
export function renews(core: Core, guard: FunctionNode): boolean {
  const { index, text } = core.fileOf(guard);
  if (!RENEWS.test(text.slice(...guard.range))) return false;
  return index.calls.some((call) => contains(guard, call) && isRenewal(core, call));
}

function isRenewal(core: Core, call: CallNode): boolean {
  const name = calleeName(call);
  if (RENEWS.test(name.split(".").at(-1) ?? "")) return true;
  // `cookies.get("refresh_token")` reads one, and `cookies.delete("refresh_token")` takes it back.
  if (/(?:^|\.)(?:get|has|getAll|delete|remove|clearCookie|log|error|warn|info|debug)$/u.test(name))
    return false;
  return call.arguments.some((argument) => namesRenewal(core, argument));
}

function namesRenewal(core: Core, argument: Node): boolean {
  let found = false;
  walk(argument, core.fileOf(argument).visitorKeys, (node) => {
    const inner = unwrap(node);
    found ||= RENEWS.test(textOf(inner) ?? dottedPath(inner)?.at(-1) ?? "");
    return !found && node.type !== "CallExpression";
  });
  return found;
}
