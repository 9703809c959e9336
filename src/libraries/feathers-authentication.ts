import { checks, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

/**
 * `jwtOptions` replaces the defaults as a whole: `{ expiresIn }` alone leaves verification without
 * algorithm, audience and issuer, `{ audience }` alone makes tokens that never expire. `algorithm`
 * serves for both signing and verifying. Logging out revokes nothing (5.0.50).
 */
const signing: Record<string, OptionModel> = {
  "jwtOptions.expiresIn": { role: "lifetime", grammar: "seconds-or-ms-string" },
  "jwtOptions.algorithm": { role: "algorithm" },
  "jwtOptions.audience": { role: "audience" },
  "jwtOptions.issuer": { role: "issuer" },
  "jwtOptions.header": { role: "header" },
};

const service = {
  kind: "module",
  // Unless it is given options, it asks the application for them.
  parameters: {
    key: ["2.secret", "0.get(authentication).secret"],
    options: ["2", "0.get(authentication)"],
  },
  options: { secret: { role: "key" }, ...signing },
  returns: "AuthenticationService#",
  checks,
} as const;

export const feathersAuthentication: Library = {
  name: "@feathersjs/authentication",
  current: "5.0.50",
  verified: ["5.0.50"],
  modules: [{ specifier: "@feathersjs/authentication", default: "" }],
  entities: {
    AuthenticationService: service,
    AuthenticationBase: service,
    "AuthenticationService#.createAccessToken": {
      kind: "sign",
      parameters: { payload: "0", options: "1", key: "2" },
      options: signOptions,
      claims: payloadClaims,
      adds: ["issuedAt", "jti"],
      grammar: "epoch-seconds",
      inherits: true,
      promise: true,
      failure: "rejects",
    },
    "AuthenticationService#.verifyAccessToken": {
      kind: "verify",
      parameters: { token: "0", options: "1", key: "2" },
      options: verifyOptions,
      inherits: true,
      promise: true,
      failure: "rejects",
      signatureFirst: true,
      checks,
    },
  },
};
