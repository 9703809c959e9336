import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, onlyValueOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import {
  calleeName,
  contains,
  decoratorsOf,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { returnArguments } from "../values/classes.ts";
import { formOf, readFrom } from "./forms.ts";
import { readOfField } from "./request-fields.ts";
import { readOfEvent } from "./h3.ts";
import type { EventRead } from "./h3.ts";
import { isServerAction } from "./server-actions.ts";
import { placeInMessage } from "./socket-events.ts";
import { isTwilioEvent } from "./twilio-functions.ts";

/** Who says what about a request: the client that sends it, or the server that keeps something for it. */

/** What frameworks call a request, and what holds one. */
const REQUEST = "(?:(?:this\\.)?(?:_?req|_?request|ctx|context|c|event)(?:\\.req(?:uest)?)?)";

const SAID = new RegExp(
  `^(?:${REQUEST}\\.(?:body|query|params|headers|cookies|queryStringParameters|json|formData|text|param|header)|event\\.context\\.params|(?:\\w+\\.)?handshake\\.(?:auth|query|headers)|args)(?:\\.|$)`,
  "u",
);

/** What hapi calls the body of a request; elsewhere a middleware may keep there what it knows. */
const SAID_IN_HAPI = /^_?req(?:uest)?\.payload(?:\.|$)/u;

/** Words of which one stands wherever a file reads what a client says, beside headers and cookies. */
const READS =
  /\breq(?:uest)?\W{1,3}payload\b|@(?:Body|Query|QueryParam|Param|Args?|MessageBody)\(|["'`](?:connection|socket\.io)["'`]|\b(?:body|query|queryStringParameters|params?|json|formData|searchParams|args|handshake|Mutation|onCall|authorize|use server)\b|\bread(?:(?:Validated)?Body|FormData)\(|\bget(?:Validated)?(?:Query|RouterParams?)\(|\.text\(|(?:context|ctx), event\b/u;

/** May a file read anything that a client says? Asked of its text, before anything else is. */
export const mayReadRequest = byObject(({ text }: SourceFile): boolean => READS.test(text));

/**
 * Is it what the client says: `req.body.email`, `email` of `const { email } = req.body`,
 * `(await request.json()).email`, `JSON.parse(event.body).email`, `req.headers["x-user-id"].trim()`?
 */
export function isSaidByClient(core: Core, written: Node): boolean {
  return saidByClient(core, written) !== undefined;
}

/** Where the client says it: `req.body.email`, whatever the variables are called that hold it. */
export function saidByClient(core: Core, written: Node): string | undefined {
  const read = readByCall(core.fileOf(written), written);
  if (read !== undefined) return read.place;
  const checked = heldByForm(core, written, "", MAX_NAMES);
  if (checked !== undefined) return checked;
  for (const base of readFrom(core.fileOf(written), written)) {
    const path = dottedPath(base) ?? [];
    const isSaid = path.length > 1 && isPlace(core, base, path.join("."));
    const found = isSaid ? path.join(".") : heldOf(core, base, "");
    if (found !== undefined) return found.replace(FORMS, "");
  }
  return undefined;
}

/** What a call reads of a request: `await readBody(event)`, `form.get("email")` */
export function readByCall(file: SourceFile, written: Node): EventRead | undefined {
  return readOfEvent(file, written) ?? readOfField(file, written);
}

/** Methods that put a text into another form: `email.trim().toLowerCase()` is what `email` says. */
const FORMS = /(?:\.(?:trim|toLowerCase|toUpperCase|toString|normalize))+$/u;

/** How many names what the client says goes through. */
const MAX_NAMES = 4;

/**
 * Of a variable that holds what the client says: `user.id` of `const user = { ...req.body }`, `id` of
 * `const { email } = req.body; const id = email.trim();`
 *
 * @param rest the members that are taken of it, such as `.id`
 */
function heldOf(core: Core, base: Node, rest: string, hops = MAX_NAMES): string | undefined {
  const root = rootOf(base);
  // `(await readBody(event)).email`
  const read = readByCall(core.fileOf(root), root);
  if (read !== undefined) return [read.place, ...membersOf(base)].join(".") + rest;
  if (root.type !== "Identifier") return undefined;
  const init = valueOf(core.fileOf(root), root);
  const parameter = init === undefined ? parameterOf(core, root) : undefined;
  if (init === undefined && parameter === undefined) return undefined;
  const path = (dottedPath(base) ?? []).slice(1).map((name) => `.${name}`);
  const taken = [namesAround(core.fileOf(root), root), ...path, rest].join("");
  if (parameter === undefined)
    return init === undefined ? undefined : heldBy(core, init, taken, hops);
  const place =
    placeByDecorator(parameter) ??
    placeByCall(core, parameter, taken) ??
    placeInMessage(core.fileOf(root), parameter.owner, root, taken) ??
    placeInAction(core.fileOf(root), parameter) ??
    (isTwilioEvent(core.fileOf(root), root) ? "event" : undefined);
  if (place !== undefined) return `${place}${taken}`;
  return isTakenByHandler(core, root, parameter) || isTakenByResolver(parameter)
    ? taken.slice(1)
    : handedOver(core, parameter, taken, hops);
}

/** A name in the parameters of a function. */
interface Parameter {
  readonly name: Node;
  readonly owner: FunctionNode;
}

/** The parameter that a name refers to. */
function parameterOf(core: Core, read: Node): Parameter | undefined {
  const definition = core.fileOf(read).variableOf(read)?.defs[0];
  const owner = definition?.node as Node | undefined;
  return definition?.type === "Parameter" && isFunction(owner)
    ? { name: definition.name, owner }
    : undefined;
}

function valueOf(file: SourceFile, name: Node): Node | undefined {
  return initOf(file, name) ?? onlyValueOf(file, name);
}

/** The names of what is taken of a root, up to one that nobody can read. */
function membersOf(base: Node): string[] {
  const names: string[] = [];
  for (let at = unwrap(base); at.type === "MemberExpression"; at = unwrap(at.object))
    names.unshift(memberName(at) ?? "");
  return names;
}

function heldBy(core: Core, init: Node, taken: string, hops: number): string | undefined {
  const read = readByCall(core.fileOf(init), init);
  if (read !== undefined) return `${read.place}${taken}`;
  const checked = heldByForm(core, init, taken, hops);
  if (checked !== undefined) return checked;
  for (const one of readFrom(core.fileOf(init), init)) {
    const said = `${dottedPath(one)?.join(".") ?? ""}${taken}`;
    if (isPlace(core, one, said)) return said;
    const found = hops === 0 ? undefined : heldOf(core, one, taken, hops - 1);
    if (found !== undefined) return found;
  }
  const call = unwrap(init);
  return call.type === "CallExpression" && hops > 0
    ? givenBack(core, call, taken, hops)
    : undefined;
}

/** `schema.parse(req.body).email`: what is read of a call that looks at the form of it. */
function heldByForm(core: Core, written: Node, taken: string, hops: number): string | undefined {
  const call = rootOf(written);
  const given = call.type === "CallExpression" ? formOf(core.fileOf(call), call) : undefined;
  if (given === undefined) return undefined;
  const names = membersOf(written).map((name) => `.${name}`);
  return heldBy(core, given, [...names, taken].join(""), hops);
}

/** What a function of the program gives back of what it is given: `({ ...body, age: Number(body.age) })` */
function givenBack(core: Core, call: CallNode, taken: string, hops: number): string | undefined {
  const target = core.evaluate(call.callee);
  const owner = target.type === "function" ? target.node : undefined;
  const inner = owner === undefined ? undefined : insideCall(core, owner, call);
  if (owner === undefined || inner === undefined) return undefined;
  return firstSaid(returnArguments(inner, owner), (one) => heldIn(inner, one, taken, hops - 1));
}

/** What stands in an object, or in anything else. */
function heldIn(core: Core, given: Node, taken: string, hops: number): string | undefined {
  const object = unwrap(given);
  if (object.type !== "ObjectExpression") return heldBy(core, given, taken, hops);
  const [, field, more = ""] = /^\.(?<field>[^.]+)(?<more>.*)$/u.exec(taken) ?? [];
  const part = field === undefined ? undefined : propertyValue(object, field);
  if (part !== undefined) return heldBy(core, part, more, hops);
  // `{ ...req.body }` is a copy, and of an object as a whole the client says what it says of a part.
  const parts = object.properties.flatMap((one) =>
    one.type === "SpreadElement" ? one.argument : field === undefined ? one.value : [],
  );
  return firstSaid(parts, (one) => heldBy(core, one, taken, hops));
}

/** What a parameter is given by the one call that is looked at. */
function handedOver(
  core: Core,
  { name, owner }: Parameter,
  taken: string,
  hops: number,
): string | undefined {
  const call = core.calls.get(owner);
  if (call === undefined || hops === 0) return undefined;
  const position = owner.params.findIndex((parameter) => contains(parameter, name));
  const before = call.arguments.slice(0, position + 1);
  const given = before.every(({ type }) => type !== "SpreadElement") ? before[position] : undefined;
  return given === undefined ? undefined : heldIn(core, given, taken, hops - 1);
}

function firstSaid(
  parts: readonly Node[],
  ask: (one: Node) => string | undefined,
): string | undefined {
  for (const part of parts) {
    const said = ask(part);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** Is it where a request holds what the client says? */
function isPlace(core: Core, said: Node, path: string): boolean {
  if (SAID.test(path)) return isAsked(core, said);
  return SAID_IN_HAPI.test(path) && isOfHapi(core, rootOf(said));
}

/** `(request, h) => …`, `(request, reply) => reply(…)`: no other framework hands these over. */
function isOfHapi(core: Core, request: Node): boolean {
  const file = core.fileOf(request);
  const owner = file.variableOf(request)?.defs[0]?.node as Node | undefined;
  const [, toolkit] = isFunction(owner) ? owner.params : [];
  if (toolkit?.type !== "Identifier") return false;
  return (
    toolkit.name === "h" ||
    (toolkit.name === "reply" &&
      (file.index.called.get("reply") ?? []).some(({ callee }) => callee.type === "Identifier"))
  );
}

/** `args` of a resolver is what it is given; one that a program for the command line has read is its own. */
function isAsked(core: Core, said: Node): boolean {
  const root = rootOf(said);
  if (root.type !== "Identifier" || root.name !== "args") return true;
  return core.fileOf(root).variableOf(root)?.defs[0]?.type === "Parameter";
}

/** Where decorators of parameters take from what they hand to a method. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["Body", "body"],
  ["Query", "query"],
  ["QueryParam", "query"],
  ["Param", "params"],
  ["Args", "args"],
  ["Arg", "args"],
  ["MessageBody", "message"],
]);

/** `body.email` for `email` of `login(@Body("email") email: string)`; what a pipe makes of it nobody can see. */
function placeByDecorator({ name, owner }: Parameter): string | undefined {
  const parameter = owner.params.find((one) => contains(one, name));
  const [decorator] = parameter === undefined ? [] : decoratorsOf(parameter);
  if (decorator?.expression.type !== "CallExpression") return undefined;
  const place = PLACES.get(calleeName(decorator.expression));
  const [field, ...pipes] = decorator.expression.arguments;
  const said = textOf(field);
  if (place === undefined || pipes.length > 0) return undefined;
  if (said !== undefined) return `${place}.${said}`;
  return field === undefined || isOfForm(field) ? place : undefined;
}

/**
 * `data.email` of `functions.https.onCall((data, context) => …)`, `request.data.email` of `onCall((request) => …)` of
 * Firebase, and `credentials.email` of `Credentials({ authorize: (credentials) => … })` of Auth.js: functions that are
 * called with what the client says.
 */
function placeByCall(core: Core, { name, owner }: Parameter, taken: string): string | undefined {
  const [first] = owner.params;
  if (first === undefined || !contains(first, name)) return undefined;
  const by = parentOf(owner);
  if (by?.type === "CallExpression" && by.callee !== owner) {
    const isCallable =
      /(?:^|\.)onCall$/u.test(calleeName(by)) && core.fileOf(by).text.includes("firebase");
    if (!isCallable) return undefined;
    // What the second release hands over holds the first's as a part.
    const isSecond =
      owner.params.length === 1 && !/^(?:data|body)$/u.test(dottedPath(first)?.[0] ?? "");
    return !isSecond ? "data" : taken.startsWith(".data") ? "request" : undefined;
  }
  if (by?.type !== "Property" || staticKey(by.key, by.computed) !== "authorize") return undefined;
  const provider = parentOf(by.parent);
  const isProvider =
    provider?.type === "CallExpression" && /credentials(?:provider)?$/iu.test(calleeName(provider));
  return isProvider ? "credentials" : undefined;
}

/** `action.email` for `email` of `export async function login(email) { … }` in a file with `"use server"` */
function placeInAction(file: SourceFile, { name, owner }: Parameter): string | undefined {
  const given = owner.params.find((one) => contains(one, name));
  if (given === undefined || !isServerAction(file, owner)) return undefined;
  return given.type === "Identifier" ? `action.${given.name}` : "action";
}

/** `new ValidationPipe({ … })`, `{ name: "input", type: () => Input }` */
function isOfForm(written: Node): boolean {
  const node = unwrap(written);
  return (
    node.type === "ObjectExpression" ||
    (node.type === "NewExpression" && /^(?:Validation|Parse\w+)Pipe$/u.test(calleeName(node)))
  );
}

/** `email` of `Mutation: { login: async (_, { email }) => … }` of GraphQL */
function isTakenByResolver({ name, owner }: Parameter): boolean {
  const [, given] = owner.params;
  if (given?.type !== "ObjectPattern" || !contains(given, name)) return false;
  const field = parentOf(owner);
  const fields = field?.type === "Property" ? parentOf(field) : undefined;
  const type = fields === undefined ? undefined : parentOf(fields);
  return (
    type?.type === "Property" &&
    /^(?:Query|Mutation|Subscription)$/u.test(staticKey(type.key, type.computed) ?? "")
  );
}

/** `body` of `app.post("/login", ({ body }) => …)`, where the request is taken apart as it comes. */
function isTakenByHandler(core: Core, read: Node, { name, owner }: Parameter): boolean {
  const [request] = owner.params;
  if (request?.type !== "ObjectPattern" || !contains(request, name)) return false;
  const call = parentOf(owner);
  const method = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return (
    method?.type === "MemberExpression" &&
    /^(?:get|post|put|patch|delete|all)$/u.test(memberName(method) ?? "") &&
    /^\.(?:body|query|params)(?:\.|$)/u.test(namesAround(core.fileOf(read), read))
  );
}

/** `.body` for `role` of `const { body: { role } } = req` */
function namesAround(file: SourceFile, name: Node): string {
  const [declared] = file.variableOf(name)?.identifiers ?? [];
  const names: string[] = [];
  for (
    let at = declared === undefined ? undefined : parentOf(declared);
    at !== undefined;
    at = parentOf(at)
  ) {
    if (at.type === "Property") names.unshift(staticKey(at.key, at.computed) ?? "");
    else if (at.type !== "ObjectPattern" && at.type !== "AssignmentPattern") break;
  }
  return names.map((one) => `.${one}`).join("");
}

/**
 * What a server keeps for who is signed in: its session, and the user that it found for a request. A
 * token of the request itself is kept elsewhere.
 */
const KEPT = new RegExp(
  `^(?:${REQUEST}|res|reply)\\.(?:session|(?:locals\\.|state\\.)?user|locals\\.session)\\.`,
  "u",
);

/**
 * Tokens that were verified before: `req.auth.token` of express-oauth2-jwt-bearer 1.10.0, `request.auth.artifacts.token` of
 * @hapi/jwt 3.2.4, what an authorizer of API Gateway hands on (`event.requestContext.authorizer`), and the access and ID
 * token of `req.kauth.grant` of keycloak-connect 26.1.1, of which it checks signature and issuer before it puts them there.
 * A refresh token it takes as it comes.
 */
const KEPT_VERIFIED =
  /^(?:_?req(?:uest)?\.auth\.(?:artifacts\.)?token$|(?:\w+\.)?requestContext\.authorizer\.|(?:ctx\.)?_?req(?:uest)?\.kauth\.grant\.(?:access|id)_token(?:\.token)?$)/u;

/** `req.auth.token` for `token` of `const { token } = req.auth`. */
function placeOf(file: SourceFile, written: Node, hops: number): string {
  const root = rootOf(written);
  const path = dottedPath(written) ?? [];
  const init = hops > 0 && root.type === "Identifier" ? initOf(file, root) : undefined;
  const held = init === undefined ? "" : placeOf(file, init, hops - 1);
  if (path.length === 0 || held === "") return path.join(".");
  const members = path.slice(1).map((name) => `.${name}`);
  return [held, namesAround(file, root), ...members].join("");
}

/**
 * Is it what the server keeps for a request: `req.session.accessToken`, `res.locals.user.token`? Not where
 * the file itself puts there what the client says.
 */
export function isKeptByServer(core: Core, written: Node): boolean {
  const path = placeOf(core.fileOf(written), written, MAX_NAMES);
  if (KEPT_VERIFIED.test(path))
    return !core
      .fileOf(written)
      .index.assignments.some(({ left }) => path.startsWith(dottedPath(left)?.join(".") ?? "?"));
  if (!KEPT.test(path)) return false;
  // `req.session.user = req.body` fills what is read of it.
  return !core.fileOf(written).index.assignments.some(({ left, right }) => {
    const filled = dottedPath(left)?.join(".");
    return (
      filled !== undefined && `${path}.`.startsWith(`${filled}.`) && isSaidByClient(core, right)
    );
  });
}
