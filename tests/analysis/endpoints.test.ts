import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that a runtime calls as their files export them, and those that a program has put something before. */

const JWT = 'import jwt from "jsonwebtoken"; const key = process.env.KEY;';

const SIGN = 'jwt.sign({ sub: «userId» }, key, { expiresIn: "1h" })';

const NEXT = `${JWT} import { NextResponse } from "next/server";`;

/** A route of Next.js that signs for whom the body names. */
const route = (before = "", answer = `NextResponse.json({ token: ${SIGN} })`): string =>
  `${NEXT} export async function POST(request) { const { userId } = await request.json(); ${before} return ${answer}; }`;

const EXPRESS =
  'import express from "express"; import cors from "cors"; import { gatekeeper } from "./gatekeeper.js"; const app = express();';

const CHAT =
  'import { StreamChat } from "stream-chat"; const chat = StreamChat.getInstance(process.env.CHAT_KEY, process.env.CHAT_SECRET); ';

const given = (code: string, filename = "app/api/token/route.js"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, { filename });

const plain = (code: string, filename = "app/api/token/route.js") => ({
  code: code.replaceAll(/[«»]/gu, ""),
  filename,
});

const KOA =
  'import Koa from "koa"; import Router from "@koa/router"; const app = new Koa(); const router = new Router();';

const koa = (mounts: string): string =>
  `${JWT} ${KOA} router.post("/token", async (ctx) => { const { userId } = ctx.request.body; ctx.body = { token: ${SIGN} }; }); ${mounts}`;

const READ = "const { userId } = await request.json();";

