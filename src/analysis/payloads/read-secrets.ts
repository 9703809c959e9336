import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { calleeName, isCompared, memberName, parentOf, wrapped } from "../syntax.ts";
import { may } from "../values/value.ts";
import { isSureSecret } from "./sensitive-names.ts";
import type { FoundSecret } from "./written-secrets.ts";

/**
 * Which secrets does a program look for in the claims of its tokens? What it compares with the stored
 * password is in each of them: `user.password !== claims.password`.
 */
export function readSecrets(analysis: Analysis): FoundSecret[] {
  // Where the file signs as well, what it signs is in sight.
  if (analysis.operations.some(({ kind }) => kind === "sign" || kind === "unsecured-sign"))
    return [];
  if (!analysis.operations.some(({ kind }) => kind === "verify")) return [];
  return named(analysis.file.index.membersNamed, isSureSecret).flatMap((member) => {
    const name = memberName(member) ?? "";
    const isClaim =
      isAsked(member) &&
      may(
        analysis.evaluate(member),
        (value) =>
          value.type === "claims" &&
          value.verified &&
          value.part === "payload" &&
          value.path.join(".") === name &&
          !isOfEncrypted(analysis, value.call),
      );
    return isClaim ? [{ name, node: member }] : [];
  });
}

/** `bcrypt.compare(claims.password, user.hash)`, and a comparison. */
function isAsked(member: TSESTree.MemberExpression): boolean {
  if (isCompared(member)) return true;
  const outer = wrapped(member);
  const call = parentOf(outer);
  return (
    call?.type === "CallExpression" &&
    call.callee !== outer &&
    /(?:^|\.)(?:compare(?:Sync)?|timingSafeEqual)$/u.test(calleeName(call))
  );
}

/** What is decrypted was hidden from whoever holds it. */
function isOfEncrypted(analysis: Analysis, call: unknown): boolean {
  return analysis.operations.some(
    ({ node, path }) => (node as unknown) === call && /decrypt/iu.test(path),
  );
}
