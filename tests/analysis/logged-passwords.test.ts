import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What a handler that gives a token writes of the password it is given for. */

const login = (body: string): string =>
  `import jwt from "jsonwebtoken"; export const login = async (req, res) => { ${body} const user = await check(req.body.email, req.body.password); res.json({ token: jwt.sign({ id: user.id }, key, options) }); };`;

/** The same with nothing that reads a password by itself. */
const handler = (body: string): string =>
  `import jwt from "jsonwebtoken"; export const show = async (req, res) => { ${body} };`;

const password = (code: string, name = "console.log"): InvalidCase =>
  marked(code, { messageId: "password", data: { name } });

testRule("no-token-logging: passwords", rule, {
  valid: [
    ...[
      // That there is one, who asks, what is left when it is taken out
      "console.log(Boolean(req.body.password), req.body.password.length, req.body.email);",
      "const { password, ...rest } = req.body; console.log(rest);",
      'console.log({ ...req.body, password: "***" });',
      "const sent = { ...req.body }; delete sent.password; console.log(sent);",
      'req.body.password = "***"; console.log(req.body);',
      "console.log(Object.keys(req.body));",
      "console.log(req.body.user);",
      "console.log(req.body.passwordHint, req.body.passport);",
      // Nobody but who develops it
      'if (process.env.NODE_ENV === "development") console.log(req.body);',
      // No log
      "check(req.body);",
      "log.info.bind(req.body.password);",
    ].map((body) => login(body)),
    // Nothing says that there is a password in it.
    handler("console.log(req.body); const { name } = req.body; /* password */"),
    handler("console.log(req.query); const { password } = req.body;"),
    handler("const { password } = settings; console.log(password, req.body.name);"),
    handler("console.log(req.body); show(settings.password);"),
    handler("console.log(req.body); const { password } = await load(req.body.name);"),
    `import jwt from "jsonwebtoken"; export const show = (req) => { console.log(req.body); }; export const login = (req) => check(req.body.password);`,
  ],
  invalid: [
    ...[
      "console.log(«req.body.password»);",
      "const { password } = req.body; console.log('sign-in', «password»);",
      "const pwd = req.body.password; console.log(`as ${req.body.email} with ${«pwd»}`);",
      "console.log('with ' + «req.body.newPassword»);",
      "console.log({ email: req.body.email, password: «req.body.password» });",
      "console.log(«req.body»);",
      "console.log('body', JSON.stringify(«req.body», null, 2));",
      "console.log({ ...«req.body» });",
      "console.log(«req.body»); req.body.password = await hash(req.body.password);",
      "console.log(`${«req.body»}`);",
    ].map((body) => password(login(body))),
    password(login("logger.info(«req.body»);"), "logger.info"),
    password(
      handler("const { name, password } = req.body; console.log(«req.body», name, password);"),
    ),
    // Each call once
    password(handler("const { name, password } = req.body; console.log(«password», password);")),
    password(
      `import jwt from "jsonwebtoken"; export async function POST(request) { const body = await request.json(); console.log("got", «body»); const { email, password } = body; return Response.json(await check(email, password)); }`,
    ),
    password(
      `import jwt from "jsonwebtoken"; app.post("/login", async (ctx) => { console.log(«ctx.request.body»); const { senha } = ctx.request.body; ctx.body = await check(senha); });`,
    ),
  ],
});
