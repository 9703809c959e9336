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

export interface CoverageExtras {
  /** Files that were not handed to ESLint, as they contain no word that matters. */
  readonly skipped?: { readonly production: number; readonly test: number };
  readonly ignored?: readonly string[];
}

type Located = Pick<Finding, "rule" | "file" | "line" | "column">;

export function coverageOf(
  files: readonly FileFacts[],
  findings: readonly Located[],
  { skipped = { production: 0, test: 0 }, ignored = [] }: CoverageExtras = {},
): Coverage {
  const production = files.filter(({ test }) => !test).length;
  const isKnown = files.every(
    (one) => one.inspection !== undefined || one.notAnalysed !== undefined,
  );
  const inspected = files.filter(({ inspection }) => inspection !== undefined);
  const without = inspected.filter(({ inspection }) => inspection?.passesGate === false).length;
  return {
    files: {
      linted: files.length + skipped.production + skipped.test,
      production: production + skipped.production,
      test: files.length - production + skipped.test,
      withoutJwt: without + skipped.production + skipped.test,
    },
    notAnalysed: files.flatMap(notAnalysed).toSorted(byFile),
    source: isKnown ? "configuration" : "unknown",
    ignored: ignored.toSorted(),
    rules: isKnown ? availableRules.map((name) => ruleCoverage(name, files, skipped)) : [],
    operations: countOperations(files),
    checks: isKnown ? checksOf(files, findings) : [],
    inlineConfig: {
      allowed: isKnown
        ? inspected.some(({ inspection }) => inspection?.allowsInlineConfig === true)
        : "unknown",
      changes: files.flatMap(inlineChanges).toSorted(byFile),
    },
  };
}

function notAnalysed({ file, notAnalysed: problem, inspection }: FileFacts): NotAnalysed[] {
  if (problem !== undefined) return [{ file, ...problem }];
  if (inspection?.failure === undefined) return [];
  return [{ file, reason: inspection.failure, relevant: true }];
}

function inlineChanges({ file, inspection }: FileFacts): InlineChange[] {
  return (inspection?.inlineChanges ?? []).map((change) => ({ file, ...change }));
}

function ruleCoverage(
  rule: RuleName,
  files: readonly FileFacts[],
  skipped: { readonly production: number; readonly test: number },
): RuleCoverage {
  const settings = new Map<string, { setting: RuleSetting; files: number }>();
  let on = 0;
  let of = 0;
  let onInTests = 0;
  for (const { test, inspection } of files) {
    if (inspection === undefined) {
      if (!test) of++;
      continue;
    }
    if (!test) of++;
    const state = inspection.rules.get(rule);
    if (state === undefined || state.level === "off") continue;
    if (test) onInTests++;
    else on++;
    const key = JSON.stringify([state.level, state.options]);
    const known = settings.get(key);
    if (known !== undefined) known.files++;
    else {
      const { level, options } = state;
      settings.set(key, { setting: { level, options, files: 0 }, files: 1 });
    }
  }
  // A file without any of the words is the same with the rule on or off.
  const isOn = on === of && on > 0;
  const extra = isOn ? skipped.production : 0;
  return {
    rule,
    on: on + extra,
    of: of + extra,
    onInTests,
    settings: [...settings.values()]
      .map(({ setting, files: count }) => ({ ...setting, files: count }))
      .toSorted((a, b) => b.files - a.files || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
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
