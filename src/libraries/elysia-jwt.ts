import { payloadClaims } from "./shared.ts";
import type { Checks, Library, OptionModel } from "./types.ts";

/**
 * A plugin over jose that gives handlers a `jwt`, or what `name` calls it.
 *
 * `verify` resolves to false for a forged token and never throws. What the plugin is told of `alg`,
 * `iss` and `aud` counts for signing alone: `verify` checks what its own options say. A number as
 * `exp` is a date, a text a span; tokens have none unless told (1.4.2).
 */
const claims = {
  exp: { role: "expiresAt", grammar: "jose-expiration" },
  nbf: { role: "notBefore" },
  aud: { role: "audience" },
  iss: { role: "issuer" },
  sub: { role: "subject" },
  jti: { role: "jti" },
  alg: { role: "algorithm" },
} as const satisfies Record<string, OptionModel>;

const verifyOptions = {
  algorithms: { role: "algorithms", skippedWhen: ["undefined"] },
  algorithm: { role: "algorithms", ignored: { meant: "algorithms" } },
  alg: { role: "algorithms", ignored: { meant: "algorithms" } },
  audience: { role: "audience", skippedWhen: ["undefined"] },
  aud: { role: "audience", ignored: { meant: "audience" } },
  issuer: { role: "issuer", skippedWhen: ["undefined"] },
  iss: { role: "issuer", ignored: { meant: "issuer" } },
  subject: { role: "subject", skippedWhen: ["undefined"] },
  clockTolerance: { role: "clockTolerance", grammar: "jose-duration", stringBreaks: "throws" },
  maxTokenAge: { role: "maxAge", grammar: "jose-duration", skippedWhen: ["undefined"] },
  requiredClaims: { role: "requiredClaims" },
  currentDate: { role: "clock" },
} as const satisfies Record<string, OptionModel>;

const checks: Checks = {
  algorithms: "by-key",
  expiration: "if-present",
  audience: "option",
  issuer: "option",
  none: "never",
  confusion: "bytes-only",
  emptyKey: "refused",
  missingKey: "refused",
};

const plugin = {
  kind: "module",
  parameters: { key: "0.secret", options: "0" },
  options: { secret: { role: "key" }, ...claims },
} as const;

export const elysiaJwt: Library = {
  name: "@elysiajs/jwt",
  current: "1.4.2",
  verified: ["1.4.2"],
  modules: [{ specifier: "@elysiajs/jwt", default: "jwt" }],
  entities: {
    jwt: plugin,
    default: plugin,
    "jwt#.sign": {
      kind: "sign",
      parameters: { payload: "0" },
      options: claims,
      claims: payloadClaims,
      grammar: "jose-expiration",
      inherits: { from: "jwt", at: "0" },
      failure: "rejects",
      promise: true,
    },
    "jwt#.verify": {
      kind: "verify",
      parameters: { token: "0", options: "1" },
      options: verifyOptions,
      failure: "returns-false",
      promise: true,
      signatureFirst: true,
      checks,
    },
  },
  decorations: [
    {
      framework: "elysia",
      on: "context",
      name: "jwt",
      path: "jwt#",
      renamedBy: { from: "jwt", at: "0.name" },
    },
  ],
};
