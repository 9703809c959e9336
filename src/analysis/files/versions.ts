import path from "node:path";
import { coerce, minVersion, satisfies, validRange } from "semver";
import type { Library } from "../../libraries/types.ts";
import { byName } from "../memo.ts";
import { isFolder, shortLived } from "./disk.ts";
import { readManifest } from "./manifests.ts";

/** How many folders upward are looked at. */
const MAX_LEVELS = 24;

/**
 * The release of a package that the linted file uses: what the settings say, else what is installed,
 * else the lowest version that the nearest `package.json` asks for.
 *
 * @returns a full version such as `9.0.3`, or undefined when nothing says
 */
export function findVersion(
  file: string | undefined,
  library: Library,
  settings: Readonly<Record<string, string>>,
): string | undefined {
  const names = [library.name, ...(library.compatible ?? [])];
  for (const name of names) {
    const told = settings[name];
    if (told !== undefined) return lowest(told);
  }
  // What is installed, or asked for, is not the copy.
  if (library.copied !== undefined) return library.copied.version;
  if (file === undefined) return undefined;
  const directory = path.dirname(file);
  const known = versions();
  const key = `${library.name}\0${directory}`;
  if (!known.has(key)) known.set(key, versionFrom(directory, library));
  return known.get(key);
}

const versions = shortLived<string, string | undefined>();

/** Up from a folder: what is installed, else what is asked for. */
function versionFrom(start: string, library: Library): string | undefined {
  let directory = start;
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const packages = path.join(directory, "node_modules");
    const installed = isFolder(packages)
      ? readManifest(path.join(packages, library.name, "package.json"))
      : undefined;
    if (typeof installed?.version === "string") return installed.version;
    const manifest = readManifest(path.join(directory, "package.json"));
    const asked =
      manifest?.dependencies?.[library.name] ??
      manifest?.devDependencies?.[library.name] ??
      manifest?.peerDependencies?.[library.name];
    if (typeof asked === "string") {
      const version = lowest(asked);
      if (version !== undefined) return version;
    }
    const parent = path.dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
  return undefined;
}

/** A range gives its lowest version; `workspace:`, `npm:` and `catalog:` prefixes are looked through. */
const lowest = byName((range): string | undefined => {
  const written = range.replace(/^(?:workspace:|npm:(?:@?[^@]+@)?)/u, "");
  if (validRange(written) === null) return coerce(written)?.version;
  const version = minVersion(written)?.version;
  // `*` and `latest` say nothing.
  return version === "0.0.0" ? undefined : version;
});

/** Ranges come from the descriptions of libraries, so there are few. */
const held = new Map<string, boolean>();

/** How many of them are kept. */
const MAX_HELD = 2000;

export function holds(version: string, range: string): boolean {
  const key = `${version} ${range}`;
  let answer = held.get(key);
  if (answer === undefined) {
    answer = satisfies(version, range, { includePrerelease: true });
    if (held.size >= MAX_HELD) held.clear();
    held.set(key, answer);
  }
  return answer;
}
