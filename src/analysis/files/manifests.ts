import { readText, statOf } from "./disk.ts";
import type { Stat } from "./disk.ts";

/** What the analysis reads of a `package.json`; nothing in it is what it should be for sure. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
  readonly name?: unknown;
  readonly version?: unknown;
  /** https://nodejs.org/api/packages.html */
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  /** What bundlers read. */
  readonly module?: unknown;
  readonly source?: unknown;
  /** Of the package `module-alias`: folders or files by the name they go by. */
  readonly _moduleAliases?: unknown;
}

/** Under which names of conditions `exports` and `imports` are read: Node's, and a bundler's. */
export const CONDITIONS = ["source", "development", "import", "require", "node", "default"];

interface CachedManifest extends Stat {
  readonly manifest: Manifest | undefined;
}

const manifests = new Map<string, CachedManifest>();

/** How many manifests are kept; a monorepo has one a package. */
const MAX_MANIFESTS = 2000;

/** @returns undefined for what is not there, and for what is no object of JSON */
export function readManifest(file: string): Manifest | undefined {
  const stat = statOf(file);
  if (stat === undefined) {
    manifests.delete(file);
    return undefined;
  }
  const cached = manifests.get(file);
  if (cached?.mtimeMs === stat.mtimeMs && cached.size === stat.size) return cached.manifest;
  let manifest: Manifest | undefined;
  try {
    const content: unknown = JSON.parse(readText(file) ?? "");
    manifest = content !== null && typeof content === "object" ? content : undefined;
  } catch {
    // A manifest that is being written, or is broken, says nothing.
    manifest = undefined;
  }
  if (manifests.size >= MAX_MANIFESTS) manifests.clear();
  manifests.set(file, { mtimeMs: stat.mtimeMs, size: stat.size, manifest });
  return manifest;
}
