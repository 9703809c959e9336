import path from "node:path";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { inEnglish } from "../languages.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { handlingOf } from "./results.ts";

/** Names of functions that stand between a request and what it asks for. */
const AUTHENTICATES =
  /auth|guard|protect|verif|validat|requir|ensure|check|canactivate|restrict|isadmin|isloggedin|loginrequired|currentuser|middleware|permission|secured?$/iu;

const OPTIONAL =
  /optional|maybe|try|soft|attach|anonym|guest|ifpresent|ifany|lenient|populate|deserialize|^(?:current|get|set|load|extract|parse|identify|fetch|resolve)(?:user|session|auth|token|identity|account)/iu;

/**
 * What is made or chosen for a verification lets nobody in: `getVerifyOptions`, `createAuthClient`. To
 * `authenticateClient` is another thing.
 */
const GIVES =
  /^(?:get|create|make|build|select|choose|pick|resolve)\w*(?:options|opts|config(?:uration)?|settings|params|headers|client|verifier)$|^(?:auth|verify|verification|validation|jwt|token)(?:options|opts|config(?:uration)?|settings)$/iu;

/** Does the function, by its name, let in only those whose token is good? */
export function isAuthenticating(core: Core, owner: FunctionNode | undefined): boolean {
  for (
    let current: FunctionNode | undefined = owner;
    current !== undefined;
    current = enclosingFunction(current)
  ) {
    const name = englishName(core, current);
    if (name !== undefined)
      return AUTHENTICATES.test(name) && !OPTIONAL.test(name) && !GIVES.test(name);
  }
  return false;
}

/** Names of functions that nobody passes without a token; others may only say who somebody is. */
const REQUIRES =
  /^(?:requir|ensure|protect|restrict|guard|must|only)|authenticate|(?:verify|check|validate)_?(?:access)?_?(?:token|jwt|auth)|(?:token|jwt)_?(?:verify|verification|validate|validation|check)$|(?:login|auth|token)_?required/iu;

/** Names of functions that stop who has a good token: `redirectIfAuthenticated`, `ensureNotLoggedIn`. */
const TURNED_ROUND =
  /Not(?:[A-Z_]|$)|If[A-Z]|Already|Un[aA]uth|^(?:redirect|forward|skip|blo(?:ck|qu))|_(?:not|if)_/u;

/** Does the function say by its name that it stops who has no good token? */
export function isRequired(core: Core, owner: FunctionNode): boolean {
  const name = englishName(core, owner);
  return (
    name !== undefined && REQUIRES.test(name) && !OPTIONAL.test(name) && !TURNED_ROUND.test(name)
  );
}

/** … and those that are called guards; `auth` and `isAuth` may be there to find out who it is, if anybody. */
const GUARDS = /guard$/iu;

/**
 * Is the function, by its name, one that nobody passes without a token, as long as nothing in it says otherwise? Of a
 * guard of NestJS the class has the name.
 */
export function isGuardByName(core: Core, owner: FunctionNode): boolean {
  const name = englishName(core, owner);
  if (name === undefined) return false;
  if (name === "canActivate") return isTokenGuard(core, owner);
  return isRequired(core, owner) || GUARDS.test(name);
}

/**
 * Does code stand in a function that by its name lets in whoever has a good token: `requireAdmin`, `authenticateToken`,
 * and `isLoggedIn`?
 */
export function letsInSomebody(core: Core, node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    const name = englishName(core, owner);
    if (name === "canActivate") return isTokenGuard(core, owner);
    if (name !== undefined)
      return isRequired(core, owner) || (LETS_IN.test(name) && !TURNED_ROUND.test(name));
  }
  return false;
}

const LETS_IN =
  /^(?:is|has)_?(?:auth|logged|signed|admin|valid)|(?:auth|jwt|token)_?(?:guard|middleware)$/iu;

function englishName(core: Core, owner: FunctionNode): string | undefined {
  const name = roleName(core, owner);
  return name === undefined ? undefined : inEnglish(name);
}

/** A function's name; the one thing a module exports goes by the name of its file. */
export function roleName(core: Core, owner: FunctionNode): string | undefined {
  const name = functionName(owner);
  const holder = parentOf(owner);
  const isExport =
    holder?.type === "ExportDefaultDeclaration" ||
    (name === "exports" && holder?.type === "AssignmentExpression");
  if (!isExport || (name !== undefined && name !== "exports")) return name ?? decorationOf(owner);
  const { path: file } = core.fileOf(owner);
  if (file === undefined) return undefined;
  const base = path.basename(file).replace(/\..*$/u, "");
  return base === "index" ? path.basename(path.dirname(file)) : base;
}

/**
 * The name under which a function is put on a framework's objects: `app.decorate("authenticate", fn)`.
 * Where such a function returns, the request goes on.
 */
export function decorationOf(owner: FunctionNode): string | undefined {
  const holder = parentOf(owner);
  if (holder?.type !== "CallExpression" || holder.arguments[1] !== owner) return undefined;
  const callee = unwrap(holder.callee);
  const [name] = holder.arguments;
  return callee.type === "MemberExpression" && memberName(callee) === "decorate"
    ? textOf(name)
    : undefined;
}

/** Does the function, by its name, let in those without a token on purpose? */
export function isOptionalByName(core: Core, owner: FunctionNode): boolean {
  const name = englishName(core, owner);
  return name !== undefined && OPTIONAL.test(name);
}

