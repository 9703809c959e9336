/**
 * The status of each control. Findings refute; that there are none confirms only what the rules of
 * the control look at, and only where they were on.
 */
import { rulesOf } from "../compliance/bearing.ts";
import type { Control, Framework } from "../compliance/types.ts";
import { availableRules } from "./catalogue.ts";
import { enumerate, plural } from "./sentences.ts";
import type {
  ControlReport,
  Coverage,
  Finding,
  FrameworkReport,
  RuleReport,
  Status,
} from "./types.ts";

const STATUSES: readonly Status[] = [
  "fail",
  "warn",
  "partial",
  "no-findings",
  "waived",
  "not-assessed",
  "manual",
  "not-applicable",
  "evidence",
];

/** What an organisation says of a control in its statement of applicability. */
export interface Exclusion {
  readonly justification: string;
}

/** By the id of the framework, then of the control. */
export type Exclusions = ReadonlyMap<string, ReadonlyMap<string, Exclusion>>;

export interface Tally {
  errors: number;
  warnings: number;
  waived: number;
}

export function tally(findings: readonly Finding[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { rule, status, level } of findings) {
    const counts = tallies.get(rule) ?? { errors: 0, warnings: 0, waived: 0 };
    tallies.set(rule, counts);
    if (status === "waived") counts.waived++;
    else if (level === "error") counts.errors++;
    else counts.warnings++;
  }
  return tallies;
}

export interface Evidence {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly coverage: Coverage;
  readonly others: readonly RuleReport[];
  readonly exclusions: Exclusions;
}

export function reportFramework(framework: Framework, evidence: Evidence): FrameworkReport {
  const controls = framework.controls.map((control) => reportControl(control, framework, evidence));
  const { id, name, title, edition, publisher, url, unit, titles, notes, catalogue } = framework;
  return {
    id,
    name,
    title,
    edition,
    publisher,
    ...(url === undefined ? {} : { url }),
    unit,
    titles,
    ...(catalogue === undefined ? {} : { size: catalogue.length }),
    notes,
    counts: countStatuses(controls),
    controls,
  };
}

function countStatuses(controls: readonly ControlReport[]): Record<Status, number> {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<
    Status,
    number
  >;
  for (const { status } of controls) counts[status]++;
  return counts;
}

function reportControl(control: Control, framework: Framework, evidence: Evidence): ControlReport {
  const { id, title, qualifier, strength, why } = control;
  const bearing =
    strength === "process"
      ? []
      : rulesOf(control).filter(({ rule }) => availableRules.includes(rule));
  const rules = bearing.filter((one) => one.strength === strength).map(({ rule }) => rule);
  const contributing = bearing.filter((one) => one.strength !== strength).map(({ rule }) => rule);
  const mapped = evidence.others
    .filter(({ controls }) =>
      controls.some((ref) => ref.framework === framework.id && ref.control === id),
    )
    .map((rule) => rule.id);
  const counts = sum([...rules, ...contributing, ...mapped], evidence.tallies);
  const active = counts.errors + counts.warnings;
  const known: Omit<ControlReport, "status" | "reason"> = {
    id,
    title,
    ...(qualifier === undefined ? {} : { qualifier }),
    strength,
    beforeWaivers: active + counts.waived,
    afterWaivers: active,
    waived: counts.waived,
    rules,
    contributing,
    mapped,
    why,
  };
  const exclusion = evidence.exclusions.get(framework.id)?.get(id);
  return { ...known, ...judge(known, counts, evidence, exclusion) };
}

function sum(rules: readonly string[], tallies: ReadonlyMap<string, Tally>): Tally {
  const total: Tally = { errors: 0, warnings: 0, waived: 0 };
  for (const rule of rules) {
    const counts = tallies.get(rule);
    if (counts === undefined) continue;
    total.errors += counts.errors;
    total.warnings += counts.warnings;
    total.waived += counts.waived;
  }
  return total;
}

interface Judgement {
  readonly status: Status;
  readonly reason: string;
}

