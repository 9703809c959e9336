import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Logs that are given the whole of what the program takes a token out of. */

const token = (code: string, name = "console.log") =>
  marked(code, { messageId: "token", data: { name } });

/** A worker that mails links. */
const WORKER = (steps: string): string =>
  `queue.process((job) => { const task = JSON.parse(job.text); ${steps} send(task.email, "/reset-password/" + task.link); });`;

/** An app that is opened by an address. */
const OPENED = (steps: string): string =>
  `export const opened = ({ url }) => { ${steps} keep(token); };`;

const READS = 'const token = new URL(url).searchParams.get("token");';

/** A function that keeps somebody's session. */
const KEEPS = (steps: string): string => `export async function keep(person, isNew) { ${steps} }`;

const NEXT = 'import { jwtVerify } from "jose"; import { cookies } from "next/headers";';

/** A function that reads a session. */
const SESSION = (steps: string): string =>
  `${NEXT} export async function session() { const jar = await cookies(); ${steps} }`;

/** A guard that verifies a cookie. */
const COOKIE = (steps: string): string =>
  `import jwt from "jsonwebtoken"; export const keeper = (req, res, next) => { ${steps} next(); };`;

const CHECKS = "const found = req.cookies.person; jwt.verify(found, process.env.KEY, options);";

/** A page that signs somebody in. */
const PAGE = (steps: string, keep = "(token) => sessionStorage.setItem('jwt', token)"): string =>
  `const keep = ${keep}; export const submit = async (mail) => { const data = await ask(mail); ${steps} };`;

/** A socket that is sent a login, in a file that verifies it. */
const SOCKET = (steps: string): string =>
  `import jwt from "jsonwebtoken"; export const heard = (peer) => { peer.on("message", async (raw, event, request) => { ${steps} }); };`;

const LOGIN =
  "const { kind, data: { ticket } } = JSON.parse(raw); jwt.verify(ticket, process.env.KEY);";

