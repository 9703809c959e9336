import { describe } from "vitest";
import { testRealistic, testTwins } from "../kit/twins.ts";

const SECRET = "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG";

describe("express-oauth2-jwt-bearer", () => {
  testTwins(
    [
      {
        rule: "require-audience-check",
        messageId: "missing",
        vulnerable:
          'app.use(auth({ issuerBaseURL, audience: "api", validators: { aud: false } }));',
        // Audience and issuer come from the environment.
        safe: "app.use(auth());",
      },
      {
        rule: "require-issuer-check",
        messageId: "missing",
        vulnerable:
          'app.use(auth({ issuerBaseURL, audience: "api", validators: { iss: false } }));',
        safe: 'app.use(auth({ issuerBaseURL, audience: "api" }));',
      },
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: `app.use(auth({ issuer, audience, secret: "${SECRET}", tokenSigningAlg: "HS256" }));`,
        safe: 'app.use(auth({ issuer, audience, secret: process.env.SECRET, tokenSigningAlg: "HS256" }));',
      },
      {
        rule: "no-weak-key",
        messageId: "guessableKey",
        vulnerable:
          'app.use(auth({ issuer, audience, secret: "secret", tokenSigningAlg: "HS256" }));',
        safe: 'app.use(auth({ issuer, audience, secret, tokenSigningAlg: "HS256" }));',
      },
      {
        rule: "no-ignored-expiration",
        messageId: "longTolerance",
        vulnerable: "app.use(auth({ issuerBaseURL, audience, clockTolerance: 86400 }));",
        safe: "app.use(auth({ issuerBaseURL, audience, clockTolerance: 5 }));",
      },
    ],
    { preamble: 'import { auth, requiredScopes } from "express-oauth2-jwt-bearer";' },
  );

  testRealistic(
    "an API",
    `
import express from "express";
import helmet from "helmet";
import { auth, claimIncludes, requiredScopes } from "express-oauth2-jwt-bearer";
import { orders } from "./orders";

const app = express();
app.use(helmet());
app.get("/health", (req, res) => res.sendStatus(204));

const checkToken = auth({
  issuerBaseURL: "https://id.example.com/",
  audience: "https://api.example.com",
  tokenSigningAlg: "RS256",
  clockTolerance: 10,
  strict: true,
});

app.get("/orders", checkToken, requiredScopes("read:orders"), async (req, res, next) => {
  try {
    res.json(await orders.of(req.auth.payload.sub));
  } catch (error) {
    next(error);
  }
});

app.delete("/orders/:id", checkToken, claimIncludes("roles", "admin"), async (req, res) => {
  await orders.remove(req.params.id);
  res.sendStatus(204);
});

app.use((error, req, res, next) => {
  req.log.warn({ status: error.status, code: error.code }, "request refused");
  res.set(error.headers).status(error.status ?? 500).json({ error: error.code });
});

export default app;
`,
  );
});

describe("restify-jwt-community", () => {
  testTwins(
    [
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: `server.use(rjwt({ secret: "${SECRET}", algorithms: ["HS256"] }).unless({ path: ["/login"] }));`,
        safe: 'server.use(rjwt({ secret: config.secret, algorithms: ["HS256"] }).unless({ path: ["/login"] }));',
      },
      {
        rule: "no-weak-key",
        messageId: "guessableKey",
        vulnerable: 'server.use(rjwt({ secret: "shhhhhared-secret" }));',
        safe: "server.use(rjwt({ secret: process.env.JWT_SECRET }));",
      },
      {
        rule: "require-algorithms",
        messageId: "unlisted",
        vulnerable: "server.use(rjwt({ secret: process.env.JWT_SECRET }));",
        safe: 'server.use(rjwt({ secret: process.env.JWT_SECRET, algorithms: ["HS256"] }));',
      },
      {
        rule: "no-ignored-expiration",
        messageId: "ignored",
        vulnerable: "server.use(rjwt({ secret, ignoreExpiration: true }));",
        safe: "server.use(rjwt({ secret }));",
      },
      {
        rule: "no-ineffective-option",
        messageId: "misnamedCheck",
        vulnerable: 'server.use(rjwt({ secret, aud: "api" }));',
        safe: 'server.use(rjwt({ secret, audience: "api" }));',
      },
      {
        rule: "no-none-algorithm",
        messageId: "listsNone",
        vulnerable: 'server.use(rjwt({ secret, algorithms: ["HS256", "none"] }));',
        safe: 'server.use(rjwt({ secret, algorithms: ["HS256"] }));',
      },
      {
        rule: "require-audience-check",
        messageId: "missingWithOwnKey",
        vulnerable: "server.use(rjwt({ secret: process.env.JWT_SECRET }));",
        safe: 'server.use(rjwt({ secret: process.env.JWT_SECRET, audience: "api" }));',
      },
      {
        rule: "require-issuer-check",
        messageId: "missingWithOwnKey",
        vulnerable: "server.use(rjwt({ secret: process.env.JWT_SECRET }));",
        safe: 'server.use(rjwt({ secret: process.env.JWT_SECRET, issuer: "me" }));',
      },
    ],
    { preamble: 'const rjwt = require("restify-jwt-community");', sourceType: "commonjs" },
  );

  testRealistic(
    "a server",
    `
const restify = require("restify");
const rjwt = require("restify-jwt-community");
const revoked = require("./revoked");

const server = restify.createServer({ name: "orders" });
server.use(restify.plugins.bodyParser());

server.use(
  rjwt({
    secret: process.env.JWT_SECRET,
    algorithms: ["HS256"],
    issuer: "https://id.example.com",
    audience: "https://api.example.com",
    isRevoked(req, payload, done) {
      revoked.has(payload.jti).then((is) => done(null, is), done);
    },
  }).unless({ path: ["/health", "/login"] }),
);

server.get("/health", (req, res, next) => {
  res.send(204);
  next();
});

server.get("/me", (req, res, next) => {
  res.send({ id: req.user.sub });
  next();
});

server.listen(process.env.PORT);
`,
    { sourceType: "commonjs" },
  );
});

