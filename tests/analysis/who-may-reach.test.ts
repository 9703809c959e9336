import rule from "../../src/rules/no-unverified-claims.ts";
import untrustedKey from "../../src/rules/no-untrusted-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that only those reach, or that only those use, who may say of others what they like. */

const JWT = 'import jwt from "jsonwebtoken";';

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const claims = (code: string): InvalidCase =>
  marked(code, { messageId: "askedClaims", data: { name: "jwt.sign" } });

const identity = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

/** A handler that signs what it is sent, behind a question. */
const signs = (asks: string, before = ""): string =>
  `${JWT} import config from "./config"; import { KINDS } from "./kinds"; import { API_KEY, readSecret } from "./keys"; const WRITTEN = { key: "secret" }; ${before}
export const events = async (req, res) => { ${asks} res.json(jwt.sign(«req.body», EVENT_KEY)); };`;

testRule("no-unverified-claims: another service shares a secret", rule, {
  valid: [
    "if (req.get('x-api-key') !== process.env.API_KEY) return res.sendStatus(401);",
    "if (req.headers['x-api-key'] !== config.apiKey) { res.sendStatus(401); return; }",
    "if (config.keys.events !== req.body.secret) throw new Error('no');",
    "const sent = req.header('x-webhook-secret'); if (sent !== process.env.HOOK) return res.sendStatus(401);",
    "const expected = process.env.API_KEY; if (!expected || req.query.key !== expected) return res.sendStatus(401);",
    "if (!timingSafeEqual(Buffer.from(req.get('x-secret')), Buffer.from(process.env.API_KEY))) return res.sendStatus(401);",
    "if (!process.env.API_KEYS.split(',').includes(req.get('x-api-key'))) return res.sendStatus(401);",
    "if (!config.apiKeys.has(req.headers['x-api-key'])) return res.sendStatus(401);",
    "if (!config.apiKey.equals(req.headers['x-api-key'])) return res.sendStatus(401);",
    "if (req.get('x-hook') !== API_KEY) return res.sendStatus(401);",
    "if (req.get('x-hook') !== readSecret()) return res.sendStatus(401);",
    "if (req.body.secret !== config.secrets[req.body.partner]) return res.sendStatus(401);",
    "assertApiKey(req);",
    "if (!hasValidSignature(req.body, req.headers['x-signature'])) return res.sendStatus(401);",
  ]
    .map((one) => plain(signs(one)))
    .concat(
      plain(
        `${JWT}\nexport async function POST(request) { if (request.headers.get('x-api-key') !== process.env.API_KEY) return new Response(null, { status: 401 }); const body = await request.json(); return Response.json(jwt.sign(«body», KEY)); }`,
      ),
      plain(
        `${JWT} import { headers } from "next/headers";\nexport async function POST(request) { const sent = (await headers()).get('x-api-key'); if (sent !== process.env.API_KEY) return null; const body = await request.json(); return Response.json(jwt.sign(«body», KEY)); }`,
      ),
      plain(
        signs("if (req.get('x-api-key') === this.apiKey) {").replace(
          "EVENT_KEY));",
          "EVENT_KEY)); }",
        ),
      ),
      plain(
        signs(
          "if (!known(req)) return res.sendStatus(401);",
          "const known = (req) => req.get('x-api-key') === process.env.API_KEY;",
        ),
      ),
      plain(signs("if (process.env.NODE_ENV === 'production') return res.sendStatus(404);")),
    ),
  invalid: [
    // Whoever asks for his own token proves his own password, and says the rest as well.
    "const user = await User.findOne({ email: req.body.email }); if (user.password !== req.body.password) return res.sendStatus(401);",
    "const user = await User.findOne({ email: req.body.email }); if (user.apiKey !== req.get('x-api-key')) return res.sendStatus(401);",
    "if (req.get('x-api-key') === process.env.API_KEY) return res.sendStatus(401);",
    "if (req.get('x-api-key') !== 'secret') return res.sendStatus(401);",
    "const API_KEY = 'secret'; if (req.get('x-api-key') !== API_KEY) return res.sendStatus(401);",
    "if (!req.get('x-api-key')) return res.sendStatus(401);",
    "if (req.get('x-api-key') !== WRITTEN.key) return res.sendStatus(401);",
    "if (req.body.kind !== KINDS.event) return res.sendStatus(400);",
    "if (!KINDS.all.includes(req.body.kind)) return res.sendStatus(400);",
    "if (req.body.stage !== process.env.STAGE) return res.sendStatus(400);",
    "if (req.body.key !== req.get('x-key')) return res.sendStatus(400);",
    "if (process.env.API_KEY !== config.apiKey) return res.sendStatus(400);",
    "if (req.get('x-api-key') !== process.env.API_KEY) console.warn('unknown key');",
    "if (!equals(req.body.key)) return res.sendStatus(400);",
    "if (keys.includes(req.get('x-api-key'), process.env.API_KEY)) return res.sendStatus(400);",
    "checkForm(req);",
    "assertApiKey();",
    "validateSignatureFormat(KINDS);",
  ]
    .map((one) => claims(signs(one)))
    .concat(
      claims(signs("assertApiKey(req);", "function assertApiKey(one) { return one.length; }")),
      claims(
        signs(
          "if (!known(req)) return res.sendStatus(401);",
          "const known = (req) => req.get('x-api-key');",
        ),
      ),
      claims(
        signs(
          "if (!known()) return res.sendStatus(401);",
          "const known = () => config.apiKey === req.body.key;",
        ),
      ),
      claims(
        `${JWT}\nexport const events = (req, res) => { res.json(jwt.sign(«req.body», KEY)); assertApiKey(req); };`,
      ),
    ),
});

