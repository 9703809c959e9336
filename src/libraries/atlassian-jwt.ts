import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library } from "./types.ts";

/**
 * `decode…` verifies the signature, unless its fourth argument is truthy. No release looks at `exp`,
 * `aud` or `iss` (2.0.3).
 */
const checks: Checks = {
  algorithms: "fixed",
  expiration: "never",
  audience: "never",
  issuer: "never",
  none: "never",
  confusion: "never",
};

const decode: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", algorithm: "2" },
  arguments: { "3": { role: "verification", anyTruthy: true } },
  failure: "throws",
  checks,
};

const encode: Entity = {
  kind: "sign",
  parameters: { payload: "0", key: "1", algorithm: "2" },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  defaultAlgorithm: "HS256",
  failure: "throws",
};

export const atlassianJwt: Library = {
  name: "atlassian-jwt",
  current: "2.0.3",
  verified: ["2.0.3"],
  modules: [{ specifier: "atlassian-jwt", default: "" }],
  entities: {
    decodeSymmetric: decode,
    decodeAsymmetric: decode,
    encodeSymmetric: encode,
    encodeAsymmetric: { ...encode, defaultAlgorithm: "RS256" },
    getAlgorithm: { kind: "header", parameters: { token: "0" }, failure: "throws" },
    getKeyId: { kind: "header", parameters: { token: "0" }, failure: "throws" },
  },
};
