import rule from "../../src/rules/require-secure-cookie.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const SIGNED = `import jwt from "jsonwebtoken";\nconst token = jwt.sign(claims, process.env.JWT_SECRET, options);\n`;

type Finding = "exposed" | "readable" | "unencrypted";

const bad = (messageId: Finding, code: string, setter = "res.cookie", extras = {}) =>
  marked(code, { messageId, data: { setter } }, extras);

/** A module of Remix that puts something into the session of its cookie. */
const keepsInSession = (flags: string, write: string) =>
  `import { createCookieSessionStorage } from "@remix-run/node"; const TOKEN = "userToken"; const { getSession, commitSession } = «createCookieSessionStorage({ cookie: { name: "s", ${flags} } })»; export const keep = async (request, form, userToken, token, accessToken) => { const session = await getSession(request.headers.get("Cookie")); ${write}; return commitSession(session); };`;
const unmarked = (code: string) => code.replaceAll(/[«»]/gu, "");

/** A handler of Next.js in which `cookies` has lost its import. */
const NEXT = `${SIGNED}export const POST = async (request) => { `;
const ANSWER = " return Response.json({ id: claims.sub }); };";

const HEADER = "This Set-Cookie header";

/** A service that sets the cookies of h3, and is told of httpOnly in one place. */
const SERVICE = (sets: string, flags = "httpOnly: true, secure: true", setter = "jar"): string =>
  `${SIGNED}export const renew = (jar, event, refreshToken, rest) => { ${sets} ${setter}.setCookie(event, "refresh-token", refreshToken, { ${flags} }); };`;

