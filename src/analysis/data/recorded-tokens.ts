import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { saying } from "../languages.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isLookUp } from "./data-access.ts";

/** What a token is kept on record for. */
const PURPOSES = `${saying("reset", "recovery", "invitation", "confirmation")}|invit|verif|activat|confirm|magic|forgot|recover|unsubscribe`;

/** What a record calls the one token that is kept in it for a purpose: `resetToken`, `invite_token`. */
const KEPT = new RegExp(String.raw`^(?=.*token)(?=.*(?:${PURPOSES}))\w+$`, "iu");

/** The same in a condition of SQL. */
const KEPT_IN_SQL = new RegExp(String.raw`\b(?=\w*token)(?=\w*(?:${PURPOSES}))\w+"?\s*=`, "iu");

/** Puts a token on record rather than looking for it. */
const PUTS = /(?:^|\.)(?:insert|create|save|add|upsert|push)\w*$/iu;

/**
 * Does the program also look for the record that a token is kept in for its purpose, or compare it with
 * that one? A token of another kind is in no such field, so none is taken for it.
 */
export function isKeptForPurpose(core: Core, { node, token }: Operation): boolean {
  const held = token === undefined ? undefined : unwrap(token.node);
  return readsAlike(core, held).some(
    (read) => !contains(node, read) && (isComparedWithKept(read) || isLookedForAsKept(core, read)),
  );
}

/** `token`, and `req.params.token` in the same function */
export function readsAlike(core: Core, held: Node | undefined): readonly Node[] {
  if (held?.type === "Identifier") return readsOf(core.fileOf(held), held);
  const path = held?.type === "MemberExpression" ? dottedPath(held)?.join(".") : undefined;
  if (held?.type !== "MemberExpression" || path === undefined) return [];
  const owner = enclosingFunction(held);
  const members = core.fileOf(held).index.membersNamed.get(memberName(held) ?? "") ?? [];
  return (owner === undefined ? members : inside(members, owner)).filter(
    (one) => dottedPath(one)?.join(".") === path && enclosingFunction(one) === owner,
  );
}

/** `user.resetToken !== token` */
function isComparedWithKept(read: Node): boolean {
  const by = parentOf(read);
  if (by?.type !== "BinaryExpression" || !/^[!=]==?$/u.test(by.operator)) return false;
  const other = unwrap(by.left === read ? by.right : by.left);
  return other.type === "MemberExpression" && KEPT.test(memberName(other) ?? "");
}

/** `findOne({ where: { resetToken: token } })`, `query("… where reset_token = $1", [token])` */
function isLookedForAsKept(core: Core, read: Node): boolean {
  let isKept = false;
  for (let at = parentOf(read); at !== undefined && !isFunction(at); at = parentOf(at)) {
    if (at.type === "Property") isKept ||= KEPT.test(staticKey(at.key, at.computed) ?? "");
    else if (at.type === "CallExpression")
      return (isKept || asksInSql(core, at)) && isLookUp(core, at) && !PUTS.test(calleeName(at));
    else if (!/^(?:Object|Array)Expression$/u.test(at.type)) return false;
  }
  return false;
}

function asksInSql(core: Core, call: Extract<Node, { type: "CallExpression" }>): boolean {
  const [statement] = call.arguments;
  return (
    statement !== undefined && KEPT_IN_SQL.test(core.fileOf(call).text.slice(...statement.range))
  );
}

/** `verify(user.refreshToken)`, where `user` was found: the program has put it there itself. */
export function isOnRecord(core: Core, { token }: Operation): boolean {
  const file = token === undefined ? undefined : core.fileOf(token.node);
  let held = token === undefined ? undefined : unwrap(token.node);
  if (held?.type === "Identifier" && file !== undefined) held = initOf(file, held) ?? held;
  if (held?.type !== "MemberExpression" || file === undefined) return false;
  const record = initOf(file, rootOf(held));
  return record?.type === "CallExpression" && isLookUp(core, record);
}
