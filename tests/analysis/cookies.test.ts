import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Cookies and headers of a request that reach a log, each beside what says no more than that they are there. */

const JWT = 'import jwt from "jsonwebtoken";';
const READ = `${JWT} export const read = (req) => jwt.verify(req.cookies.token, key, options);`;
const NEXT = 'import { cookies, headers } from "next/headers"; import { jwtVerify } from "jose";';
const HONO = 'import { getCookie } from "hono/cookie"; import { verify } from "hono/jwt";';

const token = (code: string): InvalidCase =>
  marked(code, { messageId: "token", data: { name: "console.log" } });

const headers = (code: string): InvalidCase =>
  marked(code, { messageId: "headers", data: { name: "console.log" } });

const handler = (body: string): string =>
  `${READ} export const show = async (req, res) => { ${body} };`;

const ofNext = (body: string): string =>
  `${NEXT} export async function GET() { const store = await cookies(); await jwtVerify(store.get("token").value, key); ${body} }`;

const middleware = (body: string): string =>
  `${NEXT} export async function middleware(request) { await jwtVerify(request.cookies.get("token").value, key); ${body} }`;

const ofHono = (body: string): string =>
  `${HONO} app.get("/", async (c) => { await verify(getCookie(c, "token"), key); ${body} });`;

const socket = (body: string): string =>
  `import cookie from "cookie"; io.use((socket, next) => { const jar = cookie.parse(socket.request.headers.cookie); verifyToken(jar.token); ${body} });`;

