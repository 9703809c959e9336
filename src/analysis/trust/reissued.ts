import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calledName } from "../files/source-file.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction, walk } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { claimPath } from "./claim-path.ts";
import { isMaker } from "./own-tokens.ts";

/** Methods that find what is stored under what they are given. */
const LOOKS_UP = /^(?:find|get|has|exists|select|query|lookup|check|is)/iu;

/**
 * `jwt.sign({ id: claims.id }, key)`, `generateToken(claims.id)`: what anybody wrote into a token is
 * in a genuine one now.
 */
export function isSignedAgain(
  core: Core,
  operation: Operation,
  use: Use,
  operations: readonly Operation[],
): boolean {
  if (use.kind !== "argument" || !isIssued(operation, use, operations)) return false;
  return !isLookedUp(core, operation);
}

function isIssued(
  decode: Operation,
  { node, by, path }: Use,
  operations: readonly Operation[],
): boolean {
  const issuing = operations.find(
    ({ kind, node: call, payload }) =>
      kind === "sign" &&
      // Of `create(claims, key)` the signature is asked for elsewhere: `made.compact()`.
      (contains(call, by) || (payload !== undefined && contains(payload.node, node))),
  );
  if (issuing === undefined) {
    // A whole token that is handed on may be looked at there.
    const isClaim = (claimPath(decode, path) ?? []).length > 0;
    const name = by.type === "CallExpression" && isClaim ? calledName(by) : undefined;
    return name !== undefined && isMaker(name);
  }
  if (issuing.wrapper !== undefined) return issuing.node === by;
  return issuing.payload !== undefined && contains(issuing.payload.node, node);
}

/** Is the whole token asked for where tokens are kept? One that somebody invents is not there. */
function isLookedUp(core: Core, { token, node }: Operation): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  const owner = enclosingFunction(node);
  if (path === undefined || owner === undefined) return false;
  const { index, visitorKeys } = core.fileOf(owner);
  const mentions = (argument: Node): boolean => {
    let found = false;
    walk(argument, visitorKeys, (part) => {
      found ||= dottedPath(part)?.join(".") === path;
      return !found;
    });
    return found;
  };
  const looksUp = (call: CallNode): boolean =>
    call !== node && LOOKS_UP.test(calledName(call) ?? "") && call.arguments.some(mentions);
  return inside(index.calls, owner).some(looksUp);
}
