import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { usesOf } from "../flow/flow.ts";
import { assignedAnswer, calledAnswer } from "../network/assigned-answers.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isLiteral,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { must, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { nextBehind, statementsBehind, writeBehind } from "../answers/behind.ts";
import { isAuthenticating } from "../answers/function-roles.ts";
import { isHandedOn } from "../answers/handed-on.ts";
import { saysSuccess } from "../answers/refusals.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { leaves } from "../answers/results.ts";

/**
 * Refusals behind a verification that hold nobody: `if (claims.role !== "admin") next(error);` with
 * `next()` behind it. The token is genuine, and the handler runs for those who were refused, too. Where claims
 * are read in advance, `if (peek.exp < now) next(error);`, it is what is asked of them that holds nobody.
 *
 * @returns the statements that refuse
 */
export function unheldRefusals(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): TSESTree.ExpressionStatement[] {
  const { kind, node: read } = operation;
  const owner = enclosingFunction(read);
  if (owner === undefined || (kind !== "verify" && kind !== "decode")) return [];
  const isAbout = (branch: Node): boolean => kind === "verify" || asksBefore(branch);
  return inside(core.fileOf(owner).index.ifs, owner.body).flatMap((branch) => {
    if (branch.range[0] <= read.range[0]) return [];
    const unheld = unheldIn(core, branch);
    return unheld.length > 0 && isAbout(branch) ? unheld.map(({ refusal }) => refusal) : [];
  });

  /** Does it ask for what was read, in a function that verifies the token as well? */
  function asksBefore(branch: Node): boolean {
    return (
      operations.some(
        ({ kind: other, node }) => other === "verify" && contains(owner ?? node, node),
      ) && usesOf(core, read).some((use) => contains(branch, use.by) && use.path.length > 0)
    );
  }
}

/** `User.findById(id, (error, user) => { …; next(); })`, `find(id).then(() => next())`: it goes on a little later. */
function nextInCallback(core: Core, from: TSESTree.IfStatement): Node | undefined {
  const file = core.fileOf(from);
  const calls = file.index.called.get("next") ?? [];
  for (const statement of statementsBehind(from)) {
    if (!/^(?:Expression|Variable)/u.test(statement.type) || leaves(core, statement))
      return undefined;
    const next = inside(calls, statement).find(
      ({ callee, arguments: given }) =>
        given.length === 0 &&
        callee.type === "Identifier" &&
        // That of the middleware, which the callback has not been given itself
        file.variableOf(callee)?.defs.every(({ name }) => !contains(statement, name)) === true,
    );
    if (next !== undefined) return next;
  }
  return undefined;
}

/** What guards decide by. */
const IDENTITY = /user|role|admin|claim|auth|permi|session|decoded|payload|token|owner|account/iu;

/** How many parameters Express tells them by. */
const ERROR_HANDLER = 4;

/** Tokens that say nothing of who somebody is. */
const OTHER_CHECKS = /[cx]srf|captcha/iu;

/**
 * The same in a guard behind another middleware, which has verified the token:
 * `if (req.user.role !== "admin") res.sendStatus(403); next();`
 */
export function unheldGuards(core: Core): TSESTree.ExpressionStatement[] {
  const { index, text } = core.file;
  return (index.called.get("next") ?? []).flatMap(({ arguments: given, parent }) => {
    const block = parent.parent;
    if (given.length > 0 || block?.type !== "BlockStatement") return [];
    // What goes on behind a handler of errors is no route, as a rule.
    if (enclosingFunction(block)?.params.length === ERROR_HANDLER) return [];
    return block.body.flatMap((branch) => {
      if (branch.type !== "IfStatement" || branch.range[1] > parent.range[0]) return [];
      return unheldIn(core, branch)
        .filter(({ test, refusal }) => {
          const asked = text.slice(...test.range);
          return (
            IDENTITY.test(asked) &&
            !OTHER_CHECKS.test(asked) &&
            deniesAccess(core, refusal) &&
            !isHandedOn(core, nameIn(test), [branch, parent])
          );
        })
        .map(({ refusal }) => refusal);
    });
  });
}

/** By its status, or by where it stands: what else a middleware hands on may be no refusal. */
function deniesAccess(core: Core, { expression }: TSESTree.ExpressionStatement): boolean {
  const node = unwrap(expression);
  return (
    answersDenied(core, node) ||
    (node.type === "CallExpression" &&
      calleeName(node) === "next" &&
      isAuthenticating(core, enclosingFunction(node)))
  );
}

/** `res.status(401).json(…)`, `res.sendStatus(403)` */
export function answersDenied(core: Core, node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    responseCalls(node).some(
      ({ name, given }) =>
        /^(?:status|sendStatus|code)$/u.test(name) &&
        given !== undefined &&
        statusesOf(core, given).every((status) => status === 401 || status === 403),
    )
  );
}

