import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens for one and the same user, whom the program names, each next to its twin that asks for something. */

const JWT = 'import jwt from "jsonwebtoken";\nconst DEVELOPER = "dev@example.com";\n';

const signIn = (body: string, path = "/login", before = ""): string =>
  `${JWT}app.post("${path}", ${before}async (req, res) => { ${body} });`;

const GIVES = 'res.json({ token: «jwt.sign({ sub: "4711" }, key)» });';
const RECORD = "const user = await User.findOne({ email: DEVELOPER });";
const GIVES_RECORD = "res.json({ token: «jwt.sign({ id: user.id }, key)» });";

const route = (body: string, asked = 'request.nextUrl.searchParams.get("dev")'): string =>
  `${JWT}export async function GET(request) { const isOn = ${asked}; if (!isOn) return Response.json({}, { status: 404 }); const user = await prisma.user.findUnique({ where: { email: DEVELOPER } }); ${body} }`;

const GIVES_JSON = "return Response.json({ token: «jwt.sign({ sub: user.id }, key)» });";

const room = (identity: string, path = "/video/token", before = ""): string =>
  `const express = require("express"); const app = express(); const { AccessToken } = require("twilio").jwt;
app.get("${path}", ${before}(req, res) => { const ticket = new AccessToken(process.env.SID, process.env.KEY, process.env.SECRET, { identity: ${identity} }); res.send({ token: «ticket.toJwt()» }); });`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "fixedIdentity", data: { name } });

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // Something is asked.
      `if (req.body.password !== process.env.PASSWORD) return res.sendStatus(401); ${GIVES}`,
      `if (!(await bcrypt.compare(req.body.password, HASH))) return res.sendStatus(401); ${GIVES}`,
      `await checkCode(req.body.code); ${GIVES}`,
      `if (!isAllowed) return res.sendStatus(404); ${GIVES}`,
      `if (!process.env.OPEN) return res.sendStatus(404); ${GIVES}`,
      `if (!req.headers.authorization) return res.sendStatus(401); ${GIVES}`,
      `${RECORD} if (user.password !== req.body.password) return res.sendStatus(401); ${GIVES_RECORD}`,
      // Whom it is for is no one user, or not known.
      "res.json({ token: jwt.sign({ sub: randomUUID() }, key) });",
      'res.json({ token: jwt.sign({ theme: "dark" }, key) });',
      "res.json({ token: jwt.sign({ sub: process.env.SUBJECT }, key) });",
      "const user = await User.findOne({ active: true }); res.json({ token: jwt.sign({ id: user.id }, key) });",
      "const user = await somebody(DEVELOPER); res.json({ token: jwt.sign({ id: user.id }, key) });",
      // For another service
      'res.json({ token: jwt.sign({ sub: "4711", aud: "chat" }, key) });',
      'res.json({ token: jwt.sign({ sub: "4711", scope: "read" }, key) });',
      'res.json({ token: jwt.sign({ sub: "4711" }, key, { audience: "chat" }) });',
      'res.json({ token: jwt.sign({ sub: "4711" }, key, { header: { kid: "a" } }) });',
      // For a step on the way
      'res.cookie("oauth_state", jwt.sign({ id: "google" }, key)); res.redirect(google);',
      'res.json({ challenge: jwt.sign({ sub: "4711" }, key) });',
      // For whoever looks around
      'res.json({ token: jwt.sign({ sub: "guest" }, key) });',
      `const tour = "demo"; ${GIVES}`,
      // Nobody is given it.
      'const token = jwt.sign({ sub: "4711" }, key); await fetch(api, { headers: { authorization: token } }); res.end();',
    ].map((body) => plain(signIn(body))),
    plain(signIn(GIVES, "/login", "checkPassword, ")),
    // A token for a video opens that alone, unless its service has rooms; a guest, or whoever is known, may enter one.
    plain(signIn(GIVES, "/video/token")),
    plain(room('"guest-7"')),
    plain(room("req.user.id")),
    plain(room('"patient-7"', "/video/token", "ensureSignedIn, ")),
    plain(room('"patient-7"', "/document/token")),
    plain(signIn(GIVES, "/orders/:id/receipt")),
    plain(
      signIn(GIVES).replace("app.post", "if (process.env.NODE_ENV === 'development') app.post"),
    ),
    `${JWT}router.get("/state", (req, res) => { res.json({ token: jwt.sign({ sub: "4711" }, key) }); });`,
    `${JWT}const login = async (req, res) => { res.json({ token: jwt.sign({ sub: "4711" }, key) }); };`,
    { code: plain(signIn(GIVES)), filename: "mocks/login.js" },
    ...[
      'request.nextUrl.searchParams.get("page")',
      'request.nextUrl.searchParams.get("key")',
      "process.env.DEV",
      "await flags.dev()",
    ].map((asked) => plain(route(GIVES_JSON, asked))),
    plain(
      route(
        `if (request.nextUrl.searchParams.get("secret") !== SECRET) return refuse(); ${GIVES_JSON}`,
      ),
    ),
    plain(route(`if (request.headers.get("x-key") !== KEY) return refuse(); ${GIVES_JSON}`)),
    plain(route("const token = «jwt.sign({ sub: user.id }, key)»; return Response.json(user);")),
    plain(route(GIVES_JSON)).replace("GET(request)", "make(amount)"),
  ],
  invalid: [
    ...["/video/token", "/v/token", "/rooms/:room/token"].map((path) =>
      found(room('"patient-7"', path), "ticket.toJwt"),
    ),
    ...[
      GIVES,
      'const token = «jwt.sign({ user: { id: 1, name: "Ann" } }, key)»; res.cookie("token", token); res.end();',
      `console.log("in"); ${GIVES}`,
      'res.json({ token: «jwt.sign({ sub: "4711", name: req.body.name }, key)» });',
      'res.json({ token: «jwt.sign({ role: "admin" }, key, { subject: "4711" })» });',
      `${RECORD} ${GIVES_RECORD}`,
      `const user = await User.findOne({ email: DEVELOPER }); if (!user) return res.sendStatus(404); ${GIVES_RECORD}`,
      `${RECORD} const profile = await Profile.findOne({ userId: user.id }); ${GIVES_RECORD}`,
    ].map((body) => found(signIn(body))),
    found(
      `import { SignJWT } from "jose";\nexport const signIn = defineEventHandler(async (event) => { const token = await «new SignJWT({ sub: "4711" }).setProtectedHeader({ alg: "HS256" }).sign(keyOf(event))»; setCookie(event, "auth", token); return {}; });`,
      "sign",
    ),
    found(route(GIVES_JSON)),
    ...[
      'request.nextUrl.searchParams.get("dev") === "1"',
      'new URL(request.url).searchParams.has("debug")',
      "request.query.bypass",
    ].map((asked) => found(route(GIVES_JSON, asked))),
    found(
      route(
        `let profile = await prisma.profile.findUnique({ where: { userId: user.id } }); if (!profile) profile = await prisma.profile.create({ data: { userId: user.id, name: "Dev" } }); ${GIVES_JSON}`,
      ),
    ),
  ],
});

