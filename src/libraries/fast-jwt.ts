import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * Functions are made once and called for each token: `createVerifier(options)(token)`. A function as
 * the key makes them give promises.
 *
 * Every number is in milliseconds: `expiresIn: 3600` is 3.6 seconds. `allowedAud` and its kin are
 * compared only where a token has the claim, so `requiredClaims` has to name it. `algorithms` as a
 * text and `maxAge` as a text are not read. Names of jsonwebtoken (`audience`, `issuer`) are ignored
 * (2.0.0 to 6.3.6). From 6.3.0 a list of HMAC algorithms alone takes a public key for a secret; a
 * mixed list does not.
 */
const whereClaim = (role: OptionModel["role"], missingClaimPasses: string): OptionModel => ({
  role,
  missingClaimPasses,
  skippedWhen: ["undefined", "null", "empty"],
});

const ignored = (role: OptionModel["role"], meant: string): OptionModel => ({
  role,
  ignored: { meant },
});

/** What fast-jwt itself reads; @fastify/jwt hands its own on, with other units. */
export const fastVerifyOptions = {
  algorithms: {
    role: "algorithms",
    listOnly: true,
    skippedWhen: ["undefined", "null", "text", "empty-list"],
  },
  algorithm: ignored("algorithms", "algorithms"),
  alg: ignored("algorithms", "algorithms"),
  allowedAud: whereClaim("audience", "aud"),
  audience: ignored("audience", "allowedAud"),
  aud: ignored("audience", "allowedAud"),
  allowedIss: whereClaim("issuer", "iss"),
  issuer: ignored("issuer", "allowedIss"),
  iss: ignored("issuer", "allowedIss"),
  allowedSub: whereClaim("subject", "sub"),
  subject: ignored("subject", "allowedSub"),
  sub: ignored("subject", "allowedSub"),
  allowedJti: whereClaim("jti", "jti"),
  jwtid: ignored("jti", "allowedJti"),
  allowedNonce: whereClaim("nonce", "nonce"),
  requiredClaims: { role: "requiredClaims" },
  ignoreExpiration: { role: "ignoreExpiration", anyTruthy: true },
  ignoreNotBefore: { role: "ignoreNotBefore", anyTruthy: true },
  clockTolerance: { role: "clockTolerance", grammar: "milliseconds", stringBreaks: "throws" },
  clockTimestamp: { role: "clock", grammar: "epoch-milliseconds" },
  maxAge: { role: "maxAge", grammar: "milliseconds", skippedWhen: ["undefined", "zero", "text"] },
  checkTyp: { role: "type" },
  complete: { role: "complete" },
} as const satisfies Record<string, OptionModel>;

export const fastSignOptions = {
  algorithm: { role: "algorithm" },
  expiresIn: { role: "lifetime", grammar: "milliseconds-or-ms-string" },
  notBefore: { role: "notBefore", grammar: "milliseconds-or-ms-string" },
  aud: { role: "audience" },
  audience: ignored("audience", "aud"),
  iss: { role: "issuer" },
  issuer: ignored("issuer", "iss"),
  sub: { role: "subject" },
  subject: ignored("subject", "sub"),
  jti: { role: "jti" },
  jwtid: ignored("jti", "jti"),
  kid: { role: "keyId" },
  keyid: ignored("keyId", "kid"),
  header: { role: "header" },
  noTimestamp: { role: "noTimestamp" },
} as const satisfies Record<string, OptionModel>;

export const fastChecks: Checks = {
  algorithms: "by-key",
  expiration: "if-present",
  audience: "option",
  issuer: "option",
  none: "when-listed-and-no-key",
  confusion: "hmac-list",
  emptyKey: "refused",
  missingKey: "refused",
};

const createSigner: Entity = {
  kind: "sign",
  parameters: { options: "0", key: "0.key", payload: "calls.0" },
  options: { key: { role: "key" }, ...fastSignOptions },
  claims: payloadClaims,
  adds: ["issuedAt"],
  grammar: "epoch-seconds",
  returns: "signer#",
};

const createVerifier: Entity = {
  kind: "middleware",
  parameters: { options: "0", key: "0.key" },
  options: { key: { role: "key" }, ...fastVerifyOptions },
  checks: fastChecks,
  resolver: ["whole"],
  failure: "throws",
  signatureFirst: true,
  returns: "verifier#",
  variants: [{ versions: "<6.3.0", entity: { checks: { ...fastChecks, confusion: "never" } } }],
};

export const fastJwt: Library = {
  name: "fast-jwt",
  current: "6.3.6",
  verified: ["2.0.0", "3.3.3", "4.0.6", "5.0.6", "6.2.4", "6.3.0", "6.3.6"],
  modules: [{ specifier: "fast-jwt", default: "" }],
  entities: {
    createSigner,
    // The options are the signer's; the call brings the payload.
    "signer#": {
      kind: "sign",
      parameters: { payload: "0", callback: "1" },
      failure: "throws",
      promise: { whenFunction: "new.0.key" },
    },
    createVerifier,
    "verifier#": {
      kind: "verify",
      parameters: { token: "0", callback: "1" },
      failure: "throws",
      signatureFirst: true,
      promise: { whenFunction: "new.0.key" },
    },
    createDecoder: { kind: "create", returns: "decoder#" },
    // With `complete` it gives `{ header, payload, signature, input }` (5.0.6, 6.3.6).
    "decoder#": {
      kind: "decode",
      parameters: { token: "0", options: "new.0" },
      options: { complete: { role: "complete" } },
      completeOption: "complete",
      failure: "throws",
    },
  },
};
