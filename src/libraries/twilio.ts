import type { Library } from "./types.ts";

/**
 * Tokens for Twilio's own services, signed with jsonwebtoken: the key's number is the issuer, the
 * account's the subject. They live an hour unless told otherwise, in seconds; HS256 unless `toJwt` is
 * given another HMAC (6.2.0).
 */
export const twilio: Library = {
  name: "twilio",
  current: "6.2.0",
  verified: ["6.2.0"],
  modules: [
    { specifier: "twilio", default: "" },
    {
      specifier: "twilio/lib/jwt/AccessToken",
      path: "jwt.AccessToken",
      default: "jwt.AccessToken",
    },
  ],
  entities: {
    "jwt.AccessToken": { kind: "create", returns: "AccessToken#" },
    "AccessToken#.toJwt": {
      kind: "sign",
      parameters: { key: "new.2", options: "new.3", algorithm: "0" },
      options: {
        ttl: {
          role: "lifetime",
          grammar: "seconds-or-ms-string",
          skippedWhen: ["undefined", "null", "zero", "empty"],
        },
        nbf: { role: "notBefore", grammar: "epoch-seconds" },
      },
      adds: ["issuer", "subject", "issuedAt", "jti"],
      defaultAlgorithm: "HS256",
      defaultLifetime: 3600,
      failure: "throws",
    },
  },
};
