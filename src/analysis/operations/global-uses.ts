import type { Library } from "../../libraries/types.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isUndeclared } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import type { Node } from "../syntax.ts";
import { globalsOf } from "../values/bindings.ts";
import type { LibraryIndex } from "../values/bindings.ts";

/**
 * Where does a file use a library that it does not load? A page has `KJUR` from a script, a program of
 * many files sets `global.jwt` in the first, and code that nobody ran yet has forgotten the import.
 */
export function globalUses(index: LibraryIndex, file: SourceFile): readonly Node[] {
  if (!mayUseGlobals(index, file.text)) return [];
  return [...globalsOf(index.libraries).keys()]
    .flatMap((name) => file.index.names.get(name) ?? [])
    .filter((node) => isUndeclared(file, node));
}

/** Does the text call such a name or one of its members, or take it apart? Asked before anything looks at the tree. */
export function mayUseGlobals({ libraries }: LibraryIndex, text: string): boolean {
  return written(libraries).test(text);
}

const written = byObject(
  (libraries: readonly Library[]): RegExp =>
    new RegExp(
      String.raw`(?<![\w$.])(?:${[...globalsOf(libraries).keys()].join("|")})\s*[.(?[;]`,
      "u",
    ),
);
