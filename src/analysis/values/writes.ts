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
  const places = placesOf(variable);
  const own = places.filter((one) => isAround(one, use));
  const unseen = [...own, ...takenOver(places, use), ...comingLater(variable, places, use)];
  const found = new Set(unseen.map(({ giver }) => giver));
  // A variable that nothing is given to holds nothing that can be told.
  return givers.every((one) => found.has(one)) ? new Set(own.map(({ giver }) => giver)) : found;
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

/** Where a variable is given something. */
interface Place {
  readonly giver: Giver;
  readonly node: Node;
  readonly owner: FunctionNode | undefined;
  /** The statement of a block that gives it, and nothing besides. */
  readonly statement: Node | undefined;
}

/** The same for each use of a variable that is given something more than once. */
const placesOf = byObject((variable: Scope.Variable): readonly Place[] =>
  giversOf(variable).map((giver) => {
    const node = nodeOf(giver);
    return { giver, node, owner: enclosingFunction(node), statement: statementOf(giver) };
  }),
);

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
function isAround({ giver, node, owner }: Place, use: Node): boolean {
  if (isDefinition(giver) || giver.writeExpr == null || !contains(giver.writeExpr, use))
    return false;
  return owner === enclosingFunction(use) && loopAround(use, node) === undefined;
}

/** What is given before the assignment that rules at a place, in the same function. */
function takenOver(places: readonly Place[], use: Node): Place[] {
  let read: Node | undefined = use;
  while (read !== undefined) {
    const closure = enclosingFunction(read);
    const beside = places.filter(({ owner }) => owner === closure);
    const ruling = rulingAt(beside, read);
    if (ruling !== undefined) return beside.filter(({ node }) => isBefore(node, ruling));
    // What is made here reads what the variable holds by now; a function that is declared is there from the start.
    read = closure?.type === "FunctionDeclaration" ? undefined : closure;
  }
  return [];
}

/** The last statement before a place, in a block around it, that gives the variable a value. */
function rulingAt(beside: readonly Place[], read: Node): Node | undefined {
  let ruling: Node | undefined;
  for (const { statement } of beside) {
    const block = statement === undefined ? undefined : parentOf(statement);
    if (statement === undefined || block === undefined) continue;
    if (!isBefore(statement, read) || !contains(block, read)) continue;
    if (ruling === undefined || isBefore(ruling, statement)) ruling = statement;
  }
  return ruling;
}

function isBefore(one: Node, other: Node): boolean {
  return one.range[1] <= other.range[0];
}

/** What is given behind the place that reads, and no loop brings back to it. */
function comingLater(
  { identifiers }: Scope.Variable,
  places: readonly Place[],
  use: Node,
): Place[] {
  const owner = enclosingFunction(use);
  const beside = places.filter((one) => one.owner === owner);
  const later = beside.filter(({ node }) => isBefore(use, node));
  // Another call of the function may find what this one has left in a variable around it.
  const isOwnVariable =
    later.length > 0 && identifiers.some((name) => enclosingFunction(name) === owner);
  if (!isOwnVariable) return [];
  const ruling = rulingAt(beside, use);
  return later.filter(({ node }) => {
    const loop = loopAround(use, node);
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
