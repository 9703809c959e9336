import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What is asked on the way to a token and proves nothing, each next to what may prove something. */

const JWT = 'import express from "express"; import jwt from "jsonwebtoken";';
const APP = "const app = express();";
const FINDS = "const user = await User.findOne({ email: req.body.email });";
const GIVES =
  "res.json({ token: jwt.sign({ id: user.id }, process.env.KEY, { expiresIn: '1h' }) });";

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, name = "jwt.sign") =>
  marked(code, { messageId: "askedIdentity", data: { name } });

/** A handler that does something between finding somebody and giving him a token. */
const login = (steps: string, before = ""): string =>
  `${JWT} ${before} ${APP} app.post("/login", async (req, res) => { ${FINDS.replace("req.body.email", "«req.body.email»")} ${steps} ${GIVES} });`;

const REFUSES = "return res.sendStatus(403);";

testRule("no-unverified-claims: questions that anybody can answer", rule, {
  valid: [
    `if (user.pin !== req.body.pin) ${REFUSES}`,
    `if (user.role !== req.session.role) ${REFUSES}`,
    `if (user.card !== req.body.card) ${REFUSES}`,
    // What the error says is nothing that the request is compared with …
    "try { await check(req.body); } catch (error) { if (error.code === 'missing') throw error; }",
    // … and what has failed may have been the proof.
    `const error = await ask(req.body); if (error.code === "missing") ${REFUSES}`,
    "user.nick = user.name.matches(req.body.password);",
  ].map((steps) => plain(login(steps))),
  invalid: [
    `if (user.role !== req.body.role) ${REFUSES}`,
    `if (req.body.userType !== user.userType) ${REFUSES}`,
    `const { role } = req.body; if (user.role !== role) ${REFUSES}`,
    "try { user.seen = Date.now(); } catch (error) { if (error.code === 'missing') throw error; }",
    "user.nick = `Rover${Math.random().toString(36).substr(2, 6)}`;",
    "user.nick = user.name.normalize();",
  ].map((steps) => found(login(steps))),
});

const CORS = 'import cors from "cors";';

/** With what an application is given before its handlers. */
const behind = (before: string): string =>
  login("").replace(APP, `${APP} app.use(${before});`).replace(JWT, `${JWT} ${CORS}`);

testRule("no-unverified-claims: headers that a browser may send", rule, {
  valid: [
    'cors({ allowedHeaders: ["X-Thing"], guard: auth })',
    '(req, res, next) => { if (req.headers["authorization"] !== process.env.PASS) return res.end(); next(); }',
    'cors({ origin: "*" }), guard',
  ].map((before) => plain(behind(before))),
  invalid: [
    'cors({ origin: true, allowedHeaders: ["Content-Type", "Authorization"] })',
    'cors({ allowedHeaders: "Content-Type, Authorization" })',
    'cors({ exposedHeaders: ["Authorization"] })',
    'cors({ allowHeaders: ["authorization"], exposeHeaders: [] })',
    '(req, res, next) => { res.setHeader("Access-Control-Allow-Headers", "Content-Type, Authorization"); next(); }',
    '(req, res, next) => { res.set({ "Access-Control-Expose-Headers": "Authorization" }); next(); }',
  ].map((before) => found(behind(before))),
});

/** A handler that is given more than two things. */
const ending = (steps: string): string =>
  `${JWT} import restify from "restify"; const server = restify.createServer(); server.post("/login", (req, res, next) => { ${steps} });`;

const TOKEN = "jwt.sign({ email: «req.body.email» }, process.env.KEY, { expiresIn: '1h' })";

testRule("no-unverified-claims: what is called behind the answer", rule, {
  valid: [
    `res.token = ${TOKEN}; next();`,
    `next(); res.send({ token: ${TOKEN} });`,
    `res.cookie("token", ${TOKEN}); next();`,
    `if (req.body.later) next(); res.send({ token: ${TOKEN} });`,
    `if (!req.body.email) { next(); return; } res.send({ token: ${TOKEN} });`,
  ].map((steps) => plain(ending(steps))),
  invalid: [
    `res.send({ token: ${TOKEN} }); return next();`,
    `res.send({ token: ${TOKEN} }); next();`,
  ].map((steps) => found(ending(steps))),
});

const LIVEKIT = 'import { AccessToken } from "livekit-server-sdk";';

/** A room's token, for whoever the body names so. */
const room = (read: string, identity: string, beside = ""): string =>
  `${JWT} ${LIVEKIT} ${APP} app.post("/token", async (req, res) => { ${read} const pass = new AccessToken(A, B, { identity: ${identity}${beside} }); pass.addGrant({ roomJoin: true, room: req.body.room }); res.json({ token: await pass.toJwt() }); });`;

/** What another file makes a token with. */
const imported = (call: string, reads: string): string =>
  `import { Router } from "express"; import { makeToken, makeRoomToken } from "../lib/tokens"; /* jwt */ const router = Router(); router.post("/login", async (req, res) => { ${reads} res.json({ token: ${call} }); });`;

const FIREBASE =
  'import * as functions from "firebase-functions"; import * as admin from "firebase-admin"; /* jwt */';

