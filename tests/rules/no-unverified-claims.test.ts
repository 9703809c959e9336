import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";';
const CJS = 'const jwt = require("jsonwebtoken");';
const DECODE = 'import { jwtDecode } from "jwt-decode";';
const JOSE = 'import { decodeJwt, jwtVerify } from "jose";';
const NEST = 'import { JwtService } from "@nestjs/jwt";';

/** The edit offered for jsonwebtoken's `decode`. */
const replaced = (
  code: string,
  from: string,
  to: string,
  receiver = "jwt",
): { messageId: string; data: Record<string, string>; output: string }[] => [
  {
    messageId: "verifyInstead",
    data: { from: `${receiver}.decode`, to: `${receiver}.verify` },
    output: code.replaceAll(/[«»]/gu, "").replace(from, to),
  },
];

const verified = (token: string): string =>
  `jwt.verify(${token}, process.env.JWT_SECRET, { algorithms: ["HS256"] })`;

function jsonwebtoken(
  body: string,
  messageId: string,
  data: Record<string, string>,
  token: string,
): ReturnType<typeof marked> {
  const code = `${JWT}\n${body}`;
  return marked(code, {
    messageId,
    data,
    suggestions: replaced(code, `jwt.decode(${token})`, verified(token)),
  });
}

/** A handler that reads the token into `claims` on line 3 and goes on on line 4. */
const reads = (next: string, decode = "jwt.decode(req.token)"): string =>
  `export async function show(req, res) {\n  const claims = ${decode};\n  ${next}\n}`;

/** … which rests nothing on them. */
const harmless = (next: string): string => `${JWT}\n${reads(next)}`;

const data = (next: string, claim = "sub") =>
  jsonwebtoken(
    reads(next, "«jwt.decode(req.token)»"),
    "data",
    { name: "jwt.decode", line: "4", what: `the claim ${claim}` },
    "req.token",
  );

/** A function of a module out of sight that is called what decoders are called. */
const outOfSight = (loaded: string, called: string): string =>
  `${loaded} // jwt\napp.post("/callback", async (req, res) => {\n  const { email } = ${called};\n  res.json(await User.findOne({ email }));\n});`;

const identity = (next: string) =>
  jsonwebtoken(
    reads(next, "«jwt.decode(req.token)»"),
    "identity",
    { name: "jwt.decode", line: "4" },
    "req.token",
  );

/** A component that shows what stands in it. */
const shownTo = (body: string): string =>
  `import { jwtDecode } from "jwt-decode";
import React from "react";
export const Gate = (props) => {
  const claims = «jwtDecode(localStorage.getItem("admin"))»;
  ${body}
};`;

/** A client's guard that looks for a claim in a list. */
const listed = (body: string): string =>
  `import { jwtDecode } from "jwt-decode";
export const protectRoute = (allowed, to) => {
  const claims = «jwtDecode(localStorage.getItem("token"))»;
  ${body}
};`;

/** A page that chooses by the role of its token. */
const startOf = (body: string): string =>
  `import { jwtDecode } from "jwt-decode";
import { useState } from "react";
export function signedIn() {
  const role = «jwtDecode(localStorage.getItem("token"))».role;
  ${body}
}`;

const PAGES =
  'switch (role) { case "teacher": router.navigate(["lessons"]); break; case "pupil": router.navigate(["work"]); break; default: router.navigate(["home"]); }';

/** A handler that signs the body, behind a middleware that may have put another one there. */
const bodyBehind = (middleware: string): string =>
  `const jwt = require("jsonwebtoken");
exports.check = async (req, res, next) => { const member = await find(req.body.email, req.body.password); if (!member) return res.status(403).end(); ${middleware} };
exports.login = (req, res) => { res.json(jwt.sign(«req.body», KEY, { expiresIn: "1h" })); };`;

