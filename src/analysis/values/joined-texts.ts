import { textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * A text that is put together, part by part: `["http://", host, "/reset/", token]` of `"http://" + host + "/reset/" + token`
 * and of `` `http://${host}/reset/${token}` ``. What is no text stands as its node.
 */
export function joinedParts(written: Node): readonly (string | Node)[] {
  const node = unwrap(written);
  const text = textOf(node);
  if (text !== undefined) return [text];
  if (node.type === "TemplateLiteral")
    return node.quasis.flatMap(({ value }, at) => {
      const hole = node.expressions[at];
      return [value.cooked ?? value.raw, ...(hole === undefined ? [] : joinedParts(hole))];
    });
  if (node.type === "BinaryExpression" && node.operator === "+")
    return [...joinedParts(node.left), ...joinedParts(node.right)];
  return [node];
}