testRule("no-token-logging", rule, {
  valid: [
    ...[
      // That there is one, which ones there are, how long it is, its beginning
      "const { jwt } = req.cookies; console.log(Boolean(jwt), jwt?.length, jwt ? 'present' : 'missing', jwt.slice(0, 8), mask(jwt));",
      "const { jwt: session, ...others } = req.cookies; console.log(others);",
      "console.log(Object.keys(req.cookies)); const { cookies } = req; console.log(Object.keys(cookies), cookies.theme);",
      "const { theme, csrfToken } = req.cookies; console.log(theme, csrfToken);",
      "console.log(req.get('cookie') === undefined, Boolean(req.header('Cookie')), req.headers.cookie.length);",
      "const cookie = req.get('cookie'); if (!cookie) console.log('none', cookie);",
      "console.log(req.get('host'), req.header('user-agent'));",
      // The names of the cookies, or one of them
      "console.log(req.headers.cookie.split(';').map((one) => one.split('=')[0].trim()));",
      "const theme = req.headers.cookie.split('; ').find((one) => one.startsWith('theme=')); console.log(theme);",
      "const { cookie, authorization, ...others } = req.headers; console.log(others);",
      // Not of the request
      "console.log(settings.get('cookie'), config.cookie, req.session.cookie, answer.headers.accept);",
      "const { cookie } = options; const { cookies } = page; console.log(cookie, cookies);",
      "const { jwt } = settings.cookies; console.log(jwt);",
    ].map(handler),
    // Nothing is said of a token.
    "export const show = (req) => { const { token } = req.cookies; console.log(token, req.get('cookie')); }; // jwt",
    "export const show = (req) => { const { theme } = req.cookies; console.log(req.cookies, req.headers.cookie); }; // jwt",
    ...[
      "console.log(store.getAll().map((one) => one.name), store.getAll().length, store.has('token'));",
      "store.getAll().forEach(({ name }) => console.log(name)); for (const { name } of store.getAll()) console.log(name);",
      "console.log(store.getAll().find(({ name }) => name === 'theme'));",
      "console.log(store.get('theme'), store.get('token').name);",
      "const all = await headers(); console.log(all.get('host'), all.has('authorization'), [...all.keys()]);",
      "await auth.session({ headers: await headers() });",
      "console.log(registry.getAll(), other.headers());",
    ].map(ofNext),
    `import { headers } from "./columns.js"; ${READ} console.log(headers());`,
    middleware(
      "console.log(request.cookies.size, request.cookies.has('token'), request.headers.get('host')); const all = request.cookies.getAll(); console.log(all.filter(({ name }) => name.startsWith('ui')));",
    ),
    ...[
      "const all = getCookie(c); console.log(Object.keys(all), all.theme);",
      "console.log(c.req.header('host'), c.header(), getCookie(c, 'theme'), getCookie(table));",
      "const { authorization, cookie, ...others } = c.req.header(); console.log(others);",
    ].map(ofHono),
    `${JWT} export default defineEventHandler((event) => { console.log(getRequestHeaders(table), getHeaders(), getHeader(event, "host"), getHeader(table, "cookie")); return jwt.verify(getHeader(event, "authorization"), key, options); });`,
    // What another server answers is no request.
    ...[
      "const r = await fetch('/pages'); console.log(r.headers);",
      "fetch('/pages').then((r) => console.log(r.headers));",
      "const request = await axios.get('/pages'); console.log(request.headers);",
    ].map(handler),
    socket("console.log(Object.keys(jar), jar.theme, Boolean(socket.handshake.headers.cookie));"),
  ],
  invalid: [
    ...[
      "const { accessToken } = req.cookies; console.log(«accessToken»);",
      "const { jwt: session } = req.signedCookies; console.log(«session»);",
      "const { access_token: session = '' } = req.cookies ?? {}; console.log(«session»);",
      "const { cookies: { jwt: session } } = req; console.log(«session»);",
      "const { cookies } = req; const { jwt: session } = cookies; console.log(«session»);",
      "const { cookies } = req; console.log(«cookies»);",
      "const jar = req.cookies; const { jwt: session } = jar; console.log(«session»);",
      "const cookie = req.get('cookie'); console.log(«cookie»);",
      "console.log(«req.header('Cookie')»);",
      "console.log(«'cookie ' + req.headers.cookie»);",
      "const { cookie: header } = req.headers; console.log(«header»);",
      "const { headers: { cookie: header } } = req; console.log(«header»);",
      "const { headers } = req; console.log(«headers.cookie»);",
      "console.log(«req.headers.cookie.split(';')»);",
    ].map((body) => token(handler(body))),
    token(
      `${JWT} export const show = ({ cookies: { jwt: session } }, res) => { console.log(«session»); };`,
    ),
    // … where nothing else in the file says so
    ...[
      "const jar = req.cookies; const { jwt: session } = jar; console.log(«session»);",
      "const { jwt: session } = req.cookies ?? {}; console.log(«session»);",
      "const jar = req.cookies; use(jar.jwt); console.log(«req.cookies»);",
    ].map((body) => token(`${JWT} export const show = (req) => { ${body} };`)),
    // What is answered, where the token is taken from it
    token(
      "axios.post('/auth/login', form).then((r) => { console.log(«r.headers»); localStorage.setItem('token', r.headers.authorization); });",
    ),
    // A file about signing in, whatever its cookies are called
    token(
      "app.post('/login', (req) => { const cookie = req.get('cookie'); console.log(«cookie»); authenticate(cookie); }); // jwt",
    ),
    // What names a cookie of a token says that there is one.
    token(
      `${JWT} export const login = (req, res) => { res.cookie("token", jwt.sign({ sub }, key)); }; export const show = (req) => { console.log(«req.header("cookie")»); };`,
    ),
    ...[
      "console.log(«store.getAll()»);",
      "const all = store.getAll(); console.log(«JSON.stringify(all)»);",
      "console.log(«(await headers()).get('cookie')»);",
      "const list = await headers(); console.log(«list.get('Cookie')»);",
      "console.log(«headers().get('authorization')»);",
    ].map((body) => token(ofNext(body))),
    ...[
      "console.log(«await headers()»);",
      "const all = Object.fromEntries(await headers()); console.log(«all»);",
    ].map((body) => headers(ofNext(body))),
    ...[
      "console.log(«request.cookies»);",
      "console.log(«request.cookies.getAll()»);",
      "console.log(«request.headers.get('cookie')»);",
    ].map((body) => token(middleware(body))),
    ...[
      "console.log(«getCookie(c)»);",
      "const all = getCookie(c); console.log(«all»);",
      "console.log(«c.req.header('Cookie')»);",
    ].map((body) => token(ofHono(body))),
    headers(ofHono("console.log(«c.req.header()»);")),
    headers(handler("list.forEach((r) => console.log(«r.headers»));")),
    headers(handler("const r = requests.at(-1); console.log(«r.headers»);")),
    headers(
      `${JWT} export default defineEventHandler((event) => { console.log(«getRequestHeaders(event)»); return jwt.verify(getHeader(event, "authorization"), key, options); });`,
    ),
    token(
      `${JWT} export default defineEventHandler((event) => { console.log(«getHeader(event, "cookie")»); return jwt.verify(getCookie(event, "token"), key, options); });`,
    ),
    ...[
      "console.log(«jar»);",
      "console.log(«socket.handshake.headers.cookie»);",
      "const { token } = jar; console.log(«token»);",
    ].map((body) => token(socket(body))),
  ],
});

