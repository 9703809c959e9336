import { refuses } from "../answers/function-roles.ts";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, parentOf, wrapped } from "../syntax.ts";
import { isByName } from "../values/named-decoders.ts";

/**
 * `const claims = decodeJWT(token); if (!claims) return res.status(401).json({ error: "Invalid token" });`: of a function out
 * of sight the name alone says that it only decodes, and whoever calls it takes its answer for that of a verification.
 */
export function isSaidInvalid(core: Core, operation: Operation): boolean {
  if (!isByName(operation)) return false;
  const declarator = parentOf(wrapped(operation.node));
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier")
    return false;
  const file = core.fileOf(declarator);
  return readsOf(file, declarator.id).some((read) => {
    let at = parentOf(read);
    while (at?.type.endsWith("Expression") === true) at = parentOf(at);
    return (
      at?.type === "IfStatement" &&
      contains(at.test, read) &&
      refuses(core, at.consequent) &&
      /invalid|expired/iu.test(file.text.slice(...at.consequent.range))
    );
  });
}
