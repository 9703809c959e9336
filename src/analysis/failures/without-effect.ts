import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, enclosingFunction, parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isLogStatement } from "./logging.ts";
import { isResultUsed } from "./results.ts";

/**
 * `function checkAuth(token) { try { const user = verify(token, key); } catch (error) { log(error); } }`:
 * does a good token leave nothing behind that a refused one does not? Whoever calls cannot tell.
 */
export function isWithoutEffect(
  core: Core,
  operation: Operation,
  attempt: TSESTree.TryStatement,
): boolean {
  const owner = enclosingFunction(attempt);
  const { handler, block } = attempt;
  return (
    owner !== undefined &&
    parentOf(attempt) === owner.body &&
    handler?.body.body.every((one) => isLogStatement(one)) === true &&
    block.body.every((one) => isIdle(one, operation.node)) &&
    !isResultUsed(core, operation)
  );
}

/** Only names something, writes a log, or is the verification itself. */
function isIdle(statement: Node, verification: Node): boolean {
  if (statement.type === "VariableDeclaration" || isLogStatement(statement)) return true;
  return statement.type === "ExpressionStatement" && contains(statement, verification);
}