testRule("require-secure-cookie", rule, {
  valid: [
    // The value was forgotten: what is set says how the cookie is kept.
    ...[
      'res.cookie("refreshToken", { maxAge: 864e5, httpOnly: true });',
      'res.cookie("refreshToken", { maxAge: 864e5, path: "/" }, {});',
      'const options = { maxAge: 864e5 }; if (kept) options.secure = true; res.cookie("refreshToken", options);',
    ].map((step) => `${SIGNED}export const enter = (res, kept) => { ${step} };`),
    // A page may write such a text for itself
    `export const cookieFor = (token) => \`token=\${token}; Path=/; Max-Age=3600\`;`,
    `import { JwtService } from "@nestjs/jwt"; export class AuthService { cookieFor(token) { return \`token=\${token}; Path=/; HttpOnly; Secure\`; } }`,
    `${SIGNED}export const open = (req) => { req.universalCookies.set("x", token, { httpOnly: true, secure: true }); };`,
    `${SIGNED}export const open = (req) => { req.universalCookies.get("x", token); req.universal.set("x", token); };`,
    // The same store by a file of Next.js, and functions that are only called like it
    `import { cookies } from "next/dist/client/components/headers"; ${SIGNED}cookies().set("x", token, { httpOnly: true, secure: true });`,
    ...["next/dist/client/components/theme", "nextra/headers", "mock-next/headers"].map(
      (entry) => `import { cookies } from "${entry}"; ${SIGNED}cookies().set("x", token);`,
    ),
    // No handler of requests
    `${SIGNED}export const keep = (jar, answer) => { answer.cookie("x", token); };`,
    `${SIGNED}app.get("/in", (req, res, tin) => { tin.cookie("x", token); });`,
    // Auth.js decides by the address of the site, or by the environment.
    `import NextAuth from "next-auth"; export default NextAuth({ providers, session: { strategy: "jwt" } });`,
    `import NextAuth from "next-auth"; export default NextAuth({ providers, useSecureCookies: process.env.NODE_ENV === "production", cookies: { sessionToken: { name, options: { httpOnly: true, secure: process.env.NODE_ENV === "production" } } } }); // token`,
    `import NextAuth from "next-auth"; export default NextAuth({ providers, cookies: { sessionToken: { name: "session-token", options: { sameSite: "lax" } }, csrfToken: { name: "csrf", options: { httpOnly: false } } } });`,
    `export const config = { useSecureCookies: false }; // token`,
    `${SIGNED}export default defineEventHandler((event) => { const options = { path: "/", httpOnly: true, secure: true }; setCookie(event, "x", token, options); });`,
    `${SIGNED}export default defineEventHandler((event) => { const options = { path: "/" }; harden(options); setCookie(event, "x", token, options); });`,
    // PocketBase sets both flags by itself.
    ...["", "{ sameSite: 'lax' }", "options", "{ secure: isProduction }"].map(
      (options) =>
        `import PocketBase from "pocketbase"; export const handle = async ({ event, resolve }) => { const answer = await resolve(event); answer.headers.set("set-cookie", event.locals.pb.authStore.exportToCookie(${options})); return answer; };`,
    ),
    ...['=== "production"', '!== "development"', '=== "staging"'].map(
      (test) =>
        `${SIGNED}res.cookie("x", token, { httpOnly: true, secure: process.env.NODE_ENV ${test} });`,
    ),
    `${SIGNED}export default defineEventHandler((event) => { setCookie(event, "x", token, { httpOnly: true, secure: true }); });`,
    `${SIGNED}export default (document) => { setCookie(document, "x", token); };`,
    `import { setCookie } from "./cookies.js"; ${SIGNED}export default (event) => { setCookie(event, "x", token); };`,
    `import { NextResponse } from "next/server"; import { SignJWT } from "jose"; const seal = (claims) => new SignJWT(claims).sign(key); export async function renew(claims) { const res = NextResponse.next(); res.cookies.set({ name: "session", value: await seal(claims), httpOnly: true, secure: true }); return res; }`,
    // Without a context nookies runs in a browser, where a cookie cannot be httpOnly.
    `import { setCookie } from "nookies"; ${SIGNED}setCookie(null, "x", token); setCookie(undefined, "x", token);`,
    // Neither the name nor the value says that it is one.
    `export const login = (res, accessToken) => { res.cookie("session", accessToken.jti); res.cookie("email", token); res.cookie("auth", csrfToken); };`,
    `export const login = (res, accessToken) => { res.cookie("session", hash(accessToken)); };`,
    // A service may set httpOnly by itself, and others are told in another way.
    SERVICE('jar.setCookie(event, "token", token, { secure: true, httpOnly: true });'),
    SERVICE('jar.setCookie(event, "token", token, { secure: true });', "secure: true"),
    SERVICE(
      'jar.setCookie(event, "token", token, { secure: true });',
      "httpOnly: true, secure: true",
      "other",
    ),
    SERVICE('jar.setCookie(event, "token", token, { secure: true, ...rest });'),
    SERVICE('jar.setCookie(event, "token", token, rest);'),
    SERVICE('jar.setCookie(event, "token", token);'),
    SERVICE('jar.setCookie("token", token, 60, { secure: true });'),
    SERVICE('jar.setCookie(event, "token", token, { secure: true }, "strict");'),
    SERVICE('jar.setCookie(event, "theme", rest.theme, { secure: true });'),
    `import * as other from "./cookies.js"; ${SIGNED}other.setCookie(c, "token", token);`,
    // Both flags, in every form
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: true });`,
    `${SIGNED}const flags = { httpOnly: true, secure: true }; res.cookie("token", token, flags);`,
    `${SIGNED}const flags = { httpOnly: true, secure: true }; res.cookie("token", token, { ...flags, maxAge: 1000 });`,
    `${SIGNED}const flags = () => ({ httpOnly: true, secure: true }); res.cookie("token", token, flags());`,
    `${SIGNED}const flags = { httpOnly: true }; flags.secure = true; res.cookie("token", token, flags);`,
    `${SIGNED}const flags = { httpOnly: true }; if (process.env.NODE_ENV === "production") flags.secure = true; res.cookie("token", token, flags);`,
    `${SIGNED}res.cookie("token", token, Object.assign({ httpOnly: true, secure: true }, { path: "/" }));`,
    `${SIGNED}class A { flags = { httpOnly: true, secure: true }; m(res) { res.cookie("token", token, this.flags); } }`,
    `${SIGNED}res.cookie("token", token, { httpOnly: true, ...(production && { secure: true }) });`,
    `import { Elysia } from "elysia"; ${SIGNED}app.post("/", ({ cookie: { auth } }) => { auth.set({ value: token, httpOnly: true, secure: true }); });`,
    `import { Elysia } from "elysia"; ${SIGNED}app.post("/", ({ store: { cache } }) => { cache.set({ value: token }); });`,
    // Sessions that keep a token
    `import session from "express-session"; ${SIGNED}app.use(session({ secret, cookie: { httpOnly: true, secure: true } })); req.session.token = token;`,
    `import session from "express-session"; ${SIGNED}app.use(session({ secret, cookie: { maxAge: 1000 } })); req.session.token = token;`,
    `import session from "express-session"; ${SIGNED}app.use(session({ secret, cookie: { httpOnly: false } })); req.session.views = 1;`,
    `import session from "cookie-session"; ${SIGNED}app.use(session({ keys, secure: process.env.NODE_ENV === "production" })); req.session.jwt = token;`,
    `import { createCookieSessionStorage } from "@remix-run/node"; const { getSession } = createCookieSessionStorage({ cookie: { name: "s", httpOnly: true, secure: true, secrets } }); export const action = async () => { const session = await getSession(); const { accessToken } = await login(); session.set("accessToken", accessToken); };`,
    `import { createCookieSessionStorage } from "@remix-run/node"; const { getSession } = createCookieSessionStorage({ cookie: { name: "s", secrets } }); export const action = async () => { const session = await getSession(); session.set("userId", id); };`,
    // Told by the name of the key and of the value: with the flags, taken back, or a token of another kind
    unmarked(keepsInSession("httpOnly: true, secure: true", 'session.set("userToken", userToken)')),
    ...[
      'session.set("userToken", null)',
      'session.unset("userToken")',
      'session.set("token", csrfToken)',
      'session.set("token", form)',
      'session.set("csrfToken", csrfToken)',
      'session.set("tokenHash", hash(userToken))',
      'session.set("token", token); const csrf = "csrf"',
      'cache.set("userToken", userToken)',
    ].map((write) => unmarked(keepsInSession("secure: true", write))),
    `import { createCookieSessionStorage } from "./sessions.js"; createCookieSessionStorage({ cookie: { name: "s" } }); login(); session.set("accessToken", accessToken);`,
    `import { createMemorySessionStorage } from "@remix-run/node"; createMemorySessionStorage({ cookie: { name: "s" } }); login(); session.set("accessToken", accessToken);`,
    `import { cookies } from "next/headers"; export async function POST(request) { const result = await (await fetch(api)).json(); cookies().set("locale", result.data.locale); cookies().set("csrf", result.data.token); cookies().set("akses", result.data.token, { httpOnly: true, secure: true }); }`,
    // Secure outside development
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: process.env.NODE_ENV === "production" });`,
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: process.env.NODE_ENV !== "development" });`,
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: isProd ? true : false });`,
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: req.secure || req.headers["x-forwarded-proto"] === "https" });`,
    `${SIGNED}res.cookie("token", token, { httpOnly: true, secure: config.cookies.secure });`,
    // Options out of sight
    `${SIGNED}res.cookie("token", token, options);`,
    `${SIGNED}res.cookie("token", token, { ...options });`,
    `${SIGNED}res.cookie("token", token, cookieOptions(req));`,
    `${SIGNED}import { cookieOptions } from "./cookies.js"; res.cookie("token", token, cookieOptions);`,
    `${SIGNED}res.cookie(...args);`,
    // Clearing
    `res.cookie("token", "", { maxAge: 0 }); res.clearCookie("jwt");`,
    `res.cookie("jwt", "loggedout", { expires: new Date(Date.now() + 1000) });`,
    `res.cookie("token", null); res.cookie("accessToken", undefined);`,
    `res.setHeader("Set-Cookie", "token=; Max-Age=0; Path=/");`,
    `res.setHeader("Set-Cookie", \`token=\${value}; Max-Age=0; Path=/\`);`,
    `res.setHeader("Set-Cookie", \`accessToken=gone; Path=/; Domain=\${place}\`);`,
    ...[
      'const gone = ""; return { "Set-Cookie": `id_token=${gone}; Secure` };',
      'const gone = all ? "" : ""; return { "Set-Cookie": `id_token=${gone}; Secure` };',
      'const given = body.get("id_token") ?? ""; return { "Set-Cookie": `id_token=${given}; Secure; HttpOnly` };',
      'const given = body.get("theme") ?? ""; return { "Set-Cookie": `theme=${given}; Secure` };',
      'const given = body.get("id_token") ?? ""; return { "Set-Cookie": `id_token=${given}; Max-Age=0` };',
    ].map((code) => `export const headers = (body, all) => { ${code} };`),
    // Cookies without a token
    `res.cookie("theme", theme); res.cookie("lang", "en");`,
    `res.cookie("XSRF-TOKEN", req.csrfToken()); res.cookie("csrfToken", csrf);`,
    `res.cookie("token", req.csrfToken());`,
    `${SIGNED}res.cookie("name", jwt.decode(token).name);`,
    `${SIGNED}res.cookie("signedIn", Boolean(token)); res.cookie("ref", hash(token));`,
    `res.cookie("token", color);`,
    // Setters with better defaults
    `${SIGNED}router.post("/", (ctx) => { ctx.cookies.set("token", token); });`,
    `${SIGNED}server.route({ handler: (request, h) => { h.state("token", token); } });`,
    `${SIGNED}server.state("token", { isSecure: true }); server.state("theme", { isHttpOnly: false }); server.route({ handler: (request, h) => h.response(page).state("token", token).state("theme", "dark") });`,
    `${SIGNED}server.state("token", { isHttpOnly: false }); server.route({ handler: (request, h) => { h.state("token", token, { isHttpOnly: true }); } });`,
    `${SIGNED}store.state("token", { isHttpOnly: false }); server.route({ handler: (request, h) => { h.state("token", token); view.state("token", token, { isHttpOnly: false }); } });`,
    `import Cookies from "cookies"; ${SIGNED}new Cookies(req, res).set("token", token);`,
    `import { fail } from "@sveltejs/kit"; ${SIGNED}export const actions = { login: async ({ cookies }) => { cookies.set("token", token, { path: "/" }); } };`,
    `import { KEY } from "$env/static/private"; ${SIGNED}export const actions = { login: async ({ cookies }) => { cookies.set("token", token, { path: "/" }); } };`,
    `import { it } from "./lib/server/db"; ${SIGNED}export const actions = { login: async ({ cookies }) => { cookies.set("x", token, { path: "/", httpOnly: false }); } };`,
    // Others
    `import { setCookie } from "hono/cookie"; ${SIGNED}setCookie(c, "token", token, { httpOnly: true, secure: true });`,
    `import { setCookie } from "jsr:@std/http/cookie"; ${SIGNED}setCookie(headers, { name: "token", value: token, httpOnly: true, secure: true });`,
    `import { setCookie } from "./http/cookie.ts"; ${SIGNED}setCookie(headers, { name: "token", value: token });`,
    `import { cookies } from "next/headers"; ${SIGNED}(await cookies()).set("token", token, { httpOnly: true, secure: true });`,
    // Declared in the file, given something, or nowhere near a request
    `${NEXT}cookies().set("x", token, { httpOnly: true, secure: true });${ANSWER}`,
    `${NEXT}cookies().set("theme", theme); cookies(store).set("x", token);${ANSWER}`,
    `import { cookies } from "./jar.js"; ${NEXT}cookies().set("x", token);${ANSWER}`,
    `${NEXT}const cookies = () => new Map(); cookies().set("x", token);${ANSWER}`,
    `${NEXT}jar().set("x", token); cookies.set("x", token);${ANSWER}`,
    `${NEXT}cookies().set("x", token); };`,
    `import { cookies } from "next/headers"; ${SIGNED}cookies().set({ name: "token", value: token, httpOnly: true, secure: process.env.NODE_ENV === "production" });`,
    `import { serialize } from "cookie"; ${SIGNED}res.setHeader("Set-Cookie", serialize("token", token, { httpOnly: true, secure: true }));`,
    `${SIGNED}res.setHeader("Set-Cookie", \`token=\${token}; HttpOnly; Secure; Path=/\`);`,
    `${SIGNED}export const cookie = () => \`token=\${token}; HttpOnly; Secure; Path=/\`;`,
    `${SIGNED}export const cookie = () => \`token=\${token}; HttpOnly; Path=/; \${rest}\`;`,
    // Somebody adds to it.
    `${SIGNED}export const cookie = (rest) => \`token=\${token}; HttpOnly; Path=/\` + rest;`,
    `${SIGNED}const base = () => \`token=\${token}; HttpOnly; Path=/\`; export const cookie = () => base() + "; Secure";`,
    `${SIGNED}let text = \`token=\${token}; HttpOnly; Path=/\`; if (isSecure) text += "; Secure"; send(text);`,
    `${SIGNED}export const cookie = (theme) => \`theme=\${theme}; HttpOnly; Path=/\`;`,
    `export const gone = "token=; HttpOnly; Path=/; Max-Age=0";`,
    `${SIGNED}export const help = (name) => \`Set \${name}; HttpOnly is on\`;`,
    `${SIGNED}res.setHeader("Set-Cookie", [\`token=\${token}; httponly; secure\`]);`,
    `${SIGNED}res.setHeader("Set-Cookie", \`token=\${token}; \${attributes}\`);`,
    `${SIGNED}new Response(null, { headers: { "Set-Cookie": \`token=\${token}; HttpOnly; Secure\` } });`,
    `function setCookie(c, name, value) {} ${SIGNED}setCookie(c, "token", token);`,
    `${SIGNED}jar.cookie("token", token); browser.setCookie("token", token); cache.set("token", token);`,
    `${SIGNED}request(app).get("/").set("Cookie", \`token=\${token}\`);`,
  ],
  invalid: [
    // The token beside them, or what may be one
    ...[
      'const refreshToken = { maxAge: 864e5, jwt: token }; «res.cookie("refreshToken", refreshToken)»;',
      'const refreshToken = { path: "/", ...made }; «res.cookie("refreshToken", refreshToken)»;',
      'const refreshToken = made ? { path: "/" } : made; «res.cookie("refreshToken", refreshToken)»;',
    ].map((step) => bad("exposed", `${SIGNED}export const enter = (res, made) => { ${step} };`)),
    bad(
      "readable",
      SERVICE('«jar.setCookie(event, "token", token, { secure: true })»;'),
      "jar.setCookie",
    ),
    bad(
      "exposed",
      SERVICE('«jar.setCookie(event, "access-token", rest.accessToken, {})»;'),
      "jar.setCookie",
    ),
    bad(
      "exposed",
      `${SIGNED}export const open = (req) => { const options = { path: "/" }; «req.universalCookies.set("x", token, options)»; };`,
      "req.universalCookies.set",
    ),
    // A text that a function of a server gives, with nothing that only a server writes
    marked(
      `import { JwtService } from "@nestjs/jwt"; export class AuthService { cookieFor(token) { return «\`token=\${token}; Path=/; Max-Age=3600\`»; } }`,
      { messageId: "exposed", data: { setter: HEADER } },
    ),
    // The names of the pair, without the word
    ...["Authentication", "Refresh"].map((name) =>
      marked(
        `export class AuthService { cookieFor(token) { return «\`${name}=\${token}; HttpOnly; Path=/\`»; } }`,
        { messageId: "unencrypted", data: { setter: "This Set-Cookie header" } },
      ),
    ),
    marked(
      `import NextAuth from "next-auth"; export const { auth } = NextAuth({ providers, «useSecureCookies: false» }); // token`,
      { messageId: "unencrypted", data: { setter: "useSecureCookies" } },
    ),
    marked(
      `import { SvelteKitAuth } from "@auth/sveltekit"; export const { handle } = SvelteKitAuth({ providers, cookies: { «sessionToken: { name, options: { httpOnly: true, secure: false } }» } });`,
      { messageId: "unencrypted", data: { setter: "cookies.sessionToken" } },
    ),
    marked(
      `import NextAuth from "next-auth"; export const authOptions = { providers, cookies: { «sessionToken: { name, options: { httpOnly: false, secure: true } }» } }; export default NextAuth(authOptions);`,
      { messageId: "readable", data: { setter: "cookies.sessionToken" } },
    ),
    // What stands behind the request is the response, whatever it is called.
    bad(
      "exposed",
      `${SIGNED}app.get("/in", (request, answer) => { find().then(() => { «answer.cookie("x", token)»; }); });`,
      "answer.cookie",
    ),
    // Options in a constant that only goes to what sets the cookie
    bad(
      "exposed",
      `${SIGNED}export default defineEventHandler((event) => { const options = { path: "/", sameSite: "strict" }; «setCookie(event, "x", token, options)»; });`,
      "setCookie",
    ),
    bad(
      "unencrypted",
      `import type { AstroGlobal } from "astro"; ${SIGNED}export function keep(astro: AstroGlobal) { «astro.cookies.set("x", token, { httpOnly: true })»; }`,
      "astro.cookies.set",
      { ts: true },
    ),
    bad(
      "exposed",
      `import { NextResponse } from "next/server"; ${SIGNED}const onward = NextResponse.redirect(address); «onward.cookies.set("x", token)»;`,
      "onward.cookies.set",
    ),
    ...(
      [
        ["exposed", "{ httpOnly: false, secure: false }"],
        ["unencrypted", "{ secure: false, sameSite: 'lax' }"],
        ["readable", "{ httpOnly: false }"],
      ] as const
    ).map(([messageId, options]) =>
      bad(
        messageId,
        `import PocketBase from "pocketbase"; export const handle = async ({ event, resolve }) => { const answer = await resolve(event); answer.headers.set("set-cookie", «event.locals.pb.authStore.exportToCookie(${options})»); return answer; };`,
        "authStore.exportToCookie",
      ),
    ),
    bad(
      "exposed",
      `import { NextResponse } from "next/server"; ${SIGNED}const nextResponse = NextResponse.json({}); «nextResponse.cookies.set("x", token)»;`,
      "nextResponse.cookies.set",
    ),
    // The wrong way round
    ...['=== "development"', '!== "production"'].map((test) =>
      bad(
        "unencrypted",
        `${SIGNED}«res.cookie("x", token, { httpOnly: true, secure: process.env.NODE_ENV ${test} })»;`,
      ),
    ),
    // Nuxt imports them by itself.
    bad(
      "readable",
      `${SIGNED}export default defineEventHandler((event) => { «setCookie(event, "x", token, { secure: true })»; });`,
      "setCookie",
    ),
    bad(
      "unencrypted",
      `import { NextResponse } from "next/server"; import { SignJWT } from "jose"; const seal = (claims) => new SignJWT(claims).sign(key); export async function renew(claims) { const res = NextResponse.next(); «res.cookies.set({ name: "session", value: await seal(claims), httpOnly: true })»; return res; }`,
      "res.cookies.set",
    ),
    // The value says it, and the name nothing else.
    bad(
      "unencrypted",
      `export const login = (res, accessToken) => { «res.cookie("session", accessToken, { httpOnly: true })»; };`,
    ),
    bad(
      "unencrypted",
      `export const login = (res, token) => { «res.cookie("auth", token, { httpOnly: true })»; };`,
    ),
    bad(
      "exposed",
      `export const setLoginCookie = (res, name, token) => { «res.cookie(name, token)»; };`,
    ),
    bad(
      "unencrypted",
      `export const login = (res, accessToken) => { res.setHeader("Set-Cookie", «\`session=\${accessToken}; Path=/; HttpOnly\`»); };`,
      HEADER,
    ),
    bad(
      "readable",
      `import * as cookies from "hono/cookie"; ${SIGNED}«cookies.setCookie(c, "token", token, { secure: true })»;`,
      "cookies.setCookie",
    ),
    // What is missing
    bad("exposed", `${SIGNED}«res.cookie("x", token)»;`),
    bad("exposed", `${SIGNED}«res.cookie("x", token, { maxAge: 1000 })»;`),
    bad("exposed", `${SIGNED}«res.cookie("x", token, { httpOnly: false, secure: false })»;`),
    bad("readable", `${SIGNED}«res.cookie("x", token, { secure: true })»;`),
    bad("readable", `${SIGNED}«res.cookie("x", token, { httpOnly: false, secure: isProd })»;`),
    bad("readable", `${SIGNED}«res.cookie("x", token, { HttpOnly: true, secure: true })»;`),
    bad("unencrypted", `${SIGNED}«res.cookie("x", token, { httpOnly: true })»;`),
    bad("unencrypted", `${SIGNED}«res.cookie("x", token, { httpOnly: true, secure: false })»;`),
    bad("unencrypted", `${SIGNED}«res.cookie("x", token, { httpOnly: true, secure: undefined })»;`),
    // Options elsewhere
    bad(
      "unencrypted",
      `${SIGNED}const flags = { httpOnly: true }; «res.cookie("x", token, flags)»;`,
    ),
    bad(
      "unencrypted",
      `${SIGNED}const base = { httpOnly: true }; «res.cookie("x", token, { ...base, path: "/" })»;`,
    ),
    bad(
      "unencrypted",
      `${SIGNED}function flags() { return { httpOnly: true, maxAge: 1000 }; } «res.cookie("x", token, flags())»;`,
    ),
    bad(
      "unencrypted",
      `${SIGNED}class A { flags = { httpOnly: true }; m(res) { «res.cookie("x", token, this.flags)»; } }`,
      "res.cookie",
    ),
    bad(
      "exposed",
      `${SIGNED}const flags = {}; flags.maxAge = 1000; «res.cookie("x", token, flags)»;`,
    ),
    // Where the token comes from
    bad(
      "exposed",
      `import jwt from "jsonwebtoken"; const issue = (user) => jwt.sign({ sub: user.id }, secret); «res.cookie("x", issue(user))»;`,
    ),
    bad(
      "exposed",
      `import jwt from "jsonwebtoken"; function send(res, token) { «res.cookie("x", token)»; } send(res, jwt.sign(claims, secret));`,
    ),
    bad("exposed", `const token = await user.generateAuthToken(); «res.cookie("x", token)»;`),
    bad(
      "exposed",
      `const token = user.getSignedJwtToken(); const options = { expires: new Date() }; «res.status(200).cookie("x", token, options)».json({ token });`,
      "cookie",
    ),
    bad(
      "exposed",
      `const { data } = await axios.post("/oauth/token", form); «res.cookie("x", data.access_token)»;`,
    ),
    bad("exposed", `app.use((req, res) => { «res.cookie("x", req.headers.authorization)»; });`),
    bad("exposed", `${SIGNED}«res.cookie("x", JSON.stringify({ token }))»;`),
    bad("exposed", `${SIGNED}«res.cookie("x", \`Bearer \${token}\`)»;`),
    // What both the name and the value say
    bad("exposed", `function send(res, token) { «res.cookie("token", token)»; }`),
    bad("exposed", `function send(res, value) { «res.cookie("accessToken", value)»; }`),
    bad(
      "exposed",
      `import { REFRESH_TOKEN_COOKIE } from "./names.js"; function send(res, value) { «res.cookie(REFRESH_TOKEN_COOKIE, value)»; }`,
    ),
    // Setters
    bad("exposed", `${SIGNED}«response.cookie("x", token)»; reply.send();`, "response.cookie"),
    bad("exposed", `${SIGNED}«reply.setCookie("x", token, { path: "/" })»;`, "reply.setCookie"),
    bad(
      "readable",
      `${SIGNED}router.post("/", (ctx) => { «ctx.cookies.set("x", token, { httpOnly: false })»; });`,
      "ctx.cookies.set",
    ),
    bad(
      "exposed",
      `import { setCookie } from "hono/cookie"; ${SIGNED}«setCookie(c, "x", token)»;`,
      "setCookie",
    ),
    bad(
      "exposed",
      `import { setSignedCookie } from "hono/cookie"; ${SIGNED}«setSignedCookie(c, "x", token, secret)»;`,
      "setSignedCookie",
    ),
    ...[
      "https://deno.land/std@0.170.0/http/cookie.ts",
      "jsr:@std/http@1/cookie",
      "@std/http/cookie",
      "$std/http/cookie.ts",
    ].map((specifier) =>
      bad(
        "exposed",
        `import { setCookie } from "${specifier}"; ${SIGNED}«setCookie(headers, { name: "x", value: token })»;`,
        "setCookie",
      ),
    ),
    bad(
      "exposed",
      `import { setCookie } from "h3"; ${SIGNED}«setCookie(event, "x", token)»;`,
      "setCookie",
    ),
    bad(
      "exposed",
      `import { cookies } from "next/headers"; ${SIGNED}(await cookies()).set("y", 1); const jar = await cookies(); «jar.set("x", token)»;`,
      "jar.set",
    ),
    bad(
      "readable",
      `import session from "express-session"; ${SIGNED}app.use(«session({ secret, cookie: { httpOnly: false } })»); req.session.token = token;`,
      "session",
    ),
    bad(
      "exposed",
      `import session from "cookie-session"; ${SIGNED}app.use(«session({ keys, httpOnly: false, secure: false })»); req.session.jwt = token;`,
      "session",
    ),
    bad(
      "unencrypted",
      `import { getIronSession } from "iron-session"; ${SIGNED}const { session } = { session: await «getIronSession(req, res, { password, cookieOptions: { secure: false } })» }; session.accessToken = token;`,
      "getIronSession",
    ),
    bad(
      "exposed",
      `import { Elysia } from "elysia"; ${SIGNED}app.post("/", ({ cookie: { auth } }) => { «auth.set({ value: token })»; });`,
      "auth.set",
    ),
    bad(
      "exposed",
      `import { cookies } from "next/headers"; ${SIGNED}«cookies().set("x", token)»;`,
      "set",
    ),
    ...[
      "next/headers.js",
      "next/dist/api/headers",
      "next/dist/client/components/headers",
      "next/dist/client/components/headers.js",
      "next/dist/server/request/cookies",
    ].map((entry) =>
      bad(
        "exposed",
        `import { cookies } from "${entry}"; ${SIGNED}«(await cookies()).set("x", token)»;`,
        "set",
      ),
    ),
    ...[
      `${NEXT}«cookies().set("x", token)»;${ANSWER}`,
      `${NEXT}«(await cookies()).set("x", token)»;${ANSWER}`,
    ].map((code) => bad("exposed", code, "set")),
    bad(
      "exposed",
      `${NEXT}const jar = await cookies(); «jar.set("x", token)»;${ANSWER}`,
      "jar.set",
    ),
    bad(
      "unencrypted",
      `import { cookies } from "next/headers"; ${SIGNED}«cookies().set({ name: "x", value: token, httpOnly: true })»;`,
      "set",
    ),
    bad(
      "exposed",
      `import { NextResponse } from "next/server"; ${SIGNED}const response = NextResponse.json({}); «response.cookies.set("x", token)»;`,
      "response.cookies.set",
    ),
    bad(
      "exposed",
      `import cookie from "cookie"; ${SIGNED}const text = «cookie.serialize("x", token)»;`,
      "cookie.serialize",
    ),
    bad(
      "unencrypted",
      `import { serialize } from "cookie"; ${SIGNED}const text = «serialize("x", token, { httpOnly: true })»;`,
      "serialize",
    ),
    bad(
      "exposed",
      `import nookies from "nookies"; ${SIGNED}«nookies.set(ctx, "x", token)»;`,
      "nookies.set",
    ),
    bad(
      "readable",
      `${SIGNED}server.route({ handler: (request, h) => { «h.state("x", token, { isHttpOnly: false })»; } });`,
      "h.state",
    ),
    bad(
      "exposed",
      `import { createCookieSessionStorage } from "@remix-run/node"; const { getSession } = «createCookieSessionStorage({ cookie: { name: "s", secrets } })»; export const action = async () => { const session = await getSession(); const { accessToken } = await login(); session.set("accessToken", accessToken); };`,
      "createCookieSessionStorage",
    ),
    // Told by the name of the key or of the value
    ...[
      'session.set("userToken", userToken)',
      'session.set("token", accessToken)',
      'session.set("token", token)',
      "session.set(TOKEN, form)",
      'session.set("userToken", null); session.set("token", token)',
      'session.set("userToken", userToken); const csrf = "csrf"',
    ].map((write) =>
      bad("readable", keepsInSession("secure: true", write), "createCookieSessionStorage"),
    ),
    bad(
      "unencrypted",
      `import jwt from "jsonwebtoken"; import { createCookieSessionStorage } from "react-router"; export const storage = «createCookieSessionStorage({ cookie: { name: "s", httpOnly: true } })»; session.set("token", jwt.sign(claims, key));`,
      "createCookieSessionStorage",
    ),
    bad(
      "exposed",
      `import type { APIRoute } from "astro"; ${SIGNED}export const POST: APIRoute = async ({ cookies }) => { «cookies.set("token", token, { path: "/" })»; };`,
      "cookies.set",
      { ts: true },
    ),
    bad(
      "exposed",
      `import { cookies } from "next/headers"; export async function POST(request) { const result = await (await fetch(api)).json(); «cookies().set("akses", result.data.token, { maxAge: 60 })»; }`,
      "set",
    ),
    // As the server was told before
    bad(
      "unencrypted",
      `${SIGNED}const NAME = "x"; server.state(NAME, { isSecure: false }); server.route({ handler: (request, h) => { «h.state("x", token)»; } });`,
      "h.state",
    ),
    bad(
      "exposed",
      `${SIGNED}server.route({ handler: (request, h) => «h.response(page).state("x", token, { isHttpOnly: false, isSecure: false })» });`,
      "state",
    ),
    // Whatever a module of a route imports says where it runs.
    ...["$env/static/private", "$lib/server/db", "./$types"].map((place) =>
      bad(
        "readable",
        `import { it } from "${place}"; ${SIGNED}export const actions = { login: async ({ cookies }) => { «cookies.set("x", token, { path: "/", httpOnly: false })»; } };`,
        "cookies.set",
      ),
    ),
    bad(
      "readable",
      `import { fail } from "@sveltejs/kit"; ${SIGNED}export const actions = { login: async ({ cookies }) => { «cookies.set("x", token, { path: "/", httpOnly: false })»; } };`,
      "cookies.set",
    ),
    // Headers written as text
    // Empty where there is no token, and a token where there is one
    ...[
      'const given = body.get("id_token") ?? ""; return { "Set-Cookie": «`id_token=${given}; Secure`» };',
      'const given = body.get("id_token") || ""; return { "Set-Cookie": «"id_token=" + given + "; Secure"» };',
      'return { "Set-Cookie": «`id_token=${ok ? body.get("id_token") : ""}; Secure`» };',
    ].map((code) => bad("readable", `export const headers = (body, ok) => { ${code} };`, HEADER)),
    // Made here, sent elsewhere.
    bad(
      "unencrypted",
      `${SIGNED}export const cookie = (age) => «\`Session=\${token}; HttpOnly; Path=/; Max-Age=\${age}\`»;`,
      HEADER,
    ),
    bad("exposed", `${SIGNED}res.setHeader("Set-Cookie", «\`token=\${token}; Path=/\`»);`, HEADER),
    bad(
      "unencrypted",
      `${SIGNED}res.setHeader("Set-Cookie", [«\`token=\${token}; HttpOnly; Path=\${path}\`»]);`,
      HEADER,
    ),
    bad("exposed", `${SIGNED}res.append("set-cookie", «"token=" + token»);`, HEADER),
    bad(
      "unencrypted",
      `${SIGNED}new Response(null, { headers: { "Set-Cookie": «\`token=\${token}; HttpOnly\`» } });`,
      HEADER,
    ),
  ],
});