/** What guards put on a request to say who asks: `req.user`, `req.userId`. */
export const ON_REQUEST =
  /^(?:user(?:_?id)?|current_?user|uid|auth|account|principal|claims|decoded|payload)$/iu;

/** What a request brings its token in, and what it is called. */
export const BROUGHT = /token|auth|header|cookie|bearer|jwt|session/iu;

/**
 * Does the function refuse requests without a token: `if (!token) return res.sendStatus(401)`? Then nobody
 * passes it as nobody, whatever it is called.
 *
 * @param before the verification: what is asked behind it may be its result
 */
export function refusesAnonymous(core: Core, owner: FunctionNode, before: Node): boolean {
  const { text, visitorKeys } = core.fileOf(owner);
  let found = false;
  walk(owner.body, visitorKeys, (node) => {
    if (found || isFunction(node) || node.range[0] >= before.range[0]) return false;
    if (node.type !== "IfStatement") return true;
    const test = text.slice(...node.test.range);
    const asked = test + madeOf(core, node.test);
    const asksForNone = /^!(?!=)|[^!=<>]={2,3} *(?:null|undefined|""|'')|\|\| *!/u.test(test);
    found = asksForNone && BROUGHT.test(asked) && refuses(core, node.consequent);
    return !found;
  });
  return found;
}

/** What the variables in an expression were declared with, as it is written. */
export function madeOf(core: Core, expression: Node): string {
  const file = core.fileOf(expression);
  let written = "";
  walk(expression, file.visitorKeys, (node) => {
    if (node.type !== "Identifier") return true;
    const init = initOf(file, node);
    if (init !== undefined) written += ` ${file.text.slice(...init.range)}`;
    return true;
  });
  return written;
}

const REFUSALS: ReadonlySet<string> = new Set(["answers", "passes-on", "rethrows"]);

/** Does a branch turn the request away? */
export function refuses(core: Core, branch: Node): boolean {
  return REFUSALS.has(handlingOf(core, branch).kind);
}

/** What an application is given a function by, beside a path or alone. */
const TAKES = /\.(?:use|all|get|post|put|patch|delete)$/u;

/**
 * What a middleware goes on with: `next`, and the third parameter of one that an application is given, or that
 * calls the others `req` and `res`, whatever that is called.
 */
function continuationOf(owner: FunctionNode): string {
  const [request, response, goesOn, ...more] = owner.params;
  if (goesOn?.type !== "Identifier" || more.length > 0) return "next";
  const by = parentOf(owner);
  const isGiven = by?.type === "CallExpression" && TAKES.test(calleeName(by));
  const isNamed = isCalled(request, /^req(?:uest)?$/u) && isCalled(response, /^res(?:ponse)?$/u);
  return isGiven || isNamed ? goesOn.name : "next";
}

function isCalled(parameter: Node | undefined, name: RegExp): boolean {
  return parameter?.type === "Identifier" && name.test(parameter.name);
}

/** The calls of `next()`, or of what stands for it, in a function. */
export function passes(core: Core, owner: FunctionNode): readonly CallNode[] {
  const { called } = core.fileOf(owner).index;
  // A callback within a middleware calls what that is given.
  const names = new Set(["next", continuationOf(owner)]);
  const calls = [...names].flatMap((name) => called.get(name) ?? []);
  return calls.filter(
    (call) =>
      call.arguments.length === 0 && contains(owner, call) && enclosingFunction(call) === owner,
  );
}

/** Does a function go on to the next handler, or say that somebody may pass, behind a node of it? */
export function letsPass(core: Core, owner: FunctionNode, node: Node): boolean {
  if (passes(core, owner).some((call) => call.range[0] > node.range[0])) return true;
  return (
    isAuthenticating(core, owner) &&
    owner.body.type === "BlockStatement" &&
    /\breturn true\b/u.test(core.fileOf(owner).text.slice(node.range[1], owner.range[1]))
  );
}

/** `isExpired`, `isRevoked`: functions that answer true when a token is bad. */
export function asksForFailure(name: string | undefined): boolean {
  return (
    name !== undefined &&
    /expir|invalid|revok|black|deny|malform|fail|error|stale|outdated|missing/iu.test(name)
  );
}

/** What classes of NestJS are called that let in whoever has a token. */
const GUARD_CLASS = /(?:jwt|auth(?!ors?guard)|token)\w*guard$/iu;

/** Guards that are there for somebody without a token, or for tests. */
const MEANT_OPEN =
  /optional|maybe|soft|lenient|attach|populate|public|anonymous|guest|mock|fake|stub|test|noop|dev|dummy/iu;

export function isMeantOpen(name: string): boolean {
  return MEANT_OPEN.test(name);
}

/** Is it a method of a class that, by its name, is there to let in only whoever has a token: `JwtAuthGuard`? */
export function isTokenGuard(core: Core, method: FunctionNode): boolean {
  let owner: Node | undefined = method;
  while (owner !== undefined && !/^Class(?:Declaration|Expression)$/u.test(owner.type))
    owner = parentOf(owner);
  if (owner?.type !== "ClassDeclaration" && owner?.type !== "ClassExpression") return false;
  const name = owner.id?.name ?? "";
  if (!GUARD_CLASS.test(name) || isMeantOpen(name)) return false;
  const isOfPassport =
    owner.superClass?.type === "CallExpression" && calleeName(owner.superClass) === "AuthGuard";
  const { text } = core.file;
  return isOfPassport || /authorization|token|cookie/iu.test(text.slice(...method.body.range));
}
