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

const IMPORTS =
  'import jwt from "jsonwebtoken"; import { createHash, createHmac, timingSafeEqual } from "node:crypto"; import { gate } from "./gate.js";';

/** A sign-in, a guard that verifies by hand, one that passport calls, a key, and a list of revoked tokens. */
const PROGRAMS = [
  'app.use(a, [b]); app.post("/login", a, [b], async (req, res) => { const user = await User.findOne({ email: req.body.email }); if (a) return res.end(); res.json({ token: jwt.sign({ id: user.id }, a, { expiresIn: b }) }); });',
  'export const guard = (req, res, next) => { CIRCLE if (!timingSafeEqual(createHash("sha256").update(a).digest(), b)) return res.end(); req.user = JSON.parse(atob(a.split(".")[1])); next(); };',
  'export const guard = (req, res, next) => { const token = req.headers.authorization; var same = timingSafeEqual(x, y) && !same; var own = createHmac("sha256", own).update(token).digest("hex"); var ok = isGenuine(token) && ok; req.user = JSON.parse(atob(token.split(".")[1])); next(); };',
  'export async function GET(request) { CIRCLE if (!a) return notFound(); return Response.json({ token: jwt.sign({ sub: "1" }, b) }); }',
  "export const check = (token) => { CIRCLE if (a.includes(token)) return b; return jwt.verify(token, a, { algorithms: b, audience: a }); };",
  "export const reset = async (req, res) => { CIRCLE const claims = jwt.verify(req.body.token, a); const user = await User.findById(req.body.id); user.password = b; await user.save(); };",
  'new Strategy({ secretOrKey: a, jwtFromRequest: b }, (claims, done) => done(null, a.includes(claims.id) ? b : a)); console.log(a, b); localStorage.setItem("token", a); res.cookie("token", b, a);',
];

describe("variables that are made of each other", () => {
  const linter = new Linter();
  for (const program of PROGRAMS)
    for (const circle of [CIRCLE, CALLED, DENIED]) {
      const code = program.includes("CIRCLE")
        ? `${IMPORTS} ${program.replace("CIRCLE", circle)}`
        : `${IMPORTS} ${circle} ${program}`;
      it(code, () => {
        const messages = linter.verify(code, [{ plugins: { "jwt-audit": plugin }, rules: RULES }]);
        expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
      });
    }
});
