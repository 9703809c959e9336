import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { httpCall } from "../network/http.ts";
import { givesNextRequest } from "../network/next-request.ts";
import {
  dottedPath,
  isFunction,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { byName } from "../memo.ts";
import { argumentsAt } from "../values/call-sites.ts";
import { importSource } from "../values/whole-files.ts";
import type { Source } from "./source.ts";
import { isAuthHeader } from "./words.ts";

/** What holds the headers of a request that comes in. */
const REQUEST =
  /^(?:req|_req|request|_request|ctx|c|context|event|socket|client|handshake|rawRequest|nextRequest|httpRequest|upgradeReq|r)$/u;

const HEADERS = /^(?:headers?|rawHeaders)$/u;

const HEADER_METHODS = /^(?:get|headers?|getHeader)$/u;

const HEADER_FUNCTIONS = /^get(?:Request)?Headers?$/u;

/** Authorization headers of requests that come in. */
export function ofRequests(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const { called, membersNamed } = analysis.file.index;
  for (const member of named(membersNamed, (name) => HEADERS.test(name))) {
    const path = dottedPath(member.object);
    if (path !== undefined && isIncoming(path) && !isAnswer(analysis.file, rootOf(member)))
      sources.push({ node: member, held: "headers", certain: true });
  }
  for (const member of named(membersNamed, (name) => isAuthHeader(name))) {
    const object = unwrap(member.object);
    // Of an incoming request it is found through the headers themselves.
    if (object.type === "Identifier" && object.name === "headers" && !isWritten(member)) {
      sources.push({ node: member, held: "header", certain: true });
    }
  }
  for (const call of named(called, readsHeaders)) {
    const callee = unwrap(call.callee);
    const header = call.arguments.map(textOf).find((text) => text !== undefined);
    if (header === undefined || !isAuthHeader(header)) continue;
    const isRead =
      callee.type === "MemberExpression"
        ? HEADER_METHODS.test(memberName(callee) ?? "") && call.arguments.length === 1
        : callee.type === "Identifier" && HEADER_FUNCTIONS.test(callee.name);
    if (isRead) sources.push({ node: call, held: "header", certain: true });
  }
  // What a socket sends when it connects, and what API Gateway hands to an authorizer.
  for (const member of named(membersNamed, (name) => SENT_BY_SOCKETS.test(name))) {
    const isParams = memberName(member) === "connectionParams";
    if (!isParams && dottedPath(member.object)?.at(-1) !== "handshake") continue;
    const tokenIn = readFrom(analysis, member);
    sources.push({ node: member, held: "response", certain: true, ...(tokenIn && { tokenIn }) });
  }
  for (const member of membersNamed.get("authorizationToken") ?? []) {
    if (/^_?(?:event|evt)$/u.test(dottedPath(member.object)?.join(".") ?? "") && !isWritten(member))
      sources.push({ node: member, held: "header", certain: true });
  }
  return [
    ...sources,
    ...inPatterns(analysis),
    ...injectedHeaders(analysis),
    ...allHeaders(analysis),
    ...wholeRequests(analysis, sources),
  ];
}

/** `const r = await fetch(url)`, `fetch(url).then((r) => …)`: what another server has answered is no request. */
function isAnswer(file: SourceFile, name: Node): boolean {
  const [definition] = name.type === "Identifier" ? (file.variableOf(name)?.defs ?? []) : [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner)) {
    const init = initOf(file, name);
    return init?.type === "CallExpression" && httpCall(file, init) !== undefined;
  }
  const call = owner.params[0] === definition?.name ? parentOf(owner) : undefined;
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return callee?.type === "MemberExpression" && memberName(callee) === "then";
}

/** `@Headers() headers`: NestJS gives all of them where none is named. */
function injectedHeaders({ file }: Analysis): Source[] {
  return (file.index.called.get("Headers") ?? []).flatMap((call) => {
    const { parent } = call;
    if (parent.type !== "Decorator" || call.arguments.length > 0) return [];
    const parameter = parent.parent;
    return parameter.type === "Identifier"
      ? readsOf(file, parameter).map((node): Source => ({ node, held: "headers", certain: true }))
      : [];
  });
}

/** `await headers()` of Next, `c.req.header()` of Hono, `getRequestHeaders(event)` of h3: none is named. */
function allHeaders({ file }: Analysis): Source[] {
  return named(file.index.called, readsHeaders)
    .filter((call) => {
      const callee = unwrap(call.callee);
      const [given, name] = call.arguments;
      if (callee.type === "MemberExpression")
        return (
          memberName(callee) === "header" &&
          given === undefined &&
          (dottedPath(callee.object)?.join(".") ?? "").endsWith(".req")
        );
      if (callee.type !== "Identifier" || name !== undefined) return false;
      if (given === undefined) return isNextHeaders(file, callee);
      return /^get(?:Request)?Headers$/u.test(callee.name) && isIncoming(dottedPath(given) ?? []);
    })
    .map((node): Source => ({ node, held: "headers", certain: true }));
}

