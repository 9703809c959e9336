import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'app.use(jwt({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" }).unless({ path: [/^\\/public/] }));',
      safe: "app.use(jwt({ secret: process.env.JWT_SECRET }).unless({ path: [/^\\/public/] }));",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: 'app.use(jwt({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", key: "claims" }));',
      // `key` and `tokenKey` name properties of the state.
      safe: 'app.use(jwt({ secret, key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", tokenKey: "token" }));',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'app.use(jwt({ secret: "shared-secret" }));',
      safe: "app.use(jwt({ secret: process.env.SHARED_SECRET }));",
    },
    {
      rule: "no-none-algorithm",
      messageId: "listsNone",
      vulnerable: 'app.use(jwt({ secret, algorithms: ["HS256", "none"] }));',
      safe: 'app.use(jwt({ secret, algorithms: ["HS256"] }));',
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable: "app.use(jwt({ secret: process.env.JWT_SECRET }));",
      safe: 'app.use(jwt({ secret: process.env.JWT_SECRET, algorithms: ["HS256"] }));',
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "mixesFamilies",
      vulnerable: 'app.use(jwt({ secret: process.env.KEY, algorithms: ["RS256", "HS256"] }));',
      safe: 'app.use(jwt({ secret: process.env.KEY, algorithms: ["RS256"] }));',
      settings: { versions: { "koa-jwt": "3.6.0" } },
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "app.use(jwt({ secret, ignoreExpiration: true }));",
      safe: "app.use(jwt({ secret }));",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'app.use(jwt({ secret, algorithm: "HS256" }));',
      safe: 'app.use(jwt({ secret, algorithms: ["HS256"] }));',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: "app.use(jwt({ secret: process.env.JWT_SECRET }));",
      safe: 'app.use(jwt({ secret: process.env.JWT_SECRET, audience: "api" }));',
    },
    {
      rule: "require-issuer-check",
      messageId: "missing",
      vulnerable: "app.use(jwt({ secret: koaJwtSecret({ jwksUri }) }));",
      safe: "app.use(jwt({ secret: koaJwtSecret({ jwksUri }), issuer: 'https://id.example.com' }));",
      preamble: 'import jwt from "koa-jwt"; import { koaJwtSecret } from "jwks-rsa";',
    },
    {
      rule: "no-untrusted-key",
      messageId: "headerKey",
      vulnerable: "app.use(jwt({ secret: async (header) => (await fetch(header.jku)).text() }));",
      safe: "app.use(jwt({ secret: async (header) => keys.get(header.kid) }));",
    },
    // Up to 1.3.2 it carries the functions of jsonwebtoken.
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const issue = (id) => jwt.sign({ id }, process.env.JWT_SECRET);",
      safe: "export const issue = (id) => jwt.sign({ id }, process.env.JWT_SECRET, { expiresInMinutes: 60 });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const issue = (id) => jwt.sign({ id }, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG");',
      safe: "export const issue = (id) => jwt.sign({ id }, settings.secret);",
    },
    {
      rule: "no-unverified-claims",
      messageId: "data",
      vulnerable: "export const idOf = (ctx) => User.findById(jwt.decode(ctx.get('x-token')).id);",
      safe: "export const idOf = (ctx) => User.findById(jwt.verify(ctx.get('x-token'), process.env.JWT_SECRET).id);",
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "mixesFamilies",
      vulnerable:
        'export const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["RS256", "HS256"] });',
      safe: 'export const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["RS256"] });',
    },
  ],
  { preamble: 'import jwt from "koa-jwt";' },
);

testTwins(
  [
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "exports.issue = (id) => sign({ id }, process.env.JWT_SECRET);",
      safe: "exports.issue = (id) => sign({ id }, process.env.JWT_SECRET, { expiresIn: '1h' });",
    },
  ],
  { preamble: 'const { sign } = require("koa-jwt");', sourceType: "commonjs" },
);

testRealistic(
  "an application",
  `
const Koa = require("koa");
const Router = require("@koa/router");
const jwt = require("koa-jwt");
const { koaJwtSecret } = require("jwks-rsa");
const revoked = require("./revoked");

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (error.status !== 401) throw error;
    ctx.log.warn({ reason: error.originalError?.name }, "token refused");
    ctx.status = 401;
    ctx.body = { error: "unauthorized" };
  }
});

app.use(
  jwt({
    secret: koaJwtSecret({
      cache: true,
      rateLimit: true,
      jwksUri: "https://id.example.com/.well-known/jwks.json",
    }),
    algorithms: ["RS256"],
    issuer: "https://id.example.com/",
    audience: "https://api.example.com",
    key: "claims",
    isRevoked: async (ctx, payload) => revoked.has(payload.jti),
  }).unless({ path: ["/health", /^\\/docs\\//] }),
);

router.get("/me", (ctx) => {
  ctx.body = { id: ctx.state.claims.sub };
});

app.use(router.routes()).use(router.allowedMethods());
module.exports = app;
`,
  { sourceType: "commonjs" },
);
