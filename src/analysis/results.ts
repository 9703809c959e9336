import path from "node:path";
import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "./core.ts";
import { readersOf } from "./flow.ts";
import type { Operation } from "./operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  unwrap,
} from "./syntax.ts";
import type { FunctionNode, Node } from "./syntax.ts";
import { literal, truthiness } from "./value.ts";

/** What becomes of a promise. */
export type PromiseFate =
  /** Awaited, returned, chained or handed on. */
  | { readonly kind: "handled" }
  /** Nobody waits: a rejection stops nothing. */
  | { readonly kind: "dropped"; readonly node: Node }
  /** Tested or read as if it were the result: it is always truthy and has none of its properties. */
  | { readonly kind: "used-as-result"; readonly node: Node };

const HANDLED: PromiseFate = { kind: "handled" };

export function promiseFate(core: Core, call: Node): PromiseFate {
  let node = call;
  let parent = parentOf(node);
  while (parent !== undefined && isCast(parent)) {
    node = parent;
    parent = parentOf(node);
  }
  switch (parent?.type) {
    case "ExpressionStatement":
      return { kind: "dropped", node };
    case "UnaryExpression":
      return parent.operator === "!" ? { kind: "used-as-result", node } : { kind: "dropped", node };
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node ? { kind: "used-as-result", node } : HANDLED;
    case "LogicalExpression":
      return parent.left === node ? { kind: "used-as-result", node } : HANDLED;
    case "MemberExpression":
      return /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then")
        ? HANDLED
        : { kind: "used-as-result", node };
    case "CallExpression":
      // `Boolean(verifyAsync(token))`
      return parent.callee.type === "Identifier" && parent.callee.name === "Boolean"
        ? { kind: "used-as-result", node }
        : HANDLED;
    case "VariableDeclarator":
      if (parent.id.type === "ObjectPattern") return { kind: "used-as-result", node };
      return parent.id.type === "Identifier" ? heldPromise(core, parent.id) : HANDLED;
    default:
      return HANDLED;
  }
}

function isCast(node: Node): boolean {
  return (
    node.type === "TSAsExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "ChainExpression"
  );
}

function heldPromise(core: Core, name: TSESTree.Identifier): PromiseFate {
  const readers = readersOf(core.fileOf(name).variableOf(name), name);
  if (readers.length === 0) return { kind: "dropped", node: name };
  const fates = readers.map((reader) => {
    const parent = parentOf(reader);
    if (parent?.type === "MemberExpression" && parent.object === reader) {
      return /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then") ? "handled" : "used";
    }
    if (
      parent?.type === "IfStatement" ||
      (parent?.type === "UnaryExpression" && parent.operator === "!")
    ) {
      return "used";
    }
    return "handled";
  });
  const at = fates.every((fate) => fate === "used") ? readers[0] : undefined;
  return at === undefined ? HANDLED : { kind: "used-as-result", node: at };
}

/** What a program does when a verification has failed. */
export interface FailureHandling {
  readonly kind:
    | "rethrows"
    /** 401, a redirect, a closed connection. */
    | "answers"
    /** `next(err)`, `reject(err)`. */
    | "passes-on"
    /** Returns nothing, `null` or `false`. */
    | "returns-empty"
    /** Goes on as if the token had been verified. */
    | "succeeds"
    /** Goes on behind the failure. */
    | "falls-through"
    | "unknown";
  readonly node: Node;
}

/** The catch clause that a failure of this call reaches, in the same function. */
export function catchOf(node: Node): TSESTree.CatchClause | undefined {
  const owner = enclosingFunction(node);
  let from = node;
  for (let current = parentOf(node); current !== undefined; current = parentOf(current)) {
    if (current === owner) return undefined;
    if (
      current.type === "TryStatement" &&
      contains(current.block, from) &&
      current.handler !== null
    ) {
      return current.handler;
    }
    from = current;
  }
  return undefined;
}

export function handlingOf(core: Core, block: Node): FailureHandling {
  const found: FailureHandling[] = [];
  visitStatements(core, block, (node) => {
    const handling = handlingAt(core, node);
    if (handling !== undefined) found.push(handling);
  });
  // One branch that leaves properly is the handling; what another branch does is its exception.
  const proper = found.find((one) => LEAVES.has(one.kind));
  return proper ?? found[0] ?? { kind: "falls-through", node: block };
}

