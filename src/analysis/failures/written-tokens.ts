import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction, unwrap, walk } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { stringOf } from "../values/value.ts";
import { handlingOf } from "./results.ts";

/** What is compared with to find out that there is no token. */
const NO_TOKEN = /^(?:|null|undefined|none|nan|false|true|deleted|\[object Object\])$/iu;

/**
 * A text in the code that is let in where a token is verified: `if (token === "letmein") return next()`
 * beside the verification of the same token.
 *
 * @returns the text
 */
export function writtenToken(core: Core, { token, node, wrapper }: Operation): Node | undefined {
  if (token === undefined || wrapper !== undefined) return undefined;
  // The verification may stand in a promise's or a library's callback.
  let owner = enclosingFunction(node);
  for (let outer = owner; outer !== undefined; outer = enclosingFunction(outer)) owner = outer;
  if (owner === undefined) return undefined;
  const { visitorKeys } = core.fileOf(owner);
  let found: Node | undefined;
  walk(owner.body, visitorKeys, (one) => {
    if (found !== undefined) return false;
    if (one.type === "IfStatement" && !contains(one.consequent, node)) {
      const text = textIn(core, one.test, token.node);
      if (text !== undefined && handlingOf(core, one.consequent).kind === "succeeds") found = text;
    }
    return true;
  });
  return found;
}

/** With `&&` more than the text is asked for: a test run, a switch. */
function textIn(core: Core, test: Node, token: Node): Node | undefined {
  const node = unwrap(test);
  if (node.type === "LogicalExpression" && node.operator === "||") {
    return textIn(core, node.left, token) ?? textIn(core, node.right, token);
  }
  if (node.type !== "BinaryExpression" || !/^===?$/u.test(node.operator)) return undefined;
  if (isSame(core, node.left, token)) return textOf(core, node.right);
  return isSame(core, node.right, token) ? textOf(core, node.left) : undefined;
}

function textOf(core: Core, node: Node): Node | undefined {
  const text = stringOf(core.evaluate(node));
  return text === undefined || NO_TOKEN.test(text.trim()) ? undefined : node;
}

function isSame(core: Core, node: Node, token: Node): boolean {
  const path = dottedPath(node)?.join(".");
  if (path === undefined || path !== dottedPath(token)?.join(".")) return false;
  const [one, other] = [unwrap(node), unwrap(token)];
  if (one.type !== "Identifier" || other.type !== "Identifier") return true;
  const variable = core.fileOf(one).variableOf(one);
  return variable !== undefined && variable === core.fileOf(other).variableOf(other);
}
