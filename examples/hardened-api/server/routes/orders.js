import { Router } from "express";
import { db } from "../lib/db.js";

/** Everything here comes after authenticate. */
export const ordersRouter = Router();

ordersRouter.get("/", async (req, res) => {
  res.json(await db.orders.find({ customerId: req.user.sub }).toArray());
});

// The client reads the stream with fetch, which sends headers.
ordersRouter.get("/:id/events", (req, res) => {
  res.setHeader("content-type", "text/event-stream");
  const stream = db.orders.watch([{ $match: { customerId: req.user.sub } }]);
  stream.on("change", (change) => res.write(`data: ${JSON.stringify(change)}\n\n`));
  req.on("close", () => stream.close());
});
