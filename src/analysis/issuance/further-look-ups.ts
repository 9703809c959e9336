import type { TSESTree } from "@typescript-eslint/utils";
import { askedFor } from "../data/asked-records.ts";
import { chainOf, methodsOf } from "../values/call-chains.ts";
import { isLookUp } from "../data/data-access.ts";
import { saysWho } from "../data/names.ts";
import { selectsBy, statementOf } from "../data/statements.ts";
import type { Core } from "../core.ts";
import { isSaidByClient } from "../network/request.ts";
import { initOf } from "../files/variables.ts";
import { calleeName, isLiteral, memberName, rootOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isOnlyWho, mayAskByName } from "./told-only-who.ts";

/**
 * What is looked up by nothing but a record that the request has named: `db.collection("people").doc(user.id).get()`,
 * `Profile.findOne({ user: user.id })`. It is the same whoever asks, and so is what it says of the account
 * (`profile.status === "blocked"`), so neither is a proof.
 */
export function isOfFurtherRecord(core: Core, node: Node): boolean {
  switch (node.type) {
    case "CallExpression":
      return isFurtherLookUp(core, node) || isReadOfFurther(core, node);
    case "BinaryExpression": {
      const sides = [node.left, node.right].filter((side) => !isLiteral(side));
      return (
        isKnownToOthers(core, sides) ||
        (sides.length === 1 && sides.every((side) => isSameForAll(core, side)))
      );
    }
    default:
      return false;
  }
}

function isFurtherLookUp(core: Core, node: TSESTree.CallExpression): boolean {
  const calls = chainOf(node);
  const call = calls.at(-1) ?? node;
  if (mayAskByName(core.fileOf(call).text.slice(...call.range))) return false;
  if (core.evaluate(call.callee).type === "function") return false;
  const statement = statementOf(core, call);
  const given = statement?.given ?? calls.flatMap((one) => one.arguments);
  return (
    (statement === undefined
      ? isLookUp(core, call) || methodsOf(call).some((one) => OF_STORE.test(one))
      : selectsBy(statement, (name) => saysWho(name) || /_id$/iu.test(name))) &&
    given.every((one) => isOnlyWho(core, one)) &&
    given.some((one) => hasWithin(core, one, (part) => isOfRecord(core, part)))
  );
}

/** Of a store where the way to a document is a chain: `.doc(id).get()`, `.child(id).once("value")`, `.from("people").eq("id", id)` */
const OF_STORE = /^(?:doc|child|from|where)$/u;

/** A part of a record that is found by what the request names */
function isOfRecord(core: Core, part: Node): boolean {
  return part.type === "Identifier" && askedFor(core, part) !== undefined;
}

/** `snapshot.data()` */
function isReadOfFurther(core: Core, call: TSESTree.CallExpression): boolean {
  return (
    call.arguments.length === 0 &&
    /\.(?:data|val|exists|toObject|toJSON)$/u.test(calleeName(call)) &&
    isFurther(core, rootOf(call.callee))
  );
}

/** Does a name hold what such a look-up gives, or what that is read out of? */
function isFurther(core: Core, name: Node): boolean {
  const init = name.type === "Identifier" ? initOf(core.fileOf(name), name) : undefined;
  const call = init === undefined ? undefined : unwrap(init);
  return call?.type === "CallExpression" && isOfFurtherRecord(core, call);
}

/** `profile.status`, which says of the account what holds whoever asks; `profile.verified` may be a step of this sign-in. */
function isSameForAll(core: Core, side: Node): boolean {
  const member = unwrap(side);
  return (
    member.type === "MemberExpression" &&
    OF_ACCOUNT.test(memberName(member) ?? "") &&
    isFurther(core, rootOf(member))
  );
}

/**
 * `req.body.phone === user.phone` of whom the request has named by his address: others know the number as well, and what he
 * may (`role !== user.role`) is one of a few words.
 */
function isKnownToOthers(core: Core, sides: readonly Node[]): boolean {
  const said = sides.find((side) => isSaidByClient(core, side));
  const [held] = sides.filter((side) => side !== said).map((side) => unwrap(side));
  return (
    said !== undefined &&
    held?.type === "MemberExpression" &&
    (saysWho(memberName(held) ?? "") || FEW_WORDS.test(memberName(held) ?? "")) &&
    isOfRecord(core, rootOf(held))
  );
}

const FEW_WORDS =
  /^(?:user|account)?_?(?:roles?|type|kind|category|department|gender|plan|tier)$/iu;

const OF_ACCOUNT =
  /^(?:is_?)?(?:active|enabled|disabled|blocked|banned|deleted|suspended|archived|locked|roles?|type|status|state|plan)$/iu;
