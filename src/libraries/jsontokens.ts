import { payloadClaims } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

/** A failed `verify` gives `false`; the header's algorithm and every claim are ignored (4.0.1). */
const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "new.1", algorithm: "new.0" },
  failure: "returns-false",
  checks: {
    algorithms: "fixed",
    expiration: "never",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "never",
  },
};

const sign: Entity = {
  kind: "sign",
  parameters: { payload: "0", key: "new.1", algorithm: "new.0" },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  failure: "throws",
};

export const jsontokens: Library = {
  name: "jsontokens",
  current: "4.0.1",
  verified: ["4.0.1"],
  modules: [{ specifier: "jsontokens", default: "" }],
  entities: {
    createUnsecuredToken: {
      kind: "unsecured-sign",
      parameters: { payload: "0" },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
    },
    // Gives `{ header, payload, signature }`.
    decodeToken: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
    TokenVerifier: { kind: "create", returns: "TokenVerifier#" },
    "TokenVerifier#.verify": verify,
    "TokenVerifier#.verifyAsync": { ...verify, promise: true },
    TokenSigner: { kind: "create", returns: "TokenSigner#" },
    "TokenSigner#.sign": sign,
    "TokenSigner#.signAsync": { ...sign, promise: true, failure: "rejects" },
  },
};
