import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that sign for whomever the request names, each next to its twin that asks for a proof. */

const JWT = 'import jwt from "jsonwebtoken";';

const filename = path.join(import.meta.dirname, "../fixtures/identities/routes.js");
const IMPORTED = 'import { generateToken } from "./token.js";';

/** A handler for whom `body` decides, in a file that signs by itself. */
const signIn = (body: string, route = "/login"): string =>
  `${JWT}\napp.post("${route}", async (req, res) => { ${body} });`;

const GIVES = "res.json({ token: jwt.sign({ id: user.id }, key) });";

const given = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } });

const shown = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "shownLink", data: { name } });

/** A function that gives what it signs to its callback. */
const MAKES = `${JWT} const makeToken = (user, done) => { const token = jwt.sign({ id: user.id }, key); done(token); };`;

/** How rows come from drivers: each gives `user` for the address that the request names. */
const QUERIES: readonly (readonly [found: string, asksMore: string])[] = [
  [
    "const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [«req.body.email»]); const user = rows[0];",
    "const [rows] = await db.query('SELECT * FROM users WHERE email = ? AND code = ?', [req.body.email, req.body.code]); const user = rows[0];",
  ],
  [
    "const { rows } = await pool.query('SELECT id, name FROM users WHERE LOWER(email) = $1 LIMIT 1', [«req.body.email»]); const user = rows[0];",
    "const { rows } = await pool.query('SELECT id, name FROM users WHERE LOWER(email) = $1 AND password = crypt($2, password) LIMIT 1', [req.body.email, req.body.password]); const user = rows[0];",
  ],
  [
    "const found = await pool.query(`SELECT * FROM users WHERE phone = ${«req.body.phone»}`); const user = found.rows[0];",
    "const found = await pool.query(`SELECT * FROM users WHERE token = ${req.body.token}`); const user = found.rows[0];",
  ],
  [
    "const user = db.prepare('SELECT * FROM users WHERE email = ?').get(«req.body.email»);",
    "const user = db.prepare('SELECT * FROM users WHERE email = ? AND otp = ?').get(req.body.email, req.body.otp);",
  ],
  [
    "const user = await c.DB.prepare('SELECT * FROM users WHERE email = ?1 AND active = 1').bind(«req.body.email»).first();",
    "const user = await c.DB.prepare('SELECT * FROM users WHERE email = ?1 AND reset_code = ?2').bind(req.body.email, req.body.code).first();",
  ],
  [
    "const [user] = await sql`SELECT * FROM users WHERE email = ${«req.body.email»}`;",
    "const [user] = await sql`SELECT * FROM users WHERE email = ${req.body.email} AND login_code = ${req.body.code}`;",
  ],
  [
    'const user = (await db.query("SELECT * FROM users WHERE email = \'" + «req.body.email» + "\'"))[0];',
    'const user = (await db.query("SELECT * FROM users WHERE email = \'" + req.body.email + "\' AND pin = " + req.body.pin))[0];',
  ],
];

/** Other forms in which records are found, each next to one that asks for more or leaves something open. */
const RECORDS: readonly (readonly [found: string, asksMore: string])[] = [
  // What a record is shown with, and what it is asked for
  [
    "const user = await prisma.user.findUnique({ where: { email: «req.body.email» }, select: { id: true }, include: { roles: true } });",
    "const user = await prisma.user.findFirst({ where: { email: req.body.email, loginCode: req.body.code }, select: { id: true } });",
  ],
  [
    "const [user] = await User.findOrCreate({ where: { email: «req.body.email» }, defaults: { name: req.body.name } });",
    "const [user] = await User.findOrCreate({ where: { email: req.body.email, secret: req.body.secret } });",
  ],
  [
    "const user = await findOrCreateUser({ email: «req.body.email», name: req.body.name, avatar: req.body.picture });",
    "const user = await findOrCreateUser({ email: req.body.email, idToken: req.body.idToken });",
  ],
  [
    "let user = await User.findOne({ phone: «req.body.phone» }); if (!user) user = await User.create({ phone: req.body.phone });",
    "let user = await User.findOne({ phone: req.body.phone }); if (!user) user = await exchange(req.body.phone, req.body.ticket);",
  ],
  [
    "const user = await User.findOne({ email: «req.body.email» }).populate('roles').lean();",
    "const user = await User.findOne({ email: req.body.email }).where({ code: req.body.code });",
  ],
  [
    "const user = (await User.findOne({ email: «req.body.email» })) ?? (await User.create({ email: req.body.email }));",
    "const user = (await User.findOne({ email: req.body.email })) ?? (await ldap.bind(req.body.email, req.body.password));",
  ],
];

