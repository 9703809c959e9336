import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  expressionIn,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { answers, nextCalled } from "../answers/behind.ts";
import { branchIn, stepsIn } from "../answers/branches.ts";
import type { Branch } from "../answers/branches.ts";
import { isRequired, passes, refusesAnonymous } from "../answers/function-roles.ts";
import { goesOnAfterRefused } from "./goes-on.ts";
import { isLogCall, isLogged } from "../logging.ts";
import { handlingOf, leaves } from "../answers/results.ts";

/** How a callback treats the error that it is given. */
export type CallbackHandling =
  | { readonly kind: "handled" }
  /** The error is never looked at. */
  | { readonly kind: "ignored"; readonly node: Node }
  /** It is never looked at, and without claims the callback throws. */
  | { readonly kind: "throws"; readonly node: Node }
  /** It is looked at, and the code behind it runs all the same. */
  | { readonly kind: "falls-through"; readonly node: Node }
  /** Whoever has no token is refused, and whoever has a bad one passes. */
  | { readonly kind: "passes"; readonly node: Node }
  /** The request is refused, and goes on all the same. */
  | { readonly kind: "answered"; readonly node: Node };

/** Reads what an error-first callback does with its error before it uses the result. */
export function callbackHandling(core: Core, owner: FunctionNode): CallbackHandling {
  const [error, result] = owner.params;
  const fileScope = core.fileOf(owner);
  const used = (parameter: Node | undefined): Node[] =>
    parameter === undefined ? [] : readsOf(fileScope, parameter);
  const results = result === undefined ? [] : resultNames(result).flatMap((name) => used(name));
  const errors = used(error);
  const letIn = passedOn(core, owner, errors);
  if (letIn !== undefined) return { kind: "passes", node: letIn };
  const unrefused = passedOnBehindResult(core, owner, [...results, ...errors.flatMap(negated)]);
  if (unrefused !== undefined) return { kind: "passes", node: unrefused };
  if ([...results, ...results.flatMap((read) => keptAs(core, read))].some((read) => isTested(read)))
    return { kind: "handled" };
  if (errors.length === 0) {
    // Nothing is done with either: a call for its side effects, or an empty stub.
    const isStub = owner.body.type === "BlockStatement" && owner.body.body.length === 0;
    if (isStub || error === undefined) return { kind: "handled" };
    return { kind: throwsWithout(core, owner, results) ? "throws" : "ignored", node: error };
  }
  const ifs = errors.flatMap((read) => testOf(read) ?? []);
  const isPassed = errors.some(
    (read) =>
      !isLogged(read) &&
      testOf(read) === undefined &&
      !ifs.some(({ node }) => contains(node, read)),
  );
  if (isPassed) return { kind: "handled" };
  if (ifs.some((branch) => asksWhetherAnswered(core, owner, branch))) return { kind: "handled" };
  const next = goesOnAfterRefused(core, ifs);
  const otherwise: CallbackHandling =
    next === undefined ? { kind: "handled" } : { kind: "answered", node: next };
  for (const statement of ifs) {
    if (!isPlainTest(statement.test, errors) || statement.alternate !== null) return otherwise;
    if (leaves(core, statement.consequent)) return { kind: "handled" };
    // Whoever has no good token goes on as nobody.
    if (isCleared(statement.consequent)) return { kind: "handled" };
  }
  const last = ifs.at(-1)?.node;
  const goesOn = results.some((read) =>
    last === undefined ? contains(owner.body, read) : read.range[0] > last.range[1],
  );
  return goesOn && error !== undefined ? { kind: "falls-through", node: error } : otherwise;
}

/**
 * `if (error) next();`, `if (error) log(error); next();` where whoever has no token is refused.
 *
 * @returns the call that goes on
 */
function passedOn(core: Core, owner: FunctionNode, errors: readonly Node[]): Node | undefined {
  const around = enclosingFunction(owner);
  if (around === undefined || owner.body.type !== "BlockStatement") return undefined;
  const { body } = owner.body;
  for (const statement of body) {
    if (statement.type !== "IfStatement" || !isPlainTest(statement.test, errors)) continue;
    const { kind, node } = handlingOf(core, statement.consequent);
    // `if (error) log(error); else req.user = claims;`
    const isQuiet =
      kind === "falls-through" &&
      (statement.alternate === null ||
        handlingOf(core, statement.alternate).kind === "falls-through");
    const behind = isQuiet ? body[body.indexOf(statement) + 1] : undefined;
    const call = kind === "succeeds" ? node : behind && nextCalled(behind);
    if (call === undefined) continue;
    // Whom it lets pass on purpose it has made nobody.
    const isStrict = isQuiet && !isCleared(statement.consequent) && isRequired(core, around);
    return isStrict || refusesAnonymous(core, around, owner) ? call : undefined;
  }
  return undefined;
}

/** `(error, { id }) => …`, `(error, claims) => { if (claims.level < 5) …`: the first that is done. */
function throwsWithout(core: Core, owner: FunctionNode, reads: readonly Node[]): boolean {
  if (owner.params[1]?.type === "ObjectPattern") return true;
  const [read] = reads;
  const parent = read === undefined ? undefined : parentOf(read);
  if (read === undefined || parent?.type !== "MemberExpression") return false;
  if (parent.object !== read || parent.optional) return false;
  // In a function of its own it may be read later, and what went on before has gone on.
  if (enclosingFunction(read) !== owner) return false;
  return !passes(core, owner).some((call) => call.range[0] < read.range[0]);
}

