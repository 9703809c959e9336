import path from "node:path";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Applications that are given a guard behind the routes that it is for, each next to one where it guards something. */

const EXPRESS = `import express from "express";
import jwt from "jsonwebtoken";
import orders from "./routes/orders.js";
import users from "./routes/users.js";
const app = express();
const guard = (req, res, next) => { try { req.user = jwt.verify(req.token, key, options); next(); } catch { res.sendStatus(401); } };\n`;

const late = (steps: string, line = "7", router = "app", before = EXPRESS): InvalidCase =>
  marked(`${before}${steps}`, { messageId: "lateGuard", data: { line, router } });

const HONO = `import { Hono } from "hono";
import { verify } from "hono/jwt";
import { posts } from "./routes/posts.js";
const api = new Hono();\n`;

const VERIFIES =
  'async (c, next) => { const claims = await verify(c.req.header("token"), c.env.KEY, "HS256"); c.set("user", claims); await next(); }';

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // In front of what it is for
      'app.use("/orders", guard);\napp.use("/orders", orders);',
      'app.use("/orders", orders);\napp.use(guard);\napp.use("/users", users);',
      'app.use("/orders", orders);\napp.use("/orders", guard);\napp.post("/orders/new", add);',
      'app.use("/orders", orders);\napp.use("/orders", guard);\napp.use(users);',
      'app.use("/orders", orders);\napp.use("/orders", guard);\napp.use((req, res, next) => { res.json(rows); });',
      'app.use("/orders", orders);\napp.use("/orders", guard);\napp.all("*", users);',
      // Only what everybody may go to comes before, or what is no route
      'app.use("/auth", users);\napp.get("/health", up);\napp.use(guard);',
      'app.use("/api/login", users);\napp.use("/api", guard);',
      'app.use(express.json());\napp.use("/orders", limit);\napp.use(guard);',
      'app.get("/orders", (req, res, next) => { next(); });\napp.use("/orders", guard);',
      'app.all("/orders", prepare);\napp.use("/orders", guard);',
      // Each route has its own, or another one stands before all of them
      'app.get("/orders", guard, list);\napp.use("/orders", guard);',
      'app.use(authenticate);\napp.get("/orders", list);\napp.use("/orders", guard);',
      // Of another path, application or function
      'app.use("/orders", orders);\napp.use("/users", guard);',
      'const other = express();\nother.use("/orders", orders);\napp.use("/orders", guard);',
      'app.get("/orders", list);\nfunction start() { app.use("/orders", guard); }',
      'app.get("/orders", list);\nconst tin = new Map();\ntin.use("/orders", guard);',
      // More may be given to it where nobody sees it
      'app.get("/orders", list);\napp.use(guard);\nrequire("./routes")(app);',
      // It is no guard.
      'app.get("/orders", list);\napp.use("/orders", log);',
    ].map((steps) => `${EXPRESS}${steps}`),
    // The routes have one of their own.
    {
      code: `${EXPRESS}app.use("/orders", orders);\napp.use("/orders", guard);`,
      filename: path.join(import.meta.dirname, "../fixtures/late-guards/app.js"),
    },
    // polka runs what is given to `use` in front of all routes.
    `${EXPRESS.replace('import express from "express"', 'import express from "polka"')}app.get("/orders", list);\napp.use("/orders", guard);`,
    // Something else of that name
    `${EXPRESS}const own = Router();\nown.get("/orders", list);\nown.use("/orders", guard);\nfunction Router() { return tin(); }`,
    `${HONO}api.use("/posts/*", ${VERIFIES});\napi.route("/posts", posts);\nexport default api;`,
  ],
  invalid: [
    late('app.use("/orders", orders);\napp.use("/orders", «guard»);'),
    late('app.get("/orders/all", list);\napp.use("/orders", «guard»);\napp.listen(80);'),
    late(
      'app.use("/auth", users);\napp.use("/orders", orders);\napp.use(«guard»);\napp.use((req, res) => res.sendStatus(404));\napp.use((error, req, res, next) => res.sendStatus(500));\nhttp.createServer(app).listen(80);',
      "8",
    ),
    late('app.use("/orders", require("./routes/orders.js"));\napp.use("/orders/*", «guard»);'),
    late(
      'const router = express.Router();\nrouter.get("/list", list);\nrouter.use(«guard»);\nexport default router;',
      "8",
      "router",
    ),
    late(
      `api.route("/posts", posts);\napi.use("/posts/*", «${VERIFIES}»);\nexport default api;`,
      "5",
      "api",
      HONO,
    ),
    late(
      'api.get("/posts", list);\napi.use("/posts/*", «jwt({ secret: key, alg: "HS256" })»);\nexport default { fetch: api.fetch };',
      "5",
      "api",
      HONO.replace("{ verify }", "{ jwt }"),
    ),
  ],
});
