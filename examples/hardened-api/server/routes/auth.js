import { Router } from "express";
import { config } from "../../config/index.js";
import { logger } from "../lib/logger.js";
import { verifyDirectoryToken } from "../lib/partners.js";
import * as sessions from "../lib/sessions.js";
import { issueAccessToken } from "../lib/tokens.js";
import { authenticate } from "../middleware/authenticate.js";
import * as users from "../lib/users.js";

const SESSION_COOKIE = "__Host-session";

const cookieOptions = {
  httpOnly: true,
  secure: true,
  sameSite: "strict",
  path: "/",
  maxAge: 8 * 60 * 60 * 1000,
};

export const authRouter = Router();

authRouter.post("/login", async (req, res) => {
  const user = await users.authenticate(req.body.email, req.body.password);
  if (!user) {
    logger.warn("login refused", { ip: req.ip });
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  const session = await sessions.open(user.id, req.get("user-agent"));
  logger.info("login", { user: user.id, session: session.id });
  res.cookie(SESSION_COOKIE, session.handle, cookieOptions);
  return res.json({ accessToken: issueAccessToken(user) });
});

authRouter.post("/refresh", async (req, res) => {
  const session = await sessions.find(req.cookies[SESSION_COOKIE] ?? "");
  if (!session) return res.status(401).json({ error: "Signed out" });
  const user = await users.profile(session.userId);
  return res.json({ accessToken: issueAccessToken(user) });
});

authRouter.post("/logout", authenticate, async (req, res) => {
  const session = await sessions.find(req.cookies[SESSION_COOKIE] ?? "");
  if (session) await sessions.close(session.id);
  await sessions.revoke(req.user.jti, new Date(req.user.exp * 1000));
  res.clearCookie(SESSION_COOKIE, { path: "/", secure: true });
  res.sendStatus(204);
});

authRouter.post("/sso/callback", async (req, res) => {
  const { email } = await verifyDirectoryToken(req.body.assertion);
  const user = await users.findByEmail(email);
  if (!user) return res.status(403).json({ error: "No account" });
  const session = await sessions.open(user.id, req.get("user-agent"));
  res.cookie(SESSION_COOKIE, session.handle, cookieOptions);
  return res.redirect(303, `${config.webUrl}/signed-in`);
});
