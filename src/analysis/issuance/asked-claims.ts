import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { passes } from "../answers/function-roles.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { declaratorOf, initOf, objectAt } from "../files/variables.ts";
import { mayReadRequest, saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isTokenCallback, sessionOf } from "../trust/session-updates.ts";
import { isOverwritten } from "./overwritten-claims.ts";
import { isAskedForSharedSecret } from "./shared-secrets.ts";
import { saysSignIn } from "./route-names.ts";
import { openRoute } from "./sign-in-routes.ts";
import { signedTokens } from "./signed-tokens.ts";
import { isOfTool } from "./tool-keys.ts";
import { asksNothing } from "./unasked.ts";
import { readsWhoAsks } from "./who-asks.ts";

/**
 * Claims that whoever asks for a token chooses himself: the signature then says that the program has
 * found them to be so.
 */
export interface AskedClaims {
  readonly kind:
    /** `jwt.sign(req.body, key)` */
    | "request"
    /** What the browser gives to `update()` of next-auth goes into the token as it is. */
    | "session-update";
  readonly node: Node;
  /** What signs them. */
  readonly name: string;
}

export function askedClaims(analysis: Analysis): AskedClaims[] {
  return [
    ...analysis.operations.flatMap((operation) => inOperation(analysis, operation)),
    ...byName(analysis),
    ...inUpdates(analysis),
  ];
}

/** A request's body as a whole, by what frameworks call it. */
const BODY =
  /^(?:(?:this\.)?_?(?:req|request)|ctx\.req(?:uest)?|ctx|c\.req|context\.request|event)\.body$/u;

/** … and its query, which is signed for other ends as well: as the state of OAuth, the address of a picture, a filter. */
const QUERY =
  /^(?:(?:(?:this\.)?_?(?:req|request)|ctx\.req(?:uest)?|ctx|c\.req|context\.request|event)\.query|event\.queryStringParameters)$/u;

const READS_BODY =
  /^(?:_?(?:req|request)|ctx\.req(?:uest)?|c\.req|context\.request|event\.request)\.json$/u;

/** Links of a mail carry what somebody has asked for, and say nothing of who is signed in. */
const MAILS =
  /send_?\w*mail|mailer|sendgrid|transport(?:er)?\.|(?<!can_?|de)activat(?!ed)|confirm|invit/iu;

function inOperation(analysis: Analysis, operation: Operation): AskedClaims[] {
  const { kind, node, payload, key, name } = operation;
  if (kind !== "sign" || payload === undefined) return [];
  // jsonwebtoken refuses a lifetime for a text.
  const isObject = operation.settings("lifetime").length > 0;
  return inPayload(analysis, { node, key, name, payload: payload.node, isObject });
}

/** What signs something. */
interface Signing extends Pick<Operation, "node" | "name" | "key"> {
  readonly payload: Node;
  /** It can be no text. */
  readonly isObject: boolean;
}

function inPayload(analysis: Analysis, signing: Signing): AskedClaims[] {
  return waysOf(analysis, signing.payload)
    .flatMap((node) => inWay(analysis, signing, node))
    .slice(0, 1);
}

/**
 * `const claims = { sub: "viewer", ...req.body }`, and each side of `settings.make ? await settings.make() : { ...req.body }`,
 * unless what chooses may know who asks.
 */
function waysOf({ core, file }: Analysis, payload: Node): Node[] {
  const object = objectAt(file, payload);
  if (object !== undefined) return [object];
  const name = unwrap(payload);
  const init = name.type === "Identifier" ? initOf(file, name) : undefined;
  const held = unwrap(init ?? name);
  if (held.type !== "ConditionalExpression") return [name];
  const mayAsk = hasWithin(
    core,
    held.test,
    (one) => /^(?:Call|Await)Expression$/u.test(one.type) || readsWhoAsks(core, one),
  );
  return mayAsk
    ? [name]
    : [held.consequent, held.alternate].map((one) => objectAt(file, one) ?? unwrap(one));
}

