import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "eslint-scope";
import { walk } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isDataFile, programOf } from "./data-files.ts";
import { readText, statOf } from "./disk.ts";
import type { Stat } from "./disk.ts";
import { MAX_BYTES } from "./reach.ts";
import { resolveModule } from "./resolution.ts";
import { createSourceFile, markForeign } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

/**
 * Reads files that the linted file imports, with the user's own parser.
 *
 * Specifiers are resolved as `resolution.ts` does: relative ones, path aliases, `imports`, and the parts of
 * a workspace. Trees are kept between files of one lint run, bounded in number, and made anew when the
 * modification time or size has changed, since editors keep the process alive.
 */
export interface Reader {
  /** The file that `specifier` names as seen from `from`, or undefined. */
  read(from: string, specifier: string): SourceFile | undefined;
  readPath(file: string): SourceFile | undefined;
}

/** The parser that ESLint uses for the linted file. */
export interface ParserLike {
  parse?(text: string, options: object): unknown;
  parseForESLint?(
    text: string,
    options: object,
  ): { ast: unknown; scopeManager?: unknown; visitorKeys?: unknown };
}

export interface ReaderOptions {
  readonly parser: ParserLike | undefined;
  readonly parserOptions: Readonly<Record<string, unknown>>;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
}

/**
 * How many other files may be looked into for one linted file, whether they are parsed for it or kept from
 * before: what is found must not depend on which files were linted first.
 */
export const MAX_FILES = 100;
/** How many parsed files are kept in memory. */
const MAX_CACHED = 200;

interface Cached extends Stat {
  readonly parser: ParserLike | undefined;
  readonly file: SourceFile | undefined;
}

const cache = new Map<string, Cached>();

export function createReader(options: ReaderOptions): Reader {
  let opened = 0;
  // It sees each file once: what changes meanwhile is seen by the next.
  const seen = new Map<string, SourceFile | undefined>();
  const readPath = (file: string): SourceFile | undefined => {
    if (seen.has(file)) return seen.get(file);
    const read = readOnce(file);
    seen.set(file, read);
    return read;
  };
  const readOnce = (file: string): SourceFile | undefined => {
    const stat = statOf(file);
    if (stat === undefined || stat.size > MAX_BYTES || opened >= MAX_FILES) return undefined;
    opened += 1;
    const cached = cache.get(file);
    const isCurrent =
      cached?.mtimeMs === stat.mtimeMs &&
      cached.size === stat.size &&
      cached.parser === options.parser;
    if (isCurrent) {
      cache.delete(file);
      cache.set(file, cached);
      return cached.file;
    }
    const text = readText(file);
    const parsed = text === undefined ? undefined : parseFile(file, text, options);
    cache.set(file, { ...stat, parser: options.parser, file: parsed });
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    return parsed;
  };
  return {
    readPath,
    read(from, specifier) {
      const file = resolveModule(from, specifier);
      return file === undefined ? undefined : readPath(file);
    },
  };
}

function parseFile(file: string, text: string, options: ReaderOptions): SourceFile | undefined {
  try {
    return parseText(programOf(file, text), file, options);
  } catch {
    // Not in the language of the user's parser: out of sight, so unknown.
    return undefined;
  }
}

/** What asks the TypeScript parser for a program: a foreign file is read for its text alone. */
const TYPED = new Set(["project", "projectService", "programs", "EXPERIMENTAL_useProjectService"]);

interface ParsedText {
  readonly ast: unknown;
  readonly scopeManager?: Scope.ScopeManager;
  readonly visitorKeys?: ReaderOptions["visitorKeys"];
}

function parseWith(parser: ParserLike, text: string, options: object): ParsedText {
  const parse = (withTokens: boolean): ParsedText => {
    const asked = { ...options, tokens: withTokens, comment: withTokens };
    return parser.parseForESLint === undefined
      ? { ast: parser.parse?.(text, asked) }
      : (parser.parseForESLint(text, asked) as ParsedText);
  };
  try {
    return parse(false);
  } catch {
    // ESLint always asks for tokens, and what wraps a parser, such as RuleTester, looks at them.
    return parse(true);
  }
}

function parseText(text: string, file: string, options: ReaderOptions): SourceFile | undefined {
  const { parser } = options;
  if (parser === undefined) return undefined;
  const rest = Object.fromEntries(
    Object.entries(options.parserOptions).filter(([name]) => !TYPED.has(name)),
  );
  const isCommonJs =
    /\b(?:module\.exports|exports\.|require\()/u.test(text) &&
    !/^\s*(?:import|export)\s/mu.test(text);
  const parserOptions = {
    ...rest,
    ecmaVersion: rest.ecmaVersion ?? "latest",
    sourceType: isCommonJs ? "script" : "module",
    // The TypeScript parser chooses its language by the name.
    filePath: isDataFile(file) ? `${file}.js` : file,
    loc: true,
    range: true,
    // The TypeScript parser declares two hundred names of the language in each file; none is needed.
    lib: [],
    ecmaFeatures: {
      ...(rest.ecmaFeatures as object | undefined),
      jsx: !/\.[cm]?ts$/u.test(file),
      globalReturn: isCommonJs,
    },
  };
  const parsed = parseWith(parser, text, parserOptions);
  const ast = parsed.ast as TSESTree.Program;
  const visitorKeys = parsed.visitorKeys ?? options.visitorKeys;
  const scopes = (): Scope.ScopeManager =>
    parsed.scopeManager ??
    (analyze(ast as never, {
      ecmaVersion: 2022,
      sourceType: isCommonJs ? "script" : "module",
      ignoreEval: true,
      nodejsScope: isCommonJs,
      childVisitorKeys: visitorKeys,
    }) as unknown as Scope.ScopeManager);
  const source = createSourceFile({ path: file, text, ast, scopes, visitorKeys });
  setParents(source);
  return source;
}

/** ESLint does it for the linted file. What is of another file is marked as such, too. */
function setParents(file: SourceFile): void {
  walk(file.ast, file.visitorKeys, (node: Node, parent) => {
    if (parent !== undefined) node.parent = parent;
    markForeign(node, file);
    return true;
  });
}
