import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import { dottedPath, isFunction, memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isAboutSigningIn, isTokenLabel } from "../tokens/words.ts";
import { returnArguments } from "./classes.ts";
import { givenTo } from "./given.ts";

/**
 * Tokens taken apart without a library: a compact JWS (RFC 7515 section 3.1) is three base64url
 * texts with full stops between them, so `JSON.parse(atob(token.split(".")[1]))` reads one.
 */
export interface HandmadeDecode {
  /** What is split at the full stops. */
  readonly token: Node;
  readonly part: "header" | "payload";
}

/** How many nodes one `JSON.parse` argument is traced back through. */
const MAX_NODES = 300;

interface Trail {
  token: Node | undefined;
  /** What is taken for a token as a whole, and has no signature then: `JSON.parse(atob(req.cookies.jwt))`. */
  whole: Node | undefined;
  index: number | undefined;
  base64: boolean;
  visited: number;
}

/** Functions whose name says that they decode base64. */
const BASE64 =
  /(?:^|\.)(?:atob|\w*(?:base64|b64)\w*(?:\.(?:decode|toBuffer|parse|toByteArray))?)$/iu;

/** @param call a call of `JSON.parse` */
export function handmadeDecode(core: Core, call: CallNode): HandmadeDecode | undefined {
  const [argument] = call.arguments;
  if (argument === undefined) return undefined;
  const trail: Trail = {
    token: undefined,
    whole: undefined,
    index: undefined,
    base64: false,
    visited: 0,
  };
  trace(core, argument, trail, new Set());
  trail.token ??= trail.whole;
  if (trail.token === undefined || !trail.base64) return undefined;
  return { token: trail.token, part: trail.index === 0 ? "header" : "payload" };
}

function trace(core: Core, written: Node, trail: Trail, seen: Set<Node>): void {
  const node = unwrap(written);
  if (seen.has(node) || trail.visited > MAX_NODES || trail.token !== undefined) return;
  seen.add(node);
  trail.visited += 1;
  const go = (next: Node | null | undefined): void => {
    if (next != null) trace(core, next, trail, seen);
  };
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      traceCall(core, node, trail, go);
      break;
    case "MemberExpression":
      if (isCookie(dottedPath(node.object), memberName(node)) || isHeader(core, node))
        trail.whole ??= node;
      if (
        node.computed &&
        node.property.type === "Literal" &&
        typeof node.property.value === "number"
      ) {
        trail.index ??= node.property.value;
      }
      go(node.object);
      break;
    case "Identifier":
      traceName(core, node, trail, go);
      break;
    case "BinaryExpression":
      go(node.left);
      go(node.right);
      break;
    case "LogicalExpression":
      go(node.left);
      go(node.right);
      break;
    case "ConditionalExpression":
      go(node.consequent);
      go(node.alternate);
      break;
    case "TemplateLiteral":
      for (const hole of node.expressions) go(hole);
      break;
    default:
      if (isFunction(node)) for (const result of returnArguments(core, node)) go(result);
  }
}

function traceCall(core: Core, node: CallNode, trail: Trail, go: (next: Node) => void): void {
  const callee = unwrap(node.callee);
  const name =
    dottedPath(callee)?.join(".") ??
    (callee.type === "MemberExpression" ? memberName(callee) : undefined);
  if (name !== undefined && BASE64.test(name)) trail.base64 = true;
  if (node.arguments.some((argument) => isEncoding(argument))) trail.base64 = true;
  if (callee.type === "MemberExpression") {
    if (memberName(callee) === "split" && isFullStop(node.arguments[0])) {
      trail.token = callee.object;
      return;
    }
    const isRead = memberName(callee) === "get" && node.arguments.length === 1;
    if (isRead && isCookie(dottedPath(callee.object), textOf(node.arguments[0])))
      trail.whole ??= node;
    if (isHeader(core, node)) trail.whole ??= node;
    go(callee.object);
  } else {
    const target = core.evaluate(callee);
    if (target.type === "function" && core.fileOf(target.node) === core.fileOf(node)) {
      for (const result of returnArguments(core, target.node)) go(result);
    }
  }
  for (const argument of node.arguments) {
    if (argument.type !== "SpreadElement" && !isFunction(argument)) go(argument);
  }
}

/**
 * A cookie of a request that is called for who has signed in. Signed ones stand elsewhere; only koa's
 * `ctx.cookies` looks for a signature by itself, where the application has keys.
 */
function isCookie(holder: readonly string[] | undefined, name: string | undefined): boolean {
  return (
    holder?.at(-1) === "cookies" &&
    holder[0] !== "ctx" &&
    /jwt|token|session|user|auth/iu.test(name ?? "") &&
    !/csrf|xsrf/iu.test(name ?? "")
  );
}

/** `req.headers.authorization`, `request.headers.get("authorization")`, in a file that looks at no signature */
function isHeader(core: Core, node: Node): boolean {
  const name =
    node.type === "MemberExpression"
      ? memberName(node)
      : node.type === "CallExpression" &&
          /(?:^|\.)(?:get|header)$/u.test(dottedPath(node.callee)?.join(".") ?? "")
        ? textOf(node.arguments[0])
        : undefined;
  return name?.toLowerCase() === "authorization" && mayBeUnsigned(core.fileOf(node));
}

/** `verifyToken(token)`: a parameter that is called for what it is, where the file is about signing in. */
function isTokenParameter(core: Core, node: Node): boolean {
  if (node.type !== "Identifier" || !isTokenLabel(node.name)) return false;
  return (
    core.fileOf(node).variableOf(node)?.defs[0]?.type === "Parameter" &&
    mayBeUnsigned(core.fileOf(node))
  );
}

/**
 * May a file take JSON in base64 for a token? Such texts carry much that signs nobody in, such as the place in a list; and a
 * file that computes or compares signatures, decrypts, or has its cookies signed, may put one into the same text.
 */
export function mayBeUnsigned(file: SourceFile): boolean {
  return (isAboutSigningIn(file) || KEEPS_SOMEBODY.test(file.code)) && !OTHERWISE.test(file.code);
}

/** `"auth-token"`, `sessionOf(request)`: a file that only reads what a sign-in has left says no more. */
const KEEPS_SOMEBODY = /\bauth(?!or)|session|current_?user/iu;

const OTHERWISE =
  /cursor|pagina|continuation|(?:page|next)_?token|startAfter|search_?after|ExclusiveStartKey|hmac|signature|create(?:Verify|Sign)|createHash\([^;]{0,200}(?:secret|key)|\b(?:crypto|kms)\.(?:sign|mac)\b|timingSafeEqual|subtle|decrypt|cipher|nacl|sodium|\bsigned\b|signed_?cookie|sign_?cookie|\b(?:un)?seal/iu;

function isEncoding(node: Node): boolean {
  return /^base64(?:url)?$/u.test(textOf(node) ?? "");
}

function isFullStop(node: Node | undefined): boolean {
  return textOf(node) === ".";
}

function traceName(
  core: Core,
  node: Extract<Node, { type: "Identifier" }>,
  trail: Trail,
  go: (next: Node) => void,
): void {
  const file = core.fileOf(node);
  if (isTokenParameter(core, node)) trail.whole ??= node;
  const declarator = declaratorOf(file, node);
  if (declarator?.id.type === "ArrayPattern") {
    const variable = file.variableOf(node);
    const index = declarator.id.elements.findIndex(
      (element) => element?.type === "Identifier" && file.variableOf(element) === variable,
    );
    if (index !== -1) trail.index ??= index;
  }
  for (const origin of givenTo(core, node)) go(origin);
}