/** A route that gives a token to whoever asks. */
const gives = (key: string, claim = "«req.body.userId»"): string =>
  `${JWT} import keys from "./keys"; const app = express(); app.post("/tokens", (req, res) => { res.json(jwt.sign({ sub: ${claim} }, ${key})); });`;

testRule("no-unverified-claims: keys that open nothing of the program", rule, {
  valid: [
    "req.body.secret",
    "process.env.SANDBOX_KEY",
    "keys.mock",
    "process.env.PLAYGROUND_KEY ?? 'playground'",
  ]
    .flatMap((key) => [plain(gives(key)), plain(signs("").replace("EVENT_KEY", key))])
    .concat(
      plain(gives("sandboxKey").replace("const app", "const sandboxKey = read(); const app")),
      plain(
        `${JWT} const sign = (id) => jwt.sign({ sub: id }, process.env.MOCK_KEY); const app = express(); app.post("/tokens", (req, res) => { res.json(sign(«req.body.userId»)); });`,
      ),
    ),
  invalid: [
    identity(gives("process.env.KEY")),
    identity(gives("keys.main")),
    claims(signs("")),
    identity(
      `${JWT} const sign = (id) => jwt.sign({ sub: id }, process.env.KEY); const app = express(); app.post("/tokens", (req, res) => { res.json(sign(«req.body.userId»)); });`,
    ),
  ],
});

testRule("no-untrusted-key: claims that are sent beside the key", untrustedKey, {
  valid: [
    "const { userId, secret } = req.body; res.json(jwt.sign({ sub: userId }, secret));",
    "res.json(jwt.sign({ ...req.body.claims, name: req.body.name }, req.body.secret));",
  ].map((body) => `${JWT}\nexport const sign = (req, res) => { ${body} };`),
  invalid: [
    "const { secret } = req.body; res.json(jwt.sign({ sub: user.id }, «secret»));",
    "const { userId, secret } = req.body; res.json(jwt.sign({ sub: userId, role: user.role }, «secret»));",
    "const { secret } = req.body; res.json(jwt.sign({}, «secret»));",
  ].map((body) =>
    marked(`${JWT}\nexport const sign = (req, res) => { ${body} };`, {
      messageId: "requestKey",
      data: { name: "secret", origin: "" },
    }),
  ),
});

/** A server whose tokens are for whom the request names. */
const server = (listens: string, path = "/token"): string =>
  `${JWT}\nconst app = express(); app.post("${path}", (req, res) => { res.json({ token: jwt.sign({ sub: «req.body.userId» }, process.env.KEY) }); }); ${listens}`;

/** … and one of which `serve` is the whole. */
const served = (call: string): string => `${JWT}\n${call.replace("HANDLER", HANDLER)}`;

const HANDLER =
  "async (req) => { const { userId } = await req.json(); return Response.json({ token: jwt.sign({ sub: «userId» }, KEY) }); }";

