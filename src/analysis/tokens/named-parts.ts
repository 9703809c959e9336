import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { dottedPath, memberName, rootOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { answeringCall, asksToSignIn } from "./taken-out.ts";
import { isOfOtherTrade, isTokenLabel, tokenName } from "./words.ts";

/**
 * Parts of answers that the program itself calls tokens where it hands them on: `{ accessToken: answer.data.data }`,
 * `const accessToken = answer.result`, `session.idToken = answer.data`. A name that leaves no doubt is enough; a mere
 * `token` has to come of a call that signs somebody in.
 */
export function namedParts(analysis: Analysis): Node[] {
  const { assignments, names, objects } = analysis.file.index;
  if (!MAY_WRAP.test(analysis.file.code) || isOfOtherTrade(analysis.file)) return [];
  const inObjects = objects.flatMap(({ properties }) =>
    properties.flatMap((one) =>
      one.type === "Property"
        ? partCalled(analysis, staticKey(one.key, one.computed), one.value)
        : [],
    ),
  );
  const declared = named(names, isTokenLabel).flatMap((name) => {
    const declarator = name.parent;
    return declarator?.type === "VariableDeclarator"
      ? partCalled(analysis, dottedPath(name)?.[0], declarator.init)
      : [];
  });
  const assigned = assignments.flatMap(({ left, right }) =>
    partCalled(
      analysis,
      left.type === "MemberExpression" ? memberName(left) : dottedPath(left)?.[0],
      right,
    ),
  );
  return [...inObjects, ...declared, ...assigned];
}

function partCalled(analysis: Analysis, name: string | undefined, written: Node | null): Node[] {
  if (written === null || name === undefined || !isTokenLabel(name)) return [];
  const value = unwrap(written);
  if (value.type !== "MemberExpression" || !ENVELOPE.test(memberName(value) ?? "")) return [];
  const root = rootOf(value);
  const call = answeringCall(analysis, root);
  if (call === undefined) return [];
  return tokenName(name) === "strong" || asksToSignIn(analysis, call) ? [value] : [];
}

const MAY_WRAP = /\b(?:access|refresh|data|result|body)\b/u;

/** What wraps an answer says nothing of what it is; any other name may say more than that of the token. */
const ENVELOPE = /^(?:access|refresh|data|result|body)$/u;