testRule("no-unverified-claims: rooms and what somebody is shown as", rule, {
  valid: [
    room("const { displayName } = req.body;", "displayName"),
    room("const { guestId, displayName } = req.body;", "guestId", ", name: displayName"),
    `${JWT} ${APP} app.post("/login", (req, res) => { const { name, room } = req.body; res.json({ room, token: jwt.sign({ name }, process.env.KEY, { expiresIn: "1h" }) }); });`,
    imported("makeToken(userId, pin)", "const { userId, pin } = req.body;"),
    imported("makeToken(userId, proofOfRoom)", "const { userId, proofOfRoom } = req.body;").replace(
      "proofOfRoom }",
      "passOfRoom: proofOfRoom }",
    ),
  ],
  invalid: [
    found(
      room("const { userId, displayName } = req.body;", "«userId»", ", name: displayName"),
      "pass.toJwt",
    ),
    found(
      imported("makeRoomToken(roomName, «userId»)", "const { roomName, userId } = req.body;"),
      "makeRoomToken, as its name says,",
    ),
    found(
      imported(
        "makeToken(«userId»)",
        "const { roomName, userId } = req.body; log(roomName);",
      ).replace("log(roomName);", "res.set('x-room', roomName);"),
      "makeToken, as its name says,",
    ),
    found(
      `${FIREBASE} export const naverAuth = functions.https.onRequest(async (req, res) => { const { userId, displayName } = req.body; const token = await admin.auth().createCustomToken(«userId», { displayName }); res.json({ token }); });`,
      "createCustomToken",
    ),
    found(
      `${FIREBASE} export const naverAuth = functions.https.onRequest(async (req, res) => { const { id, displayName } = req.body; const token = await admin.auth().createCustomToken(«id», { displayName }); res.json({ token }); });`,
      "createCustomToken",
    ),
  ],
});

/** A route of a router that may stand behind a guard. */
const handedOut = (path: string, claims = "{ userId: «req.body.userId» }"): string =>
  `import { Router } from "express"; import jwt from "jsonwebtoken"; const router = Router(); router.post("${path}", (req, res) => { res.json({ token: jwt.sign(${claims}, process.env.KEY, { expiresIn: "1h" }) }); });`;

testRule("no-unverified-claims: addresses that give tokens out", rule, {
  valid: [
    ...[
      "/token",
      "/sign",
      "/tokens/internal",
      "/giveTokenForReceipt",
      "/device-token",
      "/token-list",
      "/design",
      "/push/token",
      "/x-token",
    ].map((path) => handedOut(path)),
    // The id of a thing
    handedOut("/token", "{ orderId: req.body.orderId }"),
    handedOut("/sign", "{ document: req.body.document }"),
  ].map(plain),
  invalid: ["/chat-token", "/chatToken", "/user-token", "/giveTokenByPhone"].map((path) =>
    found(handedOut(path).replace("userId:", "sub:").replace("userId:", "sub:")),
  ),
});

/** What an application is given before its handlers, of imported and injected things. */
const used = (before: string, inside = ""): string =>
  `import { createTenants, gate, loadProfile, platformCallers, slow } from "./lib.js"; import jwt from "jsonwebtoken"; export const build = ({ door }) => { ${inside} const app = express(); app.use(${before}); app.post("/login", async (req, res) => { ${FINDS.replace("req.body.email", "«req.body.email»")} ${GIVES} }); return app; };`;

const PREFLIGHT = 'if (req.method === "OPTIONS") return res.sendStatus(204);';

testRule("no-unverified-claims: guards in front of an application", rule, {
  valid: [
    ...[
      "gate",
      "door",
      "[express.json(), gate]",
      "...[gate]",
      'require("./gate")',
      "createTenants(pool).middleware()",
      "asyncHandler(gate)",
      "loadProfile",
      "platformCallers",
      `(req, res, next) => { ${PREFLIGHT} if (!callers.has(req.get("x-caller"))) return res.sendStatus(403); next(); }`,
      '(req, res, next) => { if (req.method !== "OPTIONS" && !known(req)) return res.sendStatus(403); next(); }',
      "(req, res, next) => next(known(req.path) ? undefined : new Error('no'))",
      "async (req, res, next) => { try { await lists.load(); next(); } catch (error) { next(error); } }",
      "async (req, res, next) => { await lists.resolve(req); next(); }",
      "async (ctx, next) => { if (lists.has(ctx.path)) await next(); }",
      "async (ctx, next) => { ctx.assert(lists.has(ctx.path), 401); await next(); }",
    ].map((before) => used(before)),
    used("tenants.handle", "const tenants = createTenants(pool);"),
  ].map(plain),
  invalid: [
    ...[
      "express.json()",
      "requestLogger",
      "[express.json(), cors()]",
      'require("morgan")("dev")',
      `(req, res, next) => { res.set("x-served-by", "shop"); ${PREFLIGHT} next(); }`,
      "(req, res, next) => { logRequest(req); next(); }",
      "async (ctx, next) => { await next(); }",
    ].map((before) => used(before)),
    used("slowly", "const slowly = rateLimit({ max: 5 });"),
  ].map((code) => found(code)),
});

/** What is compared in other ways. */
testRule("no-unverified-claims: comparisons in other forms", rule, {
  valid: [
    `if (+req.body.otp !== user.otp) ${REFUSES}`,
    `if (!user.seeds.split(",").includes(req.body.seed)) ${REFUSES}`,
    `if (![user.seed, user.older].includes(req.body.seed)) ${REFUSES}`,
    `if (!Object.is(user.seed, req.body.seed)) ${REFUSES}`,
    `let diff = 0; for (let at = 0; at < 9; at += 1) diff |= user.seed.charCodeAt(at) ^ req.body.seed.charCodeAt(at); if (diff) ${REFUSES}`,
    `switch (user.seed) { case req.body.seed: break; default: ${REFUSES} }`,
    `if (!req.partner) ${REFUSES}`,
  ].map((steps) => plain(login(steps))),
  invalid: [
    `if (typeof req.body.otp !== "string") ${REFUSES}`,
    `if (!["web", "app"].includes(req.body.from)) ${REFUSES}`,
    `switch (req.body.from) { case "web": break; default: ${REFUSES} }`,
  ].map((steps) => found(login(steps))),
});
