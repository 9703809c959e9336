import { payloadClaims } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * HS256 unless told, with a public key as a secret if one is given. `exp` is required and counts with
 * 60 seconds of grace; audience and issuer are lists, a text throws (0.5.11).
 */
const options = {
  algorithms: { role: "algorithms" },
  algorithm: { role: "algorithms", ignored: { meant: "algorithms" } },
  aud: { role: "audience", listOnly: true, skippedWhen: ["undefined", "null"] },
  audience: { role: "audience", ignored: { meant: "aud" } },
  iss: { role: "issuer", listOnly: true, skippedWhen: ["undefined", "null"] },
  issuer: { role: "issuer", ignored: { meant: "iss" } },
  sub: { role: "subject", skippedWhen: ["undefined", "null"] },
  subject: { role: "subject", ignored: { meant: "sub" } },
  leeway: { role: "clockTolerance", grammar: "seconds" },
  clockTolerance: { role: "clockTolerance", ignored: { meant: "leeway" } },
  validateExp: { role: "ignoreExpiration", offWhen: [false] },
  ignoreExpiration: { role: "ignoreExpiration", ignored: { meant: "validateExp" } },
  requiredSpecClaims: { role: "requiredClaims" },
} as const satisfies Record<string, OptionModel>;

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2" },
  options,
  failure: "rejects",
  promise: true,
  signatureFirst: true,
  checks: {
    algorithms: "fixed",
    expiration: "required",
    audience: "option",
    issuer: "option",
    none: "never",
    confusion: "always",
    emptyKey: "accepted",
  },
};

const sign: Entity = {
  kind: "sign",
  parameters: { payload: "0", key: "1", options: "2" },
  options: { algorithm: { role: "algorithm" }, keyId: { role: "keyId" } },
  claims: payloadClaims,
  adds: ["issuedAt"],
  grammar: "epoch-seconds",
  defaultAlgorithm: "HS256",
  promise: true,
  failure: "rejects",
};

export const nodeRsJsonwebtoken: Library = {
  name: "@node-rs/jsonwebtoken",
  current: "0.5.11",
  verified: ["0.5.11"],
  modules: [{ specifier: "@node-rs/jsonwebtoken", default: "" }],
  entities: {
    verify,
    verifySync: { ...verify, promise: false, failure: "throws" },
    sign,
    signSync: { ...sign, promise: false, failure: "throws" },
    decodeHeader: { kind: "header", parameters: { token: "0" }, failure: "throws" },
  },
};
