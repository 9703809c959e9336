import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * One algorithm, never a list: up to 4.11.3 it is HS256 where none is named, from 4.11.4 a call
 * without one fails. `sign` adds neither `iat` nor `exp`, and has no option for a lifetime. `aud` and
 * `iss` count inside `verification` of the middlewares, or of the third argument of `verify`; where
 * they are set, a token has to have them. All of it was run on 3.12.12 to 4.13.19.
 */
const claimOptions = {
  aud: { role: "audience", skippedWhen: ["undefined", "null", "empty"] },
  audience: { role: "audience", ignored: { meant: "aud" } },
  iss: { role: "issuer", skippedWhen: ["undefined", "null", "empty"] },
  issuer: { role: "issuer", ignored: { meant: "iss" } },
  exp: { role: "ignoreExpiration", offWhen: [false] },
  nbf: { role: "ignoreNotBefore", offWhen: [false] },
} as const satisfies Record<string, OptionModel>;

const checks: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "option",
  issuer: "option",
  none: "never",
  confusion: "never",
  emptyKey: "refused",
  missingKey: "refused",
};

/** Names of the claims count in `verification` only. */
const misplaced = (role: OptionModel["role"], meant: string): OptionModel => ({
  role,
  ignored: { meant: `verification.${meant}` },
});

/** A name, or `{ key, secret }` of a signed one (4.11.3, 4.13.19). */
const cookie = { role: "tokenCookie", namedAt: "key" } as const satisfies OptionModel;

const middlewareOptions = {
  "verification.aud": claimOptions.aud,
  "verification.iss": claimOptions.iss,
  "verification.exp": claimOptions.exp,
  "verification.nbf": claimOptions.nbf,
  "verification.audience": misplaced("audience", "aud"),
  "verification.issuer": misplaced("issuer", "iss"),
  aud: misplaced("audience", "aud"),
  audience: misplaced("audience", "aud"),
  iss: misplaced("issuer", "iss"),
  issuer: misplaced("issuer", "iss"),
} as const satisfies Record<string, OptionModel>;

const jwk: Entity = {
  kind: "middleware",
  parameters: { key: ["0.keys", "0.jwks_uri"], options: "0" },
  options: {
    ...middlewareOptions,
    cookie,
    alg: { role: "algorithms" },
    jwks_uri: { role: "jwksUri" },
    // A token that is there is verified all the same.
    allow_anon: { role: "optional", lets: [{ when: true, whom: "missing" }] },
  },
  failure: "responds",
  checks: { ...checks, algorithms: "required" },
  // The key or, without one there, the token's header named the algorithm.
  variants: [{ versions: "<4.11.4", entity: { checks: { ...checks, algorithms: "by-header" } } }],
};

export const hono: Library = {
  name: "hono",
  // On jsr.io.
  compatible: ["@hono/hono"],
  current: "4.13.19",
  verified: ["3.12.12", "4.6.0", "4.10.8", "4.11.3", "4.11.4", "4.11.5", "4.13.19"],
  modules: [
    { specifier: "hono/jwt", default: "" },
    { specifier: "hono/jwk", default: "" },
    // Deno's: `middleware.ts` exports all of `middleware/jwt/index.ts` (deno_dist of 2 and 3).
    { specifier: "hono/middleware", path: "" },
    { specifier: "hono/middleware/jwt", path: "" },
  ],
  entities: {
    jwt: {
      kind: "middleware",
      parameters: { key: "0.secret", options: "0" },
      options: {
        ...middlewareOptions,
        cookie,
        secret: { role: "key" },
        alg: { role: "algorithms" },
      },
      failure: "responds",
      checks,
    },
    jwk,
    verify: {
      kind: "verify",
      // The algorithm, or an object with the algorithm and what is checked.
      parameters: { token: "0", key: "1", algorithm: "2", options: "2" },
      options: { ...claimOptions, alg: { role: "algorithms" } },
      failure: "rejects",
      promise: true,
      checks,
    },
    verifyWithJwks: {
      kind: "verify",
      parameters: { token: "0", key: ["1.keys", "1.jwks_uri"], options: "1" },
      options: {
        ...middlewareOptions,
        allowedAlgorithms: { role: "algorithms" },
        jwks_uri: { role: "jwksUri" },
      },
      failure: "rejects",
      promise: true,
      checks: { ...checks, algorithms: "required" },
    },
    sign: {
      kind: "sign",
      parameters: { payload: "0", key: "1", algorithm: "2" },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "rejects",
      promise: true,
    },
    // Gives `{ header, payload }`.
    decode: { kind: "decode", parameters: { token: "0" }, claimsAt: "payload", failure: "throws" },
  },
};
