import type { Library } from "../../libraries/types.ts";
import { copyAt, namedByPath } from "../files/copies.ts";
import type { Copied } from "../files/copies.ts";
import { byName, byObject } from "../memo.ts";
import type { Entry, PackageIndex } from "../values/bindings.ts";

/** Libraries that a program keeps among its own files: `require("../vendor/jsonwebtoken")`. */

/** The described package whose name a path ends with. */
export function copiedPackage(
  index: PackageIndex,
  specifier: string,
): (Copied & { readonly entry: Entry }) | undefined {
  return packagesOf(index)(specifier);
}

const packagesOf = byObject(({ find }: PackageIndex) =>
  byName((specifier) => {
    const name = namedByPath(specifier);
    const entry = name === undefined ? undefined : find(name);
    if (name === undefined || entry?.path !== "") return undefined;
    const functions = Object.entries(entry.library.entities).flatMap(([path, { kind }]) =>
      /^\w+$/u.test(path) && /^(?:sign|verify|decode)$/u.test(kind) ? [path] : [],
    );
    const isLibrary = (one: string): boolean => find(one) !== undefined;
    return { name, functions, entry, isLibrary };
  }),
);

export function copiedLibrary(
  index: PackageIndex,
  importer: string,
  specifier: string,
): Entry | undefined {
  const found = copiedPackage(index, specifier);
  const copy = found === undefined ? undefined : copyAt(importer, specifier, found);
  if (found === undefined || copy === undefined) return undefined;
  return { ...found.entry, library: copyOf(found.entry.library)(copy.version ?? "") };
}

/** The same object for all copies of one release. */
const copyOf = byObject((library: Library) =>
  byName((version): Library => ({
    ...library,
    copied: { version: version === "" ? undefined : version },
  })),
);
