import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import {
  enclosingFunction,
  memberName,
  programOf,
  staticKey,
  textOf,
  walk,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { madeOf, may, possibilities } from "../values/value.ts";
import type { ClaimsValue, Value } from "../values/value.ts";

/**
 * Does the token's own header choose the algorithm? Then a list of algorithms is there and checks
 * nothing. A program that compares the name with its own list first is right, so every comparison in
 * the functions on the way counts as one.
 */
export function algorithmFromHeader(
  core: Core,
  algorithms: Value,
  user: Node,
): ClaimsValue | undefined {
  let found: ClaimsValue | undefined;
  madeOf(algorithms, (value) => {
    if (!isHeaderAlgorithm(value)) return false;
    found = value;
    return true;
  });
  if (found === undefined) return undefined;
  const places = new Set([scopeOf(user), scopeOf(found.node)]);
  return [...places].some((place) => isChecked(core, place)) ? undefined : found;
}

function isHeaderAlgorithm(value: Value): value is ClaimsValue {
  return (
    value.type === "claims" && !value.verified && value.part === "header" && value.path[0] === "alg"
  );
}

function scopeOf(node: Node): Node {
  return enclosingFunction(node) ?? programOf(node);
}

function isChecked(core: Core, place: Node): boolean {
  let checked = false;
  walk(place, core.fileOf(place).visitorKeys, (node) => {
    if (checked) return false;
    checked = tested(core, node).some((operand) => {
      const value = core.evaluate(operand);
      return possibilities(value).some(isHeaderAlgorithm);
    });
    return undefined;
  });
  return checked;
}

/** What a node compares, looks up or hands to a function whose answer or exception it waits for. */
function tested(core: Core, node: Node): Node[] {
  switch (node.type) {
    case "BinaryExpression":
      if (!/^(?:[!=]==?|in)$/u.test(node.operator) || node.left.type === "PrivateIdentifier")
        return [];
      return isTrivial(node.left) || isTrivial(node.right) ? [] : [node.left, node.right];
    case "SwitchStatement":
      return [node.discriminant];
    case "MemberExpression":
      return node.computed ? [node.property] : [];
    case "CallExpression":
      return askedOf(core, node);
    default:
      return [];
  }
}

/** `ALLOWED.includes(alg)` anywhere; `assertAllowed(alg)` and `if (!isAllowed(alg))` by where they stand. */
function askedOf(core: Core, node: TSESTree.CallExpression): Node[] {
  const callee = core.evaluate(node.callee);
  if (callee.type === "entity" || (callee.type === "global" && callee.path[0] === "console"))
    return [];
  const given = node.arguments.filter((argument) => argument.type !== "SpreadElement");
  if (node.callee.type === "MemberExpression" && ASKS.test(memberName(node.callee) ?? "")) {
    return [node.callee.object, ...given];
  }
  return IN_A_TEST.test(wrapped(node).parent?.type ?? "") ? given : [];
}

const ASKS = /^(?:includes|has|indexOf|some|find|test|startsWith|match)$/u;

const IN_A_TEST = /^(?:ExpressionStatement|IfStatement|UnaryExpression|LogicalExpression)$/u;

/** A comparison with nothing, or with `none` alone, leaves every other algorithm. */
function isTrivial(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "undefined";
  if (node.type === "Literal" && node.value === null) return true;
  return /^(?:none)?$/iu.test(textOf(node) ?? "?");
}

/** Does a function that finds keys look at the algorithm, so that each kind may get its own key? */
export function picksByAlgorithm(core: Core, key: Value): boolean {
  return may(key, (one) => one.type === "function" && mentionsAlgorithm(core, one.node));
}

function mentionsAlgorithm(core: Core, place: Node): boolean {
  let isRead = false;
  walk(place, core.fileOf(place).visitorKeys, (node) => {
    isRead ||=
      (node.type === "MemberExpression" && memberName(node) === "alg") ||
      (node.type === "Property" &&
        node.parent.type === "ObjectPattern" &&
        staticKey(node.key, node.computed) === "alg");
    return !isRead;
  });
  return isRead;
}
