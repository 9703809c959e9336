import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens by which somebody sets his password anew, and which whoever asks is shown by what a handler returns. */

const JWT = 'import jwt from "jsonwebtoken";';
const SIGNS = "const token = jwt.sign({ id: user.id }, key);";
const MAILS = "await sendMail(user.email, token);";

/** A controller of Nest that is asked for such a token. */
const nest = (
  steps: string,
  { path = "forgot-password", parameters = '@Body("email") email', around = "" } = {},
): string =>
  `${JWT} @Controller("auth") ${around} class AuthController { @Post("${path}") async ask(${parameters}) { const user = await this.users.findByEmail(«email»); ${SIGNS} ${steps} } }`;

/** What another framework calls. */
const handler = (begin: string, said: string, steps: string, end = "});"): string =>
  `${JWT} ${begin} const user = await User.findOne({ email: «${said}» }); ${SIGNS} ${steps} ${end}`;

const shown = (code: string, extras: Partial<InvalidCase> = {}): InvalidCase =>
  marked(code, { messageId: "shownLink", data: { name: "jwt.sign" } }, extras);

const FASTIFY = 'server.post("/forgot-password", async (request, reply) => {';
const ELYSIA =
  'import { Elysia } from "elysia"; new Elysia().post("/forgot-password", async ({ body }) => {';
const NITRO =
  'import { defineEventHandler, readBody } from "h3"; export const forgotPassword = defineEventHandler(async (event) => { const { email } = await readBody(event);';
const HAPI =
  'server.route({ method: "POST", path: "/forgot-password", options: { auth: false }, handler: async (request, h) => {';
const CALLABLE =
  'import { onCall } from "firebase-functions/v2/https"; export const forgotPassword = onCall(async (request) => {';
const HONO =
  'import { Hono } from "hono"; app.post("/forgot-password", async (c) => { const { email } = await c.req.json();';
const KOA = 'router.post("/forgot-password", async (ctx) => {';

testRule("no-unverified-claims: links that a handler returns", rule, {
  valid: [
    ...[
      nest(`${MAILS} return { message: "sent" };`),
      // That there is a link, and not the token of it
      nest("return { sent: Boolean(token) };"),
      nest("return { sent: !!token, length: token.length };"),
      nest("if (import.meta.dev) return { token }; return { sent: true };"),
      // Something else is mailed, which has to be shown beside it.
      nest("await sendMail(user.email, code); return { token };"),
      // A code is asked for before, or who has signed in asks.
      nest("if (user.code !== code) return null; return { token };", {
        parameters: '@Body("email") email, @Body("code") code',
      }),
      nest("return { token };", { around: "@UseGuards(AuthGuard)" }),
      nest("return { token };", { path: "profile" }),
      // Nest sends what the method gives to the response.
      nest(`${MAILS} res.sendStatus(204); return token;`, {
        parameters: '@Body("email") email, @Res() res',
      }),
      nest('if (process.env.NODE_ENV === "development") return { token }; return null;'),
      // What a method is called by, or nobody knows
      `${JWT} class Links { async forgotPassword(request) { const user = await User.findOne({ email: «request.body.email» }); ${SIGNS} return token; } }`,
    ].map((code) => ({ code: code.replaceAll(/[«»]/gu, ""), ts: true as const })),
    ...[
      // Express sends nothing of what a handler returns.
      handler(
        'app.post("/forgot-password", async (req, res) => {',
        "req.body.email",
        "return { token };",
      ),
      handler(
        'app.post("/forgot-password", async (request, response) => {',
        "request.body.email",
        "return token;",
      ),
      handler(
        "export const forgotPassword = async (request) => {",
        "request.body.email",
        "return token;",
        "};",
      ),
      handler(FASTIFY, "request.body.email", `${MAILS} return { sent: true };`),
      // … nor Koa, nor what is given a response.
      handler(KOA, "ctx.request.body.email", "return { token };"),
      handler(
        'routes.push({ method: "POST", path: "/forgot-password", options: { auth: false }, handler: async (req, res) => {',
        "req.body.email",
        "return { token };",
        "} });",
      ),
      // A step gives it to the handler, and that mails it.
      `${JWT} import fastify from "fastify"; ${FASTIFY} const token = await User.findOne({ email: request.body.email }).then((user) => jwt.sign({ id: user.id }, key)); await sendMail(request.body.email, token); return { sent: true }; });`,
      handler(HONO, "email", `${MAILS} return c.json({ sent: true });`),
      handler(
        KOA,
        "ctx.request.body.email",
        `${MAILS} ctx.state.token = token; ctx.body = { sent: true };`,
      ),
    ].map((code) => code.replaceAll(/[«»]/gu, "")),
  ],
  invalid: [
    ...[
      nest("return { resetToken: token };"),
      nest("return token;"),
      nest("return { sent: Boolean(token), token };"),
      nest(`${MAILS} return { message: "sent", token };`),
      nest("return { link: `/reset?token=${token}` };", { path: "forgot" }),
      nest("return { token };", { path: "magic-link" }),
      nest("return { token };", {
        parameters: '@Body("email") email, @Res({ passthrough: true }) res',
      }),
    ].map((code) => shown(code, { ts: true })),
    ...[
      handler(FASTIFY, "request.body.email", "return { token };"),
      handler(
        `import fastify from "fastify"; ${FASTIFY.replace(", reply", "")}`,
        "request.body.email",
        "return { token };",
      ),
      handler(ELYSIA, "body.email", "return { token };"),
      handler(NITRO, "email", "return { token };"),
      handler(HAPI, "request.payload.email", "return { token };", "} });"),
      handler(
        'app.route({ method: "POST", url: "/forgot-password", config: { auth: false }, handler: async (request, reply) => {',
        "request.body.email",
        "return { token };",
        "} });",
      ),
      handler(HAPI, "request.payload.email", "return h.response({ token });", "} });"),
      handler(CALLABLE, "request.data.email", "return { token };"),
      handler(HONO, "email", "return c.json({ token });"),
      handler(KOA, "ctx.request.body.email", "ctx.body = { token };"),
      handler(
        "export const resolvers = { Mutation: { forgotPassword: async (_, { email }) => {",
        "email",
        "return token;",
        "} } };",
      ),
    ].map((code) => shown(code)),
  ],
});
