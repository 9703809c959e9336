import type { Core } from "../core.ts";
import {
  calleeName,
  enclosingFunction,
  parentOf,
  propertyValue,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

/**
 * Where a middleware of tRPC says who asks: `t.middleware(({ ctx, next }) => next({ ctx: { user } }))`, and the same
 * given to `t.procedure.use(…)`. One that only goes on says nothing of him, and another may stand behind it.
 */
export function usersGivenOn(core: Core, owner: FunctionNode): CallNode[] {
  if (!isMiddleware(owner) || !core.file.text.includes("@trpc/server")) return [];
  return (core.file.index.called.get("next") ?? []).filter(
    (call) => enclosingFunction(call) === owner && saysWhoAsks(call.arguments[0]),
  );
}

function isMiddleware(owner: FunctionNode): boolean {
  const by = parentOf(owner);
  const [given] = owner.params;
  return (
    by?.type === "CallExpression" &&
    // What stands before it in a chain, or in a procedure of another file, may have verified.
    /(?:^|\.)(?:middleware|procedure\.use)$/u.test(calleeName(by)) &&
    given?.type === "ObjectPattern" &&
    ["ctx", "next"].every((name) =>
      given.properties.some(
        (one) => one.type === "Property" && staticKey(one.key, one.computed) === name,
      ),
    )
  );
}

/** Is it said who asks, and nothing beside it that somebody else may verify: `{ ctx: { ...ctx, user: … } }`? */
export function saysWhoAsks(given: Node | undefined): boolean {
  const object = given === undefined ? undefined : unwrap(given);
  const inner = object?.type === "ObjectExpression" ? propertyValue(object, "ctx") : undefined;
  if (inner?.type !== "ObjectExpression") return false;
  const named = inner.properties.filter((one) => one.type === "Property");
  return (
    named.length > 0 && named.every((one) => USER.test(staticKey(one.key, one.computed) ?? ""))
  );
}

const USER = /^(?:user(?:_?id)?|current_?user|uid|account|principal)$/iu;
