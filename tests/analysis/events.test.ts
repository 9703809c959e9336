import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers of h3 (Nuxt, Nitro): what the client says in an event, each next to its twin that asks for a proof. */

const JWT = 'import jwt from "jsonwebtoken";';

const login = (body: string, imported = ""): string =>
  `${JWT}${imported}\nexport const login = defineEventHandler(async (event) => { ${body} });`;

const GIVES = "return { token: jwt.sign({ id: user.id }, key) };";
const FOUND = "const user = await User.findOne({ email });";

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: events of h3", rule, {
  valid: [
    ...[
      `const { email, password } = await readBody(event); ${FOUND} if (!(await verifyPassword(user.hash, password))) throw createError({ statusCode: 401 }); ${GIVES}`,
      `const { email, code } = await readBody(event); const user = await User.findOne({ email, code }); ${GIVES}`,
      `const { email } = getQuery(event); ${FOUND} if (getHeader(event, "x-key") !== KEY) throw createError({ statusCode: 401 }); ${GIVES}`,
      `const { email } = getQuery(event); ${FOUND} check(parseCookies(event)); ${GIVES}`,
      `const { email } = await readBody(event); ${FOUND} await getUserSession(event); ${GIVES}`,
      `const { email } = await readBody(event); ${FOUND} if (event.context.user.id !== user.id) throw createError({ statusCode: 401 }); ${GIVES}`,
      `const { email } = await readBody(request); ${FOUND} ${GIVES}`,
      `const { email } = await readBody(event.proxied); ${FOUND} ${GIVES}`,
      `const { email } = await readBody(); ${FOUND} ${GIVES}`,
      `const { email } = await event.readBody(event); ${FOUND} ${GIVES}`,
      // A schema may refuse a request without it.
      `const { email, password } = await readValidatedBody(event, schemaOfLogin); ${FOUND} if (password) { if (!(await matches(user, password))) throw createError({ statusCode: 401 }); } ${GIVES}`,
      'const id = getCookie(event, "id"); return { token: jwt.sign({ id }, key) };',
    ].map((body) => login(body)),
    login(
      `const { email } = await readBody(event); ${FOUND} ${GIVES}`,
      ' import { readBody } from "./read.js";',
    ),
    login(
      `const { email } = await readBody(event); ${FOUND} setCookie(event, user.id); ${GIVES}`,
      ' import { setCookie } from "./checks.js";',
    ),
  ],
  invalid: [
    ...[
      `const { email } = await readBody(event); const user = await User.findOne({ email: «email» }); ${GIVES}`,
      `const body = await readBody(event); const user = await User.findOne({ email: «body.email» }); ${GIVES}`,
      `const { email, password } = await readValidatedBody(event, schema.parse); const user = await User.findOne({ email: «email» }); ${GIVES}`,
      `const user = await User.findOne({ email: «(await readBody(event)).email» }); ${GIVES}`,
      `const user = await User.findOne({ email: «getQuery(event).email» }); ${GIVES}`,
      `const { email } = await getValidatedQuery(event, schema.parse); const user = await User.findOne({ email: «email» }); ${GIVES}`,
      `const user = await User.findById(«getRouterParam(event, "userId")»); ${GIVES}`,
      `const { id } = getRouterParams(event); const user = await User.findById(«id»); ${GIVES}`,
      `const user = await User.findById(«event.context.params.id»); ${GIVES}`,
      `const { email } = await readBody(event); if (!email) throw createError({ statusCode: 400 }); const user = await User.findOne({ email: «email» }); setCookie(event, "token", jwt.sign({ id: user.id }, key)); setResponseStatus(event, 204); return sendRedirect(event, "/");`,
      `const { email, password } = await readBody(event); const user = await User.findOne({ email: «email» }); if (password) { if (!(await matches(user, password))) throw createError({ statusCode: 401 }); } ${GIVES}`,
    ].map((body) => given(login(body))),
    given(
      login(
        `const { email } = await readBody(e); const user = await User.findOne({ email: «email» }); ${GIVES}`,
        ' import { readBody } from "h3";',
      ).replace("(event)", "(e)"),
    ),
    // A text that is made of it
    ...['"dev-" + «email»', "`user:${«email»}`", "«email» + '@example.com'"].map((subject) =>
      given(
        login(
          `const { email } = await readBody(event); return { token: jwt.sign({ sub: ${subject} }, key) };`,
        ),
      ),
    ),
  ],
});

testRule("no-unverified-claims: texts of more than what the client says", rule, {
  valid: ["salt + email", "`${email}:${secret}`", "email - 1"].map((subject) =>
    plain(
      login(
        `const { email } = await readBody(event); return { token: jwt.sign({ sub: ${subject} }, key) };`,
      ),
    ),
  ),
  invalid: [],
});
