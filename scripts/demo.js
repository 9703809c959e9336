/**
 * Audits the two example applications with the built plugin, then makes the report of the careless
 * one with the command: `npm run demo`.
 *
 * Other folders can be given: `npm run demo -- path/to/app`.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as typescript from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import plugin from "../dist/index.js";

const EXAMPLES = ["examples/careless-api", "examples/hardened-api"];

const FORMATS = ["html", "sarif", "json", "csv"];

const folders = process.argv.length > 2 ? process.argv.slice(2) : EXAMPLES.map(fromRoot);

for (const folder of folders) await audit(folder);
const [first] = folders;
if (existsSync(first)) report(first);

async function audit(folder) {
  console.log(`\n${underline(`Audit of ${folder.replace(fromRoot(""), "")}, preset strict`)}`);
  if (!existsSync(folder)) {
    console.error("There is no such folder.");
    process.exitCode = 1;
    return;
  }

  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...plugin.configs.strict,
      { files: ["**/*.{js,jsx,mjs,cjs}"] },
      { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
      { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser: typescript } },
    ],
  });
  const results = await eslint.lintFiles(["."]);
  const stylish = await eslint.loadFormatter("stylish");
  const text = await stylish.format(results);
  console.log(text.trim() === "" ? "\nNo findings." : text.trimEnd());
  printCounts(results);
}

/** @param {ESLint.LintResult[]} results */
function printCounts(results) {
  const counts = new Map();
  for (const { ruleId } of results.flatMap((result) => result.messages)) {
    const rule = ruleId ?? "(not parsed)";
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const files = `${results.length} file${results.length === 1 ? "" : "s"} read`;
  if (counts.size === 0) {
    console.log(`${files}.`);
    return;
  }
  console.log(`${files}. Findings per rule:`);
  for (const [rule, count] of [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))) {
    console.log(`${String(count).padStart(5)}  ${rule}`);
  }
}

/** What the command says, and what it writes for those who read elsewhere. */
function report(folder) {
  console.log(`\n${underline(`Report of ${folder.replace(fromRoot(""), "")}`)}`);
  const files = FORMATS.map((name) => [name, fromRoot(`demo-report/jwt-audit.${name}`)]);
  const { status } = spawnSync(
    process.execPath,
    [fromRoot("dist/cli.js"), ...files.flatMap(([name, file]) => ["--format", `${name}:${file}`])],
    { cwd: folder, stdio: "inherit" },
  );
  console.log(`\nExit code ${status}. The same report is in`);
  for (const [, file] of files) console.log(`  ${file.replace(fromRoot(""), "")}`);
}

function underline(text) {
  return `${text}\n${"=".repeat(text.length)}`;
}

function fromRoot(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
