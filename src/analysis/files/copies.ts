import path from "node:path";
import { readText, shortLived, statOf } from "./disk.ts";
import { readManifest } from "./manifests.ts";
import { MAX_BYTES, importedIn } from "./reach.ts";
import { resolveModule } from "./resolution.ts";
import { isRelative } from "./specifiers.ts";

/** The files of a package that a program keeps among its own. */
export interface Copy {
  /** As the copy's own manifest says it. */
  readonly version: string | undefined;
}

/** A package of which a copy may be kept. */
export interface Copied {
  readonly name: string;
  /** What it offers. */
  readonly functions: readonly string[];
  /** Does a specifier in one of the files name a described library? */
  isLibrary(specifier: string): boolean;
}

/** The folders in which programs keep what others have written. */
const FOREIGN = /^(?:vendor(?:s|ed)?|(?:third|3rd)[-_]?party|externals?|libs?|deps)$/iu;

/** … and nothing else: what cannot be seen in `lib/` is the program's own as well as not. */
const FOREIGN_ALONE = /^(?:vendor(?:s|ed)?|(?:third|3rd)[-_]?party|externals?)$/iu;

/** How many of its functions show what a file is. */
const MIN_SHOWN = 2;

/** How many files are looked into for what they import. */
const MAX_SEARCHED = 20;

/** The package that a path could hold a copy of: `jose` of `../vendor/jose/index.js`. */
export function namedByPath(specifier: string): string | undefined {
  const bare = specifier.replace(/(?:\.min)?\.[cm]?[jt]s$/u, "").replace(/\/index$/u, "");
  return /\/((?:@[^/]+\/)?[^/.][^/]*)$/u.exec(bare)?.[1];
}

const copies = shortLived<string, Copy | undefined>();

/**
 * Is what a specifier names a copy of the package that goes by the same name? What the program has put
 * before a package may be called like it, too: that imports the package.
 *
 * @param importer the file in which it is imported
 */
export function copyAt(importer: string, specifier: string, copied: Copied): Copy | undefined {
  const file = resolveModule(importer, specifier);
  if (file === undefined && !isRelative(specifier)) return undefined;
  const folders = specifier.split("/").slice(0, -1);
  const isForeign = folders.some((one) => (file === undefined ? FOREIGN_ALONE : FOREIGN).test(one));
  const target = file ?? path.resolve(path.dirname(importer), specifier);
  const key = `${target}\0${String(isForeign)}`;
  const known = copies();
  if (!known.has(key)) {
    const isSeen = file !== undefined;
    known.set(key, isSeen ? seenCopy(file, isForeign, copied) : unseen(target, isForeign, copied));
  }
  return known.get(key);
}

/** What cannot be seen goes by the manifest in the folder, or else by its name and place alone. */
function unseen(folder: string, isForeign: boolean, { name, functions }: Copied): Copy | undefined {
  const manifest = readManifest(path.join(folder, "package.json"));
  if (manifest !== undefined) return manifest.name === name ? versionIn(manifest) : undefined;
  return isForeign && functions.length >= MIN_SHOWN ? { version: undefined } : undefined;
}

function seenCopy(file: string, isForeign: boolean, copied: Copied): Copy | undefined {
  const manifest = readManifest(path.join(path.dirname(file), "package.json"));
  const isNamed = manifest?.name === copied.name;
  if (!isNamed && !isForeign) return undefined;
  const { offered, imported } = search(file);
  if (isNamed) return imported.includes(copied.name) ? undefined : versionIn(manifest);
  const shown = copied.functions.filter((name) => offered.has(name));
  const isShown = shown.length >= MIN_SHOWN && !imported.some((one) => copied.isLibrary(one));
  return isShown ? { version: undefined } : undefined;
}

function versionIn({ version }: { readonly version?: unknown }): Copy {
  return { version: typeof version === "string" ? version : undefined };
}

/** Takes over everything that another file exports. */
const PASSED_ON =
  /(?:\bmodule\.exports\s*=\s*require\s*\(\s*|\bexport\s*\*\s*from\s*)["']([^"'\n]+)["']/gu;

/** What a file exports by name, and the packages that it and the files behind it import. */
function search(start: string): { offered: ReadonlySet<string>; imported: readonly string[] } {
  const offered = new Set<string>();
  const imported: string[] = [];
  const exporting = new Set([start]);
  const files = new Set([start]);
  // A set is walked in the order in which it grows.
  for (const file of files) {
    const text = textOf(file);
    if (exporting.has(file)) {
      for (const name of exportedIn(text)) offered.add(name);
      for (const [, specifier = ""] of text.matchAll(PASSED_ON)) {
        const next = resolveModule(file, specifier);
        if (next !== undefined) exporting.add(next);
      }
    }
    for (const specifier of importedIn(text)) {
      const next = resolveModule(file, specifier);
      if (next === undefined) imported.push(specifier);
      else if (files.size < MAX_SEARCHED) files.add(next);
    }
  }
  return { offered, imported };
}

function textOf(file: string): string {
  const stat = statOf(file);
  return stat === undefined || stat.size > MAX_BYTES ? "" : (readText(file) ?? "");
}

/** `exports.sign = …`, `export function sign`, and the like; `jwt.sign = …` for what is exported as a whole. */
const EXPORTED =
  /\.(\w+)\s*=(?!=)|\bexport\s+(?:async\s+)?(?:function\*?|const|let|var)\s+(\w+)|\bdefineProperty\(\w*exports,\s*["'](\w+)/gu;

/** `module.exports = { sign, … }`, `export { sign, … }` */
const EXPORTED_TOGETHER = /(?:\bmodule\.exports\s*=|\bexport)\s*\{([^}]*)\}/gu;

function exportedIn(text: string): string[] {
  const single = [...text.matchAll(EXPORTED)].flatMap(([, ...names]) => names);
  const together = [...text.matchAll(EXPORTED_TOGETHER)].flatMap(([, list = ""]) =>
    list.split(",").map((one) => /^\s*(?:\w+\s+as\s+)?(\w+)/u.exec(one)?.[1]),
  );
  return [...single, ...together].filter((name) => name !== undefined);
}
