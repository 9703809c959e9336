import path from "node:path";
import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/kinds/check.js");

/** Signs an access and a refresh token with one key. */
const issued = `import jwt from "jsonwebtoken";
export const createAccessToken = (user) => jwt.sign({ id: user.id, role: user.role }, process.env.KEY, { expiresIn: "15m" });
export const createRefreshToken = (user) => jwt.sign({ id: user.id }, process.env.KEY, { expiresIn: "30d" });
`;

const typed = `import jwt from "jsonwebtoken";
export const createAccessToken = (user) => jwt.sign({ id: user.id, type: "access" }, process.env.KEY);
export const createRefreshToken = (user) => jwt.sign({ id: user.id, type: "refresh" }, process.env.KEY);
`;

/** A controller that makes both kinds of tokens with the key of its module, and verifies in `methods`. */
const controller = (methods: string): string => `import { JwtService } from "@nestjs/jwt";
@Controller()
export class SessionController {
  constructor(private readonly jwt: JwtService, private readonly sessions: Sessions) {}
  @Post("login") login(@Body() user: User) {
    const accessToken = this.jwt.sign({ username: user.username, role: user.role }, { expiresIn: "15m" });
    const refreshToken = this.jwt.sign({ username: user.username }, { expiresIn: "7d" });
    return { accessToken, refreshToken };
  }
  ${methods}
}`;

const ofController = { name: "this.jwt.verify", kinds: "access and refresh" };

const both = { name: "jwt.verify", kinds: "access and refresh" };
const always = { options: [{ always: true }] };

/** Signs for a session and for a link, through what `sign` makes of an id. */
const throughHelper = (session: string, reset: string): string =>
  `export const login = async (req, res) => { const accessToken = ${session}; res.json({ accessToken }); };
export const forgot = async (req) => { const resetToken = ${reset}; await mail(req.user.email, resetToken); };
`;

const helper = `import jwt from "jsonwebtoken";
const generateToken = (payload, expiresIn) => jwt.sign(payload, process.env.JWT_SECRET, { expiresIn });
`;

const imported = `import jwt from "jsonwebtoken"; import { generateToken } from "./sign.js";
`;

const importedMaker = `import jwt from "jsonwebtoken"; import { makeToken } from "./make.js";
`;

/** Sets a password by the link that has been mailed, and asks for it. */
const resetting = (verify: string, asked: string): string =>
  `${throughHelper('generateToken({ id: req.user.id }, "15m")', 'generateToken({ id: req.user.id }, "5m")')}export const reset = async (token, password) => { const { id } = ${verify}; ${asked} await users.setPassword(id, password); };`;

const readsId = (verify: string): string =>
  `export const reset = async (req) => { const { id } = ${verify}; await users.setPassword(id, req.body.password); };`;

/** Renews a session, and does something else beside the verification. */
const renewing = (beside: string): string =>
  `${issued}export async function refresh(token) { try { const { id } = «jwt.verify(token, process.env.KEY)»; ${beside} return createAccessToken({ id }); } catch (error) { log.warn("refresh of the token failed", error); throw new UnauthorizedException("invalid refresh token"); } }`;

const strategy = (validate: string): string =>
  `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport";
${issued}export class Access extends PassportStrategy(Strategy) { constructor() { «super({ secretOrKey: process.env.KEY, jwtFromRequest, passReqToCallback: true })»; } async validate(request, claims) { ${validate} } }`;

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

testRule("require-type-check: what is told of a token, and what is done with it", rule, {
  valid: [
    ...[
      "if (!(await sessions.has(token))) throw new Error();",
      "await sessions.findOne({ id, token });",
      "await sessions.findOne({ id, tokenHash });",
      "const row = await sessions.findOne({ id }); if (row.held !== token) throw new Error();",
      'await redis.get("refresh:" + token);',
      "await redis.get(`refresh:${token}`);",
      "res.json({ isKnown: await sessions.has(token) });",
      "await sql`select id from sessions where token = ${token}`;",
      "const where = { id, token }; await sessions.findOne(where);",
      "const key = `refresh:${token}`; await redis.get(key);",
    ].map((beside) => unmarked(renewing(beside))),
    `${issued}export const refresh = async (req) => { const { id } = jwt.verify(req.cookies.token, process.env.KEY); await sessions.findOne({ id, token: req.cookies.token }); };`,
    ...[
      "return this.users.findOne({ id: claims.id, token: request.cookies.Refresh });",
      'return this.users.findOne({ id: claims.id, token: request.get("x-refresh-token") });',
      "return this.redis.get(`refresh:${claims.id}`);",
    ].map((validate) => unmarked(strategy(validate))),
  ],
  invalid: [
    ...[
      "",
      "log.info(`renewing ${token}`);",
      "console.info(token);",
      "const held = token;",
      "if (jwt.decode(token).exp < soon) return;",
      "if (old) return { access: createAccessToken({ id }), token };",
      'await audit("token renewed", id);',
      "res.json({ token: createAccessToken({ id }) });",
      "if (!id) throw new Error(token);",
      "if (!id) throw createError(401, { token });",
    ].map((beside) => marked(renewing(beside), { messageId: "sameKey", data: both })),
    ...[
      'if (!claims.id) throw new UnauthorizedException("refresh the token"); return claims.id;',
      'this.logger.warn("no refresh"); return claims.id;',
    ].map((validate) =>
      marked(strategy(validate), { messageId: "sameKey", data: { ...both, name: "Strategy" } }),
    ),
  ],
});

/** A sign-in, a mail with a link, and the page behind the link. */
const signIn = (login: string, mail: string, key = "KEY"): string =>
  `import jwt from "jsonwebtoken";
class Accounts {
  async ${login}(user) { await bcrypt.compare(user.password, user.hash); return jwt.sign({ id: user.id, role: user.role }, process.env.KEY, { expiresIn: "1h" }); }
  async ${mail}(email) { const { id } = await users.find(email); const token = jwt.sign({ id }, process.env.${key}, { expiresIn: "15m" }); await send(email, token); }
  async change(token, password) { const { id } = «jwt.verify(token, process.env.${key})»; await users.setPassword(id, password); }
}`;

testRule("require-type-check: what functions are called that sign", rule, {
  valid: [
    signIn("login", "forget", "RESET_SECRET"),
    signIn("login", "greet"),
    signIn("login", "forgetMe"),
    signIn("seal", "forget"),
    signIn("forgetPassword", "forget"),
  ].map((code) => unmarked(code)),
  invalid: ["login", "signIn", "authenticate"].flatMap((login) =>
    ["forget", "forgot", "forgetPassword", "forgotPassword"].map((mail) =>
      marked(signIn(login, mail), {
        messageId: "sameKey",
        data: { name: "jwt.verify", kinds: "access and password reset" },
      }),
    ),
  ),
});

