/** The report as a formatter of ESLint, in the process and on the command line. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import formatter from "../src/formatter.ts";
import plugin from "../src/index.ts";
import type { Report } from "../src/report/types.ts";

const root = path.join(import.meta.dirname, "..");
const built = path.join(root, "dist/formatter.js");
const CODE =
  'import jwt from "jsonwebtoken";\nexport const make = (sub) => jwt.sign({ sub }, "", { algorithm: "none" });\n';

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "jwt-audit-"));
  await mkdir(path.join(folder, "src"));
  await writeFile(path.join(folder, "package.json"), '{ "name": "shop", "type": "module" }');
  await writeFile(path.join(folder, "src/a.js"), CODE);
  await writeFile(path.join(folder, "src/b.js"), "export const b = 1;\n");
  await writeFile(
    path.join(folder, "eslint.config.js"),
    `import plugin from ${JSON.stringify(pathToFileURL(path.join(root, "dist/index.js")).href)};\nexport default [...plugin.configs.recommended];\n`,
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe("the formatter, called by ESLint's API", () => {
  async function format(config: object): Promise<string> {
    await writeFile(path.join(folder, "jwt-audit.config.json"), JSON.stringify(config));
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [...plugin.configs.recommended],
    });
    const results = await eslint.lintFiles(["src"]);
    const rulesMeta = eslint.getRulesMetaForResults(results);
    return formatter(results, { cwd: folder, rulesMeta });
  }

  it("gives the terminal format where nothing is said", async () => {
    const text = await format({});
    expect(text).toContain("JWT audit of shop");
    expect(text).toContain("src/a.js");
    expect(text).toContain("ISO/IEC 27001:2022");
    expect(text).not.toContain("\u001B");
  });

  it("writes several formats in one run, relative to the folder of ESLint", async () => {
    const text = await format({
      frameworks: ["soc2"],
      formats: ["markdown", "html:out/report.html", "csv:out/report.csv", "json:out/report.json"],
    });
    expect(text).toMatch(/^## JWT audit of shop/u);
    expect(await readdir(path.join(folder, "out"))).toEqual([
      "report.csv",
      "report.html",
      "report.json",
    ]);
    const report = JSON.parse(
      await readFile(path.join(folder, "out/report.json"), "utf8"),
    ) as Report;
    expect(report.frameworks.map(({ id }) => id)).toEqual(["soc2"]);
  });

  it("says what it cannot know", async () => {
    expect(await format({})).toContain("A formatter does not see the command line of ESLint");
  });

  it("refuses a format, a framework and an option that do not exist", async () => {
    await expect(format({ formats: ["pdf:x.pdf"] })).rejects.toThrow(/"pdf" is no format/u);
    await expect(format({ frameworks: ["soc3"] })).rejects.toThrow(/Did you mean "soc2"/u);
    await expect(format({ format: [] })).rejects.toThrow(/Did you mean "formats"/u);
  });
});

describe.skipIf(!existsSync(built))("the formatter, on the command line of ESLint", () => {
  const bin = path.join(root, "node_modules/eslint/bin/eslint.js");

  function run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { code: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, "-f", path.join(root, "formatter.js"), ...args, "src"],
      {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, SOURCE_DATE_EPOCH: "1795668000", JWT_AUDIT_FORMATS: "json", ...env },
      },
    );
    return { code: status, out: stdout, err: stderr };
  }

  beforeAll(() => rm(path.join(folder, "jwt-audit.config.json"), { force: true }));

  it("gives the same bytes with threads, and with a cold and a warm cache", () => {
    const { code, out } = run([]);
    expect(code).toBe(1);
    const { coverage, findings } = JSON.parse(out) as Report;
    expect(findings.map(({ rule }) => rule)).toContain("no-none-algorithm");
    expect(coverage.operations).toHaveLength(1);
    expect(run(["--concurrency", "2"]).out).toBe(out);
    expect(run(["--cache"]).out).toBe(out);
    expect(run(["--cache"]).out).toBe(out);
  }, 60_000);

  it.each([
    [
      { JWT_AUDIT_FORMATS: "json:r.json,htlm:r.html" },
      /\neslint-plugin-jwt-audit: JWT_AUDIT_FORMATS: "htlm" is no format\. Known are [a-z, -]+\.\s*$/u,
    ],
    [
      { JWT_AUDIT_FRAMEWORKS: "soc3" },
      /\neslint-plugin-jwt-audit: The list of frameworks has 1 problem:\n {2}"soc3" is no framework\.[^\n]*\s*$/u,
    ],
    [
      { JWT_AUDIT_FAIL_ON: "eror" },
      /\neslint-plugin-jwt-audit: The environment has 1 problem:\n {2}JWT_AUDIT_FAIL_ON: It is one of [^\n]*\s*$/u,
    ],
  ])("says in a sentence what is wrong with %o", (env, sentence) => {
    const { code, out, err } = run([], env);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
  });

  it("leaves the exit code to ESLint, unless it is asked for the gate's", async () => {
    await writeFile(
      path.join(folder, "src/broken.js"),
      'import jwt from "jsonwebtoken"; jwt.sign(',
    );
    const failOnNothing = { JWT_AUDIT_FAIL_ON: "none" };
    expect(run([], failOnNothing).code).toBe(1);
    expect(run([], { ...failOnNothing, JWT_AUDIT_EXIT_CODE: "1" }).code).toBe(2);
    await rm(path.join(folder, "src/broken.js"));
  }, 60_000);

  it("is packed with its schemas", () => {
    const [{ files }] = JSON.parse(
      execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
        cwd: root,
        encoding: "utf8",
      }),
    ) as [{ files: { path: string }[] }];
    const names = files.map((file) => file.path);
    expect(names).toEqual(
      expect.arrayContaining([
        "formatter.js",
        "dist/formatter.js",
        "schemas/report.schema.json",
        "schemas/waivers.schema.json",
        "schemas/config.schema.json",
      ]),
    );
  }, 60_000);
});
