import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingClass,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  statementsIn,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { nextCalled, statementsBehind } from "../answers/behind.ts";
import {
  BROUGHT,
  decorationOf,
  isRequired,
  isTokenGuard,
  madeOf,
  roleName,
} from "../answers/function-roles.ts";
import { isLogStatement } from "../logging.ts";
import { refusesNobody } from "./refusing-nobody.ts";
import { otherFormPasses } from "./other-forms.ts";
import { isAllowance } from "../answers/refusals.ts";
import { turnsAwayGood } from "../answers/turned-round.ts";

/** A way through a guard on which no token is verified. */
export interface SkippedVerification {
  readonly kind:
    /** `if (token) { verify(token); } next();`: whoever brings no token passes. */
    | "anonymous"
    /** `if (!denied.has(token)) { verify(token); } next();`: whoever is on the list passes. */
    | "listed";
  /** What lets the request pass; the condition, where the guard only ends. */
  readonly node: Node;
  /** The guard, by its name. */
  readonly guard: string;
}

/**
 * Is the verification left out where the guard lets the request pass all the same? Without a token only a
 * guard says more than it does whose name says that nobody passes without one; a token on a list of those
 * that are no longer good is never to pass.
 */
export function skippedVerification(
  core: Core,
  operation: Operation,
): SkippedVerification | undefined {
  const { node: call } = operation;
  const owner = enclosingFunction(call);
  // Where the missing token is refused, it is no question of who may come without one.
  if (owner === undefined || otherFormPasses(core, operation) !== undefined) return undefined;
  if (refusesNobody(core, call)) return undefined;
  const guard = nameOf(core, owner) ?? "This function";
  for (
    let at: Node | undefined = parentOf(call);
    at !== undefined && at !== owner;
    at = parentOf(at)
  ) {
    if (at.type === "IfStatement" && contains(at.consequent, call)) {
      const kind = asksFor(core, at.test);
      if (kind === undefined || (kind === "anonymous" && !isAsking(core, owner))) return undefined;
      if (turnsAwayGood(core, operation)) return undefined;
      const node = passesBeside(core, owner, at);
      return node === undefined ? undefined : { kind, node, guard };
    }
  }
  if (!isAsking(core, owner) || turnsAwayGood(core, operation)) return undefined;
  const beside = besideNothing(core, owner, call);
  if (beside !== undefined) return { kind: "anonymous", node: beside, guard };
  const early = earlyPass(core, owner, call);
  return early === undefined ? undefined : { kind: "anonymous", node: early, guard };
}

/** Does nobody pass the function without a token, by its name? Of a guard of NestJS the class has the name. */
function isAsking(core: Core, owner: FunctionNode): boolean {
  if (!isActivation(owner)) return isRequired(core, owner);
  // Where the file has what asks for the user later, this one may only say who is there.
  const { called, functions } = core.file.index;
  const isFirst = called.has("createParamDecorator") || functions.filter(isActivation).length > 1;
  return !isFirst && isTokenGuard(core, owner);
}

function isActivation(owner: FunctionNode): boolean {
  return functionName(owner) === "canActivate";
}

function nameOf(core: Core, owner: FunctionNode): string | undefined {
  return (
    (isActivation(owner) ? enclosingClass(owner)?.id?.name : undefined) ?? roleName(core, owner)
  );
}

/** `next()`, or in a guard of NestJS `return true` */
export function passing(owner: FunctionNode, statement: Node): Node | undefined {
  const next = nextCalled(statement);
  if (next !== undefined || !isActivation(owner)) return next;
  const answer = statement.type === "ReturnStatement" ? statement.argument : null;
  return answer?.type === "Literal" && answer.value === true ? statement : undefined;
}

/**
 * `if (token) { verify(token); } return { isAuthorized: true };`, or a policy of AWS that allows: an authorizer
 * says by it that somebody may, and whoever brings no token may as well.
 *
 * @returns what lets in
 */
export function allowedWithoutToken(core: Core, { node: call }: Operation): Node | undefined {
  const owner = enclosingFunction(call);
  for (let at = parentOf(call); at !== undefined && at !== owner; at = parentOf(at)) {
    if (at.type !== "IfStatement" || !contains(at.consequent, call)) continue;
    if (at.alternate !== null || asksFor(core, at.test) !== "anonymous") return undefined;
    const last = returnBehind(at);
    return last?.argument != null && isYes(core, last.argument) ? last : undefined;
  }
  return undefined;
}

/** The return that a branch comes to, where nothing before it asks how the branch went. */
function returnBehind(branch: Node): TSESTree.ReturnStatement | undefined {
  for (let from = branch, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return undefined;
    const statements = statementsIn(at);
    if (statements === undefined) continue;
    const next = statements.slice(statements.indexOf(from) + 1).find((one) => !isLogStatement(one));
    if (next !== undefined) return next.type === "ReturnStatement" ? next : undefined;
  }
  return undefined;
}

