import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens for whom an event on a socket names, each next to its twin where somebody knows who has connected. */

const JWT = 'import jwt from "jsonwebtoken"; const key = process.env.KEY;';

const SIGN = 'jwt.sign({ sub: «data.userId» }, key, { expiresIn: "1h" })';

/** A server of socket.io that is made elsewhere, and an event that a client sends. */
const io = (event: string, connected = "", before = ""): string =>
  `${JWT} export function attach(io) { ${before} io.on("connection", (socket) => { ${connected} ${event} }); }`;

const joins = (body: string, parameters = "data"): string =>
  `socket.on("join", async (${parameters}) => { ${body} });`;

const EMITS = `socket.emit("token", ${SIGN});`;

const given = (code: string, name = "jwt.sign", ts?: true): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } }, ts === undefined ? {} : { ts });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const gateway = (parameters: string, event: string, more = "", body = ""): string =>
  `${JWT} import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
   @WebSocketGateway() export class Gateway { ${more} @SubscribeMessage("${event}") enter(${parameters}) { ${body} return { token: ${SIGN} }; } }`;

testRule("no-unverified-claims: events of sockets", rule, {
  valid: [
    // A middleware of the server, of a part of it or of the socket may ask.
    plain(io(joins(EMITS), "", "io.use(verify);")),
    plain(io(joins(EMITS), "", 'io.of("/chat").use((client, next) => next());')),
    plain(io(joins(EMITS), "socket.use((packet, next) => next());")),
    plain(io(joins(EMITS), "", "io.engine.use(sessions);")),
    // … and a function out of sight may give it one.
    plain(io(joins(EMITS), "", "secureSockets(io);")),
    plain(io(joins(EMITS), "", "const server = guarded(new Server(http));")),
    // Somebody is known on the socket, or who connects is looked at.
    plain(io(joins(EMITS), 'socket.on("name", () => socket.emit("name", socket.user.name));')),
    plain(io(joins(EMITS), "if (!socket.handshake.auth.token) return;")),
    plain(io(joins(EMITS), "const { user } = socket;")),
    plain(io(joins(EMITS), "if (!known(socket)) return socket.disconnect();")),
    plain(io(joins(EMITS), "await admit();").replace('"connection", (', '"connection", async (')),
    plain(io(joins(`if (socket.data.userId !== data.userId) return; ${EMITS}`))),
    // A password, a code or something out of sight is asked for in the event itself.
    plain(io(joins(`if (data.code !== codes.get(data.userId)) return; ${EMITS}`))),
    plain(io(joins(`if (!(await checkPassword(data))) return; ${EMITS}`))),
    plain(
      io(joins(`if (!waiting.get(data.userId)) return; ${EMITS}`)).replace(
        JWT,
        `${JWT} const waiting = new Map();`,
      ),
    ),
    plain(io(joins(`if (!io.admits(data)) return; ${EMITS}`))),
    plain(io(joins(`if (!(await broker.send(data))) return; ${EMITS}`))),
    plain(io(joins(`switch (data.code) { case CODE: ${EMITS} }`))),
    plain(
      `${JWT} app.post("/login", (req, admits) => { const data = req.body; admits(data); return ${SIGN}; });`,
    ),
    plain(io(joins(`socket.emit("token", ${SIGN}, await users.admit(data));`))),
    // What is named is a guest, a thing, or made here.
    plain(io(joins('socket.emit("token", jwt.sign({ sub: data.name }, key));'))),
    ...["identity", "participantName"].map((field) =>
      io(
        joins(
          `const at = new AccessToken(id, secret, { identity: data.${field} }); at.addGrant({ roomJoin: true, room: data.room }); io.to(socket.id).emit("match", await at.toJwt());`,
        ),
      ).replace(JWT, 'import { AccessToken } from "livekit-server-sdk";'),
    ),
    plain(io(joins('socket.emit("token", jwt.sign({ sub: data.userName }, key));'))),
    plain(io(joins('socket.emit("token", jwt.sign({ sub: data.documentId }, key));'))),
    plain(
      io(joins('const guest = data.userId; socket.emit("token", jwt.sign({ sub: guest }, key));')),
    ),
    plain(
      io(
        joins(
          'socket.emit("token", jwt.sign({ sub: crypto.randomUUID(), userId: data.userId }, key));',
        ),
      ),
    ),
    // The server looks at who connects by an option, or does it itself.
    plain(
      `${JWT} const wss = new WebSocketServer({ server, verifyClient }); wss.on("connection", (ws) => { ws.on("message", (data) => { ws.send(${SIGN}); }); });`,
    ),
    // Nobody says that it is called for somebody who connects, or it is never called.
    plain(
      `${JWT} export function open(client, params) { client.on("join", (data) => { client.emit("token", ${SIGN}); }); }`,
    ),
    plain(io(`socket.off("join", (data) => { ${EMITS} });`)),
    // The library tells of these, and the client side hears of what the server says.
    plain(io(`socket.on("disconnect", (data) => { ${EMITS} });`)),
    plain(`${JWT} const socket = connect(); socket.on("join", (data) => { ${EMITS} });`),
    plain(`${JWT} emitter.on("join", (data) => { socket.emit("token", ${SIGN}); });`),
    {
      code: plain(
        `${JWT} import { Socket } from "socket.io-client"; export const hear = (params: unknown, socket: Socket) => { ${joins(EMITS)} };`,
      ),
      ts: true,
    },
    // Nothing tells a guard of the application that a gateway needs none.
    ...[
      gateway("@MessageBody() data", "join"),
      gateway("@MessageBody() data, @CurrentUser() user", "login"),
      gateway("@MessageBody() data, @ConnectedSocket() client", "login", "", "check(client);"),
    ].map((code) => ({ code: plain(code), ts: true as const })),
  ],
  invalid: [
    given(io(joins(EMITS))),
    given(
      io(
        joins(EMITS),
        'socket.on("all", async () => { socket.emit("all", await store.find()); });',
      ),
    ),
    given(io(joins(EMITS), 'console.log(socket.id); socket.emit("hello");')),
    given(
      io(joins(EMITS), "", "app.use(express.json());").replace(
        JWT,
        `${JWT} import express from "express"; const app = express();`,
      ),
    ),
    given(
      io(joins(`waiting.set(data.userId, socket.id); ${EMITS}`)).replace(
        JWT,
        `${JWT} const waiting = new Map();`,
      ),
    ),
    given(io(joins(`io.to(socket.id).emit("token", ${SIGN});`))),
    given(io(joins(`ack({ token: ${SIGN} });`, "data, ack"))),
    given(io(joins("ack(jwt.sign({ sub: «userId» }, key));", "{ userId }, ack"))),
    given(io(joins("ack(jwt.sign({ sub: «userId» }, key));", "userId, ack"))),
    given(io(`const join = (data) => { ${EMITS} }; socket.on("join", join);`)),
    // By its name it is for signing in.
    given(
      io(
        joins("ack(jwt.sign({ email: «data.email» }, key));", "data, ack").replace(
          '"join"',
          '"login"',
        ),
      ),
    ),
    // The kind of a message chooses what is done.
    given(
      `${JWT} wss.on("connection", (ws) => { ws.on("message", (raw) => { const data = JSON.parse(raw); switch (data.type) { case "hello": ws.send(${SIGN}); } }); });`,
    ),
    given(
      `${JWT} import type { Server, Socket } from "socket.io"; export const hear = (io: Server, socket: Socket) => { ${joins(EMITS)} };`,
      "jwt.sign",
      true,
    ),
    given(
      io(
        joins(
          'const at = new AccessToken(id, secret, { identity: «data.userId» }); at.addGrant({ roomJoin: true, room: data.room }); io.to(socket.id).emit("match", await at.toJwt());',
        ),
      ).replace(JWT, 'import { AccessToken } from "livekit-server-sdk";'),
      "at.toJwt",
    ),
    given(gateway("@MessageBody() data, @ConnectedSocket() client", "login"), "jwt.sign", true),
    given(
      gateway('@MessageBody("userId") userId', "login").replace("data.userId", "userId"),
      "jwt.sign",
      true,
    ),
  ],
});
