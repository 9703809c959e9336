import { checks, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

/**
 * Middleware over jsonwebtoken 9. With `credentialsRequired: false` a forged token goes on to the
 * handlers like a missing one; `isRevoked` is given the payload before it is verified (2.0.0).
 */
const options = {
  ...verifyOptions,
  secret: { role: "key" },
  credentialsRequired: { role: "optional", lets: [{ when: false, whom: "forged" }] },
  isRevoked: { role: "revocation", hook: { refusesWith: "truthy", callback: 2 } },
  getToken: { role: "tokenSource" },
} as const satisfies Record<string, OptionModel>;

export const restifyJwtCommunity: Library = {
  name: "restify-jwt-community",
  compatible: ["restify-jwt"],
  current: "2.0.0",
  verified: ["2.0.0"],
  modules: [{ specifier: "restify-jwt-community", default: "default" }],
  entities: {
    default: {
      kind: "middleware",
      parameters: { key: "0.secret", options: "0" },
      options,
      failure: "responds",
      checks,
      signatureFirst: true,
      resolver: ["other", "payload"],
      passthrough: ["unless"],
    },
  },
};
