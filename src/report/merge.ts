/** One report of several: shards of one run, or the repositories of an organisation. */
import type { Framework } from "../compliance/types.ts";
import { assemble } from "./assemble.ts";
import type { Material } from "./assemble.ts";
import { describeOther } from "./catalogue.ts";
import type { Exclusions } from "./controls.ts";
import { groupBy } from "./group-by.ts";
import type {
  Check,
  Coverage,
  Finding,
  OperationCount,
  Part,
  PolicyInForce,
  Report,
  RuleCoverage,
  RuleReport,
  Waiver,
} from "./types.ts";

export interface MergeInput {
  readonly reports: readonly Report[];
  readonly frameworks: readonly Framework[];
  readonly exclusions?: Exclusions;
  readonly policy: PolicyInForce;
  readonly baseline?: Report;
  /** What the whole is called; needed where the projects differ. */
  readonly project?: string;
}

/**
 * Files of different projects are told apart by the name of the project before their path. A finding
 * that two shards of one project bring is counted once.
 */
export function mergeReports(input: MergeInput): Report {
  const { reports, frameworks, policy, baseline } = input;
  const [first] = reports;
  if (first === undefined) throw new TypeError("There is no report to merge.");
  const projects = [...new Set(reports.map(({ header }) => header.project))].sort();
  const prefixOf = (report: Report): string =>
    projects.length > 1 ? `${report.header.project}/` : "";
  const { commit, dirty, branch, repository, run } = first.header;
  const isOne = reports.every(({ header }) => header.commit === commit) && projects.length === 1;
  const times = reports.map(({ header }) => header);
  const material: Material = {
    header: {
      project:
        input.project ?? (projects.length === 1 ? first.header.project : projects.join(", ")),
      ...(isOne
        ? {
            ...(commit === undefined ? {} : { commit }),
            ...(dirty === undefined ? {} : { dirty }),
            ...(branch === undefined ? {} : { branch }),
            ...(repository === undefined ? {} : { repository }),
            ...(run === undefined ? {} : { run }),
          }
        : {}),
      tool: first.header.tool,
      ruleSets: distinct(times.flatMap(({ ruleSets }) => ruleSets)),
      started: times.map(({ started }) => started).sort()[0] ?? first.header.started,
      finished:
        times
          .map(({ finished }) => finished)
          .sort()
          .at(-1) ?? first.header.finished,
      door: "merge",
      unknown: [...new Set(times.flatMap(({ unknown }) => unknown))],
    },
    frameworks,
    exclusions: input.exclusions ?? new Map(),
    findings: mergeFindings(reports, prefixOf),
    others: mergeRules(reports, frameworks),
    waivers: mergeWaivers(reports, prefixOf),
    coverage: mergeCoverage(reports, prefixOf),
    policy,
    parts: reports.map(toPart).toSorted((a, b) => compare(a.project, b.project)),
    ...(baseline === undefined ? {} : { baseline }),
  };
  return assemble(material);
}

type Prefix = (report: Report) => string;

function mergeFindings(reports: readonly Report[], prefixOf: Prefix): Finding[] {
  const merged = new Map<string, Finding>();
  for (const report of reports) {
    for (const { change: _, ...finding } of report.findings) {
      const file = `${prefixOf(report)}${finding.file}`;
      const key = JSON.stringify([file, finding.line, finding.column, finding.fingerprint]);
      if (!merged.has(key)) merged.set(key, { ...finding, file });
    }
  }
  return [...merged.values()];
}

function mergeRules(reports: readonly Report[], frameworks: readonly Framework[]): RuleReport[] {
  const others = new Map<string, RuleReport>();
  for (const { id, cwe, description, url } of reports
    .flatMap(({ rules }) => rules)
    .filter(({ mappedByCwe }) => mappedByCwe)) {
    const docs = { description, ...(url === undefined ? {} : { url }) };
    others.set(id, describeOther({ kind: "other", id, cwe, docs }, frameworks));
  }
  return [...others.values()].toSorted((a, b) => compare(a.id, b.id));
}

