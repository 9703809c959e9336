/** Which rules run, in production code and in tests: presets, then what the project says itself. */
import type { Linter } from "eslint";
import type { Framework } from "../compliance/types.ts";
import { NAMESPACE } from "../configs/index.ts";
import type { PresetName } from "../types.ts";
import { presets, ruleModules } from "./plugin.ts";

export interface RuleLevels {
  readonly production: Linter.RulesRecord;
  readonly test: Linter.RulesRecord;
}

type Level = 0 | 1 | 2;

interface Entry {
  readonly level: Level;
  readonly options: readonly unknown[];
}

const LEVELS = ["off", "warn", "error"];

/** Those of each framework that has a preset; `strict` stands in for those that have none. */
export function presetsOf(frameworks: readonly Framework[]): PresetName[] {
  const names = frameworks.map(({ preset }) => (preset?.name ?? "strict") as PresetName);
  return names.length === 0 ? ["strict"] : [...new Set(names)];
}

/** @param own rule names with their entries, which decide over those of the presets */
export function ruleLevels(
  names: readonly PresetName[],
  own: Readonly<Record<string, unknown>> = {},
): RuleLevels {
  const entries = new Map<string, Entry>();
  for (const name of names) {
    for (const [id, written] of Object.entries(presets[name][0]?.rules ?? {})) {
      const rule = id.slice(NAMESPACE.length + 1);
      entries.set(rule, stricter(entries.get(rule), read(written)));
    }
  }
  for (const [rule, written] of Object.entries(own)) {
    const { level, options } = read(written);
    // As in ESLint, a level alone keeps the options.
    entries.set(rule, { level, options: options.length > 0 ? options : optionsOf(entries, rule) });
  }
  return {
    production: record(entries),
    test: record(new Map([...entries].map(([rule, entry]) => [rule, inTests(rule, entry)]))),
  };
}

function inTests(rule: string, { level, options }: Entry): Entry {
  const asked = ruleModules[rule]?.meta.docs.inTests ?? "off";
  if (asked === "same" || level === 0) return { level, options };
  return { level: LEVELS.indexOf(asked) as Level, options };
}

/** Two frameworks may ask for the same rule: the higher level, and the options of the first. */
function stricter(known: Entry | undefined, other: Entry): Entry {
  if (known === undefined) return other;
  return {
    level: known.level > other.level ? known.level : other.level,
    options: known.options.length > 0 ? known.options : other.options,
  };
}

function read(written: unknown): Entry {
  const [level, ...options] = (Array.isArray(written) ? written : [written]) as unknown[];
  const named = typeof level === "string" ? LEVELS.indexOf(level) : Number(level);
  return { level: named === 1 || named === 2 ? named : 0, options };
}

function optionsOf(entries: ReadonlyMap<string, Entry>, rule: string): readonly unknown[] {
  return entries.get(rule)?.options ?? [];
}

function record(entries: ReadonlyMap<string, Entry>): Linter.RulesRecord {
  return Object.fromEntries(
    [...entries].map(([rule, { level, options }]) => [
      `${NAMESPACE}/${rule}`,
      [level, ...options] as Linter.RuleEntry,
    ]),
  );
}
