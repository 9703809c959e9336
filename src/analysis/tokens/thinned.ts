import type { Core } from "../core.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { calleeName, isWritten, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * Is something left out of what holds a token, before it goes on: `Object.entries(req.cookies).map(([name]) => name)`,
 * `const others = { ...req.cookies }; delete others.sid`, `omit(req.cookies, "sid")`? What stays nobody can see.
 */
export function isThinned(core: Core, used: Node): boolean {
  if (hasWithin(core, used, thins)) return true;
  const name = unwrap(used);
  const file = core.fileOf(name);
  const init = name.type === "Identifier" ? initOf(file, name) : undefined;
  if (init === undefined) return false;
  return (
    hasWithin(core, init, thins) ||
    (hasWithin(core, init, copies) && readsOf(file, name).some(isChanged))
  );
}

function thins(part: Node): boolean {
  return (
    part.type === "CallExpression" &&
    /^Object\.(?:entries|keys)$|(?:^|\.)(?:omit|pick)$/u.test(calleeName(part))
  );
}

/** `{ ...req.cookies }`, `structuredClone(req.cookies)`, `Object.assign({}, req.cookies)` */
function copies(part: Node): boolean {
  return (
    part.type === "SpreadElement" ||
    (part.type === "CallExpression" &&
      /^(?:structuredClone|Object\.assign)$/u.test(calleeName(part)))
  );
}

/** `delete copy.sid`, `copy.sid = "***"`, `copy[name] = undefined` */
function isChanged(read: Node): boolean {
  const member = parentOf(wrapped(read));
  if (member?.type !== "MemberExpression" || member.object !== wrapped(read)) return false;
  const by = parentOf(member);
  return isWritten(member) || (by?.type === "UnaryExpression" && by.operator === "delete");
}
