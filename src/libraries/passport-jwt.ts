import { checks, checksBefore9WithKey, verifyOptions } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

const OVERWRITTEN = "The strategy overwrites it with the option of that name at the top level.";

const ignoredInside = (role: OptionModel["role"], meant: string): OptionModel => ({
  role,
  ignored: { meant, why: OVERWRITTEN },
});

/**
 * `algorithms`, `audience`, `issuer` and `ignoreExpiration` count at the top level only, everything
 * else in `jsonWebTokenOptions` only (2.2.1, 3.0.1, 4.0.1).
 */
const options: Record<string, OptionModel> = {
  secretOrKey: { role: "key" },
  secretOrKeyProvider: { role: "key" },
  jwtFromRequest: { role: "tokenSource" },
  algorithms: verifyOptions.algorithms,
  algorithm: verifyOptions.algorithm,
  audience: verifyOptions.audience,
  aud: verifyOptions.aud,
  issuer: verifyOptions.issuer,
  iss: verifyOptions.iss,
  ignoreExpiration: verifyOptions.ignoreExpiration,
  clockTolerance: {
    role: "clockTolerance",
    ignored: { meant: "jsonWebTokenOptions.clockTolerance" },
  },
  maxAge: { role: "maxAge", ignored: { meant: "jsonWebTokenOptions.maxAge" } },
  subject: { role: "subject", ignored: { meant: "jsonWebTokenOptions.subject" } },
  jwtid: { role: "jti", ignored: { meant: "jsonWebTokenOptions.jwtid" } },
  expiresIn: verifyOptions.expiresIn,
  "jsonWebTokenOptions.expiresIn": verifyOptions.expiresIn,
  "jsonWebTokenOptions.algorithms": ignoredInside("algorithms", "algorithms"),
  "jsonWebTokenOptions.audience": ignoredInside("audience", "audience"),
  "jsonWebTokenOptions.issuer": ignoredInside("issuer", "issuer"),
  "jsonWebTokenOptions.clockTolerance": verifyOptions.clockTolerance,
  "jsonWebTokenOptions.clockTimestamp": verifyOptions.clockTimestamp,
  "jsonWebTokenOptions.ignoreNotBefore": verifyOptions.ignoreNotBefore,
  "jsonWebTokenOptions.maxAge": verifyOptions.maxAge,
  "jsonWebTokenOptions.subject": verifyOptions.subject,
  "jsonWebTokenOptions.jwtid": verifyOptions.jwtid,
};

const strategy: Entity = {
  kind: "strategy",
  parameters: { key: ["0.secretOrKey", "0.secretOrKeyProvider"], options: "0", callback: "1" },
  options,
  failure: "responds",
  checks,
  signatureFirst: true,
  resolver: ["other", "other"],
  variants: [{ versions: "<4", entity: { checks: checksBefore9WithKey } }],
};

const extractor: Entity = { kind: "extractor" };

export const passportJwt: Library = {
  name: "passport-jwt",
  current: "4.0.1",
  verified: ["2.2.1", "3.0.1", "4.0.1"],
  modules: [{ specifier: "passport-jwt", default: "" }],
  entities: {
    Strategy: strategy,
    "ExtractJwt.fromHeader": extractor,
    "ExtractJwt.fromBodyField": extractor,
    "ExtractJwt.fromUrlQueryParameter": extractor,
    "ExtractJwt.fromAuthHeaderWithScheme": extractor,
    "ExtractJwt.fromAuthHeaderAsBearerToken": extractor,
    "ExtractJwt.fromAuthHeader": extractor,
    "ExtractJwt.fromExtractors": extractor,
    "ExtractJwt.versionOneCompatibility": extractor,
  },
  optionsTypes: {
    StrategyOptions: { path: "Strategy" },
    StrategyOptionsWithRequest: { path: "Strategy" },
    StrategyOptionsWithoutRequest: { path: "Strategy" },
  },
};
