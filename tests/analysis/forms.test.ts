import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Schemas say which form a request has, and prove nothing; each next to a call that may ask for more. */

const PACKAGES = `import jwt from "jsonwebtoken"; import { z } from "zod"; import Joi from "joi"; import * as yup from "yup";
import * as v from "valibot"; import { create, assert } from "superstruct"; import { plainToInstance } from "class-transformer"; import { validate } from "class-validator";
import { loginSchema, form, check } from "./schemas.js";`;

const MADE = `const Login = z.object({ name: z.string().min(3) }); const Asked = z.object({ name: z.string().refine((name) => isKnown(name)) });
const shape = Joi.object({ name: Joi.string().required() });`;

const handler = (body: string): string =>
  `${PACKAGES}\n${MADE}\napp.post("/login", async (req, res) => { ${body} });`;

const gives = (name: string): string =>
  `res.json({ token: jwt.sign({ name: ${name} }, key, { expiresIn: "1h" }) });`;

testRule("no-unverified-claims: the form of a request", rule, {
  valid: [
    // Functions of the program may ask, also as steps of a schema.
    `const { name } = await Asked.parseAsync(req.body); ${gives("name")}`,
    `const { name } = form.parse(req.body); ${gives("name")}`,
    `const { name } = await form.validate(req.body); ${gives("name")}`,
    `const { name } = loginValidator.validate(req.body); ${gives("name")}`,
    `if (!check(req.body)) return res.sendStatus(401); ${gives("req.body.name")}`,
    `const name = await Login.find(req.body); ${gives("name")}`,
    `const checked = (body) => { if (!isKnown(body)) throw new Error("no"); return Login.parse(body); }; checked(req.body); ${gives("req.body.name")}`,
    // What the program says itself
    `const { name } = Login.parse(settings); ${gives("name")}`,
    `const { name } = v.parse(Login); ${gives("name")}`,
  ].map(handler),
  invalid: [
    `const { name } = Login.parse(req.body); ${gives("«name»")}`,
    `const parsed = Login.safeParse(req.body); if (!parsed.success) return res.sendStatus(400); ${gives("«parsed.data.name»")}`,
    `const parsed = await form.safeParseAsync(req.body); ${gives("«parsed.data.name»")}`,
    `const { name } = await loginSchema.parseAsync(req.body); ${gives("«name»")}`,
    `const { name } = LoginBody.parse(req.body); ${gives("«name»")}`,
    `const { error, value } = shape.validate(req.body); if (error) return res.sendStatus(400); ${gives("«value.name»")}`,
    `const { error } = Joi.object({ name: Joi.string() }).validate(req.body); if (error) return res.sendStatus(400); ${gives("«req.body.name»")}`,
    `const { name } = Joi.attempt(req.body, shape); ${gives("«name»")}`,
    `await loginSchema.validate(req.body); ${gives("«req.body.name»")}`,
    `const { name } = await yup.object({ name: yup.string() }).validate(req.body); ${gives("«name»")}`,
    `const { name } = v.parse(Form, req.body); ${gives("«name»")}`,
    `assert(req.body, Form); const { name } = create(req.body, Form); ${gives("«name»")}`,
    `const dto = plainToInstance(LoginDto, req.body); const errors = await validate(dto); if (errors.length > 0) return res.sendStatus(400); ${gives("«dto.name»")}`,
    `const checked = (body) => Joi.object({ name: Joi.string() }).validate(body); const { error } = checked(req.body); if (error) return res.sendStatus(400); ${gives("«req.body.name»")}`,
  ].map((body) =>
    marked(handler(body), { messageId: "askedIdentity", data: { name: "jwt.sign" } }),
  ),
});
