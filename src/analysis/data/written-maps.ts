import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { calleeName, memberName, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";

/** `waiting.set(userId, socket.id)` of a `Map` of the program: something is written down. What is got of one may be a proof. */
export function isWrittenToMap(file: SourceFile, { callee }: CallNode): boolean {
  const method = unwrap(callee);
  if (method.type !== "MemberExpression" || !/^(?:set|add|delete)$/u.test(memberName(method) ?? ""))
    return false;
  const made = initOf(file, unwrap(method.object));
  return made?.type === "NewExpression" && /^(?:Weak)?(?:Map|Set)$/u.test(calleeName(made));
}
