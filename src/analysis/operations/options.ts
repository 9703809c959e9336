import type {
  Entity,
  OptionModel,
  OptionRole,
  SkippedWhen,
  TimeGrammar,
} from "../../libraries/types.ts";
import { byObject } from "../memo.ts";
import type { Node } from "../syntax.ts";
import { may, must, possibilities, truthiness } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";

/** Where a setting of an operation was written. */
export interface Setting {
  readonly role: OptionRole;
  /** The name it is written with: `expiresIn`, `exp`, `setExpirationTime`. */
  readonly name: string;
  readonly value: Value;
  /** The property, claim or setter call that writes it. */
  readonly node: Node;
  /** The expression of the value, where there is one. */
  readonly valueNode: Node;
  readonly via: "option" | "claim" | "setter" | "argument";
  readonly grammar: TimeGrammar | undefined;
  readonly model: OptionModel | undefined;
  /** Written on every path. */
  readonly certain: boolean;
}

/** What an operation is told about one thing, in our vocabulary. */
export type OptionState =
  | {
      readonly state: "set";
      readonly setting: Setting;
      /** The value may be one for which the library silently skips the check. */
      readonly mayBeEmpty: boolean;
    }
  | {
      readonly state: "absent";
      /** The written node that amounts to nothing, such as `audience: undefined`. */
      readonly written?: Setting;
    }
  | { readonly state: "unknown" };

/** A name that was written and that the library does not read. */
export interface IgnoredOption {
  readonly name: string;
  readonly role: OptionRole;
  readonly meant: string | undefined;
  readonly why: string | undefined;
  readonly value: Value;
  readonly node: Node;
}

/** One source of settings: an options object, a payload, a chain of setters. */
export interface SettingSource {
  readonly settings: readonly Setting[];
  readonly ignored: readonly IgnoredOption[];
  /** More settings may exist that nobody can see. */
  readonly open: boolean;
  /** The settings are claims of the payload. */
  readonly claims?: true;
  /** The settings are those of a module or of an instance, for all of its calls. */
  readonly inherited?: true;
}

export const NOTHING: SettingSource = { settings: [], ignored: [], open: false };
export const OUT_OF_SIGHT: SettingSource = { settings: [], ignored: [], open: true };

const namesOf = byObject((models: NonNullable<Entity["options"]>) =>
  Object.entries(models).map(([name, model]) => ({
    name,
    path: name.split("."),
    described: [model].flat(),
  })),
);

/** Reads the options object of a call by the library's description. */
export function readOptions(
  value: Value,
  models: NonNullable<Entity["options"]>,
  holds: (versions: string) => boolean,
): SettingSource {
  const settings: Setting[] = [];
  const ignored: IgnoredOption[] = [];
  let open = false;
  const objects: ObjectValue[] = [];
  for (const one of possibilities(value)) {
    if (one.type === "object") objects.push(one);
    else if (!(one.type === "literal" && truthiness(one) === false)) open = true;
  }
  const isCertain = objects.length === 1 && possibilities(value).length === 1;
  for (const object of objects) {
    if (object.open) open = true;
    for (const { name, path, described: all } of namesOf(models)) {
      const found = propertyByPath(object, path);
      if (found === "open") open = true;
      if (found === undefined || found === "open") continue;
      const described = all.find((one) => one.versions === undefined || holds(one.versions));
      if (described === undefined) continue;
      if (described.ignored !== undefined) {
        ignored.push({
          name,
          role: described.role,
          meant: described.ignored.meant,
          why: described.ignored.why,
          value: found.value,
          node: found.node,
        });
        continue;
      }
      settings.push({
        role: described.role,
        name,
        value: found.value,
        node: found.node,
        valueNode: valueNodeOf(found.node, found.value),
        via: "option",
        grammar: described.grammar,
        model: described,
        certain: isCertain && found.certain,
      });
    }
  }
  return { settings, ignored, open };
}

function propertyByPath(
  object: ObjectValue,
  path: readonly string[],
  at = 0,
): { value: Value; node: Node; certain: boolean } | "open" | undefined {
  const property = object.properties.get(path[at] ?? "");
  if (property === undefined || at === path.length - 1) return property;
  for (const one of possibilities(property.value)) {
    if (one.type !== "object") continue;
    const inner = propertyByPath(one, path, at + 1);
    if (inner !== undefined) return inner;
    if (one.open) return "open";
  }
  return must(property.value, (one) => one.type === "object" || isText(one)) ? undefined : "open";
}

