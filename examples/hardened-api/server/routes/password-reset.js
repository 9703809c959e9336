import { createHash, randomBytes } from "node:crypto";
import { Router } from "express";
import { config } from "../../config/index.js";
import { db } from "../lib/db.js";
import { logger } from "../lib/logger.js";
import { sendMail } from "../lib/mailer.js";
import * as users from "../lib/users.js";

const TEN_MINUTES = 10 * 60 * 1000;

export const passwordResetRouter = Router();

function digest(code) {
  return createHash("sha256").update(code).digest("hex");
}

passwordResetRouter.post("/", async (req, res) => {
  const user = await users.findByEmail(req.body.email);
  if (user) {
    const code = randomBytes(32).toString("base64url");
    const expiresAt = new Date(Date.now() + TEN_MINUTES);
    await db.resets.insertOne({ digest: digest(code), userId: user.id, expiresAt });
    const link = `${config.webUrl}/reset#${code}`;
    await sendMail(user.email, "Reset your password", `Follow this link: ${link}`);
  }
  res.sendStatus(202);
});

passwordResetRouter.post("/confirm", async (req, res) => {
  const reset = await db.resets.findOneAndDelete({
    digest: digest(String(req.body.code)),
    expiresAt: { $gt: new Date() },
  });
  if (!reset) {
    logger.warn("reset refused", { ip: req.ip });
    return res.sendStatus(400);
  }
  await users.setPassword(reset.userId, req.body.password);
  return res.sendStatus(204);
});
