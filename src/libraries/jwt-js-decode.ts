import type { Entity, Library } from "./types.ts";

/**
 * `jwtVerify` resolves to `true` for a token that says `alg: none`, and for one that is signed with
 * the text of the public key; no claim is looked at. It is no verifier (1.9.0).
 */
const jwtVerify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1" },
  failure: "returns-false",
  promise: true,
  checks: {
    algorithms: "by-header",
    expiration: "never",
    audience: "never",
    issuer: "never",
    none: "always",
    confusion: "always",
  },
};

export const jwtJsDecode: Library = {
  name: "jwt-js-decode",
  current: "1.9.0",
  verified: ["1.9.0"],
  modules: [{ specifier: "jwt-js-decode", default: "" }],
  entities: {
    // Gives a Jwt with `header` and `payload`.
    jwtDecode: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
    jwtVerify,
    jwtSign: {
      kind: "sign",
      parameters: { payload: "0", key: "1" },
      promise: true,
      failure: "rejects",
    },
  },
};
