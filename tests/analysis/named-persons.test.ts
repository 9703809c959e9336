import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Ways on which what the request says comes to name somebody, each next to its nearest safe twin. */

const JWT = 'import jwt from "jsonwebtoken";';

const login = (body: string, before = ""): string =>
  `${JWT} ${before}\napp.post("/login", async (req, res) => { ${body} });`;

const gives = (claims: string): string =>
  `res.json({ token: jwt.sign(${claims}, key, { expiresIn: "1h" }) });`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const given = (code: string, more: Partial<InvalidCase> = {}): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, more);

const COPY = "const copyOf = (body) => ({ ...body, age: Number(body.age) });";
const FOUND = "const user = await User.findOne({ email: «req.body.email» });";

testRule("no-unverified-claims: what names somebody", rule, {
  valid: [
    login(`const asked = copyOf(settings); ${gives("{ name: asked.name }")}`, COPY),
    login(
      `const asked = copyOf(req.body); ${gives("{ name: asked.name }")}`,
      "const copyOf = (body) => ({ ...body, name: read(body.ticket) });",
    ),
    login(`const asked = copyOf(req.body); ${gives("{ age: asked.age }")}`, COPY),
    login(`const who = req.body.kind === "a" ? owner : guest; ${gives("{ sub: who }")}`),
    login("const who = `${req.body.team}-${member.id}`; " + gives("{ sub: who }")),
    login(gives("{ context: { room: req.body.room } }")),
    login(gives("{ context: { user: { email: account.email } } }")),
    login(gives("{ nested: { user: { email: req.body.email } } }")),
    login(`${plain(FOUND)} const kept = await user.sign(); ${gives("{ id: kept.id }")}`),
    // The password is asked for, whether one is sent or not.
    login(
      `const { password } = req.body; ${plain(FOUND)} if (!password) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    login(
      `const { password } = req.body; ${plain(FOUND)} if (password === undefined) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    login(
      `const { password } = req.body; ${plain(FOUND)} if (password.length < 8) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    // Who comes back from a provider is known by what it says.
    `${JWT} export const googleCallback = async (req, res) => { const user = await User.findOne({ email: req.user.email }); ${gives("{ id: user.id }")} };`,
    `${JWT} export const google = async (req, res) => { const user = await User.findOne({ email: (await exchange(req.body.code)).email }); ${gives("{ id: user.id }")} };`,
  ],
  invalid: [
    given(login(`const asked = copyOf(req.body); ${gives("{ name: «asked.name» }")}`, COPY)),
    given(login(`const { name } = copyOf(req.body); ${gives("{ name: «name» }")}`, COPY)),
    given(
      login(
        `const { id } = taken(req.body); ${gives("{ sub: «id» }")}`,
        "function taken(body) { return { id: body.userId }; }",
      ),
    ),
    given(login(gives("{ sub: «req.body.user || 'x'» }"))),
    given(login(gives("«req.body.user ?? ''»"))),
    given(
      login(
        "const who = req.body.kind === 'a' ? `a-${«req.body.id»}` : crypto.randomUUID(); " +
          gives("{ sub: who }"),
      ),
    ),
    given(login("const who = 'team-' + «req.body.team»; " + gives("{ sub: who }"))),
    given(login(gives("{ context: { user: { email: «req.body.email» } } }"))),
    given(login(gives("{ user_identity: «req.body.identity», role_type: 1 }"))),
    given(login(gives("{ app: 1, role_type: «req.body.role» }"))),
    given(login(`${FOUND} const kept = await user.save(); ${gives("{ id: kept.id }")}`)),
    given(
      login(
        `const { password } = req.body; ${FOUND} if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
      ),
    ),
    given(
      login(
        `const { account } = req.body; const user = await accounts.findUser(«account»); ${gives("{ id: user.id }")}`,
      ),
    ),
    ...["googleCallback", "oauthSuccess", "facebook_user"].map((name) =>
      given(
        `${JWT} export const ${name} = async (req, res) => { ${FOUND} ${gives("{ id: user.id }")} };`,
      ),
    ),
  ],
});

const ENDPOINT = `async (req, res) => { const { userId } = req.body; ${gives("{ sub: «userId» }")} }`;
const at = (place: string): { filename: string } => ({
  filename: path.join(import.meta.dirname, "../fixtures", place),
});

