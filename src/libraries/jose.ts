import { payloadClaims } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/** Claims that `jwtVerify` and `jwtDecrypt` check, from 3.20.4 to 6.2.17. */
const claimOptions = {
  audience: {
    role: "audience",
    // From 6.2.5 an empty string is refused; `undefined` skips the check in every release.
    skippedWhen: ["undefined"],
  },
  aud: { role: "audience", ignored: { meant: "audience" } },
  audiences: { role: "audience", ignored: { meant: "audience" } },
  issuer: { role: "issuer", skippedWhen: ["undefined"] },
  iss: { role: "issuer", ignored: { meant: "issuer" } },
  issuers: { role: "issuer", ignored: { meant: "issuer" } },
  subject: { role: "subject", skippedWhen: ["undefined"] },
  sub: { role: "subject", ignored: { meant: "subject" } },
  typ: { role: "type" },
  clockTolerance: { role: "clockTolerance", grammar: "jose-duration", stringBreaks: "throws" },
  maxTokenAge: { role: "maxAge", grammar: "jose-duration", skippedWhen: ["undefined"] },
  maxAge: { role: "maxAge", ignored: { meant: "maxTokenAge" } },
  currentDate: { role: "clock" },
  requiredClaims: { role: "requiredClaims" },
  ignoreExpiration: {
    role: "ignoreExpiration",
    ignored: { why: "jose checks the exp claim of every token that has one." },
  },
  ignoreExp: {
    role: "ignoreExpiration",
    ignored: { why: "jose checks the exp claim of every token that has one." },
  },
} as const satisfies Record<string, OptionModel>;

const algorithmOptions = {
  algorithms: { role: "algorithms", skippedWhen: ["undefined"] },
  algorithm: { role: "algorithms", ignored: { meant: "algorithms" } },
  alg: { role: "algorithms", ignored: { meant: "algorithms" } },
} as const satisfies Record<string, OptionModel>;

const shownEqual = { listedForSecret: "4 || 5 || 6", listedForBoundKey: "6" };

const jwtVerify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2" },
  options: { ...claimOptions, ...algorithmOptions },
  failure: "rejects",
  promise: true,
  claimsAt: "payload",
  headerAt: "protectedHeader",
  signatureFirst: true,
  checks: {
    algorithms: "by-key",
    expiration: "if-present",
    audience: "option",
    issuer: "option",
    none: "never",
    confusion: "bytes-only",
    emptyKey: "refused",
    missingKey: "refused",
  },
  shownEqual,
  variants: [
    {
      versions: "<6",
      entity: {
        checks: {
          algorithms: "by-key",
          expiration: "if-present",
          audience: "option",
          issuer: "option",
          none: "never",
          confusion: "bytes-only",
          emptyKey: "accepted",
          missingKey: "refused",
        },
      },
    },
  ],
};

/** Signature only: exp, aud and iss are not looked at, and there is no option to ask for them. */
const jwsVerify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2" },
  options: algorithmOptions,
  failure: "rejects",
  promise: true,
  claimsAt: "payload",
  headerAt: "protectedHeader",
  signatureFirst: true,
  checks: {
    algorithms: "by-key",
    expiration: "never",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "bytes-only",
    emptyKey: "refused",
  },
  shownEqual,
};

const jwtDecrypt: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2" },
  options: { ...claimOptions, keyManagementAlgorithms: { role: "algorithms" } },
  failure: "rejects",
  promise: true,
  claimsAt: "payload",
  headerAt: "protectedHeader",
  checks: {
    algorithms: "fixed",
    expiration: "if-present",
    audience: "option",
    issuer: "option",
    none: "never",
    confusion: "never",
  },
};

