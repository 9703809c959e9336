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

/**
 * Before 2.0 the functions were `encode` and `decode`, with HMAC alone: which one the header says, and without any check
 * where the third argument is truthy, as in `decode(token, key, "HS256")`. An empty key was taken before 1.0 (0.1.5,
 * 1.0.3; 2.0.3 has neither function).
 */
const older: Record<"decode" | "encode", Entity> = {
  decode: {
    ...decode,
    parameters: { token: "0", key: "1" },
    arguments: { "2": { role: "verification", anyTruthy: true } },
    sharesKeys: true,
    checks: { ...checks, emptyKey: "refused" },
    variants: [{ versions: "<1", entity: { checks: { ...checks, emptyKey: "accepted" } } }],
  },
  encode,
};

export const atlassianJwt: Library = {
  name: "atlassian-jwt",
  current: "2.0.3",
  verified: ["0.1.5", "1.0.3", "2.0.3"],
  modules: [{ specifier: "atlassian-jwt", default: "" }],
  entities: {
    ...older,
    decodeSymmetric: decode,
    decodeAsymmetric: decode,
    encodeSymmetric: encode,
    encodeAsymmetric: { ...encode, defaultAlgorithm: "RS256" },
    getAlgorithm: { kind: "header", parameters: { token: "0" }, failure: "throws" },
    getKeyId: { kind: "header", parameters: { token: "0" }, failure: "throws" },
  },
};
