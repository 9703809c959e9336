import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import {
  enclosingFunction,
  isNullish,
  memberName,
  parentOf,
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
  const found = headerAlgorithmIn(algorithms);
  if (found === undefined) return undefined;
  const isTold = placesOf(user, found).some((place) => isChecked(core, place, isTrivial));
  return isTold ? undefined : found;
}

/**
 * May the token's own header choose `none`? `if (header.alg === "HS256") return …; verify(token, null, { algorithms:
 * [header.alg] });` leaves it, as it is another name.
 */
export function mayChooseNone(core: Core, algorithms: Value, user: Node): boolean {
  const found = headerAlgorithmIn(algorithms);
  if (found === undefined) return false;
  const others = new Set(
    conditionsAt(user)
      .filter((one) => isAnotherName(one))
      .map(({ test }) => test),
  );
  return !placesOf(user, found).some((place) =>
    isChecked(
      core,
      place,
      (side) => isNothing(side) || others.has(parentOf(wrapped(side)) ?? side),
    ),
  );
}

/** Is it known there that the algorithm is not this one, which is another than `none`? */
function isAnotherName({ test, holds }: Condition): boolean {
  return (
    test.type === "BinaryExpression" &&
    /^[!=]==?$/u.test(test.operator) &&
    holds === test.operator.startsWith("!") &&
    [test.left, test.right].some((side) => !/^(?:none)?$/iu.test(textOf(side) ?? ""))
  );
}

function headerAlgorithmIn(algorithms: Value): ClaimsValue | undefined {
  let found: ClaimsValue | undefined;
  madeOf(algorithms, (value) => {
    if (!isHeaderAlgorithm(value)) return false;
    found = value;
    return true;
  });
  return found;
}

/** The functions on the way from the header to what it is read for. */
function placesOf(user: Node, { node }: ClaimsValue): Node[] {
  return [...new Set([scopeOf(user), scopeOf(node)])];
}

function isHeaderAlgorithm(value: Value): value is ClaimsValue {
  return (
    value.type === "claims" && !value.verified && value.part === "header" && value.path[0] === "alg"
  );
}

function scopeOf(node: Node): Node {
  return enclosingFunction(node) ?? programOf(node);
}

/** @param isIdle whether a comparison with one side tells nothing */
function isChecked(core: Core, place: Node, isIdle: (side: Node) => boolean): boolean {
  let checked = false;
  walk(place, core.fileOf(place).visitorKeys, (node) => {
    if (checked) return false;
    checked = tested(core, node, isIdle).some((operand) => {
      const value = core.evaluate(operand);
      return possibilities(value).some(isHeaderAlgorithm);
    });
    return undefined;
  });
  return checked;
}

/** What a node compares, looks up or hands to a function whose answer or exception it waits for. */
function tested(core: Core, node: Node, isIdle: (side: Node) => boolean): Node[] {
  switch (node.type) {
    case "BinaryExpression":
      if (!/^(?:[!=]==?|in)$/u.test(node.operator) || node.left.type === "PrivateIdentifier")
        return [];
      return isIdle(node.left) || isIdle(node.right) ? [] : [node.left, node.right];
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
  return isNothing(node) || textOf(node)?.toLowerCase() === "none";
}

function isNothing(node: Node): boolean {
  return isNullish(node) || textOf(node) === "";
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