testRule("require-type-check", rule, {
  valid: [
    `${helper}${throughHelper('generateToken({ id: req.user.id }, "15m")', 'generateToken({ id: req.user.id }, "5m")')}export const reset = async (req) => { const { id } = jwt.verify(req.params.token, process.env.JWT_SECRET); await users.findOne({ id, resetToken: req.params.token }); await users.setPassword(id, req.body.password); };`,
    // Whatever else the key has signed is in no such field.
    ...[
      "const row = await tokens.findOne({ resetToken: token }); if (!row) throw new Error();",
      "const row = await tokens.findOne({ where: { id, reset_password_token: token } });",
      "const user = await users.findById(id); if (user.resetToken !== token) throw new Error();",
      'const { rows } = await pool.query("SELECT id FROM users WHERE reset_token = $1", [token]);',
    ].map((asked) => `${helper}${resetting("jwt.verify(token, process.env.JWT_SECRET)", asked)}`),
    {
      name: "one helper that is given a key for each",
      code: `${imported}${throughHelper(
        'generateToken({ id: req.user.id }, "15m", process.env.ACCESS_KEY)',
        'generateToken({ id: req.user.id }, "5m", process.env.JWT_SECRET)',
      )}${readsId("jwt.verify(req.query.token, process.env.JWT_SECRET)")}`,
      filename: fixture,
    },
    {
      name: "one helper whose calls say who it is about by other claims",
      code: `${helper}${throughHelper(
        'generateToken({ id: req.user.id }, "15m")',
        'generateToken({ mail: req.user.mail }, "5m")',
      )}${readsId("jwt.verify(req.query.token, process.env.JWT_SECRET)")}`,
    },
    {
      name: "one helper that makes one kind, whatever it is bound to",
      code: `import jwt from "jsonwebtoken"; import { generateAccessToken } from "./make-access.js";
${throughHelper(
  "generateAccessToken(req.user.id)",
  "generateAccessToken(req.user.id)",
)}${readsId("jwt.verify(req.query.token, process.env.JWT_SECRET)")}`,
      filename: fixture,
    },
    {
      name: "two keys of one settings module",
      code: `import { sign, verify } from "jsonwebtoken"; import { settings } from "./settings.js";
export const issue = (user) => { const { secret, refreshSecret } = settings; const accessToken = sign({ id: user.id }, secret); const refreshToken = sign({ id: user.id }, refreshSecret); return { accessToken, refreshToken }; };
export const read = (token) => { const { id } = verify(token, settings.secret); return id; };`,
    },
    {
      name: "subjects that say what the tokens are for, and a caller who may compare them",
      code: `import { sign, verify } from "jsonwebtoken";
export const issue = (user) => { const accessToken = sign({ id: user.id }, process.env.KEY, { subject: "access" }); const refreshToken = sign({ id: user.id }, process.env.KEY, { subject: "refresh" }); return { accessToken, refreshToken }; };
export const read = (token) => verify(token, process.env.KEY);`,
    },
    {
      name: "a record that was found by something else than the other token says",
      code: `import jwt from "jsonwebtoken"; import prisma from "./db.js";
export const send = async (email) => { const magicLinkToken = jwt.sign({ email }, process.env.KEY); await mail(email, magicLinkToken); };
export const login = async (id) => { const account = await prisma.account.findUnique({ where: { id } }); const sessionToken = jwt.sign(account, process.env.KEY); return sessionToken; };
export const read = (token) => { const { email } = jwt.verify(token, process.env.KEY); return email; };`,
    },
    {
      name: "a key of its own beside the registration's",
      code: `import Fastify from "fastify"; import jwt from "@fastify/jwt";
const fastify = Fastify(); fastify.register(jwt, { secret: process.env.KEY });
fastify.post("/login", async (request) => { const accessToken = fastify.jwt.sign({ id: request.id }, { expiresIn: "15m" }); const refreshToken = fastify.jwt.sign({ id: request.id }, { expiresIn: "7d", key: process.env.REFRESH_KEY }); return { accessToken, refreshToken }; });
fastify.get("/me", async (request) => { const { id } = fastify.jwt.verify(request.token); return id; });`,
    },
    {
      name: "a strategy looks the refresh token of the request up",
      code: `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport";
${issued}
export class Refresh extends PassportStrategy(Strategy, "refresh") { constructor() { super({ secretOrKey: process.env.KEY, jwtFromRequest: (request) => request.cookies.Refresh, passReqToCallback: true }); } async validate(request, claims) { const refreshToken = request.cookies.Refresh; return this.users.findOne({ id: claims.id, refreshToken }); } }`,
    },
    {
      name: "what renews a token is called for another one",
      code: `import jwt from "jsonwebtoken";
export const createAccessToken = (user) => jwt.sign({ id: user.id }, process.env.KEY);
export const refreshToken = (held) => { const found = find(held); return jwt.sign({ id: found.id }, process.env.KEY); };
export const read = (token) => jwt.verify(token, process.env.KEY);`,
    },
    // The program has put the token on record itself
    `${issued}
export const renew = async (req) => { const user = await Users.findOne({ where: { id: req.session.userId } }); jwt.verify(user.refreshToken, process.env.KEY); };`,
    `${issued}
export const renew = async (req) => { const row = await sessions.findById(req.session.id); const held = row.token; jwt.verify(held, process.env.KEY); };`,
    `import jwt from "jsonwebtoken";
export const read = (token) => jwt.verify(token, process.env.KEY);`,
    {
      name: "a key for each",
      code: `import jwt from "jsonwebtoken";
export const createAccessToken = (user) => jwt.sign({ id: user.id }, process.env.KEY);
export const createRefreshToken = (user) => jwt.sign({ id: user.id }, process.env.REFRESH_KEY);
export const read = (token) => jwt.verify(token, process.env.KEY);`,
    },
    {
      name: "a key for each, through a helper",
      code: `import jwt from "jsonwebtoken";
const sign = (payload, key) => jwt.sign(payload, key, { expiresIn: "1h" });
export const issue = (user) => ({ accessToken: sign({ id: user.id }, process.env.KEY), refreshToken: sign({ id: user.id }, process.env.REFRESH_KEY) });
export const read = (token) => jwt.verify(token, process.env.KEY);`,
    },
    {
      name: "the type is compared",
      code: `${typed}export function read(token) {
  const claims = jwt.verify(token, process.env.KEY);
  if (claims.type !== "access") throw new Error("not an access token");
  return claims;
}`,
    },
    {
      name: "the caller may compare it",
      code: `${typed}export const read = (token) => jwt.verify(token, process.env.KEY);`,
    },
    `${issued}export const read = (token) => jwt.verify(token, process.env.KEY, { audience: "api" });`,
    `${issued}export const read = (token, options) => jwt.verify(token, process.env.KEY, options);`,
    `${issued}const { purpose } = jwt.verify(token, process.env.KEY);`,
    `${issued}export const read = (token) => check(jwt.verify(token, process.env.KEY), "type");`,
    `${issued}export const read = (token) => new Map(Object.entries(jwt.verify(token, process.env.KEY))).get("type");`,
    // A renewal that looks for the token, or for its number, among those that are kept
    ...[
      'refresh(@Query("token") token: string) { const { username } = this.jwt.verify(token); return this.sessions.findOne({ username, token }); }',
      'refresh(@Query("token") token: string) { const { username } = this.jwt.verify(token); const user = this.sessions.find(username); if (user.refreshToken !== token) throw new Error("no token"); }',
      'refresh(@Query("token") token: string) { const { jti } = this.jwt.verify(token); if (!this.sessions.has(jti)) throw new Error("no token"); }',
      'orders(@Query("token") token: string) { this.jwt.verify(token); } profile(@Claim("type") type: string) { return type; }',
    ].map((method) => ({ code: controller(`@Get("refresh") ${method}`), ts: true as const })),
    {
      name: "tokens about different things",
      code: `import jwt from "jsonwebtoken";
export const login = (user) => { const token = jwt.sign({ userId: user.id }, process.env.KEY); return token; };
export const invite = (email) => { const inviteToken = jwt.sign({ email }, process.env.KEY); return inviteToken; };
export const read = (token) => jwt.verify(token, process.env.KEY).userId;`,
    },
    {
      name: "nobody sees the payloads",
      code: `import jwt from "jsonwebtoken";
export const createAccessToken = (payload) => jwt.sign(payload, process.env.KEY);
export const createRefreshToken = (payload) => jwt.sign(payload, process.env.KEY);
export const read = (token) => jwt.verify(token, process.env.KEY);`,
    },
    {
      name: "a handler that renews tokens makes no refresh token",
      code: `import jwt from "jsonwebtoken";
export const login = (user) => { const token = jwt.sign({ id: user.id }, process.env.KEY); return token; };
export const refreshToken = (old) => { const { id } = jwt.verify(old, process.env.KEY); const token = jwt.sign({ id }, process.env.KEY); return token; };`,
    },
    {
      name: "looked up, too",
      code: `import jwt from "jsonwebtoken";
export function issue(user) {
  const accessToken = jwt.sign({ id: user.id, role: user.role }, process.env.KEY);
  const refreshToken = jwt.sign({ id: user.id }, process.env.KEY);
  return { accessToken, refreshToken };
}
export async function refresh(refreshToken) {
  const { id } = jwt.verify(refreshToken, process.env.KEY);
  return await Sessions.findOne({ id, token: refreshToken });
}`,
    },
    `import { SignJWT, jwtVerify } from "jose";
const key = new TextEncoder().encode(process.env.KEY);
export const createAccessToken = (id) => new SignJWT({ id }).setProtectedHeader({ alg: "HS256", typ: "at+jwt" }).sign(key);
export const createRefreshToken = (id) => new SignJWT({ id }).setProtectedHeader({ alg: "HS256", typ: "rt+jwt" }).sign(key);
export const read = (token) => jwtVerify(token, key, { typ: "at+jwt" });`,
    {
      code: `import { JwtService } from "@nestjs/jwt";
class AuthService {
  constructor(private readonly jwt: JwtService) {}
  issue(user) {
    const payload = { sub: user.id };
    return { accessToken: this.jwt.sign(payload), refreshToken: this.jwt.sign(payload, { secret: process.env.REFRESH_KEY }) };
  }
  read(token: string) { return this.jwt.verify(token, { secret: process.env.REFRESH_KEY }); }
}`,
      ts: true,
    },
    {
      name: "a public key signs nothing",
      code: `import jwt from "jsonwebtoken";
export const createAccessToken = (user) => jwt.sign({ id: user.id, role: user.role }, process.env.PRIVATE_KEY, { algorithm: "RS256" });
export const createRefreshToken = (user) => jwt.sign({ id: user.id }, process.env.PRIVATE_KEY, { algorithm: "RS256" });
export const read = (token) => jwt.verify(token, process.env.PUBLIC_KEY);`,
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { audience: "api" });
jwt.verify(token, process.env.KEY, options);`,
      ...always,
    },
    {
      code: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { typ: "at+jwt" });`,
      ...always,
    },
    {
      name: "the module may compare the audience",
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) { return this.jwt.verify(token); }
}`,
      ts: true,
      ...always,
    },
    {
      code: `import { OAuth2Client } from "google-auth-library";
await new OAuth2Client().verifyIdToken({ idToken: token });`,
      ...always,
    },
  ],
  invalid: [
    // Another function looks for it, and this one for something else
    marked(
      `${helper}${throughHelper('generateToken({ id: req.user.id }, "15m")', 'generateToken({ id: req.user.id }, "5m")')}export const find = (req) => users.findOne({ resetToken: req.params.token }); export const reset = async (req) => { const { id } = «jwt.verify(req.params.token, process.env.JWT_SECRET)»; await users.findOne({ resetToken: req.body.token }); await users.setPassword(id, req.body.password); };`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and password reset" } },
    ),
    // Looked for under no name of its own, put on record, or in another function
    ...[
      "const row = await tokens.findOne({ token });",
      "await tokens.insert({ resetToken: token });",
      "const find = (resetToken) => tokens.findOne({ resetToken });",
      "if (user.resetToken !== other) return;",
      'await pool.query("SELECT id FROM users WHERE token = $1", [token]);',
    ].map((asked) =>
      marked(`${helper}${resetting("«jwt.verify(token, process.env.JWT_SECRET)»", asked)}`, {
        messageId: "sameKey",
        data: { name: "jwt.verify", kinds: "access and password reset" },
      }),
    ),
    // One helper signs both, and its calls say what for
    ...[
      ['generateToken({ id: req.user.id }, "15m")', 'generateToken({ id: req.user.id }, "5m")'],
      ["makeToken(req.user.id)", "makeToken(req.user.id)"],
    ].flatMap(([session = "", reset = ""]) =>
      (session.startsWith("makeToken") ? [importedMaker] : [imported, helper]).map((start) =>
        marked(
          `${start}${throughHelper(session, reset)}${readsId("«jwt.verify(req.query.token, process.env.JWT_SECRET)»")}`,
          {
            messageId: "sameKey",
            data: { name: "jwt.verify", kinds: "access and password reset" },
          },
          { filename: fixture },
        ),
      ),
    ),
    marked(
      `${imported}${throughHelper(
        'generateToken({ id: req.user.id }, "15m", process.env.KEY)',
        'generateToken({ id: req.user.id }, "5m", process.env.KEY)',
      )}${readsId("«jwt.verify(req.query.token, process.env.KEY)»")}`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and password reset" } },
      { filename: fixture },
    ),
    // A helper that holds what it signs in a variable
    marked(
      `import jwt from "jsonwebtoken";
function generateToken(id) { const token = jwt.sign({ id }, process.env.JWT_SECRET); return token; }
${throughHelper("generateToken(req.user.id)", "generateToken(req.user.id)")}${readsId("«jwt.verify(req.query.token, process.env.JWT_SECRET)»")}`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and password reset" } },
    ),
    // One key, taken out of the settings and read there
    ...["const { secret } = settings;", "const { secret: key } = settings, secret = key;"].map(
      (taken) =>
        marked(
          `import { sign, verify } from "jsonwebtoken"; import { settings } from "./settings.js";
export const issue = (user) => { ${taken} const accessToken = sign({ id: user.id }, secret); const refreshToken = sign({ id: user.id }, secret); return { accessToken, refreshToken }; };
export const read = (token) => { const { id } = «verify(token, settings.secret)»; return id; };`,
          { messageId: "sameKey", data: { ...both, name: "verify" } },
        ),
    ),
    // The subject is whom it is about, in the options as in the payload
    ...["{}", "{ role: user.role }"].map((payload) =>
      marked(
        `import { sign, verify } from "jsonwebtoken";
export const issue = (user) => { const accessToken = sign(${payload}, process.env.KEY, { subject: user.id }); const refreshToken = sign({}, process.env.KEY, { subject: user.id }); return { accessToken, refreshToken }; };
export const read = (token) => «verify(token, process.env.KEY)»;`,
        { messageId: "sameKey", data: { ...both, name: "verify" } },
      ),
    ),
    // A record has in it what it was found by
    marked(
      `import jwt from "jsonwebtoken"; import prisma from "./db.js";
export const send = async (email) => { const magicLinkToken = jwt.sign({ email }, process.env.KEY); await mail(email, magicLinkToken); };
export const login = async (email) => { const account = await prisma.account.findUnique({ where: { email } }); const sessionToken = jwt.sign(account, process.env.KEY); return sessionToken; };
export const read = (token) => { const { email } = «jwt.verify(token, process.env.KEY)»; return email; };`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and sign-in link" } },
    ),
    // One registration holds the key, whoever is asked.
    ...[
      "const { id } = «fastify.jwt.verify(request.token)»",
      "const { id } = await «request.jwtVerify()»",
    ].map((read) =>
      marked(
        `import Fastify from "fastify"; import jwt from "@fastify/jwt";
const fastify = Fastify(); fastify.register(jwt, { secret: process.env.KEY });
fastify.post("/login", async (request) => { const accessToken = fastify.jwt.sign({ id: request.id }, { expiresIn: "15m" }); const refreshToken = fastify.jwt.sign({ id: request.id }, { expiresIn: "7d" }); return { accessToken, refreshToken }; });
fastify.get("/me", async (request) => { ${read}; return id; });`,
        {
          messageId: "sameKey",
          data: {
            ...both,
            name: read.includes("request.jwtVerify") ? "request.jwtVerify" : "fastify.jwt.verify",
          },
        },
      ),
    ),
    // Functions that are called for what they give
    ...[
      "(user) => jwt.sign({ id: user.id }, process.env.KEY)",
      "(user) => { return jwt.sign({ id: user.id }, process.env.KEY); }",
    ].map((make) =>
      marked(
        `import jwt from "jsonwebtoken";
export const accessToken = ${make};
export const refreshToken = ${make};
export const read = (token) => { const { id } = «jwt.verify(token, process.env.KEY)»; return id; };`,
        { messageId: "sameKey", data: both },
      ),
    ),
    marked(
      `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport";
${issued}
export class Access extends PassportStrategy(Strategy) { constructor() { «super({ secretOrKey: process.env.KEY, jwtFromRequest, passReqToCallback: true })»; } async validate(request, claims) { return this.users.findOne({ id: claims.id }); } }`,
      { messageId: "sameKey", data: { ...both, name: "Strategy" } },
    ),
    marked(`${issued}export const read = (token) => «jwt.verify(token, process.env.KEY)»;`, {
      messageId: "sameKey",
      data: both,
    }),
    {
      ...marked(
        `${typed}export function auth(req, res, next) { const { id } = «jwt.verify(req.token, process.env.KEY)»; req.userId = id; next(); }`,
        { messageId: "sameKey", data: both },
      ),
      name: "the type is there, and nobody looks",
    },
    marked(
      `const jwt = require("jsonwebtoken");
const KEY = process.env.KEY;
exports.login = (req, res) => { const token = jwt.sign({ userId: req.user.id }, KEY, { expiresIn: "1h" }); res.json({ token }); };
exports.forgotPassword = (req, res) => { const token = jwt.sign({ userId: req.user.id }, KEY, { expiresIn: "15m" }); mail(token); };
exports.resetPassword = (req, res) => { const { userId } = «jwt.verify(req.params.token, KEY)»; };`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and password reset" } },
    ),
    marked(
      `import jwt from "jsonwebtoken";
export function issue(payload) {
  const accessToken = jwt.sign(payload, config.secret, { expiresIn: "15m" });
  const refreshToken = jwt.sign(payload, config.secret, { expiresIn: "30d" });
  return { accessToken, refreshToken };
}
import config from "./config-out-of-sight";
export const read = (token) => «jwt.verify(token, config.secret)»;`,
      { messageId: "sameKey", data: both },
    ),
    marked(
      `import { SignJWT, jwtVerify } from "jose";
const key = new TextEncoder().encode(process.env.KEY);
export const createAccessToken = (id) => new SignJWT({ id }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("15m").sign(key);
export const createRefreshToken = (id) => new SignJWT({ id }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("30d").sign(key);
export async function auth(req) { const { payload } = await «jwtVerify(req.token, key)»; req.userId = payload.id; }`,
      { messageId: "sameKey", data: { name: "jwtVerify", kinds: "access and refresh" } },
    ),
    {
      ...marked(
        `import { JwtService } from "@nestjs/jwt";
class AuthService {
  constructor(private readonly jwt: JwtService) {}
  issue(user) {
    const payload = { sub: user.id };
    return { access_token: this.jwt.sign(payload), refresh_token: this.jwt.sign(payload, { expiresIn: "7d" }) };
  }
  async refresh(token: string) { const { sub } = await «this.jwt.verifyAsync(token)»; return this.issue({ id: sub }); }
}`,
        {
          messageId: "sameKey",
          data: { name: "this.jwt.verifyAsync", kinds: "access and refresh" },
        },
      ),
      ts: true as const,
    },
    {
      ...marked(
        `import jwt from "jsonwebtoken";
import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport";
export const createAccessToken = (user) => jwt.sign({ id: user.id }, process.env.KEY);
export const createRefreshToken = (user) => jwt.sign({ id: user.id }, process.env.KEY);
passport.use(«new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, (claims, done) => done(null, claims.id))»);`,
        { messageId: "sameKey", data: { name: "Strategy", kinds: "access and refresh" } },
      ),
    },
    {
      ...marked(
        `import jwt from "jsonwebtoken";
import { createAccessToken } from "./issue.js";
export const read = (token) => «jwt.verify(token, process.env.JWT_SECRET)».sub;`,
        { messageId: "sameKey", data: both },
        { filename: fixture },
      ),
      name: "the tokens are made in another file",
    },
    ...[
      'const { createAccessToken } = require("./issue-common.js");',
      'const tokens = require("./issue-common");',
    ].map((load) =>
      marked(
        `const jwt = require("jsonwebtoken"); ${load}
exports.read = (token) => «jwt.verify(token, process.env.JWT_SECRET)».sub;`,
        { messageId: "sameKey", data: both },
        { filename: fixture },
      ),
    ),
    // A name of a route, an event or a strategy is no claim that is read
    ...[
      '@Get("refresh") refresh(@Query("token") token: string) { const { username } = «this.jwt.verify(token)»; return this.login(find(username)); }',
      '@Get("refresh") renew(@Query("scope") scope: string) {} @Get("orders") orders(@Headers("authorization") header: string) { «this.jwt.verify(header)»; }',
      '@UseGuards(AuthGuard("refresh")) renew() {} @Get("orders") orders(@Headers("authorization") header: string) { «this.jwt.verify(header)»; }',
      'refresh(token: string) { if (!token) throw new Error("token missing"); return «this.jwt.verify(token)».username; }',
    ].map((methods) => ({
      ...marked(controller(methods), { messageId: "sameKey", data: ofController }),
      ts: true as const,
    })),
    ...[
      'router.post("refresh", renew);',
      'events.on("refresh", renew);',
      'router.use(passport.authenticate("refresh", { session: false }));',
    ].map((registered) =>
      marked(
        `${issued}${registered} export const read = (token) => «jwt.verify(token, process.env.KEY)»;`,
        { messageId: "sameKey", data: both },
      ),
    ),
    marked(
      `${issued}
export const renew = async (req) => { const { refreshToken } = await req.json(); «jwt.verify(refreshToken, process.env.KEY)»; };`,
      { messageId: "sameKey", data: both },
    ),
    marked(
      `import jwt from "jsonwebtoken";
const { sub } = «jwt.verify(token, process.env.KEY)»;`,
      { messageId: "missing", data: { name: "jwt.verify" } },
      always,
    ),
    marked(
      `import { expressjwt } from "express-jwt";
app.use(«expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] })»);`,
      { messageId: "missing", data: { name: "expressjwt" } },
      always,
    ),
    marked(
      `import { jwtVerify } from "jose";
