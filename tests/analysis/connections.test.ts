import unchecked from "../../src/rules/no-unchecked-verification.ts";
import unverified from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Clients that connect with a token, next to their twins whose token somebody verifies. */

/** What a server does when a client of socket.io connects. */
const onConnection = (body: string): string =>
  `// token\nio.on("connection", async (socket) => { ${body} });`;

const TOKEN = "const token = socket.handshake.auth.token;";
const ENDS = "{ socket.disconnect(); return; }";

const told = (code: string, guard = "This function"): InvalidCase =>
  marked(code, { messageId: "presenceOnly", data: { guard } });

/** The same for a handler that goes on with what stands behind the test. */
const goesOn = (rest: string, before = ""): InvalidCase =>
  told(onConnection(`${before} ${TOKEN} if («!token») ${ENDS} ${rest}`));

const READS_ADDRESS = 'const token = new URL(req.url, "http://a").searchParams.get("token");';
const UPGRADES = `server.on("upgrade", (req, socket, head) => { ${READS_ADDRESS} if («!token») return socket.destroy(); wss.handleUpgrade(req, socket, head, (ws) => wss.emit("connection", ws, req)); });`;

const asked = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unchecked-verification: clients that connect", unchecked, {
  valid: [
    ...[
      // Handed on, kept, compared or looked up
      "const user = await resolve(token);",
      "const user = await users.findOne({ token });",
      "register(io, socket);",
      "const { handshake } = socket; await lookUp(handshake);",
      "socket.token = token;",
      'if (token !== process.env.AGENT) return socket.disconnect(); socket.join("agents");',
      "const kept = await redis.get(`session:${token}`); socket.join(kept);",
      'socket.on("hello", async () => { socket.emit("hello", await names.find(token)); });',
      "for (const one of [token]) await use(one);",
      "sockets.set(token, socket);",
      "const { token: sent } = socket.handshake.auth; sockets.set(sent, socket);",
      "const { token: sent } = socket.handshake.auth; for (const one of [sent]) await use(one);",
      "for (const one of socket.handshake.parts) await use(one);",
      // Another proof
      "await checkUser(socket.handshake.query.userId);",
      "const { room, key } = socket.handshake.query; if (rooms.get(room).key !== key) return socket.disconnect();",
      "if (!allowed.has(socket.handshake.address)) return socket.disconnect();",
      // Somebody has put it there before
      "socket.join(socket.data.user.id);",
      "socket.join(socket.userId);",
    ].map((rest) => onConnection(`${TOKEN} if (!token) ${ENDS} ${rest}`)),
    // Nobody is turned away, and the client does not say who it is
    onConnection(`${TOKEN} if (!token) await save(1); else await save(2);`),
    onConnection(
      `${TOKEN} if (!token) console.log("none"); socket.join(socket.handshake.query.userId);`,
    ),
    onConnection(
      `${TOKEN} if (socket.handshake.query.full) ${ENDS} console.log("no token", !token);`,
    ),
    // The server asks before
    ...[
      "io.use(authenticate);",
      'io.of("/chat").use(authenticate);',
      "const server = new WebSocketServer({ port: 1, verifyClient });",
      "const io = new Server(http, { allowRequest });",
    ].map((before) => `${before} ${onConnection(`${TOKEN} if (!token) ${ENDS}`)}`),
    // What it was opened with is read elsewhere
    `${onConnection(`${TOKEN} if (!token) ${ENDS}`)} io.of("/b").on("connection", (client) => use(client.handshake));`,
    // A request that is handed on to who reads it
    asked(`// token\n${UPGRADES}`),
    asked(`// token\nwss.on("connection", (ws, request) => greet(ws, request)); ${UPGRADES}`),
    asked(`// token\nwss.on("connection", onConnection); ${UPGRADES}`),
    `// token\nwss.on("connection", (ws, req) => { ${READS_ADDRESS} if (!token) return ws.close(); ws.user = userOf(req); });`,
    `// token\nwss.on("connection", (ws) => greet(ws)); server.on("upgrade", (req, socket) => { ${READS_ADDRESS} if (!token) return socket.destroy(); const user = userOf(req); accept(user); });`,
    // What is no token
    onConnection(
      "const { pushToken } = socket.handshake.auth; if (!pushToken) return socket.disconnect();",
    ),
    // Other functions
    `// token\nexport const gateway = (socket, options) => { ${TOKEN} if (!token) return socket.disconnect(); socket.on("a", run); };`,
    `// token\nexport const gateway = (socket) => { ${TOKEN} if (!token) return socket.disconnect(); bus.on("a", run); };`,
    `// token\nclass Gateway { handleMessage(socket) { ${TOKEN} if (!token) return socket.disconnect(); } }`,
    `// token\nexport function next(socket, done) { ${TOKEN} if (!token) return done(new Error("none")); done(); }`,
    `// token\nio.use((socket, next) => { ${TOKEN} if (!token) return next(new Error("none")); socket.data.user = userOf(socket); next(); });`,
    `// token\nio.use((socket, next) => { ${TOKEN} if (!token) return next(new Error("none")); socket.data.handshake = socket.handshake; next(); });`,
  ],
  invalid: [
    goesOn("socket.join(socket.handshake.query.userId);"),
    goesOn(
      'socket.on("message", async (data) => { await Message.create({ from: userId, text: data.text }); io.to(data.room).emit("message", data); });',
      "const { userId } = socket.handshake.query;",
    ),
    goesOn("online.set(socket.handshake.query.userId, socket);"),
    goesOn("socket.userId = socket.handshake.query.userId; socket.join(socket.userId);"),
    goesOn("for (const id of rooms) socket.join(id);"),
    told(
      onConnection(
        "const { token, userId } = socket.handshake.auth; if («!token») throw new Error(); await greet(userId);",
      ),
    ),
    told(
      onConnection(
        `${TOKEN} const { userId } = socket.handshake.query; socket.on("save", async (data) => { if («!token») await saveAsGuest(userId, data); else await save(userId, data); });`,
      ),
    ),
    // Handed over by its name, bound, in a gateway, and from another file
    told(
      `// token\nfunction connected(socket) { ${TOKEN} if («!token») ${ENDS} socket.join("all"); } io.on("connection", connected);`,
      "connected",
    ),
    told(
      `// token\nclass Chat { start() { this.io.on("connection", this.connected.bind(this)); } connected(socket) { ${TOKEN} if («!token») ${ENDS} socket.join("all"); } }`,
      "connected",
    ),
    told(
      `// token\nclass Gateway { handleConnection(client) { const token = client.handshake.query.token; if («!token») return client.disconnect(); client.join("all"); } }`,
      "handleConnection",
    ),
    told(
      `// token\nexport const gateway = (socket) => { ${TOKEN} if («!token») return socket.disconnect(); socket.on("a", run); };`,
      "gateway",
    ),
    // A middleware that is handed over elsewhere, or takes over who the client says it is
    told(
      `// token\nexport function first(socket, next) { ${TOKEN} if (!token) return next(new Error("none")); «next()»; }`,
      "first",
    ),
    told(
      `// token\nio.use((socket, next) => { ${TOKEN} if (!token) return next(new Error("none")); socket.data.userId = socket.handshake.auth.userId; «next()»; });`,
    ),
    // Beside the socket stands the request
    told(
      `// token\nwss.on("connection", (ws, req) => { ${READS_ADDRESS} if («!token») return ws.close(); greet(ws); clients.add(ws); ws.on("message", send); });`,
    ),
    told(
      `// token\nwss.on("connection", (ws, req) => { const url = new URL(req.url, "http://a"); if («!url.searchParams.get("token")») return ws.terminate(); greet(url.searchParams.get("userId")); });`,
    ),
    told(
      `// token\nwss.on("connection", (ws, req) => { const { token, userId } = url.parse(req.url, true).query; if («!token») return ws.close(); greet(userId); });`,
    ),
    told(
      `// token\nwss.on("connection", (ws, req) => { const { query } = url.parse(req.url, true); if («!query.token») return ws.close(); greet(query.userId); });`,
    ),
    told(`// token\nwss.on("connection", (ws) => greet(ws)); ${UPGRADES}`),
  ],
});

