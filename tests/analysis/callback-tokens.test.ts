import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A strategy of OAuth is handed the answer of the token endpoint beside the profile. */

const strategy = (params: string, read: string): string =>
  `import { jwtDecode } from "jwt-decode"; import passport from "passport"; import { Strategy } from "passport-azure-ad-oauth2";
passport.use(new Strategy(options, async (${params}) => { ${read} const member = await Member.findOne({ email }); done(null, member ?? false); }));`;

const ALL = "accessToken, refreshToken, params, profile, done";

testRule("no-unverified-claims", rule, {
  valid: [
    strategy(ALL, "const { id_token } = params; const { email } = jwtDecode(id_token);"),
    strategy(ALL, "const { email } = jwtDecode(params.id_token);"),
    strategy(`req, ${ALL}`, "const { email } = jwtDecode(params.id_token);"),
    strategy(
      "access_token, _refresh_token, answer, profile, done",
      "const { email } = jwtDecode(answer.id_token);",
    ),
  ],
  invalid: [
    // The third of four is the profile, and a route has params of its own.
    strategy(
      "accessToken, refreshToken, profile, done",
      "const { token } = profile; const { email } = «jwtDecode(token)»;",
    ),
    strategy(
      "req, res, params, profile, done",
      "const { token } = params; const { email } = «jwtDecode(token)»;",
    ),
    strategy(ALL, "const { token } = profile; const { email } = «jwtDecode(token)»;"),
  ].map((code) =>
    marked(code, {
      messageId: "data",
      data: { name: "jwtDecode", line: "2", what: "the claim email" },
    }),
  ),
});
