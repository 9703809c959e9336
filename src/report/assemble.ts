/** Puts a report together from what is known, in an order that depends on nothing else. */
import { checklist } from "../compliance/checklist.ts";
import type { Framework } from "../compliance/types.ts";
import { availableRules, describeOwn, SEVERITIES } from "./catalogue.ts";
import { compareWith } from "./changes.ts";
import { reportFramework, tally } from "./controls.ts";
import type { Exclusions } from "./controls.ts";
import { sha256 } from "./fingerprint.ts";
import { decide } from "./gate.ts";
import { seal } from "./integrity.ts";
import { METHOD } from "./method.ts";
import { SCHEMA_VERSION } from "./types.ts";
import type {
  Coverage,
  Finding,
  FindingCounts,
  Header,
  ManualEntry,
  Part,
  PolicyInForce,
  Report,
  RuleReport,
  Summary,
  Waiver,
  WaiverState,
} from "./types.ts";

export interface Material {
  readonly header: Omit<Header, "digests">;
  readonly frameworks: readonly Framework[];
  readonly exclusions: Exclusions;
  readonly findings: readonly Finding[];
  readonly others: readonly RuleReport[];
  readonly waivers: readonly Waiver[];
  readonly coverage: Coverage;
  readonly policy: PolicyInForce;
  readonly baseline?: Report;
  readonly parts?: readonly Part[];
}

export function assemble(material: Material): Report {
  const { frameworks, exclusions, others, waivers, coverage, policy, baseline, parts } = material;
  const compared = baseline === undefined ? undefined : compareWith(baseline, material.findings);
  const findings = (compared?.findings ?? material.findings).toSorted(byPlace);
  const tallies = tally(findings);
  const waiverStates = {
    states: new Map(waivers.map(({ id, state }) => [id, state])),
    known: new Set(baseline?.waivers.map(({ id }) => id)),
  };
  const report: Omit<Report, "integrity"> = {
    schemaVersion: SCHEMA_VERSION,
    header: { ...material.header, digests: digests(frameworks, coverage) },
    verdict: decide(findings, coverage, policy.gate, waiverStates, {
      hasCommit: (parts ?? [material.header]).every(({ commit }) => commit !== undefined),
    }),
    summary: summarise(findings, waivers, coverage),
    frameworks: frameworks.map((framework) =>
      reportFramework(framework, { tallies, coverage, others, exclusions }),
    ),
    rules: [...availableRules.map((name) => describeOwn(name, frameworks)), ...others],
    findings,
    waivers,
    coverage,
    policy,
    manual: manualFor(frameworks),
    ...(compared === undefined ? {} : { changes: compared.changes }),
    ...(parts === undefined ? {} : { parts }),
    method: METHOD,
  };
  return seal(report);
}

function countFindings(findings: readonly Finding[]): FindingCounts {
  const active = findings.filter(({ status }) => status === "active");
  const errors = active.filter(({ level }) => level === "error").length;
  return {
    beforeWaivers: findings.length,
    afterWaivers: active.length,
    errors,
    warnings: active.length - errors,
    waived: findings.length - active.length,
  };
}

function summarise(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  coverage: Coverage,
): Summary {
  const active = findings.filter(({ status }) => status === "active");
  const count = (state: WaiverState): number =>
    waivers.filter((waiver) => waiver.state === state).length;
  return {
    findings: countFindings(findings),
    bySeverity: Object.fromEntries(
      SEVERITIES.map((severity) => [
        severity,
        active.filter((finding) => finding.severity === severity).length,
      ]),
    ) as Summary["bySeverity"],
    waivers: {
      valid: count("valid"),
      expiring: count("expiring"),
      expired: count("expired"),
      unjustified: count("unjustified"),
      unused: count("unused"),
    },
    operations: coverage.operations.reduce((sum, operation) => sum + operation.count, 0),
    files: coverage.files.linted,
  };
}

/** The mapping by itself, so that two reports can be told to rest on the same one. */
function digests(frameworks: readonly Framework[], coverage: Coverage): Header["digests"] {
  const mapping = sha256(
    JSON.stringify(
      frameworks.map(({ id, edition, controls }) => ({
        id,
        edition,
        controls: controls.map((control) => ({
          id: control.id,
          strength: control.strength,
          rules: control.rules,
          contributing: control.contributing ?? [],
        })),
      })),
    ),
  );
  return coverage.source === "unknown"
    ? { mapping }
    : { configuration: sha256(JSON.stringify(coverage.rules)), mapping };
}

function manualFor(frameworks: readonly Framework[]): ManualEntry[] {
  return checklist.flatMap(({ controls, ...entry }) => {
    const refs = frameworks.flatMap(({ id }) =>
      (controls[id] ?? []).map((control) => ({ framework: id, control })),
    );
    return refs.length === 0 ? [] : [{ ...entry, controls: refs }];
  });
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
