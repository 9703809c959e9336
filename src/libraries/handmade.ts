import type { Library } from "./types.ts";

/**
 * Not a library: what programs do to tokens with `split`, base64 and `JSON.parse`. It has a
 * description so that its operations look like any other.
 */
export const handmade: Library = {
  name: "hand-made code",
  current: "1.0.0",
  verified: [],
  modules: [],
  entities: {
    payload: { kind: "decode", failure: "throws" },
    header: { kind: "header", failure: "throws" },
  },
};
