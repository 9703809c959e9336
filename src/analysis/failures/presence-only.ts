import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingClass,
  functionName,
  isElement,
  isFunction,
  isLiteral,
  isNullish,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isAuthHeader, tokenName } from "../tokens/words.ts";
import { isRequired, passes, roleName } from "./function-roles.ts";
import { isLogCall } from "./logging.ts";
import { isAllowance } from "./refusals.ts";
import { responseCalls } from "./response-calls.ts";

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
  if (operations.some(({ kind }) => kind === "verify" || kind === "middleware")) return [];
  if (MEANT_SO.test(file.path ?? "") || /proxy/iu.test(file.code)) return [];
  return file.index.functions.flatMap((owner) => {
    const ways = waysIn(core, owner);
    const [node] = ways;
    if (node === undefined || MEANT_SO.test(roleName(core, owner) ?? "")) return [];
    if (!isBlind(core, owner) || isBesideAnother(core, owner) || isReadElsewhere(core, owner))
      return [];
    return [{ node, guard: guardName(core, owner) }];
  });
}

function guardName(core: Core, owner: FunctionNode): string {
  const name = roleName(core, owner) ?? "This function";
  return name === "canActivate" ? (enclosingClass(owner)?.id?.name ?? name) : name;
}

/** For tests and demonstrations. */
const MEANT_SO = /mock|fake|stub|dummy|noop|demo\b|sandbox|optional|anonymous/iu;

/** Names of functions that say themselves that they look at the form. */
const OF_FORM = /header|format|shape|presen|exist|extract|parse|has[A-Z_]/iu;

/** Where the function lets somebody in, if it is a guard at all. */
function waysIn(core: Core, owner: FunctionNode): Node[] {
  const name = functionName(owner) ?? "";
  const last = owner.params.at(-1);
  if (last?.type === "Identifier" && last.name === "next" && owner.params.length > 1) {
    const isNamed = isRequired(core, owner) && !OF_FORM.test(roleName(core, owner) ?? "");
    return isNamed || isOfSockets(owner) ? [...passes(core, owner)] : [];
  }
  if (name === "canActivate" && /guard$/iu.test(enclosingClass(owner)?.id?.name ?? "")) {
    const isOpen = returnsOf(core, owner).every(isTrue) && !throws(core, owner);
    return isOpen ? [] : returnsOf(core, owner).filter(isTrue);
  }
  if (owner.params.length === 0 || owner.params.length > 3) return [];
  // graphql-ws: whoever is not refused is connected.
  if (name === "onConnect" && readsNamed(core, owner, "connectionParams"))
    return throws(core, owner) ? [parentOf(owner) ?? owner] : [];
  // What `requireBearerAuth` of @modelcontextprotocol/sdk goes by.
  if (name === "verifyAccessToken")
    return returnsOf(core, owner).filter((one) => isAuthInfo(core, one));
  if (readsNamed(core, owner, "authorizationToken")) {
    // `(event, context, callback)`
    const callback = dottedPath(owner.params[2] ?? owner)?.[0] ?? "";
    const answers = (core.file.index.called.get(callback) ?? [])
      .filter((call) => contains(owner, call))
      .flatMap(({ arguments: [, answer] }) => answer ?? []);
    return [...returnsOf(core, owner), ...answers].filter((one) => isAllowance(core, one));
  }
  return [];
}

/** `io.use((socket, next) => …)`: what a socket sends along is there for nothing else. */
function isOfSockets(owner: FunctionNode): boolean {
  const [socket] = owner.params;
  const call = parentOf(owner);
  return (
    socket?.type === "Identifier" &&
    /^(?:socket|client)$/u.test(socket.name) &&
    call?.type === "CallExpression" &&
    /(?:^|\.)use$/u.test(calleeName(call))
  );
}

function returnsOf(core: Core, owner: FunctionNode): Node[] {
  if (owner.body.type !== "BlockStatement") return [owner.body];
  const found: Node[] = [];
  walk(owner.body, core.file.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument !== null) found.push(node.argument);
    return true;
  });
  return found;
}

function throws(core: Core, owner: FunctionNode): boolean {
  return finds(core, owner.body, ({ type }) => type === "ThrowStatement");
}

