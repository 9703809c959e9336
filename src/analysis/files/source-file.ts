import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { memberName, staticKey, textOf, topStatements, unwrap, walk } from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";

/** Lists of nodes of one file that several questions start from. Made in one walk. */
export interface NodeIndex {
  readonly calls: readonly CallNode[];
  /** Calls by the last name of what they call: `jwt.verify()` by `verify`. */
  readonly called: ReadonlyMap<string, readonly CallNode[]>;
  readonly functions: readonly FunctionNode[];
  readonly classes: readonly ClassNode[];
  readonly members: readonly TSESTree.MemberExpression[];
  /** Members by their own names: `req.headers` by `headers`. */
  readonly membersNamed: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>;
  readonly objects: readonly TSESTree.ObjectExpression[];
  readonly patterns: readonly TSESTree.ObjectPattern[];
  readonly assignments: readonly TSESTree.AssignmentExpression[];
  readonly literals: readonly (TSESTree.Literal | TSESTree.TemplateLiteral)[];
  /** The texts that stand between quotes. */
  readonly texts: ReadonlySet<string>;
  readonly ifs: readonly TSESTree.IfStatement[];
  readonly tries: readonly TSESTree.TryStatement[];
  readonly imports: readonly TSESTree.ImportExpression[];
  /**
   * What stands for a name, wherever it does: identifiers, private ones as `#name`, `this` and `super`,
   * and the text of a member in brackets.
   */
  readonly names: ReadonlyMap<string, readonly Node[]>;
}

/** One parsed file with its scopes: the linted one or one that it imports. */
export interface SourceFile {
  /** Absolute path on disk, for the block of a processor that of its whole file; undefined for mere text. */
  readonly path: string | undefined;
  readonly text: string;
  /** The text without its comments: what a program does, rather than what is said about it. */
  readonly code: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
  readonly index: NodeIndex;
  /** Of the top level. */
  readonly statements: readonly TSESTree.ProgramStatement[];
  /** The variable that an identifier declares or refers to; undefined for globals out of sight. */
  variableOf(identifier: Node): Scope.Variable | undefined;
  /** The reference that an identifier makes. */
  referenceAt(identifier: Node): Scope.Reference | undefined;
}

const HOME = Symbol("file");

interface Marked {
  [HOME]?: SourceFile;
}

/** Which file a node is of is asked at every step: to climb to the top each time takes longer. */
export function markForeign(node: Node, file: SourceFile): void {
  (node as Marked)[HOME] = file;
}

function withoutComments(text: string, comments: readonly TSESTree.Comment[]): string {
  let code = "";
  let end = 0;
  for (const { range } of comments) {
    code += `${text.slice(end, range[0])} `;
    [, end] = range;
  }
  return code + text.slice(end);
}

/** @returns undefined for nodes of the linted file */
export function foreignFileOf(node: Node): SourceFile | undefined {
  return (node as Marked)[HOME];
}

export interface Parsed {
  readonly path: string | undefined;
  readonly text: string;
  readonly ast: TSESTree.Program;
  /** Asked once, when the first name is looked up. */
  readonly scopes: () => Scope.ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
}

export function createSourceFile(parsed: Parsed): SourceFile {
  return new ParsedFile(parsed);
}

/** A class, since a file is asked for these at every step: getters of a literal are slow to make. */
class ParsedFile implements SourceFile {
  readonly path: string | undefined;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
  readonly #scopes: () => Scope.ScopeManager;
  #code: string | undefined;
  #scopeManager: Scope.ScopeManager | undefined;
  #index: NodeIndex | undefined;
  #statements: readonly TSESTree.ProgramStatement[] | undefined;
  #declared: Map<Node, Scope.Variable> | undefined;
  #references: Map<Node, Scope.Reference> | undefined;

  constructor({ path, text, ast, scopes, visitorKeys }: Parsed) {
    this.path = path;
    this.text = text;
    this.ast = ast;
    this.visitorKeys = visitorKeys;
    this.#scopes = scopes;
  }

