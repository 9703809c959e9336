import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Proofs that do not lie on every way to the signature, each next to its twin that does. */

/** A handler that signs for whom the request names, behind what `asks`. */
const signIn = (asks: string, named = "req.body.email", before = ""): string =>
  `import jwt from "jsonwebtoken"; ${before}
app.post("/login", async (req, res) => { ${asks} res.json({ token: jwt.sign({ email: ${named} }, key) }); });`;

const NAMED = "«req.body.email»";

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const REFUSE = "return res.sendStatus(401);";
const WRONG = "req.body.gate !== process.env.GATE_WORD";
const UNEQUAL = "!isSame(req.body.gate, process.env.GATE_WORD)";

testRule("no-unverified-claims: proofs that are asked where a setting is made", rule, {
  valid: [
    ...[
      `if (process.env.NODE_ENV !== "test") { if (${WRONG}) ${REFUSE} }`,
      `if (isProduction) { if (${WRONG}) ${REFUSE} }`,
      `if (process.env.PRODUCTION) { if (${WRONG}) ${REFUSE} }`,
      `if (process.env.GATE_WORD) { if (${WRONG}) ${REFUSE} } else { if (!(await isHis(req.body))) ${REFUSE} }`,
      `if (process.env.GATE_WORD) { if (${WRONG}) ${REFUSE} } else { ${REFUSE} }`,
      `if (!process.env.GATE_WORD) ${REFUSE} if (process.env.GATE_WORD && ${WRONG}) ${REFUSE}`,
      `if (!process.env.GATE_WORD || ${WRONG}) ${REFUSE}`,
      `if (process.env.GATE_WORD && ${WRONG}) ${REFUSE} if (!(await isHis(req.body))) ${REFUSE}`,
      `let isHis = false; if (process.env.GATE_WORD) { isHis = req.body.gate === process.env.GATE_WORD; } if (!isHis) ${REFUSE}`,
      // The proof is another one than the setting says.
      `if (process.env.GATE_WORD) { if (!(await isHis(req.body))) ${REFUSE} }`,
      // What is set by default, or may be
      `const word = process.env.GATE_WORD ?? "open"; if (word) { if (req.body.gate !== word) ${REFUSE} }`,
      `const word = isOpen ? process.env.GATE_WORD : process.env.OTHER_WORD; if (word) { if (req.body.gate !== word) ${REFUSE} }`,
      `if (settings.gate) { if (req.body.gate !== settings.gate) ${REFUSE} }`,
    ].map((asks) => signIn(asks)),
    signIn(
      `if (env.GATE_WORD && req.body.gate !== env.GATE_WORD) ${REFUSE}`,
      undefined,
      'import { cleanEnv, str } from "envalid"; const env = cleanEnv(process.env, { GATE_WORD: str() });',
    ),
    ...[
      `if (!process.env.GATE_WORD) throw new Error("GATE_WORD is missing");`,
      `if (process.env.GATE_WORD === undefined) process.exit(1);`,
      `if (process.env.GATE_WORD === "") process.exit(1);`,
      `requireSettings(["GATE_WORD"]);`,
      `process.env.GATE_WORD ??= randomUUID();`,
    ].map((before) =>
      signIn(`if (process.env.GATE_WORD) { if (${WRONG}) ${REFUSE} }`, undefined, before),
    ),
    signIn(
      `if (word) { if (req.body.gate !== word) ${REFUSE} }`,
      undefined,
      `const word = process.env.GATE_WORD; if (!word) throw new Error("no word");`,
    ),
    `import jwt from "jsonwebtoken";
app.post("/login", (req, res) => { if (process.env.GATE_WORD) { if (${WRONG}) ${REFUSE} res.json(jwt.sign({ email: req.body.email }, key)); } });`,
  ],
  invalid: [
    ...[
      `if (process.env.GATE_WORD) { if (${WRONG}) ${REFUSE} }`,
      `if (process.env.GATE_WORD && process.env.GATE_WORD.length > 0) { if (${WRONG}) ${REFUSE} }`,
      `if (process.env.GATE_WORD) { const isHis = isSame(req.body.gate, process.env.GATE_WORD); if (!isHis) ${REFUSE} }`,
      `if (process.env.GATE_WORD && ${WRONG}) ${REFUSE}`,
      `if (process.env.GATE_WORD && ${UNEQUAL}) ${REFUSE}`,
      `const word = process.env.GATE_WORD; if (word) { if (req.body.gate !== word) ${REFUSE} }`,
      `const { GATE_WORD } = process.env; if (GATE_WORD && req.body.gate !== GATE_WORD) ${REFUSE}`,
    ].map((asks) => given(signIn(asks, NAMED))),
  ],
});

