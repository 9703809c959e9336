import type { Checks, Entity, Library } from "./types.ts";

const checks: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "required",
  issuer: "required",
  none: "never",
  confusion: "never",
};

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0" },
  // The expected audience; without one the promise is rejected.
  arguments: { "1": { role: "audience" } },
  failure: "rejects",
  promise: true,
  claimsAt: "claims",
  headerAt: "header",
  issuedBy: "own-tenant",
  checks,
};

/** RS256 alone; issuer and audience are always compared, a missing `exp` is not missed (4.0.2). */
const create: Entity = {
  kind: "module",
  parameters: { options: "0" },
  options: { issuer: { role: "issuer" }, jwksUri: { role: "jwksUri" } },
  returns: "OktaJwtVerifier#",
};

export const oktaJwtVerifier: Library = {
  name: "@okta/jwt-verifier",
  current: "4.0.2",
  verified: ["4.0.2"],
  modules: [{ specifier: "@okta/jwt-verifier", default: "default" }],
  entities: {
    default: create,
    "OktaJwtVerifier#.verifyAccessToken": verify,
    "OktaJwtVerifier#.verifyIdToken": {
      ...verify,
      arguments: { "1": { role: "audience" }, "2": { role: "nonce" } },
    },
  },
};
