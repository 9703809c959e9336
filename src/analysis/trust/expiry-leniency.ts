import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import type { Operation } from "../operations/operations.ts";
import type { Setting } from "../operations/options.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  walk,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { lifetimeOf } from "../time.ts";
import { makerName } from "../tokens/words.ts";
import { numberOf, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { readsClaim } from "./claim-reads.ts";

/** For how many seconds after its expiry a token is still accepted; undefined when nobody knows. */
type Leniency = number | "endless" | undefined;

/**
 * Does a program that accepts expired tokens on purpose, to renew or to end a session, limit them by
 * itself: by their age, by looking at a session that can be revoked, or by doing nothing but ending it?
 */
export function isLimitedByHand(core: Core, operation: Operation): boolean {
  if (readsClaim(core, operation, "iat")) return true;
  const outer = outermost(operation.node);
  if (outer === undefined) return false;
  const { index } = core.fileOf(outer);
  const isInside = (node: Node): boolean => contains(outer, node);
  if (ENDS.test(functionName(outer) ?? "")) {
    const makers = named(index.called, (name) => makerName(name) !== undefined);
    return !makers.some(isInside);
  }
  return (
    named(index.membersNamed, (name) => REVOKED.test(name)).some(isInside) ||
    named(index.called, (name) => LOOKS_UP.test(name)).some(isInside)
  );
}

/**
 * Does a program that lets the library accept expired tokens compare a date that it keeps itself with
 * now: `if (new Date() > user.reset_token_expiry) …`?
 */
export function isExpiryKept(core: Core, { node }: Operation): boolean {
  const outer = outermost(node);
  if (outer === undefined) return false;
  let found = false;
  walk(outer.body, core.fileOf(outer).visitorKeys, (one) => {
    if (one.type === "BinaryExpression" && /^[<>]=?$/u.test(one.operator)) {
      const sides = [one.left, one.right];
      found ||=
        sides.some((side) => EXPIRY.test(dottedPath(side)?.at(-1) ?? "")) &&
        sides.some(
          (side) => core.evaluate(side).type === "time" || NOW.test(dottedPath(side)?.at(-1) ?? ""),
        );
    }
    return !found;
  });
  return found;
}

/** Also one that a database was asked for. */
const NOW = /^(?:now|current_?(?:time|date))$/iu;

/** The date of a token or a session, and not that of what somebody has paid for. */
const EXPIRY =
  /^(?:(?:token|reset|session|refresh|link|code|otp|jwt|access|password)\w*_?)?(?:expir(?:y|es|ation|ed)|valid_?until)\w*$/iu;

/**
 * Does a second token that has not expired have to come with it and be of the same person:
 * `const renew = verify(refreshToken, key); if (access.sub !== renew.sub) throw …`? Then the first opens nothing
 * by itself.
 */
export function isOneOfPair(
  core: Core,
  { node }: Operation,
  operations: readonly Operation[],
): boolean {
  const outer = outermost(node);
  if (outer === undefined) return false;
  const good = new Set<Node>(
    operations.flatMap((one) => (one.node !== node && refusesExpired(one) ? [one.node] : [])),
  );
  let found = false;
  walk(outer.body, core.fileOf(outer).visitorKeys, (one) => {
    if (!found && one.type === "BinaryExpression" && /^[!=]==?$/u.test(one.operator)) {
      const sides = [one.left, one.right].map((side) => claimsAt(core, side));
      found = sides.some((calls) => calls.has(node)) && sides.some((calls) => meet(calls, good));
    }
    return !found;
  });
  return found;
}

function refusesExpired(operation: Operation): boolean {
  const { kind, entity, unverified } = operation;
  return (
    kind === "verify" &&
    unverified === undefined &&
    entity.checks?.expiration !== "never" &&
    operation.option("ignoreExpiration").state === "absent"
  );
}

/** The calls that have read the claim which stands there, if it tells one person or session from another. */
function claimsAt(core: Core, side: Node): ReadonlySet<Node> {
  return new Set(
    possibilities(core.evaluate(side)).flatMap((value) =>
      value.type === "claims" && !SHARED.test(value.path.at(-1) ?? "") ? [value.call] : [],
    ),
  );
}

/** Claims that the tokens of many people have in common. */
const SHARED = /^(?:type|typ|kind|use|token_?type|roles?|scopes?|aud|iss|iat|nbf|exp)$/iu;

function meet(some: ReadonlySet<Node>, others: ReadonlySet<Node>): boolean {
  return [...some].some((one) => others.has(one));
}

const ENDS = /log_?out|sign_?out|revoke|invalidate/iu;
const REVOKED = /^(?:is_?)?revoked(?:_?at)?$|^(?:token|session)_?version$/iu;
const LOOKS_UP =
  /^(?:find|get|load|lookup|is|has|check|validate)\w*(?:session|refresh|device)\w*$|revoked|blacklisted/iu;

function outermost(node: Node): FunctionNode | undefined {
  let found = enclosingFunction(node);
  for (let owner = found; owner !== undefined; owner = enclosingFunction(owner)) found = owner;
  return found;
}

/** What a tolerance for clocks that differ amounts to. */
export function toleranceOf({ grammar, model }: Setting, value: Value): Leniency {
  if (value.type === "template") {
    return model?.stringBreaks === "never-expires" ? "endless" : undefined;
  }
  if (value.type !== "literal") return undefined;
  // jsonwebtoken adds it to the date: a number and a text make a text far in the future.
  if (
    typeof value.value === "string" &&
    value.value !== "" &&
    model?.stringBreaks === "never-expires"
  ) {
    return "endless";
  }
  if (value.value === Number.POSITIVE_INFINITY) return "endless";
  const lifetime = grammar === undefined ? undefined : lifetimeOf(value, grammar);
  return lifetime?.kind === "seconds" ? lifetime.seconds : undefined;
}

/**
 * How long after the expiry a handler of expired tokens lets a request go on: it does when it
 * returns. `"always"` when nothing in it can refuse; 0 when it always refuses, or nobody can tell.
 */
export function leniencyOf(core: Core, handler: FunctionNode): number | "always" {
  const { visitorKeys } = core.fileOf(handler);
  const found = { refuses: false, grace: 0 };
  walk(handler.body, visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ThrowStatement" || isRefusal(node)) found.refuses = true;
    if (node.type === "BinaryExpression" && /^[<>]=?$/u.test(node.operator)) {
      found.grace = Math.max(found.grace, numberAt(core, node.left), numberAt(core, node.right));
    }
    return true;
  });
  // Dates are compared in milliseconds.
  return found.refuses ? found.grace / 1000 : "always";
}

/** `Promise.reject(error)`, `next(error)`, `handleExpired(…)`: someone else decides. */
function isRefusal(node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  const path = dottedPath(node.callee);
  return (
    path === undefined || !/^(?:console|log(?:ger)?|debug)$/iu.test(path[path.length - 2] ?? "")
  );
}

function numberAt(core: Core, node: Node): number {
  return node.type === "PrivateIdentifier" ? 0 : (numberOf(core.evaluate(node)) ?? 0);
}
