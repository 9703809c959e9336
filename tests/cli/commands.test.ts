/** What the command does beside auditing files itself. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Progress } from "../../src/cli/progress.ts";
import { frameworks, ruleNames } from "../../src/compliance/index.ts";
import plugin from "../../src/index.ts";
import type { Report } from "../../src/report/types.ts";
import { addFiles, audit, BAD, folderWith, GOOD, PLAIN, removeFolders, run } from "../kit/cli.ts";

const root = path.join(import.meta.dirname, "../..");

afterAll(removeFolders);

/** A configuration of ESLint that finds the plugin; `dist` must have been built. */
function configOf(...blocks: readonly string[]): string {
  return `import plugin from ${JSON.stringify(path.join(root, "dist/index.js"))};\nexport default [${blocks.join(", ")}];\n`;
}

function parse(out: string): Report {
  return JSON.parse(out) as Report;
}

describe("the audit with the configuration of ESLint", () => {
  it("runs the rules that it says, in the files that it says", async () => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "eslint.config.js": configOf(
        "...plugin.configs.recommended",
        '{ ignores: ["old/"] }',
        '{ rules: { "jwt-audit/no-none-algorithm": "warn" } }',
      ),
      "src/a.js": BAD,
      "old/b.js": BAD,
    });
    const { report } = await audit(folder, ["--use-eslint-config", "src"]);
    const finding = report.findings.find(({ rule }) => rule === "no-none-algorithm");
    expect(finding).toMatchObject({ level: "warn", file: "src/a.js" });
    expect(report.coverage.files.linted).toBe(1);
    expect(report.coverage.source).toBe("configuration");
    expect(report.header.unknown[0]).toBe("Which files the configuration of ESLint leaves out.");
    const jti = report.coverage.rules.find(({ rule }) => rule === "require-jti");
    expect(jti).toMatchObject({ on: 0, of: 1 });
  });

  it("counts bulk suppressions as waivers without a reason", async () => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "eslint.config.js": configOf(
        '{ plugins: { "jwt-audit": plugin }, rules: { "jwt-audit/no-none-algorithm": "error" } }',
      ),
      "a.js": BAD,
      "eslint-suppressions.json": '{ "a.js": { "jwt-audit/no-none-algorithm": { "count": 1 } } }',
    });
    const { code, report } = await audit(folder, ["--use-eslint-config", "a.js"]);
    expect(report.waivers).toMatchObject([{ source: "bulk", state: "unjustified" }]);
    expect(code).toBe(1);
  });

  it("says that nothing was assessed where the plugin is not in it", async () => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "eslint.config.js": 'export default [{ files: ["**/*.js"] }];\n',
      "a.js": BAD,
    });
    const { code, report } = await audit(folder, ["--use-eslint-config", "a.js"]);
    expect(report.verdict.reasons[0]?.text).toBe("No rule of this plugin was on in any file.");
    expect(code).toBe(2);
  });

  it("says so where there is no configuration, or no file", async () => {
    const folder = folderWith({ "a.js": GOOD });
    const { code, err } = await run(folder, ["--use-eslint-config"]);
    expect(err).toBe(
      "eslint-plugin-jwt-audit: ESLint says: Could not find config file. Without --use-eslint-config no configuration is needed.\n",
    );
    expect(code).toBe(2);
    addFiles(folder, { "eslint.config.mjs": configOf("...plugin.configs.recommended") });
    const none = await run(folder, ["--use-eslint-config", "b.js"]);
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toContain("No files matching 'b.js' were found");
  });

  it("says which options of its own file it did not use", async () => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "eslint.config.js": configOf("...plugin.configs.recommended"),
      "jwt-audit.config.json": '{ "preset": "all" }',
      "a.js": GOOD,
    });
    const { report } = await audit(folder, ["--use-eslint-config", "a.js"]);
    expect(report.header.unknown[1]).toMatch(/^preset, rules, settings and ignores/u);
  });

  it("finds what the audit without a configuration finds", async () => {
    const sources = {
      "a.js": BAD,
      "b.js": GOOD,
      "c.js": PLAIN,
      "tests/d.js": BAD,
    };
    const folder = folderWith({
      ...sources,
      "package.json": '{ "type": "module" }',
      "eslint.config.js": configOf("...plugin.configs.strict"),
    });
    const own = (await audit(folder, ["a.js", "b.js", "c.js", "tests"])).report;
    const theirs = (await audit(folder, ["--use-eslint-config", "a.js", "b.js", "c.js", "tests"]))
      .report;
    for (const part of ["findings", "frameworks", "verdict", "summary"] as const) {
      expect(theirs[part]).toEqual(own[part]);
    }
    const { files, operations, checks, rules } = own.coverage;
    expect(theirs.coverage).toMatchObject({ files, operations, checks, rules });
  });
});