/** `!error`, which holds where there are claims. */
export function negated(read: Node): Node[] {
  const { parent } = read;
  return parent?.type === "UnaryExpression" && parent.operator === "!" ? [parent] : [];
}

/**
 * `if (claims) req.user = claims; next();` in a function that nobody passes as nobody; `if (!error)` as well.
 *
 * @returns the call that goes on
 */
function passedOnBehindResult(
  core: Core,
  owner: FunctionNode,
  results: readonly Node[],
): Node | undefined {
  const around = enclosingFunction(owner);
  if (around === undefined || owner.body.type !== "BlockStatement") return undefined;
  const { body } = owner.body;
  const test = body.find(
    (one) => one.type === "IfStatement" && one.alternate === null && results.includes(one.test),
  );
  if (test?.type !== "IfStatement" || leaves(core, test.consequent)) return undefined;
  const behind = body[body.indexOf(test) + 1];
  const next = behind === undefined ? undefined : nextCalled(behind);
  if (next === undefined) return undefined;
  return isRequired(core, around) || refusesAnonymous(core, around, owner) ? next : undefined;
}

/** `if (error) req.user = undefined;`, `if (error) { log(error); req.isSignedIn = false; }` */
function isCleared(branch: Node): boolean {
  const steps = stepsIn(branch).map((one) => expressionIn(one) ?? one);
  const [expression, ...others] = steps.filter(
    (one) => one.type !== "CallExpression" || !isLogCall(one),
  );
  return (
    others.length === 0 &&
    expression?.type === "AssignmentExpression" &&
    (isNullish(expression.right) ||
      (expression.right.type === "Literal" && expression.right.value === false))
  );
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

/** `const user = claims; if (!user) …`, `req.user = claims; if (req.user) …`: what the claims are tested as */
function keptAs(core: Core, read: Node): Node[] {
  const whole = wrapped(read);
  const by = parentOf(whole);
  const file = core.fileOf(read);
  if (by?.type === "VariableDeclarator" && by.init === whole) return readsOf(file, by.id);
  if (by?.type !== "AssignmentExpression" || by.right !== whole || by.operator !== "=") return [];
  if (by.left.type === "Identifier")
    return readsOf(file, by.left).filter((one) => isBehind(one, by));
  const path = dottedPath(by.left)?.join(".");
  if (path === undefined || by.left.type !== "MemberExpression") return [];
  return (file.index.membersNamed.get(memberName(by.left) ?? "") ?? []).filter(
    (one) => isBehind(one, by) && dottedPath(one)?.join(".") === path,
  );
}

/** In the same function, so that it is the same request. */
function isBehind(node: Node, write: Node): boolean {
  return node.range[0] > write.range[1] && enclosingFunction(node) === enclosingFunction(write);
}

/** `if (error) res.sendStatus(401); if (res.headersSent) return;`: whether it was refused is asked behind it. */
function asksWhetherAnswered(
  core: Core,
  owner: FunctionNode,
  { node: refusal, consequent }: Branch,
): boolean {
  const isRefused = stepsIn(consequent)
    .map((step) => expressionIn(step) ?? step)
    .some((step) => answers(core, step) || isClosing(step));
  if (!isRefused) return false;
  const { index } = core.fileOf(owner);
  return ANSWERED.flatMap((name) => index.membersNamed.get(name) ?? []).some(
    (member) =>
      member.range[0] > refusal.range[1] &&
      enclosingFunction(member) === owner &&
      ANSWERS.test(dottedPath(member)?.at(-2) ?? "") &&
      testOf(member) !== undefined,
  );
}

/** `ws.close(4401)` */
function isClosing(step: Node): boolean {
  return (
    step.type === "CallExpression" && /\.(?:close|destroy|terminate|end)$/u.test(calleeName(step))
  );
}

/** `res`, `ctx.res`, `reply.raw`, a socket; a mail has been `sent` as well. */
const ANSWERS = /^(?:res|resp|response|reply|raw|ws|socket|client|connection)$/u;

/** What says of an answer of Node.js, Express, Fastify, and of a socket, that it was sent or closed. */
const ANSWERED: readonly string[] = [
  "headersSent",
  "sent",
  "writableEnded",
  "finished",
  "readyState",
];

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

/** The branch whose test reads the error. */
function testOf(read: Node): Branch | undefined {
  for (let current = parentOf(read); current !== undefined; current = parentOf(current)) {
    if (/^(?:If|Expression)Statement$/u.test(current.type)) {
      const branch = branchIn(current);
      return branch !== undefined && contains(branch.test, read) ? branch : undefined;
    }
    if (isFunction(current) || current.type === "ReturnStatement") return undefined;
  }
  return undefined;
}

/** `if (err)`: the consequent is the failure's. */
function isPlainTest(test: Node, errors: readonly Node[]): boolean {
  // `if (err || claims.id !== user.id)`: whatever else is refused there, the failure is.
  if (test.type === "LogicalExpression" && test.operator === "||")
    return [test.left, test.right].some((side) => isPlainTest(side, errors));
  return (
    errors.includes(test) ||
    (test.type === "BinaryExpression" && /^!==?$/u.test(test.operator)) ||
    (test.type === "UnaryExpression" &&
      test.operator === "!" &&
      test.argument.type === "UnaryExpression")
  );
}
