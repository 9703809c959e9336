import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { saysWho } from "../data/names.ts";
import { inside } from "../files/inside.ts";
import { initOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { isConnectionHandler } from "../network/connection-handlers.ts";
import { givesNextRequest } from "../network/next-request.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

/** Where does a program put down who a request comes from, and what does it tell who that is? */

/** Where a request keeps who it comes from, and whose data it is about. */
export const IDENTITY_TARGET =
  /(?:^|\.)(?:user|currentUser|auth|authUser|identity|account|principal|session|viewer|userId|user_id|uid|user(?:_?(?:info|data|details))|logged_?in_?user|usuario(?:_?id)?|utilisateur|utente|benutzer|kullanici|pengguna|jwtPayload|decoded(?:_?(?:token|jwt))?|payload|claims|role|isAdmin|email|member|admin|(?:tenant|org|organi[sz]ation|company|workspace)(?:_?id)?|locals\.\w+)$/iu;

const REQUEST =
  /^(?:req|request|ctx|context|c|socket|client|ws|res|response|session|event|connection|handshake|this\.(?:req|request|ctx|context)|args|info|call|data|locals|conn|http)(?:\.|$)/iu;

/** Headers by which a gateway tells the services behind it who is there. */
const IDENTITY_HEADER =
  /(?:^|\.)x-(?:[a-z]+-)*(?:user|account|tenant|customer|role|roles|email|sub|principal|identity)(?:-[a-z]+)*$/iu;

/** … which some call without the `x-`, where it can be nothing but a header. */
const PLAIN_HEADER =
  /^(?:user|user-?(?:id|name|email|role)|roles?|email|(?:tenant|account|org|company)-?id)$/iu;

/** `x-user-id` */
export function isIdentityHeader(name: string): boolean {
  return IDENTITY_HEADER.test(name);
}

/** Whose a record is that the request goes on to describe. */
const WRITTEN_BY =
  /^(?:ctx\.)?req(?:uest)?\.body\.(?:\w*(?:creat|updat|modifi|upload|post|add|edit)ed_?by|\w*(?:author|owner|creator|user)(?:_?id)?)$/iu;

/** `req.user`, `ctx.state.user` */
export function isRequestIdentity(path: readonly string[]): boolean {
  const text = path.join(".");
  return path.length > 1 && REQUEST.test(text) && IDENTITY_TARGET.test(text);
}

/** `req.user = …`, `req.headers["x-user-id"] = …` */
export function isIdentityTarget(by: Node): boolean {
  if (by.type !== "AssignmentExpression") return false;
  const path = dottedPath(by.left);
  if (path === undefined || path.length < 2) return false;
  if (isRequestIdentity(path)) return true;
  const text = path.join(".");
  return REQUEST.test(text) && (IDENTITY_HEADER.test(text) || WRITTEN_BY.test(text));
}

/** What a function is given of somebody's request or connection, and where a name stands there. */
const GIVEN =
  /^_?(?:req|request|ctx|context|c|socket|ws|conn|connection)(?:\.(?:state|session|data|locals|auth))?$/iu;

/** What things are called as well: `request.id`, `socket.name`, `req.address` */
const OF_THINGS =
  /^(?:_?id|uid|sub|name|handle|login|nom|nome|nombre|nama|(?:public_?)?address|wallet\w*|public_?key|(?:provider|external|profile)\w*|client(?:_?(?:id|no|number))?)$/iu;

/**
 * `request.accountId = claims.accountId`, `socket.data.username = claims.username`: whatever a program calls those who use it.
 * A request that it makes itself, `const request = new GetAccount()`, asks another who looks at it.
 */
export function isPersonTarget(core: Core, by: Node): boolean {
  if (by.type !== "AssignmentExpression") return false;
  const path = dottedPath(by.left) ?? [];
  const name = path.at(-1) ?? "";
  if (!GIVEN.test(path.slice(0, -1).join(".")) || OF_THINGS.test(name) || !saysWho(name))
    return false;
  const variable = core.fileOf(by).variableOf(rootOf(by.left));
  return variable?.defs[0]?.type === "Parameter";
}

/** Decides, or hands an identity on. */
const LETS_IN =
  /(?:^|\.)(?:done|cb|callback|(?:login|logIn|signIn)(?:(?:User|Account|Member|Customer|With)\w*)?|setUser|(?:create|set|put|save|start|open|store)Session|decorate|authenticated?)$/u;

/** Is a call told by what it is given who the request comes from? */
export function tellsWho(core: Core, use: Use, claim: string | undefined): boolean {
  const call = use.by;
  if (call.type !== "CallExpression") return false;
  const name = calleeName(call);
  if (/^(?:console|log|logger|debug|expect|assert)(?:\.|$)|\.log(?:ger)?\./iu.test(name))
    return false;
  // Who is at the other end of a connection: `socket.join(userId)`, `online.add(username)`.
  if (KEEPS_WHO.test(name) && claim !== undefined && WHO.test(claim) && isInConnection(core, call))
    return true;
  if (/(?:^|\.)(?:setHeader|set|append|header)$/u.test(name)) {
    // What is told to whoever sent the token is told to himself.
    const isToOthers = !/^(?:res|response|reply|resp)\b/u.test(name);
    if (isToOthers && IDENTITY_HEADER.test(firstText(call))) return true;
    const isOfHeaders =
      /headers\.(?:set|append)$/iu.test(name) || isPartOfRequest(core, call.callee);
    if (isOfHeaders && isToOthers && PLAIN_HEADER.test(firstText(call))) return true;
  }
  // All of them, put into the request: `request.cookies.set("session_data", JSON.stringify(claims))`.
  if (claim === undefined && use.form === "shown" && /(?:^|\.)set$/u.test(name))
    if (isPartOfRequest(core, call.callee)) return true;
  if (/(?:^|\.)set$/u.test(name))
    return REQUEST.test(name) && IDENTITY_TARGET.test(firstText(call));
  if (claim !== undefined && isWhose(claim, use) && SCOPES.test(name) && isForRequest(core, call))
    return true;
  if (!LETS_IN.test(name)) return false;
  return !/(?:^|\.)(?:done|cb|callback)$/u.test(name) || isStrategyCallback(call);
}

/** `request.cookies.set`, and `headers.set` of `headers = new Headers(request.headers)`: what is handed on of a request. */
export function isPartOfRequest(core: Core, method: Node): boolean {
  const callee = unwrap(method);
  if (callee.type !== "MemberExpression") return false;
  const held = unwrap(callee.object);
  const made = held.type === "Identifier" ? initOf(core.fileOf(held), held) : undefined;
  const copied = made?.type === "NewExpression" && calleeName(made) === "Headers";
  const part = copied ? made.arguments[0] : (made ?? held);
  const path = part === undefined ? undefined : dottedPath(part)?.join(".");
  return path !== undefined && /^_?req(?:uest)?\.(?:headers|cookies)$/u.test(path);
}

function firstText({ arguments: [first] }: CallNode): string {
  return textOf(first) ?? "";
}

/** `runWithTenant(claims.tenantId, next)`, `storage.run({ tenantId }, next)`, `setTenant(claims.tenantId)` */
const SCOPES =
  /(?:^|\.)(?:run(?:With|In|As|For)\w*|(?:set|use|switch)(?:Current)?(?:Tenant|Org|Organi[sz]ation|Company|Workspace|Account)(?:Id|Context)?|enterWith)$|(?:als|storage|context|store|cls)\.run$/iu;

/** Claims, and names they are given, that say whose data is meant. */
const WHOSE =
  /^(?:sub|uid|oid|user_?id|(?:tenant|org|organi[sz]ation|company|workspace|account)(?:_?id)?)$/iu;

function isWhose(claim: string, { boxes }: Use): boolean {
  return WHOSE.test(claim) || WHOSE.test(boxes.at(-1) ?? "");
}

/** In a function that is given a request, or reads it: what is set there holds for everything behind it. */
export function isForRequest(core: Core, node: Node): boolean {
  const file = core.fileOf(node);
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    const isGiven = owner.params.some((parameter) =>
      /^_?(?:req|request|ctx|context|c|event)\b/u.test(file.text.slice(...parameter.range)),
    );
    if (isGiven || readsNextRequest(core, owner)) return true;
  }
  return false;
}