function judge(
  control: Omit<ControlReport, "status" | "reason">,
  counts: Tally,
  { coverage, tallies }: Evidence,
  exclusion: Exclusion | undefined,
): Judgement {
  const { strength, rules, contributing, mapped, waived, afterWaivers } = control;
  if (exclusion !== undefined) {
    const despite =
      afterWaivers > 0 ? ` There are ${plural(afterWaivers, "finding")} all the same.` : "";
    return {
      status: "not-applicable",
      reason: `Left out by the statement of applicability: ${exclusion.justification}${despite}`,
    };
  }
  const { linted } = coverage.files;
  if (strength === "process") {
    return linted > 0
      ? { status: "evidence", reason: `The run itself is the evidence: ${plural(linted, "file")}.` }
      : { status: "not-assessed", reason: "No file was linted." };
  }
  if (afterWaivers > 0) {
    const active = [...rules, ...contributing, ...mapped].filter((rule) => {
      const own = tallies.get(rule);
      return own !== undefined && own.errors + own.warnings > 0;
    });
    const isDirect = strength === "direct" && active.some((rule) => rules.includes(rule));
    const what = isDirect
      ? `${afterWaivers === 1 ? "It is" : "They are"} counter-evidence.`
      : `${afterWaivers === 1 ? "It weakens" : "They weaken"} it; other measures may make up for that.`;
    const rest = waived > 0 ? ` ${plural(waived, "other")} waived.` : "";
    return {
      status: counts.errors > 0 ? "fail" : "warn",
      reason: `${plural(afterWaivers, "finding")} of ${enumerate(active)}. ${what}${rest}`,
    };
  }
  if (waived > 0) {
    return {
      status: "waived",
      reason: waived === 1 ? "The only finding is waived." : `All ${waived} findings are waived.`,
    };
  }
  return withoutFindings(control, coverage);
}

function withoutFindings(
  { strength, rules, contributing }: Omit<ControlReport, "status" | "reason">,
  coverage: Coverage,
): Judgement {
  const bearing = [...rules, ...contributing];
  const { linted, production } = coverage.files;
  if (bearing.length === 0) {
    return { status: "not-assessed", reason: "No rule of this version bears on it." };
  }
  if (linted === 0) return { status: "not-assessed", reason: "No file was linted." };
  const isKnown = coverage.source === "configuration";
  const states = coverage.rules.filter(({ rule }) => bearing.includes(rule));
  if (isKnown && states.every(({ on }) => on === 0)) {
    return { status: "not-assessed", reason: "No rule that bears on it was on." };
  }
  const unread = coverage.notAnalysed.filter(({ relevant }) => relevant).length;
  if (isKnown && coverage.operations.length === 0 && unread === 0) {
    return {
      status: "not-applicable",
      reason: `No use of a JWT library was seen in ${plural(linted, "file")}.`,
    };
  }
  if (strength === "supporting") {
    return {
      status: "manual",
      reason: "No finding. Rules can speak against it, but their silence does not speak for it.",
    };
  }
  const gaps: string[] = [];
  if (!isKnown) gaps.push("which rules were on is not known");
  const off = states.filter(({ on, of }) => on < of).map(({ rule }) => rule);
  const never = states.filter(({ on }) => on === 0).length;
  if (never > 0) gaps.push(`${plural(never, "rule")} of ${states.length} off`);
  if (off.length > never) {
    gaps.push(`${plural(off.length - never, "rule")} of ${states.length} off in some files`);
  }
  const reconfigured = states.filter((state) => state.reconfigured > 0).length;
  if (reconfigured > 0) {
    gaps.push(
      `${plural(reconfigured, "rule")} of ${states.length} with other options by a comment in some files`,
    );
  }
  if (unread > 0) gaps.push(`${plural(unread, "file")} not analysed`);
  return gaps.length > 0
    ? { status: "partial", reason: `No finding, but not all was looked at: ${gaps.join("; ")}.` }
    : {
        status: "no-findings",
        reason: `No finding of ${plural(bearing.length, "rule")} in ${plural(production, "file")}.`,
      };
}
