import { Router } from "express";
import { db } from "../lib/db.js";
import { logger } from "../lib/logger.js";
import { verifyPartnerToken } from "../lib/partners.js";
import { bearer } from "../lib/tokens.js";

export const webhooksRouter = Router();

webhooksRouter.post("/events", async (req, res) => {
  let event;
  try {
    event = await verifyPartnerToken(bearer(req));
  } catch (error) {
    logger.warn("partner event refused", { reason: error.code, ip: req.ip });
    return res.sendStatus(401);
  }
  await db.orders.updateOne({ id: event.orderId }, { $set: { status: event.status } });
  return res.sendStatus(202);
});
