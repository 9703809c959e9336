import { testRealistic, testTwins } from "../kit/twins.ts";

const KEYS = "signingKeyProviders: [createInlineSigningKeyProvider(process.env.JWT_SECRET)]";

const OLD_KEY = "signingKey: process.env.JWT_SECRET";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'useJWT({ signingKeyProviders: [createInlineSigningKeyProvider("kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG")] });',
      safe: `useJWT({ ${KEYS} });`,
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'useJWT({ signingKeyProviders: [createInlineSigningKeyProvider("secret")] });',
      safe: `useJWT({ ${KEYS} });`,
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable: `useJWT({ ${KEYS}, tokenVerification: { issuer: "me" } });`,
      // The plugin's own list holds where nothing is said of the verification.
      safe: `useJWT({ ${KEYS} });`,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: `useJWT({ ${KEYS}, tokenVerification: { ignoreExpiration: true } });`,
      safe: `useJWT({ ${KEYS}, tokenVerification: { ignoreExpiration: false } });`,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: `useJWT({ ${KEYS}, tokenVerification: { aud: "api" } });`,
      safe: `useJWT({ ${KEYS}, tokenVerification: { audience: "api" } });`,
    },
    {
      rule: "no-none-algorithm",
      messageId: "listsNone",
      vulnerable: `useJWT({ ${KEYS}, tokenVerification: { algorithms: ["HS256", "none"] } });`,
      safe: `useJWT({ ${KEYS}, tokenVerification: { algorithms: ["HS256"] } });`,
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: `useJWT({ ${KEYS} });`,
      safe: `useJWT({ ${KEYS}, tokenVerification: { audience: "api", algorithms: ["HS256"] } });`,
    },
    {
      rule: "require-issuer-check",
      messageId: "missing",
      vulnerable:
        "useJWT({ signingKeyProviders: [createRemoteJwksSigningKeyProvider({ jwksUri })], tokenVerification: { audience: 'api' } });",
      safe: "useJWT({ signingKeyProviders: [createRemoteJwksSigningKeyProvider({ jwksUri })], tokenVerification: { issuer: 'me' } });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: `useJWT({ ${KEYS}, issuer: "me" });`,
      safe: `useJWT({ ${KEYS}, tokenVerification: { issuer: "me" } });`,
    },
    // Releases before 3, which nothing but the name of the key tells here.
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable: `useJWT({ ${OLD_KEY}, audience: "api" });`,
      safe: `useJWT({ ${OLD_KEY}, issuer: "me", audience: "api" });`,
    },
    {
      rule: "require-issuer-check",
      messageId: "missing",
      vulnerable: 'useJWT({ jwksUri: "https://id.example.com/keys", audience: "api" });',
      safe: 'useJWT({ jwksUri: "https://id.example.com/keys", issuer: "me", audience: "api" });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: `useJWT({ ${OLD_KEY}, issuer: "me", tokenVerification: { audience: "api" } });`,
      safe: `useJWT({ ${OLD_KEY}, issuer: "me", audience: "api" });`,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: `useJWT({ ${OLD_KEY}, iss: "me" });`,
      safe: `useJWT({ ${OLD_KEY}, issuer: "me" });`,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: `useJWT({ ${OLD_KEY}, ignoreExpiration: true });`,
      safe: `useJWT({ ${OLD_KEY}, ignoreExpiration: false });`,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: 'useJWT({ signingKey: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: `useJWT({ ${OLD_KEY} });`,
    },
  ],
  {
    preamble:
      'import { createInlineSigningKeyProvider, createRemoteJwksSigningKeyProvider, useJWT } from "@graphql-yoga/plugin-jwt";',
  },
);

testRealistic(
  "a GraphQL server",
  `
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";
import {
  createRemoteJwksSigningKeyProvider,
  extractFromCookie,
  extractFromHeader,
  useJWT,
} from "@graphql-yoga/plugin-jwt";
import { useCookies } from "@whatwg-node/server-plugin-cookies";
import { users } from "./users";

const schema = createSchema({
  typeDefs: \`
    type User { id: ID! name: String! }
    type Query { me: User! }
  \`,
  resolvers: {
    Query: { me: (_, __, context) => users.find(context.jwt.payload.sub) },
  },
});

const yoga = createYoga({
  schema,
  plugins: [
    useCookies(),
    useJWT({
      signingKeyProviders: [
        createRemoteJwksSigningKeyProvider({ jwksUri: "https://id.example.com/.well-known/jwks.json" }),
      ],
      tokenLookupLocations: [
        extractFromHeader({ name: "authorization", prefix: "Bearer" }),
        extractFromCookie({ name: "session" }),
      ],
      tokenVerification: {
        algorithms: ["RS256"],
        issuer: "https://id.example.com/",
        audience: "https://api.example.com",
      },
      reject: { missingToken: true, invalidToken: true },
    }),
  ],
});

createServer(yoga).listen(process.env.PORT);
`,
);

testRealistic(
  "a GraphQL server of before release 3",
  `
import { createYoga } from "graphql-yoga";
import { useJWT } from "@graphql-yoga/plugin-jwt";
import { schema } from "./schema";

export const yoga = createYoga({
  schema,
  plugins: [
    useJWT({
      issuer: "https://id.example.com/",
      audience: "https://api.example.com",
      jwksUri: "https://id.example.com/.well-known/jwks.json",
    }),
  ],
});
`,
);
