import { Router } from "express";
import { db } from "../lib/db.js";

function products() {
  return db.products.find({}).limit(50).toArray();
}

export const publicCatalogRouter = Router();

publicCatalogRouter.get("/", async (req, res) => {
  res.json((await products()).map(({ price, ...rest }) => rest));
});

export const catalogRouter = Router();

catalogRouter.get("/", async (req, res) => res.json(await products()));
