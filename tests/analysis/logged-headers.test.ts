import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Logs that are given all headers, of Node's requests and of those of the Fetch API. */

const headers = (code: string, name = "console.log") =>
  marked(code, { messageId: "headers", data: { name } });

/** A handler of SvelteKit. */
const HANDLE = (steps: string): string =>
  `export function handle({ event, resolve }) { ${steps} return resolve(event); } // token`;

/** A handler that says nothing of the framework but what stands in it. */
const HANDLER = (steps: string, type = ""): string =>
  `export async function handle(request${type}) { ${steps} } // token`;

/** A server that signs somebody in at another one. */
const LOGIN = (steps: string, address = "/api/login"): string =>
  `export async function login(form) { const res = await fetch(process.env.API + "${address}", { method: "POST", body: form }); ${steps} } // token`;

const token = (code: string) => marked(code, { messageId: "token", data: { name: "console.log" } });

const SHOWN = "console.log(JSON.stringify(request.headers));";

/** A page that is drawn for whom a cookie names. */
const PAGE = (steps: string, params = "{ params, ...ctx }") =>
  `import nookies, { parseCookies } from "nookies"; export async function getServerSideProps(${params}) { ${steps} return { props: { } }; } // token`;

/** A handler of requests that bring cookies. */
const READS_COOKIE = (steps: string, params = "req, res"): string =>
  `export const handle = (${params}) => { ${steps} }; // token`;

