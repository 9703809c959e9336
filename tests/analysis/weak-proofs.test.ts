import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What looks like a proof of who asks and is none, each next to its twin that is one. */

/** A handler that signs for whom the request names, behind what `asks`. */
const signIn = (asks: string, named = "req.body.email", route = "/login"): string =>
  `import jwt from "jsonwebtoken";
app.post("${route}", async (req, res) => { ${asks} res.json({ token: jwt.sign({ email: ${named} }, key) }); });`;

/** The same for a record that is found by the address. */
const found = (asks: string, email = "req.body.email"): string =>
  `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await User.findOne({ email: ${email} }); ${asks} res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

const NAMED = "«req.body.email»";

const given = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } });

/** In the callback of a verification. */
const verified = (asks: string, named = "req.body.email"): string =>
  `import jwt from "jsonwebtoken";
app.post("/refresh", (req, res) => { jwt.verify(req.body.token, refreshKey, (error, claims) => { ${asks} res.json({ token: jwt.sign({ email: ${named} }, key) }); }); });`;

testRule("no-unverified-claims: verifications of some token", rule, {
  valid: [
    verified("if (error || claims.email !== req.body.email) return res.sendStatus(403);"),
    verified("if (error) return res.sendStatus(403); req.user = claims;"),
    verified("if (error) return res.sendStatus(403); compare(claims, req.body);"),
    verified("if (error) return res.sendStatus(403); const known = Object.values(claims);"),
    verified("if (error) return res.sendStatus(403);", "claims.email"),
    signIn(
      "const claims = jwt.verify(req.body.token, refreshKey); if (claims.sub !== req.body.id) return res.sendStatus(403);",
    ),
    signIn(
      "const { sub } = jwt.verify(req.body.token, refreshKey); if (sub !== req.body.id) return res.sendStatus(403);",
    ),
    signIn(
      "const isHis = jwt.verify(req.body.token, refreshKey).email === req.body.email; if (!isHis) return res.sendStatus(403);",
    ),
    // A key of whom the request names
    signIn("if (!jwt.verify(req.body.token, keyOf(req.body.email))) return res.sendStatus(403);"),
    found("jwt.verify(req.body.token, user.secret);"),
    found(
      "const secret = process.env.KEY + user.password; if (!jwt.verify(req.body.token, secret)) return res.sendStatus(403);",
    ),
  ],
  invalid: [
    ...[
      "if (error) return res.sendStatus(403); else if (!claims) return res.sendStatus(403);",
      "if (error) return res.sendStatus(403); if (claims === undefined) return res.sendStatus(403);",
      "if (error) return res.sendStatus(403); console.log(claims);",
      "if (claims) { seen += 1; } else { return res.sendStatus(403); }",
    ].map((asks) => given(verified(asks, NAMED))),
    ...[
      "const claims = jwt.verify(req.body.token, refreshKey); if (!claims) return res.sendStatus(403);",
      "if (!jwt.verify(req.body.token, refreshKey)) return res.sendStatus(403);",
    ].map((asks) => given(signIn(asks, NAMED))),
  ],
});

testRule("no-unverified-claims: hashes of passwords", rule, {
  valid: [
    ...[
      "const hash = await bcrypt.hash(req.body.password, user.salt); if (hash !== user.hash) return res.sendStatus(401);",
      "if (user.hash !== hashPassword(req.body.password)) return res.sendStatus(401);",
      "if (!(await bcrypt.compare(req.body.password, await bcrypt.hash(user.password, 10)))) return res.sendStatus(401);",
      "await unhash(user);",
    ].map((asks) => found(asks)),
    `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await User.findOne({ email: req.body.email, hash: hashSync(req.body.password) }); res.json(jwt.sign({ id: user.id }, key)); });`,
    `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const hash = hashPassword(req.body.password); const user = await knex("users").where({ email: req.body.email }).andWhere("password", hash).first(); res.json(jwt.sign({ id: user.id }, key)); });`,
    `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const hash = hashPassword(req.body.password); const user = await getUser(req.body.email, hash); res.json(jwt.sign({ id: user.id }, key)); });`,
    `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await enter(req.body.email, await bcrypt.hash(req.body.password, SALT)); res.json(jwt.sign({ email: req.body.email }, key)); });`,
  ],
  invalid: [
    ...[
      "if (!user) { user = new User({ email: req.body.email, password: await bcrypt.hash('by-google', 12) }); await user.save(); }",
      "if (!user) { const salt = await bcrypt.genSalt(10); user = await User.create({ email: req.body.email, password: await hashPassword(makeText, salt) }); }",
      "if (!user) { user = await User.create({ email: req.body.email, password: bcrypt.hashSync('none', bcrypt.genSaltSync(8)) }); }",
    ].map((asks) => given(found(asks, NAMED).replace("const user =", "let user ="))),
  ],
});

const MATCHES = "await bcrypt.compare(req.body.password, user.passwordHash)";
const REFUSE = "return res.sendStatus(401);";

testRule("no-unverified-claims: proofs that a record may leave out", rule, {
  valid: [
    `if (user.passwordHash) { if (!(${MATCHES})) ${REFUSE} } else { ${REFUSE} }`,
    `if (!user.passwordHash) ${REFUSE} if (user.passwordHash) { if (!(${MATCHES})) ${REFUSE} }`,
    `if (user === null || user.passwordHash == null) ${REFUSE} if (user.passwordHash && !(${MATCHES})) ${REFUSE}`,
    `let isHis = false; if (user.passwordHash) { isHis = ${MATCHES}; } if (!isHis) ${REFUSE}`,
    `const isHis = user.passwordHash && (${MATCHES}); if (!isHis) ${REFUSE}`,
    `if (!(user.passwordHash && (${MATCHES}))) ${REFUSE}`,
    `if (!user.passwordHash || !(${MATCHES})) ${REFUSE}`,
    // Somebody who is active is told apart by something else.
    `if (user.active) { if (!(${MATCHES})) ${REFUSE} }`,
    `if (site.passwordHash) { if (!(${MATCHES})) ${REFUSE} }`,
    `if (user.passport) { if (!(${MATCHES})) ${REFUSE} }`,
    // Another proof beside it
    `if (user.passwordHash) { if (!(${MATCHES})) ${REFUSE} } await codes.consume(req.body.code);`,
  ].map((asks) => found(asks)),
  invalid: [
    `if (user.passwordHash) { if (!(${MATCHES})) ${REFUSE} }`,
    `if (user.passwordHash) { const isHis = ${MATCHES}; if (!isHis) ${REFUSE} }`,
    `if (user && user.passwordHash) { const isHis = ${MATCHES}; if (!isHis) { ${REFUSE} } }`,
    `if (user.passwordHash && !(${MATCHES})) ${REFUSE}`,
  ].map((asks) => given(found(asks, NAMED))),
});

const IS_HIS = "user.matches(req.body.password)";
const GIVES = "return res.json({ token: jwt.sign({ id: user.id }, key) });";

/** A handler that gives the token in a branch. */
const branched = (test: string, email = "req.body.email"): string =>
  `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await User.findOne({ email: ${email} }); if (${test}) { ${GIVES} } res.sendStatus(401); });`;

testRule("no-unverified-claims: proofs that are never asked for", rule, {
  valid: [
    `!!user && ${IS_HIS}`,
    `user && ${IS_HIS}`,
    `user?.isOpen || ${IS_HIS}`,
    `fresh || ${IS_HIS}`,
    `!user || ${IS_HIS}`,
  ].map((test) => branched(test)),
  invalid: [
    ...[`!!user || ${IS_HIS}`, `user || ${IS_HIS}`, `(user) || ((${IS_HIS}) && user)`].map((test) =>
      given(branched(test, NAMED)),
    ),
    given(found(`if (!user && !${IS_HIS}) return res.sendStatus(401);`, NAMED)),
  ],
});

const written = (code: string): InvalidCase =>
  marked(code, { messageId: "writtenProof", data: { name: "jwt.sign" } });

testRule("no-unverified-claims: proofs that are written in the code", rule, {
  valid: [
    ...[
      "if (req.body.otp !== process.env.OTP) return res.sendStatus(401);",
      "const OTP = process.env.OTP ?? '123456'; if (req.body.otp !== OTP) return res.sendStatus(401);",
      "if (req.body.otp !== user.otp) return res.sendStatus(401);",
      "if (req.body.otp !== '123456' && req.body.otp !== user.otp) return res.sendStatus(401);",
      "if (req.body.otp !== '123456' && !(await codes.consume(req.body.otp))) return res.sendStatus(401);",
      "if (process.env.NODE_ENV !== 'development' || req.body.otp !== '123456') return res.sendStatus(401);",
      "if (req.body.otp !== codeOf(user)) return res.sendStatus(401);",
      "if (settings.mode !== 'open') return res.sendStatus(401);",
    ].map((asks) => found(asks)),
  ],
  invalid: [
    ...[
      "if (req.body.otp !== '123456') return res.sendStatus(401);",
      "if (req.body.password !== 'hunter2') return res.sendStatus(401);",
      "if (req.body.pin !== 1234) return res.sendStatus(401);",
      "if (req.body.email === '' || req.body.otp !== '123456') return res.sendStatus(401);",
      "if (String(req.body.otp).trim() !== '123456') return res.sendStatus(401);",
      "const OTP = '123456'; if (OTP !== req.body.otp) return res.sendStatus(401);",
      "if (!req.body.otp || req.body.otp !== '123456') { console.log('no'); return res.sendStatus(401); }",
    ].map((asks) => written(found(asks, NAMED))),
    written(signIn("if (req.body.captchaAnswer !== '7') return res.sendStatus(401);", NAMED)),
  ],
});

/** A handler that has found the user by something the server keeps, and compares a password. */
const comparing = (asks: string, from = "bcrypt"): string =>
  `import bcrypt from "${from}"; import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await load(req); ${asks} ${GIVES} });`;

/** The same with a callback that signs. */
const calledBack = (parameters: string, asks: string): string =>
  `import bcrypt from "bcryptjs"; import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await load(req); bcrypt.compare(req.body.password, user.hash, (${parameters}) => { ${asks} ${GIVES} }); });`;

const COMPARE = "bcrypt.compare(req.body.password, user.hash)";

const unread = (code: string, name = "bcrypt.compare"): InvalidCase =>
  marked(code, { messageId: "unreadProof", data: { name, signedBy: "jwt.sign" } });

const markedCall = (code: string): string =>
  code.replace(/bcrypt\.compare\(.*\}\)(?=; \}\);$)/u, (call) => `«${call}»`);

testRule("no-unverified-claims: comparisons whose answer nobody looks at", rule, {
  valid: [
    `const isHis = await ${COMPARE}; if (!isHis) ${REFUSE}`,
    `const isHis = await ${COMPARE}; console.log(isHis); if (!isHis) ${REFUSE}`,
    `if (!(await ${COMPARE})) ${REFUSE}`,
    // More than a line in the log, or something else where it is right
    `const isHis = await ${COMPARE}; if (!isHis) { console.log("no"); ${REFUSE} }`,
    `const isHis = await ${COMPARE}; if (!isHis) console.log("no"); else await greet(user); if (!user.isGreeted) ${REFUSE}`,
    `const isHis = await ${COMPARE}; if (!isHis || user.isGone) console.log("no");`,
    `await ${COMPARE}.then((isHis) => { if (!isHis) throw new Error("no"); });`,
    `assert(await ${COMPARE});`,
    // For a name that nobody has it takes as long.
    `if (!user) { await bcrypt.compare(req.body.password, hashOf("nobody")); ${REFUSE} }`,
    "await bcrypt.compare(req.body.password, DUMMY_HASH); await check(user, req.body.password);",
    "await bcrypt.compare('-', user.hash); await check(user, req.body.password);",
    `await bcrypt.compare(req.body.password, spare); if (!(await ${COMPARE})) ${REFUSE}`,
    // What is called with the answer stands elsewhere.
    "await bcrypt.compare(req.body.password, user.hash, answer);",
    "bcrypt.compare(req.body.password, user.hash, (...given) => answer(given));",
    "bcrypt.compare(req.body.password, user.hash, () => log());",
  ]
    .map((asks) => comparing(asks))
    .concat([
      comparing(`await ${COMPARE};`, "./own-bcrypt.js"),
      `import bcrypt from "bcrypt"; import jwt from "jsonwebtoken";