/** A route of koa behind a guard of the whole application. */
const guarded = (options: string, router = "new Router()"): string =>
  `const Koa = require("koa"); const Router = require("koa-router"); const guard = require("koa-jwt"); const jwt = require("jsonwebtoken");
const app = new Koa(); const router = ${router}; app.use(guard({ secret: key, algorithms: ["HS256"] })${options});
router.post("/login", (ctx) => { ctx.body = { token: «jwt.sign({ uid: 1 }, key)» }; });`;

testRule("no-unverified-claims: routes that a guard leaves out", rule, {
  valid: [
    ...[
      "",
      ".unless({ path: [/^\\/public/] })",
      '.unless({ path: ["/login/"] })',
      '.unless({ path: [{ url: "/login", methods: ["GET"] }] })',
      '.unless({ path: ["/login"], useOriginalUrl: false })',
      ".unless({ path: open })",
      ".unless(isOpen)",
      ".unless({ path: [, open] })",
      '.only({ path: ["/login"] })',
    ].map((options) => plain(guarded(options))),
    // The whole path is another one.
    plain(guarded('.unless({ path: ["/login"] })', 'new Router({ prefix: "/api" })')),
    plain(guarded('.unless({ path: ["/login"] })', "require('./router')")),
    plain(guarded('.unless({ path: ["/login"] })', "routers.own")),
    plain(guarded('.unless({ path: ["/login"] }), checkPassword')),
    // Nobody is given it.
    plain(guarded('.unless({ path: ["/login"] })')).replace("ctx.body", "ctx.state"),
  ],
  invalid: [
    ".unless({ path: [/^\\/login/] })",
    ".unless({ path: [/^\\/public/, /^\\/LOGIN/gi] })",
    '.unless({ path: ["/", "/login"] })',
    '.unless({ path: "/login" })',
  ]
    .flatMap((options) => [
      guarded(options),
      guarded(options).replace("ctx.body", "ctx.response.body"),
    ])
    .map((code) => found(code)),
});

