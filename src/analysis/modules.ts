import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "eslint-scope";
import { mentionsJwt } from "./gate.ts";
import { createSourceFile } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import { walk } from "./syntax.ts";
import type { Node } from "./syntax.ts";

/**
 * Reads files that the linted file imports, with the user's own parser.
 *
 * Only relative specifiers are resolved here; path aliases are asked of the TypeScript program where
 * there is one. Trees are kept between files of one lint run, bounded in number and checked by
 * modification time and size on every use, since editors keep the process alive.
 */
export interface Reader {
  /** The file that `specifier` names as seen from `from`, or undefined. */
  read(from: string, specifier: string): SourceFile | undefined;
  readPath(file: string): SourceFile | undefined;
  /** Whether the text of the file names JWTs; true where there is no file to read. */
  mentionsJwt(from: string, specifier: string): boolean;
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

/** Larger files are generated or bundled; nobody keeps a signing key by hand in them. */
const MAX_BYTES = 256_000;
/** How many files one linted file may make us open. */
const MAX_FILES = 24;
/** How many parsed files are kept in memory. */
const MAX_CACHED = 200;

const EXTENSIONS = [".ts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".mts", ".cts", ".json"];

/** TypeScript writes the extension that the file will have when it is compiled. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

interface Cached {
  readonly mtimeMs: number;
  readonly size: number;
  readonly parser: ParserLike | undefined;
  readonly file: SourceFile | undefined;
}

const cache = new Map<string, Cached>();

export function createReader(options: ReaderOptions): Reader {
  let opened = 0;
  // One lint run sees each file once: what changes meanwhile is seen by the next.
  const seen = new Map<string, SourceFile | undefined>();
  const named = new Map<string, boolean>();
  const readPath = (file: string): SourceFile | undefined => {
    if (seen.has(file)) return seen.get(file);
    const read = readOnce(file);
    seen.set(file, read);
    return read;
  };
  const readOnce = (file: string): SourceFile | undefined => {
    const stat = statOf(file);
    if (stat === undefined || stat.size > MAX_BYTES) return undefined;
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
    if (opened >= MAX_FILES) return undefined;
    opened += 1;
    const parsed = parseFile(file, options);
    cache.set(file, { ...stat, parser: options.parser, file: parsed });
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    return parsed;
  };
  const resolved = new Map<string, string | undefined>();
  const resolve = (from: string, specifier: string): string | undefined => {
    const key = `${path.dirname(from)}\0${specifier}`;
    if (!resolved.has(key)) resolved.set(key, resolveRelative(path.dirname(from), specifier));
    return resolved.get(key);
  };
  return {
    readPath,
    read(from, specifier) {
      const file = resolve(from, specifier);
      return file === undefined ? undefined : readPath(file);
    },
    mentionsJwt(from, specifier) {
      const file = resolve(from, specifier);
      if (file === undefined) return true;
      const known = named.get(file) ?? textMentionsJwt(file);
      named.set(file, known);
      return known;
    },
  };
}

const texts = new Map<string, { mtimeMs: number; size: number; mentions: boolean }>();

/** How many answers about texts are kept. */
const MAX_TEXTS = 5000;

function textMentionsJwt(file: string): boolean {
  const stat = statOf(file);
  if (stat === undefined || stat.size > MAX_BYTES) return false;
  const known = texts.get(file);
  if (known?.mtimeMs === stat.mtimeMs && known.size === stat.size) return known.mentions;
  let mentions = true;
  try {
    mentions = mentionsJwt(readFileSync(file, "utf8"));
  } catch {
    // What cannot be read now is asked again when it is parsed.
  }
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(file, { ...stat, mentions });
  return mentions;
}

function statOf(file: string): { mtimeMs: number; size: number } | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { mtimeMs: stat.mtimeMs, size: stat.size } : undefined;
}

/** `./x` as Node, TypeScript and bundlers read it: exact, with an extension, or an index file. */
export function resolveRelative(directory: string, specifier: string): string | undefined {
  if (!/^\.{1,2}(?:\/|$)/u.test(specifier)) return undefined;
  const base = path.resolve(directory, specifier);
  const extension = path.extname(base);
  const stem = extension === "" ? base : base.slice(0, -extension.length);
  const candidates = [
    ...(extension === "" ? [] : [base]),
    ...(COMPILED[extension] ?? []).map((other) => stem + other),
    ...EXTENSIONS.map((other) => base + other),
    ...EXTENSIONS.map((other) => path.join(base, `index${other}`)),
  ];
  return candidates.find((candidate) => statOf(candidate) !== undefined);
}

function parseFile(file: string, options: ReaderOptions): SourceFile | undefined {
  try {
    const text = readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
    // JSON is an expression; in parentheses it is a program that exports it, on the same lines.
    const isJson = file.endsWith(".json");
    return parseText(isJson ? `module.exports=(${text}\n)` : text, file, options);
  } catch {
    // Unreadable or not in the language of the user's parser: out of sight, so unknown.
    return undefined;
  }
}

/** What asks the TypeScript parser for a program: a foreign file is read for its text alone. */
const TYPED = new Set(["project", "projectService", "programs", "EXPERIMENTAL_useProjectService"]);

export function parseText(
  text: string,
  file: string,
  options: ReaderOptions,
): SourceFile | undefined {
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
    filePath: file.replace(/\.json$/u, ".js"),
    loc: true,
    range: true,
    comment: true,
    // ESLint asks parsers for tokens, and RuleTester looks at them.
    tokens: true,
    ecmaFeatures: {
      ...(rest.ecmaFeatures as object | undefined),
      jsx: !/\.[cm]?ts$/u.test(file),
      globalReturn: isCommonJs,
    },
  };
  const parsed =
    parser.parseForESLint === undefined
      ? { ast: parser.parse?.(text, parserOptions) }
      : parser.parseForESLint(text, parserOptions);
  const ast = parsed.ast as TSESTree.Program;
  const visitorKeys =
    (parsed as { visitorKeys?: ReaderOptions["visitorKeys"] }).visitorKeys ?? options.visitorKeys;
  const scopeManager = ((parsed as { scopeManager?: unknown }).scopeManager ??
    analyze(ast as never, {
      ecmaVersion: 2022,
      sourceType: isCommonJs ? "script" : "module",
      ignoreEval: true,
      nodejsScope: isCommonJs,
      childVisitorKeys: visitorKeys,
    })) as Scope.ScopeManager;
  setParents(ast, visitorKeys);
  return createSourceFile({ path: file, text, ast, scopeManager, visitorKeys });
}

function setParents(ast: TSESTree.Program, visitorKeys: ReaderOptions["visitorKeys"]): void {
  walk(ast, visitorKeys, (node: Node, parent) => {
    if (parent !== undefined) node.parent = parent;
    return true;
  });
}
