import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Passwords that are set for whomever the request names, next to their twins that find the user by the token. */

/** A handler behind a link of a mail. */
const reset = (body: string, path = "/reset-password"): string =>
  `import jwt from "jsonwebtoken";
router.post("${path}", async (req, res) => { ${body} res.json({ ok: true }); });`;

const VERIFIES = "const claims = jwt.verify(req.body.token, RESET_KEY);";
const FINDS = "const user = await User.findOne({ email: req.body.email });";
const HASHES = "const password = await bcrypt.hash(req.body.password, 10);";
const SETS = "user.password = await bcrypt.hash(req.body.password, 10); await user.save();";

const told = (code: string, line = "2", name = "jwt.verify"): InvalidCase =>
  marked(code, { messageId: "otherAccount", data: { name, line } });

/** The same with what the request names marked. */
const named = (body: string, path?: string): InvalidCase =>
  told(reset(body.replace("req.body.email", "«req.body.email»"), path));

testRule("no-unverified-claims: passwords of whom the request names", rule, {
  valid: [
    ...[
      // Found by the claims
      "const user = await User.findById(claims.id);",
      "const user = await User.findOne({ email: claims.email });",
      "const user = await User.findOne({ _id: claims.id, email: req.body.email });",
      // Compared with them
      `${FINDS} if (user.id !== claims.id) return res.sendStatus(403);`,
      `${FINDS} if (!user._id.equals(claims.id)) return res.sendStatus(403);`,
      `${FINDS} const { id } = claims; if (String(user.id) !== id) return res.sendStatus(403);`,
      `if (claims.email !== req.body.email) return res.sendStatus(403); ${FINDS}`,
      `${FINDS} assertSame(claims, user);`,
      `${FINDS} assertSame(jwt.verify(req.body.token, RESET_KEY), user);`,
      `${FINDS} const isHis = [claims.email].includes(req.body.email); if (!isHis) return res.sendStatus(403);`,
      // On record
      "const user = await User.findOne({ email: req.body.email, resetToken: req.body.token });",
      `${FINDS} if (user.resetToken !== req.body.token) return res.sendStatus(403);`,
      `if ((await redis.get("reset:" + req.body.email)) !== req.body.token) return res.sendStatus(403); ${FINDS}`,
      "const kept = await redis.get(`reset:${req.body.email}`); if (kept !== req.body.token) return res.sendStatus(403); " +
        FINDS,
      // Another proof
      `${FINDS} if (!(await bcrypt.compare(req.body.oldPassword, user.password))) return res.sendStatus(403);`,
      `${FINDS} if (user.code !== req.body.code) return res.sendStatus(403);`,
      `${FINDS} await checkAnswer(user, req.body.answer);`,
      `if (req.user.email !== req.body.email) return res.sendStatus(403); ${FINDS}`,
      // Somebody who may
      `if (claims.role !== "root") return res.sendStatus(403); ${FINDS}`,
      `if (!claims.isRoot) return res.sendStatus(403); ${FINDS}`,
      `const admin = await Admin.findById(claims.id); if (!admin) return res.sendStatus(403); ${FINDS}`,
      `if (claims.level < 5) return res.sendStatus(403); ${FINDS}`,
      `mayChange(claims); ${FINDS}`,
      `const teacher = await Teacher.findById(claims.id); if (!teacher) return res.sendStatus(403); ${FINDS}`,
      // Somebody new
      `let user = await User.findOne({ email: req.body.email }); if (user) return res.sendStatus(409); user = new User({ email: req.body.email });`,
    ].map((asks) => reset(`${VERIFIES} ${asks} ${SETS}`)),
    // Made of the record
    reset(`${FINDS} jwt.verify(req.body.token, RESET_KEY + user.password); ${SETS}`),
    reset(
      `${FINDS} const key = keyFor(user); const claims = jwt.verify(req.body.token, key); if (!claims) return res.sendStatus(403); ${SETS}`,
    ),
    reset(`${FINDS} jwt.verify(req.body.token, RESET_KEY, { subject: user.id }); ${SETS}`),
    reset(
      `const options = { subject: req.body.email }; jwt.verify(req.body.token, RESET_KEY, options); ${FINDS} ${SETS}`,
    ),
    // Taken over from the claims
    reset(
      `let { email } = req.body; email = jwt.verify(req.body.token, KEY).email; await User.updateOne({ email }, { password: hash(req.body.password) });`,
    ),
    reset(
      `let { email } = req.body; ({ email } = jwt.verify(req.body.token, KEY)); await User.updateOne({ email }, { password: hash(req.body.password) });`,
    ),
    // Whoever is signed in
    reset(
      `const claims = jwt.verify(req.headers.authorization.split(" ")[1], KEY); ${FINDS} ${SETS}`,
    ),
    reset(`const claims = jwt.verify(req.cookies.token, KEY); ${FINDS} ${SETS}`),
    // What is set is no password, or not kept
    reset(`${VERIFIES} ${FINDS} user.name = req.body.name; await user.save();`),
    reset(`${VERIFIES} ${FINDS} user.passwordChangedAt = new Date(); await user.save();`),
    reset(`${VERIFIES} ${FINDS} user.password = undefined; await user.save();`),
    reset(`${VERIFIES} ${FINDS} user.password = "";`),
    reset(`${VERIFIES} ${FINDS} user.password = String(user.name);`),
    // Nothing is verified
    reset(`${FINDS} ${SETS}`),
    // Changes
    ...[
      "await User.updateOne({ email: claims.email }, { password });",
      "await User.updateOne({ email: req.body.email, resetToken: req.body.token }, { password });",
      "await User.updateOne({ email: req.body.email }, { name: req.body.name });",
      "await User.updateOne({ email: req.body.email }, { password: 'locked' });",
      "await User.update({ password }, { where: { email: claims.email } });",
      "await prisma.user.update({ where: { id: claims.id }, data: { password } });",
      "await prisma.user.update({ where: { email: req.body.email, token: req.body.token }, data: { password } });",
      "await db('users').where({ email: claims.email }).update({ password });",
      "await db('users').where({ token: req.body.token }).where({ email: req.body.email }).update({ password });",
      "await pool.query('UPDATE users SET password = $1 WHERE email = $2', [password, claims.email]);",
      "await pool.query('UPDATE users SET password = $2 WHERE id = $1', [claims.id, password]);",
      "await pool.query('UPDATE users SET password = ? WHERE email = ? AND reset_token = ?', [password, req.body.email, req.body.token]);",
      "await pool.query('UPDATE users SET password = ? WHERE email = ? AND length(name) > 0', [password, req.body.email]);",
      "await pool.query('UPDATE users SET password = ? WHERE email = ?', [password, process.env.DEMO_EMAIL]);",
      "await pool.query('UPDATE users SET name = ? WHERE email = ?', [req.body.name, req.body.email]);",
    ].map((change) => reset(`${VERIFIES} ${HASHES} ${change}`)),
    // Something may have asked before
    `import jwt from "jsonwebtoken";
router.post("/reset", requireOwner, async (req, res) => { ${VERIFIES} ${FINDS} ${SETS} });`,
    reset(`${VERIFIES} ${FINDS} ${SETS}`, "/admin/reset"),
    `import jwt from "jsonwebtoken";
router.post("/reset", (req, res) => jwt.verify(req.body.token, KEY, async (error, claims) => { if (error || claims.email !== req.body.email) return res.sendStatus(403); await User.updateOne({ email: req.body.email }, { password: req.body.password }); }));`,
    `import jwt from "jsonwebtoken";
router.post("/reset", (req, res) => jwt.verify(req.body.token, KEY, then(async () => { await User.updateOne({ email: req.body.email }, { password: req.body.password }); })));`,
  ],
  invalid: [
    told(`import jwt from "jsonwebtoken";
router.post("/reset", (req, res) => jwt.verify(req.body.token, KEY, async (error, claims) => { if (error || !claims) return res.sendStatus(403); await User.updateOne({ email: «req.body.email» }, { password: req.body.password }); }));`),
    ...[
      "",
      "if (!claims) return res.sendStatus(403);",
      "if (!claims || !req.body.password) return res.sendStatus(403);",
      "if (typeof req.body.token !== 'string') return res.sendStatus(403);",
      "if (claims.purpose !== 'reset') return res.sendStatus(403);",
      "if (claims.exp < Date.now() / 1000) return res.sendStatus(403);",
      "if (req.body.password !== req.body.again) return res.sendStatus(400);",
      "const kept = await redis.get(`reset:${claims.email}`); if (kept !== req.body.token) return res.sendStatus(403);",
      "const { email } = claims; if (!email) return res.sendStatus(403);",
      "console.log(claims);",
      "await redis.del(`reset:${claims.email}`);",
    ].map((asks) => named(`${VERIFIES} ${asks} ${FINDS} ${SETS}`)),
    ...[
      `${FINDS} if (!user) return res.sendStatus(404); ${SETS} await sendMail(user.email);`,
      `${FINDS} ${SETS} await Session.deleteMany({ userId: user.id });`,
      `${FINDS} const hash = await bcrypt.hash(req.body.password, 10); await user.update({ passwordHash: hash });`,
    ].map((rest) => named(`${VERIFIES} ${rest}`)),
    ...[
      "await User.updateOne({ email: req.body.email }, { password });",
      "await User.updateOne({ email: req.body.email }, { $set: { password } });",
      "await User.findOneAndUpdate({ email: req.body.email }, { password }, { new: true });",
      "await User.update({ password }, { where: { email: req.body.email } });",
      "await prisma.user.update({ where: { email: req.body.email }, data: { password } });",
      "await db('users').where({ email: req.body.email }).update({ password });",
      "await pool.query('UPDATE users SET password = $1 WHERE email = $2', [password, req.body.email]);",
      "await pool.query('UPDATE users SET password = $2, updated_at = now() WHERE email = $1 RETURNING id', [req.body.email, password]);",
      "await pool.query('UPDATE users SET password = ? WHERE email = ?', [password, req.body.email]);",
      "await sql`UPDATE users SET password = ${password} WHERE email = ${req.body.email}`;",
    ].map((change) => named(`${VERIFIES} ${HASHES} ${change}`)),
    told(
      `import jwt from "jsonwebtoken";
router.post("/reset-password/:id/:token", (req, res) => {
  const { id, token } = req.params;
  jwt.verify(token, "reset", (error, claims) => {
    if (error) return res.json({ status: "wrong token" });
    bcrypt.hash(req.body.password, 10).then((hash) => {
      User.findByIdAndUpdate({ _id: «id» }, { password: hash }).then((user) => res.json(user)).catch((reason) => res.json(reason));
    });
  });
});`,
      "7",
    ),
    told(
      `import jwt from "jsonwebtoken";
export const setPassword = async (req, res) => {
  const { login, token, password } = req.body;
  let claims;
  try { claims = jwt.verify(token, process.env.RESET_KEY); } catch (error) { return res.status(401).end(); }
  if (claims.type !== "password-reset") return res.status(401).end();
  const user = await User.findOne({ email: «login» });
  user.password = await bcrypt.hash(password, 10);
  await user.save();
  res.end();
};`,
      "8",
    ),
  ],
});

