import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that something else has verified before the function is called, each next to one that nobody has. */

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** Decodes a token, and looks up whose notes it names. */
const notes = (token: string, before = "", behind = ""): string =>
  `import { jwtDecode } from "jwt-decode"; import { db } from "./db"; import { readSession, readSettings } from "./session";
export async function notes(req, res, event) { ${before}
  const claims = «jwtDecode(${token})»;
  req.user = { id: claims.sub }; ${behind}
}`;

const found = (code: string): InvalidCase =>
  marked(code, { messageId: "identity", data: { name: "jwtDecode", line: "4" } });

const HEADER = "event.headers.authorization";

testRule("no-unverified-claims: tokens that were verified before", rule, {
  valid: [
    notes("req.auth.token"),
    notes("request.auth.artifacts.token"),
    notes("event.requestContext.authorizer.token"),
    notes(HEADER, "const { sub } = event.requestContext.authorizer.jwt.claims; log(sub);"),
    notes(HEADER, "if (!event.requestContext.authorizer) return null;"),
    notes(HEADER, "const { authorizer } = event.requestContext; log(authorizer);"),
    notes(HEADER, "const { requestContext } = event; if (!requestContext.authorizer) return null;"),
    notes(HEADER, "const session = await readSession(event); if (!session) return null;"),
  ].map((code) => plain(code)),
  invalid: [
    notes("req.auth"),
    notes("req.query.auth.token"),
    notes("req.auth.token").replace(
      "const claims",
      "req.auth = { token: req.headers.token }; const claims",
    ),
    notes(HEADER),
    notes(HEADER, "log(event.requestContext.identity);"),
    notes(HEADER, "const { authorizer } = event.settings; log(authorizer);"),
    notes(HEADER, "const { identity } = event.requestContext; log(identity);"),
    notes(HEADER, "const { requestContext } = event; log(requestContext.identity);"),
    notes(HEADER, "log(settings.authorizer);"),
    `${notes(HEADER)} export const other = (event) => event.requestContext.authorizer;`,
    notes(HEADER, "const settings = await readSettings(event); if (!settings) return null;"),
  ].map((code) => found(code)),
});

const JWT = 'import jwt from "jsonwebtoken";';
const SIGN = "(req, res) => res.json(jwt.sign({ sub: «req.body.userId» }, KEY))";

const given = (code: string): InvalidCase =>
  marked(`${JWT} const app = express(); ${code}`, {
    messageId: "askedIdentity",
    data: { name: "jwt.sign" },
  });

const DEVELOPMENT = 'if (process.env.NODE_ENV !== "production")';
const NAMED = `function openDoor(req, res) { ${SIGN.slice("(req, res) => ".length)}; }`;

testRule("no-unverified-claims: functions that development alone uses", rule, {
  valid: [
    `${NAMED} ${DEVELOPMENT} app.post("/token", openDoor);`,
    `const openDoor = ${SIGN}; ${DEVELOPMENT} { app.post("/token", openDoor); app.put("/token", openDoor); }`,
    `function setUp() { app.post("/token", ${SIGN}); } ${DEVELOPMENT} setUp();`,
  ].map((code) => plain(`${JWT} const app = express(); ${code}`)),
  invalid: [
    `${NAMED} app.post("/token", openDoor);`,
    `${NAMED} ${DEVELOPMENT} app.post("/dev", openDoor); app.post("/token", openDoor);`,
    `const openDoor = ${SIGN}; ${DEVELOPMENT} { log(1); } app.post("/token", openDoor);`,
    `export function setUp() { app.post("/token", ${SIGN}); } ${DEVELOPMENT} setUp();`,
    `function setUp() { app.post("/token", ${SIGN}); } setUp();`,
  ].map((code) => given(code)),
});

/** A token that the answer of a request for a link shows. */
const link = (claims: string): string =>
  `${JWT} export default defineEventHandler(async (event) => { const { email } = await readBody(event); return { token: jwt.sign(${claims}, KEY) }; });`;

const AT = { filename: "server/api/magic-link.post.js" };

testRule("no-unverified-claims: a token beside a link", rule, {
  valid: ['{ email: «email», kind: "csrf" }', '{ email: «email», scope: "poll" }'].map(
    (claims) => ({
      ...AT,
      code: plain(link(claims)),
    }),
  ),
  invalid: [
    "{ email: «email» }",
    '{ email: «email», purpose: "magic-link" }',
    '{ email: «email», type: "reset" }',
    "{ email: «email», kind: KIND }",
    '{ email: «email», form: "csrf" }',
  ].map((claims) =>
    marked(link(claims), { messageId: "shownLink", data: { name: "jwt.sign" } }, AT),
  ),
});
