import type { TSESTree } from "@typescript-eslint/utils";
import type { RevocationHook } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { leaves } from "../answers/results.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  contains,
  decoratorsOf,
  dottedPath,
  enclosingFunction,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  statementsIn,
  unwrap,
  walk,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { isEmptyList, isLookedForInNothing, isNeverFound } from "../values/empty-lists.ts";
import { possibilities, truthiness } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/**
 * Can the function that a program gives a library, to ask whether a token was withdrawn, ever say so?
 *
 * A function that calls something may throw, which refuses the token too, so it is given the benefit
 * of the doubt; what it answers by a callback is answered in so many words.
 */
export type HookFault =
  /** Whatever the token, it says that it is good. */
  | "never-refuses"
  /** It answers by a callback that the library does not give it, after it has returned. */
  | "answers-too-late"
  /** It never calls the callback that the library waits for. */
  | "never-answers"
  /** Where it cannot find out, it says that the token is good. */
  | "fails-open";

export interface FaultyHook {
  readonly fault: HookFault;
  /** The function, or what in it is wrong. */
  readonly node: Node;
}

export function faultyHook(core: Core, value: Value, hook: RevocationHook): FaultyHook | undefined {
  const [only, ...others] = possibilities(value);
  if (only?.type !== "function" || others.length > 0) return undefined;
  const fault = faultOf(core, only.node, hook);
  if (fault !== undefined) return { fault, node: only.node };
  const open = hook.callback === undefined ? openFailure(core, only.node, hook) : undefined;
  return open === undefined ? undefined : { fault: "fails-open", node: open };
}

/** `catch { return { isValid: true }; }` around what is asked; an error in it may be brought about. */
function openFailure(core: Core, owner: FunctionNode, hook: RevocationHook): Node | undefined {
  const { calls } = core.fileOf(owner).index;
  return returnArguments(core, owner).find((argument) => {
    const block = argument.parent?.parent;
    const clause = block?.parent;
    return (
      clause?.type === "CatchClause" &&
      inside(calls, clause.parent.block).length > 0 &&
      isGood(core.evaluate(argument), hook)
    );
  });
}

function faultOf(core: Core, owner: FunctionNode, hook: RevocationHook): HookFault | undefined {
  if (hook.callback !== undefined) return callbackFault(core, owner, hook.callback, hook);
  if (hook.formerCallback !== undefined && isLate(core, owner, hook.formerCallback)) {
    return "answers-too-late";
  }
  return neverRefuses(core, owner, hook) ? "never-refuses" : undefined;
}

function callbackFault(
  core: Core,
  owner: FunctionNode,
  position: number,
  hook: RevocationHook,
): HookFault | undefined {
  const { params, body } = owner;
  if (params.some(({ type }) => type === "RestElement") || mentionsArguments(core, body)) {
    return undefined;
  }
  const callback = params[position];
  if (callback !== undefined && callback.type !== "Identifier") return undefined;
  const calls = callback === undefined ? [] : usesOfName(core, callback).filter(isReached);
  // What an async function throws nobody waits for.
  if (calls.length === 0) return !owner.async && throws(core, body) ? undefined : "never-answers";
  const isNever = calls.every(
    ({ call }) => call !== undefined && letsPass(core, call.arguments, hook),
  );
  return isNever ? "never-refuses" : undefined;

  function isReached({ node }: NameUse): boolean {
    const name = callback?.type === "Identifier" ? callback.name : undefined;
    return !isBehindNothing(core, node, owner, name);
  }
}

/** `try { return done(null, [].includes(id)); } catch (error) { done(error, true); }`: nothing throws there. */
function isBehindNothing(
  core: Core,
  node: Node,
  owner: FunctionNode,
  callback: string | undefined,
): boolean {
  for (let at = parentOf(node); at !== undefined && at !== owner; at = parentOf(at))
    if (at.type === "CatchClause" && !throws(core, at.parent.block, callback)) return true;
  return false;
}

