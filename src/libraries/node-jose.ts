import { payloadClaims } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * Signatures only: no claim is looked at. What `createVerify(key, options)` is given is kept for the
 * whole process, so one `allowEmbeddedKey` lets every verifier made later take the key that a token
 * brings along (1.1.4, 2.2.0). HMAC keys below the size of the hash are refused.
 */
const options = {
  allowEmbeddedKey: { role: "embeddedKey" },
  algorithms: { role: "algorithms" },
  algorithm: { role: "algorithms", ignored: { meant: "algorithms" } },
} as const satisfies Record<string, OptionModel>;

const createVerify: Entity = {
  kind: "module",
  parameters: { key: "0", options: "1" },
  options,
  returns: "Verifier#",
};

export const nodeJose: Library = {
  name: "node-jose",
  current: "2.2.0",
  verified: ["2.2.0"],
  modules: [{ specifier: "node-jose", default: "" }],
  entities: {
    "JWS.createVerify": createVerify,
    canYouSee: createVerify,
    "Verifier#.verify": {
      kind: "verify",
      parameters: { token: "0", key: "new.0", options: "1" },
      options,
      inherits: "new.1",
      failure: "rejects",
      promise: true,
      claimsAt: "payload",
      headerAt: "protected",
      checks: {
        algorithms: "by-key",
        expiration: "never",
        audience: "never",
        issuer: "never",
        none: "never",
        confusion: "bytes-only",
        emptyKey: "refused",
        missingKey: "refused",
      },
    },
    "JWS.createSign": { kind: "create", returns: "Signer#" },
    "Signer#.update": { kind: "setter", returns: "Signer#" },
    // `createSign({ format }, key)` and `createSign(key)`, which makes no compact token. What `update` is given is signed
    // as it is, files and messages among it, and nothing is added (2.2.0).
    "Signer#.final": {
      kind: "sign",
      jsonText: "alone",
      parameters: { payload: "chain.update.0", key: ["new.1", "new.0"], options: "new.0" },
      options: { fields: { role: "header" }, "fields.alg": { role: "algorithm" } },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      failure: "rejects",
      promise: true,
    },
    "JWK.createKey": { kind: "generate-key", promise: true },
    "JWK.createKeyStore": { kind: "create", returns: "KeyStore#" },
    "KeyStore#.generate": { kind: "generate-key", promise: true },
    "JWK.asKey": { kind: "key", parameters: { key: "0" }, keyKind: "input", promise: true },
  },
};
