import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { refuses } from "../guards/unheld-refusals.ts";
import {
  enclosingFunction,
  expressionIn,
  isNullish,
  parentOf,
  textOf,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { IssuedToken } from "../tokens/kinds.ts";
import { possibilities, stringOf } from "../values/value.ts";
import { claimPath } from "./claim-path.ts";

/**
 * What tells kinds of tokens apart beside a type: a claim that only one of them has, and without which a token is refused.
 */

/**
 * `const { family } = jwt.verify(token, KEY); if (!(await families.alive(family))) throw …`, where access tokens have no
 * `family`: they are refused there.
 */
export function refusesByOwnClaim(
  core: Core,
  operation: Operation,
  issued: readonly IssuedToken[],
): boolean {
  const names = issued.map((one) => claimNames(one));
  const own = new Set(
    names.flat().filter((name) => names.some((others) => !others.includes(name))),
  );
  if (names.some((one) => one.length === 0)) return false;
  return usesOf(core, operation.node).some((use) => {
    const [claim, ...parts] = claimPath(operation, use.path) ?? [];
    return claim !== undefined && parts.length === 0 && own.has(claim) && isRefusal(use);
  });
}

/**
 * Is a kind of token refused by what it says: `verify(token, key, { issuer: "shop/access" })` where it has another issuer,
 * `if (claims.reset) return res.sendStatus(401)` where all of it say `reset: true`?
 */
export function isRefusedKind(core: Core, operation: Operation, token: IssuedToken): boolean {
  return isOfOtherIssuer(operation, token) || isRefusedByMark(core, operation, token);
}

/** Both have to be seen; that a token without an issuer is refused not every library says. */
function isOfOtherIssuer(operation: Operation, token: IssuedToken): boolean {
  if (operation.option("issuer").state !== "set") return false;
  const asked = issuersOf(operation);
  const own = issuersOf(token.operation);
  return own.length > 0 && asked.length > 0 && own.every((one) => mayNotBe(one, asked));
}

function issuersOf(operation: Operation): (string | undefined)[] {
  return operation
    .settings("issuer")
    .flatMap(({ value }) => possibilities(value))
    .flatMap((one) => (one.type === "array" && !one.open ? one.elements : [one]))
    .map((one) => stringOf(one));
}

function mayNotBe(issuer: string | undefined, asked: readonly (string | undefined)[]): boolean {
  return issuer !== undefined && asked.every((one) => one !== undefined && one !== issuer);
}

/** `if (claims.reset) …`, `if (claims.reset === true) …` */
function isRefusedByMark(core: Core, operation: Operation, { payload }: IssuedToken): boolean {
  const values = payload === undefined ? [] : possibilities(payload.value);
  if (values.length === 0) return false;
  return usesOf(core, operation.node).some(({ path, kind, by, node }) => {
    const [claim = "", ...parts] = claimPath(operation, path) ?? [];
    const isMarked = values.every((one) => {
      const mark = one.type === "object" ? one.properties.get(claim)?.value : undefined;
      return mark?.type === "literal" && mark.value === true;
    });
    if (!isMarked || parts.length > 0) return false;
    const asked =
      kind === "test"
        ? node
        : kind === "compare" && by.type === "BinaryExpression" && isTrueAsked(by)
          ? by
          : undefined;
    return asked !== undefined && leaves(asked) && refusesWith(core, asked);
  });
}

/** To leave is not to refuse: `if (claims.reset) return next();` lets it pass, and so may a bare `return`. */
function refusesWith(core: Core, asked: Node): boolean {
  let at = parentOf(wrapped(asked));
  while (at?.type === "LogicalExpression") at = parentOf(wrapped(at));
  const branch = at?.type === "IfStatement" ? at.consequent : undefined;
  const steps = branch?.type === "BlockStatement" ? branch.body : [branch];
  return steps.some((step) => {
    if (step?.type === "ThrowStatement") return true;
    const given = step === undefined ? undefined : expressionIn(step);
    if (given === undefined) return false;
    const isNo = isNullish(given) || (given.type === "Literal" && given.value === false);
    return (step?.type === "ReturnStatement" && isNo) || refuses(core, given);
  });
}

function isTrueAsked({ operator, left, right }: TSESTree.BinaryExpression): boolean {
  return (
    !operator.startsWith("!") &&
    [left, right].some((side) => side.type === "Literal" && side.value === true)
  );
}

/** None where nobody can see all of them. */
function claimNames({ payload }: IssuedToken): readonly string[] {
  const values = payload === undefined ? [] : possibilities(payload.value);
  const isSeen = values.every((one) => one.type === "object" && !one.open);
  return isSeen
    ? values.flatMap((one) => (one.type === "object" ? [...one.properties.keys()] : []))
    : [];
}

/** `if (scope !== "api") throw …`, `if (!(await families.alive(family))) return null;`, `if (!family) …` */
function isRefusal({ kind, by, node }: Use): boolean {
  if (kind === "test") return isRefused(node);
  if (kind === "compare" && by.type === "BinaryExpression") return isRefusedByEqual(by);
  return kind === "argument" && by.type === "CallExpression" && isRefused(by);
}

function isRefusedByEqual(test: TSESTree.BinaryExpression): boolean {
  return test.operator.startsWith("!") && leaves(test);
}

/** Is a place left where it says no? */
function isRefused(asked: Node): boolean {
  const by = parentOf(wrapped(asked));
  return by?.type === "UnaryExpression" && by.operator === "!" && leaves(by);
}

/** Is it what an `if` asks, alone or as one of several, of which each ends in leaving? */
function leaves(test: Node): boolean {
  let at = parentOf(wrapped(test));
  while (at?.type === "LogicalExpression" && at.operator === "||") at = parentOf(wrapped(at));
  if (at?.type !== "IfStatement") return false;
  const { consequent } = at;
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return /^(?:Return|Throw)Statement$/u.test(last?.type ?? "");
}

/**
 * `if (header.kid !== "reset") …` beside a verification: the name of the key says what a token is for. What a key is looked
 * up by is another matter.
 */
export function comparesKeyName(core: Core, { node }: Operation): boolean {
  const owner = enclosingFunction(node);
  const named = core.fileOf(node).index.membersNamed.get("kid") ?? [];
  return owner !== undefined && inside(named, owner).some((one) => isComparedWithText(one));
}

function isComparedWithText(member: Node): boolean {
  const by = parentOf(wrapped(member));
  return (
    by?.type === "BinaryExpression" &&
    [by.left, by.right].some((side) => textOf(side) !== undefined)
  );
}
