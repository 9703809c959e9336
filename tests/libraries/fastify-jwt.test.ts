import { describe, expect, it } from "vitest";
import { findingsIn, testRealistic, testTwins } from "../kit/twins.ts";

const PLUGIN = 'import fastifyJwt from "@fastify/jwt"; import fp from "fastify-plugin";';
const ROUTES = 'import type { FastifyInstance } from "fastify";';

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: 'app.register(fastifyJwt, { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: "app.register(fastifyJwt, { secret: process.env.JWT_SECRET });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "fallbackKey",
      vulnerable:
        'app.register(require("@fastify/jwt"), {\n  secret: config.secret || "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG",\n});',
      safe: 'app.register(require("@fastify/jwt"), {\n  secret: config.secret,\n});',
      line: 2,
      preamble: "const app = require('fastify')();",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'await app.register(import("@fastify/jwt"), { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: 'await app.register(import("@fastify/jwt"), { secret: await readSecret() });',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export default fp(async (server) => { server.register(fastifyJwt, { secret: { private: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", public: pem } }); });',
      safe: "export default fp(async (server) => { server.register(fastifyJwt, { secret: { private: key, public: pem } }); });",
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'app.register(fastifyJwt, { secret: "supersecret" });',
      safe: "app.register(fastifyJwt, { secret: process.env.JWT_SECRET });",
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable:
        'app.get("/t", (request, reply) => reply.jwtSign({ id }, { sign: { key: "supersecret" } }));',
      safe: 'app.get("/t", (request, reply) => reply.jwtSign({ id }, { sign: { key: process.env.KEY } }));',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'app.get("/t", (request, reply) => reply.jwtSign({ id }, { sign: { expiresIn: "5y" } }));',
      safe: 'app.get("/t", (request, reply) => reply.jwtSign({ id }, { sign: { expiresIn: "1h" } }));',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "request.jwtVerify({ verify: { ignoreExpiration: true } });",
      safe: "request.jwtVerify({ verify: { ignoreExpiration: false } });",
      preamble: `${PLUGIN} export const check = (request) =>`,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'app.register(fastifyJwt, { secret, verify: { issuer: "me" } });',
      safe: 'app.register(fastifyJwt, { secret, verify: { allowedIss: "me" } });',
    },
    {
      // A claim that signing leaves out; nothing is checked there.
      rule: "no-ineffective-option",
      messageId: "misnamed",
      vulnerable: 'app.register(fastifyJwt, { secret, sign: { issuer: "me" } });',
      safe: 'app.register(fastifyJwt, { secret, sign: { iss: "me" } });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'server.get("/", async (request) => request.jwtVerify({ audience: "api" }));',
      safe: 'server.get("/", async (request) => request.jwtVerify({ allowedAud: "api" }));',
      preamble: ROUTES,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamed",
      vulnerable: 'app.register(fastifyJwt, { secret, signOptions: { expiresIn: "15m" } });',
      safe: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "15m" } });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'app.register(fastifyJwt, { secret, verifyOptions: { algorithms: ["HS256"] } });',
      safe: 'app.register(fastifyJwt, { secret, verify: { algorithms: ["HS256"] } });',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'app.register(fastifyJwt, { secret, signOptions: { expiresIn: "15m" } });\napp.post("/login", async (request) => app.jwt.sign({ sub: request.body.id }));',
      safe: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "15m" } });\napp.post("/login", async (request) => app.jwt.sign({ sub: request.body.id }));',
      line: 2,
      preamble: 'import fastifyJwt from "@fastify/jwt"; const app = require("fastify")();',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "app.register(fastifyJwt, { secret, verify: { ignoreExpiration: true } });",
      safe: "app.register(fastifyJwt, { secret, verify: { ignoreExpiration: false } });",
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable: "app.register(fastifyJwt, { secret, verify: { clockTolerance: 3600000 } });",
      // Milliseconds: a second and a half.
      safe: "app.register(fastifyJwt, { secret, verify: { clockTolerance: 1500 } });",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "365d" } });',
      safe: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "1d" } });',
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "bareNumber",
      vulnerable: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "3600" } });',
      // Seconds, unlike fast-jwt's own.
      safe: "app.register(fastifyJwt, { secret, sign: { expiresIn: 3600 } });",
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "milliseconds",
      vulnerable:
        'export default async (app: FastifyInstance) => { app.post("/", async () => app.jwt.sign({ sub }, { expiresIn: 60 * 60 * 1000 })); };',
      safe: 'export default async (app: FastifyInstance) => { app.post("/", async () => app.jwt.sign({ sub }, { expiresIn: 60 * 60 })); };',
      preamble: ROUTES,
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'app.register(fastifyJwt, { secret });\napp.post("/login", async (request) => request.jwt.sign({ id: 1 }));',
      line: 2,
      safe: 'app.register(fastifyJwt, { secret });\napp.post("/login", async (request) => request.jwt.sign({ id: 1 }, { expiresIn: "1h" }));',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'app.register(fastifyJwt, { secret });\napp.post("/login", async (request, reply) => reply.jwtSign({ sub: 1 }));',
      safe: 'app.register(fastifyJwt, { secret, sign: { expiresIn: "15m" } });\napp.post("/login", async (request, reply) => reply.jwtSign({ sub: 1 }));',
      line: 2,
      preamble: 'import fastifyJwt from "@fastify/jwt"; const app = require("fastify")();',
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable:
        'app.register(fastifyJwt, { secret });\napp.addHook("onRequest", (request) => request.jwtVerify());',
      safe: 'app.register(fastifyJwt, { secret, verify: { algorithms: ["HS256"] } });\napp.addHook("onRequest", (request) => request.jwtVerify());',
      preamble: 'import fastifyJwt from "@fastify/jwt"; const app = require("fastify")();',
    },
    {
      rule: "require-audience-check",
      messageId: "passesWithout",
      vulnerable:
        'app.register(fastifyJwt, { secret, verify: { allowedAud: "api" } });\napp.addHook("onRequest", (request) => request.jwtVerify());',
      safe: 'app.register(fastifyJwt, { secret, verify: { allowedAud: "api", requiredClaims: ["aud"] } });\napp.addHook("onRequest", (request) => request.jwtVerify());',
      preamble: 'import fastifyJwt from "@fastify/jwt"; const app = require("fastify")();',
    },
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        'app.register(fastifyJwt, { secret });\napp.addHook("onRequest", (request) => request.jwtVerify());',
      // Registered elsewhere: nobody sees what is checked.
      safe: 'app.addHook("onRequest", (request) => request.jwtVerify());',
      preamble: 'import fastifyJwt from "@fastify/jwt"; const app = require("fastify")();',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable: 'app.addHook("onRequest", async (request) => { request.jwtVerify(); });',
      safe: 'app.addHook("onRequest", async (request) => { await request.jwtVerify(); });',
      preamble: 'const app = require("fastify")();',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchFallsThrough",
      vulnerable:
        'app.decorate("authenticate", async (request, reply) => {\n  try { await request.jwtVerify(); } catch (error) { request.log.info(error); }\n});',
      safe: 'app.decorate("authenticate", async (request, reply) => {\n  try { await request.jwtVerify(); } catch (error) { reply.send(error); }\n});',
      line: 2,
      preamble: 'const app = require("fastify")();',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchFallsThrough",
      vulnerable:
        'app.decorate("authenticate", async (request) => {\n  try { request.session = await request.jwtVerify(); } catch {}\n});',
      // The name says that nobody has to be somebody.
      safe: 'app.decorate("optionalAuthenticate", async (request) => {\n  try { request.session = await request.jwtVerify(); } catch {}\n});',
      line: 2,
      preamble: 'const app = require("fastify")();',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export async function plugin(fastify) {\n  fastify.addHook('onRequest', async (request) => { request.user = fastify.jwt.decode(request.cookies.token); });\n}",
      safe: "export async function plugin(fastify) {\n  fastify.addHook('onRequest', async (request) => { request.user = fastify.jwt.verify(request.cookies.token); });\n}",
      line: 2,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export const load = async (request, reply) => {\n  request.user = await request.jwtDecode();\n};",
      safe: "export const load = async (request, reply) => {\n  request.user = await request.jwtVerify();\n};",
      line: 2,
    },
  ],
  { preamble: PLUGIN },
);

