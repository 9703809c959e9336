/** The command: reads the arguments, does what they ask for, and says how it went. */
import { Linter } from "eslint";
import { satisfies } from "semver";
import { ComplianceFileError } from "../compliance/index.ts";
import { packageName, packageVersion } from "../package-info.ts";
import { resolveConfig } from "../report/index.ts";
import { readArguments } from "./arguments.ts";
import type { Arguments } from "./arguments.ts";
import { auditCommand } from "./audit-command.ts";
import { explainCommand } from "./explain-command.ts";
import { help } from "./help.ts";
import { listFrameworks, listRules } from "./lists.ts";
import { mergeCommand } from "./merge-command.ts";
import { optionsInForce } from "./options-in-force.ts";
import { reportCommand } from "./report-command.ts";
import type { Streams } from "./streams.ts";
import { readTargets, writeReport } from "./targets.ts";
import { UsageError } from "./usage-error.ts";

/** Nothing can be said about the code: never mixed with 1, which says something bad. */
const COULD_NOT_ASSESS = 2;

/** Older releases lack what the rules and the report ask for. */
const ESLINT = ">=9.15.0";

/** @returns the exit code: 0 passed, 1 failed, 2 could not assess */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  try {
    return await run(readArguments(args), streams);
  } catch (error) {
    streams.stderr.write(`${sayError(error)}\n`);
    return COULD_NOT_ASSESS;
  }
}

async function run({ command, operands, flags }: Arguments, streams: Streams): Promise<number> {
  const { cwd, stdout } = streams;
  const answer = answerTo(flags);
  if (answer !== undefined) {
    stdout.write(answer);
    return 0;
  }
  if (!satisfies(Linter.version, ESLINT, { includePrerelease: true })) {
    throw new UsageError(
      `ESLint ${Linter.version} is installed, and ${ESLINT} is needed. Install it with npm install --save-dev eslint@latest.`,
    );
  }
  const options = await optionsInForce(flags, streams);
  if (flags.explain !== undefined) {
    const { frameworks } = resolveConfig({ ...options, applicability: [] }, cwd);
    stdout.write(explainCommand(flags.explain, frameworks));
    return 0;
  }
  const targets = readTargets(options.formats, flags.quiet === true);
  const resolved = resolveConfig(options, cwd);
  const report =
    command === "merge"
      ? mergeCommand(operands, options, resolved, cwd)
      : command === "report"
        ? await reportCommand(operands, flags.root, options, resolved, streams)
        : await auditCommand(operands, flags, options, resolved, streams);
  await writeReport(report, targets, flags, streams);
  return report.verdict.exitCode;
}

function answerTo(flags: Arguments["flags"]): string | undefined {
  if (flags.help === true) return help();
  if (flags.version === true) return `${packageVersion}\n`;
  if (flags["list-frameworks"] === true) return listFrameworks();
  return flags["list-rules"] === true ? listRules() : undefined;
}

function sayError(error: unknown): string {
  const isExpected =
    error instanceof UsageError ||
    error instanceof ComplianceFileError ||
    (error instanceof TypeError && error.message.startsWith("SOURCE_DATE_EPOCH"));
  if (isExpected) return `${packageName}: ${error.message}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${packageName}: This is a mistake of the command, not yours. Please report it.\n${detail}`;
}
