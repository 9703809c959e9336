import type { Entity, Library, OptionRole } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { byName, byObject } from "../memo.ts";
import type { CallNode } from "../syntax.ts";
import { findAt } from "../values/arguments.ts";
import { must, stringOf } from "../values/value.ts";
import type { EntityValue, Value } from "../values/value.ts";
import { argument, jsonValue } from "./arguments.ts";
import type { Argument } from "./arguments.ts";
import { builderSettings } from "./builders.ts";
import { NOTHING, OUT_OF_SIGHT, readClaims, readOptions } from "./options.ts";
import type { Setting, SettingSource } from "./options.ts";
import { registrationsOf } from "./registrations.ts";
import type { Registered } from "./registrations.ts";

/**
 * Everything that tells an operation how to work, the nearest first: its options, the claims of its
 * payload, the setters it is built with, arguments of their own, and what it inherits.
 */
export function sourcesOf(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  options: Argument | undefined,
  inRange: (range: string) => boolean,
): SettingSource[] {
  const sources: SettingSource[] = [];
  // `verify(token, key, "HS256")`: an algorithm in the place of the options leaves none to be read.
  const areOptions = options !== undefined && !must(options.value, isText);
  if (entity.options !== undefined && areOptions) {
    sources.push(readOptions(options.value, entity.options, inRange));
  }
  const payload = argument(core, target, node, entity, "payload");
  if (entity.claims !== undefined && payload !== undefined) {
    const claims = readClaims(payload.value, entity.claims, entity.grammar);
    // A payload nobody can see may carry its own claims. Whether that counts is the rule's choice:
    // it is a source of its own, so that `open` is told from the options'.
    sources.push(claims);
  } else if (entity.jsonText === "alone") {
    sources.push(OUT_OF_SIGHT);
  }
  if (isBuilt(target) && entity.kind !== "setter") {
    sources.push(builderSettings(core, target, node));
  }
  const algorithm = argument(core, target, node, entity, "algorithm");
  // An object in its place holds the algorithm among other options.
  if (algorithm !== undefined && !must(algorithm.value, (value) => value.type === "object")) {
    sources.push(argumentSource(algorithm, entity));
  }
  sources.push(...argumentSettings(core, target, node, entity, inRange));
  if (entity.inherits !== undefined && entity.inherits !== false) {
    sources.push({ ...inheritedSettings(core, target, node, entity, inRange), inherited: true });
  }
  return sources.length === 0 ? [NOTHING] : sources;
}

function isText(value: Value): boolean {
  return stringOf(value) !== undefined || value.type === "template";
}

/** The settings of each role, in the order of their sources. */
export function groupByRole(sources: readonly SettingSource[]): Map<OptionRole, Setting[]> {
  const groups = new Map<OptionRole, Setting[]>();
  for (const { settings } of sources) {
    for (const setting of settings) {
      const known = groups.get(setting.role);
      if (known === undefined) groups.set(setting.role, [setting]);
      else known.push(setting);
    }
  }
  return groups;
}

/** Is it the method of an instance that has setters? */
function isBuilt({ library, path }: EntityValue): boolean {
  const at = path.indexOf("#.");
  return at !== -1 && hasSetters(library)(path.slice(0, at + 2));
}

const hasSetters = byObject((library: Library) =>
  byName((prefix) =>
    Object.entries(library.entities).some(
      ([name, { kind }]) => kind === "setter" && name.startsWith(prefix),
    ),
  ),
);

/** The one registration of the file; of several nobody knows which one holds. */
export function registrationOf(
  core: Core,
  { library }: EntityValue,
  { inherits }: Entity,
): Registered | undefined {
  if (typeof inherits !== "object") return undefined;
  const [registered, ...more] = registrationsOf(core, library, inherits);
  return more.length > 0 ? undefined : registered;
}

/** What the instance or factory was told where it was made; out of sight where nobody sees it made. */
function inheritedSettings(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  inRange: (range: string) => boolean,
): SettingSource {
  const { inherits, options } = entity;
  if (typeof inherits === "object" && options !== undefined) {
    const registered = registrationOf(core, target, entity);
    if (registered === undefined) return OUT_OF_SIGHT;
    const told = findAt(core, registered.target, registered.call, inherits.at);
    if (told.state === "found") return readOptions(told.value, options, inRange);
    return told.state === "absent" ? NOTHING : OUT_OF_SIGHT;
  }
  if (typeof inherits !== "string" || options === undefined) return OUT_OF_SIGHT;
  const found = findAt(core, target, node, inherits);
  if (found.state === "found") return readOptions(found.value, options, inRange);
  return found.state === "absent" ? NOTHING : OUT_OF_SIGHT;
}

/** Settings that stand as arguments of their own. */
function argumentSettings(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  inRange: (range: string) => boolean,
): SettingSource[] {
  return Object.entries(entity.arguments ?? {}).flatMap(([position, model]) => {
    if (model.versions !== undefined && !inRange(model.versions)) return [];
    const found = findAt(core, target, node, position);
    if (found.state === "absent") return [];
    if (found.state === "unknown") return [OUT_OF_SIGHT];
    const value = entity.jsonText === true ? jsonValue(core, found.node, found.value) : found.value;
    const { role, grammar } = model;
    const setting: Setting = {
      role,
      name: role,
      value,
      node: found.node,
      valueNode: found.node,
      via: "argument",
      grammar,
      model,
      certain: found.certain,
    };
    return [{ ...NOTHING, settings: [setting] }];
  });
}

/** An algorithm that stands as an argument of its own. */
function argumentSource(algorithm: Argument, entity: Entity): SettingSource {
  const role: OptionRole = entity.kind === "sign" ? "algorithm" : "algorithms";
  return {
    ...NOTHING,
    settings: [
      {
        role,
        name: "algorithm",
        value: algorithm.value,
        node: algorithm.node,
        valueNode: algorithm.node,
        via: "argument",
        grammar: undefined,
        model: undefined,
        certain: true,
      },
    ],
  };
}
