import rule from "../../src/rules/no-optional-authentication.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that are chosen by whether somebody has set what they verify with. */

const switchedOff = { messageId: "switchedOff", data: {} };

const HEAD = `import express from "express"; import jwt from "jsonwebtoken"; import { expressjwt } from "express-jwt"; import { auth } from "express-oauth2-jwt-bearer";
const KEY = process.env.GATE_SECRET;
const pass = (req, res, next) => next();
const deny = (req, res, next) => res.sendStatus(503);
`;

const BY_KEY = 'expressjwt({ secret: process.env.GATE_SECRET, algorithms: ["HS256"] })';

const PASS = "(req, res, next) => next()";

const choice = (test: string, on = BY_KEY, off = PASS): string =>
  `${HEAD}export const gate = ${test} ? ${on} : ${off};`;

const OWN =
  '(req, res, next) => { try { req.user = jwt.verify(req.token, KEY, { algorithms: ["HS256"] }); } catch { return res.sendStatus(401); } next(); }';

testRule("no-optional-authentication", rule, {
  valid: [
    // Refused, or asked by another guard
    choice("KEY", BY_KEY, "deny"),
    choice("KEY", BY_KEY, "(req, res, next) => res.sendStatus(503)"),
    choice("KEY", BY_KEY, "(req, res, next) => next(new Error('not set up'))"),
    choice(
      "process.env.ISSUER",
      'auth({ issuerBaseURL: process.env.ISSUER, audience: "api" })',
      BY_KEY,
    ),
    `${choice("KEY")} const app = express(); app.use(apiKeyAuth); app.use(gate);`,
    `${choice("KEY")} const app = express(); app.get("/", requireSession(), gate, list);`,
    `${choice("KEY")} export const show = (req, res) => { if (!req.auth) return res.sendStatus(401); res.json({}); };`,
    // The program does not run without it.
    `${choice("KEY")} if (!KEY) throw new Error("GATE_SECRET is missing");`,
    `${choice("KEY")} if (process.env.NODE_ENV === "production" && !process.env.GATE_SECRET) process.exit(1);`,
    `${choice("KEY")} requireAll(["GATE_SECRET"]);`,
    // Something else is asked.
    choice("KEY || isOpen"),
    choice("settings.key"),
    choice("process.env.TENANTS"),
    choice("KEY === process.env.OLD_KEY"),
    choice("!KEY"),
    choice("Number(KEY)"),
    `${HEAD}export let gate = pass; if (process.env.NODE_ENV === "staging") { gate = KEY ? ${BY_KEY} : ${PASS}; }`,
    // A route is left out, or the guard is optional anyway.
    choice(
      "KEY",
      '(req, res) => { try { jwt.verify(req.token, KEY, { algorithms: ["HS256"] }); } catch { return res.sendStatus(401); } res.json({}); }',
    ),
    {
      name: "a guard that lets pass without a token anyway",
      code: choice(
        "KEY",
        'expressjwt({ secret: KEY, algorithms: ["HS256"], credentialsRequired: false })',
      ),
      options: [{ declared: false }],
    },
    `${HEAD}export const optionalGate = KEY ? ${BY_KEY} : ${PASS};`,
    `${HEAD}export const metricsGate = KEY ? ${BY_KEY} : ${PASS};`,
    // It is written again, or is another guard before.
    `${HEAD}export let gate = pass; if (KEY) gate = ${BY_KEY}; if (!KEY) gate = deny;`,
    `${HEAD}export let gate = deny; if (KEY) gate = ${BY_KEY};`,
    `${HEAD}export let gate; if (KEY) gate = ${BY_KEY};`,
    `${HEAD}export let gate = pass; gate = ${BY_KEY};`,
    {
      name: "in a playground",
      code: choice("KEY"),
      filename: "src/playground/gate.js",
    },
  ],
  invalid: [
    // What asks for the claims behind it is left out with it.
    marked(
      `${choice("«KEY»")} export const show = (req, res) => { if (KEY && !req.auth) return res.sendStatus(401); res.json({}); };`,
      switchedOff,
    ),
    ...[
      "«KEY»",
      "«process.env.GATE_SECRET»",
      "«process.env.GATE_SECRET && process.env.GATE_ISSUER»",
      "«Boolean(KEY)»",
      "«!!KEY»",
      "«KEY !== undefined»",
      "«undefined !== KEY»",
      '«process.env.GATE_SECRET != ""»',
      "«KEY || process.env.GATE_JWKS»",
    ].map((test) => marked(choice(test), switchedOff)),
    marked(choice("«!KEY»", PASS, BY_KEY), switchedOff),
    marked(choice("«KEY === undefined»", PASS, BY_KEY), switchedOff),
    marked(choice("«KEY»", OWN), switchedOff),
    marked(
      choice("«KEY»", BY_KEY, '(req, res, next) => { console.warn("open"); next(); }'),
      switchedOff,
    ),
    marked(
      `${HEAD}const isSet = Boolean(process.env.GATE_SECRET && process.env.GATE_ISSUER); export const gate = «isSet» ? ${BY_KEY} : ${PASS};`,
      switchedOff,
    ),
    marked(
      `${HEAD}const checked = ${OWN}; export function setUp(app) { app.use(«KEY» ? checked : pass); }`,
      switchedOff,
    ),
    marked(
      `${HEAD}const checked = ${BY_KEY}; const gate = «KEY» ? checked : ${PASS}; export function setUp(app) { app.use(passport.initialize()); app.use("/orders", gate, listOrders); app.use("/auth", authRouter); }`,
      switchedOff,
    ),
    marked(`${HEAD}export let gate = pass; if («KEY») gate = ${BY_KEY};`, switchedOff),
    marked(
      `${HEAD}export let gate = pass; if («!KEY») { console.warn("open"); } else { gate = ${BY_KEY}; }`,
      switchedOff,
    ),
    marked(
      `${HEAD}export let gate = pass; if («process.env.NODE_ENV === "production"») gate = ${BY_KEY};`,
      switchedOff,
    ),
  ],
});
