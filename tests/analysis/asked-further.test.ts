import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Further ways on which a token is signed for whom the request names, each next to its twin that asks for a proof. */

const JWT = 'import jwt from "jsonwebtoken";';

/** A handler that gives a token for what `id` holds. */
const byId = (finds: string): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { ${finds} res.json({ token: jwt.sign({ id }, key) }); });`;

/** A handler behind others. */
const behind = (before: string, email = "req.body.email"): string =>
  `${JWT}\nrouter.post("/login", ${before}, async (req, res) => { const user = await User.findOne({ email: ${email} }); res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

const given = (code: string, more: Partial<InvalidCase> = {}): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, more);

const KNOWN =
  "const known = await db.get('SELECT id FROM users WHERE email = ?', [«req.body.email»]);";
const PROVEN =
  "const known = await db.get('SELECT id FROM users WHERE email = ? AND code = ?', [req.body.email, req.body.code]);";
const MADE =
  "const made = await db.run('INSERT INTO users (email) VALUES (?)', [req.body.email]); id = made.lastID;";

testRule("no-unverified-claims: identifiers in names of their own", rule, {
  valid: [
    byId(`let id; ${PROVEN} if (known) { id = known.id; } else { ${MADE} }`),
    byId(
      `let id; ${KNOWN.replaceAll(/[«»]/gu, "")} if (known) { id = known.id; } else { id = (await exchange(req.body.ticket)).id; }`,
    ),
    byId(
      `${KNOWN.replaceAll(/[«»]/gu, "")} let id; if (known) { id = known.inviter; } else { ${MADE} }`,
    ),
    byId(
      `${KNOWN.replaceAll(/[«»]/gu, "")} if (known) return res.sendStatus(409); let id; ${MADE}`,
    ),
    byId(
      "const asked = { email: req.body.email, code: req.body.code }; const { id } = await User.findFirst({ where: asked });",
    ),
    byId(
      "const asked = { email: req.body.email }; asked.code = req.body.code; const { id } = await User.findFirst({ where: asked });",
    ),
    byId(
      `${KNOWN.replaceAll(/[«»]/gu, "")} const { id } = known; if (req.body.code !== known.code) return res.sendStatus(401);`,
    ),
  ],
  invalid: [
    given(byId(`let id; ${KNOWN} if (known) { id = known.id; } else { ${MADE} }`)),
    given(
      byId(
        `let id; ${KNOWN} if (known) { id = known.id; } else { const [result] = await db.query('INSERT INTO users SET email = ?', [req.body.email]); id = result.insertId; }`,
      ),
    ),
    given(byId(`${KNOWN} const id = known.id;`)),
    given(
      byId(
        "const asked = { email: «req.body.email» }; const { id } = await User.findFirst({ where: asked });",
      ),
    ),
    // The form of an address is no guest's nickname.
    given(
      `${JWT}\nrouter.post("/login", async (req, res) => { const { nickname } = req.body; const email = req.body.email.trim().toLowerCase(); const user = await User.findOne({ email: «email» }); res.json({ nickname, token: jwt.sign({ id: user.id }, key) }); });`,
    ),
  ],
});

testRule("no-unverified-claims: what stands before a handler", rule, {
  valid: [
    "validate",
    "validateToken(tokenSchema)",
    "validate(schema, isAllowed)",
    "validate(ticket)",
    "validate('login')",
    "guard(loginSchema)",
    "celebrate({ body: isAllowed })",
    "limited(auth)",
    "requireApiKey",
    "member",
    "requireApiKey, express.json()",
    "(req, res, next) => { if (!req.get('x-partner')) return res.sendStatus(403); next(); }",
    "async (req, res, next) => { await known(req); next(); }",
    "requireApiKey, validate(loginSchema)",
  ].map((one) => behind(one)),
  invalid: [
    "validate(loginSchema)",
    "validate('body', schemas.loginSchema)",
    "validateBody(LoginDto)",
    "zValidator('json', z.object({ email: z.string() }))",
    // What counts, writes down or reads what is sent
    "loginLimiter",
    "rateLimit({ max: 5 })",
    "express.json()",
    "upload.none()",
    "logger, express.json()",
    "(req, res, next) => { console.log(req.method); next(); }",
  ].map((one) => given(behind(one, "«req.body.email»"))),
});

const inFile = (file: string): Partial<InvalidCase> => ({
  filename: path.join(import.meta.dirname, "../fixtures/identities", file),
});

/** A route whose path says nothing. */
const route = (where: string, email = "req.body.email", before = ""): string =>
  `${JWT}\nrouter.post("${where}", ${before} async (req, res) => { const user = await User.findOne({ email: ${email} }); res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

testRule("no-unverified-claims: routes of a file for signing in", rule, {
  valid: [
    { code: route("/sync"), ...inFile("routes/users.js") },
    { code: route("/sync"), ...inFile("routes/author.js") },
    { code: route("/sync"), ...inFile("authors/index.js") },
    { code: route("/sync", undefined, "signedIn,"), ...inFile("routes/auth.js") },
    { code: route("/impersonate"), ...inFile("routes/auth.js") },
    { code: route("/switch-account"), ...inFile("routes/auth.js") },
    // A step on the way
    {
      code: route("/start").replace("{ id: user.id }", "{ email: req.body.email }"),
      ...inFile("routes/auth.js"),
    },
    {
      code: route("/start").replace("user.id }", 'user.id, step: "code" }'),
      ...inFile("routes/auth.js"),
    },
    { code: route("/confirm"), ...inFile("routes/auth.js") },
    {
      code: `${JWT}\nexport const sync = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.json({ token: jwt.sign({ id: user.id }, key) }); };`,
      ...inFile("routes/auth.js"),
    },
  ],
  invalid: ["routes/auth.js", "auth.routes.ts", "auth/index.mjs", "src/authRouter.js"].map((file) =>
    given(route("/sync", "«req.body.email»"), inFile(file)),
  ),
});

/** A handler that looks somebody up by drizzle. */
const byDrizzle = (finds: string, source = "drizzle-orm"): string =>
  `${JWT} import { and, eq, gt } from "${source}";
