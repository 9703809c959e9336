import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { parentOf, statementsIn } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { truthiness } from "./value.ts";

/**
 * Does one call of a function come to a statement of it? A function that reads the settings of a program by their names
 * answers each name in a branch of its own: `switch (name) { case "PUBLIC_URL": return …; case "SIGNING_KEY": return …; }`.
 *
 * @param core the analysis inside of that call
 */
export function isReached(core: Core, owner: FunctionNode, statement: Node): boolean {
  for (
    let from = statement, at = parentOf(from);
    at !== undefined && from !== owner;
    from = at, at = parentOf(at)
  ) {
    if (at.type === "IfStatement" && from !== at.test) {
      if (truthiness(core.evaluate(at.test)) === (from !== at.consequent)) return false;
    } else if (at.type === "SwitchStatement" && from.type === "SwitchCase") {
      if (!isEntered(core, at, from)) return false;
    }
    for (const before of statementsIn(at) ?? []) {
      if (before === from) break;
      if (before.type !== "IfStatement" || !ends(before.consequent)) continue;
      if (truthiness(core.evaluate(before.test)) === true) return false;
    }
  }
  return true;
}

/** A case is entered by its own value, or from the one above that does not end. */
function isEntered(
  core: Core,
  { cases, discriminant }: TSESTree.SwitchStatement,
  own: TSESTree.SwitchCase,
): boolean {
  const asked = core.evaluate(discriminant);
  if (asked.type !== "literal") return true;
  const values = cases.map(({ test }) => (test === null ? undefined : core.evaluate(test)));
  if (values.some((one) => one !== undefined && one.type !== "literal")) return true;
  const fits = values.map((one) => one?.type === "literal" && one.value === asked.value);
  const isDefault = !fits.includes(true);
  let isFalling = false;
  for (const [index, one] of cases.entries()) {
    const isTaken = one.test === null ? isDefault : (fits[index] ?? false);
    const isRun: boolean = isTaken || isFalling;
    if (one === own) return isRun;
    isFalling = isRun && !one.consequent.some((statement) => ends(statement));
  }
  return true;
}

/** Does nothing run behind it? */
function ends(statement: Node): boolean {
  return statement.type === "BlockStatement"
    ? statement.body.some(ends)
    : /^(?:Return|Throw|Break|Continue)Statement$/u.test(statement.type);
}
