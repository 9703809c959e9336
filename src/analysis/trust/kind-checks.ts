import type { Core } from "../core.ts";
import { usesIn, usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, memberName, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { KIND_CLAIMS } from "../tokens/kinds.ts";
import { may } from "../values/value.ts";
import { claimPath, isNullCheck } from "./claim-path.ts";
import { claimReads } from "./claim-reads.ts";
import { isRequestIdentity } from "./identity-targets.ts";
import { userFinder } from "../operations/user-finders.ts";

/**
 * Does the program compare what a token was made for, behind its verification:
 * `if (payload.purpose !== "reset") throw …`? A claim that is only read or handed on refuses nobody.
 */
export function comparesKind(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): boolean {
  const calls = operations.filter((one) => isMadeBy(core, one, operation));
  return [operation, ...calls].some((one) => comparesOwnKind(core, one));
}

/** `createVerifier(options)` makes the function that is called for each token. */
function isMadeBy(core: Core, { node, kind }: Operation, maker: Operation): boolean {
  if (maker.entity.returns === undefined || kind !== "verify") return false;
  return may(core.evaluate(node.callee), (one) => one.type === "entity" && one.made === maker.node);
}

function comparesOwnKind(core: Core, operation: Operation): boolean {
  const uses = usesOfClaims(core, operation);
  return (
    uses.some((use) => asksForKind(core, operation, use)) ||
    KIND_CLAIMS.some((claim) =>
      claimReads(core.file, claim).some(
        ({ from, node }) =>
          from !== undefined &&
          areClaimsByName(core, operation, from, uses) &&
          usesOfRead(core, node, claim).some((use) => compares(use, claim)),
      ),
    )
  );
}

/** Where the claims go: from the call that gives them, or from the function that is given them. */
function usesOfClaims(core: Core, operation: Operation): Use[] {
  const given = userFinder(operation)?.params ?? [];
  return [
    ...usesOf(core, operation.node),
    ...given.flatMap((parameter) => usesIn(core, parameter)),
  ];
}

/** `claims.type`, and the variable of `const { type } = claims` */
function usesOfRead(core: Core, node: Node, claim: string): Use[] {
  return node.type === "ObjectPattern"
    ? usesIn(core, node).filter(({ path }) => path.length === 1 && path[0] === claim)
    : usesOf(core, node).filter(({ path }) => path.length === 0);
}

function asksForKind(core: Core, operation: Operation, use: Use): boolean {
  const isType = use.path.at(-1) === "typ" && use.path.length <= 2;
  const path = isType ? ["typ"] : claimPath(operation, use.path);
  const [claim, ...parts] = path ?? [];
  if (path === undefined || parts.length > 0) return false;
  return claim === undefined ? isHandedToCheck(core, use) : compares(use, claim);
}

/** Functions of a program that compare it: `assertTokenType(claims, "reset")`. */
const CHECKS_KIND =
  /(?:^|\.)_?(?:check|verify|validate|assert|ensure|require|is|has|match)\w*(?:type|purpose|scopes?|kind|usage)(?![a-z])/iu;

/** Claims that say yes or no, of which the truth is the answer. */
const YES_OR_NO = /^(?:is[A-Z]|refresh$)/u;

function compares(use: Use, claim: string): boolean {
  if (!KIND_CLAIMS.includes(claim)) return false;
  if (use.kind === "test") return YES_OR_NO.test(claim);
  if (use.kind === "compare") return !isNullCheck(use) && !isPlainType(use);
  if (use.kind !== "argument" || use.by.type !== "CallExpression") return false;
  const callee = unwrap(use.by.callee);
  return (
    (callee.type === "MemberExpression" &&
      /^(?:includes|has|indexOf|test)$/u.test(memberName(callee) ?? "")) ||
    CHECKS_KIND.test(calleeName(use.by))
  );
}

/** `header.typ === "JWT"` holds for every token. */
function isPlainType({ by }: Use): boolean {
  return (
    by.type === "BinaryExpression" &&
    [by.left, by.right].some((side) => /^jwt$/iu.test(textOf(side) ?? ""))
  );
}

/** The claims as a whole are given to what compares it, in a file of its own or by its name. */
function isHandedToCheck(core: Core, { kind, by, node, boxes }: Use): boolean {
  if (kind !== "argument" || by.type !== "CallExpression" || boxes.length > 0) return false;
  if (CHECKS_KIND.test(calleeName(by))) return true;
  const callee = core.evaluate(by.callee);
  const parameter =
    callee.type === "function" && core.fileOf(callee.node) !== core.fileOf(by)
      ? callee.node.params[by.arguments.findIndex((one) => one === node)]
      : undefined;
  return (
    parameter !== undefined &&
    usesIn(core, parameter).some((use) => use.path.length === 1 && compares(use, use.path[0] ?? ""))
  );
}

/** What nobody can follow, and what is called as claims are, or as where the request keeps them. */
function areClaimsByName(
  core: Core,
  operation: Operation,
  from: Node,
  uses: readonly Use[],
): boolean {
  if (core.evaluate(from).type !== "unknown") return false;
  const path = dottedPath(from) ?? [];
  if (/(?:payload|claims|decoded|token)$/iu.test(path.at(-1) ?? "")) return true;
  return operation.kind === "verify"
    ? uses.some((use) => isKeptAt(operation, use, path))
    : isRequestIdentity(path);
}

/** `req.user = claims`, read in another function as `request.user` */
function isKeptAt(operation: Operation, use: Use, path: readonly string[]): boolean {
  if (use.kind !== "assign" || use.by.type !== "AssignmentExpression") return false;
  const kept = dottedPath(use.by.left) ?? [];
  return (
    path.length > 1 &&
    kept.slice(1).join(".") === path.slice(1).join(".") &&
    use.boxes.length === 0 &&
    claimPath(operation, use.path)?.length === 0
  );
}
