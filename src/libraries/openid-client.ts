import type { Checks, Entity, Library } from "./types.ts";

const checks: Checks = {
  algorithms: "fixed",
  expiration: "required",
  audience: "required",
  issuer: "required",
  none: "never",
  confusion: "never",
};

/**
 * 6 takes an ID token from the token endpoint as it comes, for TLS vouches for it, unless
 * `enableNonRepudiationChecks` is called; 5 checks its signature. Either way a client ID and an
 * issuer are compared. `new TokenSet(…).claims()` of 5 reads a token and verifies nothing (5.7.1,
 * 6.8.9).
 */
const grant: Entity = {
  kind: "verify",
  failure: "rejects",
  promise: true,
  issuedBy: "own-tenant",
  checks,
};

export const openidClient: Library = {
  name: "openid-client",
  current: "6.8.9",
  verified: ["6.8.9"],
  modules: [{ specifier: "openid-client", default: "" }],
  entities: {
    authorizationCodeGrant: grant,
    implicitAuthentication: grant,
    "Issuer.discover": { kind: "create", returns: "Issuer#" },
    Issuer: { kind: "create", returns: "Issuer#" },
    "Issuer#.Client": { kind: "create", returns: "Client#" },
    "Client#.callback": grant,
    "Client#.refresh": grant,
    TokenSet: { kind: "create", returns: "TokenSet#" },
    "TokenSet#.claims": {
      kind: "decode",
      parameters: { token: "new.0.id_token" },
      failure: "throws",
      onlyMadeHere: true,
    },
  },
};