testRule("no-token-logging: what holds a token", rule, {
  valid: [
    // A part of the text, what was no JSON, another message, or another text; and nothing of it is a token
    ...[
      `console.log(raw.length, raw.slice(0, 4), Boolean(raw), typeof raw); ${LOGIN}`,
      `try { ${LOGIN} } catch { console.log("no JSON: " + raw); }`,
      `const { kind, accessToken } = JSON.parse(raw); if (kind === "chat") { console.log(raw); return; } keep(accessToken);`,
      `const { kind, accessToken } = JSON.parse(raw); switch (kind) { case "chat": console.log(raw); break; default: keep(accessToken); }`,
      `const tell = () => console.log(raw); ${LOGIN}`,
      `raw = await decrypt(raw); console.log(raw); ${LOGIN}`,
      `console.log(event); ${LOGIN}`,
      `const { ticket } = YAML.parse(raw); console.log(raw); jwt.verify(ticket, process.env.KEY);`,
      `const { ticket } = JSON.parse(raw); console.log(raw); jwt.sign(ticket, process.env.KEY, options);`,
      "const { kind, ...rest } = JSON.parse(raw); console.log(raw); jwt.verify(event, process.env.KEY);",
      "const [ticket] = JSON.parse(raw); console.log(raw); jwt.verify(event, process.env.KEY);",
      "const job = JSON.parse(raw); console.log(raw); job.token(); answer(job.kind, job.accessToken());",
      "JSON.parse(raw); JSON.parse(); console.log(raw);",
      // Bytes, and an object in a text
      "console.log(raw); const { accessToken } = JSON.parse(raw.toString()); keep(accessToken);",
      "console.log(raw); const { accessToken } = JSON.parse(String(raw)); keep(accessToken);",
      "const job = JSON.parse(raw); console.log(job.toString()); keep(job.accessToken);",
      "console.log(event.body.toString(), event.body()); const { accessToken } = JSON.parse(raw); keep(accessToken);",
      // A token of another trade
      "const { token } = JSON.parse(raw); console.log(raw); charge(token);",
    ].map(SOCKET),
    // Another part of the request, nothing, somewhere else, or of what is not verified
    ...[
      `console.log(req.cookies.theme); ${CHECKS}`,
      `if (!req.cookies.person) console.log(req.cookies.person); ${CHECKS}`,
      `console.log(Boolean(req.cookies.person)); ${CHECKS}`,
      "console.log(req.cookies.person); const found = req.cookies.person; find(found);",
      "console.log(req.body.person); const made = jwt.sign(req.body.person, process.env.KEY, options);",
      "console.log(held.person); const found = held.person; jwt.verify(found, process.env.KEY, options);",
    ].map(COOKIE),
    ...[
      "console.log(data.name); keep(data);",
      "console.log(mail); keep(data, mail);",
      "console.log(data.email); keep(data.email);",
      "keep();",
    ].map((steps) => PAGE(steps)),
    PAGE("console.log(data); keep(data);", "(theme) => sessionStorage.setItem('theme', theme)"),
    PAGE("console.log(data); keep(data);", "(name) => sessionStorage.setItem('jwt', name)"),
    PAGE("console.log(data); keep(data);", "() => sessionStorage.setItem('jwt', token)"),
    // Nothing of it is a token, or what is logged is a part of it
    ...[
      "console.log(task); const { name } = task;",
      "console.log(task.email); const { token } = task;",
      "const { token, ...rest } = task; console.log(rest);",
      "console.log(`task: ${task}`); const { token } = task;",
      'console.log(JSON.stringify(task, ["email"])); const { token } = task;',
      "console.log(pick(task)); const { token } = task;",
      "const { token } = task; delete task.token; console.log(task);",
      "const { token } = task; task.token = undefined; console.log(task);",
      "console.log(task); const { pageToken } = task;",
      "console.log(task); task.token();",
      "if (process.env.NODE_ENV === 'development') console.log(task); const { token } = task;",
      "show(task); const { token } = task;",
    ].map(WORKER),
    // Of another trade, or of none that is known
    `import messaging from "@react-native-firebase/messaging"; ${WORKER("console.log(task); const { token } = task;")}`,
    `import Stripe from "stripe"; ${WORKER("console.log(task); const { token } = task;")}`,
    "export const parse = (text) => { const node = JSON.parse(text); console.log(node); const { token } = node; return visit(token); };",
    "export const login = (text) => { const node = load(text); console.log(node); const { token } = node; return visit(token); };",
    "export const login = (node) => { console.log(node); const { token } = node; return visit(token); };",
    ...[
      `console.log(url.split("?")[0]); ${READS}`,
      `console.log(new URL(url).pathname); ${READS}`,
      'console.log(url); const token = new URL(url).searchParams.get("page");',
      'console.log(url); const token = new URL(url).hash.get("token");',
      'console.log(url); const token = tokens.get("token");',
      'console.log(url); const token = new Form(url).searchParams.get("token");',
    ].map(OPENED),
    ...[
      'const text = JSON.stringify(person); await AsyncStorage.setItem("theme", text); console.log(person); setToken();',
      'await AsyncStorage.setItem("userToken", person.id); console.log(person.id);',
      'await AsyncStorage.setItem("userToken", isNew); console.log(isNew);',
      'const text = JSON.stringify(person, ["id"]); await AsyncStorage.setItem("userToken", text); console.log(person);',
      'const text = make(person); await AsyncStorage.setItem("userToken", text); console.log(person);',
      'await AsyncStorage.setItem("userToken", JSON.stringify(person)); console.log(person.name);',
    ].map(KEEPS),
    ...[
      'console.log(jar.size); return jwtVerify(jar.get("session")?.value, KEY);',
      'console.log(jar); return find(jar.get("session")?.value);',
      'const known = new Map(); console.log(known); return jwtVerify(known.get("session"), KEY);',
    ].map(SESSION),
  ],
  invalid: [
    // The text that a token is parsed out of
    ...[
      `console.log(«"received: " + raw»); ${LOGIN}`,
      `${LOGIN} console.log(«raw»);`,
      `try { console.log(«raw»); ${LOGIN} } catch { peer.close(); }`,
      `if (raw) { console.log(«raw»); ${LOGIN} }`,
      "console.log(«`received: ${raw}`»); const { accessToken } = JSON.parse(raw.toString()); keep(accessToken);",
      "console.log(«raw.toString()»); const { accessToken = null } = JSON.parse(String(raw)); keep(accessToken);",
      'const { data: { accessToken } = {} } = JSON.parse(raw ?? "{}"); console.log(«raw»); keep(accessToken);',
      "const job = JSON.parse(event.body); console.log(«event.body»); keep(job.data.accessToken);",
      "const job = JSON.parse(event.body); const { data } = job; console.log(«event.body»); jwt.verify(data.ticket, process.env.KEY);",
      "const text = await request.text(); console.log(«text»); const body = JSON.parse(text); jwt.verify(body.ticket, process.env.KEY);",
      "console.log(«raw»); jwt.verify(JSON.parse(raw).ticket, process.env.KEY);",
    ].map((steps) => token(SOCKET(steps))),
    ...[
      "console.log(«task»); const { token } = task;",
      'console.log("task", «task»); mail(task.token);',
      "const { token } = task; delete job.token; console.log(«task»);",
      "const { accessToken } = task; console.log(«JSON.stringify(task, null, 2)»);",
      "const { token } = task; console.log(«`task ${JSON.stringify(task)}`»);",
    ].map((steps) => token(WORKER(steps))),
    token(
      'app.post("/sign-in", async (req, res) => { console.log(«req.body»); const { token } = req.body; res.json(await find(token)); });',
    ),
    token(
      "export async function POST(request) { const body = await request.json(); logger.info(«body»); const { idToken } = body; return Response.json(await find(idToken)); }",
      "logger.info",
    ),
    ...[
      `console.log("opened by", «url»); ${READS}`,
      `console.log(«\`opened by \${url}\`»); ${READS}`,
      'const address = new URL(url); console.log(«address»); const token = address.searchParams.get("access_token");',
      `console.log(«"opened by " + url»); ${READS}`,
    ].map((steps) => token(OPENED(steps))),
    ...[
      'const text = JSON.stringify(person); await AsyncStorage.setItem("userToken", text); console.log("kept", «person»);',
      'await AsyncStorage.setItem("userToken", JSON.stringify(person)); console.log(«person»);',
      'await AsyncStorage.setItem("access_token", person); console.log(«person»);',
    ].map((steps) => token(KEEPS(steps))),
    ...[
      `console.log(«req.cookies.person»); ${CHECKS}`,
      `if (req.cookies.person) console.log(«req.cookies.person»); ${CHECKS}`,
      `${CHECKS} console.log(«"pass " + req.cookies.person»);`,
      "console.log(«req.cookies.person»); const claims = jwt.verify(req.cookies.person, process.env.KEY, options);",
      "console.log(«req.cookies.person»); const claims = jwt.decode(req.cookies.person);",
    ].map((steps) => token(COOKIE(steps))),
    ...["console.log(«data», 'signed in'); keep(data);", "keep(data); console.log(«data»);"].map(
      (steps) => token(PAGE(steps)),
    ),
    ...[
      'const found = jar.get("session")?.value; console.log(«jar»); return jwtVerify(found, KEY);',
      'console.log("jar", «jar»); return jwtVerify(jar.get("session").value, KEY);',
    ].map((steps) => token(SESSION(steps))),
  ],
});

