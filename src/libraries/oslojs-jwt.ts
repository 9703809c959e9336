import type { Library } from "./types.ts";

/**
 * Has no verification at all: `decodeJWT` reads the payload, and `parseJWT` hands the parts over to a
 * caller who is to check the signature. The latter is left out: what it gives is no claim yet
 * (0.3.0).
 */
export const oslojsJwt: Library = {
  name: "@oslojs/jwt",
  current: "0.3.0",
  verified: ["0.3.0"],
  modules: [{ specifier: "@oslojs/jwt" }],
  entities: {
    decodeJWT: { kind: "decode", parameters: { token: "0" }, failure: "throws" },
  },
};
