import type { Report } from "../report/types.ts";
import { coverageSection, manualSection, methodSection, policySection } from "./html-evidence.ts";
import { anchor, link, VERDICT_TONES } from "./html-parts.ts";
import {
  changesSection,
  controlsSection,
  findingsSection,
  partsSection,
  waiversSection,
} from "./html-sections.ts";
import { STYLE } from "./html-style.ts";
import { html, Markup } from "./markup.ts";
import type { Format } from "./types.ts";
import { commitOf, instant, sayRules, VERDICTS } from "./words.ts";

/** One file to open, print and file: no scripts, no addresses that it loads from. */
export const htmlFormat: Format = {
  name: "html",
  description: "One self-contained page, for reading, printing and filing.",
  render: (report) => `${page(report).text.trimEnd()}\n`,
};

function page(report: Report): Markup {
  const { header, frameworks, verdict } = report;
  const title = `JWT audit of ${header.project}`;
  // Nothing may be loaded or run, whatever a name of a file manages to say.
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}: ${VERDICTS[verdict.status]}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">To the findings</a>
        <header>
          <h1>${title}</h1>
          <ul class="facts">
            ${facts(report).map((fact) => html`<li>${fact}</li>`)}
          </ul>
        </header>
        <main id="main">
          ${verdictBox(report)} ${cards(report)}
          <nav aria-label="Contents">
            <ul>
              ${frameworks.map(
                ({ id, name }) => html`<li><a href="#${anchor("framework", id)}">${name}</a></li>`,
              )}${SECTIONS.filter(([id]) => id !== "changes" || report.changes !== undefined).map(
                ([id, name]) => html`<li><a href="#${id}">${name}</a></li>`,
              )}
            </ul>
          </nav>
          ${partsSection(report)} ${frameworks.map(controlsSection)} ${findingsSection(report)}
          ${changesSection(report)} ${waiversSection(report)} ${coverageSection(report)}
          ${policySection(report)} ${manualSection(report)} ${methodSection(report)}
        </main>
        <footer>Written by ${header.tool.name} ${header.tool.version}.</footer>
      </body>
    </html> `;
}

const SECTIONS = [
  ["findings", "Findings"],
  ["changes", "Changes"],
  ["waivers", "Waivers"],
  ["coverage", "Coverage"],
  ["policy", "Policy"],
  ["manual", "Checklist"],
  ["method", "Method and limits"],
] as const;

function facts({ header }: Report): (string | Markup)[] {
  const { branch, run, tool, repository } = header;
  const commit = commitOf(header);
  return [
    instant(header.finished),
    ...(commit === undefined ? [] : [`Commit ${commit}`]),
    ...(branch === undefined ? [] : [`Branch ${branch}`]),
    ...(repository === undefined ? [] : [link(repository, "Repository")]),
    ...(run === undefined
      ? []
      : [link(run.url, run.actor === undefined ? run.provider : `${run.provider}, ${run.actor}`)]),
    sayRules(header).replace(/^r/u, "R"),
    `${tool.name} ${tool.version}, ESLint ${tool.eslint}, Node ${tool.node}`,
  ];
}

function verdictBox({ verdict }: Report): Markup {
  const [first, ...others] = verdict.reasons;
  const rest = others.map(({ text }) => html`<p>${text}</p>`);
  return html`<section class="verdict ${VERDICT_TONES[verdict.status]}" aria-label="Verdict">
    <p><strong>${VERDICTS[verdict.status]}.</strong> ${first?.text}</p>
    ${rest}
    <p class="soft">${verdict.meaning}</p>
  </section>`;
}

function cards({ summary: { findings, bySeverity, operations, files, waivers } }: Report): Markup {
  const open = waivers.expired + waivers.unjustified;
  const items: (readonly [number, string])[] = [
    [findings.afterWaivers, "active findings"],
    [bySeverity.critical + bySeverity.high, "of them critical or high"],
    [findings.waived, `waived of ${findings.beforeWaivers}`],
    [open, "waivers expired or without what they need"],
    [operations, "JWT operations looked at"],
    [files, "files linted"],
  ];
  return html`<ul class="cards">
    ${items.map(([number, text]) => html`<li><b>${number}</b><span>${text}</span></li>`)}
  </ul>`;
}