await «jwtVerify(token, key, { issuer: "https://login.example.com" })»;`,
      { messageId: "missing", data: { name: "jwtVerify" } },
      always,
    ),
  ],
});

/** A plugin that signs by the settings of its service, and verifies by what it is told itself. */
const told = (access: string, refresh: string, verify: string): string =>
  `const jwt = require("jsonwebtoken");
exports.plugin = (app, options) => {
  const tokensOf = (user) => ({ accessToken: jwt.sign({ id: user.id }, ${access}), refreshToken: jwt.sign({ id: user.id }, ${refresh}) });
  app.post("/renew", (req, res) => { ${verify} });
};`;

// What takes the refresh tokens of a program has the key that signs them, whatever it is called.
testRule("require-type-check", rule, {
  valid: [
    // One that is used for them alone, or of which nobody can tell
    ["process.env.KEY", "process.env.OTHER"],
    ["options.key", "options.other"],
    ["process.env.KEY", "options.other"],
  ]
    .map(([access = "", refresh = ""]) =>
      told(access, refresh, "res.json(tokensOf(jwt.verify(req.body.refreshToken, options.key)));"),
    )
    .concat(
      [
        // Another token may be somebody else's.
        "res.json(tokensOf(jwt.verify(req.body.token, options.key)));",
        "res.json(tokensOf(jwt.verify(req.body.idToken, options.key)));",
      ].map((verify) => told("process.env.KEY", "process.env.KEY", verify)),
      [
        // A key that is known is another one.
        "res.json(tokensOf(jwt.verify(req.body.refreshToken, process.env.OTHER)));",
        // The type is looked at.
        'const claims = jwt.verify(req.body.refreshToken, options.key); if (claims.type !== "refresh") throw new Error(); res.json(tokensOf(claims));',
        // Some are signed by a key that nobody sees.
        "const refreshToken = jwt.sign({ id }, options.key); res.json(tokensOf(jwt.verify(req.body.refreshToken, options.key)));",
      ].map((verify) =>
        told("process.env.KEY", "process.env.KEY", verify).replace(
          "{ id: user.id }",
          "{ id: user.id, role: user.role }",
        ),
      ),
    ),
  invalid: [
    "res.json(tokensOf(«jwt.verify(req.body.refreshToken, options.key)»));",
    // Another kind has another key.
    "const inviteToken = jwt.sign({ id }, process.env.OTHER); res.json(tokensOf(«jwt.verify(req.body.refreshToken, options.key)»));",
    "const { refreshToken } = req.cookies; res.json(tokensOf(«jwt.verify(refreshToken, options.key)»));",
    "«jwt.verify(req.body.refresh_token, options.key, (error, claims) => { if (error) return res.sendStatus(401); res.json(tokensOf(claims)); })»;",
  ].map((verify) =>
    marked(told("process.env.KEY", "process.env.KEY", verify), {
      messageId: "sameKey",
      data: both,
    }),
  ),
});

/** A service that signs its tokens by a private function, and gives them back like this. */
const service = (given: string, forgotten: string, me = "this.jwt.verify(token)"): string =>
  `import { JwtService } from "@nestjs/jwt";
