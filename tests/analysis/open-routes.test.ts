import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Routes that stand open beside others with guards, and connections to a database, which ask for nothing. */

const FILE = `const express = require("express"); const jwt = require("jsonwebtoken"); const auth = require("./auth");
const router = express.Router(); const mongoose = require("mongoose"); const { MongoClient } = require("mongodb");\n`;

const GUARDED = 'router.put("/:userId/name", auth, rename);';

const open = (body: string, path = "/:userId", beside = GUARDED): string =>
  `${FILE}router.get("${path}", async (req, res) => { ${body} });\n${beside}`;

const GIVES = "res.json(jwt.sign({ id: «req.params.userId» }, key, { expiresIn: '1h' }));";

const CONNECTED = [
  "const client = new MongoClient(process.env.MONGO_URL); await client.connect(); const db = client.db('shop');",
  "await mongoose.connect(process.env.MONGO_URL);",
  "await connectDB();",
  "await connectToDatabase();",
  "await dbConnect();",
];

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    // Nothing says that no guard stands before the router.
    ...[
      "",
      'router.put("/:userId/name", rename);',
      'router.put("/:userId/name", upload, rename);',
      'others.put("/:userId/name", auth, rename);',
      "router.put(auth, rename);",
      `router.use(auth); ${GUARDED}`,
    ].map((beside) => plain(open(GIVES, "/:userId", beside))),
    // What is for somebody else, or no account
    plain(open(GIVES, "/impersonate/:userId")),
    plain(open(GIVES, "/:userId/report")),
    plain(open(GIVES.replaceAll("userId", "id"), "/:id")),
    plain(open(GIVES.replace("id:", "purpose: 'unsubscribe', id:"))),
    plain(open(GIVES.replace("id:", "contact:"))),
    // Something is asked.
    ...[
      "const client = connect(req.query.password);",
      "await connectDB(req.headers.authorization);",
      "await db.connect(req.body.secret);",
      "await connected();",
      "await disconnectOthers();",
    ].map((asks) => plain(open(`${asks} ${GIVES}`))),
    plain(open(GIVES).replace('"/:userId", async', '"/:userId", auth, async')),
  ],
  invalid: [
    ...["", ...CONNECTED].map((first) =>
      marked(open(`${first} ${GIVES}`), { messageId: "askedIdentity", data: { name: "jwt.sign" } }),
    ),
    ...[
      'router.put("/:userId/name", passport.authenticate("jwt"), rename);',
      'router.delete("/:userId", requireLogin, remove);',
      'router.post("/:userId", isAdmin, add);',
    ].map((beside) =>
      marked(open(GIVES, "/:userId", beside), {
        messageId: "askedIdentity",
        data: { name: "jwt.sign" },
      }),
    ),
    ...CONNECTED.map((first) =>
      marked(
        `import jwt from "jsonwebtoken";\nimport { MongoClient } from "mongodb";\napp.post("/login", async (req, res) => { ${first} const user = await User.findOne({ email: «req.body.email» }); res.json(jwt.sign({ id: user.id }, key)); });`,
        { messageId: "askedIdentity", data: { name: "jwt.sign" } },
      ),
    ),
  ],
});

const ELYSIA = 'import { Elysia, t } from "elysia"; import { jwt } from "@elysiajs/jwt";';
const ADDED = ".use(jwt({ name: 'jwt', secret: KEY, exp: '1h' }))";

/** A handler of Elysia behind what has been added to the application. */
const elysia = (before: string, options = ""): string =>
  `${ELYSIA}\nexport const app = new Elysia()${before}.post("/login", async ({ jwt, body }) => { const user = await User.findOne({ email: «body.email» }); return { token: await jwt.sign({ sub: user.id }) }; }${options});`;

const FASTIFY =
  'const app = require("fastify")(); app.register(require("@fastify/jwt"), { secret: KEY, sign: { expiresIn: "1h" } });';

const fastify = (options: string, before = ""): string =>
  `${FASTIFY} ${before}\napp.post("/login", ${options}async (req, reply) => { const user = await User.findOne({ email: «req.body.email» }); return { token: app.jwt.sign({ id: user.id }) }; });`;

testRule("no-unverified-claims: plugins of frameworks", rule, {
  valid: [
    ...[
      elysia(`${ADDED}.use(authPlugin)`),
      elysia(`${ADDED}.guard({ beforeHandle: checkSession })`),
      elysia(`${ADDED}.derive(async ({ jwt, headers }) => known(await jwt.verify(headers.token)))`),
      elysia(`${ADDED}.onBeforeHandle(requireAuth)`),
      elysia(ADDED, ", { beforeHandle: confirm }"),
      elysia(ADDED, ", { ...shared }"),
      fastify("{ preHandler: confirm }, "),
      fastify("{ schema, onRequest: [confirm] }, "),
      fastify("", "app.addHook('onRequest', (req) => req.jwtVerify());"),
      fastify("", "app.register(require('./auth'));"),
      fastify("", "app.register(requireUser);"),
      fastify("", "app.use(isSignedIn());"),
      fastify("", "app.use(users.ensureKnown);"),
    ].map(plain),
  ],
  invalid: [
    ...[
      elysia(ADDED),
      elysia(ADDED, ", { body: t.Object({ email: t.String() }), detail: { tags: ['in'] } }"),
      elysia(`${ADDED}.use(cors()).derive(() => ({ started: Date.now() }))`),
    ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } })),
    ...[
      fastify(""),
      fastify("{ schema: { body: shape } }, "),
      fastify("", "app.addHook('onClose', () => db.end());"),
      fastify("", "app.use(require('morgan')('tiny')); app.use(isolate());"),
    ].map((code) => marked(code, { messageId: "askedIdentity", data: { name: "app.jwt.sign" } })),
  ],
});
