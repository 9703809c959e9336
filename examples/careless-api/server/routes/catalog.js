import { Router } from "express";
import { db } from "../lib/db.js";

export const catalogRouter = Router();

catalogRouter.get("/", async (req, res) => {
  const products = await db.products.find({}).limit(50).toArray();
  res.json(req.auth ? products : products.map(({ price, ...rest }) => rest));
});