const setters = (instance: string): Record<string, Entity> => ({
  [`${instance}.setProtectedHeader`]: { kind: "setter", sets: "header", returns: instance },
  [`${instance}.setExpirationTime`]: {
    kind: "setter",
    sets: "expiresAt",
    grammar: "jose-expiration",
    returns: instance,
  },
  [`${instance}.setIssuedAt`]: { kind: "setter", sets: "issuedAt", returns: instance },
  [`${instance}.setNotBefore`]: { kind: "setter", sets: "notBefore", returns: instance },
  [`${instance}.setAudience`]: { kind: "setter", sets: "audience", returns: instance },
  [`${instance}.setIssuer`]: { kind: "setter", sets: "issuer", returns: instance },
  [`${instance}.setSubject`]: { kind: "setter", sets: "subject", returns: instance },
  [`${instance}.setJti`]: { kind: "setter", sets: "jti", returns: instance },
});

const signed = {
  parameters: { payload: "new.0", key: "0" },
  claims: payloadClaims,
  adds: [],
  grammar: "epoch-seconds",
  promise: true,
  failure: "rejects",
} as const;

const keySet: Entity = { kind: "key-set", parameters: { key: "0" }, options: {} };

const generated: Entity = { kind: "generate-key", parameters: { algorithm: "0" }, size: "1" };

/** The namespaces of jose 1 and 2 and of @panva/jose. */
const legacy: Record<string, Entity> = {
  "JWT.sign": {
    kind: "sign",
    parameters: { payload: "0", key: "1", options: "2" },
    options: {
      algorithm: { role: "algorithm" },
      expiresIn: { role: "lifetime", grammar: "jose-duration" },
      audience: { role: "audience" },
      issuer: { role: "issuer" },
      subject: { role: "subject" },
      jti: { role: "jti" },
      header: { role: "header" },
      iat: { role: "issuedAt" },
    },
    claims: payloadClaims,
    countsFromClock: true,
    adds: ["issuedAt"],
    grammar: "epoch-seconds",
    failure: "throws",
  },
  "JWT.verify": {
    kind: "verify",
    parameters: { token: "0", key: "1", options: "2" },
    options: {
      ...algorithmOptions,
      audience: { role: "audience", skippedWhen: ["undefined"] },
      issuer: { role: "issuer", skippedWhen: ["undefined"] },
      subject: { role: "subject" },
      ignoreExp: { role: "ignoreExpiration" },
      ignoreExpiration: { role: "ignoreExpiration", ignored: { meant: "ignoreExp" } },
      clockTolerance: { role: "clockTolerance", grammar: "jose-duration" },
      maxTokenAge: { role: "maxAge", grammar: "jose-duration" },
      complete: { role: "complete" },
    },
    failure: "throws",
    completeOption: "complete",
    signatureFirst: true,
    checks: {
      algorithms: "by-key",
      expiration: "if-present",
      audience: "option",
      issuer: "option",
      none: "never",
      confusion: "never",
      emptyKey: "empty-bytes-accepted",
    },
  },
  "JWT.decode": {
    kind: "decode",
    parameters: { token: "0", options: "1" },
    options: { complete: { role: "complete" } },
    completeOption: "complete",
    failure: "returns-null",
  },
  "JWK.asKey": { kind: "key", parameters: { key: "0" }, keyKind: "input" },
  // `generateSync("RSA", 1024)`: 512 bits and more are taken (2.0.7, and 1.9.3 of @panva/jose, which is jose 1).
  "JWK.generateSync": generated,
  "JWK.generate": { ...generated, promise: true },
};

