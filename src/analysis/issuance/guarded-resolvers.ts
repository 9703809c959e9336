import type { Core } from "../core.ts";
import { parentOf, staticKey } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";

/**
 * Is a handler a field of `Mutation: { … }` in a file that puts something before all resolvers of a schema: a shield,
 * middlewares, a directive, a plugin that asks who is there, or a context that fails for nobody?
 */
export function isGuardedResolver(core: Core, handler: FunctionNode): boolean {
  const field = parentOf(handler);
  const fields = field?.type === "Property" ? parentOf(field) : undefined;
  const type = fields === undefined ? undefined : parentOf(fields);
  return (
    type?.type === "Property" &&
    /^(?:Query|Mutation)$/u.test(staticKey(type.key, type.computed) ?? "") &&
    GUARDS.test(core.fileOf(handler).text)
  );
}

const GUARDS =
  /\bshield\b|applyMiddleware|composeResolvers|GenericAuth|[aA]uthDirective|@(?:auth|hasRole|authenticated|requires?Auth|isAuthenticated)\b|middlewares\s*:|mapSchema|requestDidStart|AuthenticationError|ForbiddenError|UNAUTHENTICATED|\bprotect\w*\(|\bcontext\s*[:=(][^]{0,300}?\bthrow\b/u;
