import { expect, it } from "vitest";
import type { JwtRule } from "../../src/types.ts";
import { createRule } from "../../src/rules/kit/create-rule.ts";
import { espreeReads } from "./parsers.ts";
import { lint } from "./lint.ts";
import { rewrite } from "./rewrite.ts";
import { testRule } from "./test-rule.ts";

const noJwtName: JwtRule = createRule<[], "found" | "rename">({
  name: "no-jwt-name",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow variables named jwt",
      group: "handling",
      recommended: false,
      messages: { found: "low", rename: "low" },
      cwe: [],
      rfc: [],
    },
    messages: {
      found: "The variable {{name}} says nothing. Name what it holds.",
      rename: "Rename it to token.",
    },
    schema: [],
    hasSuggestions: true,
  },
  create(context) {
    return {
      VariableDeclarator({ id }) {
        if (id.type !== "Identifier" || id.name !== "jwt") return;
        context.report({
          node: id,
          messageId: "found",
          data: { name: id.name },
          suggest: [{ messageId: "rename", fix: (fixer) => fixer.replaceText(id, "token") }],
        });
      },
    };
  },
});

const found = { messageId: "found", data: { name: "jwt" }, line: 1 } as const;

testRule("no-jwt-name", noJwtName, {
  valid: ["const token = jwt();", { code: "let jwtToken: string;", ts: true }],
  invalid: [
    {
      code: "const jwt = 1;",
      errors: [
        {
          ...found,
          column: 7,
          endLine: 1,
          endColumn: 10,
          suggestions: [{ messageId: "rename", output: "const token = 1;" }],
        },
      ],
    },
    {
      code: "export const jwt = <Token />;",
      errors: [
        {
          ...found,
          column: 14,
          endLine: 1,
          endColumn: 17,
          suggestions: [{ messageId: "rename", output: "export const token = <Token />;" }],
        },
      ],
    },
  ],
});

it("tells what CommonJS cannot read", () => {
  expect(espreeReads("export {};", "module")).toBe(true);
  expect(espreeReads("export {};", "commonjs")).toBe(false);
});

it("lints with either parser and reports what does not parse", () => {
  expect(lint("const jwt = 1;", { rules: {} })).toEqual([]);
  expect(lint("let jwt: string;", { rules: {}, parser: "espree" })).toMatchObject([
    { fatal: true },
  ]);
});

it("writes a program another way, and leaves what the grammar fixes", () => {
  const code = `"use strict"; import jwt from "jsonwebtoken"; const t = require("x"); const { "a": b } = req.headers; f(b?.c, 'd', jwt.verify(b.e), "it's \`so\`");`;
  expect(rewrite(code, "file.js")).toBe(
    `"use strict"; import jwt from "jsonwebtoken"; let t = require("x"); let { "a": b } = req["headers"]; f(b?.["c"], \`d\`, jwt.verify(b["e"]), "it's \`so\`");`,
  );
  expect(rewrite("const = 1;", "file.js")).toBeUndefined();
});
