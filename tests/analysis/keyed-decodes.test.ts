import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Decodes that are given a key all the same, each next to one that only looks at a token. */

const SIMPLE = 'import jwt from "jwt-simple"; import { KEY } from "./config.js";';

/** A function that says what it thinks of the token. */
const verdict = (
  good: string,
  bad: string,
  { name = "dec_token", decoded = "jwt.decode(token, KEY, true)" } = {},
): string =>
  `${SIMPLE} export const ${name} = (token) => { try { ${decoded}; ${good} } catch (error) { ${bad} } };`;

/** A function that refuses expired tokens, and gives the claims of the others. */
const session = (
  expired: string,
  well: string,
  { name = "leerSesion", decoded = "jwt.decode(token, KEY, true)" } = {},
): string =>
  `${SIMPLE} export function ${name}(token) { return new Promise((resolve, reject) => { try { const claims = ${decoded}; ${expired} ${well} } catch (error) { reject(error); } }); }`;

const EXPIRED = "if (claims.exp <= Date.now() / 1000) reject(new Error('expired'));";
const DECODED = "«jwt.decode(token, KEY, true)»";

const found = (name: string): { messageId: "verifier"; data: Record<string, string> } => ({
  messageId: "verifier",
  data: { name: "jwt.decode", function: name },
});

testRule("no-unverified-claims: a key that nothing uses", rule, {
  valid: [
    // No key, or what stands for none
    ...["null", "undefined", "''", "'none'"].map((key) =>
      verdict("return { valid: true };", "return { valid: false };", {
        decoded: `jwt.decode(token, ${key}, true)`,
      }),
    ),
    session(EXPIRED, "resolve(claims.sub);", { decoded: "jwt.decode(token, null, true)" }),
    // It says what it does, or that the token is bad.
    ...["peekToken", "isExpired", "isWellFormed", "debugToken", "readUnverified"].map((name) =>
      verdict("return { valid: true };", "return { valid: false };", { name }),
    ),
    session(EXPIRED, "resolve(claims.sub);", { name: "renewableSession" }),
    ...["explainToken", "parseToken", "looksLikeToken", "describeToken", "tokenForm"].map((name) =>
      verdict("return { valid: true };", "return { valid: false };", { name }),
    ),
    ...["sessionLeft", "remaining", "countdownOf", "expiryOf"].map((name) =>
      session(EXPIRED, "resolve(claims.sub);", { name }),
    ),
    session(EXPIRED, "resolve(claims.iat);"),
    session(EXPIRED, "resolve(claims.nbf);"),
    verdict("return { ok: true, verified: false };", "return { ok: false };"),
    // What is said is something else, or the same for all.
    verdict("return true;", "return false;", { name: "dec_token" }),
    verdict("return { header: 1 };", "return { header: 0 };"),
    verdict("return { valid: false };", "return { valid: true };"),
    verdict("return { valid: true };", "log(error);"),
    verdict("return { valid: true };", "next();"),
    verdict("log(token);", "return { valid: false };"),
    `${SIMPLE} export const dec_token = (token) => { jwt.decode(token, KEY, true); return { valid: true }; };`,
    `${SIMPLE} export const dec_token = (token) => { try { jwt.decode(token, KEY, true); } catch (error) { return { valid: false }; } return { valid: true }; };`,
    // The signature is checked, here or beside it.
    verdict("return { valid: true };", "return { valid: false };", {
      decoded: "jwt.decode(token, KEY)",
    }),
    verdict("return { valid: true };", "return { valid: false };", {
      decoded: "jwt.decode(token, KEY, true); jwt.decode(token, KEY)",
    }),
    // Nothing is refused, or nothing given
    session("", "resolve(claims.sub);"),
    session("if (claims.exp <= Date.now() / 1000) log(claims);", "resolve(claims.sub);"),
    session(
      "if (claims.iat <= Date.now() / 1000) reject(new Error('old'));",
      "resolve(claims.sub);",
    ),
    session(EXPIRED, "resolve(claims.exp);"),
    session(EXPIRED, "resolve();"),
    session(EXPIRED, "show(claims.sub);"),
    session(
      "if (!claims.sub) reject(new Error('nobody')); if (claims.exp <= Date.now() / 1000) log(claims);",
      "resolve(claims.sub);",
    ),
    session(`setTimeout(() => { ${EXPIRED} });`, "resolve(claims.sub);"),
    // A callback that nobody names
    `${SIMPLE} export function listTokens(tokens) { return tokens.map((token) => { try { jwt.decode(token, KEY, true); return { valid: true }; } catch { return { valid: false }; } }); }`,
    `${SIMPLE} tokens.map((token) => { try { jwt.decode(token, KEY, true); return { valid: true }; } catch { return { valid: false }; } });`,
  ],
  invalid: [
    ...[
      ["return { valid: true };", "return { valid: false };"],
      ["return { ok: true };", "throw error;"],
      ["return { ok: true, verified: true };", "return { ok: false };"],
      ["log(token); return { success: true, token };", "return null;"],
    ].map(([good = "", bad = ""]) =>
      marked(verdict(good, bad, { decoded: DECODED }), found("dec_token")),
    ),
    marked(
      verdict("return true;", "return false;", { name: "authGuard", decoded: DECODED }),
      found("authGuard"),
    ),
    ...["performSignIn", "leerSesion"].map((name) =>
      marked(session(EXPIRED, "resolve(claims.sub);", { name, decoded: DECODED }), found(name)),
    ),
    ...["resolve(claims.jti);", "resolve(claims);"].map((well) =>
      marked(session(EXPIRED, well, { decoded: DECODED }), found("leerSesion")),
    ),
    ...["throw new Error('expired');", "return null;"].map((expired) =>
      marked(
        `${SIMPLE} export function leerSesion(token) { try { const claims = ${DECODED}; if (claims.exp < Date.now() / 1000) { ${expired} } return claims.sub; } catch (error) { return null; } }`,
        found("leerSesion"),
      ),
    ),
  ],
});
