import { randomUUID } from "node:crypto";
import { Router } from "express";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { sendMail } from "../lib/mailer.js";
import * as users from "../lib/users.js";

const ONE_WEEK = 7 * 24 * 60 * 60 * 1000;

export const passwordResetRouter = Router();

passwordResetRouter.post("/", async (req, res) => {
  const user = await users.findByEmail(req.body.email);
  if (user) {
    const token = jwt.sign({ sub: user.id }, process.env.RESET_SECRET, {
      expiresIn: ONE_WEEK,
      issuer: config.jwt.issuer,
      audience: "password-reset",
      jwtid: randomUUID(),
    });
    const link = `${config.webUrl}/reset?token=${token}`;
    await sendMail(user.email, "Reset your password", `Follow this link: ${link}`);
  }
  res.sendStatus(202);
});

passwordResetRouter.post("/confirm", async (req, res) => {
  const claims = jwt.verify(req.body.token, process.env.RESET_SECRET, {
    algorithm: "HS256",
  });
  await users.setPassword(claims.sub, req.body.password);
  res.sendStatus(204);
});
