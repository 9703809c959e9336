import { payloadClaims } from "./shared.ts";
import type { Library } from "./types.ts";

/**
 * Deno's module. A `CryptoKey` fixes the algorithm, and only the key `null` accepts `none`. `exp` and
 * `nbf` are looked at where a token has them, `aud` where it is asked for, all before the signature
 * (3.0.2, read). `decode` gives a tuple of header, payload and signature. Early releases took the key
 * as a text and an algorithm as the third argument of `verify`.
 */
export const djwt: Library = {
  name: "djwt",
  current: "3.0.2",
  verified: ["3.0.2"],
  modules: [{ specifier: "djwt" }, { specifier: "@zaubrik/djwt" }],
  entities: {
    create: {
      kind: "sign",
      parameters: { payload: "1", key: "2" },
      arguments: { "0": { role: "header" } },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      promise: true,
      failure: "rejects",
    },
    verify: {
      kind: "verify",
      parameters: { token: "0", key: "1", options: "2" },
      options: {
        audience: { role: "audience", skippedWhen: ["undefined"] },
        expLeeway: { role: "clockTolerance", grammar: "seconds" },
        ignoreExp: { role: "ignoreExpiration" },
        ignoreNbf: { role: "ignoreNotBefore" },
        issuer: { role: "issuer", ignored: { why: "Look at the iss claim after the call." } },
      },
      promise: true,
      failure: "rejects",
      checks: {
        algorithms: "fixed",
        expiration: "if-present",
        audience: "option",
        issuer: "never",
        none: "never",
        confusion: "never",
        emptyKey: "refused",
      },
    },
    decode: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "1",
      headerAt: "0",
      failure: "throws",
    },
  },
};
