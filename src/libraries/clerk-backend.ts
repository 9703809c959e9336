import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * Without `authorizedParties` a session token passes whichever of the account's sites it was made
 * for; an empty list is no list. A token without `aud` passes even where `audience` is set. `exp` is
 * required; tolerance counts milliseconds. Up to 2.x `issuer` is not read (1.34.0, 2.33.8, 3.25.0).
 */
const options = {
  authorizedParties: {
    role: "audience",
    listOnly: true,
    skippedWhen: ["undefined", "null", "empty", "empty-list"],
  },
  audience: { role: "audience", skippedWhen: ["undefined", "null", "empty", "empty-list"] },
  issuer: [
    { role: "issuer", versions: ">=3" },
    { role: "issuer", ignored: { why: "Releases before 3 do not compare it." }, versions: "<3" },
  ],
  clockSkewInMs: { role: "clockTolerance", grammar: "milliseconds" },
  clockSkewInSeconds: { role: "clockTolerance", ignored: { meant: "clockSkewInMs" } },
} as const satisfies Record<string, OptionModel | readonly OptionModel[]>;

const checks: Checks = {
  algorithms: "fixed",
  expiration: "required",
  audience: "option",
  issuer: "required",
  none: "never",
  confusion: "never",
};

const verifyToken: Entity = {
  kind: "verify",
  parameters: { token: "0", options: "1" },
  options,
  failure: "rejects",
  promise: true,
  signatureFirst: true,
  issuedBy: "own-tenant",
  checks,
};

export const clerkBackend: Library = {
  name: "@clerk/backend",
  current: "3.25.0",
  verified: ["3.25.0"],
  modules: [
    { specifier: "@clerk/backend" },
    { specifier: "@clerk/backend/jwt", path: "jwt" },
    // Hands the whole of @clerk/backend on.
    { specifier: "@clerk/express" },
    { specifier: "@clerk/nextjs/server" },
  ],
  entities: {
    verifyToken,
    createClerkClient: { kind: "create", returns: "ClerkClient#" },
    clerkClient: { kind: "create", returns: "ClerkClient#" },
    // Instances of the packages before 1.0 had it.
    "ClerkClient#.verifyToken": verifyToken,
    "ClerkClient#.authenticateRequest": {
      kind: "verify",
      parameters: { options: "1" },
      options,
      failure: "returns-result",
      verdict: { members: ["isAuthenticated", "isSignedIn", "status", "toAuth", "reason"] },
      promise: true,
      issuedBy: "own-tenant",
      checks,
    },
    "jwt.verifyJwt": {
      ...verifyToken,
      parameters: { token: "0", key: "1.key", options: "1" },
      checks: { ...checks, issuer: "never" },
    },
    // Gives `{ header, payload, signature, raw }`.
    "jwt.decodeJwt": {
      kind: "decode",
      parameters: { token: "0" },
      claimsAt: "payload",
      failure: "throws",
    },
    "jwt.signJwt": {
      kind: "sign",
      parameters: { payload: "0", key: "1", options: "2" },
      options: { algorithm: { role: "algorithm" }, header: { role: "header" } },
      promise: true,
      failure: "rejects",
    },
  },
};
