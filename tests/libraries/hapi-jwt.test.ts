import { testRealistic, testTwins } from "../kit/twins.ts";

const CHECKS = 'verify: { aud: "api", iss: "me", sub: false }';

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `server.auth.strategy("api", "jwt", { keys: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", ${CHECKS}, validate });`,
      safe: `server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET, ${CHECKS}, validate });`,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      // The library is registered elsewhere: the names of the options tell which one it is.
      vulnerable: `server.auth.strategy("api", "jwt", { keys: { key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", algorithms: ["HS256"] }, ${CHECKS}, validate });`,
      safe: `server.auth.strategy("api", "session", { keys: { key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" }, validate });`,
      preamble: "export function plugin(server) { /* jwt */ }",
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'const token = Jwt.token.generate({ sub, exp }, "secret");',
      safe: "const token = Jwt.token.generate({ sub, exp }, process.env.JWT_SECRET);",
    },
    {
      rule: "no-weak-key",
      messageId: "emptyKey",
      vulnerable: `server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET || "", ${CHECKS}, validate });`,
      safe: `server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET, ${CHECKS}, validate });`,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "signatureLeftOut",
      vulnerable: 'server.auth.strategy("api", "jwt", { keys: secret, verify: false, validate });',
      safe: `server.auth.strategy("api", "jwt", { keys: secret, ${CHECKS}, validate });`,
    },
    {
      rule: "no-none-algorithm",
      messageId: "acceptsUnsecured",
      vulnerable:
        'Jwt.token.verify(artifacts, { key: process.env.JWT_SECRET, algorithm: "none" });',
      safe: 'Jwt.token.verify(artifacts, { key: process.env.JWT_SECRET, algorithm: "HS256" });',
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "mixesFamilies",
      vulnerable: `server.auth.strategy("api", "jwt", { keys: { key: process.env.KEY, algorithms: ["RS256", "HS256"] }, ${CHECKS}, validate });`,
      safe: `server.auth.strategy("api", "jwt", { keys: { key: process.env.KEY, algorithms: ["RS256"] }, ${CHECKS}, validate });`,
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable: `server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET, ${CHECKS}, validate });`,
      safe: `server.auth.strategy("api", "jwt", { keys: { key: process.env.JWT_SECRET, algorithms: ["HS256"] }, ${CHECKS}, validate });`,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        'server.auth.strategy("api", "jwt", { keys: secret, verify: { aud: "api", iss: "me", sub: false, exp: false }, validate });',
      safe: 'server.auth.strategy("api", "jwt", { keys: secret, verify: { aud: "api", iss: "me", sub: false, exp: true }, validate });',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable:
        'server.auth.strategy("api", "jwt", { keys: secret, verify: { aud: "api", iss: "me", sub: false, timeSkewSec: 86400 }, validate });',
      safe: 'server.auth.strategy("api", "jwt", { keys: secret, verify: { aud: "api", iss: "me", sub: false, timeSkewSec: 15 }, validate });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        'server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET, verify: { aud: false, iss: "me", sub: false }, validate });',
      safe: 'server.auth.strategy("api", "jwt", { keys: process.env.JWT_SECRET, verify: { aud: "api", iss: "me", sub: false }, validate });',
    },
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        "Jwt.token.verify(Jwt.token.decode(token), process.env.JWT_SECRET, { aud: 'api' });",
      safe: "Jwt.token.verify(Jwt.token.decode(token), process.env.JWT_SECRET, { aud: 'api', iss: 'me' });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: "Jwt.token.verify(artifacts, secret, { audience: 'api' });",
      safe: "Jwt.token.verify(artifacts, secret, { aud: 'api' });",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'const token = Jwt.token.generate({ sub: 1 }, { key: secret, algorithm: "HS256" });',
      safe: 'const token = Jwt.token.generate({ sub: 1 }, { key: secret, algorithm: "HS256" }, { ttlSec: 900 });',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "const token = Jwt.token.generate({ sub: 1 }, secret, { ttlSec: 365 * 24 * 3600 });",
      safe: "const token = Jwt.token.generate({ sub: 1 }, secret, { ttlSec: 4 * 3600 });",
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(request) {\n  request.user = Jwt.token.decode(request.state.token).decoded.payload;\n}",
      safe: "export function authenticate(request) {\n  const artifacts = Jwt.token.decode(request.state.token);\n  Jwt.token.verify(artifacts, secret);\n  request.user = artifacts.decoded.payload;\n}",
      line: 2,
    },
  ],
  { preamble: 'import Jwt from "@hapi/jwt";' },
);

testRealistic(
  "a server",
  `
const Hapi = require("@hapi/hapi");
const Jwt = require("@hapi/jwt");
const { randomUUID } = require("node:crypto");
const sessions = require("./sessions");
const users = require("./users");

const ISSUER = "https://id.example.com";
const AUDIENCE = "https://api.example.com";

async function start() {
  const server = Hapi.server({ port: 3000 });
  await server.register(Jwt);

  server.auth.strategy("session", "jwt", {
    keys: { key: process.env.JWT_SECRET, algorithms: ["HS256"] },
    verify: { aud: AUDIENCE, iss: ISSUER, sub: false, nbf: true, exp: true, maxAgeSec: 14400, timeSkewSec: 15 },
    validate: async (artifacts) => {
      const { payload } = artifacts.decoded;
      return { isValid: await sessions.has(payload.jti), credentials: { id: payload.sub } };
    },
  });
  server.auth.default("session");

  server.route({
    method: "POST",
    path: "/login",
    options: { auth: false },
    handler: async (request, h) => {
      const user = await users.check(request.payload.email, request.payload.password);
      if (!user) return h.response({ error: "unauthorized" }).code(401);
      const token = Jwt.token.generate(
        { sub: user.id, aud: AUDIENCE, iss: ISSUER, jti: randomUUID() },
        { key: process.env.JWT_SECRET, algorithm: "HS256" },
        { ttlSec: 4 * 60 * 60 },
      );
      return { token };
    },
  });

  server.route({
    method: "GET",
    path: "/me",
    handler: (request) => users.find(request.auth.credentials.id),
  });

  await server.start();
}

start();
`,
  { sourceType: "commonjs" },
);