function isAuthInfo(core: Core, result: Node): boolean {
  const value = core.evaluate(result);
  return (
    value.type === "object" && ["clientId", "scopes"].every((name) => value.properties.has(name))
  );
}

function isTrue(node: Node): boolean {
  const value = unwrap(node);
  return value.type === "Literal" && value.value === true;
}

function readsNamed(core: Core, owner: FunctionNode, name: string): boolean {
  return (core.file.index.names.get(name) ?? []).some((one) => contains(owner, one));
}

/** Other guards in the same list of handlers decide as well: `router.use(requireToken, verifyJwt)`. */
function isBesideAnother(core: Core, owner: FunctionNode): boolean {
  const name = roleName(core, owner) ?? "";
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
  const isOfSocket = ["handshake", "connectionParams"].filter((name) =>
    readsNamed(core, owner, name),
  );
  return isOfSocket.some((name) =>
    (core.file.index.names.get(name) ?? []).some((one) => !contains(owner, one)),
  );
}

/** What is known of a function: the names that hold something of the request, and something of its token. */
interface Held {
  readonly request: Set<string>;
  readonly token: Set<string>;
}

/** Does the function read a token, and do nothing with it but look at its form? */
function isBlind(core: Core, owner: FunctionNode): boolean {
  const held: Held = { request: new Set(), token: new Set() };
  for (const parameter of owner.params) addNames(core, parameter, held.request);
  if (functionName(owner) === "verifyAccessToken")
    for (const parameter of owner.params) addNames(core, parameter, held.token);
  else if (!finds(core, owner, isTokenRead)) return false;
  return !finds(core, owner.body, (node) => {
    if (node.type === "VariableDeclarator" && node.init !== null) {
      if (mentions(core, node.init, held.request)) addNames(core, node.id, held.request);
      if (isOfToken(core, node.init, held)) addNames(core, node.id, held.token);
    }
    return !isHarmless(core, node, held);
  });
}

function addNames(core: Core, pattern: Node, names: Set<string>): void {
  walk(pattern, core.file.visitorKeys, (node) => {
    if (node.type === "Identifier") names.add(node.name);
    return !node.type.startsWith("TS");
  });
}

function mentions(core: Core, expression: Node, names: ReadonlySet<string>): boolean {
  return finds(core, expression, (node) => node.type === "Identifier" && names.has(node.name));
}

function isOfToken(core: Core, expression: Node, { token }: Held): boolean {
  return finds(
    core,
    expression,
    (node) => isTokenRead(node) || (node.type === "Identifier" && token.has(node.name)),
  );
}

function finds(core: Core, root: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, core.file.visitorKeys, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

/** `req.headers.authorization`, `socket.handshake.auth.token`, `req.cookies.jwt`, `header("Authorization")` */
function isTokenRead(node: Node): boolean {
  if (node.type === "Property" && node.parent.type === "ObjectPattern") {
    const holder = node.parent.parent;
    const from = holder.type === "VariableDeclarator" ? holder.init : undefined;
    return isTokenIn(staticKey(node.key, node.computed), from ?? undefined);
  }
  if (node.type === "MemberExpression") return isTokenIn(memberName(node), node.object);
  return (
    node.type === "CallExpression" &&
    /(?:^|\.)(?:get|header)$/u.test(calleeName(node)) &&
    isTokenHeader(textOf(node.arguments[0]))
  );
}

function isTokenIn(name: string | undefined, holder: Node | undefined): boolean {
  if (isTokenHeader(name)) return true;
  const path = holder === undefined ? undefined : dottedPath(holder);
  return SENT.test(path?.join(".") ?? "") && tokenName(name ?? "") !== undefined;
}

/** What clients send beside the headers. */
const SENT = /(?:^|\.)(?:cookies|signedCookies|handshake\.(?:auth|query)|connectionParams)$/u;

function isTokenHeader(name: string | undefined): boolean {
  return name === "authorizationToken" || (name !== undefined && isAuthHeader(name));
}

function isHarmless(core: Core, node: Node, held: Held): boolean {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return isHarmlessCall(core, node, held);
    case "AssignmentExpression":
      return (
        node.left.type !== "MemberExpression" ||
        /^(?:res|response|reply|ctx|context)$/u.test(dottedPath(rootOf(node.left))?.[0] ?? "") ||
        !mentions(core, node.right, held.request)
      );
    case "BinaryExpression":
      return isHarmlessComparison(core, node.operator, [node.left, node.right], held);
    case "SwitchStatement":
      return !isOfToken(core, node.discriminant, held);
    case "MemberExpression":
      return (
        !asksWho(node, held) &&
        (!isElement(node) ||
          unwrap(node.property).type === "Literal" ||
          !mentions(core, node.property, held.request))
      );
    case "YieldExpression":
    case "TaggedTemplateExpression":
    case "ImportExpression":
    case "ForInStatement":
    case "ForOfStatement":
      return false;
    default:
      return true;
  }
}

