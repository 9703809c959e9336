import type { Entity, Library } from "./types.ts";

/**
 * Without `audience` an ID token that Google made for any app at all passes: the client ID that the
 * constructor is given is not compared with it. `exp` is required, with 300 seconds of grace that no
 * option changes. Error messages hold the whole token (9.15.1, 10.9.1, 11.3.4).
 */
const verifyIdToken: Entity = {
  kind: "verify",
  parameters: { token: "0.idToken", options: "0", callback: "1" },
  options: {
    audience: { role: "audience", skippedWhen: ["undefined", "null"] },
    requiredAudience: { role: "audience", ignored: { meant: "audience" } },
    aud: { role: "audience", ignored: { meant: "audience" } },
    clientId: { role: "audience", ignored: { meant: "audience" } },
    maxExpiry: { role: "maxAge", grammar: "seconds", hasDefault: true },
  },
  failure: "rejects",
  promise: true,
  issuedBy: "public-provider",
  signatureFirst: true,
  checks: {
    algorithms: "fixed",
    expiration: "required",
    audience: "option",
    issuer: "required",
    none: "never",
    confusion: "never",
  },
};

const client: Entity = { kind: "create", returns: "OAuth2Client#" };

export const googleAuthLibrary: Library = {
  name: "google-auth-library",
  current: "11.3.4",
  verified: ["10.9.1"],
  modules: [
    { specifier: "google-auth-library", default: "" },
    // Hands the same classes on.
    { specifier: "googleapis", path: "googleapis" },
  ],
  entities: {
    OAuth2Client: client,
    "googleapis.google.auth.OAuth2": client,
    "googleapis.Auth.OAuth2Client": client,
    "OAuth2Client#.verifyIdToken": verifyIdToken,
  },
};