router.post("/login", async (req, res) => { ${finds} res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

testRule("no-unverified-claims: conditions of drizzle", rule, {
  valid: [
    byDrizzle(
      "const [user] = await db.select().from(sessions).where(eq(sessions.id, req.body.id));",
    ),
    byDrizzle("const [user] = await db.select().from(tokens).where(eq(tokens.id, req.body.id));"),
    byDrizzle(
      "const [user] = await db.select().from(users).where(and(eq(users.email, req.body.email), eq(users.code, req.body.code)));",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).where(and(eq(users.email, req.body.email), gt(users.seen, req.body.since)));",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).where(eq(users.token, req.body.token));",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).where(eq(users.email, session.email));",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).where(eq(users.email, req.body.email));",
      "./eq.js",
    ),
    byDrizzle(
      "const user = await db.query.users.findFirst({ where: and(eq(users.email, req.body.email), eq(users.code, req.body.code)) });",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).where(eq(users.email, req.body.email)).limit(1); if (!(await bcrypt.compare(req.body.password, user.password))) return res.sendStatus(401);",
    ),
    byDrizzle(
      "const [user] = await db.select().from(users).innerJoin(codes, eq(codes.value, req.body.code)).where(eq(users.email, req.body.email));",
    ),
  ],
  invalid: [
    "const [user] = await db.select().from(users).where(eq(users.email, «req.body.email»)).limit(1);",
    "const [user] = await db.select({ id: users.id }).from(users).where(and(eq(users.email, «req.body.email»), eq(users.name, req.body.name)));",
    "const rows = await db.select().from(schema.users).where(eq(schema.users.email, «req.body.email»)); const user = rows[0];",
    "const user = await db.query.users.findFirst({ where: eq(users.email, «req.body.email») });",
  ].map((finds) => given(byDrizzle(finds))),
});

/** A function of Firebase that a client calls, and that signs for whom the client names. */
const callable = (handler: string): string =>
  `const admin = require("firebase-admin"); const { onCall } = require("firebase-functions/v2/https"); const functions = require("firebase-functions");\nexports.getToken = ${handler};`;
const custom = (code: string): InvalidCase =>
  marked(callable(code), { messageId: "askedIdentity", data: { name: "createCustomToken" } });

testRule("no-unverified-claims: functions that a client calls", rule, {
  valid: [
    ...[
      // Who calls is known, or asked for a proof.
      "functions.https.onCall(async (data, context) => { if (!context.auth) throw new Error('who'); return admin.auth().createCustomToken(data.uid); })",
      "functions.https.onCall(async (data, context) => admin.auth().createCustomToken(context.auth.uid))",
      "functions.https.onCall(async (data) => { await checkCode(data.code); return admin.auth().createCustomToken(data.uid); })",
      "onCall(async (request) => admin.auth().createCustomToken(request.auth.uid))",
      "onCall(async ({ auth }) => admin.auth().createCustomToken(auth.uid))",
      "onCall(async ({ data, auth }) => { if (auth?.uid !== data.uid) throw new Error('who'); return admin.auth().createCustomToken(data.uid); })",
      "functions.https.onCall(async (data, caller) => admin.auth().createCustomToken(caller.uid))",
      // Nobody calls it from outside.
      "{ async getToken(data) { return admin.auth().createCustomToken(data.uid); } }",
      "schedule(async (data) => admin.auth().createCustomToken(data.uid))",
    ].map((handler) => callable(handler)),
  ],
  invalid: [
    custom(
      "functions.https.onCall(async (data, context) => ({ token: await admin.auth().createCustomToken(«data.uid») }))",
    ),
    custom(
      "functions.https.onCall(async (given, context) => admin.auth().createCustomToken(«given.uid»))",
    ),
    custom("functions.https.onCall((data) => admin.auth().createCustomToken(«data.uid»))"),
    custom("onCall(async (request) => admin.auth().createCustomToken(«request.data.uid»))"),
    custom("onCall(async ({ data }) => admin.auth().createCustomToken(«data.uid»))"),
    custom(
      "onCall({ cors: true }, async ({ data: { uid } }) => admin.auth().createCustomToken(«uid»))",
    ),
  ],
});

/** What Auth.js asks whether somebody may sign in with what he has typed in. */
const authorize = (body: string): string =>
  `import Credentials from "next-auth/providers/credentials"; export default NextAuth({ providers: [Credentials({ async authorize(credentials) { ${body} } })] });`;
const BY_MAIL = "await prisma.user.findUnique({ where: { email: credentials.email } })";

testRule("no-unverified-claims: sign-ins that look somebody up", rule, {
  valid: [
    `const user = ${BY_MAIL}; if (user && user.password === credentials.password) return user; return null;`,
    `const user = ${BY_MAIL}; if (!user || !(await bcrypt.compare(credentials.password, user.hash))) return null; return user;`,
    "const user = await User.findOne({ email: credentials.email, password: credentials.password }); return user;",
    `const user = ${BY_MAIL}; if (!user) return null; await checkOtp(user, credentials.otp); return user;`,
    "return api.signIn(credentials.email, credentials.password);",
    `await ${BY_MAIL.slice(6)}; return null;`,
    // A promise of somebody whom something else has found, or of nobody
    "return new Promise((resolve) => resolve(null));",
    "return new Promise((resolve, reject) => reject(new Error('closed')));",
    "return new Promise((resolve) => directory.login(credentials, (error, user) => resolve(user ?? null)));",
    "return new Promise((resolve) => { if (credentials.password === process.env.PASSWORD) resolve({ id: '1' }); else resolve(null); });",
    "return new Promise((resolve) => { if (!proven(credentials)) return resolve(null); resolve({ id: '1' }); });",
    "return new Promise((resolve) => { resolve(null); function later(resolve) { resolve({ id: '1' }); } });",
    "return new Promise((resolve) => { proven(credentials).then((resolve) => resolve({ id: '1' })); });",
    "return new Promise(settle);",
    "return Promise.reject({ id: '1' });",
    // Somebody new: who signs up, or plays without an account
    `const taken = ${BY_MAIL}; if (taken) return null; const user = await prisma.user.create({ data: { email: credentials.email } }); return { id: user.id, email: user.email };`,
    "return { id: crypto.randomUUID(), name: credentials.nickname };",
    "return { id: 'p_' + Math.random().toString(36).slice(2), name: String(credentials.name) };",
    "return new Attempt((resolve) => resolve({ id: '1' }));",
  ].map((body) => authorize(body)),
  invalid: [
    `const user = ${BY_MAIL}; return «user»;`,
    "return new Promise((resolve) => { resolve(«{ id: '1', name: 'shop' }»); });",
    "return await new Promise((done) => done(«{ id: '1' }»));",
    "const user = { id: '1' }; return Promise.resolve(«user»);",
    `return new Promise(async (resolve) => { const user = ${BY_MAIL}; resolve(«user»); });`,
    `const user = ${BY_MAIL}; if (!user) throw new Error("unknown"); return «{ id: user.id, role: user.role }»;`,
    `const user = ${BY_MAIL}; await recordVisit(credentials.email); return «user»;`,
    "const { email } = credentials; await connectDB(); const user = await User.findOne({ email }); if (user) { return «user»; } return null;",
    "return «{ id: crypto.randomUUID(), email: credentials.email }»;",
    "return «{ id: credentials.name, session: crypto.randomUUID() }»;",
    "return «{ ...credentials, id: crypto.randomUUID() }»;",
    `const user = (${BY_MAIL}) ?? (await prisma.user.create({ data: { email: credentials.email } })); return «user»;`,
  ].map((body) => marked(authorize(body), { messageId: "openSignIn" })),
});

