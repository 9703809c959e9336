import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Refusals that hold nobody, where the request goes on a little later. */

const SIMPLE = 'import jwt from "jwt-simple";\nimport { User } from "./models.js";';
const JWT = 'import jwt from "jsonwebtoken";\nimport { User } from "./models.js";';

/** A guard that reads the claims in advance, and verifies the token with this behind it. */
const peeking = (refused: string, behind: string): string =>
  `${SIMPLE}
export function auth(req, res, next) {
  const raw = req.headers.authorization;
  const peek = jwt.decode(raw, "", true);
  ${refused}
  ${behind}
}`;

const LATER =
  'User.findOne({ id: peek.userId }, (error, user) => { req.user = user; req.claims = jwt.decode(raw, key, false, "HS256"); next(); });';

/** A guard that verifies the token and then asks for a role. */
const asking = (refused: string, behind: string): string =>
  `${JWT}
export function auth(req, res, next) {
  const claims = jwt.verify(req.headers.authorization, key, { algorithms: ["HS256"] });
  ${refused}
  ${behind}
}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, isLast: boolean) =>
  marked(code, {
    messageId: "refusalFallsThrough",
    suggestions: isLast
      ? [{ messageId: "addReturn", output: plain(code.replace("«", "return ")) }]
      : [],
  });

testRule("no-unchecked-verification", rule, {
  valid: [
    peeking('if (peek.exp < Date.now()) return next(new Error("expired"));', LATER),
    peeking('if (peek.exp < Date.now()) { next(new Error("expired")); return; }', LATER),
    // Another question than one to the claims, and nothing that verifies them behind it
    peeking('if (closed) next(new Error("closed"));', LATER),
    peeking("if (peek) next(new Error('some'));", LATER),
    peeking(
      'if (peek.exp < Date.now()) next(new Error("expired"));',
      "User.findOne({ id: 1 }, (error, user) => { res.locals.one = user; next(); });",
    ),
    peeking(
      'if (peek.exp < Date.now()) next(new Error("expired"));',
      'User.findOne({ id: 1 }, (error, user) => { res.locals.one = user; next(); }); } export function other(raw) { return jwt.decode(raw, key, false, "HS256");',
    ),
    peeking('if (peek.exp < Date.now()) next(new Error("expired"));', `notFound(); ${LATER}`),
    // What goes on is another one's, or does so only with an error or beside the refusal.
    peeking(
      'if (peek.exp < Date.now()) next(new Error("expired"));',
      LATER.replace("(error, user)", "(error, user, next)"),
    ),
    peeking(
      'if (peek.exp < Date.now()) next(new Error("expired"));',
      LATER.replace("next()", "next(error)"),
    ),
    peeking(
      'if (peek.exp < Date.now()) next(new Error("expired"));',
      `if (res.headersSent) return; ${LATER}`,
    ),
    asking(
      'if (claims.role !== "admin") return next(new Error("no"));',
      "User.findById(claims.sub).then((user) => { req.user = user; next(); });",
    ),
  ],
  invalid: [
    found(peeking('if (peek.exp < Date.now()) { «next(new Error("expired"));» }', LATER), true),
    found(peeking('if (peek.exp < Date.now()) «next(new Error("expired"));»', LATER), true),
    found(
      peeking(
        'try { if (peek.exp < Date.now()) { const error = new Error("old"); «next(error);» }',
        `${LATER} } catch (error) { next(error); }`,
      ),
      true,
    ),
    found(
      asking(
        'if (claims.role !== "admin") «next(new Error("no"));»',
        "User.findById(claims.sub).then((user) => { req.user = user; next(); });",
      ),
      true,
    ),
    found(
      asking(
        'if (claims.role !== "admin") «res.status(403).json({});»',
        "const found = User.findById(claims.sub); found.then((user) => { req.user = user; next(); });",
      ),
      true,
    ),
  ],
});
