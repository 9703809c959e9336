import rule from "../../src/rules/no-silent-verification-failure.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const jsonwebtoken = `import jwt from "jsonwebtoken";\n`;
const jose = `import { jwtVerify } from "jose";\n`;
const requireLog = { options: [{ requireLog: true }] };

/** A guard that may be there for those who have not signed in. */
const visitors = (name: string, body: string): string =>
  `const jwt = require("jsonwebtoken"); exports.${name} = async (req, res, next, ctx) => { const token = req.cookies.token; ${body} };`;

const forbids = (way: string): string =>
  `jwt.verify(token, process.env.KEY, (error, claims) => { if (error) «{ next(); }» else { ${way} } });`;

const wentOn = (code: string) =>
  marked(code, { messageId: "goesOn", data: { name: "jwt.verify" } });

testRule("no-silent-verification-failure", rule, {
  valid: [
    // Whoever has a good token is turned away: one that is refused is as good as none.
    `const jwt = require("jsonwebtoken"); exports.pagina = (req, res, next) => { try { jwt.verify(req.cookies.token, process.env.KEY); return res.status(403).json({ erro: 1 }); } catch { return next(); } };`,
    `const jwt = require("jsonwebtoken"); exports.pagina = (req, res, next) => jwt.verify(req.cookies.token, process.env.KEY, (error) => { if (error) { next(); } else { res.redirect("/home"); } });`,
    ...[
      "let user = null; try { user = jwt.verify(token, process.env.KEY); } catch {} if (token && user !== null) { return next(new Error('signed in')); } next();",
      "const user = check(token); const page = pageOf(req); if (user) res.redirect('/signing-keys'); else next();",
      "const user = check(token); if (user) throw createError(409); next();",
      "let user; try { user = jwt.verify(token, process.env.KEY); } catch {} if (user) { ctx.status = 409; return; } await next();",
      "let user; try { user = jwt.verify(token, process.env.KEY); } catch {} if (user) { ctx.throw(403); } await next();",
    ].map((body) => visitors("pagina", body)),
    ...["next(createError(403));", "throw createError(403);", "ctx.throw(403);"].map((way) =>
      visitors("pagina", forbids(way).replaceAll(/[«»]/gu, "")),
    ),
    ...["blockSignedIn", "pageOfGuests", "redirectIfAuthMiddleware"].map((name) =>
      visitors(name, forbids("res.status(403).end();").replaceAll(/[«»]/gu, "")),
    ),
    // Whoever ends a session needs no good token for it
    ...["deleteToken", "destroySession", "clearAuthCookie", "removeSessions"].map(
      (name) =>
        `const jwt = require("jsonwebtoken"); exports.${name} = async (token) => { try { const claims = jwt.verify(token, process.env.KEY); await Sessions.remove(claims.sid); } catch {} };`,
    ),
    {
      name: "whoever asked is told behind the catch",
      code: `${jsonwebtoken}export function check(req, res) {
  try { if (jwt.verify(req.token, process.env.KEY)) return res.send(true); } catch { /* refused below */ }
  res.send(false);
}`,
    },
    `${jsonwebtoken}function auth(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); next(); } catch (err) { res.status(401).json({ message: "no" }); }
}`,
    `${jsonwebtoken}function auth(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); next(); } catch (err) { next(err); }
}`,
    `${jsonwebtoken}export function read(token) {
  try { return jwt.verify(token, process.env.KEY); } catch (error) { console.error(error); return null; }
}`,
    `${jsonwebtoken}export function read(token) {
  try { return jwt.verify(token, process.env.KEY); } catch { throw new Unauthorized(); }
}`,
    `${jsonwebtoken}export function read(token) {
  try { return jwt.verify(token, process.env.KEY); } catch (error) { return error.name === "TokenExpiredError" ? "expired" : null; }
}`,
    `${jsonwebtoken}export const handler = async (event) => {
  try { jwt.verify(event.token, process.env.KEY); return { isAuthorized: true }; } catch { return { isAuthorized: false }; }
};`,
    {
      name: "no-unchecked-verification reports it",
      code: `${jsonwebtoken}export function authenticate(req, res, next) {
  try { jwt.verify(req.token, process.env.KEY); next(); } catch (err) { next(); }
}`,
    },
    {
      name: "a ring of keys",
      code: `${jsonwebtoken}export function read(token, keys) {
  for (const key of keys) { try { return jwt.verify(token, key); } catch {} }
  throw new Error("no key fits");
}`,
    },
    `${jsonwebtoken}export const find = (token, keys) => keys.find((key) => { try { jwt.verify(token, key); return true; } catch { return false; } });`,
    {
      name: "a key set that another function asks",
      code: `${jsonwebtoken}const bySet = (token) => jwt.verify(token, keyOf(token));
export async function visitor(token) {
  try { return jwt.verify(token, process.env.KEY); } catch {}
  return bySet(token);
}`,
    },
    {
      name: "the key before the last change",
      code: `${jsonwebtoken}export function read(token) {
  try { return jwt.verify(token, process.env.KEY); } catch {}
  return jwt.verify(token, process.env.FORMER_KEY);
}`,
    },
    {
      name: "judged behind",
      code: `${jsonwebtoken}export function auth(req, res, next) {
  let claims;
  if (req.token) { try { claims = jwt.verify(req.token, process.env.KEY); } catch {} }
  if (!claims) return res.sendStatus(401);
  req.user = claims;
  next();
}`,
    },
    {
      name: "judged by the caller",
      code: `${jsonwebtoken}function read(token) { try { return jwt.verify(token, process.env.KEY); } catch { return null; } }
export function auth(req, res, next) {
  const user = read(req.token);
  if (!user) return res.sendStatus(401);
  req.user = user;
  next();
}`,
    },
    `${jsonwebtoken}export function maybe(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); } catch { req.authError = true; }
  next();
}`,
    {
      name: "tries a token out",
      code: `${jsonwebtoken}export function isExpired(token) { try { jwt.verify(token, process.env.KEY); return false; } catch { return null; } }`,
    },
    `${jsonwebtoken}export function logout(req, res) { try { jwt.verify(req.token, process.env.KEY); } catch {} res.clearCookie("token"); res.end(); }`,
    `${jsonwebtoken}export const keyGenerator = (req) => { try { return jwt.verify(req.token, process.env.KEY).sub; } catch { return req.ip; } };`,
    `${jsonwebtoken}export function auth(req, res, next) {
  jwt.verify(req.token, process.env.KEY, (err, claims) => { if (err) return res.sendStatus(403); req.user = claims; next(); });
}`,
    `${jsonwebtoken}export const read = (token) => new Promise((resolve, reject) => {
  jwt.verify(token, process.env.KEY, (err, claims) => { if (err) return reject(err); resolve(claims); });
});`,
    `${jsonwebtoken}export const read = (token) => jwt.verify(token, process.env.KEY);`,
    `${jose}export async function read(token) {
  const result = await jwtVerify(token, key).catch(() => null);
  if (!result) throw new Error("401");
  return result.payload;
}`,
    `${jose}export async function read(token) { return jwtVerify(token, key).catch((error) => { logger.warn(error); return null; }); }`,
    {
      name: "nothing awaits inside of the try",
      code: `${jose}export async function read(token) { try { return jwtVerify(token, key); } catch { return null; } }`,
    },
    {
      name: "in the browser",
      code: `"use client";
${jose}export async function read(token) { try { return await jwtVerify(token, key); } catch { return null; } }`,
    },
    `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
app.register(fastifyJwt, { secret: process.env.KEY });
app.decorate("authenticate", async (request, reply) => { try { await request.jwtVerify(); } catch (err) { reply.send(err); } });`,
    {
      name: "NestJS answers with 403",
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  async canActivate(context) {
    try { context.user = await this.jwt.verifyAsync(context.token); return true; } catch { return false; }
  }
}`,
      ts: true,
    },
    {
      name: "not JWTs",
      code: `import { verify } from "./jwt";
export function read(token) { try { return verify(token); } catch { return null; } }`,
    },
    {
      code: `${jsonwebtoken}export function auth(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); next(); } catch (err) { logger.warn(err); res.sendStatus(401); }
}`,
      ...requireLog,
    },
    {
      code: `${jsonwebtoken}export function auth(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); next(); } catch (err) { next(err); }
}`,
      ...requireLog,
    },
  ],
  invalid: [
    marked(
      `const jwt = require("jsonwebtoken"); exports.pagina = (req, res, next) => jwt.verify(req.cookies.token, process.env.KEY, (error) => { if (error) «{ next(); }» else { res.status(200).json({ ok: 1 }); } });`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    // Who has a good token is let in by a guard of such a name, and is not told to sign in.
    ...["requireAdmin", "authenticateToken", "protect", "isLoggedIn", "jwtMiddleware"].map((name) =>
      wentOn(visitors(name, forbids("res.status(403).end();"))),
    ),
    ...[
      "res.status(401).end();",
      "res.sendStatus(401);",
      "res.redirect('/login?expired=1');",
      "res.redirect(303, SIGN_IN);",
      "res.redirect(paths.signIn);",
      "res.redirect(urls.userLogin);",
      "next('route');",
      "next();",
      "next(createError(401));",
      "next(new UnauthorizedError());",
      "throw new UnauthorizedError();",
      "ctx.throw(401);",
      "const page = pageOf(claims.sub); res.redirect(page);",
      "const page = pageOf(claims); res.redirect(page);",
    ].map((way) => wentOn(visitors("pagina", forbids(way)))),
    // Names that hold the letters of `end` and `drop` alone
    ...["touchSession", "extendSession", "sendToken", "appendTokenOf"].map((name) =>
      marked(
        `const jwt = require("jsonwebtoken"); exports.${name} = async (token) => { try { const claims = jwt.verify(token, process.env.KEY); await Sessions.touch(claims.sid); } «catch {}» };`,
        { messageId: "goesOn", data: { name: "jwt.verify" } },
      ),
    ),
    // The other function is not asked behind it.
    marked(
      `${jsonwebtoken}const bySet = (token) => jwt.verify(token, keyOf(token));
