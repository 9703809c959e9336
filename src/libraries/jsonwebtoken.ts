import { checks, checksBefore9, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

/**
 * A text is signed as it is: nothing is added, and options that stand for claims throw beside it. One that holds a JSON
 * object is read as one by `verify`, which looks at its `exp` (7.4.3, 8.5.1, 9.0.3).
 */
const sign: Entity = {
  kind: "sign",
  jsonText: true,
  parameters: { payload: "0", key: "1", options: "2", callback: ["2", "3"] },
  options: {
    ...signOptions,
    // 4.2.2 and 5.7.0 read them, 6.2.0, 7.4.3 and 9.0.2 throw.
    expiresInSeconds: [
      { role: "lifetime", grammar: "seconds", versions: "<6" },
      { role: "lifetime", ignored: { meant: "expiresIn" } },
    ],
    expiresInMinutes: [
      { role: "lifetime", versions: "<6" },
      { role: "lifetime", ignored: { why: "Releases from 6 on take expiresIn alone." } },
    ],
  },
  rejectsUnknownOptions: true,
  claims: payloadClaims,
  grammar: "epoch-seconds",
  defaultAlgorithm: "HS256",
  adds: ["issuedAt"],
  failure: "throws",
};

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2", callback: ["2", "3"] },
  options: verifyOptions,
  failure: "throws",
  checks,
  completeOption: "complete",
  signatureFirst: true,
  // 8.5.1 and 9.0.3; 7.4.3 gives nothing.
  givesCallback: true,
  shownEqual: { listedByKey: "8 || 9", withoutNone: "9" },
  variants: [
    { versions: "<9", entity: { checks: checksBefore9 } },
    { versions: "<8", entity: { givesCallback: false } },
  ],
};

const decode: Entity = {
  kind: "decode",
  parameters: { token: "0", options: "1" },
  options: { complete: { role: "complete" } },
  failure: "returns-null",
  completeOption: "complete",
  verifiedBy: "verify",
};

export const jsonwebtoken: Library = {
  name: "jsonwebtoken",
  compatible: ["jsonwebtoken-esm", "jwt-promisify", "jsonwebtoken-promisified"],
  current: "9.0.3",
  verified: ["7.4.3", "8.5.1", "9.0.0", "9.0.3"],
  modules: [
    { specifier: "jsonwebtoken", default: "" },
    { specifier: "jsonwebtoken/sign", path: "sign", default: "sign" },
    { specifier: "jsonwebtoken/verify", path: "verify", default: "verify" },
    { specifier: "jsonwebtoken/decode", path: "decode", default: "decode" },
    // 1.0.1, which brings jsonwebtoken 8
    { specifier: "jwt-then", path: "then", default: "then" },
  ],
  // Programs set `global.jwt` once for all their files, and some forget the import.
  globals: { jwt: "", jsonwebtoken: "" },
  entities: {
    sign,
    verify,
    decode,
    "then.sign": { ...sign, promise: true, failure: "rejects" },
    "then.verify": { ...verify, promise: true, failure: "rejects" },
    signAsync: { ...sign, promise: true, failure: "rejects" },
    verifyAsync: { ...verify, promise: true, failure: "rejects" },
  },
  optionsTypes: { SignOptions: { path: "sign" } },
};
