import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { parentOf, staticKey, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { databaseCall } from "./database-calls.ts";

/**
 * Is a JWE no more than the way in which a program encrypts a field of its records? Nobody is given it:
 * `prisma.note.create({ data: { body: await new EncryptJWT({ text }).encrypt(key) } })`.
 */
export function isOnlyStored(core: Core, { entity, node }: Operation): boolean {
  if (entity.encrypts !== true) return false;
  const use = wrapped(node);
  const holder = use.parent;
  if (holder?.type !== "VariableDeclarator") return isInRecord(core, use);
  const reads = readsOf(core.fileOf(holder), holder.id);
  return reads.length > 0 && reads.every((read) => isInRecord(core, read));
}

/** Records of what people sign in with hold tokens that they have been given. */
const OF_TOKENS = /token|session|jwt|jwe|invit|reset|link|api_?key/iu;

function isInRecord(core: Core, token: Node): boolean {
  let from = wrapped(token);
  let at = parentOf(from);
  while (at?.type === "Property" || at?.type === "ObjectExpression") {
    if (at.type === "Property" && OF_TOKENS.test(staticKey(at.key, at.computed) ?? ""))
      return false;
    from = at;
    at = parentOf(at);
  }
  if (from.type !== "ObjectExpression" || at?.type !== "CallExpression") return false;
  const call = databaseCall(core, at);
  return call !== undefined && !OF_TOKENS.test(call.model);
}
