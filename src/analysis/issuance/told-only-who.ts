import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { saidByClient } from "../network/request.ts";
import { calleeName, isLiteral, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { askedFor } from "../data/asked-records.ts";
import { IS_PROOF, saysWho, PROOF } from "../data/names.ts";
import { isPasswordName } from "../payloads/sensitive-names.ts";
import { updateOf } from "../data/record-updates.ts";
import type { SignedToken } from "./signed-tokens.ts";

/**
 * What functions do that look something up, write it down or put it into another form, and what they do it with:
 * `cache.get(email)` may say that somebody has proved himself before.
 */
const VERBS =
  /^(?:get|find|fetch|load|lookUp|read|log|record|track|update|save|set|add|create|register|format|to|map|serialize|sanitize|omit|pick|strip|exclude|normalize|build|make|generate|store|increment|touch)(?=[A-Z_])/u;

/** What they may ask all the same: by what the server keeps of an earlier request, or of the one that asks. */
const MAY_ASK =
  /pass|pwd|pin|otp|code|secret|key|verif|valid|check|match|compar|auth|session|current|challenge|nonce|permi|allow|captcha|limit|status|pending|approv|confirm/iu;

/**
 * Does a call of a function out of sight tell it no more than who is meant: `updateLastLogin(user.id)`? What the
 * function is not given it cannot compare.
 */
export function isToldOnlyWho(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression" || node.arguments.length === 0) return false;
  const path = calleeName(node);
  if (isToldAgain(core, node, path) || isUpdateOfNamed(core, node, path)) return true;
  const verb = path.split(".").at(-1) ?? "";
  return (
    VERBS.test(verb) &&
    !mayAskByName(path) &&
    node.arguments.every((one) => isOnlyWho(core, one)) &&
    !node.arguments.every((one) => isLiteral(unwrap(one)))
  );
}

/** May a function ask, by what it is called? */
export function mayAskByName(path: string): boolean {
  return MAY_ASK.test(path) || IS_PROOF.test(path);
}

/**
 * `User.findByIdAndUpdate(user._id, { lastLogin: new Date() })`: what is written to a record is compared with nothing, and
 * which record it is says whom the request names. A code among the conditions is a proof, and so may be a state that the
 * server keeps; a function that nobody has seen may compare the password that it is told.
 */
function isUpdateOfNamed(core: Core, call: TSESTree.CallExpression, path: string): boolean {
  const file = core.fileOf(call);
  const update = updateOf(file, call);
  if (update === undefined || mayAskByName(path)) return false;
  const { chosenBy, isByName } = update;
  return (
    !MAY_ASK.test(file.text.slice(...chosenBy.range)) &&
    isOnlyWho(core, chosenBy) &&
    !(isByName && hasWithin(core, call, (one) => PROOF.test(saidByClient(core, one) ?? "")))
  );
}

/** What is called otherwise may ask what the server knows of whom it is told: that he has proved himself before. */
const KNOWS =
  /verified|logged_?in|otp|code|session|current|challenge|nonce|captcha|limit|status|pending|approv|confirm|permi|allow|cache|redis/iu;

/**
 * `findAccount(id, id)`: told the same again, in the place of the password. Whoever knows the one knows both, whatever the
 * function asks for.
 */
function isToldAgain(core: Core, { arguments: given }: CallNode, path: string): boolean {
  if (given.length < 2 || KNOWS.test(path)) return false;
  const [said, ...more] = given.map((one) => saidByClient(core, one));
  return saysWho(said?.split(".").at(-1) ?? "") && more.every((one) => one === said);
}

/** The id of somebody, his record, texts of the code, and what is put together of them */
export function isOnlyWho(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "ObjectExpression")
    return node.properties.every((one) => one.type === "Property" && isOnlyWho(core, one.value));
  if (node.type === "ArrayExpression")
    return node.elements.every((one) => one !== null && isOnlyWho(core, one));
  if (isLiteral(node)) return true;
  const said = saidByClient(core, node);
  if (said !== undefined) return saysWho(said.split(".").at(-1) ?? "");
  return (
    (node.type === "Identifier" || node.type === "MemberExpression") &&
    askedFor(core, rootOf(node)) !== undefined &&
    !PROOF.test(core.fileOf(node).text.slice(...node.range))
  );
}

/**
 * `signIn(req.body.email, req.body.password)`, of a function that makes a token: what the request says to it beside who it is
 * for, it may compare. Of an object, which may be the claims, only what proves something.
 */
export function mayCompare(core: Core, { node }: SignedToken): boolean {
  // What only signs compares nothing.
  if (/(?:^|\.)sign$/iu.test(calleeName(node))) return false;
  return node.arguments.some((one) => {
    const said = fieldOf(core, one);
    if (said !== undefined) return !saysWho(said) && (mayProve(said) || !SETS.test(said));
    return hasWithin(core, one, (part) => mayProve(fieldOf(core, part) ?? ""));
  });
}

/** What the request may say of the token itself, which nobody compares: `generateToken(email, role)` */
const SETS =
  /role|remember|room|channel|device|expir|type|kind|scope|tenant|locale|lang|permission|plan|admin|duration|redirect|platform/iu;

/** `password`, `otp`, `senha` */
export function mayProve(field: string): boolean {
  return PROOF.test(field) || isPasswordName(field);
}

function fieldOf(core: Core, written: Node): string | undefined {
  return saidByClient(core, written)?.split(".").at(-1);
}
