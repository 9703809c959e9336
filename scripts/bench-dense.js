/**
 * What does the plugin cost code full of JWTs? `npm run bench:dense`
 *
 * Lints the two example applications and the packages of this project that deal with JWTs, with
 * every rule, and compares what ESLint reports (`--stats`) as the time of all rules with the time of
 * parsing. Every file is read under the parser that its kind needs. Fails above the limit.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "../dist/index.js";

/** Of the parse time, in percent. */
const LIMIT = 25;
const ROUNDS = 7;
const MAX_FILE_SIZE = 200_000;
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDERS = [
  "examples/careless-api",
  "examples/hardened-api",
  "node_modules/jsonwebtoken",
  "node_modules/jose/dist",
  "node_modules/express-jwt/dist",
  "node_modules/passport-jwt/lib",
  "node_modules/jwks-rsa/src",
  "node_modules/fast-jwt/src",
  "node_modules/@nestjs/jwt/dist",
];
const WORD = /jwt|jose|jws|jwk|jsonwebtoken/iu;

const files = FOLDERS.map((folder) => join(ROOT, folder))
  .filter(existsSync)
  .flatMap(collect);
const rules = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`jwt-audit/${name}`, 2]));

const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const sum = { parse: 0, rules: 0 };
  for (const file of files) {
    const times = lint(file);
    sum.parse += times.parse;
    sum.rules += times.rules;
  }
  rounds.push(sum);
}

const parse = median(rounds.map((round) => round.parse));
const spent = median(rounds.map((round) => round.rules));
const ratio = median(rounds.map((round) => (100 * round.rules) / round.parse));
console.log(`${files.length} files with JWTs, ${ROUNDS} rounds`);
console.log(`parse     ${parse.toFixed(1)} ms`);
console.log(`${String(Object.keys(rules).length).padEnd(2)} rules  ${spent.toFixed(1)} ms`);
console.log(`ratio     ${ratio.toFixed(1)} % (limit ${LIMIT} %)`);
if (ratio > LIMIT) process.exitCode = 1;

function collect(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .filter((entry) => /\.[cm]?[jt]sx?$/u.test(entry) && !/\.d\.[cm]?ts$|node_modules/u.test(entry))
    .map((entry) => join(folder, entry))
    .filter((path) => statSync(path).size < MAX_FILE_SIZE)
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ text }) => WORD.test(text));
}

function lint({ path, text }) {
  const linter = new Linter({ cwd: dirname(path) });
  const config = {
    files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
    plugins: { "jwt-audit": plugin },
    rules,
    languageOptions: {
      ...(/\.[cm]?tsx?$/u.test(path) ? { parser: typescript } : {}),
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  };
  linter.verifyAndFix(text, config, { filename: path, fix: false, stats: true });
  const [pass] = linter.getTimes().passes;
  const times = Object.values(pass.rules ?? {});
  return {
    parse: pass.parse.total,
    rules: times.reduce((sum, { total }) => sum + total, 0),
  };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
