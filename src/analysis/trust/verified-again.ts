import type { Core } from "../core.ts";
import { failureOf } from "../failures/result-flags.ts";
import { inside } from "../files/inside.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import { usesOf } from "../flow/flow.ts";
import { sentIn } from "../network/sent-in.ts";
import { operationsAt } from "../operations/operations.ts";
import type { Operation } from "../operations/operations.ts";
import { userFinder } from "../operations/user-finders.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { returnArguments } from "../values/classes.ts";
import { must, possibilities, truthiness } from "../values/value.ts";

/**
 * Does what a strategy asks for the user verify the token once more, with its expiry?
 * `validate(request) { return this.tokens.verify(request.cookies.token); }` refuses what the strategy itself lets pass.
 * A verification counts where it is of the same token, runs whenever the user is asked for, and refuses by its failure.
 */
export function isVerifiedAgain(core: Core, operation: Operation): boolean {
  const finder = userFinder(operation);
  if (finder === undefined) return false;
  const places = placesOf(core, operation);
  const isRefresh = REFRESH.test(textIn(core, operation.node));
  // Whoever takes nothing from the strategy goes by whatever it verifies itself.
  const isOwn = !takesClaims(core, operation, finder);
  const isToken = (node: Node): boolean => {
    const sent = sentIn(core, node);
    if (sent !== undefined && sent.size > 0)
      return isOwn || places === undefined || [...sent].some((place) => places.has(place));
    const name = dottedPath(node)?.at(-1) ?? "";
    return TOKEN.test(name) && (isOwn || REFRESH.test(name) === isRefresh);
  };
  const points = pointsOf(core, operation, finder);
  return verifies(core, finder, points, { isToken, levels: MAX_LEVELS });
}

/** `validate(payload)`, and the second parameter where the request is asked for, `passReqToCallback`. */
function takesClaims(core: Core, operation: Operation, finder: FunctionNode): boolean {
  const isGivenRequest = textIn(core, operation.node).includes("passReqToCallback");
  const claims = finder.params[isGivenRequest ? 1 : 0];
  if (claims === undefined) return false;
  return claims.type !== "Identifier" || readsOf(core.fileOf(claims), claims).length > 0;
}

/** Where what finds the user gives one: `return user`, `done(null, user)`. */
function pointsOf(core: Core, { callback }: Operation, finder: FunctionNode): readonly Point[] {
  const done = finder.params.at(-1);
  const isTold = callback !== undefined || /^(?:done|cb|callback)$/u.test(nameOf(done));
  return isTold && done !== undefined
    ? readsOf(core.fileOf(done), done).filter((read) => !isToldNobody(core, read))
    : returnArguments(core, finder).filter((one) => !isNobody(core, one));
}

function nameOf(parameter: Node | undefined): string {
  return parameter?.type === "Identifier" ? parameter.name : "";
}

/** `done(error)`, `done(null, false)` */
function isToldNobody(core: Core, read: Node): boolean {
  const call = parentOf(read);
  if (call?.type !== "CallExpression" || call.callee !== read) return false;
  const user = call.arguments[1];
  return user === undefined || isNobody(core, user);
}

/** How many functions deep: a strategy asks a service, which asks one for tokens, which asks the library. */
const MAX_LEVELS = 3;

/** How many names a token goes through in a function. */
const MAX_NAMES = 3;

const TOKEN = /token|jwt|bearer/iu;
const REFRESH = /refresh/iu;

/** What is known in a function that may verify. */
interface Within {
  readonly isToken: (node: Node) => boolean;
  readonly levels: number;
}

/** What a function gives, or that it comes to its end. */
type Point = Node | "end";

/** Has a verification succeeded wherever the function comes to one of these points? */
function verifies(
  core: Core,
  owner: FunctionNode,
  points: readonly Point[],
  within: Within,
): boolean {
  const calls = inside(core.fileOf(owner).index.calls, owner).filter(
    (call) => enclosingFunction(call) === owner && refusesBy(core, call, within),
  );
  return (
    calls.length > 0 &&
    points.every((point) => calls.some((call) => isBefore(core, call, point, owner, within)))
  );
}

/** `return claims`, and the end of a function that may come to it. */
function waysOut(core: Core, owner: FunctionNode): readonly Point[] {
  const given = returnArguments(core, owner).filter((one) => !isNobody(core, one));
  return isEnding(owner.body) ? given : [...given, "end"];
}

/** Does nothing come behind it? */
function isEnding(node: Node): boolean {
  switch (node.type) {
    case "BlockStatement": {
      const last = node.body.at(-1);
      return last !== undefined && isEnding(last);
    }
    case "TryStatement":
      return isEnding(node.block) && (node.handler === null || isEnding(node.handler.body));
    case "IfStatement":
      return node.alternate !== null && isEnding(node.consequent) && isEnding(node.alternate);
    default:
      return !/Statement$|Declaration$/u.test(node.type) || /^(?:Return|Throw)/u.test(node.type);
  }
}