export function visitor(req, res, next) {
  req.other = bySet(req.other);
  try { req.user = jwt.verify(req.token, process.env.KEY); } «catch {}»
  next();
}`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    {
      ...marked(
        `const jwt = require("jsonwebtoken");
module.exports = function optionalAuth(req, res, next) {
  if (!req.token) return next();
  try { req.user = jwt.verify(req.token, process.env.KEY); } «catch (err) {}»
  next();
};`,
        { messageId: "goesOn", data: { name: "jwt.verify" } },
      ),
      name: "an empty catch",
    },
    marked(
      `${jsonwebtoken}export function maybe(req, res, next) {
  if (req.token) { try { req.user = jwt.verify(req.token, process.env.KEY); } «catch { req.user = null; }» }
  next();
}`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `const jwt = require("jsonwebtoken");
module.exports = (req, res, next) => {
  if (!req.token) { req.isAuth = false; return next(); }
  let claims;
  try { claims = jwt.verify(req.token, process.env.KEY); } «catch (err) { req.isAuth = false; return next(); }»
  req.isAuth = true;
  req.userId = claims.id;
  next();
};`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `import jwt from "jsonwebtoken";
import { promisify } from "node:util";
export const isLoggedIn = async (req, res, next) => {
  if (req.cookies.jwt) {
    try { res.locals.user = await promisify(jwt.verify)(req.cookies.jwt, process.env.KEY); return next(); } «catch (err) { return next(); }»
  }
  next();
};`,
      { messageId: "goesOn", data: { name: "verify" } },
    ),
    marked(
      `${jsonwebtoken}const read = (token) => jwt.verify(token, process.env.KEY);
