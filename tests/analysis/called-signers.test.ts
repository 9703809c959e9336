import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Server actions that sign whatever claims they are told, each next to its twin that nobody can call, or that asks. */

const JOSE = 'import { SignJWT } from "jose"; import { auth } from "@/auth";';
const KEY = "const key = new TextEncoder().encode(process.env.SESSION_KEY);";
const ENDS = '.setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key)';

/** `body` signs in an action that is told `payload`. */
const action = (body: string): string =>
  `"use server"; ${JOSE} ${KEY} export async function encrypt(payload) { ${body} }`;

const SIGNS = `return new SignJWT(«payload»)${ENDS};`;

const plain = (code: string) => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: actions that sign what they are told", rule, {
  valid: [
    // A module of the server, of which no page knows.
    plain(action(SIGNS).replace('"use server"; ', "")),
    plain(action(SIGNS).replace('"use server"; ', '"use strict"; /* "use server" */ ')),
    // Not exported, so no endpoint.
    plain(action(SIGNS).replace("export ", "")),
    plain(
      `${action("return 1;")} async function other(payload) { ${SIGNS} } export { encrypt as other };`,
    ),
    plain(
      `${action("return 1;")} async function other(payload) { ${SIGNS} } export { other } from "./other.js";`,
    ),
    // The session, or what is stored, says who asks.
    action(`const session = await auth(); ${plain(SIGNS)}`),
    action(`if (payload.pass !== process.env.PASS) return null; ${plain(SIGNS)}`),
    action(`return new SignJWT({ sub: await find(payload) })${ENDS};`),
    // Other keys: a receipt opens nothing.
    plain(action(SIGNS).replace("SESSION_KEY", "RECEIPT_KEY")),
    ...[
      "CART_SECRET",
      "FLASH_SECRET",
      "CONTACT_FORM_SECRET",
      "WEBHOOK_SECRET",
      "OAUTH_STATE_SECRET",
      "METABASE_SECRET_KEY",
      "DASHBOARD_SECRET",
      "PREFERENCES_SECRET",
    ].map((name) => plain(action(SIGNS).replace("SESSION_KEY", name))),
    // Keys that open nothing of the program: brought along, drawn for this one
    `"use server"; ${JOSE} export async function seal(payload, secret) { const key = new TextEncoder().encode(secret); ${plain(SIGNS)} }`,
    `"use server"; ${JOSE} export async function seal(payload, secret) { return new SignJWT(payload)${ENDS.replace("sign(key)", "sign(Buffer.from(secret))")}; }`,
    `"use server"; ${JOSE} export async function seal(payload) { const key = new TextEncoder().encode(crypto.randomUUID()); ${plain(SIGNS)} }`,
    // Whose token it is, the program says behind what it has been told.
    action(`return new SignJWT({ ...payload, sub: crypto.randomUUID(), role: "guest" })${ENDS};`),
    // The schema lets nothing through that says who somebody is.
    action(
      `const SCHEMA = z.object({ theme: z.string(), locale: z.string() }); const asked = SCHEMA.parse(payload); return new SignJWT(asked)${ENDS};`,
    ),
    action(`if (process.env.NODE_ENV === "production") return null; ${plain(SIGNS)}`),
    // What it reads, nobody has told it.
    action(`const claims = await read(); return new SignJWT(claims)${ENDS};`),
    action(`return jwtVerify(payload, key);`),
  ],
  invalid: [
    action(SIGNS),
    action(SIGNS).replace("SESSION_KEY", "DASHBOARD_JWT_SECRET"),
    action(SIGNS).replace("SESSION_KEY", "PLATFORM_SECRET"),
    action(SIGNS).replace("process.env.SESSION_KEY", "crypto.randomUUID()"),
    action(`return new SignJWT({ sub: "nobody", ...«payload» })${ENDS};`),
    action(`return new SignJWT({ ...«payload», aud: "shop" })${ENDS};`),
    action(
      `const SCHEMA = z.object({ theme: z.string(), role: z.string() }); const asked = SCHEMA.parse(payload); return new SignJWT(«asked»)${ENDS};`,
    ),
    action(
      `const SCHEMA = z.object({ userId: z.string() }); const asked = SCHEMA.parse(payload); return new SignJWT(«asked»)${ENDS};`,
    ),
    action(`const now = Date.now(); return new SignJWT({ ...«payload», now })${ENDS};`),
    `"use server"; ${JOSE} ${KEY} export const encrypt = async (claims) => new SignJWT(«claims»)${ENDS};`,
    `"use server"; ${JOSE} ${KEY} const encrypt = async (claims) => new SignJWT(«claims»)${ENDS}; export { encrypt };`,
    `"use server"; ${JOSE} ${KEY} async function encrypt(claims) { return new SignJWT(«claims»)${ENDS}; } export { encrypt as seal };`,
    `${JOSE} ${KEY} export const encrypt = async (claims) => { "use server"; return new SignJWT(«claims»)${ENDS}; };`,
  ].map((code) => marked(code, { messageId: "calledIdentity", data: { name: "sign" } })),
});
