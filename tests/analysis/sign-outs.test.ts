import revocation from "../../src/rules/require-revocation-check.ts";
import traces from "../../src/rules/no-silent-verification-failure.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Handlers that take the cookie away whatever a verification says, and those that do so only where it fails. */

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const handler = (body: string): string =>
  `import { getAuth } from "firebase-admin/auth";
import { cookies } from "next/headers";
export async function DELETE(req, res) { const jar = await cookies(); const cookie = jar.get("session")?.value; ${body} }`;

const attempt = (inside: string, caught = ""): string =>
  `try { const claims = await «getAuth().verifySessionCookie(cookie)»; ${inside} } «catch (error) { ${caught} }»`;

const REVOKE = "await getAuth().revokeRefreshTokens(claims.sub);";

const ended = [
  `cookies().delete("session"); ${attempt(REVOKE)} return done();`,
  `(await cookies()).delete("session"); ${attempt(`if (claims) { ${REVOKE} }`)} return done();`,
  `${attempt(REVOKE)} res.clearCookie("session"); return done();`,
  `if (cookie) { cookieStore.delete("session"); ${attempt(REVOKE)} } return done();`,
  `const answer = done(); answer.cookies.delete("session"); ${attempt(REVOKE)} return answer;`,
  `cookies().delete("session"); const claims = await «getAuth().verifySessionCookie(cookie)»; ${REVOKE}`,
  `cookies().delete("session"); ${attempt("await sessions.signOutEverywhere(claims.sub);")} return done();`,
].map((body) => handler(body));

const open = [
  // The cookie goes only where the token is refused, only where it is good, or somewhere else.
  `${attempt(REVOKE, 'cookies().delete("session");')} return done();`,
  `${attempt(`${REVOKE} cookies().delete("session");`)} return done();`,
  `if (req.query.end) { cookies().delete("session"); } ${attempt(REVOKE)} return done();`,
  `${attempt(REVOKE)} return done(() => cookies().delete("session"));`,
  `drafts.delete(cookie); ${attempt(REVOKE)} return done();`,
  // The claims are for something else.
  `cookies().delete("session"); ${attempt("req.user = claims;")} return done();`,
  `cookies().delete("session"); ${attempt("await users.update(claims.sub, { seen: true });")} return done();`,
  `cookies().delete("session"); ${attempt("return claims;")} return done();`,
].map((body) => handler(body));

/** Takes one of the two marks out: that of the call, or that of the handler. */
const only = (code: string, which: "call" | "handler"): string =>
  which === "call"
    ? code.replace("«catch", "catch").replace(/\}»/u, "}")
    : code.replace("«getAuth", "getAuth").replace(")»;", ");");

testRule("no-silent-verification-failure: sign-outs", traces, {
  valid: [...ended.map(plain), plain(open[0] ?? "")],
  invalid: open.slice(1).map((code) =>
    marked(only(code, "handler"), {
      messageId: "goesOn",
      data: { name: "verifySessionCookie" },
    }),
  ),
});

testRule("require-revocation-check: sign-outs", revocation, {
  valid: ended.map(plain),
  invalid: open.map((code) =>
    marked(only(code, "call"), {
      messageId: "sessionNotAsked",
      data: { name: "verifySessionCookie" },
      suggestions: [
        {
          messageId: "ask",
          output: plain(code).replace(
            "verifySessionCookie(cookie)",
            "verifySessionCookie(cookie, true)",
          ),
        },
      ],
    }),
  ),
});
