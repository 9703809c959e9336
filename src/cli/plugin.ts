/** The plugin as the command hands it to ESLint. */
import type { ESLint } from "eslint";
import { buildConfigs, NAMESPACE } from "../configs/index.ts";
import { packageName, packageVersion } from "../package-info.ts";
import { rules } from "../rules/index.ts";
import type { JwtRule } from "../types.ts";

export const ruleModules: Readonly<Record<string, JwtRule>> = rules;

export const plugin: ESLint.Plugin = {
  meta: { name: packageName, version: packageVersion, namespace: NAMESPACE },
  rules: ruleModules,
};

export const presets = buildConfigs(ruleModules, () => plugin);
