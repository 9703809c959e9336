import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogStatement } from "../logging.ts";
import { leaves } from "../answers/results.ts";
import { dottedPath, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Does a catch answer some errors of a verification, and go on with the others:
 * `catch (error) { if (error.name === "TokenExpiredError") return res.sendStatus(401); }`? jsonwebtoken (9)
 * throws an expired token as `TokenExpiredError` and a forged one as `JsonWebTokenError`, of which the first
 * is an instance as well.
 *
 * @param which what all of these are called
 */
export function answersSomeErrors(
  core: Core,
  handler: TSESTree.CatchClause,
  which = /^/u,
): boolean {
  const { body } = handler.body;
  const asked = body.filter((statement) => statement.type === "IfStatement");
  const kinds = asked.flatMap(({ test }) => kindAsked(test) ?? []);
  const isOnly = body.every((statement) =>
    statement.type === "IfStatement"
      ? statement.alternate === null &&
        leaves(core, statement.consequent) &&
        kindAsked(statement.test) !== undefined
      : isLogStatement(statement),
  );
  const isOfAll =
    kinds.some(({ name, isInstance }) => isInstance && name === "JsonWebTokenError") ||
    (kinds.some(({ name }) => name.includes("JsonWebTokenError")) &&
      kinds.some(({ name }) => name.includes("Expired")));
  return isOnly && asked.length > 0 && !isOfAll && kinds.every(({ name }) => which.test(name));
}

interface Kind {
  readonly name: string;
  readonly isInstance: boolean;
}

/** What is asked about the kind of an error, where nothing else is asked beside it. */
function kindAsked(written: Node): Kind | undefined {
  const test = unwrap(written);
  if (test.type !== "BinaryExpression") return undefined;
  if (test.operator === "instanceof") {
    const name = dottedPath(test.right)?.at(-1);
    const isError = unwrap(test.left).type === "Identifier" && name?.endsWith("Error");
    return isError === true && name !== undefined ? { name, isInstance: true } : undefined;
  }
  const name = textOf(test.right);
  const isKind =
    /^===?$/u.test(test.operator) &&
    /^(?:name|code|message)$/u.test(dottedPath(test.left)?.at(-1) ?? "");
  return isKind && name !== undefined ? { name, isInstance: false } : undefined;
}
