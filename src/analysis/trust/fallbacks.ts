import type { Core } from "../core.ts";
import { refuses } from "../answers/function-roles.ts";
import { leaves } from "../answers/results.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { contains, isFunction, isNullish, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";

/**
 * Is a token read only because a verification has given nothing? What is read there is what was just
 * refused: `try { id = verify(token).sub; } catch {} if (!id) id = decode(token).sub;`.
 */
export function isFallback(core: Core, read: Node, verification: Node): boolean {
  const file = core.fileOf(read);
  if (core.fileOf(verification) !== file || givesWhyNot(core, verification)) return false;
  if (isLeftWithResult(core, read, verification)) return true;
  return conditionsAt(read).some(({ test, holds }) => {
    const name = emptyName(test, holds);
    if (name === undefined || saysWhyNot(core, name, test)) return false;
    const variable = file.variableOf(name);
    return (
      variable?.references.some(({ identifier }) => {
        const set = settingOf(identifier);
        return set !== undefined && comesOf(set, verification);
      }) === true
    );
  });
}

/**
 * `if (KEYS) { const found = await check(token); if (found) return found; } return decode(token);`: where the verification
 * has given something, the function is left, so whatever comes behind has none, also where it did not run at all.
 */
function isLeftWithResult(core: Core, read: Node, verification: Node): boolean {
  const declarator = parentOf(wrapped(verification));
  if (declarator?.type !== "VariableDeclarator") return false;
  const block = parentOf(parentOf(declarator) ?? declarator);
  if (block?.type !== "BlockStatement" || contains(block, read)) return false;
  return block.body.some((one) => {
    if (one.type !== "IfStatement" || one.range[1] > read.range[0]) return false;
    const name = emptyName(one.test, false);
    return (
      name?.type === "Identifier" &&
      declarator.id.type === "Identifier" &&
      name.name === declarator.id.name &&
      leaves(core, one.consequent) &&
      !saysWhyNot(core, name, one.test)
    );
  });
}

/** `const problem = await check(token); if (problem) return problem;`, or what is given is thrown: that is why not. */
function saysWhyNot(core: Core, name: Node, test: Node): boolean {
  let at: Node | undefined = test;
  while (at !== undefined && at.type !== "IfStatement" && !at.type.endsWith("Statement"))
    at = parentOf(at);
  const isRefused =
    at?.type === "IfStatement" &&
    unwrap(at.test).type === "Identifier" &&
    refuses(core, at.consequent);
  return isRefused || (name.type === "Identifier" && WHY_NOT.test(name.name));
}

/** Names of an error, and of an answer that ends the request: `const response = await guard(event); if (response) …` */
const WHY_NOT =
  /err|invalid|problem|fail|reason|denied|refus|reject|issue|wrong|message|response|redirect|early|^res$/iu;

/** `try { verify(token); return null; } catch (error) { return error.message; }`: what it gives is why not. */
function givesWhyNot(core: Core, verification: Node): boolean {
  const call =
    verification.type === "CallExpression" ? core.evaluate(verification.callee) : undefined;
  if (call?.type !== "function" || core.fileOf(call.node) !== core.fileOf(verification))
    return false;
  const given = returnArguments(core, call.node).filter((one) => !isNullish(one));
  return given.length > 0 && given.every((one) => isInCatch(one));
}

function isInCatch(node: Node): boolean {
  for (let at = parentOf(node); at !== undefined && !isFunction(at); at = parentOf(at))
    if (at.type === "CatchClause") return true;
  return false;
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
