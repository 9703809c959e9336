import { payloadClaims } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

/**
 * Keys come from the DID document of the issuer that the token names, whoever that is: what counts is
 * what the program makes of it. A token with `aud` is refused unless an audience is given (8.0.18).
 */
const options = {
  audience: { role: "audience" },
  callbackUrl: { role: "audience" },
  skewTime: { role: "clockTolerance", grammar: "seconds" },
  "policies.now": { role: "clock", grammar: "epoch-seconds" },
  "policies.exp": { role: "ignoreExpiration", offWhen: [false] },
  "policies.nbf": { role: "ignoreNotBefore", offWhen: [false] },
} as const satisfies Record<string, OptionModel>;

export const didJwt: Library = {
  name: "did-jwt",
  current: "9.0.1",
  verified: ["8.0.18"],
  modules: [{ specifier: "did-jwt" }],
  entities: {
    verifyJWT: {
      kind: "verify",
      parameters: { token: "0", options: "1" },
      options,
      failure: "rejects",
      promise: true,
      claimsAt: "payload",
      checks: {
        algorithms: "fixed",
        expiration: "if-present",
        audience: "required",
        issuer: "never",
        none: "never",
        confusion: "never",
      },
    },
    // Gives `{ header, payload, signature, data }`.
    decodeJWT: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
    createJWT: {
      kind: "sign",
      parameters: { payload: "0", options: "1" },
      options: {
        expiresIn: { role: "lifetime", grammar: "seconds" },
        issuer: { role: "issuer" },
        alg: { role: "algorithm" },
      },
      claims: payloadClaims,
      adds: ["issuedAt"],
      grammar: "epoch-seconds",
      promise: true,
      failure: "rejects",
    },
  },
};
