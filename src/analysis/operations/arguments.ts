import type { Entity, ParameterRole } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { dottedPath, isNullish, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { findAt } from "../values/arguments.ts";
import type { EntityValue, Value } from "../values/value.ts";

/** An argument of an operation with what it can be. */
export interface Argument {
  readonly node: Node;
  readonly value: Value;
  /** What the library is given is the JSON text of it. */
  readonly isText?: true;
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
    const isText = role === "payload" && entity.jsonText !== undefined;
    const made = isText ? madeText(core, expression, found.value) : undefined;
    if (made !== undefined || (isText && entity.jsonText === "alone")) return made;
    return { node: expression, value: found.value };
  }
  return undefined;
}

/** What `JSON.stringify(x)` was given, where a library takes texts. */
export function jsonValue(core: Core, written: Node, value: Value): Value {
  return madeText(core, written, value)?.value ?? value;
}

function madeText(core: Core, written: Node, value: Value): Argument | undefined {
  const node = unwrap(written);
  if (node.type === "CallExpression" && dottedPath(node.callee)?.join(".") === "JSON.stringify") {
    const [given, chosen] = node.arguments;
    // `JSON.stringify(user, ["id", "name"])` leaves out what it is not told.
    const isWhole = chosen === undefined || isNullish(chosen);
    if (given !== undefined && given.type !== "SpreadElement" && isWhole)
      return { node: given, value: core.evaluate(given), isText: true };
  }
  // A text in a variable: what made it is where the value was written.
  return value.type === "unknown" && value.node !== written && value.node.type === "CallExpression"
    ? madeText(core, value.node, value)
    : undefined;
}
