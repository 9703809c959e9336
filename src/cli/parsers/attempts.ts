/**
 * As what a file is parsed: the most likely first, then what else it may be.
 *
 * JavaScript goes to ESLint's own parser, TypeScript to the project's, else to ours. JavaScript with
 * decorators or with types that a build step removes is read as TypeScript at last.
 */
import path from "node:path";
import type { Linter } from "eslint";
import type { PackageTypes } from "./package-type.ts";
import type { Parser, ProjectParsers } from "./project-parser.ts";

export type Attempt = Linter.LanguageOptions & { readonly sourceType: "module" | "commonjs" };

const MODULE_SYNTAX = /^[ \t]*(?:import\s*[\w${*"']|export\s*[\w${*])/mu;

/**
 * @param file its extension says what is in it, its folder where a parser may be installed
 * @returns one after the other, so that a parser is loaded only where it is needed
 */
export async function* attempts(
  file: string,
  text: string,
  types: PackageTypes,
  parsers: ProjectParsers,
): AsyncGenerator<Attempt> {
  const extension = path.extname(file).toLowerCase();
  const kinds = sourceTypes(extension, file, text, types);
  const jsx = !/^\.[cm]?ts$/u.test(extension);
  const isTypeScript = /^\.(?:[cm]?ts|tsx)$/u.test(extension);
  if (!isTypeScript) for (const kind of kinds) yield options(kind, jsx);
  const project = await parsers.for(file);
  if (project !== undefined) for (const kind of kinds) yield options(kind, jsx, project);
  const own = await loadOwn();
  for (const kind of kinds) yield options(kind, jsx, own);
}

function sourceTypes(
  extension: string,
  file: string,
  text: string,
  types: PackageTypes,
): Attempt["sourceType"][] {
  if (extension.startsWith(".m")) return ["module"];
  if (extension.startsWith(".c")) return ["commonjs", "module"];
  const isModule =
    /^\.tsx?$/u.test(extension) || types.of(file) === "module" || MODULE_SYNTAX.test(text);
  return isModule ? ["module", "commonjs"] : ["commonjs", "module"];
}

const known = new Map<Parser | undefined, Map<string, Attempt>>();

/** The same object each time: whoever is handed it can tell it again. */
function options(sourceType: Attempt["sourceType"], jsx: boolean, parser?: Parser): Attempt {
  const ofParser = known.get(parser) ?? new Map<string, Attempt>();
  known.set(parser, ofParser);
  const key = `${sourceType} ${String(jsx)}`;
  const attempt: Attempt = ofParser.get(key) ?? {
    sourceType,
    ecmaVersion: "latest",
    parserOptions: { ecmaFeatures: { jsx }, warnOnUnsupportedTypeScriptVersion: false },
    ...(parser === undefined ? {} : { parser }),
  };
  ofParser.set(key, attempt);
  return attempt;
}

let loading: Promise<Parser> | undefined;

/** A native addon: loaded where TypeScript is met, and not where it is not. */
function loadOwn(): Promise<Parser> {
  loading ??= import("./oxc.ts") as unknown as Promise<Parser>;
  return loading;
}
