import type { Core } from "../core.ts";
import { saidByClient, isSaidByClient } from "../network/request.ts";
import { dottedPath, isNullish, memberName, rootOf, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { must } from "../values/value.ts";

/** What a comparison in a handler asks of whoever sends the request. */

/** What is asked for as a proof, wherever it is looked for. */
export const SAYS_PROOF = /pass|pwd|\bpin\b|otp|\bcode|secret|\bkey|credential|signature/iu;

/** What a text in the program would be a proof for, if a poor one. */
export const COMPARED_PROOF = new RegExp(
  `${SAYS_PROOF.source}|token|auth|hash|answer|captcha|challenge`,
  "iu",
);

/**
 * Are two things compared of which one may be a proof? Not where one is nothing, a kind of value, a size or an error, or
 * where both are the client's own; anything else may be the password.
 *
 * @param isWrittenKnown what stands in the code is no proof
 */
export function comparesProof(
  core: Core,
  sides: readonly Node[],
  isWrittenKnown: boolean,
): boolean {
  if (isWrittenKnown && fieldOfWritten(core, sides) !== undefined) return false;
  if (sides.some((side) => isNullish(side) || isEmptyOrKind(unwrap(side)) || isAside(unwrap(side))))
    return false;
  if (sides.some((side) => isCaught(core, side))) return false;
  // `process.env.LOGIN !== "on"`: the same for everybody who asks
  if (sides.every((side) => textOf(side) !== undefined || isSetting(side))) return false;
  // `req.body.provider === "google"` chooses among ways.
  const [said, ...others] = sides.filter((side) => textOf(side) === undefined && !isYesOrNo(side));
  const field = said === undefined || others.length > 0 ? undefined : saidByClient(core, said);
  if (field !== undefined) return COMPARED_PROOF.test(field);
  return !sides.every((side) => isSaidByClient(core, side));
}

/** `body.otp` of `req.body.otp === "123456"`, also where a constant of the program holds such a text */
export function fieldOfWritten(core: Core, sides: readonly Node[]): string | undefined {
  const said = sides.find((side) => isSaidByClient(core, side));
  const written = sides.find((side) => side !== said);
  if (said === undefined || written === undefined) return undefined;
  return must(core.evaluate(written), (one) => one.type === "literal" && Boolean(one.value))
    ? saidByClient(core, said)
    : undefined;
}

function isYesOrNo(side: Node): boolean {
  const node = unwrap(side);
  return node.type === "Literal" && typeof node.value === "boolean";
}

function isEmptyOrKind(node: Node): boolean {
  return node.type === "Literal" && /^(?:|string|object|undefined|[01])$/u.test(String(node.value));
}

function isSetting(side: Node): boolean {
  return /^(?:process|import\.meta)\.env\./u.test(dottedPath(side)?.join(".") ?? "");
}

/** What is no field of a request: `typeof name`, `-1`, `name.length`, `req.method`, `process.env.NODE_ENV` */
function isAside(node: Node): boolean {
  return (
    (node.type === "UnaryExpression" &&
      (/^(?:typeof|void|!)$/u.test(node.operator) || node.argument.type === "Literal")) ||
    (node.type === "MemberExpression" &&
      /^(?:length|method|NODE_ENV)$/u.test(memberName(node) ?? ""))
  );
}

/** `error.code` of `catch (error) { if (error.code === "auth/user-not-found") … }`: what has failed was asked before. */
function isCaught(core: Core, side: Node): boolean {
  const root = rootOf(side);
  return core.fileOf(root).variableOf(root)?.defs[0]?.type === "CatchClause";
}
