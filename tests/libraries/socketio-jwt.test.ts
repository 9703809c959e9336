import { describe } from "vitest";
import { testRealistic, testTwins } from "../kit/twins.ts";

const SECRET = "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG";

describe("socketio-jwt", () => {
  testTwins(
    [
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: `io.use(socketioJwt.authorize({ secret: "${SECRET}", handshake: true }));`,
        safe: "io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET, handshake: true }));",
      },
      {
        rule: "no-weak-key",
        messageId: "guessableKey",
        vulnerable: 'io.use(socketioJwt.authorize({ secret: "your secret", handshake: true }));',
        safe: "io.use(socketioJwt.authorize({ secret: config.secret, handshake: true }));",
      },
      {
        rule: "require-algorithms",
        messageId: "unlistedByText",
        vulnerable: "io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET }));",
        safe: 'io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET, algorithms: ["HS256"] }));',
      },
      {
        rule: "no-algorithm-confusion",
        messageId: "mixesFamilies",
        vulnerable:
          'io.use(socketioJwt.authorize({ secret: process.env.KEY, algorithms: ["RS256", "HS256"] }));',
        safe: 'io.use(socketioJwt.authorize({ secret: process.env.KEY, algorithms: ["RS256"] }));',
      },
      {
        rule: "no-ignored-expiration",
        messageId: "ignored",
        vulnerable: "io.use(socketioJwt.authorize({ secret, ignoreExpiration: true }));",
        safe: "io.use(socketioJwt.authorize({ secret }));",
      },
      {
        rule: "no-ineffective-option",
        messageId: "misnamedCheck",
        vulnerable: 'io.use(socketioJwt.authorize({ secret, aud: "chat" }));',
        safe: 'io.use(socketioJwt.authorize({ secret, audience: "chat" }));',
      },
      {
        rule: "require-audience-check",
        messageId: "missingWithOwnKey",
        vulnerable: "io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET }));",
        safe: 'io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET, audience: "chat" }));',
      },
      {
        rule: "require-issuer-check",
        messageId: "missingWithOwnKey",
        vulnerable: "io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET }));",
        safe: 'io.use(socketioJwt.authorize({ secret: process.env.JWT_SECRET, issuer: "me" }));',
      },
    ],
    { preamble: 'const socketioJwt = require("socketio-jwt");', sourceType: "commonjs" },
  );

  testRealistic(
    "a chat",
    `
const { Server } = require("socket.io");
const socketioJwt = require("socketio-jwt");
const rooms = require("./rooms");

module.exports = function attach(httpServer) {
  const io = new Server(httpServer, { cors: { origin: "https://www.example.com" } });

  io.on(
    "connection",
    socketioJwt.authorize({
      secret: process.env.JWT_SECRET,
      algorithms: ["HS256"],
      issuer: "https://id.example.com",
      audience: "https://chat.example.com",
      timeout: 15000,
    }),
  );

  io.on("authenticated", (socket) => {
    const { sub } = socket.decoded_token;
    socket.on("join", async (room) => {
      if (await rooms.mayJoin(sub, room)) socket.join(room);
    });
    socket.on("message", ({ room, text }) => io.to(room).emit("message", { from: sub, text }));
  });

  return io;
};
`,
    { sourceType: "commonjs" },
  );
});

describe("@thream/socketio-jwt", () => {
  testTwins(
    [
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: `io.use(authorize({ secret: "${SECRET}" }));`,
        safe: "io.use(authorize({ secret: process.env.JWT_SECRET }));",
      },
      {
        rule: "no-weak-key",
        messageId: "guessableKey",
        vulnerable: 'io.use(authorize({ secret: "secret" }));',
        safe: "io.use(authorize({ secret: async (decoded) => keys.get(decoded.header.kid) }));",
      },
      {
        rule: "no-ineffective-option",
        messageId: "unread",
        vulnerable: 'io.use(authorize({ secret, audience: "chat" }));',
        safe: "io.use(authorize({ secret }));",
      },
      {
        rule: "no-none-algorithm",
        messageId: "listsNone",
        vulnerable: 'io.use(authorize({ secret, algorithms: ["HS256", "none"] }));',
        safe: 'io.use(authorize({ secret, algorithms: ["HS256"] }));',
      },
    ],
    { preamble: 'import { authorize } from "@thream/socketio-jwt";' },
  );

  testRealistic(
    "a chat",
    `
import { Server } from "socket.io";
import { authorize } from "@thream/socketio-jwt";
import { createServer } from "node:http";
import { accounts } from "./accounts";

const AUDIENCE = "https://chat.example.com";
const ISSUER = "https://id.example.com";

const server = createServer();
const io = new Server(server);

io.use(
  authorize({
    secret: process.env.JWT_SECRET,
    algorithms: ["HS256"],
    onAuthentication: async (claims) => {
      if (claims.aud !== AUDIENCE || claims.iss !== ISSUER) throw new Error("for somebody else");
      return accounts.find(claims.sub);
    },
  }),
);

io.on("connection", (socket) => {
  socket.join(socket.user.id);
  socket.on("message", ({ to, text }) => {
    io.to(to).emit("message", { from: socket.user.id, text });
  });
});

server.listen(process.env.PORT);
`,
  );
});
