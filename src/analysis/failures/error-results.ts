import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  decoratorsOf,
  dottedPath,
  enclosingFunction,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { givenBy } from "../values/settled.ts";
import { may } from "../values/value.ts";
import { roleName } from "../answers/function-roles.ts";
import { isLogged } from "../logging.ts";

/** What a failure gives that is true like the claims. */
interface ErrorResult {
  readonly kind:
    /** Whoever calls the function asks for nothing else. */
    | "catch-succeeds"
    /** Nobody sees who calls it. */
    | "text-as-result"
    | "error-as-result"
    /** Somebody reads claims off it, and never asks what it is. */
    | "error-as-claims";
  readonly node: Node;
}

/**
 * `catch (error) { return error; }`, `return error.message`, `return { error }`, where whoever calls the
 * function in its file asks for nothing but whether there is a result: each of these is one.
 */
export function errorAsResult(
  core: Core,
  owner: FunctionNode,
  operation: Operation,
  { param, body }: TSESTree.CatchClause,
): ErrorResult | undefined {
  const node = body.body.at(-1);
  if (node?.type !== "ReturnStatement" || node.argument === null) return undefined;
  const given = givenBy(node.argument);
  const caught = param?.type === "Identifier" ? param.name : undefined;
  if (!isSomething(given, caught) || !givesResult(core, owner, body)) return undefined;
  return takenByCallers(core, owner, operation, { node, given, caught });
}

/** What stands where the claims would be, and what the error is called there. */
interface Given {
  readonly node: Node;
  readonly given: Node;
  readonly caught: string | undefined;
}

/** Do the callers of a function take for claims what it gives, or would somebody out of sight? */
function takenByCallers(
  core: Core,
  owner: FunctionNode,
  operation: Operation,
  { node, given, caught }: Given,
): ErrorResult | undefined {
  const { calls, open } = callSites(core, owner);
  if (calls.length > 0) return takenForClaims(core, calls, node, given);
  if (!open) return undefined;
  if (isSentence(given))
    return isForCallers(core, owner, operation) ? { kind: "text-as-result", node } : undefined;
  return isError(given, caught) && isTakenForClaims(core, owner, operation)
    ? { kind: "error-as-result", node }
    : undefined;
}

/**
 * `const user = verify(token, key, (error, claims) => { if (error) return error; return claims; });`: the call gives
 * what the callback gives, and a function that gives that on gives it to its callers.
 */
export function errorFromCallback(
  core: Core,
  operation: Operation,
  callback: FunctionNode,
): ErrorResult | undefined {
  const { entity, key, node: call } = operation;
  const [error] = callback.params;
  if (entity.givesCallback !== true || error?.type !== "Identifier") return undefined;
  // Where a function finds the key, the callback is called by it.
  if (key !== undefined && may(core.evaluate(key.node), ({ type }) => type === "function"))
    return undefined;
  const given = returnArguments(core, callback).find(
    (one) => isSomething(givenBy(one), error.name) && isWhereFailed(one, callback, error.name),
  );
  const node = given === undefined ? undefined : parentOf(given);
  if (given === undefined || node?.type !== "ReturnStatement") return undefined;
  if (!givesResult(core, callback, node)) return undefined;
  const owner = enclosingFunction(call);
  const isGivenOn = owner !== undefined && returnArguments(core, owner).some((one) => one === call);
  return isGivenOn
    ? takenByCallers(core, owner, operation, { node, given: givenBy(given), caught: error.name })
    : takenForClaims(core, [call], node, givenBy(given));
}

/** In `if (error) …`, and behind `if (!error) return claims;` */
function isWhereFailed(given: Node, callback: FunctionNode, error: string): boolean {
  return conditionsAt(given, callback).some(
    ({ test, holds }) => holds && test.type === "Identifier" && test.name === error,
  );
}

/** Does whoever has the result go by it as if it were claims? */
function takenForClaims(
  core: Core,
  calls: readonly Node[],
  node: Node,
  given: Node,
): ErrorResult | undefined {
  if (calls.every((call) => asksWhetherThere(core, call, given)))
    return { kind: "catch-succeeds", node };
  return calls.some((call) => readsClaims(core, call, given))
    ? { kind: "error-as-claims", node }
    : undefined;
}

/**
 * `find(check(token).sub)`: claims are read off it, none of them is looked at, and neither is what it is. Whoever is
 * given the whole of it may look.
 */
function readsClaims(core: Core, call: Node, given: Node): boolean {
  const uses = usesOf(core, call).filter(({ by }) => !isLogged(by));
  const isTold = uses.some(({ kind, by, path: [first] }) =>
    first === undefined
      ? /^(?:compare|argument|return)$/u.test(kind) ||
        (by.type === "UnaryExpression" && by.operator === "typeof")
      : /^(?:test|compare)$/u.test(kind) || isOfError(given, first),
  );
  return !isTold && uses.some(({ path }) => path.length > 0);
}

