import type { Core } from "../core.ts";
import { nextBehind } from "../answers/behind.ts";
import { isAuthenticating, passes } from "../answers/function-roles.ts";
import { isAboutToken } from "../guards/presence-only.ts";
import { refusesNobody } from "../guards/refusing-nobody.ts";
import { handsOn } from "../guards/wrapper-calls.ts";
import { named } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isLiteral,
  parentOf,
  rootOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { importSource } from "../values/whole-files.ts";
import { asksAnyway, guardChoices, isVerifying, passesAll, registers } from "./chosen-guards.ts";
import { saysWithout } from "./environment-switches.ts";
import { asksForDevelopment } from "./environments.ts";
import { stops } from "./guards.ts";
import { asksForFixed, branchOf, doesNothing, isMadeUp } from "./nothing-asked.ts";
import { isVerification } from "./verifying-calls.ts";

/** Words of which one stands in every test that is looked for; asked before anything else is. */
const WORDS =
  /env|dev|prod|auth_?mode|(?:disable|skip|bypass|no|without)_?(?:jwt_?)?(?:auth|login|signin|session|token)|(?:auth\w*|login|signin|session)_?disabled/iu;

/**
 * Guards that the environment leaves out: `if (NODE_ENV !== "development") app.use(guard)`,
 * `app.use(isProduction ? guard : passAll)`, and `if (process.env.DISABLE_AUTH === "true") return next();` in one.
 * One wrong setting, and every request passes. Where a route is left out as well, it is the route that is chosen.
 *
 * @returns what is asked of the environment
 */
export function switchedGuards(core: Core, operations: readonly Operation[]): Node[] {
  const { file } = core;
  if (!WORDS.test(file.code) || isStandIn(file)) return [];
  const verifications = operations.filter(
    (one) => isVerification(one) && core.fileOf(one.node) === file,
  );
  const found = [
    ...verifications
      .flatMap((one) => [one.node, ...callsOf(core, one)])
      .flatMap((call) => leftOutInside(core, call) ?? []),
    ...verifyingImports(core).flatMap((call) => leftOutInside(core, call) ?? []),
    ...mounted(core, verifications),
    ...chosen(core, verifications),
  ];
  return found.filter((test) => !isStopped(core, test));
}

/**
 * `if (isProduction && process.env.DISABLE_AUTH) throw new Error("…");` anywhere in the file, and
 * `assert(NODE_ENV !== "production" || AUTH_ENABLED === "true")`.
 */
function isStopped(core: Core, test: Node): boolean {
  const { index, text } = core.file;
  const words =
    text.slice(...test.range).match(/\w*(?:auth|login|signin|session|token)\w*/giu) ?? [];
  const asked = words.flatMap((word) => index.names.get(word) ?? []);
  return asked.some((name) => {
    let at = parentOf(name);
    while (at !== undefined && at.type !== "IfStatement" && !isAssertion(at)) at = parentOf(at);
    if (at?.type === "IfStatement") return contains(at.test, name) && stops(core, at.consequent);
    return at?.type === "CallExpression" && isEither(core, at, name);
  });
}

function isAssertion(node: Node): boolean {
  return (
    node.type === "CallExpression" && /^(?:assert(?:\.ok)?|invariant)$/u.test(calleeName(node))
  );
}

/** Is it either no production, or asked for? That one of two settings is there says nothing of what they are. */
function isEither(core: Core, { arguments: [asserted] }: CallNode, name: Node): boolean {
  if (asserted?.type !== "LogicalExpression" || asserted.operator !== "||") return false;
  const sides = [asserted.left, asserted.right];
  return (
    sides.some((side) => isOutside(core, side)) &&
    sides.some((side) => contains(side, name) && saysWithout(core, side) === false)
  );
}

/** `NODE_ENV !== "production"`, `!isProduction` */
function isOutside(core: Core, written: Node): boolean {
  const side = unwrap(written);
  return side.type === "UnaryExpression"
    ? asksForDevelopment(core, side.argument) === false
    : asksForDevelopment(core, side) === true;
}

