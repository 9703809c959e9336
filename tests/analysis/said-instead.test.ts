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
      // Something has refused before, or may have.
      "if (!(await matches(req.body.login, req.body.word))) return res.sendStatus(401); req.user = { id: req.body.login }; return next();",
      "await assertNear(req); req.user = { id: req.query.user }; return next();",
      // It is nobody, or nothing that says who it is.
      "req.user = { id: null, cartId: req.query.cart }; return next();",
      "req.user = { loggedIn: false, userId: req.query.user }; return next();",
      "req.user = { page: req.query.page }; return next();",
      // In development
      "if (process.env.DEV) { req.user = { id: req.query.user }; return next(); }",
      // Something else than what the token says, and a refusal
      "req.language = req.query.language; return next();",
      "req.user = { id: req.query.user }; return res.sendStatus(401);",
    ].map((body) => without(body).replace("export function", "export async function")),
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
        "if (!req.query.user) return res.end(); req.seen = 1; req.user = { at: 1, id: «req.query.user» }; return next();",
      ),
    ),
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

/** A guard which does something behind the verification of a token that is there. */
const behind = (
  body: string,
  tried = "try { req.user = jwt.verify(token, key, options); return next(); } catch {}",
  test = "token",
): string =>
  `${JWT}export function attach(req, res, next) { const token = req.headers.authorization; if (${test}) { ${tried} } ${body} return res.sendStatus(401); }`;

const HEADER = 'const named = req.headers["x-user-id"];';
const NAMED = `${HEADER} if (named) { req.user = { id: «named», role: "user" }; return next(); }`;
const PASSES = NAMED.replaceAll(/[«»]/gu, "");

/** The same of a guard of NestJS. */
const nest = (body: string): string =>
  `import { JwtService } from "@nestjs/jwt"; export class UserGuard { constructor(private readonly tokens: JwtService) {} canActivate(context) { const request = context.switchToHttp().getRequest(); const header = request.headers.authorization; if (header && header.startsWith("Bearer ")) { try { request.user = this.tokens.verify(header.slice(7)); return true; } catch { /* other ways */ } } ${body} } }`;

testRule("no-unchecked-verification: what a request says behind a verification", rule, {
  valid: [
    ...[
      // It is looked up, another proof, a refusal, or asked for beside
      `${HEADER} if (named) { req.user = Users.find(named); return next(); }`,
      `const named = req.headers["x-api-key"]; if (named) { req.user = { id: named }; return next(); }`,
      `${HEADER} if (named) { req.user = { id: named }; return res.sendStatus(403); }`,
      `${HEADER} if (named) { req.user = { id: named }; }`,
      `${HEADER} if (named && isNear(req.ip)) { req.user = { id: named }; return next(); }`,
      `${HEADER} if (TRUSTED) { req.user = { id: named }; return next(); }`,
      `${HEADER} if (named) { if (named === process.env.OWNER) { req.user = { id: named }; return next(); } }`,
      // Something stands before it that may refuse.
      `assertNear(req); ${PASSES}`,
      `if (!isNear(req)) res.sendStatus(401); ${PASSES}`,
      `if (req.ip) { return res.end(); } else { check(req); } ${PASSES}`,
      // A gateway says it.
      `// The gateway puts it there.\n${PASSES}`,
      // The token says something else.
      `${HEADER} if (named) { req.visitor = { id: named }; return next(); }`,
    ].map((body) => behind(body)),
    // A good token comes there as well, or a bad one does not.
    behind(PASSES, "req.user = jwt.verify(token, key, options);"),
    behind(PASSES, "try { req.user = jwt.verify(token, key, options); } catch {}"),
    behind(
      PASSES,
      "log(token); } else { req.user = jwt.verify(req.cookies.t, key); return next();",
    ),
    behind(
      PASSES,
      "try { req.user = jwt.verify(token, key, options); return next(); } catch {}",
      "isOn",
    ),
    behind(
      PASSES,
      "try { req.user = jwt.verify(token, key, options); return next(); } catch {} assertNear(req);",
    ),
    behind(
      PASSES,
      "try { check(req); } catch { if (token) { req.user = jwt.verify(token, key, options); return next(); } }",
    ),
    `${JWT}export function attach(req, res, next) { try { req.user = jwt.verify(req.token, key, options); return next(); } catch { return res.sendStatus(401); } ${PASSES} }`,
    { code: nest(PASSES.replaceAll("req.", "request.").replace("next()", "false")), ts: true },
  ],
  invalid: [
    found(behind(NAMED)),
    found(behind(`console.log("no token"); if (req.query.old) { return res.end(); } ${NAMED}`)),
    found(behind(NAMED, "req.user = jwt.verify(token, key, options); return next();")),
    found(
      behind(
        `${HEADER} if (named) { req.user = { id: «Number(named)» }; next(); return; }`,
        "try { const claims = jwt.verify(token, key, options); req.user = { id: claims.sub }; return next(); } catch (error) { console.log(error); }",
        'token && token.startsWith("Bearer ")',
      ),
    ),
    found(
      `${JWT}export function attach(req, res, next) { try { req.user = jwt.verify(req.token, key, options); return next(); } catch {} ${NAMED} return res.end(); }`,
    ),
    marked(
      nest(NAMED.replaceAll("req.", "request.").replace("next()", "true")),
      { messageId: "requestWithoutToken", data: { name: "this.tokens.verify" } },
      { ts: true },
    ),
  ],
});

const signedIn = (code: string): InvalidCase =>
  marked(code, { messageId: "markedWithoutToken", data: { name: "jwt.verify" } });

const MARKED = "req.user = jwt.verify(token, key, options); req.isAuthenticated = true; next();";

testRule("no-unchecked-verification: signed in without a token", rule, {
  valid: [
    without("req.isAuthenticated = false; return next();", MARKED),
    without("req.isAnonymous = true; return next();", `req.isAnonymous = false; ${MARKED}`),
    without("req.isAuthenticated = true; return res.sendStatus(401);", MARKED),
    without("req.isAuthenticated = req.trusted; return next();", MARKED),
    // The mark says something else than that of a token.
    without("req.verified = true; return next();", MARKED),
    // Somebody else is asked.
    without(
      "if (!knows(req.body)) return res.sendStatus(401); req.isAuthenticated = true; return next();",
      MARKED,
    ),
    without(
      "if (process.env.DEV) { req.isAuthenticated = true; return next(); } return res.sendStatus(401);",
      MARKED,
    ),
  ],
  invalid: [
    signedIn(without("«req.isAuthenticated = true»; return next();", MARKED)),
    signedIn(
      without(
        'console.warn("no token"); «req.session.loggedIn = true»; next(); return;',
        "req.session.user = jwt.verify(token, key, options); req.session.loggedIn = true; next();",
      ),
    ),
  ],
});
