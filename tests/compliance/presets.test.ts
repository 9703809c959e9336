/** The presets of frameworks, as data and in the real ESLint. */
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { weightIn } from "../../src/compliance/bearing.ts";
import { ruleNames } from "../../src/compliance/findings.ts";
import { frameworks } from "../../src/compliance/frameworks/index.ts";
import { statements } from "../../src/compliance/statements.ts";
import { levelIn } from "../../src/configs/framework-rules.ts";
import plugin from "../../src/index.ts";
import type { FrameworkPresetName, JwtRule } from "../../src/types.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const presets = frameworks.flatMap((framework) =>
  framework.preset === undefined
    ? []
    : [[framework.preset.name as FrameworkPresetName, framework] as const],
);

describe.each(presets)("%s", (name, framework) => {
  const levels = (plugin.configs[name][0]?.rules ?? {}) as Linter.RulesRecord;

  it("turns on what bears on the framework and exists", () => {
    const expected = ruleNames.filter((rule) => {
      const module = plugin.rules[rule];
      if (module === undefined) return false;
      const isRecommended = module.meta.docs.recommended === "recommended";
      return isRecommended || weightIn(framework, rule) !== undefined;
    });
    expect(Object.keys(levels).sort()).toEqual(expected.map((rule) => `jwt-audit/${rule}`).sort());
  });

  it("sets the policy of the framework", () => {
    for (const [rule, policy] of Object.entries(framework.preset?.policy ?? {})) {
      if (plugin.rules[rule] === undefined) continue;
      expect(levels[`jwt-audit/${rule}`]).toEqual([policy.level, policy.options]);
    }
  });

  it("is accepted by ESLint, with its options", async () => {
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: plugin.configs[name],
    });
    const [result] = await eslint.lintText(
      'import jwt from "jsonwebtoken";\nexport const read = (token) => jwt.decode(token);\n',
      { filePath: "src/read.js" },
    );
    expect(result?.messages.filter(({ fatal }) => fatal)).toEqual([]);
  });
});

describe("the level of a rule", () => {
  const [iso] = frameworks;
  if (iso === undefined) throw new Error("no framework");

  it("is an error if its findings are direct counter-evidence", () => {
    expect(levelIn(iso, "no-token-logging", ruleWith("strict"))).toBe("error");
  });

  it("is a warning if its findings support a control", () => {
    expect(levelIn(iso, "require-jti", ruleWith("strict"))).toBe("warn");
  });

  it("is an error for whatever is recommended", () => {
    expect(levelIn(iso, "require-jti", ruleWith("recommended"))).toBe("error");
  });

  it("is left to others for rules that the framework does not know", () => {
    expect(levelIn(iso, "no-such-rule", ruleWith("recommended"))).toBeUndefined();
  });
});

describe("what the articles ask for", () => {
  it.each([
    ["iso27001", "iso27001-2022"],
    ["soc2", "soc2"],
  ])("is in the preset of %s", (article, id) => {
    const framework = frameworks.find((each) => each.id === id);
    const asked = new Set(
      statements.flatMap((each) =>
        each.article !== article || each.rules === "all" ? [] : each.rules,
      ),
    );
    for (const rule of asked) {
      expect(framework && levelIn(framework, rule, ruleWith(false)), rule).toBeDefined();
    }
  });

  it("is a warning about HMAC in the preset of ISO 27001, and an error about RS256 in that of ASVS", async () => {
    const sign = (algorithm: string) => `import jwt from "jsonwebtoken";
export const token = (sub) =>
  jwt.sign({ sub }, process.env.KEY, { algorithm: "${algorithm}", expiresIn: "15m" });
`;
    const rule = "jwt-audit/no-disallowed-algorithm";
    expect(await severities("iso27001", sign("HS256"), rule)).toEqual([1]);
    expect(await severities("iso27001", sign("RS256"), rule)).toEqual([]);
    expect(await severities("asvs", sign("RS256"), rule)).toEqual([2]);
    expect(await severities("asvs", sign("HS256"), rule)).toEqual([]);
    expect(await severities("nist-800-53", sign("ES256K"), rule)).toEqual([2]);
  });

  it("is a short lifetime", async () => {
    const sign = (expiresIn: string) => `import jwt from "jsonwebtoken";
export const token = (sub) => jwt.sign({ sub }, process.env.KEY, { expiresIn: "${expiresIn}" });
`;
    const rule = "jwt-audit/no-long-lifetime";
    expect(await severities("iso27001", sign("2h"), rule)).toEqual([1]);
    expect(await severities("iso27001", sign("1h"), rule)).toEqual([]);
    expect(await severities("pci-dss", sign("20m"), rule)).toEqual([1]);
    expect(await severities("pci-dss", sign("15m"), rule)).toEqual([]);
  });
});

async function severities(preset: FrameworkPresetName, code: string, rule: string) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: plugin.configs[preset],
  });
  const results = await eslint.lintText(code, { filePath: "src/token.js" });
  return results
    .flatMap(({ messages }) => messages)
    .filter(({ ruleId }) => ruleId === rule)
    .map(({ severity }) => severity);
}

function ruleWith(recommended: JwtRule["meta"]["docs"]["recommended"]): JwtRule {
  return { meta: { docs: { recommended } } } as unknown as JwtRule;
}
