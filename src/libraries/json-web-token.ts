import { payloadClaims } from "./shared.ts";
import type { Library } from "./types.ts";

/**
 * The key stands first. `decode` gives `{ error, value }`, and the claims stand under `value` even
 * where the signature is wrong. `exp` is never looked at (4.0.1).
 */
export const jsonWebToken: Library = {
  name: "json-web-token",
  current: "4.0.1",
  verified: ["4.0.1"],
  modules: [{ specifier: "json-web-token", default: "" }],
  entities: {
    encode: {
      kind: "sign",
      parameters: { key: "0", payload: "1", algorithm: "2", callback: ["2", "3"] },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "returns-result",
    },
    decode: {
      kind: "verify",
      parameters: { key: "0", token: "1", options: "2", callback: ["2", "3"] },
      options: { algorithms: { role: "algorithms" } },
      failure: "returns-result",
      verdict: { members: ["error"], claimsAnyway: ["value"] },
      claimsAt: "value",
      headerAt: "header",
      checks: {
        algorithms: "by-header",
        expiration: "never",
        audience: "never",
        issuer: "never",
        none: "never",
        confusion: "never",
      },
    },
  },
};
