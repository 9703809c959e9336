import type { Finding, Report } from "../report/types.ts";
import { escapeMarkdown, markdownCode, safeUrl } from "./escape.ts";
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

/** GitHub takes 65,536 characters in a comment, and a job summary holds more than that. */
const MAX_LENGTH = 60_000;
const ROWS = [500, 200, 100, 50, 20, 5, 0];

/** For a comment on a pull request or the summary of a job; says what it had no room for. */
export const markdown: Format = {
  name: "markdown",
  description: "For a pull-request comment or a job summary, with a limit on its size.",
  render(report, { maxLength = MAX_LENGTH } = {}) {
    const active = report.findings.filter(({ status }) => status === "active");
    const worst = active.toSorted(bySeverity);
    for (const rows of ROWS) {
      const text = write(report, worst, rows);
      if (text.length <= maxLength) return text;
    }
    const note = "\n\nThe rest did not fit; it is in the formats html, json and csv.\n";
    const head = `${title(report)}\n`;
    return (head.slice(0, Math.max(0, maxLength - note.length)) + note).slice(0, maxLength);
  },
};

function write(report: Report, worst: readonly Finding[], rows: number): string {
  const sections = [
    title(report),
    parts(report, rows),
    ...report.frameworks.map((framework) => controls(framework, rows)),
    findings(worst, rows),
    waivers(report, rows),
    changes(report),
    coverage(report, rows),
    manual(report, rows),
    `<sub>${escapeMarkdown(report.header.unknown.join(" "))} Digest ${report.integrity.digest.slice(0, 16)}.</sub>`,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function title({ header, verdict, summary }: Report): string {
  const commit = commitOf(header);
  const link = safeUrl(header.run?.url);
  const facts = [
    instant(header.finished),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
    ...(header.branch === undefined ? [] : [`branch ${header.branch}`]),
    count(summary.files, "file"),
    count(summary.operations, "JWT operation"),
    sayRules(header),
    `${header.tool.name} ${header.tool.version}`,
  ].map(escapeMarkdown);
  if (link !== undefined) facts.push(`[run](${link.replaceAll(")", "%29")})`);
  const [first, ...others] = verdict.reasons.map(({ text }) => escapeMarkdown(text));
  return [
    `## JWT audit of ${escapeMarkdown(header.project)}`,
    facts.join(" · "),
    [`**${VERDICTS[verdict.status]}:** ${first ?? ""}`, ...others].join("\n"),
    verdict.meaning,
  ].join("\n\n");
}

function parts({ parts: all = [] }: Report, rows: number): string {
  if (all.length === 0) return "";
  return table(
    ["Project", "Gate", "Findings", "Waived", "Files", "JWT operations"],
    all.map(({ project, verdict, findings: counts, files, operations }) => [
      escapeMarkdown(project),
      VERDICTS[verdict],
      grouped(counts.afterWaivers),
      grouped(counts.waived),
      grouped(files),
      grouped(operations),
    ]),
    rows + 50,
  );
}

function controls(
  { name, counts, controls: all }: Report["frameworks"][number],
  rows: number,
): string {
  const totals = STATUS_ORDER.filter((status) => counts[status] > 0).map(
    (status) => `${counts[status]} ${STATUS_LABELS[status]}`,
  );
  const told = all
    .filter(({ status }) => !["manual", "evidence", "not-applicable"].includes(status))
    .toSorted(byStatus);
  return [
    `### ${escapeMarkdown(name)}`,
    `${totals.join(" · ")}.`,
    table(
      ["Status", "Control", "Findings", "Waived", "Why"],
      told.map(({ id, title: text, status, afterWaivers, waived, reason }) => [
        STATUS_LABELS[status],
        `**${escapeMarkdown(id)}** ${escapeMarkdown(text)}`,
        grouped(afterWaivers),
        grouped(waived),
        escapeMarkdown(reason),
      ]),
      Math.max(10, Math.min(rows, 100)),
    ),
  ].join("\n\n");
}

function findings(active: readonly Finding[], rows: number): string {
  if (active.length === 0) return "### Findings\n\nNone that is active.";
  return [
    `### ${count(active.length, "finding")}`,
    table(
      ["Severity", "Where", "Rule", "What and what to do"],
      active.slice(0, rows).map((finding) => row(finding)),
      rows,
      active.length,
    ),
  ].join("\n\n");
}

function row(finding: Finding): string[] {
  const { severity, rule, message, note, change } = finding;
  return [
    change === "new" ? `${severity}, new` : severity,
    markdownCode(placeOf(finding)),
    markdownCode(rule),
    escapeMarkdown(note === undefined ? message : `${message} ${note}`),
  ];
}

function waivers({ waivers: all }: Report, rows: number): string {
  if (all.length === 0) return "";
  const told = all.filter(({ state }) => state !== "valid");
  return [
    "### Waivers",
    `${grouped(all.length - told.length)} in order, ${grouped(told.length)} to look at.`,
    told.length === 0
      ? ""
      : table(
          ["State", "Rule", "Where", "Who", "Ends", "Why"],
          told.map(({ state, rule, path, owner, approver, expires, problems, reason }) => [
            state,
            markdownCode(rule),
            markdownCode(path),
            escapeMarkdown(owner ?? approver ?? ""),
            expires ?? "",
            escapeMarkdown(problems.join(" ") || (reason ?? "")),
          ]),
          rows,
        ),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function changes({ changes: found }: Report): string {
  if (found === undefined) return "";
  const since = found.baseline.commit?.slice(0, 10) ?? instant(found.baseline.finished);
  return `### Since ${escapeMarkdown(since)}\n\n${found.new} new, ${found.fixed.length} fixed, ${found.unchanged} unchanged, ${found.newlyWaived.length} newly waived.`;
}

function coverage(
  { coverage: { checks, notAnalysed, source, inlineConfig } }: Report,
  rows: number,
): string {
  const lines = ["### Coverage"];
  if (source === "unknown") lines.push("Which rules were on is not known.");
  if (checks.length > 0) {
    lines.push(
      table(
        ["Rule", "JWT operations"],
        checks.map((check) => [markdownCode(check.rule), sayCheck(check)]),
        Math.max(10, rows),
      ),
    );
  }
  if (notAnalysed.length > 0) {
    lines.push(
      `**${count(notAnalysed.length, "file")} not analysed**`,
      table(
        ["File", "Why"],
        notAnalysed.map(({ file, reason }) => [markdownCode(file), escapeMarkdown(reason)]),
        rows,
      ),
    );
  }
  const { changes: comments } = inlineConfig;
  if (comments.length > 0) {
    lines.push(
      `**${count(comments.length, "comment")} that ${comments.length === 1 ? "changes a rule" : "change rules"}**`,
      table(
        ["Where", "Rule", "Set to"],
        comments.map((change) => [
          markdownCode(placeOf(change)),
          markdownCode(change.rule),
          escapeMarkdown(sayInlineChange(change)),
        ]),
        rows,
      ),
    );
  }
  return lines.length === 1 ? "" : lines.join("\n\n");
}

function manual({ manual: entries }: Report, rows: number): string {
  if (entries.length === 0) return "";
  const shown = rows >= 50 ? entries : [];
  const items = shown.map(
    ({ title: text, question }) => `- [ ] **${escapeMarkdown(text)}** ${escapeMarkdown(question)}`,
  );
  return [
    "<details>",
    `<summary>${count(entries.length, "question")} that reading code cannot answer</summary>`,
    "",
    items.length === 0 ? "They are in the formats html and json." : items.join("\n"),
    "",
    "</details>",
  ].join("\n");
}

/** Tables that are cut say by how much. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  limit: number,
  total = rows.length,
): string {
  if (total === 0) return "";
  const rest = total - limit;
  const left = rest > 0 ? `${grouped(rest)} more rows are in the formats html, json and csv.` : "";
  if (limit <= 0) return left;
  const lines = [head, head.map(() => "---"), ...rows.slice(0, limit)].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return left === "" ? lines.join("\n") : `${lines.join("\n")}\n\n${left}`;
}
