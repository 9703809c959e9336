import { buildConfigs, NAMESPACE } from "./configs/index.ts";
import { packageName, packageVersion } from "./package-info.ts";
import { rules } from "./rules/index.ts";
import type { JwtAuditPlugin } from "./types.ts";

const plugin: JwtAuditPlugin = {
  meta: { name: packageName, version: packageVersion, namespace: NAMESPACE },
  rules,
  configs: buildConfigs(rules, () => plugin),
};

// The second name is what `require("eslint-plugin-jwt-audit")` returns.
export { plugin as default, plugin as "module.exports" };
export type {
  JwtAuditPlugin,
  JwtConfig,
  JwtRule,
  PresetName,
  Recommended,
  RuleDocs,
  RuleGroup,
  Severity,
} from "./types.ts";
