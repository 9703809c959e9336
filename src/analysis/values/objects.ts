import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import {
  enclosingFunction,
  isWritten,
  memberName,
  parentOf,
  staticKey,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { mayBeChangedBy } from "./handed-on.ts";
import { choice, literal, map, must, truthiness, unknown } from "./value.ts";
import type { ArrayValue, ObjectValue, PropertyValue, Value } from "./value.ts";

interface Building {
  readonly properties: Map<string, PropertyValue>;
  open: boolean;
}

export function valueOfObject(core: Core, node: TSESTree.ObjectExpression): Value {
  const building: Building = { properties: new Map(), open: false };
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      spread(building, core.evaluate(property.argument), property);
      continue;
    }
    const name = staticKey(property.key, property.computed) ?? computedKey(core, property);
    if (name === undefined) {
      building.open = true;
      continue;
    }
    const isGetter = property.kind === "get";
    building.properties.set(name, {
      value: isGetter ? unknown(property, "getter") : core.evaluate(property.value),
      node: property,
      certain: true,
    });
  }
  return { type: "object", node, ...building };
}

function computedKey(core: Core, property: TSESTree.Property): string | undefined {
  if (!property.computed) return undefined;
  const key = core.evaluate(property.key);
  return key.type === "literal" ? String(key.value) : undefined;
}

/** Lays one object over what is there: later writes win, what is unknown opens the object. */
function spread(building: Building, value: Value, node: Node): void {
  if (value.type === "choice") {
    // `...(condition && { audience })`: written on some paths.
    for (const option of value.options) {
      if (option.type === "object") overlay(building, option, false);
      else if (!isNothing(option) && !isCondition(option)) mayOverwrite(building, node);
    }
    return;
  }
  if (value.type === "object") {
    overlay(building, value, true);
  } else if (!isNothing(value)) {
    mayOverwrite(building, node);
  }
}

/** Unknown keys may overwrite known ones, too: what was certain before is certain no more. */
function mayOverwrite(building: Building, node: Node): void {
  building.open = true;
  for (const [name, property] of building.properties) {
    building.properties.set(name, {
      ...property,
      certain: false,
      value: choice(node, [property.value, unknown(node, "may be overwritten by a spread")]),
    });
  }
}

function overlay(building: Building, value: ObjectValue, certain: boolean): void {
  if (value.open) building.open = true;
  for (const [name, property] of value.properties) {
    const before = building.properties.get(name);
    const isCertain = certain && property.certain;
    if (isCertain || before === undefined) {
      building.properties.set(name, { ...property, certain: isCertain });
    } else {
      building.properties.set(name, {
        node: property.node,
        certain: before.certain,
        value: choice(property.node, [before.value, property.value]),
      });
    }
  }
}

function isNothing(value: Value): boolean {
  return value.type === "literal" && truthiness(value) === false;
}

function isCondition(value: Value): boolean {
  return value.type === "unknown" && value.reason === "condition";
}

/** `{}`, then each of the sources over it, as `Object.assign` and lodash's `merge` do. */
export function merged(node: Node, sources: readonly Value[]): ObjectValue {
  const building: Building = { properties: new Map(), open: false };
  for (const source of sources) spread(building, source, node);
  return { type: "object", node, ...building };
}

export function valueOfArray(core: Core, node: TSESTree.ArrayExpression): ArrayValue {
  const elements: Value[] = [];
  let open = false;
  for (const element of node.elements) {
    if (element === null) continue;
    if (element.type !== "SpreadElement") {
      elements.push(core.evaluate(element));
      continue;
    }
    const value = core.evaluate(element.argument);
    if (value.type === "array") {
      elements.push(...value.elements);
      open ||= value.open;
    } else if (!must(value, isNothing)) {
      open = true;
    }
  }
  return { type: "array", node, elements, open };
}

/**
 * The object that a variable holds, with what is written to it later in the file:
 * `options.audience = x` sets, handing it to a function out of sight leaves absent keys unknown.
 */
export function withMutations(core: Core, variable: Scope.Variable, value: Value): Value {
  if (value.type === "time" && value.date === true && isDateChanged(variable)) {
    return { ...value, offset: undefined };
  }
  const holdsObject =
    value.type === "object" ||
    (value.type === "choice" && value.options.some((one) => one.type === "object"));
  if (!holdsObject) return value.type === "array" ? withElements(core, variable, value) : value;
  const writes = mutationsOf(core, variable);
  if (writes.length === 0) return value;
  return map(value, (one) => (one.type === "object" ? mutated(one, writes) : one));
}

/** `date.setDate(date.getDate() + 7)`, and `date.add(7, "days")` of moment. */
function isDateChanged(variable: Scope.Variable): boolean {
  return variable.references.some((reference) => {
    const { parent } = wrapped(reference.identifier);
    return (
      parent?.type === "MemberExpression" &&
      /^(?:set[A-Z]\w*|set|add|subtract|startOf|endOf)$/u.test(memberName(parent) ?? "")
    );
  });
}

type Mutation =
  | {
      readonly kind: "set";
      readonly path: readonly string[];
      readonly node: Node;
      readonly value: Value;
      readonly certain: boolean;
    }
  | { readonly kind: "merge"; readonly value: Value; readonly node: Node }
  | { readonly kind: "open" };

function mutated(value: ObjectValue, writes: readonly Mutation[]): ObjectValue {
  const building: Building = { properties: new Map(value.properties), open: value.open };
  for (const write of writes) {
    if (write.kind === "open") building.open = true;
    else if (write.kind === "merge") spread(building, write.value, write.node);
    else setProperty(building, write.path, write);
  }
  return { ...value, ...building };
}

