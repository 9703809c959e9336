import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What forms, queries and server actions are told of who asks, each next to its twin that asks for a proof. */

const JWT = 'import jwt from "jsonwebtoken";';
const SIGNED = "jwt.sign({ email }, key, { expiresIn: '1h' })";

const place = (file: string): Partial<InvalidCase> => ({
  filename: path.join(import.meta.dirname, "../fixtures/identities", file),
});

const given = (code: string, file: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, place(file));

const called = (code: string, file: string): InvalidCase =>
  marked(code, { messageId: "calledIdentity", data: { name: "jwt.sign" } }, place(file));

const plain = (code: string, file: string) => ({
  code: code.replaceAll(/[«»]/gu, ""),
  ...place(file),
});

/** An endpoint of Next.js. */
const endpoint = (reads: string): string =>
  `${JWT} export async function POST(request) { ${reads} return Response.json({ token: ${SIGNED} }); }`;

const ROUTE = "app/api/login/route.js";
const FORM = "const form = await request.formData();";
const EMAIL = 'const email = «form.get("email")»;';
const QUERY = "const { searchParams } = new URL(request.url);";

/** With its value named in the token, it is the name that is told. */
const told = (reads: string): string =>
  endpoint(reads.replaceAll(/[«»]/gu, "")).replace("sign({ email }", "sign({ «email» }");

testRule("no-unverified-claims: fields of forms and queries", rule, {
  valid: [
    ...[
      `${FORM} ${EMAIL} const user = await find(email); if (!(await bcrypt.compare(form.get("password"), user.hash))) return refuse();`,
      `${FORM} ${EMAIL} if (form.get("code") !== (await cache.get(email))) return refuse();`,
      `${FORM} const email = form.get(field);`,
      `${FORM} const email = form.getter("email");`,
      // What gives the form nobody can see, or it is no request's.
      'const form = await load(); const email = form.get("email");',
      'const form = await reply.formData(); const email = form.get("email");',
      'const email = sessions.get("email");',
      "const { email } = Object.fromEntries(known);",
      'const query = new URL(settings.url).searchParams; const email = query.get("email");',
      'const { host } = new URL(request.url); const email = host.get("email");',
    ].map((reads) => plain(endpoint(reads), ROUTE)),
    plain(endpoint(`${FORM} ${EMAIL}`), "app/api/orders/route.js"),
    ...[
      'const form = await request.json(); const email = form.get("email");',
      'const form = await reply.formData(); const email = form.get("email");',
      'const email = new URL(reply.url).searchParams.get("email");',
      'const email = url.searchParams.get("email");',
      'const query = getQuery(event); const email = query.get("email");',
      `${FORM.replace("form", "held")} const form = reply; const email = form.get("email");`,
    ].map((reads) =>
      plain(endpoint(reads).replace("(request)", "(request, reply, url, event)"), ROUTE),
    ),
  ],
  invalid: [
    `${FORM} ${EMAIL}`,
    `${FORM} const email = form.get("email")?.toString().trim();`,
    `${FORM} const email = String(form.get("email") ?? "");`,
    'const email = (await request.formData()).get("email");',
    `${FORM} const said = Object.fromEntries(form); const email = said.email;`,
    "const { email } = Object.fromEntries(await request.formData());",
    "const { email } = Object.fromEntries((await request.formData()).entries());",
    `${QUERY} const email = searchParams.get("email");`,
    'const { searchParams: query } = new URL(request.url); const email = query.get("email");',
    'const url = new URL(request.url); const email = url.searchParams.get("email");',
    'const query = new URL(request.url).searchParams; const email = query.get("email");',
    'const email = request.nextUrl.searchParams.get("email");',
    'const { searchParams } = request.nextUrl; const email = searchParams.get("email");',
    "const { email } = Object.fromEntries(new URL(request.url).searchParams);",
    // Which of them they are is compared with what stands in the code alone.
    `${FORM} ${EMAIL} if (form.get("way") === "email") log("by mail");`,
  ].map((reads) => given(told(reads), ROUTE)),
});

const PAGE = "src/routes/login/+page.server.js";

/** An action of a page of SvelteKit. */
const action = (parameter: string, body: string, actions = "actions"): string =>
  `${JWT} import { fail, redirect } from "@sveltejs/kit"; export const ${actions} = { login: async (${parameter}) => { ${body} } };`;

const EVENT = 'const data = await event.request.formData(); const email = data.get("email");';
const BARE = 'const data = await request.formData(); const email = data.get("email");';
const TELLS = "jwt.sign({ «email» }, key, { expiresIn: '1h' })";

testRule("no-unverified-claims: forms of Nitro", rule, {
  valid: [],
  invalid: [
    given(
      `${JWT} export default defineEventHandler(async (event) => { const form = await readFormData(event); const email = form.get("email"); return { token: ${SIGNED.replace("email", "«email»")} }; });`,
      "server/api/login.post.js",
    ),
  ],
});

