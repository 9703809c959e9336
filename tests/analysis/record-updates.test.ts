import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What is written to a record on the way to a token proves nothing; what chooses the record may. */

const JWT = 'import jwt from "jsonwebtoken"; import { and, eq } from "drizzle-orm";';

const SIGNS = "res.json({ token: jwt.sign({ id: user._id }, key) });";

/** A handler that finds somebody by his address, does something more, and gives him a token. */
const signIn = (more: string, signs = SIGNS): string =>
  `${JWT} router.post("/login", async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); if (!user) return res.sendStatus(404); ${more} ${signs} });`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const CHANGED = "res.json({ token: jwt.sign({ id: changed._id }, key) });";

testRule("no-unverified-claims: updates of the record that is found", rule, {
  valid: [
    // What chooses the record is a proof, or may be one.
    ...[
      "const done = await User.updateOne({ _id: user._id, otp: req.body.otp }, { $unset: { otp: 1 } }); if (!done.modifiedCount) return res.sendStatus(401);",
      "if (!(await User.findOneAndUpdate({ email: user.email, resetToken: req.body.answer }, { resetToken: null }))) return res.sendStatus(401);",
      "const [done] = await User.update({ answer: null }, { where: { id: user._id, answer: req.body.answer } }); if (!done) return res.sendStatus(401);",
      "await prisma.user.update({ where: { id: user._id, answer: req.body.answer }, data: { lastLogin: new Date() } });",
      "const chosen = { _id: user._id, answer: req.body.answer }; if (!(await User.findOneAndUpdate(chosen, { answer: null }))) return res.sendStatus(401);",
      "await User.findOneAndUpdate({ _id: user._id, status: 'confirmed' }, { lastLogin: new Date() });",
      "await User.findOneAndUpdate({ answer: req.body.answer }, { lastLogin: new Date() });",
      "await User.findByIdAndUpdate(req.user._id, { lastLogin: new Date() });",
      "await LoginAttempt.findByIdAndUpdate(user._id, { lastLogin: new Date() });",
      "await authenticator.findByIdAndUpdate(user._id, { lastLogin: new Date() });",
      "const [done] = await db.execute('UPDATE users SET otp = NULL WHERE email = ? AND otp = ?', [req.body.email, req.body.otp]); if (!done) return res.sendStatus(401);",
    ].map((more) => plain(signIn(more))),
    // A function that nobody has seen may compare what it is told.
    ...[
      "await accounts.updateAccount(user._id, { oldPassword: req.body.password, seen: new Date() });",
      "await accounts.updateAccount(user._id, seen(req));",
      "await accounts.findAndUpdate(user._id, { seen: new Date() }, found(req));",
    ].map((more) => plain(signIn(more))),
    // What is written is asked for something first.
    plain(
      signIn(
        "await User.findByIdAndUpdate(user._id, { lastLogin: await exchange(req.body.ticket) });",
      ),
    ),
    // Somebody else is given back, or chosen by more.
    ...[
      "const changed = await User.findByIdAndUpdate(user.inviter, { lastLogin: new Date() });",
      "const changed = await User.findOneAndUpdate({ inviter: user._id }, { lastLogin: new Date() });",
      "const changed = await User.findOneAndUpdate({ _id: user._id, answer: req.body.answer }, { answer: null });",
      "const changed = await User.findByIdAndUpdate(...chosen, { answer: null });",
    ].map((more) => plain(signIn(more, CHANGED))),
    // What chooses the way is a proof.
    plain(
      signIn("if (device.isKnown) { " + SIGNS + " return; } if (!(await asked(req.body))) return;"),
    ),
  ],
  invalid: [
    ...[
      "await User.findByIdAndUpdate(user._id, { lastLogin: new Date() });",
      "await User.findByIdAndUpdate(user._id, { $set: { lastLogin: Date.now() } }, { new: true });",
      "await User.findOneAndUpdate({ _id: user._id }, { lastLogin: new Date() });",
      "await User.updateOne({ email: user.email }, { $set: { lastLogin: new Date() }, $inc: { visits: 1 } });",
      "await User.updateOne({ _id: user._id }, [{ $set: { lastLogin: new Date() } }]);",
      "await User.update({ refreshToken: crypto.randomUUID() }, { where: { id: user._id } });",
      "await prisma.user.update({ where: { id: user._id }, data: { refreshToken: crypto.randomUUID(), password: await bcrypt.hash(req.body.password, 10) } });",
      "const change = { lastLogin: new Date() }; await User.findByIdAndUpdate(user._id, change);",
      "const updated = await User.findByIdAndUpdate(user._id, { lastLogin: new Date() }); if (!updated) return res.sendStatus(404);",
      "await db.execute('UPDATE users SET last_login = NOW() WHERE id = ?', [user._id]);",
      "await accounts.updateAccount(user._id, { seen: new Date() });",
    ].map((more) => given(signIn(more))),
    ...[
      "const changed = await User.findByIdAndUpdate(user._id, { lastLogin: new Date() }, { new: true });",
      "const changed = await updateMember(user._id, { password: hashed });",
      "const changed = await prisma.user.update({ where: { id: user.id }, data: { lastLogin: new Date() } });",
    ].map((more) => given(signIn(more, CHANGED))),
    // Behind the branch of those who are on record, others are written down.
    given(
      `${JWT} router.post("/register", async (req, res) => { const { email, password } = req.body; const user = await User.findOne({ email: «email» }); if (user) { ${SIGNS} return; } await createUser({ email, password }); res.sendStatus(201); });`,
    ),
  ],
});
