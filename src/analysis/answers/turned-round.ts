import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { isLogStatement } from "../logging.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import { textsOf } from "../network/http.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  functionName,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  statementsIn,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { statementsBehind } from "./behind.ts";
import { letsInSomebody } from "./function-roles.ts";
import { responseCalls } from "./response-calls.ts";
import { catchOf } from "./results.ts";

/** What is known of a token that is good: that it is there, what the verification has given, and that there is no error. */
interface Good {
  /** The verification, where its result is asked on the spot. */
  readonly call: Node;
  readonly there: readonly (Scope.Variable | undefined)[];
  readonly error: Scope.Variable | undefined;
  /** Whether the guard, by its name, lets in who has one: it is then a mistake, unless there is another page for him. */
  readonly isLetIn: boolean;
}

type Way = "turned-away" | "elsewhere";

/**
 * Is whoever has a good token the one that a guard turns away, as one for pages of those does who have not signed in:
 * `try { verify(token, key); return res.redirect("/home"); } catch { next(); }`? A token that is refused is then as
 * good as none, and to let pass who has none is what it is there for, whatever it is called.
 */
export function turnsAwayGood(core: Core, { callback, node, token }: Operation): boolean {
  const file = core.fileOf(node);
  const brought = token === undefined ? undefined : file.variableOf(unwrap(token.node));
  const told = callback?.function;
  const isLetIn = letsInSomebody(core, node);
  if (callback !== undefined) {
    if (told === undefined || core.fileOf(told) !== file) return false;
    const [error, result] = told.params.map((one) => file.variableOf(one));
    const good: Good = { call: node, there: [brought, result], error, isLetIn };
    return wayAt(core, told.body, good) === "turned-away";
  }
  const given = handled(node);
  const there = [brought, resultOf(core, given)];
  const good: Good = { call: given, there, error: undefined, isLetIn };
  const next = followed(node);
  if (next !== undefined) {
    const [result] = next.params.map((one) => file.variableOf(one));
    return wayAt(core, next.body, { ...good, there: [brought, result] }) === "turned-away";
  }
  const statement = statementOf(given);
  if (statement === undefined) return false;
  const asked = statement.type === "IfStatement" ? [statement] : [];
  return wayThrough(core, [...asked, ...statementsBehind(statement)], good) === "turned-away";
}

/** `verify(token).catch(() => null)`: of a good token the same as without the handler. */
function handled(call: Node): Node {
  const chained = chainedBy(call);
  return chained?.name === "catch" ? chained.call : call;
}

/** `(claims) => …` of `verify(token).then((claims) => …)` */
function followed(call: Node): FunctionNode | undefined {
  const chained = chainedBy(call);
  const [handler] = chained?.name === "then" ? chained.call.arguments : [];
  return isFunction(handler) ? handler : undefined;
}

function chainedBy(
  call: Node,
): { readonly name: string | undefined; readonly call: CallNode } | undefined {
  const member = parentOf(call);
  if (member?.type !== "MemberExpression" || member.object !== call) return undefined;
  const chained = parentOf(member);
  return chained?.type === "CallExpression" && chained.callee === member
    ? { name: memberName(member), call: chained }
    : undefined;
}

function resultOf(core: Core, given: Node): Scope.Variable | undefined {
  const holder = parentOf(wrapped(given));
  const target =
    holder?.type === "VariableDeclarator"
      ? holder.id
      : holder?.type === "AssignmentExpression"
        ? holder.left
        : undefined;
  return target?.type === "Identifier" ? core.fileOf(given).variableOf(target) : undefined;
}

function statementOf(node: Node): Node | undefined {
  for (
    let at: Node = node, holder = parentOf(at);
    holder !== undefined;
    at = holder, holder = parentOf(at)
  ) {
    if (isFunction(holder) && holder.body === at && at.type !== "BlockStatement") return undefined;
    if (statementsIn(holder)?.includes(at) === true) return at;
  }
  return undefined;
}

function wayThrough(core: Core, statements: readonly Node[], good: Good): Way | undefined {
  for (const statement of statements) {
    const way = wayAt(core, statement, good);
    if (way !== undefined) return way;
  }
  return undefined;
}

/** Where a statement leads who has a good token; undefined where it only goes on to the next one. */
function wayAt(core: Core, statement: Node, good: Good): Way | undefined {
  switch (statement.type) {
    case "BlockStatement":
      return wayThrough(core, statement.body, good);
    case "TryStatement":
      return wayAt(core, statement.block, good);
    case "IfStatement": {
      const holds = truthOf(core, statement.test, good);
      // What else is asked tells some who have a good token from others: the role that a page is for.
      if (holds === undefined) return "elsewhere";
      const branch = holds ? statement.consequent : statement.alternate;
      return branch === null ? undefined : wayAt(core, branch, good);
    }
    case "VariableDeclaration":
      return isHandedOn(core, statement, good) ? "elsewhere" : undefined;
    case "ThrowStatement":
      return !good.isLetIn &&
        catchOf(statement) === undefined &&
        !asksToSignIn(core, statement.argument)
        ? "turned-away"
        : "elsewhere";
    case "ReturnStatement":
      return statement.argument !== null && turnsAway(core, statement.argument, good)
        ? "turned-away"
        : "elsewhere";
    case "ExpressionStatement":
      if (isLogStatement(statement)) return undefined;
      return turnsAway(core, statement.expression, good) ? "turned-away" : "elsewhere";
    default:
      return turnsAway(core, statement, good) ? "turned-away" : "elsewhere";
  }
}

