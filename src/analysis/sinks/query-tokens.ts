import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import { passes } from "../answers/function-roles.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isElement,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isIncoming } from "../tokens/incoming-headers.ts";
import { isAuthHeader, verifierName } from "../tokens/words.ts";
import { argumentsAt } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import {
  isQuery,
  isQueryParameter,
  isQueryRead,
  isTokenParameter,
  TEXT_METHODS,
} from "./query-reads.ts";
import { isForLink } from "../network/mailed.ts";

/**
 * Reads of the query string that a token comes from: `req.query.token`, `c.req.query("token")`,
 * `getQuery(event).token`, `url.searchParams.get("token")`, `socket.handshake.query.token`.
 */
export function queryReads(analysis: Analysis, token: Node): Node[] {
  const trail: Trail = { analysis, found: [], seen: new Set() };
  trace(trail, token);
  return trail.found;
}

/** Those that a function which finds the token of a request may give. */
export function queryReadsOf(analysis: Analysis, owner: FunctionNode): Node[] {
  const trail: Trail = { analysis, found: [], seen: new Set() };
  for (const result of returnArguments(analysis.core, owner)) trace(trail, result);
  return trail.found;
}

interface Trail {
  readonly analysis: Analysis;
  readonly found: Node[];
  readonly seen: Set<Node>;
}

/** How many expressions one token is traced back through. */
const MAX_NODES = 100;

function trace(trail: Trail, expression: Node): void {
  const { analysis, found, seen } = trail;
  const node = unwrap(expression);
  if (seen.has(node) || seen.size > MAX_NODES || analysis.fileOf(node) !== analysis.file) return;
  seen.add(node);
  if (isQueryRead(analysis, node)) {
    found.push(node);
    return;
  }
  switch (node.type) {
    case "LogicalExpression":
      if (node.operator !== "&&") trace(trail, node.left);
      trace(trail, node.right);
      break;
    case "ConditionalExpression":
      trace(trail, node.consequent);
      trace(trail, node.alternate);
      break;
    case "TemplateLiteral":
      for (const hole of node.expressions) trace(trail, hole);
      break;
    case "BinaryExpression":
      if (node.operator !== "+") break;
      trace(trail, node.left);
      trace(trail, node.right);
      break;
    case "MemberExpression":
      // `header.split(" ")[1]`
      if (isElement(node)) trace(trail, node.object);
      else traceField(trail, unwrap(node.object), memberName(node));
      break;
    case "CallExpression":
      traceCall(trail, node);
      break;
    case "Identifier":
      traceName(trail, node);
      break;
    default:
      break;
  }
}

function traceCall(trail: Trail, node: Extract<Node, { type: "CallExpression" }>): void {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type === "MemberExpression" && TEXT_METHODS.test(memberName(callee) ?? "")) {
    trace(trail, callee.object);
    return;
  }
  if (dottedPath(callee)?.join(".") === "String") {
    if (first !== undefined) trace(trail, first);
    return;
  }
  const target = trail.analysis.evaluate(callee);
  if (target.type !== "function") return;
  for (const result of returnArguments(trail.analysis.core, target.node)) trace(trail, result);
}

function traceName(trail: Trail, node: Extract<Node, { type: "Identifier" }>): void {
  const { analysis } = trail;
  const variable = analysis.file.variableOf(node);
  if (variable === undefined) return;
  for (const { node: definition } of variable.defs as readonly { node: Node }[]) {
    if (definition.type === "VariableDeclarator" && definition.init !== null) {
      if (definition.id.type === "Identifier") trace(trail, definition.init);
      else if (definition.id.type === "ObjectPattern" && isQuery(analysis, definition.init)) {
        // `const { token } = req.query`
        const property = definition.id.properties.find((one) =>
          variable.identifiers.some((name) => contains(one, name)),
        );
        if (property?.type !== "Property") continue;
        if (isTokenParameter(staticKey(property.key, property.computed)))
          trail.found.push(property);
      }
    } else if (isFunction(definition)) {
      const [name] = variable.identifiers;
      if (name === undefined) continue;
      const parameter = definition.params.find((one) => contains(one, name));
      if (parameter?.type === "ObjectPattern") {
        const property = parameter.properties.find((one) => contains(one, name));
        if (property?.type !== "Property") continue;
        const key = staticKey(property.key, property.computed);
        for (const argument of givenTo(trail, definition, parameter)) field(trail, argument, key);
        continue;
      }
      if (parameter !== undefined && isQueryParameter(parameter)) trail.found.push(parameter);
      for (const argument of givenTo(trail, definition, parameter)) trace(trail, argument);
    }
  }
  for (const reference of variable.references) {
    const write = reference.writeExpr;
    if (reference.isWrite() && reference.init !== true && write != null) trace(trail, write);
  }
}

