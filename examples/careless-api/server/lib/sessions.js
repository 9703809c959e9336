import { db } from "./db.js";

/** For the "where you are signed in" page. */
export function remember(userId, userAgent) {
  return db.sessions.insertOne({ userId, userAgent, at: new Date() });
}

export function list(userId) {
  return db.sessions.find({ userId }).toArray();
}
