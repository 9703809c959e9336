import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calleeName, dottedPath, textOf } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

const RENEWS = /refresh|renew/iu;

/**
 * Does a guard have a token renewed: does it call what is named so, ask an address that is, or hand a refresh
 * token to a call? That it reads one, or asks whether there is one, renews nothing.
 */
export function renews(core: Core, guard: FunctionNode): boolean {
  const { index, text } = core.fileOf(guard);
  if (!RENEWS.test(text.slice(...guard.range))) return false;
  return inside(index.calls, guard).some((call) => isRenewal(core, call));
}

function isRenewal(core: Core, call: CallNode): boolean {
  const name = calleeName(call);
  if (RENEWS.test(name.split(".").at(-1) ?? "")) return true;
  // `cookies.get("refresh_token")` reads one, and `cookies.delete("refresh_token")` takes it back.
  if (/(?:^|\.)(?:get|has|getAll|delete|remove|clearCookie|log|error|warn|info|debug)$/u.test(name))
    return false;
  return call.arguments.some((argument) => hasWithin(core, argument, namesRenewal));
}

/** A name, or a text as a whole or between the holes of a template. */
function namesRenewal(node: Node): boolean {
  if (node.type === "TemplateElement") return RENEWS.test(node.value.raw);
  return RENEWS.test(textOf(node) ?? dottedPath(node)?.at(-1) ?? "");
}
