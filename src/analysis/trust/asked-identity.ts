import type { Analysis } from "../analysis.ts";
import { roleName } from "../failures/function-roles.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  bases,
  calleeName,
  contains,
  decoratorsOf,
  dottedPath,
  isFunction,
  isLiteral,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { ObjectValue, PropertyValue } from "../values/value.ts";
import { askedRecord } from "./asked-records.ts";
import { asksNothing } from "./unasked.ts";

/** A token is signed for somebody whom the request names, by a handler that asks for no proof of it. */
export interface AskedIdentity {
  /** What the request names. */
  readonly node: Node;
  /** What signs it. */
  readonly name: string;
}

/**
 * `app.post("/login", (req, res) => res.json(jwt.sign({ name: req.body.username }, key)))`: the signature then
 * says that the program has found out who asks. Only handlers that are known whole are told: nothing runs before
 * them in the file, and nothing in them may ask for a password, a session or another proof.
 */
export function askedIdentities(analysis: Analysis): AskedIdentity[] {
  const { file, operations } = analysis;
  if (isStandIn(file) || STANDS_IN.test(file.code)) return [];
  return operations.flatMap((operation) => {
    if (operation.kind !== "sign") return [];
    const named = namedIn(analysis, operation);
    const record = named === undefined ? askedRecord(analysis, operation) : undefined;
    const node = named ?? record?.node;
    const handler = node === undefined ? undefined : handlerOf(file, node);
    if (node === undefined || handler === undefined) return [];
    if (GUESTS.test(file.text.slice(...handler.range))) return [];
    const isOpen =
      isReachedDirectly(analysis, handler) &&
      asksNothing(analysis.core, handler, { operations, isHarmless: record?.isOfRecord });
    return isOpen ? [{ node, name: operation.name }] : [];
  });
}