describe("the rules that ran", () => {
  it("are named: presets, what the configuration file changed, or ESLint's own", async () => {
    const folder = folderWith({ "a.js": GOOD });
    const setsOf = async (...args: string[]): Promise<unknown> =>
      (await audit(folder, args)).report.header.ruleSets;
    const presets = (...names: string[]): object => ({ source: "presets", presets: names });
    expect(await setsOf()).toEqual([{ ...presets("strict"), changed: [] }]);
    expect(await setsOf("--framework", "iso27001")).toMatchObject([presets("iso27001")]);
    expect(await setsOf("--framework", "soc2", "--framework", "asvs")).toMatchObject([
      presets("soc2", "asvs"),
    ]);
    expect(await setsOf("--framework", "soc2", "--preset", "all")).toMatchObject([presets("all")]);
    addFiles(folder, { "jwt-audit.config.json": '{ "rules": { "require-jti": "error" } }' });
    expect(await setsOf()).toMatchObject([{ changed: ["require-jti"] }]);
    addFiles(folder, { "eslint.config.mjs": configOf("...plugin.configs.strict") });
    expect(await setsOf("--use-eslint-config", "a.js")).toEqual([{ source: "eslint-config" }]);
    expect((await run(folder, ["--help"])).out.replaceAll(/\s+/gu, " ")).toContain(
      "Where none is named: ISO/IEC 27001:2022 with the rules of strict.",
    );
  });
});

describe("report", () => {
  async function lintTo(folder: string): Promise<ESLint.LintResult[]> {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [...plugin.configs.strict],
    });
    const results = await eslint.lintFiles(["src"]);
    writeFileSync(path.join(folder, "eslint.json"), JSON.stringify(results));
    const meta = await eslint.loadFormatter("json-with-metadata");
    writeFileSync(path.join(folder, "meta.json"), await meta.format(results));
    return results;
  }

  it("makes a report of what ESLint wrote, from a file or standard input", async () => {
    const folder = folderWith({ "src/a.js": BAD, "src/b.js": GOOD });
    await lintTo(folder);
    const { code, out } = await run(folder, ["report", "eslint.json", "-f", "json"]);
    const report = parse(out);
    expect(code).toBe(1);
    expect(report.findings.map(({ file }) => file)).toContain("src/a.js");
    expect(report.coverage).toMatchObject({ source: "unknown", files: { linted: 2 } });
    expect(report.header.unknown).toContain(
      "Which rules were on: there is no configuration of ESLint here.",
    );
    const stdin = readFileSync(path.join(folder, "eslint.json"), "utf8");
    expect((await run(folder, ["report", "-", "-f", "json"], { stdin })).out).toBe(out);
    const meta = await run(folder, ["report", "meta.json", "-f", "json"]);
    expect(parse(meta.out).findings).toEqual(report.findings);
    expect((await run(folder, ["report", "eslint.json", "--fail-on", "none"])).code).toBe(0);
  });

  it("reads the configuration of ESLint for what was on, where it is here", async () => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "eslint.config.js": configOf("...plugin.configs.strict"),
      "src/a.js": BAD,
    });
    await lintTo(folder);
    const { out } = await run(folder, ["report", "eslint.json", "-f", "json"]);
    expect(parse(out).coverage.source).toBe("configuration");
    expect(parse(out).coverage.operations).toHaveLength(1);
  });

  it("tells paths of another machine by --root", async () => {
    const folder = folderWith({ "src/a.js": BAD });
    const text = JSON.stringify(await lintTo(folder)).replaceAll(folder, "/builds/shop");
    writeFileSync(path.join(folder, "eslint.json"), text);
    const ran = await run(folder, [
      "report",
      "eslint.json",
      "--root",
      "/builds/shop",
      "-f",
      "json",
    ]);
    expect(new Set(parse(ran.out).findings.map(({ file }) => file))).toEqual(new Set(["src/a.js"]));
  });

  it("is 2 for files that could not be parsed, and for no files", async () => {
    const folder = folderWith({ "src/a.js": "jwt.verify(" });
    await lintTo(folder);
    expect((await run(folder, ["report", "eslint.json"])).code).toBe(2);
    writeFileSync(path.join(folder, "none.json"), "[]");
    expect((await run(folder, ["report", "none.json"])).code).toBe(2);
  });

  it.each([
    "null",
    "3",
    "[1]",
    "[{}]",
    '[{ "filePath": 1 }]',
    '{ "results": {} }',
    '[{ "filePath": "a", "messages": [1] }]',
  ])("refuses %s", async (text) => {
    const { code, err } = await run(folderWith({}), ["report", "-"], { stdin: text });
    expect(err).toMatch(/^eslint-plugin-jwt-audit: Standard input is no output of eslint -f json/u);
    expect(code).toBe(2);
  });

  it("says that a report is none of ESLint's", async () => {
    const folder = folderWith({ "a.js": GOOD });
    await run(folder, ["-q", "-f", "json:r.json"]);
    const { err } = await run(folder, ["report", "r.json"]);
    expect(err).toContain("It is a report of this package: join it with merge.");
  });
});

