/** Lints with the project's own configuration of ESLint. */
import { existsSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import type { ReportInput } from "../report/index.ts";
import { UsageError } from "./usage-error.ts";

type Linted = Pick<ReportInput, "results" | "rulesMeta" | "configFor" | "unknown">;

const SUPPRESSIONS = "eslint-suppressions.json";

/** @throws UsageError if ESLint finds no configuration, or no file */
export async function lintWithOwnConfig(paths: readonly string[], cwd: string): Promise<Linted> {
  const { eslint, suppresses } = create(cwd);
  let results: ESLint.LintResult[];
  try {
    results = await eslint.lintFiles([...paths]);
  } catch (error) {
    throw new UsageError(sayFailure(error));
  }
  const unknown = ["Which files the configuration of ESLint leaves out."];
  if (!suppresses && existsSync(path.join(cwd, SUPPRESSIONS))) {
    unknown.push(
      `ESLint ${ESLint.version} does not read ${SUPPRESSIONS} here: findings that it hides count as active.`,
    );
  }
  return {
    results,
    rulesMeta: eslint.getRulesMetaForResults(results),
    configFor: (file) => eslint.calculateConfigForFile(file) as Promise<unknown>,
    unknown,
  };
}

/** Older releases refuse the option. */
function create(cwd: string): { readonly eslint: ESLint; readonly suppresses: boolean } {
  try {
    const options = { cwd, applySuppressions: true };
    return { eslint: new ESLint(options), suppresses: true };
  } catch {
    return { eslint: new ESLint({ cwd }), suppresses: false };
  }
}

function sayFailure(error: unknown): string {
  const { message, messageTemplate } = error as Error & { readonly messageTemplate?: string };
  const [line = ""] = message.split("\n", 1);
  return messageTemplate === "config-file-missing" || line.includes("eslint.config")
    ? `ESLint says: ${line} Without --use-eslint-config no configuration is needed.`
    : `ESLint says: ${line}`;
}
