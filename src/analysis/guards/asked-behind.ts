import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isAsked } from "./asked-values.ts";
import { takenOut } from "./taken-apart.ts";

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
  return [
    ...file.index.members.filter((member) => isOfClaims(member) && isAsked(file, member)),
    ...takenOut(file)
      .filter(({ name, path }) => CLAIMS.test(path.join(".")) && isAsked(file, name))
      .map(({ name }) => name),
  ];
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
      .map(({ left }) => partOfRequest(dottedPath(left))),
  );
  const deleted = new Set(
    members
      .filter((member) => isDeleted(member))
      .map((member) => partOfRequest(dottedPath(member))),
  );
  const isKept = (path: readonly string[] | undefined): boolean => {
    const part = partOfRequest(path);
    return part !== undefined && kept.has(part) && (!SAID.test(part) || deleted.has(part));
  };
  const places = [
    ...members.filter((member) => isKept(dottedPath(member))),
    ...takenOut(file).flatMap(({ name, path }) => (isKept(path) ? [name] : [])),
  ];
  return places.some((place) => !contains(guard, place) && isAsked(file, place));
}

/** `userId` of `req.userId` */
function partOfRequest(path: readonly string[] | undefined): string | undefined {
  const [, ...part] = path ?? [];
  return part.length > 0 ? part.join(".") : undefined;
}

/** What the client says. */
export const SAID = /^(?:headers|cookies|signedCookies|body|query|params)\b/u;

function isDeleted(member: Node): boolean {
  const { parent } = member;
  return parent?.type === "UnaryExpression" && parent.operator === "delete";
}