describe("members of frameworks' objects", () => {
  const decoded = (receiver: string, before = ""): string =>
    `${before}\nexport function authenticate(req) { req.user = ${receiver}.jwt.decode(req.cookies.token); }`;

  it.each([
    ["the server by its call", decoded("app", 'const app = require("fastify")();')],
    [
      "the server by its type",
      "class A { constructor(private s: FastifyInstance) {} authenticate(req) { req.user = this.s.jwt.decode(req.cookies.token); } }",
    ],
    [
      "a plugin's parameter",
      "module.exports = async (app) => { app.addHook('onRequest', async (req) => { req.user = app.jwt.decode(req.cookies.token); }); };",
    ],
    [
      "the server of a request",
      'import fp from "fastify-plugin"; export async function authenticate(request) { request.user = request.server.jwt.decode(request.cookies.token); }',
    ],
    [
      "a namespace",
      "export async function plugin(fastify) { fastify.addHook('onRequest', async (req) => { req.user = fastify.jwt.access.decode(req.cookies.token); }); }",
    ],
    [
      "a member taken apart",
      "export async function plugin(fastify) { const { jwt } = fastify; fastify.addHook('onRequest', async (req) => { req.user = jwt.decode(req.cookies.token); }); }",
    ],
  ])("are known by %s", (_, code) => {
    expect(findingsIn(code).filter((one) => one.startsWith("no-unverified-claims"))).toHaveLength(
      1,
    );
  });

  it.each([
    ["a name alone", decoded("app")],
    ["another object", decoded("options", 'import fastify from "fastify";')],
    [
      "another framework's request",
      "export const authenticate = (req, res, next) => { req.user = req.jwtDecode(); next(); };",
    ],
  ])("are not guessed from %s", (_, code) => {
    expect(findingsIn(code)).toEqual([]);
  });
});