/** Functions that are asked whose a token is, or whether it is good. `validate` often gives what is wrong. */
const VERIFIES =
  /^(?:jwt|token|auth|session)?_?(?:verif(?:y|ies)|authenticate|check)(?:_?(?:access|auth|refresh|jwt|user|session|id|bearer))*_?(?:token|jwt|auth|session|user)?$/iu;

/** What a token is called that a function is given. */
const TOKEN = /token|jwt|auth|bearer|header|refresh/iu;

/** Text for people: `"Invalid token"`, `error.message`. Errors, codes (`"expired"`) and objects can be told from claims. */
function isSentence(given: Node): boolean {
  if (given.type === "ConditionalExpression")
    return [given.consequent, given.alternate].every((one) => isSentence(unwrap(one)));
  const text = textOf(given);
  if (text !== undefined) return /\S\s+\S|[^\p{ASCII}]/u.test(text);
  return given.type === "TemplateLiteral" || given.type === "MemberExpression";
}

/**
 * `verify(token) { try { return jwt.verify(token, key); } catch { return "Invalid token"; } }`: does somebody who
 * holds the token call it for its claims? What a handler gives is its answer, and a type tells what may come.
 */
function isForCallers(core: Core, owner: FunctionNode, operation: Operation): boolean {
  const { text } = core.fileOf(owner);
  return (
    VERIFIES.test(roleName(core, owner) ?? "") &&
    owner.returnType === undefined &&
    !TEXT_TOLD.test(commentBefore(owner, text)) &&
    !tellsTexts(text) &&
    givesClaimsOf(core, owner, operation)
  );
}

/** `@returns {Claims | string}` */
const TEXT_TOLD = /@returns?\s*\{[^}]*\bstring\b/u;

/**
 * `isRefused = (result) => typeof result === "string"`: somebody here tells texts from claims. Of what kind a header or a
 * setting is says nothing of them.
 */
function tellsTexts(text: string): boolean {
  return TELLS_TEXTS.test(text);
}

const TELLS_TEXTS =
  /\btypeof\s+(?:result|claims|payload|decoded|verified|user|answer|outcome|value|x)\s*[!=]==?\s*["'`](?:string|object)\b/u;

/** Functions that are asked what is wrong with a token, or that say by their names that they give it. */
const TELLS =
  /valid|check|error|(?:^|[a-z_])(?:safe|try|maybe|result|either|attempt)(?![a-z])|^(?:safe|try)/iu;

/** Types, and what a comment says of them, that tell the caller of an error. */
const TYPES_TELL = /error|exception|unknown|result|either|failure|invalid|\bany\b|\bobject\b/iu;

/**
 * `readRefresh(token) { try { return jwt.verify(token, key); } catch (error) { return error; } }`: the same for an
 * error, which is an object as the claims are. `Promise<Claims | Error>` tells who calls it.
 */
function isTakenForClaims(core: Core, owner: FunctionNode, operation: Operation): boolean {
  const name = roleName(core, owner);
  if (name === undefined || TELLS.test(name)) return false;
  const { text } = core.fileOf(owner);
  const type = owner.returnType === undefined ? "" : text.slice(...owner.returnType.range);
  return (
    !TYPES_TELL.test(type) &&
    !isTypedByName(owner) &&
    !isDescribed(owner, text) &&
    // Somebody here tells errors from claims, and hapi throws an error that a handler returns.
    !/\binstanceof\s+\w*(?:Error|Exception)\b/u.test(text) &&
    !owner.params.some((one) => one.type === "Identifier" && one.name === "h") &&
    givesClaimsOf(core, owner, operation)
  );
}

/** `const readSession: Read = (token) => …` */
function isTypedByName(owner: FunctionNode): boolean {
  const holder = parentOf(wrapped(owner));
  return holder?.type === "VariableDeclarator" && holder.id.typeAnnotation !== undefined;
}

/** How far a comment with `@returns {Claims | Error}` may stand before a function. */
const COMMENT_LENGTH = 400;

function isDescribed(owner: FunctionNode, text: string): boolean {
  return /@(?:returns?|type)[^@]*\b\w*(?:Error|Exception)s?\b/u.test(commentBefore(owner, text));
}

function commentBefore({ range: [start] }: FunctionNode, text: string): string {
  const before = text.slice(Math.max(0, start - COMMENT_LENGTH), start);
  return before.slice(before.lastIndexOf("/**"));
}

/** Is it given the token, and gives the claims where all is well? */
function givesClaimsOf(core: Core, owner: FunctionNode, { callback, token }: Operation): boolean {
  if (token === undefined) return false;
  // `verifySignature(artifacts, KEY)` of `artifacts = decode(token)`
  const held = core.evaluate(token.node);
  let brought = rootOf(
    held.type === "claims" && held.token !== undefined ? held.token : token.node,
  );
  // `const token = header.split(" ")[1];`
  brought = rootOf(initOf(core.fileOf(owner), brought) ?? brought);
  // `bearer.replace("Bearer ", "")`
  if (brought.type === "CallExpression") brought = rootOf(brought.callee);
  const isGiven = owner.params.some(
    (one) =>
      one.type === "Identifier" &&
      brought.type === "Identifier" &&
      one.name === brought.name &&
      TOKEN.test(one.name) &&
      decoratorsOf(one).length === 0,
  );
  if (callback?.function !== undefined) return isGiven && givesSecond(core, callback.function);
  return (
    isGiven &&
    returnArguments(core, owner).some((given) =>
      may(core.evaluate(given), (one) => one.type === "claims"),
    )
  );
}

/** `(error, claims) => { …; return claims; }` */
function givesSecond(core: Core, callback: FunctionNode): boolean {
  const [, claims] = callback.params;
  const given = returnArguments(core, callback);
  return (
    claims !== undefined &&
    readsOf(core.fileOf(callback), claims).some((one) => given.includes(one))
  );
}

/** The error that was caught, perhaps with something written to it, or a new one. */
function isError(given: Node, caught: string | undefined): boolean {
  if (given.type === "Identifier") return given.name === caught;
  if (given.type === "NewExpression") return isSomething(given, caught);
  return isMarkedError(given, caught);
}

/** `Object.assign(error, { failed: true })` */
function isMarkedError(given: Node, caught: string | undefined): boolean {
  if (given.type !== "CallExpression" || calleeName(given) !== "Object.assign") return false;
  const [first] = given.arguments;
  return first?.type === "Identifier" && first.name === caught;
}

/** Does it give more than a fixed text or nothing where all is well? `return null` beside it says that there is no error. */
function givesResult(core: Core, owner: FunctionNode, handler: Node): boolean {
  let found = false;
  walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
    if (node === handler || isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument !== null)
      found ||= isResult(givenBy(node.argument));
    return true;
  });
  return found;
}