export async function change(user, password) { const token = jwt.sign({ id: user.id }, key); await bcrypt.compare(password, user.hash); return token; }`,
      `import bcrypt from "bcrypt"; import jwt from "jsonwebtoken";
export async function change(user, password) { await bcrypt.compare(password, user.hash); }
export const issue = (user) => jwt.sign({ id: user.id }, key);`,
      calledBack("error, isHis", `if (error || !isHis) ${REFUSE}`),
      calledBack("error, isHis", `console.log(isHis); if (!isHis) ${REFUSE}`),
      calledBack("...answer", `if (!answer[1]) ${REFUSE}`),
      calledBack("error, { length }", `if (length) ${REFUSE}`),
    ]),
  invalid: [
    ...[
      `await «${COMPARE}»;`,
      `«${COMPARE}»;`,
      `const isHis = await «${COMPARE}»;`,
      `const isHis = await «${COMPARE}»; console.log("right", isHis);`,
      `const isHis = await «${COMPARE}»; if (!isHis) console.log("wrong");`,
      `const isHis = await «${COMPARE}»; if (isHis) { console.log("right"); }`,
      `try { await «${COMPARE}»; } catch { ${REFUSE} }`,
    ].map((asks) => unread(comparing(asks))),
    unread(
      comparing("await «bcrypt.verify(user.hash, req.body.password)»;", "argon2"),
      "bcrypt.verify",
    ),
    unread(comparing("«bcrypt.compareSync(req.body.password, user.hash)»;"), "bcrypt.compareSync"),
    ...[
      calledBack("error, isHis", `if (error) ${REFUSE}`),
      calledBack("error", `if (error) ${REFUSE}`),
      calledBack("error, isHis", "console.log(isHis);"),
    ].map((code) => unread(markedCall(code))),
  ],
});

/** A handler that signs for an entry of a list, or for the name that was asked for. */
const listed = (chooses: string, signs = "{ id: member.id }"): string =>
  `import jwt from "jsonwebtoken"; const members = [{ id: 1, name: "a" }];
