import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions of another file that read a token by hand, each next to one that verifies it before. */

const filename = path.join(import.meta.dirname, "../fixtures/claims/guard.js");

const guard = (name: string): string =>
  `import { ${name} } from "./by-hand.js"; export const guard = async (req, res, next) => { const token = req.headers.authorization; if (!token) return res.sendStatus(401); const claims = await «${name}(token, process.env.JWT_KEY)»; if (!claims) return res.sendStatus(401); req.user = claims; next(); };`;

testRule("no-unverified-claims: read by hand in another file", rule, {
  valid: ["readVerified", "readBySubtle", "readChecked"].map((name) => ({
    code: guard(name).replaceAll(/[«»]/gu, ""),
    filename,
  })),
  invalid: ["readBare", "readEither"].map((name) =>
    marked(
      guard(name),
      { messageId: "identity", data: { name: "This code", line: "1" } },
      { filename },
    ),
  ),
});
