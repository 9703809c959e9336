import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'this.token = this.app.jwt.sign({ sub }, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", { expiresIn: "1h" }); } };',
      safe: 'this.token = this.app.jwt.sign({ sub }, this.app.config.jwt.secret, { expiresIn: "1h" }); } };',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'this.token = this.app.jwt.sign({ sub }, "123456", { expiresIn: "1h" }); } };',
      safe: 'this.token = this.app.jwt.sign({ sub }, this.app.config.jwt.secret, { expiresIn: "1h" }); } };',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'this.token = this.ctx.app.jwt.sign({ sub }, this.config.jwt.secret, { expiresIn: "365d" }); } };',
      safe: 'this.token = this.ctx.app.jwt.sign({ sub }, this.config.jwt.secret, { expiresIn: "1h" }); } };',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        "return this.app.jwt.verify(token, this.app.config.jwt.secret, { ignoreExpiration: true }); } };",
      safe: "return this.app.jwt.verify(token, this.app.config.jwt.secret); } };",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        'return this.app.jwt.verify(token, this.app.config.jwt.secret, { aud: "api" }); } };',
      safe: 'return this.app.jwt.verify(token, this.app.config.jwt.secret, { audience: "api" }); } };',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable: "this.ctx.user = this.app.jwt.decode(this.ctx.cookies.get('token')); } };",
      safe: "this.ctx.user = this.app.jwt.verify(this.ctx.cookies.get('token')); } };",
    },
  ],
  {
    preamble:
      'const { Service } = require("egg"); module.exports = class TokenService extends Service { authenticate(token, sub) {',
    sourceType: "commonjs",
  },
);

testRealistic(
  "a controller and a middleware",
  `
"use strict";

const { randomUUID } = require("node:crypto");
const { Controller } = require("egg");

class SessionController extends Controller {
  async create() {
    const { ctx, app } = this;
    ctx.validate({ email: "email", password: "string" });
    const user = await ctx.service.users.check(ctx.request.body.email, ctx.request.body.password);
    if (!user) ctx.throw(401, "unauthorized");
    const token = app.jwt.sign(
      { sub: user.id, jti: randomUUID() },
      app.config.jwt.secret,
      { algorithm: "HS256", expiresIn: "15m", issuer: "https://id.example.com", audience: "api" },
    );
    ctx.body = { token };
  }

  async show() {
    const { ctx } = this;
    const [, token] = (ctx.get("authorization") || "").split(" ");
    try {
      const claims = ctx.app.jwt.verify(token, ctx.app.config.jwt.secret, {
        algorithms: ["HS256"],
        issuer: "https://id.example.com",
        audience: "api",
      });
      ctx.body = await ctx.service.users.find(claims.sub);
    } catch (error) {
      ctx.logger.warn("token refused: %s", error.name);
      ctx.throw(401, "unauthorized");
    }
  }
}

module.exports = SessionController;
`,
  { sourceType: "commonjs" },
);