testRealistic(
  "a plugin with its routes",
  `
import Fastify from "fastify";
import fp from "fastify-plugin";
import fastifyJwt from "@fastify/jwt";
import fastifyCookie from "@fastify/cookie";
import { randomUUID } from "node:crypto";
import { sessions, users } from "./store";

const authentication = fp(async (fastify, options) => {
  fastify.register(fastifyCookie);
  fastify.register(fastifyJwt, {
    secret: options.secret,
    sign: { algorithm: "HS256", expiresIn: "15m", iss: "https://id.example.com", aud: "api" },
    verify: {
      algorithms: ["HS256"],
      allowedIss: "https://id.example.com",
      allowedAud: "api",
      requiredClaims: ["exp", "iss", "aud"],
    },
    trusted: async (request, payload) => sessions.has(payload.jti),
  });

  fastify.decorate("authenticate", async (request, reply) => {
    try {
      await request.jwtVerify();
    } catch (error) {
      request.log.warn({ code: error.code }, "token refused");
      return reply.code(401).send({ error: "unauthorized" });
    }
  });
});

export function build() {
  const app = Fastify({ logger: true });
  app.register(authentication, { secret: process.env.JWT_SECRET });

  app.post("/login", async (request, reply) => {
    const user = await users.check(request.body.email, request.body.password);
    if (!user) return reply.code(401).send({ error: "unauthorized" });
    const token = await reply.jwtSign({ sub: user.id, jti: randomUUID() });
    return { token };
  });

  app.get("/me", { onRequest: [app.authenticate] }, async (request) => users.find(request.user.sub));

  app.after(() => {
    app.addHook("onRequest", (request) => request.jwtVerify());
  });
  return app;
}
`,
);