testRule("no-token-logging: headers", rule, {
  valid: [
    // Parts of a request that brings a token, another cookie, one that is set, and none
    PAGE(
      "console.log(ctx.req.url, ctx.req.method); const { token } = nookies.get(ctx); use(token);",
    ),
    PAGE("console.log(ctx.req); const { theme } = nookies.get(ctx); use(theme);"),
    PAGE("console.log(ctx.req); const { token } = store.get(ctx); use(token);"),
    PAGE("console.log(ctx.req); const jar = nookies.get(ctx); jar.token = make(); use(jar.theme);"),
    PAGE("console.log(params.req); const { token } = nookies.get(ctx); use(token);"),
    READS_COOKIE("console.log(req.url, req.method, res); use(req.cookies.accessToken);"),
    READS_COOKIE("console.log(req); use(req.cookies.theme);"),
    READS_COOKIE("console.log(req); const { theme } = req.cookies; use(theme);"),
    READS_COOKIE("console.log(req); req.cookies.accessToken = make();"),
    READS_COOKIE(
      "if (!req.cookies.accessToken) { console.log(req); return; } use(req.cookies.accessToken);",
    ),
    READS_COOKIE("use(req.cookies.accessToken);") +
      " export const other = (req) => { console.log(req); };",
    READS_COOKIE(
      "const req = make(id); console.log(req); use(req.cookies.accessToken);",
      "id, res",
    ),
    READS_COOKIE(
      "req.log.info({ req }); logger.info({ req }, 'in'); use(req.cookies.accessToken);",
    ),
    // As JSON, headers of the Fetch API are `{}`.
    HANDLE("console.log(JSON.stringify(event.request.headers));"),
    HANDLE("console.log({ path, headers: `${JSON.stringify(event.request.headers)}` });"),
    HANDLE("console.log(JSON.stringify({ path, headers: event.request.headers }));"),
    HANDLE("console.log(JSON.stringify({ ...event.request.headers }));"),
    HANDLE("const sent = event.request.headers; console.log(JSON.stringify(sent));"),
    HANDLE("const sent = { headers: event.request.headers }; console.log(JSON.stringify(sent));"),
    "export const all = (c) => { console.log(JSON.stringify(c.req.raw.headers)); }; // token",
    HANDLER(`${SHOWN} return new Response("ok");`),
    HANDLER(`${SHOWN} return NextResponse.next();`),
    ...["get", "has", "entries", "forEach"].map((method) =>
      HANDLER(`${SHOWN} request.headers.${method}(given);`),
    ),
    HANDLER(
      'const given = request.headers.get("authorization"); console.log(JSON.stringify(request));',
    ),
    { code: HANDLER(SHOWN, ": Request"), ts: true },
    {
      code: `import type { NextRequest } from "next/server"; ${HANDLER(SHOWN, ": NextRequest")}`,
      ts: true,
    },
    // A preflight, which a browser sends without cookies and Authorization header
    ...[
      'app.options("/session", (req, res) => { console.log(req.headers); res.end(); });',
      'router.options("preflight", "/session", async (ctx) => { console.log(ctx.request.header); });',
      'router.options("*", cors(), (req, res) => { later(() => { console.log(req.headers); }); });',
      'app.use((req, res, next) => { if (req.method === "OPTIONS") { console.log(req.headers); return res.end(); } next(); });',
      'app.options("/session", (req) => { console.log(req.headers.authorization); });',
    ].map((code) => `export function start() { ${code} } // token`),
    "export async function OPTIONS(request) { console.log(request.headers); } // token",
    // Of answers, options and what is not handed a request
    ...[
      "axios.get(address).then(({ headers }) => console.log(headers)); // token",
      'https.get("https://example.org", ({ headers }) => console.log(headers)); // token',
      "const show = ({ headers }) => console.log(headers); // token",
      'client.subscribe("/topic/x", ({ headers }) => console.log(headers)); // token',
      "client.use(({ headers }) => console.log(headers)); // token",
      'app.get("/", ({ header }) => console.log(header)); // token',
      'map["get"]("key", ({ headers }) => console.log(headers)); // token',
    ].map((code) => `export function start() { ${code}\n}`),
    // Another answer, another header, or no more than whether it is there
    LOGIN('console.log(res.headers); keep(res.headers.get("set-cookie"));', "/api/themes"),
    LOGIN('console.log(res.headers); keep(res.headers.get("etag"));'),
    LOGIN('console.log(res.headers.get("etag")); keep(res.headers.get("set-cookie"));'),
    LOGIN('console.log(JSON.stringify(res.headers)); keep(res.headers.get("set-cookie"));'),
    LOGIN('const { headers } = form; console.log(headers.get("set-cookie"));'),
    LOGIN(
      'const headers = res.headers; console.log(headers.has("etag")); keep(headers.get("set-cookie"));',
    ),
    LOGIN(
      'const headers = res.headers; console.log(headers.get("etag")); keep(headers.get("set-cookie"));',
    ),
    LOGIN('console.log(other.headers); keep(res.headers.get("set-cookie"));'),
  ],
  invalid: [
    // A request whose cookie is read as the token
    ...[
      "console.log(«ctx.req»); const { token } = nookies.get(ctx); use(token);",
      "console.log(«ctx.req»); use(parseCookies(ctx).token);",
      "const jar = nookies.get(ctx); console.log('in', «ctx.req»); use(jar.accessToken);",
    ].map((steps) => headers(PAGE(steps))),
    ...[
      "console.log(«req»); const { accessToken } = req.cookies; use(accessToken);",
      "console.log(«{ req }»); use(req.cookies.accessToken);",
    ].map((steps) => headers(READS_COOKIE(steps))),
    headers(READS_COOKIE("console.log(«ctx.request»); use(ctx.cookies.jwt);", "ctx")),
    // A request that is none, and what else comes by that name
    ...[
      'app.post("/session", (req, res) => { console.log(«req.headers»); res.end(); });',
      'app.use((req, res, next) => { if (req.method === "OPTIONS") return res.end(); console.log(«req.headers»); next(); });',
      'app.use((req, res, next) => { if (req.method !== "OPTIONS") console.log(«req.headers»); next(); });',
      'app.use((req, res, next) => { if (req.kind === "OPTIONS") console.log(«req.headers»); next(); });',
      'app.use((req, res, next) => { if (req.method === "POST") console.log(«req.headers»); next(); });',
      "app.options((req, res) => { console.log(«req.headers»); });",
    ].map((code) => headers(`export function start() { ${code} } // token`)),
    token(
      'export function start() { app.options("/session", (req) => { console.log(«jwt.sign(req.body, key)»); }); } import jwt from "jsonwebtoken";',
    ),
    headers("export async function POST(request) { console.log(«request.headers»); } // token"),
    ...[
      "app.onBeforeHandle(({ headers }) => console.log(«headers»)); // token",
      'app.get("/", ({ headers }) => { console.log("in", «headers»); }); // token',
      'app.post("/", async ({ headers }) => { console.log("in", «headers»); }); // token',
    ].map((code) => headers(`export function start() { ${code}\n}`)),
    ...[
      'console.log("h", «res.headers»); keep(res.headers.get("set-cookie"));',
      'const headers = res.headers; console.log(«headers»); keep(headers.get("set-cookie"));',
      "console.log(«res.headers»); keep(res.headers.getSetCookie());",
      'const headers = res.headers; console.log(«headers.get("set-cookie")»);',
      'console.log(«Object.fromEntries(res.headers)»); keep(res.headers.get("set-cookie"));',
    ].map((steps) => token(LOGIN(steps))),
    // A plain object, or what has become one
    headers(HANDLER("console.log(«JSON.stringify(request.headers)»);")),
    headers(HANDLER("console.log(«JSON.stringify(request.headers)»); sent.headers.get(given);")),
    headers(
      HANDLER(
        "console.log(«JSON.stringify(Object.fromEntries(request.headers))»); request.headers.get(given);",
      ),
    ),
    headers(
      HANDLER(
        "const sent = Object.fromEntries(request.headers); console.log(«JSON.stringify(sent)»); request.headers.get(given);",
      ),
    ),
    headers(HANDLE("console.log(«event.request.headers»);")),
    headers(HANDLE("console.log(«[...event.request.headers]»);")),
    {
      ...headers(
        `import type { Request } from "express"; ${HANDLER("console.log(«JSON.stringify(request.headers)»);", ": Request")}`,
      ),
      ts: true,
    },
  ],
});

/** A middleware of Koa in front of one that verifies. */
const KOA = (steps: string, from = "koa", parameters = "(context, next)"): string =>
  `import Koa from "${from}"; import jwt from "koa-jwt"; const app = new Koa(); app.use(async ${parameters} => { ${steps} await next(); }); app.use(jwt({ secret: process.env.KEY, algorithms: ["HS256"] }));`;

testRule("no-token-logging: contexts of Koa", rule, {
  valid: [
    KOA("console.log(context.state, context.path);"),
    KOA("console.log(context.request.method, context.request.url);"),
    KOA("console.log(`${context}`);"),
    KOA("console.log(context.response);"),
    // Nobody sends a token here that anything would read.
    `import Koa from "koa"; const app = new Koa(); app.use(async (context, next) => { console.log(context); await next(); }); // token`,
  ],
  invalid: [
    headers(KOA("console.log(«context»);")),
    headers(KOA("console.log(«context.request»);")),
    headers(KOA("console.log(«context.req»);")),
    headers(
      `const Koa = require("koa"); export const read = async (ctx) => { console.log(«ctx»); return verify(ctx.headers.authorization); };`,
    ),
  ],
});
