import { logger } from "../lib/logger.js";
import { bearer, verifyAccessToken } from "../lib/tokens.js";

export async function authenticate(req, res, next) {
  const token = bearer(req);
  if (!token) return res.status(401).json({ error: "Missing token" });
  try {
    req.user = await verifyAccessToken(token);
  } catch (error) {
    logger.warn("access token refused", { reason: error.name, path: req.path, ip: req.ip });
    return res.status(401).json({ error: "Invalid token" });
  }
  return next();
}
