import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { contains, isFunction, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { propertyOf } from "./members.ts";
import { choice, isUndefined, literal, map, mayBeMissing, present, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/** What a loop over the value hands out. */
export function elementsOf(value: Value, node: Node): Value {
  return map(value, (one) => {
    if (one.type === "derived" && one.how === "response") return { ...one, node };
    return one.type === "array"
      ? choice(node, one.open ? [...one.elements, unknown(node, "element")] : one.elements)
      : unknown(node, "element");
  });
}

/** What an assignment gives to a variable, which may stand inside a pattern. */
export function valueOfWrite(core: Core, reference: Scope.Reference): Value {
  const target = reference.identifier as Node;
  const expression = reference.writeExpr;
  let pattern: Node = target;
  while (pattern.parent !== undefined && isPatternPart(pattern.parent)) pattern = pattern.parent;
  const holder = pattern.parent;
  if (holder?.type === "AssignmentExpression" && holder.left === pattern) {
    if (holder.operator === "=" || holder.operator === "||=" || holder.operator === "??=") {
      return takeApart(core, pattern, target, core.evaluate(holder.right));
    }
    return unknown(target, "compound assignment");
  }
  // A default inside a parameter or declaration is read with its pattern.
  if (holder?.type === "VariableDeclarator" || isFunction(holder))
    return literal(target, undefined);
  return unknown(target, expression == null ? "update" : "loop variable");
}

function isPatternPart(node: Node): boolean {
  return (
    node.type === "ObjectPattern" ||
    node.type === "ArrayPattern" ||
    node.type === "RestElement" ||
    node.type === "AssignmentPattern" ||
    (node.type === "Property" && node.parent.type === "ObjectPattern")
  );
}

/** The part of a value that a destructuring pattern gives to one of its names. */
export function takeApart(core: Core, pattern: Node, name: Node, whole: Value): Value {
  if (pattern === name) return whole;
  switch (pattern.type) {
    case "AssignmentPattern":
      return takeApart(core, pattern.left, name, withDefault(core, whole, pattern.right));
    case "ObjectPattern": {
      for (const property of pattern.properties) {
        if (!contains(property, name)) continue;
        if (property.type === "RestElement") return restOf(whole, pattern, property);
        const key = staticKey(property.key, property.computed);
        if (key === undefined) return unknown(name, "computed key");
        const part = map(whole, (one) => propertyOf(core, one, key, property));
        return takeApart(core, property.value, name, part);
      }
      return unknown(name, "pattern");
    }
    case "ArrayPattern": {
      const at = pattern.elements.findIndex(
        (element) => element !== null && contains(element, name),
      );
      const element = pattern.elements[at];
      if (element === null || element === undefined || element.type === "RestElement") {
        return unknown(name, "rest");
      }
      const part = map(whole, (one) => propertyOf(core, one, String(at), element));
      return takeApart(core, element, name, part);
    }
    default:
      return unknown(name, pattern.type);
  }
}

function restOf(whole: Value, pattern: TSESTree.ObjectPattern, node: Node): Value {
  return map(whole, (one) => {
    if (one.type !== "object") return unknown(node, "rest");
    const taken = new Set(
      pattern.properties.map((property) =>
        property.type === "Property" ? staticKey(property.key, property.computed) : undefined,
      ),
    );
    const properties = new Map([...one.properties].filter(([key]) => !taken.has(key)));
    return { ...one, node, properties };
  });
}

function withDefault(core: Core, value: Value, fallback: Node): Value {
  return map(value, (one) => {
    if (isUndefined(one)) return core.evaluate(fallback);
    return mayBeMissing(one) ? choice(fallback, [present(one), core.evaluate(fallback)]) : one;
  });
}
