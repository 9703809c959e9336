import { checks } from "./shared.ts";
import type { Library } from "./types.ts";

/**
 * The component binds a secret of its own that everybody can read in the package, over any that was
 * bound before it. Verification passes no options on: no audience, no issuer, no list of algorithms
 * (0.16.12).
 */
export const loopbackAuthenticationJwt: Library = {
  name: "@loopback/authentication-jwt",
  current: "0.16.12",
  verified: ["0.16.12"],
  modules: [{ specifier: "@loopback/authentication-jwt" }],
  entities: {
    JWTService: {
      kind: "module",
      parameters: { key: "0" },
      returns: "JWTService#",
    },
    "JWTService#.generateToken": {
      kind: "sign",
      parameters: { payload: "0", key: "new.0" },
      promise: true,
      failure: "rejects",
    },
    "JWTService#.verifyToken": {
      kind: "verify",
      parameters: { token: "0", key: "new.0" },
      promise: true,
      failure: "rejects",
      signatureFirst: true,
      checks: { ...checks, algorithms: "fixed", audience: "never", issuer: "never" },
    },
  },
};
