import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * What is left out throws, when the verifier is made or at the latest when it is used; only a
 * written `null` switches a check off. A token without `exp` passes (5.2.1).
 */
const OFF = ["null"] as const;

const options = {
  audience: { role: "audience", skippedWhen: OFF },
  issuer: { role: "issuer", skippedWhen: OFF },
  graceSeconds: { role: "clockTolerance", grammar: "seconds" },
  jwksUri: { role: "jwksUri" },
} as const satisfies Record<string, OptionModel>;

const cognitoOptions = {
  // For an access token it is compared with `client_id`, for an ID token with `aud`.
  clientId: { role: "audience", skippedWhen: OFF },
  tokenUse: { role: "type", skippedWhen: OFF },
  graceSeconds: { role: "clockTolerance", grammar: "seconds" },
} as const satisfies Record<string, OptionModel>;

const albOptions = {
  clientId: { role: "audience", skippedWhen: OFF },
  issuer: { role: "issuer", skippedWhen: OFF },
  graceSeconds: { role: "clockTolerance", grammar: "seconds" },
} as const satisfies Record<string, OptionModel>;

const checks: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "required",
  issuer: "required",
  none: "never",
  confusion: "never",
};

function verifier(
  name: string,
  models: Readonly<Record<string, OptionModel>>,
): Record<string, Entity> {
  const verify: Entity = {
    kind: "verify",
    parameters: { token: "0", options: "1" },
    options: models,
    inherits: "new.0",
    failure: "rejects",
    promise: true,
    signatureFirst: true,
    issuedBy: "own-tenant",
    checks,
  };
  return {
    [`${name}.create`]: {
      kind: "module",
      parameters: { options: "0" },
      options: models,
      returns: `${name}#`,
    },
    [`${name}#.verify`]: verify,
    [`${name}#.verifySync`]: { ...verify, failure: "throws", promise: false },
  };
}

export const awsJwtVerify: Library = {
  name: "aws-jwt-verify",
  current: "5.2.1",
  verified: ["5.2.1"],
  modules: [
    { specifier: "aws-jwt-verify" },
    { specifier: "aws-jwt-verify/jwt" },
    { specifier: "aws-jwt-verify/cognito-verifier" },
    { specifier: "aws-jwt-verify/jwt-rsa" },
  ],
  entities: {
    ...verifier("JwtVerifier", options),
    ...verifier("JwtRsaVerifier", options),
    ...verifier("CognitoJwtVerifier", cognitoOptions),
    ...verifier("AlbJwtVerifier", albOptions),
    // Gives `{ header, payload, … }`.
    decomposeUnverifiedJwt: {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
  },
};
