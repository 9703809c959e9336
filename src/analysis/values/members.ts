import type { Core } from "../core.ts";
import type { Node } from "../syntax.ts";
import { table } from "../table.ts";
import { memberOf } from "./bindings.ts";
import { classMember } from "./classes.ts";
import { decoratedMember } from "./decorations.ts";
import { literal, map, unknown } from "./value.ts";
import type { ClaimsValue, GlobalValue, UnknownValue, Value } from "./value.ts";

/** Objects whose members come from outside the program. */
const ENVIRONMENTS: Readonly<Record<string, "process" | "import.meta">> = table({
  "process.env": "process",
  "globalThis.process.env": "process",
  "import.meta.env": "import.meta",
  "Bun.env": "process",
});

/** Methods that give a changed copy of a text or of bytes; what it came from stays what matters. */
const PASSES_ON = new Set(["length"]);

/** The property `name` of one value (not of a choice: map over that). */
export function propertyOf(core: Core, value: Value, name: string, node: Node): Value {
  switch (value.type) {
    case "object": {
      const property = value.properties.get(name);
      if (property !== undefined) return property.value;
      return value.open ? unknown(node, "open object") : literal(node, undefined);
    }
    case "array": {
      const index = Number(name);
      if (!Number.isInteger(index)) return unknown(node, "array property");
      return (
        value.elements[index] ?? (value.open ? unknown(node, "element") : literal(node, undefined))
      );
    }
    case "entity":
      if (
        (name === "call" || name === "apply") &&
        value.library.entities[value.path] !== undefined
      ) {
        return { ...value, node, via: name };
      }
      return memberOf(value, node, name);
    case "module":
      return { ...value, node, path: [...value.path, name] };
    case "global":
      return decoratedMember(core, value, name, node) ?? globalMember(value, name, node);
    case "environment":
      return { ...value, node, name: value.name === undefined ? name : `${value.name}.${name}` };
    case "class":
      return classMember(core, value.node, name, { isStatic: true, node });
    case "instance":
      return classMember(core, value.of, name, { isStatic: false, node });
    case "claims":
      return claimsMember(value, name, node);
    case "key":
      // The halves of a generated pair, and the key beside its metadata.
      if (name === "publicKey") return { ...value, kind: "public" };
      if (name === "privateKey") return { ...value, kind: "private" };
      return unknown(node, "property of a key");
    case "derived":
      return { ...value, node };
    case "literal":
      if (typeof value.value === "string" && PASSES_ON.has(name)) {
        return literal(node, value.value.length);
      }
      return unknown(node, "property of a primitive");
    case "unknown":
      return decoratedMember(core, value, name, node) ?? partOfUnknown(value, node);
    default:
      return unknown(node, `property of ${value.type}`);
  }
}

/** What stands under names in a value, each in the one before: `["jwt", "secret"]`. */
export function propertyAlong(
  core: Core,
  value: Value,
  path: readonly string[],
  node: Node,
): Value {
  return path.reduce((from, name) => map(from, (one) => propertyOf(core, one, name, node)), value);
}

/** A part of what a call out of sight gave rests on what the call was given. */
function partOfUnknown(value: UnknownValue, node: Node): UnknownValue {
  return value.madeFrom === undefined ? unknown(node, "property of unknown") : { ...value, node };
}

function globalMember(value: GlobalValue, name: string, node: Node): Value {
  const path = [...value.path, name];
  const dotted = path.join(".");
  const source = ENVIRONMENTS[dotted];
  if (source !== undefined) return { type: "environment", node, name: undefined, source };
  if (dotted === "Number.POSITIVE_INFINITY") return literal(node, Number.POSITIVE_INFINITY);
  if (dotted === "Number.MAX_SAFE_INTEGER") return literal(node, Number.MAX_SAFE_INTEGER);
  return { ...value, node, path };
}

/** A claim, or the header or payload of a whole token. */
export function claimsMember(value: ClaimsValue, name: string, node: Node): ClaimsValue {
  if (value.part === "whole" && value.path.length === 0) {
    if (name === "header" || name === "protectedHeader") return { ...value, node, part: "header" };
    // The tuple that djwt gives.
    if (name === "0") return { ...value, node, part: "header" };
    if (name === "1") return { ...value, node, part: "payload" };
    // `artifacts.decoded.payload` of hapi.
    if (name === "decoded") return { ...value, node };
    if (name === "payload" || name === "claims" || name === "body") {
      return { ...value, node, part: "payload" };
    }
  }
  return { ...value, node, path: [...value.path, name] };
}
