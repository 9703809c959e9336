import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isSaidByClient } from "../network/request.ts";
import { isNullish, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * Does a payload put the server's own claims over those that the request brings: `{ ...req.body, id: user.id, role: user.role }`?
 * Whoever reads the token asks it who somebody is and what he may, so both have to stand behind what is spread. Of
 * `{ ...req.body, id: undefined }` the rest is still what the request says, and so is all of `{ id: user.id, ...req.body }`.
 */
export function isOverwritten(core: Core, payload: Node, spread: Node): boolean {
  if (payload.type !== "ObjectExpression") return false;
  const at = payload.properties.findIndex(
    (one) => one.type === "SpreadElement" && unwrap(one.argument) === unwrap(spread),
  );
  const own = at === -1 ? [] : payload.properties.slice(at + 1).filter((one) => isOwn(core, one));
  return own.some((one) => WHO.test(nameOf(one))) && own.some((one) => MAY.test(nameOf(one)));
}

const WHO = /^(?:sub|(?:user_?|account_?)?_?id|uid)$/iu;

const MAY = /^(?:(?:user_?)?roles?|permissions?|scopes?|is_?admin)$/iu;

function nameOf(one: TSESTree.ObjectLiteralElement): string {
  return one.type === "Property" ? (staticKey(one.key, one.computed) ?? "") : "";
}

/** `user.id`, and nothing that the request says, or that may be nothing at all */
function isOwn(core: Core, one: TSESTree.ObjectLiteralElement): boolean {
  return (
    one.type === "Property" &&
    !isNothing(unwrap(one.value)) &&
    !hasWithin(core, one.value, (part) => isSaidByClient(core, part))
  );
}

/** `undefined`, `null`, `void 0` */
function isNothing(value: Node): boolean {
  return isNullish(value) || (value.type === "UnaryExpression" && value.operator === "void");
}
