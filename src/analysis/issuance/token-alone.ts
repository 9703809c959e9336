import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  textOf,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { saysWho } from "../data/names.ts";

/**
 * A token that a request brings and that is verified, whose claims are compared with nothing but the token itself:
 * `if (!claims)`, `if (claims.purpose !== "reset")`, `(await redis.get(claims.sub)) === token`. Whoever has any such
 * token passes all of it.
 *
 * @returns what tells the expressions that are made of the token alone; undefined where it may decide about
 *   something else
 */
export function aloneIn(
  core: Core,
  handler: FunctionNode,
  { node: call, token, callback }: Operation,
): ((node: Node) => boolean) | undefined {
  const said = token === undefined ? undefined : saidByClient(core, token.node);
  if (said === undefined) return undefined;
  const file = core.fileOf(handler);
  const variables = new Set<Scope.Variable>();
  const claims = callback?.function?.params[1];
  if (callback !== undefined && callback.function === undefined) return undefined;
  if (claims !== undefined) addNames(claims);
  for (let known = -1; known < variables.size;) {
    known = variables.size;
    walk(handler.body, file.visitorKeys, (one) => {
      if (one.type === "VariableDeclarator" && one.init !== null && isOfToken(one.init))
        addNames(one.id);
      if (one.type === "AssignmentExpression" && isOfToken(one.right)) addNames(one.left);
    });
  }
  return hasWithin(core, handler.body, isPutToUse) ? undefined : isOfToken;

  function addNames(pattern: Node): void {
    walk(pattern, file.visitorKeys, (one) => {
      const variable = one.type === "Identifier" ? file.variableOf(one) : undefined;
      if (variable !== undefined) variables.add(variable);
    });
  }

  function isOfToken(written: Node): boolean {
    const node = unwrap(written);
    if (node === call) return true;
    switch (node.type) {
      case "Identifier": {
        const variable = file.variableOf(node);
        return variable !== undefined && (variables.has(variable) || isToken(node));
      }
      case "MemberExpression":
        return isOfToken(node.object) || isToken(node);
      case "TemplateLiteral":
        return areOfToken(node.expressions);
      case "BinaryExpression":
        return node.operator === "+" && areOfToken([node.left, node.right]);
      case "LogicalExpression":
        return node.operator !== "&&" && [node.left, node.right].every(isOfToken);
      case "CallExpression": {
        const callee = unwrap(node.callee);
        const isOwn = callee.type === "MemberExpression" && isOfToken(callee.object);
        if (isOwn) return node.arguments.every(isLiteral);
        return KEEPS.test(calleeName(node)) && areOfToken(node.arguments);
      }
      case "ObjectExpression":
        return areOfToken(
          node.properties.map((one) => (one.type === "Property" ? one.value : one)),
        );
      default:
        return false;
    }
  }

  /** What the verification itself is given, not what its callback does. */
  function isGiven(argument: Node, node: Node): boolean {
    return argument !== callback?.node && contains(argument, node);
  }

  function isToken(node: Node): boolean {
    return saidByClient(core, node) === said;
  }

  function areOfToken(all: readonly Node[]): boolean {
    return all.some(isOfToken) && all.every((one) => isLiteral(one) || isOfToken(one));
  }

  /** Does it decide about anything but the token, or is it handed to what may? */
  function isPutToUse(node: Node): boolean {
    if (node === call && callback !== undefined) return false;
    if (!isExpression(node) || !isOfToken(node) || call.arguments.some((one) => isGiven(one, node)))
      return false;
    if (node.type === "Identifier" && file.variableOf(node)?.identifiers.includes(node) === true)
      return false;
    const outer = wrapped(node);
    const by = parentOf(outer);
    switch (by?.type) {
      case "ExpressionStatement":
        return false;
      case "VariableDeclarator":
        return by.init !== outer && by.id !== outer;
      case "AssignmentExpression":
        return by.left.type !== "Identifier";
      case "BinaryExpression":
        return (
          !isOfToken(by) && !isAboutToken(by.operator, outer === by.left ? by.right : by.left, node)
        );
      case "UnaryExpression":
      case "IfStatement":
      case "ConditionalExpression":
      case "LogicalExpression":
        return !isOfToken(by) && !isPresence(node, by, outer);
      case "CallExpression":
        return !isOfToken(by) && !isLogCall(by);
      case "Property":
        return by.parent.type !== "ObjectPattern" && !isOfToken(by.parent);
      default:
        return by === undefined || !isOfToken(by);
    }
  }

  /** A comparison with the token itself, with what it is for, or with the time. */
  function isAboutToken(operator: string, other: Node, node: Node): boolean {
    const name = node.type === "MemberExpression" ? (memberName(node) ?? "") : "";
    if (/^[<>]=?$/u.test(operator)) return /^(?:exp|iat)$/u.test(name);
    return isNullish(other) || isOfToken(other) || PURPOSES.test(textOf(other) ?? "");
  }

  /** Only whether there is one: a flag of the claims may say what somebody may. */
  function isPresence(node: Node, by: Node, outer: Node): boolean {
    if (node.type === "MemberExpression" && !isToken(node) && !saysWho(memberName(node) ?? ""))
      return false;
    if (by.type === "UnaryExpression") return by.operator === "!" || by.operator === "typeof";
    if (by.type === "IfStatement") return by.test === outer;
    if (by.type === "ConditionalExpression") return false;
    for (let from = by, at = parentOf(by); at !== undefined; from = at, at = parentOf(at)) {
      if (at.type === "IfStatement") return at.test === from;
      if (at.type !== "LogicalExpression") return false;
    }
    return false;
  }
}

/**
 * Functions that give what is kept under a name, or throw it away, and put texts into other forms. Whoever is found
 * by the claims may be somebody who changes the accounts of others.
 */
const KEEPS = /(?:^|\.)(?:get|h?get|del|unlink|exists|String|JSON\.parse)$/u;

/** What a token is for, as its claims say. */
const PURPOSES =
  /reset|recover|forg[oe]t|verif|confirm|invit|activat|set_?up|password|access|refresh/iu;

function isExpression(node: Node): boolean {
  return (
    !isFunction(node) &&
    /^(?:Identifier|(?:Member|Call|Binary|Logical|Object)Expression|TemplateLiteral)$/u.test(
      node.type,
    )
  );
}
