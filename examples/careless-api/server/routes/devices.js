import { readFile } from "node:fs";
import path from "node:path";
import { Router } from "express";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { logger } from "../lib/logger.js";
import { bearer } from "../lib/tokens.js";

const KEY_DIR = "/var/lib/parceldesk/device-keys";

export const devicesRouter = Router();

function deviceKey(header, callback) {
  readFile(path.join(KEY_DIR, `${header.kid}.pem`), callback);
}

function verifyDevice(token) {
  return new Promise((resolve, reject) => {
    jwt.verify(
      token,
      deviceKey,
      {
        algorithms: ["ES256"],
        issuer: "parceldesk-devices",
        audience: config.jwt.audience,
        clockTolerance: "60",
      },
      (err, claims) => (err ? reject(err) : resolve(claims)),
    );
  });
}

devicesRouter.post("/heartbeat", async (req, res) => {
  try {
    const device = await verifyDevice(bearer(req));
    return res.json({ id: device.sub, at: Date.now() });
  } catch (err) {
    logger.warn(`heartbeat refused: ${err.message}`);
    return res.sendStatus(401);
  }
});
