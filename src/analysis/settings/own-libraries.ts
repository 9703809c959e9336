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
import type { LibraryIndex, PackageIndex } from "../values/bindings.ts";

/** The plugin's libraries, and those that the program describes itself, which add to them and win. */
export function libraryIndex(
  own: readonly Library[],
  cwd: string,
  fileOf: (node: Node) => SourceFile,
): LibraryIndex {
  const index = indexOf(own);
  const files = filesOf(own, cwd);
  if (files.size === 0) return index;
  return {
    libraries: index.libraries,
    find(specifier, from) {
      const importer = fileOf(from).path;
      const described = index.find(specifier);
      if (importer === undefined || described !== undefined) return described;
      const target = isRelative(specifier)
        ? path.resolve(path.dirname(importer), specifier)
        : resolveModule(importer, specifier);
      const found = target === undefined ? undefined : files.get(withoutExtension(target));
      return found === undefined
        ? undefined
        : { library: found.library, path: found.module.path ?? "", default: found.module.default };
    },
  };
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
    const { find } = indexOf(own);
    reach = createReach((specifier) =>
      // The program's own files may be described as libraries.
      isRelative(specifier) ? own.length > 0 : find(specifier) !== undefined,
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