/** The same of Koa, whose answer is what was said last. */
const inKoa = (asks: string, named = "ctx.request.body.email"): string =>
  `import jwt from "jsonwebtoken";
router.post("/login", async (ctx) => { const user = await User.findOne({ email: ${named} }); ${asks} ctx.body = { token: jwt.sign({ id: user.id }, key) }; });`;

const KOA = "«ctx.request.body.email»";
const OTHER = "ctx.request.body.password !== user.password";
const IS_HIS = "await bcrypt.compare(ctx.request.body.password, user.hash)";

const RECOVERED = "const recovered = ethers.verifyMessage(user.nonce, ctx.request.body.signature);";

testRule("no-unverified-claims: refusals that end nothing", rule, {
  valid: [
    ...[
      `if (${OTHER}) { ctx.status = 401; return; }`,
      `if (${OTHER}) return (ctx.body = "wrong");`,
      `if (${OTHER}) ctx.throw(401);`,
      `if (${OTHER}) throw new Error("wrong");`,
      `if (${OTHER}) { ctx.status = 401; refuse(ctx); }`,
      `if (${OTHER}) { ctx.status = 401; } else { await greet(user); } if (ctx.status === 401) return;`,
      `if (${OTHER}) { ctx.state.isRefused = true; } if (ctx.state.isRefused) return;`,
      `if (${OTHER}) {}`,
      `if (${OTHER}) console.log("wrong");`,
      `const isHis = ${IS_HIS}; if (!isHis) { ctx.status = 401; } if (!isHis) return;`,
      `const isHis = ${IS_HIS}; if (!isHis) { ctx.status = 401; } await greet(isHis);`,
      `let isHis = ${IS_HIS}; if (!isHis) { ctx.status = 401; } isHis = false;`,
      `const { isHis } = await proofOf(ctx); if (!isHis) { ctx.status = 401; }`,
      `if (${OTHER}) { ctx.body = "wrong"; } else if (user.isGone) { return; }`,
      // What is recovered from a signature, and compared
      `${RECOVERED} if (recovered.toLowerCase() !== user.address) { ctx.status = 401; return; }`,
      `${RECOVERED} if (recovered !== user.address) { ctx.status = 401; } assertSame(recovered, user.address);`,
      `${RECOVERED} if (isOther(recovered, user.address)) { ctx.status = 401; }`,
      `${RECOVERED} if (recovered.differsFrom(user.address)) { ctx.status = 401; }`,
      `${RECOVERED} const isHis = recovered === user.address; if (!isHis) { ctx.status = 401; } if (isHis) await greet(user);`,
      `${RECOVERED} if (recovered !== user.address) { ctx.status = 401; } else await greet(user);`,
      `${RECOVERED} const other = { recovered }; if (other.recovered !== user.address) { ctx.status = 401; }`,
      `${RECOVERED} const text = recovered.trim(); const lower = text.toLowerCase(); if (lower !== user.address) { ctx.status = 401; }`,
      `const entry = await Code.findOne({ email: user.email }); if (entry.code !== ctx.request.body.code) { ctx.status = 401; } await entry.redeem();`,
      `const entry = await Code.findOne({ email: user.email }); if (entry.code !== ctx.request.body.code) { ctx.status = 401; } const isOpen = await entry.open(); if (!isOpen) return;`,
      `if (${OTHER}) { ctx.status = 401; } await accounts.refreshSession(user.id);`,
      `if (${OTHER}) { ctx.status = 401; } await accounts.renewNonce(user.id, ctx.request.body.signature);`,
      `if (${OTHER}) { ctx.status = 401; } if (!(await accounts.renewNonce(user.id))) return;`,
    ].map((asks) => inKoa(asks)),
    `import jwt from "jsonwebtoken";
router.post("/login", async (ctx) => { const user = await User.findOne({ email: ctx.request.body.email }); if (${OTHER}) { ctx.body = "wrong"; } else { ctx.body = jwt.sign({ id: user.id }, key); } });`,
    `import jwt from "jsonwebtoken";
router.post("/login", async (ctx) => { const user = await User.findOne({ email: ctx.request.body.email }); const token = jwt.sign({ id: user.id }, key); if (${OTHER}) { ctx.body = "wrong"; } else { ctx.body = token; } });`,
    // Express sends the first answer, and no second one.
    ...[
      'res.json({ error: "wrong" });',
      "res.sendStatus(401);",
      "res.status(401).json({});",
      "res.status(401).end();",
    ].map((answer) => signIn(`if (req.body.password !== process.env.WORD) { ${answer} }`)),
    // The token is given in the branch.
    `import jwt from "jsonwebtoken";
router.post("/login", async (ctx) => { const user = await User.findOne({ email: ctx.request.body.email }); const token = jwt.sign({ id: user.id }, key); if (ctx.request.body.password === user.password) { ctx.body = token; } });`,
  ],
  invalid: [
    ...[
      `if (${OTHER}) { ctx.status = 401; ctx.body = { error: "wrong" }; }`,
      `if (${OTHER}) ctx.response.status = 401;`,
      `if (!user || ${OTHER}) { console.log("wrong"); ctx.body = "wrong"; }`,
      `if (!(${IS_HIS})) { ctx.status = 401; }`,
      `const isHis = ${IS_HIS}; if (!isHis) { ctx.status = 401; }`,
      `if (user) { if (${OTHER}) { ctx.status = 401; } }`,
      `${RECOVERED} if (recovered.toLowerCase() !== user.address) { ctx.status = 401; }`,
      `${RECOVERED} const isHis = recovered.toLowerCase() === user.address; if (!isHis) { ctx.status = 401; }`,
      `const entry = await Code.findOne({ email: user.email }); if (entry.code !== ctx.request.body.code) { ctx.status = 401; } await entry.save();`,
      `if (${OTHER}) { ctx.status = 401; } await accounts.renewNonce(user.id);`,
    ].map((asks) => given(inKoa(asks, KOA))),
    given(signIn("if (req.body.password !== process.env.WORD) { res.status(401); }", NAMED)),
    // A function of the file recovers who has signed, and compares.
    given(
      `import jwt from "jsonwebtoken"; import { recoverPersonalSignature } from "eth-sig-util";
const isSigned = (address, data, signature) => recoverPersonalSignature({ data, signature }).toLowerCase() === address.toLowerCase();
app.post("/login", async (req, res) => { const account = await accounts.findOne({ address: «req.body.address» }); const isHis = isSigned(req.body.address, account.nonce, req.body.signature); if (!isHis) res.status(401); await accounts.renewNonce(req.body.address); res.json(jwt.sign({ id: account.id }, key)); });`,
    ),
    given(
      `import jwt from "jsonwebtoken";
export async function login(c) { const { email, password } = await c.req.json(); if (password !== process.env.WORD) { c.json({ error: "wrong" }, 401); } return c.json({ token: jwt.sign({ email: «email» }, key) }); }`,
    ),
    given(
      `import jwt from "jsonwebtoken"; import { NextResponse } from "next/server";
export async function login(request) { const { email, password } = await request.json(); if (password !== process.env.WORD) { NextResponse.json({ error: "wrong" }); } return NextResponse.json({ token: jwt.sign({ email: «email» }, key) }); }`,
    ),
  ],
});

