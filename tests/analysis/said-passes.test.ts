import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that let pass whoever sends something that anybody can send. */

const guard = (before: string, name = "requireAuth"): string =>
  `import jwt from "jsonwebtoken";
export function ${name}(req, res, next) {
  ${before}
  const token = req.headers.authorization;
  if (!token) return res.sendStatus(401);
  req.user = jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] });
  next();
}`;

const socket = (before: string, rest = ""): string =>
  `import jwt from "jsonwebtoken";
const KINDS = { agent: "agent", guest: "guest" };
const KEYS = { key: "abc" };
export function check(socket, next) {
  ${before}
  jwt.verify(socket.handshake.auth.token, process.env.KEY, { algorithms: ["HS256"] }, (err, claims) => {
    if (err) return next(new Error("Refused"));
    socket.claims = claims;
    next();
  });
}
${rest}`;

/** A function that throws for whoever has no good token, and gives his claims. */
const verifier = (before: string, rest: string, name = "authenticate"): string =>
  `import jwt from "jsonwebtoken";
async function ${name}(req) {
  ${before}
  return jwt.verify(req.headers.authorization.slice(7), process.env.KEY, { algorithms: ["HS256"] });
}
${rest}`;

const FIRST =
  "export const handle = async (req, res) => { await authenticate(req); res.json(await list()); };";