/** Does the call refuse a token that has expired, so that nobody comes past it? */
function refusesBy(core: Core, call: CallNode, within: Within): boolean {
  const { isToken, levels } = within;
  const given = call.arguments.map((one) => isToken(unwrap(one)));
  const made = operationsAt(core, call).filter(
    ({ wrapper, kind }) => wrapper === undefined && kind !== "extractor",
  );
  if (made.length > 0) {
    return made.some(
      (one) =>
        refusesExpired(one) &&
        (one.token === undefined || isToken(unwrap(one.token.node))) &&
        isHeeded(core, call, {
          promise: one.promise,
          inResult: (failureOf(one) ?? "").startsWith("returns"),
        }),
    );
  }
  const target = possibilities(core.evaluate(call.callee)).find((one) => one.type === "function");
  if (target === undefined) {
    const name = calleeName(call).split(".").at(-1) ?? "";
    return (
      given.includes(true) &&
      VERIFIES.test(name) &&
      !OTHER.test(name) &&
      isHeeded(core, call, { promise: false, inResult: false })
    );
  }
  const { node } = target;
  const isWhole = call.arguments.map((one) => REQUEST.test(dottedPath(one)?.join(".") ?? ""));
  if (levels === 0 || !(given.includes(true) || isWhole.includes(true))) return false;
  const names = node.params.flatMap((one, at) => (given[at] === true ? [one] : []));
  const inner = (one: Node): boolean =>
    isNamed(core, one, names, MAX_NAMES) || (isWhole.includes(true) && isToken(one));
  return (
    isHeeded(core, call, {
      promise: node.async,
      inResult: mayGiveNothing(core, node),
    }) && verifies(core, node, waysOut(core, node), { isToken: inner, levels: levels - 1 })
  );
}

/** Functions out of sight that verify what they are given, by their names. */
const VERIFIES = /verif|validat|authenticat|introspect|check_?(?:\w*_?)?(?:token|jwt)/iu;

/** What else a token can be checked for. */
const OTHER = /revo|black|block|den[iy]|format|shape|length|exist|type|scope|role|csrf|xsrf/iu;

const REQUEST = /^_?(?:req(?:uest)?|ctx|context)$/iu;

/** What cannot be seen of its options may say that it does not. */
function refusesExpired(operation: Operation): boolean {
  const { kind, entity, unverified } = operation;
  return (
    (kind === "verify" || kind === "middleware") &&
    unverified === undefined &&
    entity.checks?.expiration !== "never" &&
    operation
      .settings("ignoreExpiration")
      .every(({ value }) => must(value, (one) => truthiness(one) === false))
  );
}

/** Is it a parameter, or what is cut out of one: `header.split(" ")[1]`? */
function isNamed(core: Core, written: Node, names: readonly Node[], hops: number): boolean {
  const node = unwrap(written);
  switch (node.type) {
    case "Identifier": {
      const variable = core.fileOf(node).variableOf(node);
      if (variable?.identifiers.some((one) => names.some((name) => contains(name, one))) === true)
        return true;
      const init = hops === 0 ? undefined : initOf(core.fileOf(node), node);
      return init !== undefined && isNamed(core, init, names, hops - 1);
    }
    case "MemberExpression":
      return isNamed(core, node.object, names, hops);
    case "CallExpression":
      return node.callee.type === "MemberExpression" && isNamed(core, node.callee, names, hops);
    default:
      return false;
  }
}

/** Has the call been made, and come back without a failure, wherever a point of the function is reached? */
function isBefore(
  core: Core,
  call: Node,
  point: Point,
  owner: FunctionNode,
  { isToken }: Within,
): boolean {
  const isAhead = point === "end" || call.range[0] < point.range[0] || contains(point, call);
  if (!isAhead) return false;
  for (let from = call, at = parentOf(call); at !== undefined && at !== owner;) {
    if (point !== "end" && contains(from, point)) return true;
    if (at.type === "IfStatement" && from !== at.test) {
      // The strategy has found the token already.
      if (from !== at.consequent || !isToken(unwrap(at.test))) return false;
    } else if (at.type === "LogicalExpression" && from === at.right) {
      if (at.operator !== "&&" || !isToken(unwrap(at.left))) return false;
    } else if (at.type === "TryStatement" && from === at.block && at.handler !== null) {
      if (point !== "end" && contains(at.handler, point) && !isRefusal(core, point)) return false;
      if (!endsWithNobody(core, at.handler.body)) return false;
    } else if (CHOOSES.test(at.type)) {
      return false;
    }
    from = at;
    at = parentOf(at);
  }
  return true;
}

