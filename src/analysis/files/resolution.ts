import path from "node:path";
import { aliasTargets } from "./aliases.ts";
import { isFolder, shortLived, statOf } from "./disk.ts";
import { isRelative } from "./specifiers.ts";
import { workspaceTargets } from "./workspaces.ts";

const EXTENSIONS = [".ts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".mts", ".cts", ".json"];

/** TypeScript writes the extension that the file will have when it is compiled. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

const resolutions = shortLived<string, Map<string, string | undefined>>();

/**
 * The file of the program that a specifier names as seen from another file, relative, by an alias or
 * as a part of a workspace: exact, with an extension, or an index file, as Node, TypeScript and bundlers
 * read it.
 *
 * @returns undefined for a file that is not there, and for packages
 */
export function resolveModule(from: string, specifier: string): string | undefined {
  const directory = path.dirname(from);
  const known = resolutions();
  const inDirectory = known.get(directory) ?? new Map<string, string | undefined>();
  known.set(directory, inDirectory);
  const answer = inDirectory.get(specifier);
  if (answer !== undefined || inDirectory.has(specifier)) return answer;
  let found: string | undefined;
  for (const target of targetsOf(directory, specifier)) found ??= search(target);
  inDirectory.set(specifier, found);
  return found;
}

function targetsOf(directory: string, specifier: string): readonly string[] {
  if (isRelative(specifier)) return [path.resolve(directory, specifier)];
  // Nothing in an installed package is resolved by the program's own configuration.
  if (INSTALLED.test(directory) || NO_FILE.test(specifier)) return [];
  return [...aliasTargets(directory, specifier), ...workspaceTargets(directory, specifier)];
}

const INSTALLED = /[\\/]node_modules(?:[\\/]|$)/u;

/** Modules of Node, and addresses. */
const NO_FILE = /^(?:node:|[a-z]+:\/\/)/u;

function search(base: string): string | undefined {
  if (!isFolder(path.dirname(base))) return undefined;
  const extension = path.extname(base);
  // Most specifiers are exact, or need one extension: the others are not put together.
  if (extension !== "" && isFile(base)) return base;
  const stem = extension === "" ? base : base.slice(0, -extension.length);
  const compiled = COMPILED[extension]?.find((other) => isFile(stem + other));
  if (compiled !== undefined) return stem + compiled;
  const added = EXTENSIONS.find((other) => isFile(base + other));
  if (added !== undefined) return base + added;
  if (!isFolder(base)) return undefined;
  const index = path.join(base, "index");
  const found = EXTENSIONS.find((other) => isFile(index + other));
  return found === undefined ? undefined : index + found;
}

function isFile(file: string): boolean {
  return statOf(file) !== undefined;
}
