import type { Core } from "../core.ts";
import type { Instructions } from "../operations/declared.ts";
import type { Operation } from "../operations/operations.ts";
import { table } from "../table.ts";
import { possibilities, stringOf } from "../values/value.ts";

/**
 * Tokens for services of others, whose rules say how long they may live.
 */

/** Seconds by audience: Apple takes a client secret of up to six months ("Creating a client secret"). */
const MAXIMA: Readonly<Record<string, number>> = table({
  "https://appleid.apple.com": 15_777_000,
});

/** How many seconds the service that a token is for accepts, where its rules are known. */
export function maximumOfService(told: Instructions): number | undefined {
  const audiences = told
    .settings("audience")
    .flatMap(({ value }) => possibilities(value).flatMap((one) => stringOf(one) ?? []));
  const [audience] = audiences;
  return audience === undefined ? undefined : MAXIMA[audience];
}

/**
 * The token of a provider of push messages: an issuer and the time, signed with ES256 under the number
 * of a key. Apple's service does not read `exp` and refuses what is older than an hour ("Establishing a
 * token-based connection to APNs").
 */
export function isProviderToken(core: Core, operation: Operation): boolean {
  const { payload } = operation;
  const claims = payload === undefined ? [] : possibilities(payload.value);
  const isBare =
    claims.length > 0 &&
    claims.every(
      (value) =>
        value.type === "object" &&
        !value.open &&
        value.properties.has("iss") &&
        [...value.properties.keys()].every((name) => name === "iss" || name === "iat"),
    );
  if (!isBare || !/apns|push\.apple|\/3\/device/iu.test(core.file.text)) return false;
  return operation
    .settings("algorithm")
    .some(({ value }) => possibilities(value).some((one) => stringOf(one) === "ES256"));
}
