import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { calleeName, enclosingFunction, parentOf, statementsIn } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isAuthenticating, isMeantOpen, roleName } from "../answers/function-roles.ts";
import { saysYes } from "./open-guards.ts";

/**
 * `return next();` before a verification in the same block: nothing behind it ever runs, and every request is let in.
 *
 * @returns what lets in
 */
export function letInBefore(core: Core, verification: Node): Node | undefined {
  for (
    let from = verification, at = parentOf(from);
    at !== undefined;
    from = at, at = parentOf(at)
  ) {
    // What is declared is hoisted, and may be called from elsewhere.
    if (from.type === "FunctionDeclaration") return undefined;
    const before = statementsIn(at)?.filter(({ range }) => range[1] <= from.range[0]) ?? [];
    const owner = enclosingFunction(from);
    if (owner === undefined) return undefined;
    const way = before.find((statement, index) =>
      letsIn(core, statement, before[index - 1], owner),
    );
    if (way === undefined) continue;
    const isMeant = isStandIn(core.fileOf(way)) || isMeantOpen(roleName(core, owner) ?? "");
    return isMeant ? undefined : way;
  }
  return undefined;
}

/** `return NextResponse.next();`, `next(); return;`, and `return true;` of what is called a check. */
function letsIn(
  core: Core,
  statement: Node,
  before: Node | undefined,
  owner: FunctionNode,
): boolean {
  if (statement.type !== "ReturnStatement") return false;
  if (statement.argument === null)
    return before?.type === "ExpressionStatement" && isNext(before.expression);
  return (
    isNext(statement.argument) ||
    (isAuthenticating(core, owner) && saysYes(core, statement.argument))
  );
}

/** `next()`; given an error, it refuses. */
function isNext(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    /^(?:NextResponse\.)?next$/u.test(calleeName(node)) &&
    node.arguments.every((one) => one.type === "ObjectExpression")
  );
}
