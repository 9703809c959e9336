import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { memberName, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";

/**
 * `catch (error) { return error; }`, where whoever calls the function asks for nothing but whether
 * there is a result: an error is one.
 */
export function errorAsResult(
  core: Core,
  owner: FunctionNode,
  { param, body }: TSESTree.CatchClause,
): Node | undefined {
  const last = body.body.at(-1);
  if (param?.type !== "Identifier" || last?.type !== "ReturnStatement") return undefined;
  if (last.argument?.type !== "Identifier" || last.argument.name !== param.name) return undefined;
  const { calls, open } = callSites(core, owner);
  const isAsked = calls.map((call) => asksWhetherThere(core, call));
  return !open && isAsked.length > 0 && isAsked.every(Boolean) ? last : undefined;
}

/** `const user = check(token); if (!user) …`, and nothing that tells errors from users. */
function asksWhetherThere(core: Core, call: Node): boolean {
  let outer: Node = call;
  while (parentOf(outer)?.type === "AwaitExpression") outer = parentOf(outer) ?? outer;
  const declarator = parentOf(outer);
  if (declarator?.type !== "VariableDeclarator") return false;
  const reads = core.fileOf(call).variableOf(declarator.id)?.references ?? [];
  const parents = reads.flatMap(({ identifier }) => parentOf(identifier as Node) ?? []);
  const isTold = parents.some(
    (parent) =>
      parent.type === "BinaryExpression" ||
      (parent.type === "MemberExpression" &&
        /^(?:name|message|stack|error|code)$/u.test(memberName(parent) ?? "")),
  );
  return (
    !isTold &&
    parents.some((parent) => parent.type === "UnaryExpression" || parent.type === "IfStatement")
  );
}
