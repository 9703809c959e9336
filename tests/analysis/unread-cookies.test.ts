import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Sign-ins beside a token of a cookie or a header that is verified, and links that only a mail holds. */

const START =
  'import jwt from "jsonwebtoken"; import { db } from "./db"; import nodemailer from "nodemailer";';
const VERIFIES = "jwt.verify(token, process.env.OLD_KEY);";
const GIVES =
  "const member = await db.member.findUnique({ where: { email: «req.body.email» } }); res.json({ accessToken: jwt.sign({ id: member.id }, key) });";

const renews = (token: string, then = `${VERIFIES} ${GIVES}`): string =>
  `${START} export async function refresh(req, res) { ${token} ${then} }`;
const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const COOKIE = "const token = req.cookies.refreshToken; if (!token) return res.sendStatus(401);";

testRule("no-unverified-claims: cookies that are verified, and nobody reads", rule, {
  valid: [
    // The claims say whose it is.
    renews(
      COOKIE,
      "const claims = jwt.verify(token, process.env.OLD_KEY); if (claims.email !== req.body.email) return res.sendStatus(403); " +
        plain(GIVES),
    ),
    // What is verified elsewhere, or not at all
    renews(COOKIE, plain(GIVES)),
    renews(COOKIE, `check(token); ${VERIFIES} ${plain(GIVES)}`),
    // A service that is known by its token may ask for others.
    renews(COOKIE, `jwt.verify(token, SERVICE_KEY); ${plain(GIVES)}`),
    renews(COOKIE, `jwt.verify(token, key, { audience: "exchange" }); ${plain(GIVES)}`),
    // Another cookie may be the proof.
    renews(
      "const token = req.cookies.refreshToken; if (!req.cookies.device) return;",
      `${VERIFIES} ${plain(GIVES)}`,
    ),
    renews(
      "const { refreshToken: token, device } = req.cookies; if (!device) return;",
      `${VERIFIES} ${plain(GIVES)}`,
    ),
  ],
  invalid: [
    renews(COOKIE),
    renews("const { refreshToken: token } = req.cookies;"),
    renews('const token = req.headers.authorization.split(" ")[1];'),
    renews('const token = req.get("Authorization");'),
    renews("const { token } = req.body;"),
  ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } })),
});

const link = (then: string): string =>
  `${START} export const passwordlessLogin = async (req, res) => { const token = jwt.sign({ email: «req.body.email» }, key, { expiresIn: "15m" }); const link = \`\${process.env.URL}/enter#\${token}\`; ${then} };`;
const MAILED =
  'const transporter = nodemailer.createTransport({ service: "post" }); const message = { to: req.body.email, html: page({ link }) }; await transporter.sendMail(message);';
const PAGE = "const page = ({ link }) => `<p>${link}</p>`;";

testRule("no-unverified-claims: tokens that a mail alone holds", rule, {
  valid: [
    plain(link(`${MAILED} res.json({ sent: true });`)) + PAGE,
    plain(link(`${MAILED} res.end();`)) + PAGE,
  ],
  invalid: [
    // The mail goes to somebody else, or to others as well.
    link(MAILED.replace("to: req.body.email", "to: req.body.sendTo")) + PAGE,
    link(MAILED.replace("to: req.body.email", "to: req.body.email, bcc: req.body.copy")) + PAGE,
    link(`${MAILED} res.json({ link });`) + PAGE,
    link(`${MAILED} res.cookie("token", token, { httpOnly: true }); res.end();`) + PAGE,
    link("res.json({ token });"),
  ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } })),
});
