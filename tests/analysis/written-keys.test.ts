import path from "node:path";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Keys in the code that a request brings in place of a token, each next to one that is a setting or opens nothing. */

const JWT = 'import jwt from "jsonwebtoken";\n';
const GOOD = "req.user = jwt.verify(req.headers.authorization, key, options); next();";

/** What a guard does in front of the verification. */
const guard = (body: string, behind = GOOD): string =>
  `${JWT}export function requireUser(req, res, next) { ${body} ${behind} }`;

/** A flag that a key and a token set, and what is asked behind both. */
const flagged = (
  test: string,
  set = "isKnown = true;",
  asked = "if (!isKnown) return res.sendStatus(401);",
): string =>
  `${JWT}export function show(req, res) { let isKnown = false; let isOpen = false; const job = req.headers["x-job-secret"]; if (${test}) { ${set} } else { try { jwt.verify(req.cookies.jwt, key, options); isKnown = true; } catch { /* nobody */ } } ${asked} res.json(list); }`;

const found = (code: string): InvalidCase =>
  marked(code, { messageId: "writtenToken", data: { name: "jwt.verify" } });

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // A setting, also one that may be written down, and what is asked for beside the text
      'if (req.headers["x-api-key"] === process.env.API_KEY) return next();',
      'if (req.headers["x-api-key"] === (process.env.API_KEY ?? "sesame")) return next();',
      'if (isTest && req.headers["x-api-key"] === "sesame") return next();',
      'if (process.env.NODE_ENV === "test") { if (req.headers["x-api-key"] === "sesame") return next(); }',
      'if (isTest) { if (req.get("x-api-key") === "sesame") return next(); }',
      // It says of what kind something is, that there is none, or is no key of the request
      'if (req.headers["x-auth-type"] === "service") { req.isService = true; }',
      'if (req.headers["x-api-key"] === "undefined") return next();',
      'if (config.secret === "sesame") return next();',
      // It refuses, or only adds to the request
      'if (req.headers["x-api-key"] === "sesame") return res.sendStatus(403);',
      'if (req.headers["x-api-key"] === "sesame") { req.isJob = true; }',
      'if (req.headers["x-api-key"] !== "sesame") return next();',
      'if (req.headers["x-api-key"] === "sesame") { if (!isNear(req)) return res.sendStatus(403); }',
    ].map((body) => guard(body)),
    // No verification stands beside it, or it is a stand-in.
    'import jwt from "jsonwebtoken"; export const make = (user) => jwt.sign({ id: user.id }, key, options); export function requireJob(req, res, next) { if (req.headers["x-api-key"] === "sesame") return next(); res.sendStatus(401); }',
    // Nobody asks for what is set, or a token sets something else.
    flagged('job === "sesame"', "isOpen = true;"),
    flagged('job === "sesame"', "isKnown = false;"),
    flagged('job === "sesame"', "isKnown = check(req);"),
    flagged('job === "sesame"', "isKnown = true;", ""),
    flagged('job === "sesame"', "isKnown = true;", "if (!isOpen) return res.sendStatus(401);"),
    flagged("job === process.env.JOB_SECRET"),
    flagged('job === "undefined"'),
    // … or nothing else but the branch sets it
    flagged('job === "sesame"', "isOpen = true;", "if (!isOpen) return res.sendStatus(401);"),
    `${JWT}export function show(req, res) { let isOpen = isPublic(req); isOpen = isOpen && isNear(req); jwt.verify(req.cookies.jwt, key, options); if (req.query.key === "sesame") { isOpen = true; } if (!isOpen) return res.sendStatus(401); res.json(list); }`,
    // The token is asked for beside it, or something else is.
    `${JWT}export function show(req, res) { let isKnown = false; if (req.query.key === "sesame") { jwt.verify(req.cookies.jwt, key, options); isKnown = true; } else { isKnown = check(req); } if (!isKnown) return res.sendStatus(401); res.json(list); }`,
    ...["isNear(req)", "!isProduction"].map(
      (test) =>
        `${JWT}export function show(req, res) { let isKnown = false; if (${test}) { if (req.query.key === "sesame") { isKnown = true; } } if (req.cookies.jwt) { jwt.verify(req.cookies.jwt, key, options); isKnown = true; } if (!isKnown) return res.sendStatus(401); res.json(list); }`,
    ),
    {
      code: guard('if (req.headers["x-api-key"] === "sesame") return next();'),
      filename: path.resolve(import.meta.dirname, "../fixtures/mocks/guard.js"),
    },
    flagged('isTest && job === "sesame"'),
    flagged('req.headers["content-type"] === "sesame"'),
    flagged(
      'job === "sesame"',
      "isKnown = true;",
      "if (!isKnown) log(req); if (!isOpen) return res.sendStatus(401);",
    ),
  ],
  invalid: [
    ...[
      'if (req.headers["x-api-key"] === «"sesame"») return next();',
      'if (req.get("x-job-secret") === «"sesame"») { next(); return; }',
      'if («"sesame"» == req.query.token) return next();',
      'const { password } = req.body; if (password === «"sesame"») return next();',
      'const SECRET = "sesame"; if (req.headers["x-api-key"] === «SECRET») return next();',
      'if (isHealthCheck(req) || req.headers["x-admin-token"] === «"sesame"») return next();',
      'if (req.headers["x-api-key"] === «"sesame"») { req.user = { id: 1, role: "admin" }; return next(); }',
    ].map((body) => found(guard(body))),
    found(flagged('job === «"sesame"»')),
    found(
      flagged('job === «"sesame"»').replace(
        'req.headers["x-job-secret"]',
        'req.headers.get("x-job-secret")',
      ),
    ),
    found(flagged('req.get("x-job-key") === «"sesame"»')),
    found(
      flagged(
        'job === «"sesame"»',
        "isOpen = true; isKnown = true;",
        "if (!isKnown || isOpen) return res.sendStatus(401);",
      ),
    ),
    found(
      `${JWT}export function show(req, res) { if (req.query.password === «"sesame"») { req.isKnown = true; } if (req.cookies.jwt) { jwt.verify(req.cookies.jwt, key, options); req.isKnown = true; } if (!req.isKnown) throw new Error("no"); res.json(list); }`,
    ),
  ],
});
