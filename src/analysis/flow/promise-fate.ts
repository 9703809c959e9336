import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { memberName, parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { readersOf } from "./bindings.ts";

/** What becomes of a promise. */
export type PromiseFate =
  /** Awaited, returned, chained or handed on. */
  | { readonly kind: "handled" }
  /** Nobody waits: a rejection stops nothing. */
  | { readonly kind: "dropped"; readonly node: Node }
  /** Tested or read as if it were the result: it is always truthy and has none of its properties. */
  | { readonly kind: "used-as-result"; readonly node: Node };

const HANDLED: PromiseFate = { kind: "handled" };

/** Follows the promise that a call gives to what becomes of it, through variables and casts. */
export function promiseFate(core: Core, call: Node): PromiseFate {
  let node = call;
  let parent = parentOf(node);
  while (parent !== undefined && isCast(parent)) {
    node = parent;
    parent = parentOf(node);
  }
  switch (parent?.type) {
    case "ExpressionStatement":
      return { kind: "dropped", node };
    case "UnaryExpression":
      return parent.operator === "!" ? { kind: "used-as-result", node } : { kind: "dropped", node };
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node ? { kind: "used-as-result", node } : HANDLED;
    case "LogicalExpression":
      return parent.left === node ? { kind: "used-as-result", node } : HANDLED;
    case "MemberExpression":
      return /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then")
        ? HANDLED
        : { kind: "used-as-result", node };
    case "CallExpression":
      // `Boolean(verifyAsync(token))`
      return parent.callee.type === "Identifier" && parent.callee.name === "Boolean"
        ? { kind: "used-as-result", node }
        : HANDLED;
    case "VariableDeclarator":
      if (parent.id.type === "ObjectPattern") return { kind: "used-as-result", node };
      return parent.id.type === "Identifier" ? heldPromise(core, parent.id) : HANDLED;
    default:
      return HANDLED;
  }
}

/** A cast changes nothing of a value. */
export function isCast(node: Node): boolean {
  return (
    node.type === "TSAsExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "ChainExpression"
  );
}

function heldPromise(core: Core, name: TSESTree.Identifier): PromiseFate {
  const readers = readersOf(core.fileOf(name).variableOf(name), name);
  if (readers.length === 0) return { kind: "dropped", node: name };
  const fates = readers.map((reader) => {
    const parent = parentOf(reader);
    if (parent?.type === "MemberExpression" && parent.object === reader) {
      return /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then") ? "handled" : "used";
    }
    if (
      parent?.type === "IfStatement" ||
      (parent?.type === "UnaryExpression" && parent.operator === "!")
    ) {
      return "used";
    }
    return "handled";
  });
  const at = fates.every((fate) => fate === "used") ? readers[0] : undefined;
  return at === undefined ? HANDLED : { kind: "used-as-result", node: at };
}
