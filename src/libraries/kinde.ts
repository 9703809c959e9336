import type { Library } from "./types.ts";

/**
 * Resolves to `{ valid, message }`. The signature alone is checked: an expired token and one of
 * another issuer are valid (0.4.5).
 */
export const kindeJwtValidator: Library = {
  name: "@kinde/jwt-validator",
  current: "0.4.5",
  verified: ["0.4.5"],
  modules: [{ specifier: "@kinde/jwt-validator" }],
  entities: {
    validateToken: {
      kind: "verify",
      parameters: { token: "0.token", options: "0" },
      options: { domain: { role: "jwksUri" } },
      failure: "returns-result",
      verdict: { members: ["valid"] },
      promise: true,
      issuedBy: "own-tenant",
      checks: {
        algorithms: "fixed",
        expiration: "never",
        audience: "never",
        issuer: "never",
        none: "never",
        confusion: "never",
      },
    },
  },
};

/** Reads a part of a token and verifies nothing (0.2.5). */
export const kindeJwtDecoder: Library = {
  name: "@kinde/jwt-decoder",
  current: "0.2.5",
  verified: ["0.2.5"],
  modules: [{ specifier: "@kinde/jwt-decoder" }],
  entities: {
    jwtDecoder: { kind: "decode", parameters: { token: "0" }, failure: "returns-null" },
  },
};
