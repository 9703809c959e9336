import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import type { InvalidCase } from "../kit/test-rule.ts";
import { testRule } from "../kit/test-rule.ts";

/** Handlers that open their database for each request, each next to one that tells somebody of the request. */

const signIn = (opened: string, imported = ""): string =>
  `import { Hono } from "hono"; import { sign } from "hono/jwt"; ${imported} const app = new Hono(); app.post("/signin", async (c) => { const { email } = await c.req.json(); ${opened} const user = await prisma.user.findUnique({ where: { email: «email» } }); if (!user) return c.text("no", 403); return c.json({ jwt: await sign({ id: user.id, exp: later() }, c.env.JWT_SECRET) }); }); const later = () => Math.floor(Date.now() / 1000) + 3600;`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "sign" } });

const PRISMA =
  'import { PrismaClient } from "@prisma/client/edge"; import { withAccelerate } from "@prisma/extension-accelerate";';

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: databases that a handler opens", rule, {
  valid: [
    signIn("const prisma = new PrismaClient({ as: email });", PRISMA),
    signIn("const prisma = new PrismaClient(c);", PRISMA),
    signIn("const prisma = new PrismaClient({ tenant: c.req.header('x-tenant') });", PRISMA),
    signIn("const prisma = new PrismaClient({ as: c.get('user') });", PRISMA),
    signIn(
      "const prisma = new Members(c.env.DATABASE_URL);",
      'import { Members } from "./members.js";',
    ),
    signIn("const prisma = getDb(c);", 'import { getDb } from "./db.js";'),
    signIn(
      "const prisma = getDb(); await signedIn();",
      'import { getDb } from "./db.js"; import { signedIn } from "./gate.js";',
    ),
    signIn(
      "const prisma = new PrismaClient().$extends(gate());",
      `${PRISMA} import { gate } from "./gate.js";`,
    ),
    signIn(
      "const prisma = open(c.env.DB).$extends(withAccelerate());",
      `${PRISMA} import { open } from "./open.js";`,
    ),
    signIn(
      "const prisma = getDb(); await prisma.collection(email);",
      'import { getDb } from "./db.js";',
    ),
    signIn(
      "const prisma = getDb(); await prisma.proofs('today');",
      'import { getDb } from "./db.js";',
    ),
    signIn(
      "const prisma = drizzle(c.env.DB); await prove();",
      'import { drizzle } from "drizzle-orm/d1"; import { prove } from "./pg.js";',
    ),
    signIn(
      "const prisma = getDb(); await mongo.of();",
      'import { getDb } from "./db.js"; import mongo from "mongodb";',
    ),
  ].map(plain),
  invalid: [
    signIn("const prisma = new PrismaClient({ datasourceUrl: c.env?.DATABASE_URL });", PRISMA),
    signIn(
      "const prisma = new PrismaClient({ datasourceUrl: c.env.DATABASE_URL }).$extends(withAccelerate());",
      PRISMA,
    ),
    signIn(
      "const prisma = new PrismaClient({ adapter: new PrismaPg(c.env.DB) });",
      `${PRISMA} import { PrismaPg } from "@prisma/adapter-pg";`,
    ),
    signIn(
      "const prisma = getPrisma(c.env.DATABASE_URL);",
      'import { getPrisma } from "./prisma.js";',
    ),
    signIn("const prisma = await getDb();", 'import { getDb } from "./db.js";'),
    signIn("const prisma = drizzle(c.env.DB);", 'import { drizzle } from "drizzle-orm/d1";'),
    signIn("const prisma = new pg.Pool({ max: 1 });", 'import pg from "pg";'),
    signIn(
      "const client = await getClient; const prisma = client.db('app').collection('users');",
      'import { getClient } from "./db.js";',
    ),
  ].map(given),
});
