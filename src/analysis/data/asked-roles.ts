import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { objectAt } from "../files/variables.ts";
import { calleeName, propertyValue, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { choiceOf, namedInChoice } from "./lists.ts";
import { isSaidOpenly } from "./named-conditions.ts";
import { saysRole } from "./names.ts";

/**
 * Which role does the request name, of a look-up of somebody who has it: `User.findOne({ role: req.body.role })`,
 * `users.find((one) => one.role === role)`? Whoever is found then is somebody, and nobody has asked who comes.
 */
export function roleAsked(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const [given] = call.arguments;
  if (given === undefined || !OF_PEOPLE.test(calleeName(call))) return undefined;
  const choice = choiceOf(call);
  if (choice !== undefined) return namedInChoice(core, choice, saysRole);
  const object = objectAt(core.fileOf(given), given);
  const conditions =
    objectAt(core.fileOf(given), object && propertyValue(object, "where")) ?? object;
  const [only, ...more] = conditions?.properties ?? [];
  if (only?.type !== "Property" || more.length > 0) return undefined;
  return saysRole(staticKey(only.key, only.computed) ?? "") && isSaidOpenly(core, only.value)
    ? only.value
    : undefined;
}

/** What finds one of the people that a program knows; a `Role` has a role as well. */
const OF_PEOPLE =
  /(?:^|[._])(?:users?|accounts?|members?|customers?|employees?|staff|people|persons?)_?(?:model|repo(?:sitory)?|collection|list|data)?\.(?:find(?:One|First|Unique)?(?:By|OrThrow|OrFail)?)$/iu;
