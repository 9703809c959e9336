import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        'try { const claims = strapi.plugins["users-permissions"].services.jwt.verify(token); ctx.state.user = claims; return await next(); } catch { return ctx.unauthorized(); } };',
      safe: 'try { const claims = await strapi.plugins["users-permissions"].services.jwt.verify(token); ctx.state.user = claims; return await next(); } catch { return ctx.unauthorized(); } };',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        'try { ctx.state.user = strapi.plugin("users-permissions").service("jwt").getToken(ctx); return await next(); } catch { return ctx.unauthorized(); } };',
      safe: 'try { ctx.state.user = await strapi.plugin("users-permissions").service("jwt").getToken(ctx); return await next(); } catch { return ctx.unauthorized(); } };',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'ctx.body = strapi.service("plugin::users-permissions.jwt").issue({ id: user.id }, { expiresIn: "365d" }); };',
      safe: 'ctx.body = strapi.service("plugin::users-permissions.jwt").issue({ id: user.id }, { expiresIn: "1d" }); };',
    },
    {
      // The settings may say more; a service of another plugin is another one.
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'ctx.body = strapi.plugin("users-permissions").service("jwt").issue({ id: user.id }, { expiresIn: "365d" }); };',
      safe: 'ctx.body = strapi.plugin("tickets").service("jwt").issue({ id: user.id }, { expiresIn: "365d" }); };',
    },
    {
      rule: "no-sensitive-payload",
      messageId: "secret",
      vulnerable:
        'const { jwt } = strapi.plugins["users-permissions"].services; ctx.body = jwt.issue({ id: user.id, hash: user.password }); };',
      safe: 'const { jwt } = strapi.plugins["users-permissions"].services; ctx.body = jwt.issue({ id: user.id }); };',
    },
    {
      rule: "no-sensitive-payload",
      messageId: "secret",
      vulnerable:
        'const service = (name) => strapi.plugin("users-permissions").service(name); ctx.body = service("jwt").issue({ id: user.id, hash: user.password }); };',
      safe: 'const service = (name) => strapi.plugin("users-permissions").service(name); ctx.body = service("user").issue({ id: user.id, hash: user.password }); };',
    },
  ],
  { preamble: "module.exports = async (ctx, next, token, user) => {", sourceType: "commonjs" },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "fallbackKey",
      vulnerable:
        'jwtSecret: env("JWT_SECRET", "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG"), jwt: { expiresIn: "1d" } } } });',
      safe: 'jwtSecret: env("JWT_SECRET"), jwt: { expiresIn: "1d" } } } });',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: 'jwtSecret: env("JWT_SECRET"), jwt: { expiresIn: "365d" } } } });',
      safe: 'jwtSecret: env("JWT_SECRET"), jwt: { expiresIn: "7d" } } } });',
    },
  ],
  {
    preamble: 'module.exports = ({ env }) => ({ "users-permissions": { config: {',
    sourceType: "commonjs",
  },
);

testRealistic(
  "a policy, a controller and a socket",
  `
"use strict";

const { sanitize } = require("@strapi/utils");

const serviceOf = (name) => strapi.plugin("users-permissions").service(name);

module.exports = {
  async isOwner(ctx, config, { strapi }) {
    const { id } = await strapi.plugins["users-permissions"].services.jwt.getToken(ctx);
    const entry = await strapi.entityService.findOne("api::note.note", ctx.params.id, { populate: ["owner"] });
    return entry !== null && entry.owner.id === id;
  },

  async signIn(ctx) {
    const { identifier, password } = ctx.request.body;
    const user = await strapi.query("plugin::users-permissions.user").findOne({ where: { email: identifier } });
    if (!user || !(await serviceOf("user").validatePassword(password, user.password))) {
      return ctx.badRequest("Invalid identifier or password");
    }
    return { jwt: serviceOf("jwt").issue({ id: user.id }), user: await sanitize.contentAPI.output(user) };
  },

  async connect(socket, next) {
    try {
      const { id } = await serviceOf("jwt").verify(socket.handshake.auth.token);
      socket.data.user = await strapi.query("plugin::users-permissions.user").findOne({ where: { id } });
      return next();
    } catch (error) {
      strapi.log.warn("token of a socket refused: " + error.message);
      return next(new Error("unauthorized"));
    }
  },
};
`,
  { sourceType: "commonjs" },
);
