import type { Rule } from "eslint";
import { expect, it, vi } from "vitest";
import { createRule } from "../../../src/rules/kit/create-rule.ts";

const create = vi.fn(() => ({ Program: () => undefined }));

const rule = createRule<[], "found">({
  name: "example",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow examples",
      group: "handling",
      recommended: false,
      messages: { found: "low" },
      cwe: [],
      rfc: [],
    },
    messages: { found: "This is an example. Replace it." },
    schema: [],
  },
  create,
});

function visitorFor(text: string, scopeManager: object | null): object {
  create.mockClear();
  return rule.create({
    sourceCode: { text, ast: {}, scopeManager },
    settings: {},
  } as unknown as Rule.RuleContext);
}

it("asks the rule about a file that names JWTs", () => {
  expect(visitorFor('import jwt from "jsonwebtoken";', {})).toHaveProperty("Program");
  expect(create).toHaveBeenCalledOnce();
});

it("leaves a file alone that names nothing", () => {
  expect(visitorFor("export const answer = 42;", {})).toEqual({});
  expect(create).not.toHaveBeenCalled();
});

it("leaves files of other languages alone", () => {
  expect(visitorFor('{ "jwt": true }', null)).toEqual({});
  expect(create).not.toHaveBeenCalled();
});

it("points to the page of this version", () => {
  expect(rule.meta.docs.url).toMatch(/\/blob\/v\d+\.\d+\.\d+\/docs\/rules\/example\.md$/u);
});
