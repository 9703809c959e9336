import {
  contains,
  enclosingFunction,
  functionName,
  isFunction,
  isLiteral,
  isNullish,
  parentOf,
  unwrap,
} from "../syntax.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { usesOf } from "../flow/flow.ts";
import { saying } from "../languages.ts";
import type { Operation } from "../operations/operations.ts";
import { userFinder } from "../operations/user-finders.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { readsClaim } from "./claim-reads.ts";
import { isGiven, isPutIn, speaksOf } from "./told-tokens.ts";

/**
 * Does somebody else find out which kind a token is of: the store in which it is looked up, or whoever is handed its claims?
 */

const OF_REFRESH = new RegExp(saying("refresh"), "iu");

/** A refresh token that is also looked up, or compared with the one on record, is no other token. */
export function isLookedUp(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): boolean {
  const { kind, node, token } = operation;
  // What a strategy asks for the user may be given the request, and take the token from there.
  const finder = kind === "strategy" ? userFinder(operation) : undefined;
  if (finder !== undefined) return speaksOf(core, finder.body, OF_REFRESH);
  const owner = enclosingFunction(node);
  const held = token === undefined ? undefined : unwrap(token.node);
  if (owner === undefined || held === undefined) return false;
  const { text, index } = core.fileOf(node);
  const written = text.slice(...held.range);
  if (!OF_REFRESH.test(`${functionName(owner) ?? ""} ${written}`)) return false;
  // Looked up by its number, which tokens of other kinds do not have on record.
  if (readsClaim(core, operation, "jti")) return true;
  const isBeside = (use: Node): boolean =>
    use !== node && contains(owner, use) && !contains(use, node);
  // Who decodes it, or verifies it again, looks nothing up.
  const isRead = (call: Node): boolean => operations.some((one) => one.node === call);
  return (
    inside(index.calls, owner).some(
      (call) => isBeside(call) && !isRead(call) && isGiven(core, call, held),
    ) ||
    (core.fileOf(held).variableOf(held)?.references ?? []).some(({ identifier }) => {
      const by = parentOf(identifier);
      return by !== undefined && isBeside(by) && (by.type === "BinaryExpression" || isPutIn(by));
    })
  );
}

/** The claims as a whole go to somebody out of sight, who may look at the type. */
export function isHandedOn(core: Core, { kind, node, callback }: Operation): boolean {
  if (kind !== "verify" || callback !== undefined) return true;
  return usesOf(core, node).some(
    (use) =>
      (use.kind === "return" || use.kind === "argument" || use.kind === "assign") &&
      (use.path.length === 0 || (use.path.length === 1 && use.path[0] === "payload")) &&
      (use.kind !== "return" || isFunction(use.by)),
  );
}

/** `Ticket.findOne({ userId, token })`, `assertUnused(token)`, `kept !== token`: the token is asked about once more. */
export function isAskedAbout(core: Core, { node, token }: Operation, owner: FunctionNode): boolean {
  const held = token === undefined ? undefined : unwrap(token.node);
  if (held === undefined) return false;
  const written = core.fileOf(held).text.slice(...held.range);
  return (
    inside(core.fileOf(node).index.calls, owner).some(
      (call) => !contains(call, node) && isGiven(core, call, held),
    ) || hasWithin(core, owner.body, (one) => isComparedWith(core, one, written))
  );
}

/** `kept !== req.body.token`: only the one on record will do. */
function isComparedWith(core: Core, node: Node, written: string): boolean {
  return (
    node.type === "BinaryExpression" &&
    /^[!=]==?$/u.test(node.operator) &&
    [node.left, node.right].some(
      (side) => core.fileOf(side).text.slice(...side.range) === written,
    ) &&
    ![node.left, node.right].some((side) => isNullish(side) || isLiteral(side))
  );
}
