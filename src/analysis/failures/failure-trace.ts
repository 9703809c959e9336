import type { TSESTree } from "@typescript-eslint/utils";
import { isClientFile } from "../client.ts";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import { callSites } from "../values/call-sites.ts";
import { bypassOf } from "./bypass.ts";
import { answersUnlogged, endOf, expressionEnd } from "./failure-ends.ts";
import type { End } from "./failure-ends.ts";
import { roleName } from "../answers/function-roles.ts";
import { failureOf } from "./result-flags.ts";
import { catchOf } from "../answers/results.ts";
import { turnsAwayGood } from "../answers/turned-round.ts";
import { endsSessionAnyway } from "./sign-outs.ts";

/** A token is refused, and no log line, no error that is handed on and no answer tells of it. */
export interface TracelessFailure {
  readonly kind: Exclude<End, "leaves-trace">;
  readonly operation: Operation;
  /** The catch clause, handler or statement that deals with the failure. */
  readonly node: Node;
}

/** How the failure of this verification is dealt with, where that leaves no trace. */
export function tracelessFailures(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): TracelessFailure[] {
  if (operation.kind !== "verify" || isClientFile(core.file)) return [];
  if (bypassOf(core, operation, operations) !== undefined) return [];
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || isProbe(core, owner) || endsSessionAnyway(core, operation)) return [];
  if (turnsAwayGood(core, operation)) return [];
  const found = (kind: TracelessFailure["kind"], node: Node): TracelessFailure => ({
    kind,
    operation,
    node,
  });
  if (operation.callback !== undefined) {
    const { function: callback } = operation.callback;
    if (callback === undefined || core.fileOf(callback) !== core.file) return [];
    return inCallback(core, callback).map(([kind, node]) => found(kind, node));
  }
  if (!throwsHere(core, operation)) return [];
  const isPromise = operation.promise;
  return failurePoints(core, operation.node, isPromise, MAX_CALLERS).flatMap((point) => {
    const kind =
      point.kind === "catch"
        ? inCatch(core, point, operations)
        : inHandler(core, point.call, point.handler);
    if (kind === undefined) return [];
    return kind === "gives-nothing" && isAskedFor(core, point.call)
      ? []
      : [found(kind, point.node)];
  });
}

/** How many functions up the callers of a verifying function are looked at. */
const MAX_CALLERS = 2;

/**
 * Functions that try a token out, are in charge of something else, or end a session whatever its
 * token is worth.
 */
function isProbe(core: Core, owner: FunctionNode): boolean {
  for (let one: FunctionNode | undefined = owner; one !== undefined; one = enclosingFunction(one)) {
    const name = roleName(core, one);
    if (name === undefined) continue;
    return (
      endsSession(name) ||
      /expir|invalid|revok|black|deny|malform|log_?out|sign_?out|logger|logging|trace|metric|limit|key|cache|redact|debug|peek/iu.test(
        name,
      )
    );
  }
  return false;
}

/** `deleteToken`, `destroySession`; `sendToken` and `extendSession` hold the letters of such words. */
function endsSession(name: string): boolean {
  const [verb = "", ...about] = wordsOf(name);
  return (
    /^(?:delete|destroy|remove|clear|end|close|drop)$/u.test(verb) &&
    about.some((word) => /^(?:tokens?|sessions?|cookies?)$/u.test(word))
  );
}

/** Does a failure come out of the call as an exception or rejection? */
function throwsHere(core: Core, { wrapper, ...operation }: Operation): boolean {
  const failure = failureOf({ ...operation, wrapper });
  if (failure !== "throws" && failure !== "rejects") return false;
  // A wrapper of another file that catches something may catch this.
  return (
    wrapper === undefined ||
    !core.fileOf(wrapper).index.tries.some((attempt) => contains(wrapper, attempt))
  );
}

type FailurePoint =
  | { readonly kind: "catch"; readonly call: Node; readonly node: TSESTree.CatchClause }
  | {
      readonly kind: "handler";
      readonly call: Node;
      readonly node: Node;
      readonly handler: FunctionNode;
    };

