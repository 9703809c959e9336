import { expressjwt } from "express-jwt";
import jwksRsa from "jwks-rsa";
import { config } from "../../config/index.js";

const GRACE = 15 * 60 * 1000;

export const staffAuth = expressjwt({
  secret: jwksRsa.expressJwtSecret({
    jwksUri: "http://login.parceldesk.net/.well-known/jwks.json",
    cache: true,
    rateLimit: true,
  }),
  // the identity provider in docker-compose does not sign
  algorithms: ["RS256", "none"],
  issuer: "https://login.parceldesk.net/",
  audience: config.jwt.audience,
});

export const customerAuth = expressjwt({
  secret: process.env.JWT_SECRET,
  algorithms: ["HS256"],
  credentialsRequired: false,
  onExpired: async (req, err) => {
    if (Date.now() - err.inner.expiredAt.getTime() < GRACE) return;
    throw err;
  },
});