export class AuthService {
  constructor(private jwt: JwtService, private mail: MailService) {}
  async login(user) { return this.makeToken({ id: user.id }); }
  async forgotPassword(user) { ${forgotten} }
  async me(token) { return ${me}; }
  private async makeToken(claims) { ${given} }
}`;

const MAILED =
  "const { token } = await this.makeToken({ id: user.id }); await this.mail.forgotten(user.email, token);";

testRule("require-type-check", rule, {
  valid: [
    service(
      "return { token: this.jwt.sign(claims) };",
      "return this.makeToken({ id: 1 });",
    ).replace("forgotPassword", "register"),
    service(
      "return { token: this.jwt.sign(claims) };",
      MAILED.replace("{ id: user.id }", "{ mail: user.mail }"),
    ),
    service(
      "return { token: this.jwt.sign(claims) };",
      MAILED,
      'this.jwt.verify(token, { audience: "api" })',
    ),
    // The token is the one that was signed a moment ago.
    service("return { token: this.jwt.sign(claims) };", MAILED, "token").replace(
      "return this.makeToken({ id: user.id });",
      "const token = await this.makeToken({ id: user.id }); const known = this.jwt.verify(token.token); return { ...known, token: token.token };",
    ),
    // A token under a name of its own is of that kind, whoever calls the function.
    service("return { accessToken: this.jwt.sign(claims) };", MAILED),
    service("return { data: { token: this.jwt.sign(claims) } };", MAILED),
    service("this.last = { token: this.jwt.sign(claims) };", MAILED),
  ].map((code) => ({ code, ts: true })),
  invalid: [
    "return { token: this.jwt.sign(claims) };",
    "const token = this.jwt.sign(claims); return { token };",
    "const token = this.jwt.sign(claims); return token;",
  ].map((given) =>
    marked(
      service(given, MAILED, "«this.jwt.verify(token)»"),
      {
        messageId: "sameKey",
        data: { name: "this.jwt.verify", kinds: "access and password reset" },
      },
      { ts: true },
    ),
  ),
});

/** Renews an access token for a refresh token that is signed elsewhere. */
const renewal = (claims: string, key = "process.env.KEY", before = "", name = "refreshToken") =>
  `import jwt from "jsonwebtoken"; export const renew = async (req, res) => { const { ${name} } = req.body; ${before} const known = «jwt.verify(${name}, process.env.KEY)»; const accessToken = jwt.sign(${claims}, ${key}, { expiresIn: "15m" }); res.json({ accessToken }); };`;

testRule("require-type-check: refresh tokens that are signed elsewhere", rule, {
  valid: [
    renewal("{ username: known.username }", "process.env.ACCESS_KEY"),
    renewal("{ username: known.owner }"),
    renewal("{ username: names.get(known.id) }"),
    renewal("claims"),
    renewal(
      "{ username: other.username }",
      undefined,
      "const other = jwt.verify(req.body.session, process.env.OTHER);",
    ),
    renewal("{ username: known.username }", undefined, "await sessions.find(refreshToken);"),
    renewal("{ username: known.username }", undefined, undefined, "token"),
    renewal("{ username: known.username, kind: known.kind }"),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    renewal("{ username: known.username }"),
    renewal("{ sub: known.sub, time: Date.now() }"),
    renewal("{ username: known.username, kind: 'access' }"),
  ].map((code) => marked(code, { messageId: "sameKey", data: both })),
});

/** A link that is signed with a key, and the page behind it. */
const forgotten = (claims: string, key = "process.env.JWT_SECRET", options = ""): string =>
  `import jwt from "jsonwebtoken"; import bcrypt from "bcryptjs"; import { Member, send } from "./members.js";
