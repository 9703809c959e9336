import type { Core } from "../core.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { kindInEnglish } from "../languages.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import { databaseCall } from "../payloads/database-calls.ts";
import {
  boundName,
  calleeName,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { may, possibilities } from "../values/value.ts";
import type { ObjectValue } from "../values/value.ts";
import { kindOfMailed } from "./kinds-by-use.ts";

/**
 * Which kinds of tokens does the program make with one key?
 *
 * Where an access token and a refresh token are signed with the same secret, nothing but their
 * claims tells them apart: who verifies the signature alone takes one for the other. What a token is
 * for stands in the names that the program gives it, never in the names of libraries.
 */
export interface IssuedToken extends MadeToken {
  readonly kind: string;
}

/** Claims by which programs tell their tokens apart. */
export const KIND_CLAIMS: readonly string[] = [
  "type",
  "typ",
  "token_type",
  "tokenType",
  "token_use",
  "tokenUse",
  "tokenKind",
  "purpose",
  "scope",
  "scopes",
  "scp",
  "kind",
  "usage",
  "action",
  "intent",
  "refresh",
  "isRefresh",
  "isRefreshToken",
  "isAccessToken",
  // Spanish, Portuguese, Italian, Indonesian, German, Turkish
  "tipo",
  "tipoToken",
  "tipo_token",
  "proposito",
  "finalidad",
  "finalidade",
  "tipe",
  "jenis",
  "zweck",
  "tur",
  "amac",
];

/** Claims that say who it is about, and such as any token has. */
export const WHO =
  /^(?:_?id|sub|uid|user|user_?id|account_?id|e?mail|(?:user|first|last|full|given|family|nick|display)?_?name|phone|avatar|roles?|is_?admin|iat|exp|iss)$/iu;

/** Of these the number, which a session has as well. */
export const NUMBER = /^(?:_?id|sub|uid|user_?id)$/iu;

/** What a token is for, by what it is called; the last is what a program calls most of its tokens. */
const KINDS: readonly (readonly [kind: string, name: RegExp])[] = [
  ["refresh", /refresh/iu],
  ["password reset", /reset|forgot|forget(?!_?me)|recovery/iu],
  ["invitation", /invit/iu],
  ["confirmation", /verification|confirmation|activation|e?mail_?token/iu],
  ["sign-in link", /magic/iu],
  ["second factor", /mfa|2fa|two_?factor|pre_?auth/iu],
  ["unsubscribe", /unsubscribe/iu],
  ["download", /download/iu],
  ["access", /access|session|auth|login|signin|jwt|token$/iu],
];

/** Functions that make a token are called for what they make; `refreshToken()` makes another one. */
const MAKES = /^_?(?:generate|create|sign|issue|make|build|get|new|gen|mint|encode)/iu;

/** Handlers that make a token only to send it. */
const SENDS = /forg[eo]t|(?:send|request)\w*(?:reset|verification|confirmation)|invite(?!d)/iu;

/** What a token is for: by the names that it and what makes it have, then by what it says of itself. */
export function kindOf(core: Core, made: MadeToken): string | undefined {
  const { node, payload } = made;
  const holder = wrapped(node).parent;
  const called = (holder === undefined ? undefined : boundName(holder)) ?? handedTo(made);
  const bound = called === undefined ? undefined : kindInEnglish(called);
  const special = bound === undefined ? undefined : kindNamed(bound);
  const isMailed = ONLY_MAILED.test(bound ?? "");
  if (special !== undefined && special !== "access" && !isMailed) return special;
  const owner = ownerOf(node);
  const maker = owner === undefined ? undefined : functionName(owner);
  const name = maker === undefined ? undefined : kindInEnglish(maker);
  if (name !== undefined && (MAKES.test(name) || SENDS.test(name) || isAllOf(owner, node))) {
    // What a function that makes several tokens is called says nothing about each of them.
    const named = kindNamed(name);
    const isSaid = isMailed
      ? named === "access"
      : special === "access" && /access/iu.test(bound ?? "");
    if (named !== undefined && !isSaid) return named;
  }
  for (const one of payload === undefined ? [] : possibilities(payload.value)) {
    const marked = one.type === "object" ? markOf(one) : undefined;
    const kind = marked === undefined ? undefined : kindNamed(marked);
    if (kind !== undefined) return kind;
  }
  const isUnsaid = special === "access" && !/access|auth|session/iu.test(bound ?? "");
  const kept =
    isUnsaid && holder?.type === "VariableDeclarator" ? keptAs(core, holder.id) : undefined;
  const used = kept ?? (isUnsaid || bound === undefined ? kindOfMailed(core, made) : undefined);
  if (used !== undefined) return used;
  // `login() { … return jwt.sign(…); }` gives what another one calls `token` first.
  const isSignIn = isGiven(holder) && kindNamed(name ?? "") === "access";
  return isSignIn ? "access" : special;
}

/** `emailToken` says how it is sent; what for, says the function that sends it. */
const ONLY_MAILED = /^e?mail_?token$/iu;

/** `token` of `jwt.sign(claims, key, (error, token) => …)` */
function handedTo({ node, operation }: MadeToken): string | undefined {
  const token = operation.node === node ? operation.callback?.function?.params[1] : undefined;
  return token?.type === "Identifier" ? token.name : undefined;
}

/** The function whose work it is: that of `.then((user) => jwt.sign(…))` is the one around it. */
function ownerOf(node: Node): FunctionNode | undefined {
  let owner = enclosingFunction(node);
  while (owner !== undefined && functionName(owner) === undefined && isContinuation(owner))
    owner = enclosingFunction(owner);
  return owner;
}

function isContinuation(owner: FunctionNode): boolean {
  const call = parentOf(owner);
  return (
    call?.type === "CallExpression" &&
    call.callee !== owner &&
    /\.(?:then|catch|finally)$/u.test(calleeName(call))
  );
}

/** Puts a token on record. */
const PUTS =
  /(?:^|\.)(?:create|insert\w*|save|add|set|put|store|upsert|update\w*|find\w+AndUpdate)$/iu;

/**
 * What a program calls the place where it keeps a `token`: `RefreshTokens.create({ user, token })`, `user.resetToken = token`,
 * `users.update(id, { refreshToken: token })`
 */
function keptAs(core: Core, name: Node): string | undefined {
  return readsOf(core.fileOf(name), name)
    .flatMap((read) => placesOf(read))
    .map((place) => kindNamed(place))
    .find((kind) => kind !== undefined && kind !== "access");
}

/** The names under which a value is put on record, and of what it is put there. What an answer calls it says less. */
function placesOf(read: Node): string[] {
  const names: string[] = [];
  for (let at = parentOf(read); at !== undefined; at = parentOf(at)) {
    if (at.type === "Property") names.push(staticKey(at.key, at.computed) ?? "");
    else if (at.type === "AssignmentExpression") return [...names, boundName(at) ?? ""];
    else if (at.type === "CallExpression")
      return PUTS.test(calleeName(at)) ? [...names, calleeName(at)] : [];
    else if (at.type !== "ObjectExpression") return [];
  }
  return [];
}

function isGiven(holder: Node | undefined): boolean {
  return holder?.type === "ReturnStatement" || isFunction(holder);
}

/** `refreshToken: (user) => jwt.sign(…)`: what a function gives and does nothing else for, it is called for. */
function isAllOf(owner: FunctionNode | undefined, call: Node): boolean {
  const [only, ...others] = owner?.body.type === "BlockStatement" ? owner.body.body : [];
  const given =
    only?.type === "ReturnStatement" && others.length === 0 ? only.argument : owner?.body;
  return given !== null && given !== undefined && unwrap(given) === call;
}

function kindNamed(name: string): string | undefined {
  const english = kindInEnglish(name);
  return KINDS.find(([, pattern]) => pattern.test(english))?.[0];
}

/** `{ type: "refresh" }`. */
function markOf(payload: ObjectValue): string | undefined {
  for (const name of KIND_CLAIMS) {
    const value = payload.properties.get(name)?.value;
    if (value?.type === "literal" && typeof value.value === "string") return value.value;
  }
  return undefined;
}

/** Claims that every token may have, which tell nobody whose token it is. */
const COMMON = new Set(["iat", "exp", "nbf", "iss", "jti", "aud"]);

/** Could one be taken for the other: do both say who it is about by the same claim? */
export function areAlike(core: Core, one: MadeToken, other: MadeToken): boolean {
  const first = one.payload;
  const second = other.payload;
  if (first === undefined || second === undefined) return false;
  const path = dottedPath(first.node)?.join(".");
  const isSameName = path !== undefined && path === dottedPath(second.node)?.join(".");
  const isSameFunction = enclosingFunction(one.node) === enclosingFunction(other.node);
  if (isSameName && isSameFunction) return true;
  const names = claimNames(core, one);
  return [...claimNames(core, other)].some((name) => names.has(name));
}

function claimNames(core: Core, { operation, payload }: MadeToken): ReadonlySet<string> {
  const names = (payload === undefined ? [] : possibilities(payload.value)).flatMap((one) =>
    one.type === "object" ? [...one.properties.keys()] : foundBy(core, one.node),
  );
  if (operation.settings("subject").length > 0) names.push("sub");
  return new Set(names.filter((name) => !COMMON.has(name) && !KIND_CLAIMS.includes(name)));
}

/** `email` of `users.findOne({ where: { email } })`: a record has in it what it was found by. */
function foundBy(core: Core, record: Node): string[] {
  const found = record.type === "Identifier" ? initOf(core.fileOf(record), record) : unwrap(record);
  if (found?.type !== "CallExpression" || databaseCall(core, found) === undefined) return [];
  return found.arguments.flatMap((one) => keysOf(one));
}

function keysOf(written: Node): string[] {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return [];
  return node.properties.flatMap((property) => {
    const key =
      property.type === "Property" ? staticKey(property.key, property.computed) : undefined;
    if (property.type !== "Property" || key === undefined) return [];
    return key === "where" ? keysOf(property.value) : [key];
  });
}

/** Does the token say what it is for, so that somebody out of sight may look at that? */
export function isMarked({ operation, payload }: MadeToken): boolean {
  const options = payload === undefined ? [] : possibilities(payload.value);
  return (
    options.some(
      (one) => one.type === "object" && KIND_CLAIMS.some((name) => one.properties.has(name)),
    ) ||
    operation.settings("audience").length > 0 ||
    // The subject that a call writes says what the token is for; one that it is given, for whom.
    operation
      .settings("subject")
      .some(({ via, value }) => via === "option" && may(value, ({ type }) => type === "literal")) ||
    operation
      .settings("header")
      .some(({ value }) =>
        possibilities(value).some((one) => one.type === "object" && one.properties.has("typ")),
      )
  );
}

/** `{ id: user.id }`, with no claim, audience or subject that tells what it is for. */
export function saysOnlyWho(one: MadeToken): boolean {
  const { operation, payload } = one;
  if (isMarked(one) || payload === undefined) return false;
  if (operation.option("jti").state !== "absent") return false;
  return possibilities(payload.value).every(
    (value) =>
      value.type === "object" &&
      !value.open &&
      [...value.properties.keys()].every((name) => WHO.test(name)) &&
      [...value.properties.keys()].some((name) => NUMBER.test(name)),
  );
}
