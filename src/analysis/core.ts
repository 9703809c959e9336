import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Library } from "../libraries/types.ts";
import type { SourceFile } from "./files/source-file.ts";
import type { Candidates } from "./operations/candidates.ts";
import type { Operation } from "./operations/operations.ts";
import type { CallNode, FunctionNode, Node } from "./syntax.ts";
import type { LibraryIndex } from "./values/bindings.ts";
import type { Value } from "./values/value.ts";

/**
 * What the small modules of the analysis share: the linted file, the files it imports, and the
 * answers given so far. Everything in it belongs to one lint run of one file.
 */
export interface Core {
  readonly file: SourceFile;
  readonly libraries: LibraryIndex;
  /** Answers of `evaluate`, by node. */
  readonly values: Map<Node, Value>;
  /** What variables hold, by variable: asked for at each of their uses. */
  readonly variables: Map<Scope.Variable, VariableValue>;
  /** Values that the analysis knows about parameters, such as the header given to a key resolver. */
  readonly parameters: Map<Node, Value>;
  /** The calls for which functions are looked into, by function; none for all their calls together. */
  readonly calls: ReadonlyMap<FunctionNode, CallNode>;
  /** How far the analysis came: what is beyond a limit is unknown, and the report says so. */
  readonly budget: { steps: number; depth: number; sources: number };
  /** The file a node stands in. */
  fileOf(node: Node): SourceFile;
  /** Does a specifier name a file of the program, relative or by an alias, rather than a package? */
  isOwn(from: SourceFile, specifier: string): boolean;
  /** The file that a module specifier names, or undefined when it is out of sight. */
  resolve(from: SourceFile, specifier: TSESTree.StringLiteral): SourceFile | undefined;
  /** The file at an absolute path, or undefined when it is not there or out of bounds. */
  open(path: string): SourceFile | undefined;
  /**
   * May the file that a specifier names have to do with JWTs? True for what is not there and for
   * packages: only a text that was read can be ruled out.
   */
  mentionsJwt(from: SourceFile, specifier: TSESTree.StringLiteral): boolean;
  /**
   * May a function that is imported from there perform a JWT operation? A described library has to be
   * within reach of the file, or a token be taken apart in it.
   */
  mayReachLibrary(from: SourceFile, specifier: { readonly value: string }): boolean;
  /** The calls worth asking about, by file. */
  readonly candidates: Map<SourceFile, Candidates>;
  /** The operations inside a function of another file, by function. */
  readonly wrapped: Map<Node, readonly Operation[]>;
  /**
   * The release of a library in use. Where none is known, the one that code runs with which uses the
   * entity of that path, or the current one.
   */
  versionOf(library: Library, path?: string): string;
  evaluate(node: Node): Value;
}

export interface VariableValue {
  readonly value: Value;
  /** The use it was computed for, at which the value stands when nothing else made it. */
  readonly use: Node;
}

/**
 * How many expressions one file may make us evaluate. A file of 10,000 lines full of JWT code takes
 * about 5,000; what lies beyond is unknown.
 */
export const MAX_STEPS = 60_000;

/** How many places that hold tokens are followed in one file. Generated code can have thousands. */
export const MAX_SOURCES = 400;

/** How deep one value may rest on others. */
export const MAX_DEPTH = 80;

/** How many values one expression may have before it counts as unknown. */
export const MAX_CHOICES = 32;
