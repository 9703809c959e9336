import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that are JSON in base64 and nothing else: no part of them is a signature. */

const READ = 'JSON.parse(Buffer.from(token, "base64").toString())';

const guard = (token: string, read = READ, beside = ""): string =>
  `// jwt\n${beside}export const requireAuth = (req, res, next) => { const token = ${token}; const user = ${read}; req.user = user; next(); };`;
const verifier = (body: string, name = "verifyToken", given = "token"): string =>
  `// jwt\nexport const signIn = 1;\nexport function ${name}(${given}) { ${body} }`;
const identity = (code: string): InvalidCase =>
  marked(code, { messageId: "identity", data: { name: "This code", line: "2" } });

testRule("no-unverified-claims: tokens without a signature", rule, {
  valid: [
    // A signature is computed, compared or hidden somewhere in the file.
    ...[
      'import { createHmac } from "crypto"; ',
      'import { timingSafeEqual } from "crypto"; ',
      "const decrypted = 1; ",
      "const signature = 1; ",
    ].map((beside) => guard('req.headers.authorization.split(" ")[1]', READ, beside)),
    // What is read is no token of whoever signs in, or is no JSON in base64.
    guard("req.headers.cursor"),
    guard("req.headers.authorization", "JSON.parse(token)"),
    guard("req.headers.authorization", 'Buffer.from(token, "base64").toString().split(":")'),
    guard('req.get("x-state")'),
    `// jwt\nexport function pageOf(token) { return ${READ}; } export const list = async (req) => { const { id } = pageOf(req.query.token); return db.user.findMany({ where: { id } }); };`,
    verifier(`const claims = ${READ}; return claims;`, "verifyToken", "token").replace(
      "signIn",
      "shown",
    ),
    verifier(
      'const claims = JSON.parse(Buffer.from(page, "base64").toString()); return claims;',
      "verifyPage",
      "page",
    ),
  ],
  invalid: [
    identity(guard('req.headers.authorization.split(" ")[1]', `«${READ}»`)),
    identity(
      guard('req.headers.authorization?.replace("Bearer ", "")', "«JSON.parse(atob(token))»"),
    ),
    identity(guard('req.headers.get("Authorization").slice(7)', "«JSON.parse(atob(token))»")),
    identity(guard('req.header("authorization")', `«${READ}»`)),
    // A file that only reads what a sign-in has left
    marked(
      `// jwt\nexport function verifyToken(token) { return «${READ}»; } export const current = (jar) => verifyToken(jar.get("auth-token"));`,
      { messageId: "verifier", data: { name: "this code", function: "verifyToken" } },
    ),
    ...["token", "authToken", "session_token", "jwt"].map((given) =>
      marked(
        verifier(
          `try { const claims = «JSON.parse(Buffer.from(${given}, "base64").toString())»; if (claims.exp < Date.now()) return null; return claims; } catch { return null; }`,
          "verifyToken",
          given,
        ),
        { messageId: "verifier", data: { name: "this code", function: "verifyToken" } },
      ),
    ),
  ],
});
