import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { isLogCall, isLogStatement } from "../logging.ts";
import { isKeyedHash } from "../operations/keyed-hashes.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  statementsIn,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { finished, methodsOf } from "../values/call-chains.ts";
import { hasWithin } from "../within.ts";
import { isSignedPart } from "./cut-parts.ts";
import type { Held } from "./cut-parts.ts";

/**
 * Steps of a verification by hand that verify nothing: an HMAC that nobody compares, a comparison that nobody heeds, a hash
 * that everybody can make. Only what is in sight to its end is told; whatever else is done with an answer may refuse.
 */

/** How many variables an answer is followed through: `var same = !same` never ends. */
const MAX_NAMES = 3;

/** Functions of the platform that answer whether it is so, and never throw for it. */
const ANSWERS = /(?:^|\.)(?:timingSafeEqual|subtle\.verify)$/u;

export function isIdleCheck(core: Core, call: CallNode, held: Held): boolean {
  const name = calleeName(call);
  if (ANSWERS.test(name))
    return isUnheeded(core, call) || call.arguments.some((one) => isOpenHash(core, one, held));
  if (!/(?:^|\.)createHmac$/u.test(name)) return false;
  const made = digestOf(call);
  return made !== undefined && isUncompared(core, made);
}

/** Does what is asked decide nothing: the answer is dropped, or only written to a log? */
export function isUnheeded(core: Core, answer: Node, names = MAX_NAMES): boolean {
  const node = wrapped(answer);
  const by = parentOf(node);
  switch (by?.type) {
    case "ExpressionStatement":
      return true;
    case "UnaryExpression":
      return by.operator === "!" && isUnheeded(core, by, names);
    case "LogicalExpression":
      // `isEqual(own, mark) || refuse();`
      return (
        (by.right === node || !hasWithin(core, by.right, mayRefuse)) && isUnheeded(core, by, names)
      );
    case "VariableDeclarator":
      return (
        names > 0 &&
        by.id.type === "Identifier" &&
        isNever(core, by.id, (read) => isUnheeded(core, read, names - 1))
      );
    case "IfStatement":
      return [by.consequent, by.alternate].every(
        (branch) =>
          branch === null ||
          (statementsIn(branch) ?? [branch]).every((statement) => isLogStatement(statement)),
      );
    case "CallExpression":
      return by.callee !== node && isLogCall(by);
    default:
      return false;
  }
}

function mayRefuse(node: Node): boolean {
  return node.type === "CallExpression" && !ANSWERS.test(calleeName(node));
}

/** Is a variable read at no place but those? */
function isNever(core: Core, name: TSESTree.Identifier, test: (read: Node) => boolean): boolean {
  return readsOf(core.fileOf(name), name).every(test);
}

/** `createHmac("sha256", key).update(text).digest("base64url").replace(…)` of its first call */
function digestOf(maker: CallNode): Node | undefined {
  const isDigest = maker.type === "CallExpression" && methodsOf(maker).includes("digest");
  return isDigest ? finished(maker) : undefined;
}

/** Is a signature that was made anew compared with nothing but the length of another? */
function isUncompared(core: Core, made: Node, names = MAX_NAMES): boolean {
  const node = wrapped(made);
  const by = parentOf(node);
  switch (by?.type) {
    case "ExpressionStatement":
      return true;
    case "VariableDeclarator":
      return (
        names > 0 &&
        by.id.type === "Identifier" &&
        isNever(core, by.id, (read) => isUncompared(core, read, names - 1))
      );
    case "MemberExpression":
      return by.object === node && /^(?:byteL|l)ength$/u.test(memberName(by) ?? "");
    case "BinaryExpression":
      return /^[!=]==?$/u.test(by.operator) && isUnheeded(core, by);
    case "CallExpression":
      if (by.callee === node) return false;
      if (calleeName(by) === "Buffer.from") return isUncompared(core, by, names);
      if (ANSWERS.test(calleeName(by))) return isUnheeded(core, by);
      return isLogCall(by) || isKeyOfCache(core, by, node);
    default:
      return false;
  }
}

/** `cache.get(id)` where the same function says `cache.set(id, claims)`: nobody else has put it there. */
function isKeyOfCache(core: Core, call: CallNode, key: Node): boolean {
  const [holder, method] = receiverOf(call);
  const owner = enclosingFunction(call);
  if (holder === undefined || owner === undefined || key.type !== "Identifier") return false;
  if (!/^(?:get|set|has|delete)$/u.test(method ?? "")) return false;
  return inside(core.fileOf(call).index.called.get("set") ?? [], owner).some(
    (one) =>
      receiverOf(one)[0] === holder &&
      one.arguments[0]?.type === "Identifier" &&
      one.arguments[0].name === key.name,
  );
}

function receiverOf({ callee }: CallNode): readonly [string | undefined, string | undefined] {
  const path = dottedPath(callee) ?? [];
  return path.length < 2 ? [undefined, undefined] : [path.slice(0, -1).join("."), path.at(-1)];
}

/**
 * `createHash("sha256").update(head + "." + body).digest()`: whoever makes up the token makes its hash as well. Hashes of two
 * signatures, which make them equally long before they are compared, are none of these.
 */
function isOpenHash(core: Core, written: Node, held: Held): boolean {
  const node = unwrap(written);
  if (node.type === "Identifier") {
    const init = initOf(core.fileOf(node), node);
    return init !== undefined && isOpenHash(core, init, held);
  }
  if (node.type !== "CallExpression") return false;
  const { updates, maker } = chainOf(node);
  return (
    maker !== undefined &&
    !isKeyedHash(core, maker) &&
    updates.length > 0 &&
    updates.every((text) => textParts(text).every((part) => isSignedPart(core, part, held)))
  );
}

/** The call of `createHash` that a chain begins with, and what is hashed. */
function chainOf(call: TSESTree.CallExpression): {
  readonly maker: CallNode | undefined;
  readonly updates: readonly Node[];
} {
  const updates: Node[] = [];
  let node: Node = call;
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (dottedPath(callee)?.at(-1) === "createHash") return { maker: node, updates };
    if (callee.type !== "MemberExpression") break;
    if (memberName(callee) === "update") updates.push(...node.arguments.slice(0, 1));
    node = unwrap(callee.object);
  }
  return { maker: undefined, updates };
}

/** `head` and `body` of `head + "." + body` */
function textParts(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type === "TemplateLiteral") return node.expressions;
  if (node.type === "Literal") return [];
  return node.type === "BinaryExpression" && node.operator === "+"
    ? [node.left, node.right].flatMap(textParts)
    : [node];
}