app.post("/login", async (req, res) => { const member = ${chooses}; if (!member) return res.sendStatus(404); res.json({ token: jwt.sign(${signs}, key) }); });`;

testRule("no-unverified-claims: entries of lists, and whether there is one", rule, {
  valid: [
    "members.find((one) => one.name === req.body.name && one.password === req.body.password)",
    "members.find(({ name, password }) => name === req.body.name && password === req.body.password)",
    "members.find((one) => one.name === req.body.name && one.until > Date.now())",
    "members.filter((one) => one.name === req.body.name && one.password === req.body.password)[0]",
    "members.find((one) => one.key === req.body.key)",
    "members.find((one) => one.login.code === req.body.code)",
    "members.find((one) => one.code.name === req.body.code)",
    "members.find((one) => one.name !== req.body.name)",
    "members.find((one) => one.name === nameOf(req))",
    "members.find((one) => one.name.slice(3) === req.body.name)",
    "members.find((one) => other.name === req.body.name)",
    "members.find((one) => { log(one); return one.name === req.body.name; })",
    "members.find(byName(req.body.name))",
    "members.find((one) => one.name === req.body.name, check)",
    "members.search((one) => one.name === req.body.name)",
    // Lists of who has been let in, or has a secret
    "loggedIn.find((one) => one.name === req.body.name)",
    "sessions.find((one) => one.id === req.body.id)",
    "codes.find((one) => one.name === req.body.name)",
    "await cache.exists({ name: req.body.name })",
    "await Session.exists({ id: req.body.id })",
    "await Member.exists({ name: req.body.name, password: req.body.password })",
  ]
    .map((chooses) =>
      listed(chooses, chooses.includes("exists") ? "{ name: req.body.name }" : undefined),
    )
    .concat([
      listed(
        "members.filter((one) => one.name === req.body.name && one.pin === req.body.pin)[0]",
        "{ name: req.body.name }",
      ),
      `import jwt from "jsonwebtoken";
