import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, parentOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** Names of functions and classes that make something unreadable. */
const ENCRYPTS = /encrypt|cipher|seal(?:ed|data)?$/iu;

/**
 * Is the token encrypted before it leaves (RFC 7519 section 11.2: signed, then encrypted)? The token
 * stands in a call that encrypts, or in a variable that does.
 */
function isEncrypted(core: Core, token: Node): boolean {
  const use = wrapped(token);
  if (isInEncryption(use)) return true;
  const holder = use.parent;
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier") return false;
  return readsOf(core.fileOf(holder), holder.id).some((read) => isInEncryption(read));
}

/** Does an operation make a token that everybody who holds it can read? */
export function isReadable(core: Core, { kind, entity, node }: Operation): boolean {
  const isSigned = kind === "sign" || kind === "unsecured-sign";
  return isSigned && entity.encrypts !== true && !isEncrypted(core, node);
}

/** How far from the token the call that encrypts may stand: `encrypt(encode(token))`. */
const MAX_CALLS = 3;

function isInEncryption(token: Node): boolean {
  let current = wrapped(token);
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    const call = parentOf(current);
    if (call?.type !== "CallExpression" && call?.type !== "NewExpression") return false;
    if (call.callee === current) return false;
    if (ENCRYPTS.test(dottedPath(call.callee)?.at(-1) ?? "")) return true;
    current = wrapped(call);
  }
  return false;
}
