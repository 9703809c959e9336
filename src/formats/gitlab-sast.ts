import type { Severity } from "../types.ts";
import type { Finding, Report, RuleReport } from "../report/types.ts";
import { jsonText, truncate } from "./escape.ts";
import type { Format } from "./types.ts";
import { sayRules } from "./words.ts";
import { uuid } from "./uuid.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  policy: "Info",
};

/** GitLab's limits for a name and for a text. */
const NAME = 255;
const TEXT = 7_000;
/** GitLab keeps no more of a finding. */
const MAX_IDENTIFIERS = 20;

/** GitLab SAST report 15.2.1. Waived findings are left out; the rules that ran are listed. */
export const gitlabSast: Format = {
  name: "gitlab-sast",
  description: "GitLab SAST report, for merge requests and the vulnerability page.",
  render(report) {
    const { header, verdict } = report;
    const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
    const tool = {
      id: header.tool.name,
      name: header.tool.name,
      url: "https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit",
      vendor: { name: header.tool.name },
      version: header.tool.version,
    };
    const isBlind =
      verdict.status === "unknown" && report.summary.files === report.coverage.notAnalysed.length;
    const document = {
      version: "15.2.1",
      scan: {
        analyzer: tool,
        scanner: tool,
        type: "sast",
        start_time: header.started.replace("Z", ""),
        end_time: header.finished.replace("Z", ""),
        messages: [{ level: "info", value: jsonText(sayRules(header)) }],
        status: isBlind ? "failure" : "success",
        primary_identifiers: report.rules.map(identifierOf),
      },
      vulnerabilities: report.findings
        .filter(({ status }) => status === "active")
        .map((finding) => toVulnerability(finding, rules.get(finding.rule), report)),
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};

function toVulnerability(
  finding: Finding,
  rule: RuleReport | undefined,
  report: Report,
): Readonly<Record<string, unknown>> {
  const { message, suggestions, note, file, line, endLine } = finding;
  const controls = (rule?.controls ?? []).map(({ framework, control }) => ({
    type: framework,
    name: `${nameOf(framework, report)} ${control}`,
    value: control,
  }));
  const weaknesses = (rule?.cwe ?? []).map((id) => ({
    type: "cwe",
    name: id,
    value: id.replace("CWE-", ""),
    url: `https://cwe.mitre.org/data/definitions/${id.replace("CWE-", "")}.html`,
  }));
  return {
    id: uuid("gitlab", finding.fingerprint, file, String(line), String(finding.column)),
    name: truncate(jsonText(rule?.description ?? finding.rule) || finding.rule, NAME),
    description: truncate(jsonText(note === undefined ? message : `${message} ${note}`), TEXT),
    severity: SEVERITIES[finding.severity],
    ...(suggestions.length === 0
      ? {}
      : { solution: truncate(jsonText(suggestions.join("\n")), TEXT) }),
    location: { file: jsonText(file), start_line: line, end_line: endLine },
    identifiers: [
      ...(rule === undefined
        ? [{ type: "eslint_rule_id", name: finding.rule, value: finding.rule }]
        : [identifierOf(rule)]),
      ...weaknesses,
      ...controls.filter(({ type }) => type !== "cwe"),
    ].slice(0, MAX_IDENTIFIERS),
    tracking: {
      type: "source",
      items: [
        {
          file: jsonText(file),
          start_line: line,
          end_line: endLine,
          signatures: [{ algorithm: "hash", value: finding.fingerprint }],
        },
      ],
    },
  };
}

function identifierOf({ id, url }: RuleReport): Readonly<Record<string, string>> {
  return {
    type: "eslint_rule_id",
    name: jsonText(id),
    value: jsonText(id),
    ...(url?.startsWith("https://") === true ? { url } : {}),
  };
}

function nameOf(framework: string, { frameworks }: Report): string {
  return frameworks.find(({ id }) => id === framework)?.name ?? framework;
}
