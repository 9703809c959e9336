/**
 * The options of a report: from `jwt-audit.config.js` or `.json`, then from the environment, then
 * from whoever calls. The schema is `schemas/config.schema.json`; this reader says the same in
 * sentences.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isRuleName, ruleNames } from "../compliance/findings.ts";
import { Problems } from "../compliance/problems.ts";
import type { Json } from "../compliance/problems.ts";
import { didYouMean } from "../compliance/suggest.ts";
import { PRESET_NAMES } from "../configs/index.ts";
import type { PresetName } from "../types.ts";
import { loadModule } from "./config-module.ts";
import { DEFAULT_GATE, FAIL_ON } from "./gate.ts";
import { DEFAULT_WAIVER_POLICY } from "./policy.ts";
import type { Gate, WaiverPolicy } from "./types.ts";
import { WAIVER_FILE } from "./waiver-file.ts";

/** As read; names of frameworks and files are looked up later. */
export interface ReportConfig {
  readonly project?: string;
  /** Names of built-in frameworks, or files that hold one. */
  readonly frameworks: readonly string[];
  /** Files with statements of applicability. */
  readonly applicability: readonly string[];
  /** `html:report.html`; without a file, standard output. */
  readonly formats: readonly string[];
  readonly baseline?: string;
  readonly waiverFile: string;
  readonly waivers: WaiverPolicy;
  readonly gate: Gate;
  /** What the command audits by; a formatter gets it from ESLint's configuration. */
  readonly audit: AuditConfig;
}

interface AuditConfig {
  readonly preset?: PresetName;
  /** Names of rules with what stands behind them in ESLint's configuration. */
  readonly rules: Readonly<Record<string, unknown>>;
  /** As `settings["jwt-audit"]` of ESLint's configuration. */
  readonly settings?: Json;
  /** Patterns as in `.gitignore`. */
  readonly ignores: readonly string[];
}

const CONFIG_FILES = ["jwt-audit.config.js", "jwt-audit.config.mjs", "jwt-audit.config.json"];

const SWITCHES = [
  "requireJustification",
  "requireTicket",
  "requireApprover",
  "requireExpiry",
] as const;

/**
 * @param file where it is, if not at one of the usual places in `cwd`
 * @throws ComplianceFileError that names all that is wrong
 */
export async function loadConfig(
  cwd: string,
  env: NodeJS.ProcessEnv,
  file = env.JWT_AUDIT_CONFIG,
): Promise<ReportConfig> {
  const found = file ?? CONFIG_FILES.find((name) => existsSync(path.join(cwd, name)));
  const config = found === undefined ? readConfig({}, "") : await readConfigFile(cwd, found);
  return withEnvironment(config, env);
}

async function readConfigFile(cwd: string, name: string): Promise<ReportConfig> {
  const file = path.resolve(cwd, name);
  if (!existsSync(file)) {
    const problems = new Problems(name);
    problems.add("", "There is no such file.");
    problems.done();
  }
  const problems = new Problems(name);
  const text = file.endsWith(".json")
    ? await readFile(file, "utf8")
    : await loadModule(file, problems);
  return readConfig(problems.parse(text), name);
}

export function readConfig(document: Json, file: string): ReportConfig {
  const problems = new Problems(file);
  problems.keys(
    document,
    "",
    [],
    [
      "$schema",
      "project",
      "frameworks",
      "applicability",
      "formats",
      "baseline",
      "waivers",
      "gate",
      "preset",
      "rules",
      "settings",
      "ignores",
    ],
  );
  const project = problems.text(document, "project", "");
  const baseline = problems.text(document, "baseline", "");
  const waivers = section(document, "waivers", problems);
  const config: ReportConfig = {
    ...(project === undefined ? {} : { project }),
    frameworks: problems.texts(document, "frameworks", ""),
    applicability: problems.texts(document, "applicability", ""),
    formats: problems.texts(document, "formats", ""),
    ...(baseline === undefined ? {} : { baseline }),
    waiverFile: problems.text(waivers, "file", "waivers") ?? WAIVER_FILE,
    waivers: readWaiverPolicy(waivers, problems),
    gate: readGate(section(document, "gate", problems), problems),
    audit: readAudit(document, problems),
  };
  problems.done();
  return config;
}

function readAudit(document: Json, problems: Problems): AuditConfig {
  const preset = problems.choice(document, "preset", "", PRESET_NAMES);
  const settings =
    document.settings === undefined ? undefined : section(document, "settings", problems);
  return {
    ...(preset === undefined ? {} : { preset }),
    rules: readRules(section(document, "rules", problems), problems),
    ...(settings === undefined ? {} : { settings }),
    ignores: problems.texts(document, "ignores", ""),
  };
}

