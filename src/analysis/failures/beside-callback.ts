import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  expressionIn,
  parentOf,
  statementsIn,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { answers, handsErrorOn, nextCalled, stepsBehind } from "../answers/behind.ts";
import type { Step } from "../answers/behind.ts";
import { branchIn, stepsIn } from "../answers/branches.ts";
import { negated } from "./callback-handling.ts";
import { isAuthenticating, isRequired, refusesAnonymous } from "../answers/function-roles.ts";
import { writeIn } from "../answers/endpoint-writes.ts";
import { isHandedOn } from "../answers/handed-on.ts";
import { handlingOf } from "../answers/results.ts";
import { tellsCaller } from "../answers/told-callers.ts";
import { isLogCall, isLogStatement } from "../logging.ts";
import { assignedIn, unsetReads } from "../answers/unset-reads.ts";
import { refuses } from "../guards/unheld-refusals.ts";

/** What lets a token through beside the callback that is told whether it is good. */
export interface BesideCallback {
  readonly kind:
    /** The next handler is called, and the request has been answered. */
    | "goes-on"
    /** The next handler is called, or the function says that the token is good. */
    | "succeeds";
  readonly node: Node;
}

/**
 * `verify(token, key, (error) => { if (error) return res.sendStatus(401); }); next();`, and
 * `return true` in place of `next()`: where the token is refused the callback is left, and nothing else.
 */
export function besideCallback(
  core: Core,
  operation: Operation,
  callback: FunctionNode,
  operations: readonly Operation[],
): BesideCallback | undefined {
  const { node: call } = operation;
  const statement = statementOf(call);
  if (statement === undefined) return undefined;
  const refusal = refusalOf(core, callback, call);
  if (refusal === undefined) return undefined;
  const goesOn = isGoingOn(core, callback);
  for (const { node: behind, fails } of runningBehind(core, operation, callback, operations)) {
    const next =
      nextCalled(behind) ?? nextAsAsked(core, behind, [statement.range[0], callback.range[1]]);
    if (next !== undefined) {
      if (refusal === "drops") return { kind: "succeeds", node: next };
      if (refusal !== "leaves") return { kind: "goes-on", node: next };
      return isStrict(core, call) ? { kind: "succeeds", node: next } : undefined;
    }
    if (goesOn) continue;
    const write = fails || !TOLD.has(refusal) ? undefined : writeIn(behind);
    if (write !== undefined && onlyRefuses(core, callback)) return { kind: "goes-on", node: write };
    const answer = refusal === "answers" && !fails ? answerIn(core, behind) : undefined;
    if (answer !== undefined) return { kind: "goes-on", node: answer };
    if (behind.type === "ReturnStatement" && refusal !== "tells") {
      const isGood = refusal === "drops" ? handsOn(core, behind) : saysGood(core, behind, call);
      return isGood ? { kind: "succeeds", node: behind } : undefined;
    }
  }
  return undefined;
}

/**
 * Does a node behind a verification run all the same where the token is refused, as the refusal ends the callback alone?
 * `verify(token, key, (error) => { if (error) res.sendStatus(401); }); const claims = decode(token);`
 */
export function runsAllTheSame(
  core: Core,
  operation: Operation,
  node: Node,
  operations: readonly Operation[],
): boolean {
  const callback = operation.callback?.function;
  if (callback === undefined || core.fileOf(callback) !== core.fileOf(node)) return false;
  const refusal = refusalOf(core, callback, operation.node);
  if (refusal === undefined) return false;
  if (!TOLD.has(refusal) && !(refusal === "leaves" && onlyLogs(callback))) return false;
  for (const step of runningBehind(core, operation, callback, operations))
    if (contains(step.node, node)) return !step.asks;
  return false;
}

/** `(error) => { if (error) console.warn(error.message); }`: nobody else can hear that the token was refused. */
function onlyLogs({ body }: FunctionNode): boolean {
  const refused = stepsIn(body)
    .map((step) => branchIn(step))
    .find((branch) => branch !== undefined && asksForError(branch.test));
  return (
    refused !== undefined &&
    stepsIn(refused.consequent).every(
      (step) => isLogStatement(step) || (step.type === "ReturnStatement" && step.argument === null),
    )
  );
}

interface Running extends Step {
  /** It may ask for what the callback has left: whether it answered, what it kept. */
  readonly asks: boolean;
}