/** Where the failure of a call ends up: its own handlers, else those of the callers in the file. */
function failurePoints(core: Core, call: Node, isPromise: boolean, levels: number): FailurePoint[] {
  if (isPromise) {
    const chained = rejectionHandler(core, call);
    if (chained === "unknown") return [];
    if (chained !== undefined) {
      return [{ kind: "handler", call, node: chained.node, handler: chained.handler }];
    }
  }
  const clause = catchOf(call);
  if (clause !== undefined) {
    // A promise that nobody awaits inside of the `try` fails outside of it.
    return isPromise && !isAwaited(call) ? [] : [{ kind: "catch", call, node: clause }];
  }
  const owner = enclosingFunction(call);
  if (owner === undefined || levels === 0) return [];
  return callSites(core, owner).calls.flatMap((site) =>
    failurePoints(core, site, isPromise || owner.async, levels - 1),
  );
}

function isAwaited(call: Node): boolean {
  for (let node = parentOf(call); node !== undefined; node = parentOf(node)) {
    if (node.type === "AwaitExpression") return true;
    if (isFunction(node) || /Statement$|Declaration$/u.test(node.type)) return false;
  }
  return false;
}

/** Does a caller in the file test what the function gives, so that it deals with nothing, too? */
function isAskedFor(core: Core, call: Node): boolean {
  const owner = enclosingFunction(call);
  if (owner === undefined) return false;
  return callSites(core, owner).calls.some((site) =>
    usesOf(core, site).some(
      ({ kind, path }) => path.length === 0 && (kind === "test" || kind === "compare"),
    ),
  );
}

/** `verify(…).then(…).catch(handler)`, `.then(…, handler)`. */
function rejectionHandler(
  core: Core,
  call: Node,
): { readonly node: Node; readonly handler: FunctionNode } | "unknown" | undefined {
  let node = call;
  for (;;) {
    const member = parentOf(node);
    if (member?.type !== "MemberExpression" || member.object !== node) return undefined;
    const chained = parentOf(member);
    if (chained?.type !== "CallExpression" || chained.callee !== member) return undefined;
    const name = memberName(member);
    const given = name === "catch" ? chained.arguments[0] : chained.arguments[1];
    if (name === "catch" || (name === "then" && given !== undefined)) {
      const handler = given === undefined ? undefined : functionOf(core, given);
      return handler === undefined ? "unknown" : { node: given ?? handler, handler };
    }
    if (name !== "then" && name !== "finally") return "unknown";
    node = chained;
  }
}

function functionOf(core: Core, given: Node): FunctionNode | undefined {
  const written = unwrap(given);
  if (isFunction(written)) return written;
  const value = core.evaluate(written);
  return value.type === "function" && core.fileOf(value.node) === core.file
    ? value.node
    : undefined;
}

/** Another key or another verification is tried for the token. */
function triesAgain(
  core: Core,
  { call, node: clause }: Extract<FailurePoint, { kind: "catch" }>,
  operations: readonly Operation[],
): boolean {
  const owner = enclosingFunction(call);
  for (let node = parentOf(call); node !== undefined && node !== owner; node = parentOf(node)) {
    if (/^(?:For|While|DoWhile)/u.test(node.type)) return true;
  }
  if (owner === undefined) return false;
  const holder = parentOf(owner);
  // `keys.find((key) => …)`
  if (holder?.type === "CallExpression" && holder.callee.type === "MemberExpression") {
    const name = memberName(holder.callee);
    if (/^(?:find|some|map|filter|every|forEach|reduce|flatMap)$/u.test(name ?? "")) return true;
  }
  const isBehind = (node: Node): boolean =>
    contains(owner, node) && node.range[0] > clause.range[1];
  return operations.some(({ kind, node }) => {
    if (kind !== "verify" && kind !== "decode") return false;
    const other = enclosingFunction(node);
    // `catch {} return byKeySet(token);`
    return (
      isBehind(node) ||
      (other !== undefined && other !== owner && callSites(core, other).calls.some(isBehind))
    );
  });
}

function inCatch(
  core: Core,
  point: Extract<FailurePoint, { kind: "catch" }>,
  operations: readonly Operation[],
): TracelessFailure["kind"] | undefined {
  const { node: clause } = point;
  if (triesAgain(core, point, operations)) return undefined;
  if (answersUnlogged(core, clause.body)) return "unlogged-answer";
  if (clause.param !== null && isRead(core, clause.param)) return undefined;
  const end = endOf(core, clause.body);
  // NestJS answers with 403.
  if (end === "gives-nothing" && isActivation(core, clause)) return "unlogged-answer";
  if (end !== "goes-on") return end === "leaves-trace" ? undefined : end;
  if (returns(core, clause.body)) return end;
  return judgesBehind(core, clause) ? undefined : end;
}