/** What the calls of a function in this file give for one of its parameters. */
function givenTo({ analysis }: Trail, owner: FunctionNode, parameter: Node | undefined): Node[] {
  const position = owner.params.findIndex((one) => one === parameter);
  return argumentsAt(analysis.core, owner, position);
}

/** `options.token`, where the options are an object of this file. */
function traceField(trail: Trail, object: Node, name: string | undefined): void {
  if (object.type !== "Identifier") return;
  const [definition] = trail.analysis.file.variableOf(object)?.defs ?? [];
  const node = definition?.node as Node | undefined;
  if (node?.type === "VariableDeclarator" && node.init !== null) field(trail, node.init, name);
  if (!isFunction(node)) return;
  const parameter = node.params.find((one) => definition?.name === one);
  for (const argument of givenTo(trail, node, parameter)) field(trail, argument, name);
}

/** `token` of `{ token: req.query.token }` */
function field(trail: Trail, written: Node, name: string | undefined): void {
  const object = unwrap(written);
  if (object.type !== "ObjectExpression" || name === undefined) return;
  for (const property of object.properties) {
    if (property.type === "Property" && staticKey(property.key, property.computed) === name) {
      trace(trail, property.value);
    }
  }
}

/** `req.headers.authorization = "Bearer " + req.query.token`, for a middleware that comes after. */
export function movedToHeader(analysis: Analysis): Node[] {
  return analysis.file.index.assignments.flatMap(({ left, right }) => {
    if (left.type !== "MemberExpression" || !isAuthHeader(memberName(left))) return [];
    const path = dottedPath(left.object) ?? [];
    const isOfRequest = /^headers?$/u.test(path.at(-1) ?? "") && isIncoming(path.slice(0, -1));
    return isOfRequest ? queryReads(analysis, right) : [];
  });
}

/** `getSession(token)`, `findUserByToken(token)`: who has signed in with it. */
const findsSession = byName((name) =>
  /^(?:get|find|fetch|load|look_?up|resolve|verify|validate|check)_?(?:(?:User|Account|Member|Current|Active|Auth)?_?Session|(?:User|Account|Member)_?(?:By|From|For|With)_?(?:Auth|Access|Session)?_?(?:Token|Session|Jwt))(?:By\w+)?$/iu.test(
    name,
  ),
);

/**
 * `verifyAccessToken(req.query.token)`, where the function is out of sight. What `verifyToken` is given may
 * be the code of a link that is good once; a socket's handshake has no such codes, and no middleware
 * that goes on to the next handler is what a link leads to.
 */
export function handedToVerifier(analysis: Analysis): { node: Node; name: string }[] {
  return analysis.file.index.calls.flatMap((call) => {
    const name = calledName(call) ?? "";
    const strength = verifierName(name) ?? (findsSession(name) ? "weak" : undefined);
    const [token] = call.arguments;
    if (strength === undefined || token === undefined) return [];
    const target = analysis.evaluate(call.callee);
    if (target.type === "entity") return [];
    if (target.type === "function" && analysis.fileOf(target.node) === analysis.file) return [];
    return queryReads(analysis, token)
      .filter(
        (read) =>
          strength === "strong" ||
          isOfHandshake(analysis, read) ||
          isInMiddleware(analysis, call) ||
          isAuthenticated(analysis, call),
      )
      .map((node) => ({ node, name: calleeName(call) }));
  });
}

/** A handler that answers 401 without it, and looks after no link of a mail. */
function isAuthenticated({ file }: Analysis, call: CallNode): boolean {
  const owner = enclosingFunction(call);
  const text = owner === undefined ? "" : file.text.slice(...owner.range);
  return /\b401\b|unauthori[sz]ed/iu.test(text) && !isForLink(text) && !/e-?mail/iu.test(text);
}

function isInMiddleware({ core }: Analysis, call: CallNode): boolean {
  const owner = enclosingFunction(call);
  return owner !== undefined && passes(core, owner).length > 0;
}

/**
 * `socket.handshake.query.token`, `const { token } = socket.handshake.query`, and what is read where
 * somebody connects: `server.on("connection", (socket, request) => …)`.
 */
function isOfHandshake(analysis: Analysis, read: Node): boolean {
  const source = read.type === "Property" ? read.parent.parent : read;
  if (/\bhandshake\b/u.test(analysis.file.text.slice(...source.range))) return true;
  for (let owner = enclosingFunction(read); owner !== undefined; owner = enclosingFunction(owner)) {
    const call = parentOf(owner);
    const [event] = call?.type === "CallExpression" ? call.arguments : [];
    if (/^(?:connection|upgrade)$/u.test(textOf(event) ?? "")) return true;
  }
  return false;
}
