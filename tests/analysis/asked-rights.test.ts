import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that say somebody may what he has asked for himself, each next to its twin that looks at it. */

const FILE = `import jwt from "jsonwebtoken";
const isAdmin = (req) => req.user.role === "admin";
const tokenFor = (user) => jwt.sign({ id: user.id, role: user.role }, key);
const tokenOf = (id, role) => jwt.sign({ id, role }, key);\n`;

const asked = (body: string, route = "/register"): string =>
  `${FILE}router.post("${route}", async (req, res) => { ${body} });`;

const found = (code: string, name = "jwt.sign", claim = "role"): InvalidCase =>
  marked(code, { messageId: "askedRights", data: { name, what: `the claim ${claim}` } });

const ROLE = "const { email, password, role } = req.body;";
const CREATED = "const user = await User.create({ email, password: await hash(password), role });";
const GIVES = "res.json({ token: jwt.sign({ id: user.id, role: «user.role» }, key) });";
const LOGS_IN =
  "const user = await User.findOne({ email }); if (!(await bcrypt.compare(password, user.hash))) return res.sendStatus(401);";

/** What makes a record of the request, and the twin that says itself what the new user may. */
const RECORDS: readonly (readonly [made: string, safe: string])[] = [
  [`${ROLE} ${CREATED}`, `${ROLE} ${CREATED.replace("role }", 'role: "user" }')}`],
  [
    "const user = new User(req.body); await user.save();",
    'const user = new User(req.body); user.role = "user"; await user.save();',
  ],
  [
    "const { name, role } = req.body; const user = new User({ name, role }); await user.save();",
    'const { name } = req.body; const user = new User({ name, role: "user" }); await user.save();',
  ],
  [
    "const user = await User.create({ ...req.body, active: true });",
    'const user = await User.create({ ...req.body, role: "user" });',
  ],
  [
    "const user = await prisma.user.create({ data: { email: req.body.email, role: req.body.role } });",
    'const user = await prisma.user.create({ data: { email: req.body.email, role: "USER" } });',
  ],
  [
    "const { name, role } = req.body; const { data: user } = await db.from('users').insert({ name, role }).select().single();",
    "const { name } = req.body; const { data: user } = await db.from('users').insert({ name }).select().single();",
  ],
  [
    "const user = await User.create(req.body);",
    "const { role, ...rest } = req.body; const user = await User.create(rest);",
  ],
  [
    "const fields = { email: req.body.email, role: req.body.role }; const user = await User.create(fields);",
    "delete req.body.role; const user = await User.create(req.body);",
  ],
];

/** What a handler does with the role before it signs it: it may refuse one. */
const LOOKS = [
  "if (user.role !== role) return res.sendStatus(403);",
  "if (!ROLES.includes(role)) return res.sendStatus(400);",
  'switch (role) { case "admin": return res.sendStatus(403); }',
  "const own = await models[role].findById(user.id);",
  "const own = await Own.findOne({ user: user.id, role });",
  "checkRole(role);",
  "const own = await (role ? ask(1) : ask(2));",
  "const table = `${role}s`; const own = await db.query(table);",
  "const Schema = z.enum(['buyer', 'seller']); Schema.parse(role);",
  'const may = (() => role === "buyer")(); if (!may) return res.sendStatus(403);',
  "if (req.body.adminSecret !== process.env.ADMIN_SECRET) return res.sendStatus(403);",
  "if (!req.user) return res.sendStatus(401);",
];

/** Who comes into a meeting, as the form of Jitsi says it. */
const meet = (moderator: string, before = ""): string =>
  `import jwt from "jsonwebtoken"; const app = express();
app.get("/token", (req, res) => {
  ${before}
  const user = { name: req.query.name || "Guest", moderator: ${moderator} };
  res.json({ token: jwt.sign({ aud: "jitsi", room: "lobby", context: { user } }, key) });
});`;

