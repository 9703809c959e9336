import { createServer } from "node:http";
import cookieParser from "cookie-parser";
import express from "express";
import { config } from "../config/index.js";
import { logger } from "./lib/logger.js";
import { authenticate } from "./middleware/authenticate.js";
import { customerAuth, staffAuth } from "./middleware/gateway.js";
import { requireAdmin } from "./middleware/require-admin.js";
import { accessLog, debugRequests, logRejections } from "./middleware/request-log.js";
import { attachRealtime } from "./realtime.js";
import { authRouter } from "./routes/auth.js";
import { catalogRouter } from "./routes/catalog.js";
import { devicesRouter } from "./routes/devices.js";
import { ordersRouter } from "./routes/orders.js";
import { passwordResetRouter } from "./routes/password-reset.js";
import { webhooksRouter } from "./routes/webhooks.js";
import * as users from "./lib/users.js";

const app = express();
app.use(express.json());
app.use(cookieParser());
app.use(accessLog);
if (process.env.DEBUG_REQUESTS) app.use(debugRequests);

app.get("/health", (req, res) => res.json({ ok: true }));
app.use("/auth", authRouter);
app.use("/auth/reset", passwordResetRouter);
app.use("/catalog", customerAuth, catalogRouter);
app.use("/orders", ordersRouter);
app.use("/devices", devicesRouter);
app.use("/partners", webhooksRouter);
app.get("/me", authenticate, async (req, res) => res.json(await users.profile(req.user.sub)));
app.get("/staff/rota", staffAuth, async (req, res) => res.json(await users.rota(req.auth.sub)));
app.delete("/admin/users/:id", requireAdmin, async (req, res) => {
  await users.remove(req.params.id);
  res.sendStatus(204);
});

app.use(logRejections);
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  logger.error(err.message, { path: req.path });
  return res.status(err.status ?? 500).json({ error: "Something went wrong" });
});

const server = createServer(app);
attachRealtime(server);
server.listen(config.port, () => logger.info(`listening on ${config.port}`));
