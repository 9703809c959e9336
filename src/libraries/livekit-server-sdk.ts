import type { Library } from "./types.ts";

/**
 * Tokens for rooms, signed with HS256: the number of the key is the issuer. They live six hours
 * unless told otherwise; a number counts seconds, a text is jose's. A key that is missing is taken
 * from the environment (2.19.2). A builder: `identity`, which is the subject and may be set later as well,
 * `metadata` and grants are no claims of its caller's own.
 */
export const livekitServerSdk: Library = {
  name: "livekit-server-sdk",
  current: "2.19.2",
  verified: ["2.19.2"],
  modules: [{ specifier: "livekit-server-sdk", default: "" }],
  entities: {
    AccessToken: { kind: "create", returns: "AccessToken#" },
    "AccessToken#.identity": { kind: "setter", sets: "subject" },
    "AccessToken#.addGrant": { kind: "setter", returns: "AccessToken#" },
    "AccessToken#.toJwt": {
      kind: "sign",
      parameters: { key: "new.1", options: "new.2" },
      options: {
        ttl: {
          role: "lifetime",
          grammar: "jose-duration",
          skippedWhen: ["undefined", "null", "zero", "empty"],
        },
        identity: { role: "subject" },
      },
      adds: ["issuer", "notBefore"],
      defaultAlgorithm: "HS256",
      defaultLifetime: 6 * 60 * 60,
      promise: true,
      failure: "rejects",
    },
    TokenVerifier: { kind: "create", returns: "TokenVerifier#" },
    "TokenVerifier#.verify": {
      kind: "verify",
      parameters: { token: "0", key: "new.1" },
      arguments: { "1": { role: "clockTolerance", grammar: "jose-duration" } },
      promise: true,
      failure: "rejects",
      signatureFirst: true,
      checks: {
        algorithms: "fixed",
        expiration: "required",
        audience: "never",
        issuer: "required",
        none: "never",
        confusion: "never",
        emptyKey: "refused",
      },
    },
  },
};
