import { payloadClaims } from "./shared.ts";
import type { Checks, Library, OptionModel } from "./types.ts";

/**
 * A scheme that strategies name (`server.auth.strategy("api", "jwt", options)`), and functions.
 *
 * `verify: false` switches everything off, the signature too. `aud` and `iss` have to be written, if
 * only as false. An empty key is an HMAC secret. A list that mixes both families takes a token made
 * with the public key's text. `token.verify` reads what `token.decode` gave, throws, and returns
 * nothing; with an empty key, or `algorithm: "none"` beside any key, it takes unsigned tokens, and
 * `token.generate` makes them. `verifySignature` looks at no claim, the time among them; `verifyPayload` and
 * `verifyTime` do, and at no signature (3.2.4).
 */
const checks: Checks = {
  algorithms: "by-key",
  expiration: "if-present",
  audience: "required",
  issuer: "required",
  none: "when-listed-and-no-key",
  confusion: "always",
  emptyKey: "accepted",
  missingKey: "refused",
};

const keyOptions = {
  algorithms: { role: "algorithms" },
  algorithm: { role: "algorithms" },
} as const satisfies Record<string, OptionModel>;

const claimOptions = {
  aud: { role: "audience", skippedWhen: ["undefined"], offWhen: [false] },
  audience: { role: "audience", ignored: { meant: "aud" } },
  iss: { role: "issuer", skippedWhen: ["undefined"], offWhen: [false] },
  issuer: { role: "issuer", ignored: { meant: "iss" } },
  sub: { role: "subject", skippedWhen: ["undefined"], offWhen: [false] },
  jti: { role: "jti", skippedWhen: ["undefined"], offWhen: [false] },
  exp: { role: "ignoreExpiration", offWhen: [false] },
  nbf: { role: "ignoreNotBefore", offWhen: [false] },
  maxAgeSec: { role: "maxAge", grammar: "seconds", skippedWhen: ["undefined", "zero"] },
  timeSkewSec: { role: "clockTolerance", grammar: "seconds" },
} as const satisfies Record<string, OptionModel>;

/** The schema of a strategy refuses a name that it does not know. */
const insideVerify = Object.fromEntries(
  Object.entries<OptionModel>(claimOptions)
    .filter(([, model]) => model.ignored === undefined)
    .map(([name, model]) => [`verify.${name}`, model]),
);

export const hapiJwt: Library = {
  name: "@hapi/jwt",
  current: "3.2.4",
  verified: ["3.2.4"],
  modules: [{ specifier: "@hapi/jwt", default: "" }],
  entities: {
    strategy: {
      kind: "strategy",
      parameters: { key: ["2.keys.key", "2.keys.uri", "2.keys"], options: "2" },
      options: {
        "keys.uri": { role: "jwksUri" },
        "keys.algorithms": keyOptions.algorithms,
        // Instead of a header (3.2.4).
        cookieName: { role: "tokenCookie", jar: "state" },
        verify: { role: "verification", offWhen: [false] },
        ...insideVerify,
        validate: {
          role: "revocation",
          skippedWhen: ["undefined", "false"],
          hook: { refusesWith: "not-valid" },
        },
      },
      resolver: ["whole"],
      failure: "responds",
      checks,
    },
    "token.generate": {
      kind: "sign",
      parameters: { payload: "0", key: ["1.key", "1"], algorithm: "1.algorithm", options: "2" },
      options: {
        ttlSec: { role: "lifetime", grammar: "seconds" },
        expiresIn: { role: "lifetime", ignored: { meant: "ttlSec" } },
        header: { role: "header" },
        iat: { role: "issuedAt" },
      },
      claims: payloadClaims,
      adds: ["issuedAt"],
      grammar: "epoch-seconds",
      failure: "throws",
    },
    // Gives `{ token, decoded: { header, payload, signature }, raw }`.
    "token.decode": {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "decoded.payload",
      failure: "throws",
    },
    "token.verify": {
      kind: "verify",
      parameters: {
        token: "0",
        key: ["1.key", "1"],
        algorithm: ["1.algorithm", "1.algorithms"],
        options: "2",
      },
      options: claimOptions,
      failure: "throws",
      checks: {
        ...checks,
        audience: "option",
        issuer: "option",
        none: "when-listed",
        missingKey: "accepted",
      },
    },
    "token.verifySignature": {
      kind: "verify",
      parameters: {
        token: "0",
        key: ["1.key", "1"],
        algorithm: ["1.algorithm", "1.algorithms"],
      },
      failure: "throws",
      checks: {
        ...checks,
        expiration: "never",
        audience: "never",
        issuer: "never",
        missingKey: "accepted",
      },
    },
  },
  schemes: [
    {
      method: "auth.strategy",
      at: "1",
      name: "jwt",
      path: "strategy",
      told: ["2.keys"],
    },
  ],
};
