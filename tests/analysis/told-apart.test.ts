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
    signedIn(ID, ID).replaceAll("refreshToken", "downloadToken"),
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

/** Both are made by a function out of sight, in one handler. */
const made = (access: string, refresh: string, then = ""): string =>
  `import settings from "./out-of-sight.js"; import { jwt } from "./helpers-out-of-sight.js";
export const login = async (req, res) => {
  const member = await users.check(req.body);
  const accessToken = await jwt.${access};
  const refreshToken = await «jwt.${refresh}»;
  ${then}
  res.json({ accessToken, refreshToken, member });
};`;

const LIFE = "generateToken(member, settings.secret, settings.accessLife)";

const twice = (call: string, shorter: string, longer: string): string =>
  made(call.replace("LIFE", shorter), call.replace("LIFE", longer));

testRule("require-type-check: two tokens of a function out of sight", rule, {
  valid: [
    // The kind is said, or another key, or other claims are given.
    twice("generateToken(member, settings.secret, LIFE)", '"access"', '"refresh"'),
    twice("generateToken(member, settings.secret, LIFE)", "settings.access", "settings.refresh"),
    twice("generateToken(member, settings.secret, LIFE)", "{ type: 1 }", "{ type: 2 }"),
    twice("generateToken(member, settings.LIFE)", "secret", "refreshSecret"),
    twice("generateToken(LIFE, settings.secret)", "member", "member.id"),
    made(LIFE, "generateToken(member, settings.refreshSecret, settings.refreshLife)"),
    made(LIFE, "generateToken(member, settings.secret, settings.refreshLife, REFRESH)"),
    // Which key there is, nobody sees.
    twice("generateToken(member, LIFE)", '"15m"', '"7d"'),
    twice("generateToken(settings.secret, LIFE)", '"15m"', '"7d"'),
    // What is called for one kind may say so.
    made(
      "generateAccessToken(member, settings.secret)",
      "generateRefreshToken(member, settings.secret)",
    ),
    made(LIFE, LIFE.replace("Life", "Life").replace("generateToken", "generateRefreshToken")),
    made(LIFE, LIFE)
      .replace("const refreshToken", "const shownToken")
      .replaceAll(", refreshToken", ""),
    made(LIFE, LIFE)
      .replace("const accessToken", "const resetToken")
      .replaceAll("{ accessToken", "{ resetToken"),
    // Each has a number of its own, or nobody knows what is written in between.
    ...[
      "{ id: member.id, nonce: draw() }",
      "{ id: member.id, jti: member.session }",
      "claimsOf(member)",
    ].map((claims) => twice(`generateToken(${claims}, settings.secret, LIFE)`, "60", "3600")),
    ...[
      'member.kind = "refresh";',
      "mark(member);",
      "delete member.role;",
      "member = await users.other();",
    ].map((between) =>
      twice("generateToken(member, settings.secret, LIFE)", "60", "3600").replace(
        "const refreshToken",
        `${between} const refreshToken`,
      ),
    ),
    // The access token is on record.
    made(LIFE, LIFE.replace("access", "refresh"), "await sessions.save(accessToken);"),
    // Of two functions each may be given another one.
    `import settings from "./out-of-sight.js"; import { jwt } from "./helpers-out-of-sight.js";
export const enter = async (member) => { const accessToken = jwt.${LIFE}; return { accessToken }; };
export const stay = async (member) => { const refreshToken = jwt.${LIFE}; return { refreshToken }; };`,
    // What the file does itself is seen there.
    made(LIFE, LIFE.replace("access", "refresh"))
      .replace('import { jwt } from "./helpers-out-of-sight.js";', "")
      .concat(
        'const jwt = { generateToken: (member, key, time) => library.sign({ id: member.id, type: time }, key) }; import library from "jsonwebtoken";',
      ),
  ].map((code) => unmarked(code)),
  invalid: [
    ...[
      ["settings.accessLife", "settings.refreshLife"],
      ["settings.jwt.ACCESS_TTL", "settings.jwt.REFRESH_TTL"],
      ["settings.accessExpiresIn", "settings.refreshExpiresIn"],
      ['"15m"', '"7d"'],
      ["60 * 15", "60 * 60 * 24"],
      ['{ expiresIn: "15m" }', '{ expiresIn: "7d" }'],
      ["900", "settings.refreshTime"],
    ].map(([shorter = "", longer = ""]) =>
      found(twice("generateToken(member, settings.secret, LIFE)", shorter, longer)),
    ),
    found(twice("generateToken({ id: member.id }, settings.jwtKey, LIFE)", '"15m"', '"7d"')),
    found(twice("createJwt(member.claims, LIFE, settings.secret)", '"15m"', '"7d"')),
    found(made("signToken(member, settings.secret)", 'signToken(member, settings.secret, "7d")')),
    found(made("signToken(member, settings.secret)", "signToken(member, settings.secret)")),
    found(
      twice("generateToken(member, settings.secret, LIFE)", "60", "3600").replace(
        "const refreshToken",
        "console.info(member.id); const refreshToken",
      ),
    ),
    found(
      made(LIFE, LIFE.replace("access", "refresh"))
        .replace("const accessToken", "const token")
        .replace("{ accessToken,", "{ token,"),
    ),
    found(made(LIFE, LIFE.replace("access", "refresh"), "member.lastSeen = new Date();")),
  ],
});

