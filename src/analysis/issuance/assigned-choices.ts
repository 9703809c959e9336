import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { isSaidByClient } from "../network/request.ts";
import { contains, enclosingFunction, isFunction, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { fieldOfOne, givenBy } from "../data/lists.ts";
import { saysWho } from "../data/names.ts";
import { signedTokens } from "./signed-tokens.ts";

/** `accounts.find((one) => (one.name = req.body.name))`: it finds the first one, and calls it what the request says. */
export interface AssignedChoice {
  readonly node: TSESTree.AssignmentExpression;
  /** What signs a token behind it. */
  readonly signedBy: string;
}

const CHOOSES = ["find", "findLast", "findIndex", "filter", "some"];

/** Functions that are to choose whom the request names, and assign instead of comparing. */
export function assignedChoices(analysis: Analysis): AssignedChoice[] {
  const { core, file } = analysis;
  return CHOOSES.flatMap((name) => file.index.called.get(name) ?? []).flatMap((call) => {
    const choice = call.arguments.map(unwrap).find((one) => isFunction(one));
    const given = choice === undefined ? undefined : givenBy(choice);
    const owner = enclosingFunction(call);
    if (choice === undefined || given === undefined || owner === undefined) return [];
    const node = assignments(given).find(
      ({ left, right }) =>
        saysWho(fieldOfOne(core, choice, left) ?? "") && isSaidByClient(core, right),
    );
    if (node === undefined) return [];
    const token = signedTokens(analysis).find(
      (one) => contains(owner, one.node) && one.node.range[0] > call.range[0],
    );
    return token === undefined ? [] : [{ node, signedBy: token.name }];
  });
}

/** `one.name = name` of `(one.name = name) && one.isActive` */
function assignments(written: Node): TSESTree.AssignmentExpression[] {
  const node = unwrap(written);
  if (node.type === "LogicalExpression")
    return [...assignments(node.left), ...assignments(node.right)];
  return node.type === "AssignmentExpression" && node.operator === "=" ? [node] : [];
}