export function maybe(req, res, next) { try { req.user = read(req.token); } «catch {}» next(); }`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}export function attach(req, res, next) {
  jwt.verify(req.token, process.env.KEY, (err, claims) => { if (err) «return next();» req.user = claims; next(); });
}`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}export function attach(req, res, next) {
  jwt.verify(req.token, process.env.KEY, (err, claims) => { «if (!err) req.user = claims;» next(); });
}`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}io.use((socket, next) => {
  try { socket.user = jwt.verify(socket.handshake.auth.token, process.env.KEY); } «catch (err) { socket.user = null; }»
  next();
});`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}export async function attach(ctx, next) {
  try { ctx.state.user = jwt.verify(ctx.cookies.get("token"), process.env.KEY); } «catch { await next(); return; }»
  await next();
}`,
      { messageId: "goesOn", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jose}export function attach(req, res, next) {
  jwtVerify(req.token, key).then(({ payload }) => { req.user = payload; next(); }).catch(«() => next()»);
}`,
      { messageId: "goesOn", data: { name: "jwtVerify" } },
    ),
    marked(
      `${jose}export async function attach(ctx, next) {
  const result = await jwtVerify(ctx.token, key).catch(«() => null»);
  ctx.state.user = result?.payload;
  await next();
}`,
      { messageId: "goesOn", data: { name: "jwtVerify" } },
    ),
    marked(
      `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
app.register(fastifyJwt, { secret: process.env.KEY });
app.decorate("maybe", async (request, reply) => { try { await request.jwtVerify(); } «catch (err) {}» });`,
      { messageId: "goesOn", data: { name: "request.jwtVerify" } },
    ),
    marked(
      `${jsonwebtoken}export function verifyToken(token) { try { return jwt.verify(token, process.env.KEY); } «catch (error) { return null; }» }`,
      { messageId: "givesNothing", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}export const context = ({ req }) => {
  try { return { user: jwt.verify(req.headers.authorization, process.env.KEY) }; } «catch { return { user: null }; }»
};`,
      { messageId: "givesNothing", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jsonwebtoken}export const read = (token) => new Promise((resolve) => {
  jwt.verify(token, process.env.KEY, (err, claims) => { if (err) «return resolve(null);» resolve(claims); });
});`,
      { messageId: "givesNothing", data: { name: "jwt.verify" } },
    ),
    marked(
      `${jose}export async function getSession(token) {
  try { const { payload } = await jwtVerify(token, key); return payload; } «catch { return undefined; }»
}`,
      { messageId: "givesNothing", data: { name: "jwtVerify" } },
    ),
    {
      ...marked(
        `import { JwtService } from "@nestjs/jwt";
class AuthService {
  constructor(private readonly jwt: JwtService) {}
  async verifyToken(token: string) {
    try { return await this.jwt.verifyAsync(token); } «catch { return null; }»
  }
}`,
        { messageId: "givesNothing", data: { name: "this.jwt.verifyAsync" } },
      ),
      ts: true as const,
    },
    marked(
      `${jsonwebtoken}export function auth(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY); next(); } «catch (err) { return res.status(401).json({ message: err.message }); }»
}`,
      { messageId: "unloggedAnswer", data: { name: "jwt.verify" } },
      requireLog,
    ),
    marked(
      `${jsonwebtoken}export function auth(req, res, next) {
  jwt.verify(req.token, process.env.KEY, (err, claims) => { if (err) «return res.sendStatus(403);» req.user = claims; next(); });
}`,
      { messageId: "unloggedAnswer", data: { name: "jwt.verify" } },
      requireLog,
    ),
  ],
});
