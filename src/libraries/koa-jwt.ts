import {
  checks,
  checksBefore9WithKey,
  payloadClaims,
  signOptions,
  verifyOptions,
} from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * Middleware over jsonwebtoken: 4 uses release 9 of it, 3 uses release 8. No option is required, and
 * `ctx.state.secret` wins over `secret`. `key` and `tokenKey` name properties of the state and are no
 * keys. With `passthrough` a forged token goes on to the handlers like a missing one (3.6.0, 4.0.4).
 */
const options = {
  ...verifyOptions,
  secret: { role: "key" },
  // The error stands in `ctx.state.jwtOriginalError`, and the next handler runs.
  passthrough: { role: "optional", lets: [{ when: true, whom: "forged" }] },
  isRevoked: { role: "revocation", hook: { refusesWith: "truthy" } },
  getToken: { role: "tokenSource" },
  cookie: { role: "tokenCookie" },
} as const satisfies Record<string, OptionModel>;

/**
 * Up to 1 the middleware carries what it has from jsonwebtoken 5 (0.1.10, 1.1.0, 1.3.2; not 2.0.1): lifetimes in
 * options of three names, no key that is missing or an empty text, and `none` never beside a key (5.7.0).
 */
const fromJsonwebtoken: Readonly<Record<"sign" | "verify" | "decode", Entity>> = {
  sign: {
    kind: "sign",
    jsonText: true,
    parameters: { payload: "0", key: "1", options: "2", callback: "3" },
    options: {
      ...signOptions,
      expiresInSeconds: { role: "lifetime", grammar: "seconds" },
      expiresInMinutes: { role: "lifetime" },
    },
    claims: payloadClaims,
    grammar: "epoch-seconds",
    defaultAlgorithm: "HS256",
    adds: ["issuedAt"],
    failure: "throws",
  },
  verify: {
    kind: "verify",
    parameters: { token: "0", key: "1", options: "2", callback: ["2", "3"] },
    options: verifyOptions,
    failure: "throws",
    checks: { ...checks, none: "never", confusion: "always" },
    signatureFirst: true,
  },
  decode: {
    kind: "decode",
    parameters: { token: "0", options: "1" },
    options: { complete: { role: "complete" } },
    failure: "returns-null",
    completeOption: "complete",
    verifiedBy: "verify",
  },
};

export const koaJwt: Library = {
  name: "koa-jwt",
  compatible: ["koa-jwt2"],
  current: "4.0.4",
  // What only they have shows an old one.
  assumed: { sign: "1.3.2", verify: "1.3.2", decode: "1.3.2" },
  verified: ["1.3.2", "3.6.0", "4.0.4"],
  modules: [{ specifier: "koa-jwt", default: "default" }],
  entities: {
    default: {
      kind: "middleware",
      parameters: { key: "0.secret", options: "0" },
      options,
      failure: "responds",
      checks,
      signatureFirst: true,
      resolver: ["header", "payload"],
      passthrough: ["unless"],
      variants: [{ versions: "<4", entity: { checks: checksBefore9WithKey } }],
    },
    ...fromJsonwebtoken,
  },
};
