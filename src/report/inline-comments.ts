/**
 * Comments that begin with `eslint` give a rule another level or other options for their file, and
 * leave no trace in ESLint's results.
 */
import { isDeepStrictEqual } from "node:util";
import type { Rule } from "eslint";
import { isRuleName } from "../compliance/findings.ts";
import type { RuleName } from "../compliance/findings.ts";
import { defaultOptionsOf } from "./catalogue.ts";
import { readRuleState } from "./rule-state.ts";
import type { RuleState, RuleStates } from "./rule-state.ts";
import type { InlineChange } from "./types.ts";

/** A comment as it was seen in one file. */
export interface SeenChange extends Omit<InlineChange, "file" | "waiver" | "rule"> {
  readonly rule: RuleName;
  /** What stands behind ` -- `. */
  readonly justification: string;
}

interface Position {
  readonly start: { readonly line: number };
}

/** What ESLint's object for a source text offers beside what its types say. */
interface InlineConfig {
  getInlineConfigNodes?(): readonly { readonly value: string; readonly loc: unknown }[];
  applyInlineConfig?(): {
    readonly configs: readonly {
      readonly config: { readonly rules?: Readonly<Record<string, unknown>> };
      readonly loc: Position;
    }[];
  };
}

/**
 * @param namespaces the names that the configuration gives this plugin
 * @param configured what the configuration says about the rules
 */
export function inlineChanges(
  { sourceCode }: Rule.RuleContext,
  namespaces: readonly string[],
  configured: RuleStates,
): SeenChange[] {
  const source = sourceCode as unknown as InlineConfig;
  const comments = source.getInlineConfigNodes?.() ?? [];
  const changes = new Map<string, SeenChange>();
  for (const { config, loc } of source.applyInlineConfig?.().configs ?? []) {
    for (const [id, entry] of Object.entries(config.rules ?? {})) {
      const slash = id.lastIndexOf("/");
      const rule = id.slice(slash + 1);
      const written = readRuleState(entry);
      if (written === undefined || !namespaces.includes(id.slice(0, slash)) || !isRuleName(rule))
        continue;
      // ESLint takes the first comment about a rule, and refuses the others.
      if (changes.has(id)) continue;
      const before = configured.get(rule);
      changes.set(id, {
        line: loc.start.line,
        rule,
        level: written.level,
        options: optionsInForce(rule, written, before),
        configured: before ?? { level: "off", options: [] },
        justification: justificationIn(comments.find((one) => one.loc === loc)?.value ?? ""),
      });
    }
  }
  return [...changes.values()];
}

/** Whether a comment gives a rule that is on, and stays on, other options. */
export function hasOtherOptions({
  level,
  options,
  configured,
}: Pick<InlineChange, "level" | "options" | "configured">): boolean {
  return (
    level !== "off" && configured.level !== "off" && !isDeepStrictEqual(options, configured.options)
  );
}

const RANKS = ["off", "warn", "error"];

/** Whether less may be reported than the configuration asks for: other options are taken for less. */
export function mayHide(change: Pick<InlineChange, "level" | "options" | "configured">): boolean {
  return (
    RANKS.indexOf(change.level) < RANKS.indexOf(change.configured.level) || hasOtherOptions(change)
  );
}

/** As in ESLint, a level alone keeps the options, and options are laid over those by default. */
function optionsInForce(
  rule: RuleName,
  { options }: RuleState,
  configured: RuleState | undefined,
): readonly unknown[] {
  if (options.length === 0 && configured !== undefined) return configured.options;
  const defaults = defaultOptionsOf(rule);
  return Array.from({ length: Math.max(defaults.length, options.length) }, (_, index) =>
    index < options.length ? layOver(defaults[index], options[index]) : defaults[index],
  );
}

function layOver(below: unknown, above: unknown): unknown {
  return isObject(below) && isObject(above) ? { ...below, ...above } : above;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Two or more dashes between spaces separate it, as in every comment that ESLint reads. */
function justificationIn(comment: string): string {
  return /\s-{2,}\s(.*)$/su.exec(comment)?.[1]?.trim() ?? "";
}
