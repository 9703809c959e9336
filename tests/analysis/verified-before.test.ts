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

/** A guard that asks the provider about one token, and takes the user from the other. */
const guard = (
  asks: string,
  decoded = "idToken",
  reads = "const access = String(req.headers.accesstoken); const [, idToken] = req.headers.authorization?.split(' ') ?? [];",
  behind = "",
): string =>
  `import { jwtDecode } from "jwt-decode"; import { web } from "./web";
export class StreamerGuard { async canActivate(context) { const req = context.switchToHttp().getRequest(); ${reads}
  const answer = await ${asks}; if (!answer.ok) throw new Error("forged");
  const claims = «jwtDecode(${decoded})»; ${behind}
  req.user = { id: claims.sub }; return true; } }`;

const URL_OF = "'https://id.example.tv/validate'";
const bearer = (token: string, more = ""): string =>
  `fetch(${URL_OF}, { method: "POST", headers: { Authorization: \`Bearer \${${token}}\`${more} } })`;

testRule("no-unverified-claims: tokens that the issuer was asked about", rule, {
  valid: [
    // The very token, also beside another one, or by a name that it was given
    guard(bearer("idToken")),
    guard(bearer("access"), "access"),
    guard(bearer("access", ', "X-Id-Token": idToken')),
    guard(
      bearer("sent"),
      "idToken",
      "const sent = req.headers.authorization; const idToken = sent.split(' ')[1];",
    ),
    // Everything of the request, or what nobody can tell
    ...[
      `web.get(${URL_OF}, { headers: req.headers })`,
      `web.get(${URL_OF}, { headers: { ...req.headers, Authorization: \`Bearer \${access}\` } })`,
      `web.get(${URL_OF}, { headers: { Authorization: \`Bearer \${access}\` } }, req)`,
      `web.get(${URL_OF}, { headers: { [name]: \`Bearer \${access}\` } })`,
      `web.get(${URL_OF}, { headers: { Authorization: \`Bearer \${access} \${digest}\` } })`,
      `web.get(${URL_OF}, { headers: { Authorization: \`DPoP \${access}\` } })`,
      `web.get(${URL_OF}, { headers: { Authorization: "Bearer " - access } })`,
      `web.get(${URL_OF}, headersOf(access))`,
      `web.get(${URL_OF})`,
      `web.get(new Address(${URL_OF}), { headers: { Authorization: \`Bearer \${access}\` } })`,
      bearer("this.tokens.of(access)"),
    ].map((asks) => guard(asks)),
    // They may come from one place, or from where the provider answers
    guard(bearer("access"), "idToken", "const access = read(req); const idToken = other(req);"),
    guard(
      bearer("access"),
      "idToken",
      "const { access, idToken } = await exchange(req.query.code);",
    ),
    // … and what the provider says of the one is compared with the other
    guard(
      bearer("access"),
      "idToken",
      undefined,
      "if (answer.sub !== claims.sub) throw new Error();",
    ),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    guard(bearer("access")),
    guard(
      bearer(
        "access",
        ', "Client-Id": this.clientId, Accept: "application/json", "X-Key": process.env.KEY',
      ),
    ),
    guard(bearer("access").replace(/`.*`/u, '"Bearer " + access')),
    guard(bearer("access"), "idToken", "const { access, idToken } = req.body;"),
    guard(bearer("idToken"), "access"),
  ].map((code) =>
    marked(code, {
      messageId: "identity",
      data: { name: "jwtDecode", line: "5", what: "the claim sub" },
    }),
  ),
});