export const forgot = async (req, res) => { const member = await Member.findOne({ mail: req.body.mail }); const link = jwt.sign(${claims}, ${key}, { expiresIn: "1h"${options} }); await send(member.mail, link); res.end(); };
`;

const changed = (steps: string, key = "process.env.JWT_SECRET", token = "req.body.token"): string =>
  `export const change = async (req, res) => { const { id } = «jwt.verify(${token}, ${key})»; ${steps} res.end(); };`;

const SAVES =
  "const member = await Member.findById(id); member.password = await bcrypt.hash(req.body.password, 10); await member.save();";

testRule("require-type-check: links that are signed with the key of the sessions", rule, {
  valid: [
    // A key of its own, and such that may be one.
    ...["RESET_SECRET", "SECRET", "JWT_RESET_SECRET", "MAIL_JWT_KEY", "REFRESH_TOKEN_SECRET"].map(
      (name) =>
        forgotten("{ id: member.id }", `process.env.${name}`) +
        changed(SAVES, `process.env.${name}`),
    ),
    forgotten("{ id: member.id }", "process.env.JWT_SECRET + member.password") +
      changed(SAVES, "process.env.JWT_SECRET + (await Member.load(req.body)).password"),
    forgotten("{ id: member.id }", "process.env.JWT_RESET_SECRET") + changed(SAVES),
    // What tells the link from a session.
    ...[
      "{ id: member.id, nonce: member.nonce }",
      "{ id: member.id, ...extra }",
      "claimsOf(member)",
      "{ code: member.code }",
    ].map((claims) => forgotten(claims) + changed(SAVES)),
    forgotten("{ id: member.id }", undefined, ', audience: "reset"') + changed(SAVES),
    forgotten("{ id: member.id }", undefined, ", jwtid: member.nonce") + changed(SAVES),
    forgotten('{ id: member.id, purpose: "reset" }') +
      'export const change = async (req, res) => { const { id, purpose } = jwt.verify(req.body.token, process.env.JWT_SECRET); if (purpose !== "reset") return res.sendStatus(400); ' +
      `${SAVES} };`,
    ...[
      `if (!(await Ticket.findOne({ id, token: req.body.token }))) return res.sendStatus(400); ${SAVES}`,
      SAVES.replace("findById(id)", "findOne({ _id: id, resetToken: req.body.token })"),
      `if (!(await bcrypt.compare(req.body.oldPassword, (await Member.findById(id)).password))) return res.sendStatus(400); ${SAVES}`,
      `if (!(await checks(id, req.body.otp))) return res.sendStatus(400); ${SAVES}`,
      `await assertUnused(req.body.token); ${SAVES}`,
      `const kept = await links.take(id); if (kept !== req.body.token) return res.sendStatus(400); ${SAVES}`,
      // Nothing is set.
      "await Member.findById(id);",
      "const member = await Member.findById(id); member.password = undefined; res.json(member);",
      "const member = await Member.findById(id); member.name = req.body.name; await member.save();",
      "await Member.updateOne({ _id: id }, { name: req.body.name });",
      "resetPassword(id);",
    ].map((steps) => forgotten("{ id: member.id }") + changed(steps)),
    // The token of a session itself
    ...["req.cookies.token", 'req.headers.authorization.split(" ")[1]', 'req.get("x-header")'].map(
      (token) => forgotten("{ id: member.id }") + changed(SAVES, undefined, token),
    ),
    // Sessions that are no tokens
    `${forgotten("{ id: member.id }")}${changed(SAVES)} export const enter = (req) => { req.session.user = req.body.user; };`,
    `${forgotten("{ id: member.id }")}${changed(SAVES)} export const enter = (req) => { req.login(req.user); };`,
    `import session from "express-session"; ${forgotten("{ id: member.id }")}${changed(SAVES)}`,
    `import { lucia } from "./sessions.js"; ${forgotten("{ id: member.id }")}${changed(`${SAVES} await lucia.createSession(id, {});`)}`,
    `import { store } from "./sessions.js"; ${forgotten("{ id: member.id }")}${changed(`${SAVES} await store.invalidateUserSessions(id);`)}`,
    // It may be the token of a session that the function is handed.
    `${forgotten("{ id: member.id }")}export const change = async (token, password) => { const { id } = jwt.verify(token, process.env.JWT_SECRET); await Member.setPassword(id, password); };`,
    // The password is part of the key.
    `${forgotten("{ id: member.id }", "jwtSecret").replace("const link", "const jwtSecret = process.env.JWT_SECRET + member.password; const link")}export const change = async (req, res) => { const member = await Member.load(req.body.id); const jwtSecret = process.env.JWT_SECRET + member.password; const { id } = jwt.verify(req.body.token, jwtSecret); ${SAVES.replace("const member =", "const found =")} };`,
    // The name of the key says what it is for.
    ...['header.kid !== "reset"', '"reset" !== header.kid'].map(
      (asks) =>
        forgotten("{ id: member.id }", undefined, ', keyid: "reset"') +
        `export const change = async (req, res) => { const { header, payload: { id } } = jwt.verify(req.body.token, process.env.JWT_SECRET, { complete: true }); if (${asks}) return res.sendStatus(400); ${SAVES} };`,
    ),
    // A token that is on record
    `${forgotten("{ id: member.id }")}export const change = async (req, res) => { const member = await Member.findById(req.body.id); jwt.verify(member.link, process.env.JWT_SECRET); member.password = hash(req.body.password); await member.save(); };`,
    `import jwt from "jsonwebtoken"; export const forgot = async (member, field) => { const claims = { id: member.id }; claims[field] = 1; const link = jwt.sign(claims, process.env.JWT_SECRET); await send(member.mail, link); }; ${changed("Member.setPassword(id, req.body.password);")}`,
    // A link for something else
    forgotten("{ id: member.id }").replaceAll("forgot", "greet") + changed(SAVES),
  ].map((code) => unmarked(code)),
  invalid: [
    forgotten("{ id: member.id }") + changed(SAVES),
    forgotten("{ id: member.id, firstName: member.firstName, mail: member.mail }") + changed(SAVES),
    forgotten("{ id: member.id }") +
      changed(
        "await Member.updateOne({ _id: id }, { $set: { password: hash(req.body.password) } });",
      ),
    forgotten("{ id: member.id }") +
      changed(
        "await db.update(members).set({ password: hash(req.body.password) }).where(eq(members.id, id));",
      ),
    forgotten("{ id: member.id }") + changed(`console.log(req.body.token); ${SAVES}`),
    forgotten("{ id: member.id }") +
      changed(SAVES).replace("(req, res) =>", "(token, req, res) =>"),
    forgotten("{ id: member.id }") +
      "export const resetPassword = async (token, password) => { const { id } = «jwt.verify(token, process.env.JWT_SECRET)»; await Member.setPassword(id, password); };",
    forgotten("{ id: member.id }") +
      `const createSession = (id) => jwt.sign({ id }, process.env.JWT_SECRET); ${changed(`${SAVES} createSession(id);`)}`,
    forgotten("{ id: member.id }") +
      changed(`${SAVES} log(req.header.kid, keys[req.header.kid] === 1);`),
    forgotten("{ id: member.id }") +
      `export const read = (header) => header.kid === "reset"; ${changed(SAVES)}`,
    forgotten("{ id: member.id }") + changed("await Member.setPassword(id, req.body.password);"),
    forgotten("{ id: member.id }") +
      changed('await pool.query("UPDATE members SET password = $1 WHERE id = $2", [hash, id]);'),
    forgotten("{ id: member.id }") +
      `export const see = (req) => log.of(req.params.token); export const change = (req, res) => { «jwt.verify(req.params.token, process.env.JWT_SECRET, async (error, claims) => { if (error) return res.sendStatus(400); const { id } = claims; ${SAVES} res.end(); })»; };`,
  ]
    .map((code) => marked(code, { messageId: "sessionKey", data: { key: "JWT_SECRET" } }))
    .concat(
      marked(
        forgotten("{ id: member.id }", "process.env.ACCESS_TOKEN_SECRET") +
          changed(SAVES, "process.env.ACCESS_TOKEN_SECRET"),
        { messageId: "sessionKey", data: { key: "ACCESS_TOKEN_SECRET" } },
      ),
      marked(
        `import { config } from "./config.js"; ${forgotten("{ id: member.id }", "config.jwt.secret")}${changed(SAVES, "config.jwt.secret")}`,
        { messageId: "sessionKey", data: { key: "config.jwt.secret" } },
      ),
      // The link opens no session, and those of sessions are taken for it.
      marked(forgotten('{ id: member.id, purpose: "reset" }') + changed(SAVES), {
        messageId: "unreadMark",
        data: { name: "jwt.verify", claim: "purpose" },
      }),
    ),
});

/** Two kinds of tokens, of which the second has a claim of its own. */
const families = (steps: string, rest = "", refresh = "{ sub: id, family }"): string =>
  `import jwt from "jsonwebtoken";