describe("merge", () => {
  let folder = "";

  beforeAll(async () => {
    folder = folderWith({
      "one/package.json": '{ "name": "shop" }',
      "one/a.js": BAD,
      "two/package.json": '{ "name": "bank" }',
      "two/a.js": GOOD,
    });
    await run(path.join(folder, "one"), ["-q", "-f", "json:../one.json", "--framework", "soc2"]);
    await run(path.join(folder, "two"), ["-q", "-f", "json:../two.json", "--framework", "soc2"]);
  });

  it("joins reports, with a row for each repository", async () => {
    const { code, out } = await run(folder, ["merge", "one.json", "two.json", "-f", "json"]);
    const report = parse(out);
    expect(code).toBe(1);
    expect(report.parts?.map(({ project, verdict }) => [project, verdict])).toEqual([
      ["bank", "passed"],
      ["shop", "failed"],
    ]);
    expect(report.findings.map(({ file }) => file)).toContain("shop/a.js");
    expect(report.coverage.files.linted).toBe(2);
    expect(report.frameworks.map(({ id }) => id)).toEqual(["soc2"]);
    const again = await run(folder, ["merge", "two.json", "one.json", "-f", "json"]);
    expect(parse(again.out).findings).toEqual(report.findings);
    expect((await run(folder, ["merge", "one.json", "two.json"])).out).toMatch(
      /\n {2}bank +Gate passed [^]*\n {2}shop +Gate failed /u,
    );
  });

  it("takes frameworks, project and gate from the command line", async () => {
    const args = ["merge", "one.json", "two.json", "-f", "json", "--framework", "cwe"];
    const { code, out } = await run(folder, [...args, "--fail-on", "none", "--project", "All"]);
    expect(code).toBe(0);
    expect(parse(out).frameworks.map(({ id }) => id)).toEqual(["cwe"]);
    expect(parse(out).header.project).toBe("All");
  });

  it("refuses a report that is given twice, under whatever name", async () => {
    copyFileSync(path.join(folder, "one.json"), path.join(folder, "copy.json"));
    expect(await run(folder, ["merge", "one.json", "two.json", "copy.json"])).toEqual({
      code: 2,
      out: "",
      err: "eslint-plugin-jwt-audit: copy.json is the same report as one.json. Give it once.\n",
    });
  });

  it("refuses a report that was changed", async () => {
    const text = readFileSync(path.join(folder, "one.json"), "utf8");
    const changed = JSON.stringify({ ...parse(text), findings: [] });
    writeFileSync(path.join(folder, "changed.json"), changed);
    const refusal = {
      code: 2,
      out: "",
      err: "eslint-plugin-jwt-audit: changed.json has 1 problem:\n  It was changed after it was written: its content does not fit its digest. Make the report again.\n",
    };
    expect(await run(folder, ["merge", "changed.json", "two.json"])).toEqual(refusal);
    // With --new-only what a baseline says decides the gate.
    expect(await run(folder, ["one", "--baseline", "changed.json"])).toEqual(refusal);
    const intact = ["--baseline", "../one.json", "--new-only", "--framework", "soc2"];
    expect((await run(path.join(folder, "one"), intact)).code).toBe(0);
  });
});