function inWay(analysis: Analysis, signing: Signing, node: Node): AskedClaims[] {
  const { key, name, isObject } = signing;
  const owner = enclosingFunction(node);
  const { core, file } = analysis;
  if (owner === undefined || analysis.fileOf(node) !== file || isStandIn(file)) return [];
  if (MAILS.test(file.text.slice(...owner.range)) || isReplacedBefore(analysis)) return [];
  // A webhook or a partner may have been asked for a signature.
  if (owner.params.length > 0 && openRoute(analysis, owner) === undefined) return [];
  if (isOfTool(core, key) || isForDevelopment(core, signing.node)) return [];
  if (isAskedForSharedSecret(core, signing.node, owner)) return [];
  const parts = node.type === "ObjectExpression" ? node.properties.map(partOf) : [node];
  const asked =
    parts.find((part) => part !== undefined && isBody(analysis, part)) ??
    wholes(node).find((part) => isAddress(analysis, part)) ??
    wholes(node).find((part) =>
      part === node
        ? isObjectOfBody(analysis, part, isObject ? PERSONS : OBJECTS)
        : isObjectOfBody(analysis, part, ANY),
    );
  return asked === undefined || isOverwritten(core, node, asked)
    ? []
    : [{ kind: "request", node: asked, name }];
}

/**
 * `TokenService.signToken(req.body.payload)` of another file, which by its name signs what it is given, and beside which
 * nothing is asked. What makes a token otherwise (`generateToken(req.body)`) may sign in by a password that stands there.
 */
function byName(analysis: Analysis): AskedClaims[] {
  const { core, operations } = analysis;
  if (!mayReadRequest(analysis.file)) return [];
  return signedTokens(analysis).flatMap(({ node, name, isByName = false }) => {
    const [payload, key] = node.arguments;
    const owner = enclosingFunction(node);
    if (!isByName || payload === undefined || owner === undefined) return [];
    if (!ONLY_SIGNS.test(name.split(".").at(-1) ?? "")) return [];
    const isHarmless = (_: Core, one: Node): boolean => one === node;
    if (!asksNothing(core, owner, { operations, isHarmless })) return [];
    return inPayload(analysis, {
      node,
      name: `${name}, as its name says,`,
      payload,
      // `signJwt(req.body.payload, req.body.secret)`: where one is told, it is told behind the claims.
      key: key === undefined ? undefined : { node: key, value: core.evaluate(key) },
      isObject: false,
    });
  });
}

/** … of a sign-in: `signPreviewToken`, `signOrderJwt` and `signStateToken` sign what opens one thing, or comes back unchanged. */
const ONLY_SIGNS =
  /^sign(?:_?(?:new|access|auth|user|session|log_?in|id|bearer|account|member|admin|app)){0,2}_?(?:token|jwt)?$/iu;

/** `req.body = { id: member.id }; next();`: behind such a middleware the body holds what the server has found out. */
function isReplacedBefore({ core, file }: Analysis): boolean {
  return file.index.assignments.some(({ left, right }) => {
    if (right.type !== "ObjectExpression" || !BODY.test(dottedPath(left)?.join(".") ?? ""))
      return false;
    const owner = enclosingFunction(left);
    const isOfBody = hasWithin(core, right, (one) => BODY.test(dottedPath(one)?.join(".") ?? ""));
    return owner !== undefined && !isOfBody && passes(core, owner).length > 0;
  });
}

/** `...req.body`, `user: req.body` */
function partOf(property: TSESTree.ObjectLiteralElement): Node | undefined {
  return property.type === "SpreadElement" ? property.argument : property.value;
}

function isBody(analysis: Analysis, written: Node, hops = 2): boolean {
  const node = unwrap(written);
  const path = dottedPath(node)?.join(".") ?? "";
  if (BODY.test(path) || (QUERY.test(path) && isForSignIn(analysis, node))) return true;
  if (node.type === "CallExpression") {
    const name = dottedPath(node.callee)?.join(".") ?? "";
    const [given] = node.arguments;
    if (READS_BODY.test(name) || isWhole(analysis, node)) return true;
    return name === "JSON.parse" && given !== undefined && isBody(analysis, given, hops);
  }
  if (node.type === "ObjectExpression") {
    const [copied] = node.properties;
    return copied?.type === "SpreadElement" && isBody(analysis, copied.argument, hops);
  }
  if (node.type !== "Identifier") return false;
  if (isWhole(analysis, node)) return true;
  if (hops === 0) return false;
  // `const { email } = req.body` takes a part of it.
  const declarator = declaratorOf(analysis.file, node);
  return declarator?.id.type === "Identifier" && isBody(analysis, declarator.init, hops - 1);
}

/** … by what it is read with: `Object.fromEntries(await request.formData())` */
function isWhole(analysis: Analysis, node: Node): boolean {
  const place = saidByClient(analysis.core, node) ?? "";
  return /^(?:body|form)$/u.test(place) || (place === "query" && isForSignIn(analysis, node));
}

