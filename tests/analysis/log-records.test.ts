import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Records of tables that are logs. */

const GUARD = (steps: string): string =>
  `import jwt from "jsonwebtoken"; export const guard = async (req, res, next) => { const token = req.headers.authorization.slice(7); try { req.user = jwt.verify(token, process.env.KEY, options); } catch (error) { ${steps} return res.sendStatus(401); } next(); };`;

const token = (name: string, steps: string) =>
  marked(GUARD(steps), { messageId: "token", data: { name } });

testRule("no-token-logging: records of logs", rule, {
  valid: [
    // Tables of other things, of who is signed in, and what is looked up there by its token
    ...[
      "Blog.create({ text: token });",
      "Session.create({ token });",
      "LoginLog.create({ token });",
      "prisma.tokenLog.create({ data: { token } });",
      'db.collection("dialogs").insertOne({ token });',
      'db.prefix("logs").insertOne({ token });',
      "logs.add(token);",
      "Log.open({ token });",
      "AuditLog.create({ token }); AuditLog.findOne({ token: old });",
      ...["exists", "has", "first", "distinct", "aggregate"].map(
        (method) => `AuditLog.create({ token }); AuditLog.${method}({ token: old });`,
      ),
      // Nobody can use it
      "AuditLog.create({ text: `bad token at ${req.path}`, hasToken: Boolean(token) });",
      'AuditLog.create({ token: createHash("sha256").update(token).digest("hex") });',
    ].map((steps) => GUARD(steps)),
  ],
  invalid: [
    token("app.model.Log.create", "app.model.Log.create(«{ text: `bad token ${token}` }»);"),
    token("ErrorLog.create", "await ErrorLog.create(«{ token }»); ErrorLog.find({ at: now });"),
    token("ErrorLog.create", "ErrorLog.create(«{ token }»); Session.findOne({ token });"),
    token("ErrorLog.create", "ErrorLog.create(«{ token }»); ErrorLog.exists({ at: now });"),
    token("ErrorLog.create", "ErrorLog.create(«{ token }»); ErrorLog.drop({ token });"),
    token("prisma.auditLog.create", "await prisma.auditLog.create(«{ data: { token } }»);"),
    token("this.errorLogRepository.save", "this.errorLogRepository.save(«{ token }»);"),
    ...[
      'db.collection("logs").insertOne',
      'supabase.from("error_logs").insert',
      'knex("api_log").insert',
    ].map((call) => token("The logger", `${call}(«{ token }»);`)),
  ],
});
