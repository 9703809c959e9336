import morgan from "morgan";
import { logger } from "../lib/logger.js";

export const accessLog = morgan(":remote-addr :method :url :status :response-time ms", {
  stream: { write: (line) => logger.info(line.trim()) },
});

export function debugRequests(req, res, next) {
  logger.debug("request", {
    method: req.method,
    path: req.path,
    type: req.headers["content-type"],
    signedIn: req.headers.authorization !== undefined,
  });
  return next();
}

export function logRejections(err, req, res, next) {
  if (err.name === "UnauthorizedError") {
    logger.warn("rejected", { path: req.path, code: err.code, ip: req.ip });
  }
  return next(err);
}
