import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  functionName,
  isFunction,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isGuardedBy, stepsByRouter } from "./late-guards.ts";
import { handlingOf, leaves } from "../answers/results.ts";

/** Express tells error handlers by their four parameters. */
export const PARAMETERS = 4;

/** What a file has to hold that tells a refused token from other errors. */
const REFUSED = /UnauthorizedError|invalid_token|\b401\b/u;

/**
 * `app.use(expressjwt(…), (err, req, res, next) => { if (err) res.sendStatus(401); next(); })`: the
 * request is answered, and what is behind the middleware runs all the same.
 *
 * A handler that does not stand beside the middleware is told by what it asks for,
 * `err.name === "UnauthorizedError"`: where routes stand behind it, or where a module makes both and gives neither to
 * an application.
 *
 * @returns the call that goes on
 */
export function goesOnAfterAnswer(core: Core, { node: made }: Operation): Node | undefined {
  const middleware = withPassages(made);
  if (middleware === undefined) return undefined;
  const call = parentOf(middleware);
  // `app.use(first, second)`, `[first, second]`
  const list =
    call?.type === "CallExpression"
      ? call.arguments
      : call?.type === "ArrayExpression"
        ? call.elements
        : [];
  const at = list.findIndex((one) => one === middleware);
  for (const one of at === -1 ? [] : list.slice(at + 1)) {
    const handler = one === null ? undefined : handlerAt(core, one);
    if (handler !== undefined) return callThatGoesOn(core, handler);
  }
  if (!REFUSED.test(core.file.code)) return undefined;
  return behindGuard(core, middleware) ?? besideGuard(core, middleware);
}

/** `expressjwt(…).unless(…)` */
export function withPassages(made: Node): Node | undefined {
  let middleware = made;
  let call = parentOf(middleware);
  while (call?.type === "MemberExpression") {
    if (call.parent.type !== "CallExpression" || call.parent.callee !== call) return undefined;
    middleware = call.parent;
    call = parentOf(middleware);
  }
  return middleware;
}

/** A handler of errors, where it stands or where its name leads. */
export function handlerAt(core: Core, given: Node): FunctionNode | undefined {
  const written = unwrap(given);
  const target = written.type === "Identifier" ? core.evaluate(written) : undefined;
  const handler = target?.type === "function" ? target.node : written;
  const isOwn = isFunction(handler) && core.fileOf(handler) === core.file;
  return isOwn && handler.params.length === PARAMETERS ? handler : undefined;
}

/** Is a handler the middleware that was made there: `expressjwt(…)`, `guard`, `guard.unless(…)`? */
export function isGiven(core: Core, given: Node, made: Node): boolean {
  let at = unwrap(given);
  while (at.type === "CallExpression" || at.type === "MemberExpression")
    at = unwrap(at.type === "CallExpression" ? at.callee : at.object);
  return contains(given, made) || initOf(core.file, at) === made;
}

/** `app.use("/api", guard); app.use(onError); app.use("/api/orders", orders);` */
function behindGuard(core: Core, middleware: Node): Node | undefined {
  for (const steps of stepsByRouter(core).values()) {
    const at = steps.findIndex(({ handlers }) =>
      handlers.some((one) => isGiven(core, one, middleware)),
    );
    const guard = steps[at];
    if (guard === undefined) continue;
    for (const [index, { method, handlers }] of steps.entries()) {
      const isGuarding = steps.slice(index + 1).some((one) => isGuardedBy(one, guard));
      if (index <= at || method !== "use" || !isGuarding) continue;
      for (const one of handlers) {
        const handler = handlerAt(core, one);
        const next = handler === undefined ? undefined : nextOfRefused(core, handler);
        if (next !== undefined) return next;
      }
    }
  }
  return undefined;
}

/** `export const guard = expressjwt(…); export const onError = (err, req, res, next) => …;` */
function besideGuard(core: Core, middleware: Node): Node | undefined {
  const holder = parentOf(wrapped(middleware));
  const name = holder?.type === "VariableDeclarator" ? dottedPath(holder.id)?.[0] : undefined;
  if (name === undefined || isGivenToCall(core, name)) return undefined;
  for (const handler of core.file.index.functions) {
    if (handler.params.length !== PARAMETERS) continue;
    const own = functionName(handler);
    if (own === undefined || isGivenToCall(core, own)) continue;
    const next = nextOfRefused(core, handler);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** `app.use(guard)`, `[guard, onError]`, `wrap(handlers.onError)` */
function isGivenToCall({ file }: Core, name: string): boolean {
  return (file.index.names.get(name) ?? []).some((one) => {
    const member = parentOf(one);
    const read = member?.type === "MemberExpression" && member.property === one ? member : one;
    const by = parentOf(wrapped(read));
    return by?.type === "ArrayExpression" || by?.type === "CallExpression";
  });
}

/** The call that goes on, of a handler that answers refused tokens as such. */
function nextOfRefused(core: Core, handler: FunctionNode): Node | undefined {
  const [error] = handler.params;
  const { body } = handler;
  if (error?.type !== "Identifier" || body.type !== "BlockStatement") return undefined;
  const answersRefused = body.body.some(
    (one) =>
      one.type === "IfStatement" &&
      hasWithin(core, one.test, (node) => asksForRefused(node, error.name)) &&
      handlingOf(core, one.consequent).kind === "answers",
  );
  return answersRefused ? callThatGoesOn(core, handler) : undefined;
}

/** `err.name === "UnauthorizedError"`, `err.status === 401`, `err instanceof UnauthorizedError` */
export function asksForRefused(node: Node, error: string): boolean {
  if (node.type !== "BinaryExpression" || dottedPath(node.left)?.[0] !== error) return false;
  if (node.operator === "instanceof") return dottedPath(node.right)?.at(-1) === "UnauthorizedError";
  const asked = node.right.type === "Literal" ? node.right.value : textOf(node.right);
  return (
    /^===?$/u.test(node.operator) &&
    (asked === 401 || asked === "UnauthorizedError" || asked === "invalid_token")
  );
}

function callThatGoesOn(core: Core, { params, body }: FunctionNode): Node | undefined {
  const next = params.at(-1);
  if (next?.type !== "Identifier" || body.type !== "BlockStatement") return undefined;
  let isAnswered = false;
  for (const statement of body.body) {
    if (statement.type === "IfStatement") {
      // What leaves here is refused.
      if (leaves(core, statement.consequent) || statement.alternate !== null) return undefined;
      isAnswered ||= handlingOf(core, statement.consequent).kind === "answers";
      continue;
    }
    const written = statement.type === "ReturnStatement" ? statement.argument : undefined;
    const node = statement.type === "ExpressionStatement" ? statement.expression : written;
    if (node?.type === "CallExpression" && calleeName(node) === next.name) {
      return isAnswered && node.arguments.length === 0 ? node : undefined;
    }
    if (statement.type === "ReturnStatement" || statement.type === "ThrowStatement")
      return undefined;
  }
  return undefined;
}
