import { checks, verifyOptions } from "./shared.ts";
import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * A plugin over jsonwebtoken 9. Without `tokenVerification` RS256 and HS256 are accepted; with it the
 * list is gone unless it is written again. `reject.invalidToken: false` lets a forged token go on to
 * the resolvers without claims (3.18.1).
 *
 * Up to 2 there are no providers of keys: `signingKey` or `jwksUri`, and what jsonwebtoken is told
 * beside it, with RS256 alone where no list is given. Requests without a token go on to the resolvers
 * (2.1.2 and 2.6.0). Each of 2 and 3 fails at the start without its own way of naming the key.
 */
const inside: Record<string, OptionModel> = Object.fromEntries(
  Object.entries<OptionModel>(verifyOptions).map(([name, model]) => {
    const meant = model.ignored?.meant;
    return [
      `tokenVerification.${name}`,
      meant === undefined ? model : { ...model, ignored: { meant: `tokenVerification.${meant}` } },
    ];
  }),
);

/** From 3 on nothing of what is said beside `tokenVerification` is handed on. */
const beside: Record<string, OptionModel> = Object.fromEntries(
  (["algorithms", "audience", "issuer", "ignoreExpiration", "maxAge"] as const).map((name) => [
    name,
    { role: verifyOptions[name].role, ignored: { meant: `tokenVerification.${name}` } },
  ]),
);

const before3: Partial<Entity> = {
  parameters: { key: "0.signingKey", options: "0" },
  options: {
    ...verifyOptions,
    signingKey: { role: "key" },
    jwksUri: { role: "jwksUri" },
    getToken: { role: "tokenSource" },
  },
  checks: { ...checks, algorithms: "fixed", emptyKey: "refused" },
};

export const graphqlYogaJwt: Library = {
  name: "@graphql-yoga/plugin-jwt",
  current: "3.18.1",
  shown: { useJWT: { at: ["0.signingKey", "0.jwksUri"], release: "2.6.0" } },
  verified: ["2.1.2", "2.6.0", "3.18.1"],
  modules: [{ specifier: "@graphql-yoga/plugin-jwt", default: "" }],
  entities: {
    useJWT: {
      kind: "middleware",
      parameters: { key: ["0.signingKeyProviders", "0.singingKeyProviders"], options: "0" },
      options: {
        ...inside,
        ...beside,
        "reject.missingToken": { role: "optional", lets: [{ when: false, whom: "missing" }] },
        "reject.invalidToken": { role: "optional", lets: [{ when: false, whom: "forged" }] },
      },
      failure: "responds",
      checks,
      without: { at: "0.tokenVerification", checks: { algorithms: "fixed" } },
      signatureFirst: true,
      resolver: ["header"],
      variants: [{ versions: "<3", entity: before3 }],
    },
    createInlineSigningKeyProvider: {
      kind: "key",
      parameters: { key: "0" },
      keyKind: "input",
      keyAsText: true,
    },
    createRemoteJwksSigningKeyProvider: {
      kind: "key-set",
      parameters: { key: "0.jwksUri", options: "0" },
      options: { jwksUri: { role: "jwksUri" } },
    },
  },
};
