import { randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import * as sessions from "./sessions.js";

const ACCESS = "access";

export function bearer(req) {
  const [scheme, token] = (req.headers.authorization ?? "").split(" ");
  return scheme === "Bearer" ? token : undefined;
}

export function issueAccessToken(user) {
  return jwt.sign({ sub: user.id, role: user.role, token_use: ACCESS }, config.jwt.secret, {
    algorithm: "HS256",
    expiresIn: config.jwt.accessTtl,
    issuer: config.jwt.issuer,
    audience: config.jwt.audience,
    jwtid: randomUUID(),
  });
}

/** @throws unless it is an access token of ours that has not been withdrawn */
export async function verifyAccessToken(token) {
  const claims = jwt.verify(token, config.jwt.secret, {
    algorithms: ["HS256"],
    issuer: config.jwt.issuer,
    audience: config.jwt.audience,
    maxAge: config.jwt.accessTtl,
    clockTolerance: 5,
  });
  if (claims.token_use !== ACCESS) throw new Error("not an access token");
  if (await sessions.isRevoked(claims.jti)) throw new Error("token withdrawn");
  return claims;
}
