import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import { refuses } from "../guards/unheld-refusals.ts";
import { contains, dottedPath, parentOf } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { passes } from "../answers/function-roles.ts";
import { saysSuccess } from "../answers/refusals.ts";
import { handlingOf, isInExpiryBranch } from "../answers/results.ts";
import { endsByToken } from "./sign-outs.ts";

/** `catch { req.user = jwt.decode(token); }`, `catch { return jwt.sign({ id: jwt.decode(token).id }, key); }` */
export function decodedInCatch(
  core: Core,
  { body }: TSESTree.CatchClause,
  operation: Operation,
  operations: readonly Operation[],
): Node | undefined {
  const decode = operations.find(
    (one) =>
      one.kind === "decode" &&
      contains(body, one.node) &&
      isTrusted(core, one, body.parent, operations) &&
      !endsByToken(core, one) &&
      !isAfterExpiry(core, one.node, operation),
  );
  return decode?.node;
}

/** `if (error) { req.user = jwt.decode(token); return next(); }` */
export function decodedAfterError(
  core: Core,
  owner: FunctionNode,
  operation: Operation,
  operations: readonly Operation[],
): Node | undefined {
  const [error] = owner.params;
  const variable = error === undefined ? undefined : core.fileOf(owner).variableOf(error);
  const tests = (variable?.references ?? []).map(({ identifier }) => identifier as Node);
  return operations.find((one) => {
    const { kind, node } = one;
    if (kind !== "decode" || !contains(owner.body, node)) return false;
    const failure = ancestors(node, owner).find(
      (at) =>
        at.type === "IfStatement" &&
        contains(at.consequent, node) &&
        tests.some((test) => contains(at.test, test)),
    );
    if (failure?.type !== "IfStatement") return false;
    const { consequent } = failure;
    const isPassed = passes(core, owner).some((call) => contains(consequent, call));
    return (
      isTrusted(core, one, owner, operations, isPassed ? owner : consequent) &&
      !isAfterExpiry(core, node, operation)
    );
  })?.node;
}

function ancestors(node: Node, owner: FunctionNode): Node[] {
  const found: Node[] = [];
  for (let at = parentOf(node); at !== undefined && at !== owner; at = parentOf(at)) found.push(at);
  return found;
}

/**
 * The claims read in a catch go on as if they had been verified.
 *
 * @param branch what runs only where the token was refused, if that is less
 */
function isTrusted(
  core: Core,
  decode: Operation,
  failure: Node,
  operations: readonly Operation[],
  branch = failure,
): boolean {
  return usesOf(core, decode.node).some((use) => {
    if (use.path.some((name) => /^(?:exp|iat|nbf)$/u.test(name))) return false;
    if (use.kind === "assign") return !isTurnedAway(core, branch);
    if (use.kind === "return") return !isTurnedAway(core, branch) && !saysNo(core, use.node);
    // What is decided behind the failure is decided by either.
    const isDecision = use.kind === "compare" || use.kind === "test";
    if (isDecision) return use.path.length > 0 && !contains(failure, use.by);
    if (use.kind !== "argument" || use.by.type !== "CallExpression") return false;
    if (operations.some(({ kind, node }) => kind === "sign" && contains(node, use.by))) return true;
    const name = dottedPath(use.by.callee)?.join(".") ?? "";
    // `next(error)` refuses, whatever the error tells of the token.
    if (TELEMETRY.test(name) || (name === "next" && use.by.arguments[0] === use.node)) return false;
    return /(?:^|\.)(?:resolve|done|cb|callback|next|find\w*|setUser|(?:update|delete|destroy|remove)\w*)$/u.test(
      name,
    );
  });
}

/** `error.hint = decode(token).email; throw error;`: what is put there says only who was turned away. */
function isTurnedAway(core: Core, failure: Node): boolean {
  const body = failure.type === "CatchClause" ? failure.body : failure;
  const { kind } = handlingOf(core, body);
  // `res.json(listFor(res.locals.user))` is an answer as well.
  const isNo = (): boolean =>
    hasWithin(core, body, (node) => node.type === "ThrowStatement" || refuses(core, node));
  return kind === "rethrows" || kind === "passes-on" || (kind === "answers" && isNo());
}

/** `return { valid: false, claims: decode(token) };` */
function saysNo(core: Core, node: Node): boolean {
  for (
    let at: Node | undefined = node;
    at !== undefined && !at.type.endsWith("Statement");
    at = parentOf(at)
  ) {
    const value = at.type === "ObjectExpression" ? core.evaluate(at) : undefined;
    if (value?.type === "object" && saysSuccess(value) === false) return true;
  }
  return false;
}

/** `Sentry.setUser({ id })` names whom a report is about. */
const TELEMETRY = /^(?:Sentry|posthog|mixpanel|amplitude|analytics|newrelic|rollbar|bugsnag)\./iu;

/** In a branch for expired tokens of a library that checks the signature first. */
export function isAfterExpiry(core: Core, node: Node, operation: Operation): boolean {
  return operation.entity.signatureFirst === true && isInExpiryBranch(core, node);
}
