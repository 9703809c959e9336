import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checklist } from "../../src/compliance/checklist.ts";
import { findControlId } from "../../src/compliance/find.ts";
import { frameworks } from "../../src/compliance/frameworks/index.ts";
import { articles, statements } from "../../src/compliance/statements.ts";

const PAGE = readFileSync(
  path.join(import.meta.dirname, "../../docs/frameworks/articles.md"),
  "utf8",
);

describe("the statements of the articles", () => {
  it("are all there", () => {
    const ids = statements.map(({ id }) => id);
    expect(ids).toEqual([
      ...Array.from({ length: 14 }, (_, index) => `I-${index + 1}`),
      ...Array.from({ length: 11 }, (_, index) => `S-${index + 1}`),
    ]);
    for (const { id, article } of statements) {
      expect(article).toBe(id.startsWith("I") ? "iso27001" : "soc2");
      expect(Object.keys(articles)).toContain(article);
    }
  });

  it.each(statements.map((statement) => [statement.id, statement] as const))(
    "%s has an answer",
    (id, statement) => {
      expect(statement.rules.length + statement.checklist.length).toBeGreaterThan(0);
      expect(new Set(statement.rules).size).toBe(
        statement.rules === "all" ? 2 : statement.rules.length,
      );
      for (const entry of statement.checklist) {
        expect(checklist.map((each) => each.id)).toContain(entry);
      }
      for (const [framework, ids] of Object.entries(statement.controls)) {
        const found = frameworks.find((each) => each.id === framework);
        for (const control of ids) {
          expect(found && findControlId(found, control)).toBe(control);
        }
      }
      expect(PAGE).toContain(`| ${id} `);
    },
  );

  it("use every entry of the checklist that the articles give rise to", () => {
    const used = new Set(statements.flatMap((statement) => statement.checklist));
    expect(checklist.filter(({ id }) => !used.has(id as never)).map(({ id }) => id)).toEqual([]);
  });
});