const ASK_FOR = "const { email, password } = req.body; const login = req.body.email;";

testRule("no-unverified-claims: proofs that are told the same again", rule, {
  valid: [
    "await findAccount(email, password)",
    "await entered(email, req.query.email)",
    "await findAccount(email, login, password)",
    "await findAccount(email, emailOf(account))",
    "await entered(password, password)",
    "await entered(email)",
    "await entered()",
    "await isVerified(email, login)",
    "await sessions.get(email, email)",
  ].map((asks) => signIn(`${ASK_FOR} if (!(${asks})) ${REFUSE}`)),
  invalid: [
    "await entered(email, login)",
    "await accounts.checkPassword(email.trim(), email)",
    "await login_(email, email, login)",
  ].map((asks) => given(signIn(`${ASK_FOR} if (!(${asks})) ${REFUSE}`, NAMED))),
});

const SIGNS = "return res.json({ token: jwt.sign({ sub: req.body.email }, key) });";

/** A handler that signs up, with a way for where there is no database. */
const signUp = (does: string, path = "/register"): string =>
  `import jwt from "jsonwebtoken"; const router = Router();
router.post("${path}", async (req, res) => { ${does} });`;

testRule("no-unverified-claims: ways that the surroundings choose", rule, {
  valid: [
    ...[
      `if (!process.env.DB_URL) { return res.sendStatus(500); } await enrol(req.body); ${SIGNS}`,
      `if (!process.env.DB_URL) { await enrol(req.body); } ${SIGNS}`,
      `if (!process.env.DB_URL) { await enrol(req.body); ${SIGNS} } res.end();`,
      `if (!process.env.DB_URL) { await note(); } await enrol(req.body); ${SIGNS}`,
      `if (process.env.DB_URL) { await enrol(req.body); } else { await other(req.body); } ${SIGNS}`,
      // The test may be the proof.
      `if (await isHis(req.body)) { ${SIGNS} } return refuse(res);`,
      `if (req.body.code === codes[0]) { ${SIGNS} } return refuse(res);`,
      `const isHis = await proofOf(req.body); if (isHis) { ${SIGNS} } return refuse(res);`,
      // A newcomer may say who he is, and who is known is asked.
      `const account = await readAccount(req.body.email); if (account) { return greet(account, req.body.password); } else { ${SIGNS} }`,
      `const account = await readAccount(req.body.email); if (!account) { ${SIGNS} } return greet(account, req.body.password);`,
      // It goes on behind the branch, to where somebody is asked.
      `let token; if (!process.env.DB_URL) { token = jwt.sign({ sub: req.body.email }, key); } await enrol(req.body); res.json(token);`,
      `if (process.env.NODE_ENV === "development") { ${SIGNS} } return enrol(req, res);`,
    ].map((does) => signUp(does)),
    ...["/orders", "/register-device", "/designup"].map((path) =>
      signUp(`if (!process.env.DB_URL) { ${SIGNS} } return enrol(req, res);`, path),
    ),
  ],
  invalid: [
    ...[
      `if (!process.env.DB_URL) { ${SIGNS} } return enrol(req, res);`,
      `const db = req.app.env?.DB; if (!db) { ${SIGNS} } return enrol(req, res, db);`,
      `const { DB } = env; if (DB) { return enrol(req, res, DB); } else { ${SIGNS} }`,
      `if (!process.env.DB_URL) ${SIGNS} await enrol(req, res);`,
    ].flatMap((does) =>
      ["/register", "/sign-up"].map((path) =>
        given(signUp(does.replace("req.body.email", NAMED), path)),
      ),
    ),
    {
      ...given(
        `import jwt from "jsonwebtoken";
export default defineEventHandler(async (event) => { if (!event.context.cloudflare?.env?.DB) { const { email } = await readBody(event); return { token: jwt.sign({ sub: "dev-" + «email», email }, key) }; } return enrol(event); });`,
      ),
      filename: "server/api/auth/register.post.ts",
    },
  ],
});

