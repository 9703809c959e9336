import type { Entity, Library, OptionModel } from "./types.ts";

const options = {
  jwksUri: { role: "jwksUri" },
} as const satisfies Record<string, OptionModel>;

/** Fetches the keys that a URL of the program's own names, and looks up `kid` among them. */
const client: Entity = {
  kind: "key-set",
  parameters: { key: "0.jwksUri", options: "0" },
  options,
  returns: "JwksClient#",
};

const provider: Entity = {
  kind: "key-set",
  parameters: { key: "0.jwksUri", options: "0" },
  options,
};

export const jwksRsa: Library = {
  name: "jwks-rsa",
  current: "4.1.0",
  verified: ["1.12.5", "2.1.5", "3.2.2", "4.1.0"],
  looksUpKeys: true,
  modules: [{ specifier: "jwks-rsa", default: "default" }],
  entities: {
    default: client,
    JwksClient: client,
    jwksClient: client,
    expressJwtSecret: provider,
    koaJwtSecret: provider,
    passportJwtSecret: provider,
    hapiJwt2Key: provider,
    hapiJwt2KeyAsync: provider,
    // The key that is looked up comes from the trusted set.
    "JwksClient#.getSigningKey": {
      kind: "create",
      parameters: { callback: "1" },
      returns: "SigningKey#",
    },
    "JwksClient#.getSigningKeyAsync": { kind: "create", returns: "SigningKey#" },
    "JwksClient#.getSigningKeys": { kind: "create" },
    "SigningKey#.getPublicKey": { kind: "create" },
  },
};
