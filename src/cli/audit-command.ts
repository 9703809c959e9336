/** `eslint-plugin-jwt-audit [paths...]`: lints, and makes the report. */
import { NAMESPACE } from "../configs/index.ts";
import { buildReport, now, readContext } from "../report/index.ts";
import type { ReportConfig, ReportInput, Resolved } from "../report/index.ts";
import { readSettings } from "../analysis/settings/settings.ts";
import { audit } from "./audit.ts";
import { lintWithOwnConfig } from "./eslint-run.ts";
import type { Flags } from "./options.ts";
import { plugin } from "./plugin.ts";
import { Progress } from "./progress.ts";
import { presetsOf, ruleLevels } from "./rule-levels.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";
import type { Report } from "../report/index.ts";

type Linted = Pick<
  ReportInput,
  "results" | "rulesMeta" | "inspections" | "extras" | "configFor" | "ruleSet" | "unknown"
>;

export async function auditCommand(
  paths: readonly string[],
  flags: Flags,
  options: ReportConfig,
  resolved: Resolved,
  streams: Streams,
): Promise<Report> {
  const { cwd, env } = streams;
  const started = now(env);
  const targets = paths.length === 0 ? ["."] : paths;
  const linted =
    flags["use-eslint-config"] === true
      ? await withOwnConfig(targets, flags, options, cwd)
      : await withoutConfig(targets, options, resolved, streams);
  return buildReport({
    ...resolved,
    ...linted,
    cwd,
    context: readContext(cwd, env, options.project),
    door: "command",
    started,
    finished: now(env),
  });
}

async function withoutConfig(
  paths: readonly string[],
  { frameworks: asked, audit: own }: ReportConfig,
  { frameworks }: Resolved,
  { cwd, env, stderr }: Streams,
): Promise<Linted> {
  const names =
    own.preset === undefined ? presetsOf(asked.length === 0 ? [] : frameworks) : [own.preset];
  const settings = own.settings === undefined ? {} : { [NAMESPACE]: own.settings };
  try {
    readSettings(settings);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const audited = await audit({
    paths,
    cwd,
    levels: ruleLevels(names, own.rules),
    settings,
    ignores: own.ignores,
    progress: new Progress(stderr, env),
  });
  return {
    ...audited,
    ruleSet: { source: "presets", presets: names, changed: Object.keys(own.rules).sort() },
    rulesMeta: Object.fromEntries(
      Object.entries(plugin.rules ?? {}).map(([name, rule]) => [
        `${NAMESPACE}/${name}`,
        rule.meta ?? {},
      ]),
    ),
  };
}

async function withOwnConfig(
  paths: readonly string[],
  flags: Flags,
  { audit: own }: ReportConfig,
  cwd: string,
): Promise<Linted> {
  if (flags.preset !== undefined) {
    throw new UsageError(
      "--preset and --use-eslint-config exclude each other. The configuration of ESLint says which rules run.",
    );
  }
  const linted = await lintWithOwnConfig(paths, cwd);
  const isUnused =
    own.preset !== undefined || own.settings !== undefined || Object.keys(own.rules).length > 0;
  return isUnused
    ? {
        ...linted,
        unknown: [
          ...(linted.unknown ?? []),
          "preset, rules, settings and ignores of the configuration file were not used: the configuration of ESLint was.",
        ],
      }
    : linted;
}
