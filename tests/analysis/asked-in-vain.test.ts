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
      "/tokens/internal",
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
  invalid: ["/token", "/chat-token", "/chatToken", "/user/token", "/sign", "/giveTokenByPhone"].map(
    (path) => found(handedOut(path).replace("userId:", "sub:").replace("userId:", "sub:")),
  ),
});