testRule("no-unverified-claims", rule, {
  valid: [
    meet('req.query.moderator === "true"').replace("app.get", "router.get"),
    meet('req.query.moderator === "true" && req.query.pin === process.env.PIN'),
    meet('req.query.moderator !== "true"'),
    meet('req.query.kind === "host"'),
    meet("host", 'const host = req.query.host === "true"; if (host && !isOwner(req)) return;'),
    meet("host", 'const host = req.query.host === "true"; log(`host: ${check(host)}`);'),
    meet(
      'req.query.moderator === "true"',
      "if (req.query.pin !== process.env.PIN) return res.sendStatus(403);",
    ),
    meet('req.query.moderator === "true"', "meetings.assertHost(req.query.key);"),
    meet("!req.query.guest"),
    meet("!+req.query.level"),
    meet("req.query.pin == pins.of(req.query.room)"),
    meet(
      "Boolean(req.query.host)",
      "if (Boolean(req.query.host)) return res.sendStatus(mayHost() ? 204 : 403);",
    ),
    meet("Boolean(rooms.get(req.query.room)?.open)"),
    ...RECORDS.map(([, safe]) => asked(`${safe} ${GIVES.replace(/[«»]/gu, "")}`)),
    ...LOOKS.map((looks) =>
      asked(`${ROLE} ${LOGS_IN} ${looks} res.json({ token: tokenOf(user.id, role) });`, "/login"),
    ),
    // What the record says
    asked(`${ROLE} ${LOGS_IN} res.json({ token: tokenOf(user.id, user.role) });`, "/login"),
    // Behind a guard, in a part of the program that may have one, or after a look at the form
    ...["guard, ", "validate(registerSchema), "].map((before) =>
      asked(`${ROLE} ${CREATED} res.json({ token: tokenFor(user) });`).replace(
        "async (req",
        `${before}async (req`,
      ),
    ),
    `${FILE}router.use(authenticate); router.post("/register", async (req, res) => { ${ROLE} ${CREATED} res.json({ token: tokenFor(user) }); });`,
    // In a program that knows no administrators, as far as the file says; whoever signs up may be a buyer or a seller.
    asked(`${ROLE} ${CREATED} res.json({ token: tokenFor(user) });`).replace(
      'isAdmin = (req) => req.user.role === "admin"',
      'isSeller = (req) => req.user.role === "seller"',
    ),
    // Nobody can be told to be one by a role that the program computes.
    asked(
      "const { email } = req.body; const role = await roleOf(email); const user = await User.create({ email, role }); res.json({ token: tokenFor(user) });",
    ),
    // Another function's record
    asked(`${ROLE} ${CREATED} const other = await find(); res.json({ token: tokenFor(other) });`),
  ],
  invalid: [
    ...[
      '«req.query.moderator» === "true"',
      "Boolean(«req.query.moderator»)",
      "!!«req.query.host»",
    ].map((one) => found(meet(one), "jwt.sign", "moderator")),
    found(
      meet("host", 'const host = «req.query.host» == "1"; res.set("x-host", { host });'),
      "jwt.sign",
      "moderator",
    ),
    ...RECORDS.map(([made]) => found(asked(`${made} ${GIVES}`))),
    // Through functions that sign, with the record or with its parts
    found(asked(`${ROLE} ${CREATED} res.json({ token: tokenFor(«user») });`)),
    found(asked(`${ROLE} ${CREATED} res.json({ token: tokenOf(user.id, «user.role») });`)),
    // Said at each sign-in anew, whatever the record says
    ...["role", 'role || "user"', "role.trim()"].map((given) =>
      found(
        asked(`${ROLE} ${LOGS_IN} res.json({ token: tokenOf(user.id, «${given}») });`, "/login"),
      ),
    ),
    // What is only handed on, written down and asked for whether it is there has been looked at by nobody.
    found(
      asked(
        `${ROLE} if (!email || !role) return res.sendStatus(400); ${LOGS_IN} console.log("login", role); await db.query("INSERT INTO logins (email, role) VALUES (?, ?)", [email, role]); res.json({ role, token: tokenOf(user.id, «role») });`,
        "/login",
      ),
    ),
    // Nobody else is one of these
    found(
      `import jwt from "jsonwebtoken"; app.post("/signup", async (req, res) => { const { email, isAdmin } = req.body; const user = await User.create({ email, isAdmin }); res.json({ token: jwt.sign({ id: user.id, isAdmin: «user.isAdmin» }, key) }); });`,
      "jwt.sign",
      "isAdmin",
    ),
  ],
});

/** The signature by which somebody enters a meeting of Zoom. */
const meeting = (role: string, before = "", claims = "sdkKey: process.env.KEY, mn: 1"): string =>
  `const KJUR = require("jsrsasign"); const app = require("express")();
app.post("/token", (req, res) => { ${before} const claims = { ${claims}, role: ${role} }; res.json({ signature: KJUR.jws.JWS.sign("HS256", JSON.stringify({ alg: "HS256" }), JSON.stringify(claims), process.env.SECRET) }); });`;

/** In a part of the application. */
const routed = (code: string): string =>
  code.replace("app.post", "router.post").replace("/token", "/seat");

const isHost = (code: string, claim = "role"): InvalidCase =>
  marked(code, {
    messageId: "askedRights",
    data: { name: "KJUR.jws.JWS.sign", what: `the claim ${claim}` },
  });

testRule("no-unverified-claims: hosts of meetings", rule, {
  valid: [
    meeting("0"),
    // A part of the application may stand behind a guard.
    routed(meeting("req.body.role")),
    routed(meeting("req.body.role", "if (req.body.role !== 0) return res.sendStatus(403);")),
    meeting("req.body.role", "if (!req.user) return res.sendStatus(401);"),
    // What the role is of nobody knows.
    routed(meeting("req.body.role", "", "sdkKey: process.env.KEY, room: 1")),
    routed(meeting("req.body.role", "", "key: process.env.KEY, mn: 1")),
  ],
  invalid: [
    isHost(meeting("«req.body.role»")),
    isHost(meeting("«role»", "const { role } = req.body;")),
    isHost(meeting("role", "const role = parseInt(«req.body.role», 10);")),
    isHost(meeting("«req.body.role»", "", "appKey: process.env.KEY, mn: req.body.mn")),
    isHost(
      meeting("«req.body.role»", "", "app_key: process.env.KEY, tpc: 'talk'").replace(
        "role:",
        "role_type:",
      ),
      "role_type",
    ),
  ],
});
