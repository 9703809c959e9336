import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Codes that are nothing once they were used, and are compared with what nobody has to send. */

const emptiedCode = {
  messageId: "emptiedCode",
  data: { code: "otp", signedBy: "jwt.sign" },
};

const signIn = (asks: string, after = "user.otp = undefined;"): string =>
  `import jwt from "jsonwebtoken"; export const signIn = async (req, res) => { const { id, otp } = req.body; const user = await User.findById(id); ${asks} ${after} await user.save(); res.json({ token: jwt.sign({ sub: user.id }, process.env.KEY, { expiresIn: "1h" }) }); };`;

const COMPARED = "if (user.otp !== otp) return res.sendStatus(400);";

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // Something asks whether there is a code.
      `if (!otp) return res.sendStatus(400); ${COMPARED}`,
      `if (typeof otp !== "string") return res.sendStatus(400); ${COMPARED}`,
      "if (!user.otp || user.otp !== otp) return res.sendStatus(400);",
      `if (user.otp == null) return res.sendStatus(400); ${COMPARED}`,
      // Nothing is no number.
      "if (user.otp !== Number(otp)) return res.sendStatus(400);",
      "if (user.otp !== `${otp}`) return res.sendStatus(400);",
      // Something else is asked as well.
      `${COMPARED} if (!(await compare(req.body.password, user.hash))) return res.sendStatus(400);`,
      `${COMPARED} if (!(user.expires > Date.now())) return res.sendStatus(400);`,
      `${COMPARED} if (user.expires < Date.now()) return res.sendStatus(400);`,
      `${COMPARED} if (user.tries < 3) return res.sendStatus(400); user.tries = null;`,
      "if (user.otp === otp) return res.sendStatus(400);",
      "if (user.color !== req.body.color) return res.sendStatus(400); user.color = undefined;",
      "if (user.otp !== known.otp) return res.sendStatus(400);",
      `if (otp) seen.add(user.id); else return res.sendStatus(400); ${COMPARED}`,
      `${COMPARED} if (!(user.expires > Date.now())) return res.sendStatus(400); user.expires = undefined;`,
      `assertCode(req.body.otp); ${COMPARED}`,
      "if (otp && user.otp === otp) user.seen = true; else return res.sendStatus(400);",
      "if (otp.trim() === '') return res.sendStatus(400); if (user.otp !== otp) return res.sendStatus(400);",
    ].map((asks) => signIn(asks)),
    signIn(COMPARED, ""),
    signIn(COMPARED, "user.otp = makeCode();"),
    signIn(COMPARED, "user.code = undefined;"),
    `${signIn(COMPARED)} export const rules = [body("otp").isLength({ min: 6 }), validateRequest];`,
    signIn("if (req.query.otp !== otp) return res.sendStatus(400);").replace(
      "findById(id)",
      "findById(req.user.id)",
    ),
    signIn("if (!(user.otp >= otp)) return res.sendStatus(400);").replace(
      "findById(id)",
      "findById(req.user.id)",
    ),
    // Nobody is signed in.
    `import jwt from "jsonwebtoken"; export const confirm = async (req, res) => { const user = await User.findById(req.body.id); if (user.otp !== req.body.otp) return res.sendStatus(400); user.otp = undefined; await user.save(); res.json({}); }; export const read = (token) => jwt.verify(token, key, options);`,
  ],
  invalid: [
    ...[
      "if («user.otp !== otp») return res.sendStatus(400);",
      "if («user.otp != req.body.otp») return res.sendStatus(400);",
      "if («otp !== user.otp») return res.sendStatus(400);",
      "if (!user || «user.otp !== otp») return res.sendStatus(400);",
      "if («user.otp !== otp» || user.expires < Date.now()) return res.sendStatus(400); user.expires = undefined;",
      "if (!(«user.otp === otp»)) return res.sendStatus(400);",
    ].map((asks) => marked(signIn(asks), emptiedCode)),
    ...["user.otp = null;", "user.otp = '';"].map((after) =>
      marked(signIn("if («user.otp !== otp») return res.sendStatus(400);", after), emptiedCode),
    ),
    marked(
      signIn(
        "if («user.resetCode !== req.body.code») return res.sendStatus(400);",
        "user.resetCode = undefined;",
      ),
      { messageId: "emptiedCode", data: { code: "resetCode", signedBy: "jwt.sign" } },
    ),
  ],
});
