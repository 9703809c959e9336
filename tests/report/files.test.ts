/** What people write: the waiver file and the configuration; and what is written for them. */
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ComplianceFileError } from "../../src/compliance/problems.ts";
import { loadConfig, readConfig } from "../../src/report/config.ts";
import { resolveConfig } from "../../src/report/resolve.ts";
import { readWaiverFile } from "../../src/report/waiver-file.ts";
import { writeOutputs } from "../../src/report/write.ts";
import { report } from "../kit/report.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "jwt-audit-"));
});

afterAll(() => rm(folder, { recursive: true }));

function schema(name: string): (value: unknown) => boolean {
  const file = path.join(import.meta.dirname, `../../schemas/${name}.schema.json`);
  return new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(file, "utf8")) as object,
  );
}

describe("the waiver file", () => {
  const entry = { rule: "no-weak-key", path: "src/**", reason: "legacy", expires: "2027-03-31" };
  const isValid = schema("waivers");

  it("is read", () => {
    const waivers = [{ ...entry, rule: "jwt-audit/no-weak-key" }];
    expect(readWaiverFile(JSON.stringify({ $schema: "x", waivers }))).toEqual([entry]);
    expect(isValid({ $schema: "x", waivers })).toBe(true);
  });

  it.each<[unknown, RegExp]>([
    [[], /holds a list, not an object/u],
    [{}, /waivers: It is missing/u],
    [{ waivers: {} }, /waivers: A list is needed here/u],
    [{ waivers: [entry], more: 1 }, /more: There is no such key/u],
    [{ waivers: [{ ...entry, expire: "2027-03-31" }] }, /Did you mean "expires"/u],
    [{ waivers: [{ ...entry, expires: "31.12.2027" }] }, /Write it as "2027-03-31"/u],
    [{ waivers: [{ ...entry, reason: " " }] }, /an empty text/u],
    [{ waivers: [{ rule: "no-weak-key", reason: "x" }] }, /path or a fingerprint is missing/u],
    [{ waivers: [{ ...entry, rule: undefined }] }, /rule: It is missing/u],
  ])("refuses %j, as its schema does", (content, problem) => {
    const json = JSON.stringify(content);
    expect(() => readWaiverFile(json)).toThrow(problem);
    expect(isValid(JSON.parse(json))).toBe(false);
  });

  it("knows the names of the rules", () => {
    const json = JSON.stringify({ waivers: [{ ...entry, rule: "no-week-key" }] });
    expect(() => readWaiverFile(json)).toThrow(/Did you mean "no-weak-key"/u);
  });

  it("says where it is no JSON", () => {
    expect(() => readWaiverFile('{ "waivers": [}')).toThrow(/jwt-audit\.waivers\.json/u);
  });
});

