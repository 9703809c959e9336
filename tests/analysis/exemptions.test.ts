import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What `unless` of a guard lets pass without a token. */

const koa = (options: string, behind = "app.use(membersRouter.routes());", before = ""): string =>
  `import Koa from "koa"; import jwt from "koa-jwt"; import { publicRouter, membersRouter, postsRouter } from "./routes";
const app = new Koa(); ${before}
app.use(jwt({ secret: process.env.JWT_SECRET }).unless(${options}));
${behind}`;

const express = (options: string, behind = 'app.use("/orders", orders);', before = ""): string =>
  `import express from "express"; import { expressjwt } from "express-jwt"; import orders from "./routes/orders"; import posts from "./routes/posts";
const app = express(); ${before}
app.use(expressjwt({ secret: process.env.JWT_SECRET, algorithms: ["HS256"] }).unless(${options}));
${behind}`;

const own = (options: string, behind = 'app.use("/orders", orders);'): string =>
  `import express from "express"; import jwt from "jsonwebtoken"; import { unless } from "express-unless"; import orders from "./routes/orders";
const check = (req, res, next) => { req.user = jwt.verify(req.get("authorization"), process.env.KEY); next(); };
check.unless = unless;
const app = express(); app.use(check.unless(${options}));
${behind}`;

const all = (code: string, guard = "expressjwt"): InvalidCase =>
  marked(code, { messageId: "allExempted", data: { guard } });

const byMethod = (code: string, guard = "expressjwt", method = "GET", line = "4"): InvalidCase =>
  marked(code, { messageId: "methodExempted", data: { guard, method, line } });

