import type { ControlReport, Finding, FrameworkReport, Report } from "../report/types.ts";
import { escapeMarkup } from "./escape.ts";
import type { Format } from "./types.ts";
import { commitOf, placeOf, sayRules, STATUS_LABELS } from "./words.ts";

/** How many findings one test case tells. The rest stands in the other formats. */
const MAX_FINDINGS = 50;

/** A suite for each framework and a test case for each control: CI shows what passed and what not. */
export const junit: Format = {
  name: "junit",
  description: "JUnit XML: a test case for each control.",
  render(report) {
    const suites = report.frameworks.map((framework) => suite(framework, report));
    const sum = (read: (one: Suite) => number): number =>
      suites.reduce((total, one) => total + read(one), 0);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({
        name: `JWT audit of ${report.header.project}`,
        tests: sum(({ tests }) => tests),
        failures: sum(({ failures }) => failures),
        errors: sum(({ errors }) => errors),
        skipped: sum(({ skipped }) => skipped),
      })}>`,
      ...suites.map(({ text }) => text),
      "</testsuites>",
      "",
    ].join("\n");
  },
};

interface Suite {
  readonly text: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function suite(framework: FrameworkReport, report: Report): Suite {
  const cases = framework.controls.map((control) => testCase(control, framework, report));
  const failures = framework.counts.fail + framework.counts.warn;
  const passed = framework.counts["no-findings"] + framework.counts.evidence;
  const unread = report.coverage.notAnalysed.filter(({ relevant }) => relevant);
  const errors = unread.map(({ file, reason }) =>
    [
      `    <testcase${attributes({ classname: framework.id, name: `Read ${file}` })}>`,
      `      <error${attributes({ message: reason })}/>`,
      "    </testcase>",
    ].join("\n"),
  );
  const tests = cases.length + errors.length;
  const counts = {
    tests,
    failures,
    errors: errors.length,
    skipped: cases.length - failures - passed,
  };
  const { header } = report;
  const properties = {
    tool: `${header.tool.name} ${header.tool.version}`,
    commit: commitOf(header, 40) ?? "",
    rules: sayRules(header),
    mapping: header.digests.mapping,
    configuration: header.digests.configuration ?? "",
    edition: framework.edition,
  };
  return {
    ...counts,
    text: [
      `  <testsuite${attributes({ name: framework.name, ...counts, timestamp: header.finished.replace("Z", "") })}>`,
      "    <properties>",
      ...Object.entries(properties)
        .filter(([, value]) => value !== "")
        .map(([name, value]) => `      <property${attributes({ name, value })}/>`),
      "    </properties>",
      ...cases,
      ...errors,
      "  </testsuite>",
    ].join("\n"),
  };
}

function testCase(control: ControlReport, framework: FrameworkReport, report: Report): string {
  const { id, title, status, reason } = control;
  const start = `    <testcase${attributes({ classname: framework.id, name: `${id} ${title}` })}`;
  if (status === "no-findings" || status === "evidence") return `${start}/>`;
  if (status !== "fail" && status !== "warn") {
    const message = `${STATUS_LABELS[status]}: ${reason}`;
    return `${start}>\n      <skipped${attributes({ message })}/>\n    </testcase>`;
  }
  const rules = new Set([...control.rules, ...control.contributing, ...control.mapped]);
  const active = report.findings.filter(
    (finding) => finding.status === "active" && rules.has(finding.rule),
  );
  const rest = active.length - MAX_FINDINGS;
  const lines = active.slice(0, MAX_FINDINGS).map((finding) => escapeMarkup(sayFinding(finding)));
  if (rest > 0) lines.push(`and ${rest} more`);
  return [
    `${start}>`,
    `      <failure${attributes({ message: reason, type: status })}>${lines.join("\n")}</failure>`,
    "    </testcase>",
  ].join("\n");
}

function sayFinding(finding: Finding): string {
  const note = finding.note === undefined ? "" : ` (${finding.note})`;
  return `${placeOf(finding)} ${finding.severity} ${finding.rule}: ${finding.message}${note}`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join("");
}
