import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import plugin, * as entry from "../src/index.ts";
import type { JwtConfig, JwtRule } from "../src/types.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const names = Object.keys(plugin.rules);
const entries = Object.entries(plugin.rules);
const presets = Object.entries(plugin.configs);
/** The others follow a framework; tests/compliance/presets.test.ts says how. */
const OWN_PRESETS = ["recommended", "strict", "all"];

describe("the plugin", () => {
  it("exports itself under both names, and nothing else", () => {
    expect(Object.keys(entry).sort()).toEqual(["default", "module.exports"]);
    expect(entry["module.exports"]).toBe(plugin);
  });

  it("says which version it is, so that caches notice a new one", () => {
    expect(plugin.meta).toEqual({
      name: packageJson.name,
      version: packageJson.version,
      namespace: "jwt-audit",
    });
  });

  it("has a rule, a page and a test file of every name, in alphabetical order", () => {
    expect(names).toEqual(stems("src/rules", ".ts").filter((name) => name !== "index"));
    expect(names).toEqual(stems("docs/rules", ".md"));
    expect(names).toEqual(stems("tests/rules", ".test.ts"));
  });
});

describe.each(entries)("%s", (name, { meta }) => {
  it("is described", () => {
    expect(meta.docs.description).toMatch(/^(?:Enforce|Require|Disallow) .+[^. ]$/u);
    expect(meta.docs.url).toBe(
      `https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit/blob/v${packageJson.version}/docs/rules/${name}.md`,
    );
  });

  it("names weaknesses and standards", () => {
    for (const id of meta.docs.cwe) expect(id).toMatch(/^CWE-\d+$/u);
    for (const section of meta.docs.rfc) expect(section).toMatch(/^RFC \d+/u);
    expect(meta.docs.cwe.length + meta.docs.rfc.length).toBeGreaterThan(0);
  });

  it("has a severity for every message", () => {
    expect(Object.keys(meta.docs.messages).sort()).toEqual(Object.keys(meta.messages).sort());
  });

  it("speaks in sentences", () => {
    for (const message of Object.values(meta.messages))
      expect(message).toMatch(/^[^a-z].*\.(?:\{\{\w+\}\})?$/su);
  });

  it("describes its options", () => {
    for (const schema of [meta.schema].flat()) {
      for (const option of Object.values(properties(schema))) {
        expect(option).toHaveProperty("description");
      }
    }
  });
});

describe.each(presets)("preset %s", (preset, config) => {
  it("is a block for all files and a block for test code", () => {
    expect(config.map((block) => block.name)).toEqual([
      `jwt-audit/${preset}`,
      `jwt-audit/${preset}/tests`,
    ]);
    expect(config[0]).not.toHaveProperty("files");
    expect(config[0]?.plugins?.["jwt-audit"]).toBe(plugin);
  });

  it("judges test code as the rules ask for", async () => {
    const production = await rulesFor(config, "src/auth/token.js");
    for (const file of TEST_FILES) {
      const rules = await rulesFor(config, file);
      expect(Object.keys(rules)).toEqual(Object.keys(production));
      for (const [name, { meta }] of entries) {
        const id = `jwt-audit/${name}`;
        if (production[id] === undefined) continue;
        const level = meta.docs.inTests ?? "off";
        expect(severity(rules[id]), `${id} in ${file}`).toBe(LEVELS[level]);
      }
    }
    for (const file of PRODUCTION_FILES) {
      expect(await rulesFor(config, file), file).toEqual(production);
    }
  });

  it("runs in ESLint", async () => {
    const [result] = await eslintWith(config).lintText("export const answer = 42;\n", {
      filePath: "src/answer.js",
    });
    expect(result?.messages).toEqual([]);
  });

  it("does not make ESLint read files that nobody asked for", async () => {
    for (const file of ["src/a.test.ts", "tests/a.ts", "src/a.test.snap"]) {
      expect(await eslintWith(config).calculateConfigForFile(file), file).toBeUndefined();
    }
  });
});

describe.each(presets.filter(([preset]) => OWN_PRESETS.includes(preset)))(
  "preset %s",
  (preset, config) => {
    it("is computed from what the rules say", () => {
      const expected = entries.filter(([, { meta }]) => {
        if (preset === "all") return true;
        if (preset === "strict") return meta.docs.recommended !== false;
        return meta.docs.recommended === "recommended" || meta.docs.recommendedOptions;
      });
      const levelOf = ({ meta }: JwtRule): unknown => {
        const { recommendedOptions } = meta.docs;
        if (recommendedOptions === undefined) return "error";
        const isPart = preset === "recommended";
        return ["error", ...(isPart ? recommendedOptions : [meta.defaultOptions].flat())];
      };
      expect(config[0]?.rules).toEqual(
        Object.fromEntries(expected.map(([name, rule]) => [`jwt-audit/${name}`, levelOf(rule)])),
      );
    });

    it("takes back no option of a milder preset that is extended as well", async () => {
      const both = [...plugin.configs.recommended, ...config];
      const alone = await rulesFor(config, "src/a.js");
      const merged = await rulesFor(both, "src/a.js");
      for (const [name, level] of Object.entries(alone)) expect(merged[name], name).toEqual(level);
    });
  },
);

const LEVELS = { off: 0, warn: 1, same: 2 } as const;

const TEST_FILES = [
  "src/auth/token.test.js",
  "src/auth/token.e2e-spec.js",
  "src/auth/token_test.mjs",
  "src/auth/__tests__/token.js",
  "src/auth/Login.stories.js",
  "vitest.config.js",
  "packages/api/jest.setup.js",
  "src/setupTests.js",
  "test/helpers/token.cjs",
  "packages/api/tests/token.js",
  "examples/server.js",
];

const PRODUCTION_FILES = ["src/contest.js", "src/testimonials.mjs", "src/specification/a.cjs"];

function stems(folder: string, extension: string): string[] {
  const path = `${root}${folder}`;
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension))
    .sort();
}

function properties(schema: unknown): Record<string, unknown> {
  if (typeof schema !== "object" || schema === null || !("properties" in schema)) return {};
  return schema.properties as Record<string, unknown>;
}

function eslintWith(config: JwtConfig): ESLint {
  return new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config });
}

async function rulesFor(config: JwtConfig, file: string): Promise<Linter.RulesRecord> {
  const computed = (await eslintWith(config).calculateConfigForFile(file)) as Linter.Config;
  return (computed.rules ?? {}) as Linter.RulesRecord;
}

function severity(entry: Linter.RuleEntry | undefined): unknown {
  return Array.isArray(entry) ? entry[0] : entry;
}