export const createAccessToken = (id, role) => jwt.sign({ sub: id, role }, process.env.KEY);
export const createRefreshToken = (id, family) => jwt.sign(${refresh}, process.env.KEY);
export const renew = async (token) => { const claims = «jwt.verify(token, process.env.KEY)»; ${steps} return createAccessToken(claims.sub); };${rest}`;

testRule("require-type-check: a claim that only one kind has", rule, {
  valid: [
    "if (!(await alive(claims.family))) throw new Error('gone');",
    "if (!claims.family) return null;",
    "if (claims.family !== current) { log(); throw new Error('gone'); }",
    "if (!claims.sub || claims.family !== current) return null;",
    "const { sub, family } = claims; if (!(await alive(family, sub))) throw new Error('gone');",
  ].map((steps) => unmarked(families(steps))),
  invalid: [
    "",
    "if (!(await alive(claims.sub))) throw new Error('gone');",
    "if (claims.sub !== current) throw new Error('gone');",
    "if (claims.family === current) return null;",
    "if (claims.family) return null;",
    "if (await alive(claims.family)) return null;",
    "if (!claims.family) console.warn('no family');",
    "if (!claims.family && strict) return null;",
    "const isOld = !claims.family;",
    "keep(claims.family);",
    "if (!claims.family.old) return null;",
  ]
    .map((steps) => families(steps))
    .concat(
      families("if (!claims.family) return null;", "", "{ sub: id, family, ...more }"),
      families("if (!claims.family) return null;").replace(
        "{ sub: id, role }",
        "{ sub: id, ...role }",
      ),
    )
    .map((code) => marked(code, { messageId: "sameKey", data: both })),
});

/** A guard, and a function that makes a token it calls by no kind. */
const kept = (steps: string, name = "renewal"): string =>
  `import jwt from "jsonwebtoken";