/** Queries whose conditions stand behind what is written. */
const query = (written: string): string =>
  `import { and, eq } from "drizzle-orm";\n${reset(`${VERIFIES} ${HASHES} await ${written};`).replace("\n", " ")}`;

testRule("no-unverified-claims: passwords set by queries in a chain", rule, {
  valid: [
    "db.update(users).set({ password }).where(eq(users.id, claims.id))",
    "db.update(users).set({ password }).where(and(eq(users.email, req.body.email), eq(users.id, claims.id)))",
    "db.update(users).set({ password }).where(and(eq(users.email, req.body.email), eq(users.code, req.body.code)))",
    "db.update(users).set({ name: req.body.name }).where(eq(users.email, req.body.email))",
    "db.set({ password }).where({ email: req.body.email })",
    'supabase.from("users").update({ password }).eq("id", claims.id)',
    'supabase.from("users").update({ password }).eq("email", req.body.email).eq("reset_token", req.body.token)',
    'supabase.from("users").update({ password }).eq("email", req.body.email).eq("id", claims.id)',
    'supabase.from("users").update({ password }).eq("email", req.body.email).eq("code", req.body.code)',
    'supabase.from("users").update({ password }).neq("email", req.body.email)',
    'knex("users").where("email", "<>", req.body.email).update({ password })',
    'knex("users").where("email", req.body.email).whereNotNull("code").update({ password })',
    'knex("users").update({ password })',
  ].map(query),
  invalid: [
    "db.update(users).set({ password }).where(eq(users.email, «req.body.email»))",
    "db.update(users).set({ password }).where(eq(users.email, «req.body.email»)).returning()",
    'supabase.from("users").update({ password }).eq("email", «req.body.email»)',
    'supabase.from("users").update({ password }).match({ email: «req.body.email» }).select().single()',
    'knex("users").update({ password }).where({ email: «req.body.email» })',
    'knex("users").where("email", «req.body.email»).update({ password })',
    'knex("users").where("users.email", "=", «req.body.email»).update({ password })',
  ].map((written) => told(query(written))),
});