function mergeWaivers(reports: readonly Report[], prefixOf: Prefix): Waiver[] {
  const merged = new Map<string, Waiver>();
  for (const report of reports) {
    for (const waiver of report.waivers) {
      const path = `${prefixOf(report)}${waiver.path}`;
      const key = JSON.stringify([waiver.id, path]);
      const known = merged.get(key);
      // In one shard an entry of the waiver file matches, in another it does not.
      if (known === undefined || known.state === "unused") merged.set(key, { ...waiver, path });
      else if (waiver.state !== "unused") {
        merged.set(key, { ...known, findings: known.findings + waiver.findings });
      }
    }
  }
  return [...merged.values()];
}

function mergeCoverage(reports: readonly Report[], prefixOf: Prefix): Coverage {
  const all = reports.map(({ coverage }) => coverage);
  const total = (read: (files: Coverage["files"]) => number): number =>
    all.reduce((sum, { files }) => sum + read(files), 0);
  const named = <Item extends { readonly file: string }>(
    pick: (coverage: Coverage) => readonly Item[],
  ): Item[] =>
    reports.flatMap((report) =>
      pick(report.coverage).map((one) => ({ ...one, file: `${prefixOf(report)}${one.file}` })),
    );
  const allowed = all.map(({ inlineConfig }) => inlineConfig.allowed);
  return {
    files: {
      linted: total(({ linted }) => linted),
      production: total(({ production }) => production),
      test: total(({ test }) => test),
      withoutJwt: total(({ withoutJwt }) => withoutJwt),
    },
    notAnalysed: named(({ notAnalysed }) => notAnalysed),
    source: all.every(({ source }) => source === "configuration") ? "configuration" : "unknown",
    ignored: [...new Set(all.flatMap(({ ignored }) => ignored))].sort(),
    rules: mergeRuleCoverage(all),
    operations: add(
      all.flatMap(({ operations }) => operations),
      ({ kind, library }) => `${library} ${kind}`,
      (a: OperationCount, b) => ({ ...a, count: a.count + b.count, files: a.files + b.files }),
    ),
    checks: add(
      all.flatMap(({ checks }) => checks),
      ({ rule }) => rule,
      (a: Check, b) => ({
        rule: a.rule,
        looked: a.looked + b.looked,
        withoutFinding: a.withoutFinding + b.withoutFinding,
        withFinding: a.withFinding + b.withFinding,
        undecided: a.undecided + b.undecided,
      }),
    ),
    inlineConfig: {
      allowed: allowed.includes(true) || (allowed.includes("unknown") ? "unknown" : false),
      changes: named(({ inlineConfig }) => inlineConfig.changes),
    },
  };
}

function mergeRuleCoverage(all: readonly Coverage[]): RuleCoverage[] {
  return add(
    all.flatMap(({ rules }) => rules),
    ({ rule }) => rule,
    (a: RuleCoverage, b) => ({
      rule: a.rule,
      on: a.on + b.on,
      of: a.of + b.of,
      onInTests: a.onInTests + b.onInTests,
      reconfigured: a.reconfigured + b.reconfigured,
      settings: add(
        [...a.settings, ...b.settings],
        ({ level, options }) => JSON.stringify([level, options]),
        (one, other) => ({ ...one, files: one.files + other.files }),
      ),
    }),
  );
}

/** Adds up what has the same key, in the order of the keys. */
function add<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  sum: (a: Item, b: Item) => Item,
): Item[] {
  return [...groupBy(items, keyOf).entries()]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([, group]) => (group.length === 0 ? [] : [group.reduce(sum)]));
}

function toPart({ header, verdict, summary, coverage }: Report): Part {
  const { project, commit, branch, finished } = header;
  return {
    project,
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    finished,
    verdict: verdict.status,
    files: summary.files,
    operations: summary.operations,
    findings: summary.findings,
    notAnalysed: coverage.notAnalysed.length,
  };
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).entries()]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([, item]) => item);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