function setProperty(
  building: Building,
  [name, ...rest]: readonly string[],
  write: Extract<Mutation, { kind: "set" }>,
): void {
  if (name === undefined) return;
  const before = building.properties.get(name);
  if (rest.length > 0) {
    if (before?.value.type !== "object") {
      if (before === undefined) building.open = true;
      return;
    }
    const inner: Building = {
      properties: new Map(before.value.properties),
      open: before.value.open,
    };
    setProperty(inner, rest, write);
    building.properties.set(name, { ...before, value: { ...before.value, ...inner } });
    return;
  }
  const after =
    before === undefined ||
    (write.certain && before.value.type === "literal" && before.value.value === undefined)
      ? write.value
      : choice(write.node, [before.value, write.value]);
  building.properties.set(name, { value: after, node: write.node, certain: write.certain });
}

function mutationsOf(core: Core, variable: Scope.Variable): Mutation[] {
  const writes: Mutation[] = [];
  for (const reference of variable.references) {
    if (!reference.isRead() || isLastRead(variable, reference)) continue;
    const mutation = mutationAt(core, variable, wrapped(reference.identifier));
    if (mutation !== undefined) writes.push(mutation);
  }
  return writes;
}

/**
 * Does nobody read the variable behind this, so that nothing done to it here is seen: `super(options)`?
 * What only a function or another module reads may be read later, and what was handed on before is
 * there by another name: `const same = options;`.
 */
function isLastRead(variable: Scope.Variable, last: Scope.Reference): boolean {
  const [definition] = variable.defs;
  const { variableScope } = variable.scope;
  if (definition?.parent?.parent.type === "ExportNamedDeclaration") return false;
  const isOver = (reference: Scope.Reference): boolean => {
    const { from, identifier } = reference;
    if (from.variableScope !== variableScope || identifier.range[1] > last.identifier.range[1])
      return false;
    return reference === last || !reference.isRead() || isOfMember(identifier);
  };
  return variable.references.every(isOver) && !isRepeated(variable, last.identifier);
}

/** `options.issuer`, rather than all of it. */
function isOfMember(name: Node): boolean {
  const whole = wrapped(name);
  const by = parentOf(whole);
  return by?.type === "MemberExpression" && by.object === whole;
}

/** Is the place in a loop that the variable outlives? */
function isRepeated(variable: Scope.Variable, place: Node): boolean {
  for (
    let at: Node | undefined = place;
    at !== undefined && at !== variable.scope.block;
    at = parentOf(at)
  ) {
    if (/^(?:For|While|DoWhile)/u.test(at.type)) return true;
  }
  return false;
}

function mutationAt(core: Core, variable: Scope.Variable, use: Node): Mutation | undefined {
  let node = use;
  const path: string[] = [];
  while (node.parent?.type === "MemberExpression" && node.parent.object === node) {
    const name = memberName(node.parent);
    if (name === undefined) {
      return isWritten(node.parent) ? { kind: "open" } : undefined;
    }
    path.push(name);
    node = wrapped(node.parent);
  }
  const { parent } = node;
  if (parent === undefined) return undefined;
  if (path.length > 0) {
    if (parent.type === "AssignmentExpression" && parent.left === node) {
      const certain = isUnconditional(parent, variable);
      // `claims.exp += 60` is added to what was there.
      const value =
        parent.operator === "=" ? core.evaluate(parent.right) : unknown(parent, "changed");
      return { kind: "set", path, node: parent, value, certain };
    }
    return undefined;
  }
  if (parent.type === "CallExpression" && parent.callee !== node) {
    const callee = core.evaluate(parent.callee);
    if (callee.type === "global" && callee.path.join(".") === "Object.assign") {
      // A source is read, only the target is written.
      if (parent.arguments[0] !== node) return undefined;
      const sources = parent.arguments
        .slice(1)
        .map((argument) =>
          argument.type === "SpreadElement" ? unknown(argument, "spread") : core.evaluate(argument),
        );
      return { kind: "merge", value: merged(parent, sources), node: parent };
    }
  }
  if (parent.type === "CallExpression" || parent.type === "NewExpression") {
    return mayBeChangedBy(core, parent, node) ? { kind: "open" } : undefined;
  }
  return undefined;
}

/** Written on every path from the declaration on: same function, no branch around it. */
function isUnconditional(node: Node, variable: Scope.Variable): boolean {
  const declared = variable.identifiers[0];
  if (declared === undefined) return false;
  if (enclosingFunction(node) !== enclosingFunction(declared)) return false;
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (current.type === "BlockStatement" && current.parent.type !== "IfStatement") break;
    if (/^(?:If|Switch|For|While|DoWhile|Try|Conditional|Logical)/u.test(current.type))
      return false;
  }
  return true;
}

/** `list.push(x)` adds to an array that a variable holds. */
function withElements(core: Core, variable: Scope.Variable, value: ArrayValue): ArrayValue {
  const added: Value[] = [];
  let { open } = value;
  for (const reference of variable.references) {
    const use = wrapped(reference.identifier);
    const member = use.parent;
    if (member?.type !== "MemberExpression" || member.object !== use) continue;
    const call = member.parent;
    if (call.type !== "CallExpression" || call.callee !== member) continue;
    const method = memberName(member);
    if (method === "push" || method === "unshift") {
      for (const argument of call.arguments) {
        if (argument.type === "SpreadElement") open = true;
        else if (isUnconditional(call, variable)) added.push(core.evaluate(argument));
        // In a branch the element may be missing.
        else added.push(choice(argument, [literal(argument, undefined), core.evaluate(argument)]));
      }
    } else if (method === "splice" || method === "fill") {
      open = true;
    }
  }
  return added.length === 0 && open === value.open
    ? value
    : { ...value, elements: [...value.elements, ...added], open };
}
