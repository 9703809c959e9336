import type { OptionModel } from "./types.ts";

/**
 * Options of jsonwebtoken's `verify` as 7.4.3, 8.5.1, 9.0.0 and 9.0.3 read them. Other libraries
 * hand their options to it unchanged, so they share this table.
 *
 * Names that `verify` does not know are ignored without a word, and so are falsy values of most
 * that it knows.
 */
export const verifyOptions = {
  algorithms: { role: "algorithms", skippedWhen: ["undefined", "null"] },
  algorithm: { role: "algorithms", ignored: { meant: "algorithms" } },
  alg: { role: "algorithms", ignored: { meant: "algorithms" } },
  audience: { role: "audience", skippedWhen: ["undefined", "null", "empty"] },
  aud: { role: "audience", ignored: { meant: "audience" } },
  audiences: { role: "audience", ignored: { meant: "audience" } },
  expectedAudience: { role: "audience", ignored: { meant: "audience" } },
  allowedAud: { role: "audience", ignored: { meant: "audience" } },
  issuer: {
    role: "issuer",
    skippedWhen: ["undefined", "null", "empty", "regexp", "not-string-or-array"],
  },
  iss: { role: "issuer", ignored: { meant: "issuer" } },
  issuers: { role: "issuer", ignored: { meant: "issuer" } },
  expectedIssuer: { role: "issuer", ignored: { meant: "issuer" } },
  allowedIss: { role: "issuer", ignored: { meant: "issuer" } },
  subject: { role: "subject", skippedWhen: ["undefined", "null", "empty"] },
  sub: { role: "subject", ignored: { meant: "subject" } },
  jwtid: { role: "jti", skippedWhen: ["undefined", "null", "empty"] },
  jti: { role: "jti", ignored: { meant: "jwtid" } },
  nonce: { role: "nonce" },
  ignoreExpiration: { role: "ignoreExpiration", anyTruthy: true },
  ignoreExp: { role: "ignoreExpiration", ignored: { meant: "ignoreExpiration" } },
  ignoreNotBefore: { role: "ignoreNotBefore", anyTruthy: true },
  clockTolerance: { role: "clockTolerance", grammar: "seconds", stringBreaks: "never-expires" },
  clockTimestamp: { role: "clock", grammar: "epoch-seconds" },
  maxAge: {
    role: "maxAge",
    grammar: "seconds-or-ms-string",
    skippedWhen: ["undefined", "zero", "empty"],
  },
  maxTokenAge: { role: "maxAge", ignored: { meant: "maxAge" } },
  expiresIn: { role: "lifetime", ignored: { why: "A lifetime is set when a token is signed." } },
  complete: { role: "complete" },
  allowInvalidAsymmetricKeyTypes: { role: "allowWeakKeys", versions: ">=9" },
} as const satisfies Record<string, OptionModel>;

/** Options of jsonwebtoken's `sign`; a name that is not here throws from 8 on. */
export const signOptions = {
  algorithm: { role: "algorithm" },
  "header.alg": { role: "algorithm" },
  expiresIn: { role: "lifetime", grammar: "seconds-or-ms-string" },
  notBefore: { role: "notBefore", grammar: "seconds-or-ms-string" },
  audience: { role: "audience" },
  issuer: { role: "issuer" },
  subject: { role: "subject" },
  jwtid: { role: "jti" },
  keyid: { role: "keyId" },
  header: { role: "header" },
  noTimestamp: { role: "noTimestamp" },
  allowInsecureKeySizes: { role: "allowWeakKeys", versions: ">=9" },
  allowInvalidAsymmetricKeyTypes: { role: "allowWeakKeys", versions: ">=9" },
} as const satisfies Record<string, OptionModel>;

/** Registered claims (RFC 7519 section 4.1) that a payload object may carry itself. */
export const payloadClaims = {
  exp: "expiresAt",
  aud: "audience",
  iss: "issuer",
  jti: "jti",
  sub: "subject",
  iat: "issuedAt",
  nbf: "notBefore",
} as const;

/** What every engine built on jsonwebtoken checks by itself, with the differences by release. */
export const checks = {
  algorithms: "by-key",
  expiration: "if-present",
  audience: "option",
  issuer: "option",
  none: "when-listed-and-no-key",
  confusion: "never",
  emptyKey: "empty-bytes-accepted",
  missingKey: "refused",
} as const;

export const checksBefore9 = {
  ...checks,
  none: "when-no-key",
  confusion: "always",
  missingKey: "accepted",
} as const;

/** Middleware that starts with no key at all refuses an empty text as well; one from a resolver is the engine's. */
export const checksBefore9WithKey = { ...checksBefore9, missingKey: "refused" } as const;
