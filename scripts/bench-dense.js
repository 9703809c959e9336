/**
 * What does the plugin cost code full of JWTs? `npm run bench:dense`
 *
 * Lints the two example applications and the packages of this project that deal with JWTs, with
 * every rule, and compares what ESLint reports (`--stats`) as the time of all rules with the time of
 * parsing: once with the parser that the kind of each file needs, once with that of TypeScript for
 * all files, as its presets configure it. The rules that ESLint recommends give the scale. Fails
 * above the limit.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "../dist/index.js";

/** Of the parse time, in percent. */
const LIMIT = 25;
const ROUNDS = 9;
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

const OWN = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`jwt-audit/${name}`, 2]));
const RECOMMENDED = js.configs.recommended.rules;

const isTypeScript = ({ path }) => /\.[cm]?tsx?$/u.test(path);
const always = () => true;

const setups = [
  { name: "these rules", rules: OWN, isForTypeScript: isTypeScript, isLimited: true },
  { name: "these rules, TypeScript's parser", rules: OWN, isForTypeScript: always },
  { name: "ESLint's recommended rules", rules: RECOMMENDED, isForTypeScript: isTypeScript },
];

console.log(`${files.length} files with JWTs, ${ROUNDS} rounds, the median of each`);
console.log("                                  rules     parse      rules     ratio");
for (const setup of setups) {
  // In the first round the files that others import are parsed, too.
  const rounds = Array.from({ length: ROUNDS }, () => measure(setup));
  const { name, rules, isLimited } = setup;
  const of = (value, unit) => `${median(rounds.map(value)).toFixed(1)} ${unit}`.padStart(9);
  const parse = of((one) => one.parse, "ms");
  const spent = of((one) => one.rules, "ms");
  const share = of(ratio, "%");
  const count = String(Object.keys(rules).length).padStart(5);
  const first = `   first round ${ratio(rounds[0]).toFixed(1)} %`;
  const limit = isLimited ? `   limit ${LIMIT} %` : "";
  console.log(`${name.padEnd(34)}${count} ${parse}  ${spent} ${share}${first}${limit}`);
  if (isLimited && median(rounds.map(ratio)) > LIMIT) process.exitCode = 1;
}

function ratio({ parse, rules }) {
  return (100 * rules) / parse;
}

function collect(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .filter((entry) => /\.[cm]?[jt]sx?$/u.test(entry) && !/\.d\.[cm]?ts$|node_modules/u.test(entry))
    .map((entry) => join(folder, entry))
    .filter((path) => statSync(path).size < MAX_FILE_SIZE)
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ text }) => WORD.test(text));
}

/** @returns milliseconds over all files */
function measure({ rules, isForTypeScript }) {
  const sum = { parse: 0, rules: 0 };
  for (const file of files) {
    const times = lint(file, rules, isForTypeScript(file));
    sum.parse += times.parse;
    sum.rules += times.rules;
  }
  return sum;
}

function lint({ path, text }, rules, isForTypeScript) {
  const linter = new Linter({ cwd: dirname(path) });
  const config = {
    files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
    plugins: { "jwt-audit": plugin },
    rules,
    languageOptions: {
      ...(isForTypeScript ? { parser: typescript } : {}),
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
