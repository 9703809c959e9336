import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isStandIn, isStandInName } from "../files/stand-ins.ts";
import { isConnectionHandler } from "../network/connection-handlers.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingClass,
  enclosingFunction,
  functionName,
  isFunction,
  isLiteral,
  parentOf,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { hasWithin } from "../within.ts";
import {
  BROUGHT,
  isAuthenticating,
  isRequired,
  madeOf,
  passes,
  roleName,
  isMeantOpen,
} from "../answers/function-roles.ts";
import { saysYes } from "./open-guards.ts";
import { isAllowance } from "../answers/refusals.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { presenceAtConnection } from "./presence-at-connection.ts";
import { usersGivenOn } from "./procedures.ts";
import { isSocketMiddleware } from "./socket-tokens.ts";
import { handlesToken, isVerifier } from "./unhandled-tokens.ts";
import { answersDenied } from "./unheld-refusals.ts";

/** A guard for tokens that lets in whoever brings one. */
export interface PresenceOnly {
  /** What lets in. */
  readonly node: Node;
  readonly guard: string;
}

/**
 * Guards that take a token out of a request and never hand it to anything that could verify it: they ask
 * whether there is one, or what it looks like, and go on. Every call of such a function has to be known;
 * whatever is kept for somebody else, compared with a value or handed on may be verified after all.
 *
 * @param operations of the file: beside a verification such a function may only come first
 */
export function presenceOnly(core: Core, operations: readonly Operation[]): PresenceOnly[] {
  const { file } = core;
  const verifications = operations.filter(({ kind }) => kind === "verify" || kind === "middleware");
  const isApart = verifications.every((one) => isOfRights(core, one));
  if (!isApart) return [];
  // Behind a proxy somebody else verifies.
  if (isStandIn(file) || /proxy/iu.test(file.code)) return [];
  return file.index.functions.flatMap((owner) => {
    if (verifications.length > 0 && !asksForSignIn(core, owner)) return [];
    const ways = waysIn(core, owner);
    // What is open on purpose may stand behind it: `if (isPublic(path)) return next();`
    const node = ways.findLast((way) => isBehindPresence(core, way)) ?? ways.at(-1);
    if (node === undefined) return [];
    const guard = guardName(core, owner);
    if (isMeantOpen(guard) || isStandInName(guard)) return [];
    if (handlesToken(core, owner) || isBesideAnother(core, guard) || isReadElsewhere(core, owner))
      return [];
    return [{ node, guard }];
  });
}

/**
 * `isAdmin`, which verifies the token by itself: it is no second step behind `isLogin` beside it, which is there for the
 * routes of everybody who has signed in.
 */
function isOfRights(core: Core, { kind, node }: Operation): boolean {
  if (kind !== "verify" || core.fileOf(node) !== core.file) return false;
  const owner = enclosingFunction(node);
  return (
    owner !== undefined &&
    /^(?:is|require|ensure|check|only|verify)_?(?:super_?)?(?:admin|manager|staff|moderator|seller|owner|role)/iu.test(
      functionName(owner) ?? "",
    ) &&
    passes(core, owner).length > 0
  );
}

/** `isLogin`: that somebody has signed in is all that it is there to find out. */
function asksForSignIn(core: Core, owner: FunctionNode): boolean {
  const name = functionName(owner) ?? "";
  if (!/^(?:is|check|ensure|require)_?(?:log(?:ged)?|sign(?:ed)?)_?in$/iu.test(name)) return false;
  return hasWithin(
    core,
    owner.body,
    (node) =>
      node.type === "IfStatement" &&
      isAboutToken(core, node.test) &&
      [node.consequent, node.alternate].some((branch) => branch !== null && answers(core, branch)),
  );
}

/** `return res.send({ message: "not signed in" })`; whoever is sent to another page may be asked again behind this one. */
function answers(core: Core, branch: Node): boolean {
  return hasWithin(core, branch, (node) =>
    responseCalls(node).some(({ name }) => /^(?:send|json|end|sendStatus)$/u.test(name)),
  );
}

function guardName(core: Core, owner: FunctionNode): string {
  const name = roleName(core, owner) ?? "This function";
  return name === "canActivate" ? (enclosingClass(owner)?.id?.name ?? name) : name;
}

/** Names of functions that say themselves that they look at the form. */
const OF_FORM = /header|format|shape|presen|exist|extract|parse|has[A-Z_]/iu;

