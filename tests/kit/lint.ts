import { Linter } from "eslint";
import plugin from "../../src/index.ts";
import { languageOptions, type ParserName, type SourceType } from "./parsers.ts";

const PREFIX = `${plugin.meta.namespace}/`;

export interface LintOptions {
  /** Entries by rule name, with or without the prefix; every rule of the plugin if not given. */
  readonly rules?: Linter.RulesRecord;
  readonly filename?: string;
  readonly parser?: ParserName;
  readonly sourceType?: SourceType;
  readonly settings?: Record<string, unknown>;
  readonly cwd?: string;
}

/** @returns what the plugin's rules say about the code, in ESLint's order */
export function lint(code: string, options: LintOptions = {}): Linter.LintMessage[] {
  const {
    rules = Object.fromEntries(Object.keys(plugin.rules).map((name) => [name, "error"])),
    filename = "file.js",
    parser = "typescript",
    sourceType = "module",
    settings = {},
    cwd = process.cwd(),
  } = options;

  const config: Linter.Config = {
    files: ["**"],
    plugins: { [plugin.meta.namespace]: plugin },
    languageOptions: languageOptions(parser, sourceType),
    rules: withPrefix(rules),
    settings,
  };
  return new Linter({ cwd }).verify(code, [config], { filename });
}

function withPrefix(rules: Linter.RulesRecord): Linter.RulesRecord {
  const prefixed: Linter.RulesRecord = {};
  for (const [name, entry] of Object.entries(rules)) {
    prefixed[name.includes("/") ? name : `${PREFIX}${name}`] = entry;
  }
  return prefixed;
}