/** Packages of servers that stand in for the real one. */
const STANDS_IN = /["'](?:msw|miragejs|json-server|axios-mock-adapter|nock)\b/u;

/** Claims that say who somebody is, or what he may. */
const IDENTITY =
  /^(?:sub|_?id|uid|user_?id|user|user_?(?:name|e?mail)|login|e_?mail|mail|name|phone(?:_?number)?|roles?|is_?admin|account(?:_?id)?|wallet(?:_?address)?|payload|data)$/iu;

/** Whoever comes without an account may say what he is called. */
const GUESTS = /guest|anonym|nick_?name|visitor|display_?name|\broom|lobby|player/iu;

/** The part of what is signed that names somebody, and is what the client says. */
function namedIn(analysis: Analysis, operation: Operation): Node | undefined {
  for (const { valueNode } of operation.settings("subject")) {
    const said = saidIn(analysis, valueNode);
    if (said !== undefined) return said;
  }
  const { payload } = operation;
  if (payload === undefined) return undefined;
  const [value, ...others] = possibilities(payload.value);
  if (value === undefined || others.length > 0) return undefined;
  if (value.type === "object")
    return isOfGuest(analysis, value) ? undefined : inObject(analysis, value);
  const text = saidIn(analysis, payload.node) ?? saidIn(analysis, value.node);
  return text !== undefined && IDENTITY.test(dottedPath(text)?.at(-1) ?? "") ? text : undefined;
}

/** `{ id: randomUUID(), name: req.body.name }`: a new one, who may be called as he likes. */
function isOfGuest(analysis: Analysis, { properties }: ObjectValue): boolean {
  return [...properties].some(
    ([name, property]) =>
      /^(?:sub|_?id|uid)$|(?:_i|I)d$/u.test(name) &&
      property.value.type !== "object" &&
      saidBy(analysis, property) === undefined,
  );
}

function inObject(analysis: Analysis, { properties }: ObjectValue): Node | undefined {
  for (const [name, property] of properties) {
    if (!IDENTITY.test(name)) continue;
    const { value } = property;
    const said = value.type === "object" ? inObject(analysis, value) : saidBy(analysis, property);
    if (said !== undefined) return said;
  }
  return undefined;
}

function saidBy(analysis: Analysis, { value, node }: PropertyValue): Node | undefined {
  const written = node.type === "Property" ? saidIn(analysis, node.value) : undefined;
  return written ?? saidIn(analysis, value.node);
}

/** One field of what the client sends; the body as a whole is another finding. */
function saidIn(analysis: Analysis, written: Node): Node | undefined {
  if (analysis.fileOf(written) !== analysis.file || !isSaidByClient(analysis.core, written))
    return undefined;
  const node = unwrap(written);
  return /\.(?:headers|cookies)(?:\.|$)/u.test(dottedPath(node)?.join(".") ?? "")
    ? undefined
    : node;
}

/** The function that is given the request which an expression reads. */
function handlerOf(file: SourceFile, said: Node, hops = 3): FunctionNode | undefined {
  for (const base of bases(said)) {
    const root = rootOf(base);
    const [definition] = root.type === "Identifier" ? (file.variableOf(root)?.defs ?? []) : [];
    const owner = definition?.node as Node | undefined;
    // Resolvers are given the arguments of a query behind its parent; commands have some as well.
    if (isFunction(owner))
      return dottedPath(root)?.[0] === "args" && owner.params.length < 2 ? undefined : owner;
    const init = definition === undefined ? undefined : initOf(file, root);
    const found = init === undefined || hops === 0 ? undefined : handlerOf(file, init, hops - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names and addresses of handlers that give somebody his token: nobody has one before. */
const SIGNS_IN =
  /log[-_]?in|sign[-_]?in|sign[-_]?on|authenticate|\/auth\/token$|refresh|renew|^\/?jwt$|(?:create|generate|issue|sign)_?jwt|(?:google|facebook|apple|github|social)[-_]?o?auth|o?auth[-_]?(?:google|facebook|apple|github|social)/iu;

/** What makes the application itself, rather than a part that is mounted somewhere. */
const MAKES_APP = /^(?:express|fastify|polka|restify\.createServer|Fastify|Hono|Koa|Elysia)$/u;

/** What may ask before a handler is called. */
const ASKS =
  /aut[ho]|verif|valida|jwt|passport|guard|prote[cg]|session|api_?key|permission|admin|login/iu;

/** Does the request come to the function without passing another one, as far as the file tells? */
function isReachedDirectly(analysis: Analysis, handler: FunctionNode): boolean {
  const { file, core } = analysis;
  if (handler.params.length > 2 && isNextUsed(file, handler)) return false;
  const member = parentOf(handler);
  if (member?.type === "MethodDefinition" && decoratorsOf(member).length > 0) return false;
  const isBehind = ["use", "addHook", "all", "register"].some((method) =>
    (file.index.called.get(method) ?? []).some((call) => ASKS.test(file.text.slice(...call.range))),
  );
  if (isBehind) return false;
  const route = routeOf(handler);
  if (route !== undefined)
    return isAlone(route, handler) && (isOfApp(analysis, route) || isForSignIn(analysis, route));
  const name = roleName(core, handler) ?? "";
  const uses = (file.index.names.get(name) ?? []).filter((use) => !contains(handler, use));
  const routes = uses.flatMap((use) => routeOf(use) ?? []);
  const isCalled = (file.index.called.get(name) ?? []).length > 0;
  if (isCalled || !routes.every((one) => isAlone(one, handler, name))) return false;
  if (routes.length > 0 && routes.every((one) => isOfApp(analysis, one))) return true;
  return SIGNS_IN.test(name) || isForSignIn(analysis, routes[0]);
}

/** Of a part that is mounted elsewhere, what asks before it may stand there. */
function isOfApp({ file }: Analysis, { callee }: CallNode): boolean {
  const made = initOf(file, rootOf(callee));
  if (made?.type !== "CallExpression" && made?.type !== "NewExpression") return false;
  // `require("express")()`
  const maker = unwrap(made.callee);
  const name =
    maker.type === "CallExpression" && calleeName(maker) === "require"
      ? textOf(maker.arguments[0])
      : calleeName(made);
  return MAKES_APP.test(name ?? "");
}

/** By the path of the route, or by where the file lies: `app/api/login/route.ts`. */
function isForSignIn({ file }: Analysis, route: CallNode | undefined): boolean {
  const place = file.path?.split(/[\\/]/u).slice(-3).join("/") ?? "";
  return [place, ...(route?.arguments ?? []).map((one) => textOf(one) ?? "")].some((one) =>
    SIGNS_IN.test(one),
  );
}

function isNextUsed(file: SourceFile, { params, range }: FunctionNode): boolean {
  const next = params[2];
  if (next?.type !== "Identifier") return true;
  return (file.index.called.get(next.name) ?? []).some(
    (call) => call.range[0] > range[0] && call.range[1] < range[1] && call.arguments.length === 0,
  );
}

/** Methods that give a handler to a framework. */
const ROUTES = /^(?:get|post|put|patch|all|route|handle)$/u;

/** The call of a framework that is given a handler, perhaps inside of a function that catches its errors. */
function routeOf(handler: Node): CallNode | undefined {
  let inner = handler;
  for (let at = parentOf(inner); at?.type === "CallExpression"; at = parentOf(at)) {
    if (at.callee === inner) return undefined;
    const callee = unwrap(at.callee);
    if (callee.type === "MemberExpression" && ROUTES.test(memberName(callee) ?? "")) return at;
    if (at.arguments.length > 1) return undefined;
    inner = at;
  }
  return undefined;
}

/** Is it the one handler of a route whose path asks for nothing? */
function isAlone(route: CallNode, handler: Node, name?: string): boolean {
  return route.arguments.every(
    (one) =>
      isLiteral(one) ||
      contains(one, handler) ||
      (name !== undefined && dottedPath(unwrap(one))?.at(-1) === name),
  );
}
