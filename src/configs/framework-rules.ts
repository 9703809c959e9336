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
  { meta }: JwtRule,
): Linter.RuleEntry | undefined {
  if (!isRuleName(name)) return undefined;
  const policy = framework.preset?.policy[name];
  if (policy !== undefined) return [policy.level, policy.options];
  const weight = weightIn(framework, name);
  if (weight === "direct" || meta.docs.recommended === "recommended") return "error";
  return weight === undefined ? undefined : "warn";
}