/** `const orders = await ordersOf(claims.sub);`: something is done for who has a good token. */
function isHandedOn(core: Core, declaration: Node, { call, there }: Good): boolean {
  const file = core.fileOf(declaration);
  const isGood = (part: Node): boolean =>
    part.type === "Identifier" && there.includes(file.variableOf(part));
  return hasWithin(
    core,
    declaration,
    (part) =>
      part.type === "CallExpression" &&
      !contains(part, call) &&
      part.arguments.some((one) => hasWithin(core, one, isGood)),
  );
}

/** Does a test hold for who has a good token: `!error`, `claims !== null`? Undefined where it asks something else. */
function truthOf(core: Core, written: Node, good: Good): boolean | undefined {
  const test = unwrap(written);
  if (test === good.call) return true;
  if (test.type === "UnaryExpression" && test.operator === "!") {
    const asked = truthOf(core, test.argument, good);
    return asked === undefined ? undefined : !asked;
  }
  if (test.type === "LogicalExpression" && test.operator !== "??") {
    const asked = [test.left, test.right].map((one) => truthOf(core, one, good));
    const decides = test.operator === "||";
    return asked.includes(decides) ? decides : asked.includes(undefined) ? undefined : !decides;
  }
  if (test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)) {
    const asked = isNullish(test.right) ? truthOf(core, test.left, good) : undefined;
    return asked === undefined ? undefined : asked === test.operator.startsWith("!");
  }
  const variable = test.type === "Identifier" ? core.fileOf(test).variableOf(test) : undefined;
  if (variable === undefined) return undefined;
  if (variable === good.error) return false;
  return good.there.includes(variable) ? true : undefined;
}

/**
 * `res.redirect("/home")`, `res.status(403).json(…)`, `next(new Forbidden())`, `ctx.status = 403`, and `false` of a guard
 * of NestJS. Nobody who has signed in is told to do so.
 */
function turnsAway(core: Core, expression: Node, { isLetIn }: Good): boolean {
  const node = unwrap(expression);
  if (node.type === "CallExpression" && /(?:^|\.)redirect$/u.test(calleeName(node)))
    return !leadsToSignIn(core, node);
  return !isLetIn && refuses(core, node);
}

function refuses(core: Core, node: Node): boolean {
  const isOtherThan = (written: Node | undefined): boolean =>
    written !== undefined && may(core.evaluate(written), isOfFailure);
  if (node.type === "AssignmentExpression")
    return assignedAnswer(core.fileOf(node), node) === "status" && isOtherThan(node.right);
  if (node.type === "Literal") {
    const owner = enclosingFunction(node);
    return node.value === false && owner !== undefined && functionName(owner) === "canActivate";
  }
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  const name = calleeName(node);
  if (name === "ctx.throw") return !asksToSignIn(core, node);
  if (name === "next") {
    const [error] = node.arguments;
    // `next("route")` only leaves out the other handlers of the route.
    return error !== undefined && textOf(error) === undefined && !asksToSignIn(core, error);
  }
  if (
    responseCalls(node).some(({ name: method, given }) => STATUS.test(method) && isOtherThan(given))
  )
    return true;
  // `NextResponse.json({ error }, { status: 403 })`
  const status = /^(?:Next)?Response(?:\.json)?$/u.test(name) ? node.arguments[1] : undefined;
  const init = status === undefined ? undefined : core.evaluate(status);
  const said = init?.type === "object" ? init.properties.get("status")?.value : undefined;
  return said !== undefined && may(said, isOfFailure);
}

const STATUS = /^(?:status|sendStatus|code|writeHead)$/u;

function isOfFailure(value: Value): boolean {
  return isNumber(value, (status) => status >= 300 && status !== UNAUTHORIZED);
}

const UNAUTHORIZED = 401;

function isNumber(value: Value, test: (number: number) => boolean): boolean {
  return value.type === "literal" && typeof value.value === "number" && test(value.value);
}

/** `new UnauthorizedException()`, `createError(401, "no token")` */
function asksToSignIn(core: Core, written: Node): boolean {
  const error = unwrap(written);
  if (error.type !== "CallExpression" && error.type !== "NewExpression") return false;
  return (
    /unauth/iu.test(calleeName(error)) ||
    error.arguments.some((one) =>
      may(core.evaluate(one), (value) => isNumber(value, (status) => status === UNAUTHORIZED)),
    )
  );
}

/** `res.redirect("/login?expired=1")`, `redirect(paths.signIn)` */
function leadsToSignIn(core: Core, call: CallNode): boolean {
  return call.arguments.some((one) =>
    [core.fileOf(one).text.slice(...one.range), ...textsOf(core.evaluate(one))].some((text) =>
      SIGN_IN.test(text),
    ),
  );
}

/** … and not `/signing-keys`, `/blogindex` */
const SIGN_IN = /(?<![a-z])(?:log|sign)[-_]?[iI]n(?!g)|(?:Log|Sign)[iI]n(?!g)|(?:LOG|SIGN)_?IN/u;
