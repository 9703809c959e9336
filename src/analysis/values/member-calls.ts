import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isClass,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";

/**
 * Who calls a function in its own file by the name of a member: `this.issue(user)` inside the class or
 * object, `tokens.issue(user)` where a name of the file stands for it, `exports.issue(user)`?
 *
 * @returns undefined for functions that are no members of anything
 */
export function memberCalls(core: Core, owner: FunctionNode): CallNode[] | undefined {
  const holder = wrapped(owner).parent;
  switch (holder?.type) {
    case "MethodDefinition":
    case "PropertyDefinition": {
      const body = holder.parent.parent;
      return callsOf(core, body, staticKey(holder.key, holder.computed));
    }
    case "Property":
      return holder.parent.type === "ObjectExpression"
        ? callsOf(core, holder.parent, staticKey(holder.key, holder.computed))
        : undefined;
    case "AssignmentExpression":
      return holder.left.type === "MemberExpression"
        ? callsOnSameObject(core, holder.left)
        : undefined;
    default:
      return undefined;
  }
}

function callsOf(
  core: Core,
  owner: ClassNode | TSESTree.ObjectExpression,
  name: string | undefined,
): CallNode[] {
  if (name === undefined) return [];
  const file = core.fileOf(owner);
  return callsNamed(core, owner, name).filter((call) => {
    const object = receiverOf(call);
    if (object?.type === "ThisExpression") return contains(owner, call);
    if (object?.type === "Identifier") return standsFor(file.variableOf(object), owner);
    const path = object === undefined ? undefined : pathOf(object);
    return path !== undefined && path === assignedPath(owner);
  });
}

/** `tokens.issue = function …`, `Tokens.prototype.issue = function …` */
function callsOnSameObject(core: Core, target: TSESTree.MemberExpression): CallNode[] {
  const name = memberName(target);
  const path = objectPath(target);
  if (name === undefined || path === undefined) return [];
  return callsNamed(core, target, name).filter((call) => {
    const object = receiverOf(call);
    if (object === undefined) return false;
    if (object.type !== "ThisExpression") return pathOf(object) === path;
    const assigned = wrapped(methodAround(call) ?? call).parent;
    return (
      assigned?.type === "AssignmentExpression" &&
      assigned.left.type === "MemberExpression" &&
      objectPath(assigned.left) === path
    );
  });
}

function callsNamed(core: Core, near: Node, name: string): readonly CallNode[] {
  return core.fileOf(near).index.called.get(name) ?? [];
}

function receiverOf(call: CallNode): Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
}

/** The function whose `this` a node sees. */
function methodAround(node: Node): FunctionNode | undefined {
  let owner = enclosingFunction(node);
  while (owner?.type === "ArrowFunctionExpression") owner = enclosingFunction(owner);
  return owner;
}

/** Is the variable this class or object, or an instance of this class? */
function standsFor(
  variable: Scope.Variable | undefined,
  owner: ClassNode | TSESTree.ObjectExpression,
): boolean {
  const [definition, ...more] = variable?.defs ?? [];
  const node = definition?.node as Node | undefined;
  if (node === undefined || more.length > 0) return false;
  if (node === owner) return true;
  if (node.type !== "VariableDeclarator" || node.init === null) return false;
  const init = unwrap(node.init);
  if (init === owner) return true;
  const made = init.type === "NewExpression" ? unwrap(init.callee) : undefined;
  return made?.type === "Identifier" && isClass(owner) && made.name === owner.id?.name;
}

/** `module.exports` of `module.exports = { … }`. */
function assignedPath(owner: Node): string | undefined {
  const holder = parentOf(wrapped(owner));
  return holder?.type === "AssignmentExpression" ? pathOf(holder.left) : undefined;
}

function objectPath(target: TSESTree.MemberExpression): string | undefined {
  return pathOf(target.object);
}

/** What a function is put on, whether it is called on the constructor, its prototype or the module. */
function pathOf(node: Node): string | undefined {
  return dottedPath(node)
    ?.join(".")
    .replace(/^module\.exports(?=\.|$)/u, "exports")
    .replace(/\.prototype$/u, "");
}