/** A sign-in with a provider's token, and with an account that is made of what the request says beside it. */
const social = (proves: string, email = "req.body.email"): string =>
  `const admin = require("firebase-admin"); const jwt = require("jsonwebtoken");
exports.socialLogin = async (req, res) => { ${proves} await Account.create({ email: req.body.email }); res.json({ token: jwt.sign({ email: ${email} }, key) }); };`;

testRule("no-unverified-claims: accounts beside a provider's token", rule, {
  valid: [
    social("const claims = await admin.auth().verifyIdToken(req.body.idToken);", "claims.email"),
    social(
      "const claims = await admin.auth().verifyIdToken(req.body.idToken); if (claims.email !== req.body.email) return res.sendStatus(403);",
    ),
    // An invitation of the program's own lets somebody new in, whoever he is.
    social("jwt.verify(req.body.invitation, key, options);"),
    social(""),
  ],
  invalid: [
    given(social("await admin.auth().verifyIdToken(req.body.idToken);", "«req.body.email»")),
    given(
      social(
        "const claims = await admin.auth().verifyIdToken(req.body.idToken); if (!claims) return res.sendStatus(401);",
        "«req.body.email»",
      ),
    ),
  ],
});

/** The same for the id of an account that is made there. */
const newcomer = (
  makes: string,
  proves = "await admin.auth().verifyIdToken(req.body.idToken);",
  signs = "{ id: account.id }",
): string =>
  `const admin = require("firebase-admin"); const jwt = require("jsonwebtoken");
exports.socialLogin = async (req, res) => { ${proves} ${makes} res.json({ token: jwt.sign(${signs}, key) }); };`;

const CREATES =
  "const account = await Account.create({ email: «req.body.email», isVerified: true });";

testRule("no-unverified-claims: ids of accounts beside a provider's token", rule, {
  valid: [
    newcomer(
      "const account = await Account.create({ email: claims.email });",
      "const claims = await admin.auth().verifyIdToken(req.body.idToken);",
    ),
    newcomer(
      CREATES.replaceAll(/[«»]/gu, ""),
      "const claims = await admin.auth().verifyIdToken(req.body.idToken); if (claims.email !== req.body.email) return res.sendStatus(403);",
    ),
    // Whoever signs up says who he is, and what he is called.
    newcomer(CREATES.replaceAll(/[«»]/gu, ""), ""),
    newcomer("const account = await Account.create({ name: req.body.name });"),
    newcomer("const account = await Account.create({ text: req.body.text });"),
    newcomer("const account = await Account.create(fieldsOf(req.body));"),
    newcomer("const account = new Account({ email: req.body.email });"),
    newcomer("const account = await Account.insertMissing({ email: req.body.email });"),
    newcomer(CREATES.replaceAll(/[«»]/gu, ""), undefined, "{ id: other.id }"),
  ],
  invalid: [
    ...[
      CREATES,
      "const account = new Account({ email: «req.body.email» }); await account.save();",
      "const fields = { email: «req.body.email» }; const account = await Account.create(fields);",
      "const account = await prisma.account.create({ data: { email: «req.body.email» } });",
    ].map((makes) => given(newcomer(makes))),
    given(newcomer(CREATES, undefined, "{ id: account.id, email: req.body.email }")),
  ],
});

/** Other objects have functions of that name, which the program calls itself. */
testRule("no-unverified-claims: functions called authorize", rule, {
  valid: [
    {
      code: `import jwt from "jsonwebtoken"; export default { authorize(user) { return jwt.sign({ id: user.id }, key); } };`,
      filename: "src/auth/login.js",
    },
    {
      code: `import jwt from "jsonwebtoken"; export const guard = permissions({ authorize: (user) => jwt.sign({ id: user.id }, key) });`,
      filename: "src/auth/login.js",
    },
    // A telephone
    `import jwt from "jsonwebtoken"; exports.getToken = phone.onCall((data) => jwt.sign({ id: data.id }, key));`,
  ],
  invalid: [],
});

/** A guard that is used for some paths of the same application. */
const used = (use: string): string =>
  `import jwt from "jsonwebtoken"; import express from "express"; const app = express(); const api = express.Router(); ${use}; app.post("/login", (req, res) => { res.json(jwt.sign({ email: «req.body.email» }, key)); });`;

testRule("no-unverified-claims: guards of other paths", rule, {
  valid: [
    "app.use(auth)",
    'app.use("*", auth)',
    'app.use("/", auth)',
    'app.use("/login", auth)',
    'api.use("/api", auth)',
    "app.use(prefix, auth)",
  ].map((use) => used(use).replaceAll(/[«»]/gu, "")),
  invalid: ['app.use("/api", auth)', 'app.use("/api/*", auth)', 'app.use("/log", auth)'].map(
    (use) => marked(used(use), { messageId: "askedIdentity", data: { name: "jwt.sign" } }),
  ),
});

const LIVEKIT = 'import express from "express"; import { AccessToken } from "livekit-server-sdk";';
const TWILIO =
  'import express from "express"; import twilio from "twilio"; const { AccessToken } = twilio.jwt;';

/** A handler that gives a token for a room. */
const forRoom = (imports: string, steps: string, before = ""): string =>
  `${imports}\nconst app = express();\napp.post("/token", ${before}async (req, res) => { ${steps} pass.addGrant({ room: req.body.room, roomJoin: true }); res.json({ token: await pass.toJwt() }); });`;

