import { parentOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Is something new put there: `user.key = …`, `({ key: user.key } = answer)`, `[user.key] = keys`, `user.count++`,
 * `delete user.key`?
 */
export function isChanged(member: Node): boolean {
  const outer = wrapped(member);
  const by = parentOf(outer);
  switch (by?.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return by.left === outer;
    case "Property":
      return by.value === outer && parentOf(by)?.type === "ObjectPattern";
    case "UnaryExpression":
      return by.operator === "delete";
    default:
      return by !== undefined && /^(?:UpdateExpression|ArrayPattern|RestElement)$/u.test(by.type);
  }
}
