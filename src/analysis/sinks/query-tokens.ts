import type { Analysis } from "../analysis.ts";
import { contains, dottedPath, isFunction, memberName, staticKey, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { tokenName } from "../tokens/words.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";

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
    case "MemberExpression":
      // `header.split(" ")[1]`
      if (node.computed) trace(trail, node.object);
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

/** Methods that give their text back, or a part of it. */
const TEXT_METHODS = /^(?:split|toString|trim|replace|slice|substring)$/u;

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
      else if (definition.id.type === "ObjectPattern" && isQuery(definition.init)) {
        // `const { token } = req.query`
        const property = definition.id.properties.find((one) =>
          variable.identifiers.some((name) => contains(one, name)),
        );
        if (property?.type !== "Property") continue;
        if (isTokenParameter(staticKey(property.key, property.computed)))
          trail.found.push(property);
      }
    } else if (isFunction(definition)) {
      const position = definition.params.findIndex((parameter) =>
        variable.identifiers.includes(parameter as never),
      );
      for (const call of callSites(analysis.core, definition).calls) {
        const argument = call.arguments[position];
        if (argument !== undefined) trace(trail, argument);
      }
    }
  }
  for (const reference of variable.references) {
    const write = reference.writeExpr;
    if (reference.isWrite() && reference.init !== true && write != null) trace(trail, write);
  }
}

function isQueryRead(analysis: Analysis, node: Node): boolean {
  if (node.type === "MemberExpression") {
    return isQuery(node.object) && isTokenParameter(memberName(node));
  }
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type !== "MemberExpression" || first?.type !== "Literal") return false;
  if (typeof first.value !== "string" || !isTokenParameter(first.value)) return false;
  const receiver = lastName(callee.object);
  if (memberName(callee) === "query") return receiver === "req";
  if (memberName(callee) !== "get") return false;
  return receiver === "searchParams" || isSearch(analysis, callee.object);
}

/** Parameters that are named for a token, or for signing in. */
function isTokenParameter(name: string | undefined): boolean {
  return (
    name !== undefined &&
    (tokenName(name) !== undefined || /^(?:t|auth|access|key|ticket|sid|session|sso)$/iu.test(name))
  );
}

/** `req.query`, `socket.handshake.query`, `event.queryStringParameters`, `getQuery(event)`. */
function isQuery(node: Node): boolean {
  const current = unwrap(node);
  if (current.type === "MemberExpression") {
    return /^(?:query|queryStringParameters)$/u.test(memberName(current) ?? "");
  }
  if (current.type !== "CallExpression") return false;
  return /^(?:getQuery|getValidatedQuery)$/u.test(dottedPath(current.callee)?.at(-1) ?? "");
}

function lastName(node: Node): string | undefined {
  const current = unwrap(node);
  if (current.type === "MemberExpression") return memberName(current);
  return current.type === "Identifier" ? current.name : undefined;
}

/** `new URLSearchParams(request.url…)` in a variable or in place. */
function isSearch(analysis: Analysis, node: Node): boolean {
  let current = unwrap(node);
  if (current.type === "Identifier") {
    const [definition] = analysis.file.variableOf(current)?.defs ?? [];
    const declarator = definition?.node as Node | undefined;
    if (declarator?.type !== "VariableDeclarator" || declarator.init === null) return false;
    current = unwrap(declarator.init);
  }
  return (
    current.type === "NewExpression" && dottedPath(current.callee)?.at(-1) === "URLSearchParams"
  );
}
