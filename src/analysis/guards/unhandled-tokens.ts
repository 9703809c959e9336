import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inEnglish } from "../languages.ts";
import {
  calleeName,
  contains,
  dottedPath,
  functionName,
  isElement,
  isFunction,
  isLiteral,
  isNullish,
  isWritten,
  memberName,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { handshakesOf, isConnectionHandler } from "../network/connection-handlers.ts";
import { isIncoming } from "../tokens/incoming-headers.ts";
import { isAuthHeader, tokenName } from "../tokens/words.ts";
import { hasWithin } from "../within.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import {
  SAYS_WHO,
  isInAddress,
  isOfSocket,
  isOnlyWho,
  isPutThere,
  keepsWho,
  isQueried,
  isUpgrade,
  pathOf,
  readsAddress,
} from "./socket-tokens.ts";
import { saysWhoAsks } from "./procedures.ts";
import { saysNoToken } from "./written-tokens.ts";

/** What is known of a function: the names that hold something of the request, and something of its token. */
interface Held {
  readonly owner: FunctionNode;
  readonly request: Set<string>;
  readonly token: Set<string>;
  readonly hops: number;
  /**
   * It is called when a client connects, and goes on for as long as that stays: what it is given beside a token is
   * not known to anybody before, so only the token and what holds it could be verified.
   */
  readonly isOfConnection: boolean;
}

/** How many functions of the file are looked into that may only take the token out of the request. */
const MAX_HOPS = 2;

/**
 * Does a function do anything with the token of the request that could verify it, or leave it to somebody who
 * may? One that reads no token says nothing of it.
 */
export function handlesToken(core: Core, owner: FunctionNode, hops = MAX_HOPS): boolean {
  const isOfConnection = isOfSocket(core, owner);
  const held: Held = { owner, request: new Set(), token: new Set(), hops, isOfConnection };
  const given = isConnectionHandler(core.fileOf(owner), owner)
    ? handshakesOf(core.fileOf(owner), owner)
    : owner.params;
  for (const parameter of given) addNames(core, parameter, held.request);
  const [first] = owner.params;
  // What it is given is the token.
  if (first !== undefined && (functionName(owner) === "verifyAccessToken" || isVerifier(owner)))
    addNames(core, first, held.token);
  else if (!hasWithin(core, owner, (node) => isTokenRead(node, held) || isReader(core, node, held)))
    return true;
  // A name may get the token below the place where it is compared.
  for (let round = 0; round < ROUNDS; round += 1) {
    walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
      if (node.type === "VariableDeclarator" && node.init !== null)
        hold(core, node.id, node.init, held);
      if (node.type === "AssignmentExpression" && node.left.type !== "MemberExpression")
        hold(core, node.left, node.right, held);
      return true;
    });
  }
  return hasWithin(core, owner.body, (node) => !isHarmless(core, node, held));
}

/** Is it, by its name and its first parameter, a function that is given a token and verifies it? */
export function isVerifier(owner: FunctionNode): boolean {
  const [token] = owner.params;
  return (
    VERIFIER.test(inEnglish(functionName(owner) ?? "")) &&
    token?.type === "Identifier" &&
    /token|jwt$/iu.test(token.name)
  );
}

const VERIFIER =
  /^(?:verify|validate|authenticate|check)_?(?:access|id|auth|session|bearer|user)?_?(?:token|jwt)$/iu;

/** Through how many names a token is followed that stand in another order than they are given it. */
const ROUNDS = 3;

function hold(core: Core, to: Node, from: Node, held: Held): void {
  if (held.isOfConnection && to.type === "ObjectPattern") {
    holdParts(core, to, from, held);
    return;
  }
  if (mentions(core, from, held)) addNames(core, to, held.request);
  if (isOfToken(core, from, held)) addNames(core, to, held.token);
}

/** `token` and `userId` of `const { token, userId } = socket.handshake.auth` are not held alike. */
function holdParts(core: Core, to: TSESTree.ObjectPattern, from: Node, held: Held): void {
  const isOfRequest = mentions(core, from, held);
  const isToken = isOfToken(core, from, held);
  for (const part of to.properties) {
    const name = part.type === "Property" ? (staticKey(part.key, part.computed) ?? "") : "";
    if (isToken || isTokenRead(part, held)) addNames(core, part, held.token);
    else if (isOfRequest && !SAYS_WHO.test(name)) addNames(core, part, held.request);
  }
}

function addNames(core: Core, pattern: Node, names: Set<string>): void {
  walk(pattern, core.fileOf(pattern).visitorKeys, (node) => {
    if (node.type === "Identifier") names.add(node.name);
    return !node.type.startsWith("TS");
  });
}

function mentions(core: Core, expression: Node, held: Held): boolean {
  return hasWithin(
    core,
    expression,
    (node) =>
      node.type === "Identifier" &&
      held.request.has(node.name) &&
      !(held.isOfConnection && isOnlyWho(node)),
  );
}