const MAKE = "const pass = new AccessToken(process.env.ID, process.env.KEY";

testRule("no-unverified-claims: tokens for rooms", rule, {
  valid: [
    // What a guest is called, or who has proved who he is
    ...[
      `${MAKE}, { identity: req.body.displayName, ttl: "1h" });`,
      `${MAKE}, { identity: req.body.nickname });`,
      `const identity = req.body.name + "-" + crypto.randomUUID(); ${MAKE}, { identity });`,
      `${MAKE}, { identity: "user-" + Math.floor(Math.random() * 10000), name: req.body.name });`,
      `const meeting = await Meeting.findOne({ room: req.body.room }); if (!meeting.invited.includes(req.body.name)) return res.sendStatus(403); ${MAKE}, { identity: req.body.name });`,
      `const { identity } = req.body; const guest = "guest-" + identity; ${MAKE}, { identity: guest });`,
      `${MAKE}, { identity: req.user.id });`,
      `const { user } = req; log(user); ${MAKE}, { identity: req.body.identity });`,
      `log(req.user); ${MAKE}, { identity: req.body.identity });`,
      `await checkInvitation(req.body.code); ${MAKE}, { identity: req.body.identity });`,
      `${MAKE}, { identity: crypto.randomUUID() }); pass.metadata = req.body.userName;`,
      `${MAKE}); pass.name = req.body.userName; pass.identity = crypto.randomUUID();`,
      `${MAKE}); other.identity = req.body.userName;`,
    ].map((steps) => forRoom(LIVEKIT, steps)),
    forRoom(LIVEKIT, `${MAKE}, { identity: req.body.identity });`, "requireSession, "),
    // A room of his own
    forRoom(
      LIVEKIT,
      `const room = \`call-\${crypto.randomUUID()}\`; ${MAKE}, { identity: req.body.identity });`,
    ).replace("room: req.body.room", "room"),
    // Something of the server's own is joined to the name.
    ...[
      "identity = `${identity}-${crypto.randomUUID()}`;",
      "identity += `-${suffix()}`;",
      'identity = identity + "#" + ++next;',
      "while (taken.has(identity)) identity = `${req.body.identity}${Math.random()}`;",
    ].map((write) =>
      forRoom(LIVEKIT, `let identity = req.body.identity; ${write} ${MAKE}, { identity });`),
    ),
    `${TWILIO} const app = express(); app.get("/token", requireUser, (req, res) => { const pass = new AccessToken(A, B, C, { identity: req.query.identity }); res.send(pass.toJwt()); });`,
    `${TWILIO} const app = express(); app.get("/token", (req, res) => { const pass = new AccessToken(A, B, C, { identity: req.session.userId }); res.send(pass.toJwt()); });`,
  ],
  invalid: [
    ...[
      `${MAKE}, { identity: «req.body.identity», ttl: "1h" });`,
      `${MAKE}, { identity: «req.body.userId» });`,
      `${MAKE}, { identity: «req.body.participantName» });`,
      `const { member, room } = req.body; if (!room || !member) return res.sendStatus(400); ${MAKE}, { identity: «member» });`,
      `${MAKE}, { identity: «req.body.name», name: req.body.name });`,
      `const { identity } = req.query; ${MAKE}, { identity: «identity» });`,
      ...[
        "identity = identity.trim();",
        'identity = "user-" + identity;',
        "identity += req.body.suffix;",
        "identity = `${process.env.PREFIX}-${identity}`;",
        "if (!identity) identity = crypto.randomUUID();",
      ].map(
        (write) => `let identity = req.body.identity; ${write} ${MAKE}, { identity: «identity» });`,
      ),
      `const call = crypto.randomUUID(); ${MAKE}, { identity: «req.body.identity» });`,
      `const { email } = req.body; ${MAKE}, { identity: «email» });`,
      `${MAKE}); pass.identity = «req.body.userName»;`,
      `${MAKE}); if (req.body.userName) pass.identity = «req.body.userName»;`,
    ].map((steps) =>
      marked(forRoom(LIVEKIT, steps), {
        messageId: "askedIdentity",
        data: { name: "pass.toJwt" },
      }),
    ),
    ...[
      "const pass = new AccessToken(A, B, C, { identity: «req.query.identity» });",
      "const pass = new AccessToken(A, B, C); pass.identity = «req.query.identity»;",
    ].map((steps) =>
      marked(
        `${TWILIO} const { VideoGrant } = AccessToken; const app = express(); app.get("/token", (req, res) => { ${steps} const video = new VideoGrant({ room: req.query.room }); pass.addGrant(video); pass.addGrant(new AccessToken.VoiceGrant()); res.send(pass.toJwt()); });`,
        { messageId: "askedIdentity", data: { name: "pass.toJwt" } },
      ),
    ),
  ],
});

/** Where a token for a room is given out. */
const atPath = (path: string, owner = "app"): string =>
  `${LIVEKIT}\nconst app = express(); const router = express.Router();\n${owner}.post("${path}", async (req, res) => { ${MAKE}, { identity: «req.body.member» }); res.json({ ticket: await pass.toJwt() }); });`;

testRule("no-unverified-claims: where tokens for rooms are given out", rule, {
  valid: [
    // For that thing alone, or behind what is mounted elsewhere
    atPath("/invitations/accept"),
    atPath("/rooms/join", "router"),
    // A token of the program's own for a room
    `${JWT} import express from "express"; const app = express(); app.post("/meetings/join", (req, res) => { res.json({ ticket: jwt.sign({ id: req.body.member }, key) }); });`,
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    ...[
      "/rooms/join",
      "/video/token",
      "/meetings/:id/pass",
      "/connection-details",
      "/getToken",
    ].map((path) => atPath(path)),
    atPath("/get-token", "router"),
    `${LIVEKIT} const app = express(); async function passFor(identity) { ${MAKE}, { identity }); return pass.toJwt(); } app.post("/rooms/join", async (req, res) => { res.json({ ticket: await passFor(«req.body.member») }); });`,
  ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "pass.toJwt" } })),
});

const ADMIN =
  'import admin from "firebase-admin"; import * as functions from "firebase-functions";';
const CORS = 'import cors from "cors"; const fromAnywhere = cors({ origin: true });';

/** What gives out a custom token of Firebase. */
const minted = (uid: string): string =>
  `admin.auth().createCustomToken(${uid}).then((ticket) => res.json({ ticket }))`;

