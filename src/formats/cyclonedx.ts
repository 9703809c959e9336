import type { ControlReport, FrameworkReport, Report, Waiver } from "../report/types.ts";
import { jsonText } from "./escape.ts";
import type { Format } from "./types.ts";
import { uuid } from "./uuid.ts";
import { placeOf, sayRules } from "./words.ts";

/** How many findings one piece of evidence lists; the rest is counted. */
const MAX_FINDINGS = 200;

/** A clean run of rules over source text is no proof. */
const CONFIDENCE = 0.5;

type Json = Readonly<Record<string, unknown>>;

/**
 * CycloneDX 1.6 attestations: findings are counter-evidence, clean runs evidence of limited
 * confidence, waivers mitigation strategies. Controls that were not assessed have no claim.
 */
export const cyclonedx: Format = {
  name: "cyclonedx",
  description: "CycloneDX 1.6 attestations, to stand beside a bill of materials.",
  render(report) {
    const { header, frameworks, integrity } = report;
    const assessed = frameworks.flatMap((framework) =>
      framework.controls
        .filter((control) => isClaimed(control))
        .map((control) => ({ framework, control })),
    );
    const document = {
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      serialNumber: `urn:uuid:${uuid("cyclonedx", integrity.digest)}`,
      version: 1,
      metadata: {
        timestamp: header.finished,
        tools: {
          components: [
            { type: "application", name: header.tool.name, version: header.tool.version },
          ],
        },
        component: {
          type: "application",
          "bom-ref": "project",
          name: jsonText(header.project),
          ...(header.commit === undefined ? {} : { version: header.commit }),
        },
      },
      definitions: { standards: frameworks.map(toStandard) },
      declarations: {
        assessors: [
          { "bom-ref": "assessor", thirdParty: false, organization: { name: header.tool.name } },
        ],
        attestations: frameworks.map((framework) => toAttestation(framework, report)),
        claims: assessed.map(({ framework, control }) => toClaim(framework, control, report)),
        evidence: toEvidence(report),
        targets: {
          components: [
            { type: "application", "bom-ref": "target", name: jsonText(header.project) },
          ],
        },
      },
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};

function isClaimed({ status }: ControlReport): boolean {
  return ["fail", "warn", "waived", "no-findings", "partial"].includes(status);
}

function toStandard({ id, name, edition, title, publisher, controls }: FrameworkReport): Json {
  return {
    "bom-ref": `standard:${id}`,
    name: jsonText(name),
    ...(edition === "" ? {} : { version: jsonText(edition) }),
    description: jsonText(title),
    ...(publisher === "" ? {} : { owner: jsonText(publisher) }),
    requirements: controls.map((control) => ({
      "bom-ref": refOf("requirement", id, control.id),
      identifier: control.id,
      title: jsonText(control.title),
    })),
  };
}

function toAttestation(framework: FrameworkReport, { verdict }: Report): Json {
  return {
    summary: jsonText(`${framework.name}: ${verdict.reasons.map(({ text }) => text).join(" ")}`),
    assessor: "assessor",
    map: framework.controls.filter(isClaimed).map((control) => {
      const claim = refOf("claim", framework.id, control.id);
      const isRefuted = control.status === "fail" || control.status === "warn";
      return {
        requirement: refOf("requirement", framework.id, control.id),
        ...(isRefuted ? { counterClaims: [claim] } : { claims: [claim] }),
        conformance: {
          score: isRefuted || control.status === "waived" ? 0 : 1,
          rationale: jsonText(control.reason),
        },
        confidence: {
          score: isRefuted ? 0.9 : control.status === "no-findings" ? CONFIDENCE : CONFIDENCE / 2,
          rationale: "Static analysis of source text only; see the limits in the report.",
        },
      };
    }),
  };
}

function toClaim(framework: FrameworkReport, control: ControlReport, report: Report): Json {
  const observed = new Map<string, boolean>();
  for (const { rule, status } of report.findings) {
    observed.set(rule, observed.get(rule) === true || status === "active");
  }
  const bearing = [...control.rules, ...control.contributing, ...control.mapped];
  const against = bearing.filter((rule) => observed.get(rule) === true);
  const waived = report.waivers
    .filter(({ rule, findings }) => findings > 0 && bearing.includes(rule))
    .filter(({ state }) => state === "valid" || state === "expiring");
  return {
    "bom-ref": refOf("claim", framework.id, control.id),
    target: "target",
    predicate: jsonText(control.reason),
    reasoning: jsonText(control.why),
    evidence: ["evidence:run"],
    ...(against.length === 0 ? {} : { counterEvidence: against.map((rule) => `evidence:${rule}`) }),
    ...(waived.length === 0
      ? {}
      : { mitigationStrategies: waived.map(({ id }) => `evidence:waiver:${id}`) }),
  };
}

function toEvidence(report: Report): Json[] {
  const { header, coverage, summary, findings, waivers } = report;
  const run = {
    "bom-ref": "evidence:run",
    propertyName: "run",
    description: jsonText(
      `${coverage.files.linted} files were linted, ${summary.operations} JWT operations looked at, ${coverage.notAnalysed.length} files not analysed; ${sayRules(header)}.`,
    ),
    created: header.finished,
  };
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const accepted = waivers.filter(({ state }) => state === "valid" || state === "expiring");
  return [
    run,
    ...rules.map((rule) => toCounterEvidence(rule, report)),
    ...accepted.map((waiver) => toMitigation(waiver, header.finished)),
  ];
}

function toCounterEvidence(rule: string, { findings, header }: Report): Json {
  const own = findings.filter((finding) => finding.rule === rule);
  const shown = own
    .slice(0, MAX_FINDINGS)
    .map((finding) => `${placeOf(finding)} ${finding.message}`);
  const rest = own.length - shown.length;
  return {
    "bom-ref": `evidence:${rule}`,
    propertyName: jsonText(rule),
    description: `${own.length} ${own.length === 1 ? "finding" : "findings"}.`,
    data: [
      {
        name: "findings",
        contents: {
          attachment: {
            contentType: "text/plain",
            content: jsonText([...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n")),
          },
        },
      },
    ],
    created: header.finished,
  };
}

function toMitigation(
  { id, rule, path, reason, expires, approver }: Waiver,
  created: string,
): Json {
  return {
    "bom-ref": `evidence:waiver:${id}`,
    propertyName: "waiver",
    description: jsonText(`${rule} in ${path}: ${reason ?? "no reason given"}`),
    created,
    ...(expires === undefined ? {} : { expires: `${expires}T23:59:59Z` }),
    ...(approver === undefined ? {} : { reviewer: { name: jsonText(approver) } }),
  };
}

function refOf(kind: string, framework: string, control: string): string {
  return `${kind}:${framework}:${control}`;
}
