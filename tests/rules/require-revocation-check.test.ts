import rule from "../../src/rules/require-revocation-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const express8 = (hook: string): string => `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], isRevoked: ${hook} }));`;

const express6 = (hook: string): string => `const jwt = require("express-jwt");
app.use(jwt({ secret: process.env.KEY, algorithms: ["HS256"], isRevoked: ${hook} }));`;

const hapi = (validate: string): string => `import Jwt from "@hapi/jwt";
await server.register(Jwt);
server.auth.strategy("api", "jwt", { keys: process.env.KEY, verify: { aud: "a", iss: "b", sub: false }, validate: ${validate} });`;

const hapiBefore8 = (
  validate: string,
): string => `server.register(require("hapi-auth-jwt2"), () => {
  server.auth.strategy("api", "jwt", { key: process.env.KEY, validateFunc: ${validate} });
});`;

const never = (option: string): Record<string, string> => ({ option, origin: "" });

/** A strategy of Nest that refuses something before it makes a user of the claims. */
const validating = (refusal: string): string =>
  `import { UnauthorizedException } from "@nestjs/common"; import { PassportStrategy } from "@nestjs/passport"; import { Strategy } from "passport-jwt"; class JwtStrategy extends PassportStrategy(Strategy) { constructor() { super({ secretOrKey: process.env.KEY, jwtFromRequest }); } async validate(claims) { ${refusal} return { id: claims.sub }; } }`;

testRule("require-revocation-check", rule, {
  valid: [
    // What is asked may know whether the token was revoked, or the program ends where it is asked.
    ...[
      "if (await revoked.has(claims.jti)) throw new UnauthorizedException();",
      "if (this.users.size === 0) return null;",
      "if (claims.version < settings.version) throw new UnauthorizedException();",
      "const [user] = await sql`select id from users where id = ${claims.sub}`; if (!claims.sub) return user;",
      "if (!claims.sub) return null; return this.sessions[claims.sid];",
      "return claims.jti in revoked ? false : claims;",
      "return isStopped ? null : claims;",
      "if (!claims.sub) claims.user = await this.users.first();",
      "if (claims.sub) return null; else this.users.touch(claims.name);",
    ].map((refusal) => validating(refusal)),
    // A request may say what the server has kept of somebody.
    validating("if (req.session.userId !== claims.sub) throw new UnauthorizedException();").replace(
      "validate(claims)",
      "validate(req, claims)",
    ),
    // A list that somebody fills, or that is looked for elsewhere
    ...[
      "const revoked = []; export const revoke = (id) => revoked.push(id);",
      "export const revoked = [];",
      "const revoked = []; fill(revoked);",
      "let revoked = []; revoked = load();",
      "const revoked = load();",
      "const revoked = ['a'];",
      "const revoked = new Set(load());",
      "const revoked = new Store();",
      "const [revoked] = [];",
    ].map((list) => `${list} ${express8("(req, token) => revoked.includes(token.payload.jti)")}`),
    ...[
      "revoked.length === 0",
      "revoked.indexOf(token.payload.jti) === -1",
      "revoked.indexOf(token.payload.jti)",
      "revoked.indexOf(token.payload.jti) >= -1",
      "revoked.indexOf(token.payload.jti) !== 0",
      "!revoked.includes(token.payload.jti)",
      "revoked.includes(await find(token.payload.jti))",
      "revoked.includes(token.payload.jti) || find(token.payload.jti)",
    ].map((asked) => express8(`async (req, token) => { const revoked = []; return ${asked}; }`)),
    {
      code: express6(
        "(req, payload, done) => { try { assertKnown(payload.jti); done(null, false); } catch (error) { done(error, true); } }",
      ),
      settings: { "jwt-audit": { versions: { "express-jwt": "6.1.2" } } },
    },
    express8(
      "async (req, token) => { const revoked = []; try { await ask(token); return revoked.includes(token.payload.jti); } catch { return true; } }",
    ),
    hapiBefore8(
      "(claims, request, done) => denied.has(claims.jti, (error, found) => done(error, !found))",
    ),
    hapiBefore8(
      "(claims, request, done) => (claims.version < 2 ? done(null, false) : done(null, true, claims))",
    ),
    hapiBefore8("(claims, request, done) => done(null)"),
    express8("async (req, token) => isDenied(token.payload.jti)"),
    express8("denylist.has"),
    express8(
      "(req, token) => { if (token.payload.version < 2) throw new Error('old'); return false; }",
    ),
    express8(
      "(req, token, done) => new Promise((resolve) => db.get(token, (err, one) => resolve(Boolean(one))))",
    ),
    {
      name: "it throws where it is called, and every token is refused",
      code: express8(
        "async (req, payload, done) => { const one = await find(payload.jti); done(null, Boolean(one)); }",
      ),
    },
    express6(
      "(req, payload, done) => { find(payload.jti, (err, one) => done(err, Boolean(one))); }",
    ),
    `const expressJwt = require("express-jwt");
module.exports = () => expressJwt({ secret: config.secret, algorithms: ["HS256"], isRevoked }).unless({ path: ["/login"] });
async function isRevoked(req, payload, done) {
  const user = await users.getById(payload.sub);
  if (!user) return done(null, true);
  done();
}`,
    `import { expressjwt } from "express-jwt";
app.use(expressjwt(options));`,
    {
      name: "asked by hand",
      code: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] }));
