import { createHash, randomBytes, randomUUID } from "node:crypto";
import { db } from "./db.js";

const EIGHT_HOURS = 8 * 60 * 60 * 1000;

function digest(handle) {
  return createHash("sha256").update(handle).digest("hex");
}

/** Opens a session; what the browser keeps is a random handle, of which we store the digest. */
export async function open(userId, userAgent) {
  const id = randomUUID();
  const handle = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + EIGHT_HOURS);
  await db.sessions.insertOne({ id, userId, userAgent, digest: digest(handle), expiresAt });
  return { id, handle };
}

export function find(handle) {
  return db.sessions.findOne({
    digest: digest(handle),
    expiresAt: { $gt: new Date() },
    closedAt: null,
  });
}

export function close(id) {
  return db.sessions.updateOne({ id }, { $set: { closedAt: new Date() } });
}

/** Is the token with this id withdrawn before its time? */
export async function isRevoked(jti) {
  return (await db.revoked.findOne({ jti })) !== null;
}

export function revoke(jti, until) {
  return db.revoked.insertOne({ jti, until });
}

export function list(userId) {
  return db.sessions.find({ userId, closedAt: null }).toArray();
}
