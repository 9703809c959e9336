import { payloadClaims } from "./shared.ts";
import type { Checks, Library } from "./types.ts";

/**
 * `decode` verifies, unless its third argument is truthy: then nothing is checked, and
 * `decode(token, key, "HS256")` is such a call. The algorithm, the fourth argument, comes from the
 * token's header where it is not given and the key is no public key in PEM. `exp` is looked at where
 * it is a number other than 0; nothing else is, and there is no option for a lifetime (0.5.3, 0.5.6).
 */
const checks: Checks = {
  algorithms: "by-header",
  expiration: "if-present",
  audience: "never",
  issuer: "never",
  none: "never",
  confusion: "hmac-list",
  emptyKey: "accepted",
  missingKey: "refused",
};

export const jwtSimple: Library = {
  name: "jwt-simple",
  current: "0.5.6",
  verified: ["0.2.0", "0.5.3", "0.5.6"],
  modules: [{ specifier: "jwt-simple", default: "" }],
  entities: {
    decode: {
      kind: "verify",
      parameters: { token: "0", key: "1", algorithm: "3" },
      arguments: { "2": { role: "verification", anyTruthy: true } },
      failure: "throws",
      signatureFirst: true,
      sharesKeys: true,
      checks,
      variants: [{ versions: "<0.3", entity: { checks: { ...checks, expiration: "never" } } }],
    },
    encode: {
      kind: "sign",
      parameters: { payload: "0", key: "1", algorithm: "2", options: "3" },
      options: {
        header: { role: "header" },
        expiresIn: {
          role: "lifetime",
          ignored: { why: "A lifetime is the exp claim of the payload." },
        },
      },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "throws",
    },
  },
};
