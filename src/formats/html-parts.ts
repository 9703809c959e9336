/** What several sections of the HTML report are made of. */
import type { Severity } from "../types.ts";
import type { FrameworkReport, Status, VerdictStatus, WaiverState } from "../report/types.ts";
import { safeUrl } from "./escape.ts";
import { html, Markup } from "./markup.ts";
import { STATUS_LABELS, STATUS_MEANINGS, STATUS_ORDER } from "./words.ts";

type Tone = "bad" | "warn" | "good" | "cool" | "mute";

export const VERDICT_TONES: Readonly<Record<VerdictStatus, Tone>> = {
  passed: "good",
  failed: "bad",
  unknown: "warn",
};

const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  fail: "bad",
  warn: "warn",
  partial: "warn",
  waived: "cool",
  "not-assessed": "mute",
  manual: "mute",
  "no-findings": "good",
  evidence: "cool",
  "not-applicable": "mute",
};

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  critical: "bad",
  high: "bad",
  medium: "warn",
  low: "cool",
  policy: "mute",
};

const WAIVER_TONES: Readonly<Record<WaiverState, Tone>> = {
  valid: "good",
  expiring: "warn",
  expired: "bad",
  unjustified: "bad",
  unused: "mute",
};

export function statusTag(status: Status): Markup {
  return tag(STATUS_LABELS[status], STATUS_TONES[status]);
}

export function severityTag(severity: Severity): Markup {
  return tag(severity, SEVERITY_TONES[severity]);
}

export function waiverTag(state: WaiverState): Markup {
  return tag(state, WAIVER_TONES[state]);
}

function tag(text: string, tone: Tone): Markup {
  return html`<span class="tag ${tone}">${text}</span>`;
}

export function link(url: string | undefined, text: string | Markup): Markup {
  const href = safeUrl(url);
  return href === undefined ? html`${text}` : html`<a href="${href}" rel="noreferrer">${text}</a>`;
}

/** A name for `id` and `href`, from a text that may hold anything. */
export function anchor(kind: string, text: string): string {
  const plain = text.replaceAll(/[^\w.-]+/gu, "_");
  return `${kind}-${plain}`;
}

export interface Column {
  readonly head: string;
  readonly kind?: "number" | "place" | "wide";
}

/**
 * A table that a narrow screen shows as a list. The first cell of a row names the row.
 *
 * @param caption says what the table is about, for those who jump from table to table
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | number | Markup | undefined)[])[],
): Markup {
  const heads = columns.map(
    ({ head, kind }) => html`<th scope="col" ${classOf(kind)}>${head}</th>`,
  );
  const body = rows.map((cells) => {
    const filled = cells.map((cell, index) => {
      const { head = "", kind } = columns[index] ?? {};
      return index === 0
        ? html`<th scope="row" ${classOf(kind)}>${cell}</th>`
        : html`<td data-label="${head}" ${classOf(kind)}>${cell}</td>`;
    });
    return html`<tr>
      ${filled}
    </tr> `;
  });
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table class="stack">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function classOf(kind: Column["kind"]): Markup | undefined {
  return kind === undefined ? undefined : new Markup(` class="${kind}"`);
}

/** A bar of all controls by status, with its numbers as text below. */
export function chart({ name, counts, controls }: FrameworkReport): Markup {
  const present = STATUS_ORDER.filter((status) => counts[status] > 0);
  const total = controls.length;
  const text = present.map((status) => `${counts[status]} ${STATUS_LABELS[status]}`).join(", ");
  let start = 0;
  const bars = present.map((status, index) => {
    const width = (counts[status] / total) * 1000;
    const gap = index < present.length - 1 ? Math.min(2, width / 2) : 0;
    const bar = `<rect class="${STATUS_TONES[status]}" x="${round(start)}" y="0" width="${round(width - gap)}" height="20" opacity="${opacity(status)}"/>`;
    start += width;
    return new Markup(bar);
  });
  const legend = present.map(
    (status) =>
      html`<li title="${STATUS_MEANINGS[status]}">
        ${swatch(status)}${counts[status]} ${STATUS_LABELS[status]}
      </li>`,
  );
  return html`<svg
      class="chart"
      viewBox="0 0 1000 20"
      preserveAspectRatio="none"
      role="img"
      aria-label="${name}: ${text}"
    >
      ${bars}
    </svg>
    <ul class="legend">
      ${legend}
    </ul>`;
}

function swatch(status: Status): Markup {
  return new Markup(
    `<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${STATUS_TONES[status]}" width="10" height="10" rx="2" opacity="${opacity(status)}"/></svg>`,
  );
}

/** Statuses of the same colour stand beside each other in different strengths. */
function opacity(status: Status): number {
  if (status === "partial" || status === "manual" || status === "evidence") return 0.65;
  return status === "not-applicable" ? 0.4 : 1;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
