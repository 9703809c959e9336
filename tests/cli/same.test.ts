/** One report, whatever way ESLint took: threads, a cold and a warm cache, our own run. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/types.ts";
import { addFiles, audit, folderWith, removeFolders, run } from "../kit/cli.ts";

const root = path.join(import.meta.dirname, "../..");
const urlOf = (file: string): string => JSON.stringify(pathToFileURL(path.join(root, file)).href);

const CONFIG = `import plugin from ${urlOf("dist/index.js")};
import * as parser from ${urlOf("node_modules/@typescript-eslint/parser/dist/index.js")};
export default [
  ...plugin.configs.strict,
  { files: ["**/*.{js,mjs,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser } },
];
`;

afterAll(removeFolders);

describe.skipIf(!existsSync(path.join(root, "dist/index.js")))("the careless example", () => {
  let folder = "";

  beforeAll(() => {
    folder = folderWith({});
    cpSync(path.join(root, "examples/careless-api"), folder, { recursive: true });
    addFiles(folder, { "eslint.config.mjs": CONFIG });
  });

  function eslint(...args: readonly string[]): string {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        path.join(root, "node_modules/eslint/bin/eslint.js"),
        "-f",
        "json",
        ...args,
        "server",
        "web",
      ],
      { cwd: folder, encoding: "utf8", maxBuffer: 1e9 },
    );
    if (stdout === "") throw new Error(stderr);
    return stdout;
  }

  async function report(stdin: string): Promise<string> {
    const { code, out } = await run(folder, ["report", "-", "-f", "json"], { stdin });
    expect(code).toBe(1);
    return out;
  }

  it("has the same report with threads, with a cold cache and a warm one", async () => {
    const plain = await report(eslint());
    expect((JSON.parse(plain) as Report).findings.length).toBeGreaterThan(50);
    expect(await report(eslint("--concurrency", "2"))).toBe(plain);
    expect(await report(eslint("--cache"))).toBe(plain);
    expect(await report(eslint("--cache"))).toBe(plain);
  }, 120_000);

  it("has the same findings and coverage by all three doors", async () => {
    const fromEslint = JSON.parse(await report(eslint())) as Report;
    const withConfig = (await audit(folder, ["--use-eslint-config", "server", "web"])).report;
    const without = (await audit(folder, ["server", "web"])).report;
    for (const part of ["findings", "frameworks", "verdict", "waivers", "coverage"] as const) {
      expect(withConfig[part], part).toEqual(fromEslint[part]);
      expect(without[part], part).toEqual(fromEslint[part]);
    }
  }, 120_000);
});
