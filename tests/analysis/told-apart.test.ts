import path from "node:path";
import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Access and refresh tokens that are signed where nothing verifies them. */

const found = (code: string, extras: object = {}): InvalidCase =>
  marked(code, { messageId: "signedAlike" }, extras);

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

/** Both are signed in one handler, each with its claims and what is done with them. */
const signedIn = (access: string, refresh: string, then = ""): string =>
  `import jwt from "jsonwebtoken";
export const login = async (req, res) => {
  const user = await users.check(req.body);
  const accessToken = jwt.sign(${access}, process.env.KEY, { expiresIn: "15m" });
  const refreshToken = «jwt.sign(${refresh}, process.env.KEY, { expiresIn: "7d" })»;
  ${then}
  res.json({ accessToken, refreshToken });
};`;

const ID = "{ id: user.id }";

const alike = (then: string): string => signedIn(ID, ID, then);

const jose = (access: string, refresh: string): string =>
  `import { SignJWT } from "jose";
export const createAccessToken = (id) => new SignJWT({ id })${access}.setExpirationTime("15m").sign(key);
export const createRefreshToken = (id) => «new SignJWT({ id })${refresh}.setExpirationTime("7d").sign(key)»;
const key = new TextEncoder().encode(process.env.KEY);`;

const service = (access: string, refresh: string): string =>
  `import { JwtService } from "@nestjs/jwt";
export class AuthService {
  constructor(private readonly jwtService: JwtService) {}
  async login(user) {
    const payload = { sub: user.id, email: user.email };
    return { access_token: ${access}, refresh_token: ${refresh} };
  }
}`;

const reply = (access: string, refresh: string): string =>
  `import "@fastify/jwt";
export async function renew(request, reply) {
  const token = await reply.jwtSign({}, { sign: { ${access} } });
  const refreshToken = await «reply.jwtSign({}, { sign: { ${refresh} } })»;
  return { token, refreshToken };
}`;

