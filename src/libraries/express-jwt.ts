import { checks, checksBefore9WithKey, verifyOptions } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

const options = {
  ...verifyOptions,
  secret: { role: "key" },
  // A token that is there is verified all the same.
  credentialsRequired: { role: "optional", lets: [{ when: false, whom: "missing" }] },
  // An expired token passes when the handler returns; aud and iss are then not looked at.
  onExpired: { role: "onExpired", versions: ">=8" },
  // Up to 6 it answers by a callback, and one that never does leaves requests waiting. From 7 on its
  // result is awaited: a function that answers later has said `undefined`, not withdrawn.
  isRevoked: [
    { role: "revocation", versions: "<7", hook: { refusesWith: "truthy", callback: 2 } },
    {
      role: "revocation",
      versions: ">=7",
      hook: { refusesWith: "truthy", formerCallback: 2 },
    },
  ],
  getToken: { role: "tokenSource" },
} as const satisfies Entity["options"];

/** Middleware over jsonwebtoken: 6 uses release 8 of it, 7 and 8 use release 9. */
const middleware: Entity = {
  kind: "middleware",
  parameters: { key: "0.secret", options: "0" },
  options,
  failure: "responds",
  // A list of algorithms is required from 6 on: without one the call throws at start-up.
  checks: { ...checks, algorithms: "required" },
  signatureFirst: true,
  resolver: ["other", "whole"],
  variants: [
    {
      versions: "<7",
      entity: {
        checks: { ...checksBefore9WithKey, algorithms: "required" },
        resolver: ["other", "payload"],
      },
    },
    { versions: "<6", entity: { checks: checksBefore9WithKey } },
  ],
};

export const expressJwt: Library = {
  name: "express-jwt",
  current: "8.5.1",
  // 6 exports a function, too, but does not start without a list of algorithms: code without one that
  // runs, runs with 5. With a list the two do the same.
  assumed: { default: "5.3.3" },
  verified: ["5.3.3", "6.1.2", "7.7.8", "8.5.1"],
  modules: [{ specifier: "express-jwt", default: "default" }],
  entities: {
    expressjwt: middleware,
    // Up to 6 the package's export is the function itself.
    default: {
      ...middleware,
      options: {
        ...options,
        isRevoked: { role: "revocation", hook: { refusesWith: "truthy", callback: 2 } },
      },
    },
    jwt: middleware,
  },
};
