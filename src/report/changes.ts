/** What changed since the report of an earlier run. */
import { Problems } from "../compliance/problems.ts";
import { isIntact } from "./integrity.ts";
import { SCHEMA_VERSION } from "./types.ts";
import type { Changes, Finding, Report } from "./types.ts";

/**
 * Reads a report that this package wrote.
 *
 * @throws ComplianceFileError if it is none, was changed after it was written, or is of a version that
 *   means something else
 */
export function readReport(text: string, file: string): Report {
  const problems = new Problems(file);
  const document = problems.parse(text);
  const { schemaVersion, header, findings } = document;
  if (typeof schemaVersion !== "string" || !Array.isArray(findings) || header === undefined) {
    problems.add("", "It is no report of this package. One is written with the format json.");
  } else if (majorOf(schemaVersion) !== majorOf(SCHEMA_VERSION)) {
    problems.add(
      "schemaVersion",
      `The report is of version ${schemaVersion}; this release reads ${majorOf(SCHEMA_VERSION)}.x.`,
    );
  } else if (!isIntact(document)) {
    problems.add(
      "",
      "It was changed after it was written: its content does not fit its digest. Make the report again.",
    );
  }
  problems.done();
  return document as unknown as Report;
}

/** Marks each finding as new or known, and says which have gone. */
export function compareWith(
  baseline: Report,
  findings: readonly Finding[],
): { readonly findings: readonly Finding[]; readonly changes: Changes } {
  const before = new Map(baseline.findings.map((finding) => [finding.fingerprint, finding]));
  const now = new Set(findings.map(({ fingerprint }) => fingerprint));
  const marked = findings.map((finding): Finding => ({
    ...finding,
    change: before.has(finding.fingerprint) ? "unchanged" : "new",
  }));
  const added = marked.filter(({ change }) => change === "new").length;
  const { commit, finished } = baseline.header;
  return {
    findings: marked,
    changes: {
      baseline: { ...(commit === undefined ? {} : { commit }), finished },
      new: added,
      unchanged: marked.length - added,
      newlyWaived: marked
        .filter(
          ({ fingerprint, status }) =>
            status === "waived" && before.get(fingerprint)?.status === "active",
        )
        .map(({ fingerprint }) => fingerprint),
      fixed: baseline.findings
        .filter(({ fingerprint }) => !now.has(fingerprint))
        .map(({ fingerprint, rule, file, line, message }) => ({
          fingerprint,
          rule,
          file,
          line,
          message,
        })),
    },
  };
}

function majorOf(version: string): string {
  return version.split(".", 1)[0] ?? "";
}
