import nodePath from "node:path";
import type { Core } from "../core.ts";
import { isFolder, statOf } from "../files/disk.ts";
import type { CallNode, Node } from "../syntax.ts";
import { exportsOf } from "./exports.ts";
import { propertyAlong } from "./members.ts";
import { choice, isUndefined, stringOf, unknown } from "./value.ts";
import type { ModuleValue, Value } from "./value.ts";

/**
 * What node-config (the package `config`) reads: `config/default.json` beside the program or above it,
 * `production` over it, and the variables that `custom-environment-variables` names over both.
 */

const EXTENSIONS = [".json", ".json5", ".yaml", ".yml", ".js", ".cjs", ".mjs", ".ts"];

/** How many folders above a file are looked into. */
const MAX_LEVELS = 8;

const PACKAGE = "config";

/** `config.get("jwt.secret")`: undefined where no file of settings is in sight, or none that holds it. */
export function askedSetting(
  core: Core,
  { specifier, path }: ModuleValue,
  node: CallNode,
): Value | undefined {
  const [asked] = node.arguments;
  if (specifier !== PACKAGE || path.at(-1) !== "get" || asked === undefined) return undefined;
  const name = stringOf(core.evaluate(asked));
  return name === undefined ? undefined : configured(core, node, name.split("."));
}

/** `config.jwt.secret`; what is a group of settings is asked for when one of them is. */
export function settingAt(core: Core, { specifier, path, node }: ModuleValue): Value | undefined {
  const names = path.filter((part) => part !== "default");
  if (specifier !== PACKAGE || names.length === 0) return undefined;
  const value = configured(core, node, names);
  return value?.type === "object" ? undefined : value;
}

function configured(core: Core, node: Node, path: readonly string[]): Value | undefined {
  const folder = folderOf(core.fileOf(node).path);
  if (folder === undefined) return undefined;
  const inFile = (name: string): Value | undefined => {
    const file = fileIn(folder, name);
    if (file === undefined) return undefined;
    const source = core.open(file);
    // It is there and cannot be read, so it may say anything.
    if (source === undefined) return unknown(node, "settings out of sight");
    const value = propertyAlong(core, exportsOf(core, source, node), path, node);
    return isUndefined(value) ? undefined : value;
  };
  const written = inFile("production") ?? inFile("default");
  if (written === undefined || written.type === "unknown") return undefined;
  const variable = inFile("custom-environment-variables");
  if (variable === undefined) return written;
  const name = stringOf(variable);
  if (name === undefined) return undefined;
  return choice(node, [{ type: "environment", node, name, source: "config" }, written]);
}

function folderOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let above = nodePath.dirname(file);
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const folder = nodePath.join(above, "config");
    if (isFolder(folder) && fileIn(folder, "default") !== undefined) return folder;
    const next = nodePath.dirname(above);
    if (next === above) return undefined;
    above = next;
  }
  return undefined;
}

function fileIn(folder: string, name: string): string | undefined {
  const extension = EXTENSIONS.find(
    (one) => statOf(nodePath.join(folder, name + one)) !== undefined,
  );
  return extension === undefined ? undefined : nodePath.join(folder, name + extension);
}

/** Does a text stand in the file of what holds when nothing else is set? */
export function isInDefaults(core: Core, written: Node): boolean {
  return /[/\\]config[/\\]default\.\w+$/u.test(core.fileOf(written).path ?? "");
}
