import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Answers that hold a token, whether or not the function that logs them reads it. */

const token = (code: string, extras = {}) =>
  marked(code, { messageId: "token", data: { name: "console.log" } }, extras);

const ASKED = (asks: string, show: string): string =>
  `import axios from "axios"; import { post } from "httpie"; import { post as other } from "./http"; export async function grant() { const answer = await ${asks}; ${show} return answer.data; }`;
const OAUTH =
  '"https://tenant.example.com/oauth/token", { body: { grant_type: "client_credentials" } }';

const CLIENT = (
  answers: string,
  dresses = "config.headers.Authorization = `Bearer ${store.key}`;",
): string =>
  `import axios from "axios"; const client = axios.create({ baseURL: "/api" }); const other = axios.create(); const clients = { a: axios.create(), b: axios.create() }; client.interceptors.request.use((config) => { ${dresses} return config; }); ${answers}`;

const CUSTOM = (show: string): string =>
  `import firebase from "firebase"; export function grant(uid) { const made = firebase.auth().createCustomToken(uid); ${show} return { made }; }`;

/** What next-auth is given. */
const AUTH = (handlers: string, provider = "google"): string =>
  `import NextAuth from "next-auth"; import Provider from "next-auth/providers/${provider}"; export default NextAuth({ providers: [Provider(settings)], ${handlers} });`;

const SIGN_IN = (steps: string): string =>
  AUTH(`callbacks: { async signIn({ user, account, profile }) { ${steps} return true; } }`);

/** What is declared for the users of next-auth, and what its callbacks do with one. */
const USERS = (type: string, steps: string, jwt = ""): string =>
  `import NextAuth from "next-auth"; import { providers } from "./providers"; ${type} export default NextAuth({ providers, callbacks: { async signIn({ user, account }) { ${steps} return true; }, async jwt({ token, user }) { ${jwt} return token; } } });`;
const DECLARES = (members: string, module = "next-auth", name = "User"): string =>
  `declare module "${module}" { interface ${name} { ${members} } }`;

/** A form of a page that reads a token from an error as well. */
const JOINS = (steps: string, before = ""): string =>
  `import { decodeJwt } from "jose"; export const join = async (form) => { ${before} try { return await post("/join", form); } catch (error) { ${steps} } };`;
const READS = "return decodeJwt(error.response.data.jwt).text;";

/** A service whose answer goes on to somebody else, or is handed back. */
const SERVICE = (steps: string, asks = "members.login(form)"): string =>
  `export const enter = async (form) => { const answer = await ${asks}; ${steps} }; // a token`;

/** A function that asks, and another that takes the token out of what it gives. */
const HANDED_BACK = (steps: string, asks = 'axios.post("/login", form)'): string =>
  `import axios from "axios"; const ask = async (form) => { const answer = await ${asks}; ${steps} }; export const enter = async (form) => { const given = await ask(form); keep(given.token); };`;

/** A slice of redux with a thunk. */
const SLICE = (steps: string, address: string, reads = "state.token = action.payload.token;") =>
  `import axios from "axios"; export const enter = createAsyncThunk("member/enter", async (form) => { const answer = await axios.post("${address}", form); ${steps} return answer.data; }); export default createSlice({ name: "member", initialState: {}, extraReducers: (builder) => { builder.addCase(enter.fulfilled, (state, action) => { ${reads} }); } });`;

/** A page that signs in, whose token goes on in an object. */
const SIGNED = (steps: string): string =>
  `export const enter = async (form) => { const answer = await fetch("/login", form); const body = await answer.json(); ${steps} setSession({ token: body.token }); };`;