const entities: Record<string, Entity> = {
  jwtVerify,
  jwtDecrypt,
  compactVerify: jwsVerify,
  flattenedVerify: jwsVerify,
  generalVerify: jwsVerify,
  decodeJwt: { kind: "decode", parameters: { token: "0" }, failure: "throws" },
  decodeProtectedHeader: { kind: "header", parameters: { token: "0" }, failure: "throws" },
  UnsecuredJWT: { kind: "create", returns: "UnsecuredJWT#" },
  ...setters("UnsecuredJWT#"),
  "UnsecuredJWT#.encode": {
    kind: "unsecured-sign",
    parameters: { payload: "new.0" },
    claims: payloadClaims,
    grammar: "epoch-seconds",
  },
  "UnsecuredJWT.decode": {
    kind: "unsecured-verify",
    parameters: { token: "0", options: "1" },
    claimsAt: "payload",
    failure: "throws",
  },
  SignJWT: { kind: "create", returns: "SignJWT#" },
  ...setters("SignJWT#"),
  "SignJWT#.sign": { kind: "sign", ...signed, refusesNone: true },
  EncryptJWT: { kind: "create", returns: "EncryptJWT#" },
  ...setters("EncryptJWT#"),
  "EncryptJWT#.encrypt": { kind: "sign", ...signed, encrypts: true },
  CompactSign: { kind: "create", returns: "CompactSign#" },
  "CompactSign#.setProtectedHeader": { kind: "setter", sets: "header", returns: "CompactSign#" },
  "CompactSign#.sign": {
    kind: "sign",
    parameters: { payload: "new.0", key: "0" },
    promise: true,
    failure: "rejects",
  },
  EmbeddedJWK: { kind: "embedded-key" },
  createRemoteJWKSet: {
    kind: "key-set",
    parameters: { key: "0", options: "1" },
    options: {},
  },
  createLocalJWKSet: keySet,
  importSPKI: {
    kind: "key",
    parameters: { key: "0", algorithm: "1" },
    keyKind: "public",
    promise: true,
  },
  importX509: {
    kind: "key",
    parameters: { key: "0", algorithm: "1" },
    keyKind: "certificate",
    promise: true,
  },
  importPKCS8: {
    kind: "key",
    parameters: { key: "0", algorithm: "1" },
    keyKind: "private",
    promise: true,
  },
  importJWK: {
    kind: "key",
    parameters: { key: "0", algorithm: "1" },
    keyKind: "input",
    promise: true,
  },
  generateSecret: {
    kind: "generate-key",
    parameters: { algorithm: "0" },
    keyKind: "secret",
    promise: true,
  },
  generateKeyPair: {
    kind: "generate-key",
    parameters: { algorithm: "0", options: "1" },
    keyKind: "private",
    promise: true,
  },
  ...legacy,
};

const subpaths: Readonly<Record<string, readonly string[]>> = {
  jwtVerify: ["jwt/verify"],
  jwtDecrypt: ["jwt/decrypt"],
  decodeJwt: ["jwt/decode"],
  SignJWT: ["jwt/sign"],
  EncryptJWT: ["jwt/encrypt"],
  UnsecuredJWT: ["jwt/unsecured"],
  compactVerify: ["jws/compact/verify"],
  CompactSign: ["jws/compact/sign"],
  EmbeddedJWK: ["jwk/embedded"],
  createRemoteJWKSet: ["jwks/remote"],
  createLocalJWKSet: ["jwks/local"],
  importJWK: ["key/import", "jwk/parse"],
  decodeProtectedHeader: ["decode/protected_header", "util/decode_protected_header"],
  generateSecret: ["key/generate/secret", "util/generate_secret"],
  generateKeyPair: ["key/generate/keypair", "util/generate_key_pair"],
};

export const jose: Library = {
  name: "jose",
  compatible: [
    "jose-node-cjs-runtime",
    "jose-node-esm-runtime",
    "jose-browser-runtime",
    "@panva/jose",
    "jose-cjs",
  ],
  current: "6.2.17",
  verified: ["2.0.7", "3.20.4", "4.15.9", "5.10.0", "6.2.17"],
  modules: [
    // jose has no default export; the entry serves `import jose from` under bundlers that make one.
    { specifier: "jose", default: "" },
    ...Object.entries(subpaths).flatMap(([name, paths]) =>
      // In jose 3 each subpath also has a default export; the named ones are found at the root.
      paths.map((path) => ({ specifier: `jose/${path}`, path: "", default: name })),
    ),
  ],
  entities,
};