  get code(): string {
    return (this.#code ??= withoutComments(this.text, this.ast.comments ?? []));
  }

  get scopeManager(): Scope.ScopeManager {
    return (this.#scopeManager ??= this.#scopes());
  }

  get index(): NodeIndex {
    return (this.#index ??= indexNodes(this));
  }

  get statements(): readonly TSESTree.ProgramStatement[] {
    return (this.#statements ??= topStatements(this.ast.body));
  }

  variableOf(identifier: Node): Scope.Variable | undefined {
    return this.referenceAt(identifier)?.resolved ?? this.#declared?.get(identifier);
  }

  referenceAt(identifier: Node): Scope.Reference | undefined {
    this.#references ??= this.#readScopes();
    return this.#references.get(identifier);
  }

  #readScopes(): Map<Node, Scope.Reference> {
    const declared = new Map<Node, Scope.Variable>();
    const references = new Map<Node, Scope.Reference>();
    for (const variable of undeclared(this.scopeManager)) {
      for (const { identifier } of variable.references) declared.set(identifier, variable);
    }
    for (const scope of this.scopeManager.scopes) {
      for (const variable of scope.variables) {
        for (const identifier of variable.identifiers) {
          // A class declares its name twice; the outer variable is the one that others refer to.
          if (!declared.has(identifier)) declared.set(identifier, variable);
        }
      }
      for (const reference of scope.references) references.set(reference.identifier, reference);
    }
    this.#declared = declared;
    return references;
  }
}

/** Names that hosts have: to write to one of them declares nothing. */
const HOST =
  /^(?:module|exports|require|window|document|self|localStorage|sessionStorage|location|alert|\$)$/u;

/**
 * `claims = decode(token)` without a declaration: a variable of the file like any other. Scope managers
 * only know of it in sloppy mode, and files are often parsed as modules that are none.
 */
function undeclared({ globalScope }: Scope.ScopeManager): Scope.Variable[] {
  const through = globalScope?.through ?? [];
  const written = new Map<string, Scope.Reference[]>();
  for (const reference of through) {
    const { name } = reference.identifier as { name: string };
    if (reference.isWrite() && !(name in globalThis) && !HOST.test(name)) written.set(name, []);
  }
  if (written.size === 0) return [];
  for (const reference of through)
    written.get((reference.identifier as { name: string }).name)?.push(reference);
  return [...written].map(([name, references]) => {
    const identifiers = references
      .filter((one) => one.isWrite())
      .map(({ identifier }) => identifier);
    const [first] = identifiers;
    const defs = [{ type: "ImplicitGlobalVariable", name: first, node: first?.parent }];
    const variable: unknown = { name, identifiers, references, defs, scope: globalScope };
    return variable as Scope.Variable;
  });
}

class Nodes implements NodeIndex {
  readonly calls: CallNode[] = [];
  readonly functions: FunctionNode[] = [];
  readonly classes: ClassNode[] = [];
  readonly members: TSESTree.MemberExpression[] = [];
  readonly objects: TSESTree.ObjectExpression[] = [];
  readonly patterns: TSESTree.ObjectPattern[] = [];
  readonly assignments: TSESTree.AssignmentExpression[] = [];
  readonly literals: (TSESTree.Literal | TSESTree.TemplateLiteral)[] = [];
  readonly ifs: TSESTree.IfStatement[] = [];
  readonly tries: TSESTree.TryStatement[] = [];
  readonly imports: TSESTree.ImportExpression[] = [];
  readonly names = new Map<string, Node[]>();
  #called: NodeIndex["called"] | undefined;
  #membersNamed: NodeIndex["membersNamed"] | undefined;
  #texts: NodeIndex["texts"] | undefined;

  get called(): NodeIndex["called"] {
    return (this.#called ??= byNames(this.calls, calledName));
  }

  get membersNamed(): NodeIndex["membersNamed"] {
    return (this.#membersNamed ??= byNames(this.members, memberName));
  }

  get texts(): NodeIndex["texts"] {
    return (this.#texts ??= textsOf(this.literals));
  }
}

function indexNodes({ ast, visitorKeys }: SourceFile): NodeIndex {
  const nodes = new Nodes();
  const { names } = nodes;
  walk(ast, visitorKeys, (node) => {
    switch (node.type) {
      case "Identifier":
        addTo(names, node.name, node);
        break;
      case "PrivateIdentifier":
        addTo(names, `#${node.name}`, node);
        break;
      case "ThisExpression":
        addTo(names, "this", node);
        break;
      case "Super":
        addTo(names, "super", node);
        break;
      case "MemberExpression": {
        nodes.members.push(node);
        const text = node.computed ? textOf(node.property) : undefined;
        if (text !== undefined) addTo(names, text, node.property);
        break;
      }
      case "CallExpression":
      case "NewExpression":
        nodes.calls.push(node);
        break;
      case "Literal":
      case "TemplateLiteral":
        nodes.literals.push(node);
        break;
      case "ObjectExpression":
        nodes.objects.push(node);
        break;
      case "ObjectPattern":
        nodes.patterns.push(node);
        break;
      case "AssignmentExpression":
        nodes.assignments.push(node);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        nodes.functions.push(node);
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        nodes.classes.push(node);
        break;
      case "IfStatement":
        nodes.ifs.push(node);
        break;
      case "TryStatement":
        nodes.tries.push(node);
        break;
      case "ImportExpression":
        nodes.imports.push(node);
        break;
      default:
        break;
    }
    return true;
  });
  return nodes;
}

function addTo<Item>(table: Map<string, Item[]>, name: string, item: Item): void {
  const named = table.get(name);
  if (named === undefined) table.set(name, [item]);
  else named.push(item);
}

function byNames<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string | undefined,
): ReadonlyMap<string, readonly Item[]> {
  const table = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== undefined) addTo(table, name, item);
  }
  return table;
}

/** What a call calls, by its last name. */
export function calledName({ callee: written }: CallNode): string | undefined {
  const callee = unwrap(written);
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

function textsOf(literals: NodeIndex["literals"]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const literal of literals) {
    const text = staticKey(literal, true);
    if (text !== undefined) texts.add(text);
  }
  return texts;
}

/** Those of a table whose names pass, in source order. A file has far fewer names than nodes. */
export function named<Item extends Node>(
  table: ReadonlyMap<string, readonly Item[]>,
  test: (name: string) => boolean,
): readonly Item[] {
  const found: (readonly Item[])[] = [];
  // Asked by dozens of questions: to take each entry apart costs more than to look up the few that pass.
  for (const name of table.keys()) if (test(name)) found.push(table.get(name) ?? []);
  const [first = [], ...more] = found;
  if (more.length === 0) return first;
  return found.flat().sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
}
