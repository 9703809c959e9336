import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf, objectAt } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { formOf } from "../network/forms.ts";
import { saidByClient } from "../network/request.ts";
import {
  calleeName,
  contains,
  dottedPath,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { PLACES, askedFor } from "../data/asked-records.ts";
import { saysWho } from "../data/names.ts";
import { statementOf, tablesOf } from "../data/statements.ts";
import { isToldOnlyWho } from "./told-only-who.ts";

/**
 * Is a token signed for somebody who has just been made, as when he signs up? Then nobody else is signed in as him:
 * either it is known on the way that there was no such record, or one is made before in any case, which would fail
 * for a name that is taken.
 */
export function isOfNew(core: Core, handler: FunctionNode, node: Node): boolean {
  return isUnknownBefore(core, node) || isMadeBefore(core, handler, node);
}

function isUnknownBefore(core: Core, node: Node): boolean {
  return conditionsAt(node).some(({ test, holds }) => {
    const asked = unwrap(test);
    if (asked.type !== "BinaryExpression") return !holds && isFound(core, asked);
    if (!isFound(core, asked.left) || ![isLiteral, isNullish].some((is) => is(asked.right)))
      return false;
    return holds === /^(?:===?|<=?)$/u.test(asked.operator);
  });
}

/** `user`, `rows.length`, `result.rowCount` */
function isFound(core: Core, written: Node): boolean {
  if (isEntry(core, unwrap(written))) return true;
  const [, ...path] = dottedPath(written) ?? [""];
  const root = rootOf(written);
  const init = initOf(core.fileOf(root), root);
  return (
    path.every((name) => PLACES.test(name) || /^(?:length|rowCount)$/u.test(name)) &&
    // `const account = await readAccount(req.body.email)`, whatever reads it
    (askedFor(core, root) !== undefined || (init !== undefined && isToldOnlyWho(core, init)))
  );
}

/** `accounts[email]`: that nothing is kept under the name says that there is no such record. */
function isEntry(core: Core, node: Node): boolean {
  return (
    node.type === "MemberExpression" &&
    saysWho(saidByClient(core, node.property)?.split(".").at(-1) ?? "")
  );
}

/** `User.create({ email })` and `INSERT INTO users …`, unless it is one of two ways. */
function isMadeBefore(core: Core, handler: FunctionNode, node: Node): boolean {
  return hasWithin(
    core,
    handler.body,
    (one) => one.range[0] < node.range[0] && isMaking(core, one) && !isOneWay(one, node),
  );
}

const MAKES = /(?:^|\.)(?:create|insert)(?:One|User|Account|\w*Member|Customer)?$/u;

/** What is written down beside who somebody is. */
const BESIDE =
  /log|session|token|otp|verif|check|audit|history|event|visit|notification|device|room|chat|channel|conversation|message|participant|meeting/iu;

function isMaking(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return false;
  const statement = statementOf(core, node);
  if (statement !== undefined)
    return (
      /^\s*insert\b(?![\s\S]*\bon\s+(?:conflict|duplicate)\b)/iu.test(statement.text) &&
      !BESIDE.test(tablesOf(statement)[0] ?? "")
    );
  if (node.type !== "CallExpression") return false;
  const name = calleeName(node);
  // `channel.create()` is told of nobody.
  if (!MAKES.test(name) || BESIDE.test(madeIn(node)) || node.arguments.length === 0) return false;
  // `njwt.create(claims, key)` makes a token, `create(req.body, Login)` of superstruct looks at a form.
  const isOther = formOf(core.fileOf(node), node) !== undefined;
  return (
    !isOther &&
    namesSomebody(core, node.arguments[0]) &&
    core.evaluate(node.callee).type !== "entity"
  );
}

/** `visits` of `db.insert(visits).values({ … })`, `.participants.create` of `service.rooms(id).participants.create({ … })` */
function madeIn(call: TSESTree.CallExpression): string {
  const after = parentOf(call);
  const [given] = call.arguments;
  const isTable = after?.type === "MemberExpression" && memberName(after) === "values";
  const table = isTable && given !== undefined ? dottedPath(given) : undefined;
  if (table !== undefined) return table.join(".");
  const method = unwrap(call.callee);
  const holder = method.type === "MemberExpression" ? unwrap(method.object) : undefined;
  const held = holder?.type === "MemberExpression" ? (memberName(holder) ?? "") : "";
  return `${held}.${calleeName(call)}`;
}

/** Does a new record say who somebody is, as far as it is in sight? `orders.create({ items })` is about nobody. */
function namesSomebody(core: Core, written: Node | undefined): boolean {
  const file = written === undefined ? undefined : core.fileOf(written);
  const record = file === undefined ? undefined : objectAt(file, written);
  if (file === undefined || record === undefined) return true;
  // `prisma.user.create({ data: { … } })`
  const data = propertyValue(record, "data");
  const fields = data === undefined ? record : objectAt(file, data);
  return (
    fields?.properties.some((one) => {
      const key = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
      return key === undefined || saysWho(key) || /user_?name|login|handle|nick/iu.test(key);
    }) ?? true
  );
}

/** Is there a way to the other place that leaves this one out? */
export function isOneWay(made: Node, other: Node): boolean {
  for (let from = made, at = parentOf(made); at !== undefined; from = at, at = parentOf(at)) {
    if (contains(from, other)) return false;
    if (isChosen(at, from)) return true;
  }
  return true;
}

function isChosen(at: Node, part: Node): boolean {
  switch (at.type) {
    case "IfStatement":
    case "ConditionalExpression":
    case "SwitchCase":
      return part !== at.test;
    case "LogicalExpression":
      return part === at.right;
    case "AssignmentExpression":
      return part === at.right && /^(?:\?\?|\|\||&&)=$/u.test(at.operator);
    default:
      return at.type === "CatchClause" || isFunction(at);
  }
}