/** Under which names Auth.js keeps its session token. */
const SESSION =
  'import { getToken } from "next-auth/jwt"; export default async function show(req, res) { await getToken({ req, secret }); ';

testRule("no-token-logging: cookies by who keeps them", rule, {
  valid: ["next-auth.csrf-token", "next-auth.callback-url", "__Host-authjs.csrf-token"].map(
    (name) => `${SESSION}console.log(req.cookies["${name}"]); }`,
  ),
  invalid: [
    ...["next-auth.session-token", "__Secure-next-auth.session-token", "authjs.session-token"].map(
      (name) => token(`${SESSION}console.log(«req.cookies["${name}"]»); }`),
    ),
  ],
});

/** A cookie that only a library, or the program's own extractor, knows as that of a token. */
const FASTIFY = (cookie: string, body: string): string =>
  `import jwt from "@fastify/jwt"; export default async (app) => { app.register(jwt, { secret: process.env.KEY, cookie: ${cookie} }); app.get("/", async (request) => { ${body} }); };`;

const HAPI = (options: string, body: string): string =>
  `export const start = (server) => { server.auth.strategy("api", "jwt", { ${options} }); server.route({ method: "GET", path: "/", handler: (request) => { ${body} } }); }; // jwt`;

const PASSPORT = (finder: string, body: string): string =>
  `import { Strategy } from "passport-jwt"; const pick = ${finder}; new Strategy({ jwtFromRequest: pick, secretOrKey: process.env.KEY }, check); export const show = (req) => { ${body} };`;

const VERIFIES = (read: string, body: string): string =>
  `${JWT} export const check = async (req) => { ${read} }; export const show = (req) => { ${body} };`;

