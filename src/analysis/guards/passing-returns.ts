import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  enclosingFunction,
  isNullish,
  parentOf,
  statementsIn,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { isOptionalByName, isRequired } from "../answers/function-roles.ts";

/** A branch with `return;` alone, or `return null;`. */
export function isBareReturn(branch: Node): boolean {
  const [first] = statementsIn(branch) ?? [branch];
  if (first?.type !== "ReturnStatement") return false;
  return first.argument === null || isNullish(first.argument);
}

/**
 * Does a request go on where a function only returns? That of a hook of Fastify does, and that of a function whose
 * callers take it for good that it has not thrown: `await authenticate(req); …`, `const user = await authenticate(req)`
 * with nobody who asks whether there is one.
 */
export function passesByReturn(core: Core, branch: TSESTree.IfStatement): boolean {
  const owner = enclosingFunction(branch);
  if (owner === undefined || goesOnByCall(owner)) return false;
  if (isOptionalByName(core, owner)) return false;
  const by = parentOf(owner);
  if (by?.type === "CallExpression") return calleeName(by).endsWith(".addHook");
  const { calls } = callSites(core, owner);
  const uses = calls.map((call) => useOf(core, call));
  if (uses.includes("other")) return false;
  return uses.length > 0 && uses.every((use) => use === "none") ? true : isRequired(core, owner);
}

/** `(req, res, next) => …` goes on by a call, and so does `(req, done) => …`. */
function goesOnByCall({ params }: FunctionNode): boolean {
  return params.some(
    (one) => one.type === "Identifier" && /^(?:next|done|cb|callback)$/u.test(one.name),
  );
}

/** Is the answer of a call dropped, kept without a question, or used by others? */
function useOf(core: Core, call: Node): "none" | "kept" | "other" {
  const outer = wrapped(call);
  const by = parentOf(outer);
  if (by?.type === "ExpressionStatement") return "none";
  if (by?.type !== "VariableDeclarator" || by.id.type !== "Identifier") return "other";
  return readsOf(core.fileOf(call), by.id).some((read) => isAskedFor(read)) ? "other" : "kept";
}

/** `if (user)`, `user?.id`, `user && …`, `!user`, and `user.id`, which throws where there is none. */
function isAskedFor(read: Node): boolean {
  const by = parentOf(wrapped(read));
  return !(by?.type === "Property" || (by?.type === "CallExpression" && by.callee !== read));
}
