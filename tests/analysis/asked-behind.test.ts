import optional from "../../src/rules/no-optional-authentication.ts";
import unchecked from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that let requests without a token pass, and what stands behind them. */

const open = (behind: string): string =>
  `import jwt from "jsonwebtoken"; const requireToken = (req, res, next) => { const { token } = req.cookies; if (!token) return «next()»; req.user = jwt.verify(token, KEY, options); next(); }; ${behind}`;

const deaf = (behind: string): string =>
  `import passport from "passport"; const requireToken = (req, res, next) => passport.authenticate("jwt", (err, «user») => { req.user = user; next(); })(req, res, next); ${behind}`;

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

const handler = (body: string, params = "req, res, next"): string =>
  `router.get("/me", requireToken, (${params}) => { ${body} });`;

/** Whoever is nobody is refused there … */
const REFUSED = [
  ...[
    "const { user } = req; if (!user) return res.sendStatus(401); res.json(user);",
    "const { user = null } = req; if (user === null) return res.sendStatus(401); res.json(user);",
    "assert(req.user, 401); res.json(req.user);",
    "invariant(req.user); res.json(req.user);",
    "if (!req.user?.id) return res.sendStatus(401); res.json(req.user);",
    "const who = req.user; who ? next() : res.sendStatus(401);",
    "const who = req.user; const one = who; if (!one) return res.sendStatus(401); next();",
    "Boolean(req.user) ? next() : res.sendStatus(401);",
    "if (req.user || req.apiKey) return next(); res.sendStatus(401);",
    'if (req.user?.role === "admin") return next(); res.sendStatus(403);',
    'const role = req.user?.role; if (role !== "admin") return res.sendStatus(403); next();',
    'const isAdmin = req.user?.role === "admin"; if (!isAdmin) return res.sendStatus(403); next();',
    'if (["admin"].includes(req.user?.role)) next(); else res.sendStatus(403);',
    'const isAllowed = ["admin"].includes(req.user?.role); if (!isAllowed) return res.sendStatus(403); next();',
    "if (isEmpty(req.user)) return res.sendStatus(401); res.json(req.user);",
    'if (typeof req.user === "undefined") return res.sendStatus(401); res.json(req.user);',
    "if (!(req.user instanceof User)) return res.sendStatus(401); res.json(req.user);",
    'if (!req.user?.hasRole("admin")) return res.sendStatus(403); next();',
  ].map((body) => handler(body)),
  handler("if (!user) return res.sendStatus(401); res.json(user);", "{ user }, res"),
  `const show = (_, args, { req: { user } }) => { if (!user) throw new Denied(); };`,
  `const isAdmin = (req) => req.user?.role === "admin";`,
  // Another guard stands behind it.
  ...[
    'permit("admin")',
    'restrictTo("admin")',
    'checkRole(["admin"])',
    "isAdmin",
    'hasRole("admin")',
    'can("read", "User")',
    'permissions.check("user:read")',
    "denyAnonymous",
    "access.members()",
    'require("./requireMember")',
  ].flatMap((guard) => [
    `router.get("/users", requireToken, ${guard}, list);`,
    `export const only = [requireToken, ${guard}];`,
    `router.use(requireToken); router.use(${guard}); router.get("/users", list);`,
    `router.route("/users").all(requireToken).all(${guard}).get(list);`,
    `router.use(requireToken); router.get("/users", ${guard}, list); router.post("/users", ${guard}, add);`,
  ]),
  'const onlyMembers = (req, res, next) => (req.session.member ? next() : res.sendStatus(401)); router.get("/me", requireToken, onlyMembers, show);',
  'app.use(requireToken, requireSession); app.use("/orders", orders);',
  'app.use(requireToken); app.use("/orders", isLoggedIn, orders); app.use("/", pages);',
  'export const mount = (app) => { app.use(requireToken); app.use("/api", mustBeSignedIn, api); };',
  "const ask = (req, res, next) => requireKey(req, res, next); export const only = compose([requireToken, ask]);",
  "export const only = (req, res, next) => requireToken(req, res, (error) => (error ? next(error) : requireMember(req, res, next)));",
];

/** … and passes here. */
const PASSES = [
  ...[
    "res.json(feed(req.user?.id));",
    "const { user } = req; res.json(feed(user));",
    "const who = req.user; res.json(feed(who));",
    "var who = req.user; var who = who; res.json(feed(who));",
    "res.json(posts.map((post) => ({ mine: post.author === req.user?.id })));",
    "const mine = { is: req.user?.id === post.author }; res.json(mine);",
    "const found = await feed(req.user); if (found.length > 0) res.json(found);",
    "const { user } = await load(); if (!user) return res.sendStatus(404); res.json(user);",
    "const { user } = order; if (!user) return res.sendStatus(404); res.json(user);",
    "const order = await load(); if (order.user.role) return next();",
    "if (!socket.handshake.auth.token) return res.sendStatus(404); next();",
    "if (req.auth.token) return next();",
    "req.user = find(); if (!req.user.name) return res.sendStatus(404); next();",
  ].map((body) => handler(body).replace(", (req, res", ", async (req, res")),
  "const nameOf = ({ user }) => (user ? user.name : null);",
  'router.get("/users", requireToken, upload.single("file"), list);',
  'router.get("/users", requireToken, cancelOrder, list);',
  "router.use(requireToken); router.use(compression()); router.get('/users', list);",
  "router.use(requireToken); router.get('/users', requireToken, list);",
  "router.use(requireToken); router.use('/auth', authRoutes);",
  "router.use(requireToken); router.use(authRoutes);",
  'router.use(requireToken); router.get("/me", show); router.delete("/users", isAdmin, remove);',
  'router.use(isAdmin); router.use(requireToken); router.get("/me", show);',
  'router.use(requireToken); other.use(isAdmin); router.get("/me", show);',
  'router.use("/me", requireToken); router.use(isAdmin);',
  'router.route("/users").all(requireToken).get(list);',
  'app.use(requireToken, require("./orders"));',
  'const onlyJson = (req, res, next) => (req.is("json") ? next() : res.sendStatus(415)); router.post("/me", requireToken, onlyJson, show);',
  'router.get("/me", requireToken, show); router.delete("/users", requireToken, isAdmin, remove);',
  "export const only = (req, res, next) => requireToken(req, res, (error) => next(error));",
];

testRule("no-optional-authentication", optional, {
  valid: [
    ...REFUSED.map((behind) => unmarked(open(behind))),
    `import jwt from "jsonwebtoken"; const requireToken = caught((req, res, next) => { if (!req.token) return next(); req.user = jwt.verify(req.token, KEY, options); next(); }); export default (app) => { app.use(requireToken); app.use(rolesGuard); };`,
  ],
  invalid: PASSES.map((behind) =>
    marked(open(behind), {
      messageId: "anonymousPasses",
      data: { guard: "requireToken", name: "jwt.verify" },
    }),
  ),
});

testRule("no-unchecked-verification", unchecked, {
  valid: REFUSED.map((behind) => unmarked(deaf(behind))),
  invalid: PASSES.map((behind) =>
    marked(deaf(behind), { messageId: "userUntested", data: { guard: "requireToken" } }),
  ),
});
