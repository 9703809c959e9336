import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { enclosingFunction, isInLoop, statementsIn, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { closureIn, mayBeWrittenBefore } from "./ran-before.ts";
import type { Step } from "./use.ts";

/** `{ ...headers, authorization: "hidden" }`: a later property takes the place of an earlier one. */
export function isReplaced(
  element: TSESTree.Property | TSESTree.SpreadElement,
  name: string | undefined,
): boolean {
  if (name === undefined || element.parent.type !== "ObjectExpression") return false;
  const { properties } = element.parent;
  return properties.some(
    (other) =>
      other.type === "Property" &&
      other.range[0] > element.range[0] &&
      staticKey(other.key, other.computed) === name,
  );
}

/** What is no longer in what was spread: the properties that stand behind it have taken their places. */
export function replacedBy(
  spread: TSESTree.SpreadElement,
  { boxes, without }: Step,
): Step["without"] {
  if (boxes.length > 0 || spread.parent.type !== "ObjectExpression") return without;
  const names = spread.parent.properties.flatMap((other) =>
    other.type === "Property" && other.range[0] > spread.range[0]
      ? (staticKey(other.key, other.computed) ?? [])
      : [],
  );
  return names.length === 0 ? without : [...(without ?? []), ...names];
}

/** The value gets a name: go on at every place that reads it. */
export function bind(core: Core, pattern: Node, step: Step, queue: Step[]): void {
  switch (pattern.type) {
    case "Identifier": {
      const variable = core.fileOf(pattern).variableOf(pattern);
      for (const reader of readersOf(variable, pattern)) queue.push({ ...step, node: reader });
      break;
    }
    case "AssignmentPattern":
      bind(core, pattern.left, step, queue);
      break;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "RestElement") {
          const rest = restOf(step, pattern);
          if (rest !== undefined) bind(core, property.argument, rest, queue);
          continue;
        }
        const name = staticKey(property.key, property.computed);
        const next = name === undefined ? undefined : readProperty(step, name);
        if (next !== undefined) bind(core, property.value, next, queue);
      }
      break;
    case "ArrayPattern":
      for (const [at, element] of pattern.elements.entries()) {
        if (element === null) continue;
        const next = readProperty(step, element.type === "RestElement" ? "*" : String(at));
        if (next !== undefined) bind(core, element, next, queue);
      }
      break;
    default:
      break;
  }
}

/** What is left when others took their properties; nothing where the value was in one of them. */
function restOf(step: Step, pattern: TSESTree.ObjectPattern): Step | undefined {
  const taken = pattern.properties.flatMap((property) => {
    if (property.type === "RestElement") return [];
    return staticKey(property.key, property.computed) ?? [];
  });
  const box = step.boxes.at(-1);
  if (box !== undefined) return taken.includes(box) ? undefined : step;
  return { ...step, without: [...(step.without ?? []), ...taken] };
}

/**
 * The reads of a variable that can see what `written` wrote: those after it in the same function, those in
 * other functions, and around its own one those that come when it may have run.
 */
export function readersOf(variable: Scope.Variable | undefined, written: Node): Node[] {
  if (variable === undefined) return [];
  const owner = enclosingFunction(written);
  const others = variable.references.filter(
    (reference) => reference.isWrite() && reference.identifier !== written,
  );
  return variable.references.flatMap((reference) => {
    const node = reference.identifier as Node;
    if (!reference.isRead()) return [];
    const isSame = enclosingFunction(node) === owner;
    if (isSame && node.range[0] < written.range[0] && !isInLoop(written)) return [];
    if (!isSame && !mayBeWrittenBefore(variable, written, node)) return [];
    const closure = isSame ? undefined : closureIn(owner, node);
    // A function that is made later sees what the variable holds by then.
    const isThere = closure?.type === "FunctionDeclaration";
    const at = isSame ? node : isThere ? undefined : closure;
    // Overwritten in between, on the way to this read.
    const isLost = others.some((other) => {
      const by = other.identifier as Node;
      return (
        at !== undefined &&
        enclosingFunction(by) === owner &&
        by.range[0] > written.range[0] &&
        by.range[0] < at.range[0] &&
        blockOf(by) === blockOf(written) &&
        (isSame || !isInLoop(by))
      );
    });
    return isLost ? [] : [node];
  });
}

export function blockOf(node: Node): Node | undefined {
  for (
    let current: Node | null | undefined = node.parent;
    current != null;
    current = current.parent
  ) {
    if (statementsIn(current) !== undefined) return current;
  }
  return undefined;
}

/** Reading a property of a box takes the value out again, or reads a neighbour that it is not. */
export function readProperty(step: Step, name: string): Step | undefined {
  const box = step.boxes.at(-1);
  if (box === undefined) return { ...step, path: [...step.path, name] };
  // An address shows its parameters wherever it shows itself, and in these parts alone.
  if (box === "(query)" && /^(?:href|search|searchParams)$/u.test(name)) return step;
  // An element of a list has no name; how many there are is none of them.
  const isElement = box === "*" && /^\d+$/u.test(name);
  if (box !== name && !isElement && name !== "*" && name !== "?") return undefined;
  return { ...step, boxes: step.boxes.slice(0, -1) };
}
