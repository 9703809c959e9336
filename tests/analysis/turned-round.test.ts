import optional from "../../src/rules/no-optional-authentication.ts";
import unchecked from "../../src/rules/no-unchecked-verification.ts";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that turn away whoever has a good token, and those that only look so. */

const silent = (code: string): string => code.replaceAll(/[«»]/gu, "");

const page = (body: string): string =>
  `import { decodeJwt } from "jose"; export const checkAuthPage = async (req, res, next) => { const token = req.cookies.session; ${body} };`;

testRule("no-unverified-claims: tokens of those who are sent elsewhere", rule, {
  valid: [
    'if (decodeJwt(token)) return res.redirect("/home"); next();',
    'const claims = decodeJwt(token); if (!claims) return next(); return res.redirect("/home");',
  ].map((body) => page(body)),
  invalid: [
    // What is done for whom the token names comes before.
    marked(
      page(
        'const claims = «decodeJwt(token)»; const order = await db.orders.deleteOne({ userId: claims.sub, id: req.params.id }); return res.redirect("/orders");',
      ),
      {
        messageId: "data",
        data: { name: "decodeJwt", line: "1", what: "the claim sub" },
      },
    ),
    marked(
      page(
        "const { tenant } = «decodeJwt(token)»; const rows = await db.invoices.find({ tenant }); return res.status(300).json(rows);",
      ),
      {
        messageId: "data",
        data: { name: "decodeJwt", line: "1", what: "the claim tenant" },
      },
    ),
  ],
});

const guard = (name: string, body: string): string =>
  `const jwt = require("jsonwebtoken"); exports.${name} = (req, res, next) => { const token = req.cookies.session; ${body} };`;

const caught = (way: string): string =>
  `try { jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); ${way} } catch { return «next()»; }`;

testRule("no-unchecked-verification: guards that turn away who has a good token", unchecked, {
  valid: [
    guard("requireGuest", caught('return res.redirect("/home");')),
    guard("blockSignedIn", caught("return res.status(403).end();")),
    `class GuestGuard { canActivate(context) { try { this.jwt.verify(context.token); return false; } catch { return true; } } } // jsonwebtoken`,
  ].map(silent),
  invalid: [
    guard("authenticateToken", caught('return res.status(401).json({ message: "expired" });')),
    guard("requireAdmin", caught("return res.status(403).end();")),
    guard("requireLogin", caught('return next("route");')),
  ].map((code) => marked(code, { messageId: "catchSucceeds", data: { name: "jwt.verify" } })),
});

testRule("no-optional-authentication: guards that turn away who has a good token", optional, {
  valid: [
    guard(
      "requireVisit",
      'if (!token) return next(); jwt.verify(token, key, (error) => { if (error) return next(); res.redirect("/home"); });',
    ),
  ],
  invalid: [
    marked(
      guard(
        "requireAuth",
        'if (!token) return «next()»; jwt.verify(token, key, (error, user) => { if (user) return res.redirect("/login"); next(); });',
      ),
      { messageId: "anonymousPasses", data: { guard: "requireAuth", name: "jwt.verify" } },
    ),
  ],
});