/** What was asked of the environment on the way to a place, where the answer was that the guard is to be there. */
function switchAt(core: Core, conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(({ test, holds }) => saysWithout(core, test) === !holds);
}

/** `const check = expressjwt(options)`, `const read = (token) => jwt.verify(token, key)`: who calls them? */
function callsOf(core: Core, { node, kind }: Operation): Node[] {
  const owner = enclosingFunction(node);
  if (kind === "verify")
    return owner === undefined ? [] : [...callSites(core, callableOf(owner)).calls];
  const declarator = parentOf(wrapped(node));
  if (declarator?.type !== "VariableDeclarator") return [];
  return readsOf(core.file, declarator.id);
}

/** `const check = (token) => new Promise((resolve, reject) => jwt.verify(token, key, …))`: it is `check` that is called. */
function callableOf(owner: FunctionNode): FunctionNode {
  const by = parentOf(owner);
  const isExecutor = by?.type === "NewExpression" && calleeName(by) === "Promise";
  return (isExecutor ? enclosingFunction(by) : undefined) ?? owner;
}

/** `await verifySessionToken(token)`, where the function is imported: what it does may be out of sight. */
function verifyingImports(core: Core): CallNode[] {
  const { file } = core;
  return named(file.index.called, (name) => VERIFIES.test(name)).filter((call) => {
    let root = rootOf(call.callee);
    // `admin.auth().verifyIdToken(token)`
    while (root.type === "CallExpression") root = rootOf(root.callee);
    return importSource(file.variableOf(root)) !== undefined;
  });
}

const VERIFIES =
  /^(?:verify|validate|check|authenticate)_?(?:(?:access|auth|user|id|bearer|login|session|request|api)_?)*(?:token|jwt|session)$/iu;

/** `if (isDevelopment) return next();` in a guard, and `if (!isDevelopment) { … verify(token) … } next();` */
function leftOutInside(core: Core, call: Node): Node | undefined {
  const owner = enclosingFunction(call);
  if (owner === undefined || refusesNobody(core, call)) return undefined;
  const asked = switchAt(core, conditionsAt(call, owner));
  if (asked === undefined) return undefined;
  const isWay = waysOn(core, owner).some((way) => isOnlyWithout(core, owner, way, asked.test));
  if (isWay || isFilledInstead(core, owner, call, asked.test)) return asked.test;
  const branch = holderOf(asked.test, call);
  const isBeside =
    branch?.type === "IfStatement" &&
    branch.alternate === null &&
    nextBehind(core, branch) !== undefined &&
    !asksAnyway(core, asked.test);
  return isBeside ? asked.test : undefined;
}

/**
 * `if (isProduction) claims = verify(token); else claims = { id: 1, isAdmin: true };`, and `isDevelopment ? { id: 1 } :
 * verify(token)`: somebody who is written in the code takes the place of what the token says.
 */
function isFilledInstead(core: Core, owner: FunctionNode, call: Node, test: Node): boolean {
  const given = wrapped(call);
  const by = parentOf(given);
  if (by?.type === "ConditionalExpression")
    return [by.consequent, by.alternate].some((one) => one !== given && isMadeUp(one));
  if (by?.type !== "AssignmentExpression" || by.left.type !== "Identifier") return false;
  const { references = [] } = core.fileOf(by).variableOf(by.left) ?? {};
  return references.some(({ writeExpr, init }) => {
    if (writeExpr == null || !contains(owner, writeExpr) || !isMadeUp(writeExpr)) return false;
    // What it is declared with stays where nothing takes its place.
    return init === true || isOnlyWithout(core, owner, writeExpr, test);
  });
}