app.post("/signup", (req, res) => { if (members.some((one) => one.name === req.body.name)) return res.sendStatus(409); members.push({ name: req.body.name }); res.json(jwt.sign({ name: req.body.name }, key)); });`,
      `import jwt from "jsonwebtoken";
app.post("/signup", async (req, res) => { if (await Member.exists({ name: req.body.name })) return res.sendStatus(409); await save(req.body.name); res.json(jwt.sign({ name: req.body.name }, key)); });`,
      `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const member = members.find((one) => one.name === req.body.name); if (!(await compare(req.body.password, member.hash))) return res.sendStatus(401); res.json(jwt.sign({ id: member.id }, key)); });`,
      `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const member = members.find((one) => one.name === req.body.name); if (member.password !== req.body.password) return res.sendStatus(401); res.json(jwt.sign({ id: member.id }, key)); });`,
    ]),
  invalid: [
    ...[
      "members.find((one) => one.name === «req.body.name»)",
      "members.find((one) => «req.body.name» === one.name)",
      "members.find((one) => one.name == «req.body.name»)",
      "members.find((one) => { return one.name === «req.body.name»; })",
      "members.find(function (one) { return one.name === «req.body.name»; })",
      "members.find(({ name }) => name === «req.body.name»)",
      "members.find((one) => one.email.toLowerCase() === «req.body.email.trim()»)",
      "members.find((one) => one.email === «req.body.email» || one.name === req.body.name)",
      "members.filter((one) => one.name === «req.body.name»)[0]",
    ].map((chooses) => given(listed(chooses))),
    ...[
      "await Member.exists({ name: req.body.name })",
      "await Member.countDocuments({ name: req.body.name })",
      "await prisma.member.count({ where: { name: req.body.name } })",
      "await memberRepository.exists({ where: { name: req.body.name } })",
      "members.some((one) => one.name === req.body.name)",
    ].map((chooses) => given(listed(chooses, "{ name: «req.body.name» }"))),
    // What tells a builder what to sign asks for nothing, and makes nobody.
    given(
      `import njwt from "njwt"; const members = [];
