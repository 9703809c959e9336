import type { Library } from "./types.ts";

/** Turns a JSON Web Key into PEM: the public half, unless told otherwise (2.0.7). */
export const jwkToPem: Library = {
  name: "jwk-to-pem",
  current: "2.0.7",
  verified: ["2.0.7"],
  modules: [{ specifier: "jwk-to-pem", default: "default" }],
  entities: {
    default: { kind: "key", parameters: { key: "0" }, keyKind: "public", keyAsText: true },
  },
};
