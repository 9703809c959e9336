import path from "node:path";
import { describe, expect, it } from "vitest";
import { programOf } from "../../src/analysis/files/data-files.ts";
import { valueOf } from "../kit/show.ts";

const FOLDER = path.join(import.meta.dirname, "../fixtures/node-config");
const CONFIG = 'import config from "config";';

const asked = (folder: string, code: string): string =>
  valueOf(`${CONFIG} ${code}`, { filename: path.join(FOLDER, folder, "src/main.ts") });

describe("a setting of node-config", () => {
  it.each([
    ["plain", 'config.get("auth.secret")', '"written-in-yaml"'],
    ["plain", 'config.get<string>("auth.secret")', '"written-in-yaml"'],
    ["plain", "config.auth.secret", '"written-in-yaml"'],
    ["plain", 'config.get("auth").secret', '"written-in-yaml"'],
    ["plain", "config.auth.lifetime", "900"],
    ["plain", 'config.get("auth.issuers.1")', '"https://b.example"'],
    ["plain", 'config.get("auth")["quoted name"]', '"two\\nlines\\n"'],
    ["commonjs", 'config.get("auth.secret")', '"written-in-js"'],
    ["commonjs", "config.auth.other", "env(OTHER)"],
    ["mapped", 'config.get("auth.secret")', 'env(AUTH_SECRET) | "written-in-json"'],
    ["mapped", 'config.get("auth.pinned")', '"production"'],
  ])("%s: %s", (folder, code, value) => {
    expect(asked(folder, code)).toBe(value);
  });

  it.each([
    ["an alias, which nobody reads", "plain", 'config.get("auth.other")'],
    ["none of that name", "plain", 'config.get("auth.gone")'],
    ["a file that is not in its language", "broken", 'config.get("auth.secret")'],
    ["a file over it that cannot be read", "closed", 'config.get("auth.secret")'],
    ["no file in sight", "../none", 'config.get("auth.secret")'],
    ["a variable with a format of its own", "mapped", 'config.get("auth.replaced")'],
    ["a name that nobody knows", "plain", "config.get(name)"],
  ])("%s comes from outside", (_, folder, code) => {
    expect(asked(folder, code)).toMatch(/^env\(/u);
  });

  it("is the file's own where a name is imported from a neighbour", () => {
    const filename = path.join(FOLDER, "plain/src/main.ts");
    expect(valueOf('import config from "./config"; config.auth.secret', { filename })).toBe(
      "unknown",
    );
  });
});

describe("a file of data as a program", () => {
  it("keeps each text on its line", () => {
    const program = programOf("a.yml", "# note\n\nauth:\n  keys:\n    - one\n    - two\n").split(
      "\n",
    );
    expect(program[2]).toContain('"auth"');
    expect(program[4]).toContain('"one"');
    expect(program[5]).toContain('"two"');
  });

  it.each([
    ["", "module.exports=(undefined\n)"],
    ["null", "module.exports=(null\n)"],
    ["a: .inf", 'module.exports=({"a":null,}\n)'],
    ["? [1, 2]\n: x", 'module.exports=({"":"x",}\n)'],
    ["a: !custom x", 'module.exports=({"a":"x",}\n)'],
  ])("%j", (text, program) => {
    expect(programOf("a.yaml", text).replaceAll(/\n+(?!\))/gu, "")).toBe(program);
  });

  it("refuses what is not YAML", () => {
    expect(() => programOf("a.yaml", "a: [1")).toThrow(/Flow sequence/u);
  });
});
