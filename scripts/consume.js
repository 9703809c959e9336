/**
 * Does the packed plugin work for those who install it? `npm run test:consumers`
 *
 * Installs the tarball beside several versions of ESLint, with a configuration in either module
 * system, lints two files, and expects the same findings from all. The command has to find them
 * without a configuration, and in TypeScript, for which no parser is installed. Needs the network.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ESLINT_VERSIONS = ["9.15.0", "9.39.5", "10.15.0"];

const CONFIGS = {
  "eslint.config.mjs": `import jwt from "eslint-plugin-jwt-audit";\nexport default [...jwt.configs.all];\n`,
  "eslint.config.cjs": `const jwt = require("eslint-plugin-jwt-audit");\nmodule.exports = [...jwt.configs.all];\n`,
};

const FIXTURE = `
import jwt from "jsonwebtoken";

export function login(user) {
  return jwt.sign({ sub: user.id }, "secret");
}

export function check(token) {
  const claims = jwt.decode(token);
  if (claims.admin) return claims;
  return jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["none"] });
}
`;

/** The second is test code, which the presets judge less strictly. */
const FILES = ["app.js", "app.test.js"];

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "jwt-audit-consumers-"));

try {
  const tarball = pack();
  const outcomes = ESLINT_VERSIONS.flatMap((version) => consume(tarball, version));
  report(outcomes);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function pack() {
  const output = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", work], root);
  return join(work, JSON.parse(output)[0].filename);
}

function consume(tarball, version) {
  const folder = join(work, `eslint-${version}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), `{ "private": true }\n`);
  for (const file of FILES) writeFileSync(join(folder, file), FIXTURE);
  npm(["install", "--no-audit", "--no-fund", `eslint@${version}`, tarball], folder);

  const linted = Object.entries(CONFIGS).map(([file, config]) => {
    writeFileSync(join(folder, file), config);
    return { name: `eslint ${version}, ${file}`, findings: lint(folder, file) };
  });
  return [...linted, { name: `eslint ${version}, the command`, findings: audit(folder) }];
}

/** The same code as TypeScript, by the command. */
function audit(folder) {
  for (const file of FILES) {
    mkdirSync(join(folder, "typescript"), { recursive: true });
    writeFileSync(join(folder, "typescript", file.replace(/\.js$/u, ".ts")), FIXTURE);
  }
  const bin = join(folder, "node_modules/eslint-plugin-jwt-audit/dist/cli.js");
  const args = [bin, "--preset", "all", "--format", "json", "typescript"];
  const { findings } = JSON.parse(run(process.execPath, args, folder));
  return findings.map(
    ({ file, line, column, ruleId, message }) =>
      `${basename(file).replace(/\.ts$/u, ".js")}:${line}:${column} ${ruleId} ${message}`,
  );
}

function lint(folder, configFile) {
  const eslint = join(folder, "node_modules/eslint/bin/eslint.js");
  const args = [eslint, "--config", configFile, "--format", "json", ...FILES];
  const results = JSON.parse(run(process.execPath, args, folder));
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, line, column, message }) =>
        `${basename(filePath)}:${line}:${column} ${ruleId} ${message}`,
    ),
  );
}

function report(outcomes) {
  const [first] = outcomes;
  console.log(first.findings.join("\n"));
  let passed = 0;
  for (const { name, findings } of outcomes) {
    // The report sorts those of one place by the name of the rule.
    const same = findings.length > 0 && sorted(findings) === sorted(first.findings);
    if (same) passed++;
    console.log(`${same ? "same" : "DIFFERENT"}  ${name}  ${findings.length} findings`);
    if (!same) console.log(findings.join("\n"));
  }
  console.log(`${passed} passed, ${outcomes.length - passed} failed`);
  if (passed < outcomes.length) process.exitCode = 1;
}

function sorted(findings) {
  return findings.toSorted().join("\n");
}

function npm(args, cwd) {
  return run("npm", args, cwd);
}

/** ESLint exits with 1 when it finds something; what it printed is still the answer. */
function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
  } catch (error) {
    if (error.status === 1 && /^[[{]/u.test(error.stdout ?? "")) return error.stdout;
    throw error;
  }
}
