import { fastChecks, fastSignOptions, fastVerifyOptions } from "./fast-jwt.ts";
import { checks, payloadClaims, signOptions, verifyOptions } from "./shared.ts";
import type { Decoration, Entity, Library, OptionModel, Registration } from "./types.ts";

/**
 * A plugin over fast-jwt, registered once; what it adds to the server, the request and the reply is
 * used in files that import nothing of it.
 *
 * Names are fast-jwt's: `audience` and `issuer` of jsonwebtoken are ignored, and `allowedAud` and its
 * kin pass a token without the claim. But `expiresIn` and `maxAge` count seconds here, and
 * `clockTolerance` milliseconds. A call's options are merged over those of the registration from 10
 * on; up to 9 `fastify.jwt.sign(payload, options)` replaces them (8.0.1, 9.1.0, 10.2.8).
 */
const signing = {
  ...fastSignOptions,
  expiresIn: { role: "lifetime", grammar: "seconds-or-ms-string" },
  notBefore: { role: "notBefore", grammar: "seconds-or-ms-string" },
  key: { role: "key" },
} as const satisfies Record<string, OptionModel>;

const verifying = {
  ...fastVerifyOptions,
  maxAge: { role: "maxAge", grammar: "seconds-or-ms-string", skippedWhen: ["undefined", "zero"] },
  key: { role: "key" },
  extractToken: { role: "tokenSource" },
} as const satisfies Record<string, OptionModel>;

/**
 * `secret` is an option of the registration. A call reads `key`, and signs and verifies with the key of the
 * registration beside any other name (9.1.0, 10.2.8).
 */
const SECRET = { secret: { role: "key", ignored: { meant: "key" } } } as const;

const under = (
  prefix: string,
  options: Readonly<Record<string, OptionModel>>,
): Record<string, OptionModel> =>
  Object.fromEntries(
    Object.entries(options).map(([name, model]) => {
      const meant = model.ignored?.meant;
      const moved =
        meant === undefined ? model : { ...model, ignored: { meant: `${prefix}.${meant}` } };
      return [`${prefix}.${name}`, moved];
    }),
  );

/** `signOptions: { … }`, as @nestjs/jwt has it: the plugin reads none of it. */
const unread = (
  written: string,
  read: string,
  options: Readonly<Record<string, OptionModel>>,
): Record<string, OptionModel> =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([, model]) => model.ignored === undefined)
      .map(([name, { role }]) => [
        `${written}.${name}`,
        { role, ignored: { meant: `${read}.${name}` } },
      ]),
  );

const registration = (
  sign: Readonly<Record<string, OptionModel>>,
  verify: Readonly<Record<string, OptionModel>>,
): Entity => ({
  kind: "module",
  pluginOf: ["register"],
  parameters: {
    key: ["1.secret.private", "1.secret.public", "1.secret"],
    options: "1",
  },
  options: {
    // `private` and `public` of a pair are keys of their own.
    "secret.private": { role: "key" },
    "secret.public": { role: "key" },
    secret: { role: "key" },
    // `request.jwtVerify` reads `request.cookies[cookieName]` where there is no header (9.1.0, 10.2.8).
    cookie: { role: "tokenCookie", namedAt: "cookieName" },
    // Asked by `request.jwtVerify` only, not by `fastify.jwt.verify`.
    trusted: { role: "revocation", hook: { refusesWith: "falsy" } },
    ...under("sign", sign),
    ...under("verify", verify),
    ...unread("signOptions", "sign", sign),
    ...unread("verifyOptions", "verify", verify),
  },
  resolver: ["other", "payload"],
  failure: "throws",
});

const at = (position: string): Registration => ({ from: "default", at: position });

