/** How a rule is configured in a file. */
import type { RuleName } from "../compliance/findings.ts";

export interface RuleState {
  readonly level: "off" | "warn" | "error";
  readonly options: readonly unknown[];
  /** A comment gives it other options than the configuration. */
  readonly reconfigured?: true;
}

export type RuleStates = ReadonlyMap<RuleName, RuleState>;

const LEVELS = ["off", "warn", "error"] as const;

/** Of two states of a rule in parts of one file, the one under which less is reported. */
export function milderOf(
  one: RuleState | undefined,
  other: RuleState | undefined,
): RuleState | undefined {
  const rank = (state: RuleState | undefined): number =>
    state === undefined ? 0 : LEVELS.indexOf(state.level);
  if (rank(one) !== rank(other)) return rank(one) < rank(other) ? one : other;
  return other?.reconfigured === true ? other : one;
}

/** Reads `2`, `"error"` or `["error", options]`. */
export function readRuleState(entry: unknown): RuleState | undefined {
  const [written, ...options] = Array.isArray(entry) ? (entry as unknown[]) : [entry];
  const level =
    typeof written === "number" ? LEVELS[written] : LEVELS.find((name) => name === written);
  return level === undefined ? undefined : { level, options };
}