/** `done(null, answer)`: no error, and no answer that refuses. */
function letsPass(
  core: Core,
  [error, answer]: readonly Node[],
  { refusesWith }: RevocationHook,
): boolean {
  const isSo = (given: Node | undefined, truthy: boolean): boolean =>
    given === undefined
      ? !truthy
      : given.type !== "SpreadElement" && isTrue(core, given) === truthy;
  return isSo(error, false) && isSo(answer, refusesWith === "falsy");
}

/** It is called, or handed on to be called, only once the function has returned. */
function isLate(core: Core, owner: FunctionNode, position: number): boolean {
  const callback = owner.params[position];
  if (callback?.type !== "Identifier" || owner.body.type !== "BlockStatement") return false;
  const uses = usesOfName(core, callback);
  const isAnswered = returnArguments(core, owner).some(
    (argument) => !uses.some(({ call }) => call === unwrap(argument)),
  );
  // What it returns is its answer, and a promise for one may be among it.
  if (isAnswered) return false;
  return uses.some(({ node, call }) => call === undefined || enclosingFunction(node) !== owner);
}

interface NameUse {
  readonly node: Node;
  /** The call of it; undefined where it is handed on. */
  readonly call: Extract<Node, { type: "CallExpression" }> | undefined;
}

function usesOfName(core: Core, name: Node): NameUse[] {
  return readsOf(core.fileOf(name), name).map((node) => {
    const parent = parentOf(node);
    const isCalled = parent?.type === "CallExpression" && parent.callee === node;
    return { node, call: isCalled ? parent : undefined };
  });
}

function neverRefuses(core: Core, owner: FunctionNode, hook: RevocationHook): boolean {
  const { refusesWith } = hook;
  const { body } = owner;
  if (throws(core, body)) return false;
  const answers = returnArguments(core, owner).filter(
    (argument) => !isBehindNothing(core, argument, owner, undefined),
  );
  const isPassed = (one: Node): boolean =>
    refusesWith === "not-valid"
      ? isGood(core.evaluate(one), hook)
      : isTrue(core, one) === (refusesWith === "falsy");
  if (refusesWith === "truthy") return answers.every(isPassed);
  // Falling off the end says no here.
  const isLastSaid = body.type !== "BlockStatement" || body.body.at(-1)?.type === "ReturnStatement";
  return answers.length > 0 && isLastSaid && answers.every(isPassed);
}

function isTrue(core: Core, answer: Node): boolean | undefined {
  const node = unwrap(answer);
  if (node.type === "UnaryExpression" && node.operator === "!" && isNeverFound(core, node.argument))
    return true;
  return isNeverFound(core, node) ? false : truthiness(core.evaluate(node));
}

/** Does what a hook gives say that the token is good? */
function isGood(value: Value, { refusesWith }: RevocationHook): boolean {
  if (refusesWith === "not-valid") return possibilities(value).every(isValid);
  return truthiness(value) === (refusesWith === "falsy");
}

function isValid(value: Value): boolean {
  const verdict = value.type === "object" ? value.properties.get("isValid") : undefined;
  return verdict?.certain === true && truthiness(verdict.value) === true;
}

/** Calls that nobody can see into may throw. */
function throws(core: Core, body: Node, callback?: string): boolean {
  let found = false;
  walk(body, core.fileOf(body).visitorKeys, (node) => {
    if (isFunction(node)) return false;
    found ||=
      node.type === "ThrowStatement" ||
      (node.type === "NewExpression" && !isEmptyList(node)) ||
      (node.type === "CallExpression" &&
        !isLogCall(node) &&
        !isLookedForInNothing(core, node) &&
        (callback === undefined || calleeName(node) !== callback));
    return !found;
  });
  return found;
}

function mentionsArguments(core: Core, body: Node): boolean {
  const { text } = core.fileOf(body);
  return /\barguments\b/u.test(text.slice(...body.range));
}