/** `headers` of "next/headers" */
export function isNextHeaders(file: SourceFile, callee: Node): boolean {
  return (
    givesNextRequest(importSource(file.variableOf(callee))?.value ?? "") &&
    dottedPath(callee)?.join() === "headers"
  );
}

/** What a socket of socket.io sends when it connects, and a client of graphql-ws. */
const SENT_BY_SOCKETS = /^(?:auth|query|connectionParams)$/u;

/** The name under which the file reads a token from the same part of another connection. */
function readFrom({ file }: Analysis, sent: TSESTree.MemberExpression): [string] | undefined {
  const name = memberName(sent);
  const read = named(file.index.membersNamed, (one) => isAuthHeader(one) || one === "token").find(
    ({ object }) => {
      const holder = unwrap(object);
      return holder.type === "MemberExpression" && memberName(holder) === name;
    },
  );
  const token = read === undefined ? undefined : memberName(read);
  return token === undefined ? undefined : [token];
}

/** The request itself, handed on whole: with it go the headers that are read from it elsewhere. */
function wholeRequests(analysis: Analysis, reads: readonly Source[]): Source[] {
  const { core, file } = analysis;
  const requests = new Set<Scope.Variable>();
  // The context of Koa shows the headers of its request where it is printed.
  const isOfKoa = OF_KOA.test(file.text);
  const add = (root: Node): void => {
    if (root.type !== "Identifier") return;
    if (!REQUESTS.test(root.name) && !(isOfKoa && /^(?:ctx|context)$/u.test(root.name))) return;
    const variable = file.variableOf(root);
    if (variable === undefined || requests.has(variable)) return;
    requests.add(variable);
    // `tokenOf(event)`: what a function reads from its parameter is in what it is given.
    const [definition] = variable.defs;
    const owner = definition?.node as Node | undefined;
    if (!isFunction(owner)) return;
    const position = owner.params.findIndex((one) => one === definition?.name);
    for (const given of argumentsAt(core, owner, position)) add(unwrap(given));
  };
  for (const { node, held } of reads) {
    if (held !== "header" && !isAuthRead(node)) continue;
    add(rootOf(node.type === "CallExpression" ? node.callee : node));
  }
  for (const { parent } of file.index.patterns.filter((pattern) => takesToken(file, pattern)))
    if (parent.type === "VariableDeclarator" && parent.init !== null) add(rootOf(parent.init));
  // A middleware takes the token out of the request that the handlers behind it are given.
  if (analysis.operations.some(({ kind }) => kind === "middleware")) {
    for (const { params } of file.index.functions) {
      const [request, response] = params;
      if (request === undefined || response?.type !== "Identifier") continue;
      if (RESPONSE.test(response.name) || (isOfKoa && response.name === "next")) add(request);
    }
  }
  // Only an authorizer of API Gateway is asked about a method.
  for (const member of file.index.membersNamed.get("methodArn") ?? []) add(rootOf(member));
  // `getUserId(event)`: a function out of sight takes the token from it.
  for (const call of named(file.index.called, asksWhoseRequest)) {
    const [given] = call.arguments;
    if (given?.type === "Identifier" && call.arguments.length === 1) add(given);
  }
  return [...requests].flatMap((variable) =>
    variable.references
      .map(({ identifier }) => identifier as Node)
      .map((read) => (isOfKoa && isRequestOf(read) ? read.parent : read))
      .filter(isHandedOn)
      .map((node): Source => ({ node, held: "headers", certain: true })),
  );
}

const REQUESTS = /^_?(?:event|evt|req|request)$/u;

