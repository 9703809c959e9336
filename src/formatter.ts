/**
 * The report as a formatter of ESLint:
 *
 *     eslint -f ./node_modules/eslint-plugin-jwt-audit/formatter.js
 *
 * A formatter gets no arguments. Its options come from `jwt-audit.config.js` or `.json` and from the
 * environment: `JWT_AUDIT_FORMATS=html:report.html,sarif:report.sarif`. What it cannot know stands
 * in the report; the command knows more.
 */
import { ESLint } from "eslint";
import { formats, readTarget } from "./formats/index.ts";
import type { Target } from "./formats/index.ts";
import { packageName } from "./package-info.ts";
import {
  buildReport,
  ComplianceFileError,
  loadConfig,
  now,
  readContext,
  resolveConfig,
  writeOutputs,
} from "./report/index.ts";

const UNKNOWN: readonly string[] = [
  "A formatter does not see the command line of ESLint: --config, --rule, --no-inline-config and --quiet may have changed what was reported. Rules and options are those of the configuration files.",
  "Files that the configuration ignores never reach a formatter.",
  "ESLint does not tell a formatter when it started: both times are that of the report.",
];

/** What ESLint hands a formatter beside its results. */
interface FormatterContext {
  readonly cwd: string;
  readonly rulesMeta: ESLint.LintResultData["rulesMeta"];
  readonly color?: boolean;
}

/** What whoever configures the report can put right. ESLint prints the stack of an error, if it has one. */
class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OptionError";
    this.stack = `${packageName}: ${message}`;
  }
}

/**
 * @returns the text for standard output; other formats are written to their files before
 * @throws OptionError for an option that is wrong, with no stack that would hide the sentence
 */
export default async function formatter(
  results: readonly ESLint.LintResult[],
  context: FormatterContext,
): Promise<string> {
  try {
    return await writeReport(results, context);
  } catch (error) {
    throw error instanceof ComplianceFileError ? new OptionError(error.message) : error;
  }
}

async function writeReport(
  results: readonly ESLint.LintResult[],
  { cwd, rulesMeta, color }: FormatterContext,
): Promise<string> {
  const { env } = process;
  const config = await loadConfig(cwd, env);
  const isFromEnvironment = isGiven(env.JWT_AUDIT_FORMATS);
  const targets = config.formats.map((text) =>
    readFormat(text, isFromEnvironment ? "JWT_AUDIT_FORMATS" : "formats in the configuration file"),
  );
  const time = now(env);
  const eslint = new ESLint({ cwd });
  const report = await buildReport({
    ...resolveConfig(config, cwd),
    results,
    rulesMeta,
    cwd,
    configFor: (file) => eslint.calculateConfigForFile(file) as Promise<unknown>,
    context: readContext(cwd, env, config.project),
    door: "formatter",
    unknown: UNKNOWN,
    started: time,
    finished: time,
  });
  const colour = color === true || isForced(env.FORCE_COLOR);
  const render = ({ format }: Target): string => format.render(report, { colour });
  await writeOutputs(
    targets.flatMap((target) =>
      target.file === undefined ? [] : [{ file: target.file, text: render(target), cwd }],
    ),
  );
  if (isForced(env.JWT_AUDIT_EXIT_CODE)) exitWith(report.verdict.exitCode);
  const [standard] = formats;
  const shown =
    targets.find(({ file }) => file === undefined) ??
    (standard === undefined ? undefined : { format: standard });
  return shown === undefined ? "" : render(shown).trimEnd();
}

function isGiven(value: string | undefined): boolean {
  return (value ?? "").replaceAll(/[\s,]/gu, "") !== "";
}

/** @param where the option that says it */
function readFormat(text: string, where: string): Target {
  try {
    return readTarget(text);
  } catch (error) {
    throw new OptionError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isForced(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

/**
 * ESLint sets its own exit code after the formatter. Whoever asks for the gate's gets it at the very
 * end; nobody gets it unasked, as the process may be somebody else's.
 */
function exitWith(code: number): void {
  process.once("exit", () => {
    if (code !== 0) process.exitCode = code;
  });
}
