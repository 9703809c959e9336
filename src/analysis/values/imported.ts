import type { Library } from "../../libraries/types.ts";
import type { SourceFile } from "../files/source-file.ts";

/** Does the file name a package of the library? */
export function isImported({ index }: SourceFile, library: Library): boolean {
  return library.modules.some(({ specifier }) => index.texts.has(specifier));
}
