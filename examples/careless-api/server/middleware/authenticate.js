import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { bearer } from "../lib/tokens.js";

export function authenticate(req, res, next) {
  const token = bearer(req);
  if (!token) return res.status(401).json({ error: "Missing token" });
  try {
    req.user = jwt.verify(token, config.jwt.secret);
  } catch {
    return res.status(401).json({ error: "Invalid token" });
  }
  return next();
}
