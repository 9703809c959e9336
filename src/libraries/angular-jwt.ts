import type { Library } from "./types.ts";

/** Decodes in the browser and verifies nothing; the types of 5.2.0 were read. */
export const angularJwt: Library = {
  name: "@auth0/angular-jwt",
  current: "5.2.0",
  verified: [],
  modules: [{ specifier: "@auth0/angular-jwt" }],
  entities: {
    JwtHelperService: { kind: "create", returns: "JwtHelperService#" },
    "JwtHelperService#.decodeToken": {
      kind: "decode",
      parameters: { token: "0" },
      failure: "returns-null",
    },
  },
};
