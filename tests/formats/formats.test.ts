/** Every format with every report: ordinary, hostile, empty, broken and huge. */
import { beforeAll, describe, expect, it } from "vitest";
import { formats, readTarget } from "../../src/formats/index.ts";
import type { Report, RuleSet } from "../../src/report/types.ts";
import { cases, huge } from "../kit/hostile.ts";
import { lintAndReport } from "../kit/report.ts";

const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const [name, make] of Object.entries(cases)) reports.set(name, await make());
});

function render(format: string, name: string): string {
  const report = reports.get(name);
  const found = formats.find((one) => one.name === format);
  if (report === undefined || found === undefined) throw new Error("There is no such case.");
  return found.render(report);
}

const names = formats.map(({ name }) => name);

describe.each(names)("%s", (format) => {
  it.each(Object.keys(cases))("is written for %s, the same each time", (name) => {
    const text = render(format, name);
    expect(text).not.toBe("");
    expect(text.endsWith("\n")).toBe(true);
    expect(render(format, name)).toBe(text);
  });

  it("names the rules that ran", async () => {
    const named = formats.find(({ name }) => name === format);
    const rendered = async (ruleSet?: RuleSet): Promise<string> => {
      const files = { "src/a.js": "export const jwt = 1;\n" };
      const text = named?.render(await lintAndReport(files, ruleSet && { ruleSet })) ?? "";
      return text.replaceAll(/\s+/gu, " ");
    };
    const presets = { source: "presets", presets: ["iso27001", "soc2"] } as const;
    if (format === "json") {
      expect(await rendered({ ...presets, changed: ["no-weak-key"] })).toContain('"iso27001"');
      return;
    }
    const changed = await rendered({ ...presets, changed: ["no-weak-key"] });
    expect(changed).toMatch(
      /rules of presets iso27001, soc2, 1 changed in the configuration file/iu,
    );
    const all = await rendered({ ...presets, presets: ["strict"], changed: [] });
    expect(all).toMatch(/rules of preset strict/iu);
    expect(all).not.toContain("changed in the configuration file");
    expect(await rendered()).toMatch(/rules of the configuration of ESLint/iu);
  });

  it("promises nothing", () => {
    for (const name of Object.keys(cases)) {
      expect(render(format, name)).not.toMatch(/\bcompliant\b|\bcertified\b/iu);
    }
  });

  it("holds no control characters and no lone surrogates", () => {
    const text = render(format, "hostile names and messages").replaceAll(/\r?\n/gu, "");
    // JSON itself writes what is no character as an escape; others have made it visible.
    // eslint-disable-next-line no-control-regex -- They are what is looked for.
    expect(text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]|\p{Surrogate}/u);
    if (format !== "json") expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u);
  });
});

describe("a huge report", () => {
  it("of 100,000 findings is written in every format, in bounds where it is read by people", async () => {
    const report = await huge();
    expect(report.findings).toHaveLength(100_000);
    for (const format of formats) {
      const text = format.render(report);
      if (format.name === "terminal") expect(text.length).toBeLessThan(50_000);
      if (format.name === "markdown") expect(text.length).toBeLessThan(65_536);
      if (format.name === "html") expect(text.length).toBeLessThan(5_000_000);
      if (format.name === "sarif") expect(text).toContain('"findingsLeftOut": 75000');
    }
  }, 120_000);
});

describe("terminal", () => {
  it("fits into 80 columns", () => {
    for (const name of Object.keys(cases)) {
      for (const line of render("terminal", name).split("\n")) {
        expect(Array.from(line).length).toBeLessThanOrEqual(80);
      }
    }
  });

  it("is in colour only when asked", () => {
    const report = reports.get("an ordinary run")!;
    const [terminal] = formats;
    expect(terminal?.render(report)).not.toContain("\u001B");
    expect(terminal?.render(report, { colour: true })).toContain("\u001B[31m");
  });

  it("ends with the verdict", () => {
    expect(render("terminal", "an ordinary run")).toContain("Gate failed: ");
    expect(render("terminal", "no file")).toContain("Could not assess: No file was linted.");
  });
});

describe("markdown", () => {
  it("keeps to the size it is given, and says what it left out", () => {
    const report = reports.get("hostile names and messages")!;
    const format = readTarget("markdown").format;
    for (const maxLength of [40_000, 10_000, 3_000, 200]) {
      const text = format.render(report, { maxLength });
      expect(text.length).toBeLessThanOrEqual(maxLength);
      if (maxLength < 40_000) expect(text).toMatch(/html, json and csv/u);
    }
  });

  it("has tables whose rows have the cells of their heads", () => {
    for (const name of Object.keys(cases)) {
      let cells = 0;
      for (const line of render("markdown", name).split("\n")) {
        if (!line.startsWith("| ")) {
          cells = 0;
          continue;
        }
        const count = line.split(/(?<!\\)\|/u).length;
        if (cells === 0) cells = count;
        expect([line, count]).toEqual([line, cells]);
      }
    }
  });

  it("links, mentions and embeds nothing that a finding says", () => {
    const text = render("markdown", "hostile names and messages").replaceAll(/`+[^`\n]*`+/gu, "");
    expect(text).not.toMatch(/<(?:script|img|b>)/u);
    expect(text).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\(/u);
    expect(text).not.toMatch(/https?:\/\/evil/u);
    expect(text).not.toMatch(/@(?:team|everyone)/u);
  });
});

describe("csv", () => {
  function parse(text: string): string[][] {
    const rows: string[][] = [[]];
    for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gu)) {
      const [whole, cell = "", end] = match;
      if (whole === "") break;
      rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      if (end !== ",") rows.push([]);
    }
    return rows.filter((row) => row.length > 0);
  }

  it.each(Object.keys(cases))("has rows of one length for %s", (name) => {
    const [head = [], ...rows] = parse(render("csv", name));
    expect(head.slice(0, 4)).toEqual(["framework", "control", "title", "status"]);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it("has no cell that a spreadsheet runs", () => {
    for (const row of parse(render("csv", "hostile names and messages")).slice(1)) {
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@|%]/u);
    }
  });
});

describe("junit", () => {
  it("has a test case for each control, with what passed, failed and was not assessed", () => {
    const text = render("junit", "an ordinary run");
    expect(text).toMatch(/<testcase classname="iso27001-2022" name="A\.8\.24 [^"]+">\s*<failure/u);
    expect(text).toMatch(/<skipped message="/u);
    const { frameworks } = reports.get("an ordinary run")!;
    const controls = frameworks.reduce((sum, { controls: all }) => sum + all.length, 0);
    expect(text.match(/<testcase /gu)).toHaveLength(controls);
  });
});

describe("readTarget", () => {
  it("reads format and file", () => {
    expect(readTarget("html:out/a:b.html")).toMatchObject({ file: "out/a:b.html" });
    expect(readTarget("JSON").file).toBeUndefined();
    expect(() => readTarget("pdf:a.pdf")).toThrow(/"pdf" is no format\. Known are terminal/u);
  });
});
