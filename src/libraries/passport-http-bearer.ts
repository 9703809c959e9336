import type { Library } from "./types.ts";

/**
 * Finds a token and hands it over as it is: the callback verifies it, or nobody does. A token in the
 * query or the body of the request is taken, too (1.0.1).
 */
export const passportHttpBearer: Library = {
  name: "passport-http-bearer",
  current: "1.0.1",
  verified: ["1.0.1"],
  modules: [{ specifier: "passport-http-bearer", default: "" }],
  entities: {
    Strategy: { kind: "extractor", parameters: { callback: ["1", "0"] } },
    BearerStrategy: { kind: "extractor", parameters: { callback: ["1", "0"] } },
  },
};
