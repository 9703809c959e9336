import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * Project and issuer are always compared, RS256 alone is accepted. A session that was revoked passes
 * until its token expires unless `checkRevoked` is set. With FIREBASE_AUTH_EMULATOR_HOST in the
 * environment unsigned tokens pass (11.11.1, 13.10.0, 14.5.1). 14 has no `admin.auth()`.
 */
const checks: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "required",
  issuer: "required",
  none: "never",
  confusion: "never",
};

const checkRevoked: OptionModel = {
  role: "revocation",
  skippedWhen: ["undefined", "null", "empty", "zero", "false"],
};

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0" },
  arguments: { "1": checkRevoked },
  failure: "rejects",
  promise: true,
  issuedBy: "own-tenant",
  checks,
};

const auth: Entity = { kind: "create", returns: "Auth#" };
const app: Entity = { kind: "create", returns: "App#" };

export const firebaseAdmin: Library = {
  name: "firebase-admin",
  current: "14.5.1",
  verified: ["13.10.0"],
  modules: [
    { specifier: "firebase-admin", default: "" },
    { specifier: "firebase-admin/auth" },
    { specifier: "firebase-admin/app" },
    // Before there was a package of its own for servers: the same methods (3.4.0).
    { specifier: "firebase", default: "" },
  ],
  entities: {
    auth,
    getAuth: auth,
    Auth: auth,
    initializeApp: app,
    app,
    getApp: app,
    "App#.auth": auth,
    "Auth#.tenantManager": { kind: "create", returns: "TenantManager#" },
    "TenantManager#.authForTenant": auth,
    "Auth#.verifyIdToken": verify,
    "Auth#.verifySessionCookie": { ...verify, isSession: true },
    // One hour; registered claims are refused.
    "Auth#.createCustomToken": {
      kind: "sign",
      parameters: { payload: "1" },
      arguments: { "0": { role: "subject" } },
      promise: true,
      failure: "rejects",
    },
    "Auth#.createSessionCookie": {
      kind: "sign",
      parameters: { options: "1" },
      options: { expiresIn: { role: "lifetime", grammar: "milliseconds" } },
      promise: true,
      failure: "rejects",
    },
  },
};