/** An endpoint of a file that is not given the request. */
const endpoint = (
  sign = '«jwt.sign({ sub: "ann@shop.io" }, process.env.JWT_SECRET)»',
  filename = "app/api/token/route.js",
  answer = "Response.json({ token })",
  head = "export async function GET() {",
) => ({ code: `${JWT}${head} const token = ${sign}; return ${answer}; }`, filename });

const silent = ({ code, filename }: { code: string; filename: string }) => ({
  code: plain(code),
  filename,
});

const told = ({ code, filename }: { code: string; filename: string }): InvalidCase =>
  marked(code, { messageId: "fixedIdentity", data: { name: "jwt.sign" } }, { filename });

testRule("no-unverified-claims: endpoints that do not look at the request", rule, {
  valid: [
    // For a guest, a service, another service, or whom a setting names
    endpoint('«jwt.sign({ sub: "guest" }, process.env.JWT_SECRET)»'),
    endpoint('«jwt.sign({ sub: "embed@shop.io" }, process.env.JWT_SECRET)»'),
    endpoint('«jwt.sign({ sub: "worker" }, process.env.JWT_SECRET)»'),
    endpoint('«jwt.sign({ sub: "ann@shop.io", aud: "charts" }, process.env.JWT_SECRET)»'),
    endpoint("«jwt.sign({ sub: process.env.CHART_USER }, process.env.JWT_SECRET)»"),
    endpoint("«jwt.sign({ theme: 'dark' }, process.env.JWT_SECRET)»"),
    // The key is what another service has given the program.
    endpoint('«jwt.sign({ user_id: "help-center" }, process.env.CHATBASE_SECRET)»'),
    endpoint('«jwt.sign({ sub: "ann@shop.io" }, keyOf("ann"))»'),
    // Somebody is asked for.
    ...[
      "const session = await auth(); if (!session) return new Response(null, { status: 401 });",
      'const jar = await cookies(); if (!jar.get("session")) return new Response(null);',
      'if (process.env.NODE_ENV === "production") return new Response(null);',
    ].map((asks) =>
      endpoint(undefined, undefined, undefined, `export async function GET() { ${asks}`),
    ),
    // The address names something else, or somebody else's business.
    endpoint(undefined, "app/api/charts/route.js"),
    endpoint(undefined, "app/api/video/token/route.js"),
    endpoint(undefined, "app/api/admin/token/route.js"),
    endpoint(undefined, "src/lib/token.js"),
    // It is given the request, called by the program, or keeps the token.
    endpoint(undefined, undefined, undefined, "export async function GET(request) {"),
    endpoint(undefined, undefined, undefined, "export async function issue() {"),
    endpoint(undefined, undefined, undefined, "async function GET() {"),
    endpoint(undefined, undefined, undefined, "const GET = async () => {"),
    endpoint(undefined, "app/api/login/route.js", undefined, "const login = async () => {"),
    endpoint(undefined, undefined, "new Response(null)"),
    endpoint(undefined, undefined, "new Error(token)"),
  ].map(silent),
  invalid: [
    endpoint(),
    endpoint('«jwt.sign({ userId: 5, role: "ADMIN" }, process.env.JWT_SECRET)»'),
    endpoint(undefined, undefined, "new Response(JSON.stringify({ token }))"),
    endpoint(undefined, undefined, "new NextResponse(token)"),
    endpoint(undefined, undefined, undefined, "export const POST = async () => {"),
    endpoint(undefined, "app/api/auth/route.ts"),
    endpoint(undefined, "src/routes/session/+server.js"),
    endpoint(undefined, "app/api/get-jwt/route.js"),
    endpoint(
      undefined,
      "app/api/login/route.js",
      undefined,
      "export const POST = async (request) => {",
    ),
  ].map(told),
});