/** Server components and actions of Next.js are given no request: `cookies()`, `headers()`. */
export function readsNextRequest(core: Core, owner: FunctionNode): boolean {
  const { called } = core.fileOf(owner).index;
  return ["cookies", "headers"].some((name) =>
    inside(called.get(name) ?? [], owner).some(({ callee }) => {
      const value = core.evaluate(callee);
      return value.type === "module" && givesNextRequest(value.specifier);
    }),
  );
}

/** A connection joins the rooms of a user, a collection holds who is there; paths are joined, too. */
const KEEPS_WHO = /(?:^|\.)(?:socket|client|conn(?:ection)?|ws)\.join$|\.(?:add|set)$/iu;

/** Claims that say who somebody is. */
export const WHO = /^(?:sub|uid|oid|id|_id|user|user_?name|user_?id|login|email)$/iu;

/** In what a server does for a client that is connected: `io.on("connection", …)`. */
function isInConnection(core: Core, node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    const call = parentOf(owner);
    if (call?.type === "CallExpression" && CONNECTION.test(calleeName(call))) return true;
    if (isConnectionHandler(core.fileOf(owner), owner)) return true;
  }
  return false;
}

const CONNECTION = /^(?:io|nsp|namespace|wss|wsServer|socketServer|sio)\.(?:on|use)$/u;

/** `done(null, claims)` in the verify callback of a passport strategy. */
function isStrategyCallback(call: TSESTree.CallExpression): boolean {
  const owner = enclosingFunction(call);
  const holder = owner === undefined ? undefined : parentOf(owner);
  return holder?.type === "NewExpression" && call.arguments.length >= 2;
}
