/** Turns the names in a configuration into frameworks, waivers and a baseline. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadStatementOfApplicability } from "../compliance/applicability.ts";
import { loadFramework } from "../compliance/custom.ts";
import { findFramework, nearestFramework } from "../compliance/find.ts";
import { defaultFramework, frameworks as builtIn } from "../compliance/frameworks/index.ts";
import { Problems } from "../compliance/problems.ts";
import type { Framework } from "../compliance/types.ts";
import { readReport } from "./changes.ts";
import type { ReportConfig } from "./config.ts";
import type { Exclusion, Exclusions } from "./controls.ts";
import type { PolicyInForce, Report } from "./types.ts";
import { readWaiverFile, WAIVER_FILE } from "./waiver-file.ts";
import type { FiledWaiver } from "./waiver-file.ts";

export interface Resolved {
  readonly frameworks: readonly Framework[];
  readonly exclusions: Exclusions;
  readonly waivers: readonly FiledWaiver[];
  readonly baseline?: Report;
  readonly policy: PolicyInForce;
}

/** @throws ComplianceFileError that says which name or file is wrong, and what would be right */
export function resolveConfig(config: ReportConfig, cwd: string): Resolved {
  const frameworks = findFrameworks(config.frameworks, cwd);
  const baseline =
    config.baseline === undefined
      ? undefined
      : readReport(read(config.baseline, cwd), config.baseline);
  return {
    frameworks,
    exclusions: readExclusions(config.applicability, frameworks, cwd),
    waivers: readWaivers(config.waiverFile, cwd),
    ...(baseline === undefined ? {} : { baseline }),
    policy: { gate: config.gate, waivers: config.waivers },
  };
}

/** Each once, in the order given; a name that ends in `.json` is a file. */
function findFrameworks(names: readonly string[], cwd: string): Framework[] {
  if (names.length === 0) return [defaultFramework];
  const problems = new Problems("The list of frameworks");
  const found = new Map<string, Framework>();
  for (const name of names) {
    if (name === "all") {
      for (const framework of builtIn) found.set(framework.id, framework);
      continue;
    }
    const framework = name.endsWith(".json")
      ? loadFramework(existing(name, cwd))
      : findFramework(name);
    if (framework !== undefined) {
      found.set(framework.id, framework);
      continue;
    }
    const meant = nearestFramework(name);
    const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
    const known = builtIn.map(({ id }) => id).join(", ");
    problems.add("", `${JSON.stringify(name)} is no framework.${hint} Known are ${known}.`);
  }
  problems.done();
  return [...found.values()];
}

function readExclusions(
  files: readonly string[],
  frameworks: readonly Framework[],
  cwd: string,
): Exclusions {
  const exclusions = new Map<string, Map<string, Exclusion>>();
  for (const file of files) {
    const { framework, entries } = loadStatementOfApplicability(existing(file, cwd), [
      ...builtIn,
      ...frameworks.filter((one) => !builtIn.includes(one)),
    ]);
    const left = exclusions.get(framework.id) ?? new Map<string, Exclusion>();
    exclusions.set(framework.id, left);
    for (const { id, applicable, justification } of entries.values()) {
      if (!applicable) left.set(id, { justification });
    }
  }
  return exclusions;
}

/** The usual file need not be there; one that was named must. */
function readWaivers(name: string, cwd: string): FiledWaiver[] {
  if (name === WAIVER_FILE && !existsSync(path.resolve(cwd, name))) return [];
  return readWaiverFile(read(name, cwd), name);
}

function read(name: string, cwd: string): string {
  return readFileSync(existing(name, cwd), "utf8");
}

function existing(name: string, cwd: string): string {
  const file = path.resolve(cwd, name);
  if (!existsSync(file)) {
    const problems = new Problems(name);
    problems.add("", "There is no such file.");
    problems.done();
  }
  return file;
}
