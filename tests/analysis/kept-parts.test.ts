import rule from "../../src/rules/no-token-in-web-storage.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Objects whose parts are kept one after the other, each under its own name. */

const storage = (code: string, name = "localStorage", extras = {}) =>
  marked(code, { messageId: "storage", data: { name } }, extras);

/** A file that takes a token out of the same storage elsewhere. */
const READS = 'export const auth = () => localStorage.getItem("access_token");';

const keep = (body: string, parameter = "session"): string =>
  `${READS} export function keep(${parameter}) { ${body} }`;

const EACH =
  "Object.entries(session).forEach(([key, value]) => { localStorage.setItem(key, value); });";

testRule("no-token-in-web-storage: the parts of an object", rule, {
  valid: [
    // Other things
    keep(EACH.replaceAll("session", "settings"), "settings"),
    keep(EACH.replaceAll("session", "sessionPage"), "sessionPage"),
    keep(EACH.replaceAll("session", "authSettings"), "authSettings"),
    keep(EACH.replaceAll("session", "user"), "user"),
    // What a token says, and what has none in it
    `import { jwtDecode } from "jwt-decode"; ${keep(`const session = jwtDecode(text); ${EACH}`, "text")}`,
    keep(`const session = { theme, page }; ${EACH}`, "theme, page"),
    // Some of it
    ...[
      "Object.entries(session).forEach(([key, value]) => { if (key !== 'token') localStorage.setItem(key, value); });",
      "Object.entries(session).forEach(([key, value]) => { if (SECRET.has(key)) return; localStorage.setItem(key, value); });",
      "Object.entries(session).forEach(([key, value]) => { if (value === true) localStorage.setItem(key, value); });",
      "Object.entries(session).forEach(([key, value]) => { if (value === undefined) localStorage.setItem(key, value); });",
      "Object.entries(session).forEach(([key, value]) => { if (!value) localStorage.setItem(key, value); });",
      "Object.entries(session).filter(([key]) => kept(key)).forEach(([key, value]) => { localStorage.setItem(key, value); });",
      "for (const [key, value] of Object.entries(session)) { if (key.endsWith('Token')) continue; localStorage.setItem(key, value); }",
      "Object.keys(session).forEach((key) => key in defaults && localStorage.setItem(key, session[key]));",
      "['theme', 'language'].forEach((key) => localStorage.setItem(key, session[key]));",
      "Object.keys(defaults).forEach((key) => localStorage.setItem(key, session[key]));",
      "Object.keys(read()).forEach((key) => localStorage.setItem(key, read()[key]));",
      "const { accessToken, ...others } = session; Object.entries(others).forEach(([key, value]) => localStorage.setItem(key, value));",
      `delete session.accessToken; ${EACH}`,
      `session.token = ""; ${EACH}`,
      `session.token = undefined; ${EACH}`,
    ].map((body) => keep(body)),
    // Something else of it, or made of it
    ...[
      "Object.entries(session).forEach(([key, value]) => localStorage.setItem(key, encrypt(value)));",
      "Object.entries(session).forEach(([key, value]) => localStorage.setItem(key, typeof value));",
      "Object.entries(session).forEach(([key]) => localStorage.setItem(key, 'seen'));",
      "Object.entries(session).forEach(([key, value]) => localStorage.setItem(key, defaults[key]));",
      "Object.keys(session).forEach((key) => localStorage.setItem(key, session[other]));",
      "Object.keys(session).forEach((key) => localStorage.setItem(key, session.key));",
      "Object.values(session).forEach(([key, value]) => localStorage.setItem(key, value));",
      "session.forEach(([key, value]) => localStorage.setItem(key, value));",
      "Object.entries(session).reduce(([key, value]) => localStorage.setItem(key, value));",
      "for (const [key, value] of session) localStorage.setItem(key, value);",
      "for (const [key, value] in Object.entries(session)) localStorage.setItem(key, value);",
      "Object.entries(session).forEach(([value, key]) => localStorage.setItem(key, value));",
      "Object.entries(session).forEach(([key, value]) => memory.setItem(key, value));",
    ].map((body) => keep(body)),
    // No token is read from there, or one from another place.
    `export function keep(session) { ${EACH} } // jwt`,
    `export const auth = () => sessionStorage.getItem("access_token"); export function keep(session) { ${EACH} }`,
    `export const theme = () => localStorage.getItem("theme"); export function keep(session) { ${EACH} } // jwt`,
    // The tokens of a design
    `export function keep(tokens) { ${EACH.replaceAll("session", "tokens")} }`,
    `export function keep(token) { ${EACH.replaceAll("session", "token")} }`,
  ],
  invalid: [
    ...[
      "Object.entries(session).forEach(([key, value]) => { «localStorage.setItem(key, value)»; });",
      "Object.entries(session).map(([name, text]) => «localStorage.setItem(name, JSON.stringify(text))»);",
      "for (const [key, value] of Object.entries(session)) «localStorage.setItem(key, String(value))»;",
      "for (const [key, value] of Object.entries(session)) { if (value == null) continue; «localStorage.setItem(key, value)»; }",
      "for (const [key, value] of Object.entries(session)) { if (value !== undefined) «localStorage[key] = value»; }",
      "for (const [key, value] of Object.entries(session)) if (value) «localStorage.setItem(key, value)»;",
      "Object.keys(session).forEach((key) => «localStorage.setItem(key, session[key])»);",
      "for (const key of Object.keys(session)) «localStorage.setItem(key, session[key])»;",
      "for (const key in session) { «localStorage.setItem(key, session[key])»; }",
      "if (session) Object.entries(session).forEach(([key, value]) => { «localStorage.setItem(key, value)»; });",
      "Object.entries(answer.authData).forEach(([key, value]) => { «localStorage.setItem(key, value)»; });",
      "session.accessToken = answer.token; Object.entries(session).forEach(([key, value]) => { «localStorage.setItem(key, value)»; });",
    ].map((body) => storage(keep(body))),
    storage(
      `export class Auth { read() { return sessionStorage.getItem("access_token"); } keep(answer: AuthTokens) { Object.entries(answer).forEach(([key, value]) => { «sessionStorage.setItem(key, value)»; }); } }`,
      "sessionStorage",
      { ts: true },
    ),
    storage(
      `export async function login(form) { const kept = await enter(form); fetch("/", { headers: { Authorization: "Bearer " + kept.pass } }); Object.entries(kept).forEach(([key, value]) => { «localStorage.setItem(key, value)»; }); }`,
    ),
    // By what it is called, what is put into it and what is read of it
    storage(
      `export function keep(authTokens) { Object.entries(authTokens).forEach(([key, value]) => { «localStorage.setItem(key, value)»; }); }`,
    ),
    storage(
      `export async function login(form) { const token = await enter(form); for (const [key, value] of Object.entries(token)) «localStorage.setItem(key, value)»; }`,
    ),
    storage(
      `export function keep(accessToken, user) { const kept = { accessToken, name: user.name }; Object.entries(kept).forEach(([key, value]) => { «localStorage.setItem(key, value)»; }); }`,
    ),
    storage(
      `export async function login(form) { const user = await enter(form); use(user.accessToken); Object.entries(user).forEach(([key, value]) => { «localStorage.setItem(key, value)»; }); }`,
    ),
    storage(
      `interface Entered { accessToken: string } export function keep(entered: Entered) { Object.entries(entered).forEach(([key, value]) => { «localStorage.setItem(key, value)»; }); }`,
      "localStorage",
      { ts: true },
    ),
  ],
});