describe("questions", () => {
  it("explains a control, a heading, a rule and a framework", async () => {
    const folder = folderWith({});
    const ask = async (query: string): Promise<string> => {
      const { code, out, err } = await run(folder, ["--explain", query]);
      expect(err).toBe("");
      expect(code).toBe(0);
      expect(
        out.split("\n").filter((line) => line.length > 80 && !line.startsWith("https:")),
      ).toEqual([]);
      return out;
    };
    expect(await ask("A.8.24")).toMatch(
      /^A\.8\.24 {2}Use of cryptography\nISO\/IEC 27001:2022 · control · direct\n[^]*no-none-algorithm \(direct\)[^]*Evidence: /u,
    );
    expect(await ask("soc2:CC6.1")).toContain("SOC 2");
    expect(await ask("iso27001:2013:A.9.4")).toContain("A.9.4.2");
    expect(await ask("require-jti")).toMatch(
      /^require-jti\n[^]*CWE-294[^]*\n {2}A\.8\.28 \(direct\)/u,
    );
    expect(await ask("jwt-audit/require-jti")).toContain("SOC 2");
    expect(await ask("pci-dss")).toContain("--framework pci-dss · preset pci-dss");
  });

  it("explains a control of a framework of one's own", async () => {
    const folder = folderWith({
      "house.json": JSON.stringify({
        id: "house",
        name: "House rules",
        title: "What we agreed on",
        edition: "1",
        publisher: "Us",
        controls: [
          {
            id: "H-1",
            title: "Keys",
            strength: "direct",
            rules: ["no-weak-key"],
            why: "Weak keys.",
          },
        ],
      }),
    });
    const { code, out, err } = await run(folder, ["--explain", "H-1", "--framework", "house.json"]);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/^H-1 {2}Keys\nHouse rules/u);
  });

  it("lists frameworks and rules", async () => {
    const folder = folderWith({});
    const list = (await run(folder, ["--list-frameworks"])).out;
    for (const { id, name } of frameworks)
      expect(list).toMatch(new RegExp(`^${id} .*${name.slice(0, 6)}`, "mu"));
    const rules = (await run(folder, ["--list-rules"])).out;
    for (const name of ruleNames) expect(rules).toContain(`\n${name} `.trimStart());
    expect(rules).toMatch(/^require-jti[^]*?\n +(?:only in all|iso27001|soc2)/mu);
    expect(`${list}${rules}`.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("knows its version", async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      version: string;
    };
    expect(await run(folderWith({}), ["--version"])).toEqual({
      code: 0,
      out: `${version}\n`,
      err: "",
    });
  });
});

describe("progress", () => {
  function watch(sink: { isTTY?: boolean }, env: NodeJS.ProcessEnv): string[] {
    const written: string[] = [];
    let time = 0;
    const progress = new Progress(
      { ...sink, write: (text: string) => written.push(text) },
      env,
      () => time,
    );
    for (time = 0; time <= 1000; time += 50) progress.say(`at ${time}`);
    progress.done();
    progress.done();
    return written;
  }

  it("is said where a person waits, after a while, and wiped at the end", () => {
    expect(watch({ isTTY: true }, {})).toEqual([
      "\r\u001B[Kat 700",
      "\r\u001B[Kat 800",
      "\r\u001B[Kat 900",
      "\r\u001B[Kat 1000",
      "\r\u001B[K",
    ]);
  });

  it("is not said where nobody does", async () => {
    expect(watch({}, {})).toEqual([]);
    expect(watch({ isTTY: true }, { CI: "true" })).toEqual([]);
    expect(watch({ isTTY: true }, { TERM: "dumb" })).toEqual([]);
    const { err } = await run(folderWith({ "a.js": GOOD }), []);
    expect(err).toBe("");
  });
});
