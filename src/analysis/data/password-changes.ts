import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { objectAt } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import { isSavedLater } from "../payloads/database-calls.ts";
import {
  calleeName,
  isLiteral,
  isNullish,
  memberName,
  propertyValue,
  rootOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { askedFor } from "./asked-records.ts";
import { chainOf } from "../values/call-chains.ts";
import { namedInConditions } from "./named-conditions.ts";
import { saysWho } from "./names.ts";
import { changeOf, statementOf } from "./statements.ts";

/** Fields and columns that hold a password, not when it was changed or how it is asked for again. */
const PASSWORD =
  /^(?:(?:new|user|hashed?|encrypted|crypted)_?)?(?:pass(?:word|wd)?|pwd)(?:_?(?:hash|hashed|digest))?$/iu;

/** Methods that change records, or one. */
const UPDATES =
  /(?:^|\.)(?:update(?:One|Many|ById)?|find(?:One|ById)AndUpdate|findAndModify|patch)$/u;

/**
 * What the request names, where an expression sets the password of whom it names, found by nothing else:
 * `user.password = hash` of a record that is saved, `User.updateOne({ email }, { password })`,
 * `prisma.user.update({ where: { email }, data: { password } })`, `db.update(users).set({ password }).where(eq(users.email, email))`, `UPDATE users SET password = ? WHERE email = ?`.
 */
export function passwordSetFor(core: Core, node: Node): Node | undefined {
  switch (node.type) {
    case "AssignmentExpression":
      return ofField(core, node);
    case "TaggedTemplateExpression":
      return ofStatement(core, node);
    case "CallExpression":
      return ofStatement(core, node) ?? ofUpdate(core, node);
    default:
      return undefined;
  }
}

function ofField(core: Core, node: TSESTree.AssignmentExpression): Node | undefined {
  const record = recordOf(core, node);
  return record === undefined ? undefined : askedFor(core, record);
}

/** The record that is saved with a new password: `user` of `user.password = hash; await user.save();`. */
function recordOf(core: Core, { left, right }: TSESTree.AssignmentExpression): Node | undefined {
  if (left.type !== "MemberExpression" || !PASSWORD.test(memberName(left) ?? "")) return undefined;
  // `user.password = undefined`: the answer leaves it out.
  if (isNullish(right) || isLiteral(right)) return undefined;
  const record = unwrap(left.object);
  return isSavedLater(core, record) ? record : undefined;
}

/** Functions of a program that do, by their names: `users.setPassword(id, password)`. */
const SETS = /(?:^|\.)_?(?:set|update|change|reset|save)(?:User)?Password(?:ById|Hash|For\w+)?$/u;

/** Does an expression set the password of somebody on record, whoever that is? */
function setsPasswordAt(core: Core, node: Node): boolean {
  if (node.type === "AssignmentExpression") return recordOf(core, node) !== undefined;
  if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return false;
  const statement = statementOf(core, node);
  if (statement !== undefined)
    return changeOf(statement)?.columns.some((one) => PASSWORD.test(one)) === true;
  if (node.type !== "CallExpression") return false;
  if (SETS.test(calleeName(node))) return node.arguments.length > 1;
  return (
    (UPDATES.test(calleeName(node)) || isSetOfUpdate(node)) &&
    node.arguments.some((one) => {
      const object = objectAt(core.fileOf(one), one);
      return object !== undefined && setsPassword(core, object);
    })
  );
}

/** Does a function set the password of somebody on record? */
export function setsPasswordIn(core: Core, owner: FunctionNode): boolean {
  return hasWithin(core, owner.body, (one) => setsPasswordAt(core, one));
}

function ofStatement(core: Core, node: Node): Node | undefined {
  const statement = statementOf(core, node);
  const change = statement === undefined ? undefined : changeOf(statement);
  if (!change?.columns.some((one) => PASSWORD.test(one))) return undefined;
  const isAsked = change.conditions.every(
    ({ column, value }) => saysWho(column) && value !== undefined && isSaidByClient(core, value),
  );
  return isAsked ? change.conditions[0]?.value : undefined;
}

function ofUpdate(core: Core, call: TSESTree.CallExpression): Node | undefined {
  if (!UPDATES.test(calleeName(call)) && !isSetOfUpdate(call)) return undefined;
  const { arguments: given } = call;
  const objects = given.map((one) => objectAt(core.fileOf(one), one));
  const change = objects.findIndex((one) => one !== undefined && setsPassword(core, one));
  if (change === -1) return undefined;
  const [where] = objects.flatMap((one) =>
    one === undefined ? [] : (propertyValue(one, "where") ?? []),
  );
  const conditions = where ?? given.slice(0, change)[0];
  if (conditions !== undefined) return namedInConditions(core, conditions);
  return chosenBy(core, call) ?? chosenBefore(core, call);
}

/** `db.update(users).set({ … })` */
function isSetOfUpdate(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "set") return false;
  const receiver = unwrap(callee.object);
  return receiver.type === "CallExpression" && UPDATES.test(calleeName(receiver));
}

/** Whom the record is found by of `user.update(…)` */
function chosenBefore(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const callee = unwrap(call.callee);
  const receiver = callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
  return receiver === undefined || receiver.type === "CallExpression"
    ? undefined
    : askedFor(core, rootOf(receiver));
}

/** Methods that say which rows are meant … */
const CHOOSES = /^(?:where|andWhere|eq|match|filter|ilike)$/u;

/** … and such that say nothing of it. */
const BESIDE =
  /^(?:from|table|update|set|returning|returningAll|select|single|maybeSingle|execute|run|then|catch|finally|throwOnError|schema|transacting)$/u;

/** `{ email }` of `db("users").where({ email }).update(…)`, and `email` of `….update(…).eq("email", email)` */
function chosenBy(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const chosen: (Node | undefined)[] = [];
  for (const { callee, arguments: given } of chainOf(call)) {
    const method = unwrap(callee);
    const name = method.type === "MemberExpression" ? (memberName(method) ?? "") : "from";
    if (CHOOSES.test(name)) chosen.push(namedBy(core, given));
    else if (!BESIDE.test(name)) return undefined;
  }
  return chosen.every((one) => one !== undefined) ? chosen[0] : undefined;
}

/** What the request names in `where({ email })`, `where(eq(users.email, email))` and `eq("email", email)` */
function namedBy(core: Core, [first, ...others]: readonly Node[]): Node | undefined {
  const column = textOf(first);
  if (first === undefined || column === undefined)
    return first === undefined || others.length > 0 ? undefined : namedInConditions(core, first);
  const value = others.at(-1);
  const isEqual = others.length === 1 || /^(?:=|eq|like)$/u.test(textOf(others[0]) ?? "");
  const isNamed = saysWho(column.split(".").at(-1) ?? "") && isEqual;
  return isNamed && value !== undefined && isSaidByClient(core, value) ? value : undefined;
}

/** Boxes in which stands what is written. */
const WRITTEN = /^(?:\$set|data|set)$/u;

/** Does an object hold a password that is written: `{ password: hash }`, `{ $set: { password: hash } }`? */
export function setsPassword(core: Core, object: TSESTree.ObjectExpression): boolean {
  return object.properties.some((one) => {
    if (one.type !== "Property") return false;
    const key = staticKey(one.key, one.computed) ?? "";
    if (PASSWORD.test(key)) return !isLiteral(one.value);
    const inner = WRITTEN.test(key) ? objectAt(core.fileOf(one), one.value) : undefined;
    return inner !== undefined && setsPassword(core, inner);
  });
}
