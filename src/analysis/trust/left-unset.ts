import type { Core } from "../core.ts";
import { parentOf, statementsIn, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may, must, truthiness, variableNamed } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { asksForDevelopment, asksForNone, asksForTests } from "./environments.ts";

/**
 * Has a function been left by then, in production, where a variable of the environment is not set:
 * `if (!secret) { console.error("no secret"); if (isProduction) return res.sendStatus(500); }`? Whatever comes
 * behind that with the fallback runs in development alone.
 *
 * @param names several where one stands in for another: `process.env.KEY || process.env.OLD_KEY`
 */
export function isLeftUnset(core: Core, names: readonly string[], place: Node): boolean {
  const isVariable = (value: Value): boolean => names.includes(variableNamed(value) ?? "");
  for (let from = place, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    // What is declared in a block may be called before it has come that far.
    if (from.type === "FunctionDeclaration") continue;
    const before = (statementsIn(at) ?? []).filter((one) => one.range[1] <= from.range[0]);
    if (before.some((one) => one.type === "IfStatement" && leaves(one))) return true;
  }
  return false;

  /** Is nobody behind a statement any more, in production without the variable? */
  function leaves(statement: Node): boolean {
    switch (statement.type) {
      case "ReturnStatement":
      case "ThrowStatement":
        return true;
      case "BlockStatement":
        return statement.body.some((one) => leaves(one));
      case "IfStatement": {
        const { consequent, alternate } = statement;
        const answer = answerOf(statement.test);
        return (
          (answer === false || leaves(consequent)) &&
          (answer === true || (alternate !== null && leaves(alternate)))
        );
      }
      default:
        return false;
    }
  }

  /** What a test says there, as far as that is known. */
  function answerOf(written: Node): boolean | undefined {
    const test = unwrap(written);
    if (test.type === "UnaryExpression" && test.operator === "!")
      return not(answerOf(test.argument));
    if (test.type === "LogicalExpression" && test.operator !== "??") {
      const decisive = test.operator === "||";
      const sides = [answerOf(test.left), answerOf(test.right)];
      if (sides.includes(decisive)) return decisive;
      return sides.includes(undefined) ? undefined : !decisive;
    }
    if (isUnset(test)) return false;
    if (test.type === "BinaryExpression" && asksForNone(test)) {
      const isAboutIt = [test.left, test.right].some((side) => isUnset(side));
      return isAboutIt ? test.operator.startsWith("=") : undefined;
    }
    return not(asksForDevelopment(core, test) ?? asksForTests(core, test));
  }

  /** `secret`, `process.env.KEY || ""` */
  function isUnset(node: Node): boolean {
    const value = core.evaluate(node);
    return (
      may(value, isVariable) && must(value, (one) => isVariable(one) || truthiness(one) === false)
    );
  }
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