/** What the plugin adds, by the names that it has unless it is told others. */
const decorations: readonly Decoration[] = [
  { framework: "fastify", on: "server", name: "jwt", path: "jwt#" },
  // Put there by hand in most applications: `request.jwt = fastify.jwt`.
  { framework: "fastify", on: "request", name: "jwt", path: "jwt#" },
  { framework: "fastify", on: "request", name: "jwtVerify", path: "jwtVerify" },
  { framework: "fastify", on: "request", name: "jwtDecode", path: "jwtDecode" },
  { framework: "fastify", on: "reply", name: "jwtSign", path: "jwtSign" },
];

interface Engine {
  readonly signing: Readonly<Record<string, OptionModel>>;
  readonly verifying: Readonly<Record<string, OptionModel>>;
  readonly checks: NonNullable<Entity["checks"]>;
}

function entities({ signing, verifying, checks }: Engine): Record<string, Entity> {
  const sign: Entity = {
    kind: "sign",
    parameters: { payload: "0", options: "1", key: "1.key", callback: ["1", "2"] },
    options: signing,
    claims: payloadClaims,
    adds: ["issuedAt"],
    grammar: "epoch-seconds",
    failure: "throws",
    inherits: at("1.sign"),
  };
  const verify: Entity = {
    kind: "verify",
    parameters: { token: "0", options: "1", key: "1.key", callback: ["1", "2"] },
    options: verifying,
    failure: "throws",
    checks,
    signatureFirst: true,
    completeOption: "complete",
    inherits: at("1.verify"),
  };
  const decode: Entity = { kind: "decode", parameters: { token: "0" }, failure: "throws" };
  const plugin = registration(signing, verifying);
  return {
    default: plugin,
    fastifyJwt: plugin,
    "jwt#.sign": sign,
    "jwt#.verify": verify,
    "jwt#.decode": decode,
    // These two also take their options under a name of their own: `{ sign: { expiresIn: "15m" } }` (9.1.0, 10.2.8).
    jwtSign: {
      ...sign,
      parameters: { ...sign.parameters, key: ["1.sign.key", "1.key"] },
      options: { ...signing, ...under("sign", signing) },
      promise: true,
      failure: "rejects",
    },
    // The token is the request's.
    jwtVerify: {
      ...verify,
      parameters: { options: "0", key: ["0.verify.key", "0.key"], callback: ["0", "1"] },
      options: { ...verifying, ...under("verify", verifying) },
      promise: true,
      failure: "rejects",
    },
    jwtDecode: { ...decode, parameters: {}, promise: true },
  };
}

const modules = (name: string): Library["modules"] => [{ specifier: name, default: "default" }];

export const fastifyJwt: Library = {
  name: "@fastify/jwt",
  current: "10.2.8",
  verified: ["8.0.1", "9.1.0", "10.2.8"],
  modules: modules("@fastify/jwt"),
  entities: entities({
    signing: { ...signing, ...SECRET },
    verifying: { ...verifying, ...SECRET },
    // A key is always set, and fast-jwt then refuses unsigned tokens.
    checks: { ...fastChecks, none: "never", confusion: "never" },
  }),
  decorations,
  // `fastify.jwt.access.sign` where it is registered with `namespace: "access"`.
  namespaces: ["jwt#"],
};

/**
 * The name of the package up to 4: releases 1 and 2 hand jsonwebtoken's names on, 3 and 4 those of
 * fast-jwt. Which one is in use is rarely known, so both count.
 */
export const fastifyJwtBefore5: Library = {
  name: "fastify-jwt",
  current: "4.1.3",
  // None was run: what is known of fast-jwt and jsonwebtoken is put together here.
  verified: [],
  modules: modules("fastify-jwt"),
  entities: entities({
    signing: { ...signing, ...signOptions },
    verifying: { ...verifying, ...verifyOptions, ...read(fastVerifyOptions) },
    checks: { ...checks, none: "never" },
  }),
  decorations,
  namespaces: ["jwt#"],
};

/** Without the names that are ignored. */
function read(options: Readonly<Record<string, OptionModel>>): Record<string, OptionModel> {
  return Object.fromEntries(
    Object.entries(options).filter(([, model]) => model.ignored === undefined),
  );
}