/** What lets a request pass: `next()`, `return true` of a guard, `return NextResponse.next()`, `return handler(req, res)`. */
function waysOn(core: Core, owner: FunctionNode): Node[] {
  const given = returnArguments(core, owner).map((one) => unwrap(one));
  const isGuard = isAuthenticating(core, owner);
  return [
    ...passes(core, owner),
    ...handsOn(core, owner),
    ...given.filter((one) =>
      one.type === "Literal"
        ? isGuard && one.value === true
        : one.type === "CallExpression"
          ? /^NextResponse\.next$/u.test(calleeName(one))
          : isGuard && isMadeUp(one),
    ),
  ];
}

/** Is nothing asked on that way but the environment, and whether a token has come? */
function isOnlyWithout(core: Core, owner: FunctionNode, way: Node, test: Node): boolean {
  const conditions = conditionsAt(way, owner);
  const isThere = conditions.some(
    (one) => contains(one.test, test) && saysWithout(core, one.test) === one.holds,
  );
  const isAlone = conditions.every(
    (one) =>
      contains(one.test, test) || isAboutToken(core, one.test) || asksForFixed(core, one.test),
  );
  return isThere && isAlone && doesNothing(core, branchOf(way, owner), owner);
}

/** The choice in one of whose branches a place stands. */
function holderOf(test: Node, place: Node): Node | undefined {
  let at: Node | undefined = test;
  while (at !== undefined && !contains(at, place)) at = parentOf(at);
  return at;
}

/** Calls by which an application is given a function that runs in front of its routes. */
function mounted(core: Core, verifications: readonly Operation[]): Node[] {
  const { called } = core.file.index;
  const calls = [...(called.get("use") ?? []), ...(called.get("addHook") ?? [])];
  return calls.flatMap((call) => {
    const conditions = conditionsAt(call, enclosingFunction(call));
    const asked = conditions.length === 1 ? switchAt(core, conditions) : undefined;
    if (asked === undefined || !isForAll(call)) return [];
    const isGuard = call.arguments.some((one) => isVerifying(core, one, verifications));
    const holder = holderOf(asked.test, call);
    return isGuard && holder !== undefined && isLeftOut(core, call, holder) ? [asked.test] : [];
  });
}

/** Pages about the program, which some show to everybody while they develop. */
const ABOUT =
  /docs?\b|swagger|openapi|metrics|health|status|queues|graphiql|playground|admin|debug/iu;

/** `app.use("/docs", guard)`, and a guard that is given together with its route, are about one place. */
function isForAll({ arguments: [path, ...handlers] }: CallNode): boolean {
  const text = path === undefined ? undefined : textOf(path);
  return text === undefined ? handlers.length === 0 : handlers.length === 1 && !ABOUT.test(text);
}

/** Is the guard alone left out, and is there no other? */
function isLeftOut(core: Core, call: CallNode, holder: Node): boolean {
  const isOther = (one: CallNode): boolean => one !== call && registers(one);
  const { calls } = core.file.index;
  const others = calls.filter((one) => isOther(one));
  const inBranch = others.filter((one) => contains(holder, one));
  return (
    inBranch.every((one) =>
      one.arguments.every((given) => isLiteral(given) || passesAll(core, given)),
    ) &&
    !others.some((one) => !contains(holder, one) && isAnotherGuard(core, one)) &&
    !asksAnyway(core, holder.type === "IfStatement" ? holder.test : holder)
  );
}

const GUARDS = /auth|verif|guard|protect|jwt|token|passport|session|login/iu;

const PARTS = /rout|api\b|controller|handler|initialize/iu;

function isAnotherGuard(core: Core, call: CallNode): boolean {
  const written = call.arguments.map((one) => core.file.text.slice(...one.range)).join(" ");
  return calleeName(call).endsWith(".use") && GUARDS.test(written) && !PARTS.test(written);
}

/** `isProduction ? guard : passAll`, and `...(isProduction ? [guard] : [])` */
function chosen(core: Core, verifications: readonly Operation[]): Node[] {
  return guardChoices(core, verifications).flatMap(({ test, isOnWhere }) =>
    saysWithout(core, test) === !isOnWhere && !asksAnyway(core, test) ? [test] : [],
  );
}