testRule("no-unverified-claims", rule, {
  valid: [
    ...[...QUERIES, ...RECORDS].map(([, asksMore]) => signIn(`${asksMore} ${GIVES}`)),
    // The value of the other way is no constant.
    signIn(
      "const user = flag ? await User.findOne({ email: req.body.email }) : await open(req); " +
        GIVES,
    ),
    // The callback mails the link, or is that of another request; a code that is mailed is shown beside no token.
    ...[
      "makeToken(user, (token) => { sendMail(user.email, token, () => res.json({ ok: true })); });",
      "makeToken(user, (token) => { sendMail(user.email, token); }); res.json({ user });",
      "jwt.sign({ id: user.id }, key, (error, token) => { transporter.sendMail({ text: token }, () => res.sendStatus(200)); });",
      "if (user.code !== req.body.code) return res.sendStatus(403); makeToken(user, (token) => res.json({ token }));",
    ].map(
      (rest) =>
        `${MAKES}\n${signIn(`User.findOne({ email: req.body.email }, (error, user) => { ${rest} });`, "/forgot-password").replace(JWT, "")}\napp.post("/other", check, (req, res) => makeToken(req.user, (token) => res.json({ token })));`,
    ),
    `${JWT} const makeToken = (user, done) => { const token = jwt.sign({ id: user.id }, key); if (done) done(token); return token; };\n${signIn("User.findOne({ email: req.body.email }, (error, user) => { makeToken(user, (token) => { sendMail(user.email, token, () => res.sendStatus(200)); }); });", "/forgot-password").replace(JWT, "")}\napp.post("/other", check, (req, res) => res.json({ token: makeToken(req.user) }));`,
    ...["sendCodeByEmail(user.email, code)", "mailer.deliver(user.email, code)"].map((sent) =>
      signIn(
        `const user = await User.findByEmail(req.body.email); await ${sent}; res.json({ token: jwt.sign({ id: user.id }, key) });`,
        "/forgot-password",
      ),
    ),
    // A token for somebody who has just been made
    ...[
      "const user = await User.findOne({ email: req.body.email }); if (user) return res.sendStatus(409); res.json(jwt.sign({ email: req.body.email }, key));",
      "const user = await User.findOne({ email: req.body.email }); if (user !== null) return res.sendStatus(409); res.json(jwt.sign({ email: req.body.email }, key));",
      "const { rows } = await db.query('SELECT * FROM users WHERE email = $1', [req.body.email]); if (rows.length > 0) return res.sendStatus(409); res.json(jwt.sign({ email: req.body.email }, key));",
      "const { rows } = await db.query('SELECT * FROM users WHERE email = $1', [req.body.email]); if (rows.length === 0) { res.json(jwt.sign({ email: req.body.email }, key)); }",
      "const found = await db.query('SELECT * FROM users WHERE email = $1', [req.body.email]); if (found.rowCount) return res.sendStatus(409); res.json(jwt.sign({ email: req.body.email }, key));",
    ].map((body) => signIn(body)),
    ...[
      "await User.create({ email: req.body.email, name: req.body.name }); res.json(jwt.sign({ email: req.body.email }, key));",
      "const user = await User.create({ email: req.body.email }); res.json(jwt.sign({ id: user.id }, key));",
      "User.create({ email: req.body.email }).then(() => { res.json(jwt.sign({ email: req.body.email }, key)); });",
      "await db.query('INSERT INTO users (email) VALUES (?)', [req.body.email]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); res.json(jwt.sign({ id: rows[0].id }, key));",
      "db.query('INSERT INTO users (email) VALUES (?)', [req.body.email], (error) => { if (error) return res.sendStatus(409); res.json(jwt.sign({ email: req.body.email }, key)); });",
      "if (req.body.isNew) { await User.create({ email: req.body.email }); res.json(jwt.sign({ email: req.body.email }, key)); }",
    ].map(
      (body) =>
        `${JWT}\nconst app = express(); app.post("/register", async (req, res) => { ${body} });`,
    ),
    signIn(
      "let user; if (req.body.isNew) user = await User.create({ email: req.body.email }); " + GIVES,
    ),
    // Records whose identifier nobody can guess
    ...["MagicLink", "Session", "Invitation", "Challenge", "LoginRequest"].map((model) =>
      signIn(
        `const found = await ${model}.findOne({ id: req.body.id }); res.json(jwt.sign({ id: found.userId }, key));`,
      ),
    ),
    signIn(
      "const [rows] = await db.query('SELECT * FROM magic_links WHERE id = ?', [req.body.id]); const user = rows[0]; " +
        GIVES,
    ),
    // Only where somebody develops
    `${JWT}\nif (process.env.NODE_ENV === "development") { app.post("/login", async (req, res) => { res.json(jwt.sign({ name: req.body.name }, key)); }); }`,
    signIn(
      "if (process.env.NODE_ENV === 'production') return res.sendStatus(404); res.json(jwt.sign({ name: req.body.name }, key));",
    ),
    // For a thing, rather than for somebody
    ...["/videos/:id/token", "/download/:id", "/rooms/:id", "/verify/:id"].map(
      (route) =>
        `${JWT}\nconst app = express(); app.get("${route}", (req, res) => { res.json(jwt.sign({ id: req.params.id }, key)); });`,
    ),
    // Statements of which nobody knows what they ask
    ...[
      "const [rows] = await db.query(LOGIN, [req.body.email]); const user = rows[0];",
      "const [rows] = await db.query('CALL login(?)', [req.body.email]); const user = rows[0];",
      "const [rows] = await db.query('SELECT * FROM users WHERE email = ? AND NOT EXISTS (SELECT 1 FROM otps)', [req.body.email]); const user = rows[0];",
      "const { rows } = await db.query('SELECT id, password = crypt($2, password) AS ok FROM users WHERE email = $1', [req.body.email, req.body.password]); const user = rows[0]; if (!user.ok) return res.sendStatus(401);",
      "const [rows] = await db.query('SELECT * FROM users LIMIT 1', [req.body.email]); const user = rows[0];",
      "const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [found.email]); const user = rows[0];",
      "await db.query('UPDATE codes SET used = 1 WHERE code = ?', [req.body.code]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); const user = rows[0];",
      "await db.query('DELETE FROM invitations WHERE email = ?', [req.body.email]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); const user = rows[0];",
      "const [rows] = await db.query('SELECT * FROM users WHERE email = ? AND id = ?', [req.body.email, account.id]); const user = rows[0];",
      "const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); const user = rows[0]; if (user.otpVerified !== true) return res.sendStatus(401);",
      "await db.query('DELETE FROM codes WHERE code = ?', [req.body.code]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); const user = rows[0];",
      "const [rows] = await db.query('SELECT * FROM otps WHERE code = ?', [req.body.code]); if (!rows[0]) return res.sendStatus(401); const [users] = await db.query('SELECT * FROM users WHERE email = ?', [req.body.email]); const user = users[0];",
    ].map((body) => signIn(`${body} ${GIVES}`)),
    // A proof that cannot be left out
    ...[
      "const { email, password } = req.body; if (!password) return res.sendStatus(400); const user = await User.findOne({ email }); if (password) { if (!(await bcrypt.compare(password, user.password))) return res.sendStatus(401); }",
      "const { email, password } = req.body; const user = await User.findOne({ email }); if (password) { if (!(await bcrypt.compare(password, user.password))) return res.sendStatus(401); } else { return res.sendStatus(400); }",
    ].map((body) => signIn(`${body} ${GIVES}`)),
    signIn(
      "const { email, password } = req.body; const user = await User.findOne({ email }); if (password) { if (await bcrypt.compare(password, user.password)) res.json(jwt.sign({ id: user.id }, key)); }",
    ),
    // Proofs that decide later, or without which nobody gets in
    ...[
      "let ok = false; if (req.body.password) { ok = await bcrypt.compare(req.body.password, user.password); } if (!ok) return res.sendStatus(401);",
      "const ok = req.body.password && (await bcrypt.compare(req.body.password, user.password)); if (!ok) return res.sendStatus(401);",
      "if (user === null) return res.sendStatus(404); const ok = req.body.password && (await bcrypt.compare(req.body.password, user.password)); if (!ok) return res.sendStatus(401);",
      "if (!(req.body.password && (await bcrypt.compare(req.body.password, user.password)))) return res.sendStatus(401);",
      "if (!req.body.hash) return res.sendStatus(400); if (req.body.hash && !isSigned(req.body)) return res.sendStatus(401);",
      "const { hash } = bodySchema.parse(req.body); if (hash && !isSigned(req.body)) return res.sendStatus(401);",
      "if (req.body.hash == null) return res.sendStatus(400); if (req.body.hash && !isSigned(req.body)) return res.sendStatus(401);",
      "if (req.body.hash.length === 0) return res.sendStatus(400); if (req.body.hash && !isSigned(req.body)) return res.sendStatus(401);",
      "if (req.body.hash && !isSigned(req.body)) { log('odd'); fail(); }",
    ].map((asks) =>
      signIn(`const user = await User.findOne({ email: req.body.email }); ${asks} ${GIVES}`),
    ),
    signIn(
      "const user = await User.findOne({ email: req.body.email }); if (req.body.password && (await bcrypt.compare(req.body.password, user.password))) { " +
        GIVES +
        " }",
    ),
    signIn(
      "const user = await User.findOne({ email: req.body.email }); if (user.admin || (req.body.password && (await bcrypt.compare(req.body.password, user.password)))) { " +
        GIVES +
        " }",
    ),
    // What a function is told beside who is meant, and functions that may know more
    ...[
      "await updateUser(user.id, req.body.code);",
      "await requireUser(user.id);",
      "if (!(await cache.get(req.body.email))) return res.sendStatus(401);",
      "if (!(await getPendingLogin(req.body.email))) return res.sendStatus(401);",
      "if (!(await getMagicLink(req.body.email))) return res.sendStatus(401);",
      "if (!getUser('me')) return res.sendStatus(401);",
      "const account = await getSession(user.id);",
      "await loadOtp(user.id);",
      "const account = await loadAccount();",
      "await recordUse(ticket);",
      "await saveAnswer({ id: user.id, answer: req.body.answer });",
      "await setUser(user.password);",
    ].map((asks) =>
      signIn(`const user = await User.findOne({ email: req.body.email }); ${asks} ${GIVES}`),
    ),
    // What is looked for in a list of the user
    ...[
      "if (!user.refreshTokens.includes(req.body.refreshToken)) return res.sendStatus(401);",
      "const { sessions } = user; if (!sessions.has(req.body.session)) return res.sendStatus(401);",
    ].map((asks) =>
      signIn(`const user = await User.findOne({ email: req.body.email }); ${asks} ${GIVES}`),
    ),
    // Twilio checks the code that it is given to create a check.
    signIn(
      "await twilio.verificationChecks.create({ to: req.body.phone, code: req.body.code }); const user = await User.findOne({ phone: req.body.phone }); " +
        GIVES,
    ),
    // What is parsed by no schema may ask.
    ...["tickets.parse(req.body)", "parse(req.body)", "open(req.body).parse(req.body)"].map(
      (call) =>
        signIn(`const { email } = ${call}; const user = await User.findOne({ email }); ${GIVES}`),
    ),
    // Conditions that somebody adds to
    signIn(
      "const query = { email: req.body.email }; query.code = req.body.code; const user = await User.findOne(query); " +
        GIVES,
    ),
    // Players who have no account
    signIn("res.json(jwt.sign({ name: req.body.player }, key));"),
    // A comparison that somebody waits for
    ...[
      "const ok = await bcrypt.compare(req.body.password, user.password); if (!ok) return res.sendStatus(401);",
      "const asked = bcrypt.compare(req.body.password, user.password); if (!(await asked)) return res.sendStatus(401);",
      "if (!bcrypt.compareSync(req.body.password, user.password)) return res.sendStatus(401);",
    ].map(
      (asks) =>
        `import bcrypt from "bcrypt"; ${signIn(`const user = await load(); ${asks} ${GIVES}`)}`,
    ),
    `import bcrypt from "bcrypt"; ${signIn(`const user = await load(); bcrypt.compare(req.body.password, user.password, (error, ok) => { if (!ok) return res.sendStatus(401); ${GIVES} });`)}`,
    `import bcrypt from "bcrypt"; ${signIn(`const user = await load(); bcrypt.compare(req.body.password, user.password).then((ok) => { if (!ok) return res.sendStatus(401); ${GIVES} });`)}`,
    `import { compare } from "./passwords"; ${signIn(`const user = await load(); if (!compare(req.body.password, user.password)) return res.sendStatus(401); ${GIVES}`)}`,
    `import bcrypt from "bcrypt"; ${JWT} export const matches = (given, user) => { if (!bcrypt.compare(given, user.password)) return false; return true; };`,
    // What may be a proof
    ...[
      "if (!matchesCode.test(req.body.otp)) return res.sendStatus(401);",
      "if (req.get('x-api-key') !== 'x') return res.sendStatus(401);",
    ].map((asks) =>
      signIn(`${asks} const user = await User.findOne({ email: req.body.email }); ${GIVES}`),
    ),
    // A function that signs, behind a proof, and for what the server knows
    {
      code: `${IMPORTED}\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (!(await user.matches(req.body.password))) return res.sendStatus(401); res.json(generateToken(user.id)); });`,
      filename,
    },
    {
      code: `${IMPORTED}\napp.post("/login", async (req, res) => { const user = await load(); res.json(generateToken(user.id)); });`,
      filename,
    },
    `${JWT}\nfunction tokenFor(user) { return jwt.sign({ id: user.id }, key); }\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email, password: req.body.password }); res.json(tokenFor(user)); });\napp.post("/renew", auth, async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.json(tokenFor(user)); });`,
    // One in sight that is called so, and hands out something else
    `function generateToken(id) { return seats.take(id); } // jwt\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.json(generateToken(user.id)); });`,
    // Functions out of sight whose names say that they make something else
    ...[
      "generateResetToken(user.id)",
      "generateVerificationToken(user.id)",
      "generateCsrfToken(user.id)",
      "createInviteToken(user.id)",
      "getTokenByEmail(req.body.email)",
      "getTokenFromHeader(req.body.email)",
      "sendEmailToken(req.body.email)",
      "generateOtpToken(user.id)",
      "createLinkToken({ user: { id: user.id } })",
      "createUploadToken(user.id)",
      "createStripeToken(user.id)",
      "registerPushToken(user.id)",
      "decodeToken(user.id)",
    ].map(
      (call) =>
        `import { ${call.replace(/\(.*/u, "")} } from "../lib/tokens"; // jwt\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.json({ token: ${call} }); });`,
    ),
    // Handlers that somebody else may stand before, and those that are for something else
    ...["/profile", "/orders", "/users"].map((route) =>
      signIn(`const user = await User.findOne({ email: req.body.email }); ${GIVES}`, route),
    ),
    `${JWT}\nrouter.use(authenticate);\nrouter.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email }); ${GIVES} });`,
    `${JWT}\nrouter.post("/login", member, async (req, res) => { const user = await User.findOne({ email: req.body.email }); ${GIVES} });`,
    // A link in a mail, and one that only developers are shown
    ...[
      "await sendMail(user.email, `https://example.org/in?token=${jwt.sign({ id: user.id }, key)}`); res.json({ sent: true });",
      "const token = jwt.sign({ id: user.id }, key); await transporter.sendMail({ to: user.email, text: token }); res.json({ sent: true });",
      "const token = jwt.sign({ id: user.id }, key); await sendMail(user.email, token); if (process.env.NODE_ENV === 'development') return res.json({ token }); res.json({ sent: true });",
      "const code = Math.floor(Math.random() * 1e6); await sendMail(user.email, code); res.json({ token: jwt.sign({ id: user.id }, key) });",
      "if (!(await bcrypt.compare(req.body.password, user.password))) return res.sendStatus(401); res.json({ token: jwt.sign({ id: user.id }, key) });",
    ].flatMap((rest) =>
      ["/magic-link", "/forgot-password", "/auth/reset-password", "/send-link"].map((route) =>
        signIn(`const user = await User.findOne({ email: req.body.email }); ${rest}`, route),
      ),
    ),
  ],
  invalid: [
    ...[...QUERIES, ...RECORDS].map(([found]) => given(signIn(`${found} ${GIVES}`))),
    // The name that the request says is signed itself, of somebody who has an account
    given(
      signIn(
        "const user = await User.findOne({ email: req.body.email }); if (!user) return res.sendStatus(404); res.json(jwt.sign({ email: «req.body.email» }, key));",
      ),
    ),
    // Found, whatever else is asked of what was found
    ...[
      "const user = await User.findOne({ email: «req.body.email» }); if (!user) return res.sendStatus(404);",
      "const user = await User.findOne({ email: «req.body.email» }); if (user === null) return res.sendStatus(404);",
      "const { rows } = await db.query('SELECT * FROM users WHERE email = $1', [«req.body.email»]); if (rows.length === 0) return res.sendStatus(404); const user = rows[0];",
      "await db.query('UPDATE users SET seen = now() WHERE email = ?', [req.body.email]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [«req.body.email»]); const user = rows[0];",
      "let user = await User.findOne({ email: «req.body.email» }); if (!user) { await db.query('INSERT INTO users (email) VALUES (?)', [req.body.email]); user = await User.findOne({ email: req.body.email }); }",
    ].map((body) => given(signIn(`${body} ${GIVES}`))),
    given(
      signIn(
        "db.query('SELECT * FROM users WHERE email = ?', [«req.body.email»], (error, rows) => { if (error) return res.sendStatus(500); const user = rows[0]; res.json(jwt.sign({ id: user.id }, key)); });",
      ),
    ),
    // A proof that the request may leave out
    given(
      signIn(
        "const { email, password } = req.body; const user = await User.findOne({ email: «email» }); if (password) { if (!(await bcrypt.compare(password, user.password))) return res.sendStatus(401); } " +
          GIVES,
      ),
    ),
    // Made in one of two ways, or something beside
    ...[
      "let user = await User.findOne({ email: «req.body.email» }); if (!user) { user = await User.create({ email: req.body.email }); }",
      "let user = await User.findOne({ email: «req.body.email» }); user ??= await User.create({ email: req.body.email });",
      "const user = await User.findOne({ email: «req.body.email» }); await LoginLog.create({ email: req.body.email });",
      "await db.query('INSERT INTO logins (email) VALUES (?)', [req.body.email]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [«req.body.email»]); const user = rows[0];",
      "await db.query('INSERT INTO users (email) VALUES (?) ON CONFLICT DO NOTHING', [req.body.email]); const [rows] = await db.query('SELECT * FROM users WHERE email = ?', [«req.body.email»]); const user = rows[0];",
      "if (req.body.isNew) { await User.create({ email: req.body.email }); } const user = await User.findOne({ email: «req.body.email» });",
    ].map((body) => given(signIn(`${body} ${GIVES}`))),
    given(
      `${JWT}\nconst app = express(); app.get("/token/:id", (req, res) => { res.json(jwt.sign({ id: «req.params.id» }, key)); });`,
    ),
    ...[
      "if (req.body.hash && !isSigned(req.body)) return res.sendStatus(401);",
      "if (req.body.hash && req.body.at && !isSigned(req.body)) { log('odd'); return res.sendStatus(401); }",
    ].map((asks) =>
      given(
        signIn(`const user = await User.findOne({ email: «req.body.email» }); ${asks} ${GIVES}`),
      ),
    ),
    // Functions out of sight that are told no more than who is meant
    ...[
      "await updateLastLogin(user.id);",
      "await logSignIn(req.body.email);",
      "const roles = await getRoles({ id: user.id });",
      "const shown = sanitizeUser(user);",
      "if (!user) throw new ErrorHandler('none', 404);",
      "const empty = Array(9).fill('none').concat([]).sort();",
    ].map((asks) =>
      given(
        signIn(`const user = await User.findOne({ email: «req.body.email» }); ${asks} ${GIVES}`),
      ),
    ),
    // Through other names, and in other forms
    ...[
      "const query = { email: «req.body.email» }; const user = await User.findOne(query);",
      "const mail = req.body.email; const user = await User.findOne({ email: «mail» });",
      "const { telegramId } = req.body; const id = BigInt(telegramId); const user = await prisma.user.findUnique({ where: { telegramId: «id» } });",
      "const user = await users.findOne({ _id: «new ObjectId(req.body.id)» });",
      "const user = await Player.findOne({ email: «req.body.email» });",
      "let user = await User.findOne({ phone: «req.body.phone» }); if (!user) user = await User.create({ phone: req.body.phone, isVerified: true, level: 0 });",
      "let user = await User.findOne({ phone: «req.body.phone» }); if (!user) user = await new User({ phone: req.body.phone }).save();",
      "const user = await getOrCreateUser({ email: «req.body.email», name: req.body.name });",
      "let user = await User.findOne({ email: «req.body.email» }); if (!user) { user = { id: 'usr_' + Date.now(), email: req.body.email }; await User.insert(user); }",
      "const { email } = LoginInput.parse(req.body); const user = await User.findOne({ email: «email» });",
      "const { email } = z.object({ email: z.string().email().min(3) }).parse(req.body); const user = await User.findOne({ email: «email» });",
      "const given = await LoginBody.safeParseAsync(req.body); const user = await User.findOne({ email: «given.data.email» });",
    ].map((body) => given(signIn(`${body} ${GIVES}`))),
    ...["telegramId", "walletAddress", "address", "publicKey", "phoneNumber"].map((claim) =>
      given(signIn(`res.json(jwt.sign({ ${claim}: «req.body.${claim}» }, key));`)),
    ),
    given(
      `${JWT}\nrouter.post("/generateAccessToken", (req, res) => { res.json(jwt.sign({ email: «req.body.email» }, key)); });`,
    ),
    // Before there was firebase-admin
    given(
      `const firebase = require("firebase"); firebase.initializeApp({ serviceAccount: "./account.json" }); const app = express();\napp.get("/validate", (req, res) => { res.json({ token: firebase.auth().createCustomToken(«req.query.token») }); });`,
      "createCustomToken",
    ),
    // The text of an object is signed as it is.
    given(
      signIn(
        "const user = await User.findOne({ email: «req.body.email» }); res.json(jwt.sign(JSON.stringify({ id: user.id }), key));",
      ),
    ),
    given(
      signIn(
        "const claims = JSON.stringify({ email: «req.body.email» }); res.json(jwt.sign(claims, key));",
      ),
    ),
    marked(signIn("res.json(jwt.sign(JSON.stringify(«req.body»), key));"), {
      messageId: "askedClaims",
      data: { name: "jwt.sign" },
    }),
    // A comparison that nobody waits for
    ...[
      [
        "bcrypt",
        "bcrypt.compare",
        "const ok = «bcrypt.compare(req.body.password, user.password)»; if (!ok) return res.sendStatus(401);",
      ],
      [
        "bcryptjs",
        "bcrypt.compare",
        "if (!«bcrypt.compare(req.body.password, user.password)») return res.sendStatus(401);",
      ],
      ["argon2", "bcrypt.verify", "if (user && «bcrypt.verify(user.password, req.body.password)»)"],
    ].map(([from = "", name = "", asks = ""]) =>
      marked(
        `import bcrypt from "${from}"; ${signIn(`const user = await load(); ${asks} ${GIVES}`)}`,
        { messageId: "unawaitedProof", data: { name, signedBy: "jwt.sign" } },
      ),
    ),
    marked(
      `const { compare } = require("bcrypt"); const jwt = require("jsonwebtoken");\nexports.login = async (req, res) => { const user = await load(); if (!«compare(req.body.password, user.password)») return res.sendStatus(401); ${GIVES} };`,
      { messageId: "unawaitedProof", data: { name: "compare", signedBy: "jwt.sign" } },
    ),
    // Lists of the program, and what a user is
    ...[
      "if (!PROVIDERS.includes(req.body.provider)) return res.sendStatus(400);",
      "const known = ['web', 'app']; if (!known.includes(req.body.client)) return res.sendStatus(400);",
      "if (!req.body.email.includes('@')) return res.sendStatus(400);",
      "if (!req.body.email.endsWith(req.body.domain)) return res.sendStatus(400);",
      "if (!user.roles.includes('admin')) return res.sendStatus(403);",
    ].map((asks) =>
      given(
        signIn(`const user = await User.findOne({ email: «req.body.email» }); ${asks} ${GIVES}`),
      ),
    ),
    // What says only which form something has, and which way is gone
    ...[
      "if (!/^\\d{6}$/u.test(req.body.otp)) return res.sendStatus(400);",
      "const FORM = /^\\d{6}$/u; if (!FORM.test(req.body.otp)) return res.sendStatus(400);",
      "if (!validator.isEmail(req.body.email)) return res.sendStatus(400);",
      "if (!mongoose.Types.ObjectId.isValid(req.body.id)) return res.sendStatus(400);",
      "if (req.body.provider !== 'google') return res.sendStatus(400);",
      "const from = `${req.protocol}://${req.get('host')}`;",
    ].map((asks) =>
      given(
        signIn(`${asks} const user = await User.findOne({ email: «req.body.email» }); ${GIVES}`),
      ),
    ),
    // Through a function that signs
    given(
      `${JWT}\nfunction tokenFor(user) { return jwt.sign({ id: user.id }, key); }\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); res.json(tokenFor(user)); });\napp.post("/renew", auth, async (req, res) => { res.json(tokenFor(req.user)); });`,
    ),
    ...[
      "const user = await User.findOne({ email: «req.body.email» }); res.json(generateToken(user.id));",
      "let user = await User.findOne({ email: «req.body.email» }); if (!user) { user = await User.create({ email: req.body.email }); } res.cookie('token', generateToken(user._id)).json(user);",
      "res.json(generateToken(«req.body.userId»));",
    ].map((body) =>
      marked(
        `${IMPORTED}\napp.post("/social-login", async (req, res) => { ${body} });`,
        { messageId: "askedIdentity", data: { name: "jwt.sign" } },
        { filename },
      ),
    ),
    // … by the name that it is imported under
    ...[
      ['const issue = require("./make.js");', "issue"],
      ['import issue from "./issue.js";', "issue"],
      ['import { forUser as issue } from "./issue.js";', "issue"],
      ['const { forUser: issue } = require("./issue.js");', "issue"],
    ].map(([imports = "", called = ""]) =>
      marked(
        `${imports} // jwt\napp.post("/login", async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); res.json({ access: ${called}(user.id) }); });`,
        { messageId: "askedIdentity", data: { name: "jwt.sign" } },
        { filename },
      ),
    ),
    // Through one that nobody sees, called for what it does
    ...[
      ["generateToken", "generateToken(user._id)"],
      ["generateToken", "generateToken(res, user._id)"],
      ["createAccessToken", "createAccessToken({ id: user.id })"],
      ["signJwt", "signJwt({ user: { id: user.id } })"],
      ["generateTokenAndSetCookie", "generateTokenAndSetCookie(user._id, res)"],
      ["sendTokenResponse", "sendTokenResponse(user, 200, res)"],
    ].map(([name = "", call = ""]) =>
      given(
        `import { ${name} } from "../lib/tokens"; // jwt\napp.post("/google", async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); const token = ${call}; res.json({ token }); });`,
        `${name}, as its name says,`,
      ),
    ),
    given(
      "// jwt\nconst login = async (req, res) => { const user = await User.findOne({ email: «req.body.email» }); const token = user.generateAuthToken(); res.json({ token }); };\nmodule.exports = { login };",
      "user.generateAuthToken, as its name says,",
    ),
    // Routes by which somebody gets in
    ...[
      "/auth/google",
      "/google-auth",
      "/verify-otp",
      "/otp/verify",
      "/telegram",
      "/auth/telegram",
      "/wallet/connect",
      "/biometric",
      "/passwordless",
      "/sign-on",
    ].map((route) =>
      given(
        signIn(`const user = await User.findOne({ email: «req.body.email» }); ${GIVES}`, route),
      ),
    ),
    // The link that belongs into the mail is in the answer.
    ...["/magic-link", "/forgot-password", "/auth/reset-password", "/send-link"].flatMap((route) =>
      [
        "const token = jwt.sign({ id: user.id }, key); await sendMail(user.email, token); res.json({ token });",
        "const link = `https://example.org/in?token=${jwt.sign({ id: user.id }, key)}`; await transporter.sendMail({ to: user.email, text: link }); return res.status(200).send({ ok: true, link });",
        "res.json({ url: `${req.protocol}://${req.get('host')}/in/${jwt.sign({ id: user.id }, key)}` });",
      ].map((rest) =>
        shown(
          signIn(`const user = await User.findOne({ email: «req.body.email» }); ${rest}`, route),
        ),
      ),
    ),
    // … where the token comes through a callback: of the library, of a function of the program
    ...[
      "jwt.sign({ id: user.id }, key, (error, token) => res.json({ link: `/in?token=${token}` }));",
      "makeToken(user, (token) => { const link = '/in?token=' + token; res.send({ link }); });",
      "makeToken(user, function (token) { sendMail(user.email, token, () => res.json({ token })); });",
    ].map((rest) =>
      shown(
        `${MAKES}\n${signIn(`User.findOne({ email: «req.body.email» }, (error, user) => { ${rest} });`, "/forgot-password").replace(JWT, "")}`,
      ),
    ),
    // … each call has its own.
    shown(
      `${MAKES}\n${signIn("User.findOne({ email: «req.body.email» }, (error, user) => { makeToken(user, (token) => res.json({ token })); });", "/forgot-password").replace(JWT, "")}\napp.post("/other", check, (req, res) => makeToken(req.user, (token) => keep(token)));`,
    ),
    // What looks somebody up by his address sends no mail.
    shown(
      signIn(
        "const user = await User.findByEmail(«req.body.email»); res.json({ token: jwt.sign({ id: user.id }, key) });",
        "/forgot-password",
      ),
    ),
    marked(
      `${JWT}\nexport async function POST(request) { const { email } = await request.json(); const user = await prisma.user.findUnique({ where: { email: «email» } }); const token = jwt.sign({ sub: user.id }, key); await sendMail(email, token); return NextResponse.json({ link: \`/in?token=\${token}\` }); }`,
      { messageId: "shownLink", data: { name: "jwt.sign" } },
      { filename: "src/app/api/magic-link/route.ts" },
    ),
  ],
});

