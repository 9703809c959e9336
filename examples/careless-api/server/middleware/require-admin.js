import { bearer } from "../lib/tokens.js";

export function requireAdmin(req, res, next) {
  const token = bearer(req);
  if (!token) return res.status(401).json({ error: "Missing token" });
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64").toString());
  if (claims.role !== "admin") return res.status(403).json({ error: "Admins only" });
  return next();
}
