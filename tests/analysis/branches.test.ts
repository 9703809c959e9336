import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Refusals that are written as expressions, and those that assign an answer by a call. */

const JWT = 'import jwt from "jsonwebtoken";';

const handler = (callback: string, behind: string): string =>
  `${JWT}\nexport async function list(req, res, next) { try { jwt.verify(req.token, key, options, ${callback}); ${behind} } catch (e) { res.status(500).end(); } }`;

const SERVES = "const rows = await orders.of(req.params.id); res.status(200).json(rows);";
const SERVED = "const rows = await orders.of(req.params.id); «res.status(200).json(rows)»;";

const within = (body: string): string =>
  `${JWT}\nexport function auth(req, res, next) { jwt.verify(req.token, key, options, (error, claims) => { ${body} }); }`;

const strapi = (failed: string, behind: string): string =>
  `module.exports = async (ctx, next) => { if (ctx.request.header.authorization) { try { ctx.state.user = await strapi.plugins["users-permissions"].services.jwt.getToken(ctx); } catch (error) { ${failed} } } ${behind} };`;

const GET_TOKEN = "strapi.plugins.users-permissions.services.jwt.getToken";

testRule("no-unchecked-verification", rule, {
  valid: [
    // The other way out is the one that goes on.
    handler("(error) => error ? res.sendStatus(403) : serve(req, res)", ""),
    handler("(error) => { error ? res.sendStatus(403) : serve(req, res); }", ""),
    handler("(error, claims) => { !error && serve(claims, res); }", ""),
    // What stands behind asks, or nothing is answered
    handler("(error) => error && res.status(403).end()", `if (res.headersSent) return; ${SERVES}`),
    handler("(error) => error && console.log(error)", SERVES),
    handler("(error) => error || res.status(403).end()", SERVES),
    handler("(error) => { count += error && 1; }", SERVES),
    handler("(error) => error && fail(error)", SERVES),
    // It is given on, or settles what somebody waits for.
    within("error ? next(error) : next();"),
    within("error ? res.sendStatus(401) : (req.user = claims, next());"),
    within("error ? (req.user = null) : (req.user = claims); next();"),
    within("error && (req.user = null); next(claims);"),
    within("error && (console.log(error), (req.user = null)); next(claims);"),
    within("const known = error ? null : claims; next();"),
    within("return error && res.sendStatus(401);"),
    `${JWT}\nexport const read = (token) => new Promise((resolve, reject) => jwt.verify(token, key, options, (error, claims) => { error && reject(error); resolve(claims); }));`,
    `${JWT}\nexport const read = (token) => new Promise((resolve, reject) => jwt.verify(token, key, options, (error, claims) => { error && (console.log(error), reject(error)); resolve(claims); }));`,
    `${JWT}\nexport const read = (token) => new Promise((resolve, reject) => jwt.verify(token, key, options, (error, claims) => { error ? reject(error) : resolve(claims); }));`,
    // What a test is about stands in it.
    `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport function auth(req, res, next) { const claims = check(req.token); !claims ? res.sendStatus(401) : next(); }`,
    `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport function auth(req, res, next) { const claims = check(req.token); claims && res.status(200); next(); }`,
    within("if (error) { if (req.isOpen) return; res.sendStatus(401); } next();"),
    `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport function auth(req, res, next) { const found = check(req.token); if (req.isStrict && !found) res.sendStatus(401); next(); }`,
    'module.exports = async (ctx, next) => { const user = await strapi.plugins["users-permissions"].services.jwt.getToken(ctx); if (user.role !== "admin") { ctx.send({ code: 9 }); } await next(); };',
    // It is left, what comes behind asks, or the method may throw.
    strapi("return ctx.unauthorized(error);", "await next();"),
    strapi("ctx.unauthorized(error); return;", "await next();"),
    strapi("ctx.unauthorized(error);", "if (!ctx.state.user) return; await next();"),
    strapi("ctx.log(error);", "await next();"),
    strapi("ctx.throw(401);", "await next();"),
    `${JWT}\nexport const check = async (ctx, next) => { try { ctx.state.user = jwt.verify(ctx.get("Authorization"), key, options); } catch (error) { ctx.unauthorized(error); } await next(); };`,
    `${JWT}\nexport const check = async (ctx, next) => { strapi.log.debug("in"); try { ctx.state.user = jwt.verify(ctx.get("Authorization"), key, options); } catch (error) { guard.unauthorized(error); } await next(); };`,
  ],
  invalid: [
    ...[
      "(error) => error && res.status(403).end()",
      "(error) => { error && res.status(403).end(); }",
      "(error) => { error ? res.status(403).end() : null; }",
      "(error) => error ? res.status(403).end() : undefined",
      "(error) => error && (console.log(error), res.sendStatus(403))",
      "(error, claims) => { (error || !claims) && res.sendStatus(403); }",
    ].map((callback) =>
      marked(handler(callback, SERVED), {
        messageId: "answerFallsThrough",
        data: { name: "jwt.verify" },
      }),
    ),
    // The same within the callback
    ...[
      "error && res.sendStatus(403); req.note = 1; «next()»;",
      "error ? res.sendStatus(403) : null; «next()»;",
      "error && (console.log(error), res.sendStatus(403)); «next()»;",
      "error ? res.sendStatus(403) : (req.user = claims); «next()»;",
      "if (error) { const { message } = error; res.status(403).json({ message }); } «next()»;",
    ].map((body) =>
      marked(within(body), { messageId: "answerFallsThrough", data: { name: "jwt.verify" } }),
    ),
    ...[
      "error && console.log(error)",
      "error ? console.log(error) : null",
      "error && res.sendStatus(403)",
      "error && next(error)",
    ].map((failed) =>
      marked(
        `${JWT}\nexport function auth(req, res, next) { jwt.verify(req.token, key, options, («error», claims) => { ${failed}; req.user = claims; next(); }); }`,
        { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // Who has no token is refused, and the callback that drops the error ends nothing but itself.
    ...[
      "(error, claims) => { !error && (req.user = claims); }",
      "(error, claims) => error ? log(error) : (req.user = claims)",
    ].map((callback) =>
      marked(
        `${JWT}\nexport function requireAuth(req, res, next) { jwt.verify(req.token, key, options, ${callback}); «next()»; }`,
        { messageId: "passesBeside", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      `${JWT}\nexport function requireAuth(req, res, next) { jwt.verify(req.token, key, options, (error) => error && next(error)); «next()»; }`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // … and where a function of the file verifies
    marked(
      `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport function auth(req, res, next) { const claims = check(req.token); !claims && res.sendStatus(401); «next()»; }`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // Methods of Strapi that assign the answer, and end nothing
    ...["ctx.unauthorized(error);", "ctx.response.forbidden('no');", "ctx.send({ code: 9 });"].map(
      (failed) =>
        marked(strapi(failed, "await «next()»;"), {
          messageId: "answerFallsThrough",
          data: { name: GET_TOKEN },
        }),
    ),
    marked(
      'module.exports = async (ctx, next) => { const user = await strapi.plugins["users-permissions"].services.jwt.getToken(ctx); if (user.role !== "admin") { «ctx.forbidden("no");» } await next(); };',
      {
        messageId: "refusalFallsThrough",
        data: {},
        suggestions: [
          {
            messageId: "addReturn",
            output:
              'module.exports = async (ctx, next) => { const user = await strapi.plugins["users-permissions"].services.jwt.getToken(ctx); if (user.role !== "admin") { return ctx.forbidden("no"); } await next(); };',
          },
        ],
      },
    ),
  ],
});
