import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, enclosingFunction, parentOf, rootOf, staticKey } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { WHO } from "./identity-targets.ts";
import { saysRights } from "./rights.ts";

/** What of a token does the browser choose, when it calls `update()` of next-auth (4, 5)? */

/** Is it the callback `jwt` of next-auth? */
export function isTokenCallback(owner: FunctionNode): boolean {
  const property = parentOf(owner);
  if (property?.type !== "Property" || staticKey(property.key, property.computed) !== "jwt")
    return false;
  const holder = parentOf(property.parent);
  return holder?.type === "Property" && staticKey(holder.key, holder.computed) === "callbacks";
}

/** What the callback calls the session that the browser has sent. */
export function sessionOf({ params: [parameter] }: FunctionNode): string | undefined {
  if (parameter?.type !== "ObjectPattern") return undefined;
  const named = parameter.properties.flatMap((one) => {
    if (one.type !== "Property" || one.value.type !== "Identifier") return [];
    return [[staticKey(one.key, one.computed), one.value.name] as const];
  });
  return new Map(named).get("session");
}

/**
 * `{ ...token, ...decode(session.bearer) }`, `token.role = decode(session.bearer).role`: who somebody is, and what he may,
 * becomes what a token says that his own browser has sent.
 */
export function becomesSession(
  core: Core,
  operation: Operation,
  use: Use,
  claim: string | undefined,
): boolean {
  const isWhole = claim === undefined && use.boxes.every((box) => box === "user");
  const isOfPerson = claim !== undefined && (WHO.test(claim) || saysRights(claim));
  if (!isWhole && !isOfPerson) return false;
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || !isTokenCallback(owner) || !isSent(core, operation, owner))
    return false;
  if (use.kind === "return") return use.by === owner;
  return use.by.type === "AssignmentExpression" && dottedPath(use.by.left)?.[0] === "token";
}

/** `session.bearer`, and `bearer` of `const { bearer } = session` */
function isSent(core: Core, { token }: Operation, owner: FunctionNode): boolean {
  const session = sessionOf(owner);
  if (token === undefined || session === undefined) return false;
  const root = rootOf(token.node);
  const init = initOf(core.fileOf(root), root);
  return [root, ...(init === undefined ? [] : [rootOf(init)])].some((one) => isNamed(one, session));
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