const CHOOSES =
  /^(?:ConditionalExpression|SwitchCase|(?:For|ForIn|ForOf|While|DoWhile)Statement)$/u;

function isNobody(core: Core, given: Node): boolean {
  return must(core.evaluate(given), (one) => truthiness(one) === false);
}

/** Does anybody take notice of a failure of the call? */
function isHeeded(
  core: Core,
  call: CallNode,
  { promise, inResult }: { readonly promise: boolean; readonly inResult: boolean },
): boolean {
  if (promise && promiseFate(core, call).kind !== "handled") return false;
  if (isRejectionTaken(call)) return false;
  return (
    !inResult || usesOf(core, call).some(({ kind }) => /^(?:test|compare|return)$/u.test(kind))
  );
}

/** `verifyAsync(token).catch(() => undefined)` */
function isRejectionTaken(call: CallNode): boolean {
  const member = parentOf(call);
  return member?.type === "MemberExpression" && dottedPath(member.property)?.[0] === "catch";
}

/** Does a block that deals with a failure throw, give nobody, or hand the failure to whoever decides? */
function endsWithNobody(core: Core, block: Node): boolean {
  if (block.type !== "BlockStatement") return false;
  const last = block.body.at(-1);
  const isEnd = last?.type === "ThrowStatement" || last?.type === "ReturnStatement";
  const isToldBack =
    last?.type === "ExpressionStatement" &&
    last.expression.type === "CallExpression" &&
    /^(?:done|cb|callback|next)$/u.test(calleeName(last.expression));
  return (isEnd || isToldBack) && givenIn(core, block).every((one) => isRefusal(core, one));
}

function isRefusal(core: Core, given: Node): boolean {
  const node = unwrap(given);
  return node.type === "CallExpression" || node.type === "NewExpression" || isNobody(core, node);
}

/** What the return statements of a part of a function give. */
function givenIn(core: Core, part: Node): readonly Node[] {
  const owner = enclosingFunction(part);
  return owner === undefined
    ? []
    : returnArguments(core, owner).filter((one) => contains(part, one));
}

/** Is there a failure that it answers with nothing? */
function mayGiveNothing(core: Core, owner: FunctionNode): boolean {
  return inside(core.fileOf(owner).index.tries, owner).some(
    ({ handler }) =>
      handler !== null && givenIn(core, handler.body).some((one) => isNobody(core, one)),
  );
}

/** Where in a request a strategy looks for the token; undefined where nobody knows. */
function placesOf(core: Core, operation: Operation): ReadonlySet<string> | undefined {
  const { node } = operation;
  const file = core.fileOf(node);
  const places = new Set<string>();
  let isKnown = true;
  const add = (place: string | undefined): void => {
    if (place === undefined) isKnown = false;
    else places.add(place);
  };
  const extractors = inside(file.index.calls, node).filter((one) => one !== node);
  for (const call of extractors) {
    const [name = "", argument] = [dottedPath(call.callee)?.at(-1), textOf(call.arguments[0])];
    if (name.startsWith("fromAuthHeader")) places.add("headers.authorization");
    const part = PARTS[name];
    if (part !== undefined)
      add(
        argument === undefined
          ? undefined
          : `${part}.${part === "headers" ? argument.toLowerCase() : argument}`,
      );
  }
  const finders = operation
    .settings("tokenSource")
    .map(({ valueNode }) => valueNode)
    .flatMap((one) => functionsAt(core, one));
  for (const finder of finders) {
    if (finder === undefined) isKnown = false;
    else
      for (const given of returnArguments(core, finder)) {
        const sent = sentIn(core, given);
        if (sent === undefined) isKnown = false;
        else for (const place of sent) places.add(place);
      }
  }
  return isKnown && places.size > 0 ? places : undefined;
}

const PARTS: Readonly<Partial<Record<string, string>>> = table({
  fromHeader: "headers",
  fromBodyField: "body",
  fromUrlQueryParameter: "query",
});

/** The functions of the program among what the setting lists; undefined for each that is out of sight. */
function functionsAt(core: Core, written: Node): (FunctionNode | undefined)[] {
  const node = unwrap(written);
  if (isFunction(node)) return [node];
  if (node.type === "CallExpression") {
    const name = dottedPath(node.callee)?.at(-1) ?? "";
    if (name.startsWith("fromAuthHeader") || PARTS[name] !== undefined) return [];
    const [list] = node.arguments;
    return name === "fromExtractors" && list?.type === "ArrayExpression"
      ? list.elements.flatMap((one) => (one === null ? [] : functionsAt(core, one)))
      : [undefined];
  }
  const value = core.evaluate(node);
  return value.type === "function" ? [value.node] : [undefined];
}

function textIn(core: Core, node: Node): string {
  return core.fileOf(node).text.slice(...node.range);
}