/** The statements that run behind the call whatever the callback was told, with the first that may ask for it. */
function* runningBehind(
  core: Core,
  { node: call, token }: Operation,
  callback: FunctionNode,
  operations: readonly Operation[],
): Generator<Running> {
  const statement = statementOf(call);
  if (statement === undefined) return;
  const file = core.fileOf(callback);
  const kept = unsetReads(file, assignedIn(file, callback.body));
  const left = new Set([...wordsIn(file.text, callback.body), "res"]);
  if (statement.type === "VariableDeclaration")
    for (const { id } of statement.declarations)
      for (const word of wordsIn(file.text, id)) left.add(word);
  const goesOn = isGoingOn(core, callback);
  for (const step of stepsBehind(statement, kept)) {
    const { node: behind } = step;
    // A second verification, or a function that may be one.
    if (token !== undefined && isHandedOn(core, token.node, [statement, behind], operations))
      return;
    const asks =
      behind.type === "IfStatement" &&
      // The answer that the callback returns has no claims, and undefined is neither more nor less.
      !(isOrder(behind.test) && returnsAnswer(core, callback)) &&
      wordsIn(file.text, behind.test).some((word) => left.has(word) || kept.found.has(word));
    yield { ...step, asks };
    const isPlain = /^(?:Expression|Variable)/u.test(behind.type);
    // What leaves here never comes to a second way on.
    if (asks || (!isPlain && (goesOn || behind.type !== "IfStatement"))) return;
  }
}

function wordsIn(text: string, { range }: Node): readonly string[] {
  return text.slice(...range).match(/[\w$]+/gu) ?? [];
}

/** It goes on from the callback; only a second way on is one beside it. */
function isGoingOn(core: Core, callback: FunctionNode): boolean {
  const calls = core.fileOf(callback).index.called.get("next") ?? [];
  return calls.some((next) => contains(callback, next));
}

/** `if (!req.headers.other) next();`: whoever asks decides, unless the callback has put it there. */
function nextAsAsked(core: Core, statement: Node, range: TSESTree.Range): Node | undefined {
  if (statement.type !== "IfStatement" || statement.alternate !== null) return undefined;
  const { test, consequent } = statement;
  const asked = test.type === "UnaryExpression" && test.operator === "!" ? test.argument : test;
  const path = dottedPath(asked)?.join(".") ?? "";
  const isOfRequest = /^req(?:uest)?\.(?:headers|query|body)\./u.test(path);
  const { membersNamed } = core.fileOf(statement).index;
  const sameName = membersNamed.get(path.split(".").at(-1) ?? "") ?? [];
  const isPutThere = inside(sameName, { range }).some(
    (member) => dottedPath(member)?.join(".") === path,
  );
  const [first, ...more] = statementsIn(consequent) ?? [consequent];
  return isOfRequest && !isPutThere && first !== undefined && more.length === 0
    ? nextCalled(first)
    : undefined;
}

/** `claims.exp < now` */
function isOrder(test: Node): boolean {
  return test.type === "BinaryExpression" && /^[<>]=?$/u.test(test.operator);
}

/** `if (error) return res.sendStatus(401);`: what `verify` gives then is the response. */
function returnsAnswer(core: Core, { body }: FunctionNode): boolean {
  return (
    body.type === "BlockStatement" &&
    body.body.some((statement) => {
      if (statement.type !== "IfStatement") return false;
      const last = (statementsIn(statement.consequent) ?? [statement.consequent]).at(-1);
      return (
        last?.type === "ReturnStatement" && last.argument !== null && answers(core, last.argument)
      );
    })
  );
}

/** `res.json(…);`, `return res.status(200).send(…);`: no second refusal, but what was asked for. */
function answerIn(core: Core, statement: Node): Node | undefined {
  const call = expressionIn(statement);
  return call?.type === "CallExpression" && answers(core, call) && !refuses(core, call)
    ? call
    : undefined;
}

/** `verify(…);` and `const claims = await verify(…);`, which gives nothing where there is a callback. */
function statementOf(
  call: Node,
): TSESTree.ExpressionStatement | TSESTree.VariableDeclaration | undefined {
  const holder = parentOf(wrapped(call));
  const statement = holder?.type === "VariableDeclarator" ? holder.parent : holder;
  return statement?.type === "ExpressionStatement" || statement?.type === "VariableDeclaration"
    ? statement
    : undefined;
}