function isActivation(core: Core, node: Node): boolean {
  const owner = enclosingFunction(node);
  return owner !== undefined && roleName(core, owner) === "canActivate";
}

function inHandler(
  core: Core,
  call: Node,
  handler: FunctionNode,
): TracelessFailure["kind"] | undefined {
  const { body } = handler;
  const [error] = handler.params;
  if (body.type === "BlockStatement" && answersUnlogged(core, body)) return "unlogged-answer";
  if (error !== undefined && isRead(core, error)) return undefined;
  const end = body.type === "BlockStatement" ? endOf(core, body) : expressionEnd(core, body);
  if (end === "leaves-trace" || end === "unlogged-answer") return undefined;
  // Who tests what comes out of it deals with there being no good token.
  const uses = usesOf(core, call);
  if (uses.some(({ kind, path }) => path.length === 0 && (kind === "test" || kind === "compare"))) {
    return undefined;
  }
  return uses.some(({ kind }) => kind === "return") ? "gives-nothing" : "goes-on";
}

/** `if (err) return;`, `if (err) return next();`, `if (!err) req.user = claims; next();`. */
function inCallback(
  core: Core,
  callback: FunctionNode,
): (readonly [TracelessFailure["kind"], Node])[] {
  const [error] = callback.params;
  if (error === undefined || callback.body.type !== "BlockStatement") return [];
  const [only, ...others] = readsOf(core.fileOf(error), error);
  const parent = only === undefined ? undefined : parentOf(only);
  const test = parent?.type === "UnaryExpression" && parent.operator === "!" ? parent : only;
  const branch = test === undefined ? undefined : parentOf(test);
  if (branch?.type !== "IfStatement" || branch.test !== test) return [];
  if (parentOf(branch) !== callback.body) return [];
  const failed = test === only ? branch.consequent : branch.alternate;
  if (failed !== null && answersUnlogged(core, failed)) return [["unlogged-answer", failed]];
  if (others.length > 0) return [];
  const end = failed === null ? "goes-on" : endOf(core, failed);
  if (end === "leaves-trace") return [];
  if (failed !== null && (end !== "goes-on" || returns(core, failed))) return [[end, failed]];
  // Behind the branch stands the code of both ways.
  const statements = callback.body.body;
  const behind = statements.slice(statements.indexOf(branch) + 1);
  const goesOn = behind.every((statement) => endOf(core, statement) === "goes-on");
  return goesOn ? [["goes-on", failed ?? branch]] : [];
}

function returns(core: Core, block: Node): boolean {
  let found = false;
  walk(block, core.fileOf(block).visitorKeys, (node) => {
    if (isFunction(node)) return false;
    found ||= node.type === "ReturnStatement";
    return !found;
  });
  return found;
}

/** Is the error looked at, or are parts of it taken? */
function isRead(core: Core, target: Node): boolean {
  return target.type !== "Identifier" || readsOf(core.fileOf(target), target).length > 0;
}

/**
 * Is what the attempt gave looked at behind it, so that a request without it may be refused there?
 * Whatever may leave a trace, and whatever is given back, counts.
 */
function judgesBehind(core: Core, clause: TSESTree.CatchClause): boolean {
  const owner = enclosingFunction(clause);
  let from: Node | undefined = parentOf(clause);
  for (let block = from && parentOf(from); block !== undefined; block = parentOf(block)) {
    if (block.type === "BlockStatement") {
      const behind = block.body.slice(block.body.indexOf(from as TSESTree.Statement) + 1);
      if (behind.some((statement) => mayJudge(core, statement))) return true;
    }
    if (block === owner || block.type === "TryStatement") break;
    from = block;
  }
  return false;
}

function mayJudge(core: Core, statement: Node): boolean {
  if (statement.type === "FunctionDeclaration") return false;
  if (statement.type === "ReturnStatement") {
    return statement.argument !== null && unwrap(statement.argument).type !== "CallExpression";
  }
  const end = endOf(core, statement);
  // `res.send(false)`: whoever asked is told.
  return end === "leaves-trace" || end === "unlogged-answer";
}
