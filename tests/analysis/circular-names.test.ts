import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";

/** Variables that are made of each other parse, though they never hold anything: whatever is asked of them comes to an end. */

const RULES = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`jwt-audit/${name}`, 2 as const]),
);

const CIRCLE = "var a = b; var b = a;";
const CALLED = "var a = b(1); var b = a(2);";
const DENIED = "var a = !b; var b = !a;";
const JOINED = "var a = `x${b}`; var b = `y${a}`;";
const TAKEN = "var { a } = b; var { b } = a;";
const CHOSEN = "var a = c ? b : 1; var b = c ? a : 2;";

const IMPORTS =
  'import jwt from "jsonwebtoken"; import { createHash, createHmac, timingSafeEqual } from "node:crypto"; import { gate } from "./gate.js";';

/** A sign-in, a guard that verifies by hand, one that passport calls, a key, and a list of revoked tokens. */
const PROGRAMS = [
  'app.use(a, [b]); app.post("/login", a, [b], async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (a) return res.end(); res.json({ token: jwt.sign({ id: user.id }, a, { expiresIn: b }) }); });',
  'export const guard = (req, res, next) => { CIRCLE if (!timingSafeEqual(createHash("sha256").update(a).digest(), b)) return res.end(); req.user = JSON.parse(atob(a.split(".")[1])); next(); };',
  'export const guard = (req, res, next) => { const token = req.headers.authorization; var same = timingSafeEqual(x, y) && !same; var own = createHmac("sha256", own).update(token).digest("hex"); var ok = isGenuine(token) && ok; req.user = JSON.parse(atob(token.split(".")[1])); next(); };',
  'export const guard = (req, res, next) => { CIRCLE const token = req.headers.authorization; var one = isGenuine(token) == two; var two = one == 1; req.user = JSON.parse(atob(token.split(".")[1])); next(); };',
  'app.post("/login", async (req, res) => { CIRCLE const user = await User.findOne({ email: req.body.email }); if (!(await compare(req.body.password, user.hash))) return res.end(); var one = req.body.isAdmin === true; var two = one; var one = two; res.json({ token: jwt.sign({ id: user.id, isAdmin: req.body.isAdmin }, process.env.KEY) }); });',
  'export async function GET(request) { CIRCLE if (!a) return notFound(); return Response.json({ token: jwt.sign({ sub: "1" }, b) }); }',
  "export const check = (token) => { CIRCLE if (a.includes(token)) return b; return jwt.verify(token, a, { algorithms: b, audience: a }); };",
  "export const reset = async (req, res) => { CIRCLE const claims = jwt.verify(req.body.token, a); const user = await User.findById(req.body.id); user.password = b; await user.save(); };",
  'app.post("/login", async (req, res) => { CIRCLE res.json({ token: jwt.sign({ id: a, role: b, isAdmin: a }, process.env.KEY) }); });',
  "export const guard = (req, res, next) => { CIRCLE if (a || /^.open/.test(b) || req.path === a) return next(); Promise.all(a.map((one) => jwt.verify(one, b))); req.user = jwt.decode(a); if (a.id !== b.id) return res.end(); next(); };",
  'new Strategy({ secretOrKey: a, jwtFromRequest: b }, (claims, done) => done(null, a.includes(claims.id) ? b : a)); console.log(a, b); localStorage.setItem("token", a); res.cookie("token", b, a);',
];

/** The same of types. */
const TYPES =
  'import jwt from "jsonwebtoken"; type A = B; type B = Omit<A, "id">; export const issue = (user: A) => jwt.sign({ ...user }, process.env.KEY);';

describe("variables that are made of each other", () => {
  const linter = new Linter();
  for (const program of PROGRAMS)
    for (const circle of [CIRCLE, CALLED, DENIED, JOINED, TAKEN, CHOSEN]) {
      const code = program.includes("CIRCLE")
        ? `${IMPORTS} ${program.replace("CIRCLE", circle)}`
        : `${IMPORTS} ${circle} ${program}`;
      it(code, () => {
        const messages = linter.verify(code, [{ plugins: { "jwt-audit": plugin }, rules: RULES }]);
        expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
      });
    }

  it(TYPES, () => {
    const messages = linter.verify(
      TYPES,
      [
        {
          files: ["**/*.ts"],
          plugins: { "jwt-audit": plugin },
          rules: RULES,
          languageOptions: { parser },
        },
      ],
      "types.ts",
    );
    expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
  });
});