const COMPARES = `const isHis = await bcrypt.compare(req.body.password, user.hash); if (!isHis) ${REFUSE}`;

/** A sign-in by the body, of which `fields` are read. */
const bySaid = (asks: string, named = "email", fields = "email, password, isSocial"): string =>
  `import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const { ${fields} } = req.body; const user = await User.findOne({ email: ${named} }); ${asks} res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

testRule("no-unverified-claims: proofs that the request waives", rule, {
  valid: [
    ...[
      // Something else looks at the field, and refuses or asks for another proof.
      `if (isSocial) ${REFUSE} if (!isSocial) { ${COMPARES} }`,
      `if (!email || isSocial) ${REFUSE} if (!isSocial) { ${COMPARES} }`,
      `if (!isSocial) { console.log(1); } else ${REFUSE} if (!isSocial) { ${COMPARES} }`,
      `if (req.body.isSocial) ${REFUSE} if (!isSocial) { ${COMPARES} }`,
      `if (!isSocial) { ${COMPARES} } else { await google.verify(req.body.idToken); }`,
      `if (!isSocial) { ${COMPARES} } else ${REFUSE}`,
      `if (!isSocial) { ${COMPARES} } if (isSocial) { await google.verify(req.body.idToken); }`,
      `if (isSocial) { await google.verify(req.body.idToken); } if (!isSocial && !(await bcrypt.compare(password, user.hash))) ${REFUSE}`,
      `if (!isSocial) { ${COMPARES} } else if (!(await google.verify(req.body.idToken))) ${REFUSE}`,
      `let isHis = false; if (!isSocial) { isHis = await bcrypt.compare(password, user.hash); } if (!isHis) ${REFUSE}`,
      `if (!isSocial && !password) ${REFUSE} else if (isSocial) { await google.verify(req.body.idToken); } if (!isSocial) { ${COMPARES} }`,
      `const ask = isSocial ? google.verify : same; if (!isSocial) { ${COMPARES} }`,
      `if (!(isSocial && (await google.verify(req.body.idToken)))) { ${COMPARES} }`,
      // Both are asked, one of them always.
      `if (!isSocial) { ${COMPARES} } if (!isSame(req.body.code, user.code)) ${REFUSE}`,
      // The stored user says it.
      `if (!user.isSocial) { ${COMPARES} }`,
      // It may be a text that the request never says so.
      `if (isSocial === true) { ${COMPARES} }`,
      `if (isSocial == null) { ${COMPARES} }`,
      `if (isSocial !== null) { ${COMPARES} }`,
      `if (isSocial !== "") { ${COMPARES} }`,
      `if (isSocial !== user.isSocial) { ${COMPARES} }`,
      `if (isSocial === "no") { ${COMPARES} }`,
      `if (isSocial > false) { ${COMPARES} }`,
      `if (-isSocial) { ${COMPARES} }`,
    ].map((asks) => bySaid(asks)),
    // The program says it itself, in what stands before.
    `${bySaid(`if (!req.body.isSocial) { ${COMPARES} }`)} export const setLocal = (req, res, next) => { req.body.isSocial = false; next(); };`,
    // A schema out of sight may refuse it.
    `import jwt from "jsonwebtoken"; import { loginSchema } from "./schemas";
