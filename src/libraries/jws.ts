import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library } from "./types.ts";

/**
 * Signatures alone: no claim is ever looked at. `verify` returns false for a forged token and takes
 * the algorithm from its caller, who may take it from the token: then `none` passes, and a token made
 * with the public key's text. `isValid` looks at the form only and says true of a forged token. Up to
 * 3 the names of algorithms are compared without regard to case (3.2.2, 3.2.3, 4.0.1).
 */
const checks: Checks = {
  algorithms: "required",
  expiration: "never",
  audience: "never",
  issuer: "never",
  none: "when-listed",
  confusion: "always",
  emptyKey: "accepted",
  missingKey: "refused",
};

const signed: Entity = {
  kind: "sign",
  parameters: {
    payload: "0.payload",
    key: ["0.secret", "0.privateKey", "0.key"],
    options: "0",
  },
  options: { header: { role: "header" } },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  jsonText: true,
  failure: "throws",
};

export const jws: Library = {
  name: "jws",
  current: "4.0.1",
  verified: ["3.2.2", "3.2.3", "4.0.1"],
  modules: [{ specifier: "jws", default: "" }],
  entities: {
    verify: {
      kind: "verify",
      parameters: { token: "0", algorithm: "1", key: "2" },
      failure: "returns-false",
      checks,
    },
    sign: signed,
    // A stream, which emits `done` with the token.
    createSign: signed,
    /**
     * A stream, which emits `done` with what `verify` says and what `decode` gives, so its value is neither. Without
     * an algorithm it emits an error (3.0.0, 4.0.1); 2.0.0 takes the one of the header.
     */
    createVerify: {
      kind: "verify",
      parameters: {
        token: "0.signature",
        algorithm: "0.algorithm",
        key: ["0.secret", "0.publicKey", "0.key"],
      },
      checks,
    },
    decode: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "returns-null",
    },
  },
};
