/**
 * `jwt-audit.waivers.json`: waivers that stand beside the code instead of in it, for findings that
 * no comment covers and for those that ESLint's bulk suppressions hide without a word.
 *
 * Its schema is `schemas/waivers.schema.json`; this reader says the same in sentences.
 */
import { isRuleName, ruleNames } from "../compliance/findings.ts";
import { Problems } from "../compliance/problems.ts";
import type { Json } from "../compliance/problems.ts";
import { didYouMean } from "../compliance/suggest.ts";
import { isDay } from "./clock.ts";
import { mask } from "./mask.ts";

export const WAIVER_FILE = "jwt-audit.waivers.json";

export interface FiledWaiver {
  /** The name in this plugin, or the whole id of another plugin's rule. */
  readonly rule: string;
  readonly path?: string;
  readonly fingerprint?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly approver?: string;
  readonly ticket?: string;
  readonly created?: string;
  readonly expires?: string;
}

const PLACES = ["path", "fingerprint"] as const;
const TEXTS = ["reason", "owner", "approver", "ticket"] as const;
const DAYS = ["created", "expires"] as const;

/**
 * @param file how the file is called in messages
 * @throws ComplianceFileError that names all that is wrong
 */
export function readWaiverFile(text: string, file = WAIVER_FILE): FiledWaiver[] {
  const problems = new Problems(file);
  const document = problems.parse(text);
  problems.keys(document, "", ["waivers"], ["$schema"]);
  const waivers = problems
    .objects(document, "waivers", "")
    .map(([entry, path]) => readEntry(entry, path, problems));
  problems.done();
  return waivers;
}

function readEntry(entry: Json, path: string, problems: Problems): FiledWaiver {
  problems.keys(entry, path, ["rule"], [...PLACES, ...TEXTS, ...DAYS]);
  const waiver: Record<string, string> = { rule: readRule(entry, path, problems) };
  for (const key of PLACES) {
    const value = problems.text(entry, key, path);
    if (value !== undefined) waiver[key] = value;
  }
  for (const key of TEXTS) {
    const value = problems.text(entry, key, path);
    if (value !== undefined) waiver[key] = mask(value.trim());
  }
  for (const key of DAYS) {
    const value = problems.text(entry, key, path);
    if (value === undefined) continue;
    waiver[key] = value;
    if (!isDay(value)) {
      problems.add(
        `${path}.${key}`,
        `${JSON.stringify(value)} is no date. Write it as "2027-03-31".`,
      );
    }
  }
  if (PLACES.every((key) => entry[key] === undefined)) {
    problems.add(
      path,
      "A path or a fingerprint is missing. A rule that is wanted nowhere is turned off in the configuration of ESLint.",
    );
  }
  return waiver as unknown as FiledWaiver;
}

function readRule(entry: Json, path: string, problems: Problems): string {
  const written = problems.text(entry, "rule", path) ?? "";
  const name = written.replace(/^jwt-audit\//u, "");
  // The name of another plugin's rule cannot be checked.
  if (written !== "" && !isRuleName(name) && !name.includes("/")) {
    problems.add(
      `${path}.rule`,
      `${JSON.stringify(written)} is no rule.${didYouMean(name, ruleNames)}`,
    );
  }
  return name;
}
