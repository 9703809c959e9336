import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import {
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isRecordSecret } from "./sensitive-names.ts";

export function rootOf(written: Node): TSESTree.Identifier | TSESTree.ThisExpression | undefined {
  let node = unwrap(written);
  while (node.type === "MemberExpression") node = unwrap(node.object);
  return node.type === "Identifier" || node.type === "ThisExpression" ? node : undefined;
}

/** Functions that take out of an object what others must not see. */
const CLEANS =
  /saniti[sz]e|strip|remove|exclude|omit|clean|redact|hide|mask|scrub|safe|public|serializ/iu;

/**
 * Is a secret taken out of the thing, or out of something in it, anywhere in the file?
 *
 * @param until what is done with it: in the same function nothing behind that counts
 */
export function isTakenOut(core: Core, written: Node, until?: Node): boolean {
  const root = rootOf(written);
  if (root?.type !== "Identifier") return false;
  const references = core.fileOf(root).variableOf(root)?.references ?? [];
  return references.some((reference) => {
    if (until !== undefined && isBehind(reference.identifier, until)) return false;
    let node = wrapped(reference.identifier);
    let isDeep = false;
    while (node.parent?.type === "MemberExpression" && node.parent.object === node) {
      const member = node.parent;
      const name = memberName(member);
      const isHidden = name === undefined || isRecordSecret(name);
      if (isHidden && isEmptied(core, member)) return true;
      node = wrapped(member);
      isDeep = true;
    }
    const { parent } = node;
    if (parent?.type !== "CallExpression") return false;
    const name = dottedPath(parent.callee)?.at(-1) ?? "";
    if (isDeep && parent.callee === node)
      return /^(?:set|unset)$/u.test(name) && clearsSecret(parent);
    return parent.parent.type === "ExpressionStatement" && CLEANS.test(name);
  });
}

/** Does the program come to the one after the other, and never again to the other? */
function isBehind(one: Node, other: Node): boolean {
  if (one.range[0] < other.range[1] || enclosingFunction(one) !== enclosingFunction(other))
    return false;
  for (let node = parentOf(other); node !== undefined; node = parentOf(node)) {
    if (isFunction(node)) break;
    if (/^(?:For|While|DoWhile)/u.test(node.type)) return false;
  }
  return true;
}

/** `user.set("password", undefined)` */
function clearsSecret({ arguments: given }: TSESTree.CallExpression): boolean {
  const [field] = given;
  return isRecordSecret(textOf(field) ?? "");
}

/** `delete user.password`, `user.password = undefined`, `user.password = "***"`. */
export function isEmptied(core: Core, member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  if (parent?.type === "UnaryExpression") return parent.operator === "delete";
  if (parent?.type !== "AssignmentExpression" || parent.left !== outer) return false;
  return isKnown(core.evaluate(parent.right));
}

function isKnown(value: Value): boolean {
  return possibilities(value).every((one) => one.type === "literal");
}