const LEAVES: ReadonlySet<FailureHandling["kind"]> = new Set<FailureHandling["kind"]>([
  "rethrows",
  "answers",
  "passes-on",
  "returns-empty",
  "unknown",
]);

function handlingAt(core: Core, node: Node): FailureHandling | undefined {
  switch (node.type) {
    case "ThrowStatement":
      return { kind: "rethrows", node };
    case "ReturnStatement":
      return node.argument === null
        ? { kind: "returns-empty", node }
        : returnHandling(core, node, node.argument);
    case "BreakStatement":
    case "ContinueStatement":
      return { kind: "unknown", node };
    case "ExpressionStatement":
      return expressionHandling(core, node.expression);
    default:
      return undefined;
  }
}

/** What `return argument` makes of a failure. */
export function returnHandling(core: Core, node: Node, argument: Node): FailureHandling {
  const inner = unwrap(argument);
  if (inner.type === "CallExpression" || inner.type === "NewExpression") {
    return callHandling(core, inner) ?? { kind: "unknown", node };
  }
  const value = core.evaluate(argument);
  if (value.type === "object") {
    const flag = ["valid", "success", "ok", "authenticated", "isValid", "verified", "active"]
      .map((name) => value.properties.get(name)?.value)
      .find((one) => one !== undefined);
    return {
      kind: flag !== undefined && truthiness(flag) === true ? "succeeds" : "returns-empty",
      node,
    };
  }
  if (value.type === "literal") {
    return { kind: value.value === true ? "succeeds" : "returns-empty", node };
  }
  return { kind: "unknown", node };
}

function expressionHandling(core: Core, expression: Node): FailureHandling | undefined {
  const node = unwrap(expression);
  if (node.type === "CallExpression") return callHandling(core, node);
  if (node.type === "AssignmentExpression") {
    const target = dottedPath(node.left)?.join(".") ?? "";
    if (/(?:^|\.)(?:status|statusCode|body)$/u.test(target)) return { kind: "answers", node };
  }
  return undefined;
}

/** Calls that end a request or hand the failure on, by what frameworks and Node's habit call them. */
const ANSWERS =
  /(?:^|\.)(?:status|sendStatus|send|json|end|redirect|writeHead|render|code|throw|unauthorized|forbidden|badRequest|response|emit|disconnect|close|destroy|terminate|exit|abort|error|fail|rewrite|push|replace|navigate|logout|signOut|clearCookie|removeItem|Response)$/iu;

const PASSES_ON = /(?:^|\.)(?:next|done|cb|callback|reject|fail|fn|verified)$/iu;

const LOGS =
  /^(?:console|log|logger|winston|debug|this\.log(?:ger)?|Sentry|fastify\.log|req\.log|request\.log|app\.log)(?:\.|$)/iu;

function callHandling(
  core: Core,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): FailureHandling | undefined {
  const name = calleeName(call);
  if (LOGS.test(name)) return undefined;
  if (PASSES_ON.test(name)) {
    const [error, result] = call.arguments;
    const value = error === undefined ? literal(call, undefined) : core.evaluate(error);
    if (truthiness(value) !== false || value.type !== "literal")
      return { kind: "passes-on", node: call };
    // `next()` goes on; `done(null, false)` refuses; `done(null, user)` lets in.
    if (result === undefined) {
      return { kind: /next$/iu.test(name) ? "succeeds" : "returns-empty", node: call };
    }
    return {
      kind: truthiness(core.evaluate(result)) === false ? "returns-empty" : "succeeds",
      node: call,
    };
  }
  if (/(?:^|\.)NextResponse\.next$/u.test(name)) return { kind: "succeeds", node: call };
  if (ANSWERS.test(name)) return { kind: "answers", node: call };
  return undefined;
}

function calleeName(call: TSESTree.CallExpression | TSESTree.NewExpression): string {
  const callee = unwrap(call.callee);
  const path = dottedPath(callee);
  if (path !== undefined) return path.join(".");
  // `res.status(401).json(…)`: the last name of the chain tells.
  return callee.type === "MemberExpression" ? `.${memberName(callee) ?? ""}` : "";
}

/** Statements of a block, with those of its branches, without functions inside. */
function visitStatements(core: Core, block: Node, visit: (node: Node) => void): void {
  const keys = core.fileOf(block).visitorKeys;
  const enter = (node: Node): void => {
    if (isFunction(node)) return;
    visit(node);
    if (
      !/Statement$|^CatchClause$|^SwitchCase$|^Program$/u.test(node.type) ||
      node.type === "ExpressionStatement"
    ) {
      return;
    }
    for (const key of keys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
        const next = item as Node | null | undefined;
        if (next?.type !== undefined) enter(next);
      }
    }
  };
  enter(block);
}

