import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Unverified claims that functions of the program's own are given which keep its data, next to what gives none. */

const READER = 'import { jwtDecode } from "jwt-decode";\n';

const handler = (body: string, loaded = ""): string =>
  `${READER}${loaded}\nexport async function show(req, res) {\n  const claims = «jwtDecode(req.cookies.jwt)»;\n  ${body}\n}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, messageId: string, claim?: string, line = "5"): InvalidCase =>
  marked(code, {
    messageId,
    data: {
      name: "jwtDecode",
      line,
      ...(claim === undefined ? {} : { what: `the claim ${claim}` }),
    },
  });

const QUERIES = 'import { basketOf, noteVisit, logView, forgetSession } from "../model/queries";';

testRule("no-unverified-claims", rule, {
  valid: [
    // Functions that give no data, and those of other modules
    ...[
      "await noteVisit(claims.user_id);",
      "noteVisit(claims.user_id, (done) => done());",
      "const view = await logView(claims.user_id);",
      "const done = await forgetSession(claims.user_id);",
      "const basket = await basketOf(claims.jti);",
    ].map((body) => plain(handler(body, QUERIES))),
    plain(
      handler(
        "const text = await labelOf(claims.sub);",
        'import { labelOf } from "../view/labels";',
      ),
    ),
    plain(
      handler("const text = await labelOf(claims.sub);", 'import { labelOf } from "database";'),
    ),
    plain(
      handler(
        "const claimed = jwt.verify(req.cookies.jwt, key); const basket = await basketOf(claims.user_id);",
        `import jwt from "jsonwebtoken"; ${QUERIES}`,
      ),
    ),
  ],
  invalid: [
    ...[
      "basketOf(claims.user_id, (error, items) => res.json(items));",
      "const items = await basketOf(claims.user_id); res.json(items);",
      "res.json(await basketOf(claims.user_id));",
      "basketOf(claims.user_id).then((items) => res.json(items));",
    ].map((body) => found(handler(body, QUERIES), "data", "user_id")),
    ...["./db/baskets.js", "@/repositories/baskets", "../models"].map((place) =>
      found(
        handler(
          "const items = await baskets.itemsOf(claims.sub); res.json(items);",
          `import * as baskets from "${place}";`,
        ),
        "data",
        "sub",
      ),
    ),
  ],
});

/** A document of Firestore, or a place of the Realtime Database, that the claims choose. */
const document = (body: string, loaded = ""): InvalidCase =>
  found(handler(body, loaded), "data", "user_id", body.includes("\n") ? "6" : "5");

testRule("no-unverified-claims: documents by their paths", rule, {
  valid: [
    ...[
      // What is chosen is written in the code, or no document.
      'const shown = await db.collection("pages").doc("home").get(); show(shown, claims.iat);',
      'const element = document.ref("x").child(claims.jti);',
      "const shown = page.doc(claims.user_id);",
      "const shown = this.$refs.child(claims.user_id);",
      'const label = doc(book, "pages", claims.user_id);',
    ].map((body) => plain(handler(body))),
    plain(
      handler(
        'const label = doc(book, "pages", claims.user_id);',
        'import { doc } from "./paper";',
      ),
    ),
    // The claims stand in a field that is written.
    plain(handler('await db.collection("visits").doc("today").set({ by: claims.user_id });')),
    plain(handler('await db.collection("visits").add({ by: claims.user_id });')),
    plain(
      handler(
        "await setDoc(today, { by: claims.user_id });",
        'import { setDoc } from "firebase/firestore";',
      ),
    ),
    // Names that stand for each other
    plain(handler("await one.doc(claims.user_id).get();", "var one = other; var other = one;")),
  ],
  invalid: [
    document('await admin.firestore().collection("users").doc(claims.user_id).update(req.body);'),
    document('const shown = await getFirestore().collection("users").doc(claims.user_id).get();'),
    document("const shown = await db.doc(`users/${claims.user_id}`).get();"),
    document('const shown = await db.ref("users/" + claims.user_id).once("value");'),
    document('const shown = await getDatabase().ref("users").child(claims.user_id).get();'),
    document(
      'const users = admin.firestore().collection("users");\n  const shown = await users.doc(claims.user_id).get();',
    ),
    document(
      'const shown = await getDoc(doc(db, "users", claims.user_id));',
      'import { doc, getDoc } from "firebase/firestore";',
    ),
    document(
      "const shown = await get(ref(db, `users/${claims.user_id}`));",
      'import { get, ref } from "firebase/database";',
    ),
  ],
});

testRule("no-unverified-claims: people in lists, and new accounts", rule, {
  valid: [
    ...[
      "const plan = plans.find((one) => one.code === claims.plan_code); show(plan);",
      "const others = users.filter((one) => one.orcid !== claims.orcid); show(others);",
      "const shown = users.find((one) => one.locale === claims.locale); show(shown);",
      "const shown = users.map((one) => one.orcid === claims.orcid); show(shown);",
      "const shown = users.find((one) => wanted.orcid === claims.orcid); show(shown);",
      "const shown = users.find((one) => one === claims.orcid); show(shown);",
      "const shown = users.find(({ orcid }) => orcid === req.body.orcid); show(shown, claims.iat);",
      "const shown = users.find((one) => [1].some(() => one.orcid === claims.orcid)); show(shown);",
      "const made = await getAuth().createUser({ email: req.body.email, displayName: claims.name });",
      "const made = await getAuth().createUser({ profile: { email: claims.email } });",
      "const made = await forum.createUser({ email: claims.email });",
      "const made = await getAuth().createGroup({ email: claims.email });",
      "const made = await createUser({ email: claims.email });",
      "await getAuth().verifyIdToken(req.cookies.jwt); const made = await getAuth().createUser({ email: claims.email });",
    ].map((body) => plain(handler(body))),
  ],
  invalid: [
    ...[
      "const known = users.find((one) => one.orcid === claims.orcid); show(known);",
      "const known = this.members.filter((one) => claims.orcid == one.person.orcid); show(known);",
      "const { orcid } = claims; const known = accounts.findLast((one) => { return one.orcid === orcid; }); show(known);",
    ].map((body) => found(handler(body), "data", "orcid")),
    found(
      handler("const known = users.find((one) => one.phone === claims.phone_number); show(known);"),
      "decision",
      "phone_number",
    ),
    ...[
      "const made = await getAuth().createUser({ email: claims.email });",
      "const made = await admin.auth().createUser({ uid: claims.sub, displayName: name });",
      "const made = await getAuth(app).createUser({ phone: claims.phone_number });",
      "const made = await client.auth.admin.createUser({ email: claims.email, email_confirm: true });",
    ].map((body) => found(handler(body), "identity")),
  ],
});

/** A storage of multer, whose callback names the file. */
const storage = (
  body: string,
  rest = "",
  property = "filename",
  maker = "multer.diskStorage",
): string =>
  `const multer = require("multer"); const { jwtDecode } = require("jwt-decode");