function isOfToken(core: Core, expression: Node, held: Held): boolean {
  const { token } = held;
  return hasWithin(
    core,
    expression,
    (node) =>
      isTokenRead(node, held) ||
      (node.type === "Identifier" && token.has(node.name)) ||
      isReader(core, node, held),
  );
}

/** `this.extractTokenFromHeader(request)`: a function of the file that takes the token out, and does nothing with it. */
function isReader(core: Core, node: Node, { owner, hops }: Held): boolean {
  if (node.type !== "CallExpression" || hops === 0) return false;
  const target = core.evaluate(node.callee);
  return (
    target.type === "function" &&
    target.node !== owner &&
    core.fileOf(target.node) === core.fileOf(node) &&
    !handlesToken(core, target.node, hops - 1)
  );
}

/** `req.headers.authorization`, `socket.handshake.auth.token`, `req.cookies.jwt`, `header("Authorization")` */
function isTokenRead(node: Node, { isOfConnection }: Held): boolean {
  if (isOfConnection && isInAddress(node)) return true;
  if (node.type === "Property" && node.parent.type === "ObjectPattern") {
    const name = staticKey(node.key, node.computed);
    const source = sourceOf(node.parent);
    return isTokenIn(name, source) || (isOfConnection && isQueried(name, source));
  }
  if (node.type === "MemberExpression") return isTokenIn(memberName(node), pathOf(node.object));
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  if (node.type !== "CallExpression" || callee?.type !== "MemberExpression") return false;
  const holder = pathOf(callee.object);
  const isRequest = isIncoming(holder) || /headers?$/iu.test(holder.at(-1) ?? "");
  return (
    isRequest &&
    /^(?:get|header)$/u.test(memberName(callee) ?? "") &&
    isTokenHeader(textOf(node.arguments[0]))
  );
}

/** What a pattern takes apart: `req.headers` of `const { authorization } = req.headers`, `headers` of `{ headers: { … } }`. */
function sourceOf(pattern: TSESTree.ObjectPattern): string[] {
  const { parent } = pattern;
  const holder = parent.type === "AssignmentPattern" ? parent.parent : parent;
  if (holder.type === "VariableDeclarator") return holder.init === null ? [] : pathOf(holder.init);
  return holder.type === "Property" ? [staticKey(holder.key, holder.computed) ?? ""] : [];
}

/** The storage of a client has tokens under such names as well, and is no request: `this.auth.accessToken`. */
function isTokenIn(name: string | undefined, holder: readonly string[]): boolean {
  if (name === "authorizationToken") return true;
  const path = holder.join(".");
  if (name === undefined || path.startsWith("this.")) return false;
  return (
    (/(?:^|\.)headers$/iu.test(path) && isTokenHeader(name)) ||
    (SENT.test(path) && tokenName(name) !== undefined)
  );
}

/** Of a request, a header that is only called `token` is one, too. */
function isTokenHeader(name: string | undefined): boolean {
  return name === "token" || isAuthHeader(name);
}

/** What clients send beside the headers. */
const SENT = /(?:^|\.)(?:cookies|signedCookies|handshake\.(?:auth|query)|connectionParams)$/u;

function isHarmless(core: Core, node: Node, held: Held): boolean {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return isHarmlessCall(core, node, held);
    case "AssignmentExpression":
      return isHarmlessAssignment(core, node, held);
    case "BinaryExpression":
      return isHarmlessComparison(core, node.operator, [node.left, node.right], held);
    case "SwitchStatement":
      return !isOfToken(core, node.discriminant, held);
    case "MemberExpression":
      return (
        !asksWho(core, node, held) &&
        (!isElement(node) ||
          unwrap(node.property).type === "Literal" ||
          !mentions(core, node.property, held))
      );
    case "ForInStatement":
    case "ForOfStatement":
      return (
        held.isOfConnection &&
        !mentions(core, node.right, held) &&
        !isOfToken(core, node.right, held)
      );
    case "YieldExpression":
    case "TaggedTemplateExpression":
    case "ImportExpression":
      return false;
    default:
      return true;
  }
}

/** What is kept outside the function, `req.token = token` and `res.locals.token = token`, may be verified there. */
function isHarmlessAssignment(
  core: Core,
  { left, right }: TSESTree.AssignmentExpression,
  held: Held,
): boolean {
  if (
    /^(?:res|response|reply|ctx|context)\.(?:status|statusCode|body)$/u.test(pathOf(left).join("."))
  )
    return true;
  if (left.type === "MemberExpression") return !mentions(core, right, held);
  const [definition] = core.fileOf(left).variableOf(left)?.defs ?? [];
  // What nothing declares is kept for the whole program.
  const isDeclared = definition !== undefined && definition.type !== "ImplicitGlobalVariable";
  return (isDeclared && contains(held.owner, definition.node)) || !mentions(core, right, held);
}

