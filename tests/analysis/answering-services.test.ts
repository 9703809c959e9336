import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Services that are given a token, and answer only where it is good. */

const guard = (before: string): string =>
  `import { decodeJwt } from "jose"; import { supabase } from "./supabase.js";
export async function requireUser(req, res, next) {
  const token = req.headers.authorization.split(" ")[1];
  ${before}
  req.user = «decodeJwt(token)»;
  next();
}`;

testRule("no-unverified-claims: answers of Supabase", rule, {
  valid: ["getUser", "getClaims"].map((method) =>
    guard(
      `const { data, error } = await supabase.auth.${method}(token); if (error) return res.sendStatus(401);`,
    ).replaceAll(/[«»]/gu, ""),
  ),
  invalid: [
    marked(guard("await supabase.from('visits').insert({ at: new Date() });"), {
      messageId: "identity",
      data: { name: "decodeJwt", line: "5" },
    }),
  ],
});