const DECODE = 'import { jwtDecode } from "jwt-decode";';

const identity = (code: string): InvalidCase =>
  marked(`${DECODE}\n${code}`, { messageId: "identity", data: { name: "jwtDecode", line: "2" } });

const KEEPS_WHO = "clients.set(claims.sub, client);";

testRule("no-unverified-claims: clients that connect", unverified, {
  valid: [
    `${DECODE}\nfunction show(client) { const claims = jwtDecode(client.token); ${KEEPS_WHO} }`,
    // Another server has answered it
    `${DECODE}\nexport async function follow(req) { const answer = await fetch(start); const url = new URL(answer.url); req.user = jwtDecode(url.searchParams.get("token")); }`,
  ],
  invalid: [
    identity(
      `wss.on("connection", (client, req) => { const claims = «jwtDecode(new URL(req.url, base).searchParams.get("token"))»; client.userId = claims.sub; });`,
    ),
    identity(
      `class Chat { start() { this.wss.on("connection", (client, req) => { const claims = «jwtDecode(req.headers.authorization)»; ${KEEPS_WHO} }); } }`,
    ),
    identity(
      `class Gateway { handleConnection(client) { const claims = «jwtDecode(client.handshake.auth.token)»; ${KEEPS_WHO} } }`,
    ),
    identity(
      `function connected(client) { const claims = «jwtDecode(client.handshake.auth.token)»; ${KEEPS_WHO} } io.on("connection", connected);`,
    ),
  ],
});
