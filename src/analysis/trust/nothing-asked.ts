import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { passes } from "../answers/function-roles.ts";
import { isLogCall } from "../logging.ts";
import { handsOn } from "../guards/wrapper-calls.ts";
import { calleeName, isLiteral, memberName, parentOf, staticKey, unwrap, walk } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * What a guard may do on a way on which it asks nobody for anything: say who is there, log it, and go on.
 */

/** The branch or case that a place stands in. */
export function branchOf(place: Node, owner: FunctionNode): Node {
  let from = place;
  for (let at = parentOf(from); at !== undefined && at !== owner; from = at, at = parentOf(at))
    if (/^(?:IfStatement|ConditionalExpression|LogicalExpression)$/u.test(at.type)) return from;
  return place;
}

/** Nothing is called that could refuse: it says who is there, and goes on. */
export function doesNothing(core: Core, branch: Node, owner: FunctionNode): boolean {
  const ways: readonly Node[] = [...passes(core, owner), ...handsOn(core, owner)];
  let isHarmless = true;
  walk(branch, core.fileOf(branch).visitorKeys, (node) => {
    if (node.type === "CallExpression" || node.type === "NewExpression")
      isHarmless &&=
        isLogCall(node) ||
        /^(?:NextResponse\.)?next$/u.test(calleeName(node)) ||
        ways.includes(node) ||
        isRequestRead(node) ||
        isFixedLookUp(node) ||
        isInert(core, node);
    return isHarmless;
  });
  return isHarmless;
}

/** `developer()`, which only gives what is written in it */
function isInert(core: Core, call: CallNode): boolean {
  const target = core.evaluate(call.callee);
  return (
    target.type === "function" &&
    core.fileOf(target.node) === core.file &&
    !hasWithin(core, target.node.body, ({ type }) =>
      /^(?:Call|New)Expression$|^ThrowStatement$/u.test(type),
    )
  );
}

/** `req.header("X-User-Id")`, which whoever asks has written himself */
function isRequestRead(call: CallNode): boolean {
  return /^(?:req|request|ctx|context|c\.req|ctx\.req)\.(?:header|get)$/u.test(calleeName(call));
}

/** Methods that look something up, and refuse nobody. */
const LOOKS_UP =
  /^(?:find|get|load|fetch|select)(?:One|First|Unique|By[A-Z]\w*|User|Admin|Account)?$/u;

/** `db.users.findFirst({ role: "admin" })`: one and the same user is found, whoever asks. */
function isFixedLookUp(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  return (
    callee.type === "MemberExpression" &&
    LOOKS_UP.test(memberName(callee) ?? "") &&
    call.arguments.length > 0 &&
    call.arguments.every((one) => isFixed(one))
  );
}

/** A literal, or an object or list of such. */
function isFixed(written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "ObjectExpression")
    return node.properties.every((one) => one.type === "Property" && isFixed(one.value));
  if (node.type === "ArrayExpression")
    return node.elements.every((one) => one !== null && isFixed(one));
  return isLiteral(node);
}

/** `if (admin)`, `if (!admin)` behind `const admin = await db.users.findFirst({ role: "admin" })` */
export function asksForFixed(core: Core, test: Node): boolean {
  const init = test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  const found = init?.type === "AwaitExpression" ? unwrap(init.argument) : init;
  return found?.type === "CallExpression" && isFixedLookUp(found);
}

/** `{ user: { id: 1, role: "admin" } }`: somebody who is written in the code, where a guard says who asks. */
export function isMadeUp(given: Node): boolean {
  const node = unwrap(given);
  return (
    node.type === "ObjectExpression" &&
    node.properties.every((one) => one.type === "Property" && isWrittenOut(one.value)) &&
    node.properties.some(
      (one) =>
        one.type === "Property" &&
        (PERSON.test(staticKey(one.key, one.computed) ?? "") || isMadeUp(one.value)),
    )
  );
}

const PERSON = /^(?:sub|_?id|uid|user_?id|e?mail|user_?name|roles?|is_?admin)$/iu;

function isWrittenOut(value: Node): boolean {
  const node = unwrap(value);
  if (node.type === "ArrayExpression")
    return node.elements.every((one) => one !== null && isWrittenOut(one));
  return isLiteral(node) || isMadeUp(node);
}
