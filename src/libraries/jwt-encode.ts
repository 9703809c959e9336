import { payloadClaims } from "./shared.ts";
import type { Library } from "./types.ts";

/** Signs with HS256, in the browser too, where the secret is everybody's. An empty one is taken (1.0.1). */
export const jwtEncode: Library = {
  name: "jwt-encode",
  current: "1.0.1",
  verified: ["1.0.1"],
  modules: [{ specifier: "jwt-encode", default: "default" }],
  entities: {
    default: {
      kind: "sign",
      parameters: { payload: "0", key: "1" },
      arguments: { "2": { role: "header" } },
      claims: payloadClaims,
      adds: [],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      failure: "throws",
    },
  },
};
