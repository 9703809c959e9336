import type { NodeIndex } from "../files/source-file.ts";
import { dottedPath, enclosingClass, functionName, isClass, staticKey } from "../syntax.ts";
import type { ClassNode, FunctionNode } from "../syntax.ts";

/** Which functions of a file go by a name, without a look at scopes? */

/** Functions of a file by the names that calls of them may use. */
export function functionsByName({ functions }: NodeIndex): Map<string, FunctionNode[]> {
  const named = new Map<string, FunctionNode[]>();
  for (const node of functions) {
    for (const name of calledBy(node)) named.set(name, [...(named.get(name) ?? []), node]);
  }
  return named;
}

/** Its own name and that of what holds it; a constructor goes by those of its class. */
function calledBy(node: FunctionNode): string[] {
  const { parent } = node;
  const isConstructor = parent.type === "MethodDefinition" && parent.kind === "constructor";
  const named = isConstructor ? enclosingClass(node) : node;
  if (named === undefined) return [];
  const own = named.id?.name;
  const holder = isClass(named) || own !== undefined ? holderName(named) : functionName(named);
  return [own, holder].filter((name) => name !== undefined);
}

function holderName({ parent }: FunctionNode | ClassNode): string | undefined {
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id.type === "Identifier" ? parent.id.name : undefined;
    case "AssignmentExpression":
      return dottedPath(parent.left)?.at(-1);
    case "Property":
      return staticKey(parent.key, parent.computed);
    default:
      return undefined;
  }
}
