import { checksBefore9, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Library } from "./types.ts";

/**
 * Adds `app.jwt` over jsonwebtoken 8 to Egg applications, configured in `config.jwt`. The secret is
 * an argument of its own; `app.jwt.verify(token)` takes the configured one, which is "123456" where
 * nobody sets it (3.1.7).
 */
export const eggJwt: Library = {
  name: "egg-jwt",
  current: "3.1.7",
  verified: ["3.1.7"],
  modules: [{ specifier: "egg-jwt", default: "" }],
  entities: {
    "jwt#.sign": {
      kind: "sign",
      parameters: { payload: "0", key: "1", options: "2", callback: ["2", "3"] },
      options: signOptions,
      claims: payloadClaims,
      adds: ["issuedAt"],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "throws",
      inherits: true,
    },
    "jwt#.verify": {
      kind: "verify",
      parameters: { token: "0", key: "1", options: "2", callback: ["2", "3"] },
      options: verifyOptions,
      failure: "throws",
      checks: checksBefore9,
      completeOption: "complete",
      signatureFirst: true,
      inherits: true,
    },
    "jwt#.decode": {
      kind: "decode",
      parameters: { token: "0", options: "1" },
      options: { complete: { role: "complete" } },
      completeOption: "complete",
      failure: "returns-null",
    },
  },
  decorations: [{ framework: "egg", on: "server", name: "jwt", path: "jwt#" }],
};
