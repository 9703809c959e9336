import { payloadClaims } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * `verify` gives a boolean, takes the algorithm from the token's own header unless it is given a list
 * with something in it, and looks at no claim. `verifyJWT` looks at claims, but `iss` and `aud`
 * count as arrays only: a text is not read, and a claim that the token lacks passes either way.
 * Both throw texts rather than errors (10.9.0, 11.1.5).
 */
const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: keyAt(1) },
  arguments: {
    "2": { role: "algorithms", skippedWhen: ["undefined", "null", "empty", "empty-list"] },
  },
  failure: "returns-false",
  checks: {
    algorithms: "by-header",
    expiration: "never",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "never",
    emptyKey: "accepted",
    missingKey: "refused",
  },
};

/** Secrets are wrapped, for a bare text that looks like hexadecimal digits is read as such. */
function keyAt(argument: number): string[] {
  const at = String(argument);
  return [...["utf8", "rstr", "hex", "b64", "b64u"].map((form) => `${at}.${form}`), at];
}

const claimOptions = {
  alg: { role: "algorithms" },
  iss: { role: "issuer", listOnly: true, skippedWhen: ["undefined", "null", "empty", "text"] },
  issuer: { role: "issuer", ignored: { meant: "iss" } },
  aud: { role: "audience", listOnly: true, skippedWhen: ["undefined", "null", "empty", "text"] },
  audience: { role: "audience", ignored: { meant: "aud" } },
  sub: { role: "subject", skippedWhen: ["undefined", "null", "empty", "text"] },
  subject: { role: "subject", ignored: { meant: "sub" } },
  jti: { role: "jti" },
  verifyAt: { role: "clock", grammar: "epoch-seconds" },
  gracePeriod: { role: "clockTolerance", grammar: "seconds" },
} as const satisfies Record<string, OptionModel>;

const verifyJWT: Entity = {
  kind: "verify",
  parameters: { token: "0", key: keyAt(1), options: "2" },
  options: claimOptions,
  failure: "returns-false",
  checks: {
    algorithms: "required",
    expiration: "if-present",
    audience: "option",
    issuer: "option",
    none: "never",
    confusion: "never",
    emptyKey: "accepted",
  },
};

const sign: Entity = {
  kind: "sign",
  // The algorithm may be null; the header's counts then.
  parameters: { algorithm: "0", payload: "2", key: keyAt(3) },
  arguments: { "1": { role: "header" } },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  jsonText: true,
  failure: "throws",
};

const jws = (at: string): Record<string, Entity> => ({
  [`${at}.verify`]: verify,
  [`${at}.verifyJWT`]: verifyJWT,
  [`${at}.sign`]: sign,
  // Gives `{ headerObj, payloadObj, headerPP, payloadPP, sigHex }`, of which the two with PP are texts (11.1.5).
  [`${at}.parse`]: {
    kind: "decode",
    parameters: { token: "0" },
    headerAt: "headerObj",
    claimsAt: "payloadObj",
    failure: "throws",
  },
});

export const jsrsasign: Library = {
  name: "jsrsasign",
  current: "11.1.5",
  verified: ["11.1.5"],
  modules: [{ specifier: "jsrsasign", default: "" }],
  globals: { KJUR: "KJUR", KEYUTIL: "KEYUTIL" },
  entities: {
    ...jws("KJUR.jws.JWS"),
    ...jws("jws.JWS"),
    "KEYUTIL.getKey": { kind: "key", parameters: { key: "0" }, keyKind: "input" },
  },
};