const LEVELS: readonly unknown[] = ["off", "warn", "error", 0, 1, 2];

/** Options of rules are checked by ESLint, against the schema of the rule. */
function readRules(written: Json, problems: Problems): AuditConfig["rules"] {
  const rules: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(written)) {
    const name = key.replace(/^jwt-audit\//u, "");
    if (!isRuleName(name)) {
      problems.add(`rules.${key}`, `There is no such rule.${didYouMean(name, ruleNames)}`);
    }
    const level: unknown = Array.isArray(value) ? value[0] : value;
    if (!LEVELS.includes(level)) {
      problems.add(
        `rules.${key}`,
        'It is "off", "warn" or "error", or a list of one of them and the options of the rule.',
      );
    }
    rules[name] = value;
  }
  return rules;
}

function readWaiverPolicy(written: Json, problems: Problems): WaiverPolicy {
  problems.keys(written, "waivers", [], ["file", ...SWITCHES, "maxDays", "warnDays"]);
  const policy = { ...DEFAULT_WAIVER_POLICY };
  for (const key of SWITCHES) policy[key] = flag(written, key, "waivers", problems) ?? policy[key];
  const maxDays = number(written, "maxDays", "waivers", problems);
  const warnDays = number(written, "warnDays", "waivers", problems) ?? policy.warnDays;
  return { ...policy, warnDays, ...(maxDays === undefined ? {} : { maxDays }) };
}

function readGate(written: Json, problems: Problems): Gate {
  problems.keys(
    written,
    "gate",
    [],
    ["failOn", "maxWarnings", "minCoverage", "newOnly", "expiredWaivers", "requireRules"],
  );
  const maxWarnings = number(written, "maxWarnings", "gate", problems);
  const minCoverage = number(written, "minCoverage", "gate", problems, 100);
  return {
    failOn: problems.choice(written, "failOn", "gate", FAIL_ON) ?? DEFAULT_GATE.failOn,
    ...(maxWarnings === undefined ? {} : { maxWarnings }),
    ...(minCoverage === undefined ? {} : { minCoverage }),
    newOnly: flag(written, "newOnly", "gate", problems) ?? DEFAULT_GATE.newOnly,
    expiredWaivers:
      problems.choice(written, "expiredWaivers", "gate", ["fail", "warn"] as const) ??
      DEFAULT_GATE.expiredWaivers,
    requireRules: problems.texts(written, "requireRules", "gate").map((rule, index) => {
      const name = rule.replace(/^jwt-audit\//u, "");
      if (!isRuleName(name)) {
        problems.add(
          `gate.requireRules[${index}]`,
          `${JSON.stringify(rule)} is no rule.${didYouMean(name, ruleNames)}`,
        );
      }
      return name;
    }),
  };
}

function section(document: Json, key: string, problems: Problems): Json {
  const value = document[key];
  if (value === undefined) return {};
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  problems.add(key, "An object is needed here.");
  return {};
}

function flag(object: Json, key: string, where: string, problems: Problems): boolean | undefined {
  const value = object[key];
  if (value === undefined || typeof value === "boolean") return value;
  problems.add(`${where}.${key}`, "It is true or false.");
  return undefined;
}

function number(
  object: Json,
  key: string,
  where: string,
  problems: Problems,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= 0 && value <= most) return value;
  const upTo = most === Number.MAX_SAFE_INTEGER ? "" : ` up to ${most}`;
  problems.add(`${where}.${key}`, `A number from 0${upTo} is needed here.`);
  return undefined;
}

/** A formatter gets no arguments: the environment stands in for them. */
function withEnvironment(config: ReportConfig, env: NodeJS.ProcessEnv): ReportConfig {
  const problems = new Problems("The environment");
  const list = (name: string): readonly string[] | undefined => {
    const items = (env[name] ?? "").split(",").map((item) => item.trim());
    const given = items.filter((item) => item !== "");
    return given.length === 0 ? undefined : given;
  };
  const text = (name: string): string | undefined => (env[name] === "" ? undefined : env[name]);
  const failOn = problems.choice(
    { JWT_AUDIT_FAIL_ON: text("JWT_AUDIT_FAIL_ON") },
    "JWT_AUDIT_FAIL_ON",
    "",
    FAIL_ON,
  );
  problems.done();
  const project = text("JWT_AUDIT_PROJECT");
  const baseline = text("JWT_AUDIT_BASELINE");
  return {
    ...config,
    ...(project === undefined ? {} : { project }),
    ...(baseline === undefined ? {} : { baseline }),
    frameworks: list("JWT_AUDIT_FRAMEWORKS") ?? config.frameworks,
    formats: list("JWT_AUDIT_FORMATS") ?? config.formats,
    gate: failOn === undefined ? config.gate : { ...config.gate, failOn },
  };
}