const OF_KOA = /["'`]@?koa(?:["'`/-])/u;

/** `ctx` of `ctx.request` */
function isRequestOf(read: Node): read is Node & { parent: TSESTree.MemberExpression } {
  const { parent } = read;
  return parent?.type === "MemberExpression" && /^req(?:uest)?$/u.test(memberName(parent) ?? "");
}

/** `const { authorization } = req.headers`, `const { authorizationToken } = event`, `const { headers } = req` */
function takesToken(file: SourceFile, pattern: TSESTree.ObjectPattern): boolean {
  return pattern.properties.some((one) => {
    if (one.type !== "Property") return false;
    const name = staticKey(one.key, one.computed);
    if (name === "authorizationToken" || isAuthHeader(name)) return true;
    if (name !== "headers") return false;
    return one.value.type === "ObjectPattern"
      ? takesToken(file, one.value)
      : readsOf(file, one.value).some(isAuthRead);
  });
}

const RESPONSE = /^_?(?:res|response)$/u;

const asksWhoseRequest = byName((name) =>
  /^(?:get|parse|extract|read|verify|decode)(?:Current|Auth|Access|Bearer|Jwt)?(?:User(?:Id|Name|Info)?|Token|Claims|Identity|Sub)(?:From(?:Event|Request|Header))?$/u.test(
    name,
  ),
);

/** As an argument, and as a property of one: `log("start", { event })`. */
export function isHandedOn(read: Node): boolean {
  const whole = wrapped(read);
  const { parent } = whole;
  if (parent?.type === "Property" && parent.value === whole)
    return parent.parent.parent.type === "CallExpression";
  return parent?.type === "CallExpression" && parent.callee !== whole;
}

/** `event.headers.authorization` */
function isAuthRead(node: Node): boolean {
  const { parent } = wrapped(node);
  return parent?.type === "MemberExpression" && isAuthHeader(memberName(parent));
}

/** `const { headers: { authorization } } = req` */
function inPatterns({ file }: Analysis): Source[] {
  return file.index.patterns.flatMap((pattern) => {
    const authorizer = pattern.properties.find(
      (one) => one.type === "Property" && staticKey(one.key, one.computed) === "authorizationToken",
    );
    if (authorizer?.type === "Property") {
      const { value } = authorizer;
      return readsOf(file, value.type === "AssignmentPattern" ? value.left : value).map(headerAt);
    }
    const holder =
      pattern.parent.type === "AssignmentPattern" ? pattern.parent.parent : pattern.parent;
    if (isRequestTaken(pattern, holder)) {
      return pattern.properties.flatMap((property): Source[] => {
        if (property.type !== "Property" || property.value.type !== "Identifier") return [];
        if (staticKey(property.key, property.computed) !== "headers") return [];
        return readsOf(file, property.value).map((node) => ({
          node,
          held: "headers",
          certain: true,
        }));
      });
    }
    if (holder.type !== "Property" || staticKey(holder.key, holder.computed) !== "headers")
      return [];
    return pattern.properties.flatMap((property): Source[] => {
      if (property.type !== "Property") return [];
      if (!isAuthHeader(staticKey(property.key, property.computed))) return [];
      const name =
        property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      return readsOf(file, name).map(headerAt);
    });
  });
}

/** Other parts of a request, beside which its headers stand. */
const PARTS =
  /^(?:body|query|params|cookies|method|url|path|request|queryStringParameters|locals)$/u;

/** Parts that a request has once it has come in, and options of one that is to be sent. */
const COME_IN = /^(?:query|cookies|request|queryStringParameters|locals)$/u;
const TO_BE_SENT = /^(?:ur[il]|host(?:name)?|port|data|timeout|baseURL)$/u;

/** `({ headers, params }) => …` of a handler, `const { headers, body } = req` */
function isRequestTaken(pattern: TSESTree.ObjectPattern, holder: Node): boolean {
  if (holder.type === "VariableDeclarator") {
    return holder.id === pattern && isIncoming((holder.init && dottedPath(holder.init)) ?? []);
  }
  if (!isFunction(holder) || holder.params[0] !== pattern) return false;
  const names = pattern.properties.flatMap((one) =>
    one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
  );
  const isSent = names.some((name) => TO_BE_SENT.test(name));
  return names.some((name) => (isSent ? COME_IN : PARTS).test(name)) || isHandler(holder);
}

/** Hooks of Elysia (1), and methods of routers, which are given the path. */
const HOOKS = /^on(?:Request|Parse|Transform|BeforeHandle|AfterHandle|AfterResponse|Error)$/u;
const ROUTES = /^(?:get|post|put|patch|delete|all|route)$/u;

/** `app.onBeforeHandle(({ headers }) => …)`, `app.get("/", ({ headers }) => …)` */
function isHandler(owner: FunctionNode): boolean {
  const call = parentOf(owner);
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  if (call?.type !== "CallExpression" || callee?.type !== "MemberExpression") return false;
  const name = memberName(callee) ?? "";
  return (
    HOOKS.test(name) || (ROUTES.test(name) && (textOf(call.arguments[0]) ?? "").startsWith("/"))
  );
}

function headerAt(node: Node): Source {
  return { node, held: "header", certain: true };
}

function readsHeaders(name: string): boolean {
  return HEADER_METHODS.test(name) || HEADER_FUNCTIONS.test(name);
}

export function isIncoming(path: readonly string[]): boolean {
  const last = path.at(-1) ?? "";
  return REQUEST.test(last) || (path.length > 1 && /^(?:handshake|req|request)$/u.test(last));
}

/** What a client sends along with every request: `req.cookies.token`, `req.headers["x-token"]`. */
export function isSentAlong([holder, ...parts]: readonly string[]): boolean {
  if (holder === undefined || parts.length < 2) return false;
  return isIncoming([holder]) && SENT_ALONG.test(parts[0] ?? "");
}

const SENT_ALONG = /^(?:cookies|signedCookies|headers)$/u;
