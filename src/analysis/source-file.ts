import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { isClass, isFunction, walk } from "./syntax.ts";
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
  readonly scopeManager: Scope.ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
}

export function createSourceFile(parsed: Parsed): SourceFile {
  let names: Map<Node, Scope.Variable> | undefined;
  let references: Map<Node, Scope.Reference> | undefined;
  let index: NodeIndex | undefined;

  const readScopes = (): void => {
    names = new Map();
    references = new Map();
    for (const scope of parsed.scopeManager.scopes) {
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
  walk(ast, visitorKeys, (node) => {
    if (node.type === "CallExpression" || node.type === "NewExpression") calls.push(node);
    else if (isFunction(node)) functions.push(node);
    else if (isClass(node)) classes.push(node);
    else if (node.type === "MemberExpression") members.push(node);
    else if (node.type === "ObjectExpression") objects.push(node);
    else if (node.type === "ObjectPattern") patterns.push(node);
    else if (node.type === "AssignmentExpression") assignments.push(node);
    else if (node.type === "Literal" || node.type === "TemplateLiteral") literals.push(node);
    else if (node.type === "TryStatement") tries.push(node);
    return true;
  });
  return { calls, functions, classes, members, objects, patterns, assignments, literals, tries };
}
