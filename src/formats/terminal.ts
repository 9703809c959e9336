import type { Finding, FrameworkReport, Report, Status, VerdictStatus } from "../report/types.ts";
import type { Severity } from "../types.ts";
import { plain } from "./escape.ts";
import type { Format } from "./types.ts";
import {
  bySeverity,
  byStatus,
  commitOf,
  count,
  grouped,
  instant,
  placeOf,
  sayCheck,
  sayInlineChange,
  sayRules,
  STATUS_LABELS,
  STATUS_ORDER,
  VERDICTS,
} from "./words.ts";

const WIDTH = 80;
/** More than this nobody reads in a terminal. */
const MAX_FINDINGS = 100;
const MAX_LINES = 20;

type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";
type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
};

const VERDICT_STYLES: Readonly<Record<VerdictStatus, Style>> = {
  passed: "green",
  failed: "red",
  unknown: "yellow",
};

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  critical: "red",
  high: "red",
  medium: "yellow",
  low: "cyan",
  policy: "dim",
};

/** For people who look at a terminal: 80 columns, the verdict first and last. */
export const terminal: Format = {
  name: "terminal",
  description: "For reading in a terminal.",
  render(report, { colour = false } = {}) {
    const paint: Paint = (style, text) => {
      const [on, off] = CODES[style];
      return colour ? `\u001B[${on}m${text}\u001B[${off}m` : text;
    };
    const lines = [
      ...heading(report, paint),
      ...findings(report, paint),
      ...report.frameworks.flatMap((framework) => controls(framework, paint)),
      ...coverage(report, paint),
      ...waivers(report, paint),
      ...changes(report, paint),
      ...ending(report, paint),
    ];
    return `${lines.join("\n")}\n`;
  },
};

function heading({ header, summary, parts = [] }: Report, paint: Paint): string[] {
  const commit = commitOf(header);
  const facts = [
    instant(header.finished),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
    ...(header.branch === undefined ? [] : [`branch ${plain(header.branch)}`]),
    `${count(summary.files, "file")}, ${count(summary.operations, "JWT operation")}`,
    plain(sayRules(header)),
    `${header.tool.name} ${header.tool.version}`,
  ];
  const table = parts.map(({ project, verdict, findings: { afterWaivers } }) => {
    const name = cut(plain(project), 44).padEnd(44);
    return `  ${name}  ${VERDICTS[verdict].padEnd(16)}  ${count(afterWaivers, "finding")}`;
  });
  return [
    "",
    paint("bold", `JWT audit of ${plain(header.project)}`),
    ...wrap(facts.join(" · "), 0).map((line) => paint("dim", line)),
    ...(table.length === 0 ? [] : ["", ...table]),
  ];
}

function findings({ findings: all, summary }: Report, paint: Paint): string[] {
  const active = all.filter(({ status }) => status === "active");
  const { waived } = summary.findings;
  const title = `Findings: ${grouped(active.length)}${waived > 0 ? `, and ${grouped(waived)} waived` : ""}`;
  const lines = ["", underline(title, paint)];
  if (active.length === 0) return lines;
  const shown = active.toSorted(bySeverity).slice(0, MAX_FINDINGS).toSorted(byFileAndLine);
  let file = "";
  for (const finding of shown) {
    if (finding.file !== file) {
      file = finding.file;
      lines.push("", paint("bold", plain(file)));
    }
    lines.push(...sayFinding(finding, paint));
  }
  const rest = active.length - shown.length;
  if (rest > 0) {
    lines.push(
      "",
      `  ${grouped(rest)} more, less severe ones, are in the formats html, json and csv.`,
    );
  }
  return lines;
}

function sayFinding(finding: Finding, paint: Paint): string[] {
  const { line, column, severity, rule, message, note } = finding;
  const place = `${line}:${column}`.padEnd(8);
  return [
    `  ${place} ${paint(SEVERITY_STYLES[severity], severity.padEnd(8))} ${plain(rule)}`,
    ...wrap(plain(message), 11),
    ...(note === undefined ? [] : wrap(plain(note), 11).map((text) => paint("yellow", text))),
  ];
}

const STATUS_STYLES: Readonly<Partial<Record<Status, Style>>> = {
  fail: "red",
  warn: "yellow",
  partial: "yellow",
  waived: "cyan",
  "no-findings": "green",
};