/** `req.user`, which a verification before this one may have put there. */
function asksWho(
  core: Core,
  node: TSESTree.MemberExpression,
  { request, owner, isOfConnection }: Held,
): boolean {
  const root = rootOf(node);
  return (
    root.type === "Identifier" &&
    request.has(root.name) &&
    WHO.test(memberName(node) ?? "") &&
    !(isOfConnection ? /\b(?:handshake|query)\b/u : /\bhandshake$/u).test(
      dottedPath(node.object)?.join(".") ?? "",
    ) &&
    !isWritten(node) &&
    !(isOfConnection && SAYS_WHO.test(memberName(node) ?? "") && isPutThere(core, owner, node))
  );
}

const WHO =
  /^(?:\w*user(?:id)?|auth|session|identity|claims|decoded|payload|account|principal|locals|state|authorizer|requestContext|isAuth\w*|isLoggedIn)$/iu;

/** Methods that look at a text, or take a part of it. */
const OF_TEXT =
  /^(?:split|trim|replace|replaceAll|startsWith|endsWith|includes|indexOf|toLowerCase|toUpperCase|toString|slice|substring|substr|match|test|at|pop|shift|header|get)$/u;

/** Functions that make errors and answers, or find the request. */
const MAKES =
  /(?:Error|Exception|Response|\.(?:json|redirect|throw|switchTo(?:Http|Ws)|get(?:Request|Response|Client|Handler|Class|Args)))$|^(?:String|Boolean|JSON\.stringify|disconnect)$/u;

/** What a guard answers with. */
const ANSWERS = /^(?:next|callback|cb|done)$/u;

function isHarmlessCall(core: Core, call: CallNode, held: Held): boolean {
  const name = calleeName(call);
  if (isLogCall(call) || MAKES.test(name) || responseCalls(call).length > 0) return true;
  if (ANSWERS.test(name)) return !call.arguments.some((one) => givesToken(core, one, held));
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && OF_TEXT.test(memberName(callee) ?? ""))
    return call.arguments.every(isLiteral) || isPattern(callee.object);
  if (isReader(core, call, held)) return true;
  // What is not given anything of the request may have it some other way.
  if (held.isOfConnection && (readsAddress(call) || isUpgrade(core, call))) return true;
  if (held.isOfConnection && isWithoutToken(core, call, held))
    return !/auth|session|verif|valid|token|check|guard|jwt|decode|log_?in|sign_?in/iu.test(name);
  if (mentions(core, call, held)) return !held.isOfConnection && isPolicy(core, call, held);
  return !/auth|session|verif|valid|user|token|check|guard|jwt|decode/iu.test(name);
}

/** Is a call given neither the token nor what a client has sent as a whole, but in functions that it calls later? */
function isWithoutToken(core: Core, call: CallNode, held: Held): boolean {
  const isKept = keepsWho(call);
  return [call.callee, ...call.arguments].every(
    (one) =>
      isFunction(one) || (!isOfToken(core, one, held) && (isKept || !mentions(core, one, held))),
  );
}

/**
 * `done(null, token)`; the error of `next(new Error("no token"))` is its own, and what is called a user is taken for
 * one: `next({ ctx: { user: ctx.req.headers.token } })`.
 */
function givesToken(core: Core, argument: Node, held: Held): boolean {
  return (
    unwrap(argument).type !== "NewExpression" &&
    !saysWhoAsks(argument) &&
    isOfToken(core, argument, held)
  );
}

/** `/^Bearer .+$/.test(token)` */
function isPattern(written: Node): boolean {
  const node = unwrap(written);
  return node.type === "Literal" && "regex" in node;
}

/** `generatePolicy("user", "Allow", event.methodArn)`: a policy is made of what is not the token. */
function isPolicy(core: Core, call: CallNode, held: Held): boolean {
  return (
    /policy|allow|deny/iu.test(calleeName(call)) &&
    !call.arguments.some((one) => isOfToken(core, one, held) || isWholeRequest(one, held))
  );
}

function isWholeRequest(argument: Node, { request }: Held): boolean {
  const node = unwrap(argument);
  return node.type === "Identifier" && request.has(node.name);
}

/** With nothing, with its own scheme, with a number: what the token is, is not asked. */
function isHarmlessComparison(
  core: Core,
  operator: string,
  sides: readonly Node[],
  held: Held,
): boolean {
  if (!sides.some((side) => mentions(core, side, held))) return true;
  if (operator === "in" || operator === "instanceof") return false;
  if (!/^[!=]==?$/u.test(operator)) return true;
  const [left = "", right = ""] = sides.map((side) => dottedPath(side)?.join("."));
  if (left !== "" && left === right) return true;
  const ofToken = sides.find((side) => isOfToken(core, side, held));
  const other = sides.find((side) => side !== ofToken);
  if (ofToken === undefined) return sides.some((side) => isLiteral(side) || isNullish(side));
  if (other === undefined) return false;
  const text = textOf(other);
  return text === undefined
    ? isLiteral(other) || isNullish(other)
    : saysNoToken(text) || /^(?:bearer ?|token ?|jwt ?|string|object)$/iu.test(text);
}
