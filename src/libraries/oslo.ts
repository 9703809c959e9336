import { payloadClaims } from "./shared.ts";
import type { Library } from "./types.ts";

/**
 * `validateJWT` checks the signature and `exp` and `nbf` where a token has them; nothing checks who
 * a token is from or for. Claims are looked at before the signature. A lifetime is a `TimeSpan`; a
 * number throws (1.2.1).
 */
export const oslo: Library = {
  name: "oslo",
  current: "1.2.1",
  verified: ["1.2.1"],
  modules: [{ specifier: "oslo/jwt" }],
  entities: {
    createJWT: {
      kind: "sign",
      parameters: { algorithm: "0", key: "1", payload: "2", options: "3" },
      options: {
        expiresIn: { role: "lifetime" },
        audiences: { role: "audience", listOnly: true },
        audience: { role: "audience", ignored: { meant: "audiences" } },
        issuer: { role: "issuer" },
        subject: { role: "subject" },
        jwtId: { role: "jti" },
        notBefore: { role: "notBefore" },
        includeIssuedTimestamp: { role: "issuedAt" },
        headers: { role: "header" },
      },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      promise: true,
      failure: "rejects",
    },
    validateJWT: {
      kind: "verify",
      parameters: { algorithm: "0", key: "1", token: "2" },
      failure: "rejects",
      promise: true,
      claimsAt: "payload",
      checks: {
        algorithms: "fixed",
        expiration: "if-present",
        audience: "never",
        issuer: "never",
        none: "never",
        confusion: "never",
        emptyKey: "refused",
      },
    },
    parseJWT: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "returns-null",
    },
  },
};