function controls(framework: FrameworkReport, paint: Paint): string[] {
  const totals = STATUS_ORDER.filter((status) => framework.counts[status] > 0).map(
    (status) => `${framework.counts[status]} ${STATUS_LABELS[status]}`,
  );
  const told = framework.controls
    .filter(({ status }) => ["fail", "warn", "partial", "waived", "no-findings"].includes(status))
    .toSorted(byStatus);
  const shown = told.slice(0, MAX_LINES);
  const width = Math.max(0, ...shown.map(({ id }) => id.length));
  const lines = shown.map(({ id, title, status, afterWaivers, waived }) => {
    const number =
      afterWaivers > 0 ? grouped(afterWaivers) : waived > 0 ? `(${grouped(waived)})` : "";
    const label = paint(STATUS_STYLES[status] ?? "dim", STATUS_LABELS[status].padEnd(11));
    const room = WIDTH - 2 - 12 - width - 2 - 8;
    return `  ${label} ${plain(id).padEnd(width)}  ${cut(plain(title), room).padEnd(room)} ${number.padStart(6)}`;
  });
  const rest = told.length - shown.length;
  return [
    "",
    underline(plain(framework.name), paint),
    ...wrap(totals.join(" · "), 0),
    "",
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

function coverage(
  { coverage: { files, notAnalysed, checks, source, rules, ignored, inlineConfig } }: Report,
  paint: Paint,
): string[] {
  const lines = ["", underline("Coverage", paint)];
  const facts = [
    `${count(files.linted, "file")}: ${grouped(files.production)} of production code, ${grouped(files.test)} of tests; ${grouped(files.withoutJwt)} without any word about tokens`,
  ];
  if (source === "unknown") facts.push("which rules were on is not known");
  else {
    const on = rules.filter((rule) => rule.on > 0).length;
    facts.push(`${on} of ${count(rules.length, "rule")} on`);
  }
  lines.push(...wrap(`${facts.join("; ")}.`, 0));
  const told = checks.filter(({ withFinding, undecided }) => withFinding > 0 || undecided > 0);
  if (told.length > 0) lines.push("");
  for (const check of told.slice(0, MAX_LINES)) {
    lines.push(`  ${check.rule.padEnd(32)} ${sayCheck(check)}`);
  }
  for (const { file, reason } of notAnalysed.slice(0, MAX_LINES)) {
    lines.push(
      ...wrap(`Not analysed: ${plain(file)}. ${plain(reason)}`, 2).map((text) =>
        paint("yellow", text),
      ),
    );
  }
  if (ignored.length > 0) {
    const text = `Left out: ${ignored.map(plain).join("; ")}.`;
    lines.push(...wrap(text, 2).map((one) => paint("dim", one)));
  }
  if (notAnalysed.length > MAX_LINES) lines.push(`  and ${notAnalysed.length - MAX_LINES} more`);
  const { changes } = inlineConfig;
  for (const change of changes.slice(0, MAX_LINES)) {
    const text = `Changed by a comment: ${change.rule} in ${placeOf(change)}: ${sayInlineChange(change)}.`;
    const style = change.waiver === undefined ? "dim" : "yellow";
    lines.push(...wrap(plain(text), 2).map((one) => paint(style, one)));
  }
  if (changes.length > MAX_LINES) lines.push(`  and ${changes.length - MAX_LINES} more comments`);
  return lines;
}

function waivers({ waivers: all }: Report, paint: Paint): string[] {
  const told = all.filter(({ state }) => state !== "valid");
  if (all.length === 0) return [];
  const lines = ["", underline(`Waivers: ${grouped(all.length)}`, paint)];
  const valid = all.length - told.length;
  if (valid > 0) lines.push(`${count(valid, "waiver")} in order.`);
  for (const { state, rule, path, expires, owner, approver, problems } of told.slice(
    0,
    MAX_LINES,
  )) {
    const who = owner ?? approver;
    const end = state === "expiring" && expires !== undefined ? ` Ends on ${expires}.` : "";
    const text = `${state}: ${rule} in ${path}.${end}${who === undefined ? "" : ` Ask ${who}.`} ${problems.join(" ")}`;
    lines.push(...wrap(plain(text.trim()), 2, 4));
  }
  if (told.length > MAX_LINES) lines.push(`  and ${told.length - MAX_LINES} more`);
  return lines;
}

function changes({ changes: found }: Report, paint: Paint): string[] {
  if (found === undefined) return [];
  const since = found.baseline.commit?.slice(0, 10) ?? instant(found.baseline.finished);
  return [
    "",
    underline(`Since ${since}`, paint),
    `${found.new} new, ${found.fixed.length} fixed, ${found.unchanged} unchanged, ${found.newlyWaived.length} newly waived.`,
  ];
}

function ending({ verdict, header, manual }: Report, paint: Paint): string[] {
  const [first, ...others] = verdict.reasons;
  const lines = [
    "",
    ...wrap(`${VERDICTS[verdict.status]}: ${plain(first?.text ?? "")}`, 0).map((text) =>
      paint("bold", paint(VERDICT_STYLES[verdict.status], text)),
    ),
    ...others.flatMap(({ text }) => wrap(plain(text), 2)),
    ...wrap(verdict.meaning, 0).map((text) => paint("dim", text)),
  ];
  if (manual.length > 0) {
    const text = `${count(manual.length, "question")} that reading code cannot answer are in the formats html, markdown and json.`;
    lines.push(...wrap(text, 0).map((one) => paint("dim", one)));
  }
  for (const unknown of header.unknown) {
    lines.push(...wrap(`Not known: ${plain(unknown)}`, 0, 2).map((text) => paint("dim", text)));
  }
  return lines;
}

function underline(title: string, paint: Paint): string {
  return `${paint("bold", title)}\n${paint("dim", "─".repeat(Math.min(WIDTH, title.length)))}`;
}

/** Lines of at most 80 columns; a word that is longer is broken. */
function wrap(text: string, indent: number, hanging = indent): string[] {
  const lines: string[] = [];
  let line = "";
  const space = (): number => WIDTH - (lines.length === 0 ? indent : hanging);
  const end = (): void => {
    lines.push(" ".repeat(lines.length === 0 ? indent : hanging) + line);
    line = "";
  };
  for (let word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > space()) end();
    while (word.length > space()) {
      line = word.slice(0, space());
      word = word.slice(space());
      end();
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "" || lines.length === 0) end();
  return lines;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

function byFileAndLine(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
