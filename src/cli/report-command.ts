/** `report eslint.json`: makes a report of what ESLint's formatter json wrote. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ESLint } from "eslint";
import { buildReport, now, readContext } from "../report/index.ts";
import type { Report, ReportConfig, ReportInput, Resolved } from "../report/index.ts";
import { readAll } from "./streams.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

interface EslintOutput {
  readonly results: readonly ESLint.LintResult[];
  readonly rulesMeta: ReportInput["rulesMeta"];
  /** Where ESLint ran, if it said so. */
  readonly cwd?: string;
}

const UNKNOWN = [
  "With which command line ESLint ran: --config, --rule, --no-inline-config and --quiet may have changed what it reported.",
  "When ESLint ran: both times are that of the report.",
];

export async function reportCommand(
  operands: readonly string[],
  root: string | undefined,
  options: ReportConfig,
  resolved: Resolved,
  streams: Streams,
): Promise<Report> {
  const { cwd, env } = streams;
  const [name, ...others] = operands;
  if (name === undefined || others.length > 0) {
    throw new UsageError(
      "The command report takes one file that eslint -f json wrote, or - for standard input. Reports are joined by the command merge.",
    );
  }
  const text = name === "-" ? await readAll(streams.stdin) : await read(name, cwd);
  const output = parse(text, name === "-" ? "Standard input" : name);
  const from = root ?? output.cwd ?? cwd;
  const results = output.results.map((result) => ({
    ...result,
    filePath: path.resolve(cwd, path.relative(from, path.resolve(from, result.filePath))),
  }));
  const eslint = new ESLint({ cwd });
  const hasConfig = (await eslint.findConfigFile()) !== undefined;
  const time = now(env);
  return buildReport({
    ...resolved,
    results,
    rulesMeta: output.rulesMeta,
    ...(hasConfig
      ? { configFor: (file) => eslint.calculateConfigForFile(file) as Promise<unknown> }
      : {}),
    cwd,
    context: readContext(cwd, env, options.project),
    door: "command",
    unknown: hasConfig
      ? UNKNOWN
      : [...UNKNOWN, "Which rules were on: there is no configuration of ESLint here."],
    started: time,
    finished: time,
  });
}

async function read(name: string, cwd: string): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, name), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === "ENOENT"
        ? `There is no file ${JSON.stringify(name)}.`
        : `${name} cannot be read: ${code ?? String(error)}.`,
    );
  }
}

function parse(text: string, name: string): EslintOutput {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    const hint = text.trim() === "" ? "it is empty" : "it is no JSON";
    throw new UsageError(`${name} is no output of eslint -f json: ${hint}.`);
  }
  // The formatter json-with-metadata wraps the same list.
  const { results = document, metadata } = (Array.isArray(document) ? {} : (document ?? {})) as {
    readonly results?: unknown;
    readonly metadata?: {
      readonly cwd?: string;
      readonly rulesMeta?: ReportInput["rulesMeta"];
    };
  };
  if (!Array.isArray(results) || !results.every(isResult)) {
    const hint = isReport(document) ? " It is a report of this package: join it with merge." : "";
    throw new UsageError(`${name} is no output of eslint -f json.${hint}`);
  }
  return {
    results,
    rulesMeta: metadata?.rulesMeta ?? {},
    ...(metadata?.cwd === undefined ? {} : { cwd: metadata.cwd }),
  };
}

function isResult(value: unknown): value is ESLint.LintResult {
  const { filePath, messages } = (value ?? {}) as { filePath?: unknown; messages?: unknown };
  return (
    typeof filePath === "string" &&
    Array.isArray(messages) &&
    messages.every((message: unknown) => typeof message === "object" && message !== null)
  );
}

function isReport(value: unknown): boolean {
  return typeof value === "object" && value !== null && "schemaVersion" in value;
}
