import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { refuses } from "../answers/function-roles.ts";
import { catchOf } from "../answers/results.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import { isFunction, memberName, parentOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { queryForms } from "../data/data-access.ts";
import { isSignedAgain } from "./reissued.ts";
import { trustAt } from "./trust.ts";
import type { Trust } from "./trust.ts";

interface RefusedClaims {
  /** What is read off the error: `err.parsedBody`. */
  readonly node: TSESTree.MemberExpression;
  readonly trust: Trust;
}

/**
 * `njwt.verify(token, key, (err, verified) => { if (err) rows.put({ userId: err.parsedBody.sub }); … })`: what an
 * error says that a refused token says, which nobody has verified, and who or what rests on it.
 *
 * Where the request is turned away all the same, it is written down who tried, unless the claims are signed again.
 */
export function refusedClaims(core: Core, operations: readonly Operation[]): RefusedClaims[] {
  return operations.flatMap((operation) => {
    const names = operation.entity.refusedClaims;
    const failure = operation.callback?.function ?? catchOf(operation.node);
    if (names === undefined || failure === undefined) return [];
    const error = isFunction(failure) ? failure.params[0] : failure.param;
    if (error?.type !== "Identifier") return [];
    return readsOf(core.fileOf(error), error).flatMap((read) => {
      const node = parentOf(wrapped(read));
      if (node?.type !== "MemberExpression" || !names.includes(memberName(node) ?? "")) return [];
      const uses = usesOf(core, node, { carriers: queryForms });
      const isAgain = uses.some((use) => isSignedAgain(core, operation, use, operations));
      if (isTurnedAway(core, node) && !isAgain) return [];
      const trust = uses
        .map((use) => trustAt(core, operation, use, operations))
        .find((one) => one !== undefined);
      return trust === undefined ? [] : [{ node, trust }];
    });
  });
}

/** Is the block of a node one that answers no? */
function isTurnedAway(core: Core, node: Node): boolean {
  for (let at = parentOf(node); at !== undefined && !isFunction(at); at = parentOf(at))
    if (at.type === "BlockStatement" && refuses(core, at)) return true;
  return false;
}