testRule("no-unverified-claims: functions that a platform calls", rule, {
  valid: [
    `${ADMIN} export const mine = functions.https.onRequest(async (req, res) => { const { uid } = await admin.auth().verifyIdToken(req.body.idToken); ${minted("uid")}; });`,
    `${ADMIN} export const mine = functions.https.onRequest(async (req, res) => { if (req.get("x-api-key") !== KEY) return res.sendStatus(401); ${minted("req.body.uid")}; });`,
    `${ADMIN} export const mine = functions.https.onRequest((req, res) => { requireStaff(req, res, () => ${minted("req.body.uid")}); });`,
    // Other services alone may call it, or nobody can see who.
    `${ADMIN} export const mine = functions.https.onRequest({ invoker: "private" }, (req, res) => { ${minted("req.body.uid")}; });`,
    `${ADMIN} export const mine = functions.https.onRequest({ ...options }, (req, res) => { ${minted("req.body.uid")}; });`,
    `${ADMIN} export const mine = functions.https.onRequest(options, (req, res) => { ${minted("req.body.uid")}; });`,
    `${ADMIN} export const mine = functions.https.onCall(async (data, context) => { if (context.auth.uid !== data.uid) throw new Error(); return admin.auth().createCustomToken(data.uid); });`,
    `${ADMIN} export const mine = functions.https.onCall(async (data, context) => { if (!context.auth) throw new Error(); return admin.auth().createCustomToken(data.uid); });`,
    // A step on the way, or a token for a thing
    `${ADMIN} ${JWT} export const inviteFriend = functions.https.onRequest((req, res) => { res.json({ ticket: jwt.sign({ email: req.body.email }, key) }); });`,
    // The way of another framework
    `import admin from "firebase-admin"; import { http } from "./server.js"; http("mine", (req, res) => { ${minted("req.body.uid")}; });`,
    `import admin from "firebase-admin"; server.onRequest((req, res) => { ${minted("req.body.uid")}; });`,
    // What may be mounted behind a guard
    `import admin from "firebase-admin"; export const show = (req, res) => { ${minted("req.body.uid")}; };`,
    `import admin from "firebase-admin"; export const mintForStaff = (req, res) => { ${minted("req.body.uid")}; };`,
    `import admin from "firebase-admin"; export const deviceToken = (req, res) => { ${minted("req.body.uid")}; };`,
    `import admin from "firebase-admin"; router.get("/admin/token", (req, res) => { ${minted("req.body.uid")}; });`,
    `${JWT} export const token = (req, res) => { res.json({ token: jwt.sign({ id: req.body.id }, key) }); };`,
    `import admin from "firebase-admin"; export const customToken = (req, res) => { ${minted("req.user.uid")}; };`,
    ...["token", "customToken", "getToken", "mintToken", "createFirebaseToken"].map(
      (name) =>
        `import admin from "firebase-admin"; export const ${name} = async (req, res) => { ${minted("req.body.uid")}; };`,
    ),
    `import { admin } from "./admin.js"; export const customToken = async (req, res) => { res.json({ ticket: await admin.auth().createCustomToken(req.body.uid) }); };`,
    ...["createToken", "getStreamToken", "videoToken"].map(
      (name) =>
        `import { StreamChat } from "stream-chat"; const chat = StreamChat.getInstance(process.env.ID, process.env.KEY); export const ${name} = (req, res) => { res.json({ token: chat.createToken(req.body.userId) }); };`,
    ),
  ],
  invalid: [
    ...[
      `${ADMIN} export const mine = functions.https.onRequest((req, res) => { ${minted("«req.query.member»")}; });`,
      `${ADMIN} export const mine = functions.region("europe-west1").https.onRequest((req, res) => { ${minted("«req.query.member»")}; });`,
      `${ADMIN} ${CORS} export const mine = functions.https.onRequest((req, res) => { fromAnywhere(req, res, () => { ${minted("«req.query.member»")}; }); });`,
      `${ADMIN} export const mine = functions.https.onRequest((req, res) => { const anywhere = require("cors")({ origin: true }); anywhere(req, res, () => ${minted("«req.query.member»")}); });`,
      `${ADMIN} import cors from "cors"; export const mine = functions.https.onRequest((req, res) => { cors({ origin: true })(req, res, () => ${minted("«req.query.member»")}); });`,
      `import admin from "firebase-admin"; import { onRequest } from "firebase-functions/v2/https"; export const mine = onRequest({ cors: true, invoker: "public" }, (req, res) => { ${minted("«req.query.member»")}; });`,
      `import admin from "firebase-admin"; import { http } from "@google-cloud/functions-framework"; http("mine", (req, res) => { ${minted("«req.query.member»")}; });`,
      `${ADMIN} const mine = (req, res) => { ${minted("«req.query.member»")}; }; export const ticket = functions.https.onRequest(mine);`,
      `${ADMIN} export const mine = functions.https.onCall((data) => admin.auth().createCustomToken(«data.uid»));`,
      // Nobody has signed in before.
      `import admin from "firebase-admin"; export const signIn = async (req, res) => { ${minted("«req.body.uid»")}; };`,
      `import admin from "firebase-admin"; const app = express(); app.post("/token", async (req, res) => { ${minted("«req.body.uid»")}; });`,
    ].map((code) =>
      marked(code, {
        messageId: "askedIdentity",
        data: { name: "createCustomToken" },
      }),
    ),
    marked(
      `${ADMIN} ${JWT} export const mine = functions.https.onRequest((req, res) => { res.json({ ticket: jwt.sign({ email: «req.body.email» }, key) }); });`,
      { messageId: "askedIdentity", data: { name: "jwt.sign" } },
    ),
    marked(
      `import { admin } from "./admin.js"; export const login = async (req, res) => { res.json({ ticket: await admin.auth().createCustomToken(«req.body.uid») }); };`,
      {
        messageId: "askedIdentity",
        data: { name: "createCustomToken, as its name says," },
      },
    ),
  ],
});

