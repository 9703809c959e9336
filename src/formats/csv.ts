import type { ControlReport, Finding, FrameworkReport, Report } from "../report/types.ts";
import { csvCell } from "./escape.ts";
import type { Format } from "./types.ts";

const COLUMNS = [
  "framework",
  "control",
  "title",
  "status",
  "strength",
  "before_waivers",
  "after_waivers",
  "reason",
  "rule",
  "mapped_by",
  "severity",
  "level",
  "file",
  "line",
  "column",
  "message",
  "finding_status",
  "waiver_reason",
  "waiver_ticket",
  "waiver_approver",
  "waiver_expires",
  "fingerprint",
  "commit",
  "finished",
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number>>;

/** RFC 4180: a row for each control and finding, and one for a control without any. */
export const csv: Format = {
  name: "csv",
  description: "One row for each control and finding, for spreadsheets and trackers.",
  render(report) {
    const lines = [COLUMNS.join(",")];
    const findings = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      const group = findings.get(finding.rule);
      if (group === undefined) findings.set(finding.rule, [finding]);
      else group.push(finding);
    }
    for (const framework of report.frameworks) {
      for (const control of framework.controls) {
        const rules = [...control.rules, ...control.contributing, ...control.mapped];
        const about = rules.flatMap((rule) => findings.get(rule) ?? []);
        for (const finding of about.length === 0 ? [undefined] : about) {
          const row = toRow(report, framework, control, finding);
          lines.push(COLUMNS.map((column) => csvCell(row[column])).join(","));
        }
      }
    }
    return `${lines.join("\r\n")}\r\n`;
  },
};

function toRow(
  { header, waivers }: Report,
  framework: FrameworkReport,
  control: ControlReport,
  finding: Finding | undefined,
): Row {
  const waiver = waivers.find(({ id }) => id === finding?.waiver);
  return {
    framework: framework.name,
    control: control.id,
    title: control.title,
    status: control.status,
    strength: control.strength,
    before_waivers: control.beforeWaivers,
    after_waivers: control.afterWaivers,
    reason: control.reason,
    rule: finding?.rule ?? "",
    mapped_by: finding === undefined ? "" : control.mapped.includes(finding.rule) ? "cwe" : "rule",
    severity: finding?.severity ?? "",
    level: finding?.level ?? "",
    file: finding?.file ?? "",
    line: finding?.line ?? "",
    column: finding?.column ?? "",
    message: finding?.message ?? "",
    finding_status: finding?.status ?? "",
    waiver_reason: waiver?.reason ?? "",
    waiver_ticket: waiver?.ticket ?? "",
    waiver_approver: waiver?.approver ?? "",
    waiver_expires: waiver?.expires ?? "",
    fingerprint: finding?.fingerprint ?? "",
    commit: header.commit ?? "",
    finished: header.finished,
  };
}
