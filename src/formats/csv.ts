import type { ControlReport, Finding, FrameworkReport, Report, Waiver } from "../report/types.ts";
import { csvCell } from "./escape.ts";
import type { Format } from "./types.ts";
import { sayRules } from "./words.ts";

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
  "rules_run",
] as const;

type Column = (typeof COLUMNS)[number];
type Cells = Readonly<Partial<Record<Column, string | number>>>;

/** Spreadsheets read 1,048,576 rows. */
const MAX_ROWS = 1_000_000;

/** Columns that are the same whatever control the finding stands under. */
const OF_FINDING = COLUMNS.slice(COLUMNS.indexOf("severity"));
const OF_CONTROL = COLUMNS.slice(0, COLUMNS.indexOf("severity"));

/** RFC 4180: a row for each control and finding, and one for a control without any. */
export const csv: Format = {
  name: "csv",
  description: "One row for each control and finding, for spreadsheets and trackers.",
  render(report) {
    const lines = [COLUMNS.join(",")];
    const byRule = new Map<string, { readonly rule: string; readonly line: string }[]>();
    const waivers = new Map(report.waivers.map((waiver) => [waiver.id, waiver]));
    for (const finding of report.findings) {
      const line = write(OF_FINDING, cellsOfFinding(finding, waivers, report));
      const group = byRule.get(finding.rule);
      if (group === undefined) byRule.set(finding.rule, [{ rule: finding.rule, line }]);
      else group.push({ rule: finding.rule, line });
    }
    const nothing = write(OF_FINDING, cellsOfRun(report));
    const controls = report.frameworks.reduce(
      (sum, framework) => sum + framework.controls.length,
      0,
    );
    const share = Math.floor(MAX_ROWS / Math.max(1, controls));
    for (const framework of report.frameworks) {
      for (const control of framework.controls) {
        const rules = [...control.rules, ...control.contributing, ...control.mapped];
        const all = rules.flatMap((rule) => byRule.get(rule) ?? []);
        const starts = new Map(
          rules.map((rule) => [rule, write(OF_CONTROL, cellsOfControl(framework, control, rule))]),
        );
        for (const { rule, line } of all.slice(0, share)) {
          lines.push(`${starts.get(rule) ?? ""},${line}`);
        }
        const left = all.length - share;
        if (left > 0) {
          const note = {
            ...cellsOfControl(framework, control),
            reason: `${left} more rows left out`,
          };
          lines.push(`${write(OF_CONTROL, note)},${nothing}`);
        } else if (all.length === 0) {
          lines.push(`${write(OF_CONTROL, cellsOfControl(framework, control))},${nothing}`);
        }
      }
    }
    return `${lines.join("\r\n")}\r\n`;
  },
};

function write(columns: readonly Column[], cells: Cells): string {
  return columns.map((column) => csvCell(cells[column] ?? "")).join(",");
}

function cellsOfControl(framework: FrameworkReport, control: ControlReport, rule?: string): Cells {
  return {
    framework: framework.name,
    control: control.id,
    title: control.title,
    status: control.status,
    strength: control.strength,
    before_waivers: control.beforeWaivers,
    after_waivers: control.afterWaivers,
    reason: control.reason,
    ...(rule === undefined
      ? {}
      : { rule, mapped_by: control.mapped.includes(rule) ? "cwe" : "rule" }),
  };
}

function cellsOfFinding(
  finding: Finding,
  waivers: ReadonlyMap<string, Waiver>,
  report: Report,
): Cells {
  const { reason, ticket, approver, expires } = waivers.get(finding.waiver ?? "") ?? {};
  const { severity, level, file, line, column, message, status, fingerprint } = finding;
  return {
    ...cellsOfRun(report),
    severity,
    level,
    file,
    line,
    column,
    message,
    finding_status: status,
    waiver_reason: reason ?? "",
    waiver_ticket: ticket ?? "",
    waiver_approver: approver ?? "",
    waiver_expires: expires ?? "",
    fingerprint,
  };
}

function cellsOfRun({ header }: Report): Cells {
  return { commit: header.commit ?? "", finished: header.finished, rules_run: sayRules(header) };
}