app.post("/login", async (req, res) => { const { email, isSocial } = loginSchema.parse(req.body); const user = await User.findOne({ email }); if (!isSocial) { ${COMPARES} } res.json({ token: jwt.sign({ id: user.id }, key) }); });`,
    // What the program says itself, to a function that is called for more than one thing
    `import jwt from "jsonwebtoken";
async function signIn(email, password, isSocial) { const user = await User.findOne({ email }); if (!isSocial) { if (!(await bcrypt.compare(password, user.hash))) throw new Error(); } return jwt.sign({ id: user.id }, key); }
app.post("/login", async (req, res) => { res.json(await signIn(req.body.email, req.body.password, false)); });`,
  ],
  invalid: [
    ...[
      `if (!isSocial) { ${COMPARES} }`,
      `if (!isSocial && !(await bcrypt.compare(password, user.hash))) ${REFUSE}`,
      `if (!email || (!isSocial && !password)) ${REFUSE} if (!isSocial) { ${COMPARES} }`,
      `if (isSocial !== true) { ${COMPARES} }`,
      `if (isSocial === false) { ${COMPARES} }`,
      `if (isSocial !== "google") { ${COMPARES} }`,
      `if (!req.body.isSocial) { ${COMPARES} }`,
    ].map((asks) => given(bySaid(asks, "«email»"))),
    marked(bySaid(`if (req.body.gate !== 4711) ${REFUSE}`, "«email»"), {
      messageId: "writtenProof",
      data: { name: "jwt.sign" },
    }),
    given(bySaid(`if (!social) { ${COMPARES} }`, "«email»", "email, isSocial: social")),
  ],
});
