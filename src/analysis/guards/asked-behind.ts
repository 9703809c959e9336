import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** Is whoever passes a guard without a token refused behind it? */

/** Where frameworks keep the claims of a request, and koa-jwt the reason why there are none. */
const CLAIMS =
  /(?:^|\.)(?:user|auth|jwtPayload|isAuthenticated|jwtOriginalError|currentUser|payload)$/u;

/** Does the file ask whether a request has claims, so that it may refuse those without? */
export function asksForClaims(file: SourceFile): boolean {
  return claimsAsked(file).length > 0;
}

/** Where it does. */
export function claimsAsked(file: SourceFile): Node[] {
  return file.index.members.filter((member) => isAsked(member) && isOfClaims(member));
}

/** `req.user`, `ctx.state.user` */
export function isOfClaims(member: Node): boolean {
  return CLAIMS.test(dottedPath(member)?.join(".") ?? "");
}

/**
 * … or what the guard keeps of them for the handler behind it: `req.userId = claims.id`? A header with the
 * name of one that the guard writes comes from the client as well, unless it is deleted before.
 */
export function asksForKept(file: SourceFile, { node }: Pick<Operation, "node">): boolean {
  const guard = enclosingFunction(node);
  if (guard === undefined) return false;
  const { assignments, members } = file.index;
  const kept = new Set(
    inside(assignments, guard)
      .filter(({ range }) => range[1] > node.range[0])
      .map(({ left }) => partOfRequest(left)),
  );
  const deleted = new Set(members.filter((member) => isDeleted(member)).map(partOfRequest));
  return members.some((member) => {
    const part = partOfRequest(member);
    if (part === undefined || !kept.has(part) || !isAsked(member)) return false;
    return !contains(guard, member) && (!SAID.test(part) || deleted.has(part));
  });
}

/** `userId` of `req.userId` */
function partOfRequest(node: Node): string | undefined {
  const [, ...part] = dottedPath(node) ?? [];
  return part.length > 0 ? part.join(".") : undefined;
}

/** What the client says. */
export const SAID = /^(?:headers|cookies|signedCookies|body|query|params)\b/u;

function isDeleted(member: Node): boolean {
  const { parent } = member;
  return parent?.type === "UnaryExpression" && parent.operator === "delete";
}

function isAsked(member: Node): boolean {
  const { parent } = wrapped(member);
  return (
    (parent?.type === "UnaryExpression" && parent.operator === "!") ||
    (parent?.type === "BinaryExpression" && /^[!=]==?$/u.test(parent.operator)) ||
    parent?.type === "IfStatement" ||
    parent?.type === "ConditionalExpression"
  );
}
