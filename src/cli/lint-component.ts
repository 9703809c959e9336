/** Lints the scripts of a component as one file. */
import { milderOf } from "../report/index.ts";
import type { Inspection } from "../report/index.ts";
import type { ComponentScripts } from "./component-scripts.ts";
import type { FileLinter, LintedFile } from "./lint-file.ts";

type Linted = Extract<LintedFile, { readonly kind: "linted" }>;

/** @returns undefined for a component without a script; if one script fails, the component does */
export async function lintScripts(
  linter: FileLinter,
  file: string,
  { scripts, foreign }: ComponentScripts,
  test: boolean,
): Promise<LintedFile | undefined> {
  const [language] = foreign;
  if (language !== undefined) {
    return {
      kind: "failed",
      reason: `Its script is in ${JSON.stringify(language)}, which is not read.`,
    };
  }
  let merged: Linted | undefined;
  for (const { text, extension } of scripts) {
    const outcome = await linter.lint(file, text, test, `${file}${extension}`);
    if (outcome.kind === "failed") return outcome;
    merged = merged === undefined ? outcome : merge(merged, outcome);
  }
  return merged;
}

function merge(one: Linted, other: Linted): Linted {
  return {
    kind: "linted",
    messages: [...one.messages, ...other.messages],
    suppressed: [...one.suppressed, ...other.suppressed],
    inspection: mergeInspections(one.inspection, other.inspection),
  };
}

/** A comment about a rule counts for one script, and the rule in the component as it does there. */
function mergeInspections(one: Inspection, other: Inspection): Inspection {
  const failure = one.failure ?? other.failure;
  return {
    ...one,
    passesGate: one.passesGate || other.passesGate,
    rules: new Map(
      [...new Set([...one.rules.keys(), ...other.rules.keys()])].flatMap((name) => {
        const state = milderOf(one.rules.get(name), other.rules.get(name));
        return state === undefined ? [] : [[name, state] as const];
      }),
    ),
    operations: [...one.operations, ...other.operations],
    inlineChanges: [...one.inlineChanges, ...other.inlineChanges],
    ...(failure === undefined ? {} : { failure }),
  };
}