app.post("/login", (req, res) => { const member = members.find((one) => one.name === «req.body.name»); const token = njwt.create({ sub: member.id }, key); token.setExpiration(soon); res.json(token.compact()); });`,
      "token.compact",
    ),
    given(
      `import njwt from "njwt"; const members = []; const issue = (name) => { const member = members.find((one) => one.name === name); last = njwt.create({ sub: member.id }, key).compact(); };
app.post("/login", (req, res) => { issue(«req.body.name»); res.redirect("/home"); });`,
      "compact",
    ),
  ],
});

const assigned = (chooses: string): InvalidCase =>
  marked(listed(chooses, "{ name: req.body.name }").replace("if (!member)", `if (!(${MATCHES}))`), {
    messageId: "assignedChoice",
    data: { signedBy: "jwt.sign" },
  });

testRule("no-unverified-claims: choices that assign", rule, {
  valid: [
    ...[
      "members.find((one) => (one.seen = true))",
      "members.find((one) => (one.seenBy = req.body.name))",
      "members.find((one) => (one.name = given))",
      "members.find((one) => (other.name = req.body.name))",
      "members.find((one) => (one.name ??= req.body.name))",
      "members.forEach((one) => (one.name = req.body.name))",
      "members.find(byName)",
    ].map((chooses) =>
      listed(chooses, "{ name: req.body.name }").replace("if (!member)", `if (!(${MATCHES}))`),
    ),
    `import jwt from "jsonwebtoken";
export const issue = (name) => jwt.sign({ name }, key);
app.post("/rename", (req, res) => { members.find((one) => (one.name = req.body.name)); res.end(); });`,
    `import jwt from "jsonwebtoken";
app.post("/rename", (req, res) => { check(req); const token = jwt.sign({ name: req.body.name }, key); members.find((one) => (one.name = req.body.name)); res.json(token); });`,
  ],
  invalid: [
    "members.find((one) => («one.name = req.body.name»))",
    "members.find(function (one) { return «one.name = req.body.name»; })",
    "members.find((one) => («one.name = req.body.name») && one.isOpen)",
    "members.filter((one) => («one.email = req.body.email»))[0]",
  ].map((chooses) => assigned(chooses)),
});

/** A sign-in that asks for what `test` says. */
const openedBy = (test: string, more = ""): string =>
  `import jwt from "jsonwebtoken"; const ENTRY = "hunter2";
