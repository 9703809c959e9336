import { createPublicKey } from "node:crypto";
import axios from "axios";
import { Router } from "express";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { bearer } from "../lib/tokens.js";
import { db } from "../lib/db.js";

export const webhooksRouter = Router();

webhooksRouter.post("/events", async (req, res) => {
  const token = bearer(req);
  const { header } = jwt.decode(token, { complete: true });
  const { data } = await axios.get(header.jku);
  const jwk = data.keys.find((key) => key.kid === header.kid);
  const event = jwt.verify(token, createPublicKey({ key: jwk, format: "jwk" }), {
    algorithms: ["RS256"],
    issuer: ["https://haulfast.net", "https://northsea-freight.net"],
    audience: config.jwt.audience,
  });
  await db.orders.updateOne({ id: event.orderId }, { $set: { status: event.status } });
  res.sendStatus(202);
});
