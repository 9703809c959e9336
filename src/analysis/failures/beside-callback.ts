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
import { answers, handsErrorOn, nextCalled, statementsBehind } from "../answers/behind.ts";
import { branchIn, stepsIn } from "../answers/branches.ts";
import { negated } from "./callback-handling.ts";
import { isAuthenticating, isRequired, refusesAnonymous } from "../answers/function-roles.ts";
import { isHandedOn } from "../answers/handed-on.ts";
import { handlingOf } from "../answers/results.ts";
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
  { node: call, token }: Operation,
  callback: FunctionNode,
  operations: readonly Operation[],
): BesideCallback | undefined {
  const statement = statementOf(call);
  if (statement === undefined) return undefined;
  const refusal = refusalOf(core, callback);
  if (refusal === undefined) return undefined;
  const { text, index } = core.fileOf(callback);
  // It goes on from there; only a second way on is one beside it.
  const goesOn = index.called.get("next")?.some((next) => contains(callback, next)) === true;
  const inside = text.slice(statement.range[0], callback.range[1]);
  for (const behind of statementsBehind(statement)) {
    // A second verification, or a function that may be one.
    if (token !== undefined && isHandedOn(core, token.node, [statement, behind], operations))
      return undefined;
    const next =
      nextCalled(behind) ?? nextAsAsked(core, behind, [statement.range[0], callback.range[1]]);
    if (next !== undefined) {
      if (refusal === "drops") return { kind: "succeeds", node: next };
      if (refusal !== "leaves") return { kind: "goes-on", node: next };
      return isStrict(core, call) ? { kind: "succeeds", node: next } : undefined;
    }
    if (goesOn) {
      // What leaves here never comes to a second one.
      if (!/^(?:Expression|Variable)/u.test(behind.type)) return undefined;
      continue;
    }
    const answer = refusal === "answers" ? answerIn(core, behind) : undefined;
    if (answer !== undefined) return { kind: "goes-on", node: answer };
    if (behind.type === "ReturnStatement") {
      const isGood = refusal === "drops" ? handsOn(core, behind) : saysGood(core, behind, call);
      return isGood ? { kind: "succeeds", node: behind } : undefined;
    }
    // What the callback has left behind may be asked for: whether it answered, what it kept.
    if (behind.type === "IfStatement") {
      // The answer that the callback returns has no claims, and undefined is neither more nor less.
      if (isOrder(behind.test) && returnsAnswer(core, callback)) continue;
      const words = text.slice(...behind.test.range).match(/[\w$]+/gu) ?? [];
      if (words.some((word) => word === "res" || inside.includes(word))) return undefined;
    } else if (!/^(?:Expression|Variable)/u.test(behind.type)) return undefined;
  }
  return undefined;
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

/**
 * What a callback does where it is given an error, if that ends nothing but the callback. An error
 * that it throws reaches whoever has called `verify`, unless it is async; an answer that is a value of
 * its own (`new Response(…)`) reaches nobody.
 */
function refusalOf(
  core: Core,
  { body, async, params: [error] }: FunctionNode,
): "answers" | "drops" | "hands-on" | "leaves" | undefined {
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
    if (kind === "returns-empty" || kind === "falls-through") return "leaves";
    if (kind === "passes-on" && parts.some(isErrorHandedOn)) return "hands-on";
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
