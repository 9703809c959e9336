import { READERS } from "../client.ts";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import type { FunctionNode } from "../syntax.ts";
import { readsNextRequest } from "./identity-targets.ts";

/** What does a function that gives claims say by its name: who somebody is, or that a token is good? */

/** Names under which a function is asked who somebody is. */
export const IDENTIFIES =
  /^(?:get|fetch|resolve|load|find|extract|require|ensure)?(?:the)?(?:current|logged_?in|authenticated|request|session)?_?(?:user|account|identity|principal|viewer|auth|session)(?:id|info|data|context)?(?:(?:from|by|of)_?(?:(?:access|auth|jwt|refresh|bearer|reset|recovery|confirm\w*|verif\w*|invit\w*|activation)_?)?(?:token|request|req|jwt|headers?|cookies?|context|session|code|link))?$/iu;

const VERIFIES =
  /^(?:jwt|token|auth|session|user)_?(?:verif\w*|validat\w*|check\w*|authenticat\w*)$|^(?:verify|validate|authenticate|authorize|check|is|has|can|assert|ensure|require)(?!.*(?:format|expir|structure|shape|refresh))\w*(?:token|jwt|user|auth|admin|session|role|permission|logged_?in|access|activate|authenticated|authorized)?\w*$/iu;

/** … and those that say it to whoever is given the whole request, whatever the verb. */
export const READS_USER =
  /^(?:decode|parse|read|extract)\w*(?:user|identity)(?:_?(?:data|info))?(?:_?from\w*)?$/iu;

/** `decodeUser(req)` */
export function isGivenRequest({ params: [first] }: FunctionNode): boolean {
  return first?.type === "Identifier" && /^_?(?:req|request)$/u.test(first.name);
}

export function looksLikeVerifier(name: string): boolean {
  return (
    VERIFIES.test(name) &&
    /token|jwt|jwks|auth|user|session|admin|role|validate$|verify$|activate/iu.test(name)
  );
}

/** Read with what programs use where tokens cannot be verified, or by hand. */
export function isOnlyRead({ library: { name } }: Operation): boolean {
  return READERS.test(name) || name === "hand-made code";
}

/**
 * Is a server asked who somebody is? A client's code asks its own token; it reads it with a package
 * that can do nothing else, and no request is near. Next.js hands none in: `(await cookies()).get("session")`.
 */
export function isAskedOnServer(core: Core, operation: Operation, owner: FunctionNode): boolean {
  if (!isOnlyRead(operation) || readsNextRequest(core, owner)) return true;
  return owner.params.some((parameter) =>
    /^\W*(?:req|request|ctx|context|event|headers?|socket)\b/iu.test(
      core.fileOf(owner).text.slice(...parameter.range),
    ),
  );
}
