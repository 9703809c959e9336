import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Where a verification has given something, a function is left: what comes behind has none. */

const validator = (body: string): string =>
  `import jwt from "jsonwebtoken"; import { jwtDecode } from "jwt-decode"; import { checkToken, validateToken as proof } from "./keys";
export async function validateToken(token) { ${body} }`;

const READ = "const claims = «jwtDecode(token)»; return { ok: true, claims };";

/** A function of the file that verifies, and gives what `onGood` and `onBad` say. */
const own = (onGood: string, onBad: string): string =>
  `import jwt from "jsonwebtoken"; import { jwtDecode } from "jwt-decode";
function outcomeOf(token) { try { const claims = jwt.verify(token, process.env.KEY); ${onGood} } catch (e) { ${onBad} } }
export function validateToken(token) { const outcome = outcomeOf(token); if (outcome) return outcome; ${READ} }`;

testRule("no-unverified-claims", rule, {
  valid: [
    // What it gives is why not; it is asked for its lack; the function is not left
    `const problem = await checkToken(token); if (problem) return problem; ${READ}`,
    `const answer = await checkToken(token); if (answer) throw new Error(answer); ${READ}`,
    `const found = await checkToken(token); if (!found) return null; ${READ}`,
    `const found = await checkToken(token); if (found === null) return null; ${READ}`,
    `const found = await checkToken(token); if (found.ok) return found; ${READ}`,
    `const found = await checkToken(token); if (found) { log(found); } ${READ}`,
    `const found = await checkToken(token); if (other) return other; ${READ}`,
    `await checkToken(token); ${READ}`,
    `if (KEYS) { const problem = await checkToken(token); if (problem) return problem; } ${READ}`,
    `if (KEYS) { const found = await checkToken(token); if (found) { log(found); } } ${READ}`,
    `if (KEYS) { const found = await checkToken(token); if (other) return other; } ${READ}`,
    // An answer of the framework ends the request.
    `const response = await checkToken(token); if (response) return response; ${READ}`,
    // Behind it another verification
    `if (KEYS) { const found = await checkToken(token); if (found) return found; } await checkSignature(token); ${READ}`,
  ]
    .map((body) => validator(body))
    // What it gives is why not, as the file shows.
    .concat(own("return null;", "return e.message;"), own("", "return new Refused(e);"))
    .map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    `const found = await checkToken(token); if (found) return found; ${READ}`,
    `const found = await checkToken(token); if (found !== null) { if (!found.ok) return found; return { ok: true, claims: found.claims }; } ${READ}`,
    `if (KEYS) { const found = await checkToken(token); if (found != undefined) return found; } ${READ}`,
    `if (KEYS) { const found = await checkToken(token); if (found) { if (!found.ok) return found; return { ok: true, claims: found.claims }; } } ${READ}`,
  ]
    .map((body) => validator(body))
    .concat(own("return claims;", "return null;"))
    .map((code) =>
      marked(code, {
        messageId: "verifier",
        data: { name: "jwtDecode", function: "validateToken" },
      }),
    ),
});
