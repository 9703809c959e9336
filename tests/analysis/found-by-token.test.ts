import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that look for the very token among those that are kept, each next to one that turns nobody away by it. */

const guard = (check: string, rest = ""): string =>
  `import { jwtDecode } from "jwt-decode"; import { createHash } from "node:crypto"; import { Sessions, users, redis, db, prisma, sessionOf, sha256 } from "./data.js";
export const guard = async (req, res, next) => { const token = req.cookies.session; ${check} ${rest === "" ? "req.user = «jwtDecode(token)»; next();" : rest} };`;

const BEHIND = [
  'const row = await Sessions.findOne({ where: { token, state: "open" } }); if (!row) return res.sendStatus(401);',
  "const row = await Sessions.findOne({ token }).lean(); if (!row || row.revokedAt) throw new Error('no');",
  "const { data: row } = await db.findOne({ token }); if (row === null) return res.sendStatus(401);",
  "let row; row = await Sessions.findOne({ token }); if (row == null) return res.sendStatus(401);",
  "const sum = createHash('sha256').update(token).digest('hex'); const row = await Sessions.findOne({ sum }); if (!row) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ sum: sha256(token) }); if (!row) return res.sendStatus(401);",
  'const [rows] = await db.query("select * from sessions where token = ?", [token]); if (rows.length === 0) return res.sendStatus(401);',
  'const { rows } = await db.query("select * from sessions where token = $1", [token]); if (rows.length < 1) return res.sendStatus(401);',
  "if (!(await redis.exists(`session:${token}`))) return res.sendStatus(401);",
  "const kept = await redis.get(token); if (!kept) { console.warn('unknown'); return res.sendStatus(401); }",
  "const row = await Sessions.findOne({ token }); if (!row?.active) return res.sendStatus(401);",
  "if (!(await Sessions.exists({ token }))) return res.sendStatus(401);",
  "const row = (await Sessions.findOne({ token })) ?? deny();",
  "const count = await Sessions.count({ where: { token } }); if (count === 0) return res.sendStatus(401);",
  'const { rows } = await db.query("select * from sessions where token = $1", [token]); if (rows.length !== 1) return res.sendStatus(401);',
  "const row = await Sessions.find({ token }); if (!row[0]) return res.sendStatus(401);",
  "await prisma.session.findUniqueOrThrow({ where: { token } });",
  "const row = await Sessions.findByToken(token); if (!row) return res.sendStatus(401);",
];

const IDLE = [
  "const row = await Sessions.findOne({ token }); if (!row) await Sessions.create({ token });",
  "const row = await Sessions.findOne({ token }); if (!row) console.warn('unknown');",
  "const row = await Sessions.findOne({ token }); if (row) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ token }); if (row === null && req.query.strict) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ token }); if (row !== null) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ token }); if (row.uses === 3) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ token }); if (!row.active) return res.sendStatus(401);",
  "if (process.env.STRICT) { const row = await Sessions.findOne({ token }); if (!row) return res.sendStatus(401); }",
  "const row = await Sessions.findOne({ token: req.cookies.other }); if (!row) return res.sendStatus(401);",
  "const row = await Sessions.findOneAndUpdate({ open: true }, { token }); if (!row) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ device: token.length }); if (!row) return res.sendStatus(401);",
  "const sum = bcrypt.hashSync(token, 10); const row = await Sessions.findOne({ sum }); if (!row) return res.sendStatus(401);",
  "const row = sessionOf(token); if (!row) return res.sendStatus(401);",
  "const row = req.headers.get(token); if (!row) return res.sendStatus(401);",
  "const revoked = await redis.get(`revoked:${token}`); if (revoked) return res.sendStatus(401);",
  "await Sessions.findOne({ token });",
  // A list and a driver's answer are always there, and so is a promise.
  "const rows = await Sessions.find({ token }); if (!rows) return res.sendStatus(401);",
  'const [rows] = await db.query("select * from sessions where token = ?", [token]); if (!rows) return res.sendStatus(401);',
  'const result = await db.query("select * from sessions where token = $1", [token]); if (!result) return res.sendStatus(401);',
  "const row = Sessions.findOne({ token }); if (!row) return res.sendStatus(401);",
  "const row = redis.get(token); if (!row) return res.sendStatus(401);",
  "if (!users.tokens.indexOf(token)) return res.sendStatus(401);",
  // Any token is on record by then.
  "let row = await Sessions.findOne({ token }); if (!row) row = await Sessions.create({ token }); if (!row) return res.sendStatus(401);",
  "await new Sessions({ token }).save(); const row = await Sessions.findOne({ token }); if (!row) return res.sendStatus(401);",
  // Something else is enough, or something else is read then.
  "const row = await Sessions.findOne({ $or: [{ token }, { user: req.query.user }] }); if (!row) return res.sendStatus(401);",
  "const row = await Sessions.findOne({ token: { $ne: token } }); if (!row) return res.sendStatus(401);",
  'const { rows } = await db.query("select * from sessions where token = $1 or open", [token]); if (rows.length === 0) return res.sendStatus(401);',
  'const { rows } = await db.query("insert into sessions (token) values ($1) returning id", [token]); if (rows.length === 0) return res.sendStatus(401);',
];

const FOUND_LATER =
  "const claims = «jwtDecode(token)»; const user = await users.findById(claims.sub);";

testRule("no-unverified-claims: found by the token", rule, {
  valid: [
    ...BEHIND.map((check) => guard(check)),
    guard(
      "const row = await Sessions.findOne({ token });",
      "if (row) { req.user = jwtDecode(token); return next(); } res.sendStatus(401);",
    ),
    guard(
      "",
      'db.get("select * from sessions where token = ?", [token], (error, row) => { if (error || !row) return res.sendStatus(401); req.user = jwtDecode(token); next(); });',
    ),
    guard(
      "",
      "Sessions.findOne({ token }).then((row) => { if (!row) return res.sendStatus(401); req.user = jwtDecode(token); next(); });",
    ),
    guard(
      "const row = await Sessions.findOne({ token });",
      "row ? ((req.user = jwtDecode(token)), next()) : res.sendStatus(401);",
    ),
    // The user is found by what the token says, and has to have that very token.
    guard(
      FOUND_LATER,
      "if (!user || !user.tokens.includes(token)) return res.sendStatus(401); req.user = user; next();",
    ),
    guard(
      FOUND_LATER,
      "if (user.tokens.indexOf(token) === -1) return res.sendStatus(401); req.user = user; next();",
    ),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    ...IDLE.map((check) =>
      marked(guard(check), { messageId: "identity", data: { name: "jwtDecode", line: "2" } }),
    ),
    marked(
      guard(
        "const row = await Sessions.findOne({ token });",
        "if (row) { console.info('known'); } req.user = «jwtDecode(token)»; next();",
      ),
      { messageId: "identity", data: { name: "jwtDecode", line: "2" } },
    ),
    marked(
      `import { jwtDecode } from "jwt-decode"; export const guard = async (req, res, next) => { let token = req.cookies.session; const row = await Sessions.findOne({ token });
if (!row) return res.sendStatus(401); if (req.query.as) token = req.query.as; req.user = «jwtDecode(token)»; next(); };`,
      { messageId: "identity", data: { name: "jwtDecode", line: "2" } },
    ),
    marked(
      guard(
        FOUND_LATER,
        "if (!user || user.blocked.includes(token)) return res.sendStatus(401); res.json(user);",
      ),
      { messageId: "data", data: { name: "jwtDecode", line: "2", what: "the claim sub" } },
    ),
  ],
});
