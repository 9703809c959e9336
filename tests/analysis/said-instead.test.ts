import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What a request says of its sender where it brings no token, each next to a twin that asks for more. */

const JWT = 'import jwt from "jsonwebtoken";\n';
const GOOD = "req.user = jwt.verify(token, key, options); next();";

/** A guard which does something for requests without a token. */
const without = (body: string, behind = GOOD): string =>
  `${JWT}export function attach(req, res, next) { const token = req.headers.authorization; if (!token) { ${body} } ${behind} }`;

const found = (code: string): InvalidCase =>
  marked(code, { messageId: "requestWithoutToken", data: { name: "jwt.verify" } });

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // Nobody, or a guest
      "req.user = null; return next();",
      "req.user = { guest: true, id: req.body.id }; return next();",
      // Another proof
      'req.user = Users.byKey(req.headers["x-api-key"]); return next();',
      'req.user = { id: req.headers["x-api-key"] }; return next();',
      'req.user = req.headers["x-signature"]; return next();',
      "if (req.query.word === process.env.WORD) { req.user = { id: req.query.user }; return next(); }",
      // In development
      "if (process.env.DEV) { req.user = { id: req.query.user }; return next(); }",
      // Something else than what the token says, and a refusal
      "req.language = req.query.language; return next();",
      "req.user = { id: req.query.user }; return res.sendStatus(401);",
    ].map((body) => without(body)),
    // The token says something else, or is verified in front of it.
    without(
      "req.user = { id: req.query.user }; return next();",
      "req.claims = jwt.verify(token, key, options); next();",
    ),
    `${JWT}export function attach(req, res, next) { const claims = jwt.verify(req.token, key, options); if (!req.token) { req.user = { id: req.query.user }; return next(); } req.user = claims; next(); }`,
  ],
  invalid: [
    found(without('req.user = { id: «req.headers["x-user-id"]» }; return next();')),
    found(
      without(
        "req.tenant = «req.query.tenant»; next(); return;",
        "req.tenant = jwt.verify(token, key, options).tenant; next();",
      ),
    ),
    found(
      without(
        'const shop = req.get("x-shop") || req.query.shop; if (shop) { req.session = { «shop» }; return next(); } return res.sendStatus(401);',
        "req.session = { shop: jwt.verify(token, key, options).dest }; next();",
      ),
    ),
    found(
      `${JWT}export function attach(req, res, next) { const header = req.headers.authorization; if (!header || !header.startsWith("Bearer ")) { req.user = { id: «req.body.user» }; next(); } else { req.user = jwt.verify(header.slice(7), key, options); next(); } }`,
    ),
  ],
});
