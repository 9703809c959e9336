/**
 * The search by names may keep a call too many, never lose one. So every callee is evaluated here,
 * which the analysis is spared, and what turns out to be a library's has to be among those kept.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/analysis/analysis.ts";
import { candidatesOf } from "../../src/analysis/operations/candidates.ts";
import { unwrap } from "../../src/analysis/syntax.ts";
import { possibilities } from "../../src/analysis/values/value.ts";
import { withAnalysis } from "../kit/analyze.ts";

const ROOT = path.join(import.meta.dirname, "../..");

/** Applications and packages that import JWT libraries in forms of many years. */
const FOLDERS = [
  "examples/careless-api",
  "examples/hardened-api",
  "node_modules/@nestjs/jwt/dist",
  "node_modules/express-jwt/dist",
  "node_modules/passport-jwt/lib",
  "node_modules/jwks-rsa/src",
  "node_modules/socketio-jwt/lib",
  "node_modules/restify-jwt-community/lib",
  "node_modules/atlassian-jwt/dist/lib",
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((entry) => path.join(folder, String(entry)))
    .filter((file) => /(?<!\.d)\.[cm]?[jt]sx?$/u.test(file)),
);

/** What evaluation says of all calls, and how many of them the search has kept. */
function compare({ core, file }: Analysis): { lost: string[]; found: number; kept: number } {
  const { calls } = candidatesOf(core, file);
  const isLibrarys = (call: (typeof file.index.calls)[number]): boolean => {
    const callee = unwrap(call.callee);
    return (
      callee.type !== "Super" &&
      possibilities(core.evaluate(callee)).some(({ type }) => type === "entity")
    );
  };
  const found = file.index.calls.filter(isLibrarys);
  const lost = found.filter((call) => !calls.has(call));
  return {
    lost: lost.map((call) => file.text.slice(...call.callee.range)),
    found: found.length,
    kept: calls.size,
  };
}

/** Comments for rules that are not here would be reported. */
const read = (file: string): string =>
  readFileSync(path.join(ROOT, file), "utf8").replaceAll("eslint-", "");

const inFile = (file: string) =>
  withAnalysis(read(file), compare, {
    filename: path.join(ROOT, file),
    sourceType: /\.(?:cjs|js)$/u.test(file) && !file.includes("examples") ? "commonjs" : "module",
  });

describe("candidates", () => {
  it("hold every call of a library in real code, and leave most others out", () => {
    let calls = 0;
    let found = 0;
    let kept = 0;
    for (const file of files) {
      const text = read(file);
      if (/^(?:import|export)\s/mu.test(text) && file.startsWith("node_modules")) continue;
      const answer = inFile(file);
      expect(answer.lost, file).toStrictEqual([]);
      calls += text.match(/\w\(/gu)?.length ?? 0;
      found += answer.found;
      kept += answer.kept;
    }
    expect(found).toBeGreaterThan(100);
    expect(kept).toBeLessThan(calls / 2);
  });

  it.each([
    "const tools = { ['sign']: jwt.sign }; tools['sign'](p, k)",
    "const [verify] = [jwt.verify]; verify(t, k)",
    "const get = () => ({ lib: jwt }); get().lib.verify(t, k)",
    "function f({ verify = jwt.verify } = {}) { verify(t, k) } f()",
    "function pick(lib = jwt) { return lib; } pick().verify(t, k)",
    "function use(lib) { lib.verify(t, k) } use(jwt)",
    "const use = ({ lib }) => lib.verify(t, k); use({ lib: jwt })",
    "class A { get lib() { return jwt } m() { this.lib.verify(t, k) } }",
    "class A { #lib = jwt; m() { this.#lib.verify(t, k) } }",
    "class A { static lib = jwt } A.lib.verify(t, k)",
    "class A { constructor(lib) { this.lib = lib } m() { this.lib.verify(t, k) } } new A(jwt).m()",
    "let lib; lib ??= jwt; lib.verify(t, k)",
    "let lib; if (old) lib = other; else lib = jwt; lib.verify(t, k)",
    "const lib = old ? other : jwt; lib.verify(t, k)",
    "for (const one of [jwt.verify]) one(t, k)",
    "const bound = jwt.verify.bind(jwt); bound(t, k)",
    "jwt.verify.call(jwt, t, k)",
    "import { promisify } from 'node:util'; promisify(jwt.verify)(t, k)",
    "import('jsonwebtoken').then((lib) => lib.verify(t, k))",
    "(await import('jsonwebtoken')).default.verify(t, k)",
    "const a = { b: { c: jwt } }; const { b: { c } } = a; c.verify(t, k)",
  ])("%s", (code) => {
    const { lost, found } = withAnalysis(`import jwt from "jsonwebtoken";\n${code}`, compare);
    expect(lost).toStrictEqual([]);
    expect(found).toBeGreaterThan(0);
  });
});