/** Does it make a user of any claims that it is given, without asking anybody? */
export function asksNobody(core: Core, owner: FunctionNode): boolean {
  const done = owner.params.at(-1);
  const name = done?.type === "Identifier" ? done.name : undefined;
  const ofClaims = (statementsIn(owner.body) ?? []).filter((one) =>
    refusesByClaims(core, one, owner),
  );
  const member = parentOf(owner);
  // `@RejectRevoked() validate(claims)`
  if (member?.type === "MethodDefinition" && decoratorsOf(member).length > 0) return false;
  const isStopped = returnArguments(core, owner).some(
    (argument) =>
      endsOf(argument).some((one) => truthiness(core.evaluate(one)) === false) &&
      !ofClaims.some((one) => contains(one, argument)),
  );
  if (isStopped) return false;
  let asks = false;
  walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
    if (ofClaims.includes(node)) return false;
    if (isFunction(node) || ASKING.test(node.type)) asks = true;
    if (node.type === "MemberExpression" && node.computed) asks ||= !isLiteral(node.property);
    if (node.type === "BinaryExpression" && node.operator === "in") asks = true;
    if (node.type === "ReturnStatement" && node.argument === null) asks ||= name === undefined;
    if (node.type === "CallExpression") asks ||= !isAnswer(node);
    if (node.type === "MemberExpression") asks ||= handsTokenOn(node);
    return !asks;
  });
  return !asks;

  /** `refreshToken: req.cookies.refreshToken`: who is given the token itself can look it up. */
  function handsTokenOn(member: TSESTree.MemberExpression): boolean {
    const [request, ...others] = owner.params;
    if (request?.type !== "Identifier" || others.length === 0) return false;
    if (!/^(?:cookies|signedCookies|body|headers)$/u.test(memberName(member) ?? "")) return false;
    const root = unwrap(member.object);
    return root.type === "Identifier" && root.name === request.name;
  }

  /** `done(null, claims)`, or a note in a log. */
  function isAnswer(call: Extract<Node, { type: "CallExpression" }>): boolean {
    const called = dottedPath(call.callee)?.join(".") ?? "";
    if (isLogCall(call)) return true;
    const [, user] = call.arguments;
    return (
      called === name &&
      user !== undefined &&
      user.type !== "SpreadElement" &&
      truthiness(core.evaluate(user)) !== false
    );
  }
}

/** A query in a template asks as a call does. */
const ASKING = /^(?:ThrowStatement|TaggedTemplateExpression)$/u;

/** `revoked ? false : claims` */
function endsOf(written: Node): Node[] {
  const node = unwrap(written);
  return node.type === "ConditionalExpression"
    ? [node.consequent, node.alternate].flatMap(endsOf)
    : [node];
}

/** `if (!claims.sub) throw new UnauthorizedException();`: what the token itself says is the same until it expires. */
function refusesByClaims(core: Core, statement: Node, { params }: FunctionNode): boolean {
  // `(req, claims)`: what a server keeps of a request may say that somebody has signed out.
  const [first, ...others] = params.map((one) => dottedPath(one)?.[0] ?? "");
  const isRequest = others.length > 0 && /^_?(?:req|request|ctx)$/u.test(first ?? "");
  const names = new Set(isRequest ? others : [first ?? "", ...others]);
  const isAboutClaims = (written: Node): boolean => {
    const node = unwrap(written);
    switch (node.type) {
      case "UnaryExpression":
        return isAboutClaims(node.argument);
      case "BinaryExpression":
        // `claims.version < 2` takes back what was signed before.
        return /^[!=]==?$/u.test(node.operator) && [node.left, node.right].every(isAboutClaims);
      case "LogicalExpression":
        return [node.left, node.right].every(isAboutClaims);
      case "MemberExpression":
        return isAboutClaims(node.object);
      case "Identifier":
        return isNullish(node) || names.has(node.name);
      default:
        return isLiteral(node);
    }
  };
  return (
    statement.type === "IfStatement" &&
    statement.alternate === null &&
    isAboutClaims(statement.test) &&
    leaves(core, statement.consequent)
  );
}
