import { Server } from "socket.io";
import { logger } from "./lib/logger.js";
import { verifyAccessToken } from "./lib/tokens.js";

export function attachRealtime(server) {
  const io = new Server(server, { path: "/live" });

  io.use(async (socket, next) => {
    try {
      socket.data.user = await verifyAccessToken(socket.handshake.auth.token);
    } catch (error) {
      logger.warn("socket refused", { reason: error.name, ip: socket.handshake.address });
      return next(new Error("unauthorized"));
    }
    return next();
  });

  io.on("connection", (socket) => {
    socket.join(`customer:${socket.data.user.sub}`);
  });
}
