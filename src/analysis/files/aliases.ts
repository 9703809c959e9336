import path from "node:path";
import { createPathsMatcher, parseTsconfig } from "get-tsconfig";
import type { PathsMatcher } from "get-tsconfig";
import { resolveImports } from "resolve-pkg-maps";
import type { PathConditionsMap } from "resolve-pkg-maps";
import { isFolder, shortLived, statOf } from "./disk.ts";
import { CONDITIONS, readManifest } from "./manifests.ts";
import type { Manifest } from "./manifests.ts";

/**
 * Specifiers that name a file of the program without being relative: through `paths` and `baseUrl` of a
 * `tsconfig.json` or `jsconfig.json`, through `imports` of a `package.json` (Node's own), through the
 * package `module-alias`, and by the customs of bundlers and frameworks.
 *
 * @param directory where the file stands that holds the specifier
 * @returns absolute paths, perhaps without an extension, the likelier first; whether there is a file
 *   is not asked
 */
export function aliasTargets(directory: string, specifier: string): readonly string[] {
  const { matchers, root, manifest } = aliasesOf(directory);
  return [
    ...matchers.flatMap((match) => match(specifier)),
    ...(root === undefined
      ? []
      : [
          ...importsOf(manifest, specifier).map((target) => path.resolve(root, target)),
          ...moduleAliases(manifest, specifier).map((target) => path.resolve(root, target)),
          ...customary(root, specifier),
        ]),
  ].filter((target) => !/[\\/]node_modules[\\/]/u.test(target));
}

interface Aliases {
  readonly matchers: readonly PathsMatcher[];
  /** The folder of the nearest manifest. */
  readonly root: string | undefined;
  readonly manifest: Manifest | undefined;
}

const NONE: Aliases = { matchers: [], root: undefined, manifest: undefined };

const known = shortLived<string, Aliases>();

/** What the nearest configuration and the nearest manifest say, upward from a folder. */
function aliasesOf(directory: string): Aliases {
  const answers = known();
  const answer = answers.get(directory);
  if (answer !== undefined) return answer;
  const parent = path.dirname(directory);
  const above = parent === directory ? NONE : aliasesOf(parent);
  const config = ["tsconfig.json", "jsconfig.json"]
    .map((name) => path.join(directory, name))
    .find((file) => statOf(file) !== undefined);
  const manifest = readManifest(path.join(directory, "package.json"));
  const found: Aliases = {
    matchers: config === undefined ? above.matchers : matchersOf(config),
    root: manifest === undefined ? above.root : directory,
    manifest: manifest ?? above.manifest,
  };
  answers.set(directory, found);
  return found;
}

/** A configuration for a whole project names those of its parts, and these hold the paths. */
function matchersOf(file: string): PathsMatcher[] {
  try {
    const config = parseTsconfig(file);
    const matcher = createPathsMatcher({ path: file, config });
    if (matcher !== null) return [matcher];
    return (config.references ?? []).flatMap((reference) => {
      const target = path.resolve(path.dirname(file), reference.path);
      const part = isFolder(target) ? path.join(target, "tsconfig.json") : target;
      const inner = createPathsMatcher({ path: part, config: parseTsconfig(part) });
      return inner ?? [];
    });
  } catch {
    // Broken, or extending what is not installed: it says nothing.
    return [];
  }
}

function importsOf(manifest: Manifest | undefined, specifier: string): string[] {
  const imports = manifest?.imports;
  if (!specifier.startsWith("#") || imports === null || typeof imports !== "object") return [];
  try {
    return resolveImports(imports as PathConditionsMap, specifier, CONDITIONS);
  } catch {
    // Not among them, or not what Node reads.
    return [];
  }
}

function moduleAliases(manifest: Manifest | undefined, specifier: string): string[] {
  const aliases = manifest?._moduleAliases;
  if (aliases === null || typeof aliases !== "object") return [];
  return Object.entries(aliases).flatMap(([name, target]: [string, unknown]) =>
    typeof target === "string" && (specifier === name || specifier.startsWith(`${name}/`))
      ? [path.join(target, specifier.slice(name.length))]
      : [],
  );
}

/**
 * No package can be called `@`, `~` or `$lib`: what begins so is an alias, written in the configuration
 * of a bundler, which is a program. It stands for the sources nearly always.
 */
function customary(root: string, specifier: string): string[] {
  const inLibrary = /^\$lib\/(.+)$/u.exec(specifier)?.[1];
  if (inLibrary !== undefined) return [path.join(root, "src", "lib", inLibrary)];
  const inSources = /^[@~]{1,2}\/(.+)$/u.exec(specifier)?.[1];
  return inSources === undefined
    ? []
    : ["src", "app", ""].map((folder) => path.join(root, folder, inSources));
}
