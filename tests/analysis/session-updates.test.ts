import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that the browser sends when it updates its session with Auth.js. */

const UPDATE = (steps: string, given = "{ token, trigger, session, user }", name = "jwt"): string =>
  `import NextAuth from "next-auth"; import { jwtDecode } from "jwt-decode"; import { verify } from "./verify"; import { providers } from "./providers";
export default NextAuth({ providers, callbacks: { async ${name}(${given}) { ${steps} return token; } } });`;

const identity = (code: string) =>
  marked(code, { messageId: "identity", data: { name: "jwtDecode", line: "2" } });

testRule("no-unverified-claims: sessions that the browser updates", rule, {
  valid: [
    ...[
      // Of the sign-in, and of the session itself
      "if (user) return { ...token, ...jwtDecode(user.bearer) };",
      "return { ...token, ...jwtDecode(token.bearer) };",
      "const { bearer } = user; token.sub = jwtDecode(bearer).sub;",
      // Until when it is good, and how somebody is shown
      "return { ...token, until: jwtDecode(session.bearer).exp };",
      "token.until = jwtDecode(session.bearer).exp;",
      "token.picture = jwtDecode(session.bearer).picture;",
      "return { ...token, shown: jwtDecode(session.bearer) };",
      // Kept nowhere, and verified
      "const held = {}; held.role = jwtDecode(session.bearer).role;",
      "const claims = await verify(session.bearer); return { ...token, ...claims };",
      "const claims = jwtDecode(session.bearer); later(() => claims);",
    ].map((steps) => UPDATE(steps)),
    // What the callback of the session is given the server has read
    UPDATE("return { ...session, ...jwtDecode(session.bearer) };", "{ token, session }", "session"),
    UPDATE("return { ...token, ...jwtDecode(session.bearer) };", "{ token, user: session }"),
    // The token of the session is encrypted, and only the server has put something into it.
    UPDATE("session.user.role = jwtDecode(token.bearer).role;", "{ token, session }", "session"),
    UPDATE("return { ...token, ...jwtDecode(session.bearer) };", "message, session"),
    'import { jwtDecode } from "jwt-decode"; export const held = {}; held.me = jwtDecode(session.bearer);',
    'import { jwtDecode } from "jwt-decode"; export const helpers = { jwt({ token, session }) { return { ...token, ...jwtDecode(session.bearer) }; } };',
  ],
  invalid: [
    "if (trigger === 'update' && session?.bearer) { const claims = «jwtDecode(session.bearer)»; return { ...token, ...claims, until: claims.exp }; }",
    "return { ...token, user: «jwtDecode(session.user.bearer)» };",
    "const { bearer } = session; const claims = «jwtDecode(bearer)»; return { ...token, id: claims.sub };",
    "const claims = «jwtDecode(session.bearer)»; token.role = claims.role;",
    "token.user = «jwtDecode(session.bearer)»;",
    "const claims = «jwtDecode(session.bearer)»; token.name = claims.name; token.email = claims.email;",
  ].map((steps) => identity(UPDATE(steps))),
});