app.use(async (req, res, next) => { if (await redis.get(req.auth.jti)) return res.sendStatus(401); next(); });`,
    },
    `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY, isRevoked: async (ctx, claims, token) => (await redis.get(token)) !== null }));`,
    `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
app.register(fastifyJwt, { secret: process.env.KEY, trusted: async (request, claims) => !(await isDenied(claims.jti)) });`,
    hapi(
      "async (artifacts) => { const user = await find(artifacts); if (!user) return { isValid: false }; return { isValid: true, credentials: user }; }",
    ),
    hapi("async (artifacts) => ({ isValid: true, credentials: await find(artifacts) })"),
    `import { getAuth } from "firebase-admin/auth";
await getAuth().verifySessionCookie(cookie, true);
await getAuth().verifyIdToken(token, checkRevoked);`,
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, (claims, done) => {
  User.findById(claims.sub, (err, user) => done(err, user || false));
});`,
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, (claims, done) => {
  if (claims.version < 2) return done(null, false);
  return done(null, claims);
});`,
    `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(users) { super({ secretOrKey: process.env.KEY, jwtFromRequest }); }
  async validate(claims) { return this.users.find(claims.sub); }
}`,
    // Who is given the token itself can look it up.
    `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class RefreshStrategy extends PassportStrategy(Strategy) {
  constructor() { super({ secretOrKey: process.env.KEY, jwtFromRequest, passReqToCallback: true }); }
  validate(req, claims) { return { ...claims, refreshToken: req.cookies?.refreshToken }; }
}`,
    {
      name: "no hook is offered",
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY);`,
    },
  ],
  invalid: [
    marked(hapiBefore8("«(claims, request, done) => done(null, true, claims)»"), {
      messageId: "neverRefuses",
      data: never("validateFunc"),
    }),
    marked(
      `import { expressjwt } from "express-jwt";
app.use(«expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] })»);`,
      { messageId: "missingHook", data: { name: "expressjwt", option: "isRevoked" } },
    ),
    marked(
      `import jwt from "koa-jwt";
app.use(«jwt({ secret: process.env.KEY })».unless({ path: ["/login"] }));`,
      { messageId: "missingHook", data: { name: "jwt", option: "isRevoked" } },
    ),
    marked(
      `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
«app.register(fastifyJwt, { secret: process.env.KEY })»;`,
      { messageId: "missingHook", data: { name: "@fastify/jwt", option: "trusted" } },
    ),
    marked(
      `import Jwt from "@hapi/jwt";
await server.register(Jwt);
«server.auth.strategy("api", "jwt", { keys: process.env.KEY, verify: { aud: "a", iss: "b", sub: false }, validate: false })»;`,
      { messageId: "missingHook", data: { name: "@hapi/jwt", option: "validate" } },
    ),
    marked(express8("«async () => false»"), {
      messageId: "neverRefuses",
      data: never("isRevoked"),
    }),
    ...[
      "revoked.includes(token.payload.jti)",
      "revoked.indexOf(token.payload.jti) !== -1",
      "revoked.indexOf(token.payload.jti) >= 0",
      "revoked.some((one) => one === token.payload.jti)",
      "revoked.find((one) => one === token.payload.jti)",
    ].flatMap((asked) => [
      marked(express8(`«async (req, token) => { const revoked = []; return ${asked}; }»`), {
        messageId: "neverRefuses",
        data: never("isRevoked"),
      }),
      marked(
        `const revoked = []; ${express8(`«(req, token) => { const isThere = ${asked}; return isThere; }»`)}`,
        { messageId: "neverRefuses", data: never("isRevoked") },
      ),
    ]),
    marked(
      express8(
        "«(req, token) => { const revoked = new Set(); try { return revoked.has(token.payload.jti); } catch (error) { return true; } }»",
      ),
      { messageId: "neverRefuses", data: never("isRevoked") },
    ),
    marked(
      express6(
        "«(req, payload, done) => { try { const revoked = []; return done(null, revoked.includes(payload.jti)); } catch (error) { return done(error, true); } }»",
      ),
      { messageId: "neverRefuses", data: never("isRevoked") },
      { settings: { "jwt-audit": { versions: { "express-jwt": "6.1.2" } } } },
    ),
    marked(
      `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
const revoked = [];
app.register(fastifyJwt, { secret: process.env.KEY, trusted: «(request, claims) => !revoked.includes(claims.jti)» });`,
      { messageId: "neverRefuses", data: never("trusted") },
    ),
    marked(express8("«() => {}»"), { messageId: "neverRefuses", data: never("isRevoked") }),
    marked(express8("«(req, token) => { console.log(token.payload.sub); return undefined; }»"), {
      messageId: "neverRefuses",
      data: never("isRevoked"),
    }),
    marked(
      express8(
        "«(req, payload, done) => { find(payload.jti, (err, one) => done(err, Boolean(one))); }»",
      ),
      {
        messageId: "answersTooLate",
        data: { name: "expressjwt", option: "isRevoked", origin: "" },
      },
    ),
    marked(
      `import { expressjwt } from "express-jwt";
const isRevoked = «function (req, payload, done) { store.isRevoked(payload.jti, done); }»;
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], isRevoked }));`,
      {
        messageId: "answersTooLate",
        data: { name: "expressjwt", option: "isRevoked", origin: "" },
      },
    ),
    marked(
      express6("«async (req, payload) => isDenied(payload.jti)»"),
      { messageId: "neverAnswers", data: { name: "jwt", option: "isRevoked", origin: "" } },
      { settings: { "jwt-audit": { versions: { "express-jwt": "6.1.2" } } } },
    ),
    marked(
      `const jwt = require("express-jwt");
app.use(jwt({ secret: process.env.KEY, algorithms: ["HS256"], isRevoked }));
«function isRevoked(req, payload, done) { done(null, false); }»`,
      { messageId: "neverRefuses", data: never("isRevoked") },
    ),
    marked(
      `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY, isRevoked: «async () => { return false; }» }));`,
      { messageId: "neverRefuses", data: never("isRevoked") },
    ),
    marked(
      `import fastify from "fastify";
import fastifyJwt from "@fastify/jwt";
const app = fastify();
app.register(fastifyJwt, { secret: process.env.KEY, trusted: «() => true» });`,
      { messageId: "neverRefuses", data: never("trusted") },
    ),
    marked(
      hapi(
        "«(artifacts, request, h) => { return { isValid: true, credentials: { user: artifacts.decoded.payload.user } }; }»",
      ),
      { messageId: "neverRefuses", data: never("validate") },
    ),
    marked(
      `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, «(claims, done) => done(null, claims)»);`,
      { messageId: "notLookedUp" },
    ),
    ...[
      "if (!claims) throw new UnauthorizedException();",
      "if (!claims.sub || claims.type !== 'access') throw new UnauthorizedException();",
      "if (claims?.sub === undefined) return null;",
      "if (!claims.sub) { logger.warn('no subject'); return false; }",
    ].map((refusal) =>
      marked(validating(refusal).replace("validate", "«validate»"), { messageId: "notLookedUp" }),
    ),
    marked(
      `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() { super({ secretOrKey: process.env.KEY, jwtFromRequest }); }
  async «validate»(claims) { return { id: claims.sub }; }
}`,
      { messageId: "notLookedUp" },
    ),
    marked(
      `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() { super({ secretOrKey: process.env.KEY, jwtFromRequest, passReqToCallback: true }); }
  «validate»(req, claims) { return { ...claims, path: req.path, body: claims.body }; }
}`,
      { messageId: "notLookedUp" },
    ),
    marked(
      `import { getAuth } from "firebase-admin/auth";
await «getAuth().verifySessionCookie(cookie)»;
await «getAuth().verifySessionCookie(cookie, false)»;
await «getAuth().verifyIdToken(token)»;`,
      [
        {
          messageId: "sessionNotAsked",
          data: { name: "verifySessionCookie" },
          suggestions: [
            {
              messageId: "ask",
              output: `import { getAuth } from "firebase-admin/auth";
await getAuth().verifySessionCookie(cookie, true);
await getAuth().verifySessionCookie(cookie, false);
await getAuth().verifyIdToken(token);`,
            },
          ],
        },
        {
          messageId: "sessionNotAsked",
          data: { name: "verifySessionCookie" },
          suggestions: [
            {
              messageId: "ask",
              output: `import { getAuth } from "firebase-admin/auth";
await getAuth().verifySessionCookie(cookie);
await getAuth().verifySessionCookie(cookie, true);
await getAuth().verifyIdToken(token);`,
            },
          ],
        },
        {
          messageId: "notAsked",
          data: { name: "verifyIdToken" },
          suggestions: [
            {
              messageId: "ask",
              output: `import { getAuth } from "firebase-admin/auth";
await getAuth().verifySessionCookie(cookie);
await getAuth().verifySessionCookie(cookie, false);
await getAuth().verifyIdToken(token, true);`,
            },
          ],
        },
      ],
    ),
  ],
});

