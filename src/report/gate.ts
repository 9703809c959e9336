/** The verdict. Bad and unknown are never mixed: what could not be assessed has not passed. */
import { SEVERITIES } from "./catalogue.ts";
import { enumerate, plural } from "./sentences.ts";
import type {
  Coverage,
  FailOn,
  Finding,
  Gate,
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

const MEANINGS: Readonly<Record<VerdictStatus, string>> = {
  passed:
    "Nothing that the gate asks for was found in the files, with the rules and at the commit named here. That says nothing about what static analysis cannot see.",
  failed: "Code speaks against controls named here. The findings say where and what to do.",
  unknown: "Not enough was looked at to say either. What is missing is named here.",
};

/** @param states the state of each waiver, by its id */
export function decide(
  findings: readonly Finding[],
  coverage: Coverage,
  gate: Gate,
  states: ReadonlyMap<string, WaiverState>,
): Verdict {
  const bad = failures(findings, gate, states);
  const missing = gaps(coverage, gate);
  const status: VerdictStatus =
    bad.length > 0 ? "failed" : missing.length > 0 ? "unknown" : "passed";
  const reasons =
    status === "passed"
      ? [{ rule: "passed" as const, text: passedText(gate) }]
      : [...bad, ...missing];
  return { status, exitCode: EXIT_CODES[status], reasons, meaning: MEANINGS[status] };
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
  if (gate.requireRules.length > 0) {
    const off =
      source === "unknown"
        ? gate.requireRules
        : gate.requireRules.filter((name) => {
            const state = rules.find(({ rule }) => rule === name);
            return state === undefined || state.on < state.of || state.on === 0;
          });
    if (off.length > 0) {
      const problem =
        source === "unknown"
          ? "It is not known whether these rules were on"
          : "Not on in all files";
      reasons.push({ rule: "rules-off", text: `${problem}: ${enumerate([...off])}.` });
    }
  }
  return reasons;
}

function passedText({ failOn, newOnly }: Gate): string {
  if (failOn === "none") return "The gate asks for nothing.";
  return `No ${newOnly ? "new " : ""}active finding${ofKind(failOn)}, and all files could be analysed.`;
}