testRule("no-unverified-claims: servers of the same machine", rule, {
  valid: [
    ...[
      "app.listen(3000, '127.0.0.1');",
      "app.listen(3000, 'localhost', () => console.log('up'));",
      "const HOST = '::1'; app.listen(PORT, HOST);",
      "app.listen({ port: 3000, host: '127.0.0.1' });",
      "const where = { path: '/run/signer.sock' }; app.listen(where);",
      "app.listen('/var/run/signer/signer.sock');",
      "app.listen('signer.sock');",
      String.raw`app.listen('\\\\.\\pipe\\signer');`,
      "http.createServer(app).listen(8080, '127.0.0.1');",
      "serve({ fetch: app.fetch, hostname: '127.0.0.1' });",
    ].map((listens) => plain(server(listens))),
    ...[
      "Deno.serve({ hostname: '127.0.0.1', port: 8787 }, HANDLER);",
      "Bun.serve({ hostname: 'localhost', fetch: HANDLER });",
      "Bun.serve({ unix: '/tmp/signer.sock', fetch: HANDLER });",
    ].map((call) => plain(served(call))),
    plain(
      `${JWT} const options = { key, cert, ca, requestCert: true };\n${server("https.createServer(options, app).listen(443);").slice(JWT.length)}`,
    ),
    plain(
      server(
        "https.createServer({ key, cert, ca, requestCert: true, rejectUnauthorized: true }, app).listen(443);",
      ),
    ),
  ],
  invalid: [
    ...[
      "app.listen(3000);",
      "app.listen(3000, '0.0.0.0');",
      "app.listen('3000');",
      "app.listen(3000, process.env.HOST ?? '127.0.0.1');",
      "app.listen({ port: 3000 });",
      "app.listen({ path: '/run/signer.sock', host: '0.0.0.0' });",
      "app.listen(3000, () => console.log('127.0.0.1'));",
      "app.listen(3000, '127.0.0.1'); admin.listen(3001);",
      "https.createServer({ requestCert: false }, app).listen(443);",
      "https.createServer({ requestCert: true, rejectUnauthorized: false }, app).listen(443);",
      "app.serve({ hostname: '127.0.0.1' });",
      "app.listen();",
    ].map((listens) => identity(server(listens))),
    // Something else on the machine hands over who signs in.
    identity(server("app.listen(3000, '127.0.0.1');", "/login")),
    identity(served("Deno.serve({ port: 8787 }, HANDLER);")),
    identity(served("Bun.serve({ fetch: HANDLER });")),
  ],
});

/** A controller and its module in one file. */
const nest = (module: string, methods = "login(@Body('email') email) "): string =>
  `${JWT} import { PasswordMiddleware } from "./password.middleware"; import { LoggerMiddleware } from "./logger.middleware";
@Controller("auth") export class LoginController { @Post("login") ${methods}{ return { token: jwt.sign({ sub: «email» }, KEY) }; } }
@Module({}) export class AuthModule { configure(consumer) { ${module} } }`;

testRule("no-unverified-claims: middlewares of a module of Nest", rule, {
  valid: [
    "consumer.apply(PasswordMiddleware).forRoutes('auth/login');",
    "consumer.apply(LoggerMiddleware, PasswordMiddleware).forRoutes('*');",
    "consumer.apply(PasswordMiddleware).forRoutes('/auth/*splat');",
    "consumer.apply(PasswordMiddleware).exclude('auth/health').forRoutes(LoginController);",
    "consumer.apply(PasswordMiddleware).forRoutes({ path: 'auth/login', method: RequestMethod.POST });",
    "consumer.apply(PasswordMiddleware).forRoutes(...ROUTES);",
  ].map((module) => ({ code: plain(nest(module)), ts: true as const })),
  invalid: [
    "consumer.apply(LoggerMiddleware).forRoutes('auth/login');",
    "consumer.apply(PasswordMiddleware).forRoutes('users');",
    "consumer.apply(PasswordMiddleware).forRoutes({ path: 'users/:id', method: RequestMethod.GET });",
    "consumer.apply(PasswordMiddleware).forRoutes(UsersController);",
    "consumer.forRoutes('auth/login');",
    "routes(PasswordMiddleware).forRoutes('auth/login');",
  ].map((module) => ({ ...identity(nest(module)), ts: true as const })),
});

/** A route behind what its application is given. */
const behind = (before: string): string =>
  `${JWT} import { partner } from "./partners"; const app = express(); ${before}
app.get("/token/:member", (req, res) => { res.json({ token: jwt.sign({ sub: «req.params.member» }, KEY) }); });`;

