import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { passes } from "../answers/function-roles.ts";
import { leaves } from "../answers/results.ts";
import { inside } from "../files/inside.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { isIdentityHeader, isPartOfRequest } from "./identity-targets.ts";

/** A header that tells who is there, which the program sets only where a token is good. */
export interface KeptHeader {
  /** What sets it. */
  readonly node: Node;
  readonly header: string;
}

/**
 * `headers = new Headers(request.headers); if (token) { headers.set("x-user-id", (await verify(token)).sub); }
 * return NextResponse.next({ request: { headers } });`: without a good token the header goes on as the client has
 * sent it, and whatever stands behind believes it.
 */
export function keptHeaders({ core, file, operations }: Analysis): KeptHeader[] {
  if (!operations.some(({ kind }) => kind === "verify")) return [];
  const set = (file.index.called.get("set") ?? []).flatMap((node) => {
    const [name, value] = node.arguments;
    const header = textOf(name) ?? "";
    const owner = enclosingFunction(node);
    if (value === undefined || owner === undefined || !isIdentityHeader(header)) return [];
    if (!isPartOfRequest(core, node.callee) || !isVerified(core, value)) return [];
    const isGoneOn = inside(file.index.calls, owner).some(
      (call) => isGivenOn(core, call, node) && isReachedWithout(core, node, call),
    );
    return isGoneOn && !isTakenOut(core, owner, node, header) ? [{ node, header }] : [];
  });
  return [...set, ...proxied(core, operations)];
}

/**
 * `req.headers["x-user"] = claims.sub` of a guard that lets some pass before, and
 * `proxyReq.setHeader("x-user", req.headers["x-user"])` of a proxy: on the open paths it is the client's own.
 */
function proxied(core: Core, operations: readonly Operation[]): KeptHeader[] {
  const { code, index } = core.file;
  const forwarded = (index.called.get("setHeader") ?? []).flatMap(
    ({ arguments: [name, value] }) => {
      const header = textOf(name) ?? "";
      return isIdentityHeader(header) && headerRead(value) === header.toLowerCase() ? header : [];
    },
  );
  // What is taken off a request or an answer somewhere may be the client's own.
  if (forwarded.length === 0 || TAKES_OUT.test(code)) return [];
  return forwarded.flatMap((header) => {
    const written = index.assignments.filter(
      ({ left }) => headerRead(left) === header.toLowerCase(),
    );
    const [node, ...others] = written;
    const owner = node === undefined ? undefined : guardAround(core, node);
    if (node === undefined || owner === undefined || others.length > 0) return [];
    const isOpen = passes(core, owner).some(
      (call) => call.range[0] < node.range[0] && !isOfKnown(core, call, owner),
    );
    const isFound = isVerified(core, node.right) || isOfCallback(core, node.right, operations);
    return isOpen && isFound ? [{ node, header }] : [];
  });
}

/** `JSON.stringify(claims.user)` in the callback of a verification */
function isOfCallback(core: Core, value: Node, operations: readonly Operation[]): boolean {
  const { file } = core;
  return operations.some(({ kind, callback }) => {
    const claims = kind === "verify" ? callback?.function?.params[1] : undefined;
    if (claims?.type !== "Identifier") return false;
    return (file.variableOf(claims)?.references ?? []).some(({ identifier }) =>
      contains(value, identifier),
    );
  });
}

const TAKES_OUT = /\bdelete \w[^;\n]*headers|removeHeader\(/u;

/** `x-user` of `req.headers["x-user"]` */
function headerRead(node: Node | undefined): string | undefined {
  const [request = "", headers, name, ...more] = node === undefined ? [] : (dottedPath(node) ?? []);
  return /^_?req(?:uest)?$/u.test(request) && headers === "headers" && more.length === 0
    ? name?.toLowerCase()
    : undefined;
}

/** The middleware in which, or in whose callback, a node stands. */
function guardAround(core: Core, node: Node): FunctionNode | undefined {
  let owner = enclosingFunction(node);
  while (owner !== undefined && passes(core, owner).every(({ range }) => range[0] > node.range[0]))
    owner = enclosingFunction(owner);
  return owner;
}

const WRITTEN = /(["'`])\/[^"'`]*\1/gu;

/** `if (req.user) return next();`: who asks has been found out in another way. */
function isOfKnown(core: Core, pass: Node, owner: FunctionNode): boolean {
  const { text } = core.file;
  return conditionsAt(pass, owner).some(({ test }) =>
    /user|isAuth|session|identity|verif|claims/iu.test(
      text.slice(...test.range).replaceAll(WRITTEN, ""),
    ),
  );
}

function isVerified(core: Core, value: Node): boolean {
  return hasWithin(
    core,
    value,
    (part) =>
      (part.type === "Identifier" || part.type === "MemberExpression") &&
      may(core.evaluate(part), (one) => one.type === "claims"),
  );
}

/** Does a call send on the headers that another one has set: `NextResponse.next({ request: { headers } })`? */
function isGivenOn(core: Core, call: CallNode, set: CallNode): boolean {
  if (call.range[0] < set.range[1] || !GIVES_ON.test(calleeName(call))) return false;
  const file = core.fileOf(set);
  const held = rootOf(set.callee);
  // `request.headers.set(…)`: the request itself goes on.
  if (isOfRequest(set) && call.arguments.length === 0) return true;
  const variable = held.type === "Identifier" ? file.variableOf(held) : undefined;
  return call.arguments.some((one) =>
    hasWithin(
      core,
      one,
      (part) => part.type === "Identifier" && file.variableOf(part) === variable,
    ),
  );
}

const GIVES_ON = /^(?:NextResponse\.(?:next|rewrite)|fetch)$/u;

function isOfRequest({ callee }: CallNode): boolean {
  return /^_?req(?:uest)?\.headers\.set$/u.test(dottedPath(callee)?.join(".") ?? "");
}

/** Does a program come to a later place also where it has not come to an earlier one? */
function isReachedWithout(core: Core, before: Node, after: Node): boolean {
  let from: Node = before;
  for (let at = parentOf(from); at !== undefined && !contains(at, after); at = parentOf(at)) {
    if (at.type === "IfStatement" && from !== at.test && !isOfGoodToken(core, at.test)) {
      const other = from === at.consequent ? at.alternate : at.consequent;
      if (other === null || !leaves(core, other)) return true;
    }
    if (at.type === "TryStatement" && from === at.block)
      if (at.handler !== null && !leaves(core, at.handler.body)) return true;
    if (at.type === "LogicalExpression" && from === at.right) return true;
    from = at;
  }
  return false;
}

/** `if (payload.role)`: a token that was good is asked for what it says. */
function isOfGoodToken(core: Core, test: Node): boolean {
  return hasWithin(
    core,
    test,
    (part) =>
      part.type === "MemberExpression" &&
      !part.optional &&
      may(core.evaluate(part), (one) => one.type === "claims"),
  );
}

/** What the client has sent is taken out, or written over, elsewhere. */
function isTakenOut(core: Core, owner: FunctionNode, set: CallNode, header: string): boolean {
  return inside(core.fileOf(owner).index.calls, owner).some((call) => {
    const method = unwrap(call.callee);
    if (call === set || method.type !== "MemberExpression") return false;
    const name = textOf(call.arguments[0]);
    const isSame = name === undefined || name.toLowerCase() === header.toLowerCase();
    return isSame && /^(?:delete|set)$/u.test(memberName(method) ?? "");
  });
}
