import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Whom a request names beside a verified token that nobody reads, next to twins where the token says it. */

const JWT = 'import jwt from "jsonwebtoken";\n';

/** A middleware that verifies the token of a request, and goes on. */
const middleware = (body: string, name = "auth"): string =>
  `${JWT}export const ${name} = async (req, res, next) => { ${body} next(); };`;

const VERIFIES = 'jwt.verify(req.headers.authorization.split(" ")[1], KEY);';
const NAMED = 'req.headers["x-user-id"]';
const PUTS = `req.user = { id: ${NAMED} };`;
const REFUSES = "return res.sendStatus(401);";

const told = (code: string): InvalidCase =>
  marked(code, { messageId: "otherIdentity", data: { name: "jwt.verify" } });

/** The same with who is named marked. */
const named = (body: string, node = NAMED): InvalidCase =>
  told(middleware(body.replace(`= ${node}`, `= «${node}»`).replace(`: ${node}`, `: «${node}»`)));

const OK =
  "function isGood(token) { try { jwt.verify(token, KEY); return true; } catch { return false; } }";

testRule("no-unverified-claims: identities beside a verified token", rule, {
  valid: [
    ...[
      // The token says it, or has to say the same
      `const claims = ${VERIFIES} req.user = { id: claims.sub };`,
      `const claims = ${VERIFIES} if (claims.sub !== ${NAMED}) ${REFUSES} ${PUTS}`,
      `const claims = ${VERIFIES} req.user = claims; req.user.email = req.headers["x-user-email"];`,
      `jwt.verify(req.headers.authorization, KEY, { subject: ${NAMED} }); ${PUTS}`,
      `const options = { subject: ${NAMED} }; jwt.verify(req.headers.authorization, KEY, options); ${PUTS}`,
      `jwt.verify(req.headers.authorization, keys[${NAMED}]); ${PUTS}`,
      // Somebody who may
      `const claims = ${VERIFIES} const user = await User.findById(claims.sub); if (user.role !== "support") ${REFUSES} ${PUTS}`,
      // Another proof
      `${VERIFIES} if (!isSigned(req)) ${REFUSES} ${PUTS}`,
      `${VERIFIES} if (req.headers["x-api-key"] !== KEY) ${REFUSES} ${PUTS}`,
      `${VERIFIES} await check(${NAMED}); ${PUTS}`,
      `${VERIFIES} if (process.env.PASSWORD !== req.body.word) ${REFUSES} ${PUTS}`,
      `const { "x-signature": sent } = req.headers; ${VERIFIES} if (!sent) ${REFUSES} ${PUTS}`,
      `const sent = req.get("x-signature"); ${VERIFIES} if (!sent) ${REFUSES} ${PUTS}`,
      // For whom he works
      `${VERIFIES} req.tenantId = req.headers["x-tenant-id"];`,
      // No identity, and not of the request
      `${VERIFIES} req.user = { lang: req.headers["accept-language"] };`,
      `${VERIFIES} req.user = { id: "api" };`,
      `${VERIFIES} req.user = req.headers.authorization;`,
      `${VERIFIES} req.page = req.query.userId;`,
      `${VERIFIES} const user = await User.findById(ID); req.user = user;`,
      `${VERIFIES} if (process.env.NODE_ENV === "development") ${PUTS}`,
      // Nothing is verified here
      PUTS,
    ].map((body) => middleware(body)),
    // A gateway, which has asked
    middleware(`jwt.verify(req.headers["x-gateway-token"], KEY); ${PUTS}`),
    middleware(`${VERIFIES} ${PUTS}`, "fromService"),
    // The function that verifies may compare
    `${JWT}function isGood(token, id) { return jwt.verify(token, KEY).sub === id; } export const auth = (req, res, next) => { if (!isGood(req.headers.authorization, ${NAMED})) ${REFUSES} ${PUTS} next(); };`,
    `${JWT}function isGood(token, id) { try { jwt.verify(token, KEY, { subject: id }); return true; } catch { return false; } } export const auth = (req, res, next) => { if (!isGood(req.headers.authorization, ${NAMED})) ${REFUSES} ${PUTS} next(); };`,
    `${JWT}function isGood(token, req) { try { jwt.verify(token, KEY); return check(req); } catch { return false; } } export const auth = (req, res, next) => { if (!isGood(req.headers.authorization, req)) ${REFUSES} ${PUTS} next(); };`,
    `${JWT}async function isGood(token, id) { const key = await keyFor(id); try { jwt.verify(token, key); return true; } catch { return false; } } export const auth = async (req, res, next) => { if (!(await isGood(req.headers.authorization, ${NAMED}))) ${REFUSES} ${PUTS} next(); };`,
    `${JWT}function claimsOf(token) { return jwt.verify(token, KEY); } export const auth = (req, res, next) => { const claims = claimsOf(req.headers.authorization); if (!mayAct(claims)) ${REFUSES} ${PUTS} next(); };`,
    `${JWT}function mayAct(token) { return jwt.verify(token, KEY).role === "support"; } export const auth = (req, res, next) => { if (!mayAct(req.headers.authorization)) ${REFUSES} ${PUTS} next(); };`,
    // Somebody else is verified in the same file
    `${JWT}export const other = (token) => jwt.verify(token, KEY); export const auth = (req, res, next) => { ${PUTS} next(); };`,
  ],
  invalid: [
    named(`${VERIFIES} ${PUTS}`),
    named(`${VERIFIES} req.userId = ${NAMED};`),
    named(`${VERIFIES} if (process.env.LOGIN !== "on") ${REFUSES} ${PUTS}`),
    named(
      `const claims = ${VERIFIES} if (!claims) ${REFUSES} req.userId = req.body.userId;`,
      "req.body.userId",
    ),
    named(`const sent = req.get("authorization"); jwt.verify(sent, KEY); ${PUTS}`),
    told(
      middleware(
        `jwt.verify(req.cookies.token, KEY); const user = await User.findById(«req.body.userId»); req.user = user;`,
      ),
    ),
    told(
      middleware(
        `const { authorization, "x-user-id": userId } = req.headers; jwt.verify(authorization, KEY); req.userId = «userId»;`,
      ),
    ),
    told(
      `${JWT}export const auth = (req, res, next) => { jwt.verify(req.token, KEY, (error) => { if (error) ${REFUSES} req.userId = «req.query.userId»; next(); }); };`,
    ),
    told(
      `${JWT}export const auth = async (ctx, next) => { jwt.verify(ctx.get("authorization"), KEY); ctx.state.user = { id: «ctx.headers["x-user-id"]» }; await next(); };`,
    ),
    // In a function that is given nothing but the token
    told(
      `${JWT}${OK} export const auth = (req, res, next) => { if (!isGood(req.headers.authorization)) ${REFUSES} req.userId = «${NAMED}»; next(); };`,
    ),
    told(
      `${JWT}async function isGood(token, issuer) { const key = await keyOf(issuer); try { return !!jwt.verify(token, key, { issuer }); } catch { return false; } } export const auth = async (req, res, next) => { if (!(await isGood(req.headers["x-assertion"], ISSUER))) ${REFUSES} req.userId = «${NAMED}»; next(); };`,
    ),
  ],
});
