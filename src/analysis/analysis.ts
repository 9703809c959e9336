import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import type { Rule } from "eslint";
import type { Library } from "../libraries/types.ts";
import type { Core } from "./core.ts";
import { createReader } from "./files/modules.ts";
import type { ParserLike } from "./files/modules.ts";
import { resolveModule } from "./files/resolution.ts";
import { createSourceFile, foreignFileOf } from "./files/source-file.ts";
import type { SourceFile } from "./files/source-file.ts";
import { isRelative } from "./files/specifiers.ts";
import { hasProgram, typedModulePath } from "./files/types-program.ts";
import { findVersion } from "./files/versions.ts";
import { gateOf } from "./gate.ts";
import type { Gate, GateGroup } from "./gate.ts";
import { candidatesOf } from "./operations/candidates.ts";
import { declaredOptions } from "./operations/declared.ts";
import type { Instructions } from "./operations/declared.ts";
import { findOperations } from "./operations/operations.ts";
import type { Operation } from "./operations/operations.ts";
import { libraryIndex, reachOf } from "./settings/own-libraries.ts";
import { readSettings } from "./settings/settings.ts";
import type { CallNode, Node } from "./syntax.ts";
import { evaluate } from "./values/evaluate.ts";
import type { Value } from "./values/value.ts";

/** What a file does with JWTs: the answers that every rule shares. */
export interface Analysis {
  readonly core: Core;
  readonly file: SourceFile;
  /** Every JWT operation in the file, in source order. */
  readonly operations: readonly Operation[];
  /** Options that stand in the file and are declared for an operation, perhaps of another file. */
  readonly declared: readonly Instructions[];
  /** The calls of the file that may stand for something of a library, by their names. */
  readonly candidates: ReadonlySet<CallNode>;
  /** What an expression can be. */
  evaluate(node: Node): Value;
  /** The file a node stands in, which may be one that the linted file imports. */
  fileOf(node: Node): SourceFile;
}

type Context = Readonly<RuleContext<string, readonly unknown[]>>;

/** What the answers about a file follow from; the context of each of its rules has the very same. */
type Linted = Pick<
  Context | Rule.RuleContext,
  "cwd" | "languageOptions" | "physicalFilename" | "settings"
>;

/** One file that is linted, and what the rules asked of it so far. */
interface Run {
  readonly ast: object;
  readonly linted: Linted;
  gate?: Gate;
  analysis?: Analysis;
}

/** ESLint runs all rules of a file before it goes on to another. */
let last: Run | undefined;

/** Other settings may be given to the same tree, by whoever keeps the `SourceCode` of a file. */
function runOf(context: Context | Rule.RuleContext): Run {
  const { ast } = context.sourceCode;
  if (last?.ast !== ast || !isSame(last.linted, context)) last = { ast, linted: context };
  return last;
}

function isSame(one: Linted, other: Linted): boolean {
  return (
    one.settings === other.settings &&
    one.languageOptions === other.languageOptions &&
    one.physicalFilename === other.physicalFilename &&
    one.cwd === other.cwd
  );
}

/** The analysis of the linted file: made on the first question, kept for the other rules. */
export function analyze(context: Context): Analysis {
  const run = runOf(context);
  return (run.analysis ??= createAnalysis(context));
}

/** Is there anything in the linted file that rules of this group look at? Asked before it is analysed. */
export function isWorthAsking(context: Rule.RuleContext, group: GateGroup): boolean {
  const run = runOf(context);
  return (run.gate ??= gateFor(context))[group];
}

function gateFor(context: Rule.RuleContext): Gate {
  const names = (): readonly string[] => readSettings(context.settings).names;
  const reaches = (specifier: string): boolean => {
    const { crossFile, libraries } = readSettings(context.settings);
    const path = fileOnDisk(context.physicalFilename);
    if (crossFile === "off" || path === undefined) return false;
    // What is not there may be anything, and nothing can be said of it.
    if (resolveModule(path, specifier) === undefined) return false;
    return reachOf(libraries).reaches(path, specifier);
  };
  return gateOf(context.sourceCode, names, reaches);
}

function createAnalysis(context: Context): Analysis {
  const { sourceCode } = context;
  const { scopeManager } = sourceCode;
  // createRule asks for one before it lets a rule run.
  if (scopeManager === null) throw new TypeError("The analysis needs the scopes of the file.");
  const settings = readSettings(context.settings);
  const path = fileOnDisk(context.physicalFilename);
  const visitorKeys = sourceCode.visitorKeys as Readonly<Record<string, readonly string[]>>;
  const file = createSourceFile({
    path,
    text: sourceCode.text,
    ast: sourceCode.ast,
    scopes: () => scopeManager,
    visitorKeys,
  });
  const { parser, parserOptions } = context.languageOptions as {
    parser?: ParserLike;
    parserOptions?: Record<string, unknown>;
  };
  const reader = createReader({ parser, parserOptions: parserOptions ?? {}, visitorKeys });
  const versions = new Map<Library, string | undefined>();
  const fileOf = (node: Node): SourceFile => foreignFileOf(node) ?? file;

  const libraries = libraryIndex(settings, context.cwd, fileOf);
  const reach = reachOf(settings.libraries);
  const isTyped = hasProgram(sourceCode.parserServices);

  const isOwn = ({ path: importer }: SourceFile, specifier: string): boolean =>
    isRelative(specifier) ||
    (importer !== undefined &&
      settings.crossFile !== "off" &&
      resolveModule(importer, specifier) !== undefined);

  const core: Core = {
    file,
    libraries,
    values: new Map(),
    variables: new Map(),
    candidates: new Map(),
    parameters: new Map(),
    calls: new Map(),
    budget: { steps: 0, depth: 0, sources: 0 },
    fileOf,
    isOwn,
    resolve(from, specifier) {
      if (settings.crossFile === "off" || from.path === undefined) return undefined;
      const own = reader.read(from.path, specifier.value);
      if (own !== undefined || from !== file) return own;
      const target = typedModulePath(sourceCode.parserServices, specifier);
      return target === undefined ? undefined : reader.readPath(target);
    },
    open: (file) => (settings.crossFile === "off" ? undefined : reader.readPath(file)),
    mentionsJwt(from, { value }) {
      if (settings.crossFile === "off" || from.path === undefined) return true;
      return reach.mentionsJwt(from.path, value);
    },
    mayReachLibrary(from, { value }) {
      if (settings.crossFile === "off" || from.path === undefined) return false;
      // The TypeScript program knows more files than can be found without it.
      if (!isOwn(from, value)) return from === file && isTyped;
      return reach.reaches(from.path, value);
    },
    wrapped: new Map(),
    versionOf(library, entity = "") {
      if (!versions.has(library)) {
        versions.set(library, findVersion(path, library, settings.versions));
      }
      return versions.get(library) ?? library.assumed?.[entity] ?? library.current;
    },
    evaluate: (node) => evaluate(core, node),
  };

  let operations: readonly Operation[] | undefined;
  let declared: readonly Instructions[] | undefined;
  return {
    core,
    file,
    get operations() {
      return (operations ??= findOperations(core));
    },
    get declared() {
      return (declared ??= declaredOptions(core));
    },
    get candidates() {
      return candidatesOf(core, file).calls;
    },
    evaluate: (node) => core.evaluate(node),
    fileOf: (node) => core.fileOf(node),
  };
}

/** ESLint names text without a file `<input>`; the physical name of a processor's block is that of its file. */
function fileOnDisk(filename: string): string | undefined {
  return filename.startsWith("<") ? undefined : filename;
}
