import { logger } from "../lib/logger.js";

/** Comes after authenticate, which has verified the claims. */
export function requireAdmin(req, res, next) {
  if (req.user?.role !== "admin") {
    logger.warn("admin role missing", { user: req.user?.sub, path: req.path });
    return res.status(403).json({ error: "Admins only" });
  }
  return next();
}
