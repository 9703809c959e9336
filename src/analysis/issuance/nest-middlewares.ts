import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import {
  dottedPath,
  enclosingClass,
  memberName,
  propertyValue,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { mayAskBefore } from "./before-handlers.ts";

/**
 * `consumer.apply(PasswordMiddleware).forRoutes("auth/login")` of a module of Nest that stands in the file of its
 * controller: does such a middleware, which may ask for a proof, run before a method?
 */
export function isBehindMiddleware(
  core: Core,
  member: TSESTree.MethodDefinition,
  paths: readonly string[],
): boolean {
  return (core.file.index.called.get("forRoutes") ?? []).some(
    (call) =>
      appliedBy(call).some((one) => mayAskBefore(core, one)) &&
      call.arguments.some((one) => isForMethod(one, member, paths)),
  );
}

/** What `apply` is given in front of `.exclude(…).forRoutes(…)`. */
function appliedBy({ callee }: CallNode): readonly Node[] {
  for (let method = unwrap(callee); method.type === "MemberExpression";) {
    const inner = unwrap(method.object);
    if (inner.type !== "CallExpression") return [];
    method = unwrap(inner.callee);
    if (method.type === "MemberExpression" && memberName(method) === "apply")
      return inner.arguments;
  }
  return [];
}

/** A path, a controller, or both in an object; what nobody can see may be the method's. */
function isForMethod(
  written: Node,
  member: TSESTree.MethodDefinition,
  paths: readonly string[],
): boolean {
  const node = unwrap(written);
  const path = textOf(node.type === "ObjectExpression" ? propertyValue(node, "path") : node);
  if (path !== undefined) {
    const [prefix = ""] = path.split(/[*({:]/u);
    return paths.some((one) => partsOf(one).startsWith(partsOf(prefix)));
  }
  const name = dottedPath(node)?.[0];
  const isOther =
    name?.endsWith("Controller") === true && name !== enclosingClass(member)?.id?.name;
  return !isOther;
}

function partsOf(path: string): string {
  return path.split("/").filter(Boolean).join("/");
}