/** A handler that finds somebody by several conditions. */
const byConditions = (conditions: string): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { const { profile, provider } = req.body; const user = await User.findOne({ ${conditions} }); res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

testRule("no-unverified-claims: conditions that are the same for everybody", rule, {
  valid: [
    // What somebody has done before, what only he knows, and what is not in the code may be a proof.
    "email: profile.email, isVerified: true",
    "email: profile.email, loggedIn: true",
    "email: profile.email, code: 123",
    "email: profile.email, id: 'guest'",
    "email: profile.email, isActive: flag",
    "email: profile.email, answer: profile.answer",
    "ticketId: profile.id, provider",
    "providerId: profile.id, provider: await providerOf(req)",
    "providerId: profile.id, subprovider: provider",
  ].map((one) => byConditions(one)),
  invalid: [
    "email: «profile.email», isDeleted: false",
    "providerId: «profile.id», provider",
    "externalId: «profile.id», provider: 'partner'",
    "oauthId: «profile.id», oauthProvider: provider",
    "snsId: «profile.id», loginType: provider",
  ].map((one) => given(byConditions(one))),
});

const CREDENTIALS =
  'import Credentials from "next-auth/providers/credentials"; export const options = { providers: [Credentials(';

/** The token of another sign-in is a proof that the service behind looks at. */
testRule("no-unverified-claims: tokens that somebody brings to a sign-in", rule, {
  valid: [
    "{ authorize: (credentials) => ({ id: credentials.id, held: credentials.accessToken }) }",
    "{ authorize: (credentials) => ({ id: credentials.id, accessToken: credentials.held }) }",
    "{ authorize: ({ id, idToken }) => ({ id }) }",
  ].map((provider) => `${CREDENTIALS}${provider})] };`),
  invalid: [
    marked(
      `${CREDENTIALS}{ authorize: (credentials) => («{ id: credentials.id, tokens: 0 }») })] };`,
      { messageId: "openSignIn" },
    ),
  ],
});

const EXPRESS = 'import express from "express"; const app = express();';

/** A route whose claims have a name of their own. */
const claimsOf = (claims: string, before = ""): string =>
  `${JWT} ${EXPRESS} app.post("/ticket", ${before} (req, res) => { const said = req.body; const claims = ${claims}; res.end(jwt.sign(claims, key)); });`;

testRule("no-unverified-claims: bodies that are spread into claims with a name", rule, {
  valid: [
    claimsOf('{ sub: "viewer", title: said.title }'),
    claimsOf("{ ...fields, iss: 'us' }"),
    claimsOf("{ sub: 'viewer', ...said }", "requireUser,"),
  ],
  invalid: [
    marked(claimsOf('{ sub: "viewer", ...«said» }'), {
      messageId: "askedClaims",
      data: { name: "jwt.sign" },
    }),
  ],
});

/** What signs stands in another file. */
const service = (body: string, load = 'import { TokenService } from "./token-service";'): string =>
  `${load} export class Tickets { static async create(req, res) { ${body} } }`;

testRule(
  "no-unverified-claims: objects of a body that go whole into what signs by its name",
  rule,
  {
    valid: [
      // It may sign in by what stands there, looks something up, or is for something else.
      service("res.send(await TokenService.generateToken(req.body));"),
      service("res.send(await TokenService.createToken(req.body.payload));"),
      service("res.send(await TokenService.signIn(req.body));"),
      service("res.send(await TokenService.signResetToken(req.body));"),
      service("res.send(await TokenService.signToken(req.body.id));"),
      service("res.send(await TokenService.signToken());"),
      service(
        "const payload = claimsOf(req.body); res.send(await TokenService.signToken(payload));",
      ),
      service("const payload = req.user; res.send(await TokenService.signToken(payload));"),
      // Somebody is asked for.
      service("await proven(req); res.send(await TokenService.signToken(req.body.payload));"),
      service("if (!req.user) return; res.send(await TokenService.signToken(req.body.payload));"),
      'import { signToken } from "./tokens"; router.post("/renew", guard, (req, res) => { res.send(signToken(req.body.payload)); });',
      'import { signToken } from "./tokens"; export const token = signToken(req.body.payload);',
      'import { signToken } from "./tokens"; app.use(protect); app.post("/token", (req, res) => { res.send(signToken(req.body)); });',
      ...["Playback", "Embed", "Preview", "State", "Widget", "Document", "Metabase"].map((of) =>
        service(`res.send(await TokenService.sign${of}Token(req.body));`),
      ),
      service("res.send(await TokenService.signOrderJwt({ ...req.body }));"),
      // Whoever asks brings the key, or it is for something else.
      service("res.send(await TokenService.signToken(req.body.payload, req.body.secret));"),
      service("res.send(await TokenService.signToken(req.body, process.env.TELEMETRY_KEY));"),
      '// token\nimport { signDocument } from "./documents"; app.post("/documents", (req, res) => { res.send(signDocument(req.body)); });',
    ],
    invalid: [
      service(
        "const payload = req.body.payload || {}; res.send(await TokenService.signToken(«payload»));",
      ),
      service("const { claims } = req.body; res.send(await TokenService.signToken(«claims»));"),
      service("res.send(await TokenService.signToken(«req.body»));"),
      service("res.send(await TokenService.signToken({ ...«req.body», issued: 1 }));"),
    ]
      .map((code) =>
        marked(code, {
          messageId: "askedClaims",
          data: { name: "TokenService.signToken, as its name says," },
        }),
      )
      .concat(
        ...[
          "signAccessToken",
          "signUserToken",
          "signSessionJwt",
          "sign_login_token",
          "signIdToken",
        ].map((name) =>
          marked(service(`res.send(await TokenService.${name}(«req.body»));`), {
            messageId: "askedClaims",
            data: { name: `TokenService.${name}, as its name says,` },
          }),
        ),
        marked(
          service("res.send(await TokenService.signToken(«req.body», process.env.JWT_SECRET));"),
          {
            messageId: "askedClaims",
            data: { name: "TokenService.signToken, as its name says," },
          },
        ),
        marked(
          'import JWT from "../lib/jwt.js"; app.post("/token", (req, res) => { res.send(JWT.sign(«req.body»)); });',
          { messageId: "askedClaims", data: { name: "JWT.sign, as its name says," } },
        ),
        marked(
          'import { Body, Controller, Post } from "@nestjs/common"; // jwt\n@Controller("auth") export class Access { constructor(private readonly access: AccessService) {} @Post("token") issue(@Body() dto: Ticket) { return { token: this.access.signToken(«dto») }; } }',
          { messageId: "askedClaims", data: { name: "this.access.signToken, as its name says," } },
          { ts: true },
        ),
      ),
  },
);

const atRoot = (method: string, email = "req.body.username"): string =>
  `${JWT}\nrouter.${method}("/", async (req, res) => { const user = await User.findOne({ username: ${email} }); res.json({ token: jwt.sign({ username: user.username }, key) }); });`;

const AUTH_FILE = path.join(import.meta.dirname, "../fixtures/identities/auth.js");

const minting = (route: string, uid = "req.body.uid"): string =>
  `import admin from "firebase-admin"; router.${route}, async (req, res) => { res.json({ token: await admin.auth().createCustomToken(${uid}) }); });`;

testRule("no-unverified-claims: routes whose token says what they are for", rule, {
  valid: [
    { code: atRoot("put"), filename: AUTH_FILE },
    { code: atRoot("post").replace('"/"', '"/me"'), filename: AUTH_FILE },
    atRoot("post"),
    minting('put("/create"'),
    minting('post("/create", requireUser'),
    minting('post("/staff/act-as"'),
    // Nobody is given it.
    minting('post("/create"').replace("res.json({ token: ", "keep({ token: "),
    'import admin from "firebase-admin"; router.post("/create", (req, res) => { admin.auth().createCustomToken(req.body.uid).then((made) => { console.log(made); }); res.end(); });',
  ],
  invalid: [
    given(atRoot("post", "«req.body.username»"), { filename: AUTH_FILE }),
    ...[
      minting('post("/create"', "«req.body.uid»"),
      'import admin from "firebase-admin"; router.post("/create", (req, res) => { admin.auth().createCustomToken(«req.body.uid»).then((made) => { res.json({ made }); }); });',
    ].map((code) =>
      marked(code, { messageId: "askedIdentity", data: { name: "createCustomToken" } }),
    ),
  ],
});

/** A sign-in that finds somebody by one field of what the request says. */
const byField = (field: string, said = "req.body.said"): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { const found = await Person.findOne({ ${field}: ${said} }); res.json({ token: jwt.sign({ id: found.id }, key) }); });`;

testRule("no-unverified-claims: names in other languages", rule, {
  valid: [
    // What only he knows, or nobody can tell
    ...["contrasena", "senha", "clave", "kode", "sifre", "sandi", "mat_khau", "codigo"],
    ...["bilet", "studentTicket", "nominee", "membership"],
  ].map((field) => byField(field)),
  invalid: [
    ...["correo", "correoElectronico", "nombre_usuario", "usuario", "idUsuario", "nomeUsuario"],
    ...["cpf", "telefone", "alumno_id", "nomUtilisateur", "identifiant", "benutzername"],
    ...["nama", "nama_pengguna", "noHp", "nim", "kullaniciAdi", "eposta", "tenDangNhap", "sdt"],
    ...['"kullanıcı_adı"', '"téléphone"'],
    ...["user", "handle", "emailId", "student_id", "employeeNo", "roll_no"],
  ].map((field) => given(byField(field, "«req.body.said»"))),
});

/** A sign-in that puts something down beside the token. */
const puttingDown = (puts: string, named = "ctx.request.body.username"): string =>
  `${JWT}\nrouter.post("/login", async (ctx) => { const token = jwt.sign({ username: ${named} }, key); ${puts} ctx.body = { token }; });`;

testRule("no-unverified-claims: what a sign-in puts down itself", rule, {
  valid: [
    "if (ctx.state.user.name !== ctx.request.body.username) return;",
    "ctx.log = ctx.state.user;",
    "ctx.users[ctx.session.name] = { seen: true };",
  ].map((puts) => puttingDown(puts)),
  invalid: [
    "ctx.state.user = { username: ctx.request.body.username };",
    "ctx.session.user = { seen: true };",
    'ctx.session["who"].name = 1;',
  ].map((puts) => given(puttingDown(puts, "«ctx.request.body.username»"))),
});

/** A sign-in that compares something with the record of whom the request names. */
const comparing = (test: string, email = "req.body.email"): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { const user = await User.findOne({ email: ${email} }); if (${test}) return res.sendStatus(401); res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

testRule("no-unverified-claims: what others know of somebody as well", rule, {
  valid: [
    "req.body.pin !== user.pin",
    "req.body.birthday !== user.birthday",
    "req.body.phone !== invited.phone",
    "req.body.phone !== user.secret",
    "callerOf(req) !== user.phone",
  ].map((test) => comparing(test)),
  invalid: ["req.body.phone !== user.phone", "user.mobile_no !== req.body.mobile"].map((test) =>
    given(comparing(test, "«req.body.email»")),
  ),
});

/** A token that is signed with a key by its name. */
const keyed = (key: string, email = "req.body.email"): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { res.json({ token: jwt.sign({ email: ${email} }, ${key}) }); });`;

