import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that let pass whoever sends something that anybody can send. */

const guard = (before: string, name = "requireAuth"): string =>
  `import jwt from "jsonwebtoken";
export function ${name}(req, res, next) {
  ${before}
  const token = req.headers.authorization;
  if (!token) return res.sendStatus(401);
  req.user = jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] });
  next();
}`;

const found = (code: string, ...what: readonly string[]) =>
  marked(
    code,
    what.map((one) => ({ messageId: "saidPasses", data: { what: one } })),
  );

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // How a request is made
      'if (req.headers["upgrade"] === "websocket") return next();',
      'if (req.headers["x-forwarded-proto"]) return next();',
      'if (req.headers["user-agent"] === "probe") return next();',
      'if (req.method === "OPTIONS") return next();',
      'if (req.path === "/health") return next();',
      // A key, which is compared with a setting, or looked at elsewhere
      'if (req.headers["x-internal"] === process.env.INTERNAL) return next();',
      'if (req.headers["x-api-key"]) return next();',
      'if (req.headers["stripe-signature"]) return next();',
      // Beside something else, where it decides nothing alone
      "if (isDevelopment && req.query.debug) return next();",
      "const open = isDevelopment && req.query.debug; if (open) return next();",
      'if (process.env.NODE_ENV === "test") { if (req.query.debug) return next(); }',
      // What is asked for, rather than a way out
      'if (req.body.operationName === "login") return next();',
      "if (req.query.page) return next();",
      'if (req.body.type === "public") return next();',
      // It does not pass, or not for this.
      "if (req.query.debug) console.log(req.url);",
      'if (req.headers["x-internal"] !== "true") return next();',
      'if (req.headers["x-internal"] === "") return next();',
      'if (!req.headers["x-internal"]) return next();',
      "if (req.debug) return next();",
      "if (req.user.admin) return next();",
    ].map((before) => guard(before)),
    // Nothing is verified behind it.
    `import jwt from "jsonwebtoken"; export function trace(req, res, next) { if (req.query.debug) return next(); next(); } export const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] });`,
    // All of it runs in one environment.
    `import jwt from "jsonwebtoken"; export function guard(req, res, next) { if (process.env.NODE_ENV === "test") { if (req.query.debug) return next(); req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return next(); } res.sendStatus(401); }`,
    // What a function answers that is no guard
    `import jwt from "jsonwebtoken"; export function traced(req) { if (req.query.debug) return true; return jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }).traced; }`,
  ],
  invalid: [
    found(
      guard('if («req.headers["x-internal"] === "true"») return next();'),
      "the header x-internal",
    ),
    found(guard('if («req.headers["x-internal"]») { return next(); }'), "the header x-internal"),
    found(guard("if («req.query.debug») return next();"), "debug in the query"),
    found(guard('if («"1" === req.query.bypass») return next();'), "bypass in the query"),
    found(guard("if («req.body.isAdmin === true») return next();"), "isAdmin in the body"),
    found(
      guard('if (req.path === "/health" || «req.headers["x-probe"]») return next();'),
      "the header x-probe",
    ),
    found(
      guard('const { debug } = req.query; if («debug» || «req.headers["x-test"]») return next();'),
      "debug in the query",
      "the header x-test",
    ),
    found(
      `import jwt from "jsonwebtoken"; export class AuthGuard { canActivate(context) { const req = context.switchToHttp().getRequest(); if («req.headers["x-internal"]») return true; req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return true; } }`,
      "the header x-internal",
    ),
    found(
      guard(
        'const isInternal = «req.headers["x-internal"] === "true"»; if (isInternal) return next();',
      ),
      "the header x-internal",
    ),
    // In front of the call of the function that verifies
    found(
      `import jwt from "jsonwebtoken"; const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); export function requireAuth(req, res, next) { if («req.query.debug») return next(); req.user = read(req.token); next(); }`,
      "debug in the query",
    ),
  ],
});
