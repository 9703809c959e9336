import { payloadClaims } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

const signed: Entity = { kind: "sign", claims: payloadClaims, grammar: "epoch-seconds" };

/**
 * Not a library: what programs do to tokens with `split`, base64 and `JSON.parse`, and with the
 * functions of Node.js, browsers and CryptoJS that sign. It has a description so that its operations
 * look like any other.
 */
export const handmade: Library = {
  name: "hand-made code",
  current: "1.0.0",
  verified: [],
  modules: [],
  entities: {
    payload: { kind: "decode", failure: "throws" },
    header: { kind: "header", failure: "throws" },
    // What is imported from out of sight and called `decodeJwt` (`values/named-decoders.ts`).
    named: { kind: "decode", parameters: { token: "0" }, failure: "throws" },
    sign: { ...signed, checks: { emptyKey: "refused" } },
    verify: { kind: "verify", checks: { emptyKey: "refused" } },
    // `createHmac` and CryptoJS take a key of no bytes.
    signMac: { ...signed, checks: { emptyKey: "accepted" } },
    verifyMac: { kind: "verify", checks: { emptyKey: "accepted" } },
  },
};
