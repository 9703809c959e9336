/**
 * What does the plugin cost a project without JWTs? `npm run bench:gate`
 *
 * Runs every rule over files in which none has anything to do, and compares with what ESLint itself
 * reports as the time of parsing them (`--stats`), with its own parser. Fails above the limit.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { Linter } from "eslint";
import plugin from "../dist/index.js";

/** Of the parse time, in percent. */
const LIMIT = 1;
const ROUNDS = 15;
const MAX_FILES = 400;
const MAX_FILE_SIZE = 100_000;
const PACKAGES = ["eslint/lib", "@typescript-eslint", "@eslint-community", "semver", "vitest/dist"];

const rules = Object.values(plugin.rules);

/** ESLint hands all files of one configuration the same object. */
const settings = {};

if (rules.length === 0) {
  console.log("There are no rules to measure.");
  process.exit(0);
}

const files = collect();
const parsing = [];
const gating = [];
for (let round = 0; round < ROUNDS; round++) {
  parsing.push(files.reduce((sum, file) => sum + parse(file), 0));
  gating.push(time(() => files.forEach(runRules)));
}

const ratio = (100 * median(gating)) / median(parsing);
const kilobytes = files.reduce((sum, file) => sum + file.text.length, 0) / 1000;
console.log(`${files.length} files without JWTs, ${kilobytes.toFixed(0)} kB, ${ROUNDS} rounds`);
console.log(`parse            ${median(parsing).toFixed(2)} ms`);
console.log(`${String(rules.length).padEnd(2)} rules         ${median(gating).toFixed(2)} ms`);
console.log(`ratio            ${ratio.toFixed(2)} % (limit ${LIMIT} %)`);
if (ratio > LIMIT) process.exitCode = 1;

/** @returns files that parse and in which no rule has anything to do */
function collect() {
  const found = [];
  for (const name of PACKAGES) {
    const folder = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
    for (const entry of readdirSync(folder, { recursive: true }).sort()) {
      if (!/\.[cm]?js$/u.test(entry)) continue;
      const path = join(folder, entry);
      const { size } = statSync(path);
      if (size > MAX_FILE_SIZE || size < 500) continue;
      const file = { path, text: readFileSync(path, "utf8") };
      if (!isReadable(file)) continue;
      file.body = bodyOf(file);
      if (isIdle(file)) found.push(file);
      if (found.length === MAX_FILES) return found;
    }
  }
  return found;
}

function isReadable(file) {
  return parse(file) !== undefined;
}

function isIdle(file) {
  return runRules(file).every((visitor) => Object.keys(visitor).length === 0);
}

/** The statements of the program, whose imports the gate looks at. */
function bodyOf({ text }) {
  const linter = new Linter();
  linter.verify(text, { files: ["**"] }, { filename: "file.js" });
  return linter.getSourceCode().ast.body;
}

/** @returns milliseconds, or nothing where the file does not parse */
function parse({ text }) {
  const linter = new Linter();
  const options = { filename: "file.js", fix: false, stats: true };
  const { messages } = linter.verifyAndFix(text, { files: ["**"] }, options);
  if (messages.some((message) => message.fatal)) return undefined;
  return linter.getTimes().passes[0].parse.total;
}

/** A new tree each time, so that nothing remembers the file. */
function runRules({ path, text, body }) {
  const sourceCode = { text, ast: { body }, scopeManager: {} };
  const context = { physicalFilename: path, sourceCode, settings, options: [] };
  return rules.map((rule) => rule.create(context));
}

function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