/** A token for who has just signed up, and one for the link in the mail. */
const signedUp = (access: string, link: string, then = "", name = "confirmationToken"): string =>
  `import jwt from "jsonwebtoken";
export const join = async (req, res) => {
  const member = await Members.create(req.body);
  const accessToken = jwt.sign(${access}, process.env.KEY, { expiresIn: "1d" });
  const ${name} = «jwt.sign(${link}, process.env.KEY, { expiresIn: "1h" })»;
  await mails.send(member.email, ${name});
  ${then}
  res.json({ accessToken });
};`;

const MEMBER = "{ id: member._id, email: member.email }";

testRule("require-type-check: links that open a session", rule, {
  valid: [
    signedUp(MEMBER, "{ id: member._id, email: member.email, type: 'confirm' }"),
    signedUp("{ id: member._id, type: 'access' }", MEMBER),
    signedUp(MEMBER, "{ email: member.email }"),
    signedUp("{ email: member.email }", MEMBER),
    signedUp("{ sub: member._id }", MEMBER),
    signedUp("{ id: member._id, session: member.session }", MEMBER),
    signedUp(MEMBER, "{ id: member._id, nonce: member.nonce }"),
    signedUp("claimsOf(member)", MEMBER),
    signedUp(MEMBER, "{ ...claims, id: member._id }"),
    signedUp(MEMBER, MEMBER).replace('KEY, { expiresIn: "1h"', 'MAIL_KEY, { expiresIn: "1h"'),
    signedUp(MEMBER, MEMBER).replace('{ expiresIn: "1h"', '{ issuer: "mails", expiresIn: "1h"'),
    signedUp(MEMBER, MEMBER).replace('{ expiresIn: "1d"', '{ audience: "api", expiresIn: "1d"'),
    signedUp(MEMBER, MEMBER).replace(
      '{ expiresIn: "1d"',
      '{ jwtid: member.session, expiresIn: "1d"',
    ),
    // A link to sign in is for that, and what is called `token` may be for another link.
    signedUp(MEMBER, MEMBER, "", "magicLinkToken"),
    signedUp(MEMBER, MEMBER).replaceAll("accessToken", "token"),
    signedUp(MEMBER, MEMBER).replaceAll("accessToken", "sessionRefreshToken"),
    // The access token is on record.
    signedUp(MEMBER, MEMBER, "await Sessions.create({ accessToken });"),
    // One function signs both, with a key for each.
    `import jwt from "jsonwebtoken"; const generateToken = (id, kind) => jwt.sign({ id }, kind === "a" ? process.env.KEY : process.env.OTHER);
export const join = (member) => ({ accessToken: generateToken(member.id, "a"), confirmationToken: generateToken(member.id, "c") });`,
    // The file verifies tokens of that key: what it looks at is seen there.
    `${signedUp(MEMBER, MEMBER)} export const read = (token) => { const { type } = jwt.verify(token, process.env.KEY); return type; };`,
  ]
    .map((code): string | { code: string; filename: string } => unmarked(code))
    .concat({
      // It is found where it is signed.
      code: `import { createConfirmationToken } from "./confirm.js"; export const join = (user) => mails.send(user.email, createConfirmationToken(user));`,
      filename: path.resolve(import.meta.dirname, "../fixtures/kinds/check.js"),
    }),
  invalid: [
    [signedUp(MEMBER, MEMBER), "confirmation"],
    [signedUp("{ id: member._id, name: member.name, role: member.role }", MEMBER), "confirmation"],
    [signedUp(MEMBER, "{ id: member._id }", "", "resetToken"), "password reset"],
    [signedUp(MEMBER, MEMBER, "", "inviteToken"), "invitation"],
    [signedUp(MEMBER, MEMBER, "", "mfaToken"), "second factor"],
    [
      signedUp(MEMBER, MEMBER).replaceAll("accessToken", "token").replace("join", "signIn"),
      "confirmation",
    ],
    // What Google has signed is of another key.
    [
      `import { OAuth2Client } from "google-auth-library"; ${signedUp(MEMBER, MEMBER)} export const google = async (idToken) => { const ticket = await new OAuth2Client().verifyIdToken({ idToken, audience: "me" }); return ticket.getPayload(); };`,
      "confirmation",
    ],
  ].map(([code = "", kind = ""]) => marked(code, { messageId: "opensSession", data: { kind } })),
});
