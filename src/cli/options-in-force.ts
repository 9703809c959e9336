/** The options of one run: the configuration file, then the environment, then the flags. */
import { didYouMean } from "../compliance/suggest.ts";
import { PRESET_NAMES } from "../configs/index.ts";
import { FAIL_ON, loadConfig } from "../report/index.ts";
import type { FailOn, ReportConfig } from "../report/index.ts";
import type { PresetName } from "../types.ts";
import type { Flags } from "./options.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

/**
 * @throws UsageError for a value that an option does not take
 * @throws ComplianceFileError for a configuration file with mistakes
 */
export async function optionsInForce(
  flags: Flags,
  { cwd, env }: Pick<Streams, "cwd" | "env">,
): Promise<ReportConfig> {
  const config = await loadConfig(cwd, env, flags.config ?? env.JWT_AUDIT_CONFIG);
  const { project = config.project, baseline = config.baseline } = flags;
  const preset = readPreset(flags.preset) ?? config.audit.preset;
  const options: ReportConfig = {
    ...config,
    ...(project === undefined ? {} : { project }),
    ...(baseline === undefined ? {} : { baseline }),
    frameworks: flags.framework ?? config.frameworks,
    formats: flags.format ?? config.formats,
    gate: { ...config.gate, ...readGate(flags) },
    waivers: { ...config.waivers, ...readWaivers(flags) },
    audit: { ...config.audit, ...(preset === undefined ? {} : { preset }) },
  };
  if (flags["new-only"] === true && baseline === undefined) {
    throw new UsageError(
      "--new-only compares with an earlier report. Name it with --baseline last-report.json.",
    );
  }
  return options;
}

function readPreset(name: string | undefined): PresetName | undefined {
  return name === undefined ? undefined : choose("--preset", name, PRESET_NAMES);
}

function readGate(flags: Flags): Partial<ReportConfig["gate"]> {
  const failOn = flags["fail-on"];
  const maxWarnings = count("--max-warnings", flags["max-warnings"]);
  const minCoverage = percent("--min-coverage", flags["min-coverage"]);
  return {
    ...(failOn === undefined ? {} : { failOn: choose<FailOn>("--fail-on", failOn, FAIL_ON) }),
    ...(maxWarnings === undefined ? {} : { maxWarnings }),
    ...(minCoverage === undefined ? {} : { minCoverage }),
    ...(flags["new-only"] === true ? { newOnly: true } : {}),
  };
}

function readWaivers(flags: Flags): Partial<ReportConfig["waivers"]> {
  const maxDays = count("--max-age", flags["max-age"]);
  return {
    ...(maxDays === undefined ? {} : { maxDays }),
    ...(flags["require-justification"] === true ? { requireJustification: true } : {}),
    ...(flags["require-ticket"] === true ? { requireTicket: true } : {}),
    ...(flags["require-approver"] === true ? { requireApprover: true } : {}),
    ...(flags["require-expiry"] === true ? { requireExpiry: true } : {}),
  };
}

function choose<Choice extends string>(
  option: string,
  written: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === written);
  if (choice !== undefined) return choice;
  const hint = didYouMean(written, choices);
  throw new UsageError(
    `${option} does not take ${JSON.stringify(written)}. It takes ${choices.join(", ")}.${hint}`,
  );
}

function count(option: string, written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  if (/^\d{1,9}$/u.test(written)) return Number(written);
  throw new UsageError(`${option} takes a whole number from 0, not ${JSON.stringify(written)}.`);
}

function percent(option: string, written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const value = Number(written.replace(/\s*%$/u, ""));
  if (/^\d/u.test(written) && value <= 100) return value;
  throw new UsageError(
    `${option} takes a percentage from 0 to 100, not ${JSON.stringify(written)}.`,
  );
}
