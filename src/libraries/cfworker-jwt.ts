import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * `parseJwt` never rejects: it resolves to `{ valid: false, reason, decoded }`, with the forged
 * claims under `decoded`. Issuer, audience, subject and expiry are required of every token, RSA
 * alone is accepted, and the skew of 60 seconds is counted in milliseconds (4.0.6, 7.0.4).
 */
const options = {
  issuer: { role: "issuer" },
  audience: { role: "audience" },
  resolveKey: { role: "key" },
  skewMs: { role: "clockTolerance", grammar: "milliseconds" },
} as const satisfies Record<string, OptionModel>;

const checks: Checks = {
  algorithms: "fixed",
  expiration: "required",
  audience: "required",
  issuer: "required",
  none: "never",
  confusion: "never",
};

const parseJwt: Entity = {
  kind: "verify",
  parameters: { token: "0.jwt", options: "0" },
  options,
  failure: "returns-result",
  verdict: { members: ["valid"], claimsAnyway: ["decoded"] },
  promise: true,
  claimsAt: "payload",
  issuedBy: "own-tenant",
  checks,
  variants: [{ versions: "<5", entity: { parameters: { token: "0" }, options: {} } }],
};

export const cfworkerJwt: Library = {
  name: "@cfworker/jwt",
  current: "7.0.4",
  verified: ["7.0.4"],
  modules: [{ specifier: "@cfworker/jwt", path: "" }],
  entities: {
    parseJwt,
    // Gives `{ header, payload, signature, raw }`.
    decodeJwt: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
  },
};
