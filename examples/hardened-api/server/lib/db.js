import { MongoClient } from "mongodb";

const client = new MongoClient(process.env.MONGO_URL);
const database = client.db("parceldesk");

export const db = {
  users: database.collection("users"),
  shifts: database.collection("shifts"),
  orders: database.collection("orders"),
  revoked: database.collection("revoked"),
  resets: database.collection("resets"),
  sessions: database.collection("sessions"),
  products: database.collection("products"),
};
