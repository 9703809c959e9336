/**
 * A report from ESLint's results. Both doors come through here: the formatter with what ESLint
 * hands it, the command with what it lints itself or reads from a file.
 */
import { readFile } from "node:fs/promises";
import { Linter } from "eslint";
import type { ESLint } from "eslint";
import type { Framework } from "../compliance/types.ts";
import { packageName, packageVersion } from "../package-info.ts";
import { assemble } from "./assemble.ts";
import { describeOther } from "./catalogue.ts";
import type { RulesMeta } from "./catalogue.ts";
import { toDay, toInstant } from "./clock.ts";
import { collect } from "./collect.ts";
import type { CollectedFile } from "./collect.ts";
import type { RunContext } from "./context.ts";
import type { Exclusions } from "./controls.ts";
import { coverageOf } from "./coverage.ts";
import type { CoverageExtras, FileFacts } from "./coverage.ts";
import { inspect, mentionsTokens } from "./inspect.ts";
import type { Inspection } from "./inspect.ts";
import { WaiverRegister } from "./waivers.ts";
import type { Header, PolicyInForce, Report, RuleSet } from "./types.ts";
import type { FiledWaiver } from "./waiver-file.ts";

export interface ReportInput {
  readonly results: readonly ESLint.LintResult[];
  readonly rulesMeta: RulesMeta;
  readonly cwd: string;
  /** What `ESLint#calculateConfigForFile` says; absent where the configuration is out of reach. */
  readonly configFor?: (file: string) => Promise<unknown>;
  /** What was seen of a file while it was linted, by its path; it need not be read again then. */
  readonly inspections?: ReadonlyMap<string, Inspection>;
  readonly frameworks: readonly Framework[];
  readonly exclusions?: Exclusions;
  readonly policy: PolicyInForce;
  /** The waivers of the waiver file. */
  readonly waivers?: readonly FiledWaiver[];
  readonly baseline?: Report;
  readonly context: RunContext;
  readonly door: Header["door"];
  /** Presets, where the command chose the rules; the configuration of ESLint otherwise. */
  readonly ruleSet?: RuleSet;
  /** What could not be known, as sentences. */
  readonly unknown?: readonly string[];
  readonly started: Date;
  readonly finished: Date;
  readonly extras?: CoverageExtras;
}

const NO_COMMIT =
  "Which commit the files are of: Git knows none here, and no pipeline names one. Keep the files with the report.";

export async function buildReport(input: ReportInput): Promise<Report> {
  const { frameworks, policy, baseline, finished } = input;
  const collected = collect(input.results, input.rulesMeta, input.cwd);
  const files: FileFacts[] = [];
  for (const file of collected.files) files.push(await examine(file, input));

  const register = new WaiverRegister(input.waivers ?? [], policy.waivers, toDay(finished));
  const findings = collected.findings.map((raw) => register.settle(raw));
  for (const directive of collected.unused) register.addUnused(directive);
  const changes = files.flatMap(({ file, inspection }) =>
    (inspection?.inlineChanges ?? []).map((change) => register.settleChange(change, file)),
  );

  return assemble({
    header: {
      ...input.context,
      tool: {
        name: packageName,
        version: packageVersion,
        eslint: Linter.version,
        node: process.versions.node,
      },
      ruleSets: [input.ruleSet ?? { source: "eslint-config" }],
      started: toInstant(input.started),
      finished: toInstant(finished),
      door: input.door,
      unknown: [
        ...(input.unknown ?? []),
        ...(input.context.commit === undefined ? [NO_COMMIT] : []),
      ],
    },
    frameworks,
    exclusions: input.exclusions ?? new Map(),
    findings,
    others: collected.others.map((rule) => describeOther(rule, frameworks)),
    waivers: register.list(),
    coverage: coverageOf(files, { findings, changes }, input.extras),
    policy,
    ...(baseline === undefined ? {} : { baseline }),
  });
}

async function examine(
  { file, path, source, test, problem }: CollectedFile,
  { configFor, inspections }: Pick<ReportInput, "configFor" | "inspections">,
): Promise<FileFacts> {
  const inspection = inspections?.get(path);
  if (problem === undefined && inspection !== undefined) return { file, test, inspection };
  const text = source ?? (await read(path));
  if (problem !== undefined) {
    const relevant = problem.fatal && (text === undefined || mentionsTokens(text));
    return { file, test, notAnalysed: { reason: problem.reason, relevant } };
  }
  if (configFor === undefined || text === undefined) return { file, test };
  let config: unknown;
  try {
    config = await configFor(path);
  } catch {
    // Text from standard input has no configuration of its own.
  }
  return config == null ? { file, test } : { file, test, inspection: inspect(text, path, config) };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
