import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "eslint-scope";
import { mentionsJwt } from "./gate.ts";
import { createSourceFile } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import { isRelative } from "./specifiers.ts";
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
  /**
   * Whether the file, or one that it imports, imports a library or takes tokens apart; true where
   * there is no file to read.
   *
   * @param isLibrary of a specifier that stands in one of the files
   */
  reaches(from: string, specifier: string, isLibrary: (specifier: string) => boolean): boolean;
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
/** How many files one import is followed through in search of a library. */
const MAX_REACH = 40;
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

interface Stat {
  readonly mtimeMs: number;
  readonly size: number;
}

interface Cached extends Stat {
  readonly parser: ParserLike | undefined;
  readonly file: SourceFile | undefined;
}

const cache = new Map<string, Cached>();

export function createReader(options: ReaderOptions): Reader {
  let opened = 0;
  // One lint run asks the disk once about each path.
  const stats = new Map<string, Stat | undefined>();
  const statOnce = (file: string): Stat | undefined => {
    if (!stats.has(file)) stats.set(file, statOf(file));
    return stats.get(file);
  };
  // It sees each file once: what changes meanwhile is seen by the next.
  const seen = new Map<string, SourceFile | undefined>();
  const readPath = (file: string): SourceFile | undefined => {
    if (seen.has(file)) return seen.get(file);
    const read = readOnce(file);
    seen.set(file, read);
    return read;
  };
  const readOnce = (file: string): SourceFile | undefined => {
    const stat = statOnce(file);
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
    const text = readText(file);
    const parsed = text === undefined ? undefined : parseFile(file, text, options);
    cache.set(file, { ...stat, parser: options.parser, file: parsed });
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    return parsed;
  };
  const resolved = new Map<string, string | undefined>();
  const resolve = (from: string, specifier: string): string | undefined => {
    const key = `${path.dirname(from)}\0${specifier}`;
    if (!resolved.has(key)) resolved.set(key, resolveOnce(key, path.dirname(from), specifier));
    return resolved.get(key);
  };
  const resolveOnce = (key: string, directory: string, specifier: string): string | undefined => {
    const known = resolutions.get(key);
    if (known !== undefined && statOnce(known) !== undefined) return known;
    const found = resolveRelative(directory, specifier, statOnce);
    if (resolutions.size >= MAX_TEXTS) resolutions.clear();
    if (found !== undefined) resolutions.set(key, found);
    return found;
  };
  const facts = new Map<string, TextFacts>();
  const factsOf = (file: string): TextFacts => {
    const known = facts.get(file) ?? readFacts(file, statOnce(file));
    facts.set(file, known);
    return known;
  };
  const reached = new Map<string, boolean>();
  const reaches: Reader["reaches"] = (from, specifier, isLibrary) => {
    const start = resolve(from, specifier);
    if (start === undefined) return true;
    const pending = [start];
    const visited = new Set<string>();
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (visited.has(file)) continue;
      visited.add(file);
      const { mentions, uses, specifiers } = factsOf(file);
      const known = reached.get(file);
      if (known === false || (known === undefined && !mentions)) continue;
      if (known === true || uses || visited.size > MAX_REACH || specifiers.some(isLibrary)) {
        reached.set(start, true);
        return true;
      }
      for (const one of specifiers) {
        const next = isRelative(one) ? resolve(file, one) : undefined;
        if (next !== undefined) pending.push(next);
      }
    }
    for (const file of visited) reached.set(file, false);
    return false;
  };
  return {
    readPath,
    read(from, specifier) {
      const file = resolve(from, specifier);
      return file === undefined ? undefined : readPath(file);
    },
    mentionsJwt(from, specifier) {
      const file = resolve(from, specifier);
      return file === undefined || factsOf(file).mentions;
    },
    reaches,
  };
}

/** What the text of a file says without being parsed. */
interface TextFacts {
  /** It names JWTs. */
  readonly mentions: boolean;
  /** It calls what a framework's object carries, or takes tokens apart by hand. */
  readonly uses: boolean;
  /** What it imports. */
  readonly specifiers: readonly string[];
}

const texts = new Map<string, TextFacts & Stat>();

/** Where specifiers led; looked at again when the file is gone. */
const resolutions = new Map<string, string>();

/** How many answers about texts are kept. */
const MAX_TEXTS = 5000;

const NOTHING: TextFacts = { mentions: false, uses: false, specifiers: [] };

/** What cannot be read now is asked again when it is parsed. */
const UNREAD: TextFacts = { mentions: true, uses: true, specifiers: [] };

/** Bundlers are told things in comments before the specifier. */
const IMPORTED =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(?:\/\*[^*]*\*\/\s*)*(["'`])([^"'`\n]+)\1/gu;
const DECORATED = /[jJ]wt(?:\s*\??\.|Verify|Sign|Decode)/u;

function readFacts(file: string, stat: Stat | undefined): TextFacts {
  if (stat === undefined || stat.size > MAX_BYTES) return NOTHING;
  const known = texts.get(file);
  if (known?.mtimeMs === stat.mtimeMs && known.size === stat.size) return known;
  let facts = UNREAD;
  try {
    facts = factsOfText(readFileSync(file, "utf8"));
  } catch {
    // Said by UNREAD.
  }
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(file, { ...stat, ...facts });
  return facts;
}

function factsOfText(text: string): TextFacts {
  if (!mentionsJwt(text)) return NOTHING;
  return {
    mentions: true,
    uses: DECORATED.test(text) || takesApart(text),
    specifiers: [...text.matchAll(IMPORTED)].map(([, , specifier = ""]) => specifier),
  };
}

/** What every hand-made decoder does. */
function takesApart(text: string): boolean {
  return (
    text.includes("JSON.parse") && text.includes("split(") && /atob|base64|Buffer/iu.test(text)
  );
}

function statOf(file: string): Stat | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { mtimeMs: stat.mtimeMs, size: stat.size } : undefined;
}

/** `./x` as Node, TypeScript and bundlers read it: exact, with an extension, or an index file. */
function resolveRelative(
  directory: string,
  specifier: string,
  stat: (file: string) => unknown = statOf,
): string | undefined {
  if (!isRelative(specifier)) return undefined;
  const base = path.resolve(directory, specifier);
  const extension = path.extname(base);
  const stem = extension === "" ? base : base.slice(0, -extension.length);
  const candidates = [
    ...(extension === "" ? [] : [base]),
    ...(COMPILED[extension] ?? []).map((other) => stem + other),
    ...EXTENSIONS.map((other) => base + other),
    ...EXTENSIONS.map((other) => path.join(base, `index${other}`)),
  ];
  return candidates.find((candidate) => stat(candidate) !== undefined);
}

/** Without the mark of the byte order, which ESLint takes off, too. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
  } catch {
    return undefined;
  }
}

function parseFile(file: string, text: string, options: ReaderOptions): SourceFile | undefined {
  try {
    // JSON is an expression; in parentheses it is a program that exports it, on the same lines.
    const isJson = file.endsWith(".json");
    return parseText(isJson ? `module.exports=(${text}\n)` : text, file, options);
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
    filePath: file.replace(/\.json$/u, ".js"),
    loc: true,
    range: true,
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
  setParents(ast, visitorKeys);
  return createSourceFile({ path: file, text, ast, scopes, visitorKeys });
}

function setParents(ast: TSESTree.Program, visitorKeys: ReaderOptions["visitorKeys"]): void {
  walk(ast, visitorKeys, (node: Node, parent) => {
    if (parent !== undefined) node.parent = parent;
    return true;
  });
}
