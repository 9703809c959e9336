/**
 * A statement of applicability: which controls of a framework an organisation applies, and why
 * (ISO/IEC 27001, clause 6.1.3 d). A report takes its scope from it.
 *
 * The form is published as schemas/statement-of-applicability.schema.json.
 */
import { readFileSync } from "node:fs";
import { findControlId, findFramework, nearestFramework } from "./find.ts";
import { frameworks as builtIn } from "./frameworks/index.ts";
import { Problems } from "./problems.ts";
import type { Json } from "./problems.ts";
import type { Framework } from "./types.ts";
import { describeUnknownControl } from "./unknown-control.ts";

export interface ApplicabilityEntry {
  readonly id: string;
  readonly applicable: boolean;
  readonly justification: string;
  readonly owner?: string;
  /** What was filed elsewhere: names of documents, links. */
  readonly evidence: readonly string[];
}

export interface StatementOfApplicability {
  readonly framework: Framework;
  readonly organisation?: string;
  readonly approvedBy?: string;
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  /** By the id of the control. */
  readonly entries: ReadonlyMap<string, ApplicabilityEntry>;
}

/** Reads a statement from a file. Throws a `ComplianceFileError` that names all that is wrong. */
export function loadStatementOfApplicability(
  file: string,
  frameworks: readonly Framework[] = builtIn,
): StatementOfApplicability {
  return readStatementOfApplicability(readFileSync(file, "utf8"), file, frameworks);
}

export function readStatementOfApplicability(
  json: string,
  file: string,
  frameworks: readonly Framework[] = builtIn,
): StatementOfApplicability {
  const problems = new Problems(file);
  const document = problems.parse(json);
  problems.keys(
    document,
    "",
    ["framework", "controls"],
    ["$schema", "organisation", "approvedBy", "date"],
  );
  const framework = readFrameworkName(document, problems, frameworks);
  const organisation = problems.text(document, "organisation", "");
  const approvedBy = problems.text(document, "approvedBy", "");
  const date = problems.text(document, "date", "");
  if (date !== undefined && !isDate(date)) {
    problems.add("date", `${JSON.stringify(date)} is no date. Write it as "2026-03-31".`);
  }
  const entries = readEntries(document, problems, framework);
  problems.done();
  if (framework === undefined) throw new TypeError("A missing framework is a problem.");
  return {
    framework,
    ...(organisation === undefined ? {} : { organisation }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(date === undefined ? {} : { date }),
    entries,
  };
}

function readFrameworkName(
  document: Json,
  problems: Problems,
  frameworks: readonly Framework[],
): Framework | undefined {
  const name = problems.text(document, "framework", "");
  if (name === undefined) return undefined;
  const framework = findFramework(name, frameworks);
  if (framework === undefined) {
    const meant = nearestFramework(name, frameworks);
    const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
    const known = frameworks.map(({ id }) => id).join(", ");
    problems.add(
      "framework",
      `${JSON.stringify(name)} is no framework. Known are ${known}.${hint}`,
    );
  }
  return framework;
}

function readEntries(
  document: Json,
  problems: Problems,
  framework: Framework | undefined,
): Map<string, ApplicabilityEntry> {
  const entries = new Map<string, ApplicabilityEntry>();
  for (const [object, path] of problems.objects(document, "controls", "")) {
    problems.keys(object, path, ["id", "applicable", "justification"], ["owner", "evidence"]);
    const { applicable } = object;
    if (applicable !== undefined && typeof applicable !== "boolean") {
      problems.add(`${path}.applicable`, "It is true or false.");
    }
    const written = problems.text(object, "id", path);
    const justification = problems.text(object, "justification", path) ?? "";
    const owner = problems.text(object, "owner", path);
    const evidence = problems.texts(object, "evidence", path);
    if (written === undefined || framework === undefined) continue;
    const id = findControlId(framework, written);
    if (id === undefined) {
      problems.add(`${path}.id`, describeUnknownControl(framework, written));
      continue;
    }
    if (entries.has(id)) problems.add(`${path}.id`, `${id} stands here a second time.`);
    entries.set(id, {
      id,
      applicable: applicable === true,
      justification,
      ...(owner === undefined ? {} : { owner }),
      evidence,
    });
  }
  return entries;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
