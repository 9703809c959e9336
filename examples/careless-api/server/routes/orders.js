import { Router } from "express";
import jwt from "jsonwebtoken";
import { db } from "../lib/db.js";
import { bearer } from "../lib/tokens.js";

export const ordersRouter = Router();

function getCurrentUser(req) {
  return jwt.decode(bearer(req));
}

ordersRouter.get("/", async (req, res) => {
  const user = getCurrentUser(req);
  if (!user) return res.sendStatus(401);
  return res.json(await db.orders.find({ customerId: user.sub }).toArray());
});

// EventSource cannot send headers.
ordersRouter.get("/:id/events", (req, res) => {
  const options = {
    algorithms: ["HS256"],
    issuer: "https://auth.parceldesk.net",
    audience: "tracking",
  };
  jwt.verify(req.query.token, process.env.TRACKING_SECRET, options, (err, claims) => {
    res.setHeader("content-type", "text/event-stream");
    const stream = db.orders.watch([{ $match: { customerId: claims.sub } }]);
    stream.on("change", (change) => res.write(`data: ${JSON.stringify(change)}\n\n`));
    req.on("close", () => stream.close());
  });
});
