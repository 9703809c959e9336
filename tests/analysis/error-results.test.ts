import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Errors and texts that a function gives where the claims would be. */

const JWT = 'import jwt from "jsonwebtoken";';
const NEST = 'import { JwtService } from "@nestjs/jwt";';

/** A function that gives the claims, and this where the token is bad. */
const verifying = (failed: string, token = "token", parameters = "(token)"): string =>
  `${JWT}\nexport function verifyToken${parameters} {\n  try {\n    return jwt.verify(${token}, key, options);\n  } catch (error) {\n    ${failed}\n  }\n}`;

testRule("no-unchecked-verification", rule, {
  valid: [
    // Text that can be told from claims, and what is no answer to somebody who asks for claims
    ...[
      verifying("return error;"),
      verifying("return new TokenError();"),
      verifying("return 'expired';"),
      verifying("return error.expired ? 'EXPIRED' : 'The token is bad';"),
      verifying("return { error: 'Invalid token' };"),
      verifying("return 'Invalid token';").replace(
        "function verifyToken",
        "function validateToken",
      ),
      verifying("return 'Invalid token';").replace(
        "return jwt.verify(token, key, options)",
        "return jwt.verify(token, key, options) !== null",
      ),
      verifying("return 'Invalid token';", "request.token", "(request)"),
      verifying("return 'Invalid token';", "input", "(input)"),
      verifying("return 'Invalid token';", "token", "({ token })"),
      verifying("return 'Invalid token';", "token", "(name)"),
      verifying("return 'Invalid token';").replace("export ", ""),
    ],
    { code: verifying("return 'Invalid token';", "token", "(token): Claims | string"), ts: true },
    {
      code: `${NEST} export class Tokens { constructor(private jwt: JwtService) {} @Get() verify(@Query("token") token) { try { return this.jwt.verify(token); } catch { return "Invalid token"; } } }`,
      ts: true,
    },
  ],
  invalid: [
    // The same of an exported function, which this file calls as well
    ...['"Invalid token"', "new TokenError()", 'error.expired ? "Expired" : "Invalid"'].map(
      (given) =>
        marked(
          `${JWT}export function check(token) { try { return jwt.verify(token, key, options); } catch (error) { «return ${given};» } } export function auth(req, res, next) { const user = check(req.headers.token); if (!user) return res.status(401).end(); req.user = user; next(); }`,
          { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
        ),
    ),
    // Nobody sees who calls it.
    ...[
      verifying("«return 'Invalid token';»"),
      verifying("«return error.message;»"),
      verifying("«return `No: ${error}`;»"),
      verifying("«return error.expired ? '已过期' : '不合法';»"),
      verifying("«return 'Invalid token';»", "bearer.replace('Bearer ', '')", "(bearer)"),
      verifying("«return 'Invalid token';»").replace(
        "return jwt.verify(token, key, options)",
        "const claims = jwt.verify(token, key, options); return claims",
      ),
    ].map((code) => marked(code, { messageId: "textAsResult", data: { name: "jwt.verify" } })),
  ],
});
