import { checks, verifyOptions } from "./shared.ts";
import type { Entity, Library } from "./types.ts";

/**
 * The options go on to jsonwebtoken, over RS256 and Apple's issuer as defaults. Without `audience` an
 * ID token that Apple made for any app passes (2.1.0).
 */
const verifyIdToken: Entity = {
  kind: "verify",
  parameters: { token: "0", options: "1" },
  options: verifyOptions,
  failure: "rejects",
  promise: true,
  signatureFirst: true,
  issuedBy: "public-provider",
  checks: { ...checks, algorithms: "fixed", issuer: "required", none: "never" },
};

export const appleSigninAuth: Library = {
  name: "apple-signin-auth",
  current: "2.1.0",
  verified: ["2.1.0"],
  modules: [{ specifier: "apple-signin-auth", default: "" }],
  entities: {
    verifyIdToken,
    verifyWebhookToken: verifyIdToken,
    getClientSecret: {
      kind: "sign",
      parameters: { key: "0.privateKey", options: "0" },
      options: { expAfter: { role: "lifetime", grammar: "seconds" } },
      defaultAlgorithm: "ES256",
      defaultLifetime: 300,
      failure: "throws",
    },
  },
};

/**
 * Always compares the audience with `clientId`: without one every token is refused. The source of
 * 3.1.2 was read.
 */
export const verifyAppleIdToken: Library = {
  name: "verify-apple-id-token",
  current: "3.1.2",
  verified: [],
  modules: [{ specifier: "verify-apple-id-token", default: "default" }],
  entities: {
    default: {
      kind: "verify",
      parameters: { token: "0.idToken", options: "0" },
      options: { clientId: { role: "audience" }, nonce: { role: "nonce" } },
      failure: "rejects",
      promise: true,
      signatureFirst: true,
      issuedBy: "public-provider",
      checks: {
        algorithms: "fixed",
        expiration: "if-present",
        audience: "required",
        issuer: "required",
        none: "never",
        confusion: "never",
      },
    },
  },
};