const key = (code: string) => marked(code, { messageId: "key", data: { name: "console.log" } });

/** A module that signs with what it is set up with. */
const SIGNER = (steps: string, read = "config.jwt.secret"): string =>
  `import jwt from "jsonwebtoken"; ${steps} export const sign = (user) => jwt.sign({ sub: user.id }, ${read}, { expiresIn: "1h" });`;

const CONFIG =
  'const config = { port: 80, cors: { origin: "*" }, jwt: { secret: process.env.JWT_SECRET } };';

testRule("no-token-logging: objects that hold the key", rule, {
  valid: [
    SIGNER(`${CONFIG} console.log(config.port, config.cors);`),
    SIGNER(`${CONFIG} console.log(\`set up with \${config.jwt}\`);`),
    // It may hide its secrets.
    SIGNER('import config from "@acme/config"; console.log(config, config.jwt);'),
    SIGNER(
      'import convict from "convict"; const config = convict(schema); console.log(config.jwt);',
    ),
    // Another environment, and no key of it
    SIGNER(
      "const env = {}; function show(process) { console.log(process.env); }",
      "process.env.KEY",
    ),
    'import jwt from "jsonwebtoken"; console.log(process.env); export const read = (token) => jwt.verify(token, publicKey, { algorithms: ["RS256"] });',
    SIGNER("console.log(process.env.PORT, process.pid);", "process.env.KEY"),
  ],
  invalid: [
    key(SIGNER(`${CONFIG} console.log(«config»);`)),
    key(SIGNER(`${CONFIG} console.log("set up", «config.jwt»);`)),
    key(SIGNER(`${CONFIG} export const show = () => console.log(«config.jwt»);`)),
    key(SIGNER("console.log(«process.env»);", "process.env.KEY")),
    key(SIGNER("console.log(«JSON.stringify(process.env)»);", "process.env.KEY")),
    key(SIGNER("export const show = () => { console.log(«process.env»); };", "process.env.KEY")),
  ],
});