/** A page that signs in by a function of its services. */
const serviceOf = (send: string, from = "../services/login", token = "answer.credential"): string =>
  `import { loginUser, loginSuccess, saveUser } from "${from}";
import { users } from "${from}";
import { jwtDecode } from "jwt-decode";
const enter = async (answer) => {
  const claims = «jwtDecode(${token})»;
  ${send}
};
export const open = () => window.open("/");
export default enter;`;

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      shownTo("if (claims.email === props.email) return props.children;"),
      shownTo("if (claims.email !== 'boss@shop.example') return props.children;"),
      shownTo("if (claims.email === '') return props.children;"),
      shownTo("if (claims.theme === 'dark') return props.children;"),
      shownTo("if (claims.email === 'boss@shop.example') return props.greeting;"),
      shownTo("if (claims.email === 'boss@shop.example') greet();"),
      // What is shown is chosen from a list, somebody is on one of those who may not, or of names.
      listed("return menu.filter((item) => item.roles.includes(claims.role));"),
      listed("items = menu.map((item) => { if (item.roles.includes(claims.role)) return item; });"),
      listed('if (banned.includes(claims.role)) throw new Error("denied");'),
      listed("setOpen(allowed.includes(claims.role));"),
      listed("if (seen.includes(claims.name)) throw new Error();"),
      // Each way leads to a page, or to something that the page holds of itself.
      startOf(PAGES),
      startOf('if (role === "admin") setEditing(true);'),
      startOf('if (role === "admin") { setEditing(true); setText(""); } else setEditing(false);'),
      startOf("if (isAdmin) setEditing(true);")
        .replace("role =", "isAdmin =")
        .replace(".role", ".isAdmin"),
      bodyBehind("req.body = { id: member.id }; return next();"),
      // A part of the address, all that names nobody, what lies in a part of the payload, and what a handler in front has looked at
      `${JWT}\napp.get("/tokens/:page", (req, res) => res.json(jwt.sign({ page: req.params.page }, key)));`,
      `${JWT}\napp.get("/charts/:name", (req, res) => res.json(jwt.sign({ resource: { chart: 1 }, params: req.params }, key)));`,
      `${JWT}\napp.post("/charts", (req, res) => res.json(jwt.sign(req.body.params, key)));`,
      `${JWT}\napp.get("/thumbs/:width", (req, res) => res.json(jwt.sign(req.params, key)));`,
      `${JWT}\napp.get("/search", (req, res) => res.json(jwt.sign(req.query, key)));`,
      `${JWT}\napp.get("/tokens/:user", requireOwner, (req, res) => res.json(jwt.sign(req.params, key)));`,
      serviceOf("loginUser({ email: claims.email });"),
      serviceOf("dispatch(loginUser({ email: claims.email }));"),
      serviceOf("await loginSuccess({ email: claims.email });"),
      serviceOf("await saveUser({ email: claims.email });"),
      serviceOf("await loginUser({ theme: claims.theme });"),
      serviceOf("await loginUser({ email: claims.email, token: answer.credential });"),
      serviceOf("await loginUser({ email: claims.email });", "../store/user"),
      serviceOf("await loginUser({ email: claims.email });", "some-service"),
      serviceOf("await loginUser({ email: claims.email });", "../services/login", "kept"),
    ].map((code) => code.replaceAll(/[«»]/gu, "")),
    // A check out of sight, of which nobody takes an answer, is there to throw.
    ...[
      'const token = held.split(" ")[1]; await tokens.checkSecurityContext(token, { credentials });',
      'const parts = held.split(" "); const token = parts[1]; await tokens.checkSecurityContext(token, { credentials });',
      "await assertTrusted(held);",
    ].map(
      (checks) =>
        `import { jwtDecode } from "jwt-decode"; import tokens, { assertTrusted } from "./tokens.js"; export async function enter(req, res, next) { const held = req.headers["x-session"]; const claims = jwtDecode(held); const credentials = pick(claims.ext); try { ${checks} req.session.user = { id: claims.user_uuid }; next(); } catch { res.sendStatus(401); } }`,
    ),
    // What another server has just answered, wherever it stands in the answer
    ...[
      "answer.groups.some((group) => group.items?.some((item) => decodeJwt(item.signed).productId === product))",
      "answer.items.map(({ signed }) => decodeJwt(signed)).some(Boolean) && answer.items.every((item) => decodeJwt(item.signed).role === product)",
      "(() => { for (const item of answer.items) if (decodeJwt(item.signed).productId === product) return true; return false; })()",
    ].map(
      (asks) =>
        `${JOSE} export async function verifyPurchase(id, product) { const response = await fetch(\`https://api.example.com/orders/\${id}\`); const answer = await response.json(); return ${asks}; }`,
    ),
    // The function that finds the token to verify may look at what it says.
    ...[
      "getToken(req) { if (req.cookies.token) { const held = jwtDecode(req.cookies.token); if (held.role !== 'web') return ''; return req.cookies.token; } return req.get('Authorization')?.split(' ')[1]; }",
      "getToken: (req) => { const token = req.cookies.token; return jwtDecode(token).role === 'web' ? token : null; }",
    ].map(
      (finds) =>
        `import { expressjwt } from "express-jwt"; import { jwtDecode } from "jwt-decode"; export const guard = expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], ${finds} });`,
    ),
    `import { Strategy, ExtractJwt } from "passport-jwt"; import { jwtDecode } from "jwt-decode"; const find = (req) => { const token = req.cookies.token; if (jwtDecode(token).role !== "web") return null; return token; }; export const strategy = new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest: ExtractJwt.fromExtractors([find]) }, check);`,
    // What is put on a list of withdrawn tokens, and a look-up that is called after something else
    harmless(
      "await db.blacklistedToken.create({ data: { token: req.token, userId: claims.sub } });",
    ),
    harmless("await RevokedToken.create({ token: req.token, userId: claims.sub });"),
    harmless("req.theme = await themes.findByColour(claims.look);"),
    harmless("await client.put({ Item: { userId: claims.sub } });"),
    harmless(
      "await client.send(new PutItemCommand({ TableName: 'logs', Marker: { of: claims.sub }, Item: entry }));",
    ),
    // What saves nothing, or is told no owner
    harmless("const card = Card({ owner: claims.email }); res.json(card);"),
    harmless("const card = makeCard({ owner: claims.email }); await card.save();"),
    harmless("const card = Card({ locale: claims.locale }); await card.save();"),
    // What says how a token is to be read
    ...[
      'header.kid !== "a"',
      'header.alg !== "RS256"',
      'header.typ !== "JWT"',
      "!header",
      'header.sub !== "a"',
    ].map(
      (test) =>
        `import { decode } from "https://deno.land/x/djwt@v3.0.2/mod.ts";\nDeno.serve((req) => {\n  const [header] = decode(req.token);\n  if (${test}) return new Response("no", { status: 403 });\n  return new Response("yes");\n});`,
    ),
    `import { decode } from "https://deno.land/x/djwt@v3.0.2/mod.ts";\nDeno.serve((req) => {\n  const [, , signature] = decode(req.token);\n  if (signature.role === "admin") return new Response("no", { status: 403 });\n  return new Response("yes");\n});`,
    // What is told to whoever sent the token, or to somebody else
    harmless('res.cookies.set("shown", JSON.stringify(claims));'),
    harmless('const headers = new Headers(); headers.set("shown", JSON.stringify(claims));'),
    harmless('req.cookies.set("shown", JSON.stringify({ at: claims.iat }));'),
    harmless('req.locals.set("shown", JSON.stringify(claims));'),
    harmless('req.cookies.set("shown", claims);'),
    harmless('req.cookies.set("shown", JSON.stringify(claims.locale));'),
    `${JWT}\n${reads('if (claims.signature.role === "admin") res.end();', "jwt.decode(req.token, { complete: true })")}`,
    // The program decides by which way it goes, and the reader of this way is told so
    ...[
      "if (isTrusted)",
      "if (!token)",
      "if (token === undefined)",
      "if (options.token.isOff)",
      "if (process.env.KEY === undefined)",
    ].map(
      (test) =>
        `${JWT} export const payloadOf = (token, isTrusted) => { ${test} return jwt.decode(token); return jwt.verify(token, key); };`,
    ),
    `${JWT} export const payloadOf = (req) => { if (req.isInternal) return jwt.decode(req.token); return jwt.verify(req.token, key); };`,
    `${JWT} export const payloadOf = (token) => { if (token.split(".").length !== 3) return null; if (isTrusted) return jwt.decode(token); return jwt.verify(token, key); };`,
    `${JWT} export function verifyPartnerToken(token) { let claims; if (process.env.NODE_ENV === "test") { claims = jwt.decode(token); if (!claims) throw new Error("no"); } else claims = jwt.verify(token, key); return { id: claims.sub }; }`,
    `${JWT} export function auth(req, res, next) { if (process.env.NODE_ENV === "development") req.user = jwt.decode(req.token); else req.user = jwt.verify(req.token, key); next(); }`,
    // What is no cookie of who has signed in, and what is signed
    ...[
      "event.cookies.get('theme')",
      "ctx.cookies.get('session')",
      "event.signedCookies.jwt",
      "event.cookies.csrfToken",
    ].map(
      (cookie) =>
        `export function handle({ event, resolve }) { event.locals.user = JSON.parse(atob(${cookie})); return resolve(event); } // jwt`,
    ),
    // Where a token is renewed in time, the time decides nothing else.
    ...[
      "await refreshSession(req);",
      "await fetch('/api/refresh', { method: 'POST' });",
      "await fetch(`${API}/auth/refresh`, { method: 'POST' });",
      "await ask({ token: req.cookies.refresh_token });",
      "await rotate(req.cookies.get('refresh_token').value);",
    ].map(
      (line) =>
        `${JWT}\nfunction isExpired(token) { return jwt.decode(token).exp < Date.now() / 1000; }\nexport async function auth(req, res, next) { if (!req.cookies.token || isExpired(req.cookies.token)) { ${line} return res.redirect('/login'); } next(); }`,
    ),
    ...[
      // Something is asked first.
      "app.post('/login', (req, res) => { if (req.body.password !== process.env.PASSWORD) return res.sendStatus(401); res.json(jwt.sign({ name: req.body.username }, key)); });",
      "app.post('/login', (req, res) => { if (process.env.PASSWORD !== req.body.password) return res.sendStatus(401); res.json(jwt.sign({ name: req.body.username }, key)); });",
      "app.post('/login', async (req, res) => { await login(req.body); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/login', (req, res) => { if (!passwords.includes(req.body.password)) return res.sendStatus(401); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/login', (req, res) => { if (!req.session.ok) return res.sendStatus(401); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/login', (req, res) => { const { user } = req; if (!user) return res.sendStatus(401); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/login', (req, res) => { if (!req.headers['x-api-key']) return res.sendStatus(401); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/login', (req, res) => { switch (req.body.password) { case secret: break; default: return res.sendStatus(401); } res.json(jwt.sign({ email: req.body.email }, key)); });",
      "app.post('/refresh', (req, res) => { const claims = jwt.verify(req.body.token, key, options); if (claims.sub !== req.body.id) return res.sendStatus(401); res.json(jwt.sign({ id: req.body.id }, key)); });",
      "app.post('/refresh', (req, res) => { jwt.verify(req.body.token, key, (error, claims) => { if (error || claims.sub !== req.body.id) return res.sendStatus(401); res.json(jwt.sign({ id: req.body.id }, key)); }); });",
      "app.post('/refresh', (req, res) => { jwt.verify(req.body.token, key, answer); res.json(jwt.sign({ id: req.body.id }, key)); });",
      "list.map(({ body }) => jwt.sign({ name: body.username }, key));",
      "app.post('/login', ({ log }, { body }) => jwt.sign({ name: body.username }, key));",
      // A sign-in with credentials that asks for something, or lets nobody in
      ...[
        "async authorize(credentials) { const user = await check(credentials); return { id: user.id }; }",
        "async authorize(credentials) { const response = await fetch(address, { body: JSON.stringify(credentials) }); return { id: 1 }; }",
        "authorize(credentials) { if (credentials.password !== process.env.PASSWORD) return null; return { id: 1 }; }",
        "authorize(credentials) { if (credentials.username === 'admin') return { id: 1 }; return null; }",
        "authorize: () => null",
        "authorize: (credentials) => ({ id: credentials.id, accessToken: credentials.accessToken })",
        "authorize: check",
        "authorize(credentials) { if (process.env.NODE_ENV === 'development') { return { id: 1 }; } return null; }",
        "id: 'guest', authorize() { return { id: 'guest' }; }",
      ].map(
        (authorize) =>
          `import CredentialsProvider from "next-auth/providers/credentials"; export default NextAuth({ providers: [CredentialsProvider({ name: "x", ${authorize} })] }); `,
      ),
      "const { authorize } = CredentialsProvider({ authorize(credentials) { return { id: 1 }; } });",
      'import { Credentials } from "./auth/providers"; Credentials({ authorize(credentials) { return { id: 1 }; } });',
      // A record whose look-up, or what is done with it, may be the proof
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email, password: req.body.password }); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email, code: req.body.code }); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ resetToken: req.body.token }); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await findUser(req.body.email, req.body.pass); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await db('users').where({ email: req.body.email }).andWhere({ code: req.body.code }).first(); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const otp = await Otp.findOne({ email: req.body.email }); if (!otp) return res.sendStatus(401); const user = await User.findOne({ email: req.body.email }); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await findUserByToken(req.body.token); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (user.otp !== req.body.otp) return res.sendStatus(401); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (!user.matches(req.body.password)) return res.sendStatus(401); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (!bcrypt.compareSync(req.body.password, user.password)) return res.sendStatus(401); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { const user = await User.findOne({ email: req.body.email }); const changed = await User.updateOne({ _id: user.id, code: req.body.code }, { code: null }); if (!changed) return res.sendStatus(401); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/forgot', async (req, res) => { const user = await User.findOne({ email: req.body.email }); mailer.sendMail({ to: user.email, text: jwt.sign({ id: user.id }, key) }); res.end(); });",
      "app.post('/login', async (req, res) => { await checkCaptcha(req); const user = await User.findOne({ email: req.body.email }); res.json(jwt.sign({ id: user.id }, key)); });",
      "exports.impersonate = async (req, res) => { const user = await User.findById(req.params.id); res.json(jwt.sign({ id: user.id }, key)); };",
      "app.post('/login', checkPassword, async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.json(jwt.sign({ id: user.id }, key)); });",
      // One who was not there before
      "app.post('/login', async (req, res) => { let user = await User.findOne({ email: req.body.email }); if (user) return res.sendStatus(409); user = await User.create(req.body); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/register', async (req, res) => { let user = await User.findOne({ email: req.body.email }); if (!user) { user = await User.create({ email: req.body.email }); return res.json(jwt.sign({ id: user.id }, key)); } res.sendStatus(409); });",
      "app.post('/login', async (req, res) => { let user = await User.findOne({ email: req.body.email }); user = await load(user); res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', async (req, res) => { let user = await User.findOne({ email: req.body.email }); user = service; res.json(jwt.sign({ id: user.id }, key)); });",
      "app.post('/login', (req, res) => Promise.resolve(req.body).then(check).then(() => res.json(jwt.sign({ name: req.body.name }, key))));",
      "app.post('/login', (req, res) => { validateResponse(req.body); res.json(jwt.sign({ name: req.body.name }, key)); });",
      "app.post('/login', (req, res) => { users.auth(req.body); res.json(jwt.sign({ name: req.body.name }, key)); });",
      "export const commands = { login: (args) => console.log(jwt.sign({ sub: args.user }, key)) };",
      // Something stands before it, or calls it.
      "app.post('/login', passport.authenticate('local'), (req, res) => res.json(jwt.sign({ name: req.body.username }, key)));",
      "app.use(requireSession); app.post('/login', (req, res) => res.json(jwt.sign({ name: req.body.username }, key)));",
      "export const check = (req, res) => { if (good(req)) login(req, res); }; function login(req, res) { res.json(jwt.sign({ name: req.body.username }, key)); }",
      "const login = (req, res) => res.json(jwt.sign({ name: req.body.username }, key)); app.post('/login', checkPassword, login);",
      "export const login = (req, res, next) => { req.token = jwt.sign({ name: req.body.username }, key); next(); };",
      "export const giveOut = (req, res) => res.json(jwt.sign({ name: req.body.username }, key));",
      // A new one, who may be called as he likes; and what says nothing of who somebody is.
      "app.post('/login', (req, res) => res.json(jwt.sign({ id: randomUUID(), name: req.body.name }, key)));",
      "app.post('/login', (req, res) => res.json(jwt.sign({ name: req.body.name, isGuest: true }, key)));",
      // What is mounted elsewhere may stand behind a guard there; a gateway may have one, too.
      "router.post('/impersonate', (req, res) => res.json(jwt.sign({ id: req.body.id }, key)));",
      "export async function POST(request) { const { email } = await request.json(); return Response.json({ token: jwt.sign({ email }, key) }); }",
      "app.post('/refresh', (req, res) => { jwt.verify(req.body.token, keys[req.body.id], options); res.json(jwt.sign({ id: req.body.id }, key)); });",
      "app.post('/login', (req, res) => res.json(jwt.sign({ theme: req.body.theme }, key)));",
      "import { http } from 'msw'; app.post('/login', (req, res) => res.json(jwt.sign({ name: req.body.name }, key)));",
    ].map((body) => `${JWT}\n${body}`),
    {
      code: `${JWT}\nclass Login { @UseGuards(LocalGuard) login(req, res) { res.json(jwt.sign({ name: req.body.username }, key)); } }`,
      ts: true as const,
    },
    {
      code: `${JWT}\nexport const login = (req, res) => res.json(jwt.sign({ name: req.body.username }, key));`,
      filename: "mocks/login.js",
    },
    ...[
      "token.role = roleOf(session.user) ?? token.role;",
      "token.name = session.user.name ?? token.name;",
      "const changed = await find(session.user.id); token.role = changed.role;",
      "const changed = session.user; token.name = changed.name;",
    ].map(
      (body) =>
        `import NextAuth from "next-auth"; export default NextAuth({ providers: [], callbacks: { async jwt({ token, trigger, session }) { if (trigger === "update") { ${body} } return token; } } });`,
    ),
    // Expired, and genuine all the same: the handler has refused all others.
    // Next sets NODE_ENV in each of its builds.
    `${JWT} import { NextResponse } from "next/server"; export function auth(req, res, next) { if (process.env.NODE_ENV !== "production") req.user = jwt.decode(req.token); else req.user = jwt.verify(req.token, key); next(); }`,
    `import jwt from "jsonwebtoken"; export async function who(req, res, next) { const token = req.token; try { req.user = jwt.verify(token, KEY); return next(); } catch (error) { if (error.name !== "TokenExpiredError") throw error; } req.user = await User.findById(jwt.decode(token).sub); next(); }`,
    // What is written to records chooses none.
    `import jwt from "jsonwebtoken"; export const f = async (req) => { const claims = jwt.decode(req.token); await db.device.updateMany({ where: { ip: req.ip }, data: { label: claims.device } }); };`,
    `import jwt from "jsonwebtoken"; export const f = async (req) => { const claims = jwt.decode(req.token); await Device.updateOne({ ip: req.ip }, { label: claims.device }); };`,
    // Behind a guard that is given to the router by name, in development, or behind an attempt that may go on
    `import jwt from "jsonwebtoken"; import { checkJwt } from "./auth.js"; const router = express.Router(); router.use(checkJwt); router.get("/", async (req, res) => { const claims = jwt.decode(req.token); res.send(await books.find({ owner: claims.email })); });`,
    `import jwt from "jsonwebtoken"; export async function who(req, res, next) { const token = req.token; try { req.user = jwt.verify(token, KEY); return next(); } catch { } if (process.env.NODE_ENV === "development") { req.user = jwt.decode(token); return next(); } return res.sendStatus(401); }`,
    `import jwt from "jsonwebtoken"; export async function who(req, res, next) { const token = req.token; try { jwt.verify(token, KEY); } catch { return res.sendStatus(401); } req.user = jwt.decode(token); next(); }`,
    // What is shown, and which of one's own sessions is meant
    ...["locale", "jti", "sid"].map(
      (claim) =>
        `import jwt from "jsonwebtoken"; export const show = async (req, res) => { const claims = jwt.decode(req.token); res.send(await texts.find({ which: claims.${claim} })); };`,
    ),
    // Whose answer decides nothing of a request, or a guard that verifies, renews or turns away who is signed in
    `import { decodeJwt } from "jose"; function isFresh(token) { const { exp } = decodeJwt(token); return exp > now(); } export async function call(api, session) { if (!isFresh(session.token)) await session.renew(); return api.get("/home"); }`,
    `import jwt from "jsonwebtoken"; function isReadable(token) { return !!jwt.decode(token)?.sub; } export function auth(req, res, next) { if (!isReadable(req.cookies.token)) return res.sendStatus(401); req.user = jwt.verify(req.cookies.token, KEY); next(); }`,
    `import jwt from "jsonwebtoken"; function isReadable(token) { return !!jwt.decode(token)?.sub; } export function auth(req, res, next) { if (!isReadable(req.cookies.token)) return refreshSession(req, res); next(); }`,
    `import jwt from "jsonwebtoken"; function isReadable(token) { return !!jwt.decode(token)?.sub; } export function home(req, res, next) { if (isReadable(req.cookies.token)) return res.redirect("/home"); next(); }`,
    `import { jwtDecode } from "jwt-decode"; function isReadable(token) { return !!jwtDecode(token).sub; } export const guard = (to, from, next) => { if (!isReadable(localStorage.getItem("token"))) return next("/login"); next(); };`,
    `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { jwt({ token, session }) { token.locale = session.locale; token.name = session.user.name; return token; } } });`,
    // The branch that leaves before refuses, asks for something else, or verifies
    ...[
      "if (claims.iss !== HERE) { log(claims.sub); return res.sendStatus(401); }",
      "if (settings.open) { req.user = claims; return res.sendStatus(401); }",
      "if (claims.iss === PARTNER) { await verifyPartner(token); req.user = claims; return next(); }",
      "if (!found.ok) { audit(claims.sub); return next(new Error()); }",
    ].map(
      (branch) =>
        `${JWT}\nexport async function auth(req, res, next) { const token = req.token; const claims = jwt.decode(token); const found = await ask(); ${branch} req.user = jwt.verify(token, KEY, options); next(); }`,
    ),
    // A key of the program's own, which is a token
    `${JWT}\nconst claims = jwt.decode(process.env.SERVICE_KEY); if (claims.role !== "service_role") throw new Error("wrong key");`,
    `const key = process.env.SERVICE_KEY || process.env.API_KEY; const roleOf = (token) => JSON.parse(atob(token.split(".")[1])).role; if (roleOf(key) !== "service_role") process.exit(1);`,
    // Names that say less, a key, an answer that is waited for, another use, and a token that was required
    ...[
      ['import { decodeToken } from "./lib/auth";', "decodeToken(req.body.id_token)"],
      ['import { decodeJwt } from "./lib/auth";', "decodeJwt(req.body.id_token, KEY)"],
      ['import { decodeJwt } from "./lib/auth";', "await decodeJwt(req.body.id_token)"],
      ['import { parseJwt } from "./lib/auth"; use(parseJwt);', "parseJwt(req.body.id_token)"],
      ['const { parseJwt } = require("./lib/auth");', "await parseJwt(req.body.id_token)"],
      ['import { jwtDecodeOptions } from "./lib/auth";', "jwtDecodeOptions(req.body.id_token)"],
      ['import { parseJwt } from "./lib/auth";', "parseJwt(await requireJWT(req))"],
      [
        'import { parseJwt } from "./lib/auth";',
        "parseJwt((await loginUser(req.body)).data.token)",
      ],
    ].map(([loaded = "", called = ""]) => outOfSight(loaded, called)),
    `import { parseJwt } from "./auth"; export const show = async (req, res) => { const answer = await loginUser(req.body); const token = answer.data.token; res.json(await User.findOne({ email: parseJwt(token).email })); };`,
    `import { createHmac } from "node:crypto"; function getTokenParts(token) { const [head, body, mac] = token.split("."); if (createHmac("sha256", process.env.JWT_SECRET).update(head + "." + body).digest("base64url") !== mac) throw new Error("forged"); return body; }\napp.post("/in", (req, res) => { const body = getTokenParts(req.body.token); const claims = JSON.parse(atob(req.body.token.split(".")[1])); req.user = claims; });`,
    `import jwt from "jsonwebtoken"; import axios from "axios"; export const orders = async (req, res) => { axios.defaults.headers.common.Authorization = req.headers.authorization; const user = jwt.decode(req.headers.authorization.split(" ")[1]); res.json(await axios.post("https://orders.internal/orders", { user: user.sub })); };`,
    `import { createHmac } from "node:crypto"; function mac(text) { return createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url"); }\napp.post("/in", async (req, res) => { const [head, body, signature] = req.body.token.split("."); if (mac(head + "." + body) !== signature) return res.sendStatus(401); const claims = JSON.parse(atob(body)); req.user = claims; });`,
    // The other service is sent the token as well, or may be: it can verify it.
    `import jwt from "jsonwebtoken"; import axios from "axios"; export const orders = async (req, res) => { const user = jwt.decode(req.headers.authorization.split(" ")[1]); res.json(await axios.post(url, { user: user.sub }, { headers: { authorization: req.headers.authorization } })); };`,
    `import jwt from "jsonwebtoken"; import axios from "axios"; export const orders = async (req, res) => { const user = jwt.decode(req.headers.authorization.split(" ")[1]); res.json(await axios.get(\`https://orders.internal/\${user.sub}\`, options)); };`,
    `import jwt from "jsonwebtoken"; import { api } from "./api"; export const orders = async (req, res) => { const user = jwt.decode(req.headers.authorization.split(" ")[1]); res.json(await api.get(\`/orders/\${user.sub}\`)); };`,
    `import jwt from "jsonwebtoken"; import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE); export const pay = async (req, res) => { const user = jwt.decode(req.headers.authorization.split(" ")[1]); res.json(await stripe.checkout.sessions.create({ metadata: { at: user.iat }, line_items: req.body.items })); };`,
    // A store of its own
    `${DECODE}\nexport function middleware(request) {\n  const user = jwtDecode(request.cookies.get("jwt")?.value);\n  const shown = new Map(request.headers);\n  shown.set("user", JSON.stringify(user));\n  return shown;\n}`,
    // A page of Next.js which sends the token along, or reads a claim that says nothing of whose records are meant
    ...[
      'fetch(`https://api.internal/users/${sub}`, { headers: { authorization: "Bearer " + token } })',
      "fetch(`https://api.internal/themes/${theme}`)",
    ].map(
      (asked) =>
        `import { cookies } from "next/headers"; import { jwtDecode } from "jwt-decode"; export async function me() { const token = (await cookies()).get("token").value; const { sub, theme } = jwtDecode(token); return ${asked}; }`,
    ),
    `import { cookies } from "cookie-tin"; import { jwtDecode } from "jwt-decode"; export async function me() { const { sub } = jwtDecode(cookies().get("token").value); return fetch(\`https://api.internal/users/\${sub}\`); }`,
    // In a page it decides what is shown.
    `${DECODE}\nexport function RequireAuth({ children }) { const user = token ? jwtDecode(token) : null; if (!user) return redirect("/login"); return children; }`,
    // What is made of the token's words for the verification lets nobody in.
    `${JOSE}\nexport class Tokens { async verifyToken(token) { const options = this.#getVerifyOptions(token); if (!options) return; return (await jwtVerify(token, keys, options)).payload; } #getVerifyOptions(token) { const { aud } = decodeJwt(token); if (aud === "portal") return { audience: "portal" }; } }`,
    `${JOSE}\nexport class Clients { createAuthClient(token) { const claims = decodeJwt(token); return new Client({ audience: claims.aud === "https://graph.example.net" ? "graph" : "custom", token }); } }`,
    // A function that nobody else calls, and whose callers all verify
    `${JOSE}\nconst tenantOf = (token) => { const claims = decodeJwt(token); return Tenant.findOne({ id: claims.tenant_id }); }; export async function check(token) { const tenant = await tenantOf(token); return jwtVerify(token, tenant.key, options); }`,
    // Of what kind a value is, which is told from itself
    `${JWT}\nconst convert = (value) => { if (typeof value === "number") { if (Math.floor(value) === value) return { int: value }; } if (value instanceof Date) return { time: value }; return { text: value }; }; export const describe = (token) => convert(jwt.decode(token).user_id);`,
    // What a verification gave nothing of is refused, and what gave something may be read.
    `${JWT}\nexport async function show(req, res) { const claims = await verifyToken(req.token); if (!claims) return res.sendStatus(401); const { sub } = jwt.decode(req.token); res.json(await User.findById(sub)); }`,
    // The row that a claim finds has to hold the very token; what is a value is no decision.
    ...[
      "const [row] = await rows(claims.sub); if (row.refreshToken !== token) throw new Error('no');",
      "const row = await User.findById(claims.sub); if (!(await argon2.verify(row.hash, token))) throw new Error('no');",
      "if ((await redis.get(`refresh:${claims.sub}`)) !== token) throw new Error('no'); const row = await User.findById(claims.sub);",
    ].map(
      (body) =>
        `${JWT}\nexport async function renew(token) {\n  const claims = jwt.decode(token);\n  ${body}\n  return issue(row.id);\n}`,
    ),
    `import { cookies } from "next/headers";\nexport default async function Layout() {\n  const token = (await cookies()).get("token").value;\n  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64").toString());\n  const role = claims.role || "viewer";\n  return shell({ role });\n}`,
    // Services that only tell somebody, and answers that nobody takes
    ...["this.mailService.sendWelcome(claims.email)", "this.auditService.track(claims.email)"].map(
      (call) =>
        `${JWT}\nexport class Results {\n  async list(authorization) {\n    const claims = jwt.decode(authorization.split(" ")[1]);\n    await ${call};\n  }\n}`,
    ),
    `${JWT}\nexport const IssuedAt = createParamDecorator((data, context) => jwt.decode(context.switchToHttp().getRequest().cookies.token).iat);`,
    // What a decorator throws or notes, when somebody was made, and the same for somebody else
    ...[
      "throw new BadRequestException(claims.sub);",
      "return new UnauthorizedException(claims.sub);",
      "return new Date(claims.createdAt);",
      "new Note(claims.sub); return context;",
      "return shortened(claims.sub);",
    ].map(
      (line) =>
        `${JWT}\nexport const Maybe = createParamDecorator((data, context) => { const claims = jwt.decode(context.token); ${line} });`,
    ),
    `${JWT}\nexport const shown = (context) => { const claims = jwt.decode(context.token); return new Caller(claims.sub); };`,
    `${JWT}\nexport const Logged = createParamDecorator((data, context) => { const claims = jwt.decode(context.token); return new LogContext(claims.sub); });`,
    `${JWT}\nexport const note = (token) => { const claims = jwt.decode(token); return notes.save(new Note(claims.sub)); };`,
    `${JWT}\nexport const verifyToken = (token) => { const claims = jwt.decode(token); return new Answer(claims.jti); };`,
    `import NextAuth from "next-auth"; export default NextAuth({ providers: [], callbacks: { async jwt({ token, trigger, session }) { if (trigger === "update") { const { role, ...rest } = session.user; token = { ...token, ...rest }; } return token; } } });`,
    `${DECODE}\nexport async function POST({ request, locals }) {\n  const { token } = await ask("/users/login", { body: await request.formData() });\n  locals.user = jwtDecode(token);\n}`,
    `${DECODE}\nexport async function POST({ request, locals }) {\n  locals.user = jwtDecode((await auth.login(await request.formData())).token);\n}`,
    // The signature is made anew, in a helper, and compared.
    `export class Tokens { async verifyToken(token) { const [head, body, signature] = token.split("."); const made = await this.sign(head + "." + body); if (signature !== this.encode(made)) return null; return JSON.parse(this.decode(body)); } async sign(text) { return crypto.subtle.sign("HMAC", this.key, new TextEncoder().encode(text)); } encode(bytes) { return btoa(String.fromCharCode(...new Uint8Array(bytes))); } decode(text) { return atob(text); } } // jwt`,
    `${JWT}\nexport const limitByUser = (req) => jwt.decode(req.token).sub;`,
    `import NextAuth from "next-auth"; export default NextAuth({ providers: [], callbacks: { async jwt({ token, trigger, session }) { if (trigger === "update") { await users.update(token.sub, { ...session.user, seen: Date.now() }); } return token; } } });`,
    `${JWT}\nexport const decodeUser = (token) => jwt.decode(token);`,
    `${JWT}\nexport const decodeHeader = (req) => jwt.decode(req.token, { complete: true }).header;`,
    // Single fields of a request, what a check gives, links of a mail, and what the server has found.
    ...[
      "const { email, role } = req.body; res.json(jwt.sign({ email, role }, key));",
      "res.json(jwt.sign({ email: req.body.email }, key));",
      "const claims = schema.parse(req.body); res.json(jwt.sign(claims, key));",
      "const token = jwt.sign({ ...req.body }, key); await sendMail(req.body.email, link(token));",
      "const user = await users.findOne(req.body); res.json(jwt.sign({ sub: user.id }, key));",
    ].map((body) => `${JWT}\nexport const issue = async (req, res) => { ${body} };`),
    ...[
      "token.name = session.name;",
      "token.user = { name: session.user.name };",
      "token.locale = session.user.locale;",
      "return { ...token, ...user };",
      "return { ...token, ...schema.parse(session.user) };",
    ].map(
      (body) =>
        `import NextAuth from "next-auth"; export default NextAuth({ providers: [], callbacks: { async jwt({ token, user, trigger, session }) { if (trigger === "update") { ${body} } return token; }, session({ session, token }) { return { ...session, ...token }; } } });`,
    ),
    // The whole token has to be the one that is stored.
    `${JWT}\nexport async function logout(req) { const claims = jwt.decode(req.token); await sessions.deleteMany({ where: { userId: claims.sub, token: req.token } }); await store.remove(claims.sub, req.token); }`,
    // Signed again: the stored one, nothing but times, what nobody can tell, and by what is no maker of tokens.
    `${JWT}\nexport async function renew(req, res) {\n  if (!(await Session.findOne({ token: req.token }))) return res.sendStatus(401);\n  const claims = jwt.decode(req.token);\n  res.json(jwt.sign({ id: claims.sub }, key));\n}`,
    `${JWT}\n${reads("res.json(jwt.sign({ id: req.id, exp: claims.exp }, key, { expiresIn: claims.sub }));")}`,
    `${JWT}\n${reads("res.json(makeCsrfToken(claims.sub), createCsrfToken(claims.sub), issueToken(claims), buildToken(claims.payload));")}`,
    // Read by a method to find the key, with which another verifies it.
    `${JWT}\nexport class Tokens {\n  read(token) { return jwt.decode(token); }\n  keyOf(tenant) { return db.keys.findOne({ id: tenant }); }\n  async open(token) {\n    const claims = this.read(token);\n    return jwt.verify(token, await this.keyOf(claims.tenantId), options);\n  }\n}`,
    // A digest is no data of the program.
    `${JWT}\nimport { createHash } from "node:crypto";\n${reads('res.json(createHash("sha256").update(claims.sub).digest("hex"));')}`,
    `${JWT}\n${reads('const hash = digest(); hash.update(claims.sub); res.json(hash.digest("hex"));')}`,
    // Clients, by what they dispatch, handle and import.
    ...[
      "export const enter = (form) => async (dispatch) => { const { data } = await api.post('/login', form); const claims = jwtDecode(data.token); dispatch(setUser({ userId: claims.sub, isAdmin: claims.isAdmin })); };",
      "import { createApi } from '@reduxjs/toolkit/query/react'; export const endpoint = { async onQueryStarted(_, { dispatch, queryFulfilled }) { const { data } = await queryFulfilled; dispatch(setUser({ userId: jwtDecode(data.token).sub })); } };",
      "import storage from '@react-native-async-storage/async-storage'; export async function start() { const claims = jwtDecode(await storage.getItem('token')); setUser({ id: claims.sub }); }",
    ].map((code) => `${DECODE}\n${code}`),
    // Whether there is an object says nothing of the role in it.
    `${DECODE}\nconst read = (token) => { try { const claims = jwtDecode(token); return { email: claims.sub, role: claims.role }; } catch { return null; } };\nexport function start() { const me = read(localStorage.getItem("token")); if (!me) leave(); else setUser(me); }`,
    // What a function answers may only choose what is drawn.
    ...[
      'export const isAdmin = () => { const claims = jwtDecode(localStorage.getItem("token")); return claims.role === "admin"; };',
      'export const isAdmin = () => jwtDecode(localStorage.getItem("token")).is_admin === true;',
    ].map((code) => `${DECODE}\n${code}`),
    // A page by its router and its store.
    ...[
      'import router from "../router"; export function enter(answer) { const { role } = jwtDecode(answer.data.token); if (role === "admin") router.push("/admin"); }',
      'import store from "@/store"; export function enter(answer) { const claims = jwtDecode(answer.data.token); store.commit("setUser", claims); if (claims.role === "admin") router.push("/admin"); }',
    ].map((code) => `${DECODE}\n${code}`),
    // Not a table of people.
    `${JWT}export function handler(req, res) { const claims = jwt.decode(req.token); res.json([labels[claims.sub], translations.get(claims.name)]); }`,
    // A middleware that counts or notes, and goes on whatever it reads.
    `${JWT}\nexport function checkRateLimit(req, res, next) {\n  const { sub } = jwt.decode(req.token);\n  limiter.hit(sub);\n  next();\n}`,
    `${JWT}\nexport function contextMiddleware(req, res, next) {\n  const claims = jwt.decode(req.token);\n  if (claims) req.tag = claims.exp;\n  next();\n}`,
    // Read first, and verified on every path.
    `${JWT}\nexport function auth(req, res, next) {\n  const { iss } = jwt.decode(req.token);\n  if (iss === OURS) jwt.verify(req.token, key, options);\n  else verifyForeign(req.token);\n  req.user = jwt.decode(req.token).sub;\n  next();\n}`,
    // What is shown: a default, a label, a state, a variable that only draws.
    `${DECODE}\nimport { useState } from "react";\nexport function Badge() {\n  const claims = jwtDecode(localStorage.getItem("token"));\n  const [role] = useState(claims.role || "user");\n  const first = claims.roles.length > 0 ? claims.roles[0] : null;\n  const label = claims.role === "admin" ? "Administrator" : "Member";\n  const isAdmin = claims.role === "admin";\n  login({ role: claims.role ?? null, groups: claims.groups || [] });\n  return <b title={label}>{isAdmin && first}{role}</b>;\n}`,
    `export function roleOf() {\n  const claims = JSON.parse(atob(localStorage.getItem("token").split(".")[1]));\n  const given = String(claims.role);\n  return given === "amdin" ? "admin" : given;\n}`,
    // What a client asks its server for.
    `${DECODE}\nimport { useEffect, useState } from "react";\nexport function Home() {\n  const [rows, setRows] = useState([]);\n  useEffect(() => {\n    const { role, sub } = jwtDecode(localStorage.getItem("token"));\n    if (role === "seller") loadShop(sub).then(setRows);\n    else axios.get("/orders").then(({ data }) => setRows(data));\n    if (role === "customer" && sub) {\n      fetchCustomer(sub).then(setRows);\n    }\n  }, []);\n  return <b>{rows}</b>;\n}`,
    // A guard that looks whether a token can be read, and leaves the rest to another.
    `${JWT}\nexport function attachUser(req, res, next) {\n  const claims = jwt.decode(req.token);\n  if (claims) log(claims.exp);\n  next();\n}`,
    `${JWT}\nexport function requireLogin(req, res, next) {\n  if (!jwt.decode(req.token)) return res.sendStatus(401);\n  jwt.verify(req.token, key, options, (error) => next(error));\n}`,
    `${DECODE}\nexport const isReadable = (token) => (jwtDecode(token) ? 1 : 0);`,
    // What a provider of identities gives out for who is signed in, and what it was asked about.
    `${DECODE}\nimport { auth } from "@clerk/nextjs/server";\nexport async function GET() {\n  const { getToken } = await auth();\n  const claims = jwtDecode(await getToken());\n  return Response.json(await db.user.findUnique({ where: { id: claims.sub } }));\n}`,
    `${DECODE}\nimport { InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";\nexport async function signIn(req, res) {\n  const answer = await pool.send(new InitiateAuthCommand(req.body));\n  res.json(await User.findOne({ sub: jwtDecode(answer.AuthenticationResult.IdToken).sub }));\n}`,
    `${DECODE}\nexport async function middleware(request) {\n  const pass = request.cookies.get("pass").value;\n  const answer = await fetch(\`\${process.env.API}/me\`, { headers: { Authorization: \`Bearer \${pass}\` } });\n  if (!answer.ok || jwtDecode(pass).role !== "admin") return NextResponse.redirect(HOME);\n}`,
    // What a token says goes elsewhere, or nowhere.
    `${JWT}\n${reads("res.json(render.pageFor(claims.locale));")}`,
    `${CJS}\nexports.show = (req, res) => {\n  claims = jwt.decode(req.token);\n  res.json(claims.exp);\n};`,
    // A time that a token is renewed by, and one in a helper that is no gate.
    `${JOSE}\nimport { NextResponse } from "next/server";\nexport async function middleware(req) {\n  const { exp } = decodeJwt(req.cookies.get("token").value);\n  if (exp < now()) return await refresh(req);\n  return NextResponse.next();\n}`,
    `${JOSE}\nexport function secondsLeft(token) {\n  const { exp } = decodeJwt(token);\n  if (exp < now()) return 0;\n  return exp - now();\n}`,
    `${JOSE}\nimport { NextResponse } from "next/server";\nexport async function middleware(req) {\n  const token = req.cookies.get("token").value;\n  await jwtVerify(token, key);\n  const { exp } = decodeJwt(token);\n  if (exp < soon()) return NextResponse.redirect(new URL("/login", req.url));\n  return NextResponse.next();\n}`,
    // A client chooses where somebody begins, and has what a server has just answered.
    `${DECODE}\nimport { useNavigate } from "react-router-dom";\nexport function Home() {\n  const navigate = useNavigate();\n  return () => {\n    if (jwtDecode(localStorage.getItem("token")).role === "admin") navigate("/admin");\n    else navigate("/me");\n  };\n}`,
    `${DECODE}\nimport { signIn } from "./api";\nimport { useRouter } from "next/navigation";\nexport async function go(form) {\n  const answer = await signIn(form);\n  if (jwtDecode(answer.token).role !== "admin") throw new Error("admins only");\n}`,
    `${DECODE}\nimport { Component } from "@angular/core";\nexport class Login {\n  go() {\n    this.auth.login(this.form).subscribe({ next: (answer) => {\n      if (jwtDecode(answer.token).role !== "admin") this.fail();\n    } });\n  }\n}`,
    // Lists, statements and filters that are no queries, and what is not saved.
    `${JWT}\n${reads("render([claims.sub]);")}`,
    // What speaks of no one, and no request.
    `${JWT}\n${reads("res.locale = claims.locale; setTenant(claims.locale); jobs.run(claims.sub); setTheme(claims.tenantId); runWithRetry(claims.exp);")}`,
    `${JWT}\nexport const tenantOf = (token) => { const claims = jwt.decode(token); setTenant(claims.tenantId); };`,
    `${JWT}\n${reads("queue.run(job, [claims.sub]);")}`,
    `${JWT}\n${reads('send("select a plan", [claims.sub]);')}`,
    `${JWT}\n${reads("const page = html`<p>${claims.sub}</p>`;")}`,
    `${JWT}\n${reads("gauge.eq(limit, claims.sub);")}`,
    `${JWT}\n${reads("const note = new Note({ by: claims.sub }); note.print();")}`,
    `${JWT}\n${reads("note.by = claims.sub;")}`,
    `${JWT}\n${reads("tracer.create({ by: claims.sub });")}`,
    // The answer tells whoever asked about himself.
    `${JWT}\n${reads('res.setHeader("x-user-id", claims.sub);')}`,
    `${JWT}\n${reads('proxied.setHeader("x-request-id", claims.sub);')}`,
    // A guard was given to the application or router before, or stands in the route.
    `${JWT}\nimport { expressjwt } from "express-jwt";\napp.use(expressjwt({ secret, algorithms: ["HS256"] }));\napp.get("/me", (req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\nimport protectRoute from "./protect";\nrouter.use(protectRoute);\nrouter.get("/me", (req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\napp.use(passport.authenticate("jwt", { session: false }));\napp.get("/me", (req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\napp.use((req, res, next) => { jwt.verify(req.token, key, options); next(); });\napp.get("/me", (req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\nrouter.route("/me").all(requireAuth).get((req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\napp.use("/api", verifyToken);\napp.get("/api/me", (req) => User.findById(jwt.decode(req.token).sub));`,
    `${JWT}\nconst show = (req) => User.findById(jwt.decode(req.token).sub);\nrouter.get("/me", requireAuth, show);`,
    // The key of the user who the token names, which it is verified with then.
    `${JWT}\nimport { Strategy } from "passport-jwt";\nnew Strategy({ jwtFromRequest, secretOrKeyProvider: async (req, raw, done) => {\n  const user = await User.findById(jwt.decode(raw).id);\n  done(null, user.key);\n} }, onVerified);`,
    // Verified one function further, whatever the functions are called.
    `${JOSE}\nimport { signatures } from "./signatures";\nconst inspectSeal = (token) => signatures.verify(token);\nexport async function verifyJwt(token) {\n  const claims = decodeJwt(token);\n  await inspectSeal(token);\n  return claims;\n}`,
    `${JWT}\nconst isGood = (token) => { try { jwt.verify(token, key, options); return true; } catch { return false; } };\nexport function guard(req, res, next) {\n  if (!isGood(req.token)) return res.sendStatus(401);\n  req.user = jwt.decode(req.token);\n  next();\n}`,
    // Issued a moment ago by a function out of sight.
    `${JWT}\nimport { issueToken } from "./issue";\nexport async function login(req) {\n  const token = await issueToken(req.body.mail);\n  req.user = jwt.decode(token);\n}`,
    `${JWT}\nimport buildTokenPair from "./pair";\nexport async function login(req) {\n  const { accessToken } = await buildTokenPair(req.body);\n  return User.findById(jwt.decode(accessToken).sub);\n}`,
    // The issuer was asked.
    ...["/authorize", "/auth/verify", "/check-token"].map(
      (path) =>
        `${JWT}\nexport async function me(req, res) {\n  const answer = await fetch(process.env.AUTH + "${path}", { method: "POST", body: JSON.stringify({ token: req.token }) });\n  if (!answer.ok) return res.sendStatus(401);\n  res.json(await User.findById(jwt.decode(req.token).sub));\n}`,
    ),
    `${JWT}\nexport async function me(req, res) {\n  const { active } = await ask("https://id.example.net/oauth2/introspect", { token: req.token });\n  if (!active) return res.sendStatus(401);\n  res.json(await User.findById(jwt.decode(req.token).sub));\n}`,
    `${JWT}\nexport async function me(req, res) {\n  const { active } = await ask(process.env.INTROSPECTION_URL, { token: req.token });\n  if (!active) return res.sendStatus(401);\n  res.json(await User.findById(jwt.decode(req.token).sub));\n}`,
    `${JWT}\nexport async function me(req, res) {\n  const { active } = await ask(settings.userInfoEndpoint, { token: req.token });\n  if (!active) return res.sendStatus(401);\n  res.json(await User.findById(jwt.decode(req.token).sub));\n}`,
    // A signature made with another library and compared.
    `import CryptoJS from "crypto-js";\nexport function verifyToken(token) {\n  const [head, body, mac] = token.split(".");\n  if (CryptoJS.HmacSHA256(head + "." + body, key).toString() !== mac) return null;\n  return JSON.parse(atob(body));\n}`,
    // What the token says chooses its key, not whether it is verified.
    `${JWT}\nexport function authenticate(req) {\n  const { sub, alg } = jwt.decode(req.token);\n  req.user = alg === "HS256" ? jwt.verify(req.token, key, options) : jwt.verify(req.token, other, options);\n}`,
    // A room is no identity, and what is connected to a display is a client.
    `${DECODE} io.on("connection", (socket) => { const { room } = jwtDecode(socket.handshake.auth.token); socket.join(room); });`,
    `${DECODE} const { sub } = jwtDecode(token); seen.add(sub);`,
    `${DECODE} io.on("connection", (socket) => { const { sub } = jwtDecode(socket.handshake.auth.token); const file = path.join("avatars", sub); socket.emit("avatar", file); });`,
    // Decode to find the key, then verify, in one flow.
    `${JWT}\nfunction authenticate(req) {\n  const { header } = jwt.decode(req.token, { complete: true });\n  req.user = jwt.verify(req.token, keys[header.kid], { algorithms: ["RS256"] });\n}`,
    `${JWT}\nasync function authenticate(req) {\n  const claims = jwt.decode(req.token);\n  const tenant = await findTenant(claims.iss);\n  req.user = jwt.verify(req.token, tenant.key, { algorithms: ["RS256"] });\n}`,
    `${JWT}\nasync function authenticate(req, token) {\n  const claims = jwt.decode(token);\n  const user = await User.findById(claims.sub);\n  jwt.verify(token, user.secret, { algorithms: ["HS256"] });\n  req.user = user;\n}`,
    // Decode after the token was verified, here or by a function out of sight.
    `${JWT}\nfunction guard(req) {\n  jwt.verify(req.token, key, options);\n  req.user = jwt.decode(req.token);\n}`,
    `${JWT}\nimport { verifyToken } from "./out-of-sight";\nasync function guard(req) {\n  await verifyToken(req.token);\n  req.user = jwt.decode(req.token);\n}`,
    // A guard stands before the handler.
    // A list of guards, which may be beside one of paths
    `${JWT}\nrouter.get(["/me", "/login"], [authenticate], async (req, res) => {\n  res.json(await User.findById(jwt.decode(req.token).id));\n});`,
    `${JWT}\nrouter.get("/me", [log, , authenticate], async (req, res) => {\n  res.json(await User.findById(jwt.decode(req.token).id));\n});`,
    `${JWT}\nrouter.get("/me", authenticate, (req, res) => {\n  req.user = jwt.decode(req.token);\n});`,
    {
      code: `${NEST}\n@Controller()\n@UseGuards(AuthGuard)\nclass A {\n  constructor(private jwt: JwtService) {}\n  @Get()\n  me(req) {\n    req.user = this.jwt.decode(req.token);\n  }\n}`,
      ts: true,
    },
    // Times, and what names the key or the issuer.
    `${JWT}\nexport function isExpired(token) {\n  return jwt.decode(token).exp * 1000 < Date.now();\n}`,
    `${JWT}\nexport const keyId = (token) => jwt.decode(token, { complete: true }).header.kid;`,
    `${JOSE}\nexport function issuerOf(token) {\n  return decodeJwt(token).iss;\n}`,
    // Display, timers and sessions in a client.
    `${DECODE}\nimport React from "react";\nexport const Hello = ({ token }) => <p>{jwtDecode(token).name}</p>;`,
    `"use client";\n${DECODE}\nexport function useUser(token) {\n  const claims = jwtDecode(token);\n  return { id: claims.sub, name: claims.name };\n}`,
    `${DECODE}\nexport function load() {\n  const claims = jwtDecode(localStorage.getItem("token"));\n  store.user = claims;\n  setTimeout(logout, claims.exp * 1000 - Date.now());\n}`,
    `import React from "react";\n${DECODE}\nexport const Menu = ({ token }) => <nav>{jwtDecode(token).role === "admin" ? <Admin /> : null}</nav>;`,
    // Logging and functions that say what they are.
    `${JWT}\nexport function logRequest(req) {\n  console.log("request by", jwt.decode(req.token)?.sub);\n}`,
    `${JWT}\nexport const decodeToken = (token) => jwt.decode(token);`,
    // The token was made here a moment ago.
    `${JWT}\nfunction login(req) {\n  const token = jwt.sign({ sub: req.body.id }, key, { expiresIn: "1h" });\n  req.session.user = jwt.decode(token);\n}`,
    // An answer of the issuer's token endpoint (OpenID Connect Core section 3.1.3.7).
    `${JOSE}\nasync function callback(req) {\n  const tokens = await exchange(req.query.code);\n  req.session.user = decodeJwt(tokens.id_token);\n}`,
    // What the server keeps for who is signed in.
    `${DECODE}\nexport default function guard(req, res, next) {\n  const { authorities } = jwtDecode(res.locals.user.token);\n  if (!authorities.includes("ADMIN")) return res.redirect("/denied");\n  next();\n}`,
    `${DECODE}\nexport function requireAdmin(req, res, next) {\n  if (jwtDecode(req.session.accessToken).role !== "admin") return res.sendStatus(403);\n  next();\n}`,
    // What verifies is chosen.
    `${JWT}\nimport { validatorFor } from "./validators";\nexport async function authenticate(token, realm, h) {\n  const info = await validatorFor(realm)(token);\n  return h.authenticated({ credentials: jwt.decode(info || token) });\n}`,
    // What is handed on says when, not who.
    `${JWT}\nimport { loginUntil, noteLogin } from "./accounts";\nexport function enter(idToken) {\n  const claims = jwt.decode(idToken);\n  noteLogin(claims.email);\n  return loginUntil(claims.exp);\n}`,
    // What a function is given to hand to the client.
    `${JWT}\nexport async function signIn(response, token) {\n  const { sub } = jwt.decode(token);\n  response.cookie("session", token, FLAGS);\n  response.cookie("guard", jwt.sign({ sub }, key, options), FLAGS);\n}`,
    // Whether there is one, before it is read.
    `${JWT}\nexport function eventOf(req) {\n  const claims = jwt.decode(req.token);\n  let scopes;\n  if (claims.scp || claims.scope) {\n    scopes = claims.scp || claims.scope.split(" ");\n  }\n  return { scopes };\n}`,
    // A check that is given the token, or what may hold it.
    `${JWT}\nimport { validateLogin, validateUser } from "./checks";\nexport async function enter(input, req) {\n  const { idToken } = input;\n  await validateLogin(input);\n  await validateUser(req);\n  return User.findOne({ email: jwt.decode(idToken).email });\n}`,
    `${JWT}\nimport { validateIdToken } from "./checks";\nexport async function enter(idToken) {\n  const claims = jwt.decode(idToken);\n  await validateIdToken(claims);\n  return User.findOne({ email: claims.email });\n}`,
    // A verification made by hand is another rule's.
    `import crypto from "node:crypto";\nfunction check(req, token) {\n  const [head, body, mac] = token.split(".");\n  const expected = crypto.createHmac("sha256", key).update(head + "." + body).digest("base64url");\n  if (mac !== expected) throw new Error("forged");\n  req.user = JSON.parse(Buffer.from(body, "base64url").toString());\n}`,
    // Existence checks decide nothing by what is claimed.
    `${JWT}\nfunction keyFor(token) {\n  const decoded = jwt.decode(token, { complete: true });\n  if (!decoded || decoded.payload.sub === undefined) throw new Error("malformed");\n  return keys.get(decoded.header.kid);\n}`,
    // Another split, other base64, the program's own decode.
    "export const load = (req, text) => {\n  req.user = JSON.parse(atob(text));\n};",
    'import { decode } from "./cursor";\nexport const middleware = (req, res, next) => {\n  req.user = decode(req.token);\n  next();\n};',
    'export const read = (version) => JSON.parse(version.split(".")[1]);',
    // jwtVerify's claims are verified.
    `${JOSE}\nasync function guard(req) {\n  const { payload } = await jwtVerify(req.token, key, { audience: "api" });\n  req.user = payload;\n}`,
    // The token itself is sent, or what somebody may say of himself, or to something else
    ...[
      "axios.post('/api/google-login', { email: claims.email, credential: answer.credential });",
      "axios.post('/api/google-login', { credential: answer.credential });",
      "const sent = { email: claims.email, proof: answer.credential }; axios.post('/api/google-login', sent);",
      "axios.post('/api/google-login', { email: claims.email }); finish(answer);",
      "axios.post('/api/authors', { email: claims.email });",
      "axios.post('/api/google-login', { email: claims.email }, { headers: { Authorization: `Bearer ${answer.credential}` } });",
      "axios.defaults.headers.common.Authorization = answer.credential; axios.post('/api/google-login', { email: claims.email });",
      "axios.post('/api/login/theme', { locale: claims.locale });",
      "axios.post('/api/newsletter', { email: claims.email });",
      "axios.post('/api/login', form); show(claims.email);",
      "track('login', { email: claims.email });",
    ].map(
      (send) =>
        `${DECODE}\nimport { GoogleLogin } from "@react-oauth/google"; const enter = (answer) => { const claims = jwtDecode(answer.credential); ${send} };`,
    ),
    `${DECODE}\nimport { useEffect } from "react"; const leave = () => { const claims = jwtDecode(localStorage.getItem("token")); axios.post("/auth/logout", { email: claims.email }); };`,
    // A server asks another one.
    `${DECODE}\nimport express from "express"; const enter = async (answer) => { const claims = jwtDecode(answer.credential); await axios.post("https://users.example.org/login", { email: claims.email }); };`,
    // A text of the body, an object that was put there, and what a tool is sent
    ...[
      "jwt.sign(req.body.username, KEY)",
      "jwt.sign({ user: req.body.user }, KEY)",
      "jwt.sign(req.body.user, KEY)",
      "req.body.name.trim() && req.body.name.length ? jwt.sign(req.body.name, KEY) : null",
      "jwt.sign(req.body.payload, req.body.secret)",
      "jwt.sign(req.app.user, KEY)",
    ].map(
      (sign) =>
        `const jwt = require("jsonwebtoken"); exports.login = async (req, res) => { const found = await User.findOne({ name: req.body.name }); if (!compare(req.body.password, found.password)) return; res.json(${sign}); };`,
    ),
    `const jwt = require("jsonwebtoken"); exports.guard = (req, res, next) => { req.body.user = find(req); next(); }; exports.login = (req, res) => { res.json(jwt.sign(req.body.user, KEY)); };`,
    `const jwt = require("jsonwebtoken"); app.post("/renew", guard, (req, res) => { res.json(jwt.sign(req.body.user, KEY)); });`,
    `const jwt = require("jsonwebtoken"); exports.login = (req, res) => { const { name } = req.body; const { user } = find(name); res.json(jwt.sign(user, KEY)); };`,
    // Whether claims are there says how a token looks.
    ...[
      "if (!(claims.sub && claims.role)) throw error;",
      "if (!!(claims.sub && claims.email && claims.role) === false) throw error;",
      "if (!claims.sub || !claims.roles) throw error;",
      "const { sub, role } = claims; if (!sub || !role) throw error;",
      "const known = !!(claims?.sub && claims?.role); if (!known) throw error;",
    ].map(
      (body) =>
        `${DECODE}\nexport function enter() { const claims = jwtDecode(localStorage.getItem("token")); ${body} }`,
    ),
  ],
  invalid: [
    // Given something else, of less than the signature, not waited for, or with an answer
    ...[
      "await tokens.checkSecurityContext(req.url, { credentials });",
      "await tokens.checkShape(held);",
      "await tokens.assertNotExpired(held);",
      "await tokens.ensureUser(claims.sub);",
      "await tokens.storeContext(held);",
      "tokens.checkSecurityContext(held);",
      "const found = await tokens.checkSecurityContext(held);",
      // A record is no address of an issuer.
      "const userInfo = await tokens.load(claims.ext); await tokens.greet(userInfo);",
    ].map((checks) =>
      marked(
        `import { jwtDecode } from "jwt-decode"; import tokens from "./tokens.js"; export async function enter(req, res, next) { const held = req.headers["x-session"]; const claims = «jwtDecode(held)»; const credentials = pick(claims.ext); try { ${checks} req.session.user = { id: claims.user_uuid }; next(); } catch { res.sendStatus(401); } }`,
        {
          messageId: "identity",
          data: { name: "jwtDecode", line: "1", what: "the claim user_uuid" },
        },
      ),
    ),
    // What the client has sent is no answer, also in a list.
    ...[
      "req.body.items.some((item) => «decodeJwt(item.signed)».role === product)",
      "(() => { for (const item of req.body.items) if («decodeJwt(item.signed)».role === product) return true; return false; })()",
      "sent.items.some((item) => «decodeJwt(item.signed)».role === product)",
    ].map((asks) =>
      marked(
        `${JOSE} export async function verifyPurchase(req, product) { const sent = await req.json(); const answer = await fetch("https://api.example.com/orders"); return ${asks}; }`,
        { messageId: "decision", data: { name: "decodeJwt", line: "1", what: "the claim role" } },
      ),
    ),
    // Another token than the one that is given to verify, and one that may be left out
    ...[
      [
        "",
        "getToken(req) { const held = «jwtDecode(req.cookies.profile)»; if (held.role === 'admin') req.isAdmin = true; return req.cookies.token; }",
      ],
      [
        "",
        "getToken(req) { const held = «jwtDecode(req.cookies.token)»; if (held.role === 'admin') return SERVICE; return req.cookies.token; }",
      ],
      [
        "",
        "getToken: (req) => req.cookies.token }); export const isAdmin = (req) => ({ held: «jwtDecode(req.cookies.token)».role === 'admin'",
      ],
      [
        "credentialsRequired: false,",
        "getToken(req) { const held = «jwtDecode(req.cookies.token)»; if (held.role === 'admin') req.isAdmin = true; return req.cookies.token; }",
      ],
    ].map(([more, finds]) =>
      marked(
        `import { expressjwt } from "express-jwt"; import { jwtDecode } from "jwt-decode"; export const guard = expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], ${more} ${finds} });`,
        { messageId: "decision", data: { name: "jwtDecode", line: "1", what: "the claim role" } },
      ),
    ),
    // The token itself says whether its signature is checked
    ...[
      "if (token.startsWith(PREFIX)) return «jwt.decode(token)»; return jwt.verify(token, key);",
      "return isDemo(token) ? «jwt.decode(token)» : jwt.verify(token, key);",
      "if (!token.startsWith(PREFIX)) return jwt.verify(token, key); return «jwt.decode(token)»;",
    ].map((body) =>
      jsonwebtoken(
        `export const payloadOf = (token) => { ${body} };`,
        "verifier",
        { name: "jwt.decode", function: "payloadOf" },
        "token",
      ),
    ),
    jsonwebtoken(
      `export function verifyPartnerToken(token) { let claims; if (process.env.NODE_ENV !== "test") { claims = «jwt.decode(token)»; if (!claims) throw new Error("no"); } else claims = jwt.verify(token, key); return { id: claims.sub }; }`,
      "verifier",
      { name: "jwt.decode", function: "verifyPartnerToken" },
      "token",
    ),
    // Whatever is no production, and not only development
    ...['process.env.NODE_ENV !== "production"', "!isProduction"].map((test) =>
      jsonwebtoken(
        `export function auth(req, res, next) { if (${test}) req.user = «jwt.decode(req.token)»; else req.user = jwt.verify(req.token, key); next(); }`,
        "identity",
        { name: "jwt.decode", line: "2" },
        "req.token",
      ),
    ),
    data("req.user = await users.findByOrcid(claims.orcid);", "orcid"),
    data("await client.send(new GetCommand({ TableName: 'users', Key: { id: claims.sub } }));"),
    data(
      "await client.query({ TableName: 'users', ExpressionAttributeValues: { ':id': claims.sub } });",
    ),
    identity(
      "await client.send(new PutItemCommand({ TableName: 'links', Item: { user: { S: claims.sub } } }));",
    ),
    identity("await client.put({ TableName: 'links', Item: { user: claims.sub } });"),
    identity("await putSession({ id: claims.sub });"),
    ...[
      "db.device.updateMany({ where: { of: claims.phone_id }, data: { seen: true } })",
      "Device.updateOne({ of: claims.phone_id }, { seen: true })",
    ].map((call) =>
      marked(
        `import { decode } from "jsonwebtoken"; export const f = async (req) => { const claims = «decode(req.token)»; await ${call}; };`,
        { messageId: "data", data: { name: "decode", line: "1", what: "the claim phone_id" } },
      ),
    ),
    // A list of paths guards nothing.
    marked(
      `import { decode } from "jsonwebtoken"; const router = express.Router(); router.get(["/", "/login"], async (req, res) => { const claims = «decode(req.token)»; res.send(await books.find({ owner: claims.email })); });`,
      { messageId: "data", data: { name: "decode", line: "1", what: "the claim email" } },
    ),
    // Whoever checks a user's input checks no token.
    marked(
      `import { decode } from "jsonwebtoken"; import { validateUser } from "./input.js"; const router = express.Router(); router.use(validateUser); router.get("/", async (req, res) => { const claims = «decode(req.token)»; res.send(await books.find({ owner: claims.email })); });`,
      { messageId: "data", data: { name: "decode", line: "1", what: "the claim email" } },
    ),
    marked(
      `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { jwt({ token, session }) { const { id, ...rest } = session.user; return { ...token, ...«rest» }; } } });`,
      { messageId: "askedUpdate" },
    ),
    ...["phone_id", "openid", "matricula"].map((claim) =>
      marked(
        `import { decode } from "jsonwebtoken"; export const show = async (req, res) => { const claims = «decode(req.token)»; res.send(await orders.find({ of: claims.${claim} })); };`,
        { messageId: "data", data: { name: "decode", line: "1", what: `the claim ${claim}` } },
      ),
    ),
    marked(
      `import { decode } from "jsonwebtoken"; export const order = async (req, res) => { const claims = «decode(req.token)»; await Order.create({ goods: req.body.goods, buyer: claims }); };`,
      { messageId: "identity", data: { name: "decode", line: "1" } },
    ),
    // Nothing but a token that has been refused comes so far.
    ...[
      "req.user = jwt.verify(token, KEY); return next();",
      "if (KEY) { req.user = jwt.verify(token, KEY); return next(); }",
    ].map((attempt) =>
      marked(
        `import jwt, { decode } from "jsonwebtoken"; export function auth(req, res, next) { const token = req.token; try { ${attempt} } catch (error) { } try { req.user = «decode(token)»; return next(); } catch (error) { } return res.sendStatus(401); }`,
        { messageId: "identity", data: { name: "decode", line: "1" } },
      ),
    ),
    marked(
      `import { decode } from "jsonwebtoken"; import { getVerifier } from "./idp.js"; export async function auth(req, res, next) { const token = req.token; const verifier = getVerifier(); req.user = «decode(token)»; next(); }`,
      { messageId: "identity", data: { name: "decode", line: "1" } },
    ),
    ...[
      [
        "isGood",
        "{ const claims = jwt.decode(token); if (claims.exp < Date.now() / 1000) return false; return true; }",
        "if (!isGood(req.cookies.token)) return res.sendStatus(401); next();",
      ],
      [
        "isGood",
        "{ return !!jwt.decode(token)?.sub; }",
        "if (isGood(req.cookies.token)) { next(); } else { res.sendStatus(401); }",
      ],
      [
        "isGood",
        "{ const claims = jwt.decode(token); return Boolean(claims && claims.sub); }",
        "const good = isGood(req.cookies.token); if (req.path.startsWith('/home') && !good) return res.redirect('/login'); return next();",
      ],
      [
        "isExpired",
        "{ return jwt.decode(token).exp < Date.now() / 1000; }",
        "if (!req.cookies.token || isExpired(req.cookies.token)) return res.redirect('/login'); next();",
      ],
    ].map(([name = "", body = "", guard = ""]) =>
      marked(
        `import * as jwt from "./jwt.js"; import { decode } from "jsonwebtoken"; function ${name}(token) ${body.replace("jwt.decode(token)", "«decode(token)»")} export function auth(req, res, next) { ${guard} }`,
        { messageId: "decision", data: { name: "decode", line: "1", what: "it" } },
      ),
    ),
    ...["playerId", "sub", "mfaVerified"].map((claim) =>
      marked(
        `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { jwt({ token, session }) { token.${claim} = «session.${claim}»; return token; } } });`,
        { messageId: "askedUpdate" },
      ),
    ),
    // What makes sure that a user exists sees no signature.
    jsonwebtoken(
      "export async function auth(req, res, next) { const claims = «jwt.decode(req.token)»;\nawait ensureUser(claims);\nreq.user = claims; next(); }",
      "identity",
      { name: "jwt.decode", line: "4" },
      "req.token",
    ),
    // What the token says chooses the way without a verification
    jsonwebtoken(
      "export function auth(req, res, next) { const claims = «jwt.decode(req.token)»;\nif (claims.iss === PARTNER) { req.user = claims; return next(); }\nreq.user = jwt.verify(req.token, KEY, options); next(); }",
      "identity",
      { name: "jwt.decode", line: "3" },
      "req.token",
    ),
    // A setting or what the request brings
    marked(
      `const roleOf = (token) => «JSON.parse(atob(token.split(".")[1]))».role;\nexport const act = (req, res) => { if (roleOf(req.query.token || process.env.SERVICE_KEY) === "admin") remove(); };`,
      { messageId: "decision", data: { name: "This code", line: "2", what: "the claim role" } },
    ),
    // A name that says what the function does
    ...[
      ['import decodeJWT from "./lib/decode";', "decodeJWT(req.body.id_token)", "decodeJWT"],
      ['import { decodeJwt } from "@acme/identity";', "decodeJwt(req.body.id_token)", "decodeJwt"],
      ['import { parseJwt as read } from "@/lib/auth";', "read(req.body.id_token)", "read"],
      [
        'import { decodeJwtPayload } from "../auth.js";',
        "decodeJwtPayload(req.cookies.token).payload",
        "decodeJwtPayload",
      ],
      ['const jwtDecode = require("./jwt-decode");', "jwtDecode(req.query.token)", "jwtDecode"],
      ['const { parseJwt } = require("../helpers");', "parseJwt(req.query.token)", "parseJwt"],
    ].map(([loaded = "", called = "", name = ""]) =>
      marked(outOfSight(loaded, called.replace(/^\w+\([\w.]+\)/u, "«$&»")), {
        messageId: "data",
        data: { name: `${name}, as its name says,`, line: "4", what: "the claim email" },
      }),
    ),
    // To sign another token by hand verifies none.
    marked(
      `import { createHmac } from "node:crypto"; function makeToken(claims) { const text = encode({ alg: "HS256" }) + "." + encode(claims); return text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url"); }\napp.post("/google", async (req, res) => { const claims = «JSON.parse(atob(req.body.credential.split(".")[1]))»;\nconst user = await User.findOne({ email: claims.email }); res.json({ token: makeToken({ sub: user.id, exp }) }); });`,
      { messageId: "data", data: { name: "This code", line: "3", what: "the claim email" } },
    ),
    // Another service acts for whoever is named
    ...[
      "await stripe.checkout.sessions.create({ client_reference_id: user.sub })",
      "await stripe.customers.create({ email: user.email })",
      'await axios.post("https://orders.internal/orders", { user: user.sub })',
      "await fetch(`https://orders.internal/orders/${user.id}`)",
    ].map((asked) =>
      jsonwebtoken(
        `import axios from "axios"; import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE);\n${reads(`res.json(${asked.replaceAll("user.", "claims.")});`, "«jwt.decode(req.token)»")}`,
        "identity",
        { name: "jwt.decode", line: "5" },
        "req.token",
      ),
    ),
    ...['cookies()).get("token").value', 'headers()).get("x-token")'].map((read) =>
      marked(
        `import { cookies, headers } from "next/headers"; import { jwtDecode } from "jwt-decode";\nexport async function me() { const { sub } = «jwtDecode((await ${read})»; return fetch(\`https://api.internal/users/\${sub}\`); }`,
        { messageId: "identity", data: { name: "jwtDecode", line: "2", what: "the claim sub" } },
      ),
    ),
    ...["client/components/headers", "server/request/headers"].map((entry) =>
      marked(
        `import { headers } from "next/dist/${entry}"; import { jwtDecode } from "jwt-decode";\nexport async function me() { const { sub } = «jwtDecode((await headers()).get("x-token"))»; return fetch(\`https://api.internal/users/\${sub}\`); }`,
        { messageId: "identity", data: { name: "jwtDecode", line: "2", what: "the claim sub" } },
      ),
    ),
    // To check a client is no making of one.
    marked(
      `${JOSE}\nexport class Clients {\n  authenticateClient(token) {\n    const claims = «decodeJwt(token)»;\n    return claims.aud === "https://id.example.net";\n  }\n}`,
      {
        messageId: "decision",
        data: { name: "decodeJwt", line: "5", what: "the claim aud" },
      },
    ),
    // jwt-decode on a server, where what can be read gets in
    ...["token ? «jwtDecode(token)» : null", "has && «jwtDecode(token)»"].map((read) =>
      marked(
        `${DECODE}\nimport { NextResponse } from "next/server";\nexport function middleware(request) {\n  const token = request.cookies.get("token")?.value;\n  const has = request.cookies.has("token");\n  const user = ${read};\n  if (!user) return NextResponse.redirect(new URL("/login", request.url));\n  return NextResponse.next();\n}`,
        { messageId: "decision", data: { name: "jwtDecode", line: "7", what: "it" } },
      ),
    ),
    ...["headers", "onward"].map((name) =>
      marked(
        `${DECODE}\nimport { NextResponse } from "next/server";\nexport function middleware(request) {\n  const user = «jwtDecode(request.cookies.get("jwt")?.value)»;\n  const ${name} = new Headers(request.headers);\n  ${name}.set("user", JSON.stringify(user));\n  return NextResponse.next({ request: { headers: ${name} } });\n}`,
        { messageId: "identity", data: { name: "jwtDecode", line: "6" } },
      ),
    ),
    // A verification that has failed, and its token believed instead
    jsonwebtoken(
      `export async function show(req, res) {\n  let id;\n  try { id = ${verified("req.token")}.sub; } catch { /* so be it */ }\n  if (!id) id = «jwt.decode(req.token)».sub;\n  res.json(await User.findById(id));\n}`,
      "data",
      { name: "jwt.decode", line: "6", what: "the claim sub" },
      "req.token",
    ),
    jsonwebtoken(
      `export async function show(req, res, next) {\n  const claims = await verifyToken(req.token).catch(() => null);\n  if (claims === null) req.user = «jwt.decode(req.token)»;\n  next();\n}`,
      "identity",
      { name: "jwt.decode", line: "4" },
      "req.token",
    ),
    // One of the callers verifies nothing.
    marked(
      `${JOSE}\nconst tenantOf = (token) => {\n  const claims = «decodeJwt(token)»;\n  return Tenant.findOne({ id: claims.tenant_id });\n};\nexport async function check(token) { const tenant = await tenantOf(token); return jwtVerify(token, tenant.key, options); }\nexport const load = (token) => tenantOf(token);`,
      { messageId: "data", data: { name: "decodeJwt", line: "4", what: "the claim tenant_id" } },
    ),
    // The whole context of GraphQL's resolvers
    jsonwebtoken(
      `export const server = new ApolloServer({ typeDefs, resolvers,\n  context: ({ req }) => «jwt.decode(req.headers.authorization)» });`,
      "identity",
      { name: "jwt.decode", line: "3" },
      "req.headers.authorization",
    ),
    jsonwebtoken(
      `export class Tokens {\n  getUserIdByRecoveryCode(code) {\n    const claims = «jwt.decode(code)»;\n    return claims.userId;\n  }\n}`,
      "verifier",
      { name: "jwt.decode", function: "getUserIdByRecoveryCode" },
      "code",
    ),
    marked(
      `${JWT}\nexport const issue = async (req, res) => { const user = req.body; log(user.email); res.json(jwt.sign(«user», key)); };`,
      { messageId: "askedClaims", data: { name: "jwt.sign" } },
    ),
    // Whoever is given the whole request says who has sent it, and a model finds by what it is given.
    jsonwebtoken(
      "export const decodeUser = (req) => «jwt.decode(req.token)»;",
      "verifier",
      { name: "jwt.decode", function: "decodeUser" },
      "req.token",
    ),
    data("const user = await userModel.get(claims.sub); res.json(user);"),
    // Whose data everything behind is about
    ...[
      "req.tenantId = claims.tenantId;",
      "runWithTenantContext(claims.tenantId, () => show(res));",
      "storage.run({ tenantId: claims.tenantId }, () => show(res));",
      "setTenant(claims.org);",
      "tenancy.setCurrentOrganization(claims.orgId);",
    ].map((next) => identity(next)),
    // Who somebody is, without a proof.
    ...[
      "app.post('/login', (req, res) => res.json(jwt.sign({ name: «req.body.username» }, key)));",
      "app.post('/login', (req, res) => { const { email, password } = req.body; if (!email || !password) return res.sendStatus(400); res.json(jwt.sign({ email: «email» }, key)); });",
      "app.post('/login', (req, res) => { const user = { name: «req.body.username» }; const token = sign(user); tokens.push(token); res.json({ token }); }); function sign(user) { return jwt.sign(user, key); }",
      "const app = express(); app.get('/token/:id', (req, res) => { console.log(req.params.id); res.json(jwt.sign({ sub: «req.params.id» }, key)); });",
      "app.post('/login', (req, res) => res.json(jwt.sign({}, key, { subject: «req.body.id» })));",
      "app.post('/login', (req, res) => res.json(jwt.sign(«req.body.username», key)));",
      "app.post('/login', (req, res) => res.json(jwt.sign({ user: { id: «req.body.id» } }, key)));",
      "app.post('/refresh', (req, res) => { if (!tokens.includes(req.body.token)) return res.sendStatus(401); res.json(jwt.sign({ user: «req.body.name» }, key)); });",
      "app.post('/refresh', (req, res) => { jwt.verify(req.body.token, key, options); res.json(jwt.sign({ id: «req.body.id» }, key)); });",
      "app.post('/refresh', (req, res) => jwt.verify(req.body.token, key, (error) => { if (error) return res.sendStatus(401); res.json(jwt.sign({ id: «req.body.id» }, key)); }));",
      "app.post('/refresh', (req, res) => jwt.verify(req.body.token, key, (error, claims) => { if (error) return res.sendStatus(401); res.json(jwt.sign({ id: «req.body.id» }, key)); }));",
      "app.post('/login', (req, res) => { const user = { ...req.body }; res.json(jwt.sign({ id: «user.id» }, key)); });",
      "app.post('/jwt', (req, res) => { const { userEmail } = req.body; res.json(jwt.sign({ userEmail: «userEmail» }, key)); });",
      "export const createJWT = (req, res) => res.json(jwt.sign({ email: «req.body.email» }, key));",
      "app.post('/login', (req, res) => { const { body: { role } } = req; res.json(jwt.sign({ role: «role» }, key)); });",
      "app.post('/login', (req, res) => { const { role } = req.body; res.json(jwt.sign({ role: «Number(role || 0)» }, key)); });",
      "app.post('/login', asyncHandler(async (req, res) => { if (typeof req.body.name !== 'string' || req.body.name.length < 3) throw new Error('name'); res.json(jwt.sign({ name: «req.body.name» }, key)); }));",
      "const login = (req, res) => res.json(jwt.sign({ name: «req.body.username» }, key)); app.post('/login', login);",
      "app.post('/login', (req, res) => { const { name, password, again } = req.body; if (password !== again || name.length === 3 || req.method !== 'POST') return res.sendStatus(400); res.json(jwt.sign({ name: «name» }, key)); });",
      "export const resolvers = { Mutation: { login: (parent, args) => jwt.sign({ email: «args.email» }, key) } };",
      "export const signIn = (req, res) => res.json(jwt.sign({ role: «req.body.role» }, key));",
      "app.post('/login', (req, res) => { const { id } = req.body; res.json(jwt.sign({ id: «id» }, key)); });",
      "const app = new Koa(); app.post('/token', (ctx) => { ctx.body = jwt.sign({ sub: «ctx.request.body.id» }, key); });",
      "app.post('/login', (req, res) => { const { email } = loginSchema.parse(req.body); res.json(jwt.sign({ email: «email» }, key)); });",
      "app.post('/login', async (req, res) => { const parsed = await loginSchema.safeParseAsync(req.body); if (!parsed.success) return res.sendStatus(400); res.json(jwt.sign({ email: «parsed.data.email» }, key)); });",
      "app.post('/login', ({ body }, res) => res.json(jwt.sign({ name: «body.username» }, key)));",
      // The record of whomever the request names
      "exports.googleLogin = async (req, res) => { const { email } = req.body; const user = await User.findOne({ email: «email» }); if (!user) return res.status(404).json({}); res.json({ token: jwt.sign({ id: user._id }, key) }); };",
      "exports.googleAuth = async (req, res) => { const { email, name } = req.body; let user = await User.findOne({ email: «email» }); if (!user) { user = new User({ email, name }); await user.save(); } const token = jwt.sign({ id: user._id }, key); return res.cookie('token', token).json({ user }); };",
      "app.post('/login', async (req, res) => { const { email, password } = req.body; const user = await prisma.user.findUnique({ where: { email: «email» } }); if (!user || user.role !== 'admin') return res.sendStatus(404); res.json(jwt.sign({ id: user.id, role: user.role }, key)); });",
      "app.post('/login', (req, res) => { User.findOne({ $or: [{ email: «req.body.login» }, { username: req.body.login }] }).then((user) => { res.json(jwt.sign({ id: user.id }, key)); }); });",
      "app.post('/login', (req, res) => { User.findOne({ email: «req.body.email» }, (error, user) => { if (error) return res.sendStatus(500); res.json(jwt.sign({ id: user.id }, key)); }); });",
      "export const socialLogin = async (req, res) => { const user = await findUserByEmail(«req.body.email»); user.lastSeen = Date.now(); await user.save(); res.json(jwt.sign(user.toJSON(), key)); };",
      "export const signIn = async (req, res) => { const user = await User.findOne({ googleId: «req.body.googleId» }).select('name').exec(); res.json(jwt.sign({ id: user.id, name: user.name }, key)); };",
      "export const login = async (req, res) => { const user = await db('users').where({ email: «req.body.email» }).first(); res.json(jwt.sign({ id: user.id }, key)); };",
      "export const login = async (req, res) => { const user = await User.findOneAndUpdate({ email: «req.body.email» }, { seen: Date.now() }, { new: true }); res.json(jwt.sign({ id: user.id }, key)); };",
    ].map((body) =>
      marked(`${JWT}\n${body}`, { messageId: "askedIdentity", data: { name: "jwt.sign" } }),
    ),
    marked(
      `${JWT}\nexport async function POST(request) { const { email } = await request.json(); return Response.json({ token: jwt.sign({ email: «email» }, key) }); }`,
      { messageId: "askedIdentity", data: { name: "jwt.sign" } },
      { filename: "src/app/api/login/route.ts" },
    ),
    marked(
      `const admin = require("firebase-admin"); const app = require("express")();\napp.post("/token", (req, res) => { admin.auth().createCustomToken(«req.body.uid»).then((token) => res.send(token)); });`,
      { messageId: "askedIdentity", data: { name: "createCustomToken" } },
    ),
    marked(
      `import { SignJWT } from "jose"; app.post("/sign-in", async (req, res) => { res.json(await new SignJWT({ email: «req.body.email» }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key)); });`,
      { messageId: "askedIdentity", data: { name: "sign" } },
    ),
    // Whoever has typed anything in
    ...[
      "async authorize(credentials) { return «{ id: credentials.username, role: credentials.role }»; }",
      "authorize: async (credentials) => { if (!credentials?.email) return null; const user = { id: '1', name: 'J Smith' }; if (user) { return «user»; } return null; }",
      "authorize: (credentials) => («{ id: `demo_${credentials.role}` }»)",
      "async authorize(credentials) { const parsed = loginSchema.safeParse(credentials); if (!parsed.success) return null; return «{ id: parsed.data.role }»; }",
      "authorize(credentials) { if (process.env.NODE_ENV === 'production') console.log('in'); return «{ id: 1 }»; }",
      "async authorize(credentials) { const member = await db.member.findUnique({ where: { id: Number(credentials.memberId) } }); const token = await issue({ id: member.id }); return «{ id: member.id, token }»; }",
    ].map((authorize) =>
      marked(
        `import CredentialsProvider from "next-auth/providers/credentials"; import { SignJWT } from "jose"; const issue = (claims) => new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(key); export default NextAuth({ providers: [CredentialsProvider({ name: "x", ${authorize} })] });`,
        { messageId: "openSignIn" },
      ),
    ),
    ...[
      'import Providers from "next-auth/providers"; Providers.Credentials({ authorize: () => («{ id: 1 }») });',
      'import Credentials from "@auth/core/providers/credentials"; Credentials({ authorize: () => («{ id: 1 }») });',
      'const Credentials = require("next-auth/providers/credentials").default; Credentials({ authorize: () => («{ id: 1 }») });',
    ].map((code) => marked(`// jwt\n${code}`, { messageId: "openSignIn" })),
    // A cookie that is no token of three parts, and has no signature at all
    ...[
      "JSON.parse(atob(event.cookies.get('jwt')))",
      "JSON.parse(Buffer.from(event.cookies.token, 'base64').toString())",
    ].map((read) =>
      marked(
        `export function handle({ event, resolve }) {\n  event.locals.user = «${read}»;\n  return resolve(event);\n} // jwt`,
        { messageId: "identity", data: { name: "This code", line: "2" } },
      ),
    ),
    // That there is a refresh token renews nothing.
    ...[
      "const held = req.cookies.get('refresh_token')?.value;",
      "if (!req.cookies.refresh_token) console.log('no refresh token');",
    ].map((line) =>
      marked(
        `${JWT}\nfunction isExpired(token) { return «jwt.decode(token)».exp < Date.now() / 1000; }\nexport function auth(req, res, next) { ${line} if (!req.cookies.token || isExpired(req.cookies.token)) return res.redirect('/login'); next(); }`,
        {
          messageId: "decision",
          data: { name: "jwt.decode", line: "3", what: "it" },
          suggestions: replaced(
            `${JWT}\nfunction isExpired(token) { return «jwt.decode(token)».exp < Date.now() / 1000; }\nexport function auth(req, res, next) { ${line} if (!req.cookies.token || isExpired(req.cookies.token)) return res.redirect('/login'); next(); }`,
            "jwt.decode(token)",
            verified("token"),
          ),
        },
      ),
    ),
    // Whoever asks writes the claims.
    ...[
      "res.json(jwt.sign(«req.body», key));",
      "const user = req.body; res.json(jwt.sign(«user», key, { expiresIn: '1h' }));",
      "res.json(jwt.sign({ ...«req.body», at: Date.now() }, key));",
      "res.json(jwt.sign({ user: «req.body» }, key));",
    ].map((body) =>
      marked(`${JWT}\nexport const issue = async (req, res) => { ${body} };`, {
        messageId: "askedClaims",
        data: { name: "jwt.sign" },
      }),
    ),
    marked(
      `${JWT}\nexport async function POST(request) { const body = await request.json(); return Response.json({ token: jwt.sign(«body», key) }); }`,
      { messageId: "askedClaims", data: { name: "jwt.sign" } },
    ),
    marked(
      `${JWT}\napp.get("/token/:email", (req, res) => { const asked = req.params; res.json(jwt.sign({ ...«asked», at: Date.now() }, key)); });`,
      { messageId: "askedClaims", data: { name: "jwt.sign" } },
    ),
    ...["body", "params"].map((place) =>
      marked(
        `${JWT}\napp.post("/token/:name", async ({ ${place} }) => ({ token: jwt.sign(«${place}», key) }));`,
        { messageId: "askedClaims", data: { name: "jwt.sign" } },
      ),
    ),
    marked(
      `${JWT}\nexport const handler = async (event) => { const claims = JSON.parse(event.body); return jwt.sign(«claims», key); };`,
      { messageId: "askedClaims", data: { name: "jwt.sign" } },
    ),
    ...[
      "token = { ...token, ...«session.user» };",
      "return { ...token, ...«session» };",
      "Object.assign(token, «session.user»);",
      "token.user = «session.user»;",
      "token.role = «session.user.role»;",
      "token.role = «session.user.role ?? token.role»;",
      "token.role = «session.user.role ? session.user.role : token.role»;",
      "const { user: changed } = session; token.role = «changed.role»;",
      "const changed = session.user; token.name = changed.name; token.role = «changed.role»;",
      "const { image, ...rest } = session.user; token = { ...token, ...«rest» };",
    ].map((body) =>
      marked(
        `import NextAuth from "next-auth"; export default NextAuth({ providers: [], callbacks: { async jwt({ token, user, trigger, session }) { if (trigger === "update") { ${body} } return token; } } });`,
        { messageId: "askedUpdate" },
      ),
    ),
    // A guard of a client lets somebody in.
    marked(
      `${DECODE}\nexport const canActivate = () => { const claims = «jwtDecode(localStorage.getItem("token"))»; return claims.role === "admin"; };`,
      {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "2", what: "the claim role" },
      },
    ),
    // The role that stands in an object.
    marked(
      `${DECODE}\nconst read = (token) => { const claims = «jwtDecode(token)»; return { email: claims.sub, role: claims.role }; };\nexport function start() { const me = read(localStorage.getItem("token")); if (me.role !== "admin") throw new Error("denied"); }`,
      {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "3", what: "the claim role" },
      },
    ),
    // An ID token that a client hands in is no answer of a token endpoint.
    jsonwebtoken(
      "export async function google(req, res) {\n  const claims = «jwt.decode(req.body.idToken)»;\n  res.json(await User.findOne({ email: claims.email }));\n}",
      "data",
      { name: "jwt.decode", line: "4", what: "the claim email" },
      "req.body.idToken",
    ),
    ...[
      ["(await request.json()).idToken", "request"],
      ["JSON.parse(event.body).id_token", "event"],
      ["ctx.request.body.id_token", "ctx"],
      ["args.idToken", "args"],
    ].map(([token, given]) =>
      marked(
        `${DECODE}\nexport async function enter(${given}) {\n  const claims = «jwtDecode(${token})»;\n  return User.findOne({ email: claims.email });\n}`,
        {
          messageId: "data",
          data: { name: "jwtDecode", line: "4", what: "the claim email" },
        },
      ),
    ),
    // Another file signs in whoever the token names.
    jsonwebtoken(
      'import { loginUser } from "./accounts";\nexport async function enter(idToken) {\n  const { email } = «jwt.decode(idToken)»;\n  return loginUser({ email, emailVerified: true });\n}',
      "identity",
      { name: "jwt.decode", line: "5" },
      "idToken",
    ),
    // hapi is told who is there.
    jsonwebtoken(
      "export const authenticate = (request, h) => {\n  const claims = «jwt.decode(request.state.session)»;\n  return h.authenticated({ credentials: { claims, scope: claims.scope } });\n};",
      "identity",
      { name: "jwt.decode", line: "4" },
      "request.state.session",
    ),
    // Handed back to the client that it came from; a scope that decides.
    jsonwebtoken(
      'export async function renew(req, response, token) {\n  const { sub } = «jwt.decode(token)»;\n  response.cookie("session", token, FLAGS);\n  response.cookie("guard", jwt.sign({ sub }, key, options), FLAGS);\n}',
      "identity",
      { name: "jwt.decode", line: "5" },
      "token",
    ),
    jsonwebtoken(
      "export function eventOf(req) {\n  const claims = «jwt.decode(req.token)»;\n  if (claims.scope) {\n    allow(claims.scope);\n  }\n}",
      "decision",
      { name: "jwt.decode", line: "4", what: "the claim scope" },
      "req.token",
    ),
    // Kept in a table, which gives nothing to a client; a claim that is only named in what is done.
    jsonwebtoken(
      "export function remember(token) {\n  const { sub } = «jwt.decode(token)»;\n  cache.set(sub, token);\n  return User.findOne({ id: sub });\n}",
      "data",
      { name: "jwt.decode", line: "5", what: "the claim sub" },
      "token",
    ),
    jsonwebtoken(
      'export function modeOf(req) {\n  const claims = «jwt.decode(req.token)»;\n  let mode;\n  if (claims.admin) {\n    mode = "admin";\n  }\n  return mode;\n}',
      "decision",
      { name: "jwt.decode", line: "5", what: "the claim admin" },
      "req.token",
    ),
    marked(
      `${DECODE}\nexport function enter(req, res) {\n  req.session.user = req.body;\n  res.json(findUser({ id: «jwtDecode(req.session.user.token)».sub }));\n}`,
      { messageId: "data", data: { name: "jwtDecode", line: "4", what: "the claim sub" } },
    ),
    // The server keeps what the client has just said.
    marked(
      `${DECODE}\nexport function enter(req, res) {\n  req.session.token = req.body.token;\n  res.json(findUser({ id: «jwtDecode(req.session.token)».sub }));\n}`,
      { messageId: "data", data: { name: "jwtDecode", line: "4", what: "the claim sub" } },
    ),
    // A check that is given only the claims, or who was found by them, has seen no signature.
    ...[
      "validateAccount({ email })",
      "verifyUser(user)",
      'validateLogin(user.state, "google")',
    ].map((check) =>
      marked(
        `${DECODE}\nimport { validateAccount, validateLogin, verifyUser } from "./checks";\nexport async function enter(idToken) {\n  const { email } = «jwtDecode(idToken)»;\n  const user = await User.findOne({ email });\n  await ${check};\n  return user;\n}`,
        { messageId: "data", data: { name: "jwtDecode", line: "5", what: "the claim email" } },
      ),
    ),
    // Requests of one kind are verified, and those of the other are only read.
    jsonwebtoken(
      "export function auth(req, res, next) {\n  if (req.token.length < 500) req.userId = jwt.verify(req.token, key, options).id;\n  else req.userId = «jwt.decode(req.token)».sub;\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "4" },
      "req.token",
    ),
    jsonwebtoken(
      "export function auth(req, res, next) {\n  if (req.isOwn) {\n    req.userId = jwt.verify(req.token, key, options).id;\n    return next();\n  }\n  req.userId = «jwt.decode(req.token)».sub;\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "7" },
      "req.token",
    ),
    jsonwebtoken(
      "export function auth(req, res, next) {\n  if (req.isForeign) {\n    req.userId = «jwt.decode(req.token)».sub;\n    return next();\n  }\n  req.userId = jwt.verify(req.token, key, options).id;\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "4" },
      "req.token",
    ),
    // What anybody wrote is in a genuine token now.
    identity("res.json(jwt.sign({ id: claims.sub }, key));"),
    identity("res.json(jwt.sign(claims, key));"),
    identity("res.json(await issueToken(claims.sub));"),
    marked(
      `${DECODE}\nimport { SignJWT } from "jose";\nexport async function renew(req) {\n  const { sub } = «jwtDecode(req.headers.authorization)»;\n  return new SignJWT({ sub }).setProtectedHeader({ alg: "HS256" }).sign(key);\n}`,
      { messageId: "identity", data: { name: "jwtDecode", line: "5" } },
    ),
    // What cannot be read throws, and everything else goes on.
    jsonwebtoken(
      "export function validateToken(req, res, next) {\n  const { sub } = «jwt.decode(req.token)»;\n  log(sub);\n  next();\n}",
      "verifier",
      { name: "jwt.decode", function: "validateToken" },
      "req.token",
    ),
    // A variable that an access rule hangs on.
    marked(
      `${DECODE}\nimport { useNavigate } from "react-router-dom";\nexport function Page() {\n  const claims = «jwtDecode(localStorage.getItem("token"))»;\n  const isAdmin = claims.role === "admin";\n  if (!isAdmin) return useNavigate()("/");\n  return null;\n}`,
      {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "5", what: "the claim role" },
      },
    ),
    // A guard that lets in whatever can be read.
    jsonwebtoken(
      "export function requireLogin(req, res, next) {\n  const claims = «jwt.decode(req.token)»;\n  if (claims) next();\n  else res.sendStatus(401);\n}",
      "decision",
      { name: "jwt.decode", line: "4", what: "it" },
      "req.token",
    ),
    jsonwebtoken(
      "export class Gate {\n  canActivate(context) {\n    const claims = «jwt.decode(context.token)»;\n    if (!claims) throw new UnauthorizedException();\n    return true;\n  }\n}",
      "decision",
      { name: "jwt.decode", line: "5", what: "it" },
      "context.token",
    ),
    marked(
      `${JOSE}\nimport { NextResponse } from "next/server";\nexport function middleware(req) {\n  const claims = «decodeJwt(req.cookies.get("token").value)»;\n  if (claims.exp * 1000 < Date.now()) return NextResponse.redirect(new URL("/login", req.url));\n  return NextResponse.next();\n}`,
      { messageId: "decision", data: { name: "decodeJwt", line: "5", what: "the claim exp" } },
    ),
    // Without a declaration it is a variable of the file all the same.
    jsonwebtoken(
      "export async function mine(req, res) {\n  claims = «jwt.decode(req.token)»;\n  if (req.params.name !== claims.username) return res.sendStatus(404);\n}",
      "decision",
      { name: "jwt.decode", line: "4", what: "the claim username" },
      "req.token",
    ),
    data("res.json(await habits.getItemsByUserID(claims.sub));"),
    // Issuers put a namespace before names of their own.
    data('res.json(await User.findOne({ name: claims["cognito:username"] }));', "username"),
    jsonwebtoken(
      reads(
        'if (!claims["https://app.example/roles"].includes("admin")) return res.sendStatus(403);',
        "«jwt.decode(req.token)»",
      ),
      "decision",
      { name: "jwt.decode", line: "4", what: "the claim roles" },
      "req.token",
    ),
    // A gate that asks for nothing but the time.
    marked(
      `${JOSE}\nimport { NextResponse } from "next/server";\nexport function middleware(req) {\n  const claims = «decodeJwt(req.cookies.get("token").value)»;\n  if (claims.exp < now()) return NextResponse.redirect(new URL("/login", req.url));\n  return NextResponse.next();\n}`,
      { messageId: "decision", data: { name: "decodeJwt", line: "5", what: "the claim exp" } },
    ),
    jsonwebtoken(
      "export function gate(req, res, next) {\n  const claims = «jwt.decode(req.token)»;\n  if (claims.exp < now()) return res.sendStatus(401);\n  next();\n}",
      "decision",
      { name: "jwt.decode", line: "4", what: "the claim exp" },
      "req.token",
    ),
    // Of a tuple the part that holds the claims.
    marked(
      `import { decode } from "https://deno.land/x/djwt@v3.0.2/mod.ts";\nDeno.serve((req) => {\n  const [, claims] = «decode(req.token)»;\n  if (claims.role !== "admin") return new Response("no", { status: 403 });\n  return new Response("yes");\n});`,
      { messageId: "decision", data: { name: "decode", line: "4", what: "the claim role" } },
    ),
    // The element that the program takes for the payload is the header.
    marked(
      `import { decode } from "https://deno.land/x/djwt@v3.0.2/mod.ts";\nDeno.serve((req) => {\n  const [payload] = «decode(req.token)»;\n  if (payload.role !== "admin") return new Response("no", { status: 403 });\n  return new Response("yes");\n});`,
      { messageId: "decision", data: { name: "decode", line: "4", what: "the claim role" } },
    ),
    // A client that turns somebody away by what is kept there.
    marked(
      `${DECODE}\nimport { useNavigate } from "react-router-dom";\nexport function Home() {\n  const navigate = useNavigate();\n  return () => {\n    const claims = «jwtDecode(localStorage.getItem("token"))»;\n    if (claims.role !== "admin") navigate("/");\n  };\n}`,
      {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "7", what: "the claim role" },
      },
    ),
    jsonwebtoken(
      "export function authenticate(req, res, next) {\n  req.user = «jwt.decode(req.token)»;\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "3" },
      "req.token",
    ),
    jsonwebtoken(
      "export function authenticate(req, res, next) {\n  const claims = «jwt.decode(req.token)»;\n  const { id } = claims;\n  req.userId = id;\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "5" },
      "req.token",
    ),
    jsonwebtoken(
      "export async function remove(req, res) {\n  const claims = «jwt.decode(req.token)»;\n  await User.deleteOne({ owner: claims.sub });\n  await User.findById(claims.sub);\n}",
      "data",
      { name: "jwt.decode", line: "4", what: "the claim sub" },
      "req.token",
    ),
    jsonwebtoken(
      'export function remove(req, res) {\n  const claims = «jwt.decode(req.token)»;\n  if (claims.role !== "admin") return res.sendStatus(403);\n}',
      "decision",
      { name: "jwt.decode", line: "4", what: "the claim role" },
      "req.token",
    ),
    // Where nothing is configured, also in an attempt
    jsonwebtoken(
      "export function verifyToken(token) {\n  if (!process.env.KEY) {\n    try {\n      return «jwt.decode(token)»;\n    } catch {\n      return null;\n    }\n  }\n  return jwt.verify(token, process.env.KEY, options);\n}",
      "verifier",
      { name: "jwt.decode", function: "verifyToken" },
      "token",
    ),
    // bcrypt reads 72 bytes of a token, which anybody can write.
    jsonwebtoken(
      "export async function logout(token) {\n  const claims = «jwt.decode(token)»;\n  const row = await User.findById(claims.sub);\n  if (!(await bcrypt.compare(token, row.hash))) throw new Error('no');\n}",
      "data",
      { name: "jwt.decode", line: "4", what: "the claim sub" },
      "token",
    ),
    // What a request says twice is no proof, and neither is a look whether there is one.
    ...[
      "if (req.body.token !== token) throw new Error('no');",
      "if (token === last) return known;",
      "if (token === undefined) throw new Error('no');",
    ].map((line) =>
      jsonwebtoken(
        `export async function logout(req, token) {\n  const claims = «jwt.decode(token)»;\n  ${line}\n  return User.findById(claims.sub);\n}`,
        "data",
        { name: "jwt.decode", line: "5", what: "the claim sub" },
        "token",
      ),
    ),
    // A service that is asked for what is somebody's
    jsonwebtoken(
      'export class Results {\n  async list(authorization) {\n    const claims = «jwt.decode(authorization.split(" ")[1])»;\n    return { result: await this.resultService.allOf(claims.email) };\n  }\n}',
      "data",
      { name: "jwt.decode", line: "5", what: "the claim email" },
      'authorization.split(" ")[1]',
    ),
    // What NestJS hands to handlers
    jsonwebtoken(
      "export const Maybe = createParamDecorator((data, context) => {\n  const claims = «jwt.decode(context.switchToHttp().getRequest().cookies.token)»;\n  return claims;\n});",
      "identity",
      { name: "jwt.decode", line: "4" },
      "context.switchToHttp().getRequest().cookies.token",
    ),
    ...[
      "return new Caller(claims.sub, claims.login);",
      "const caller = new Caller(claims); return caller;",
    ].map((line) =>
      jsonwebtoken(
        `export const Maybe = createParamDecorator((data, context) => {\n  const claims = «jwt.decode(context.token)»;\n  ${line}\n});`,
        "identity",
        { name: "jwt.decode", line: "4" },
        "context.token",
      ),
    ),
    jsonwebtoken(
      "export const verifyToken = (token) => «jwt.decode(token)»;",
      "verifier",
      { name: "jwt.decode", function: "verifyToken" },
      "token",
    ),
    jsonwebtoken(
      "export function getCurrentUser(req) {\n  const claims = «jwt.decode(req.token)»;\n  return { id: claims.sub };\n}",
      "verifier",
      { name: "jwt.decode", function: "getCurrentUser" },
      "req.token",
    ),
    jsonwebtoken(
      "const read = (token) => «jwt.decode(token)»;\nexport function guard(req, res, next) {\n  req.user = read(req.token);\n  next();\n}",
      "identity",
      { name: "jwt.decode", line: "4" },
      "token",
    ),
    jsonwebtoken(
      "new ApolloServer({ context: ({ req }) => ({ user: «jwt.decode(req.token)» }) });",
      "identity",
      { name: "jwt.decode", line: "2" },
      "req.token",
    ),
    // Another token is verified in the same function.
    jsonwebtoken(
      "function refresh(req, refreshToken, accessToken) {\n  jwt.verify(refreshToken, key, options);\n  req.user = «jwt.decode(accessToken)»;\n}",
      "identity",
      { name: "jwt.decode", line: "4" },
      "accessToken",
    ),
    // Without an edit: options stand there already.
    marked(
      `${CJS}\nmodule.exports.auth = (req, res, next) => {\n  const { payload } = «jwt.decode(req.token, { complete: true })»;\n  req.user = payload;\n  next();\n};`,
      { messageId: "identity", data: { name: "jwt.decode", line: "4" } },
    ),
    marked(
      'import { decode as read } from "jsonwebtoken";\nexport function auth(req, res, next) {\n  req.user = «read(req.token)»;\n  next();\n}',
      { messageId: "identity", data: { name: "read", line: "3" } },
    ),
    marked(
      `${JOSE}\nexport async function GET(req) {\n  const claims = «decodeJwt(req.token)»;\n  return db.users.findOne({ id: claims.sub }, await load(claims.sub));\n}`,
      { messageId: "data", data: { name: "decodeJwt", line: "4", what: "the claim sub" } },
    ),
    marked(
      `${DECODE}\nexport default function handler(req, res) {\n  const { role } = «jwtDecode(req.token)»;\n  if (role === "admin") res.send(secrets);\n}`,
      { messageId: "decision", data: { name: "jwtDecode", line: "4", what: "the claim role" } },
    ),
    marked(
      `import jwt_decode from "jwt-decode";\nexport function currentUser(req) {\n  return «jwt_decode(req.token)».sub;\n}`,
      { messageId: "verifier", data: { name: "jwt_decode", function: "currentUser" } },
    ),
    // Parameters of statements, filters, and forms that a query wants.
    data('await pool.query("select * from users where id = $1", [claims.sub]);'),
    data('await pool.execute("DELETE FROM notes WHERE owner = ?", [claims.sub]);'),
    data('db.get("select * from users where id = ?", claims.sub, done);'),
    data("await prisma.$queryRaw`select * from users where id = ${claims.sub}`;"),
    data("await sql`update users set seen = now() where id = ${claims.sub}`;"),
    data("await db.select().from(users).where(eq(users.id, claims.sub));"),
    data('await supabase.from("users").select("*").eq("id", claims.sub).single();'),
    data("await User.aggregate([{ $match: { _id: claims.sub } }]);"),
    data("await users.findOne({ where: [{ id: claims.sub }] });"),
    data("await Report.findOne({ author: claims.doctor.id });", "doctor"),
    data("await sessions.deleteMany({ where: { userId: claims.sub, kind: req.kind } });"),
    // A token that is written beside the claim is compared with nothing.
    data("await users.update({ where: { id: claims.sub }, data: { token: req.token } });"),
    data("await users.updateOne({ _id: claims.sub }, { $set: { token: req.token } });"),
    data("const user = users.get(claims.sub);"),
    data("const user = this.accountsById[claims.sub];"),
    data("await users.findOne({ where: { id: Equal(claims.sub) } });"),
    data("await users.findOne({ _id: new mongoose.Types.ObjectId(claims.sub) });"),
    data("await users.findOne({ where: { id: +claims.sub } });"),
    // Whose a new record is.
    identity("await prisma.post.create({ data: { authorId: claims.sub } });"),
    identity("await new Post({ owner: claims.sub, text }).save();"),
    identity("const post = new Post({ owner: claims.sub }); await post.save();"),
    identity("const post = new Post({ owner: claims.sub }); await Post.create(post);"),
    identity("const post = new Post({ owner: claims.sub }); await posts.save(post);"),
    identity("const post = new Post(); post.owner = claims.sub; await post.save();"),
    // Models of mongoose, without `new`
    identity("const card = Card({ owner: claims.email }); await card.save();"),
    identity("await Card({ owner: claims.sub }).save();"),
    identity(
      "Card.findOne({}).then(async (last) => { const card = Card({ no: last.no + 1, by: claims.sub }); await card.save(); });",
    ),
    // All of them, put into what is handed on of the request
    identity('req.cookies.set("session_data", JSON.stringify(claims));'),
    identity(
      'const headers = new Headers(req.headers); headers.set("x-jwt-data", JSON.stringify(claims));',
    ),
    identity('const cookies = req.cookies; cookies.set("x-jwt-data", JSON.stringify(claims));'),
    // Who the services behind a gateway are told it is.
    identity('proxied.setHeader("x-user-id", claims.sub);'),
    identity('req.headers["x-user-role"] = claims.role;'),
    identity("ctx.state.userData = claims;"),
    identity("req.usuario = claims;"),
    identity("socket.decoded_token = claims;"),
    identity("req.body.createdBy = claims.id;"),
    identity("req.body.UpdatedUserID = claims.id;"),
    jsonwebtoken(
      "export const handler = async (event) => {\n  const claims = «jwt.decode(event.token)»;\n  return { principalId: claims.sub, policyDocument };\n};",
      "identity",
      { name: "jwt.decode", line: "4" },
      "event.token",
    ),
    // Guards of other routers, of other paths, and too late.
    jsonwebtoken(
      'open.use(cors());\nadmin.use(auth);\nopen.get("/me", (req) => User.findById(«jwt.decode(req.token)».sub));',
      "data",
      { name: "jwt.decode", line: "4", what: "the claim sub" },
      "req.token",
    ),
    jsonwebtoken(
      'app.use("/m", auth);\napp.use("/auth", authRoutes);\napp.get("/me", (req) => User.findById(«jwt.decode(req.token)».sub));',
      "data",
      { name: "jwt.decode", line: "4", what: "the claim sub" },
      "req.token",
    ),
    jsonwebtoken(
      'app.get("/me", (req) => User.findById(«jwt.decode(req.token)».sub));\napp.use(auth);',
      "data",
      { name: "jwt.decode", line: "2", what: "the claim sub" },
      "req.token",
    ),
    // Verified only where the configuration says so.
    jsonwebtoken(
      "export const verifyToken = (token) => process.env.KEY ? jwt.verify(token, process.env.KEY, options) : «jwt.decode(token)»;",
      "verifier",
      { name: "jwt.decode", function: "verifyToken" },
      "token",
    ),
    jsonwebtoken(
      'export function auth(req, res, next) {\n  if (process.env.SKIP === "1") {\n    req.user = «jwt.decode(req.token)»;\n    return next();\n  }\n  req.user = jwt.verify(req.token, key, options);\n  next();\n}',
      "identity",
      { name: "jwt.decode", line: "4" },
      "req.token",
    ),
    jsonwebtoken(
      "export const tokenVerify = (token) => «jwt.decode(token)»;",
      "verifier",
      { name: "jwt.decode", function: "tokenVerify" },
      "token",
    ),
    // Who is connected
    marked(
      `${DECODE}
io.on("connection", (socket) => { socket.on("joined", (token) => { const { username } = «jwtDecode(token)»;
  online.add(username); }); });`,
      { messageId: "identity", data: { name: "jwtDecode", line: "3" } },
    ),
    marked(
      `const jwtDecode = require("jwt-decode");\nexports.middleware = (req, res, next) => {\n  req.user = «jwtDecode(req.token)»;\n  next();\n};`,
      { messageId: "identity", data: { name: "jwtDecode", line: "3" } },
    ),
    (() => {
      const code = `${NEST}\nclass AuthGuard {\n  constructor(private readonly jwt: JwtService) {}\n  canActivate(context) {\n    const request = context.switchToHttp().getRequest();\n    request.user = «this.jwt.decode(request.token)»;\n    return true;\n  }\n}`;
      return marked(
        code,
        {
          messageId: "identity",
          data: { name: "this.jwt.decode", line: "6" },
          suggestions: replaced(
            code,
            "this.jwt.decode(request.token)",
            "this.jwt.verify(request.token)",
            "this.jwt",
          ),
        },
        { ts: true },
      );
    })(),
    // Taken apart by hand, in one expression, through variables, and through a helper.
    marked(
      'export function requireAdmin(req, res, next) {\n  const claims = «JSON.parse(Buffer.from(req.token.split(".")[1], "base64").toString())»;\n  if (claims.role !== "admin") return res.sendStatus(403);\n  next();\n}',
      { messageId: "decision", data: { name: "This code", line: "3", what: "the claim role" } },
    ),
    marked(
      'function parse(token) {\n  const part = token.split(".")[1];\n  const text = part.replace(/-/g, "+").replace(/_/g, "/");\n  return «JSON.parse(decodeURIComponent(escape(atob(text))))»;\n}\nexport function auth(req, res, next) {\n  req.user = parse(req.token);\n  next();\n}',
      { messageId: "identity", data: { name: "This code", line: "7" } },
    ),
    marked(
      'export function auth(req, res, next) {\n  const [, body] = req.token.split(".");\n  req.user = «JSON.parse(Buffer.from(body, "base64url"))»;\n  next();\n}',
      { messageId: "identity", data: { name: "This code", line: "3" } },
    ),
    marked(
      'export function verifyToken(token) {\n  return «JSON.parse(atob(token.split(".")[1]))»;\n}',
      { messageId: "verifier", data: { name: "this code", function: "verifyToken" } },
    ),
    // What is asked beside whether claims are there decides all the same.
    ...[
      ["claims.role", "role"],
      ["claims.sub && claims.isAdmin", "isAdmin"],
      ['claims.sub && claims.role === "admin"', "role"],
      ["token && claims.role", "role"],
      ["claims && claims.role", "role"],
      ["claims.permissions && claims.role", "permissions"],
      ["claims.sub || claims.role", "role"],
    ].map(([asked = "", name = ""]) =>
      marked(
        `${DECODE}\nexport function enter() {\n  const token = localStorage.getItem("token");\n  const claims = «jwtDecode(token)»;\n  if (!(${asked})) throw new Error("denied");\n}`,
        {
          messageId: "clientDecision",
          data: { name: "jwtDecode", line: "5", what: `the claim ${name}` },
        },
      ),
    ),
    // An access rule in a client, outside of what is drawn.
    ...[
      "openVault(claims.sub);",
      "loadShop(claims.sub); unlock();",
      "loadShop(claims.sub).then(show); return;",
    ].map((consequent) =>
      marked(
        `${DECODE}\nimport { useEffect } from "react";\nexport function Home() {\n  useEffect(() => {\n    const claims = «jwtDecode(localStorage.getItem("token"))»;\n    if (claims.role === "admin") { ${consequent} }\n  }, []);\n}`,
        {
          messageId: "clientDecision",
          data: { name: "jwtDecode", line: "6", what: "the claim role" },
        },
      ),
    ),
    marked(
      `${DECODE}\nimport { redirect } from "react-router-dom";\nexport function adminLoader(token) {\n  const claims = «jwtDecode(token)»;\n  if (!claims.roles.includes("admin")) throw redirect("/");\n}`,
      {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "5", what: "the claim roles" },
      },
    ),
    ...[
      'if (!allowed.includes(claims.role)) { router.navigate(["/login"]); return false; }',
      'if (ADMINS.has(claims.role)) openVault(); else throw new Error("denied");',
      'if (to.meta.roles.indexOf(claims.role) === -1) throw new Error("denied");',
      'return allowed.includes(claims.role) ? vault : redirect("/403");',
    ].map((body) =>
      marked(listed(body), {
        messageId: "clientDecision",
        data: {
          name: "jwtDecode",
          line: "4",
          what: `the claim ${/claims\.(\w+)/u.exec(body)?.[1] ?? ""}`,
        },
      }),
    ),
    // What a page has read is sent to sign in, in place of the token
    ...[
      "axios.post('/api/google-login', { email: claims.email, name: claims.name });",
      "axios.post(`${import.meta.env.VITE_API}/google/auth`, claims);",
      "if (!answer.credential) console.log(answer); axios.post('/api/google-login', { email: claims.email });",
      "fetch('/auth/social', { method: 'POST', body: JSON.stringify({ email: claims.email }) });",
      "const { email, name } = claims; api.post('/users/login', { email, name });",
    ].map((send) =>
      marked(
        `${DECODE}\nimport { GoogleLogin } from "@react-oauth/google";\nconst enter = (answer) => {\n  const claims = «jwtDecode(answer.credential)»;\n  ${send}\n};`,
        { messageId: "sentClaims", data: { name: "jwtDecode", line: "5" } },
      ),
    ),
    ...[
      "if (claims.email === 'boss@shop.example') { return props.children; } return null;",
      "if ('boss@shop.example' === claims.email) return props.children; return null;",
      "return claims.email === 'boss@shop.example' ? props.children : null;",
    ].map((body) =>
      marked(shownTo(body), {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "5", what: "the claim email" },
      }),
    ),
    ...[
      PAGES.replace('["home"]', '["login"]'),
      PAGES.replace('router.navigate(["work"])', "openVault()"),
      'if (role === "admin") openVault(true);',
      'if (role === "admin") { setEditing(true); openVault(); }',
      'if (role === "admin") setVault(secret);',
    ].map((body) =>
      marked(startOf(body), {
        messageId: "clientDecision",
        data: { name: "jwtDecode", line: "5", what: "the claim role" },
      }),
    ),
    ...[
      "req.body = { ...req.body, seen: true }; return next();",
      "req.body = { id: member.id }; res.end();",
      "req.body = checked; return next();",
      "req.query = { id: member.id }; return next();",
    ].map((middleware) =>
      marked(bodyBehind(middleware), { messageId: "askedClaims", data: { name: "jwt.sign" } }),
    ),
    ...[
      "const result = await loginUser(JSON.stringify({ email: claims.email }));",
      "loginUser({ email: claims.email }).then(show);",
      "await users.signIn(claims);",
    ].map((send) =>
      marked(serviceOf(send), {
        messageId: "sentClaims",
        data: { name: "jwtDecode", line: "6" },
      }),
    ),
    // An object of the body is signed as the claims
    ...[
      "jwt.sign(«req.body.user», KEY, { expiresIn: '1h' })",
      "jwt.sign({ ...«req.body.person» }, KEY)",
      "req.body.person.role ? jwt.sign(«req.body.person», KEY) : null",
    ].map((sign) =>
      marked(
        `const jwt = require("jsonwebtoken"); app.post("/login", (req, res) => { users.find(req.body.user).then(() => res.json(${sign})); });`,
        { messageId: "askedClaims", data: { name: "jwt.sign" } },
      ),
    ),
    ...["const { userData } = req.body;", "const userData = req.body.userData;"].map((taken) =>
      marked(
        `const jwt = require("jsonwebtoken"); exports.login = (req, res) => { ${taken} res.json(jwt.sign(«userData», KEY)); };`,
        { messageId: "askedClaims", data: { name: "jwt.sign" } },
      ),
    ),
  ],
});
