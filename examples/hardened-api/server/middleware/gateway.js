import { expressjwt } from "express-jwt";
import jwksRsa from "jwks-rsa";
import { config } from "../../config/index.js";
import * as sessions from "../lib/sessions.js";

async function isWithdrawn(req, token) {
  return token?.payload.token_use !== "access" || (await sessions.isRevoked(token.payload.jti));
}

export const staffAuth = expressjwt({
  secret: jwksRsa.expressJwtSecret({
    jwksUri: "https://login.parceldesk.net/.well-known/jwks.json",
    cache: true,
    rateLimit: true,
  }),
  algorithms: ["RS256"],
  issuer: "https://login.parceldesk.net/",
  audience: config.jwt.audience,
  maxAge: "1h",
  isRevoked: isWithdrawn,
});

export const customerAuth = expressjwt({
  secret: config.jwt.secret,
  algorithms: ["HS256"],
  issuer: config.jwt.issuer,
  audience: config.jwt.audience,
  maxAge: config.jwt.accessTtl,
  isRevoked: isWithdrawn,
});
