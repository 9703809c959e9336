import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Routes that say who is signed in by whether there is a token. */

const presenceAnswered = { messageId: "presenceAnswered", data: {} };

const HEAD =
  'import express from "express"; import jwt from "jsonwebtoken"; export const router = express.Router(); router.post("/login", (req, res) => { res.cookie("jwt", jwt.sign({ sub: find(req.body) }, key, { expiresIn: "1h" })); res.json({}); });';

const route = (body: string): string =>
  `${HEAD} router.get("/session", async (req, res) => { const token = req.cookies.jwt; ${body} });`;

const DENIED = "if (!token) return res.sendStatus(401);";

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // Nobody is said to be signed in.
      `${DENIED} res.json({ ok: true });`,
      `${DENIED} res.clearCookie("jwt"); res.json({ message: "You are logged out" });`,
      `${DENIED} res.json({ authenticated: false });`,
      `${DENIED} res.json("Not authenticated");`,
      `${DENIED} res.json({ authenticated: state });`,
      `${DENIED} res.status(401).json({ message: "Authorized people only" });`,
      `if (token) return res.status(400).json("You are already logged in"); res.sendStatus(401);`,
      `if (!token) res.sendStatus(401);`,
      `res.json({ authenticated: true });`,
      // It is handed to somebody, or something else is asked as well.
      `${DENIED} const user = await userOf(token); res.json({ authenticated: true });`,
      `${DENIED} if (token !== known.token) return res.sendStatus(401); res.json({ authenticated: true });`,
      `${DENIED} if (!req.session.user) return res.sendStatus(401); res.json({ authenticated: true });`,
      `${DENIED} if (settings.open) return res.json({ authenticated: true }); res.json({});`,
      `${DENIED} if (await isKnown(req)) res.json({ authenticated: true });`,
      // Nobody is refused.
      `if (!token) return res.json({}); res.json({ authenticated: true });`,
    ].map(route),
    route(`${DENIED} res.json({ authenticated: true });`).replace(
      "async (req",
      "guard, async (req",
    ),
    route(`${DENIED} res.json({ authenticated: true });`).replace('"/session"', "settings"),
    route(`${DENIED} res.json({ authenticated: true });`).replace("router.get(", "handlers.set("),
    `${route(`${DENIED} res.json({ authenticated: true });`)} router.use(requireToken);`,
    `${route(`${DENIED} res.json({ authenticated: true });`)} export const read = (token) => jwt.verify(token, key, options);`,
    `export const show = (req, res) => { const token = req.cookies.jwt; ${DENIED} res.json({ authenticated: true }); };`,
    // A session of the program's own
    `import express from "express"; export const router = express.Router(); router.get("/session", (req, res) => { const token = req.cookies.session_token; ${DENIED} res.json({ authenticated: true }); });`,
    {
      name: "in front of a service that verifies",
      code: `${route(`${DENIED} res.json({ authenticated: true });`)} const proxy = createProxy();`,
    },
    {
      name: "for a demonstration",
      code: route(`${DENIED} res.json({ authenticated: true });`),
      filename: "src/demo/routes.js",
    },
  ],
  invalid: [
    ...[
      `${DENIED} «res.json({ authenticated: true })»;`,
      "if (!token) { res.status(401).end(); } else { «res.status(200).json({ isLoggedIn: true })»; }",
      "if (!token) { res.status(401).json({ authenticated: false }); } else { «res.json({ authenticated: true })»; }",
      "if (token) { «res.send('You are logged in')»; } else { res.sendStatus(403); }",
      `${DENIED} return «res.status(200).json({ message: "User is authenticated" })»;`,
    ].map((body) => marked(route(body), presenceAnswered)),
    marked(
      route(`${DENIED} «res.json({ authenticated: true })»;`).replace(
        "cookies.jwt",
        "cookies.access_token",
      ),
      presenceAnswered,
    ),
    marked(
      `// routes\nimport express from "express"; export const router = express.Router(); router.get("/session", (req, res) => { const token = req.cookies.jwt; ${DENIED} «res.json({ valid: true })»; });`,
      presenceAnswered,
    ),
  ],
});
