import type { TSESTree } from "@typescript-eslint/utils";
import { MAX_DEPTH } from "../core.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { memberName, staticKey, unwrap } from "../syntax.ts";
import type { ClassNode, FunctionNode, Node } from "../syntax.ts";
import { propertyOf } from "./members.ts";
import { instanceEntity, instanceOfType } from "./names.ts";
import { isReached } from "./reached.ts";
import { choice, isUndefined, map, unknown } from "./value.ts";
import type { Value } from "./value.ts";

interface Lookup {
  readonly isStatic: boolean;
  readonly node: Node;
}

/** A field, accessor or method of a class, and what its methods assign to it. */
export function classMember(core: Core, owner: ClassNode, name: string, lookup: Lookup): Value {
  const values: Value[] = [];
  for (const member of owner.body.body) {
    if (member.type === "PropertyDefinition" || member.type === "AccessorProperty") {
      if (member.static !== lookup.isStatic || staticKey(member.key, member.computed) !== name)
        continue;
      const typed = fieldType(core, member);
      if (typed !== undefined) {
        const first = member.value === null ? [] : [core.evaluate(member.value)];
        const later = lookup.isStatic ? [] : assigned(core, owner, name);
        return madeAs(typed, [...first, ...later], lookup.node) ?? typed;
      }
      if (member.value !== null) values.push(core.evaluate(member.value));
    } else if (member.type === "MethodDefinition") {
      if (member.kind === "constructor") {
        const injected = lookup.isStatic ? undefined : parameterProperty(core, member.value, name);
        if (injected !== undefined) values.push(injected);
      } else if (
        member.static === lookup.isStatic &&
        staticKey(member.key, member.computed) === name
      ) {
        if (member.value.type !== "FunctionExpression") continue;
        if (member.kind === "get") return returned(core, member.value, lookup.node);
        if (member.kind === "method") return { type: "function", node: member.value };
      }
    }
  }
  if (!lookup.isStatic) values.push(...assigned(core, owner, name));
  const told = values.length > 1 ? values.filter((value) => !isUndefined(value)) : values;
  if (told.length > 0) return choice(lookup.node, told);
  return inherited(core, owner, name, lookup);
}

function inherited(core: Core, owner: ClassNode, name: string, lookup: Lookup): Value {
  if (owner.superClass === null) return unknown(lookup.node, "unwritten field");
  // Classes that extend each other in a circle parse, though they never run.
  if (core.budget.depth >= MAX_DEPTH) return unknown(lookup.node, "too deep");
  core.budget.depth += 1;
  try {
    return ofParent(core, owner.superClass, owner, name, lookup);
  } finally {
    core.budget.depth -= 1;
  }
}

function ofParent(
  core: Core,
  superClass: Node,
  owner: ClassNode,
  name: string,
  lookup: Lookup,
): Value {
  return map(core.evaluate(superClass), (parent) => {
    if (parent.type === "class" && parent.node !== owner) {
      return lookup.isStatic
        ? propertyOf(core, parent, name, lookup.node)
        : propertyOf(
            core,
            { type: "instance", node: parent.node, of: parent.node },
            name,
            lookup.node,
          );
    }
    // `class Service extends AuthenticationService`: its own methods, unless overridden.
    const instance = lookup.isStatic ? undefined : instanceEntity(parent);
    const member =
      instance === undefined ? undefined : propertyOf(core, instance, name, lookup.node);
    const isDescribed =
      member?.type === "entity" && member.library.entities[member.path] !== undefined;
    return isDescribed ? member : unknown(lookup.node, "inherited");
  });
}

function fieldType(
  core: Core,
  member: TSESTree.PropertyDefinition | TSESTree.AccessorProperty,
): Value | undefined {
  const annotation = member.typeAnnotation?.typeAnnotation;
  return annotation === undefined ? undefined : instanceOfType(core, annotation);
}

/** An instance of the type whose making is in sight tells how it was made, too. */
function madeAs(typed: Value, given: readonly Value[], node: Node): Value | undefined {
  const isMade = (one: Value): boolean =>
    one.type === "entity" &&
    typed.type === "entity" &&
    one.made !== undefined &&
    one.path === typed.path;
  return given.length > 0 && given.every(isMade) ? choice(node, given) : undefined;
}

/** `constructor(private readonly key: string)`. */
function parameterProperty(core: Core, method: Node, name: string): Value | undefined {
  if (method.type !== "FunctionExpression") return undefined;
  for (const parameter of method.params) {
    if (parameter.type !== "TSParameterProperty") continue;
    const { parameter: written } = parameter;
    const target: Node = written.type === "AssignmentPattern" ? written.left : written;
    if (target.type === "Identifier" && target.name === name) return core.evaluate(target);
  }
  return undefined;
}

/** Everything that `this.name = …` in the class gives. */
function assigned(core: Core, owner: ClassNode, name: string): Value[] {
  const values: Value[] = [];
  for (const assignment of inside(core.fileOf(owner).index.assignments, owner)) {
    const target = unwrap(assignment.left);
    if (target.type !== "MemberExpression" || target.object.type !== "ThisExpression") continue;
    if (memberName(target) !== name) continue;
    values.push(
      assignment.operator === "=" || assignment.operator === "||=" || assignment.operator === "??="
        ? core.evaluate(assignment.right)
        : unknown(assignment, "compound assignment"),
    );
  }
  return values;
}

/** The choice of what a function returns; `undefined` paths are left to the caller. */
export function returned(core: Core, owner: FunctionNode, node: Node): Value {
  if (owner.body.type !== "BlockStatement") return core.evaluate(owner.body);
  const written = returnArguments(core, owner);
  // Of a call that is looked at by itself it may be known which way it goes.
  const reached =
    written.length > 1 && core.calls.has(owner)
      ? written.filter((argument) => isReached(core, owner, argument))
      : written;
  const values = reached.map((argument) => core.evaluate(argument));
  return values.length === 0 ? unknown(node, "returns nothing") : choice(node, values);
}

/** The arguments of the return statements of a function itself, not of functions inside it. */
export function returnArguments(core: Core, owner: FunctionNode): Node[] {
  if (owner.body.type !== "BlockStatement") return [owner.body];
  const found: Node[] = [];
  const keys = core.fileOf(owner).visitorKeys;
  const visit = (node: Node): void => {
    if (node.type === "ReturnStatement") {
      if (node.argument !== null) found.push(node.argument);
      return;
    }
    for (const key of keys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
        const next = item as Node | null | undefined;
        if (next?.type !== undefined && STATEMENTS.has(next.type)) visit(next);
      }
    }
  };
  visit(owner.body);
  return found;
}

/** Where return statements can stand without entering another function. */
const STATEMENTS = new Set([
  "BlockStatement",
  "IfStatement",
  "ReturnStatement",
  "TryStatement",
  "CatchClause",
  "SwitchStatement",
  "SwitchCase",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "LabeledStatement",
  "WithStatement",
]);
