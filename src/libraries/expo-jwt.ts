import { payloadClaims } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

/** `decode` verifies an HMAC, but takes a token that says `alg: none`, whatever the key (1.8.2). */
const decode: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2" },
  options: {
    aud: { role: "audience", skippedWhen: ["undefined", "null", "empty"] },
    audience: { role: "audience", ignored: { meant: "aud" } },
    iss: { role: "issuer", skippedWhen: ["undefined", "null", "empty"] },
    issuer: { role: "issuer", ignored: { meant: "iss" } },
    sub: { role: "subject", skippedWhen: ["undefined", "null", "empty"] },
    timeSkew: { role: "clockTolerance", grammar: "seconds" },
  },
  failure: "throws",
  checks: {
    algorithms: "by-header",
    expiration: "if-present",
    audience: "option",
    issuer: "option",
    none: "always",
    confusion: "never",
    missingKey: "accepted",
  },
};

const encode: Entity = {
  kind: "sign",
  parameters: { payload: "0", key: "1", options: "2" },
  options: { algorithm: { role: "algorithm" } },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  defaultAlgorithm: "HS256",
  failure: "throws",
};

export const expoJwt: Library = {
  name: "expo-jwt",
  current: "1.8.2",
  verified: ["1.8.2"],
  modules: [{ specifier: "expo-jwt", default: "" }],
  entities: { decode, encode },
};
