import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Of a function out of sight that is called for a decoder, whoever calls it may say that it verifies. */

const route = (refused: string): string =>
  `const { decodeJWT } = require("./http");
app.get("/me", async (req, res) => {
  const found = «decodeJWT(req.cookies.token)»;
  ${refused}
  res.json(await Member.findOne({ email: found.email }));
});`;

testRule("no-unverified-claims", rule, {
  valid: [
    'if (!found) return res.status(401).json({ error: "Invalid token" });',
    'if (!found || !found.email) { return res.status(401).json({ error: "token expired" }); }',
    'if (found === null) throw new Unauthorized("invalid token");',
  ].map((refused) => route(refused).replaceAll(/[«»]/gu, "")),
  invalid: [
    "",
    'if (!found) return res.status(401).json({ error: "No token" });',
    'if (!found) console.log("invalid");',
    'if (!other) return res.status(401).json({ error: "Invalid request" });',
  ].map((refused) =>
    marked(route(refused), {
      messageId: "data",
      data: { name: "decodeJWT, as its name says,", line: "5", what: "the claim email" },
    }),
  ),
});
