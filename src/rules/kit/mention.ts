import path from "node:path";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import type { Setting } from "../../analysis/operations/options.ts";
import type { Node } from "../../analysis/syntax.ts";

/** Where a finding is shown, and what the message says about where its cause was written. */
export interface Place {
  readonly node: Node;
  /** A sentence that begins with a space, or nothing when the cause is the place itself. */
  readonly origin: string;
}

/**
 * The place of a finding whose cause is `cause` and whose effect is at `effect`: the cause where it
 * stands in the linted file, else the effect with the cause's file and line.
 */
export function placeOf(analysis: Analysis, cause: Node, effect: Node, cwd: string): Place {
  const file = analysis.fileOf(cause);
  if (file === analysis.file) return { node: cause, origin: "" };
  const name = file.path === undefined ? "another file" : relativeName(file.path, cwd);
  return { node: effect, origin: ` It is written in ${name}:${String(cause.loc.start.line)}.` };
}

/**
 * The place of a finding about what a setting holds: the value where it was written, else the
 * setting, else, where the whole options object stands in another file, the call.
 */
export function placeOfSetting(
  analysis: Analysis,
  { node, options }: Instructions,
  setting: Setting,
  cause: Node,
  cwd: string,
): Place {
  const effect = [setting.valueNode, setting.node, options?.node].find(
    (one) => one !== undefined && analysis.fileOf(one) === analysis.file,
  );
  return placeOf(analysis, cause, effect ?? node, cwd);
}

/** A path as people write it: relative to the working directory, with forward slashes. */
function relativeName(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return (relative.startsWith("..") ? path.basename(file) : relative).split(path.sep).join("/");
}

/** Longer names are cut: a message is a sentence. */
const MAX_NAME = 60;

/**
 * A name of the program's own for a message. Only names go through here: identifiers, option names
 * and algorithm names, never the text of a key or a token.
 */
export function named(text: string): string {
  const plain = text.replaceAll(/\s+/gu, " ");
  return plain.length > MAX_NAME ? `${plain.slice(0, MAX_NAME - 1)}…` : plain;
}

/** `HS256 and RS256`; `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
