import { describe, expect, it } from "vitest";
import { valueOf } from "../kit/show.ts";

const BOTH = 'env(KEY) | "preset"';

describe("a setting that a schema describes", () => {
  const SCHEMA =
    'import { z } from "zod"; const schema = z.object({ KEY: z.string().min(3).default("preset"), OTHER: z.string(), AGE: z.coerce.number().default(60) });';
  const JOI =
    'import Joi from "joi"; const schema = Joi.object().keys({ KEY: Joi.string().default("preset") }).unknown();';
  const CONVICT =
    'import convict from "convict"; const settings = convict({ auth: { key: { format: String, default: "preset", env: "KEY" }, plain: { default: "written" }, none: { default: null, env: "NONE" } } });';
  it.each([
    [`${SCHEMA} schema.parse(process.env).KEY`, BOTH],
    [`${SCHEMA} const { KEY } = schema.parse(process.env); KEY`, BOTH],
    [`${SCHEMA} schema.safeParse(process.env).data.KEY`, BOTH],
    [`${SCHEMA} (await schema.parseAsync(process.env)).KEY`, BOTH],
    [
      `${SCHEMA} schema.extend({ MORE: z.string().catch("preset") }).parse(process.env).MORE`,
      'env(MORE) | "preset"',
    ],
    [`${SCHEMA} schema.parse(process.env).AGE`, "env(AGE) | 60"],
    [`${SCHEMA} schema.parse(process.env).OTHER`, "env(OTHER)"],
    [`${JOI} schema.validate(process.env).value.KEY`, BOTH],
    [
      `${JOI} const { value, error } = schema.prefs({ abortEarly: false }).validate(process.env); value.KEY`,
      BOTH,
    ],
    [`${JOI} Joi.attempt(process.env, schema).KEY`, BOTH],
    [
      'import * as v from "valibot"; v.parse(v.object({ KEY: v.optional(v.string(), "preset") }), process.env).KEY',
      BOTH,
    ],
    [
      'import * as yup from "yup"; yup.object({ KEY: yup.string().default("preset") }).validateSync(process.env).KEY',
      BOTH,
    ],
    [
      'import { cleanEnv, str } from "envalid"; cleanEnv(process.env, { KEY: str({ default: "preset" }) }).KEY',
      BOTH,
    ],
    [
      'import { createEnv } from "@t3-oss/env-nextjs"; import { z } from "zod"; createEnv({ server: { KEY: z.string().default("preset") }, runtimeEnv: process.env }).KEY',
      BOTH,
    ],
    ['import env from "env-var"; env.get("KEY").default("preset").asString()', BOTH],
    [`${CONVICT} settings.get("auth.key")`, BOTH],
    [`${CONVICT} settings.validate({ allowed: "strict" }).getProperties().auth.key`, BOTH],
    [`${CONVICT} settings.get("auth.plain")`, 'env(*) | "written"'],
  ])("%s", (code, value) => {
    expect(valueOf(code)).toBe(value);
  });

  it.each([
    // Never in production.
    [
      'import { cleanEnv, str } from "envalid"; cleanEnv(process.env, { KEY: str({ devDefault: "preset" }) }).KEY',
      "env(KEY)",
    ],
    // A function may make another one each time.
    [
      `${SCHEMA} z.object({ KEY: z.string().default(() => make()) }).parse(process.env).KEY`,
      "env(KEY)",
    ],
    // What somebody else has given.
    [`${SCHEMA} schema.parse(req.body).KEY`, "unknown"],
    [`${SCHEMA} schema.parse(process.env).GONE`, "unknown"],
    [`${SCHEMA} z.parse(process.env)`, "unknown"],
    [`${CONVICT} settings.get("auth.gone")`, "unknown"],
    [`${CONVICT} settings.get(name)`, "unknown"],
    ['const settings = { KEY: "other" }; settings.get("KEY")', "unknown"],
  ])("%s", (code, value) => {
    expect(valueOf(code)).toBe(value);
  });
});