/** Does the handler say that it signs somebody in? */
function isForSignIn(analysis: Analysis, node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner))
    if (openRoute(analysis, owner)?.names.some((one) => saysSignIn(one)) === true) return true;
  return false;
}

/**
 * All that a path says, where it names somebody: `params` of `app.get("/token/:name", ({ params }) => …)`. A handler in
 * front of this one may have looked at it.
 */
function isAddress({ core }: Analysis, part: Node): boolean {
  const place = saidByClient(core, part) ?? "";
  return (
    /^(?:(?!body\b)\w+\.)*params$/u.test(place) && namesSomebody(part) && !isBehindAnother(part)
  );
}

/** Does the path of the route hold the name of a person? */
function namesSomebody(part: Node): boolean {
  for (let owner = enclosingFunction(part); owner !== undefined; owner = enclosingFunction(owner)) {
    const route = parentOf(owner);
    const path = route?.type === "CallExpression" ? textOf(route.arguments[0]) : undefined;
    if (path !== undefined)
      return /:(?:user\w*|name|e?mail|account\w*|member\w*|login|uid)\b/iu.test(path);
  }
  return false;
}

/** What stands for the claims as a whole: the payload itself, or what is spread into it. */
function wholes(payload: Node): Node[] {
  if (payload.type !== "ObjectExpression") return [payload];
  return payload.properties.flatMap((one) =>
    one.type === "SpreadElement" ? [unwrap(one.argument)] : [],
  );
}

/** What holds an object in a body, by its name; `username` and `email` are texts. */
const OBJECTS =
  /^(?:payload|data|claims|profile|(?:user|token|jwt)_?(?:data|info|payload|claims|details|obj(?:ect)?))$/iu;

/** … and what a name or a whole record is called. */
const PERSONS = new RegExp(`^(?:user|account|member|person)$|${OBJECTS.source}`, "iu");

/** What is spread is an object, whatever it is called. */
const ANY = /^/u;

/**
 * `jwt.sign(req.body.user, key)`, also of `const { user } = req.body`: an object of the body by its name, or
 * because it is spread or read from. A handler in front of this one may have put it there.
 */
function isObjectOfBody(analysis: Analysis, node: Node, objects: RegExp): boolean {
  const path = dottedPath(node);
  const name = path === undefined ? undefined : nameInBody(analysis, node, path);
  if (path === undefined || name === undefined) return false;
  const { index } = analysis.file;
  const isPut = index.assignments.some(({ left }) => {
    const put = dottedPath(left);
    return put?.at(-2) === "body" && put.at(-1) === name;
  });
  if (isPut || isBehindAnother(node)) return false;
  return objects.test(name) || index.members.some((one) => isFieldOf(one, path));
}

/** `user` of `req.body.user`, or of a variable that is taken out of the body. */
function nameInBody(analysis: Analysis, node: Node, path: readonly string[]): string | undefined {
  if (node.type === "MemberExpression")
    return isBody(analysis, node.object) ? path.at(-1) : undefined;
  const declarator = declaratorOf(analysis.file, node);
  if (declarator === undefined) return undefined;
  const { id, init } = declarator;
  if (id.type === "Identifier") {
    const given = unwrap(init);
    // `req.body.payload ?? {}`
    const from = given.type === "LogicalExpression" ? unwrap(given.left) : given;
    const read = from.type === "MemberExpression" ? dottedPath(from) : undefined;
    return read === undefined ? undefined : nameInBody(analysis, from, read);
  }
  if (id.type !== "ObjectPattern" || !isBody(analysis, init)) return undefined;
  const taken = id.properties.find(
    (one) => one.type === "Property" && dottedPath(one.value)?.[0] === path[0],
  );
  return taken?.type === "Property" ? staticKey(taken.key, taken.computed) : undefined;
}

/** `req.body.person.role`; what is called is a method, and texts have a length. */
function isFieldOf(member: TSESTree.MemberExpression, path: readonly string[]): boolean {
  const read = dottedPath(member);
  const isRead = read?.length === path.length + 1 && read.at(-1) !== "length";
  const { parent } = member;
  if (!isRead || (parent.type === "CallExpression" && parent.callee === member)) return false;
  return path.every((name, at) => read[at] === name);
}

