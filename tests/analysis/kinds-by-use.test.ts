import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that are all called `token`: what they are for is told by what becomes of them. */

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

const found = (code: string, kind = "password reset"): InvalidCase =>
  marked(code, { messageId: "opensSession", data: { kind } });

const SIGN = "jwt.sign({ id: user.id }, process.env.KEY)";

const HEAD = `import jwt from "jsonwebtoken"; import bcrypt from "bcrypt"; import { mailer, sendLink, users } from "./out-of-sight.js";`;

/** A handler that compares a password and answers with a token. */
const SESSION = `export const enter = async (req, res) => { const user = await users.find(req.body.email); if (!(await bcrypt.compare(req.body.password, user.hash))) return res.sendStatus(401); const token = ${SIGN}; res.json({ token }); };`;

/** A handler that makes another token and mails it. */
const mailing = (
  then: string,
  { name = "ask", session = SESSION, sign = `const token = «${SIGN}»;` } = {},
): string => `${HEAD}
${session}
export const ${name} = async (req, res) => { const user = await users.find(req.body.email); ${sign} ${then} res.sendStatus(204); };`;

const RESET = "const url = `https://shop.example/reset-password?token=${token}`;";
const MAIL = 'await mailer.sendMail({ to: user.email, subject: "Your link", text: url });';

/** The handler of a route, which has no name. */
const routed = (path: string, then: string): string =>
  mailing(then)
    .replace("export const ask = ", `export default (app) => app.post("${path}", limit, `)
    .replace(/;$/u, ");");

