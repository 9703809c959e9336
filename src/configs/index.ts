import type { ESLint, Linter } from "eslint";
import type { JwtConfig, JwtRule, PresetName } from "../types.ts";
import { testFiles } from "./test-files.ts";

/** The prefix of rule and preset names. */
export const NAMESPACE = "jwt-audit";

type RuleEntries = readonly (readonly [name: string, rule: JwtRule])[];

/**
 * Computes the presets from what the rules say about themselves.
 *
 * @param getPlugin called late: a preset refers to the plugin that it is part of
 */
export function buildConfigs(
  rules: Readonly<Record<string, JwtRule>>,
  getPlugin: () => ESLint.Plugin,
): Record<PresetName, JwtConfig> {
  const entries = Object.entries(rules);

  function preset(name: PresetName, includes: (rule: JwtRule) => boolean): JwtConfig {
    const included = entries.filter(([, rule]) => includes(rule));
    return [
      {
        name: `${NAMESPACE}/${name}`,
        get plugins() {
          return { [NAMESPACE]: getPlugin() };
        },
        rules: toErrors(included),
      },
      {
        name: `${NAMESPACE}/${name}/tests`,
        files: [...testFiles],
        rules: inTests(included),
      },
    ];
  }

  return {
    recommended: preset("recommended", ({ meta }) => meta.docs.recommended === "recommended"),
    strict: preset("strict", ({ meta }) => meta.docs.recommended !== false),
    all: preset("all", () => true),
  };
}

function toErrors(entries: RuleEntries): Linter.RulesRecord {
  return Object.fromEntries(entries.map(([name]) => [`${NAMESPACE}/${name}`, "error"]));
}

function inTests(entries: RuleEntries): Linter.RulesRecord {
  const changed: Linter.RulesRecord = {};
  for (const [name, { meta }] of entries) {
    const level = meta.docs.inTests ?? "off";
    if (level !== "same") changed[`${NAMESPACE}/${name}`] = level;
  }
  return changed;
}
