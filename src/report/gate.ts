/** The verdict. Bad and unknown are never mixed: what could not be assessed has not passed. */
import { SEVERITIES } from "./catalogue.ts";
import { enumerate, plural } from "./sentences.ts";
import type {
  Coverage,
  FailOn,
  Finding,
  Gate,
  RuleCoverage,
  Verdict,
  VerdictReason,
  VerdictStatus,
  WaiverState,
} from "./types.ts";

export const DEFAULT_GATE: Gate = {
  failOn: "error",
  newOnly: false,
  expiredWaivers: "fail",
  requireRules: [],
};

export const FAIL_ON: readonly FailOn[] = ["error", "warn", ...SEVERITIES, "none"];

const EXIT_CODES: Readonly<Record<VerdictStatus, Verdict["exitCode"]>> = {
  passed: 0,
  failed: 1,
  unknown: 2,
};

const MEANINGS: Readonly<Record<Exclude<VerdictStatus, "passed">, string>> = {
  failed: "Code speaks against controls named here. The findings say where and what to do.",
  unknown: "Not enough was looked at to say either. What is missing is named here.",
};

/** What was audited, so that it can be had again. */
export interface Subject {
  /** A commit is named, for each part of a merged report. */
  readonly hasCommit: boolean;
}

/** The waivers of a run. */
export interface WaiverStates {
  /** By the id of the waiver. */
  readonly states: ReadonlyMap<string, WaiverState>;
  /** The ids that the baseline has, too. */
  readonly known: ReadonlySet<string>;
}

/** Says whether what was found and looked at is what the gate asks for. */
export function decide(
  findings: readonly Finding[],
  coverage: Coverage,
  gate: Gate,
  waivers: WaiverStates,
  subject: Subject,
): Verdict {
  const bad = failures(findings, gate, waivers.states);
  const missing = [...gaps(coverage, gate), ...hidden(coverage, gate, waivers)];
  const status: VerdictStatus =
    bad.length > 0 ? "failed" : missing.length > 0 ? "unknown" : "passed";
  const reasons =
    status === "passed"
      ? [{ rule: "passed" as const, text: passedText(gate) }]
      : [...bad, ...missing];
  return { status, exitCode: EXIT_CODES[status], reasons, meaning: meaningOf(status, subject) };
}

function meaningOf(status: VerdictStatus, { hasCommit }: Subject): string {
  if (status !== "passed") return MEANINGS[status];
  const where = hasCommit
    ? "in the files, with the rules and at the commit named here"
    : "in the files and with the rules named here; at which commit is not known";
  return `Nothing that the gate asks for was found ${where}. That says nothing about what static analysis cannot see.`;
}

function failures(
  findings: readonly Finding[],
  gate: Gate,
  states: ReadonlyMap<string, WaiverState>,
): VerdictReason[] {
  const counted = findings.filter(
    ({ status, change, waiver }) =>
      status === "active" &&
      !(gate.newOnly && change === "unchanged") &&
      !(gate.expiredWaivers === "warn" && waiver !== undefined && states.get(waiver) === "expired"),
  );
  const decisive = counted.filter((finding) => isDecisive(finding, gate.failOn));
  const which = gate.newOnly ? "new " : "";
  const reasons: VerdictReason[] = [];
  if (decisive.length > 0) {
    reasons.push({
      rule: "findings",
      text: `${plural(decisive.length, `${which}finding`)}${ofKind(gate.failOn)}; none is allowed.`,
    });
  }
  const warnings = counted.filter(({ level }) => level === "warn").length;
  if (gate.maxWarnings !== undefined && warnings > gate.maxWarnings) {
    reasons.push({
      rule: "warnings",
      text: `${plural(warnings, `${which}warning`)}; at most ${gate.maxWarnings} allowed.`,
    });
  }
  return reasons;
}

function isDecisive({ level, severity }: Finding, failOn: FailOn): boolean {
  if (failOn === "none") return false;
  if (failOn === "warn") return true;
  if (failOn === "error") return level === "error";
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

function ofKind(failOn: FailOn): string {
  if (failOn === "warn" || failOn === "none") return "";
  if (failOn === "error") return " of level error";
  return failOn === "critical" ? " of severity critical" : ` of severity ${failOn} or worse`;
}

function gaps(coverage: Coverage, gate: Gate): VerdictReason[] {
  const reasons: VerdictReason[] = [];
  const { files, notAnalysed, rules, source } = coverage;
  if (files.linted === 0) {
    reasons.push({ rule: "nothing-linted", text: "No file was linted." });
  }
  const unread = notAnalysed.filter(({ relevant }) => relevant).map(({ file }) => file);
  if (unread.length > 0) {
    reasons.push({
      rule: "not-analysed",
      text: `${plural(unread.length, "file")} that may use tokens could not be analysed: ${enumerate(unread)}.`,
    });
  }
  if (gate.minCoverage !== undefined && files.linted > 0) {
    const share = ((files.linted - notAnalysed.length) / files.linted) * 100;
    if (share < gate.minCoverage) {
      reasons.push({
        rule: "coverage",
        text: `${share.toFixed(1)} % of the files were analysed; at least ${gate.minCoverage} % are asked for.`,
      });
    }
  }
  const isOff = rules.every(({ on, onInTests }) => on + onInTests === 0);
  if (source === "configuration" && isOff && files.linted > notAnalysed.length) {
    reasons.push({ rule: "rules-off", text: "No rule of this plugin was on in any file." });
  }
  return [...reasons, ...missingRules(coverage, gate)];
}

function missingRules({ rules, source }: Coverage, { requireRules }: Gate): VerdictReason[] {
  const say = (problem: string, names: readonly string[]): VerdictReason[] =>
    names.length === 0
      ? []
      : [{ rule: "rules-off", text: `${problem}: ${enumerate([...names])}.` }];
  if (source === "unknown") return say("It is not known whether these rules were on", requireRules);
  const of = (name: string): RuleCoverage | undefined => rules.find(({ rule }) => rule === name);
  const off = requireRules.filter((name) => {
    const state = of(name);
    return state === undefined || state.on < state.of || state.on === 0;
  });
  const others = requireRules.filter((name) => (of(name)?.reconfigured ?? 0) > 0);
  return [
    ...say("Not on in all files", off),
    ...say("In some files with other options by a comment", others),
  ];
}

/**
 * Comments that switch a rule off or down, or give it other options, without what a waiver needs.
 * What they hide cannot be shown, so that nothing is known to be bad.
 */
function hidden(
  { inlineConfig }: Coverage,
  gate: Gate,
  { states, known }: WaiverStates,
): VerdictReason[] {
  const open = inlineConfig.changes.filter(({ waiver }) => {
    if (waiver === undefined || (gate.newOnly && known.has(waiver))) return false;
    const state = states.get(waiver);
    return state === "unjustified" || (state === "expired" && gate.expiredWaivers === "fail");
  });
  if (open.length === 0) return [];
  const places = open.map(({ rule, file, line }) => `${rule} in ${file}:${line}`);
  return [
    {
      rule: "inline-config",
      text: `${plural(open.length, "comment")} ${open.length === 1 ? "changes" : "change"} a rule in a way that may hide findings, without what a waiver needs: ${enumerate(places)}.`,
    },
  ];
}

function passedText({ failOn, newOnly }: Gate): string {
  if (failOn === "none") return "The gate asks for nothing.";
  return `No ${newOnly ? "new " : ""}active finding${ofKind(failOn)}, and all files could be analysed.`;
}
