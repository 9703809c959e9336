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
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { NAMES, askedFor, namedInConditions } from "./asked-records.ts";
import { changeOf, statementOf } from "./asked-statements.ts";

/** Fields and columns that hold a password, not when it was changed or how it is asked for again. */
const PASSWORD =
  /^(?:(?:new|user|hashed?|encrypted|crypted)_?)?(?:pass(?:word|wd)?|pwd)(?:_?(?:hash|hashed|digest))?$/iu;

/** Methods that change records, or one. */
const UPDATES =
  /(?:^|\.)(?:update(?:One|Many|ById)?|find(?:One|ById)AndUpdate|findAndModify|patch)$/u;

/**
 * What the request names, where an expression sets the password of whom it names, found by nothing else:
 * `user.password = hash` of a record that is saved, `User.updateOne({ email }, { password })`,
 * `prisma.user.update({ where: { email }, data: { password } })`, `UPDATE users SET password = ? WHERE email = ?`.
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

function ofField(core: Core, { left, right }: TSESTree.AssignmentExpression): Node | undefined {
  if (left.type !== "MemberExpression" || !PASSWORD.test(memberName(left) ?? "")) return undefined;
  // `user.password = undefined`: the answer leaves it out.
  if (isNullish(right) || isLiteral(right)) return undefined;
  const record = unwrap(left.object);
  return isSavedLater(core, record) ? askedFor(core, record) : undefined;
}

function ofStatement(core: Core, node: Node): Node | undefined {
  const statement = statementOf(core, node);
  const change = statement === undefined ? undefined : changeOf(statement);
  if (!change?.columns.some((one) => PASSWORD.test(one))) return undefined;
  const isAsked = change.conditions.every(
    ({ column, value }) => NAMES.test(column) && value !== undefined && isSaidByClient(core, value),
  );
  return isAsked ? change.conditions[0]?.value : undefined;
}

function ofUpdate(core: Core, call: TSESTree.CallExpression): Node | undefined {
  if (!UPDATES.test(calleeName(call))) return undefined;
  const { arguments: given } = call;
  const objects = given.map((one) => objectAt(core.fileOf(one), one));
  const change = objects.findIndex((one) => one !== undefined && setsPassword(core, one));
  if (change === -1) return undefined;
  const [where] = objects.flatMap((one) =>
    one === undefined ? [] : (propertyValue(one, "where") ?? []),
  );
  const conditions = where ?? given.slice(0, change)[0];
  if (conditions !== undefined) return namedInConditions(core, conditions);
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" ? chosenBefore(core, unwrap(callee.object)) : undefined;
}

/** `{ email }` of `db("users").where({ email }).update(…)`, and whom the record is found by of `user.update(…)` */
function chosenBefore(core: Core, receiver: Node): Node | undefined {
  if (receiver.type !== "CallExpression") return askedFor(core, rootOf(receiver));
  const [conditions, ...more] = receiver.arguments;
  const callee = unwrap(receiver.callee);
  const isOnly =
    callee.type === "MemberExpression" && memberName(callee) === "where" && more.length === 0;
  return isOnly && conditions !== undefined ? namedInConditions(core, conditions) : undefined;
}

/** Boxes in which stands what is written. */
const WRITTEN = /^(?:\$set|data|set)$/u;

function setsPassword(core: Core, object: TSESTree.ObjectExpression): boolean {
  return object.properties.some((one) => {
    if (one.type !== "Property") return false;
    const key = staticKey(one.key, one.computed) ?? "";
    if (PASSWORD.test(key)) return !isLiteral(one.value);
    const inner = WRITTEN.test(key) ? objectAt(core.fileOf(one), one.value) : undefined;
    return inner !== undefined && setsPassword(core, inner);
  });
}
