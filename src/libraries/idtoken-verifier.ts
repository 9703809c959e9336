import type { Library } from "./types.ts";

/**
 * Issuer and audience stand in the constructor and are always compared; the result comes by callback.
 * `decode` gives an Error where it cannot read a token, and verifies nothing (2.2.4).
 */
export const idtokenVerifier: Library = {
  name: "idtoken-verifier",
  current: "2.2.4",
  verified: ["2.2.4"],
  modules: [{ specifier: "idtoken-verifier", default: "default" }],
  entities: {
    default: {
      kind: "module",
      parameters: { options: "0" },
      options: {
        issuer: { role: "issuer" },
        audience: { role: "audience" },
        leeway: { role: "clockTolerance", grammar: "seconds" },
        jwksURI: { role: "jwksUri" },
      },
      returns: "IdTokenVerifier#",
    },
    "IdTokenVerifier#.verify": {
      kind: "verify",
      parameters: { token: "0", callback: ["2", "1"] },
      failure: "throws",
      issuedBy: "own-tenant",
      checks: {
        algorithms: "fixed",
        expiration: "required",
        audience: "required",
        issuer: "required",
        none: "never",
        confusion: "never",
      },
    },
    // Gives `{ header, payload, encoded }`.
    "IdTokenVerifier#.decode": {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "returns-result",
    },
  },
};
