import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { usesIn, usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  isCompared,
  memberName,
  parentOf,
  propertyValue,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { userFinder } from "../operations/user-finders.ts";
import { may } from "../values/value.ts";
import { databaseCall } from "./database-calls.ts";
import { isOneTimeCode, isPasswordName, isSureSecret } from "./sensitive-names.ts";
import type { FoundSecret } from "./written-secrets.ts";

/**
 * Which secrets does a program look for in the claims of its tokens? What it compares with the stored
 * password is in each of them: `user.password !== claims.password`.
 */
export function readSecrets(analysis: Analysis): FoundSecret[] {
  const { operations, file } = analysis;
  const codes = readCodes(analysis);
  // Where the file signs as well, what it signs is in sight.
  if (operations.some(({ kind }) => kind === "sign" || kind === "unsecured-sign")) return codes;
  const found = operations.flatMap((operation) => [
    ...lookedUpBy(analysis, operation),
    ...madeOfPassword(analysis, operation),
  ]);
  if (!operations.some(({ kind }) => kind === "verify")) return found;
  const compared = named(file.index.membersNamed, isSureSecret).filter(
    (member) =>
      isAsked(member) && isClaim(analysis, member, (call) => !isOfEncrypted(analysis, call)),
  );
  return [...compared.map((node) => ({ name: memberName(node) ?? "", node })), ...codes, ...found];
}

/**
 * `claims.otp !== req.body.otp` of a token that the client sends along. Whoever has entered the code is often given a
 * token of another kind in the same place: what is signed there with a code is said of where it is signed.
 */
function readCodes(analysis: Analysis): FoundSecret[] {
  const { operations, file } = analysis;
  if (!operations.some(({ kind }) => kind === "verify")) return [];
  const isSignedHere = (name: string): boolean =>
    operations.some(
      ({ kind, payload }) =>
        kind === "sign" &&
        payload !== undefined &&
        may(payload.value, (value) => value.type === "object" && value.properties.has(name)),
    );
  return named(file.index.membersNamed, isOneTimeCode)
    .map((node) => ({ name: memberName(node) ?? "", node }))
    .filter(
      ({ name, node }) =>
        isComparedWithSaid(analysis, node) &&
        !isSignedHere(name) &&
        isClaim(
          analysis,
          node,
          (call) => isSaidToken(analysis, call) && !isOfEncrypted(analysis, call),
        ),
    );
}

/** @param isOf asked of the call that has verified the token */
function isClaim(
  analysis: Analysis,
  member: TSESTree.MemberExpression,
  isOf: (call: unknown) => boolean,
): boolean {
  return may(
    analysis.evaluate(member),
    (value) =>
      value.type === "claims" &&
      value.verified &&
      value.part === "payload" &&
      value.path.join(".") === memberName(member) &&
      isOf(value.call),
  );
}

/** `claims.otp !== req.body.otp`: what somebody was sent, to show that he is the one who reads it. */
function isComparedWithSaid({ core }: Analysis, member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const test = parentOf(outer);
  if (test?.type !== "BinaryExpression" || !isCompared(member)) return false;
  return saidByClient(core, test.left === outer ? test.right : test.left) !== undefined;
}

/** Whoever sends the token can read it; one that the server has kept (`user.otpToken`) is read by nobody. */
function isSaidToken({ core, operations }: Analysis, call: unknown): boolean {
  return operations.some(
    ({ node, token }) =>
      (node as unknown) === call &&
      token !== undefined &&
      saidByClient(core, token.node) !== undefined,
  );
}

/** `bcrypt.compare(claims.password, user.hash)`, and a comparison. */
function isAsked(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const call = parentOf(outer);
  if (isCompared(member)) return call?.type !== "BinaryExpression" || isText(call, outer);
  return (
    call?.type === "CallExpression" &&
    call.callee !== outer &&
    /(?:^|\.)(?:compare(?:Sync)?|timingSafeEqual)$/u.test(calleeName(call))
  );
}

/** `claims.password !== true` asks for a way of signing in, and `claims.pwd !== digest(user)` for a stamp of it. */
function isText({ left, right }: TSESTree.BinaryExpression, claim: Node): boolean {
  const other = unwrap(left === claim ? right : left);
  const isFlag = other.type === "Literal" && typeof other.value !== "string";
  return !isFlag && other.type !== "CallExpression" && other.type !== "AwaitExpression";
}

/** What is decrypted was hidden from whoever holds it. */
function isOfEncrypted(analysis: Analysis, call: unknown): boolean {
  return analysis.operations.some(
    ({ node, path }) => (node as unknown) === call && /decrypt/iu.test(path),
  );
}

/**
 * `User.findOne({ email: claims.email, password: claims.password })`, and the same of what passport gives to the
 * function that finds the user: nobody would be found if the token did not say it.
 */
function lookedUpBy(analysis: Analysis, operation: Operation): FoundSecret[] {
  if (!mentionsPassword(analysis)) return [];
  return claimUses(analysis, operation).flatMap((use) => {
    const { by, path } = use;
    const [name = ""] = path;
    const isFound =
      path.length === 1 &&
      isSureSecret(name) &&
      by.type === "CallExpression" &&
      (databaseCall(analysis.core, by) !== undefined || FINDS.test(calleeName(by)));
    return isFound ? [{ name, node: insideBoxes(use) }] : [];
  });
}

/** `claims.password` of `{ where: { password: claims.password } }` */
function insideBoxes({ node, boxes }: Use): Node {
  let at = unwrap(node);
  while (at.type === "ObjectExpression") {
    const object = at;
    const [inner] = boxes.flatMap((box) => propertyValue(object, box) ?? []);
    if (inner === undefined) break;
    at = unwrap(inner);
  }
  return at;
}

/** Functions of a program that find somebody by what he has typed in. */
const FINDS =
  /(?:^|\.)(?:find|get|load)\w*(?:Credentials|Password)$|(?:^|\.)(?:log_?in|authenticate|validateUser)$/iu;

/**
 * `const stamp = user.password.concat(user.email); if (claims.stamp !== stamp) …`: a claim that is compared with what
 * is made of the stored password holds it.
 */
function madeOfPassword(analysis: Analysis, operation: Operation): FoundSecret[] {
  if (!mentionsPassword(analysis)) return [];
  return claimUses(analysis, operation).flatMap(({ kind, by, node, path }) => {
    const [name = ""] = path;
    if (kind !== "compare" || path.length !== 1) return [];
    if (by.type !== "BinaryExpression") return [];
    const other = unwrap(unwrap(by.left) === unwrap(node) ? by.right : by.left);
    return holdsPassword(analysis, other) ? [{ name, node }] : [];
  });
}

/** Joined with other texts, as it is: a digest of it would be no secret. */
function holdsPassword(analysis: Analysis, written: Node): boolean {
  const node = unwrap(written);
  switch (node.type) {
    case "Identifier": {
      const init = initOf(analysis.file, node);
      return init !== undefined && init !== node && holdsPassword(analysis, init);
    }
    case "MemberExpression":
      return isPasswordName(memberName(node) ?? "");
    case "BinaryExpression":
      return (
        node.operator === "+" && [node.left, node.right].some((one) => holdsPassword(analysis, one))
      );
    case "TemplateLiteral":
      return node.expressions.some((one) => holdsPassword(analysis, one));
    case "CallExpression": {
      const callee = unwrap(node.callee);
      return (
        callee.type === "MemberExpression" &&
        memberName(callee) === "concat" &&
        [callee.object, ...node.arguments].some((one) => holdsPassword(analysis, one))
      );
    }
    default:
      return false;
  }
}

function mentionsPassword({ file }: Analysis): boolean {
  return /pass_?w|pwd|secret|senha|contrase/iu.test(file.text);
}

/** Where the claims go: from the call that gives them, or from the function that passport gives them to. */
function claimUses({ core }: Analysis, operation: Operation): Use[] {
  const { kind, node, entity, path } = operation;
  if (kind !== "verify")
    return (userFinder(operation)?.params ?? []).flatMap((one) => usesIn(core, one));
  if (/decrypt/iu.test(path)) return [];
  return usesOf(core, node).map((use) => ({ ...use, path: below(use.path, entity.claimsAt) }));
}

/** The path below the claims; nothing of the members of a result that are none. */
function below(path: readonly string[], claimsAt: string | undefined): readonly string[] {
  if (claimsAt === undefined) return path;
  return path[0] === claimsAt ? path.slice(1) : [];
}
