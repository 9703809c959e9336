import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A function that gives a promise of the token, which the callback of the library settles, and a sign-in that waits for it. */

const signIn = (promise: string, proof = ""): string =>
  `import jwt from "jsonwebtoken"; const issue = (uid) => ${promise};
app.post("/login", async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); if (!user) return res.sendStatus(404); ${proof} const token = await issue(user.id); return res.json({ token }); });`;

const CALLBACK =
  "new Promise((resolve, reject) => { jwt.sign({ uid }, key, (error, token) => { if (error) return reject(error); resolve(token); }); })";

testRule("no-unverified-claims: tokens that a promise gives", rule, {
  valid: [
    signIn(
      CALLBACK,
      "if (!(await bcrypt.compare(req.body.password, user.password))) return res.sendStatus(401);",
    ),
    // The promise gives something else, or is none.
    signIn(CALLBACK.replace("resolve(token)", "resolve(error)")),
    signIn(CALLBACK.replace("resolve(token)", "resolve()")),
    signIn(CALLBACK.replace("Promise", "Job")),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    CALLBACK,
    "{ return new Promise((resolve, reject) => jwt.sign({ uid }, key, (error, token) => (error ? reject(error) : resolve(token)))); }",
    "new Promise((resolve) => resolve(jwt.sign({ uid }, key)))",
  ].map((promise) =>
    marked(signIn(promise), { messageId: "askedIdentity", data: { name: "jwt.sign" } }),
  ),
});
