import type { Entity, Library } from "./types.ts";

const decode: Entity = {
  kind: "decode",
  parameters: { token: "0", options: "1" },
  options: { header: { role: "complete" } },
  failure: "throws",
};

/** Decodes in the browser and verifies nothing, in every release. */
export const jwtDecode: Library = {
  name: "jwt-decode",
  current: "4.0.0",
  verified: ["2.2.0", "3.1.2", "4.0.0"],
  modules: [{ specifier: "jwt-decode", default: "default" }],
  // The script of 2 and 3 for pages that have no bundler.
  globals: { jwt_decode: "default" },
  entities: {
    // 4 has the named export alone; 2 and 3 export the function itself.
    jwtDecode: decode,
    default: decode,
    // TypeScript code of 3 also writes `import jwt_decode, { jwtDecode }` and `{ default as … }`.
    jwt_decode: decode,
  },
};
