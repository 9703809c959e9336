import { checksBefore9, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

const inside = (
  prefix: string,
  options: Readonly<Record<string, OptionModel>>,
): Record<string, OptionModel> =>
  Object.fromEntries(Object.entries(options).map(([name, model]) => [`${prefix}.${name}`, model]));

/**
 * Middleware over jsonwebtoken 5. `init` never refuses a request: after a failure `req.jwt.payload`
 * holds what the token says all the same, and `req.jwt.valid` is false. `require("admin")` reads it,
 * so `valid()` or `active()` has to come first. Tokens get no `exp` (1.1.0).
 */
export const jwtExpress: Library = {
  name: "jwt-express",
  current: "1.1.0",
  verified: ["1.1.0"],
  modules: [{ specifier: "jwt-express", default: "" }],
  entities: {
    init: {
      kind: "module",
      parameters: { key: "0", options: "1" },
      options: {
        cookie: { role: "tokenCookie" },
        ...inside("verifyOptions", verifyOptions),
        ...inside("signOptions", signOptions),
      },
      resolver: ["other"],
      checks: checksBefore9,
    },
    create: {
      kind: "sign",
      parameters: { key: "0", payload: "1" },
      claims: payloadClaims,
      grammar: "epoch-seconds",
      failure: "throws",
      inherits: true,
    },
  },
};
