import type { Analysis } from "../analysis.ts";
import { callSites } from "../call-sites.ts";
import { contains, dottedPath, isFunction, memberName, staticKey, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { tokenName } from "../tokens/words.ts";

/**
 * Reads of the query string that give a token: `req.query.token`, `c.req.query("token")`,
 * `getQuery(event).token`, `url.searchParams.get("token")`, `socket.handshake.query.token`.
 */
export function queryReads(analysis: Analysis, token: Node): Node[] {
  const found: Node[] = [];
  trace(analysis, token, found, new Set());
  return found;
}

/** How many expressions one token is traced back through. */
const MAX_NODES = 100;

function trace(analysis: Analysis, expression: Node, found: Node[], seen: Set<Node>): void {
  const node = unwrap(expression);
  if (seen.has(node) || seen.size > MAX_NODES) return;
  seen.add(node);
  const go = (next: Node | null | undefined): void => {
    if (next != null && analysis.fileOf(next) === analysis.file) trace(analysis, next, found, seen);
  };
  if (isQueryRead(analysis, node)) {
    found.push(node);
    return;
  }
  switch (node.type) {
    case "LogicalExpression":
      if (node.operator !== "&&") go(node.left);
      go(node.right);
      break;
    case "ConditionalExpression":
      go(node.consequent);
      go(node.alternate);
      break;
    case "TemplateLiteral":
      for (const hole of node.expressions) go(hole);
      break;
    case "MemberExpression":
      // `header.split(" ")[1]`
      if (node.computed) go(node.object);
      break;
    case "CallExpression": {
      const callee = unwrap(node.callee);
      if (
        callee.type === "MemberExpression" &&
        /^(?:split|toString|trim|replace|slice|substring)$/u.test(memberName(callee) ?? "")
      ) {
        go(callee.object);
      } else if (dottedPath(callee)?.join(".") === "String") {
        go(node.arguments[0]);
      } else {
        const target = analysis.evaluate(callee);
        if (target.type === "function")
          for (const read of returnsOf(analysis, target.node)) go(read);
      }
      break;
    }
    case "Identifier":
      traceName(analysis, node, go);
      break;
    default:
      break;
  }
}

function traceName(
  analysis: Analysis,
  node: Extract<Node, { type: "Identifier" }>,
  go: (next: Node | null | undefined) => void,
): void {
  const variable = analysis.file.variableOf(node);
  if (variable === undefined) return;
  for (const { node: definition } of variable.defs as readonly { node: Node }[]) {
    if (definition.type === "VariableDeclarator") {
      if (definition.id.type === "Identifier") go(definition.init);
      else if (definition.id.type === "ObjectPattern" && definition.init !== null) {
        // `const { token } = req.query`
        const property = definition.id.properties.find(
          (one) =>
            one.type === "Property" &&
            variable.identifiers.some((name) => contains(one.value, name)),
        );
        const isToken =
          property?.type === "Property" &&
          tokenName(staticKey(property.key, property.computed) ?? "") !== undefined;
        if (property !== undefined && isToken && isQuery(definition.init)) go(property);
      }
    } else if (isFunction(definition)) {
      const position = definition.params.findIndex((parameter) =>
        variable.identifiers.includes(parameter as never),
      );
      for (const call of callSites(analysis.core, definition).calls) go(call.arguments[position]);
    }
  }
  for (const reference of variable.references) {
    if (reference.isWrite() && reference.init !== true) go(reference.writeExpr);
  }
}

function returnsOf(analysis: Analysis, owner: FunctionNode): Node[] {
  if (owner.body.type !== "BlockStatement") return [owner.body];
  const { body } = owner;
  return [
    ...analysis.file.index.members.filter((member) => contains(body, member) && isReturned(member)),
  ];
}

function isReturned(node: Node): boolean {
  let outer: Node = node;
  while (
    outer.parent?.type === "LogicalExpression" ||
    outer.parent?.type === "ConditionalExpression" ||
    outer.parent?.type === "ChainExpression" ||
    outer.parent?.type === "TSAsExpression"
  ) {
    outer = outer.parent;
  }
  return outer.parent?.type === "ReturnStatement";
}

/** Reads of the query string that a function which finds the token may give. */
export function queryReadsIn(analysis: Analysis, owner: FunctionNode): Node[] {
  const { members, calls } = analysis.file.index;
  return [...members, ...calls].filter(
    (node) => contains(owner, node) && isQueryRead(analysis, node) && !isTest(node),
  );
}

function isTest(node: Node): boolean {
  let outer: Node = node;
  while (
    outer.parent?.type === "ChainExpression" ||
    (outer.parent?.type === "LogicalExpression" &&
      outer.parent.operator === "&&" &&
      outer.parent.left === outer)
  )
    outer = outer.parent;
  return (
    (outer.parent?.type === "IfStatement" && outer.parent.test === outer) ||
    (outer.parent?.type === "LogicalExpression" && outer.parent.parent.type === "IfStatement")
  );
}

function isQueryRead(analysis: Analysis, node: Node): boolean {
  if (node.type === "Property") return true;
  if (node.type === "MemberExpression") {
    const name = memberName(node);
    return name !== undefined && isQuery(node.object) && isSignIn(name);
  }
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (
    callee.type !== "MemberExpression" ||
    first?.type !== "Literal" ||
    typeof first.value !== "string"
  )
    return false;
  const name = memberName(callee);
  if (name === "query") return lastName(callee.object) === "req" && isSignIn(first.value);
  if (name !== "get" || !isSignIn(first.value)) return false;
  return lastName(callee.object) === "searchParams" || isSearchOfRequest(analysis, callee.object);
}

/** Any name may be given to the parameter, as long as it does not say that it is something else. */
function isSignIn(name: string): boolean {
  return (
    tokenName(name) !== undefined ||
    /^(?:t|auth|jwt|access|key|ticket|sid|session|signature|sso)$/iu.test(name)
  );
}

function isQuery(node: Node): boolean {
  const current = unwrap(node);
  if (current.type === "MemberExpression") {
    return /^(?:query|queryStringParameters)$/u.test(memberName(current) ?? "");
  }
  return (
    current.type === "CallExpression" &&
    /^(?:getQuery|getValidatedQuery)$/u.test(dottedPath(current.callee)?.at(-1) ?? "")
  );
}

function lastName(node: Node): string | undefined {
  const current = unwrap(node);
  return current.type === "MemberExpression"
    ? memberName(current)
    : current.type === "Identifier"
      ? current.name
      : undefined;
}

/** `const { searchParams } = new URL(request.url)`. */
function isSearchOfRequest(analysis: Analysis, node: Node): boolean {
  const current = unwrap(node);
  if (current.type !== "Identifier") return false;
  const [definition] = analysis.file.variableOf(current)?.defs ?? [];
  const declarator = definition?.node as Node | undefined;
  if (declarator?.type !== "VariableDeclarator" || declarator.init === null) return false;
  const init = unwrap(declarator.init);
  return init.type === "NewExpression" && dottedPath(init.callee)?.at(-1) === "URLSearchParams";
}
