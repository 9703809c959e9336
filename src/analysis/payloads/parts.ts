import type { Core } from "../core.ts";
import type { Argument } from "../operations/arguments.ts";
import { valueNodeOf } from "../operations/options.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { PropertyValue, Value } from "../values/value.ts";
import { isTakenOut } from "./cleaning.ts";
import { isRecordSecret } from "./sensitive-names.ts";

/** Something that goes into a payload. */
export interface PayloadPart {
  /** The name it is put under; undefined for what is spread or is the payload itself. */
  readonly name: string | undefined;
  readonly value: Value;
  /** The expression that gives it. */
  readonly expression: Node;
  /** The property, spread or expression that puts it there, which may stand in another file. */
  readonly node: Node;
}

/** How deep objects in a payload are looked into. */
const MAX_NESTING = 4;

/** How many parts are looked at. */
const MAX_PARTS = 500;

/**
 * What a payload is made of, the inside of nested objects and lists included.
 *
 * @param until the call that reads the payload
 */
export function payloadParts(core: Core, payload: Argument, until?: Node): PayloadPart[] {
  const parts: PayloadPart[] = [];

  function take(value: Value, expression: Node, node: Node, depth: number): void {
    // Whoever takes a secret out of an object knows what is in it.
    if (isTakenOut(core, expression, until)) return;
    for (const one of possibilities(value)) {
      if (parts.length > MAX_PARTS) return;
      const text = textOf(core, one);
      if (text !== undefined) take(core.evaluate(text), text, text, depth + 1);
      else if (depth > MAX_NESTING) continue;
      else if (one.type === "object") takeObject(one, depth);
      else if (one.type === "array")
        for (const element of one.elements) take(element, element.node, node, depth + 1);
      else parts.push({ name: undefined, value: one, expression, node });
    }
  }

  function takeObject(object: Extract<Value, { type: "object" }>, depth: number): void {
    for (const [name, property] of object.properties) {
      const { value, node } = property;
      // `pick(user, ["id"])` writes its properties as a call.
      const expression = node.type === "CallExpression" ? node : valueNodeOf(node, value);
      parts.push({ name, value, expression, node });
      take(value, expression, node, depth + 1);
    }
    // `{ ...user, password: undefined }`
    if ([...object.properties].some(isOverwritten)) return;
    for (const source of sourcesOf(object.node)) {
      const value = core.evaluate(source);
      // What can be seen of a source is among the properties already.
      const hidden = possibilities(value).filter((one) => one.type !== "object");
      for (const one of hidden) {
        const node = source.parent?.type === "SpreadElement" ? source.parent : source;
        parts.push({ name: undefined, value: one, expression: source, node });
      }
    }
  }

  take(payload.value, payload.node, payload.node, 0);
  return parts;
}

function isOverwritten([name, { value }]: [string, PropertyValue]): boolean {
  return value.type === "literal" && isRecordSecret(name);
}

/** Functions that lay objects over each other. */
const MERGES = /^(?:assign|merge|extend|defaults)$/u;

/** What is spread into an object literal, or assigned over one by `Object.assign`. */
function sourcesOf(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type === "ObjectExpression") {
    return node.properties.flatMap((property) =>
      property.type === "SpreadElement" ? [property.argument] : [],
    );
  }
  if (node.type !== "CallExpression" || !MERGES.test(dottedPath(node.callee)?.at(-1) ?? ""))
    return [];
  return node.arguments.flatMap((argument) => {
    if (argument.type === "SpreadElement") return [];
    // The literals among them are taken apart where they stand.
    const inner = unwrap(argument);
    return inner.type === "ObjectExpression" ? sourcesOf(inner) : [argument];
  });
}

/** What `JSON.stringify(x)` and `new TextEncoder().encode(JSON.stringify(x))` were given. */
function textOf(core: Core, value: Value): Node | undefined {
  if (value.type === "bytes") return textOf(core, value.of);
  if (value.type !== "unknown" || value.node.type !== "CallExpression") return undefined;
  if (dottedPath(value.node.callee)?.join(".") !== "JSON.stringify") return undefined;
  const [given] = value.node.arguments;
  return given === undefined || given.type === "SpreadElement" ? undefined : given;
}
