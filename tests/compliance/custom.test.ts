/** Files that people write: a framework of their own, and a statement of applicability. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import {
  loadStatementOfApplicability,
  readStatementOfApplicability,
} from "../../src/compliance/applicability.ts";
import { loadFramework, readFramework } from "../../src/compliance/custom.ts";
import { explain } from "../../src/compliance/explain.ts";
import { ruleNames } from "../../src/compliance/findings.ts";
import { frameworks } from "../../src/compliance/frameworks/index.ts";
import { ComplianceFileError } from "../../src/compliance/problems.ts";
import packageJson from "../../package.json" with { type: "json" };

const root = path.join(import.meta.dirname, "../..");
const frameworkSchema = readJson("schemas/framework.schema.json");
const statementSchema = readJson("schemas/statement-of-applicability.schema.json");
const matchesFramework = new Ajv({ allErrors: true }).compile(frameworkSchema);
const matchesStatement = new Ajv({ allErrors: true }).compile(statementSchema);

const CONTROL = {
  id: "ACME-7",
  title: "Tokens are verified",
  rules: ["no-none-algorithm", "no-unverified-claims"],
  why: "A token that nobody verified says nothing.",
};
const FRAMEWORK = { id: "acme", name: "Acme", controls: [CONTROL] };

const ENTRY = { id: "A.8.24", applicable: true, justification: "Tokens are signed." };
const STATEMENT = { framework: "iso27001-2022", controls: [ENTRY] };

describe("the page about them", () => {
  const page = readFileSync(path.join(root, "docs/frameworks/custom.md"), "utf8");
  const [framework = "", statement = ""] = [...page.matchAll(/```json\n([^]*?)```/gu)].map(
    ([, json = ""]) => json,
  );

  it("shows a framework that can be read, and fits the schema", () => {
    expect(matchesFramework(JSON.parse(framework)), message(matchesFramework)).toBe(true);
    const { controls } = readFramework(framework, "page");
    expect(controls.map(({ id, strength }) => [id, strength])).toEqual([
      ["ACME-7", "direct"],
      ["ACME-8", "direct"],
      ["ACME-20", "process"],
    ]);
  });

  it("shows a statement that can be read, and fits the schema", () => {
    expect(matchesStatement(JSON.parse(statement)), message(matchesStatement)).toBe(true);
    const { entries } = readStatementOfApplicability(statement, "page");
    expect([...entries.keys()]).toEqual(["A.8.24", "A.8.11"]);
  });

  it("shows the errors as they are", () => {
    const [, shown = ""] = /```text\n([^]*?)```/u.exec(page) ?? [];
    const controls = [
      { ...CONTROL, rules: ["no-non-algorithm"] },
      { id: "ACME-8", title: "Keys", like: ["iso27001 A.9.4.2"] },
    ];
    const error = errorOf(() => frameworkWith({ controls }, "acme.framework.json"));
    expect(shown.trim()).toBe(error.message);
  });
});

describe("the schemas", () => {
  it("are in the package", () => {
    expect(packageJson.files).toContain("schemas");
  });

  it("know the rules", () => {
    expect(frameworkSchema).toHaveProperty("definitions.rule.enum", ruleNames);
  });

  it.each([
    ["a key too many", { ...FRAMEWORK, contorls: [] }],
    ["no id", { ...FRAMEWORK, id: undefined }],
    ["no controls", { ...FRAMEWORK, controls: [] }],
    ["a rule that does not exist", withControl({ rules: ["no-non-algorithm"] })],
    ["a strength that does not exist", withControl({ strength: "strong" })],
    ["neither rules nor like", withControl({ rules: undefined })],
    ["no why", withControl({ why: undefined })],
    ["an empty title", withControl({ title: " " })],
  ])("refuse a framework with %s, like the loader", (_, document) => {
    const plain: unknown = JSON.parse(JSON.stringify(document));
    expect(matchesFramework(plain)).toBe(false);
    expect(() => readFramework(JSON.stringify(document), "acme.json")).toThrow(ComplianceFileError);
  });
});

describe("a framework of one's own", () => {
  it("is like those of the package", () => {
    const acme = frameworkWith({});
    expect(acme).toMatchObject({
      id: "acme",
      name: "Acme",
      unit: "control",
      catalogue: ["ACME-7"],
    });
    const explanation = explain("acme-7", [...frameworks, acme]);
    expect(explanation).toMatchObject({
      kind: "control",
      controls: [{ id: "ACME-7", rules: [{ rule: "no-none-algorithm" }, {}] }],
    });
  });

  it("takes over rules, with their weight", () => {
    const [control] = frameworkWith({
      controls: [{ id: "K", title: "Keys", like: ["iso27001:2022 A.8.24"] }],
    }).controls;
    expect(control?.strength).toBe("direct");
    expect(control?.rules).toContain("no-weak-key");
    expect(control?.rules).not.toContain("no-insecure-transport");
    expect(control?.contributing).toEqual(["no-insecure-transport"]);
    expect(control?.why).toMatch(/algorithm/u);
  });

  it("takes over everything at a weight of its own", () => {
    const [control] = frameworkWith({
      controls: [{ id: "K", title: "Keys", strength: "supporting", like: ["iso27001 A.8.24"] }],
    }).controls;
    expect(control?.rules).toContain("no-insecure-transport");
    expect(control?.contributing).toBeUndefined();
  });

  it("may be read from a file, with a byte order mark", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "framework-"));
    const file = path.join(folder, "acme.json");
    writeFileSync(file, `\uFEFF${JSON.stringify(FRAMEWORK)}`);
    expect(loadFramework(file).id).toBe("acme");
    rmSync(folder, { recursive: true });
    expect(() => loadFramework(file)).toThrow(/ENOENT/u);
  });

  it.each([
    [
      "a typo in a key",
      { contorls: [] },
      'contorls: There is no such key. Did you mean "controls"?',
    ],
    ["no name", { name: undefined }, "name: It is missing."],
    ["another type", { name: 7 }, "name: A text is needed here, not a number."],
    ["an empty text", { name: " " }, "name: A text is needed here, not an empty text."],
    ["null", { name: null }, "name: A text is needed here, not null."],
    [
      "an id with spaces",
      { id: "My standard" },
      "id: It is made of small letters, digits, dots and hyphens.",
    ],
    [
      "an id that is taken",
      { id: "iso27001" },
      'id: "iso27001" already stands for ISO/IEC 27001:2022. Choose another.',
    ],
    [
      "controls that are no list",
      { controls: {} },
      "controls: A list is needed here, not an object.",
    ],
    [
      "a control that is no object",
      { controls: ["A"] },
      "controls[0]: An object is needed here, not a string.",
    ],
    [
      "an id twice",
      { controls: [CONTROL, CONTROL] },
      'controls[1].id: "ACME-7" stands here a second time.',
    ],
    [
      "no controls",
      { controls: [] },
      "controls: The list is empty. A framework has at least one control.",
    ],
  ])("with %s is refused", (_, change, problem) => {
    expect(errorOf(() => frameworkWith(change)).problems).toContain(problem);
  });

  it.each([
    [
      "a rule's typo",
      { rules: ["no-non-algorithm"] },
      'rules[0]: "no-non-algorithm" is no rule. Did you mean "no-none-algorithm"?',
    ],
    ["a rule of nobody", { rules: ["semi"] }, 'rules[0]: "semi" is no rule.'],
    ["a rule that is no text", { rules: [1] }, "rules[0]: A text is needed here, not a number."],
    ["rules that are no list", { rules: "some" }, "rules: A list is needed here, not a string."],
    [
      "a strength's typo",
      { strength: "suporting" },
      'strength: It is one of "direct", "supporting", "process". Did you mean "supporting"?',
    ],
    [
      "no why",
      { why: undefined },
      "why: It is missing. Say in a sentence why the rules bear on it.",
    ],
    [
      "all contributing",
      { contributing: "all" },
      'contributing: A list of rules is needed here, not "all".',
    ],
    [
      "an unknown control",
      { like: ["soc2 CC6.11"] },
      'like[0]: SOC 2 has no criterion "CC6.11". Did you mean "CC6.1"?',
    ],
    [
      "a heading",
      { like: ["soc2 CC8"] },
      'like[0]: SOC 2 has no criterion "CC8". It is a heading; below it are CC8.1.',
    ],
    [
      "a control without rules",
      { like: ["iso27001 A.8.17"] },
      "like[0]: No rule bears on A.8.17 of ISO/IEC 27001:2022, so there is nothing to take over.",
    ],
    [
      "no framework",
      { like: ["A.8.24"] },
      'like[0]: "A.8.24" names no framework. Write it as "iso27001 A.8.24".',
    ],
  ])("with a control with %s is refused", (_, change, problem) => {
    const error = errorOf(() => frameworkWith({ controls: [{ ...CONTROL, ...change }] }));
    expect(error.problems).toContain(`controls[0].${problem}`);
  });

  it("takes the prefix of rules", () => {
    const [control] = frameworkWith({
      controls: [{ ...CONTROL, rules: ["jwt-audit/no-weak-key"] }],
    }).controls;
    expect(control?.rules).toEqual(["no-weak-key"]);
  });

  it("suggests a framework", () => {
    const error = errorOf(() =>
      frameworkWith({ controls: [{ ...CONTROL, like: ["iso2701 A.8.24"] }] }),
    );
    expect(error.message).toMatch(/"iso2701" is no framework\..* Did you mean "iso27001-2022"\?$/u);
  });

  it.each([
    ["[]", "The file holds a list, not an object."],
    ["null", "The file holds null, not an object."],
  ])("is an object, not %s", (json, problem) => {
    expect(errorOf(() => readFramework(json, "acme.json")).problems).toEqual([problem]);
  });

  it("that is no JSON is refused with the place", () => {
    const error = errorOf(() =>
      readFramework('{\n  "id": "acme",\n  "name" "Acme"\n}', "acme.json"),
    );
    expect(error.message).toMatch(/^acme\.json has 1 problem:\n {2}It is no JSON: .*line 3/u);
  });
});

describe("a statement of applicability", () => {
  it("is read", () => {
    const statement = statementWith({
      organisation: "Acme",
      controls: [{ ...ENTRY, id: "8.24", owner: "Platform", evidence: ["Procedure 4"] }],
    });
    expect(statement.framework.id).toBe("iso27001-2022");
    expect(statement.organisation).toBe("Acme");
    expect(statement.entries.get("A.8.24")).toEqual({
      ...ENTRY,
      owner: "Platform",
      evidence: ["Procedure 4"],
    });
  });

  it("may name controls that no rule bears on", () => {
    const entry = { id: "A.7.9", applicable: false, justification: "Nobody works elsewhere." };
    expect(statementWith({ controls: [entry] }).entries.get("A.7.9")?.applicable).toBe(false);
  });

  it("may be about a framework of one's own", () => {
    const own = [...frameworks, frameworkWith({})];
    const json = JSON.stringify({ framework: "acme", controls: [{ ...ENTRY, id: "ACME-7" }] });
    expect(readStatementOfApplicability(json, "soa.json", own).framework.name).toBe("Acme");
  });

  it("may be read from a file", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "statement-"));
    const file = path.join(folder, "soa.json");
    writeFileSync(file, JSON.stringify(STATEMENT));
    expect(loadStatementOfApplicability(file).entries.size).toBe(1);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["no framework", { framework: undefined }, "framework: It is missing."],
    [
      "a date that is none",
      { date: "2026-02-30" },
      'date: "2026-02-30" is no date. Write it as "2026-03-31".',
    ],
    [
      "an id twice",
      { controls: [ENTRY, { ...ENTRY, id: "8.24" }] },
      "controls[1].id: A.8.24 stands here a second time.",
    ],
    [
      "no justification",
      { controls: [{ ...ENTRY, justification: undefined }] },
      "controls[0].justification: It is missing.",
    ],
    [
      "a text for a truth",
      { controls: [{ ...ENTRY, applicable: "yes" }] },
      "controls[0].applicable: It is true or false.",
    ],
    [
      "a typo in a key",
      { controls: [{ ...ENTRY, justifcation: "x" }] },
      'controls[0].justifcation: There is no such key. Did you mean "justification"?',
    ],
    [
      "a number of 2013",
      { controls: [{ ...ENTRY, id: "A.10.1.2" }] },
      'controls[0].id: ISO/IEC 27001:2022 has no control "A.10.1.2". It is one of ISO/IEC 27001:2013. It is now A.8.24.',
    ],
    [
      "a number of nobody",
      { controls: [{ ...ENTRY, id: "A.8.244" }] },
      'controls[0].id: ISO/IEC 27001:2022 has no control "A.8.244". Did you mean "A.8.24"?',
    ],
  ])("with %s is refused", (_, change, problem) => {
    expect(errorOf(() => statementWith(change)).problems).toContain(problem);
  });

  it("suggests a framework", () => {
    const error = errorOf(() => statementWith({ framework: "iso2701" }));
    expect(error.message).toMatch(/"iso2701" is no framework\..* Did you mean "iso27001-2022"\?$/u);
  });

  it("says everything at once", () => {
    const error = errorOf(() => statementWith({ date: "soon", controls: [{ id: "A.1" }] }));
    expect(error.file).toBe("soa.json");
    expect(error.message).toMatch(/^soa\.json has 4 problems:\n/u);
  });
});

function frameworkWith(change: object, file = "acme.json") {
  return readFramework(JSON.stringify({ ...FRAMEWORK, ...change }), file);
}

function withControl(change: object): object {
  return { ...FRAMEWORK, controls: [{ ...CONTROL, ...change }] };
}

function statementWith(change: object) {
  return readStatementOfApplicability(JSON.stringify({ ...STATEMENT, ...change }), "soa.json");
}

function errorOf(run: () => unknown): ComplianceFileError {
  try {
    run();
  } catch (error) {
    if (error instanceof ComplianceFileError) return error;
    throw error;
  }
  throw new Error("Nothing was wrong.");
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(path.join(root, file), "utf8")) as object;
}

function message(validate: { errors?: unknown }): string {
  return JSON.stringify(validate.errors);
}