testRule("no-unverified-claims: files that are endpoints", rule, {
  valid: [
    ...[
      "server/api/src/ticket.js",
      "api/controllers/ticket.js",
      "lib/ticket.js",
      "rapi/ticket.js",
    ].map((place) => ({ code: plain(`${JWT} export default ${ENDPOINT};`), ...at(place) })),
    { code: plain(`${JWT} export const give = ${ENDPOINT};`), ...at("api/ticket.js") },
    { code: plain(`${JWT} const give = ${ENDPOINT};`), ...at("api/ticket.js") },
    {
      code: plain(`${JWT} export default ${ENDPOINT.replace("(req, res)", "(req, res, next)")};`),
      ...at("api/ticket.js"),
    },
    // Before functions of AWS and Azure may stand what no file of the program shows.
    plain(
      `${JWT} export default async function handler(event) { const { userId } = JSON.parse(event.body); return jwt.sign({ sub: userId }, key); }`,
    ),
    {
      code: plain(`${JWT} module.exports = ${ENDPOINT.replace("(req, res)", "(context, req)")};`),
      ...at("api/ticket.js"),
    },
    // Another function may ask before.
    { code: plain(`${JWT} export default guarded(${ENDPOINT});`), ...at("api/ticket.js") },
    plain(`${JWT} const handler = ${ENDPOINT}; export default guarded(handler);`),
  ],
  invalid: [
    ...["pages/api/in/ticket.js", "api/ticket.js", "api/in/ticket.js"].map((place) =>
      given(`${JWT} export default ${ENDPOINT};`, at(place)),
    ),
    given(`${JWT} module.exports = ${ENDPOINT};`, at("api/ticket.js")),
    given(`${JWT} const give = ${ENDPOINT}; export default give;`, at("api/ticket.js")),
    given(`${JWT} const handler = ${ENDPOINT}; export default handler;`, at("lib/ticket.js")),
  ],
});

const OTHERS = (before: string, behind = ""): string =>
  login(`${FOUND} if (!user) { ${before} } ${behind} ${gives("{ id: user.id }")}`);

const byPath = (route: string): string =>
  `${JWT} export default (app, options, done) => { app.get("${route}", async (req, res) => { ${gives("{ sub: «req.params.id» }")} }); done(); };`;

testRule("no-unverified-claims: what is done on another way, or for who is let in", rule, {
  valid: [
    plain(OTHERS("await check(req.body.code);")),
    login(
      `${plain(FOUND)} if (user) { await check(req.body.code); return ${gives("{ id: user.id }")} } res.end();`,
    ),
    plain(OTHERS("return register(req.body.email);", "await check(req.body.code);")),
    plain(OTHERS("if (!(await check(req.body.code))) return res.sendStatus(401);")),
    login(
      `${plain(FOUND)} if (!(await known(req.body.code))) { return res.sendStatus(401); } ${gives("{ id: user.id }")}`,
    ),
    plain(OTHERS("", "await Otp.create({ email: user.email });")),
    plain(OTHERS("", "await Session.findOne({ id: req.body.session });")),
    // Somebody whom a function out of sight has not found is new.
    login(
      `const known = await readAccount(req.body.email); if (known) return res.sendStatus(409); ${gives("{ sub: req.body.email }")}`,
    ),
    plain(byPath("/tickets/:id")),
  ],
  invalid: [
    ...[
      OTHERS("return register(req.body.email);"),
      OTHERS(
        "const made = await register(app, req.body.email); return res.status(201).send(made);",
      ),
      OTHERS("await log(req.body.email); throw new Error('no');"),
      OTHERS("", "await Session.create({ user: user.id });"),
      OTHERS("", "await prisma.session.create({ data: { userId: user.id } });"),
      byPath("/get-token/:id"),
      byPath("/gettoken/:place/:id"),
    ].map((code) => given(code)),
  ],
});

const koa = (body: string): string =>
  `${JWT} router.post("/login", async (ctx) => { const { email } = ctx.request.body; const user = await User.findOne({ email: «email» }); const token = jwt.sign({ id: user.id }, key); ${body} });`;

const next = (body: string): string =>
  `${JWT} import { cookies } from "next/headers"; export async function POST(request) { const { email } = await request.json(); const user = await User.findOne({ email: «email» }); const token = jwt.sign({ id: user.id }, key); ${body} return Response.json({ token }); }`;

const LOGIN = at("app/api/login/route.js");

testRule("no-unverified-claims: cookies that are written", rule, {
  valid: [
    koa('ctx.cookies.get("pass");'),
    koa("const { pass } = ctx.cookies;"),
    koa("ctx.cookies.set(name, token); check(ctx.cookies);"),
    koa("jar.open(name, token);"),
    ...['const jar = await cookies(); jar.get("pass");', "check(await cookies());"].map((body) => ({
      code: next(body),
      ...LOGIN,
    })),
    { code: next('const jar = cookies(user); jar.set("token", token);'), ...LOGIN },
  ].map((one) => (typeof one === "string" ? plain(one) : { ...one, code: plain(one.code) })),
  invalid: [
    given(koa('ctx.cookies.set("token", token, { httpOnly: true });')),
    given(koa('ctx.cookies.delete("guest"); ctx.body = { token };')),
    ...[
      '(await cookies()).set("token", token);',
      'const jar = await cookies(); jar.set("token", token); jar.delete("guest");',
      'cookies().set("token", token);',
    ].map((body) => given(next(body), LOGIN)),
  ],
});

/** What gives a token by its name, of a module that is called for what it is for, where nothing says that somebody signs in. */
const handing = (answer: string, from = "./tokens", path = "/token"): string =>
  `import { encodeToken, createToken } from "${from}"; import express from "express"; const app = express(); app.post("${path}", (req, res) => { ${answer} });`;

