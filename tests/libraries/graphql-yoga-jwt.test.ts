import { testRealistic, testTwins } from "../kit/twins.ts";

const KEYS = "signingKeyProviders: [createInlineSigningKeyProvider(process.env.JWT_SECRET)]";

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