/** What has none of the properties that are looked for: `keys: process.env.KEY` has no algorithms. */
function isText(value: Value): boolean {
  switch (value.type) {
    case "literal":
    case "template":
    case "bytes":
    case "generated":
    case "file":
      return true;
    case "environment":
      return value.source !== "config" && value.name !== undefined;
    default:
      return false;
  }
}

/** The expression to point at: the value of a property, the right side of an assignment. */
export function valueNodeOf(node: Node, value: Value): Node {
  if (node.type === "Property") return node.value;
  if (node.type === "AssignmentExpression") return node.right;
  if (node.type === "CallExpression" || node.type === "NewExpression")
    return node.arguments[0] ?? node;
  return node.type === "SpreadElement" ? value.node : node;
}

/** The state of one role over all sources, the nearest first. */
export function stateOf(sources: readonly SettingSource[], role: OptionRole): OptionState {
  let written: Setting | undefined;
  let open = false;
  for (const source of sources) {
    for (const setting of source.settings) {
      // `{ ...made, ...call }`: what the call says of a name counts, `null` and `undefined` too.
      if (setting.role !== role || overrides(written, setting)) continue;
      if (must(setting.value, (value) => isOff(value, setting.model))) {
        return { state: "absent", written: setting };
      }
      const skips = setting.model?.skippedWhen ?? [];
      if (must(setting.value, (value) => isSkipped(value, skips))) {
        written ??= setting;
        continue;
      }
      return {
        state: "set",
        setting,
        mayBeEmpty: may(setting.value, (value) => mayBeSkipped(value, skips)),
      };
    }
    open ||= source.open;
  }
  if (open && written === undefined) return { state: "unknown" };
  return written === undefined ? { state: "absent" } : { state: "absent", written };
}

function overrides(nearer: Setting | undefined, setting: Setting): boolean {
  return nearer?.via === "option" && setting.via === "option" && nearer.name === setting.name;
}

/** Switched off, whatever other options of the role say. */
function isOff(value: Value, model: OptionModel | undefined): boolean {
  return value.type === "literal" && model?.offWhen?.some((off) => off === value.value) === true;
}

function isSkipped(value: Value, skips: readonly SkippedWhen[]): boolean {
  if (value.type === "regexp") return skips.includes("regexp");
  if (value.type === "object") return skips.includes("not-string-or-array");
  if (value.type === "array") {
    return value.elements.length === 0 && !value.open && skips.includes("empty-list");
  }
  if (value.type === "template" || value.type === "environment") return skips.includes("text");
  if (value.type !== "literal") return false;
  if (value.value === undefined) return skips.includes("undefined");
  if (value.value === null) return skips.includes("null");
  if (value.value === "") return skips.includes("empty");
  if (value.value === 0) return skips.includes("zero");
  if (value.value === false && skips.includes("false")) return true;
  if (typeof value.value === "string") return skips.includes("text");
  return (
    skips.includes("not-string-or-array") &&
    (typeof value.value === "boolean" || typeof value.value === "number")
  );
}

/** A variable of the environment is undefined where nobody sets it. */
function mayBeSkipped(value: Value, skips: readonly SkippedWhen[]): boolean {
  if (value.type === "environment") return skips.includes("undefined");
  return isSkipped(value, skips);
}

/** Claims of a payload object that count as settings. */
export function readClaims(
  value: Value,
  roles: Readonly<Record<string, OptionRole>>,
  grammar: TimeGrammar | undefined,
): SettingSource {
  const settings: Setting[] = [];
  let open = false;
  const options = possibilities(value);
  for (const one of options) {
    if (one.type === "literal" || one.type === "template") continue;
    if (one.type !== "object") {
      open = true;
      continue;
    }
    open ||= one.open;
    for (const [name, role] of Object.entries(roles)) {
      const property = one.properties.get(name);
      if (property === undefined) continue;
      settings.push({
        role,
        name,
        value: property.value,
        node: property.node,
        valueNode: valueNodeOf(property.node, property.value),
        via: "claim",
        grammar: role === "expiresAt" ? grammar : undefined,
        model: undefined,
        certain: options.length === 1 && property.certain,
      });
    }
  }
  return { settings, ignored: [], open, claims: true };
}
