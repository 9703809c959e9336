import type { Library, OptionModel } from "./types.ts";

/**
 * Middleware over jose. Issuer, audience and key come from the environment where they are not given,
 * and it does not start without them, so `auth()` alone is complete. `exp` is required; unsigned
 * tokens are refused. What opens it is a validator that is false or answers yes to everything, and
 * `authRequired: false`, with which a forged token goes on to the handlers like a missing one
 * (1.10.0).
 */
const options = {
  issuerBaseURL: { role: "jwksUri" },
  jwksUri: { role: "jwksUri" },
  secret: { role: "key" },
  publicKey: { role: "key" },
  tokenSigningAlg: { role: "algorithms" },
  // They come first: a validator that is off decides, whatever the value is that it would compare.
  "validators.aud": { role: "audience", offWhen: [false] },
  "validators.iss": { role: "issuer", offWhen: [false] },
  audience: { role: "audience" },
  issuer: { role: "issuer" },
  clockTolerance: { role: "clockTolerance", grammar: "seconds" },
  maxTokenAge: { role: "maxAge", grammar: "seconds", skippedWhen: ["undefined"] },
  authRequired: { role: "optional", lets: [{ when: false, whom: "forged" }] },
} as const satisfies Record<string, OptionModel>;

export const expressOauth2JwtBearer: Library = {
  name: "express-oauth2-jwt-bearer",
  current: "1.10.0",
  verified: ["1.10.0"],
  modules: [{ specifier: "express-oauth2-jwt-bearer", default: "" }],
  entities: {
    auth: {
      kind: "middleware",
      parameters: { key: ["0.secret", "0.publicKey", "0.jwksUri"], options: "0" },
      options,
      failure: "responds",
      signatureFirst: true,
      checks: {
        algorithms: "fixed",
        expiration: "required",
        audience: "required",
        issuer: "required",
        none: "never",
        confusion: "never",
        emptyKey: "refused",
        missingKey: "refused",
      },
    },
  },
};