function isResult(given: Node): boolean {
  return !isNullish(given) && !isLiteral(given);
}

/** The error, its text, another text, or an object: all of them are true. */
function isSomething(given: Node, caught: string | undefined): boolean {
  switch (given.type) {
    case "Identifier":
      return given.name === caught;
    case "MemberExpression":
      return caught !== undefined && dottedPath(given)?.join(".") === `${caught}.message`;
    case "ConditionalExpression":
      return [given.consequent, given.alternate].every((one) => isSomething(unwrap(one), caught));
    case "NewExpression":
      return /Error$|Exception$/u.test(calleeName(given));
    case "Literal":
      return typeof given.value === "string" && given.value !== "";
    case "TemplateLiteral":
      return given.quasis.some(({ value }) => value.raw !== "");
    default:
      return given.type === "ObjectExpression" || isMarkedError(given, caught);
  }
}

/** `const user = check(token); if (!user) …`, and nothing that tells errors from users. */
function asksWhetherThere(core: Core, call: Node, given: Node): boolean {
  const holder = holderOf(call);
  if (holder === undefined) return false;
  const reads = core.fileOf(call).variableOf(holder)?.references ?? [];
  const parents = reads.flatMap(({ identifier }) => parentOf(identifier as Node) ?? []);
  const isTold = parents.some(
    (parent) =>
      parent.type === "BinaryExpression" ||
      (parent.type === "UnaryExpression" && parent.operator === "typeof") ||
      (parent.type === "MemberExpression" && isOfError(given, memberName(parent))),
  );
  return (
    !isTold &&
    parents.some((parent) => parent.type === "UnaryExpression" || parent.type === "IfStatement")
  );
}

/** `user` of `const user = await check(token)`, and of `check(token).then((user) => …)` */
function holderOf(call: Node): Node | undefined {
  let outer: Node = call;
  while (parentOf(outer)?.type === "AwaitExpression") outer = parentOf(outer) ?? outer;
  const by = parentOf(outer);
  if (by?.type === "VariableDeclarator") return by.id;
  const then =
    by?.type === "MemberExpression" && memberName(by) === "then" ? parentOf(by) : undefined;
  const handler = then?.type === "CallExpression" ? then.arguments[0] : undefined;
  return isFunction(handler) ? handler.params[0] : undefined;
}

function isOfError(given: Node, name: string | undefined): boolean {
  return (
    /^(?:name|message|stack|errors?|err|code|status\w*)$/u.test(name ?? "") ||
    hasProperty(given, name)
  );
}

/** Is it an object with this property, or with some that nobody can see? */
function hasProperty(given: Node, name: string | undefined): boolean {
  return (
    given.type === "ObjectExpression" &&
    given.properties.some(
      (one) => one.type !== "Property" || staticKey(one.key, one.computed) === name,
    )
  );
}
