/** Reports to test with: of results made up, or of code that ESLint really lints. */
import { ESLint } from "eslint";
import type { Linter } from "eslint";
import { frameworks as builtIn } from "../../src/compliance/frameworks/index.ts";
import type { Framework } from "../../src/compliance/types.ts";
import plugin from "../../src/index.ts";
import { buildReport } from "../../src/report/build.ts";
import type { ReportInput } from "../../src/report/build.ts";
import { DEFAULT_GATE } from "../../src/report/gate.ts";
import { DEFAULT_WAIVER_POLICY } from "../../src/report/policy.ts";
import type { Report } from "../../src/report/types.ts";

const CWD = "/project";
const TODAY = "2026-11-26";

/** The frameworks that presets are computed from, and the one by weakness. */
export const frameworks: readonly Framework[] = builtIn.filter(({ id }) =>
  ["iso27001-2022", "soc2", "asvs-5.0", "cwe"].includes(id),
);

type Message = Omit<Linter.LintMessage, "severity"> & {
  readonly severity?: Linter.Severity;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
};

export function message(ruleId: string | null, more: Partial<Message> = {}): Message {
  return { ruleId, message: "A message.", line: 1, column: 1, endLine: 1, endColumn: 5, ...more };
}

/** What ESLint would say of a file. Messages with suppressions are suppressed. */
export function result(
  file: string,
  messages: readonly Message[],
  source?: string,
): ESLint.LintResult {
  const all = messages.map((one) => ({ severity: 2 as const, ...one }));
  const active = all.filter(({ suppressions }) => suppressions === undefined);
  return {
    filePath: file.startsWith("/") ? file : `${CWD}/${file}`,
    messages: active as Linter.LintMessage[],
    suppressedMessages: all.filter(
      ({ suppressions }) => suppressions !== undefined,
    ) as Linter.SuppressedLintMessage[],
    errorCount: active.filter(({ severity }) => severity === 2).length,
    fatalErrorCount: active.filter(({ fatal }) => fatal === true).length,
    warningCount: active.filter(({ severity }) => severity === 1).length,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
    ...(source === undefined ? {} : { source }),
  };
}

/** The metadata that ESLint hands a formatter: all rules of the plugin, under its usual name. */
export const rulesMeta: ReportInput["rulesMeta"] = Object.fromEntries(
  Object.entries(plugin.rules).map(([name, { meta }]) => [`jwt-audit/${name}`, meta]),
);

const allRules: Linter.RulesRecord = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`jwt-audit/${name}`, "error"]),
);

/** A configuration as `calculateConfigForFile` gives it. */
export function configWith(rules: Linter.RulesRecord = allRules): unknown {
  return {
    plugins: { "jwt-audit": plugin },
    rules,
    languageOptions: { sourceType: "module", ecmaVersion: "latest" },
  };
}

export function report(
  results: readonly ESLint.LintResult[],
  more: Partial<ReportInput> = {},
): Promise<Report> {
  const time = new Date(`${TODAY}T04:40:00Z`);
  return buildReport({
    results,
    rulesMeta,
    cwd: CWD,
    configFor: () => Promise.resolve(configWith()),
    frameworks,
    policy: { gate: DEFAULT_GATE, waivers: DEFAULT_WAIVER_POLICY },
    context: { project: "sample", commit: "1a2b3c4d5e6f", branch: "main", dirty: false },
    door: "command",
    started: time,
    finished: time,
    ...more,
  });
}

export interface LintedOptions extends Partial<ReportInput> {
  readonly rules?: Linter.RulesRecord;
  readonly plugins?: Linter.Config["plugins"];
  readonly linterOptions?: Linter.LinterOptions;
}

/** Lints pieces of code with the real ESLint, each as a file of its own. */
export async function lintAndReport(
  files: Readonly<Record<string, string>>,
  { rules = allRules, plugins = {}, linterOptions = {}, ...more }: LintedOptions = {},
): Promise<Report> {
  const eslint = new ESLint({
    cwd: CWD,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ["**/*.js"], plugins: { "jwt-audit": plugin, ...plugins }, rules, linterOptions },
    ],
  });
  const results = [];
  for (const [file, code] of Object.entries(files)) {
    results.push(...(await eslint.lintText(code, { filePath: `${CWD}/${file}` })));
  }
  const sources = new Map(Object.entries(files).map(([file, code]) => [`${CWD}/${file}`, code]));
  return report(
    // Of a clean file ESLint gives no source; on a disk it would be read.
    results.map((one) => ({ ...one, source: one.source ?? sources.get(one.filePath) ?? "" })),
    {
      rulesMeta: eslint.getRulesMetaForResults(results),
      configFor: (file) => eslint.calculateConfigForFile(file) as Promise<unknown>,
      ...more,
    },
  );
}
