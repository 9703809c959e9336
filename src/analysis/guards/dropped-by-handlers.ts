import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, textOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { madeBy } from "../values/made-by.ts";
import { initOf } from "../files/variables.ts";
import { madeOf, refuses } from "../answers/function-roles.ts";
import { asksForClaims, asksForKept } from "./asked-behind.ts";
import { asksForRefused, handlerAt, isGiven, PARAMETERS, withPassages } from "./error-handlers.ts";
import { isBelow, isGuardedBy, stepsByRouter, verifies } from "./late-guards.ts";
import type { Step } from "./late-guards.ts";

/** An error that a handler forgets, so that the request goes on behind the guard. */
export interface DroppedByHandler {
  /** That of the guard, or that of something in front of it, which has kept the guard from being called. */
  readonly kind: "of-guard" | "in-front";
  /** The call that goes on. */
  readonly node: Node;
  readonly operation: Operation;
}

/**
 * `app.use(express.json()); app.use(expressjwt(…)); app.use((err, req, res, next) => { if (err.name ===
 * "UnauthorizedError") res.sendStatus(401); else next(); })`: with an error Express calls nothing but handlers of errors.
 * A body that nobody can read goes past the guard, and `next()` without the error brings the request back to the routes.
 * A handler that asks for nothing forgets the errors of the guard as well.
 */
export function droppedByHandlers(
  core: Core,
  operations: readonly Operation[],
): DroppedByHandler[] {
  const { file } = core;
  if (!file.index.called.has("use") || !HANDLER.test(file.code)) return [];
  const handlers = file.index.functions.filter(({ params }) => params.length === PARAMETERS);
  if (handlers.length === 0 || asksForClaims(file)) return [];
  return [...stepsByRouter(core).values()].flatMap((steps) => {
    const hooks = steps.filter(({ method }) => method === "use");
    const functions = hooks.flatMap((step) => step.handlers.map((node) => ({ step, node })));
    for (const [at, guard] of functions.entries()) {
      const operation = guardOf(core, guard.node, operations);
      if (operation === undefined) continue;
      const found = droppedBehind(core, { steps, functions, at, operation });
      return found === undefined ? [] : [found];
    }
    return [];
  });
}

/** Asked of the text before anything else is. */
const HANDLER = /\berr?(?:or)?\b[^()]*,[^()]*,[^()]*,[^()]*\)/u;

/** What a middleware is, or the function that an own one verifies in. */
function guardOf(core: Core, given: Node, operations: readonly Operation[]): Operation | undefined {
  return operations.find((operation) =>
    operation.kind === "middleware"
      ? isGiven(core, given, withPassages(operation.node) ?? operation.node)
      : operation.kind === "verify" && verifies(core, given, [operation]),
  );
}

interface Chain {
  readonly steps: readonly Step[];
  readonly functions: readonly Given[];
  /** Where the guard stands. */
  readonly at: number;
  readonly operation: Operation;
}

interface Given {
  readonly step: Step;
  readonly node: Node;
}

function droppedBehind(
  core: Core,
  { steps, functions, at, operation }: Chain,
): DroppedByHandler | undefined {
  const guard = functions[at];
  const behind = functions.slice(at + 1).find(({ node }) => mayHandle(core, node));
  const handler = behind === undefined ? undefined : handlerAt(core, behind.node);
  if (guard === undefined || behind === undefined || handler === undefined) return undefined;
  if (!isFor(behind.step, guard.step) || asksForKept(core.file, operation)) return undefined;
  const way = wayOf(core, handler);
  if (way === undefined || !isGuarding(core, steps, behind.step, guard)) return undefined;
  if (!way.asks && operation.kind === "middleware")
    return { kind: "of-guard", node: way.node, operation };
  const before = functions.slice(0, at);
  const parser = before.findIndex(
    ({ step, node }) => readsBody(core, node) && isFor(step, guard.step),
  );
  return parser === -1 || before.slice(parser).some(({ node }) => mayHandle(core, node))
    ? undefined
    : { kind: "in-front", node: way.node, operation };
}

/** Is all that the one is for below what the other is for? */
function isFor(step: Step, guard: Step): boolean {
  return isBelow(guard.path, step.path);
}