/** Nobody passes the function as nobody, whether it says so or refuses who brings no token. */
function isStrict(core: Core, call: Node): boolean {
  const owner = enclosingFunction(call);
  return owner !== undefined && (isRequired(core, owner) || refusesAnonymous(core, owner, call));
}

/** `return true;` of a function whose name says that it means a good token. */
function saysGood(core: Core, behind: Node, call: Node): boolean {
  return (
    handlingOf(core, behind).kind === "succeeds" && isAuthenticating(core, enclosingFunction(call))
  );
}

/** `return NextResponse.next();` */
function handsOn(core: Core, { argument }: TSESTree.ReturnStatement): boolean {
  return (
    argument?.type === "CallExpression" && handlingOf(core, argument.parent).kind === "succeeds"
  );
}

/** What a callback does with an error. */
type Refusal = "answers" | "drops" | "hands-on" | "leaves" | "tells";

/** Whoever asks has heard that he is refused. */
const TOLD: ReadonlySet<Refusal> = new Set<Refusal>(["answers", "hands-on", "tells"]);

/**
 * `(error, claims) => { if (error) return res.sendStatus(401); order.owner = claims.id; }`: where the token is good it calls
 * nothing, so that the work is what stands behind. One that does the work itself may have a visit noted there.
 */
function onlyRefuses(core: Core, { body }: FunctionNode): boolean {
  const refused = stepsIn(body).flatMap((step) => {
    const branch = branchIn(step);
    return branch !== undefined && asksForError(branch.test) ? branch.consequent : [];
  });
  return inside(core.fileOf(body).index.calls, body).every(
    (call) => isLogCall(call) || refused.some((one) => contains(one, call)),
  );
}

/**
 * What a callback does where it is given an error, if that ends nothing but the callback. An error
 * that it throws reaches whoever has called `verify`, unless it is async; an answer that is a value of
 * its own (`new Response(…)`) reaches nobody.
 */
function refusalOf(
  core: Core,
  { body, async, params: [error] }: FunctionNode,
  call: Node,
): Refusal | undefined {
  const good = error === undefined ? [] : readsOf(core.fileOf(error), error).flatMap(negated);
  let isLeft = false;
  for (const step of stepsIn(body)) {
    const branch = branchIn(step);
    if (branch === undefined) continue;
    const { test, consequent, alternate } = branch;
    // `if (!error) req.user = claims;`
    isLeft ||= good.includes(test) && alternate === null;
    if (!asksForError(test)) continue;
    const parts = stepsIn(consequent);
    if (parts.some((part) => answers(core, expressionIn(part) ?? part))) return "answers";
    if (parts.some(givesAnswer)) return "drops";
    const { kind } = handlingOf(core, consequent);
    if (kind === "passes-on" && parts.some(isErrorHandedOn)) return "hands-on";
    if (parts.some((part) => tellsCaller(core, part, call))) return "tells";
    if (kind === "returns-empty" || kind === "falls-through") return "leaves";
    if (kind === "rethrows" && async) return "leaves";
    return undefined;
  }
  return isLeft ? "leaves" : undefined;
}

/** `error`, `error || !claims` */
function asksForError(test: Node): boolean {
  if (test.type === "LogicalExpression" && test.operator === "||")
    return asksForError(test.left) || asksForError(test.right);
  return test.type === "Identifier";
}

/** Answers that are values, in Next.js, Astro, Hono and others: whoever is given one has to return it. */
const ANSWER_VALUES =
  /^(?:(?:Next)?Response(?:\.(?:json|redirect|rewrite|error))?|(?:c|ctx|context|Astro)\.(?:redirect|rewrite|json|text|html|body|newResponse))$/u;

export function isAnswerValue(given: Node): boolean {
  return (
    (given.type === "CallExpression" || given.type === "NewExpression") &&
    ANSWER_VALUES.test(calleeName(given))
  );
}

function givesAnswer(statement: Node): boolean {
  const given = statement.type === "ReturnStatement" ? expressionIn(statement) : undefined;
  return given !== undefined && isAnswerValue(given);
}

/** `next(error);`, `return next(error);` */
function isErrorHandedOn(statement: Node): boolean {
  return handsErrorOn(expressionIn(statement) ?? statement);
}
