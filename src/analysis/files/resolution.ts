import path from "node:path";
import { isFolder, shortLived, statOf } from "./disk.ts";
import { isRelative } from "./specifiers.ts";

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
 * The file that a relative specifier names as seen from another file: exact, with an extension, or
 * an index file, as Node, TypeScript and bundlers read it.
 *
 * @returns undefined for a file that is not there, and for what is not relative
 */
export function resolveRelative(from: string, specifier: string): string | undefined {
  if (!isRelative(specifier)) return undefined;
  const directory = path.dirname(from);
  const known = resolutions();
  const inDirectory = known.get(directory) ?? new Map<string, string | undefined>();
  known.set(directory, inDirectory);
  const answer = inDirectory.get(specifier);
  if (answer !== undefined || inDirectory.has(specifier)) return answer;
  const found = search(path.resolve(directory, specifier));
  inDirectory.set(specifier, found);
  return found;
}

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
