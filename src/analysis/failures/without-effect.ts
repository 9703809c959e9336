import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, enclosingFunction, parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isLogStatement } from "../logging.ts";
import { isResultUsed } from "../answers/results.ts";

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
    block.body.every((one) => isIdle(core, one, operation.node)) &&
    !isResultUsed(core, operation)
  );
}

/** Does it only name something, write a log, or verify? What another call does is not known. */
function isIdle(core: Core, statement: Node, verification: Node): boolean {
  if (isLogStatement(statement)) return true;
  if (!/^(?:Expression|Variable)/u.test(statement.type)) return false;
  if (statement.type === "ExpressionStatement" && !contains(statement, verification)) return false;
  return inside(core.fileOf(statement).index.calls, statement).every(
    (call) => call === verification || CUTS.test(calleeName(call)),
  );
}

/** Methods that cut a token out of a text or read it from a request. */
const CUTS = /\.(?:split|slice|substring|substr|replace|trim|at|get|header)$/u;
