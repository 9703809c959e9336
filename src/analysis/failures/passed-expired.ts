import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { truthiness } from "../values/value.ts";
import {
  ON_REQUEST,
  isAuthenticating,
  isOptionalByName,
  passes,
  refuses,
  roleName,
} from "../answers/function-roles.ts";
import { branchForExpired, mayAsk } from "./renewed-expired.ts";
import { catchOf, isInExpiryBranch } from "../answers/results.ts";

/**
 * `catch (error) { if (error.name === "TokenExpiredError") { req.user = decode(token); return next(); } }`: the
 * token is genuine, and never expires. So it is with a guard that makes an exception of no other failure, and
 * with a function that gives what it decodes as if it had been verified.
 *
 * @returns what goes on
 */
export function passedExpired(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Node | undefined {
  // Where the signature is not checked first, a forged token goes on as well.
  if (operation.kind !== "verify" || operation.entity.signatureFirst !== true) return undefined;
  const failure = operation.callback?.function ?? catchOf(operation.node);
  const owner = enclosingFunction(operation.node);
  if (failure === undefined || owner === undefined || core.fileOf(failure) !== core.file)
    return undefined;
  if (isOptionalByName(core, owner) || FOR_EXPIRED.test(roleName(core, owner) ?? ""))
    return undefined;
  const { body } = failure;
  const next = passes(core, isFunction(failure) ? failure : owner).find((one) => {
    const branch = branchAlone(core, one, body, operations);
    return branch !== undefined && (isSaidWho(core, branch) ?? isOnlyException(core, owner, body));
  });
  if (next !== undefined || !isAuthenticating(core, owner)) return next;
  return operations.find(
    ({ kind, node }) =>
      kind === "decode" &&
      isReturned(node) &&
      branchAlone(core, node, body, operations) !== undefined,
  )?.node;
}

/** `return decode(token)`, `return decode(token).payload` */
function isReturned(node: Node): boolean {
  const by = parentOf(wrapped(node));
  return by?.type === "MemberExpression" && memberName(by) === "payload"
    ? isReturned(by)
    : by?.type === "ReturnStatement";
}

/** Functions that take expired tokens on purpose. */
const FOR_EXPIRED = /expir|refresh|renew|log_?out|sign_?out|decode|parse|inspect|peek/iu;

/** The branch for expired tokens in which a node stands, where nothing more is asked, and no new token signed. */
function branchAlone(
  core: Core,
  node: Node,
  body: Node,
  operations: readonly Operation[],
): Node | undefined {
  if (!contains(body, node) || !isInExpiryBranch(core, node)) return undefined;
  const branch = branchForExpired(core, node, body);
  if (branch === undefined || mayAsk(core, branch, operations)) return undefined;
  const isRenewed = operations.some((one) => one.kind === "sign" && contains(branch, one.node));
  return isRenewed ? undefined : branch;
}

/** `req.user = claims`; undefined where nothing is written down for those who come later. */
function isSaidWho(core: Core, branch: Node): boolean | undefined {
  const written = inside(core.file.index.assignments, branch).filter(
    ({ left }) => unwrap(left).type === "MemberExpression",
  );
  return written.length === 0 ? undefined : written.some((one) => isIdentity(core, one));
}

/** `req.user = null`, `req.auth = { expired: true }` say the opposite. */
function isIdentity(core: Core, { left, right }: TSESTree.AssignmentExpression): boolean {
  const target = unwrap(left);
  return (
    target.type === "MemberExpression" &&
    ON_REQUEST.test(memberName(target) ?? "") &&
    truthiness(core.evaluate(right)) !== false &&
    !/expired/iu.test(core.file.text.slice(...right.range))
  );
}

/** Every other failure is refused, and nobody passes without a token. */
function isOnlyException(core: Core, owner: FunctionNode, body: Node): boolean {
  return (
    refuses(core, body) &&
    !passes(core, owner).some((one) => one.range[0] < body.range[0] && isInBranch(one, body))
  );
}

/** `if (!token) return next();` before the verification */
function isInBranch(next: Node, body: Node): boolean {
  for (let at = parentOf(next); at !== undefined && !isFunction(at); at = parentOf(at))
    if (at.type === "IfStatement" && !contains(at, body)) return true;
  return false;
}
