import type { Core } from "../core.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import type { Declarator } from "../files/variables.ts";
import { memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { numberOf } from "./value.ts";

/**
 * Is something looked for on a list that is always empty: `const revoked = []; … revoked.includes(id)`? It is where
 * nothing is done with the list but to look, whatever it is meant to be filled with one day.
 *
 * @returns the answer, which is that it is not there
 */
export function isLookedForInNothing(core: Core, written: Node): boolean {
  const call = unwrap(written);
  const callee = call.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return (
    callee?.type === "MemberExpression" &&
    LOOKS.test(memberName(callee) ?? "") &&
    isAlwaysEmpty(core, callee.object)
  );
}

/** `revoked.includes(id)`, and `revoked.indexOf(id) !== -1`, also by the name of a constant: it is never so. */
export function isNeverFound(core: Core, written: Node): boolean {
  const node = unwrap(written);
  const constant = constantOf(core, node);
  if (constant !== undefined) return isNeverFound(core, constant.init);
  if (node.type === "BinaryExpression") {
    const place = numberOf(core.evaluate(node.right));
    return (
      isLookedForInNothing(core, node.left) &&
      ((place === -1 && /^(?:>|!==?)$/u.test(node.operator)) ||
        (place === 0 && node.operator === ">="))
    );
  }
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  const isPlace = callee?.type === "MemberExpression" && /index/iu.test(memberName(callee) ?? "");
  return !isPlace && isLookedForInNothing(core, node);
}

const LOOKS = /^(?:includes|has|some|find|get|indexOf|findIndex)$/u;

function isAlwaysEmpty(core: Core, list: Node): boolean {
  const node = unwrap(list);
  if (isEmptyList(node)) return true;
  const constant = constantOf(core, node);
  if (constant === undefined || !isEmptyList(unwrap(constant.init))) return false;
  // Whoever imports it may fill it.
  const isHere = constant.parent.parent.type !== "ExportNamedDeclaration";
  return isHere && readsOf(core.fileOf(node), node).every((read) => isLook(read));
}

/** What declares a name that is given one value. */
function constantOf(core: Core, node: Node): Declarator | undefined {
  if (node.type !== "Identifier") return undefined;
  const file = core.fileOf(node);
  const declarator = declaratorOf(file, node);
  const writes = file.variableOf(node)?.references.filter((one) => one.isWrite()) ?? [];
  return declarator?.id.type === "Identifier" && writes.length === 1 ? declarator : undefined;
}

/** `[]`, `new Set()` */
export function isEmptyList(node: Node): boolean {
  return node.type === "ArrayExpression"
    ? node.elements.length === 0
    : node.type === "NewExpression" &&
        node.arguments.length === 0 &&
        node.callee.type === "Identifier" &&
        /^(?:Set|Map)$/u.test(node.callee.name);
}

function isLook(read: Node): boolean {
  const member = parentOf(wrapped(read));
  return member?.type === "MemberExpression" && LOOKS.test(memberName(member) ?? "");
}
