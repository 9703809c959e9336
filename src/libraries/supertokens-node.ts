import type { Entity, Library } from "./types.ts";

/** A hundred years: what a token lives for which no validity is named. */
const DEFAULT_LIFETIME = 3_153_600_000;

/** Read in the source of 24.0.3, not run: the recipe asks a server of its own. */
const createJWT: Entity = {
  kind: "sign",
  parameters: { payload: "0" },
  arguments: { "1": { role: "lifetime", grammar: "seconds" } },
  // `init({ jwtValiditySeconds })` may say otherwise.
  inherits: true,
  promise: true,
  failure: "rejects",
  defaultLifetime: DEFAULT_LIFETIME,
};

const init: Entity = {
  kind: "module",
  parameters: { options: "0" },
  options: { jwtValiditySeconds: { role: "lifetime", grammar: "seconds" } },
  defaultLifetime: DEFAULT_LIFETIME,
};

export const supertokensNode: Library = {
  name: "supertokens-node",
  current: "24.0.3",
  verified: [],
  modules: [{ specifier: "supertokens-node/recipe/jwt", default: "default" }],
  entities: {
    init,
    createJWT,
    "default.init": init,
    "default.createJWT": createJWT,
  },
};
