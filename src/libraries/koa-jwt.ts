import { checks, checksBefore9WithKey, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

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
} as const satisfies Record<string, OptionModel>;

export const koaJwt: Library = {
  name: "koa-jwt",
  compatible: ["koa-jwt2"],
  current: "4.0.4",
  verified: ["3.6.0", "4.0.4"],
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
  },
};
