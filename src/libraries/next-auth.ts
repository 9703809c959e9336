import type { Entity, Library, OptionModel } from "./types.ts";

/** Thirty days, where nothing else is said. */
const DEFAULT_LIFETIME = 2_592_000;

/**
 * `decode` decrypts, and so verifies: a forged token is rejected. `getToken` resolves to `null`
 * whatever is wrong with the token. A secret of one character is taken (next-auth 4.24.15,
 * @auth/core 0.41.3).
 */
const getToken: Entity = {
  kind: "verify",
  parameters: { key: "0.secret", options: "0" },
  options: { secret: { role: "key" } },
  failure: "returns-null",
  promise: true,
  checks: {
    algorithms: "fixed",
    expiration: "required",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "never",
  },
};

const decode: Entity = {
  ...getToken,
  parameters: { token: "0.token", key: "0.secret", options: "0" },
  options: { secret: { role: "key" } },
  failure: "rejects",
};

const encode: Entity = {
  kind: "sign",
  parameters: { payload: "0.token", key: "0.secret", options: "0" },
  options: { secret: { role: "key" }, maxAge: { role: "lifetime", grammar: "seconds" } },
  promise: true,
  failure: "rejects",
  defaultLifetime: DEFAULT_LIFETIME,
  encrypts: true,
};

const configuration = {
  secret: { role: "key" },
  "jwt.secret": { role: "key" },
  "jwt.maxAge": { role: "lifetime", grammar: "seconds" },
  "session.maxAge": { role: "lifetime", grammar: "seconds" },
} as const satisfies Record<string, OptionModel>;

const register: Entity = {
  kind: "module",
  parameters: { key: ["0.jwt.secret", "0.secret"], options: "0" },
  options: configuration,
  defaultLifetime: DEFAULT_LIFETIME,
};

export const nextAuth: Library = {
  name: "next-auth",
  current: "4.24.15",
  verified: ["4.24.15"],
  modules: [
    { specifier: "next-auth", default: "default" },
    { specifier: "next-auth/jwt", path: "jwt", default: "jwt" },
  ],
  entities: {
    default: register,
    "jwt.getToken": getToken,
    "jwt.decode": decode,
    "jwt.encode": encode,
  },
  optionsTypes: {
    NextAuthOptions: { path: "default" },
    AuthOptions: { path: "default" },
    NextAuthConfig: { path: "default" },
  },
  optionsList: { path: "default", list: "providers", from: "next-auth/providers/" },
};

/** The engine of next-auth 5 and its relatives, under its own name. */
export const authCore: Library = {
  name: "@auth/core",
  current: "0.41.3",
  verified: ["0.41.3"],
  modules: [{ specifier: "@auth/core" }, { specifier: "@auth/core/jwt", path: "jwt" }],
  entities: {
    "jwt.getToken": getToken,
    "jwt.decode": decode,
    "jwt.encode": encode,
  },
};
