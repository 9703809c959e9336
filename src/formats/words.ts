/** What the formats call things, so that a reader of two of them finds the same words. */
import type {
  Check,
  ControlReport,
  Finding,
  InlineChange,
  Report,
  Status,
  VerdictStatus,
} from "../report/types.ts";

export const VERDICTS: Readonly<Record<VerdictStatus, string>> = {
  passed: "Gate passed",
  failed: "Gate failed",
  unknown: "Could not assess",
};

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  fail: "fail",
  warn: "warn",
  "no-findings": "no findings",
  partial: "partial",
  waived: "waived",
  "not-assessed": "not assessed",
  manual: "manual",
  "not-applicable": "not applicable",
  evidence: "evidence",
};

/** What a status means, for readers who see it for the first time. */
export const STATUS_MEANINGS: Readonly<Record<Status, string>> = {
  fail: "An active finding of level error speaks against it.",
  warn: "Only findings of level warning speak against it.",
  "no-findings": "All rules that bear on it were on in all files, and found nothing.",
  partial: "Nothing was found, but not everything was looked at.",
  waived: "There are findings, and all of them are waived.",
  "not-assessed": "Nothing was looked at.",
  manual: "Rules can speak against it, but only other evidence can speak for it.",
  "not-applicable": "Left out by the statement of applicability, or nothing of the kind was seen.",
  evidence: "That the run took place is the evidence.",
};

/** From what needs a look to what does not. */
export const STATUS_ORDER: readonly Status[] = [
  "fail",
  "warn",
  "partial",
  "waived",
  "not-assessed",
  "manual",
  "no-findings",
  "evidence",
  "not-applicable",
];

export function byStatus(a: ControlReport, b: ControlReport): number {
  return STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status);
}

const SEVERITY_ORDER = ["critical", "high", "medium", "low", "policy"];

/** The worst first; then as in the report. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    Number(a.status === "waived") - Number(b.status === "waived") ||
    SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity)
  );
}

export function count(number: number, noun: string, many = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : many}`;
}

/** `12 345` would break in a line; `12,345` does not. */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
}

export function placeOf({ file, line }: Pick<Finding, "file" | "line">): string {
  return `${file}:${line}`;
}

/** `2026-11-26 04:38 UTC` */
export function instant(text: string): string {
  return text.replace("T", " ").replace(/:\d{2}Z$/u, " UTC");
}

/** `1a2b3c4d5e (with uncommitted changes)` */
export function commitOf({ commit, dirty }: Report["header"], length = 10): string | undefined {
  if (commit === undefined) return undefined;
  return `${commit.slice(0, length)}${dirty === true ? " (with uncommitted changes)" : ""}`;
}

/** `rules of preset strict, 2 changed in the configuration file` */
export function sayRules({ ruleSets }: Report["header"]): string {
  const sets = ruleSets.map((set) => {
    if (set.source === "eslint-config") return "rules of the configuration of ESLint";
    const { presets, changed } = set;
    const names = `rules of ${presets.length === 1 ? "preset" : "presets"} ${presets.join(", ")}`;
    return changed.length === 0
      ? names
      : `${names}, ${changed.length} changed in the configuration file`;
  });
  return sets.join("; ");
}

/** `off instead of error`, `error [{"maximum":"100y"}] instead of error [{"maximum":"30d"}]` */
export function sayInlineChange({ level, options, configured }: InlineChange): string {
  const hasOptions = JSON.stringify(options) !== JSON.stringify(configured.options);
  const say = (one: InlineChange["configured"]): string =>
    hasOptions && one.level !== "off" && one.options.length > 0
      ? `${one.level} ${JSON.stringify(one.options)}`
      : one.level;
  return `${say({ level, options })} instead of ${say(configured)}`;
}

/** Rules that look at verifications and the like are told about in one line each. */
export function sayCheck({ looked, withoutFinding, undecided }: Check): string {
  const rest = undecided > 0 ? `, ${grouped(undecided)} out of sight` : "";
  return `${grouped(withoutFinding)} of ${grouped(looked)} without a finding${rest}`;
}
