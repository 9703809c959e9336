import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens of one key, of which a verification refuses a kind by its issuer or by what only that kind says. */

const issuers = (access: string, refresh: string, asked: string): string =>
  `import jwt from "jsonwebtoken"; const BASE = "https://shop.example";
export const createAccessToken = (id) => jwt.sign({ id }, process.env.KEY, { issuer: ${access} });
export const createRefreshToken = (id) => jwt.sign({ id }, process.env.KEY, { issuer: ${refresh} });
export const readAccess = (token) => «jwt.verify(token, process.env.KEY, { issuer: ${asked} })»;`;

const links = (claims: string, asked: string): string =>
  `import jwt from "jsonwebtoken";
export const accessToken = (id) => jwt.sign({ id }, process.env.KEY, { expiresIn: "15m" });
export const resetToken = (id) => jwt.sign(${claims}, process.env.KEY, { expiresIn: "15m" });
export const guard = (req, res, next) => { const claims = «jwt.verify(req.cookies.sid, process.env.KEY)»; ${asked} req.user = claims; next(); };`;

const silent = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found =
  (kinds: string) =>
  (code: string): InvalidCase =>
    marked(code, { messageId: "sameKey", data: { name: "jwt.verify", kinds } });

const RESET = "{ id, reset: true }";

testRule("require-type-check: kinds of tokens that are refused", rule, {
  valid: [
    issuers('"shop/access"', '"shop/refresh"', '"shop/access"'),
    issuers("`${BASE}/access`", "`${BASE}/refresh`", "`${BASE}/access`"),
    issuers('"shop/access"', '"shop/refresh"', '["shop/access", "shop/app"]'),
    ...[
      "if (claims.reset) return res.sendStatus(401);",
      "if (claims.reset || isLate(claims)) return res.sendStatus(401);",
      "if (claims.reset === true) { res.sendStatus(401); return; }",
      'if (true === claims.reset) throw new Error("link");',
    ].map((asked) => links(RESET, asked)),
  ].map(silent),
  invalid: [
    ...[
      issuers('"shop"', '"shop"', '"shop"'),
      issuers('"shop/access"', '"shop/refresh"', '["shop/access", "shop/refresh"]'),
      issuers('"shop/access"', '"shop/refresh"', '["shop/access", ...others]'),
      issuers('"shop/access"', "process.env.ISSUER", '"shop/access"'),
      issuers('"shop/access"', '"shop/refresh"', "process.env.ISSUER"),
      issuers('"shop/access"', '"shop/refresh"', '"shop/access"').replace(
        '{ issuer: "shop/access" })»',
        "{})»",
      ),
      // Not every library refuses what has no issuer.
      issuers('"shop/access"', '"shop/refresh"', '"shop/access"').replace(
        'issuer: "shop/refresh"',
        'expiresIn: "7d"',
      ),
    ].map(found("access and refresh")),
    ...[
      links(RESET, ""),
      links(RESET, "if (claims.reset) req.isReset = true;"),
      // To leave is not to refuse.
      links(RESET, "if (claims.reset) return next();"),
      links(RESET, "if (claims.reset) { req.user = claims; return; }"),
      links(RESET, "if (claims.reset) return { id: claims.id, isReset: true };"),
      links(RESET, "if (claims.reset && isOld(claims)) return res.sendStatus(401);"),
      links(RESET, "if (claims.reset !== true) log.debug(claims.id);"),
      links(RESET, "if (claims.reset === false) return res.sendStatus(401);"),
      links(RESET, "if (claims.reset.by) return res.sendStatus(401);"),
      links(RESET, "if (claims.other) return res.sendStatus(401);"),
      links("{ id, reset: isReset }", "if (claims.reset) return res.sendStatus(401);"),
      links("{ id, reset: false }", "if (claims.reset) return res.sendStatus(401);"),
    ].map(found("access and password reset")),
  ],
});
