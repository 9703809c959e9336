import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import type { InvalidCase } from "../kit/test-rule.ts";
import { testRule } from "../kit/test-rule.ts";

/** Look-ups by what the request names, each next to one that may be a proof. */

const NAME = "«req.body.username»";

const signIn = (asked: string, claims = "{ sub: found.id }"): string =>
  `import jwt from "jsonwebtoken"; app.post("/login", async (req, res) => { ${asked} if (!found) return res.sendStatus(404); res.json({ token: jwt.sign(${claims}, process.env.KEY) }); });`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** What is looked up is only asked whether it is there. */
const known = (look: string): string => signIn(`const found = ${look};`, `{ sub: ${NAME} }`);

const BODY = "{ sub: «given.username» }";

testRule("no-unverified-claims: look-ups by what is asked", rule, {
  valid: [
    // A statement in an object asks for a proof as well, or for nobody.
    signIn(
      "const [found] = await db.query({ text: 'SELECT * FROM users WHERE name = $1 AND code = $2', values: [req.body.username, req.body.code] });",
    ),
    signIn(
      "const [found] = await db.query({ text: 'SELECT * FROM invites WHERE secret = $1', values: [req.body.secret] });",
    ),
    signIn("const [found] = await db.query({ text, values: [req.body.username] });"),
    // A link that is used once, in another table of the statement
    ...[
      "SELECT u.id FROM users u JOIN login_links l ON l.user_id = u.id WHERE l.id = ?",
      "SELECT id FROM users WHERE id = (SELECT user_id FROM login_links WHERE id = ?)",
    ].map((text) => signIn(`const [found] = await db.query("${text}", [req.body.id]);`)),
    // More is added to the object than it begins with.
    ...["query.text += ' AND pin = $2';", "query.values.push(req.body.pin);"].map((adds) =>
      signIn(
        `const query = { text: 'SELECT * FROM users WHERE name = $1', values: [req.body.username] }; ${adds} const [found] = await db.query(query);`,
      ),
    ),
    signIn(
      "const [found] = await db.query({ text: 'SELECT * FROM users WHERE name = $1', values: known });",
    ),
    // That there is such a key may be a proof.
    known("await redis.get(`verified:${req.body.username}`)"),
    known("await redis.get(`user:session:${req.body.username}`)"),
    known("await env.SESSIONS.get(req.body.username)"),
    known("await env.ACCOUNTS.get('account:' + req.body.username + req.body.pin)"),
    known("await env.ACCOUNTS.get(req.body.ticket)"),
    known("await env.ACCOUNTS.get(req.body.username, req.body.pin)"),
    known("users.take(req.body.username)"),
    known("await redis.get(req.body.username)"),
    known("await open().users.get(req.body.username)"),
    // What is found is compared with what is sent.
    signIn(
      `const found = await env.ACCOUNTS.get(req.body.username); if (found !== req.body.answer) return res.sendStatus(401);`,
      "{ sub: req.body.username }",
    ),
    // The body may be something else.
    signIn(
      "let given = verified(req); if (req.body.on) { given = req.body; } const found = true;",
      BODY,
    ),
    signIn(
      "let given; if (req.session.user) { given = req.session.user; } else { given = req.body; } const found = true;",
      BODY,
    ),
  ].map(plain),
  invalid: [
    signIn(
      "const [found] = await db.query({ text: 'SELECT * FROM users WHERE name = $1', values: [«req.body.username»] });",
    ),
    signIn(
      "const [found] = await db.query({ sql: 'SELECT * FROM users WHERE name = ?', values: [«req.body.username»] });",
    ),
    signIn(
      "const asked = { sql: 'SELECT * FROM users WHERE name = ?', args: [«req.body.username»] }; const { rows } = await db.execute(asked); const found = rows[0];",
    ),
    known("await redis.get(`user:${req.body.username}`)"),
    known("await env.ACCOUNTS.get('account' + req.body.username)"),
    known("await env.ACCOUNTS.get(req.body.username, 'json')"),
    known("users.get(req.body.username)"),
    known("await redis.hgetall(`users:${req.body.username}`)"),
    signIn(
      "let given; if (req.get('content-type') === undefined) { return res.sendStatus(400); } else { given = req.body; } const found = true;",
      BODY,
    ),
    signIn("let given; given = req.body; const found = true;", BODY),
  ].map(given),
});
