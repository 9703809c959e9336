/** The sections of the HTML report that say what its findings rest on. */
import type { Report, RuleCoverage } from "../report/types.ts";
import { table } from "./html-parts.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { count, placeOf, sayInlineChange } from "./words.ts";

const MAX_ROWS = 1_000;

export function coverageSection({ coverage, summary }: Report): Markup {
  const { files, notAnalysed, inlineConfig, ignored, source, checks, operations, rules } = coverage;
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">Coverage</h2>
    <p>
      ${count(files.linted, "file")} linted: ${files.production} of production code, ${files.test}
      of tests; ${files.withoutJwt} without any word about tokens.
      ${count(summary.operations, "JWT operation")} looked at.
    </p>
    ${notAnalysedTable(notAnalysed)}
    ${
      checks.length === 0
        ? undefined
        : table(
            "JWT operations that each rule looked at, in production code",
            [
              { head: "Rule" },
              { head: "Looked at", kind: "number" },
              { head: "Without a finding", kind: "number" },
              { head: "With one", kind: "number" },
              { head: "Out of sight", kind: "number" },
            ],
            checks.map(({ rule, looked, withoutFinding, withFinding, undecided }) => [
              html`<code>${rule}</code>`,
              looked,
              withoutFinding,
              withFinding,
              undecided,
            ]),
          )
    }
    ${
      operations.length === 0
        ? undefined
        : table(
            "JWT operations by library and kind",
            [
              { head: "Library" },
              { head: "Kind" },
              { head: "Calls", kind: "number" },
              { head: "Files", kind: "number" },
            ],
            operations.map(({ library, kind, count: calls, files: holders }) => [
              html`<code>${library}</code>`,
              kind,
              calls,
              holders,
            ]),
          )
    }
    ${source === "unknown" ? html`<p class="note">Which rules were on, and with which options, is not known.</p>` : rulesTable(rules)}
    <p>${INLINE[String(inlineConfig.allowed)]}</p>
    ${
      inlineConfig.changes.length === 0
        ? undefined
        : table(
            "Comments that change rules for a file",
            [{ head: "Where" }, { head: "Rule" }, { head: "Set to", kind: "wide" }],
            inlineConfig.changes
              .slice(0, MAX_ROWS)
              .map((change) => [
                html`<code>${placeOf(change)}</code>`,
                html`<code>${change.rule}</code>`,
                sayInlineChange(change),
              ]),
          )
    }
    ${ignored.length === 0 ? undefined : html`<p>Left out: ${ignored.map((pattern) => html`<code>${pattern}</code> `)}</p>`}
  </section>`;
}

const INLINE: Readonly<Record<string, string>> = {
  true: "Comments in the code may change which rules are on; those that did are listed.",
  false: "Comments in the code cannot change which rules are on.",
  unknown: "Whether comments in the code changed which rules were on is not known.",
};

function notAnalysedTable(files: Report["coverage"]["notAnalysed"]): Markup | undefined {
  if (files.length === 0) return undefined;
  const left = files.length - MAX_ROWS;
  return html`${table(
    "Files that were not analysed",
    [{ head: "File" }, { head: "Why", kind: "wide" }, { head: "May use tokens" }],
    files
      .slice(0, MAX_ROWS)
      .map(({ file, reason, relevant }) => [
        html`<code>${file}</code>`,
        reason,
        relevant ? "yes" : "no",
      ]),
  )}${left > 0 ? html`<p class="note">${count(left, "more file")} in the format JSON.</p>` : undefined}`;
}

function rulesTable(rules: readonly RuleCoverage[]): Markup {
  return table(
    "Rules, and in how many files of production code they were on",
    [
      { head: "Rule" },
      { head: "On in", kind: "number" },
      { head: "Of", kind: "number" },
      { head: "Options", kind: "wide" },
    ],
    rules.map(({ rule, on, of, reconfigured, settings }) => [
      html`<code>${rule}</code>`,
      reconfigured === 0
        ? on
        : html`${on}<br /><small>${reconfigured} with other options by a comment</small>`,
      of,
      html`${settings.map(
        ({ level, options, files }, index) =>
          html`${index > 0 ? html`<br />` : undefined}${level}${options.length === 0 ? "" : html` <code>${JSON.stringify(options)}</code>`}${settings.length > 1 ? ` in ${count(files, "file")}` : ""}`,
      )}`,
    ]),
  );
}

export function policySection({ policy: { gate }, verdict }: Report): Markup {
  const items = [
    gate.failOn === "none"
      ? "Findings do not fail the gate."
      : `The gate fails on: ${gate.failOn === "error" || gate.failOn === "warn" ? `level ${gate.failOn}` : `severity ${gate.failOn} or worse`}.`,
    gate.maxWarnings === undefined ? "" : `At most ${gate.maxWarnings} warnings are allowed.`,
    gate.minCoverage === undefined
      ? ""
      : `At least ${gate.minCoverage} % of files must be analysed.`,
    gate.newOnly ? "Only findings that are new since the baseline count." : "",
    gate.expiredWaivers === "fail"
      ? "A finding whose waiver has expired counts."
      : "A finding whose waiver has expired is said and does not count.",
    gate.requireRules.length === 0 ? "" : `Must be on: ${gate.requireRules.join(", ")}.`,
  ].filter((text) => text !== "");
  return html`<section aria-labelledby="policy">
    <h2 id="policy">Policy in force</h2>
    <ul>
      ${items.map((text) => html`<li>${text}</li>`)}
    </ul>
    <p>
      Exit code ${String(verdict.exitCode)}. 0 is passed, 1 is failed, 2 is could not assess.
      Options of rules are listed under coverage.
    </p>
  </section>`;
}

export function manualSection({ manual, frameworks }: Report): Markup | undefined {
  if (manual.length === 0) return undefined;
  const nameOf = (id: string): string =>
    frameworks.find((framework) => framework.id === id)?.name ?? id;
  return html`<section aria-labelledby="manual">
    <h2 id="manual">What has to be shown by other means</h2>
    <p>Reading code cannot answer these questions. They belong to the controls named.</p>
    <ul class="checklist">
      ${manual.map(
        ({ title, question, evidence, owner, controls }) =>
          html`<li>
            <span class="box" aria-hidden="true"></span><strong>${title}</strong>
            <p>${question}</p>
            <p class="soft">
              <small
                >To file: ${evidence} Usually known to: ${owner}.
                ${[...new Set(controls.map(({ framework }) => framework))].map(
                  (id) =>
                    `${nameOf(id)}: ${controls
                      .filter(({ framework }) => framework === id)
                      .map(({ control }) => control)
                      .join(", ")}. `,
                )}</small
              >
            </p>
          </li>`,
      )}
    </ul>
  </section>`;
}

export function methodSection({ method, header, integrity }: Report): Markup {
  const unknown = header.unknown.map((text) => html`<li>${text}</li>`);
  return html`<section aria-labelledby="method">
    <h2 id="method">Method and limits</h2>
    <ul>
      ${method.statements.map((text) => html`<li>${text}</li>`)}
    </ul>
    <h3>What static analysis cannot show</h3>
    <ul>
      ${method.limits.map((text) => html`<li>${text}</li>`)}
    </ul>
    ${
      unknown.length === 0
        ? undefined
        : html`<h3>What this run could not know</h3>
            <ul>
              ${unknown}
            </ul>`
    }
    <h3>Integrity</h3>
    <p>
      ${integrity.algorithm.toUpperCase()} of the report in the format JSON without its field
      <code>integrity</code>: <code>${integrity.digest}</code>
    </p>
    <p>
      Mapping <code>${header.digests.mapping}</code>${
        header.digests.configuration === undefined
          ? undefined
          : html`, configuration <code>${header.digests.configuration}</code>`
      }
    </p>
  </section>`;
}
