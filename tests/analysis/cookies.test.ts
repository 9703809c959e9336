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
