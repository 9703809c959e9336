import type { Position } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import type { CallNode, Node } from "../syntax.ts";
import { calledOnSame } from "./call-chains.ts";
import { returned } from "./classes.ts";
import { propertyOf } from "./members.ts";
import { storedUnder } from "./stored.ts";
import { choice, map, possibilities, unknown } from "./value.ts";
import type { EntityValue, ObjectValue, Value } from "./value.ts";

/** The arguments of a call after `.bind`, `.call` and `.apply` are undone. */
export interface ArgumentList {
  readonly nodes: readonly Node[];
  /** A spread stands in the list: what follows it is out of sight. */
  readonly open: boolean;
}

export function argumentsOf(target: EntityValue | undefined, node: CallNode): ArgumentList {
  const list = { nodes: [...(target?.bound ?? [])], open: false };
  const [, applied] = node.arguments;
  if (target?.via === "apply") {
    if (applied?.type === "ArrayExpression") takeAll(list, applied.elements);
    else list.open = applied !== undefined;
  } else {
    // `fn.call(this, a, b)`: the receiver is no argument, nor is the name in `ninvoke(jwt, "verify", a, b)`.
    takeAll(list, node.arguments.slice(BEFORE[target?.via ?? ""] ?? 0));
  }
  return list;
}

/** How many stand before the arguments. */
const BEFORE: Readonly<Record<string, number>> = { call: 1, invoke: 2 };

/** Up to the first spread that nobody can see into. */
function takeAll(list: { nodes: Node[]; open: boolean }, elements: readonly (Node | null)[]): void {
  for (const element of elements) {
    if (list.open) return;
    if (element === null) list.open = true;
    else if (element.type !== "SpreadElement") list.nodes.push(element);
    else if (element.argument.type === "ArrayExpression") takeAll(list, element.argument.elements);
    else list.open = true;
  }
}

/** What was found at a position: the node to point at and its value, or that nobody can see it. */
export type Found =
  | {
      readonly state: "found";
      readonly node: Node;
      readonly value: Value;
      readonly certain: boolean;
    }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

/** Looks up `"1"`, `"0.secret"`, `"new.0"`, `"calls.0"` or `"chain.update.0"`. */
export function findAt(core: Core, target: EntityValue, node: CallNode, position: Position): Found {
  const parts = position.split(".");
  let call = node;
  let from: EntityValue | undefined = target;
  if (parts[0] === "calls") return acrossCalls(core, node, parts.slice(1).join("."));
  if (parts[0] === "new") {
    parts.shift();
    if (target.made === undefined) return { state: "unknown" };
    call = target.made;
    from = undefined;
  } else if (parts[0] === "chain") {
    const [, method = ""] = parts.splice(0, 2);
    const called = calledOnSame(core, node, method);
    if (called === undefined) return { state: "unknown" };
    call = called;
    from = undefined;
  }
  const list = argumentsOf(from, call);
  const argument = list.nodes[Number(parts.shift())];
  if (argument === undefined) return { state: list.open ? "unknown" : "absent" };
  return descend(core, argument, parts);
}

/** The choice of what stands there in every call of the function that a call has made. */
function acrossCalls(core: Core, made: CallNode, position: Position): Found {
  const given = core.fileOf(made).index.calls.flatMap((call) => {
    if (call === made) return [];
    const callee = possibilities(core.evaluate(call.callee)).find(
      (one) => one.type === "entity" && one.made === made,
    );
    if (callee?.type !== "entity") return [];
    const found = findAt(core, callee, call, position);
    return found.state === "found" ? [found] : [];
  });
  const [first] = given;
  if (first === undefined) return { state: "unknown" };
  return {
    ...first,
    value: choice(
      first.node,
      given.map(({ value }) => value),
    ),
  };
}

function descend(core: Core, argument: Node, parts: readonly string[]): Found {
  let found: Found = {
    state: "found",
    node: argument,
    value: core.evaluate(argument),
    certain: true,
  };
  for (const part of parts) {
    if (found.state !== "found") return found;
    if (part === "new()") {
      found = { ...found, value: map(found.value, (one) => instanceOf(one, argument)) };
      continue;
    }
    const stored = /^get\((\w+)\)$/u.exec(part)?.[1];
    if (stored !== undefined) {
      const given = storedUnder(core, argument, stored);
      if (given.length === 0) return { state: "unknown" };
      // Configuration files may say something else.
      found = { ...found, value: choice(argument, [...given, unknown(argument, "stored")]) };
      continue;
    }
    // `useFactory()`: what the function under that name returns.
    const isCall = part.endsWith("()");
    found = propertyAt(core, found.value, isCall ? part.slice(0, -2) : part, found);
    if (isCall && found.state === "found") {
      const { node } = found;
      found = {
        ...found,
        value: map(found.value, (one) =>
          one.type === "function" ? returned(core, one.node, node) : unknown(node, "factory"),
        ),
      };
    }
  }
  return found;
}

function instanceOf(value: Value, node: Node): Value {
  return value.type === "class"
    ? { type: "instance", node: value.node, of: value.node }
    : unknown(node, "instance");
}

function propertyAt(
  core: Core,
  value: Value,
  name: string,
  holder: Extract<Found, { state: "found" }>,
): Found {
  if (value.type === "choice") {
    const objects = value.options.filter((one): one is ObjectValue => one.type === "object");
    const held = objects.find((one) => one.properties.has(name));
    const property = held?.properties.get(name);
    if (property !== undefined) {
      return { state: "found", node: property.node, value: property.value, certain: false };
    }
    return { state: "unknown" };
  }
  if (value.type === "instance") {
    return { ...holder, value: propertyOf(core, value, name, holder.node) };
  }
  if (value.type !== "object") return { state: "unknown" };
  const property = value.properties.get(name);
  if (property !== undefined) {
    return {
      state: "found",
      node: property.node,
      value: property.value,
      certain: holder.certain && property.certain,
    };
  }
  return { state: value.open ? "unknown" : "absent" };
}

/** May something stand at one of the positions? What is out of sight may. */
export function mayBeGiven(
  core: Core,
  target: EntityValue,
  node: CallNode,
  positions: readonly Position[],
): boolean {
  return positions.some((position) => findAt(core, target, node, position).state !== "absent");
}

/** The argument node at the first position that holds one. */
export function argumentAt(
  core: Core,
  target: EntityValue,
  node: CallNode,
  position: Position | readonly Position[] | undefined,
): Node | undefined {
  for (const one of position === undefined ? [] : [position].flat()) {
    const found = findAt(core, target, node, one);
    if (found.state === "found") {
      return found.node.type === "Property" ? found.node.value : found.node;
    }
  }
  return undefined;
}
