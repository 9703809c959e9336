import path from "node:path";
import { libraries } from "../../libraries/index.ts";
import type { Library, ModuleEntry } from "../../libraries/types.ts";
import { createReach } from "../files/reach.ts";
import type { Reach } from "../files/reach.ts";
import type { SourceFile } from "../files/source-file.ts";
import { resolveModule } from "../files/resolution.ts";
import { isRelative } from "../files/specifiers.ts";
import type { Node } from "../syntax.ts";
import { createLibraryIndex } from "../values/bindings.ts";
import type { Entry, LibraryIndex, PackageIndex } from "../values/bindings.ts";
import { copiedLibrary, copiedPackage } from "./copied-libraries.ts";
import type { Settings } from "./settings.ts";

/**
 * The plugin's libraries, those that the program describes itself, which add to them and win, and copies of
 * libraries among the program's own files.
 */
export function libraryIndex(
  { libraries: own, crossFile }: Pick<Settings, "libraries" | "crossFile">,
  cwd: string,
  fileOf: (node: Node) => SourceFile,
): LibraryIndex {
  const index = indexOf(own);
  const files = filesOf(own, cwd);
  return {
    libraries: index.libraries,
    find(specifier, from) {
      const described = index.find(specifier);
      const isCopy = crossFile !== "off" && copiedPackage(index, specifier) !== undefined;
      if (described !== undefined || (files.size === 0 && !isCopy)) return described;
      const importer = fileOf(from).path;
      if (importer === undefined) return undefined;
      return (
        describedFile(files, importer, specifier) ??
        (isCopy ? copiedLibrary(index, importer, specifier) : undefined)
      );
    },
  };
}

function describedFile(
  files: ReturnType<typeof filesOf>,
  importer: string,
  specifier: string,
): Entry | undefined {
  if (files.size === 0) return undefined;
  const target = isRelative(specifier)
    ? path.resolve(path.dirname(importer), specifier)
    : resolveModule(importer, specifier);
  const found = target === undefined ? undefined : files.get(withoutExtension(target));
  return found === undefined
    ? undefined
    : { library: found.library, path: found.module.path ?? "", default: found.module.default };
}

/** ESLint gives all files of one configuration the same settings. */
const indexes = new WeakMap<readonly Library[], PackageIndex>();

let plain: PackageIndex | undefined;

function indexOf(own: readonly Library[]): PackageIndex {
  if (own.length === 0) return (plain ??= createLibraryIndex(libraries));
  let index = indexes.get(own);
  if (index === undefined) {
    const names = new Set(own.map(({ name }) => name));
    const others = libraries.filter(({ name }) => !names.has(name));
    const all = [...others, ...own.map((library) => completed(library))];
    indexes.set(own, (index = createLibraryIndex(all)));
  }
  return index;
}

/**
 * What a program says of the calls of a package that the plugin knows adds to what is known, and wins where both
 * speak; how the package is loaded, and which releases there are, is known.
 */
function completed(own: Library): Library {
  const known = libraries.find(({ name }) => name === own.name);
  return known === undefined
    ? own
    : {
        ...known,
        modules: [...own.modules, ...known.modules],
        entities: { ...known.entities, ...own.entities },
        members: { ...known.members, ...own.members },
      };
}

const reaches = new WeakMap<readonly Library[], Reach>();

/** What imports lead to, for files of one configuration. */
export function reachOf(own: readonly Library[]): Reach {
  let reach = reaches.get(own);
  if (reach === undefined) {
    const index = indexOf(own);
    reach = createReach(
      (specifier) =>
        index.find(specifier) !== undefined ||
        copiedPackage(index, specifier) !== undefined ||
        // The program's own files may be described as libraries.
        (isRelative(specifier) && own.length > 0),
    );
    reaches.set(own, reach);
  }
  return reach;
}

/** Modules that are described by their place in the project, such as `./src/lib/jwt`. */
function filesOf(
  own: readonly Library[],
  cwd: string,
): Map<string, { library: Library; module: ModuleEntry }> {
  const files = new Map<string, { library: Library; module: ModuleEntry }>();
  for (const library of own) {
    for (const module of library.modules) {
      if (!isRelative(module.specifier)) continue;
      files.set(withoutExtension(path.resolve(cwd, module.specifier)), { library, module });
    }
  }
  return files;
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/u, "").replace(/[\\/]index$/u, "");
}

/** Words without which a file imports none of the program's own libraries. */
export function ownNames(own: readonly Library[]): string[] {
  return own.flatMap((library) =>
    library.modules.map(({ specifier }) =>
      isRelative(specifier) ? path.basename(withoutExtension(specifier)) : specifier,
    ),
  );
}