/** Does control leave the block, or is the request answered, on every path through its last part? */
function leaves(core: Core, block: Node): boolean {
  const statements = block.type === "BlockStatement" ? block.body : [block];
  return statements.some((statement) => {
    if (statement.type === "IfStatement") {
      return (
        statement.alternate !== null &&
        leaves(core, statement.consequent) &&
        leaves(core, statement.alternate)
      );
    }
    return (
      statement.type === "ReturnStatement" ||
      statement.type === "ThrowStatement" ||
      statement.type === "ContinueStatement" ||
      statement.type === "BreakStatement" ||
      (statement.type === "ExpressionStatement" && exits(statement.expression))
    );
  });
}

function exits(expression: Node): boolean {
  const node = unwrap(expression);
  return (
    node.type === "CallExpression" &&
    /(?:^|\.)(?:exit|redirect|notFound|reject)$/u.test(calleeName(node))
  );
}

/** How a callback treats the error that it is given. */
export type CallbackHandling =
  | { readonly kind: "handled" }
  /** The error is never looked at. */
  | { readonly kind: "ignored"; readonly node: Node }
  /** It is looked at, and the code behind it runs all the same. */
  | { readonly kind: "falls-through"; readonly node: Node };

export function callbackHandling(core: Core, owner: FunctionNode): CallbackHandling {
  const [error, result] = owner.params;
  const fileScope = core.fileOf(owner);
  const used = (parameter: Node | undefined): Node[] => {
    const variable = parameter === undefined ? undefined : fileScope.variableOf(parameter);
    return (variable?.references ?? [])
      .filter((one) => one.isRead())
      .map((one) => one.identifier as Node);
  };
  const results = result === undefined ? [] : resultNames(result).flatMap((name) => used(name));
  if (results.some((read) => isTested(read))) return { kind: "handled" };
  const errors = used(error);
  if (errors.length === 0) {
    // Nothing is done with either: a call for its side effects, or an empty stub.
    const isStub = owner.body.type === "BlockStatement" && owner.body.body.length === 0;
    return isStub || error === undefined ? { kind: "handled" } : { kind: "ignored", node: error };
  }
  const ifs = errors.flatMap((read) => testOf(read) ?? []);
  const isPassed = errors.some(
    (read) =>
      !isLogged(read) && testOf(read) === undefined && !ifs.some((one) => contains(one, read)),
  );
  if (isPassed) return { kind: "handled" };
  for (const statement of ifs) {
    if (!isPlainTest(statement.test, errors) || statement.alternate !== null)
      return { kind: "handled" };
    if (leaves(core, statement.consequent)) return { kind: "handled" };
  }
  const behind = ifs.length === 0 ? owner.body : ifs.at(-1);
  const goesOn = behind !== undefined && results.some((read) => isBehind(read, behind));
  return goesOn && error !== undefined
    ? { kind: "falls-through", node: error }
    : { kind: "handled" };
}

function resultNames(parameter: Node): Node[] {
  if (parameter.type === "Identifier") return [parameter];
  if (parameter.type === "ObjectPattern") {
    return parameter.properties.flatMap((property) =>
      property.type === "Property" ? resultNames(property.value) : [],
    );
  }
  return parameter.type === "AssignmentPattern" ? resultNames(parameter.left) : [];
}

function isTested(read: Node): boolean {
  const parent = parentOf(read);
  return (
    parent?.type === "IfStatement" ||
    parent?.type === "LogicalExpression" ||
    (parent?.type === "ConditionalExpression" && parent.test === read) ||
    (parent?.type === "MemberExpression" && parent.optional) ||
    (parent?.type === "UnaryExpression" && parent.operator === "!") ||
    (parent?.type === "BinaryExpression" && /^[!=]==?$/u.test(parent.operator))
  );
}

/** The `if` whose test reads the error. */
function testOf(read: Node): TSESTree.IfStatement | undefined {
  for (
    let current = parentOf(read), from = read;
    current !== undefined;
    from = current, current = parentOf(current)
  ) {
    if (current.type === "IfStatement") return current.test === from ? current : undefined;
    if (
      isFunction(current) ||
      current.type === "ExpressionStatement" ||
      current.type === "ReturnStatement"
    )
      return undefined;
  }
  return undefined;
}

