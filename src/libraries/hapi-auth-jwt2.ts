import { checks, verifyOptions } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * A scheme of hapi over jsonwebtoken. Options of the verification count inside `verifyOptions` only.
 * With `verify` in place of `validate` nothing is verified: the function is given what any token
 * says, and `key` is not read. Unless told otherwise a token in the query string counts, before the
 * header (7.4.1, 10.7.0, 11.0.0).
 */
const inside: Record<string, OptionModel> = Object.fromEntries(
  Object.entries<OptionModel>(verifyOptions).map(([name, model]) => {
    const meant = model.ignored?.meant;
    return [
      `verifyOptions.${name}`,
      meant === undefined ? model : { ...model, ignored: { meant: `verifyOptions.${meant}` } },
    ];
  }),
);

const misplaced = (role: OptionModel["role"], name: string): OptionModel => ({
  role,
  ignored: { meant: `verifyOptions.${name}` },
});

const strategy = (at: string): Entity => ({
  kind: "strategy",
  parameters: { key: `${at}.key`, options: at },
  options: {
    ...inside,
    "verifyOptions.algorithms": {
      role: "algorithms",
      skippedWhen: ["undefined", "null", "false"],
    },
    key: { role: "key" },
    urlKey: { role: "tokenSource" },
    // `false` for none, and "token" where nothing is said, which does not show that anybody sets one.
    cookieKey: { role: "tokenCookie", jar: "state" },
    verify: { role: "verification", offWhenGiven: true, unless: "validate" },
    validate: { role: "revocation", hook: { refusesWith: "not-valid" } },
    // As they were called before 8, when they answered by a callback.
    verifyFunc: { role: "verification", offWhenGiven: true, unless: "validateFunc" },
    validateFunc: { role: "revocation", hook: { refusesWith: "falsy", callback: 2 } },
    algorithms: misplaced("algorithms", "algorithms"),
    audience: misplaced("audience", "audience"),
    issuer: misplaced("issuer", "issuer"),
    ignoreExpiration: misplaced("ignoreExpiration", "ignoreExpiration"),
    maxAge: misplaced("maxAge", "maxAge"),
  },
  queryByDefault: true,
  resolver: ["payload"],
  failure: "responds",
  checks,
  signatureFirst: true,
});

/** What a package of another name shares whose scheme is called so as well: it has a key, and the rest is its own. */
const ofAnother = (at: string): Entity => ({
  kind: "strategy",
  parameters: { key: `${at}.key` },
  options: { key: { role: "key" } },
  failure: "responds",
});

export const hapiAuthJwt2: Library = {
  name: "hapi-auth-jwt2",
  current: "11.0.0",
  verified: ["7.4.1", "10.7.0", "11.0.0"],
  modules: [{ specifier: "hapi-auth-jwt2", default: "" }],
  entities: {
    strategy: strategy("2"),
    // hapi before 17 takes a mode in front of the options: `"required"`, `true`.
    strategyWithMode: strategy("3"),
    ofAnother: ofAnother("2"),
    ofAnotherWithMode: ofAnother("3"),
  },
  schemes: [
    {
      method: "auth.strategy",
      at: "1",
      name: "jwt",
      path: "strategy",
      another: "ofAnother",
      told: ["2.key"],
    },
    {
      method: "auth.strategy",
      at: "1",
      name: "jwt",
      path: "strategyWithMode",
      another: "ofAnotherWithMode",
      told: ["3.key"],
    },
  ],
};
