import { payloadClaims, signOptions } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

/** `verify` takes the token alone: key, algorithm and lifetime stand in `config/plugins.js`. */
const verify: Entity = {
  kind: "verify",
  parameters: { token: "0" },
  failure: "rejects",
  promise: true,
  checks: {
    algorithms: "fixed",
    expiration: "if-present",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "never",
  },
};

/**
 * The service of Strapi's users for tokens, over jsonwebtoken. Tokens live for 30 days where neither the call nor
 * the settings say otherwise; `verify` and `getToken` give a promise in all releases. `getToken(ctx)` verifies what
 * the request brings and gives `null` where that is nothing; 3.6 throws then (3.6.11, 4.25.22, 5.54.0, run with a
 * stand-in for the framework).
 */
export const strapiUsersPermissions: Library = {
  name: "@strapi/plugin-users-permissions",
  compatible: ["strapi-plugin-users-permissions"],
  current: "5.54.0",
  verified: ["3.6.11", "4.25.22", "5.54.0"],
  modules: [{ specifier: "@strapi/plugin-users-permissions", default: "" }],
  entities: {
    settings: {
      kind: "module",
      parameters: { key: "0.jwtSecret", options: "0" },
      options: {
        jwtSecret: { role: "key" },
        "jwt.expiresIn": { role: "lifetime", grammar: "seconds-or-ms-string" },
        "jwt.algorithm": { role: "algorithm" },
      },
    },
    "jwt#.issue": {
      kind: "sign",
      parameters: { payload: "0", options: "1" },
      options: signOptions,
      claims: payloadClaims,
      adds: ["issuedAt"],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "throws",
      inherits: true,
    },
    "jwt#.verify": verify,
    "jwt#.getToken": { ...verify, parameters: {} },
  },
  decorations: [
    { framework: "strapi", on: "services", of: "users-permissions", name: "jwt", path: "jwt#" },
  ],
  optionsUnder: { path: "settings", names: ["users-permissions", "config"] },
};
