import path from "node:path";
import { Linter } from "eslint";
import type { Rule } from "eslint";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../../src/analysis/analysis.ts";
import type { Analysis } from "../../src/analysis/analysis.ts";
import { languageOptions } from "./parsers.ts";
import type { ParserName, SourceType } from "./parsers.ts";

export interface AnalyzeOptions {
  readonly parser?: ParserName;
  readonly sourceType?: SourceType;
  readonly filename?: string;
  readonly settings?: Record<string, unknown>;
  readonly parserOptions?: Linter.ParserOptions;
}

/** Runs the analysis alone, without a rule, on a piece of code, and hands it to `look`. */
export function withAnalysis<Result>(
  code: string,
  look: (analysis: Analysis) => Result,
  options: AnalyzeOptions = {},
): Result {
  const {
    parser = "typescript",
    sourceType = "module",
    filename = "file.tsx",
    settings,
    parserOptions,
  } = options;
  const found: Result[] = [];
  const probe: Rule.RuleModule = {
    create: (context) => ({
      Program() {
        found.push(look(analyze(context as unknown as RuleContext<string, readonly unknown[]>)));
      },
    }),
  };
  const messages = new Linter({
    configType: "flat",
    cwd: path.dirname(path.resolve(filename)),
  }).verify(
    code,
    [
      {
        files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
        plugins: { probe: { rules: { probe } } },
        rules: { "probe/probe": "error" },
        languageOptions: {
          ...languageOptions(parser, sourceType),
          ...(parserOptions === undefined ? {} : { parserOptions }),
        },
        ...(settings === undefined ? {} : { settings: { "jwt-audit": settings } }),
      },
    ],
    { filename },
  );
  const [first] = messages;
  if (first !== undefined) throw new Error(`${first.message} (line ${String(first.line)})`);
  const [result] = found;
  if (result === undefined) throw new Error("The analysis was not run.");
  return result;
}
