import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Schemas that look a password up, each next to one that looks at the form alone. */

const filename = path.join(import.meta.dirname, "../fixtures/steps/server/api/login.post.js");

const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** A handler of h3 that has its body validated. */
const validated = (validator: string, before = ""): string =>
  `import jwt from "jsonwebtoken"; import { z } from "zod"; import { checkingSchema, plainSchema } from "../schemas.js"; ${before}
export default defineEventHandler(async (event) => { const { userId } = await readValidatedBody(event, ${validator}); return { token: jwt.sign({ sub: «userId» }, KEY) }; });`;

/** … and one of Express, whose schema has a step. */
const parsed = (step: string, before = ""): string =>
  `import jwt from "jsonwebtoken"; import { z } from "zod"; ${before}
const loginSchema = z.object({ userId: z.string() })${step};
export const login = async (req, res) => { const { userId } = await loginSchema.parseAsync(req.body); res.json(jwt.sign({ sub: «userId» }, KEY)); };`;

testRule("no-unverified-claims: what a schema asks", rule, {
  valid: [
    ...[
      "checkingSchema.parse",
      "checkingSchema.parseAsync",
      "checkingSchema",
      "(body) => checkingSchema.safeParse(body)",
      "checkLogin",
      "verify_login",
      "z.object({ userId: z.string() }).refine((one) => one.key === process.env.KEY).parse",
    ].map((one) => validated(one)),
    validated("validate", "const validate = (body) => checkingSchema.parse(body);"),
    validated(
      "validate",
      "const inner = (body) => checkingSchema.parse(body); const validate = (body) => inner(body);",
    ),
    ...[
      ".refine(async (one) => bcrypt.compare(one.password, await hashOf(one.userId)))",
      ".superRefine(async (one, context) => { const user = await users.findByName(one.userId); if (user.pin !== one.pin) context.addIssue({}); })",
      ".strict().refine((one) => one.secret === process.env.SECRET)",
      ".refine(isRightPassword)",
      ".transform(async (form) => ({ ...form, user: await backend.login(form) }))",
      ".transform(async (form) => ({ ...form, user: await signIn(form) }))",
      ".refine(checks.credentials)",
    ].map((step) => parsed(step)),
    parsed(".refine(isRight)", "const isRight = (one) => compareSync(one.password, HASH);"),
  ].map((code) => ({ code: unmarked(code), filename })),
  invalid: [
    ...[
      "plainSchema.parse",
      "plainSchema.parseAsync",
      "plainSchema",
      "(body) => plainSchema.safeParse(body)",
      "loginSchema.parse",
      "checkedLoginSchema",
      "check_schema",
      "z.object({ userId: z.string() }).parse",
    ].map((one) => validated(one)),
    validated("validate", "const validate = (body) => validate(body);"),
    ...[
      "",
      ".strict()",
      ".refine((one) => one.password === one.again)",
      ".refine((one) => one.password.length > 8, 'too short')",
      ".refine(isLong)",
      ".transform((one) => ({ ...one, userId: one.userId.trim() }))",
      ".describe(isRightPassword)",
    ].map((step) => parsed(step)),
  ].map((code) =>
    marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, { filename }),
  ),
});
