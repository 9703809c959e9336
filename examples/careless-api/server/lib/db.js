import { MongoClient } from "mongodb";

const client = new MongoClient(process.env.MONGO_URL || "mongodb://localhost:27017");
const database = client.db("parceldesk");

export const db = {
  users: database.collection("users"),
  shifts: database.collection("shifts"),
  orders: database.collection("orders"),
  sessions: database.collection("sessions"),
  products: database.collection("products"),
};