testRule("require-type-check: tokens told by the mail they are in", rule, {
  valid: [
    // Nothing says what the mail is for.
    mailing(`const url = "https://shop.example/go/" + token; ${MAIL}`),
    routed(
      "/orders",
      `await mailer.sendMail({ to: user.email, subject: "Your order", html: token });`,
    ),
    mailing(`const url = "https://shop.example/verify?token=" + token; ${MAIL}`),
    mailing(MAIL.replace("Your link", "Account verified").replace("url", "token")),
    // … what it says further on may be anything.
    mailing(
      "await mailer.sendMail({ to: user.email, subject: 'Welcome', html: `<a href=\"/go/${token}\">Go</a> <p>Or reset your password.</p>` });",
    ),
    mailing("await mailer.sendMail(user.email, `Reset your password\nhere: ${token} or there`);"),
    mailing("await mailer.sendMail(user.email, `<p>Or reset your password</p> ${token}`);"),
    // The link signs in.
    mailing(`${RESET} ${MAIL.replace("Your link", "Sign in to the shop")}`),
    mailing(`${RESET} ${MAIL}`, { name: "sendLoginLink" }),
    routed("/auth/magic-link", `${RESET} ${MAIL}`),
    // Who asks is given it as well, or it is not mailed.
    mailing(`${RESET} ${MAIL} res.cookie("session", token);`),
    mailing(`${RESET} ${MAIL} res.body = { token };`),
    mailing(`${RESET} ${MAIL} return token;`),
    mailing(`${RESET} res.redirect(url);`),
    mailing(`${RESET} await users.update(user, { url });`),
    mailing("const resetUrl = await shorten(token); await mailer.sendMail(user.email, resetUrl);"),
    // It says what it is for, has a key of its own, or is about something else.
    mailing(`${RESET} ${MAIL}`).replace("«jwt.sign({ id", "«jwt.sign({ type: 'reset', id"),
    mailing(`${RESET} ${MAIL}`).replace(`«${SIGN}`, `«${SIGN.replace("KEY", "RESET_KEY")}`),
    mailing(`${RESET} ${MAIL}`).replace("«jwt.sign({ id", "«jwt.sign({ order"),
    // What is called by its kind is of that kind.
    mailing(`${RESET} ${MAIL}`.replaceAll("token}", "accessToken}"), {
      sign: `const accessToken = «${SIGN}»;`,
    }),
    mailing(`${RESET} ${MAIL}`, {
      session: `export default (app) => app.post("/blog/index", async (req, res) => { const user = await users.of(req); res.json({ token: ${SIGN} }); });`,
    }),
    // No session is seen: nobody is asked for a password, he is not given the token, or it is asked for afterwards.
    ...[
      SESSION.replace(/if \(!.*?sendStatus\(401\);/u, ""),
      SESSION.replace("res.json({ token });", "res.json({ id: user.id }); tell(token);"),
      SESSION.replace("bcrypt.compare", "signature.verify"),
      `export const enter = async (req, res) => { const token = ${SIGN}; res.json({ token, known: await bcrypt.compare(req.body.password, req.user.hash) }); };`,
      `export const check = async (user, password) => bcrypt.compare(password, user.hash); export const enter = async (req, res) => { const user = await users.find(req.body.email); const token = ${SIGN}; res.json({ token }); };`,
    ].map((session) => mailing(`${RESET} ${MAIL}`, { session })),
  ].map((code) => unmarked(code)),
  invalid: [
    // The address of the link, the names on the way, the subject, what sends it, and the handler say what it is for.
    ...[
      `${RESET} ${MAIL}`,
      `const url = "https://shop.example/reset/" + token; ${MAIL}`,
      "const resetUrl = base + token; await mailer.sendMail({ to: user.email, html: resetUrl });",
      "let url; url = `${base}/forgot/${token}`; await mailer.sendMail(user.email, url);",
      "await sendPasswordResetEmail(user.email, token);",
      "await sendEmail({ email: user.email, subject: 'Reset your password', html: token });",
      'await sendLink.mail(user.email, "Recover your password", token);',
      "await mailer.sendMail({ to: user.email, subject: `${SHOP}: reset your password`, text: token });",
      "await mailer.sendMail({ template: 'password-recovery', to: user.email, context: { token } });",
      "await mailer.sendMail({ to: user.email, context: { resetLink: token } });",
      "await queue.add({ to: user.email, subject: 'Forgotten password', text: token });",
      'await mailer.sendMail({ to: user.email, html: `<p>Hello</p> <a href="https://shop.example/reset?token=${token}">Go</a>` });',
    ].map((then) => found(mailing(then))),
    found(mailing("await mailer.sendMail(user.email, token);", { name: "accountRecovery" })),
    found(routed("/forgot-password", "await mailer.sendMail(user.email, token);")),
    found(
      routed("/", "await mailer.sendMail(user.email, token);").replace(
        'app.post("/", limit, ',
        'app.route("/forgot-password").post(limit, ',
      ),
    ),
    found(
      mailing("", {
        sign: `await sendPasswordResetEmail(user.email, «${SIGN}»);`,
      }),
    ),
    // The callback is handed the token.
    found(
      mailing("", {
        sign: `«jwt.sign({ id: user.id }, process.env.KEY, (error, token) => { ${RESET} mailer.sendMail({ to: user.email, text: url }); })»;`,
      }),
    ),
    ...[
      'subject: "Verify your email"',
      'subject: "Confirm your account"',
      'subject: "Account activation"',
      'subject: "Please confirm your e-mail address"',
      'template: "email-confirmation"',
    ].map((said) =>
      found(
        mailing(`await mailer.sendMail({ to: user.email, ${said}, html: token });`),
        "confirmation",
      ),
    ),
    found(mailing(`${RESET.replace("reset-password", "confirm-email")} ${MAIL}`), "confirmation"),
    // Sessions by other ways.
    ...[
      SESSION.replace("bcrypt.compare(", "user.comparePassword("),
      SESSION.replace("bcrypt.compare(", "checkPassword("),
      SESSION.replace("bcrypt.compare(", "argon2.verify("),
      SESSION.replace("res.json({ token })", 'res.status(200).cookie("t", token)'),
      SESSION.replace("res.json({ token })", "return { token }"),
      SESSION.replace("res.json({ token })", "res.body = { token }"),
      `export const enter = (req, res) => { const user = users.find(req.body.email); bcrypt.compare(req.body.password, user.hash, (error, same) => { if (!same) return res.sendStatus(401); jwt.sign({ id: user.id }, process.env.KEY, (error, token) => res.json({ token })); }); };`,
      `export default (app) => app.post("/login", limit, async (req, res) => { const user = await users.check(req.body); const token = ${SIGN}; res.json({ token }); });`,
      `export default (app) => app.route("/sign-in").post(async (req, res) => { const user = await users.check(req.body); res.json({ token: ${SIGN} }); });`,
    ].map((session) => found(mailing(`${RESET} ${MAIL}`, { session }))),
    // Where the file verifies tokens of that key, it is found there.
    marked(
      `${unmarked(mailing(`${RESET} ${MAIL}`))} export const change = async (req) => { const { id } = «jwt.verify(req.body.token, process.env.KEY)»; await users.rename(id, req.body.name); };`,
      { messageId: "sameKey", data: { name: "jwt.verify", kinds: "access and password reset" } },
    ),
  ],
});