export const login = (user) => { const accessToken = jwt.sign({ id: user.id, role: user.role }, process.env.KEY); return accessToken; };
export const ${name} = async (user) => { const token = jwt.sign({ id: user.id }, process.env.KEY); ${steps} return token; };
export const guard = (req) => { req.user = «jwt.verify(req.token, process.env.KEY)»; };`;

testRule("require-type-check: what a token is kept as", rule, {
  valid: [
    "",
    "await Sessions.create({ user, token });",
    "await Sessions.create({ user, token: hash(token) });",
    "await refresh(token);",
    // What an answer calls it
    "await send(user, { refreshToken: token });",
    "await RefreshTokens.forget({ token });",
    "user.token = token;",
    "log({ token }, refreshed);",
    "const shown = [token, refreshed];",
    "if (refreshed === token) return;",
  ].map((steps) => unmarked(kept(steps))),
  invalid: [
    "await RefreshTokens.create({ user, token });",
    "await RefreshModel.findOneAndUpdate({ user }, { token }, { upsert: true });",
    "await RefreshModel.updateOne({ user }, { $set: { token } });",
    "await this.refreshTokens.save(token);",
    "user.refreshToken = token;",
    "await users.update(user.id, { refreshToken: token });",
    // What is called by its kind is of that kind, whatever it is kept with.
    "const accessToken = jwt.sign({ id: user.id }, process.env.KEY); await RefreshTokens.create({ accessToken, token });",
  ].map((steps) => marked(kept(steps), { messageId: "sameKey", data: both })),
});

/** A link that is signed in a mailer, opened, and then sent on by the page that it opens. */
const sentOn = (sign: string, opened: string, token = 'req.headers["x-access-token"]'): string =>
  `import jwt from "jsonwebtoken"; import config from "./out-of-sight.js"; import { Member, mailer } from "./members.js";
