import type { Linter } from "eslint";
import { weightIn } from "../compliance/bearing.ts";
import { isRuleName } from "../compliance/findings.ts";
import type { Framework } from "../compliance/types.ts";
import type { JwtRule } from "../types.ts";

/**
 * How a framework's preset sets a rule; `undefined` leaves it off.
 *
 * What the framework asks for comes first. A rule whose findings are direct counter-evidence is an
 * error, one that only supports a control a warning. Rules of `recommended` are errors everywhere:
 * each of their findings breaks secure coding, which every framework asks for.
 */
export function levelIn(
  framework: Framework,
  name: string,
  rule: JwtRule,
): Linter.RuleEntry | undefined {
  const { docs } = rule.meta;
  if (!isRuleName(name)) return undefined;
  const policy = framework.preset?.policy[name];
  if (policy !== undefined) return [policy.level, policy.options];
  const weight = weightIn(framework, name);
  if (weight === "direct" || docs.recommended === "recommended") return wholly("error", rule);
  if (weight !== undefined) return wholly("warn", rule);
  return docs.recommendedOptions === undefined ? undefined : ["error", ...docs.recommendedOptions];
}

/**
 * Turns a rule on with all that it reports. A severity alone would keep the options of `recommended`
 * where somebody extends both.
 */
export function wholly(level: "error" | "warn", { meta }: JwtRule): Linter.RuleEntry {
  return meta.docs.recommendedOptions === undefined
    ? level
    : [level, ...(meta.defaultOptions ?? [])];
}
