import type { ESLint, Linter } from "eslint";
import { frameworks } from "../compliance/frameworks/index.ts";
import type { FrameworkPresetName, JwtConfig, JwtRule, PresetName } from "../types.ts";
import { levelIn, wholly } from "./framework-rules.ts";
import { testFiles } from "./test-files.ts";

/** The prefix of rule and preset names. */
export const NAMESPACE = "jwt-audit";

/** From the mildest of the general ones, then those of frameworks. */
export const PRESET_NAMES: readonly PresetName[] = [
  "recommended",
  "strict",
  "all",
  "iso27001",
  "soc2",
  "asvs",
  "pci-dss",
  "nist-800-53",
];

type RuleEntries = readonly (readonly [name: string, rule: JwtRule])[];
type Level = (name: string, rule: JwtRule) => Linter.RuleEntry | undefined;

/**
 * Computes the presets from what the rules say about themselves, and what frameworks say of them.
 *
 * @param getPlugin called late: a preset refers to the plugin that it is part of
 */
export function buildConfigs(
  rules: Readonly<Record<string, JwtRule>>,
  getPlugin: () => ESLint.Plugin,
): Record<PresetName, JwtConfig> {
  const entries = Object.entries(rules);

  function preset(name: PresetName, levelOf: Level): JwtConfig {
    const levels = entries.flatMap(([rule, module]) => {
      const level = levelOf(rule, module);
      return level === undefined ? [] : [[rule, level] as const];
    });
    const included = new Set(levels.map(([rule]) => rule));
    return [
      {
        name: `${NAMESPACE}/${name}`,
        get plugins() {
          return { [NAMESPACE]: getPlugin() };
        },
        rules: Object.fromEntries(levels.map(([rule, level]) => [`${NAMESPACE}/${rule}`, level])),
      },
      {
        name: `${NAMESPACE}/${name}/tests`,
        files: [...testFiles],
        rules: inTests(entries.filter(([rule]) => included.has(rule))),
      },
    ];
  }

  function frameworkPreset(name: FrameworkPresetName): JwtConfig {
    const framework = frameworks.find((each) => each.preset?.name === name);
    if (framework === undefined) throw new Error(`No framework has the preset ${name}.`);
    return preset(name, (rule, module) => levelIn(framework, rule, module));
  }

  return {
    recommended: preset("recommended", (_, { meta: { docs } }) => {
      if (docs.recommendedOptions !== undefined) return ["error", ...docs.recommendedOptions];
      return docs.recommended === "recommended" ? "error" : undefined;
    }),
    strict: preset("strict", (_, rule) =>
      rule.meta.docs.recommended === false ? undefined : wholly("error", rule),
    ),
    all: preset("all", (_, rule) => wholly("error", rule)),
    iso27001: frameworkPreset("iso27001"),
    soc2: frameworkPreset("soc2"),
    asvs: frameworkPreset("asvs"),
    "pci-dss": frameworkPreset("pci-dss"),
    "nist-800-53": frameworkPreset("nist-800-53"),
  };
}

function inTests(entries: RuleEntries): Linter.RulesRecord {
  const changed: Linter.RulesRecord = {};
  for (const [name, { meta }] of entries) {
    const level = meta.docs.inTests ?? "off";
    if (level !== "same") changed[`${NAMESPACE}/${name}`] = level;
  }
  return changed;
}