testRule("no-unverified-claims: tokens that are for another end by what stands around them", rule, {
  valid: [
    handing("res.json({ token: createToken({ userId: req.body.userId }) });", "../lib/survey"),
    handing("res.json({ token: createToken(req.body.userId) });", "@/lib/cursor.server"),
    handing("res.json({ nextPageToken: createToken({ userId: req.body.userId }) });"),
    handing("res.json({ state: createToken({ email: req.body.email }) });"),
    handing("const cursor = createToken(req.body.userId); res.json({ cursor });"),
    handing("res.redirect(`/topics?for=${createToken(req.body.email)}`);"),
    handing("res.json({ token: createToken({ userId: req.body.userId, after: 1 }) });"),
    handing("res.json({ token: createToken({ email: req.body.email, step: 2 }) });"),
    handing("res.json({ token: encodeToken(req.body.email) });", "./opaque", "/newsletter"),
  ],
  invalid: (
    [
      [handing("res.json({ token: createToken({ userId: «req.body.userId» }) });"), "createToken"],
      [handing("res.json({ token: createToken(«req.body.email») });"), "createToken"],
      [handing("res.redirect(`/in?token=${createToken(«req.body.email»)}`);"), "createToken"],
      [
        handing("const token = createToken(«req.body.userId»); res.json({ token });"),
        "createToken",
      ],
      [
        handing("res.json({ token: createToken({ userId: «req.body.userId», role: 1 }) });"),
        "createToken",
      ],
      [handing("res.json({ token: encodeToken(«req.body.userId») });"), "encodeToken"],
    ] as const
  ).map(([code, name]) =>
    marked(code, { messageId: "askedIdentity", data: { name: `${name}, as its name says,` } }),
  ),
});

const byName = (call: string, before = ""): string =>
  `import { ${call.replace(/\(.*$/u, "")} } from "./tokens"; ${before}\napp.post("/login", (req, res) => { res.json({ token: ${call} }); });`;

testRule("no-unverified-claims: what makes a token by its name", rule, {
  valid: [
    // It puts a token into another form, or makes none by which somebody signs in.
    byName("encodeToken(req.body.token)"),
    byName("encodeToken({ token: req.body.token })"),
    byName("encodeEmail(req.body.email)"),
    byName("mintToken(req.body.walletAddress)"),
    byName("giveTokens(req.body.address)"),
    byName("giveDeviceAccessToken(req.body.userId)"),
    byName("encodeResetToken(req.body.userId)"),
    byName("mintUserTokenName(req.body.userId)"),
    byName("encodeToken(member.id)", "const member = {};"),
    byName("encodeToken(req.body.userId, req.body.password)"),
  ].concat(
    '// token\napp.post("/login", (req, res) => { const encodeToken = (given) => encodeURIComponent(given); res.json({ token: encodeToken(req.body.userId) }); });',
  ),
  invalid: [
    "encodeToken({ userId: «req.body.userId» })",
    "encodeToken(«req.body.userId»)",
    "encodeJwt({ email: «req.body.email» })",
    "mintAccessToken(«req.body.userId»)",
    "mintJWT({ sub: «req.body.userId» })",
    "giveUserToken({ id: «req.body.id» })",
  ].map((call) =>
    marked(byName(call), {
      messageId: "askedIdentity",
      data: { name: `${call.replace(/\(.*$/u, "")}, as its name says,` },
    }),
  ),
});

/** What those call somebody by whom he signs in. */
testRule("no-unverified-claims: whom a provider knows", rule, {
  valid: [
    // The provider says it, for a code that it is asked with.
    login(
      `const { data } = await axios.get(SESSION_URL, { params: { js_code: req.body.code } }); const { openid } = data; ${gives("{ openid }")}`,
    ),
    login(
      `const { openid } = await code2Session(req.body.code); const user = await User.findOne({ openid }); ${gives("{ id: user.id }")}`,
    ),
    login(`const openid = req.headers["x-wx-openid"]; ${gives("{ openid }")}`),
    login(`const { openid } = req.user; ${gives("{ openid }")}`),
    login(gives("{ scope: 'openid', open: req.body.open, group: req.body.groupId }")),
  ].map((code) => plain(code)),
  invalid: [
    login(`const { openid } = req.body; ${gives("{ openid: «openid» }")}`),
    login(
      `const user = await User.findOne({ openid: «req.body.openid» }); ${gives("{ id: user.id }")}`,
    ),
    // Whoever has an account there is no guest, whatever he is called.
    login(
      `const { openid, nickName } = req.body; let user = await User.findOne({ openid: «openid» }); if (!user) user = await User.create({ openid, nickName }); ${gives("{ id: user.id }")}`,
    ),
    ...[
      "unionId",
      "open_id",
      "wx_openid",
      "line_user_id",
      "fbId",
      "steamId",
      "microsoft_id",
      "telegramUserId",
      "msisdn",
      "ethAddress",
      "account_address",
      "googleId",
      "kakaoId",
      "walletAddress",
      "cpf",
    ].map((field) => login(gives(`{ ${field}: «req.body.${field}» }`))),
  ].map((code) => given(code)),
});