testRule("no-unchecked-verification: what unless lets pass", rule, {
  valid: [
    // Methods that bring nothing
    ...[
      '{ method: "OPTIONS" }',
      '{ method: ["OPTIONS", "HEAD"] }',
      "{ method }",
      '{ method: "get" }',
    ].map((one) => express(one)),
    // Paths of their own, each with its methods
    ...[
      '{ path: "/" }',
      '{ path: ["/", "/login"], useOriginalUrl: false }',
      '{ path: [/^\\/$/, /^\\/public/, { url: /\\/uploads(.*)/, methods: ["GET"] }] }',
      '{ path: [{ url: /^\\/orders(.*)/, methods: ["GET", "OPTIONS", "POST"] }] }',
      '{ path: [{ url: /(.*)/, methods: ["OPTIONS"] }] }',
      "{ path: [{ ...more, url: /(.*)/ }] }",
      "{ path: [/\\.(?:css|js|png)$/, OPEN] }",
      "{ path: OPEN }",
      // A language, one step, what the guard is not for
      "{ path: /^\\/[a-z]{2}(?:\\/|$)/ }",
      "{ path: [/^\\/\\w+$/] }",
      "{ path: [/^\\/(?!api)/] }",
      "{ path: [/^(?:(?!\\/api).)*$/, /^[^.]*$/] }",
      // The surroundings decide.
      "{ path: isOpen ? /.*/ : [] }",
      "{ path: [isOpen ? /.*/ : /^\\/login/] }",
      "{ ...(isOpen && { path: /.*/ }) }",
      // A function that looks at the request
      '{ custom: (req) => req.path === "/login" }',
      "(req) => { if (isOpen(req)) return true; return false; }",
      "(req) => false",
      "() => isOpen",
      "async (req) => await isOpen(req)",
      "isOpen",
    ].map((one) => express(one)),
    // No guard
    express('{ path: ["/login"] }', "app.use(limit({ max: 3 }).unless({ path: /.*/ }));"),
    // Reading is for everybody.
    express('{ method: "GET" }', 'app.use("/posts", posts);'),
    express('{ method: "GET" }', 'app.get("/posts", (req, res) => res.json(list()));'),
    express('{ method: "POST" }', 'app.post("/login", signIn); app.get("/orders", list);'),
    express('{ method: ["GET", "POST"] }', 'app.use("/auth", auth); app.use("/posts", posts);'),
    koa('{ method: "GET" }', "app.use(postsRouter.routes());"),
    koa('{ method: "GET" }', "app.use(membersLogger); app.use(publicRouter.routes());"),
    express('{ method: "GET" }', 'app.get("/users/register", form);'),
    express(
      '{ method: "GET" }',
      "app.use((req, res, next) => { console.log(req.auth); next(); });",
    ),
    express(
      "{ path: [] }",
      'app.get("/posts", check.unless({ method: "GET" }), list); app.get("/orders", list);',
      "const check = expressjwt(options);",
    ),
    // Nothing is called public here, so members may be shown to everybody.
    express('{ method: "GET" }', 'app.use("/members", members);'),
    express('{ method: "GET" }', 'app.get("/orders/statuses", (req, res) => res.json(["open"]));'),
    // … or another guard stands there.
    express('{ method: "GET" }', 'app.use("/orders", onlyStaff, orders);'),
    express('{ method: "GET" }', 'app.use("/orders", requireUser, orders);'),
    express('{ method: "GET" }', 'app.use("/orders", requireUser); app.use("/orders", orders);'),
    express('{ method: "GET" }', 'app.get("/orders", requireUser, (req, res) => list(req.user));'),
    express(
      '{ method: "GET" }',
      'const members = express.Router(); members.get("/", requireUser, list); app.use("/members", members);',
    ),
    // A POST makes a user of a stranger.
    express('{ method: "POST" }', 'app.use("/users", users);'),
    // … or the routes are mounted before, on another application or nowhere in sight.
    express('{ method: "GET" }', "app.use(posts);", 'app.use("/orders", orders);'),
    express('{ method: "GET" }', 'admin.use("/orders", orders);'),
    express('{ method: "GET" }', 'function more(app) { app.use("/orders", orders); }'),
    `import jwt from "koa-jwt"; export default jwt({ secret }).unless({ method: "GET" });`,
    // … or they ask who is there.
    express(
      '{ method: "GET" }',
      'app.get("/orders", (req, res) => { if (!req.auth) return res.sendStatus(401); res.json(list()); });',
    ),
    express("{ path: /.*/ }", "app.use((req, res, next) => (req.auth ? next() : next(401)));"),
    // An object among the paths of koa-unless fits none.
    koa("{ path: [{ url: /.*/, methods: ['GET'] }] }"),
    koa("{ path: [{ url: /.*/ }] }"),
  ],
  invalid: [
    // Every path
    ...[
      "{ path: «/.*/» }",
      "{ path: [«/(.*)/»] }",
      '{ path: ["/login", «/^\\//»] }',
      "{ path: [«/^\\//g»] }",
      "{ path: [«/\\/login|\\/*/»] }",
      "{ path: [{ url: «/(.*)/» }] }",
      "{ useOriginalUrl: false, path: [{ url: «/^\\/.*$/» }] }",
    ].map((one) => all(express(one))),
    all(koa("{ path: [«/.*/»] }"), "jwt"),
    all(own("{ path: [«/.*/»] }"), "check"),
    all(
      `import jwt from "koa-jwt"; const guard = jwt({ secret }); export default guard.unless({ path: «/.*/» });`,
      "guard",
    ),
    // Every request
    ...["«() => true»", "{ custom: «() => true» }", "{ custom: «(req) => { return true; }» }"].map(
      (one) => all(express(one)),
    ),
    all(express("«() => 1»")),
    // koa-unless takes the promise for a yes.
    all(koa("{ custom: «async (ctx) => (await isOpen(ctx.path))» }"), "jwt"),
    // Whoever sends one method
    byMethod(koa("{ method: «'GET'» }"), "jwt"),
    byMethod(koa("{ path: ['/login'], method: ['OPTIONS', «'GET'»] }"), "jwt"),
    byMethod(koa("{ method: «'GET'» }", "app.use(x).use(membersRouter.routes());"), "jwt"),
    byMethod(express('{ method: «"GET"» }')),
    byMethod(express('{ method: [«"GET"», "POST"] }', "app.use(orders);")),
    byMethod(
      express(
        '{ method: «"GET"» }',
        'const invoices = express.Router(); invoices.get("/", list); app.use("/invoices", invoices);',
      ),
    ),
    byMethod(express('{ method: «"POST"» }'), "expressjwt", "POST"),
    byMethod(express('{ method: «"GET"» }', 'app.use("/me", require("./me"));')),
    byMethod(express('{ method: «"GET"» }', 'app.get("/account", show);')),
    byMethod(
      express(
        '{ method: «"GET"» }',
        'app.get("/list", (req, res) => res.json(list(req.auth.sub)));',
      ),
    ),
    byMethod(express('{ path: [{ url: «/(.*)/», methods: ["GET", "OPTIONS"] }] }')),
    byMethod(express('{ method: «"GET"» }', 'app.use(authRouter); app.use("/orders", orders);')),
    byMethod(
      express('{ method: «"GET"» }', 'app.get("/account", show);\napp.use("/orders", orders);'),
    ),
    byMethod(own('{ method: «"GET"» }'), "check", "GET", "5"),
    // What changes something is for nobody, whatever it is called.
    byMethod(
      express('{ method: ["GET", «"DELETE"»] }', 'app.use("/posts", posts);'),
      "expressjwt",
      "DELETE",
    ),
  ],
});
