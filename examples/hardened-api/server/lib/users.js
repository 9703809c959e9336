import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { db } from "./db.js";

export async function authenticate(email, password) {
  const user = await db.users.findOne({ email });
  if (!user) return null;
  const candidate = scryptSync(password, user.salt, 64);
  return timingSafeEqual(candidate, user.passwordHash) ? user : null;
}

export function findByEmail(email) {
  return db.users.findOne({ email });
}

export function profile(id) {
  return db.users.findOne({ id }, { projection: { passwordHash: 0, salt: 0 } });
}

export function rota(id) {
  return db.shifts.find({ userId: id }).toArray();
}

export function setPassword(id, password) {
  const salt = randomBytes(16);
  const passwordHash = scryptSync(password, salt, 64);
  return db.users.updateOne({ id }, { $set: { passwordHash, salt } });
}

export function remove(id) {
  return db.users.deleteOne({ id });
}