testRule("no-unverified-claims: keys for things that nobody signs in with", rule, {
  valid: ["process.env.RECEIPT_KEY", "settings.ticketSecret", "process.env.DESCARGA_KEY"].map(
    (key) => keyed(key),
  ),
  invalid: ["process.env.JWT_KEY", "settings.sessionSecret", "process.env.SHOP_KEY"].map((key) =>
    given(keyed(key, "«req.body.email»")),
  ),
});

/** A sign-in that asks for nothing, among the providers that are chosen so. */
/** All that somebody has typed in is what the session is made of. */
const whole = (body: string, { form = "", more = "" } = {}): string =>
  `${CREDENTIALS}{ ${form} async authorize(credentials) { ${body} } })], ${more} };`;
const BY_PARTS =
  "callbacks: { jwt({ token, user }) { if (user) { token.id = user.id; } return token; } }";
const FORM = "credentials: { email: {}, password: {} },";

testRule("no-unverified-claims: credentials that are given back as they come", rule, {
  valid: [
    // The token of another sign-in may stand among them.
    whole("return credentials;"),
    whole("return credentials;", { form: "credentials: {}," }),
    whole("return credentials;", { form: "credentials: { id: {}, accessToken: {} }," }),
    whole("return credentials;", {
      form: FORM,
      more: "callbacks: { jwt: ({ token, user }) => ({ ...token, bearer: user.accessToken }) }",
    }),
    whole("return credentials;", {
      form: FORM,
      more: "callbacks: { jwt({ token, user }) { const { accessToken } = user; return { ...token, held: accessToken }; } }",
    }),
    whole("return credentials;", {
      more: "callbacks: { jwt: ({ token, user }) => ({ ...token, ...user }) }",
    }),
    whole("return credentials;", {
      more: "callbacks: { jwt({ token, user }) { token.user = user; return token; } }",
    }),
    whole("return credentials;", {
      more: "callbacks: { jwt(given) { return { ...given.token, ...given.user }; } }",
    }),
    whole("return credentials;", { more: "callbacks: { session: ({ session }) => session }" }),
    whole("return credentials;", { more: "callbacks" }),
    whole("return credentials;", { more: `...base, ${BY_PARTS}` }),
    whole("return JSON.parse(credentials.user);"),
    // Something has looked at them.
    whole("const user = await api.signIn(credentials); return credentials;", { form: FORM }),
    whole("if (credentials.password !== process.env.PASSWORD) return null; return credentials;", {
      form: FORM,
    }),
    whole("await proven(credentials); return credentials;", { more: BY_PARTS }),
    whole("return null;", { form: FORM }),
    whole("return found;", { form: FORM }),
    whole("return credentials;", { form: "name: 'Guest', credentials: { nick: {} }," }),
    `${CREDENTIALS}{ authorize: (credentials) => credentials })] }; export default NextAuth(options);`,
    'import Credentials from "next-auth/providers/credentials"; export default NextAuth(providers(Credentials({ authorize: (credentials) => credentials })));',
    'import Credentials from "next-auth/providers/credentials"; use({ providers: [Credentials({ authorize: (credentials) => credentials })] });',
  ],
  invalid: [
    whole("return «credentials»;", { form: FORM }),
    whole("return «credentials»;", {
      form: FORM,
      more: "callbacks: { jwt({ token, user }) { token.user = user; return token; } }",
    }),
    whole("return «credentials»;", { more: BY_PARTS }),
    whole("const user = credentials; if (user) return «user»; return null;", { more: BY_PARTS }),
    whole("return «credentials ?? null»;", { form: FORM }),
    whole("return «JSON.parse(credentials.user)»;", { form: "credentials: { user: {} }," }),
    whole("const { user } = credentials; return «JSON.parse(user)»;", { form: FORM }),
    whole("const user = JSON.parse(credentials.user); return «user»;", { more: BY_PARTS }),
    whole("return Promise.resolve(«credentials»);", { form: FORM }),
    'import Credentials from "next-auth/providers/credentials"; export default NextAuth({ session: { strategy: "jwt" }, providers: [Credentials({ authorize: async (credentials) => «credentials» })] });',
  ]
    .map((code) => marked(code, { messageId: "openSignIn" }))
    .concat(
      marked(
        whole("return «credentials as any»;", { form: FORM }),
        { messageId: "openSignIn" },
        { ts: true },
      ),
    ),
});

