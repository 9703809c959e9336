import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { byObject } from "../memo.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { SourceFile } from "./source-file.ts";

/** The `name = value` of a declaration; the value of a pattern is what it takes apart. */
export type Declarator = TSESTree.VariableDeclarator & { readonly init: TSESTree.Expression };

/**
 * Where the variable that an identifier refers to is declared together with a value.
 *
 * @returns undefined for parameters, imports, names out of sight, `let name;` and what is read before it is declared
 */
export function declaratorOf(file: SourceFile, name: Node): Declarator | undefined {
  const variable = file.variableOf(name);
  return variable === undefined ? undefined : declaredOnce(variable).declarator;
}

/**
 * In `var a = b; var b = a;` nothing is ever held. Each circle of names goes through one that is read in its own declaration
 * or before it, so whoever follows names from one declaration to the next comes to an end, as long as that one gives none.
 */
const declaredOnce = byObject(
  ({
    defs,
    references,
    scope,
  }: Scope.Variable): { readonly declarator: Declarator | undefined } => {
    const node = defs[0]?.node as Node | undefined;
    if (node?.type !== "VariableDeclarator" || node.init === null) return { declarator: undefined };
    const isReadBefore = references.some(
      (one) =>
        one.isRead() &&
        one.identifier.range[0] < node.range[1] &&
        one.from.variableScope === scope.variableScope,
    );
    return { declarator: isReadBefore ? undefined : (node as Declarator) };
  },
);

/** What a variable is declared with, or taken out of by a pattern: `answer` of `const { data } = answer`. */
export function initOf(file: SourceFile, name: Node): Node | undefined {
  const declarator = declaratorOf(file, name);
  return declarator === undefined ? undefined : unwrap(declarator.init);
}

/** What the one assignment gives a variable that is declared without a value: `let name; try { name = read(); } …` */
export function onlyValueOf(file: SourceFile, name: Node): Node | undefined {
  const variable = file.variableOf(name);
  if (variable?.defs[0]?.node.type !== "VariableDeclarator") return undefined;
  const [write, ...more] = variable.references.filter((one) => one.isWrite());
  const by = write?.identifier.parent;
  const isPlain = by?.type === "AssignmentExpression" && by.left === write?.identifier;
  return isPlain && more.length === 0 ? unwrap(by.right) : undefined;
}

/** The object that an argument is, or that its variable is declared as: `const options = { … }; open(options)`. */
export function objectAt(
  file: SourceFile,
  written: Node | undefined,
): TSESTree.ObjectExpression | undefined {
  const node = written === undefined ? undefined : unwrap(written);
  if (node?.type === "ObjectExpression") return node;
  if (node?.type !== "Identifier") return undefined;
  const declarator = declaratorOf(file, node);
  const init = declarator?.id.type === "Identifier" ? unwrap(declarator.init) : undefined;
  return init?.type === "ObjectExpression" ? init : undefined;
}

/** The places of a file that read the variable that an identifier declares or refers to. */
export function readsOf(file: SourceFile, name: Node): Node[] {
  const references = file.variableOf(name)?.references ?? [];
  return references.filter((one) => one.isRead()).map((one) => one.identifier as Node);
}

/**
 * Is it an identifier that is used and stands for no variable of the file? The same name may be a variable, a parameter
 * or a property in another place. What the settings of ESLint declare is no variable of the file either.
 */
export function isUndeclared(file: SourceFile, node: Node): boolean {
  if (file.referenceAt(node) === undefined) return false;
  return (file.variableOf(node)?.defs.length ?? 0) === 0;
}
