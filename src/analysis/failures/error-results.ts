import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import {
  dottedPath,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  walk,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";

/**
 * `catch (error) { return error; }`, `return error.message`, `return { error }`, where whoever calls the
 * function asks for nothing but whether there is a result: each of these is one.
 */
export function errorAsResult(
  core: Core,
  owner: FunctionNode,
  handler: TSESTree.CatchClause,
): Node | undefined {
  const { param, body } = handler;
  const last = body.body.at(-1);
  if (last?.type !== "ReturnStatement" || last.argument === null) return undefined;
  const given = unwrap(last.argument);
  const caught = param?.type === "Identifier" ? param.name : undefined;
  if (!isSomething(given, caught) || !givesResult(core, owner, handler)) return undefined;
  const { calls, open } = callSites(core, owner);
  const isAsked = calls.map((call) => asksWhetherThere(core, call, given));
  return !open && isAsked.length > 0 && isAsked.every(Boolean) ? last : undefined;
}

/** Does it give more than a fixed text or nothing where all is well? `return null` beside it says that there is no error. */
function givesResult(core: Core, owner: FunctionNode, handler: Node): boolean {
  let found = false;
  walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
    if (node === handler || isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument !== null)
      found ||= !isNullish(node.argument) && !isLiteral(node.argument);
    return true;
  });
  return found;
}

/** The error, its text, another text, or an object: all of them are true. */
function isSomething(given: Node, caught: string | undefined): boolean {
  switch (given.type) {
    case "Identifier":
      return given.name === caught;
    case "MemberExpression":
      return caught !== undefined && dottedPath(given)?.join(".") === `${caught}.message`;
    case "Literal":
      return typeof given.value === "string" && given.value !== "";
    case "TemplateLiteral":
      return given.quasis.some(({ value }) => value.raw !== "");
    default:
      return given.type === "ObjectExpression";
  }
}

/** `const user = check(token); if (!user) …`, and nothing that tells errors from users. */
function asksWhetherThere(core: Core, call: Node, given: Node): boolean {
  let outer: Node = call;
  while (parentOf(outer)?.type === "AwaitExpression") outer = parentOf(outer) ?? outer;
  const declarator = parentOf(outer);
  if (declarator?.type !== "VariableDeclarator") return false;
  const reads = core.fileOf(call).variableOf(declarator.id)?.references ?? [];
  const parents = reads.flatMap(({ identifier }) => parentOf(identifier as Node) ?? []);
  const isTold = parents.some(
    (parent) =>
      parent.type === "BinaryExpression" ||
      (parent.type === "UnaryExpression" && parent.operator === "typeof") ||
      (parent.type === "MemberExpression" &&
        (/^(?:name|message|stack|error|code)$/u.test(memberName(parent) ?? "") ||
          hasProperty(given, memberName(parent)))),
  );
  return (
    !isTold &&
    parents.some((parent) => parent.type === "UnaryExpression" || parent.type === "IfStatement")
  );
}

/** Is it an object with this property, or with some that nobody can see? */
function hasProperty(given: Node, name: string | undefined): boolean {
  return (
    given.type === "ObjectExpression" &&
    given.properties.some(
      (one) => one.type !== "Property" || staticKey(one.key, one.computed) === name,
    )
  );
}