testRule("require-revocation-check: a hook that fails to find out", rule, {
  valid: [
    hapi(
      "async ({ decoded }) => { try { return { isValid: Boolean(await find(decoded)) }; } catch (error) { log(error); return { isValid: false }; } }",
    ),
    hapi(
      "async ({ decoded }) => { try { return { isValid: Boolean(await find(decoded)) }; } catch (error) { throw error; } }",
    ),
    hapi(
      "async ({ decoded }) => { try { return { isValid: await find(decoded) }; } catch (error) { return { isValid: error.isTransient }; } }",
    ),
    // What is tried there is nothing that a look-up rests on.
    hapi(
      "async ({ decoded }) => { if (!(await find(decoded))) return { isValid: false }; let scope; try { scope = decoded.payload.scope; } catch { return { isValid: true }; } return { isValid: true, credentials: { scope } }; }",
    ),
    hapi(
      "async ({ decoded }) => { const read = async () => { try { return await log(decoded); } catch { return { isValid: true }; } }; await read(); return { isValid: await find(decoded) }; }",
    ),
    express8(
      "async (req, token) => { try { return await isDenied(token.payload.jti); } catch { return true; } }",
    ),
  ],
  invalid: [
    marked(
      hapi(
        "async ({ decoded }) => { try { return { isValid: Boolean(await find(decoded)) }; } catch (error) { log(error); return «{ isValid: true }»; } }",
      ),
      { messageId: "failsOpen", data: never("validate") },
    ),
    marked(
      hapi(
        "async function ({ decoded }) { try { const user = await find(decoded); if (!user) return { isValid: false }; return { isValid: true, credentials: user }; } catch { return «{ isValid: true, credentials: decoded }»; } }",
      ),
      { messageId: "failsOpen", data: never("validate") },
    ),
    marked(
      express8(
        "async (req, token) => { try { return await isDenied(token.payload.jti); } catch { return «false»; } }",
      ),
      { messageId: "failsOpen", data: never("isRevoked") },
    ),
  ],
});

