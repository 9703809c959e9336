import type { Entity, Library } from "./types.ts";

const decode: Entity = { kind: "decode", parameters: { token: "0" }, failure: "returns-null" };

/** Decodes in the browser and verifies nothing; the types of 2.1.1 were read. */
export const reactJwt: Library = {
  name: "react-jwt",
  current: "2.1.1",
  verified: [],
  modules: [{ specifier: "react-jwt" }],
  entities: {
    decodeToken: decode,
    // A hook that gives `{ decodedToken, isExpired, … }`.
    useJwt: { ...decode, claimsAt: "decodedToken" },
  },
};
