import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { walk } from "./syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "./syntax.ts";

/** Lists of nodes of one file that several questions start from. Made in one walk. */
export interface NodeIndex {
  readonly calls: readonly CallNode[];
  readonly functions: readonly FunctionNode[];
  readonly classes: readonly ClassNode[];
  readonly members: readonly TSESTree.MemberExpression[];
  readonly objects: readonly TSESTree.ObjectExpression[];
  readonly patterns: readonly TSESTree.ObjectPattern[];
  readonly assignments: readonly TSESTree.AssignmentExpression[];
  readonly literals: readonly (TSESTree.Literal | TSESTree.TemplateLiteral)[];
  readonly tries: readonly TSESTree.TryStatement[];
  readonly imports: readonly TSESTree.ImportExpression[];
  /** Identifiers by name, wherever they stand; private ones as `#name`, `this` and `super` too. */
  readonly names: ReadonlyMap<string, readonly Node[]>;
}

/** One parsed file with its scopes: the linted one or one that it imports. */
export interface SourceFile {
  /** Absolute path on disk; undefined for text that is not a file, such as a processor's block. */
  readonly path: string | undefined;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
  readonly index: NodeIndex;
  /** The variable that an identifier declares or refers to; undefined for globals out of sight. */
  variableOf(identifier: Node): Scope.Variable | undefined;
  /** The reference that an identifier makes. */
  referenceAt(identifier: Node): Scope.Reference | undefined;
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
  let names: Map<Node, Scope.Variable> | undefined;
  let references: Map<Node, Scope.Reference> | undefined;
  let index: NodeIndex | undefined;

  let scopes: Scope.ScopeManager | undefined;
  const scopeManager = (): Scope.ScopeManager => (scopes ??= parsed.scopes());

  const readScopes = (): void => {
    names = new Map();
    references = new Map();
    for (const scope of scopeManager().scopes) {
      for (const variable of scope.variables) {
        for (const identifier of variable.identifiers) {
          // A class declares its name twice; the outer variable is the one that others refer to.
          if (!names.has(identifier)) names.set(identifier, variable);
        }
      }
      for (const reference of scope.references) {
        references.set(reference.identifier, reference);
        if (reference.resolved !== null) names.set(reference.identifier, reference.resolved);
      }
    }
  };

  return {
    ...parsed,
    get scopeManager() {
      return scopeManager();
    },
    get index() {
      return (index ??= indexNodes(parsed));
    },
    variableOf(identifier) {
      if (names === undefined) readScopes();
      return names?.get(identifier);
    },
    referenceAt(identifier) {
      if (references === undefined) readScopes();
      return references?.get(identifier);
    },
  };
}

function indexNodes({ ast, visitorKeys }: Parsed): NodeIndex {
  const calls: CallNode[] = [];
  const functions: FunctionNode[] = [];
  const classes: ClassNode[] = [];
  const members: TSESTree.MemberExpression[] = [];
  const objects: TSESTree.ObjectExpression[] = [];
  const patterns: TSESTree.ObjectPattern[] = [];
  const assignments: TSESTree.AssignmentExpression[] = [];
  const literals: (TSESTree.Literal | TSESTree.TemplateLiteral)[] = [];
  const tries: TSESTree.TryStatement[] = [];
  const imports: TSESTree.ImportExpression[] = [];
  const names = new Map<string, Node[]>();
  const add = (name: string, node: Node): void => {
    const named = names.get(name);
    if (named === undefined) names.set(name, [node]);
    else named.push(node);
  };
  walk(ast, visitorKeys, (node) => {
    switch (node.type) {
      case "Identifier":
        add(node.name, node);
        break;
      case "PrivateIdentifier":
        add(`#${node.name}`, node);
        break;
      case "ThisExpression":
        add("this", node);
        break;
      case "Super":
        add("super", node);
        break;
      case "MemberExpression":
        members.push(node);
        break;
      case "CallExpression":
      case "NewExpression":
        calls.push(node);
        break;
      case "Literal":
      case "TemplateLiteral":
        literals.push(node);
        break;
      case "ObjectExpression":
        objects.push(node);
        break;
      case "ObjectPattern":
        patterns.push(node);
        break;
      case "AssignmentExpression":
        assignments.push(node);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        functions.push(node);
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        classes.push(node);
        break;
      case "TryStatement":
        tries.push(node);
        break;
      case "ImportExpression":
        imports.push(node);
        break;
      default:
        break;
    }
    return true;
  });
  return {
    calls,
    functions,
    classes,
    members,
    objects,
    patterns,
    assignments,
    literals,
    tries,
    imports,
    names,
  };
}