describe("the configuration", () => {
  const isValid = schema("config");

  it("fills in what is not said", () => {
    expect(readConfig({}, "")).toEqual({
      frameworks: [],
      applicability: [],
      formats: [],
      waiverFile: "jwt-audit.waivers.json",
      waivers: {
        requireJustification: true,
        requireTicket: false,
        requireApprover: false,
        requireExpiry: false,
        warnDays: 30,
      },
      gate: { failOn: "error", newOnly: false, expiredWaivers: "fail", requireRules: [] },
      audit: { rules: {}, ignores: [] },
    });
  });

  it("says by what the command audits", () => {
    const content = {
      preset: "all",
      rules: { "jwt-audit/require-jti": "off", "no-long-lifetime": ["warn", { maximum: "1h" }] },
      settings: { crossFile: "off" },
      ignores: ["vendor/"],
    };
    expect(readConfig(content, "").audit).toEqual({
      ...content,
      rules: { "require-jti": "off", "no-long-lifetime": ["warn", { maximum: "1h" }] },
    });
    expect(isValid(content)).toBe(true);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ framework: [] }, /Did you mean "frameworks"/u],
    [{ frameworks: "soc2" }, /A list is needed here/u],
    [{ gate: { failOn: "eror" } }, /Did you mean "error"/u],
    [{ gate: { minCoverage: 120 } }, /from 0 up to 100/u],
    [{ gate: { newOnly: "yes" } }, /true or false/u],
    [{ waivers: { maxDays: "90" } }, /A number from 0/u],
    [{ waivers: { requireTickets: true } }, /Did you mean "requireTicket"/u],
    [{ gate: [] }, /An object is needed here/u],
    [{ preset: "stict" }, /Did you mean "strict"/u],
    [{ rules: { "require-jti": "on" } }, /"off", "warn" or "error"/u],
    [{ rules: { "require-jti": [] } }, /"off", "warn" or "error"/u],
    [{ settings: [] }, /An object is needed here/u],
    [{ ignores: "vendor" }, /A list is needed here/u],
  ])("refuses %j, as its schema does", (content, problem) => {
    expect(() => readConfig(content, "x.json")).toThrow(problem);
    expect(isValid(content)).toBe(false);
  });

  it("is found as a module or as JSON, and the environment has the last word", async () => {
    expect((await loadConfig(folder, {})).frameworks).toEqual([]);
    await writeFile(
      path.join(folder, "jwt-audit.config.json"),
      JSON.stringify({ frameworks: ["soc2"], formats: ["json"] }),
    );
    expect(await loadConfig(folder, {})).toMatchObject({ frameworks: ["soc2"] });
    await writeFile(
      path.join(folder, "jwt-audit.config.mjs"),
      'export default { frameworks: ["asvs"], gate: { failOn: "high" } };',
    );
    expect(await loadConfig(folder, {})).toMatchObject({ frameworks: ["asvs"], formats: [] });
    expect(
      await loadConfig(folder, {
        JWT_AUDIT_CONFIG: "jwt-audit.config.json",
        JWT_AUDIT_FORMATS: "html:a.html, csv:b.csv",
        JWT_AUDIT_FAIL_ON: "critical",
        JWT_AUDIT_FRAMEWORKS: "",
      }),
    ).toMatchObject({
      frameworks: ["soc2"],
      formats: ["html:a.html", "csv:b.csv"],
      gate: { failOn: "critical" },
    });
    await expect(loadConfig(folder, {}, "missing.json")).rejects.toThrow(/no such file/u);
    await expect(loadConfig(folder, { JWT_AUDIT_FAIL_ON: "x" })).rejects.toThrow(/It is one of/u);
  });

  it.each([
    ["throws.mjs", 'throw new RangeError("no such stage\\nmore");', "RangeError: no such stage"],
    ["text.mjs", 'throw "no such stage";', "it throws no such stage."],
    ["syntax.mjs", "export default { ;", "It cannot be loaded: "],
    ["import.mjs", 'import "no-such-package"; export default {};', "'no-such-package'"],
    ["none.mjs", "export const config = {};", "It has no default export."],
    ["called.mjs", "export default () => ({});", "Its default export is a function"],
    ["big.mjs", "export default { project: 1n };", "cannot be written as JSON: TypeError"],
    ["list.mjs", "export default [];", "The file holds a list, not an object."],
  ])("says what is wrong with the user's own module: %s", async (name, text, problem) => {
    await writeFile(path.join(folder, name), text);
    const loading = loadConfig(folder, {}, name);
    await expect(loading).rejects.toThrow(ComplianceFileError);
    await expect(loading).rejects.toThrow(problem);
    await expect(loading).rejects.toThrow(new RegExp(`^${name} has 1 problem:\\n[^\\n]*$`, "u"));
  });

  it("is resolved to frameworks, waivers and a baseline", async () => {
    const base = readConfig({}, "");
    expect(resolveConfig(base, folder).frameworks.map(({ id }) => id)).toEqual(["iso27001-2022"]);
    expect(() => resolveConfig({ ...base, frameworks: ["soc3"] }, folder)).toThrow(
      /"soc3" is no framework\. Did you mean "soc2"/u,
    );
    expect(() => resolveConfig({ ...base, waiverFile: "w.json" }, folder)).toThrow(/no such file/u);
    await writeFile(path.join(folder, "before.json"), JSON.stringify(await report([])));
    await writeFile(
      path.join(folder, "soa.json"),
      JSON.stringify({
        framework: "iso27001-2022",
        controls: [{ id: "A.8.24", applicable: false, justification: "No tokens." }],
      }),
    );
    const { baseline, exclusions } = resolveConfig(
      { ...base, baseline: "before.json", applicability: ["soa.json"] },
      folder,
    );
    expect(baseline?.header.project).toBe("sample");
    expect(exclusions.get("iso27001-2022")?.get("A.8.24")).toEqual({ justification: "No tokens." });
  });
});

describe("writeOutputs", () => {
  it("writes all files, and makes folders", async () => {
    const cwd = path.join(folder, "out");
    await writeOutputs([
      { file: "a/b.txt", text: "one", cwd },
      { file: "c.txt", text: "two", cwd },
    ]);
    expect(await readFile(path.join(cwd, "a/b.txt"), "utf8")).toBe("one");
    expect(await readdir(cwd)).toEqual(["a", "c.txt"]);
  });

  it.skipIf(process.platform === "win32")("writes through links and into pipes", async () => {
    const cwd = path.join(folder, "linked");
    await writeOutputs([{ file: "real.txt", text: "before", cwd }]);
    await symlink("real.txt", path.join(cwd, "link.txt"));
    await writeOutputs([
      { file: "link.txt", text: "after", cwd },
      { file: "/dev/null", text: "nothing" },
    ]);
    expect(await readFile(path.join(cwd, "real.txt"), "utf8")).toBe("after");
    expect((await lstat(path.join(cwd, "link.txt"))).isSymbolicLink()).toBe(true);
    expect((await lstat("/dev/null")).isFile()).toBe(false);
  });

  it("leaves everything as it was when one cannot be written", async () => {
    const cwd = path.join(folder, "kept");
    await writeOutputs([{ file: "a.txt", text: "before", cwd }]);
    await writeFile(path.join(cwd, "file"), "");
    await expect(
      writeOutputs([
        { file: "a.txt", text: "after", cwd },
        { file: "file/b.txt", text: "never", cwd },
      ]),
    ).rejects.toThrow();
    expect(await readFile(path.join(cwd, "a.txt"), "utf8")).toBe("before");
    expect((await readdir(cwd)).sort()).toEqual(["a.txt", "file"]);
  });
});
