import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", validate });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate });',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'server.auth.strategy("jwt", "jwt", { key: "NeverShareYourSecret", validate });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate });',
      preamble: "export function plugin(server) { /* jwt */ }",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "signatureLeftOut",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, verify: check });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate: check });',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { ignoreExpiration: true } });',
      safe: 'server.auth.strategy("jwt", "jwt", { key, validate, ignoreExpiration: true });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'server.auth.strategy("jwt", "jwt", { key, validate, algorithms: ["HS256"] });',
      safe: 'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { algorithms: ["HS256"] } });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { iss: "me" } });',
      safe: 'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { issuer: "me" } });',
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate, verifyOptions: { algorithms: false } });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate, verifyOptions: { algorithms: ["HS256"] } });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate, verifyOptions: { audience: "api" } });',
    },
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate });',
      safe: 'server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validate, verifyOptions });',
    },
    {
      rule: "no-none-algorithm",
      messageId: "listsNone",
      vulnerable:
        'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { algorithms: ["none", "HS256"] } });',
      safe: 'server.auth.strategy("jwt", "jwt", { key, validate, verifyOptions: { algorithms: ["HS256"] } });',
    },
  ],
  { preamble: 'const hapiAuthJwt2 = require("hapi-auth-jwt2");', sourceType: "commonjs" },
);

testRealistic(
  "a plugin",
  `
const hapiAuthJwt2 = require("hapi-auth-jwt2");
const sessions = require("../sessions");

async function validate(decoded, request, h) {
  const session = await sessions.find(decoded.jti);
  if (session === undefined) {
    request.log(["auth"], "session is gone");
    return { isValid: false };
  }
  return { isValid: true, credentials: { id: session.userId, scope: session.scope } };
}

exports.plugin = {
  name: "authentication",
  register: async function (server, options) {
    await server.register(hapiAuthJwt2);
    server.auth.strategy("jwt", "jwt", {
      key: options.secret,
      validate,
      urlKey: false,
      cookieKey: false,
      tokenType: "Bearer",
      verifyOptions: {
        algorithms: ["HS256"],
        issuer: "https://id.example.com",
        audience: "https://api.example.com",
      },
    });
    server.auth.default("jwt");
    server.route({
      method: "GET",
      path: "/me",
      handler: (request) => ({ id: request.auth.credentials.id }),
    });
  },
};
`,
  { sourceType: "commonjs" },
);
