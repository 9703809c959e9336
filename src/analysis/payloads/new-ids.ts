import type { Core } from "../core.ts";
import { parentOf, staticKey, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { Origin } from "./origins.ts";

/** `id`, `insertId`, `new_user_id`, `uid`, and the claim that says whom a token is about. */
const IDENTIFIES = /(?:^|_)id$|[a-z\d]I[dD]$|^(?:userid|uid|uuid|guid|sub|subject)$/u;

/**
 * Does the program take what it was given for an identifier: by a name, or where it uses it?
 *
 * @param steps how it comes to where it is asked about
 */
export function isTakenForId(core: Core, steps: readonly Origin[]): boolean {
  return steps.some(({ node }) => {
    if (node.type !== "Identifier") return standsForId(node);
    if (IDENTIFIES.test(node.name)) return true;
    const references = core.fileOf(node).variableOf(node)?.references ?? [];
    return references.some(({ identifier }) => standsForId(identifier));
  });
}

/** `{ id: created }` */
function standsForId(node: Node): boolean {
  const expression = wrapped(node);
  const property = parentOf(expression);
  return (
    property?.type === "Property" &&
    property.value === expression &&
    property.parent.type === "ObjectExpression" &&
    IDENTIFIES.test(staticKey(property.key, property.computed) ?? "")
  );
}
