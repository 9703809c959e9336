import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import { isSaidByClient } from "../network/request.ts";
import {
  contains,
  enclosingFunction,
  isNullish,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { signedTokens } from "./signed-tokens.ts";

/** A stored code that is compared with what the request says, and that is nothing once it was used. */
export interface EmptiedCode {
  readonly node: Node;
  /** How the record calls it. */
  readonly code: string;
  /** What signs the token behind it. */
  readonly signedBy: string;
}

/** Codes that are good for once, by their names. */
const CODE =
  /^(?:\w+_?)?(?:otp|(?:verification|verify|reset|login|sign_?in|confirm(?:ation)?|auth|sms|e?mail|phone|security|recovery|one_?time)_?(?:code|pin)|pin)(?:_?code)?$|^code$/iu;

/** Who asks the shape of a request elsewhere may ask for a text. */
const CHECKED = /validat|schema|\bjoi\b|celebrate|\bz\.|@Body/iu;

/**
 * `if (user.otp !== req.body.otp) return refuse(); user.otp = undefined; …`: whoever sends no code, or null, is taken
 * for somebody who knows it, once it was used: nothing is nothing. Told where a token is signed behind it and nothing
 * else is asked, and not where something asks whether there is a code.
 */
export function emptiedCodes(analysis: Analysis): EmptiedCode[] {
  const { core, file } = analysis;
  const emptied = emptiedNames(core);
  if (emptied.size === 0 || CHECKED.test(file.code)) return [];
  return signedTokens(analysis).flatMap(({ node: signed, name: signedBy }) => {
    const owner = enclosingFunction(signed);
    if (owner === undefined) return [];
    return comparedOnTheWay(core, signed, owner, emptied).map((one) => ({ ...one, signedBy }));
  });
}

/** The properties of records that the file makes undefined, null or an empty text, and which of these. */
function emptiedNames(core: Core): ReadonlyMap<string, Node> {
  const names = new Map<string, Node>();
  for (const { left, right } of core.file.index.assignments) {
    const target = unwrap(left);
    const name = target.type === "MemberExpression" ? memberName(target) : undefined;
    if (name !== undefined && (isNullish(right) || textOf(right) === ""))
      names.set(name, unwrap(right));
  }
  return names;
}

function comparedOnTheWay(
  core: Core,
  signed: Node,
  owner: FunctionNode,
  emptied: ReadonlyMap<string, Node>,
): Omit<EmptiedCode, "signedBy">[] {
  const conditions = conditionsAt(signed, owner);
  return conditions.flatMap((condition) => {
    const code = codeCompared(core, condition, emptied);
    if (code === undefined) return [];
    const isAlone = conditions.every((one) => one === condition || asksNoProof(one, emptied));
    return isAlone ? [{ node: condition.test, code }] : [];
  });
}

/** `otp` of `user.otp === req.body.otp`, where it holds. */
function codeCompared(
  core: Core,
  { test, holds }: Condition,
  emptied: ReadonlyMap<string, Node>,
): string | undefined {
  if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return undefined;
  if (test.operator.startsWith("!") === holds) return undefined;
  const sides = [unwrap(test.left), unwrap(test.right)];
  const stored = sides.find(
    (side) => side.type === "MemberExpression" && !isSaidByClient(core, side),
  );
  const said = sides.find((side) => side !== stored);
  if (stored?.type !== "MemberExpression" || said === undefined) return undefined;
  const name = memberName(stored) ?? "";
  const isCode = CODE.test(name) && emptied.has(name) && isSaidByClient(core, said);
  return isCode && sides.every((side) => !isAskedFor(core, side, test)) ? name : undefined;
}

/** Does the function ask anything else of it: `!otp`, `otp.length`, `isCode(otp)`, `otp && …`? Whatever it is, it may refuse nothing. */
function isAskedFor(core: Core, side: Node, comparison: Node): boolean {
  const name = side.type === "MemberExpression" ? memberName(side) : nameOf(side);
  const owner = enclosingFunction(side);
  const { names } = core.fileOf(side).index;
  if (name === undefined || owner === undefined) return true;
  return inside(names.get(name) ?? [], owner).some((one) => {
    const by = one.parent;
    const isProperty = by?.type === "MemberExpression" && by.property === one;
    const at = parentOf(wrapped(isProperty ? by : one));
    return (
      at !== undefined &&
      !contains(comparison, one) &&
      /^IfStatement$|^(?:Unary|Binary|Logical|Conditional|Call|New|Member)Expression$/u.test(
        at.type,
      )
    );
  });
}

function nameOf(node: Node): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

/** Whether somebody was found, and whether a time has passed that is nothing as well: `undefined < now` is false. */
function asksNoProof({ test, holds }: Condition, emptied: ReadonlyMap<string, Node>): boolean {
  if (test.type === "Identifier" || test.type === "MemberExpression") return true;
  if (test.type !== "BinaryExpression" || !/^[<>]=?$/u.test(test.operator) || holds) return false;
  return [test.left, test.right].some((side) => {
    const node = unwrap(side);
    const given = node.type === "MemberExpression" && emptied.get(memberName(node) ?? "");
    // `null < now` is true.
    return given && given.type === "Identifier";
  });
}
