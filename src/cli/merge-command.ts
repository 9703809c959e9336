/** `merge a.json b.json`: one report of the shards of a run, or of several repositories. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { findFramework } from "../compliance/index.ts";
import type { Framework } from "../compliance/index.ts";
import { mergeReports, readReport } from "../report/index.ts";
import type { Report, ReportConfig, Resolved } from "../report/index.ts";
import { UsageError } from "./usage-error.ts";

/**
 * @throws UsageError for a file that is missing, and for a report that is given twice
 * @throws ComplianceFileError for one that is no report, or was changed after it was written
 */
export function mergeCommand(
  names: readonly string[],
  options: ReportConfig,
  resolved: Resolved,
  cwd: string,
): Report {
  if (names.length < 2) {
    throw new UsageError("The command merge takes two or more reports in the format json.");
  }
  const reports = names.map((name) => read(name, cwd));
  refuseCopies(reports, names);
  const { policy, exclusions, baseline } = resolved;
  return mergeReports({
    reports,
    frameworks:
      options.frameworks.length > 0 ? resolved.frameworks : frameworksOf(reports, resolved),
    exclusions,
    policy,
    ...(baseline === undefined ? {} : { baseline }),
    ...(options.project === undefined ? {} : { project: options.project }),
  });
}

function read(name: string, cwd: string): Report {
  let text: string;
  try {
    text = readFileSync(path.resolve(cwd, name), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === "ENOENT"
        ? `There is no file ${JSON.stringify(name)}.`
        : `${name} cannot be read: ${code ?? String(error)}.`,
    );
  }
  return readReport(text, name);
}

/** Its files and operations would be counted twice. */
function refuseCopies(reports: readonly Report[], names: readonly string[]): void {
  const digests = reports.map(({ integrity }) => integrity.digest);
  for (const [index, digest] of digests.entries()) {
    const first = digests.indexOf(digest);
    if (first === index) continue;
    throw new UsageError(
      `${names[index] ?? ""} is the same report as ${names[first] ?? ""}. Give it once.`,
    );
  }
}

/** Those that the reports speak of; one of the program's own has to be named with its file. */
function frameworksOf(reports: readonly Report[], { frameworks }: Resolved): Framework[] {
  const ids = new Set(reports.flatMap((report) => report.frameworks.map(({ id }) => id)));
  const found = [...ids].map((id) => {
    const framework = findFramework(id) ?? frameworks.find((each) => each.id === id);
    if (framework !== undefined) return framework;
    throw new UsageError(
      `The framework ${JSON.stringify(id)} is none of the built-in ones. Name its file with --framework.`,
    );
  });
  return found;
}
