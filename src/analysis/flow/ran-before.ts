import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { contains, enclosingFunction, isInLoop, parentOf, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/** How many functions deep it is asked who calls whom. */
const MAX_DEPTH = 4;

/**
 * Can a place of the function that has the variable see what a function inside that one wrote? Only if
 * that one may have run by then.
 */
export function mayBeWrittenBefore(variable: Scope.Variable, written: Node, read: Node): boolean {
  const owner = enclosingFunction(read);
  const [name] = variable.identifiers;
  if (name === undefined || enclosingFunction(name) !== owner) return true;
  const closure = closureIn(owner, written);
  if (closure === undefined || isInLoop(read)) return true;
  // What a function is called with, or asks for, may be what an earlier call of it has filled.
  if (owner !== undefined && !isOwn(variable, written)) return true;
  return mayHaveRun(closure, { scope: variable.scope, owner, read });
}

/** Is it the variable itself that is given something, or an object that is new with each call? */
function isOwn({ defs: [definition], references }: Scope.Variable, written: Node): boolean {
  const init = (definition?.node as Node | undefined) ?? written;
  return (
    references.some((one) => one.identifier === written && one.isWrite()) ||
    (init.type === "VariableDeclarator" && init.init?.type === "ObjectExpression")
  );
}

interface Place {
  readonly scope: Scope.Scope;
  readonly owner: FunctionNode | undefined;
  readonly read: Node;
}

function mayHaveRun(closure: FunctionNode, place: Place, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  // What is no declaration is not there before it is come to.
  if (closure.type !== "FunctionDeclaration" && isBehind(closure, place)) return false;
  const holder = parentOf(wrapped(closure));
  if (holder?.type === "ExportDefaultDeclaration" && closure.type !== "FunctionDeclaration")
    return false;
  const variable = place.scope.variables.find(({ defs }) =>
    defs.some(({ node }) => node === closure || node === holder),
  );
  if (
    variable?.defs.length !== 1 ||
    (holder?.type === "VariableDeclarator" && holder.id.type !== "Identifier")
  )
    return true;
  return variable.references.some(({ identifier, init }) => {
    const node = identifier as Node;
    if (init === true || node.parent?.type === "ExportSpecifier" || contains(closure, node))
      return false;
    const by = closureIn(place.owner, node);
    return by === undefined ? !isBehind(node, place) : mayHaveRun(by, place, depth + 1);
  });
}

function isBehind(node: Node, { read }: Place): boolean {
  return node.range[0] > read.range[0];
}

/** The function right inside `owner` that the node stands in. */
export function closureIn(owner: FunctionNode | undefined, node: Node): FunctionNode | undefined {
  let closure = enclosingFunction(node);
  while (closure !== undefined) {
    const outer = enclosingFunction(closure);
    if (outer === owner) return closure;
    closure = outer;
  }
  return undefined;
}
