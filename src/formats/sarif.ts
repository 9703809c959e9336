import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import type { Severity } from "../types.ts";
import type { Finding, Report, RuleReport } from "../report/types.ts";
import { jsonText, pathToUri, safeUrl, truncate } from "./escape.ts";
import { completeRun } from "./sarif-full.ts";
import type { Format } from "./types.ts";
import { sayRules } from "./words.ts";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** GitHub sorts alerts by these numbers: above 9 is critical, from 7 high, from 4 medium. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
  policy: "1.0",
};

/** GitHub takes 20 tags and shows 10. */
const MAX_TAGS = 10;
/** GitHub takes no more results in one run. */
const MAX_RESULTS = 25_000;
const MAX_TEXT = 1_000;

/**
 * SARIF 2.1.0 as GitHub takes it: active findings alone. It would show passed and suppressed results
 * as open alerts. All rules are listed, so that an upload without results closes what was fixed.
 */
export const sarif: Format = {
  name: "sarif",
  description: "SARIF 2.1.0 for GitHub code scanning: active findings.",
  render(report) {
    const active = report.findings.filter(({ status }) => status === "active");
    const run = baseRun(report, active.slice(0, MAX_RESULTS));
    const left = active.length - MAX_RESULTS;
    return write(left > 0 ? { ...run, properties: { findingsLeftOut: left } } : run);
  },
};

/** SARIF 2.1.0 with everything: waived findings, taxonomies, what passed and what was not assessed. */
export const sarifFull: Format = {
  name: "sarif-full",
  description: "SARIF 2.1.0 with waivers, controls and passed checks, for archives.",
  render: (report) => write(completeRun(baseRun(report, report.findings), report)),
};

function write(run: Run): string {
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function baseRun(report: Report, findings: readonly Finding[]): Run {
  const { header, coverage } = report;
  const indices = new Map(report.rules.map(({ id }, index) => [id, index]));
  const repository = safeUrl(header.repository);
  return {
    tool: {
      driver: {
        name: header.tool.name,
        semanticVersion: header.tool.version,
        informationUri: "https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit",
        rules: report.rules.map((rule) => toDescriptor(rule, report)),
      },
    },
    automationDetails: { id: `${header.tool.name}/` },
    ...(repository === undefined
      ? {}
      : {
          versionControlProvenance: [
            {
              repositoryUri: repository,
              ...(header.commit === undefined ? {} : { revisionId: header.commit }),
              ...(header.branch === undefined ? {} : { branch: jsonText(header.branch) }),
              mappedTo: { uriBaseId: "SRCROOT" },
            },
          ],
        }),
    originalUriBaseIds: {
      SRCROOT: { description: { text: "The folder that ESLint ran in." } },
    },
    invocations: [
      {
        executionSuccessful: report.verdict.status !== "unknown",
        startTimeUtc: header.started,
        endTimeUtc: header.finished,
        properties: { rules: jsonText(sayRules(header)) },
        toolExecutionNotifications: coverage.notAnalysed.map(({ file, reason, relevant }) => ({
          level: relevant ? "error" : "note",
          message: { text: `Not analysed: ${jsonText(reason)}` },
          locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
        })),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => toResult(finding, indices.get(finding.rule) ?? -1)),
  };
}

function toDescriptor(rule: RuleReport, report: Report): ReportingDescriptor {
  const text = truncate(jsonText(rule.description) || rule.id, MAX_TEXT);
  const helpUri = safeUrl(rule.url);
  const coverage = report.coverage.rules.find((one) => one.rule === rule.id);
  const level = coverage?.settings[0]?.level ?? "error";
  return {
    id: jsonText(rule.id),
    name: toPascalCase(rule.id),
    shortDescription: { text: asSentence(text) },
    fullDescription: { text: asSentence(text) },
    help: {
      text: helpUri === undefined ? asSentence(text) : `${asSentence(text)} See ${helpUri}`,
      markdown: helpText(rule, report),
    },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: {
      level: level === "warn" ? "warning" : "error",
      ...(coverage === undefined ? {} : { enabled: coverage.on > 0 }),
    },
    properties: {
      tags: tagsOf(rule, report),
      precision: rule.mappedByCwe ? "medium" : "high",
      "problem.severity": level === "warn" ? "warning" : "error",
      "security-severity": SECURITY_SEVERITIES[rule.severity],
    },
  };
}

/** `security`, the weaknesses, then controls of each framework in turn until there is no room. */
function tagsOf({ cwe, controls }: RuleReport, { frameworks }: Report): string[] {
  const tags = new Set(["security", ...cwe.map((id) => `external/cwe/${id.toLowerCase()}`)]);
  const perFramework = frameworks
    .filter(({ id }) => id !== "cwe")
    .map(({ id }) => controls.filter(({ framework }) => framework === id));
  for (
    let round = 0;
    tags.size < MAX_TAGS && perFramework.some((one) => one.length > round);
    round++
  ) {
    for (const refs of perFramework) {
      const ref = refs[round];
      if (ref !== undefined && tags.size < MAX_TAGS) tags.add(`${ref.framework}/${ref.control}`);
    }
  }
  return [...tags].slice(0, MAX_TAGS);
}

function helpText({ description, url, controls, cwe, rfc }: RuleReport, report: Report): string {
  const lines = [asSentence(jsonText(description))];
  const link = safeUrl(url);
  if (link !== undefined) lines.push(`[Documentation](${link})`);
  const sources = [...cwe, ...rfc];
  if (sources.length > 0) lines.push(`Rests on ${sources.join(", ")}.`);
  for (const framework of report.frameworks) {
    const ids = controls.filter((ref) => ref.framework === framework.id).map((ref) => ref.control);
    if (ids.length > 0) lines.push(`${framework.name}: ${ids.join(", ")}.`);
  }
  return lines.join("\n\n");
}

function toResult(finding: Finding, ruleIndex: number): Result {
  const { line, column, endLine, endColumn, note, message, fingerprint } = finding;
  const text = jsonText(note === undefined ? message : `${message} ${note}`);
  return {
    ruleId: jsonText(finding.rule),
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: finding.level === "error" ? "error" : "warning",
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(finding.file),
          region: {
            startLine: line,
            startColumn: column,
            endLine,
            endColumn: endLine === line ? Math.max(endColumn, column) : endColumn,
          },
        },
      },
    ],
    // Where the source may hold a key no hash of it is given away; GitHub then computes its own.
    partialFingerprints: {
      "jwtAudit/v1": fingerprint,
      ...(finding.lineHash === undefined ? {} : { primaryLocationLineHash: finding.lineHash }),
    },
    properties: { severity: finding.severity },
  };
}

function artifact(file: string): { uri: string; uriBaseId?: string } {
  const uri = pathToUri(file);
  return uri.startsWith("file:") ? { uri } : { uri, uriBaseId: "SRCROOT" };
}

function asSentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

function toPascalCase(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") || "Rule";
}