app.post("/login", async (req, res) => { const { email, password } = req.body; ${more} if (${test}) { return res.json({ token: jwt.sign({ sub: "admin" }, key) }); } return res.sendStatus(401); });`;

const inCode = (code: string): InvalidCase =>
  marked(code, { messageId: "writtenPassword", data: { signedBy: "jwt.sign" } });

const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");

const REFUSES_OTHERS = `if (password !== «"hunter2"») ${REFUSE}`;

testRule("no-unverified-claims: passwords in the code", rule, {
  valid: [
    ...[
      'email === "admin" && password === process.env.PASSWORD',
      'email === "admin" && password === (process.env.PASSWORD || "hunter2")',
      'email === "admin" && password === config.password',
      'email === "admin" && password === ""',
      'email === "admin" && password !== "hunter2"',
      'email === "admin" || password === "hunter2"',
      'email === "admin" && password > "hunter2"',
      'req.body.grant_type === "password"',
      'req.body.passwordKind === "text"',
      'typeof password === "string" && email === "admin"',
      // Something else is asked as well.
      'password === "hunter2" && (await isRightCode(req.body.code))',
      'password === "hunter2" && req.headers.authorization',
      'settings.password === "hunter2" && email === "admin"',
    ].map((test) => openedBy(test)),
    openedBy(
      'password === "hunter2"',
      'if (process.env.NODE_ENV !== "development") return res.end();',
    ),
    openedBy('password === ""', `if (password > "m") ${REFUSE}`),
    { code: openedBy('password === "hunter2"'), filename: "mocks/login.js" },
    `import jwt from "jsonwebtoken";
export const issue = (user) => jwt.sign({ sub: user.id }, key);
app.post("/login", (req, res) => { if (req.body.password === "hunter2") return res.redirect("/in"); res.sendStatus(401); });`,
  ],
  invalid: [
    ...[
      'email === "admin" && password === «"hunter2"»',
      'email === "admin" && «"hunter2"» === password',
      "email === 'admin' && password == «ENTRY»",
      'req.body.pin === «"4711"»',
      'req.body.client_secret === «"hunter2"»',
    ].map((test) => inCode(openedBy(test))),
    inCode(
      `import jwt from "jsonwebtoken";
app.post("/login", (req, res) => { const { password } = req.body; ${REFUSES_OTHERS} res.json({ token: jwt.sign({ sub: "admin" }, key) }); });`,
    ),
    // What is known to ask for nothing
    ...[
      'await db.query("SELECT * FROM users WHERE email = ?", [email]);',
      "await trackVisit(email);",
    ].map((more) => inCode(openedBy('email === "admin" && password === «"hunter2"»', more))),
    // Where nobody else can be named
    inCode(
      found(
        `if (req.body.email !== "root@example.org" || req.body.password !== «"hunter2"») ${REFUSE}`,
      ),
    ),
    inCode(
      `import jwt from "jsonwebtoken"; const ONLY = { email: "root@example.org", password: "hunter2" };
app.post("/login", (req, res) => { if (ONLY.email !== req.body.email || «ONLY.password» !== req.body.password) return res.sendStatus(401); res.json({ token: jwt.sign({ email: req.body.email }, key) }); });`,
    ),
    inCode(
      `import jwt from "jsonwebtoken";
app.post("/login", (req, res) => { const { header, payload } = req.body; if (payload.login === "root" && payload.password === «"hunter2"») res.json({ token: jwt.sign({ header, payload }, key) }); });`,
    ),
    inCode(
      `import jwt from "jsonwebtoken";
app.post("/login", (req, res) => { const { username, password } = req.body; if (username === "admin" && password === «"hunter2"») { return res.json({ token: jwt.sign({ username }, key) }); } res.sendStatus(401); });`,
    ),
    // Whom the request names is said instead.
    marked(
      `import jwt from "jsonwebtoken";
app.post("/login", (req, res) => { const { email, password } = req.body; ${unmarked(REFUSES_OTHERS)} res.json({ token: jwt.sign({ email: «email» }, key) }); });`,
      { messageId: "writtenProof", data: { name: "jwt.sign" } },
    ),
  ],
});
