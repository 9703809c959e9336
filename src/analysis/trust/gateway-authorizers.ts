import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { dottedPath, enclosingFunction, memberName, parentOf, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `event.requestContext.authorizer.claims.sub` of a function of AWS: it is called behind an authorizer of API Gateway,
 * which has verified the token of the request, so that a second look at its claims needs no check.
 */
export function isBehindAuthorizer(core: Core, read: Node): boolean {
  const owner = enclosingFunction(read);
  if (owner === undefined) return false;
  const { membersNamed, patterns } = core.fileOf(read).index;
  return (
    inside(membersNamed.get("authorizer") ?? [], owner).some((one) => isOfContext(one.object)) ||
    inside(patterns, owner).some((pattern) => {
      const holder = parentOf(pattern);
      const takes = pattern.properties.some(
        (one) => one.type === "Property" && staticKey(one.key, one.computed) === "authorizer",
      );
      return takes && holder?.type === "VariableDeclarator" && isOfContext(holder.init);
    })
  );
}

function isOfContext(node: Node | null): boolean {
  if (node === null) return false;
  return node.type === "MemberExpression"
    ? memberName(node) === "requestContext"
    : dottedPath(node)?.join(".") === "requestContext";
}
