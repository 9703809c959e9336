import { readFileSync } from "node:fs";
import { Router } from "express";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { logger } from "../lib/logger.js";
import { bearer } from "../lib/tokens.js";

const deviceKeys = new Map(
  ["2024-a", "2025-a"].map((id) => [id, readFileSync(`/var/lib/parceldesk/device-keys/${id}.pem`)]),
);

export const devicesRouter = Router();

function deviceKey(header, callback) {
  const key = deviceKeys.get(header.kid);
  if (key === undefined) return callback(new Error("unknown device key"));
  return callback(null, key);
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
        maxAge: "1h",
        clockTolerance: 60,
      },
      (err, claims) => {
        if (err) return reject(err);
        if (claims.token_use !== "device") return reject(new Error("not a device token"));
        return resolve(claims);
      },
    );
  });
}

devicesRouter.post("/heartbeat", async (req, res) => {
  try {
    const device = await verifyDevice(bearer(req));
    return res.json({ id: device.sub, at: Date.now() });
  } catch (err) {
    logger.warn("heartbeat refused", { reason: err.name });
    return res.sendStatus(401);
  }
});