/** Does a route stand behind the handler that nobody is to reach but through the guard? */
function isGuarding(
  core: Core,
  steps: readonly Step[],
  handler: Step,
  { step, node }: Given,
): boolean {
  const { text } = core.file;
  // `unless({ path: ["/orders"] })`
  const told = text.slice(...node.range) + madeOf(core, node);
  return steps
    .slice(steps.indexOf(handler) + 1)
    .some(
      (one) =>
        isGuardedBy(one, step) &&
        !told.includes(one.path) &&
        one.handlers.every((by) => !GUARDS.test(text.slice(...by.range))),
    );
}

/** What stands in front of a route and may ask again. */
const GUARDS = /auth|verif|guard|protect|require(?!\()|ensure|passport|session|permi|role|logged/iu;

/** A handler of errors, or what may be one out of sight. */
function mayHandle(core: Core, node: Node): boolean {
  return handlerAt(core, node) !== undefined || /err/iu.test(dottedPath(node)?.join(".") ?? "");
}

/** Packages whose middleware refuses a body that it cannot read … */
const PARSERS = /^(?:body-parser|multer|express-fileupload|express-xml-bodyparser)$/u;

/** … and what that of Express does it with, beside all else that it makes. */
const OF_EXPRESS = /(?:^|\.)(?:json|urlencoded|raw|text)$/u;

function readsBody(core: Core, written: Node): boolean {
  const made = initOf(core.file, written) ?? unwrap(written);
  if (made.type !== "CallExpression") return false;
  const specifier = madeBy(core, made)?.specifier ?? "";
  return PARSERS.test(specifier) || (specifier === "express" && OF_EXPRESS.test(calleeName(made)));
}

interface Names {
  readonly error: string;
  readonly next: string;
}

interface Way {
  readonly node: Node;
  /** Is it asked before whether the guard has refused a token? */
  readonly asks: boolean;
}

function wayOf(core: Core, { params, body }: FunctionNode): Way | undefined {
  const [error, next] = [params[0], params.at(-1)];
  if (error?.type !== "Identifier" || next?.type !== "Identifier") return undefined;
  if (body.type !== "BlockStatement") return undefined;
  return wayIn(core, body, { error: error.name, next: next.name }, false);
}

/** Where errors go on that are not those of a refused token, if nothing else is asked or done for them. */
function wayIn(core: Core, branch: Node, names: Names, asked: boolean): Way | undefined {
  let asks = asked;
  for (const statement of branch.type === "BlockStatement" ? branch.body : [branch]) {
    switch (statement.type) {
      case "IfStatement": {
        const kind = kindOf(statement.test, names.error);
        const { consequent, alternate } = statement;
        if (kind === "other") return wayIn(core, consequent, names, true);
        if (kind === undefined || !refuses(core, consequent)) return undefined;
        asks = true;
        if (alternate !== null) return wayIn(core, alternate, names, asks);
        break;
      }
      case "ReturnStatement":
      case "ExpressionStatement": {
        const written =
          statement.type === "ReturnStatement" ? statement.argument : statement.expression;
        const node = written === null ? undefined : unwrap(written);
        if (node?.type === "CallExpression" && calleeName(node) === names.next)
          return node.arguments.length === 0 ? { node, asks } : undefined;
        if (statement.type === "ReturnStatement" || !isAside(node)) return undefined;
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

function isAside(node: Node | undefined): boolean {
  return node?.type === "CallExpression" && isLogCall(node);
}

/** `err.name === "UnauthorizedError"`, and the other way round. */
function kindOf(written: Node, error: string): "refused" | "other" | undefined {
  const test = unwrap(written);
  if (test.type === "LogicalExpression") {
    // `err && err.name === "UnauthorizedError"`
    const isThere = dottedPath(test.left)?.join(".") === error;
    return test.operator === "&&" && isThere ? kindOf(test.right, error) : undefined;
  }
  if (asksForRefused(test, error)) return "refused";
  return isNotRefused(test, error) ? "other" : undefined;
}

function isNotRefused(test: Node, error: string): boolean {
  if (test.type !== "BinaryExpression" || !/^!==?$/u.test(test.operator)) return false;
  const { left, right } = test;
  if (dottedPath(left)?.[0] !== error) return false;
  const asked = right.type === "Literal" ? right.value : textOf(right);
  return asked === 401 || asked === "UnauthorizedError" || asked === "invalid_token";
}