interface Unheld {
  readonly test: Node;
  readonly refusal: TSESTree.ExpressionStatement;
}

/** The branches of `if … else if … else …` that refuse, where `next()` stands behind all of it. */
function unheldIn(core: Core, first: TSESTree.IfStatement): Unheld[] {
  const { parent } = first;
  if (parent.type !== "BlockStatement") return [];
  // What an endpoint writes behind `res.status(400)` is another question.
  const isMiddleware = (nextBehind(core, first) ?? nextInCallback(core, first)) !== undefined;
  if (!isMiddleware && writeBehind(core, first) === undefined) return [];
  const found: Unheld[] = [];
  for (let branch: Node | null = first; branch?.type === "IfStatement"; branch = branch.alternate) {
    const { test, consequent, alternate } = branch;
    // What a verification has given is there, or it has thrown.
    if (must(core.evaluate(nameIn(test)), isWhole)) continue;
    const isLast = alternate !== null && alternate.type !== "IfStatement";
    for (const one of isLast ? [consequent, alternate] : [consequent]) {
      const refusal = refusalIn(core, one);
      // What is left when everything has been asked for
      if (refusal !== undefined && (isMiddleware || deniesAccess(core, refusal)))
        found.push({ test: one === alternate ? first.test : test, refusal });
    }
  }
  return found;
}

function refusalIn(
  core: Core,
  branch: TSESTree.Statement,
): TSESTree.ExpressionStatement | undefined {
  if (leaves(core, branch)) return undefined;
  const statements = branch.type === "BlockStatement" ? branch.body : [branch];
  if (!statements.every((one) => /^(?:Expression|Variable)/u.test(one.type))) return undefined;
  return statements.findLast(
    (one): one is TSESTree.ExpressionStatement =>
      one.type === "ExpressionStatement" && refuses(core, one.expression),
  );
}

/** All claims of a token, and not one of them. */
function isWhole(value: Value): boolean {
  return value.type === "claims" && value.verified && value.path.length === 0;
}

/** `claims` of `!claims` */
function nameIn(test: Node): Node {
  return test.type === "UnaryExpression" ? test.argument : test;
}

/** `next(error)`, `res.status(403).json(…)`, `res.redirect("/login")`, `ctx.status = 401`, `ctx.forbidden()` */
export function refuses(core: Core, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === "AssignmentExpression") {
    return assignedAnswer(core.fileOf(node), node) === "status" && isFailure(core, node.right);
  }
  if (node.type !== "CallExpression") return false;
  if (calleeName(node) === "next") {
    // `next("route")` goes to the next route.
    const [error, ...more] = node.arguments;
    return error !== undefined && more.length === 0 && !isLiteral(error);
  }
  const answer = calledAnswer(core.fileOf(node), node);
  return answer === undefined ? refusesByAnswer(core, node) : answer !== "send";
}

function refusesByAnswer(core: Core, answer: CallNode): boolean {
  const calls = responseCalls(answer);
  const isSent = calls.some(({ name }) => SENDS.test(name));
  return isSent && calls.some(({ name, given }) => saysNo(core, name, given));
}

const SENDS = /^(?:json|jsonp|send|sendStatus|end|redirect|render)$/u;

function saysNo(core: Core, method: string, given: Node | undefined): boolean {
  if (method === "redirect") return true;
  if (given === undefined) return false;
  return /^(?:status|sendStatus|code)$/u.test(method)
    ? isFailure(core, given)
    : saysFailure(core, given);
}

/** A status of HTTP for failures. */
function isFailure(core: Core, status: Node): boolean {
  return statusesOf(core, status).every((one) => one !== undefined && one >= 400);
}

/** What a status of HTTP can be; undefined for what nobody sees. */
function statusesOf(core: Core, status: Node): (number | undefined)[] {
  return possibilities(core.evaluate(status)).map((one) => {
    if (one.type === "literal") return typeof one.value === "number" ? one.value : undefined;
    return statusNamed(dottedPath(status)?.at(-1) ?? "");
  });
}

/** Constants out of sight are called as RFC 9110 section 15.5 calls the status: `StatusCodes.FORBIDDEN`, `HTTP_404_NOT_FOUND`. */
function statusNamed(name: string): number | undefined {
  const written = /(?:^|_)([45]\d\d)(?:_|$)/u.exec(name)?.[1];
  if (written !== undefined) return Number(written);
  const known = Object.keys(STATUSES).find((one) => name.toUpperCase().endsWith(one));
  return known === undefined ? undefined : STATUSES[known];
}

const STATUSES: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
};

function saysFailure(core: Core, body: Node): boolean {
  return possibilities(core.evaluate(body)).every(
    (one) => one.type === "object" && saysSuccess(one) === false,
  );
}
