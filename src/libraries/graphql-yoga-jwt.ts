import { checks, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

/**
 * A plugin over jsonwebtoken 9. Without `tokenVerification` RS256 and HS256 are accepted; with it the
 * list is gone unless it is written again. `reject.invalidToken: false` lets a forged token go on to
 * the resolvers without claims (3.18.1).
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

export const graphqlYogaJwt: Library = {
  name: "@graphql-yoga/plugin-jwt",
  current: "3.18.1",
  verified: ["3.18.1"],
  modules: [{ specifier: "@graphql-yoga/plugin-jwt", default: "" }],
  entities: {
    useJWT: {
      kind: "middleware",
      parameters: { key: ["0.signingKeyProviders", "0.singingKeyProviders"], options: "0" },
      options: {
        ...inside,
        "reject.missingToken": { role: "optional", lets: [{ when: false, whom: "missing" }] },
        "reject.invalidToken": { role: "optional", lets: [{ when: false, whom: "forged" }] },
      },
      failure: "responds",
      checks,
      without: { at: "0.tokenVerification", checks: { algorithms: "fixed" } },
      signatureFirst: true,
      resolver: ["header"],
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