/** `req.user`, which a verification before this one may have put there. */
function asksWho(node: TSESTree.MemberExpression, { request }: Held): boolean {
  const root = rootOf(node);
  return (
    root.type === "Identifier" &&
    request.has(root.name) &&
    WHO.test(memberName(node) ?? "") &&
    dottedPath(node.object)?.at(-1) !== "handshake" &&
    !isWritten(node)
  );
}

const WHO =
  /^(?:\w*user(?:id)?|auth|session|identity|claims|decoded|payload|account|principal|locals|state|authorizer|requestContext|isAuth\w*|isLoggedIn)$/iu;

/** Methods that look at a text, or take a part of it. */
const OF_TEXT =
  /^(?:split|trim|replace|replaceAll|startsWith|endsWith|includes|indexOf|toLowerCase|toUpperCase|toString|slice|substring|substr|match|test|at|pop|shift|header|get)$/u;

/** Functions that make errors and answers, or find the request. */
const MAKES =
  /(?:Error|Exception|Response|\.(?:json|redirect|throw|switchTo(?:Http|Ws)|get(?:Request|Response|Client|Handler|Class|Args)))$|^(?:String|Boolean|JSON\.stringify|next|callback|cb|done|disconnect)$/u;

function isHarmlessCall(core: Core, call: CallNode, held: Held): boolean {
  const name = calleeName(call);
  if (isLogCall(call) || MAKES.test(name) || responseCalls(call).length > 0) return true;
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && OF_TEXT.test(memberName(callee) ?? ""))
    return call.arguments.every(isLiteral) || isPattern(callee.object);
  // What is not given anything of the request may have it some other way.
  if (mentions(core, call, held.request)) return isPolicy(core, call, held);
  return !/auth|session|verif|valid|user|token|check|guard|jwt|decode/iu.test(name);
}

/** `/^Bearer .+$/.test(token)` */
function isPattern(written: Node): boolean {
  const node = unwrap(written);
  return node.type === "Literal" && "regex" in node;
}

/** `generatePolicy("user", "Allow", event.methodArn)`: a policy is made of what is not the token. */
function isPolicy(core: Core, call: CallNode, held: Held): boolean {
  return (
    /policy|allow|deny/iu.test(calleeName(call)) &&
    !call.arguments.some((one) => isOfToken(core, one, held) || isWholeRequest(one, held))
  );
}

function isWholeRequest(argument: Node, { request }: Held): boolean {
  const node = unwrap(argument);
  return node.type === "Identifier" && request.has(node.name);
}

/** With nothing, with its own scheme, with a number: what the token is, is not asked. */
function isHarmlessComparison(
  core: Core,
  operator: string,
  sides: readonly Node[],
  held: Held,
): boolean {
  if (!sides.some((side) => mentions(core, side, held.request))) return true;
  if (operator === "in" || operator === "instanceof") return false;
  if (!/^[!=]==?$/u.test(operator)) return true;
  const [left = "", right = ""] = sides.map((side) => dottedPath(side)?.join("."));
  if (left !== "" && left === right) return true;
  const ofToken = sides.find((side) => isOfToken(core, side, held));
  const other = sides.find((side) => side !== ofToken);
  if (ofToken === undefined) return sides.some((side) => isLiteral(side) || isNullish(side));
  if (other === undefined) return false;
  const text = textOf(other);
  return text === undefined
    ? isLiteral(other) || isNullish(other)
    : /^(?:|bearer ?|token ?|jwt ?|null|undefined|string|object)$/iu.test(text);
}
