import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isSaidByClient } from "../network/request.ts";
import { isSaidOpenly } from "./named-conditions.ts";
import { saysGroup } from "./names.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Records of a list in the program that are chosen by what the request names: `members.find((one) => one.name ===
 * req.body.name)`. A second condition, such as the password, makes it a proof.
 */

/** Methods that choose by a function, or say whether one can be chosen. */
const CHOOSES = /\.(?:find|findLast|filter|some)$/u;

/** Lists of who has been let in already, or is about to be. */
const OF_KNOWN = /auth|log(?:ged)?_?(?:in|on)|online|connected|active|pending|approved|allow/iu;

/** The function by which a call chooses from a list. */
export function choiceOf(call: TSESTree.CallExpression): FunctionNode | undefined {
  const [given, ...more] = call.arguments;
  const name = calleeName(call);
  if (given === undefined || more.length > 0 || !CHOOSES.test(name) || OF_KNOWN.test(name))
    return undefined;
  const choice = unwrap(given);
  return isFunction(choice) ? choice : undefined;
}

/** All that a function does is to give this. */
export function givenBy({ body }: FunctionNode): Node | undefined {
  if (body.type !== "BlockStatement") return unwrap(body);
  const [only] = body.body;
  return only?.type === "ReturnStatement" && only.argument !== null
    ? unwrap(only.argument)
    : undefined;
}

/**
 * What the request names, of a choice that asks for nothing else.
 *
 * @param isName does a field say who somebody is, and others know it as well?
 */
export function namedInChoice(
  core: Core,
  choice: FunctionNode,
  isName: (field: string) => boolean,
): Node | undefined {
  const given = givenBy(choice);
  return given === undefined ? undefined : namedIn(given);

  function namedIn(written: Node): Node | undefined {
    const node = unwrap(written);
    if (node.type === "LogicalExpression") {
      const besides = [node.left, node.right].filter(
        (side) => node.operator === "&&" && isOfGroup(core, choice, side),
      );
      const sides = [node.left, node.right]
        .filter((side) => !besides.includes(side))
        .map((side) => namedIn(side));
      return sides.every((one) => one !== undefined) ? sides[0] : undefined;
    }
    if (node.type !== "BinaryExpression" || !/^===?$/u.test(node.operator)) return undefined;
    const { left, right } = node;
    const [said, field] = isSaidByClient(core, left) ? [left, right] : [right, left];
    const isNamed = isSaidByClient(core, said) && isName(fieldOfOne(core, choice, field) ?? "");
    return isNamed ? said : undefined;
  }
}

/** `one.tenant === req.body.tenant` beside what says whose it is */
function isOfGroup(core: Core, choice: FunctionNode, written: Node): boolean {
  const node = unwrap(written);
  if (node.type !== "BinaryExpression" || !/^===?$/u.test(node.operator)) return false;
  const { left, right } = node;
  const [said, field] = isSaidByClient(core, left) ? [left, right] : [right, left];
  return isSaidOpenly(core, said) && saysGroup(fieldOfOne(core, choice, field) ?? "");
}

/** Methods that put a text into another form. */
const FORMS = /^(?:trim|toLowerCase|toUpperCase|toString|normalize)$/u;

/** The field of what is chosen: `name` of `one.name`, of `one.name.toLowerCase()` and of a parameter `{ name }`. */
export function fieldOfOne(core: Core, choice: FunctionNode, written: Node): string | undefined {
  let node = unwrap(written);
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression" || !FORMS.test(memberName(callee) ?? ""))
      return undefined;
    node = unwrap(callee.object);
  }
  const path = dottedPath(node) ?? [];
  const root = rootOf(node);
  const isOfOne = core.fileOf(root).variableOf(root)?.defs[0]?.node === choice;
  const isWhole = choice.params[0]?.type === "Identifier";
  return isOfOne && path.length === (isWhole ? 2 : 1) ? path.at(-1) : undefined;
}

/** The call that chooses by a comparison: it stands in the function that is given to it. */
export function chosenBy(comparison: Node): TSESTree.CallExpression | undefined {
  let at = parentOf(comparison);
  while (at !== undefined && !isFunction(at)) at = parentOf(at);
  const call = at === undefined ? undefined : parentOf(wrapped(at));
  return call?.type === "CallExpression" && choiceOf(call) === at ? call : undefined;
}