testRule("no-unverified-claims: what runs before a handler", rule, {
  valid: [
    "app.param('member', (req, res, next, id) => { if (!owns(req, id)) return res.sendStatus(403); next(); });",
    "app.use((req, res, next) => partner.proves(req).then(() => next(), next));",
    "app.use((req, res, next) => { partner.proves(req).then(() => next()).catch(next); });",
  ].map((before) => plain(behind(before))),
  invalid: [
    "app.param('order', (req, res, next, id) => { if (!owns(req, id)) return res.sendStatus(403); next(); });",
    "app.param('member', (req, res, next, id) => { req.member = id; next(); });",
    "app.use((error, req, res, next) => { if (error.code) return res.sendStatus(500); next(); });",
    "app.use((req, res, next) => logRequest(req).then(() => next(), next));",
    "app.use((req, res, next) => refresh().then(() => next(), next));",
    "app.use((req, res, next) => count(req).then(next));",
    "app.use((req, res, next) => count(req).catch(console.error));",
    "app.use((req) => count(req).catch());",
    "app.use((req, res, next) => count(req).finally(next));",
  ].map((before) => identity(behind(before))),
});

/** A handler that gives a token for `userId`, behind a question. */
const tells = (asks: string, imports = "", from = "«req.body.userId»"): string =>
  `${JWT} ${imports} const app = express(); app.post("/token", async (req, res) => { ${asks} res.json({ token: jwt.sign({ sub: ${from} }, KEY) }); });`;

testRule("no-unverified-claims: flags of a build, and what is asked by another name", rule, {
  valid: [
    plain(
      tells("if (!dev) return res.sendStatus(404);", 'import { dev } from "$app/environment";'),
    ),
    plain(tells("if (!dev) return res.sendStatus(404);", 'import { dev } from "$app/env";')),
    plain(tells("if (!isLocal) return res.end();", 'import { DEV as isLocal } from "esm-env";')),
    plain(tells("if (import.meta.env.PROD) return res.sendStatus(404);")),
    plain(
      tells(
        "if (!viewer.can.actFor[req.body.userId]) return res.sendStatus(403);",
        'import { viewer } from "./context";',
      ),
    ),
    plain(
      tells(
        "if (!currentUser.isAdmin) return res.sendStatus(403);",
        'import { currentUser } from "./context";',
      ),
    ),
    ...["loadOwnMember", "members.findMyTeam"].map((name) =>
      plain(
        tells(
          `const member = await ${name}(req.body.userId);`,
          'import { loadOwnMember, members } from "./members";',
          "«member.id»",
        ),
      ),
    ),
    ...["res.assertInternal();", "reply.requireAdmin();", "res.guard().type('json');"].map((asks) =>
      plain(tells(asks)),
    ),
    ...[
      "const pending = await PendingLogin.findById(req.body.id);",
      "const pending = await Recovery.findById(req.body.id);",
      "const [pending] = await db.query('SELECT user_id FROM pending_logins WHERE id = ?', [req.body.id]);",
    ].map((asks) => plain(tells(asks, "", "«pending.userId»"))),
    plain(
      tells(
        "if (accounts[req.body.userId]) return res.sendStatus(409); accounts[req.body.userId] = {};",
        "const accounts = {};",
      ),
    ),
    plain(
      tells(
        "if (accounts[req.body.userId] !== undefined) return res.sendStatus(409);",
        "const accounts = {};",
      ),
    ),
  ],
  invalid: [
    identity(tells("if (!dev) return res.end();", 'import { dev } from "./environment";')),
    identity(
      tells(
        "if (!isApp) return res.end();",
        'import { building as isApp } from "$app/environment";',
      ),
    ),
    identity(tells("if (dev) console.log(1);", 'import { dev } from "$app/environment";')),
    identity(
      tells("if (!viewer.isOpen) return res.sendStatus(404);", "const viewer = { isOpen: true };"),
    ),
    identity(tells("settings.touched = 1;", 'import { settings } from "./settings";')),
    identity(tells("viewer.count = 1;", 'import { viewer } from "./context";')),
    ...["loadMember", "members.findMyrtle", "loadOwner"].map((name) =>
      identity(
        tells(
          `const member = await ${name}(«req.body.userId»);`,
          'import { loadMember, loadOwner, members } from "./members";',
          "member.id",
        ),
      ),
    ),
    identity(tells("res.type('json'); res.success();")),
    identity(tells("const user = await User.findById(«req.body.id»);", "", "user.id")),
    identity(
      tells("if (!accounts[req.body.userId]) return res.sendStatus(404);", "const accounts = {};"),
    ),
    identity(tells("if (accounts.open) return res.sendStatus(404);", "const accounts = {};")),
  ],
});
