import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions that are to find out whose a token is, and answer without looking, next to those that look. */

const ANSWER = 'return { id: "4711", role: "USER" };';

const asked = (written: string, name = "authenticateUser"): string =>
  `${written}\nexport const enter = async (req) => { req.user = await ${name}(req.headers.authorization); };`;

testRule("no-unverified-claims", rule, {
  valid: [
    // It looks, or asks.
    asked(`async function authenticateUser(token) { if (token !== KEY) return null; ${ANSWER} }`),
    asked(`async function authenticateUser(token) { await check(token); ${ANSWER} }`),
    asked(
      "async function authenticateUser(token) { const user = await current(); return { id: user.id }; }",
    ),
    asked('async function authenticateUser(token) { return { ...rest, id: "4711" }; }'),
    asked("async function authenticateUser(token) { return { page: 1 }; }"),
    asked("async function authenticateUser(token) { return null; }"),
    asked('async function authenticateUser(token) { throw new Error("not yet"); }'),
    // It is to find out something else, or is given something else.
    asked(`async function describeUser(token) { ${ANSWER} }`, "describeUser"),
    asked(`async function authenticateGuest(token) { ${ANSWER} }`, "authenticateGuest"),
    asked(`async function authenticateUser(request) { ${ANSWER} } // token`),
    asked(`async function authenticateUser(token, fallback) { ${ANSWER} }`),
    // It stands in for another, or nothing here asks it.
    `export async function authenticateUser(token) { ${ANSWER} }`,
    {
      code: asked(`async function authenticateUser(token) { ${ANSWER} }`),
      filename: "auth.mock.js",
    },
    `class FakeAuth { authenticateUser(token) { ${ANSWER} } enter(req) { req.user = this.authenticateUser(req.token); } }`,
    asked(
      `const authenticateUser = process.env.NODE_ENV === "development" ? async (token) => { ${ANSWER} } : verify;`,
    ),
  ],
  invalid: [
    ...[
      `async function «authenticateUser»(token) { ${ANSWER} }`,
      `const «authenticateUser» = async (accessToken) => { ${ANSWER} };`,
      'const «authenticateUser» = async (jwt) => ({ sub: "4711" });',
      `const payload = { sub: "4711", role: "USER" }; function «authenticateUser»(token) { return { id: payload.sub, role: payload.role }; }`,
      `function «authenticateUser»(token) { if (isClosed()) return null; ${ANSWER} }`,
    ].map((written) =>
      marked(asked(written), { messageId: "unreadToken", data: { function: "authenticateUser" } }),
    ),
    marked(
      `class Auth { «verifyToken»(token) { ${ANSWER} } enter(req) { req.user = this.verifyToken(req.token); } }`,
      { messageId: "unreadToken", data: { function: "verifyToken" } },
    ),
  ],
});
