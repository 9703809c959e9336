/**
 * How much faster than ESLint is the command, and how much memory does it take? `npm run bench:audit`
 *
 * Makes a repository of 20,000 files, of which 200 concern JWTs, out of the files of installed
 * packages and of the examples. Then the command and ESLint judge all of it by the same rules, each
 * in a process of its own. Fails below ten times, above 1 GB, or where the two disagree.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FILES = 20_000;
const WITH_JWTS = 200;
/** Of the command; the median counts, as short runs vary. */
const RUNS = 3;
const LEAST_RATIO = 10;
const MOST_MEGABYTES = 1024;
/** In bytes. */
const SIZES = { least: 400, most: 60_000 };
/** Ordinary code of many hands. */
const PACKAGES = ["@noble", "@opentelemetry", "kysely", "lodash", "rxjs", "uuid"];
const EXAMPLES = ["careless-api", "hardened-api"];
const FOLDER_SIZE = 200;

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "jwt-audit-bench-"));
const repository = join(work, "repository");

try {
  const { files, bytes } = makeRepository();
  console.log(`${files} files, ${(bytes / 1e6).toFixed(0)} MB, in which ${WITH_JWTS} concern JWTs`);
  const args = [join(root, "dist/cli.js"), "-f", "json:../report.json", "-q"];
  const runs = Array.from({ length: RUNS }, () => measure("command", args));
  const command = runs.toSorted((one, other) => one.wall - other.wall)[Math.floor(RUNS / 2)];
  const eslint = measure("eslint", [
    join(root, "node_modules/eslint/bin/eslint.js"),
    ...[
      "--config",
      "../eslint.config.mjs",
      "--format",
      "json",
      "--output-file",
      "../eslint.json",
      ".",
    ],
  ]);
  report(command, eslint);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function makeRepository() {
  const about = copyExamples();
  const sources = collect();
  let bytes = about.bytes;
  for (let index = about.files; index < FILES; index++) {
    const { text, extension } = sources[index % sources.length];
    const folder = join(repository, "src", `part${Math.floor(index / FOLDER_SIZE)}`);
    mkdirSync(folder, { recursive: true });
    // No two files are the same.
    const varied = `${text}\nvar variant${index} = ${index};\n`;
    bytes += varied.length;
    writeFileSync(join(folder, `file${index}${extension}`), varied);
  }
  const plugin = pathToFileURL(join(root, "dist/index.js"));
  const parser = pathToFileURL(join(root, "node_modules/@typescript-eslint/parser/dist/index.js"));
  writeFileSync(
    join(work, "eslint.config.mjs"),
    `import plugin from "${plugin}";
import * as parser from "${parser}";
export default [
  ...plugin.configs.strict,
  { files: ["**/*.{js,mjs,cjs,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser } },
];
`,
  );
  return { files: FILES, bytes };
}

/** Whole applications, as often as it takes. */
function copyExamples() {
  let files = 0;
  let bytes = 0;
  let withJwts = 0;
  for (let round = 0; withJwts < WITH_JWTS; round++) {
    const name = EXAMPLES[round % EXAMPLES.length];
    const from = join(root, "examples", name);
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.[cm]?[jt]sx?$/u.test(entry.name)) continue;
      const source = join(entry.parentPath, entry.name);
      const text = readFileSync(source, "utf8");
      const isAbout = /jwt|jose/iu.test(text);
      if (isAbout && withJwts === WITH_JWTS) continue;
      if (isAbout) withJwts++;
      files++;
      bytes += text.length;
      cpSync(source, join(repository, "apps", `${name}-${round}`, source.slice(from.length)));
    }
  }
  return { files, bytes };
}

/** Files of packages, with the extension that says how they are to be parsed. */
function collect() {
  const found = [];
  for (const name of PACKAGES) {
    const folder = join(root, "node_modules", name);
    for (const entry of readdirSync(folder, { recursive: true }).sort()) {
      if (!/\.[cm]?js$/u.test(entry) || /\.min\./u.test(entry)) continue;
      const path = join(folder, entry);
      const { size } = statSync(path);
      if (size < SIZES.least || size > SIZES.most) continue;
      const text = readFileSync(path, "utf8").replace(/^#!.*/u, "");
      // What is measured is a repository in which 200 files concern tokens, and no others.
      if (/jw[tks]|token|bearer|authorization/iu.test(text)) continue;
      const isModule = /^(?:import|export)\b/mu.test(text);
      found.push({ text, extension: isModule ? ".mjs" : ".cjs" });
    }
  }
  return found;
}

/** @returns seconds of the clock and of the processor, and megabytes at the peak */
function measure(name, args) {
  const usage = join(work, `${name}.usage.json`);
  const hook = `data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.USAGE_FILE,JSON.stringify(process.resourceUsage())))`;
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", hook, ...args], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, USAGE_FILE: usage },
    maxBuffer: 1e9,
  });
  const wall = (performance.now() - start) / 1000;
  if (status !== 1) throw new Error(`${name} ended with ${status}, not with findings. ${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, "utf8"));
  return { wall, processor: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

function report(command, eslint) {
  const own = JSON.parse(readFileSync(join(work, "report.json"), "utf8"));
  const { files, notAnalysed } = own.coverage;
  const parsed = files.linted - files.withoutJwt;
  const mine = own.findings.map(
    ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`,
  );
  const results = JSON.parse(readFileSync(join(work, "eslint.json"), "utf8"));
  const theirs = results.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ ruleId }) => ruleId?.startsWith("jwt-audit/"))
      .map(
        ({ line, column, ruleId, message }) =>
          `${filePath.slice(repository.length + 1)}:${line}:${column} ${ruleId.slice(10)} ${message}`,
      ),
  );
  const fatal = results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).length;
  const ratio = eslint.wall / command.wall;
  const row = (name, { wall, processor, megabytes }, rest) =>
    console.log(
      `${name.padEnd(8)} ${wall.toFixed(1).padStart(6)} s (${processor.toFixed(1)} s of the processor) ${megabytes.toFixed(0).padStart(6)} MB   ${rest}`,
    );
  row(
    "command",
    command,
    `${mine.length} findings, ${parsed} files parsed, ${notAnalysed.length} not analysed`,
  );
  row("ESLint", eslint, `${theirs.length} findings, ${results.length} files parsed, ${fatal} not`);
  console.log(`ratio    ${ratio.toFixed(1)} (at least ${LEAST_RATIO})`);
  const onlyOne = new Set(mine).symmetricDifference
    ? [...new Set(mine).symmetricDifference(new Set(theirs))]
    : [
        ...mine.filter((one) => !theirs.includes(one)),
        ...theirs.filter((one) => !mine.includes(one)),
      ];
  for (const one of onlyOne.slice(0, 10)) console.log(`only one says: ${one}`);
  const fails =
    ratio < LEAST_RATIO ||
    command.megabytes > MOST_MEGABYTES ||
    onlyOne.length > 0 ||
    mine.length === 0;
  if (fails) process.exitCode = 1;
}