const storage = ${maker}({ ${property}: (req, file, done) => {
  const claims = «jwtDecode(req.headers.authorization.slice(7))»;
  ${body}
} });
${rest}
module.exports = multer({ storage });`;

testRule("no-unverified-claims: names of what is written", rule, {
  valid: [
    ...[
      "fs.writeFileSync(`photos/${claims.sub}-${Date.now()}.png`, req.body);",
      "const name = uuid(); fs.writeFileSync(`photos/${claims.sub}/${name}.png`, req.body);",
      "fs.writeFileSync(`photos/${claims.locale}.png`, req.body);",
      "fs.writeFileSync('last.txt', claims.sub);",
      "const photo = await fs.promises.readFile(`photos/${claims.sub}.png`);",
      "await s3.send(new PutObjectCommand({ Key: 'last', Body: claims.sub }));",
      "await s3.send(new GetObjectCommand({ Key: `photos/${claims.sub}` }));",
      "await s3.send(new PutObjectCommand({ Metadata: { Key: claims.sub } }));",
      "await verifyToken(req.cookies.jwt); fs.writeFileSync(`photos/${claims.sub}.png`, req.body);",
    ].map((body) => plain(handler(body))),
    // What a tool of the command line has been given is its own.
    ...[
      "fs.writeFileSync(`cache/${claims.sub}.json`, text);",
      "await s3.upload({ Bucket: B, Key: `cache/${claims.sub}`, Body: text }).promise();",
    ].map((body) => plain(handler(body)).replace("(req, res)", "(text)")),
    ...[
      "done(null, `photo-${Date.now()}`); note(claims.sub);",
      "done(null, claims.sub + file.originalname);",
      "done(claims.sub);",
      "name(null, claims.sub);",
    ].map((body) => plain(storage(body))),
    ...[
      'router.post("/photo", authenticate, multer({ storage }).single("photo"), save);',
      'router.post("/photos", authenticate, upload.array("photo"), save);',
    ].map((rest) => plain(storage("done(null, `${claims.sub}.png`);", rest))),
    plain(storage("done(null, claims.sub);", "", "destination")),
    plain(storage("done(null, claims.sub);", "", "filename", "describe")),
  ],
  invalid: [
    ...[
      "fs.writeFileSync(`photos/${claims.sub}.png`, req.body);",
      'await writeFile("photos/" + claims.user_id, req.body);',
      "const target = path.join(FOLDER, `${claims.sub}.png`); req.pipe(fs.createWriteStream(target));",
      "await fs.promises.writeFile(path.resolve(FOLDER, claims.username), req.body);",
      "await s3.send(new PutObjectCommand({ Bucket: B, Key: `photos/${claims.sub}`, Body: req.body }));",
      "await s3.upload({ Bucket: B, Key: `photos/${claims.profile.id}`, Body: req.body }).promise();",
    ].map((body) => found(handler(body), "identity")),
    ...[
      storage('done(null, "photo-" + claims.data.id + "." + file.mimetype.split("/")[1]);'),
      storage(
        "done(null, `${claims.sub}.png`);",
        'router.post("/photo", multer({ storage }).single("photo"), authenticate);',
      ),
      storage("done(null, `${claims.sub}.png`);", "", "key", "multerS3"),
      storage(
        "done(null, `${claims.sub}.png`);",
        'router.post("/photo", (req, res, next) => next(authenticated), upload.single("photo"));',
      ),
    ].map((code) => found(code, "identity", undefined, "4")),
  ],
});

/** Statements that were prepared: the values come in a call of their own. */
const statement = (body: string, loaded = "", line = "5"): InvalidCase =>
  found(handler(body, loaded), "data", "sub", line);

const OF_USERS = 'const byId = db.prepare("SELECT * FROM users WHERE id = ?");';

testRule("no-unverified-claims: prepared statements", rule, {
  valid: [
    ...[
      // What is bound is no statement, or makes one.
      "const onDone = done.bind(claims.sub); onDone();",
      'const view = views.prepare("user-card").get(claims.sub); show(view);',
      'const plan = db.prepare("SELECT * FROM plans WHERE code = ?").get("free"); show(plan, claims.sub);',
      "const plan = plans.get(claims.sub); show(plan);",
      "let step = step.get(claims.sub); show(step);",
      'db.prepare("SELECT * FROM plans").tag(claims.sub);',
      'const [rows] = await pool.execute("SELECT * FROM plans", { log: { by: claims.sub } }); show(rows);',
      // A list of tokens that nobody may use any more
      'db.prepare("INSERT INTO revoked_tokens (jti, user_id) VALUES (?, ?)").run(claims.jti, claims.sub);',
      'db.prepare("INSERT INTO audit_log (user_id) VALUES (?)").run(claims.sub);',
      'db.prepare("UPDATE last_seen SET at = 1 WHERE user_id = ?").run(claims.sub);',
      'if (db.prepare("SELECT 1 FROM blocked_users WHERE id = ?").get(claims.sub)) return;',
      'await pool.query("INSERT INTO `token_blacklist` (jti, user_id) VALUES (?, ?)", [claims.jti, claims.sub]);',
    ].map((body) => plain(handler(body))),
  ],
  invalid: [
    // better-sqlite3, node:sqlite, D1, Bun, mysql2
    statement('const user = db.prepare("SELECT * FROM users WHERE id = ?").get(claims.sub);'),
    statement('db.prepare("UPDATE users SET seen = 1 WHERE id = :id").run({ id: claims.sub });'),
    statement(
      'const user = await env.DB.prepare("SELECT * FROM users WHERE id = ?1").bind(claims.sub).first();',
    ),
    statement(
      'const { results } = await env.DB.prepare("SELECT * FROM notes WHERE owner = ?").bind(claims.sub).all();',
    ),
    statement(
      "const names = db.prepare(`SELECT name FROM users WHERE id = ?`).pluck().get(claims.sub);",
    ),
    statement('const user = db.query("SELECT * FROM users WHERE id = ?").get(claims.sub);'),
    statement(
      'const query = await pool.prepare("SELECT * FROM users WHERE id = ?"); const rows = await query.execute([claims.sub]);',
    ),
    // Values by their names
    ...["{ id: claims.sub }", "{ replacements: { id: claims.sub } }", "{ bind: [claims.sub] }"].map(
      (given) =>
        statement(`const rows = await db.execute("SELECT * FROM users WHERE id = :id", ${given});`),
    ),
    statement("const user = byId.get(claims.sub);", OF_USERS),
    // What is noted may be read as well.
    statement(
      'const rows = db.prepare("SELECT * FROM audit_log WHERE user_id = ?").all(claims.sub);',
    ),
    // That a row is not revoked is a condition on any.
    statement(
      'const user = db.prepare("SELECT * FROM sessions WHERE user_id = ? AND NOT revoked").get(claims.sub);',
    ),
    statement(
      'const { rows } = await pool.query("SELECT * FROM sessions WHERE user_id = $1 AND revoked_at IS NULL", [claims.sub]);',
    ),
  ],
});
