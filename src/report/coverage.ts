/** What was looked at, and what was not: the part of a report that makes a clean run worth filing. */
import type { RuleName } from "../compliance/findings.ts";
import { availableRules } from "./catalogue.ts";
import { concerns } from "./concerns.ts";
import { groupBy } from "./group-by.ts";
import type { Inspection, Range, SeenOperation } from "./inspect.ts";
import type {
  Check,
  Coverage,
  Finding,
  InlineChange,
  NotAnalysed,
  OperationCount,
  RuleCoverage,
  RuleSetting,
} from "./types.ts";

/** A linted file and what is known about it. */
export interface FileFacts {
  readonly file: string;
  readonly test: boolean;
  /** Missing where the configuration or the text of the file is out of reach. */
  readonly inspection?: Inspection;
  readonly notAnalysed?: Omit<NotAnalysed, "file">;
}

/** Files that were not handed to ESLint, as they contain no word that matters. */
interface SkippedFiles {
  readonly count: number;
  readonly test: boolean;
  /** The rules that would have run. */
  readonly rules: Inspection["rules"];
}

export interface CoverageExtras {
  readonly skipped?: readonly SkippedFiles[];
  /** Files that were never handed to ESLint for another reason. */
  readonly unread?: readonly FileFacts[];
  readonly ignored?: readonly string[];
}

/** What is known beside the files themselves. */
interface Known {
  readonly findings: readonly Located[];
  readonly changes: readonly InlineChange[];
}

type Located = Pick<Finding, "rule" | "file" | "line" | "column">;

export function coverageOf(
  linted: readonly FileFacts[],
  { findings, changes }: Known,
  { skipped = [], unread = [], ignored = [] }: CoverageExtras = {},
): Coverage {
  const files = [...linted, ...unread];
  const groups = [...files.map(asGroup), ...skipped];
  const production = total(groups.filter(({ test }) => !test));
  const isKnown = files.every(
    (one) => one.inspection !== undefined || one.notAnalysed !== undefined,
  );
  const inspected = files.filter(({ inspection }) => inspection !== undefined);
  const without = inspected.filter(({ inspection }) => inspection?.passesGate === false).length;
  return {
    files: {
      linted: total(groups),
      production,
      test: total(groups) - production,
      withoutJwt: without + total(skipped),
    },
    notAnalysed: files.flatMap(notAnalysed).toSorted(byFile),
    source: isKnown ? "configuration" : "unknown",
    ignored: ignored.toSorted(),
    rules: isKnown ? availableRules.map((name) => ruleCoverage(name, groups)) : [],
    operations: countOperations(files),
    checks: isKnown ? checksOf(files, findings) : [],
    inlineConfig: {
      allowed: isKnown
        ? inspected.some(({ inspection }) => inspection?.allowsInlineConfig === true)
        : "unknown",
      changes: changes.toSorted(byFile),
    },
  };
}

function notAnalysed({ file, notAnalysed: problem, inspection }: FileFacts): NotAnalysed[] {
  if (problem !== undefined) return [{ file, ...problem }];
  if (inspection?.failure === undefined) return [];
  return [{ file, reason: inspection.failure, relevant: true }];
}

/** Files in which the same rules are on. */
interface Group {
  readonly count: number;
  readonly test: boolean;
  readonly rules: Inspection["rules"] | undefined;
}

function asGroup({ test, inspection }: FileFacts): Group {
  return { count: 1, test, rules: inspection?.rules };
}

function total(groups: readonly Pick<Group, "count">[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function ruleCoverage(rule: RuleName, groups: readonly Group[]): RuleCoverage {
  const settings = new Map<string, RuleSetting>();
  const coverage = { on: 0, of: 0, onInTests: 0, reconfigured: 0 };
  for (const { count, test, rules } of groups) {
    if (!test) coverage.of += count;
    const state = rules?.get(rule);
    if (state === undefined || state.level === "off") continue;
    coverage[test ? "onInTests" : "on"] += count;
    if (!test && state.reconfigured === true) coverage.reconfigured += count;
    const { level, options } = state;
    const key = JSON.stringify([level, options]);
    settings.set(key, { level, options, files: (settings.get(key)?.files ?? 0) + count });
  }
  return {
    rule,
    ...coverage,
    settings: [...settings.values()].toSorted(
      (a, b) => b.files - a.files || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1),
    ),
  };
}

function countOperations(files: readonly FileFacts[]): OperationCount[] {
  const counts = new Map<
    string,
    { kind: string; library: string; count: number; files: Set<string> }
  >();
  for (const { file, inspection } of files) {
    for (const { kind, library } of inspection?.operations ?? []) {
      const key = `${library} ${kind}`;
      const known = counts.get(key) ?? { kind, library, count: 0, files: new Set<string>() };
      known.count++;
      known.files.add(file);
      counts.set(key, known);
    }
  }
  return [...counts.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { files: holders, ...rest }]) => ({ ...rest, files: holders.size }));
}

function checksOf(files: readonly FileFacts[], findings: readonly Located[]): Check[] {
  const byPlace = groupBy(findings, ({ file, rule }) => `${rule} ${file}`);
  return availableRules.flatMap((rule) => {
    const kinds: readonly string[] = concerns[rule]?.kinds ?? [];
    const check = { rule, looked: 0, withoutFinding: 0, withFinding: 0, undecided: 0 };
    for (const { file, test, inspection } of files) {
      const level = inspection?.rules.get(rule)?.level ?? "off";
      if (test || level === "off") continue;
      const operations = (inspection?.operations ?? []).filter(({ kind }) => kinds.includes(kind));
      const failed = concerned(operations, byPlace.get(`${rule} ${file}`) ?? []);
      for (const operation of operations) {
        check.looked++;
        if (failed.has(operation)) check.withFinding++;
        else if (operation.undecided.includes(rule)) check.undecided++;
        else check.withoutFinding++;
      }
    }
    return check.looked === 0 ? [] : [check];
  });
}

/** The operations that findings are about: the innermost call, and those that use what was found. */
function concerned(
  operations: readonly SeenOperation[],
  findings: readonly Located[],
): Set<SeenOperation> {
  const found = new Set<SeenOperation>();
  for (const finding of findings) {
    const around = operations.filter(({ range }) => contains(range, finding));
    const innermost = around.reduce<SeenOperation | undefined>(
      (best, one) => (best === undefined || isInside(one.range, best.range) ? one : best),
      undefined,
    );
    if (innermost !== undefined) found.add(innermost);
    for (const operation of operations) {
      if (
        operation.parts.some((range) => contains(range, finding) && !around.includes(operation))
      ) {
        found.add(operation);
      }
    }
  }
  return found;
}

function contains([line, column, endLine, endColumn]: Range, at: Located): boolean {
  const isAfterStart = at.line > line || (at.line === line && at.column >= column);
  const isBeforeEnd = at.line < endLine || (at.line === endLine && at.column <= endColumn);
  return isAfterStart && isBeforeEnd;
}

function isInside([line, column]: Range, [otherLine, otherColumn]: Range): boolean {
  return line > otherLine || (line === otherLine && column >= otherColumn);
}

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
