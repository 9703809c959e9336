import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { contains, isNullish, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Is a token read only because a verification has given nothing? What is read there is what was just
 * refused: `try { id = verify(token).sub; } catch {} if (!id) id = decode(token).sub;`.
 */
export function isFallback(core: Core, read: Node, verification: Node): boolean {
  const file = core.fileOf(read);
  if (core.fileOf(verification) !== file) return false;
  return conditionsAt(read).some(({ test, holds }) => {
    const name = emptyName(test, holds);
    const variable = name === undefined ? undefined : file.variableOf(name);
    return (
      variable?.references.some(({ identifier }) => {
        const set = settingOf(identifier);
        return set !== undefined && comesOf(set, verification);
      }) === true
    );
  });
}

/** The variable that was found to hold nothing: `!user`, `user === null`. */
function emptyName(test: Node, holds: boolean): Node | undefined {
  const node = unwrap(test);
  if (node.type === "Identifier") return holds ? undefined : node;
  if (node.type !== "BinaryExpression" || !/^[!=]==?$/u.test(node.operator)) return undefined;
  const name = unwrap(node.left);
  const isEmpty = isNullish(node.right) && holds === node.operator.startsWith("=");
  return isEmpty && name.type === "Identifier" ? name : undefined;
}

/** What a variable is declared with or set to here. */
function settingOf(name: Node): Node | undefined {
  const parent = parentOf(name);
  if (parent?.type === "VariableDeclarator" && parent.id === name) return parent;
  return parent?.type === "AssignmentExpression" && parent.left === name ? parent : undefined;
}

/** Is it set to what the verification gives, or behind it in a `try` that ends when that throws? */
function comesOf(set: Node, verification: Node): boolean {
  if (contains(set, verification)) return true;
  for (let at = parentOf(verification); at !== undefined; at = parentOf(at)) {
    if (at.type === "TryStatement" && contains(at.block, verification))
      return contains(at.block, set) && set.range[0] > verification.range[1];
  }
  return false;
}