function isYes(core: Core, answer: Node): boolean {
  const value = core.evaluate(answer);
  const verdict = value.type === "object" ? value.properties.get("isAuthorized")?.value : undefined;
  return verdict === undefined
    ? isAllowance(core, answer)
    : possibilities(verdict).every((one) => one.type === "literal" && one.value === true);
}

/** Lists of tokens that are no longer good, by their names. */
const LIST = /den(?:y|ied)|black_?list|block(?:ed)?_?list|revoked|invalidated|logged_?out/iu;

/** What does a test ask for that a verification stands behind? */
export function asksFor(core: Core, written: Node): SkippedVerification["kind"] | undefined {
  const test = unwrap(written);
  const text = core.fileOf(test).text.slice(...test.range);
  if (test.type === "UnaryExpression" && test.operator === "!") {
    // It is asked of the token whether it is on the list.
    const asked = unwrap(test.argument);
    const isAsked = asked.type === "CallExpression" && asked.arguments.length > 0;
    return isAsked && LIST.test(calleeName(asked)) ? "listed" : undefined;
  }
  const isPresence = isPlain(test) && BROUGHT.test(text + madeOf(core, test));
  return isPresence ? "anonymous" : undefined;
}

/** `token`, `req.headers.authorization`, `header && header.startsWith("Bearer ")` */
function isPlain(written: Node): boolean {
  const node = unwrap(written);
  switch (node.type) {
    case "Identifier":
    case "MemberExpression":
      return !WHETHER.test(dottedPath(node)?.at(-1) ?? "");
    case "LogicalExpression":
      return node.operator === "&&" && isPlain(node.left) && isPlain(node.right);
    case "CallExpression": {
      const callee = unwrap(node.callee);
      return callee.type === "MemberExpression" && memberName(callee) === "startsWith";
    }
    default:
      return false;
  }
}

/** `settings.tokenRequired`: whether tokens are asked for at all. */
const WHETHER = /requir|mandatory|enforce|enabled/iu;

/** What lets a request pass that has not come into the branch. */
function passesBeside(
  core: Core,
  owner: FunctionNode,
  branch: TSESTree.IfStatement,
): Node | undefined {
  if (branch.alternate !== null && !doesNothing(branch.alternate))
    return onlyNext(owner, branch.alternate);
  const behind = statementsBehind(branch);
  const [first] = behind;
  // A function that Fastify calls before a handler lets pass by ending.
  if (first === undefined) return decorationOf(owner) === undefined ? undefined : branch.test;
  return passing(owner, first);
}

/** `if (!token) { console.log("no token"); } else { verify(token); } next();`, `if (!token) next(); else …` */
function besideNothing(core: Core, owner: FunctionNode, call: Node): Node | undefined {
  for (
    let at: Node | undefined = parentOf(call);
    at !== undefined && at !== owner;
    at = parentOf(at)
  ) {
    if (at.type !== "IfStatement" || at.alternate === null || !contains(at.alternate, call))
      continue;
    if (!isMissing(core, at.test)) return undefined;
    if (!doesNothing(at.consequent)) return onlyNext(owner, at.consequent);
    const [first] = statementsBehind(at);
    return first === undefined ? undefined : passing(owner, first);
  }
  return undefined;
}

function doesNothing(branch: Node): boolean {
  return (statementsIn(branch) ?? [branch]).every(isLogStatement);
}

/** Does a test ask whether no token was brought: `!token`, `!header || !header.startsWith("Bearer ")`? */
export function isMissing(core: Core, written: Node): boolean {
  const test = unwrap(written);
  if (test.type === "LogicalExpression" && test.operator === "||")
    return isMissing(core, test.left) && isMissing(core, test.right);
  return (
    test.type === "UnaryExpression" &&
    test.operator === "!" &&
    isPlain(test.argument) &&
    BROUGHT.test(core.fileOf(test).text.slice(...test.range) + madeOf(core, test))
  );
}

/** A branch that does nothing but go on: one that says who is there, as nobody, means to. */
function onlyNext(owner: FunctionNode, branch: Node): Node | undefined {
  const statements = statementsIn(branch) ?? [branch];
  const [first, ...more] = statements.filter((one) => !isLogStatement(one));
  const isLast = more.every((one) => one.type === "ReturnStatement" && one.argument === null);
  return first !== undefined && isLast ? passing(owner, first) : undefined;
}

/** `if (!token) return next();` in front of the verification. */
function earlyPass(core: Core, owner: FunctionNode, call: Node): Node | undefined {
  for (
    let from: Node = call, at = parentOf(from);
    at !== undefined && from !== owner.body;
    from = at, at = parentOf(at)
  ) {
    for (const one of statementsIn(at) ?? []) {
      if (one === from) break;
      if (one.type !== "IfStatement" || one.alternate !== null) continue;
      if (!isMissing(core, one.test)) continue;
      const next = onlyNext(owner, one.consequent);
      if (next !== undefined) return next;
    }
  }
  return undefined;
}
