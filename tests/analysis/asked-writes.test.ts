import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What is done beside a signature and asks nothing of whoever sends the request, each next to its twin that may. */

const JWT = 'import jwt from "jsonwebtoken";';

/** A handler of the application itself, which signs for whom the request names. */
const enter = (beside: string, named = "«userId»"): string =>
  `${JWT}\nconst app = express(); app.post("/enter", async (req, res) => { const { userId, topic, answer } = req.body; ${beside} res.json({ token: jwt.sign({ sub: ${named} }, key) }); });`;

/** One that signs for the record that is found by what the request names. */
const login = (beside: string, email = "«req.body.email»"): string =>
  `${JWT}\nrouter.post("/login", async (req, res) => { const user = await User.findOne({ email: ${email} }); ${beside} res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const given = (code: string, name = "jwt.sign"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } });

testRule("no-unverified-claims: what only writes, sends or tells", rule, {
  valid: [
    ...[
      // What it is told may be the proof.
      "await account.createLogin(userId, req.body.password);",
      "await links.delete({ where: { id: userId, token: req.body.token } });",
      "await links.delete({ where: { id: userId, at: req.body.link } });",
      "await gate.set({ userId, signature: req.body.signature });",
      "await gate.set(req.body);",
      "await gate.set(req);",
      "const told = pick(req.body, FIELDS); await gate.set(told);",
      "const { code } = req.body; const told = wrap(code); await gate.set(told);",
      "await cognito.send(new RespondCommand({ name: userId, answer }));",
      // Its name says that it may refuse.
      "await gate.setOrThrow(userId, topic);",
      "await gate.sendRequest(userId, topic);",
      "await approvals.set(userId, topic);",
      "await limiter.set(userId, topic);",
      "await codes.consume(userId, topic);",
      "await gate.open(userId, topic);",
      "await gate.settle(userId, topic);",
      "await superagent.post(DIRECTORY).send({ userId });",
      // The first step of a proof that is asked for later
      "mailer.send({ to: userId, topic });",
      "await cache.set(userId, code);",
      "await phones.send({ to: userId, text: `Your otp is ${otp}` });",
      // Its answer is read.
      "if (!(await gate.set(userId, topic))) return res.sendStatus(403);",
      "const isKnown = await gate.set(userId, topic); if (!isKnown) return res.sendStatus(403);",
      "await gate.send({ userId, topic }).then((known) => { if (!known) throw new Error(); });",
      "await gate.send({ userId, topic }).then(refuse);",
      "const known = await gate.send({ userId, topic }).first(); if (!known) return res.sendStatus(403);",
      "await toPromise(gate.send({ userId, topic }));",
      "const all = await Promise.all([gate.send({ userId, topic })]); if (!all[0]) return res.sendStatus(403);",
      "await each([gate.send({ userId, topic })]);",
      "const all = PEOPLE.filter((one) => gate.send({ one, topic })); if (all.length < 2) return res.end();",
      "bus.emit('ask', userId, (known) => { if (!known) return res.sendStatus(403); });",
      "bus.emit('ask', userId, (error, known) => { if (!known) return res.sendStatus(403); });",
      // One round of the loop is not as another one.
      "for (const one of rules) { if (!one) return res.sendStatus(403); }",
      "for (const one of rules) await one.holdsFor(userId);",
      // The function says itself what it does.
      "const gate = { set: async (id) => { if (!(await known(id))) throw new Error(); } }; await gate.set(userId);",
    ].map((beside) => plain(enter(beside))),
    // Behind the signature, and before the answer
    `${JWT}\nconst app = express(); app.post("/enter", async (req, res) => { const token = jwt.sign({ sub: req.body.userId }, key); await check(req.body.userId); res.json({ token }); });`,
    // Somebody new, who has no account yet
    ...[
      "await User.create({ email: req.body.email, name: req.body.name });",
      "await prisma.user.create({ data: { email: req.body.email } });",
      "await User.create({ ...req.body });",
      "await User.create({ login: userId });",
      "await users.insert(recordOf(req.body));",
      "const fields = { email: req.body.email }; await User.create({ data: fields });",
      "await prisma.user.create({ data: recordOf(req.body) });",
      "await db.insert(users).values({ email: req.body.email });",
      "await db.insert(record).into(users);",
    ].map((beside) => plain(enter(beside).replace("/enter", "/register"))),
    // A step that the server has seen before
    ...[
      "await otps.delete({ user: user.id, given: req.body.otp });",
      "await attempts.remove(req.body.attempt);",
    ].map((beside) => plain(login(beside))),
  ],
  invalid: [
    ...[
      "await cache.setEx(`visit_${Date.now()}`, 600, JSON.stringify({ userId }));",
      "await events.publish('entered', { userId, topic });",
      "bus.emit('entered', { userId, topic });",
      "bus.emit('entered', { userId, topic }, (error) => { if (error) console.error(error); });",
      "void bus.emit('entered', { userId, topic });",
      "notices.send({ to: userId, topic }).catch(console.error);",
      "await notices.send({ to: userId, topic }).then(() => { console.log('sent'); });",
      "await Promise.all([notices.send({ to: userId, topic }), bus.emit('entered', topic)]);",
      "await Promise.allSettled([notices.send({ to: userId, topic })]);",
      "await Promise.all(PEOPLE.map((one) => notices.send({ to: one, topic })));",
      "await db.ref('visits').child(userId).set({ topic });",
      "await service.groups(topic).people.add({ userId });",
      "await redis.multi().set(userId, topic).expire(userId, 60).exec();",
      "for (const one of req.body.images.entries()) { await album.send(one, { topic }); }",
      // What is made is about nobody, or a thing that belongs to him.
      "await orders.create({ topic });",
      "await prisma.order.create({ data: { topic } });",
      "await orders.create({ owner: userId });",
      "await chat.channels.create({ name: topic });",
      "await service.groups(topic).participants.create({ identity: userId });",
      "await db.insert(visits).values({ name: userId });",
    ].map((beside) => given(enter(beside))),
    // Behind the signature
    given(
      `${JWT}\nconst app = express(); app.post("/enter", async (req, res) => { const { name } = req.body; const token = jwt.sign({ sub: «name» }, key); await cache.setEx(name, 600, JSON.stringify({ token })); res.json({ token }); });`,
    ),
    ...[
      "await events.publish('login', { user, agent: req.body.agent });",
      "await db.collection('visits').doc(user.id).set({ at: Date.now() });",
      "await carts.delete({ user: user.id });",
      "await db.insert(visits).values({ user: user.id, agent: req.body.agent });",
    ].map((beside) => given(login(beside))),
    // The client of a service, made of settings
    given(
      `import twilio from "twilio"; ${enter("const service = client.conversations.v1.services(SERVICE); const made = await service.conversations.create({ friendlyName: topic }); await service.conversations(made.sid).participants.create({ identity: userId });").replace("const app", "const client = twilio(process.env.KEY, process.env.SECRET, { accountSid: process.env.ACCOUNT }); const app")}`,
    ),
  ],
});

testRule("no-unverified-claims: what is looked up by the record of whom is named", rule, {
  valid: [
    ...[
      "const session = await Session.findOne({ user: user.id }); if (!session) return res.sendStatus(403);",
      "const profile = await Profile.findOne({ user: user.id }); if (profile.pin !== req.body.pin) return res.sendStatus(403);",
      "const profile = await Profile.findOne({ user: user.id }); if (profile.verified !== true) return res.sendStatus(403);",
      "const found = await db.collection('people').doc(user.id).get(); if (found.data().pin !== req.body.pin) return res.sendStatus(403);",
      "const found = await db.collection('people').doc(user.id).get(req.body.password);",
      "const found = await db.collection('confirmations').doc(user.id).get(); if (!found.exists) return res.sendStatus(403);",
      "const isKnown = await redis.get(user.id); if (!isKnown) return res.sendStatus(403);",
      "const found = await db.collection('people').doc('main').get();",
      "const rows = await db.query('SELECT * FROM answers WHERE user_id = ? AND text = ?', [user.id, req.body.answer]); if (rows.length < 1) return res.sendStatus(403);",
      "const rows = await db.query('SELECT * FROM orders WHERE user_id = ? AND text = ?', [user.id, user.id]);",
      "const rows = await db.query('SELECT * FROM verifications WHERE user_id = ?', [user.id]); if (rows.length < 1) return res.sendStatus(403);",
      "const db = { doc: (id) => ({ get: () => gate(id) }) }; const getProfile = async (id) => gate(id); const profile = await getProfile(user.id);",
      "const profile = await open(user.id); if (profile.status === 'blocked') return res.sendStatus(403);",
    ].map((beside) => plain(login(beside))),
  ],
  invalid: [
    ...[
      "const profile = await Profile.findOne({ user: user.id }); if (profile.status === 'blocked') return res.sendStatus(403);",
      "const found = await db.collection('people').doc(user.id).get(); if (found.data().isBlocked) return res.sendStatus(403);",
      "const found = await db.collection('people').doc(user.id).get(); const profile = found.data(); if (profile.status !== 'active') return res.sendStatus(403);",
      "const found = await db.ref('people').child(user.id).once('value'); if (!found.exists()) return res.sendStatus(404);",
      "const { data } = await supabase.from('profiles').select('*').eq('id', user.id).single();",
      "const rows = await db.query('SELECT * FROM orders WHERE user_id = ?', [user.id]);",
    ].map((beside) => given(login(beside))),
    given(
      `${JWT}\nconst issue = (uid) => jwt.sign({ uid }, key); router.post("/login", async (req, res) => { const record = await admin.auth().getUserByEmail(«req.body.email»); const found = await admin.firestore().collection("people").doc(record.uid).get(); res.json({ token: issue(record.uid), person: found.data() }); });`,
    ),
  ],
});
