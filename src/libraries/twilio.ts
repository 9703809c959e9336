import type { Entity, Library } from "./types.ts";

/** What a token is good for. */
const grants = (...services: readonly string[]): Record<string, Entity> =>
  Object.fromEntries(
    services.map((service) => [`jwt.AccessToken.${service}Grant`, { kind: "create" }]),
  );

/**
 * Tokens for Twilio's own services, signed with jsonwebtoken: the key's number is the issuer, the
 * account's the subject. They live an hour unless told otherwise, in seconds; HS256 unless `toJwt` is
 * given another HMAC (6.2.0). Twilio Functions have the package as a global (@twilio/runtime-handler 2.1.0). Whom it is for is told as `identity`, an option that releases before 4 do not ask
 * for, and a property that may be written (3.84.1, 4.23.0, 6.2.0): it stands in `grants.identity`.
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
  globals: { Twilio: "" },
  entities: {
    "jwt.AccessToken": { kind: "create", returns: "AccessToken#" },
    "AccessToken#.identity": { kind: "setter", sets: "subject" },
    "AccessToken#.addGrant": { kind: "setter", returns: "AccessToken#" },
    ...grants("Chat", "Playback", "Sync", "TaskRouter", "Video", "Voice"),
    "AccessToken#.toJwt": {
      kind: "sign",
      parameters: { key: "new.2", options: "new.3", algorithm: "0" },
      options: {
        ttl: {
          role: "lifetime",
          grammar: "seconds-or-ms-string",
          skippedWhen: ["undefined", "null", "zero", "empty"],
        },
        identity: { role: "subject" },
        nbf: { role: "notBefore", grammar: "epoch-seconds" },
      },
      adds: ["issuer", "subject", "issuedAt", "jti"],
      defaultAlgorithm: "HS256",
      defaultLifetime: 3600,
      failure: "throws",
    },
  },
};