testRule("no-unverified-claims: actions of pages", rule, {
  valid: [
    plain(
      action(
        "event",
        `${EVENT} if (!event.locals.user) return fail(401); return { token: ${SIGNED} };`,
      ),
      PAGE,
    ),
    plain(
      action(
        "{ request, cookies }",
        `${BARE} if (cookies.get("way") !== WAY) return fail(401); cookies.set("t", ${SIGNED});`,
      ),
      PAGE,
    ),
    plain(
      action(
        "{ request, cookies }",
        `${BARE} if (!isOurs(cookies)) return fail(401); cookies.set("t", ${SIGNED});`,
      ),
      PAGE,
    ),
  ],
  invalid: [
    given(
      action("event", `${EVENT} event.cookies.set("t", ${TELLS}); throw redirect(302, "/");`),
      PAGE,
    ),
    given(
      action(
        "{ request, cookies }",
        `${BARE} if (!email) return fail(400, { email }); cookies.set("t", ${TELLS}, { path: "/" }); redirect(302, "/");`,
      ),
      PAGE,
    ),
    given(
      action(
        "{ request, cookies, url }",
        `${BARE} const next = url.searchParams.get("next"); if (next !== "here") log(next); cookies.set("t", ${TELLS}); return { done: true };`.replace(
          "log(next)",
          "console.log(next)",
        ),
      ),
      PAGE,
    ),
    // Of Remix
    given(
      `${JWT} export async function action({ request }) { const form = await request.formData(); const email = form.get("email"); return redirect("/", { headers: { "Set-Cookie": ${TELLS} } }); }`,
      "app/routes/login.js",
    ),
    given(
      `${JWT} export const action = async ({ request }) => { const form = await request.formData(); const email = form.get("email"); return redirect("/", { headers: { "Set-Cookie": ${TELLS} } }); };`,
      "app/routes/sign-in.js",
    ),
  ],
});

/** The same where nothing says that somebody signs in there, but that the token is for an account. */
const forUser = (head: string, tail = "};", taker = "event"): string =>
  `${JWT} ${head}(${taker}) => { const data = await ${taker === "event" ? "event.request" : "request"}.formData(); const userId = data.get("userId"); return { token: jwt.sign({ «userId» }, key) }; ${tail}`;

const TEAM = "src/routes/team/+page.server.js";

testRule("no-unverified-claims: actions that stand open", rule, {
  valid: [
    plain(forUser("export const tools = { default: async ", "} };"), TEAM),
    plain(forUser("export const actions = { default: async ", "} };"), "src/routes/team/tools.js"),
    plain(forUser("export const action = async ", "};", "request"), "app/routes/team.js"),
    plain(forUser("export const tool = async ", "};", "{ request }"), "app/routes/team.js"),
  ],
  invalid: [
    given(forUser("export const actions = { default: async ", "} };"), TEAM),
    given(forUser("export const actions = { default: async ", "} };", "{ request }"), TEAM),
    given(forUser("export const action = async ", "};", "{ request }"), "app/routes/team.js"),
  ],
});

/** A file whose functions a page calls. */
const server = (code: string, directive = '"use server";'): string =>
  `${directive} import { cookies } from "next/headers"; ${JWT} ${code}`;

const KEEPS = `(await cookies()).set("session", ${TELLS}, { httpOnly: true, secure: true });`;
const ENTER = `export async function login(email) { ${KEEPS} }`;
const ACTIONS = "app/actions.js";

testRule("no-unverified-claims: server actions", rule, {
  valid: [
    // Nobody calls it from outside.
    plain(server(ENTER, ""), ACTIONS),
    plain(
      server(
        `export async function login(formData) { const email = formData.get("email"); ${KEEPS} }`,
        "",
      ),
      ACTIONS,
    ),
    plain(server(ENTER, '"use client";'), ACTIONS),
    plain(server(ENTER, 'log(); "use server";'), ACTIONS),
    plain(server(ENTER.replace("export ", "")), ACTIONS),
    // … or a proof is asked for.
    plain(
      server(
        `export async function login(email, password) { const user = await find(email); if (!(await bcrypt.compare(password, user.hash))) return; ${KEEPS} }`,
      ),
      ACTIONS,
    ),
    plain(
      server(
        `export async function login(email) { if ((await auth()).user.email !== email) return; ${KEEPS} }`,
      ),
      ACTIONS,
    ),
    plain(
      server(
        `export async function login(state) { const email = state.get("email"); ${KEEPS.replace("«email»", "email")} }`,
      ),
      ACTIONS,
    ),
  ],
  invalid: [
    called(server(ENTER), ACTIONS),
    called(server(ENTER, '"use strict"; "use server";'), ACTIONS),
    // Nothing says that somebody signs in there, but that the token is for an account.
    called(
      server(
        `export async function openSession(userId) { (await cookies()).set("session", jwt.sign({ «userId» }, key)); }`,
      ),
      ACTIONS,
    ),
    called(server(`export const login = async (email) => { ${KEEPS} };`), ACTIONS),
    called(server(`export const signIn = async ({ email }) => { ${KEEPS} };`), ACTIONS),
    called(
      server(
        `export async function login(state, formData) { const email = formData.get("email"); ${KEEPS} }`,
      ),
      ACTIONS,
    ),
    called(
      server(`async function login(email) { "use server"; ${KEEPS} } export { login };`, ""),
      ACTIONS,
    ),
  ],
});
