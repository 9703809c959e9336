import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library } from "./types.ts";

/**
 * `verify(token)` without a key expects no signature and accepts any unsigned token; with a key it
 * takes HS256 unless told otherwise, with the text of a public key, too. The expiry is looked at
 * before the signature, so an error about it proves nothing; every error holds what the refused token says.
 * `create` writes `iat`, `jti` and an expiry of one hour, and the object keeps the key as `signingKey`;
 * `setExpiration()` takes the expiry away, and a number is a date in milliseconds.
 * `new Jwt(claims)` is unsigned until it is given an algorithm (1.2.0, 2.0.1).
 */
const signed: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "never",
  issuer: "never",
  none: "when-listed",
  confusion: "always",
  emptyKey: "accepted",
  missingKey: "refused",
};

const checks: Checks = { ...signed, absentKey: "accepted" };

const setters = (instance: string): Record<string, Entity> => {
  const set = (sets: NonNullable<Entity["sets"]>): Entity => ({
    kind: "setter",
    sets,
    returns: instance,
  });
  return {
    [`${instance}.setExpiration`]: { ...set("expiresAt"), grammar: "epoch-milliseconds" },
    [`${instance}.setIssuer`]: set("issuer"),
    [`${instance}.setSubject`]: set("subject"),
    [`${instance}.setJti`]: set("jti"),
    [`${instance}.setNotBefore`]: set("notBefore"),
    [`${instance}.setIssuedAt`]: set("issuedAt"),
    [`${instance}.setSigningAlgorithm`]: set("algorithm"),
    [`${instance}.setSigningKey`]: set("key"),
    [`${instance}.setHeader`]: set("header"),
    [`${instance}.setClaim`]: { kind: "setter", returns: instance },
  };
};

const compact: Entity = {
  kind: "sign",
  parameters: { payload: "new.0" },
  claims: payloadClaims,
  adds: ["issuedAt", "jti"],
  grammar: "epoch-seconds",
  onKeyHolder: true,
  failure: "throws",
};

export const njwt: Library = {
  name: "njwt",
  current: "2.0.1",
  verified: ["1.2.0", "2.0.1"],
  modules: [{ specifier: "njwt", default: "" }],
  entities: {
    verify: {
      kind: "verify",
      parameters: { token: "0", key: "1", algorithm: "2", callback: ["1", "2", "3"] },
      failure: "throws",
      refusedClaims: ["parsedBody"],
      claimsAt: "body",
      checks,
    },
    create: { kind: "create", returns: "Created#" },
    ...setters("Created#"),
    "Created#.compact": {
      ...compact,
      parameters: { payload: "new.0", key: "new.1", algorithm: "new.2" },
      defaultAlgorithm: "HS256",
      defaultLifetime: 3600,
    },
    Jwt: { kind: "create", returns: "Jwt#" },
    ...setters("Jwt#"),
    "Jwt#.compact": { ...compact, defaultAlgorithm: "none" },
    createVerifier: { kind: "create", returns: "Verifier#" },
    Verifier: { kind: "create", returns: "Verifier#" },
    "Verifier#.setSigningAlgorithm": { kind: "setter", sets: "algorithms", returns: "Verifier#" },
    "Verifier#.setSigningKey": { kind: "setter", sets: "key", returns: "Verifier#" },
    "Verifier#.withKeyResolver": { kind: "setter", returns: "Verifier#" },
    "Verifier#.setKeyResolver": { kind: "setter", returns: "Verifier#" },
    "Verifier#.verify": {
      kind: "verify",
      parameters: { token: "0", callback: "1" },
      failure: "throws",
      refusedClaims: ["parsedBody"],
      claimsAt: "body",
      // Without a key it refuses every token.
      checks: signed,
    },
  },
};