testRule("no-unverified-claims: handlers that runtimes call", rule, {
  valid: [
    // Something is asked in the handler.
    ...[
      "const session = await auth(); if (!session) return new Response(null, { status: 401 });",
      "if (request.headers.get('x-api-key') !== process.env.API_KEY) return new Response(null, { status: 401 });",
      "await requireUser(request);",
    ].map((before) => plain(route(before))),
    // The claim names no account.
    plain(route("", "NextResponse.json({ token: jwt.sign({ email: userId }, key) })")),
    plain(
      CHAT +
        route("", "NextResponse.json({ token: chat.createToken(userId) })").replaceAll(
          "userId",
          "channelId",
        ),
    ),
    // What a service answers is looked at, it may be asked for a proof, or told more; a client may know the request.
    ...[
      "if (!(await chat.queryMember(userId))) return new Response(null, { status: 403 });",
      "await chat.checkUser(userId);",
      "await chat.sendAnswer(body.answer);",
      "const helper = Chat.for(request); await helper.upsertUser({ id: userId });",
      "await upsertUser(...userId);",
      "await members.admit(userId);",
    ].map((before) =>
      plain(
        CHAT +
          'import { Chat } from "chats"; import { members } from "./members.js"; ' +
          route(
            `const body = await request.json(); ${before}`,
            "NextResponse.json({ token: chat.createToken(userId) })",
          ),
      ),
    ),
    plain(
      CHAT.replace("stream-chat", "streams") +
        route("", "NextResponse.json({ token: chat.createToken(userId) })"),
      "app/api/stream/route.js",
    ),
    // For a thing, as its address says
    ...["app/files/[id]/route.js", "src/routes/download/+server.js"].map((filename) =>
      plain(route(), filename),
    ),
    // A function around the handler may ask, by the name or by what it does.
    ...["withApiKey", "withOwner", "withSignedRequest"].map((wrapper) =>
      plain(
        `${JWT} ${EXPRESS} import { ${wrapper} } from "./wrappers.js"; app.post("/login", ${wrapper}(async (req, res) => { res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); }));`,
        "src/app.js",
      ),
    ),
    plain(
      `${JWT} const withGate = (handler) => (req, res) => (req.headers["x-gate"] === process.env.GATE ? handler(req, res) : res.status(401).end()); function handler(req, res) { res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); } export default withGate(handler);`,
      "pages/api/login.js",
    ),
    plain(
      `${JWT} import { withKey } from "./wrappers.js"; exports.login = withKey(login); function login(req, res) { res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); }`,
      "src/controllers/login.js",
    ),
    // Only other services may call it.
    ...[
      'setGlobalOptions({ invoker: "private" });',
      'const OPTIONS = { invoker: ["backend@shop"] };',
    ].map((said) =>
      plain(
        `${JWT} import { onRequest } from "firebase-functions/v2/https"; ${said} export const token = onRequest({ cors: true }, (req, res) => { res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); });`,
        "functions/index.js",
      ),
    ),
    // What a server is given in front of it may ask, by its name.
    ...["signedBody", "gatewayHeader()", "partnerOnly"].map((given) =>
      plain(
        `${JWT} ${EXPRESS} import { signedBody, gatewayHeader, partnerOnly } from "./before.js"; app.use(${given}); app.post("/login", (req, res) => { res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); });`,
        "src/app.js",
      ),
    ),
    // It is wrapped in what may ask, not exported, or called by another function.
    plain(
      `${NEXT} export const POST = withUser(async (request) => { ${READ} return NextResponse.json({ token: ${SIGN} }); });`,
    ),
    plain(
      `${NEXT} async function POST(request) { ${READ} return NextResponse.json({ token: ${SIGN} }); }`,
    ),
    plain(
      `${NEXT} export async function issue(request) { ${READ} return NextResponse.json({ token: ${SIGN} }); }`,
    ),
    // The file lies where tokens are for things, or for others.
    plain(route(), "app/api/download/route.js"),
    plain(route(), "app/api/admin/impersonate/route.js"),
    plain(
      `${JWT} export default { async scheduled(request) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    plain(
      `${JWT} export const options = { async fetch(request) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    plain(
      `${JWT} import { serve } from "./serve.js"; serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    plain(
      `${JWT} queue.serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    plain(
      `${JWT} export default withUser(defineEventHandler(async (event) => { const { userId } = await readBody(event); return { token: ${SIGN} }; }));`,
      "server/api/token.post.js",
    ),
    // The router is mounted behind a guard, or out of sight.
    plain(koa("app.use(requireUser); app.use(router.routes());"), "src/app.js"),
    plain(koa("export default router;"), "src/app.js"),
    plain(koa("other.use(router.routes());"), "src/app.js"),
  ],
  invalid: [
    ...["asyncHandler", "wrap", "catchErrors"].map((wrapper) =>
      given(
        `${JWT} ${EXPRESS} import { ${wrapper} } from "./wrappers.js"; app.post("/login", ${wrapper}(async (req, res) => { res.json({ token: jwt.sign({ sub: «req.body.userId» }, key) }); }));`,
        "src/app.js",
      ),
    ),
    given(route()),
    // Where a project lies is no address.
    given(route(), "/data/files/shop/app/token/route.js"),
    given(route(), "/data/files/token-route.js"),
    given(route("if (!userId) return NextResponse.json({ error: 'id' }, { status: 400 });")),
    given(
      `${JWT} export const POST = async (request) => { ${READ} return Response.json({ token: ${SIGN} }); };`,
    ),
    // SvelteKit
    given(
      `${JWT} import { json } from "@sveltejs/kit"; export async function POST({ request }) { ${READ} return json({ token: ${SIGN} }); }`,
      "src/routes/api/token/+server.js",
    ),
    // Nuxt
    given(
      `${JWT} export default defineEventHandler(async (event) => { const { userId } = await readBody(event); return { token: ${SIGN} }; });`,
      "server/api/token.post.js",
    ),
    // Workers, Bun and Deno
    given(
      `${JWT} export default { async fetch(request, env) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    given(
      `${JWT} Bun.serve({ async fetch(request) { ${READ} return Response.json({ token: ${SIGN} }); } });`,
      "src/server.js",
    ),
    given(
      `${JWT} Deno.serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    given(
      `${JWT} import { serve } from "https://deno.land/std@0.168.0/http/server.ts"; serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    // A router that the application itself mounts
    given(koa("app.use(router.routes());"), "src/app.js"),
    given(
      `${JWT} import express from "express"; const app = express(); const router = express.Router(); router.post("/token", (req, res) => res.json({ token: jwt.sign({ sub: «req.body.userId» }, key) })); app.use("/api", router);`,
      "src/app.js",
    ),
    marked(
      NEXT +
        CHAT.replace(/const chat.*/u, "") +
        route(
          "const chat = StreamChat.getInstance(process.env.CHAT_KEY, process.env.CHAT_SECRET);",
          "NextResponse.json({ token: chat.createToken(«userId») })",
        ).replace(NEXT, ""),
      { messageId: "askedIdentity", data: { name: "chat.createToken" } },
      { filename: "app/api/token/route.js" },
    ),
    marked(
      CHAT + route("", "NextResponse.json({ token: chat.createToken(«userId») })"),
      { messageId: "askedIdentity", data: { name: "chat.createToken" } },
      { filename: "app/api/token/route.js" },
    ),
    // A client that is made of settings alone tells a service who is meant, or nothing of him.
    ...[
      "await chat.upsertUser({ id: userId, role: 'user' });",
      "const channel = chat.channel('messaging', 'news'); await channel.create(); await channel.addMembers([userId]);",
    ].map((before) =>
      marked(
        CHAT +
          route(
            before,
            "NextResponse.json({ token: chat.createToken(«userId», Date.now() / 1000 + 3600) })",
          ),
        { messageId: "askedIdentity", data: { name: "chat.createToken" } },
        { filename: "app/api/token/route.js" },
      ),
    ),
    // Of such a service, the path may be called by its name.
    marked(
      CHAT + route("", "NextResponse.json({ token: chat.createToken(«userId») })"),
      { messageId: "askedIdentity", data: { name: "chat.createToken" } },
      { filename: "app/api/stream/route.js" },
    ),
    // A client of a service is made of settings.
    given(route("const chat = Chat.getInstance(process.env.CHAT_KEY, process.env.CHAT_SECRET);")),
  ],
});

/** The one thing that a file exports, without a name. */
const only = (head = "async function (request) {", answer = "Response.json", before = ""): string =>
  `${JWT} export default ${head} ${READ} ${before} return ${answer}({ token: ${SIGN} }); }`;

const LIVEKIT = (load: string, made = "new AccessToken"): string =>
  `export default async function (request) { ${READ} ${load} const token = ${made}(process.env.KEY, process.env.SECRET, { identity: «userId» }); token.addGrant({ roomJoin: true }); return new Response(await token.toJwt()); }`;

testRule("no-unverified-claims: handlers without a name", rule, {
  valid: [
    // It has a name, or something around it, by which others may mean it.
    plain(only("async function issue(request) {"), "src/token.js"),
    plain(`${only("withMembers(async (request) => {")})`, "src/token.js"),
    plain(only().replace("export default", "exports.issue ="), "src/token.js"),
    // What is mounted may answer otherwise.
    plain(only(undefined, "give"), "src/token.js"),
    plain(
      `${JWT} export default async (req, res) => { const { userId } = req.body; res.json({ token: ${SIGN} }); };`,
      "src/token.js",
    ),
    plain(
      only("async function (ctx) {").replace("request.json", "ctx.request.json"),
      "src/token.js",
    ),
    // Somebody is asked for, also by what is loaded only then.
    ...[
      "if (request.headers.get('x-key') !== process.env.GATE) return new Response(null);",
      'const { requireMember } = await import("./members.js"); await requireMember(request);',
      'const members = await import("./members.js"); if (!(await members.may(request))) return new Response(null);',
    ].map((before) => plain(only(undefined, undefined, before), "src/token.js")),
    plain(LIVEKIT('const { AccessToken } = await import("./own.js");'), "src/token.js"),
  ],
  invalid: [
    given(only(), "src/token.js"),
    given(only("async (request) => {"), "src/token.js"),
    given(
      only("async function (req, context) {").replace("request.json", "req.json"),
      "src/token.js",
    ),
    given(only(undefined, "new NextResponse"), "src/token.js"),
    given(
      only(undefined, undefined, 'const { log } = await import("node:console"); log;'),
      "src/token.js",
    ),
    given(only(undefined, undefined, 'const kid = Deno.env.get("KID");'), "src/token.js"),
    ...[
      LIVEKIT('const { AccessToken } = await import("livekit-server-sdk");'),
      LIVEKIT(
        'const livekit = await import("npm:livekit-server-sdk@2");',
        "new livekit.AccessToken",
      ),
    ].map((code) =>
      marked(
        code,
        { messageId: "askedIdentity", data: { name: "token.toJwt" } },
        { filename: "src/token.js" },
      ),
    ),
  ],
});

/** A route of the application itself, behind what it is given before. */
const behind = (before: string, sign = "jwt.sign({ sub: «req.body.userId» }, key)"): string =>
  `${JWT} ${EXPRESS} ${before} app.post("/token", (req, res) => res.json({ token: ${sign} }));`;

testRule("no-unverified-claims: what stands before a handler, and what it is told", rule, {
  valid: [
    // A function in sight refuses somebody, and one out of sight may.
    ...[
      'app.use((req, res, next) => { if (req.get("x-internal") !== process.env.INTERNAL) return res.sendStatus(403); next(); });',
      "const screen = (req, res, next) => { if (!known.has(req.ip)) throw new Error('no'); next(); }; app.use(screen);",
      "app.use(gatekeeper);",
      "app.use(gatekeeper());",
    ].map((before) => plain(behind(before), "src/app.js")),
    // The handler is told who asks, takes its request apart, or looks him up by a secret.
    plain(
      `${JWT} import { json } from "@sveltejs/kit"; export async function POST({ request, locals }) { if (!locals.editor) return new Response(null, { status: 403 }); ${READ} return json({ token: ${SIGN} }); }`,
      "src/routes/api/token/+server.js",
    ),
    plain(
      `${JWT} ${EXPRESS} app.post("/token", ({ user, body }, res) => { if (!user.isStaff) return res.sendStatus(403); res.json({ token: jwt.sign({ sub: body.userId }, key) }); });`,
      "src/app.js",
    ),
    ...[
      "if (!PINS[req.body.pin]) return res.sendStatus(401);",
      "if (!LOGINS[`${req.body.email}:${req.body.answer}`]) return res.sendStatus(401);",
      "if (!pending.has(`${req.body.userId}:${req.body.answer}`)) return res.sendStatus(401);",
      "const entry = `${req.body.userId}:${req.body.answer}`; if (!pending.has(entry)) return res.sendStatus(401);",
      "const denied = deniedResponse(req); if (denied) return denied;",
      "rejectWithError(req);",
      "if (!req.viewer) return res.sendStatus(401);",
    ].map((asks) =>
      plain(
        `${JWT} ${EXPRESS} app.post("/token", (req, res) => { ${asks} res.json({ token: jwt.sign({ sub: req.body.userId }, key) }); });`,
        "src/app.js",
      ),
    ),
    // A webhook was asked for its signature.
    `${JWT} ${EXPRESS} app.use(verifySignature); app.post("/hook", (req, res) => res.json({ token: jwt.sign(req.body, key) }));`,
    // The id of a thing
    plain(
      route(
        "",
        "NextResponse.json({ token: jwt.sign({ id: userId, quantity: 1 }, key) })",
      ).replaceAll("userId", "cartId"),
    ),
  ],
  invalid: [
    ...[
      "app.use(cors());",
      "app.use(express.json());",
      'app.use((req, res, next) => { if (req.method === "OPTIONS") return res.sendStatus(204); next(); });',
      "app.use((req, res, next) => { res.set('x-powered-by', 'us'); next(); });",
      "app.use((error, req, res, next) => { if (error.status) return res.sendStatus(error.status); next(error); });",
      "app.use((req, res) => res.sendStatus(404));",
    ].map((before) => given(behind(before), "src/app.js")),
    ...[
      "const name = NAMES[req.body.email];",
      "if (!users[req.body.email]) return res.sendStatus(404);",
    ].map((asks) =>
      given(
        `${JWT} ${EXPRESS} app.post("/token", (req, res) => { ${asks} res.json({ token: jwt.sign({ sub: «req.body.userId» }, key) }); });`,
        "src/app.js",
      ),
    ),
    marked(
      `${JWT} ${EXPRESS} app.post("/hook", (req, res) => res.json({ token: jwt.sign(«req.body», key) }));`,
      { messageId: "askedClaims", data: { name: "jwt.sign" } },
    ),
  ],
});

const FUNCTIONS =
  'const functions = require("firebase-functions"); const admin = require("firebase-admin"); const jwt = require("jsonwebtoken");';
const CUSTOM =
  "exports.createCustomToken = functions.https.onRequest(async (req, res) => { res.send(await admin.auth().createCustomToken(«req.body.uid»)); });";
const STREAM =
  '"use server"; import { StreamChat } from "stream-chat"; const server = StreamChat.getInstance(process.env.KEY, process.env.SECRET);';
const GIVE = "res.json({ token: jwt.sign({ id: «req.body.userId» }, key) });";

/** Handlers are called as what they call is, and nobody else of the file calls them. */
testRule("no-unverified-claims: handlers that are called as what they call", rule, {
  valid: [
    `${FUNCTIONS} ${CUSTOM} exports.guarded = (req, res) => { if (!proven(req)) return; exports.createCustomToken(req, res); };`,
    `${FUNCTIONS} ${CUSTOM} app.post("/login", (req, res) => { proven(req); handlers.createCustomToken(req, res); });`,
    `const jwt = require("jsonwebtoken"); exports.login = (req, res) => { if (req.retry) return exports.login(req, res); ${GIVE} };`,
    `const jwt = require("jsonwebtoken"); exports.login = (req, res) => { if (req.retry) return module.exports.login(req, res); ${GIVE} };`,
    `const jwt = require("jsonwebtoken"); class Sessions { login(req, res) { if (req.retry) return this.login(req, res); ${GIVE} } }`,
    `const jwt = require("jsonwebtoken"); function login(req, res) { ${GIVE} } exports.enter = (req, res) => { if (proven(req)) login(req, res); };`,
    `${STREAM} export async function createToken(memberId) { const user = await currentUser(); return server.createToken(memberId); }`,
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    marked(`${FUNCTIONS} ${CUSTOM}`, {
      messageId: "askedIdentity",
      data: { name: "createCustomToken" },
    }),
    // … of a library, also elsewhere
    marked(
      `${FUNCTIONS} ${CUSTOM} exports.renew = (user) => admin.auth().createCustomToken(user.uid);`,
      { messageId: "askedIdentity", data: { name: "createCustomToken" } },
    ),
    marked(
      `${STREAM} export async function createToken(memberId) { return server.createToken(«memberId»); }`,
      { messageId: "calledIdentity", data: { name: "server.createToken" } },
    ),
    marked(
      `${FUNCTIONS} const { issueToken } = require("./tokens"); exports.issueToken = functions.https.onRequest((req, res) => { res.json(issueToken(«req.body.userId»)); });`,
      { messageId: "askedIdentity", data: { name: "issueToken, as its name says," } },
    ),
  ],
});

/** An endpoint of Next.js that opens a room. */
const room = (read: string, identity: string, before = ""): string =>
  `import { AccessToken } from "livekit-server-sdk"; export async function POST(req) { ${read} ${before} const pass = new AccessToken(process.env.LK_KEY, process.env.LK_SECRET, { identity: ${identity} }); pass.addGrant({ room, roomJoin: true }); return Response.json({ token: await pass.toJwt() }); }`;
const CALL_TOKEN = "app/api/call-token/route.ts";

testRule("no-unverified-claims: whom a token for a room is for", rule, {
  valid: [
    plain(
      room("const { room, identity } = await req.json();", "identity", "await auth();"),
      CALL_TOKEN,
    ),
    plain(
      room(
        "const { room, identity } = await req.json();",
        "identity",
        "const { user } = await sessionOf(req);",
      ),
      CALL_TOKEN,
    ),
    plain(
      room(
        "const { room, identity } = await req.json();",
        "identity",
        "const { user } = req.cookies;",
      ),
      CALL_TOKEN,
    ),
    plain(
      room("const { room, identity } = await req.json();", "identity", "const { session } = req;"),
      CALL_TOKEN,
    ),
    // A device, one's own name, a guest
    plain(room("const { room, deviceId } = await req.json();", "deviceId"), CALL_TOKEN),
    plain(
      room("const { room, identity } = await req.json();", "`${identity}-${randomUUID()}`"),
      CALL_TOKEN,
    ),
    plain(
      room(
        "const { room, asked } = await req.json(); const identity = asked.identity ?? crypto.randomUUID();",
        "identity",
      ),
      CALL_TOKEN,
    ),
    plain(
      room("const { room, identity } = await req.json();", "identity", "const isGuest = true;"),
      CALL_TOKEN,
    ),
    plain(
      room("const { room, identity } = await req.json();", "identity"),
      "app/api/admin/call-token/route.ts",
    ),
    // No room, but a thing
    plain(
      `${JWT} export async function POST(req) { const { participantId } = await req.json(); return Response.json({ token: jwt.sign({ sub: participantId }, key) }); }`,
      CALL_TOKEN,
    ),
  ],
  invalid: [
    room("const { room, identity } = await req.json();", "«identity»"),
    room("const { room, participantName } = await req.json();", "«participantName»"),
    room("const { room, participantId: who } = await req.json();", "«who»"),
    room("const { room, user } = await req.json();", "«user»"),
    room("const { room, name } = await req.json();", "«name»"),
    room(
      "const { searchParams } = new URL(req.url); const room = searchParams.get('room'); const identity = searchParams.get('identity');",
      "«identity»",
    ),
  ].map((code) =>
    marked(
      code,
      { messageId: "askedIdentity", data: { name: "pass.toJwt" } },
      { filename: CALL_TOKEN },
    ),
  ),
});
