/** The sections of the HTML report, in the order in which they are read. */
import type {
  ControlReport,
  Finding,
  FrameworkReport,
  Report,
  RuleReport,
} from "../report/types.ts";
import { anchor, chart, link, severityTag, statusTag, table, waiverTag } from "./html-parts.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { bySeverity, byStatus, count, grouped, instant, placeOf, VERDICTS } from "./words.ts";

/** A browser opens a page with this many rows at once; the other formats have no such limit. */
const MAX_FINDINGS = 2_000;
const MAX_FINDINGS_OF_RULE = 250;
const MAX_ROWS = 1_000;

export function partsSection({ parts: all = [] }: Report): Markup | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="parts">
    <h2 id="parts">Projects</h2>
    ${table(
      "The reports that this one was made of",
      [
        { head: "Project" },
        { head: "Gate" },
        { head: "Findings", kind: "number" },
        { head: "Waived", kind: "number" },
        { head: "Files", kind: "number" },
        { head: "Not analysed", kind: "number" },
        { head: "JWT operations", kind: "number" },
        { head: "Commit" },
      ],
      all.map(({ project, verdict, findings, files, notAnalysed, operations, commit }) => [
        html`<span class="id">${project}</span>`,
        VERDICTS[verdict],
        findings.afterWaivers,
        findings.waived,
        files,
        notAnalysed,
        operations,
        html`<code>${commit?.slice(0, 10)}</code>`,
      ]),
    )}
  </section>`;
}

export function controlsSection(framework: FrameworkReport): Markup {
  const { id, name, title, edition, publisher, url, unit, titles, notes, controls } = framework;
  const about = [title, edition === "" ? "" : `edition ${edition}`, publisher];
  const whose = titles === "ours" ? " The titles are ours." : "";
  const head = anchor("framework", id);
  return html`<section aria-labelledby="${head}">
    <h2 id="${head}">${name}</h2>
    <p class="soft">${link(url, about.filter((text) => text !== "").join(", "))}.${whose}</p>
    ${chart(framework)}
    ${table(
      `${name}: every ${unit} that rules or the run bear on`,
      [
        { head: unit.charAt(0).toUpperCase() + unit.slice(1), kind: "wide" },
        { head: "Status" },
        { head: "Findings", kind: "number" },
        { head: "Waived", kind: "number" },
        { head: "Why", kind: "wide" },
        { head: "Rules" },
      ],
      controls.toSorted(byStatus).map(controlRow),
    )}
    ${notes.map((note) => html`<p class="soft"><small>${note}</small></p>`)}
  </section>`;
}

function controlRow(control: ControlReport): (string | number | Markup | undefined)[] {
  const { id, title, qualifier, status, afterWaivers, waived, reason, strength, why } = control;
  const extra = qualifier === undefined ? strength : `${strength}, ${qualifier}`;
  return [
    html`<span class="id">${id}</span> ${title} <small>(${extra})</small>`,
    statusTag(status),
    afterWaivers,
    waived,
    html`${reason} <small class="why">${why}</small>`,
    rulesOf(control),
  ];
}

function rulesOf({ rules, contributing, mapped, status }: ControlReport): Markup | undefined {
  const all = [...rules, ...contributing, ...mapped];
  if (all.length === 0) return undefined;
  const isLinked = status === "fail" || status === "warn" || status === "waived";
  const names = all.map((rule, index) => {
    const comma = index < all.length - 1 ? ", " : "";
    return isLinked
      ? html`<a href="#${anchor("rule", rule)}"><code>${rule}</code></a
          >${comma}`
      : html`<code class="rule-name">${rule}</code>${comma}`;
  });
  return html`<details>
    <summary>${count(all.length, "rule")}</summary>
    ${names}
  </details>`;
}

export function findingsSection(report: Report): Markup {
  const { findings, rules, summary } = report;
  const shown = findings.toSorted(bySeverity).slice(0, MAX_FINDINGS);
  const byRule = new Map<string, Finding[]>();
  for (const finding of shown) {
    const group = byRule.get(finding.rule);
    if (group === undefined) byRule.set(finding.rule, [finding]);
    else group.push(finding);
  }
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const left = findings.length - shown.length;
  const rest =
    left > 0
      ? html`<p class="note">
          ${grouped(left)} more, waived or less severe ones, are in the formats JSON and CSV.
        </p>`
      : undefined;
  const groups = [...byRule].map(([rule, group]) =>
    ruleGroup(rule, known.get(rule), group, report),
  );
  return html`<section aria-labelledby="findings">
    <h2 id="findings">Findings</h2>
    <p>
      ${count(summary.findings.afterWaivers, "active finding")}, ${grouped(summary.findings.waived)}
      waived.
    </p>
    ${groups}${rest}
  </section>`;
}

function ruleGroup(
  id: string,
  rule: RuleReport | undefined,
  findings: readonly Finding[],
  { frameworks }: Report,
): Markup {
  const shown = findings.slice(0, MAX_FINDINGS_OF_RULE);
  const left = findings.length - shown.length;
  const controls = frameworks.flatMap((framework) => {
    const refs = (rule?.controls ?? []).filter((ref) => ref.framework === framework.id);
    return refs.length === 0
      ? []
      : [html`${framework.name}: ${refs.map(({ control }) => control).join(", ")}. `];
  });
  const sources = [...(rule?.cwe ?? []), ...(rule?.rfc ?? [])].join(", ");
  const mapped =
    rule?.mappedByCwe === true
      ? html`<span class="note">A rule of another plugin, mapped by its CWE alone.</span> `
      : undefined;
  return html`<div class="rule" id="${anchor("rule", id)}">
    <h3><code>${link(rule?.url, id)}</code> <span>${rule?.description}</span></h3>
    <p class="soft"><small>${mapped}${sources}${sources === "" ? "" : ". "}${controls}</small></p>
    ${table(
      `Findings of ${id}`,
      [
        { head: "Where", kind: "place" },
        { head: "Severity" },
        { head: "What follows, and what to do", kind: "wide" },
        { head: "Status" },
      ],
      shown.map(findingRow),
    )}
    ${left > 0 ? html`<p class="note">${count(left, "more finding")} of this rule.</p>` : undefined}
  </div>`;
}

function findingRow(finding: Finding): (string | Markup)[] {
  const { severity, message, suggestions, status, note, change, fingerprint, test } = finding;
  const edits = suggestions.map((edit) => html`<br /><small>Offered edit: ${edit}</small>`);
  const marks = [status, ...(change === "new" ? ["new"] : []), ...(test ? ["test code"] : [])];
  return [
    html`<code title="Fingerprint ${fingerprint}"
      >${finding.file}<span class="nowrap">:${String(finding.line)}</span></code
    >`,
    severityTag(severity),
    html`${message}${edits}`,
    note === undefined
      ? marks.join(", ")
      : html`${marks.join(", ")}<br /><span class="note">${note}</span>`,
  ];
}

export function changesSection({ changes, findings }: Report): Markup | undefined {
  if (changes === undefined) return undefined;
  const { baseline, fixed, newlyWaived, unchanged } = changes;
  const since = baseline.commit?.slice(0, 10) ?? instant(baseline.finished);
  const added = findings.filter(({ change }) => change === "new");
  const items = (
    title: string,
    all: readonly Pick<Finding, "rule" | "file" | "line">[],
  ): Markup | undefined =>
    all.length === 0
      ? undefined
      : html`<details>
          <summary>${title}</summary>
          <ul>
            ${all
              .slice(0, MAX_ROWS)
              .map((one) => html`<li><code>${placeOf(one)}</code> ${one.rule}</li>`)}
          </ul>
        </details>`;
  return html`<section aria-labelledby="changes">
    <h2 id="changes">Changes since ${since}</h2>
    <p>
      ${added.length} new, ${fixed.length} fixed, ${unchanged} unchanged, ${newlyWaived.length}
      newly waived.
    </p>
    ${items("New", added)}${items("Fixed", fixed)}
  </section>`;
}

export function waiversSection({ waivers, policy }: Report): Markup {
  const shown = waivers.slice(0, MAX_ROWS);
  const body =
    shown.length === 0
      ? html`<p>There are none.</p>`
      : table(
          "All waivers, with those that are not in order marked",
          [
            { head: "Where", kind: "wide" },
            { head: "State" },
            { head: "Findings", kind: "number" },
            { head: "Reason", kind: "wide" },
            { head: "Ticket" },
            { head: "Owner" },
            { head: "Approved by" },
            { head: "Last day" },
          ],
          shown.map((waiver) => [
            html`<code>${waiver.path}${waiver.line === undefined ? "" : `:${waiver.line}`}</code
              ><br /><small>${waiver.rule}, ${SOURCES[waiver.source]}</small>`,
            waiverTag(waiver.state),
            waiver.source === "inline" ? "not known" : waiver.findings,
            html`${waiver.reason}${waiver.problems.map((problem) => html` <span class="note">${problem}</span>`)}`,
            waiver.ticket,
            waiver.owner,
            waiver.approver,
            waiver.expires,
          ]),
        );
  const left = waivers.length - shown.length;
  const { requireJustification, requireTicket, requireApprover, requireExpiry, maxDays } =
    policy.waivers;
  const asked = [
    requireJustification ? "a reason" : "",
    requireTicket ? "a ticket" : "",
    requireApprover ? "an approver" : "",
    requireExpiry ? "a last day" : "",
    maxDays === undefined ? "" : `at most ${maxDays} days`,
  ].filter((text) => text !== "");
  return html`<section aria-labelledby="waivers">
    <h2 id="waivers">Waivers</h2>
    <p>
      ${asked.length === 0 ? "The policy asks for nothing." : `The policy asks for ${asked.join(", ")}.`}
      Last days are UTC days and still count.
    </p>
    ${body}${left > 0 ? html`<p class="note">${count(left, "more waiver")} in the format JSON.</p>` : undefined}
  </section>`;
}

const SOURCES = {
  directive: "comment in the code",
  inline: "comment in the code that changes the rule",
  bulk: "ESLint's bulk suppressions",
  file: "waiver file",
} as const;
