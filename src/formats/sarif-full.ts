/** What the full variant of SARIF adds: controls as taxonomies, waivers, results that are no alert. */
import type { ReportingDescriptor, Result, Run, Suppression, ToolComponent } from "sarif";
import type { Status } from "../report/types.ts";
import type { ControlReport, Finding, FrameworkReport, Report, Waiver } from "../report/types.ts";
import { jsonText, safeUrl } from "./escape.ts";
import { uuid } from "./uuid.ts";
import { STATUS_LABELS } from "./words.ts";

/** Taxonomies that have been published with an identifier of their own. */
const PUBLISHED: Readonly<Record<string, string>> = {
  "nist-800-53": "AAFBAB93-5201-419E-8443-D4925C542398",
};

const KINDS: Readonly<Record<Exclude<Status, "fail" | "warn">, Result.kind>> = {
  "no-findings": "pass",
  evidence: "informational",
  partial: "open",
  waived: "review",
  manual: "review",
  "not-assessed": "open",
  "not-applicable": "notApplicable",
};

export function completeRun(run: Run, report: Report): Run {
  const waivers = new Map(report.waivers.map((waiver) => [waiver.id, waiver]));
  const rules = run.tool.driver.rules ?? [];
  const driver = {
    ...run.tool.driver,
    rules: [
      ...rules.map((rule, index) => ({ ...rule, relationships: relationships(index, report) })),
      controlRule,
    ],
    supportedTaxonomies: report.frameworks.map((framework, index) => ({
      name: framework.id,
      index,
      guid: guidOf(framework),
    })),
  };
  const results = (run.results ?? []).map((result, index) => {
    const finding = report.findings[index];
    return finding === undefined ? result : complete(result, finding, waivers);
  });
  return {
    ...run,
    tool: { ...run.tool, driver },
    taxonomies: report.frameworks.map(toTaxonomy),
    policies: [toPolicy(report)],
    results: [
      ...results,
      ...report.frameworks.flatMap((framework, index) =>
        framework.controls.flatMap((control) =>
          controlResult(control, framework, index, rules.length),
        ),
      ),
    ],
    properties: {
      verdict: report.verdict.status,
      integrity: `${report.integrity.algorithm}:${report.integrity.digest}`,
    },
  };
}

const controlRule: ReportingDescriptor = {
  id: "control",
  name: "StatusOfControl",
  shortDescription: { text: "The status of a control." },
  fullDescription: {
    text: "What the run says about a control that no active finding speaks against.",
  },
  help: { text: "The status comes from all rules that bear on the control." },
};

function relationships(index: number, report: Report): ReportingDescriptor["relationships"] {
  const rule = report.rules[index];
  return (rule?.controls ?? []).flatMap(({ framework, control }) => {
    const position = report.frameworks.findIndex(({ id }) => id === framework);
    const taxon = report.frameworks[position]?.controls.findIndex(({ id }) => id === control);
    if (taxon === undefined || taxon < 0) return [];
    return [
      {
        target: { id: control, index: taxon, toolComponent: { name: framework, index: position } },
        kinds: [framework === "cwe" ? "superset" : "relevant"],
      },
    ];
  });
}

function complete(result: Result, finding: Finding, waivers: ReadonlyMap<string, Waiver>): Result {
  const waiver = waivers.get(finding.waiver ?? "");
  const change = finding.change;
  return {
    ...result,
    kind: "fail",
    ...(waiver === undefined ? {} : { suppressions: [toSuppression(waiver)] }),
    ...(change === undefined ? {} : { baselineState: change }),
  };
}

function toSuppression(waiver: Waiver): Suppression {
  const { source, state, reason, ticket, approver, owner, expires, created } = waiver;
  const isAccepted = state === "valid" || state === "expiring";
  return {
    kind: source === "directive" ? "inSource" : "external",
    status: isAccepted ? "accepted" : state === "expired" ? "rejected" : "underReview",
    ...(reason === undefined ? {} : { justification: jsonText(reason) }),
    guid: uuid("waiver", waiver.id),
    properties: { ticket, approver, owner, expires, created, state },
  };
}

function toTaxonomy(framework: FrameworkReport): ToolComponent {
  const url = safeUrl(framework.url);
  return {
    name: framework.id,
    fullName: jsonText(framework.name),
    ...(framework.edition === "" ? {} : { version: jsonText(framework.edition) }),
    ...(framework.publisher === "" ? {} : { organization: jsonText(framework.publisher) }),
    guid: guidOf(framework),
    ...(url === undefined ? {} : { informationUri: url }),
    shortDescription: { text: jsonText(framework.title) },
    isComprehensive: false,
    taxa: framework.controls.map(({ id, title, strength, why }) => ({
      id,
      shortDescription: { text: jsonText(title) || id },
      fullDescription: { text: jsonText(why) || id },
      properties: { strength },
    })),
  };
}

function toPolicy({ policy, header }: Report): ToolComponent {
  return {
    name: "policy",
    version: header.tool.version,
    shortDescription: { text: "The gate and the rules for waivers that were in force." },
    properties: { ...policy },
  };
}

function controlResult(
  control: ControlReport,
  framework: FrameworkReport,
  position: number,
  ruleIndex: number,
): Result[] {
  const { id, status, reason } = control;
  if (status === "fail" || status === "warn") return [];
  const index = framework.controls.indexOf(control);
  return [
    {
      ruleId: "control",
      ruleIndex,
      kind: KINDS[status],
      level: "none",
      message: { text: jsonText(`${framework.name} ${id}: ${STATUS_LABELS[status]}. ${reason}`) },
      taxa: [{ id, index, toolComponent: { name: framework.id, index: position } }],
      properties: { status },
    },
  ];
}

function guidOf({ id, edition }: FrameworkReport): string {
  return PUBLISHED[id] ?? uuid("taxonomy", id, edition);
}