/** Where the function lets somebody in, if it is a guard at all. */
function waysIn(core: Core, owner: FunctionNode): Node[] {
  if (isConnectionHandler(core.file, owner)) return presenceAtConnection(core, owner);
  const name = functionName(owner) ?? "";
  const last = owner.params.at(-1);
  if (last?.type === "Identifier" && last.name === "next" && owner.params.length > 1) {
    const isGuard =
      isNamedGuard(core, owner) ||
      asksForSignIn(core, owner) ||
      isSocketMiddleware(core, owner) ||
      isUnnamedGuard(core, owner);
    return isGuard ? [...passes(core, owner)] : [];
  }
  if (name === "canActivate" && /guard$/iu.test(enclosingClass(owner)?.id?.name ?? "")) {
    const given = returnArguments(core, owner);
    const passing = given.filter((one) => saysYes(core, one));
    // One that refuses nobody at all is told as that.
    return passing.length === given.length && !throws(core, owner) ? [] : passing;
  }
  if (owner.params.length === 0 || owner.params.length > 3) return [];
  const users = usersGivenOn(core, owner);
  if (users.length > 0) return users.filter((one) => isBehindPresence(core, one));
  // graphql-ws: whoever is not refused is connected.
  if (name === "onConnect" && readsNamed(core, owner, "connectionParams"))
    return throws(core, owner) ? [parentOf(owner) ?? owner] : [];
  // What `requireBearerAuth` of @modelcontextprotocol/sdk goes by.
  if (name === "verifyAccessToken")
    return returnArguments(core, owner).filter((one) => isAuthInfo(core, one));
  if (isVerifier(owner)) return returnArguments(core, owner).filter((one) => isMadeUp(core, one));
  if (readsNamed(core, owner, "authorizationToken")) {
    // `(event, context, callback)`
    const callback = dottedPath(owner.params[2] ?? owner)?.[0] ?? "";
    const answers = (core.file.index.called.get(callback) ?? [])
      .filter((call) => contains(owner, call))
      .flatMap(({ arguments: [, answer] }) => answer ?? []);
    return [...returnArguments(core, owner), ...answers].filter((one) => isAllowance(core, one));
  }
  return [];
}

/** By what it is called alone, or because it is about signing in and answers as a guard does: `isAuth`. */
function isNamedGuard(core: Core, owner: FunctionNode): boolean {
  if (OF_FORM.test(roleName(core, owner) ?? "")) return false;
  return isRequired(core, owner) || (isAuthenticating(core, owner) && deniesMissing(core, owner));
}

/** Is it reached only with a token, whatever that holds? */
function isBehindPresence(core: Core, way: Node): boolean {
  return conditionsAt(way).some(({ test }) => isAboutToken(core, test));
}

/** `req.url.startsWith("/auth")` asks for an address. */
const ADDRESS = /["'`]\/[^"'`]*["'`]/gu;

export function isAboutToken(core: Core, test: Node): boolean {
  const asked = core.file.text.slice(...test.range) + madeOf(core, test);
  return BROUGHT.test(asked.replaceAll(ADDRESS, ""));
}

/**
 * `app.use((req, res, next) => { if (!token) return res.sendStatus(401); next(); })`: a function without a name
 * that stands before others and answers with 401 or 403 says that it guards them.
 */
function isUnnamedGuard(core: Core, owner: FunctionNode): boolean {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || functionName(owner) !== undefined) return false;
  const isBefore = /(?:^|\.)use$/u.test(calleeName(call)) || call.arguments.at(-1) !== owner;
  return isBefore && deniesMissing(core, owner);
}

/** `if (!token) return res.sendStatus(401);` */
export function deniesMissing(core: Core, { body }: FunctionNode): boolean {
  return hasWithin(
    core,
    body,
    (node) =>
      node.type === "IfStatement" &&
      isAboutToken(core, node.test) &&
      [node.consequent, node.alternate].some((branch) => branch !== null && denies(core, branch)),
  );
}

function denies(core: Core, branch: Node): boolean {
  return hasWithin(core, branch, (node) => answersDenied(core, node));
}

function throws(core: Core, owner: FunctionNode): boolean {
  return hasWithin(core, owner.body, ({ type }) => type === "ThrowStatement");
}

function isAuthInfo(core: Core, result: Node): boolean {
  const value = core.evaluate(result);
  return (
    value.type === "object" && ["clientId", "scopes"].every((name) => value.properties.has(name))
  );
}

/** `{ userId: "user-1", role: "admin" }`: somebody who is written in the code, and not for one environment alone. */
function isMadeUp(core: Core, result: Node): boolean {
  const value = core.evaluate(result);
  if (value.type !== "object" || value.open) return false;
  const { text } = core.file;
  if (conditionsAt(result).some(({ test }) => ENVIRONMENT.test(text.slice(...test.range))))
    return false;
  return [...value.properties].some(
    ([name, { value: given }]) =>
      /^(?:_?id|sub|uid|user_?id|roles?|e?mail|is_?admin)$/iu.test(name) &&
      given.type === "literal" &&
      Boolean(given.value) &&
      core.fileOf(given.node) === core.file,
  );
}

const ENVIRONMENT = /env\b|dev|test|debug|mock|demo|bypass|disabled/iu;

function readsNamed(core: Core, owner: FunctionNode, name: string): boolean {
  return (core.file.index.names.get(name) ?? []).some((one) => contains(owner, one));
}

/** Other guards in the same list of handlers decide as well: `router.use(requireToken, verifyJwt)`. */
function isBesideAnother(core: Core, name: string): boolean {
  return (core.file.index.names.get(name) ?? []).some((use) => {
    const call = parentOf(use);
    return (
      call?.type === "CallExpression" &&
      call.arguments.some(
        (one) =>
          one !== use &&
          !isFunction(one) &&
          !isLiteral(one) &&
          /auth|verif|jwt|passport|guard|protect|session/iu.test(
            core.file.text.slice(...one.range),
          ),
      )
    );
  });
}

/** What a socket sent is at hand for as long as it is open: `context: (ctx) => userOf(ctx.connectionParams)`. */
function isReadElsewhere(core: Core, owner: FunctionNode): boolean {
  const isOfSocket = ["handshake", "connectionParams", "searchParams"].filter((name) =>
    readsNamed(core, owner, name),
  );
  return isOfSocket.some((name) =>
    (core.file.index.names.get(name) ?? []).some((one) => !contains(owner, one)),
  );
}
