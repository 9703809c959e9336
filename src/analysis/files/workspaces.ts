import { realpathSync } from "node:fs";
import path from "node:path";
import { resolveExports } from "resolve-pkg-maps";
import type { PathConditions } from "resolve-pkg-maps";
import { isFolder, shortLived } from "./disk.ts";
import { CONDITIONS, readManifest } from "./manifests.ts";

/** How many folders upward are looked at. */
const MAX_LEVELS = 24;

/**
 * Packages of the same program: package managers put links to the parts of a workspace among the
 * installed packages.
 *
 * @returns absolute paths, perhaps without an extension, the likelier first
 */
export function workspaceTargets(directory: string, specifier: string): readonly string[] {
  const [, name, subpath = ""] =
    /^((?:@[^/]+\/)?[^/@.#~$][^/]*)(?:\/(.+))?$/u.exec(specifier) ?? [];
  if (name === undefined) return [];
  const folder = linked(directory, name);
  if (folder === undefined) return [];
  const manifest = readManifest(path.join(folder, "package.json"));
  const { exports, main, module, source } = manifest ?? {};
  const targets = [
    ...exported(exports, subpath),
    ...(subpath === ""
      ? [source, module, main, "src/index", "index"]
      : [`src/${subpath}`, subpath]),
  ];
  return targets.flatMap((target) =>
    typeof target === "string" ? [path.resolve(folder, target)] : [],
  );
}

/** The folder that an installed package is a link to, when it is not an installed one itself. */
function linked(start: string, name: string): string | undefined {
  let directory = start;
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const packages = path.join(directory, "node_modules");
    // Most folders have none, which is asked once for all names.
    const installed = isFolder(packages) ? path.join(packages, name) : undefined;
    if (installed !== undefined && isFolder(installed)) return outside(installed);
    const parent = path.dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
  return undefined;
}

const links = shortLived<string, string | undefined>();

/** Asked for a package from each folder that imports it. */
function outside(installed: string): string | undefined {
  const known = links();
  if (!known.has(installed)) known.set(installed, targetOf(installed));
  return known.get(installed);
}

function targetOf(installed: string): string | undefined {
  try {
    const folder = realpathSync(installed);
    return /[\\/]node_modules[\\/]/u.test(folder) ? undefined : folder;
  } catch {
    // A link to nothing.
    return undefined;
  }
}

function exported(exports: unknown, subpath: string): string[] {
  if (exports === null || exports === undefined) return [];
  try {
    // Parts that are not built before they are used name their sources as their types.
    return [["types"], CONDITIONS]
      .flatMap((conditions) => resolveExports(exports as PathConditions, subpath, conditions))
      .filter((target) => !/\.d\.[cm]?ts$/u.test(target));
  } catch {
    // Not among them, or not what Node reads.
    return [];
  }
}
