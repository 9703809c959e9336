/** Finds frameworks and controls by what people type. */
import { frameworks as builtIn } from "./frameworks/index.ts";
import { nearest } from "./suggest.ts";
import type { Control, Framework } from "./types.ts";

/** A framework by its id, an alias or its name; only letters and digits count. */
export function findFramework(
  text: string,
  frameworks: readonly Framework[] = builtIn,
): Framework | undefined {
  const wanted = squeeze(text);
  return frameworks.find(({ id, aliases, name }) =>
    [id, name, ...aliases].some((candidate) => squeeze(candidate) === wanted),
  );
}

/** The id of the framework that was most likely meant. */
export function nearestFramework(
  text: string,
  frameworks: readonly Framework[] = builtIn,
): string | undefined {
  const byName = new Map(
    frameworks.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id] as const)),
  );
  return byName.get(nearest(text, byName.keys()) ?? "");
}

/**
 * The id of a control in the publisher's spelling: `8.24`, `a.8.24` and `A 8.24` are `A.8.24`,
 * `v5.0.0-9.1.2` is `V9.1.2`. `undefined` if the framework has no such control.
 */
export function findControlId(framework: Framework, text: string): string | undefined {
  const wanted = plain(text);
  const known = idsOf(framework).find((id) => spellings(id).includes(wanted));
  if (known !== undefined || framework.catalogue !== undefined) return known;
  // The list of its ids is not known here: what has the form of one is taken for one.
  const spelled = text.trim();
  return framework.idPattern.test(spelled) ? spelled : undefined;
}

/** The ids below a heading: `A.9.1` of ISO/IEC 27001:2013, `CC6` of SOC 2, `V9` of ASVS. */
export function findGroup(framework: Framework, text: string): readonly string[] {
  const wanted = plain(text);
  if (wanted === "") return [];
  return idsOf(framework).filter((id) =>
    spellings(id).some((spelling) => spelling.startsWith(`${wanted}.`)),
  );
}

export function controlOf(framework: Framework, id: string): Control | undefined {
  return framework.controls.find((control) => control.id === id);
}

/** Every id that is known: the whole list where there is one, else what is mapped. */
export function idsOf({ catalogue, controls, notMapped = {} }: Framework): readonly string[] {
  return catalogue ?? [...controls.map(({ id }) => id), ...Object.keys(notMapped)];
}

function squeeze(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "");
}

/** How an id may be written: in full, without the dot of `A.`, or without its prefix. */
function spellings(id: string): string[] {
  const full = plain(id);
  return [full, full.replace(/^a\./u, "a"), full.replace(/^(?:a\.|v|article)(?=\d)/u, "")];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/gu, "")
    .replace(/^(?:sections?|requirement|control|criterion|§)/u, "")
    .replace(/^v\d\.\d\.\d-/u, "v")
    .replace(/^art(?:icle)?\.?(?=\d)/u, "article");
}
