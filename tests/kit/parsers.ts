import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";

export type ParserName = "espree" | "typescript";
export type SourceType = "commonjs" | "module";

/** JSX is always on: a file without any is read the same. */
export function languageOptions(
  parser: ParserName,
  sourceType: SourceType,
): Linter.LanguageOptions {
  const options: Linter.LanguageOptions = {
    sourceType,
    parserOptions: { ecmaFeatures: { jsx: true } },
  };
  return parser === "typescript" ? { ...options, parser: typescript } : options;
}

/** @returns whether ESLint's own parser can read the code */
export function espreeReads(code: string, sourceType: SourceType): boolean {
  const messages = new Linter().verify(code, {
    languageOptions: languageOptions("espree", sourceType),
  });
  return !messages.some((message) => message.fatal);
}