const found = (code: string, ...what: readonly string[]) =>
  marked(
    code,
    what.map((one) => ({ messageId: "saidPasses", data: { what: one } })),
  );

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // How a request is made
      'if (req.headers["upgrade"] === "websocket") return next();',
      'if (req.headers["x-forwarded-proto"]) return next();',
      'if (req.headers["user-agent"] === "probe") return next();',
      'if (req.method === "OPTIONS") return next();',
      'if (req.path === "/health") return next();',
      // A key, which is compared with a setting, or looked at elsewhere
      'if (req.headers["x-internal"] === process.env.INTERNAL) return next();',
      'if (req.headers["x-api-key"]) return next();',
      'if (req.headers["stripe-signature"]) return next();',
      // Beside something else, where it decides nothing alone
      "if (isDevelopment && req.query.debug) return next();",
      "const open = isDevelopment && req.query.debug; if (open) return next();",
      'if (process.env.NODE_ENV === "test") { if (req.query.debug) return next(); }',
      // What is asked for, rather than a way out
      'if (req.body.operationName === "login") return next();',
      "if (req.query.page) return next();",
      'if (req.body.type === "public") return next();',
      // It does not pass, or not for this.
      "if (req.query.debug) console.log(req.url);",
      'if (req.headers["x-internal"] !== "true") return next();',
      'if (req.headers["x-internal"] === "true") return next("route");',
      // A proxy or a service says so.
      'if (req.headers["ssl-client-verify"] === "SUCCESS") return next();',
      'if (req.get("x-gitlab-event") === "Push Hook") return next();',
      'if (req.headers["x-internal"] === "") return next();',
      'if (!req.headers["x-internal"]) return next();',
      "if (req.debug) return next();",
      "if (req.user.admin) return next();",
      // How a request is made, and keys, asked by a call
      'if (req.get("user-agent").startsWith("kube-probe")) return next();',
      'if (req.get("content-type").includes("multipart")) return next();',
      'if (req.get("authorization").startsWith("Basic ")) return next();',
      'if (req.get("x-internal") === process.env.INTERNAL) return next();',
      'if (req.get("x-internal").startsWith(process.env.PREFIX)) return next();',
      'if (TRUSTED.test(req.get("x-internal"))) return next();',
      'if (hosts.includes(req.get("x-internal"))) return next();',
      'if (/internal/.test(req.get("x-internal") || req.body.origin)) return next();',
      'if (/internal/.test(req.get("x-internal") || req.get("x-api-key"))) return next();',
      'const INTERNAL_KEY = "a"; if (req.get("x-internal") === INTERNAL_KEY) return next();',
      'if (isTrusted(req.get("x-internal"))) return next();',
      "if (sessions.find(req.query.debug)) return next();",
      // Beside something else
      'if (req.get("x-internal") && isLocal) return next();',
      'if (req.body.isLocal && req.get("x-internal")) return next();',
      'if (req.path === "/health" && req.get("x-internal")) return next();',
      'if (req.get("x-internal") === "1" && req.get("x-caller") === "2") return next();',
      // What is asked for, as a whole
      'if (req.body.query === "{ __schema { types { name } } }") return next();',
      'if (req.body.title.startsWith("query")) return next();',
      // A function that asks for more, or for one thing in two ways
      "const isOurs = (r) => r.headers['x-internal'] === process.env.INTERNAL; if (isOurs(req)) return next();",
      "const isOurs = (r) => { if (r.open) return r.headers['x-internal']; return isKnown(r); }; if (isOurs(req)) return next();",
      "const isOurs = (r) => { if (r.path === '/') return true; return r.headers['x-internal'] === '1'; }; if (isOurs(req)) return next();",
    ].map((before) => guard(before)),
    // A socket that says that it is nobody, shows a key, or only asks for something
    ...[
      "if (socket.handshake.query.kind === KINDS.guest) return next();",
      'if (socket.handshake.query.visitor === "1") return next();',
      "if (socket.handshake.query.kind === KEYS.key) return next();",
      "if (socket.handshake.query.kind === process.env.KIND) return next();",
      "if (socket.handshake.query.kind === other(socket)) return next();",
      "if (socket.handshake.query.kind) return next();",
      'if (socket.handshake.query.kind.startsWith("a")) return next();',
    ].map((before) => socket(before)),
    // Who has no claims is refused behind it.
    socket(
      "if (socket.handshake.query.kind === KINDS.agent) return next();",
      "export const join = (socket, room) => { if (!socket.claims) return; socket.join(room); };",
    ),
    guard('if (req.body.query.startsWith("query Introspection")) return next();') +
      "\nexport const me = (parent, args, ctx) => { if (!ctx.user) throw new Error(); return ctx.user; };",
    verifier(
      'if (req.body.query.startsWith("query Introspection")) return;',
      `${FIRST} export const me = (parent, args, ctx) => { if (!ctx.user) throw new Error(); return ctx.user; };`,
    ),
    // What only returns: the caller asks whether there are claims, or is out of sight, or waits for a call.
    ...[
      "export const handle = async (req, res) => { const user = await authenticate(req); if (!user) return res.sendStatus(401); res.json(await list()); };",
      "export const handle = async (req, res) => { const user = await authenticate(req); res.json(await list(user.id)); };",
      "export const handle = async (req, res) => { res.json(await list(await authenticate(req))); };",
    ].map((rest) => verifier('if (req.headers["x-internal"]) return;', rest)),
    verifier(
      'if (req.headers["x-internal"]) return;',
      "export const handle = async (req, res) => { const user = await whoIs(req); res.json(await list({ user })); };",
      "whoIs",
    ),
    verifier('if (req.headers["x-internal"]) return;', "export { currentUser };", "currentUser"),
    verifier(
      'if (req.headers["x-internal"]) return;',
      "export const handle = async (req, res) => { await tryAuthenticate(req); res.json(await list()); };",
      "tryAuthenticate",
    ),
    verifier('if (req.headers["x-internal"]) return {};', FIRST),
    verifier('if (req.headers["x-internal"]) { trace(req); return; }', FIRST),
    guard('if (req.headers["x-internal"]) return;'),
    `import jwt from "jsonwebtoken"; app.get("/", async (req, reply) => { if (req.query.debug) return; reply.send(jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] })); });`,
    // Nothing is verified behind it.
    `import jwt from "jsonwebtoken"; export function trace(req, res, next) { if (req.query.debug) return next(); next(); } export const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] });`,
    // All of it runs in one environment.
    // Where the routes of the file ask who is there, nobody is.
    `import jwt from "jsonwebtoken"; export function guard(req, res, next) { if (req.headers["x-internal"]) return next(); req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return next(); }
app.get("/orders", guard, (req, res) => { if (!req.user) return res.sendStatus(401); res.json(ordersOf(req.user)); });`,
    `import jwt from "jsonwebtoken"; export function guard(req, res, next) { if (process.env.NODE_ENV === "test") { if (req.query.debug) return next(); req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return next(); } res.sendStatus(401); }`,
    // What a function answers that is no guard
    `import jwt from "jsonwebtoken"; export function traced(req) { if (req.query.debug) return true; return jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }).traced; }`,
  ],
  invalid: [
    found(
      guard('if («req.headers["x-internal"] === "true"») return next();'),
      "the header x-internal",
    ),
    found(guard('if («req.headers["x-internal"]») { return next(); }'), "the header x-internal"),
    found(guard("if («req.query.debug») return next();"), "debug in the query"),
    found(guard('if («"1" === req.query.bypass») return next();'), "bypass in the query"),
    found(guard("if («req.body.isAdmin === true») return next();"), "isAdmin in the body"),
    found(
      guard('if (req.path === "/health" || «req.headers["x-probe"]») return next();'),
      "the header x-probe",
    ),
    found(
      guard('const { debug } = req.query; if («debug» || «req.headers["x-test"]») return next();'),
      "debug in the query",
      "the header x-test",
    ),
    found(
      `import jwt from "jsonwebtoken"; export class AuthGuard { canActivate(context) { const req = context.switchToHttp().getRequest(); if («req.headers["x-internal"]») return true; req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return true; } }`,
      "the header x-internal",
    ),
    found(
      guard(
        'const isInternal = «req.headers["x-internal"] === "true"»; if (isInternal) return next();',
      ),
      "the header x-internal",
    ),
    // Asked by a call, for the whole or for a part
    ...[
      'req.get("x-internal") === "1"',
      'req.header("X-Internal")',
      'req.headers.get("x-internal").startsWith("yes")',
      'req.get("x-internal").endsWith("yes")',
      '/^yes/.test(req.get("x-internal"))',
      'req.headers["x-internal"].match(/yes/)',
      'req.method === "GET" && req.get("x-internal")',
      'req.headers["x-internal"] && req.headers["x-internal"].includes("yes")',
      "isInternal(req)",
    ].map((test) =>
      found(
        `const isInternal = (r) => r.method === "GET" && r.headers["x-internal"] === "1";\n${guard(`if («${test}») return next();`)}`,
        "the header x-internal",
      ),
    ),
    found(
      `const YES = "1";\n${guard('const how = req.get("x-internal"); if («how === YES») return next();')}`,
      "the header x-internal",
    ),
    ...[
      'req.body.query.startsWith("query Introspection")',
      "req.body && /introspection/i.test(req.body.query)",
      'req.url.startsWith("/graphql") && req.body.query.includes("__schema")',
      "isHarmless(req)",
    ].map((test) =>
      found(
        `function isHarmless(req) { const text = (req.body.query || "").trim(); return req.method === "POST" && text.startsWith("query Introspection"); }\n${guard(`if (insecure || «${test}») return next();`)}`,
        "such a query in the body",
      ),
    ),
    found(
      socket("if («socket.handshake.query.kind === KINDS.agent») return next();"),
      "this kind in the handshake",
    ),
    found(
      socket('if («socket.handshake.auth.kind === "agent"») return next();'),
      "this kind in the handshake",
    ),
    found(
      socket('if («socket.handshake.query.debug === "1"») return next();'),
      "debug in the query",
    ),
    // What only returns, and is taken for a verification
    found(verifier('if («req.headers["x-internal"]») return;', FIRST), "the header x-internal"),
    found(
      verifier('if («req.headers["x-internal"]») { return null; }', FIRST),
      "the header x-internal",
    ),
    found(
      verifier(
        'if («req.headers["x-internal"]») return;',
        "export const handle = async (req, res) => { const user = await authenticate(req); res.json(await list({ user })); };",
      ),
      "the header x-internal",
    ),
    found(
      `import jwt from "jsonwebtoken"; export default async (app) => { app.addHook("onRequest", async (req) => { if («req.headers["x-internal"]») return; req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); }); };`,
      "the header x-internal",
    ),
    // Functions between the guard and the verification
    found(
      `import jwt from "jsonwebtoken"; const read = (token) => new Promise((resolve, reject) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }, (error, claims) => (error ? reject(error) : resolve(claims)))); const userOf = async (req) => (await read(req.token)).sub; export async function requireAuth(req, res, next) { if («req.query.debug») return next(); req.user = await userOf(req); next(); }`,
      "debug in the query",
    ),
    // In front of the call of the function that verifies
    found(
      `import jwt from "jsonwebtoken"; const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); export function requireAuth(req, res, next) { if («req.query.debug») return next(); req.user = read(req.token); next(); }`,
      "debug in the query",
    ),
  ],
});
