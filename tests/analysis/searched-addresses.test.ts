import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Guards that search the whole address, query and all, for what they let pass without a token. */

const guard = (before: string, more = "", name = "requireAuth"): string =>
  `import jwt from "jsonwebtoken"; import { OPEN_PATHS } from "./paths.js";
export function ${name}(req, res, next) {
  ${before}
  try { req.user = jwt.verify(req.get("authorization"), process.env.KEY, { algorithms: ["HS256"] }); } catch { return res.sendStatus(401); }
  next();
}
${more}`;

const found = (code: string, address = "req.url"): InvalidCase =>
  marked(code, { messageId: "searchedAddress", data: { name: "jwt.verify", address } });

testRule("no-unchecked-verification: addresses that are searched", rule, {
  valid: [
    // Nobody is refused.
    guard('if (req.url.includes("/login")) return next();').replace(
      "return res.sendStatus(401);",
      "",
    ),
    ...[
      // The path alone
      'if (req.path.includes("/login")) return next();',
      'if (new URL(req.url, BASE).pathname.includes("/login")) return next();',
      'if (req.nextUrl.pathname.includes("/login")) return next();',
      'if (req.url.split("?")[0].includes("/login")) return next();',
      'const [url] = req.url.split("?"); if (url.includes("/login")) return next();',
      'const { pathname: url } = req.nextUrl; if (url.includes("/login")) return next();',
      'const url = new URL(req.url); if (url.includes("/login")) return next();',
      'req.url = req.url.split("?")[0]; if (req.url.includes("/login")) return next();',
      // From its beginning, or as a whole
      'if (req.url.startsWith("/login")) return next();',
      'if (req.url === "/login") return next();',
      'if (req.url.indexOf("/login") === 0) return next();',
      "if (/^\\/login|^\\/public/.test(req.url)) return next();",
      "if (/^(?:\\/login|\\/public)/.test(req.url)) return next();",
      "if (/\\/login$/.test(req.url)) return next();",
      "if (OPEN_PATHS.includes(req.url)) return next();",
      "if (OPEN_PATHS.some((one) => req.url.startsWith(one))) return next();",
      "if (OPEN_PATHS.test(req.url)) return next();",
      // What is not to be found passes, which nobody can add
      'if (!req.url.includes("/private")) return next();',
      'if (req.url.indexOf("/private") === -1) return next();',
      "if (req.url.match(/private/) === null) return next();",
      "if (req.url.search(/private/) < 0) return next();",
      // It decides nothing alone, or in tests, or no more than what is written down
      'if (isDevelopment && req.url.includes("/login")) return next();',
      'if (process.env.NODE_ENV === "test") { if (req.url.includes("/login")) return next(); }',
      'if (req.url.includes("/health")) console.log(req.url);',
      'if (req.url.includes("/login")) return res.sendStatus(404);',
      'const isOpen = (req) => { if (isShop(req)) return req.url.includes("/login"); return false; }; if (isOpen(req)) return next();',
      // Another address
      'if (config.url.includes("/login")) return next();',
      'const { url } = config; if (url.includes("/login")) return next();',
    ].map((before) => guard(before)),
    guard('if (req.url.includes("/login")) return next();', "", "optionalAuth"),
    guard(
      'if (req.url.includes("/login")) return next();',
      "export const show = (req, res) => { if (!req.user) return res.sendStatus(401); res.end(); };",
    ),
    guard('if (req.url.includes("/login")) return true;', "", "traced"),
    `import jwt from "jsonwebtoken"; export function guard(req, res, next) { if (process.env.NODE_ENV === "test") { if (req.url.includes("/login")) return next(); req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return next(); } res.sendStatus(401); }`,
  ],
  invalid: [
    ...[
      'if («req.url.includes("/login")») return next();',
      'if («req.url.includes("/login")») { return next(); }',
      'if («req.url.toLowerCase().includes("/login")») return next();',
      'if («req.url.indexOf("/login") > -1») return next();',
      'if («req.url.indexOf("/login") !== -1») return next();',
      'if («req.url.indexOf("/login") >= 0») return next();',
      "if («req.url.search(/login/) > -1») return next();",
      "if («req.url.match(/login/)») return next();",
      "if («req.url.match(/login/) !== null») return next();",
      "if («/\\/login/.test(req.url)») return next();",
      "if («/^\\/health|\\/(?:login|public)/.test(req.url)») return next();",
      "if («/[^/]+\\/login/.test(req.url)») return next();",
      'if (req.path === "/health" || «req.url.includes("/login")») return next();',
      "if («OPEN_PATHS.some((one) => req.url.includes(one))») return next();",
      "if («OPEN_PATHS.some((one) => req.url.indexOf(one) > -1)») return next();",
      'const { url } = req; if («url.includes("/login")») return next();',
      'const { url: address } = req; if («address.includes("/login")») return next();',
      'const url = req.url; if («url.includes("/login")») return next();',
      'const isOpen = (req) => req.url.includes("/login"); if («isOpen(req)») return next();',
      "const isOpen = (req) => { const url = req.url.toLowerCase().trim(); return /login|public/.test(url); }; if («isOpen(req)») return next();",
      'if («req.url.includes("/login")») return true;',
    ].map((before) => found(guard(before))),
    found(guard('if («req.originalUrl.includes("/login")») return next();'), "req.originalUrl"),
    found(
      `import jwt from "jsonwebtoken"; export const check = async (ctx, next) => { if («ctx.request.url.includes("/login")») return next(); ctx.state.user = jwt.verify(ctx.get("authorization"), KEY, options); await next(); };`,
      "ctx.request.url",
    ),
  ],
});

const OPENS = 'if («req.url.includes("/login")») return next();';

const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** A guard that stands in a list as it is. */
const listed = (
  rest: string,
): string => `import jwt from "jsonwebtoken"; import { strictGuard, log } from "./guards.js";
export const chain = [(req, res, next) => { ${OPENS} req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); next(); }, ${rest}];`;

testRule("no-unchecked-verification: another guard in the same chain", rule, {
  valid: [
    listed("strictGuard"),
    listed("log, strictGuard"),
    listed("(req, res, next) => strictGuard(req, res, next)"),
    listed("authorize('admin')"),
    guard(OPENS, "app.get('/me', requireAuth, strictGuard, show);"),
    guard(OPENS, "app.use(requireAuth, strictGuard);"),
    guard(
      OPENS,
      "app.get('/me', requireAuth, requireMember, show); app.use(requireAuth, isSignedIn);",
    ),
  ].map((code) => unmarked(code)),
  invalid: [
    listed(""),
    listed("log"),
    listed("(req, res, next) => log(req, res, next)"),
    guard(OPENS, "app.get('/me', requireAuth, show);"),
    guard(OPENS, "app.get('/me', requireAuth, authController.show);"),
    guard(OPENS, "app.get('/me', strictGuard, requireAuth, show);"),
    guard(OPENS, "app.get('/me', requireAuth, strictGuard, show); app.use(requireAuth);"),
    guard(OPENS, "app.get('/me', requireAuth, authorOf, show);"),
    guard(OPENS, "app.get('/me', requireAuth, requirements, show);"),
    guard(OPENS, "export const enter = (req, res) => requireAuth(strictGuard, res);"),
    guard(OPENS, "app.get('/me', other, strictGuard, show); log(requireAuth.name, strictGuard);"),
  ].map((code) => found(code)),
});