testRule("require-type-check: tokens that nobody can tell apart", rule, {
  valid: [
    // One says what it is for.
    signedIn("{ id: user.id, type: 'access' }", "{ id: user.id, type: 'refresh' }"),
    signedIn(ID, "{ id: user.id, type: 'refresh' }"),
    signedIn("{ id: user.id, scope }", "{ id: user.id, scope }"),
    signedIn("{ id: user.id, use: 'a' }", "{ id: user.id, use: 'r' }"),
    signedIn("{ id: user.id, meta: { use: 1 } }", "{ id: user.id, meta: { use: 2 } }"),
    // One function signs both, with what it makes of the kind.
    ...[
      "jwt.sign({ id }, process.env.KEY, { issuer: `shop/${kind}` })",
      "jwt.sign({ id }, secretOf(kind))",
      "jwt.sign({ id }, kind === 'access' ? process.env.KEY : process.env.OTHER)",
    ].map(
      (sign) =>
        `import jwt from "jsonwebtoken"; const generateToken = (id, kind) => ${sign};
export const login = (user) => ({ accessToken: generateToken(user.id, "access"), refreshToken: generateToken(user.id, "refresh") });`,
    ),
    // The access token says more, or somebody else.
    signedIn("{ id: user.id, role: user.role }", ID),
    signedIn("{ id: user.id }", "{ session: user.session }"),
    signedIn("{}", "{}"),
    // A number of its own may be looked up.
    signedIn("{ id: user.id, jti: uuid() }", "{ id: user.id, jti: uuid() }"),
    signedIn(ID, "{ id: user.id, jti: uuid() }"),
    // … and what is the same variable may have been filled anew.
    ...[
      'payload.kind = "refresh";',
      'payload = claimsOf(user, "refresh");',
      'mark(payload, "refresh");',
      "delete payload.role;",
      'payload.mark("refresh");',
    ].map((between) =>
      signedIn("payload", "payload")
        .replace("const access", "let payload = claimsOf(user); const access")
        .replace("const refresh", `${between} const refresh`),
    ),
    signedIn("this.claims", "this.claims"),
    // Nobody has seen what is signed, or what each of two functions is given.
    `import jwt from "jsonwebtoken"; export const createAccessToken = (claims) => jwt.sign(claims, process.env.KEY); export const createRefreshToken = (claims) => jwt.sign(claims, process.env.KEY);`,
    signedIn("claimsOf(user)", "refreshClaimsOf(user)"),
    signedIn("{ ...user.claims, id: user.id }", "{ id: user.id }"),
    signedIn(ID, ID).replace(
      'process.env.KEY, { expiresIn: "7d"',
      'process.env.OTHER, { expiresIn: "7d"',
    ),
    signedIn(ID, ID).replaceAll("process.env.KEY", "keyOf(user)"),
    signedIn(ID, ID).replace('{ expiresIn: "15m" }', '{ expiresIn: "15m", audience: "api" }'),
    signedIn(ID, ID).replace('{ expiresIn: "7d" }', '{ expiresIn: "7d", subject: "refresh" }'),
    signedIn(ID, ID).replaceAll("refreshToken", "resetToken"),
    // The access token is on record, and who verifies it may look for it there.
    ...[
      "await Session.create({ user: user.id, accessToken });",
      "await Login.findByIdAndUpdate(user.id, { accessToken });",
      "await prisma.user.update({ where: { id: user.id }, data: { accessToken } });",
      "await redis.set(`access:${user.id}`, accessToken);",
      "user.token = accessToken; await user.save();",
      "user.tokens.push({ token: accessToken });",
      "this.token = accessToken;",
      "await rememberAccessToken(accessToken);",
      "await pool.query('INSERT INTO tokens (token) VALUES ($1)', [accessToken]);",
    ].map((then) => alike(then)),
    jose(
      '.setProtectedHeader({ alg: "HS256", typ: "at+jwt" })',
      '.setProtectedHeader({ alg: "HS256" })',
    ),
    reply("sub: user.id", "expiresIn: '7d'"),
    reply("sub: user.id", "sub: user.id, key: refreshKey"),
  ].map((code) => unmarked(code)),
  invalid: [
    found(alike("")),
    found(signedIn(ID, "{ id: user.id, email: user.email }")),
    found(signedIn("{ id: user.id, iat: now() }", ID)),
    // The refresh token alone is on record, and the access token in a cookie.
    found(alike("user.refreshToken = refreshToken; await user.save();")),
    found(alike("res.cookie('access', accessToken, { httpOnly: true });")),
    found(alike("sessionCookies.set('access', accessToken);")),
    found(alike("res.locals.token = accessToken;")),
    found(alike("headers.set('x-access', accessToken);")),
    found(signedIn(ID, ID).replaceAll("{ expiresIn", '{ audience: "api", issuer: "us", expiresIn')),
    // For whom it is, is written in two ways.
    found(
      signedIn("{ role: 1 }", "{ role: 1 }")
        .replace("{ expiresIn", "{ subject: user.id, expiresIn")
        .replace('{ expiresIn: "7d"', '{ subject: String(user.id), expiresIn: "7d"'),
    ),
    // Whatever it holds, both hold it.
    found(
      signedIn("payload", "payload").replace(
        "const access",
        "const payload = claimsOf(user); const access",
      ),
    ),
    found(
      `import jwt from "jsonwebtoken";
export const generateAccessToken = (id) => jwt.sign({ id }, process.env.KEY, { expiresIn: "15m" });
export const generateRefreshToken = (id) => «jwt.sign({ id }, process.env.KEY, { expiresIn: "7d" })»;`,
    ),
    // One function signs them all.
    found(
      `import jwt from "jsonwebtoken";
const generateToken = (id, expiresIn) => jwt.sign({ id }, process.env.KEY, { expiresIn });
export const login = (user) => ({ accessToken: generateToken(user.id, "15m"), refreshToken: «generateToken(user.id, "7d")» });`,
    ),
    ...[
      '.setProtectedHeader({ alg: "HS256" })',
      '.setProtectedHeader({ alg: "HS256", typ: "JWT" })',
    ].map((header) => found(jose(header, header))),
    found(
      service(
        "this.jwtService.sign(payload)",
        '«this.jwtService.sign(payload, { expiresIn: "7d" })»',
      ),
      { ts: true },
    ),
    found(
      service(
        'await this.jwtService.signAsync(payload, { expiresIn: "1h" })',
        'await «this.jwtService.signAsync({ ...payload }, { expiresIn: "7d" })»',
      ),
      { ts: true },
    ),
    found(reply("sub: user.id", "sub: user.id, expiresIn: '7d'")),
  ],
});

testRule("require-type-check: beside a verification", rule, {
  // What refuses the one where the other is meant may stand there.
  valid: [
    // They are reported where they are signed.
    {
      code: `import { createAccessToken, createRefreshToken } from "./issue.js"; // jwt
export const login = (user) => [createAccessToken(user), createRefreshToken(user)];`,
      filename: path.join(import.meta.dirname, "../fixtures/kinds/login.js"),
    },
    `${unmarked(alike(""))} export const read = (req, options) => jwt.verify(req.body.token, options.key);`,
  ],
  invalid: [
    found(`${alike("")} export const read = (token) => jwt.verify(token, process.env.RESET_KEY);`),
    // Where the refresh token is looked up, it passes as an access token all the same.
    found(
      `${alike("")} export const renew = async (req) => { const { id } = jwt.verify(req.body.refreshToken, process.env.KEY); if (!(await sessions.findOne({ id, token: req.body.refreshToken }))) throw new Error(); };`,
    ),
    found(
      `${alike("")} export async function refreshSession(token) { const { id } = jwt.verify(token, process.env.KEY); const user = await users.findById(id); if (!(await bcrypt.compare(token, user.refreshHash))) throw new Error(); }`,
    ),
    // Once is enough.
    marked(
      `${unmarked(alike(""))} export const renew = (req) => «jwt.verify(req.body.refreshToken, process.env.KEY)».id;`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and refresh" } },
    ),
    marked(
      `${unmarked(alike(""))} export const read = (token) => «jwt.verify(token, process.env.KEY)».id;`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and refresh" } },
    ),
    // The one plugin of an application
    marked(
      `${unmarked(reply("sub: user.id", "sub: user.id"))} export const me = async (request) => { await «request.jwtVerify()»; return request.user.sub; };`,
      { messageId: "sameKey", data: { name: "request.jwtVerify", kinds: "access and refresh" } },
    ),
  ],
});
