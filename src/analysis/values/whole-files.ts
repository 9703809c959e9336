import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { byObject } from "../memo.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { requiredSpecifier } from "./bindings.ts";

/**
 * The file of the program that an expression stands for as a whole: `import * as x`, `require("./x")`
 * and the variable it is put into. Members are looked up one by one then.
 */
export function wholeFile(core: Core, written: Node): TSESTree.StringLiteral | undefined {
  const node = unwrap(written);
  const required = node.type === "Identifier" ? undefined : requiredSpecifier(node);
  const source = required ?? (node.type === "Identifier" ? namedFile(core, node) : undefined);
  if (source === undefined || core.libraries.find(source.value, source) !== undefined)
    return undefined;
  return core.isOwn(core.fileOf(source), source.value) ? source : undefined;
}

function namedFile(core: Core, node: TSESTree.Identifier): TSESTree.StringLiteral | undefined {
  const variable = core.fileOf(node).variableOf(node);
  const [definition, ...more] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || more.length > 0) return undefined;
  const { type, id } = definition.node as { type: string; id?: Node };
  const isWhole =
    type === "ImportNamespaceSpecifier" ||
    (type === "VariableDeclarator" && id?.type === "Identifier");
  if (!isWhole) return undefined;
  const source = importSource(variable);
  return source === undefined || isChangedLater(variable) ? undefined : source;
}

/** Kept, since each use of a variable asks whether one of the others changes it. */
const isChangedLater = byObject(({ references }: Scope.Variable): boolean =>
  references.some((reference) => isChanged(reference)),
);

/** Written to, as a whole or in a member. */
function isChanged(reference: Scope.Reference): boolean {
  if (reference.isWrite()) return reference.init !== true;
  const member = (reference.identifier as Node).parent;
  return (
    member?.type === "MemberExpression" &&
    member.parent.type === "AssignmentExpression" &&
    member.parent.left === member
  );
}

/** The module specifier that a variable is imported or required from. */
export function importSource(
  variable: Scope.Variable | undefined,
): TSESTree.StringLiteral | undefined {
  const definition = variable?.defs[0]?.node as Node | undefined;
  switch (definition?.type) {
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return definition.parent.type === "ImportDeclaration" ? definition.parent.source : undefined;
    case "VariableDeclarator":
      return definition.init === null ? undefined : requiredSpecifier(definition.init);
    default:
      return undefined;
  }
}