/** A handler that other files mount, for what its name says. */
const named = (name: string, body: string): string =>
  `${JWT}\nexport const ${name} = async (req, res) => { ${body} };`;
const FOUND = "const user = await User.findOne({ email: «req.body.email» });";

testRule("no-unverified-claims: handlers called for the provider", rule, {
  valid: [
    named(
      "google",
      `const { email } = await verifyIdToken(req.body.credential); const user = await User.findOne({ email }); ${GIVES}`,
    ),
    ...["googleMaps", "socials", "show", "githubWebhook"].map((name) =>
      named(name, `${FOUND.replaceAll(/[«»]/gu, "")} ${GIVES}`),
    ),
    // A guard, which goes on
    `${JWT}\nexport const oauth = async (req, res, next) => { ${FOUND.replaceAll(/[«»]/gu, "")} req.token = jwt.sign({ id: user.id }, key); next(); };`,
    // The record is told apart by a code as well
    named(
      "google",
      `const user = await User.findOneAndUpdate({ email: req.body.email, code: req.body.code }, { seen: now }, { new: true }); ${GIVES}`,
    ),
    named(
      "google",
      `const user = await User.findOneAndDelete({ email: req.body.email }, { code: req.body.code }); ${GIVES}`,
    ),
  ],
  invalid: [
    ...["google", "facebook", "googleUser", "oauth", "social"].map((name) =>
      given(named(name, `${FOUND} ${GIVES}`)),
    ),
    // Found and written to in one
    given(
      named(
        "google",
        `const user = await User.findOneAndUpdate({ email: «req.body.email» }, { name: req.body.name, photo: req.body.photo }, { upsert: true, new: true }); ${GIVES}`,
      ),
    ),
    given(
      named(
        "google",
        `const user = await User.findOneAndUpdate({ googleId: «req.body.googleId» }, { $set: { email: req.body.email } }); ${GIVES}`,
      ),
    ),
  ],
});
