import { randomUUID } from "node:crypto";
import { Router } from "express";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { logger } from "../lib/logger.js";
import * as sessions from "../lib/sessions.js";
import { issueAccessToken, issueRefreshToken } from "../lib/tokens.js";
import * as users from "../lib/users.js";
import { verifyDirectoryToken } from "../lib/partners.js";

export const authRouter = Router();

authRouter.post("/login", async (req, res) => {
  const user = await users.authenticate(req.body.email, req.body.password);
  if (!user) return res.status(401).json({ error: "Wrong e-mail or password" });
  await sessions.remember(user.id, req.get("user-agent"));

  const accessToken = issueAccessToken(user);
  const refreshToken = issueRefreshToken(user, randomUUID());
  logger.info(`login ${user.id} ${accessToken}`);
  res.cookie("refresh_token", refreshToken, { maxAge: 90 * 24 * 60 * 60 * 1000 });
  return res.json({ accessToken });
});

authRouter.post("/refresh", (req, res) => {
  const claims = jwt.verify(req.cookies.refresh_token, process.env.JWT_REFRESH_SECRET, {
    algorithms: ["HS256"],
    issuer: config.jwt.issuer,
    audience: config.jwt.audience,
    ignoreExpiration: true,
  });
  res.json({ accessToken: issueAccessToken({ id: claims.sub, role: claims.role }) });
});

authRouter.post("/sso/callback", async (req, res) => {
  const { email } = verifyDirectoryToken(req.body.assertion);
  const user = await users.findByEmail(email);
  const token = jwt.sign({ ...user }, process.env.SSO_SECRET || "sso-secret", {
    expiresIn: "3600",
    issuer: config.jwt.issuer,
    audience: config.jwt.audience,
    jwtid: randomUUID(),
  });
  res.redirect(`${config.webUrl}/signed-in?token=${token}`);
});