/** `if (err)`: the consequent is the failure's. */
function isPlainTest(test: Node, errors: readonly Node[]): boolean {
  return (
    errors.includes(test) ||
    (test.type === "BinaryExpression" && /^!==?$/u.test(test.operator)) ||
    (test.type === "UnaryExpression" &&
      test.operator === "!" &&
      test.argument.type === "UnaryExpression")
  );
}

function isLogged(read: Node): boolean {
  for (let current = parentOf(read); current !== undefined; current = parentOf(current)) {
    if (current.type === "CallExpression") return LOGS.test(calleeName(current));
    if (isFunction(current) || current.type.endsWith("Statement")) return false;
  }
  return false;
}

function isBehind(read: Node, statement: Node): boolean {
  return statement.type === "IfStatement"
    ? read.range[0] > statement.range[1]
    : contains(statement, read);
}

/** Names of functions that stand between a request and what it asks for. */
const AUTHENTICATES =
  /auth|guard|protect|verif|validat|requir|ensure|check|canactivate|restrict|isadmin|isloggedin|loginrequired|currentuser|middleware|permission|secured?$/iu;

const OPTIONAL =
  /optional|maybe|try|soft|attach|anonym|guest|ifpresent|ifany|lenient|populate|deserialize|^(?:current|get|set|load|extract|parse|identify|fetch|resolve)(?:user|session|auth|token|identity|account)/iu;

/** Does the function, by its name, let in only those whose token is good? */
export function isAuthenticating(core: Core, owner: FunctionNode | undefined): boolean {
  for (
    let current: FunctionNode | undefined = owner;
    current !== undefined;
    current = enclosingFunction(current)
  ) {
    const name = roleName(core, current);
    if (name !== undefined) return AUTHENTICATES.test(name) && !OPTIONAL.test(name);
  }
  return false;
}

/** A function's name; the one thing a module exports goes by the name of its file. */
export function roleName(core: Core, owner: FunctionNode): string | undefined {
  const name = functionName(owner);
  const holder = parentOf(owner);
  const isExport =
    holder?.type === "ExportDefaultDeclaration" ||
    (name === "exports" && holder?.type === "AssignmentExpression");
  if (!isExport || (name !== undefined && name !== "exports")) return name ?? decorationOf(owner);
  const { path: file } = core.fileOf(owner);
  if (file === undefined) return undefined;
  const base = path.basename(file).replace(/\..*$/u, "");
  return base === "index" ? path.basename(path.dirname(file)) : base;
}

/**
 * The name under which a function is put on a framework's objects: `app.decorate("authenticate", fn)`.
 * Where such a function returns, the request goes on.
 */
export function decorationOf(owner: FunctionNode): string | undefined {
  const holder = parentOf(owner);
  if (holder?.type !== "CallExpression" || holder.arguments[1] !== owner) return undefined;
  const callee = unwrap(holder.callee);
  const [name] = holder.arguments;
  return callee.type === "MemberExpression" &&
    memberName(callee) === "decorate" &&
    name?.type === "Literal" &&
    typeof name.value === "string"
    ? name.value
    : undefined;
}

export function isOptionalByName(core: Core, owner: FunctionNode): boolean {
  const name = roleName(core, owner);
  return name !== undefined && OPTIONAL.test(name);
}

/** Is what the verification gives used at all? */
export function isResultUsed(operation: Operation): boolean {
  const parent = parentOf(outermost(operation.node));
  return parent?.type !== "ExpressionStatement";
}

function outermost(node: Node): Node {
  let current = node;
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (parent.type !== "AwaitExpression" && !isCast(parent)) return current;
    current = parent;
  }
  return current;
}

/**
 * Does the node stand in the branch of a catch or callback that is for expired tokens? Where the
 * signature is checked before the claims, such an error proves that the token is genuine.
 */
export function isInExpiryBranch(core: Core, node: Node): boolean {
  let isBranch = false;
  for (let current = parentOf(node); current !== undefined; current = parentOf(current)) {
    const test =
      current.type === "IfStatement" ||
      current.type === "ConditionalExpression" ||
      current.type === "SwitchCase"
        ? current.test
        : null;
    if (test !== null && /expired/iu.test(core.fileOf(test).text.slice(...test.range)))
      isBranch = true;
    if (current.type === "CatchClause" || isFunction(current)) return isBranch;
  }
  return false;
}
