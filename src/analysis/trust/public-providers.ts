import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import type { SourceFile } from "../files/source-file.ts";
import { addressText, httpCall, textsOf } from "../network/http.ts";
import type { Operation } from "../operations/operations.ts";
import type { CallNode } from "../syntax.ts";
import { must, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { readsAnywhere } from "./claim-reads.ts";
import { isOwnToken } from "./own-tokens.ts";

/**
 * Identity providers that sign the tokens of everybody's apps with one set of keys and under one name:
 * the audience alone says for which app a token was made.
 */
const ISSUERS =
  /^(?:https:\/\/)?(?:accounts\.google\.com|appleid\.apple\.com|www\.facebook\.com|id\.twitch\.tv\/oauth2|access\.line\.me|www\.linkedin\.com\/oauth|kauth\.kakao\.com)\/?$/u;

const KEY_SETS =
  /^https:\/\/(?:www\.googleapis\.com\/(?:oauth2\/v\d\/certs|(?:service_accounts\/v1\/jwk|robot\/v1\/metadata\/x509)\/securetoken@)|appleid\.apple\.com\/auth\/keys|login\.microsoftonline\.com\/(?:common|organizations|consumers)\/discovery\/|(?:www|limited)\.facebook\.com\/\.well-known\/oauth\/openid\/jwks|id\.twitch\.tv\/oauth2\/keys|api\.line\.me\/oauth2\/v2\.1\/certs|www\.linkedin\.com\/oauth\/openid\/jwks|kauth\.kakao\.com\/\.well-known\/jwks)/u;

/** Where else keys are kept, as far as an address says so. */
const ANY_KEY_SET = /^https?:\/\/.*(?:jwks|certs|\/keys\b|\.well-known|securetoken@)/u;

/**
 * Does one of them sign what this operation verifies?
 *
 * @param isKeyOfOthers the key is looked up where someone else keeps his
 */
export function isOfPublicProvider(
  analysis: Analysis,
  operation: Operation,
  isKeyOfOthers: boolean,
): boolean {
  if (operation.entity.issuedBy !== undefined)
    return operation.entity.issuedBy === "public-provider";
  const issuers = operation
    .settings("issuer")
    .flatMap(({ value }) => possibilities(value))
    .flatMap((value) => (value.type === "array" ? value.elements : [value]))
    .flatMap((value) => textsOf(value));
  if (issuers.length > 0) return issuers.every((issuer) => ISSUERS.test(issuer));
  if (answers(operation.key?.value).some((address) => KEY_SETS.test(address))) return true;
  if (!isKeyOfOthers) return false;
  const addresses = analysis.file.index.literals
    .flatMap((literal) => textsOf(analysis.evaluate(literal)))
    .filter((text) => ANY_KEY_SET.test(text));
  return addresses.length > 0 && addresses.every((address) => KEY_SETS.test(address));
}

/**
 * Is no more than the signature looked at of a token that one of them has made: `JWS.verify(idToken, await
 * appleKey(kid))`, where the only key set that the file names is such a provider's?
 */
export function isSignedByProvider(analysis: Analysis, operation: Operation): boolean {
  const { entity, key } = operation;
  if (entity.checks?.audience !== "never" || key === undefined) return false;
  // Neither written in the code nor a setting of the program
  const isUnseen = must(key.value, ({ type }) => type === "unknown");
  return isOfPublicProvider(analysis, operation, isUnseen) && !isOwnToken(analysis.core, operation);
}

/** Does a file compare for which app a token was made? */
export function looksAtAudience(file: SourceFile): boolean {
  return ["aud", "azp", "audience", "issued_to"].some((claim) => readsAnywhere(file, claim));
}

/** The addresses that a key was asked for at, in a request of the program's own. */
function answers(key: Value | undefined): string[] {
  const found = key === undefined ? [] : possibilities(key);
  return found.flatMap((value) =>
    value.type === "derived" && value.how === "response"
      ? value.from.slice(0, 1).flatMap((address) => textsOf(address))
      : value.type === "key"
        ? answers(value.of)
        : [],
  );
}

const TOKEN_INFO = /\bgoogleapis\.com\/(?:oauth2\/v\d\/)?tokeninfo\b/u;

/**
 * Requests that have Google check an ID token, on a server that compares its audience nowhere: Google
 * answers for the tokens of every app (https://developers.google.com/identity/gsi/web/guides/verify-google-id-token).
 */
export function uncomparedTokenInfo({ core, file }: Analysis): CallNode[] {
  if (!file.text.includes("tokeninfo") || isClientFile(file)) return [];
  if (looksAtAudience(file)) return [];
  return file.index.calls.filter((call) => {
    const address = httpCall(file, call)?.address;
    if (address === undefined) return false;
    const text = addressText(core, address);
    // An access token of the program's own is looked up there as well.
    return TOKEN_INFO.test(text) && (text + file.text.slice(...call.range)).includes("id_token");
  });
}
