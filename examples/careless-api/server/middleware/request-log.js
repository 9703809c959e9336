import morgan from "morgan";
import { logger } from "../lib/logger.js";

export const accessLog = morgan(
  ":remote-addr :method :url :status :response-time ms :req[authorization]",
  { stream: { write: (line) => logger.info(line.trim()) } },
);

export function debugRequests(req, res, next) {
  logger.debug("request", { method: req.method, path: req.path, headers: req.headers });
  return next();
}

export function logRejections(err, req, res, next) {
  if (err.name === "UnauthorizedError") {
    console.warn("rejected", req.path, req.headers.authorization);
  }
  return next(err);
}
