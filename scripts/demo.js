/**
 * Audits the two example applications with the built plugin: `npm run demo`.
 *
 * Other folders can be given: `npm run demo -- path/to/app`.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as typescript from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import plugin from "../dist/index.js";

const EXAMPLES = ["examples/careless-api", "examples/hardened-api"];

const folders = process.argv.length > 2 ? process.argv.slice(2) : EXAMPLES.map(fromRoot);

for (const folder of folders) await audit(folder);

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

function underline(text) {
  return `${text}\n${"=".repeat(text.length)}`;
}

function fromRoot(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
