import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, enclosingFunction, functionName, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { isMeantOpen, roleName } from "../answers/function-roles.ts";
import { isLogCall } from "../logging.ts";
import { isAllowance } from "../answers/refusals.ts";

/** What API Gateway tells an authorizer and nobody else: what is asked for, by its name at AWS. */
const ASKED_FOR = ["methodArn", "routeArn"];

/**
 * Authorizers of API Gateway that allow every request: `return policy("user", "Allow", event.methodArn);` with nothing
 * called before it and nothing asked, in a file whose verification is then there for nobody.
 *
 * @returns the answers
 */
export function openAuthorizers(core: Core, operations: readonly Operation[]): Node[] {
  const { file } = core;
  const { functions, names } = file.index;
  if (!ASKED_FOR.some((name) => names.has(name)) || isStandIn(file)) return [];
  if (operations.every(({ kind }) => kind !== "verify")) return [];
  const reads = ASKED_FOR.flatMap((name) => names.get(name) ?? []);
  return functions
    .filter(
      (owner) => reads.some((one) => enclosingFunction(one) === owner) && isEntry(core, owner),
    )
    .filter((owner) => !isMeantOpen(roleName(core, owner) ?? ""))
    .flatMap((owner) => answerOf(core, owner) ?? []);
}

/**
 * `exports.handler = async (event) => …`, `export const handler = …`: what API Gateway calls itself. What builds a policy
 * reads what is asked for as well, and is called behind the verification.
 */
function isEntry(core: Core, owner: FunctionNode): boolean {
  const { called } = core.file.index;
  if (owner.type !== "FunctionDeclaration" && owner.type !== "ArrowFunctionExpression")
    if (owner.parent.type !== "AssignmentExpression") return false;
  const name = functionName(owner) ?? "";
  if (name !== "" && (called.get(name) ?? []).length > 0) return false;
  const holder =
    owner.parent.type === "VariableDeclarator" ? owner.parent.parent.parent : owner.parent;
  return (
    holder.type === "ExportDefaultDeclaration" ||
    holder.type === "ExportNamedDeclaration" ||
    (holder.type === "AssignmentExpression" &&
      /^(?:module\.)?exports(?:\.\w+)?$/u.test(dottedPath(holder.left)?.join(".") ?? ""))
  );
}

/** The answer that a function comes to whoever asks. */
function answerOf(core: Core, owner: FunctionNode): Node | undefined {
  const answer = returnArguments(core, owner).find(
    (one) => conditionsAt(one, owner).length === 0 && isAllowance(core, one),
  );
  if (answer === undefined) return undefined;
  const isFirst = inside(core.file.index.calls, owner).every(
    (call) => call.range[0] >= answer.range[1] || call === unwrap(answer) || isLogCall(call),
  );
  return isFirst ? answer : undefined;
}
