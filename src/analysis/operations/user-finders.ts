import { enclosingClass, staticKey } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";
import type { Operation } from "./operations.ts";

/** The function that a strategy asks for the user of a verified token: a callback, or `validate`. */
export function userFinder({ callback, node }: Operation): FunctionNode | undefined {
  if (callback !== undefined) return callback.function;
  const owner = node.callee.type === "Super" ? enclosingClass(node) : undefined;
  for (const member of owner?.body.body ?? []) {
    if (member.type !== "MethodDefinition" || member.value.type !== "FunctionExpression") continue;
    if (staticKey(member.key, member.computed) === "validate") return member.value;
  }
  return undefined;
}