/** … with what Auth.js calls behind it. */
const calledBack = (callback: string, holder = "callbacks"): string =>
  `import Credentials from "next-auth/providers/credentials"; export default NextAuth({ providers: [Credentials({ authorize: (credentials) => («{ id: credentials.email }») })], ${holder}: { ${callback} } });`;

testRule("no-unverified-claims: sign-ins that ask in the callback", rule, {
  valid: [
    "async signIn({ user, credentials }) { const found = await find(user); return bcrypt.compare(credentials.password, found.hash); }",
    "signIn: async ({ account, credentials }) => validate(credentials?.assertion)",
    "signIn({ user, credentials: given }) { return matches(given, user); }",
  ].map((callback) => calledBack(callback).replaceAll(/[«»]/gu, "")),
  invalid: [
    calledBack("async signIn({ user }) { return allowed(user.email); }"),
    calledBack("signIn({ credentials }) { console.log(credentials.email); return true; }"),
    calledBack("async jwt({ credentials }) { return bcrypt.compare(credentials.password, HASH); }"),
    calledBack("signIn: ({ credentials }) => bcrypt.compare(credentials.password, HASH)", "pages"),
  ].map((code) => marked(code, { messageId: "openSignIn" })),
});

const chosen = (choice: string, before = ""): string =>
  `import Credentials from "next-auth/providers/credentials"; ${before} const open = Credentials({ authorize: (c) => («{ id: c.name, name: c.name }») }); export default NextAuth({ providers: [${choice}] });`;

const pushed = (test: string): string =>
  `import Credentials from "next-auth/providers/credentials"; const providers = []; if (${test}) { providers.push(Credentials({ authorize: (c) => («{ id: c.name, name: c.name }») })); } export default NextAuth({ providers });`;

const IS_E2E = 'const isOpen = process.env.E2E === "1" && process.env.VERCEL_ENV !== "production";';

testRule("no-unverified-claims: sign-ins that are open outside of production", rule, {
  valid: [
    pushed('process.env.NODE_ENV === "test"'),
    pushed('process.env.NODE_ENV === "test" || process.env.NODE_ENV === "development"'),
    pushed('process.env.E2E === "1" && process.env.NODE_ENV !== "production"'),
    `${IS_E2E} ${pushed("isOpen")}`,
    pushed('process.env.E2E === "1"'),
    pushed("env.E2E_TESTS"),
    pushed('process.env.PLAYWRIGHT === "1" && process.env.VERCEL !== "1"'),
    pushed('process.env.VERCEL_ENV === "preview"'),
    `const isPreview = process.env.VERCEL_ENV === "preview"; ${pushed("isPreview")}`,
    `const isTested = process.env.CYPRESS === "true"; ${pushed("isTested || env.E2E")}`,
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    pushed('process.env.NODE_ENV === "test" || process.env.OPEN === "1"'),
    // One of two is mostly not set, and what is called so may be a field of the request.
    pushed('process.env.NODE_ENV !== "production" || process.env.APP_ENV !== "production"'),
    pushed('process.env.NODE_ENV === "test" || settings.isDev'),
    pushed('process.env.NODE_ENV === "production"'),
    pushed('process.env.E2E === "0"'),
    pushed('process.env.E2E !== "1"'),
    pushed("!process.env.E2E"),
    pushed("process.env.E2E || process.env.OPEN"),
    pushed("request.E2E"),
    pushed('process.env.DEMO === "1"'),
    pushed('process.env.VERCEL_ENV === "production"'),
    pushed('process.env.NODE_ENV !== "production" ?? isOpen'),
    `${IS_E2E} ${pushed("!isOpen")}`,
    chosen("open"),
  ].map((code) => marked(code, { messageId: "openSignIn" })),
});
