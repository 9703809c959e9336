import type { Entity, ParameterRole } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { findAt } from "../values/arguments.ts";
import type { EntityValue, Value } from "../values/value.ts";

/** An argument of an operation with what it can be. */
export interface Argument {
  readonly node: Node;
  readonly value: Value;
}

/** The first argument that stands where the description puts one of this role. */
export function argument(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  role: ParameterRole,
): Argument | undefined {
  const positions = entity.parameters?.[role];
  if (positions === undefined) return undefined;
  for (const position of [positions].flat()) {
    const found = findAt(core, target, node, position);
    if (found.state !== "found") continue;
    const { node: at } = found;
    const expression =
      at.type === "Property" ? at.value : at.type === "AssignmentExpression" ? at.right : at;
    const isText = role === "payload" && entity.jsonText === true;
    return {
      node: expression,
      value: isText ? jsonValue(core, expression, found.value) : found.value,
    };
  }
  return undefined;
}

/** What `JSON.stringify(x)` was given, where a library takes texts. */
export function jsonValue(core: Core, written: Node, value: Value): Value {
  const node = unwrap(written);
  if (node.type === "CallExpression" && dottedPath(node.callee)?.join(".") === "JSON.stringify") {
    const [given] = node.arguments;
    if (given !== undefined && given.type !== "SpreadElement") return core.evaluate(given);
  }
  // A text in a variable: what made it is where the value was written.
  return value.type === "unknown" && value.node !== written && value.node.type === "CallExpression"
    ? jsonValue(core, value.node, value)
    : value;
}
