import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsAlike } from "./recorded-tokens.ts";
import {
  enclosingFunction,
  functionName,
  isNullish,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Is a token good for one use, as it has to be the one on record, where the same function erases it:
 * `if (user.tempToken !== token) …; await users.update(user.id, { tempToken: null })`? That is the code that
 * works once, whatever it is made of. Signing out erases the token of a session as well.
 */
export function isRedeemed(core: Core, token: Node): boolean {
  const owner = enclosingFunction(token);
  if (owner === undefined || isSignOut(owner)) return false;
  return readsAlike(core, unwrap(token)).some((read) => {
    const field = comparedWith(read);
    return (
      field !== undefined && !/access|refresh|session/iu.test(field) && erases(core, owner, field)
    );
  });
}

function isSignOut(owner: FunctionNode): boolean {
  const call = parentOf(owner);
  const [route] = call?.type === "CallExpression" ? call.arguments : [];
  return /(?:log|sign)[-_]?out/iu.test(`${functionName(owner) ?? ""} ${textOf(route) ?? ""}`);
}

/** `tempToken` of `user.tempToken !== token` */
function comparedWith(read: Node): string | undefined {
  const by = parentOf(read);
  if (by?.type !== "BinaryExpression" || !/^[!=]==?$/u.test(by.operator)) return undefined;
  const other = unwrap(by.left === read ? by.right : by.left);
  return other.type === "MemberExpression" ? memberName(other) : undefined;
}

/** `user.tempToken = null`, `update({ tempToken: null })`, `{ $unset: { tempToken: 1 } }` */
function erases(core: Core, owner: FunctionNode, field: string): boolean {
  const { assignments, objects } = core.fileOf(owner).index;
  return (
    inside(assignments, owner).some(
      ({ left, right }) =>
        left.type === "MemberExpression" && memberName(left) === field && isNullish(right),
    ) ||
    inside(objects, owner).some((object) =>
      object.properties.some(
        (one) =>
          one.type === "Property" &&
          staticKey(one.key, one.computed) === field &&
          (isNullish(one.value) || isUnset(object)),
      ),
    )
  );
}

function isUnset(object: Node): boolean {
  const holder = parentOf(object);
  return holder?.type === "Property" && staticKey(holder.key, holder.computed) === "$unset";
}