describe("jwt-express", () => {
  testTwins(
    [
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: `app.use(JWT.init("${SECRET}"));`,
        safe: "app.use(JWT.init(process.env.JWT_SECRET));",
      },
      {
        rule: "no-weak-key",
        messageId: "guessableKey",
        vulnerable: 'app.use(JWT.init("secret"));',
        safe: "app.use(JWT.init(config.secret));",
      },
      {
        rule: "no-ignored-expiration",
        messageId: "ignored",
        vulnerable: "app.use(JWT.init(secret, { verifyOptions: { ignoreExpiration: true } }));",
        safe: "app.use(JWT.init(secret, { verifyOptions: { ignoreExpiration: false } }));",
      },
      {
        rule: "no-long-lifetime",
        messageId: "tooLong",
        vulnerable: 'app.use(JWT.init(secret, { signOptions: { expiresIn: "365d" } }));',
        safe: 'app.use(JWT.init(secret, { signOptions: { expiresIn: "1h" } }));',
      },
    ],
    { preamble: 'const JWT = require("jwt-express");', sourceType: "commonjs" },
  );

  testRealistic(
    "an application",
    `
const express = require("express");
const JWT = require("jwt-express");
const users = require("./users");

const app = express();
app.use(express.json());
app.use(
  JWT.init(process.env.JWT_SECRET, {
    cookies: false,
    signOptions: { algorithm: "HS256", expiresIn: "1h" },
    verifyOptions: { algorithms: ["HS256"] },
  }),
);

app.post("/login", async (req, res, next) => {
  try {
    const user = await users.check(req.body.email, req.body.password);
    if (!user) return res.sendStatus(401);
    res.json({ token: res.jwt({ id: user.id, admin: user.isAdmin }).token });
  } catch (error) {
    next(error);
  }
});

app.get("/me", JWT.active(), (req, res) => res.json({ id: req.jwt.payload.id }));
app.get("/admin", JWT.active(), JWT.require("admin"), (req, res) => res.render("admin"));

app.use((error, req, res, next) => {
  if (!(error instanceof JWT.JWTExpressError)) return next(error);
  req.log.warn({ reason: error.message }, "token refused");
  res.sendStatus(401);
});

module.exports = app;
`,
    { sourceType: "commonjs" },
  );
});

// CommonJS lets a namespace be called that stands for one function.
testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      preamble: 'import * as expressJwt from "express-jwt";',
      vulnerable: `app.use(expressJwt({ secret: "${SECRET}", algorithms: ["HS256"] }));`,
      safe: 'app.use(expressJwt({ secret: process.env.KEY, algorithms: ["HS256"] }));',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      preamble: 'import * as koaJwt from "koa-jwt";',
      vulnerable: `app.use(koaJwt({ secret: "${SECRET}", algorithms: ["HS256"] }));`,
      safe: 'app.use(koaJwt({ secret: process.env.KEY, algorithms: ["HS256"] }));',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      preamble: 'import * as jwtDecode from "jwt-decode";',
      vulnerable: "export const who = (req) => { req.user = jwtDecode(req.token); };",
      safe: "export const who = (req) => { req.user = jwtDecode.render(req.token); };",
    },
  ],
  { preamble: "" },
);