/** A link by which a password is set, and what is behind it. */
const link = (claims: string, steps: string, key = "process.env.KEY", options = ""): string =>
  `import jwt from "jsonwebtoken"; import { hash, users } from "./users.js";
export async function forgot(user) { const resetToken = jwt.sign(${claims}, ${key}, { expiresIn: "1h"${options} }); await users.mail(user, resetToken); }
export async function reset(token, password, res) { const claims = «jwt.verify(token, ${key})»; if (claims.type !== "reset") throw new Error("wrong token"); ${steps} }`;

const RESET = '{ email: user.email, type: "reset" }';

const SETS =
  "const user = await users.findOne({ email: claims.email }); user.password = await hash(password); await users.save(user);";

testRule("require-revocation-check: links that stay good", rule, {
  valid: [
    // The link is bound to something that changes, or has a number.
    ...[
      '{ email: user.email, type: "reset", jti: draw() }',
      '{ email: user.email, type: "reset", hash: user.password }',
      '{ email: user.email, type: "reset", version: user.version }',
      '{ ...claimsOf(user), type: "reset" }',
      "claimsOf(user)",
    ].map((claims) => link(claims, SETS)),
    link(RESET, SETS, "process.env.KEY + user.password"),
    link(RESET, SETS, undefined, ", jwtid: draw()"),
    // Nothing says that it is for this.
    link("{ email: user.email }", SETS),
    link(RESET, SETS).replace('claims.type !== "reset"', "!claims"),
    link(RESET, SETS)
      .replaceAll("resetToken", "token")
      .replaceAll("reset", "confirm")
      .replace("forgot", "ask"),
    // What was used is remembered, or looked for.
    ...[
      `if (claims.iat * 1000 < user.changedAt) throw new Error(); ${SETS}`,
      `${SETS} await denylist.add(claims.email);`,
      `${SETS} await users.burn(token);`,
      `if (!(await users.findOne({ resetToken: token }))) throw new Error(); ${SETS}`,
      `${SETS} user.tokenVersion += 1;`,
      `if (!(await users.checkOtp(claims.email))) throw new Error(); ${SETS}`,
      // No password is set.
      "await users.touch(claims.email);",
      "const user = await users.findOne({ email: claims.email }); user.name = password; await users.save(user);",
    ].map((steps) => link(RESET, steps)),
    `${link(RESET, "return claims.email;")} export const welcome = async (user, password) => { const resetToken = jwt.sign(${RESET}, process.env.KEY); await users.setPassword(user, password, "reset"); return resetToken; };`,
    // Nobody knows what the link says beside.
    link("claims", SETS).replace(
      "const resetToken",
      `const claims = ${RESET}; claims[user.field] = 1; const resetToken`,
    ),
    // Who is given all claims may compare them with the last change, an open reset is on record, or the link is burnt.
    link(
      RESET,
      `const known = await users.forLink(claims); if (!known) throw new Error(); ${SETS}`,
    ),
    link(
      RESET,
      `const open = await users.findOne({ email: claims.email, resetPending: true }); if (!open) throw new Error(); ${SETS}`,
    ),
    link(RESET, `if (!(await resets.take(claims.email))) throw new Error(); ${SETS}`),
    `import jwt from "jsonwebtoken"; export const mail = (user) => { const resetToken = jwt.sign(${RESET}, process.env.KEY); return resetToken; };
router.post("/reset/:token", once((req) => req.params.token), async (req, res) => { const claims = jwt.verify(req.params.token, process.env.KEY); if (claims.type !== "reset") throw new Error(); await users.setPassword(claims.email, await hash(req.body.password)); res.end(); });`,
    // It is on record.
    link(RESET, SETS)
      .replace("const claims =", "const row = await users.findById(token);const claims =")
      .replace("jwt.verify(token", "jwt.verify(row.link"),
    // Another key, of which nothing is seen
    link(RESET, SETS).replace("verify(token, process.env.KEY", "verify(token, process.env.OTHER"),
    link(RESET, SETS).replace("jwt.verify(token, process.env.KEY)", "jwt.decode(token)"),
    // It is set by somebody else.
    `${link(RESET, "return claims.email;")} export const set = async (user, password) => { user.password = await hash(password); await user.save(); };`,
  ].map((code) => code.replace(/[«»]/gu, "")),
  invalid: [
    link(RESET, SETS),
    link(
      '{ sub: user.id, purpose: "x", type: "reset", iat: now() }',
      "await users.setPassword(claims.sub, await hash(password));",
    ),
    link(RESET, `${SETS} res.code(204);`),
    link(RESET, `if (!claims.email) throw new Error("the link was used"); ${SETS}`),
  ].map((code) => marked(code, { messageId: "reusable", data: { name: "jwt.verify" } })),
});
