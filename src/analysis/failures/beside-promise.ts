import type { Core } from "../core.ts";
import { readersOf } from "../flow/bindings.ts";
import { isCast, isPrinted } from "../flow/promise-fate.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  expressionIn,
  memberName,
  parentOf,
  rootOf,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { possibilities } from "../values/value.ts";
import { asksForClaims, asksForKept } from "../guards/asked-behind.ts";
import { refuses } from "../guards/unheld-refusals.ts";
import { answers, handsErrorOn, nextCalled, statementsBehind } from "../answers/behind.ts";
import {
  asksForFailure,
  isAuthenticating,
  isGuardByName,
  isOptionalByName,
  refusesAnonymous,
  roleName,
} from "../answers/function-roles.ts";
import { isHandedOn } from "../answers/handed-on.ts";
import { handlingOf, leaves } from "../answers/results.ts";
import { isAnswerValue } from "./beside-callback.ts";
import { passesBefore } from "./caught.ts";
import { isPassedOn } from "./wrapped-promises.ts";

/**
 * `verify(token).then((claims) => { req.user = claims; }).catch(() => res.sendStatus(401)); next();`: nobody waits for
 * the promise, so what stands behind runs before anybody knows whether the token is good.
 *
 * @returns what lets the token pass
 */
export function besidePromise(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Node | undefined {
  const { node, token, wrapper } = operation;
  const owner = enclosingFunction(node);
  if (owner === undefined) return undefined;
  if (operation.promise) {
    // A function of the program's own may look after its failures itself, where its caller does not refuse.
    const mayPass = (): boolean => wrapper !== undefined || !isGate(core, owner, operation);
    const next = passedMeanwhile(core, node, token?.node, operations, mayPass);
    if (next !== undefined) return next;
  }
  // `async function check(token) { return jwtVerify(token, key); }`, which is called so.
  if (!isPassedOn(core, owner, node)) return undefined;
  for (const call of callSites(core, owner).calls) {
    const next =
      core.fileOf(call) === core.file
        ? passedMeanwhile(core, call, undefined, operations)
        : undefined;
    if (next !== undefined) return next;
  }
  return undefined;
}

/**
 * What lets the request pass beside the promise of a call that verifies a token.
 *
 * @param mayPass may the request pass, where no handler of the promise refuses it?
 */
export function passedMeanwhile(
  core: Core,
  call: Node,
  token: Node | undefined,
  operations: readonly Operation[],
  mayPass = (): boolean => true,
): Node | undefined {
  const owner = enclosingFunction(call);
  const links = unwaitedLinks(core, call);
  if (owner === undefined || links === undefined || links.length === 0) return undefined;
  if (isOptionalByName(core, owner) || asksForFailure(roleName(core, owner))) return undefined;
  const refusal = refusalIn(core, links);
  if (refusal === undefined && mayPass()) return undefined;
  // A second verification is waited for.
  const isVerified = operations.some(
    ({ kind, node }) => kind === "verify" && node !== call && enclosingFunction(node) === owner,
  );
  return isVerified ? undefined : passBehind(core, call, token, links, refusal);
}

type Refusal = "answers" | "hands-on";

/** What lets the request pass behind the statement that the call stands in, with nothing between that may ask. */
function passBehind(
  core: Core,
  call: Node,
  token: Node | undefined,
  links: readonly CallNode[],
  refusal: Refusal | undefined,
): Node | undefined {
  let from = statementOf(call);
  for (const behind of statementsBehind(from)) {
    // What the handlers do is done later.
    if (links.some((link) => contains(behind, link))) {
      from = behind;
      continue;
    }
    if (token !== undefined && isHandedOn(core, token, [from, behind])) return undefined;
    const next = nextCalled(behind) ?? nextHandled(behind);
    if (next !== undefined) return next;
    if (behind.type === "ReturnStatement")
      return handlingOf(core, behind).kind === "succeeds" &&
        (isAuthenticating(core, enclosingFunction(call)) ||
          expressionIn(behind)?.type === "CallExpression")
        ? behind
        : undefined;
    const expression = refusal === "answers" ? expressionIn(behind) : undefined;
    if (expression !== undefined && answers(core, expression) && !refuses(core, expression))
      return expression;
    const isPlain = /^(?:Expression|Variable)/u.test(behind.type);
    if (!isPlain || leaves(core, behind)) return undefined;
  }
  return undefined;
}

/**
 * The calls of `then`, `catch` and `finally` on a promise for which nobody waits: undefined where somebody does, or may.
 */
function unwaitedLinks(core: Core, promise: Node): CallNode[] | undefined {
  let node = promise;
  const links: CallNode[] = [];
  for (let by = parentOf(node); by !== undefined; by = parentOf(node)) {
    const call = by.type === "MemberExpression" && by.object === node ? linkOf(by) : undefined;
    if (call !== undefined) {
      links.push(call);
      node = call;
    } else if (isCast(by) || (by.type === "UnaryExpression" && by.operator === "void")) node = by;
    else if (by.type === "ExpressionStatement") return links;
    else return by.type === "VariableDeclarator" ? heldLinks(core, by.id, links) : undefined;
  }
  return undefined;
}

function linkOf(member: Node): CallNode | undefined {
  const call = parentOf(member);
  const isLink =
    member.type === "MemberExpression" &&
    /^(?:then|catch|finally)$/u.test(memberName(member) ?? "") &&
    call?.type === "CallExpression" &&
    call.callee === member;
  return isLink ? call : undefined;
}

/** `const pending = verify(token); pending.catch(…);`, as long as that is all that becomes of it. */
function heldLinks(core: Core, id: Node, before: readonly CallNode[]): CallNode[] | undefined {
  if (id.type !== "Identifier") return undefined;
  const links = [...before];
  for (const reader of readersOf(core.fileOf(id).variableOf(id), id)) {
    if (isPrinted(reader)) continue;
    const more =
      enclosingFunction(reader) === enclosingFunction(id) ? unwaitedLinks(core, reader) : undefined;
    if (more === undefined) return undefined;
    links.push(...more);
  }
  return links;
}

/** How the handlers of a failure refuse the request; undefined where they do nothing about it. */
function refusalIn(core: Core, links: readonly CallNode[]): Refusal | undefined {
  for (const link of links) {
    const name = calleeName(link);
    const handler = link.arguments[name.endsWith("catch") ? 0 : 1];
    if (handler === undefined) continue;
    // `.catch(next)`
    if (dottedPath(handler)?.join(".") === "next") return "hands-on";
    const refusal = possibilities(core.evaluate(handler))
      .map((value) => (value.type === "function" ? refusalOf(core, value.node) : undefined))
      .find((one) => one !== undefined);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOf(core: Core, { body }: FunctionNode): Refusal | undefined {
  const statements = body.type === "BlockStatement" ? body.body : [body];
  const done = statements.map((one) => expressionIn(one) ?? one);
  if (done.some((one) => answers(core, one))) return "answers";
  const isHandedBack = done.some(
    (one) => one.type === "ThrowStatement" || handsErrorOn(one) || isAnswerValue(one),
  );
  return isHandedBack ? "hands-on" : undefined;
}

/** Does nobody pass the function as nobody, although it does not refuse who has a bad token? */
function isGate(core: Core, owner: FunctionNode, operation: Operation): boolean {
  return (
    refusesAnonymous(core, owner, operation.node) ||
    (isGuardByName(core, owner) &&
      !passesBefore(core, owner, operation.node) &&
      !asksForClaims(core.file) &&
      !asksForKept(core.file, operation))
  );
}

/** `return next.handle();` of an interceptor of NestJS, perhaps with `.pipe(…)` behind it */
function nextHandled(statement: Node): Node | undefined {
  let call = expressionIn(statement);
  while (call?.type === "CallExpression" && calleeName(call) !== "next.handle")
    call = rootOf(call.callee);
  return call?.type === "CallExpression" ? call : undefined;
}

function statementOf(node: Node): Node {
  let at = node;
  for (let by = parentOf(at); by !== undefined && !STATEMENT.test(at.type); by = parentOf(at))
    at = by;
  return at;
}

const STATEMENT = /Statement$|Declaration$/u;
