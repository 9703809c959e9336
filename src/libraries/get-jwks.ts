import type { Library } from "./types.ts";

/**
 * Fetches the keys of the issuer that it is given, any at all unless `issuersWhitelist` or
 * `checkIssuer` say which (11.0.3).
 */
export const getJwks: Library = {
  name: "get-jwks",
  current: "11.0.3",
  verified: ["11.0.3"],
  modules: [{ specifier: "get-jwks", default: "default" }],
  entities: {
    default: { kind: "create", returns: "GetJwks#" },
    "GetJwks#.getPublicKey": {
      kind: "key-set",
      parameters: { key: "0.domain" },
      restrictedBy: ["new.0.issuersWhitelist", "new.0.checkIssuer"],
      promise: true,
    },
    "GetJwks#.getJwk": {
      kind: "key-set",
      parameters: { key: "0.domain" },
      restrictedBy: ["new.0.issuersWhitelist", "new.0.checkIssuer"],
      promise: true,
    },
  },
};