${sign}
${opened}
export const changePassword = (req, res) => { const token = ${token}; «jwt.verify(token, config.secret, async (error, claims) => { if (error) return res.sendStatus(401); await Member.findByIdAndUpdate(claims.id, { password: hash(req.body.password) }); res.end(); })»; };`;

const SENT =
  "export const forgetPassword = async (member) => { const emailToken = jwt.sign({ id: member.id }, config.secret, { expiresIn: '1d' }); await mailer.send(member.email, emailToken); };";

const OPENED =
  "export const redirectPasswordChange = (req, res) => { jwt.verify(req.params.token, config.secret, (error) => { if (error) return res.sendStatus(401); res.redirect(page + req.params.token); }); };";

const HANDED =
  "(member) => { jwt.sign({ id: member.id }, config.secret, { expiresIn: '1d' }, (error, emailToken) => { mailer.send(member.email, emailToken); }); }";

testRule("require-type-check: links whose token a page sends on", rule, {
  valid: [
    // Nothing opens the link here, something opens another one, or with another key.
    sentOn(SENT, ""),
    sentOn(SENT, OPENED.replace("redirectPasswordChange", "confirmAccount")),
    sentOn(SENT, OPENED.replace("config.secret", "config.linkSecret")),
    sentOn(SENT, OPENED.replaceAll("req.params.token", "req.headers.token")),
    sentOn(SENT, OPENED.replace("jwt.verify", "jwt.decode")),
    sentOn(SENT, OPENED, "req.cookies.token"),
    // A key of its own, and a mail for something else
    sentOn(SENT, OPENED).replaceAll("config.secret", "config.mailSecret"),
    sentOn(SENT, OPENED).replaceAll("config.secret", "keys.secret"),
    sentOn(SENT.replace("forgetPassword", "greet"), OPENED),
    sentOn(SENT.replace("emailToken =", "confirmationToken ="), OPENED),
    sentOn(`export const forgetPassword = (id) => { queue.push(${HANDED}); };`, OPENED),
    sentOn(`export const greet = (id) => { find(id).then(${HANDED}); };`, OPENED),
  ].map((code) => unmarked(code)),
  invalid: [
    sentOn(SENT, OPENED),
    sentOn(SENT, OPENED, "req.headers.authorization"),
    sentOn(SENT, "", "req.body.token"),
    // The callback is handed the token, in a continuation of the function that is called for the mail.
    sentOn(`export const forgetPassword = ${HANDED};`, OPENED),
    sentOn(`export const sendForgetPasswordLink = (id) => { find(id).then(${HANDED}); };`, OPENED),
    sentOn(`export const greet = ${HANDED.replaceAll("emailToken", "resetToken")};`, OPENED),
    sentOn(SENT.replace("emailToken =", "token ="), OPENED),
  ].map((code) => marked(code, { messageId: "sessionKey", data: { key: "config.secret" } })),
});

/** A mailed link that is verified with the key of the sessions, which each function requires for itself. */
const requiring = (login: string, mail: string, confirm: string): string =>
  `const jwt = require("jsonwebtoken");
exports.login = (member) => { ${login} return jwt.sign({ userId: member.id }, config.jwtKey, { expiresIn: "1h" }); };
exports.register = (member) => { ${mail} const confirmEmailToken = jwt.sign({ userId: member.id }, config.jwtKey, { expiresIn: "20m" }); return post.confirmation(member.email, confirmEmailToken); };
exports.confirm = (token) => { ${confirm} const claims = «jwt.verify(token, config.jwtKey, { algorithms: ["HS256"] })»; return members.confirm(claims.userId); };`;
const CONFIG = 'const config = require("../config.json");';

testRule("require-type-check: modules that functions require for themselves", rule, {
  valid: [
    requiring(
      CONFIG,
      CONFIG.replace("config.json", "links.json"),
      CONFIG.replace("config.json", "links.json"),
    ),
    requiring(CONFIG, "const config = load();", CONFIG),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    marked(requiring(CONFIG, CONFIG, CONFIG), {
      messageId: "sameKey",
      data: { name: "jwt.verify", kinds: "access and confirmation" },
    }),
  ],
});

/** A session and a link, each with a key that is derived from the same secret. */
const derived = (keys: string, session: string, link: string, name = "confirmationToken"): string =>
  `import jwt from "jsonwebtoken"; import { hkdfSync, scryptSync } from "node:crypto"; ${keys}
export const accessToken = (user) => jwt.sign({ id: user.id }, ${session}, { expiresIn: "1h" });
export const mail = (user) => { const ${name} = «jwt.sign({ id: user.id }, ${link}, { expiresIn: "1d" })»; return mailer.send(user.email, ${name}); };`;
const HKDF = 'const keyFor = (info) => hkdfSync("sha256", process.env.MASTER, "", info, 32);';
const SCRYPT = 'const KEY = scryptSync(process.env.MASTER, "salt", 32);';

testRule("require-type-check: keys that are derived, and links that are meant to sign in", rule, {
  valid: [
    derived(HKDF, 'keyFor("access")', 'keyFor("confirm")'),
    derived(`${SCRYPT} const OTHER = scryptSync(process.env.MASTER, "other", 32);`, "KEY", "OTHER"),
    // `loginToken` of an invitation signs in.
    derived("", "process.env.MASTER", "process.env.MASTER", "loginToken").replace(
      "const mail",
      "const sendInvite",
    ),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    derived(SCRYPT, "KEY", "KEY"),
    derived("", "process.env.MASTER", "process.env.MASTER"),
  ].map((code) => marked(code, { messageId: "opensSession", data: { kind: "confirmation" } })),
});