testRule("no-token-logging: cookies that a library is told of", rule, {
  valid: [
    ...[
      "console.log(Object.keys(request.cookies), request.cookies.theme, Boolean(request.cookies.sid));",
      "const { sid, ...others } = request.cookies; console.log(others);",
      "console.log(page.cookies, request.state, request.cookies.length);",
      // Something is left out, or nothing but the names is written.
      "console.log(Object.entries(request.cookies).map(([name]) => name));",
      "const shown = Object.entries(request.cookies).filter(([name]) => name !== 'sid'); console.log(shown);",
      "const others = { ...request.cookies }; delete others.sid; console.log(others);",
      "const others = structuredClone(request.cookies); others.sid = '***'; console.log(others);",
    ].map((body) => FASTIFY('{ cookieName: "sid", signed: false }', body)),
    FASTIFY(
      "{ cookieName: process.env.COOKIE }",
      "const { [name]: token, theme, ...others } = request.cookies; console.log(others);",
    ),
    // Nothing says which, or that there is one.
    ...[
      "undefined",
      "settings",
      "{ signed: true }",
      '{ cookieName: "" }',
      "{ cookieName: pick() }",
    ].map((cookie) => FASTIFY(cookie, "console.log(request.cookies);")),
    HAPI(
      'key, cookieKey: false, validate, verifyOptions: { algorithms: ["HS256"] }',
      "console.log(request.state);",
    ),
    HAPI('keys: key, headerName: "authorization", verify, validate', "console.log(request.state);"),
    HAPI(
      'keys: key, cookieName: "sid", verify, validate',
      "console.log(server.state, Object.keys(request.state), request.state.theme);",
    ),
    `import { jwt } from "hono/jwt"; app.use(jwt({ secret, alg: "HS256" })); app.get("/", (c) => { console.log(getCookie(c)); });`,
    VERIFIES(
      "const { theme, sid: pass } = req.cookies; use(theme); return jwt.verify(pass, key, options);",
      "const { sid, ...others } = req.cookies; console.log(others);",
    ),
    VERIFIES(
      "const pass = other, other = pass; return jwt.verify(pass, key, options);",
      "console.log(req.cookies);",
    ),
    // A cookie is compared there, and the token comes in the header.
    PASSPORT(
      "(req) => (req.cookies.mode === 'page' || !req.cookies.seen ? null : bearerOf(req))",
      "console.log(req.cookies);",
    ),
    PASSPORT("(req) => req.headers['x-pass']", "console.log(req.cookies);"),
    ...[
      "return jwt.verify(req.query.sid, key, options);",
      "return jwt.verify(read(req, 'sid'), key, options);",
      "return jwt.verify(cache.get('sid'), key, options);",
      "return jwt.verify(req.cookies.csrf, key, options);",
      "const { sid, theme } = req.body; use(theme); return jwt.verify(sid, key, options);",
    ].map((read) => VERIFIES(read, "console.log(req.cookies);")),
    VERIFIES(
      "return jwt.verify(req.cookies.sid, key, options);",
      "console.log(req.cookies.theme);",
    ),
  ],
  invalid: [
    ...[
      '{ cookieName: "sid", signed: false }',
      '{ cookieName: "token" }',
      "{ cookieName: process.env.COOKIE }",
    ].map((cookie) => token(FASTIFY(cookie, "console.log('cookies', «request.cookies»);"))),
    token(
      FASTIFY('{ cookieName: "sid" }', "const all = { ...request.cookies }; console.log(«all»);"),
    ),
    token(
      FASTIFY(
        '{ cookieName: "sid" }',
        "const jar = request.cookies; jar.seen = '1'; console.log(«jar»);",
      ),
    ),
    token(
      FASTIFY(
        '{ cookieName: "sid" }',
        "const { theme, ...others } = request.cookies; console.log(«others»);",
      ),
    ),
    token(HAPI('keys: key, cookieName: "sid", verify, validate', "console.log(«request.state»);")),
    token(FASTIFY('{ cookieName: "sid" }', "console.log(«request.cookies.sid»);")),
    token(FASTIFY('{ cookieName: "sid" }', "const { sid } = request.cookies; console.log(«sid»);")),
    token(
      HAPI('keys: key, cookieName: "sid", verify, validate', "console.log(«request.state.sid»);"),
    ),
    // … beside one that goes by its name
    token(
      HAPI(
        'keys: key, cookieName: "sid", verify, validate',
        "renew(request.cookies.refresh_token); console.log(«request.state»);",
      ),
    ),
    token(
      HAPI(
        'key, cookieKey: "sid", validate, verifyOptions: { algorithms: ["HS256"] }',
        "console.log(«request.state»);",
      ),
    ),
    ...['"sid"', '{ key: "sid", secret }'].map((cookie) =>
      token(
        `import { jwt } from "hono/jwt"; app.use(jwt({ secret, alg: "HS256", cookie: ${cookie} })); app.get("/", (c) => { console.log(«getCookie(c)»); });`,
      ),
    ),
    token(
      `import jwt from "koa-jwt"; app.use(jwt({ secret, cookie: "sid" })); app.use((ctx) => { console.log(«ctx.cookies»); });`,
    ),
    token(
      `import jwt from "jwt-express"; app.use(jwt.init(key, { cookie: "sid" })); app.get("/", (req) => { console.log(«req.cookies»); });`,
    ),
    ...[
      "(req) => req.cookies.sid",
      "(req) => { let token = null; if (req && req.cookies) token = req.cookies['sid']; return token; }",
    ].map((finder) => token(PASSPORT(finder, "console.log(«req.cookies»);"))),
    token(
      `import { expressjwt } from "express-jwt"; app.use(expressjwt({ secret, algorithms: ["HS256"], getToken: (req) => req.cookies?.sid })); app.get("/", (req) => { console.log(«req.cookies»); });`,
    ),
    ...[
      "return jwt.verify(req.cookies.sid, key, options);",
      "const pass = req.cookies.sid || req.query.pass; return jwt.verify(pass, key, options);",
      "const { theme, sid: pass } = req.cookies; use(theme); return jwt.verify(pass, key, options);",
      "const jar = req.cookies; return jwt.verify(jar.sid, key, options);",
      "return jwt.verify(cookie.parse(req.headers.cookie).sid, key, options);",
    ].map((read) => token(VERIFIES(read, "console.log(«req.cookies»);"))),
    token(
      `${NEXT} export async function GET() { const store = await cookies(); await jwtVerify(store.get("sid")?.value, key); } export async function middleware(request) { console.log(«request.cookies»); }`,
    ),
    token(
      `${HONO} app.get("/", async (c) => { await verify(getCookie(c, "sid"), key); }); app.get("/all", (c) => { console.log(«getCookie(c)»); });`,
    ),
  ],
});
