import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { byObject } from "../memo.ts";
import { contains, enclosingFunction, isFunction, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/** What gives a variable its value: a declaration that has one, a parameter, or an assignment. */
export type Giver = Scope.Definition | Scope.Reference;

/** Of variables that are given something more often, everything counts. */
const MAX_GIVERS = 32;

const NOTHING: ReadonlySet<Giver> = new Set();

/**
 * What a variable is given and a place that reads it never sees: what an assignment has taken the place
 * of on every way there, and what comes only afterwards. `user = clean(user)` rules the rest of its
 * block; one in a branch may not have happened. What other functions assign may come at any time.
 */
export function unseenAt(variable: Scope.Variable, use: Node): ReadonlySet<Giver> {
  const givers = giversOf(variable);
  const isAssigned = givers.some((one) => !isDefinition(one));
  if (!isAssigned || givers.length > MAX_GIVERS || !isRead(variable, use)) return NOTHING;
  const own = givers.filter((one) => isAround(one, use));
  const unseen = new Set([
    ...own,
    ...takenOver(givers, use),
    ...comingLater(variable, givers, use),
  ]);
  // A variable that nothing is given to holds nothing that can be told.
  return givers.every((one) => unseen.has(one)) ? new Set(own) : unseen;
}

/** Does a variable hold the same thing at two places that read it? Given something again, only where that shows. */
export function isSameAt(variable: Scope.Variable, one: Node, other: Node): boolean {
  const givers = giversOf(variable);
  if (givers.length < 2) return true;
  if (givers.length > MAX_GIVERS || enclosingFunction(one) !== enclosingFunction(other))
    return false;
  const [first, second] = isBefore(one, other) ? [one, other] : [other, one];
  if (givers.map(nodeOf).some((node) => isBefore(first, node) && isBefore(node, second)))
    return false;
  const [unseen, alsoUnseen] = [unseenAt(variable, one), unseenAt(variable, other)];
  return unseen.size === alsoUnseen.size && [...unseen].every((giver) => alsoUnseen.has(giver));
}

/** Who imports a variable sees it change; its declaration stands for all that it ever holds. */
function isRead(variable: Scope.Variable, use: Node): boolean {
  return use.parent?.type !== "ExportSpecifier" && !variable.identifiers.some((one) => one === use);
}

/** Asked at each use of a variable. */
const giversOf = byObject(({ defs, references }: Scope.Variable): readonly Giver[] => [
  ...defs.filter(isGiven),
  // A declaration writes its first value, too.
  ...references.filter((one) => one.isWrite() && one.init !== true),
]);

function isGiven({ type, node }: Scope.Definition): boolean {
  const declaration = node as Node;
  return declaration.type === "VariableDeclarator"
    ? declaration.init !== null
    : (type as string) === "Parameter";
}

function isDefinition(giver: Giver): giver is Scope.Definition {
  return "name" in giver;
}

function nodeOf(giver: Giver): Node {
  return isDefinition(giver) ? giver.name : giver.identifier;
}

/** `value = sign(value)`: what is written there is not what is read for it, unless it comes round again. */
function isAround(giver: Giver, use: Node): boolean {
  if (isDefinition(giver) || giver.writeExpr == null || !contains(giver.writeExpr, use))
    return false;
  return (
    enclosingFunction(nodeOf(giver)) === enclosingFunction(use) &&
    loopAround(use, nodeOf(giver)) === undefined
  );
}

/** Those that stand in the same function as a place. */
function besides(givers: readonly Giver[], place: Node): Giver[] {
  const owner = enclosingFunction(place);
  return givers.filter((one) => enclosingFunction(nodeOf(one)) === owner);
}

/** What is given before the assignment that rules at a place, in the same function. */
function takenOver(givers: readonly Giver[], use: Node): Giver[] {
  for (let place: Node | undefined = use; place !== undefined; place = closureAround(place)) {
    const beside = besides(givers, place);
    const ruling = rulingAt(beside, place);
    if (ruling !== undefined) return beside.filter((one) => isBefore(nodeOf(one), ruling));
  }
  return [];
}

/** The last statement before a place, in a block around it, that gives the variable a value. */
function rulingAt(beside: readonly Giver[], place: Node): Node | undefined {
  let ruling: Node | undefined;
  for (const one of beside) {
    const statement = statementOf(one);
    const block = statement === undefined ? undefined : parentOf(statement);
    if (statement === undefined || block === undefined) continue;
    if (!isBefore(statement, place) || !contains(block, place)) continue;
    if (ruling === undefined || isBefore(ruling, statement)) ruling = statement;
  }
  return ruling;
}

function isBefore(one: Node, other: Node): boolean {
  return one.range[1] <= other.range[0];
}

/** The function that a place stands in: what is made here reads what the variable holds by now. */
function closureAround(place: Node): FunctionNode | undefined {
  const closure = enclosingFunction(place);
  // One that is declared is there from the start.
  return closure?.type === "FunctionDeclaration" ? undefined : closure;
}

/** What is given behind the place that reads, and no loop brings back to it. */
function comingLater(variable: Scope.Variable, givers: readonly Giver[], use: Node): Giver[] {
  // Another call of the function may find what this one has left in a variable around it.
  const owner = enclosingFunction(use);
  if (!variable.identifiers.some((name) => enclosingFunction(name) === owner)) return [];
  const beside = besides(givers, use);
  const later = beside.filter((one) => isBefore(use, nodeOf(one)));
  const ruling = later.length === 0 ? undefined : rulingAt(beside, use);
  return later.filter((one) => {
    const loop = loopAround(use, nodeOf(one));
    return loop === undefined || (ruling !== undefined && contains(loop, ruling));
  });
}

/** The innermost loop of a function that two places stand in. */
function loopAround(one: Node, other: Node): Node | undefined {
  for (let node = parentOf(one); node !== undefined && !isFunction(node); node = parentOf(node)) {
    if (/^(?:For|While|DoWhile)/u.test(node.type) && contains(node, other)) return node;
  }
  return undefined;
}

/** The statement of a block that is the assignment or the declaration, and nothing besides. */
function statementOf(giver: Giver): Node | undefined {
  const statement = isDefinition(giver) ? declarationOf(giver) : assignmentOf(giver);
  const block = statement === undefined ? undefined : parentOf(statement);
  return block !== undefined && HOLDS_STATEMENTS.test(block.type) ? statement : undefined;
}

const HOLDS_STATEMENTS = /^(?:Program|BlockStatement|StaticBlock|SwitchCase|SvelteScriptElement)$/u;

function declarationOf({ node, parent }: Scope.Definition): Node | undefined {
  return (node as Node).type === "VariableDeclarator" ? (parent as Node) : undefined;
}

/** `x = 1;`, `({ x } = read());`; what `x += 1` gives rests on what was there before. */
function assignmentOf({ identifier }: Scope.Reference): Node | undefined {
  for (let node = parentOf(identifier); node !== undefined; node = parentOf(node)) {
    if (node.type !== "AssignmentExpression") {
      if (PATTERN_PART.test(node.type)) continue;
      return undefined;
    }
    const isPlain = node.operator === "=" && contains(node.left, identifier);
    return isPlain && node.parent.type === "ExpressionStatement" ? node.parent : undefined;
  }
  return undefined;
}

const PATTERN_PART = /^(?:ObjectPattern|ArrayPattern|RestElement|AssignmentPattern|Property)$/u;
