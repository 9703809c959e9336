import type { Library } from "./types.ts";

/**
 * `auth.api.verifyJWT` resolves to `{ payload: null }` when the token is refused. A number as
 * `expirationTime` is a date in seconds since 1970, not a lifetime; the default is a quarter of an
 * hour. Without `definePayload` the token holds the whole user record (1.7.25).
 */
export const betterAuth: Library = {
  name: "better-auth",
  current: "1.7.25",
  verified: ["1.7.25"],
  modules: [
    { specifier: "better-auth" },
    { specifier: "better-auth/plugins", path: "plugins" },
    { specifier: "better-auth/plugins/jwt", path: "plugins" },
  ],
  entities: {
    betterAuth: {
      kind: "module",
      parameters: { key: "0.secret", options: "0" },
      options: { secret: { role: "key" } },
      returns: "BetterAuth#",
    },
    "plugins.jwt": {
      kind: "module",
      parameters: { options: "0" },
      options: {
        "jwt.expirationTime": { role: "expiresAt", grammar: "jose-expiration" },
        "jwt.issuer": { role: "issuer" },
        "jwt.audience": { role: "audience" },
        "jwt.definePayload": { role: "payload" },
      },
      defaultLifetime: 900,
    },
    "BetterAuthApi#.verifyJWT": {
      kind: "verify",
      parameters: { token: "0.body.token" },
      failure: "returns-result",
      verdict: { members: ["payload"] },
      promise: true,
      claimsAt: "payload",
      checks: {
        algorithms: "fixed",
        expiration: "if-present",
        audience: "required",
        issuer: "required",
        none: "never",
        confusion: "never",
      },
    },
    "BetterAuthApi#.signJWT": {
      kind: "sign",
      parameters: { payload: "0.body.payload" },
      promise: true,
      failure: "rejects",
    },
  },
  members: { "BetterAuth#.api": "BetterAuthApi#" },
};
