import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import type { InvalidCase } from "../kit/test-rule.ts";
import { testRule } from "../kit/test-rule.ts";

/** Look-ups by whom the request names and by his tenant or role, each next to one whose second field may be a proof. */

const signIn = (asked: string): string =>
  `import jwt from "jsonwebtoken"; import { eq, and } from "drizzle-orm"; app.post("/login", async (req, res) => { const { email, password, pin } = req.body; ${asked} if (!found) return res.sendStatus(404); res.json({ token: jwt.sign({ sub: found.id }, process.env.KEY) }); });`;

const given = (asked: string): InvalidCase =>
  marked(signIn(asked), { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const MAIL = "«req.body.email»";

testRule("no-unverified-claims: look-ups in a group", rule, {
  valid: [
    "const found = await User.findOne({ email, pin });",
    "const found = await User.findOne({ email, companyCode: req.body.companyCode });",
    "const found = await User.findOne({ email, tenant: req.body.secret });",
    "const found = await User.findOne({ email, tenantId: req.session.tenantId });",
    "const found = await User.findOne({ email, tenantId: tenantOf(req) });",
    "const found = await prisma.user.findFirst({ where: { email_pin: { email, pin } } });",
    "const found = await prisma.user.findFirst({ where: { settings: { email, role: req.body.role } } });",
    "const found = await findUserByEmail(email, pin);",
    "const found = await findUserByEmail(email, req.body.pin);",
    "const [found] = await db.query('select * from users where tenant_id = ? and pin = ?', [req.body.tenantId, pin]);",
    "const [found] = await db.query('select * from users where tenant_id = ?', [req.body.tenantId]);",
    "const found = users.find((one) => one.email === email && one.pin === pin);",
    "const found = users.find((one) => one.tenant === req.body.tenant && one.team === req.body.team);",
    "const found = users.find((one) => one.email === email && one.role === roleOf(req));",
    "const [found] = await db.select().from(users).where(and(eq(users.email, email), eq(users.pin, pin)));",
    "const [found] = await db.select().from(users).where(and(eq(users.email, email), eq(users.tenantId, tenantOf(req))));",
    // The tenant alone names nobody.
    "const found = await Tenant.findOne({ tenantId: req.body.tenantId });",
    // By a role, somebody is found where people are kept, and nobody where roles are.
    "const found = await Role.findOne({ role: req.body.role });",
    "const found = await User.findOne({ role: req.body.role, pin });",
    "const found = await User.findOne({ role: req.body.pin });",
    "const found = await User.findOne({ plan: req.body.plan });",
    "const found = await User.findOne({ role: 'admin' });",
    "const demo = true; const found = await User.findOne({ role: req.body.role });",
  ].map(signIn),
  invalid: [
    `const found = await User.findOne({ email: ${MAIL}, tenantId: req.body.tenantId });`,
    `const found = await User.findOne({ organization: req.body.org, email: ${MAIL} });`,
    `const found = await prisma.user.findUnique({ where: { email_tenantId: { email: ${MAIL}, tenantId: req.body.tenant } } });`,
    `const found = await findUserByEmail(${MAIL}, req.body.tenantId);`,
    `const [found] = await db.query('select * from users where tenant_id = ? and email = ?', [req.body.tenantId, ${MAIL}]);`,
    `const found = users.find((one) => one.email === ${MAIL} && one.role === req.body.role);`,
    `const found = users.find((one) => one.role === req.body.role && one.email === ${MAIL});`,
    `const [found] = await db.select().from(users).where(and(eq(users.tenantId, req.body.tenantId), eq(users.email, ${MAIL})));`,
    "const found = await User.findOne({ role: «req.body.role» });",
    "const found = await prisma.user.findFirst({ where: { role: «req.body.role» } });",
    "const found = users.find((one) => one.role === «req.body.role»);",
  ].map(given),
});