testRule("no-token-logging", rule, {
  valid: [
    // What else the answer says, that it has a token, its failure, and another answer
    ...[
      "console.log({ name: body.user.name, status: answer.status });",
      "console.log({ success: answer.ok, hasToken: Boolean(body.token) }, { isIn: !!body.token });",
      "if (!answer.ok) { console.log({ status: answer.status, body }); return; }",
      "if (!body.token) { console.log({ body }); return; }",
      "const other = await ask(form); console.log({ other });",
      "const { token, ...rest } = body; console.log({ rest });",
      "console.log(`${{ body }}`);",
    ].map(SIGNED),
    `export const enter = async (form) => { const answer = await fetch("/login", form); let body; if (form.plain) { const text = await answer.text(); body = JSON.parse(text); } else { body = { message: await answer.text() }; } console.log({ message: body.message }); setSession({ token: body.token }); };`,
    `export const find = async (form) => { const answer = await fetch("/members", form); const body = await answer.json(); console.log({ body }); setPage({ next: body.next }); }; // token`,
    // No part is called a token, or one that is none; and another part is logged
    ...[
      "console.log(answer.data); return { name: answer.data.name };",
      "console.log(answer.data); return { accessToken: answer.data.name };",
      "console.log(answer.data); return { deviceToken: answer.data.data };",
      "console.log(answer.data); return { accessToken: form.data };",
      "console.log(answer.status, answer.data.message); return { accessToken: answer.data.data };",
      "console.log(answer.data); members.login = answer.data;",
      "console.log(answer.data); const [accessToken] = answer.data; return accessToken.length;",
    ].map((steps) => SERVICE(steps)),
    SERVICE(
      "console.log(answer.data); return { token: answer.data.data };",
      "members.enable(form)",
    ),
    SERVICE("console.log(answer.data); return { accessToken: answer.data };", "csrf.enable(form)"),
    `export const enter = async (settings) => { const config = await load(settings); console.log(config); return { accessToken: config.data }; };`,
    `export const enter = (form) => { const answer = members.open(form); console.log(answer); return { accessToken: answer.data }; };`,
    // Where another function takes the token out, the answer to fetch has no body in it
    HANDED_BACK("console.log(answer); return answer.json();", 'fetch("/login", form)'),
    HANDED_BACK(
      "const text = await answer.text(); try { return JSON.parse(text); } catch (error) { console.log(text); throw error; }",
      'fetch("/login", form)',
    ),
    HANDED_BACK("console.log(answer.status, answer.headers); return answer.data;"),
    HANDED_BACK("if (answer.status !== 200) console.log(answer.data); return answer.data;"),
    HANDED_BACK("console.log(answer.data.message); return answer.data;"),
    SLICE("console.log(answer.data);", "/members/enter"),
    SLICE("console.log(answer.data);", "/login", "state.name = action.payload.name;"),
    SLICE("console.log(answer.status);", "/login"),
    // The part with the token is known to be missing
    ...[
      `if (error.response) { ${READS} } else { console.log(error); }`,
      `if (error.response) { ${READS} } console.log(error);`,
      `if (!error.response) { console.log("failed", error); return; } ${READS}`,
      `if (error.response === undefined) { console.log(error); return; } ${READS}`,
      `if (error.response?.data) { ${READS} } else { console.log(error.response); }`,
      `if (error.response?.data) { ${READS} } else if (error.request) { console.log(error); }`,
      "if (error.response.payload) { return decodeJwt(error.response.payload.jwt).text; } console.log(error.response);",
      "if (error.payload) { return decodeJwt(error.payload.jwt).text; } console.log(error);",
      `if (error.response) { const jwt = error.response.data.jwt; return decodeJwt(jwt).text; } console.log(JSON.stringify(error));`,
      `if (error.response) { const { jwt } = error.response.data; return decodeJwt(jwt).text; } console.log({ error });`,
    ].map((steps) => JOINS(steps)),
    // The status of it, the answer of another address, and of a client whose answers nobody knows
    ASKED(`post(${OAUTH})`, "console.log(answer.statusCode, answer.data.expires_in);"),
    ASKED('post("https://tenant.example.com/users", { body: user })', "console.log(answer.data);"),
    ASKED(
      'post("https://push.example.com/device/token", { body: device })',
      "console.log(answer.data);",
    ),
    ASKED(`other(${OAUTH})`, "console.log(answer.data);"),
    ASKED(`fetch(${OAUTH})`, "console.log(answer);"),
    // What else an answer holds, an answer of another client, and requests without a header
    CLIENT(
      "client.interceptors.response.use((answer) => { console.log(answer.status, answer.data, answer.config.url); return answer; });",
    ),
    CLIENT("other.interceptors.response.use((answer) => { console.log(answer); return answer; });"),
    CLIENT(
      "client.interceptors.response.use((answer) => { console.log(answer); return answer; });",
      "config.headers.Accept = 'text/plain';",
    ),
    CLIENT(
      "client.interceptors.request.use((again) => { console.log(again.url); return again; });",
    ),
    CLIENT(
      "client.interceptors.response.use(undefined, (error) => { console.log(error.status); throw error; });",
    ),
    CLIENT(
      "clients.a.interceptors.request.use((config) => { config.headers.Authorization = `Bearer ${store.key}`; return config; }); clients.b.interceptors.response.use((answer) => { console.log(answer); return answer; });",
    ),
    CLIENT(
      "client.interceptors.response.use((answer) => { console.log(answer); next.headers.Authorization = `Bearer ${store.key}`; return answer; });",
      "",
    ),
    CUSTOM("console.log(uid, made.length, Boolean(made));"),
    // Who has signed in, and by whom, is no token; nor has an account one where nobody gave any
    ...[
      "console.log(user, profile);",
      "console.log({ user, profile, by: account.provider });",
      "console.log(account?.type, account.providerAccountId, Boolean(account));",
      "const { provider } = account; console.log(provider);",
      "if (!account) console.log(account);",
      'if (account.type === "credentials") console.log(account);',
      'if (account.provider !== "email") return false; console.log(account);',
      "const { access_token, refresh_token, id_token, ...rest } = account; console.log(rest);",
    ].map(SIGN_IN),
    AUTH(
      "callbacks: { signIn({ account }) { console.log(account); return true; } }",
      "credentials",
    ),
    AUTH("callbacks: { session({ account, session }) { console.log(account); return session; } }"),
    AUTH("events: { createUser({ account }) { console.log(account); } }"),
    // A user without a token, another type of another module, what else is read, and what is only written
    ...[
      ["role: string; access: string[]; refresh: boolean", "console.log(user);"],
      ["access: string", "console.log(user);"],
      ["resetToken: string", "console.log(user);"],
      ["accessToken: () => string", "console.log(user);"],
      ["accessToken: string", "console.log(user.email, user.id);"],
      ["accessToken: string", 'if (account?.provider === "google") console.log(user);'],
      ["accessToken: string", 'if (account?.type === "oauth") console.log(user);'],
      ["accessToken: string", 'if (account?.provider !== "credentials") console.log(user);'],
      [
        "accessToken: string",
        'if (account.provider !== "google") return false; console.log(user);',
      ],
      ["accessToken: string", "const { accessToken, ...rest } = user; console.log(rest);"],
      ["accessToken: string", "console.log(`${user} has signed in`);"],
    ].map(([members = "", steps = ""]) => ({
      code: USERS(DECLARES(members), steps),
      ts: true as const,
    })),
    { code: USERS(DECLARES("jwt: string", "express"), "console.log(user);"), ts: true },
    {
      code: USERS(DECLARES("jwt: string", "next-auth", "Session"), "console.log(user);"),
      ts: true,
    },
    { code: USERS("declare namespace User { }", "console.log(user);"), ts: true },
    USERS("", "console.log(user);", "if (user) token.access = user.access;"),
    USERS("", "console.log(user);", "if (user) token.refresh = user.refresh;"),
    USERS("", "console.log(user);", "user.accessToken = token.sub;"),
    USERS("", "console.log(user);", "token.accessToken = user.id; token.token = user(token);"),
    // What a callback itself puts there is not there before, and a profile holds none.
    USERS(
      "",
      "console.log(user);",
      "user.accessToken = made(); token.accessToken = user.accessToken;",
    ),
    USERS(
      'import Google from "next-auth/providers/google";',
      "console.log(user);",
      "token.accessToken = user.accessToken;",
    ),
    'import { authOptions } from "./next-auth"; export const events = { signIn({ account }) { console.log(account); } };',
  ],
  invalid: [
    ...[
      "console.log(«{ body }»);",
      'console.log("signed in", «{ first: body, status: answer.status }»);',
      "const shown = { detail: { body } }; console.log(«shown»);",
      "console.log(«body»);",
    ].map((steps) => token(SIGNED(steps))),
    token(
      `export const enter = async (form) => { const kept = {}; kept.answer = await login(form); console.log(«kept.answer»); setSession({ token: kept.answer.token }); };`,
    ),
    // A part is called a token where it goes on
    ...[
      "console.log(«answer.data»); return { accessToken: answer.data.data };",
      "console.log(«answer»); const accessToken = answer.data.result; keep(accessToken);",
      "console.log(«answer.data»); form.idToken = answer.data.body;",
      "let token; token = answer.data; console.log(«answer»); keep(token);",
    ].map((steps) => token(SERVICE(steps))),
    token(
      SERVICE(
        "console.log(«answer.data»); return { accessToken: answer.data.data };",
        "members.open(form)",
      ),
    ),
    token(
      "export const enter = async (form) => { const { data } = await members.login(form); console.log(«data»); return { accessToken: data.data }; };",
    ),
    // Another function takes it out
    token(HANDED_BACK("console.log(«answer.data»); return answer.data;")),
    token(
      HANDED_BACK(
        "const { data } = answer; console.log(«data»); return answer.data;",
        'fetch("/login", form)',
      ),
    ),
    token(SLICE("console.log(«answer.data»);", "/login")),
    // It is there, it may be, another part is missing, or one of two
    ...[
      `if (error.response) { console.log(«error»); ${READS} }`,
      `console.log(«error»); if (error.response) { ${READS} }`,
      `if (!error.request) { console.log(«error»); } ${READS}`,
      `if (!error.response.data.name) { console.log(«error»); } ${READS}`,
      `if (!form.response) { console.log(«error»); } ${READS}`,
      `if (error.response) { ${READS} } error.response = await again(); console.log(«error»);`,
      `if (!error.response) { console.log(«error»); return decodeJwt(error.body.jwt).text; } ${READS}`,
    ].map((steps) => token(JOINS(steps))),
    token(
      JOINS(
        "",
        "const reply = await login(form); if (!reply.payload) { console.log(«reply»); return keep(reply.body.token); } return keep(reply.payload.token);",
      ),
    ),
    // The account of a provider holds the tokens that it gave
    ...[
      "console.log(«account»);",
      'console.log("in", «{ user, account, profile }»);',
      "console.log(«JSON.stringify(account)»);",
      'if (account.type === "oauth") console.log(«account»);',
      'if (account.type === "credentials") return true; console.log(«account»);',
      "if (profile.type === other) console.log(«account»);",
    ].map((steps) => token(SIGN_IN(steps))),
    token(
      AUTH(
        "callbacks: { jwt: async ({ token, account: given }) => { if (given) console.log(«given»); return token; } }",
      ),
    ),
    // The user whose token is declared, or read in another callback
    ...["jwt: string", "access: string; refresh: string", "accessToken?: string | null"].map(
      (members) => token(USERS(DECLARES(members), "console.log('in', «user»);"), { ts: true }),
    ),
    token(USERS(DECLARES("token: string", "@auth/core/types"), "console.log(«{ user }»);"), {
      ts: true,
    }),
    token(
      USERS(
        'import Credentials from "next-auth/providers/credentials";',
        "console.log(«user»);",
        "token.accessToken = user.accessToken;",
      ),
    ),
    ...[
      "token.accessToken = user.accessToken;",
      "Object.assign(token, { a: user.access, b: user.refresh });",
    ].map((jwt) => token(USERS("", "console.log(«user»);", `if (user) { ${jwt} }`))),
    ...[
      'if (account.provider === "credentials") console.log(«user»);',
      'if (account.provider !== "google") console.log(«user»);',
    ].map((steps) => token(USERS("", steps, "token.accessToken = user.accessToken;"))),
    token(USERS("", "", "console.log(«user»); token.accessToken = user?.accessToken;")),
    token(AUTH("events: { linkAccount({ account }) { console.log(«account»); } }")),
    ...["«answer.data»", "«answer»", "«JSON.stringify(answer.data)»"].map((shown) =>
      token(ASKED(`post(${OAUTH})`, `console.log(${shown});`)),
    ),
    token(ASKED(`axios.post(${OAUTH})`, "console.log(«answer.data»);")),
    token(
      ASKED(
        'axios.post("https://login.example.com/v2/token", new URLSearchParams({ grant_type: "client_credentials" }))',
        "console.log(«answer.data»);",
      ),
    ),
    ...["«answer»", "«answer.config»", "«answer.config.headers»"].map((shown) =>
      token(
        CLIENT(
          `client.interceptors.response.use((answer) => { console.log(${shown}); return answer.data; });`,
        ),
      ),
    ),
    token(
      CLIENT(
        "const show = (answer) => { console.log(«answer»); return answer; }; client.interceptors.response.use(show);",
      ),
    ),
    token(
      CLIENT(
        "client.interceptors.response.use((answer) => { console.log(«answer»); return answer; });",
        'config.headers["X-Access-Token"] = store.key;',
      ),
    ),
    token(CUSTOM("console.log(«made»);")),
  ],
});
