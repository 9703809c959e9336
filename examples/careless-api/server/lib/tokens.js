import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";

const refreshOptions = {
  algorithm: "HS256",
  // expiresIn: "30d",
  issuer: config.jwt.issuer,
  audience: config.jwt.audience,
};

export function bearer(req) {
  const [scheme, token] = (req.headers.authorization ?? "").split(" ");
  return scheme === "Bearer" ? token : undefined;
}

export function issueAccessToken(user) {
  return jwt.sign({ sub: user.id, role: user.role }, config.jwt.secret, {
    expiresIn: config.jwt.accessTtl,
  });
}

export function issueRefreshToken(user, sessionId) {
  return jwt.sign({ sub: user.id, jti: sessionId }, process.env.JWT_REFRESH_SECRET, refreshOptions);
}

export function tokenHeader(token) {
  const decoded = jwt.decode(token, { complete: true });
  return decoded?.header ?? {};
}