/** `router.post("/renew", guard, (req, res) => …)` */
function isBehindAnother(node: Node): boolean {
  let owner = enclosingFunction(node);
  while (owner !== undefined) {
    const route = parentOf(owner);
    if (route?.type === "CallExpression" && route.arguments.indexOf(owner as never) > 1)
      return true;
    owner = enclosingFunction(owner);
  }
  return false;
}

/** `callbacks: { jwt({ token, trigger, session }) { … return { ...token, ...session.user }; } }` */
function inUpdates({ file }: Analysis): AskedClaims[] {
  if (!file.text.includes("callbacks")) return [];
  return file.index.functions.flatMap((owner) => {
    const session = isTokenCallback(owner) ? sessionOf(owner) : undefined;
    if (session === undefined) return [];
    const isSession = (node: Node): boolean =>
      (/^[^.]+(?:\.user)?$/u.test(dottedPath(node)?.join(".") ?? "") &&
        dottedPath(node)?.[0] === session) ||
      isRestOf(file, node, isSession);
    const spread = file.index.objects
      .filter((object) => contains(owner, object) && becomesToken(object))
      .flatMap(({ properties }) => properties)
      .flatMap((one) => (one.type === "SpreadElement" ? [one.argument] : []))
      .filter(isSession);
    const assigned = (file.index.called.get("assign") ?? [])
      .filter(
        (call) => contains(owner, call) && dottedPath(call.arguments[0] ?? call)?.[0] === "token",
      )
      .flatMap((call) => call.arguments.filter(isSession));
    const single = file.index.assignments
      .filter(({ left }) => contains(owner, left) && dottedPath(left)?.[0] === "token")
      .filter(({ left, right }) => isSession(right) || isRight(file, left, right, session))
      .map(({ right }) => right);
    const [node] = [...spread, ...assigned, ...single];
    return node === undefined ? [] : [{ kind: "session-update" as const, node, name: "update" }];
  });
}

/** `rest` of `const { image, ...rest } = session.user`, unless the pattern takes out what a user may. */
function isRestOf(file: SourceFile, node: Node, isSession: (whole: Node) => boolean): boolean {
  const declarator = node.type === "Identifier" ? declaratorOf(file, node) : undefined;
  if (declarator?.id.type !== "ObjectPattern" || !isSession(declarator.init)) return false;
  const { properties } = declarator.id;
  const isRest = properties.some(
    (one) => one.type === "RestElement" && dottedPath(one.argument)?.[0] === dottedPath(node)?.[0],
  );
  return (
    isRest &&
    !properties.some(
      (one) => one.type === "Property" && RIGHTS.test(staticKey(one.key, one.computed) ?? ""),
    )
  );
}

const RIGHTS =
  /^(?:roles?|is_?admin|admin|permissions?|scopes?|groups?|tenant(?:_?id)?|org(?:anization)?(?:_?id)?|plan|tier)$/iu;

/** Who somebody is, and what he has shown of it. */
const IDENTITY =
  /^(?:sub|(?:user|player|account|member|customer)?_?id|(?:mfa|otp|2fa|two_?fa|two_?factor|email)_?verified)$/iu;

/** `{ ...token, ...session }`, `token.user = { ...session.user }` */
function becomesToken(object: TSESTree.ObjectExpression): boolean {
  const { parent, properties } = object;
  const isToken = (node: Node): boolean => dottedPath(node)?.[0] === "token";
  if (parent.type === "AssignmentExpression") return isToken(parent.left);
  return properties.some((one) => one.type === "SpreadElement" && isToken(one.argument));
}

/** `token.role = session.user.role`: who a user is and what he may is not his to say. */
function isRight(file: SourceFile, left: Node, right: Node, session: string): boolean {
  const name = dottedPath(left)?.at(-1) ?? "";
  return (RIGHTS.test(name) || IDENTITY.test(name)) && mayBeOf(file, right, session);
}

/** `session.user.role ?? token.role`, `user.role` behind `const { user } = session` */
function mayBeOf(file: SourceFile, written: Node, session: string): boolean {
  const node = unwrap(written);
  if (node.type === "LogicalExpression") return mayBeOf(file, node.left, session);
  if (node.type === "ConditionalExpression")
    return [node.consequent, node.alternate].some((one) => mayBeOf(file, one, session));
  const root = rootOf(node);
  if (root.type !== "Identifier") return false;
  if (root.name === session) return node !== root;
  const init = initOf(file, root);
  return init !== undefined && dottedPath(init)?.[0] === session;
}
