import type { Core } from "../core.ts";
import type { OptionRole } from "../../libraries/types.ts";
import { usesOf } from "../flow/flow.ts";
import { saying } from "../languages.ts";
import type { Operation } from "../operations/operations.ts";
import type { Setting } from "../operations/options.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  functionName,
  isWritten,
  parentOf,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may, must, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isOfRefresh, issuedTokens, keyIdentity } from "./issued.ts";
import type { KeyedToken } from "./issued.ts";
import { KIND_CLAIMS } from "./kinds.ts";

/**
 * Tokens of two kinds that nobody can tell apart, wherever they are verified: one key signs both, and the refresh token
 * says all that the access token says, and nothing of what it is for. Nothing but how long they live is different.
 */
export interface TwinTokens {
  readonly access: KeyedToken;
  readonly refresh: KeyedToken;
}

/** Those whose refresh token the linted file makes, and where it verifies no other tokens that may be of that key. */
export function twinTokens(core: Core, operations: readonly Operation[]): TwinTokens[] {
  if (!OF_REFRESH.test(core.file.text)) return [];
  const issued = verifiedElsewhere(core, operations);
  return issued.flatMap((refresh) => {
    if (refresh.kind !== "refresh" || core.fileOf(refresh.node) !== core.file) return [];
    const access = issued.find(
      (one) =>
        one.kind === "access" &&
        one.identity === refresh.identity &&
        !isKeyChosen(one, refresh) &&
        saysNoMore(core, one, refresh) &&
        !isOnRecord(core, one),
    );
    return access === undefined ? [] : [{ access, refresh }];
  });
}

const OF_REFRESH = new RegExp(saying("refresh"), "iu");

/** The tokens of keys with which the linted file verifies no tokens, but for those that are refreshed. */
export function verifiedElsewhere(core: Core, operations: readonly Operation[]): KeyedToken[] {
  const verified = new Set(
    operations
      .filter((one) => VERIFIES.has(one.kind) && !takesRefresh(one) && !isOfProvider(one))
      .map((one) => keyIdentity(core, one)),
  );
  if (verified.has(undefined)) return [];
  return issuedTokens(core, operations).filter(
    ({ identity }) => identity !== undefined && !verified.has(identity),
  );
}

const VERIFIES: ReadonlySet<Operation["kind"]> = new Set(["verify", "middleware", "strategy"]);

/** `client.verifyIdToken({ idToken })`: Google has signed it, with a key that signs nothing here. */
function isOfProvider({ entity }: Operation): boolean {
  return entity.issuedBy !== undefined;
}

/** `verify(refreshToken, …)`, and `verify(token, …)` of `refreshToken(token)` */
function takesRefresh(one: Operation): boolean {
  const owner = enclosingFunction(one.node);
  return isOfRefresh(one) || OF_REFRESH.test((owner && functionName(owner)) ?? "");
}

/** `sign(claims, secretOf(kind))` in a function that signs both: another key for each kind */
export function isKeyChosen({ operation }: KeyedToken, refresh: KeyedToken): boolean {
  const key = operation.key === undefined ? undefined : unwrap(operation.key.node);
  return (
    operation === refresh.operation && /^(?:Call|Conditional)Expression$/u.test(key?.type ?? "")
  );
}

/** Claims of the time, which any two tokens have. */
const OF_TIME = new Set(["iat", "exp", "nbf"]);

/** What a verification may ask for, beside the claims: one that is the same in both tells nothing. */
const ROLES: readonly OptionRole[] = ["audience", "subject", "issuer", "header"];

/**
 * `await Session.create({ accessToken })`, `user.token = accessToken`, `await remember(accessToken)`: who verifies it may
 * ask whether it is on record. What is called may put it there, unless it answers, sets a cookie or a header, or logs.
 */
export function isOnRecord(core: Core, { node }: Pick<KeyedToken, "node">): boolean {
  return usesOf(core, node).some(({ kind, by }) => {
    if (kind === "assign" && by.type === "AssignmentExpression")
      return RECORD.test(dottedPath(by.left)?.join(".") ?? "");
    return kind === "argument" && by.type === "CallExpression" && !HARMLESS.test(calleeName(by));
  });
}

const RECORD =
  /^(?:\w*(?:user|usuario|utente|utilisateur|benutzer|pengguna|kullanici|account|member|customer|admin|client)|doc|record|this)\./iu;

/** `res.cookie`, `reply.send`, `cookieStore.set`, `headers.set`, `JSON.stringify`, `console.log` */
const HARMLESS =
  /cookie|header|localStorage|(?:^|\.)(?:json|send|end|write|status|redirect|render|stringify|log|info|debug|next|done|resolve|code|ok|success|respond)$|response/iu;

function saysNoMore(core: Core, access: KeyedToken, refresh: KeyedToken): boolean {
  if (!areToldAlike(core, [access, refresh])) return false;
  // What has a number of its own may be looked up by it.
  if ([access, refresh].some(({ operation }) => operation.settings("jti").length > 0)) return false;
  const first = access.payload;
  const second = refresh.payload;
  if (first === undefined || second === undefined) return false;
  const path = dottedPath(first.node)?.join(".");
  // `sign(payload, …)` twice in one function
  const isSame =
    path !== undefined &&
    path === dottedPath(second.node)?.join(".") &&
    enclosingFunction(access.node) === enclosingFunction(refresh.node) &&
    isLeftAsItIs(core, rootOf(first.node), [access.node, refresh.node]);
  const said = claimsOf(access);
  const repeated = claimsOf(refresh);
  if (said === undefined || repeated === undefined) return isSame;
  const isAbout = ({ operation }: KeyedToken): boolean => operation.settings("subject").length > 0;
  return (
    (isAbout(access) ? isAbout(refresh) : said.size > 0) &&
    [...said].every(([name, value]) => areValuesAlike(value, repeated.get(name))) &&
    ![...said.keys(), ...repeated.keys()].some((name) => KIND_CLAIMS.includes(name))
  );
}

/**
 * Is a variable given once and handed to nothing but the two calls? `payload.type = "refresh"` between them, another value,
 * or a function that is given it may make the second token another one.
 */
function isLeftAsItIs(core: Core, name: Node, calls: readonly Node[]): boolean {
  const references = core.fileOf(name).variableOf(name)?.references ?? [];
  const writes = references.filter((one) => one.isWrite());
  return (
    references.length > 0 &&
    writes.every((one) => one.init === true) &&
    references
      .filter((one) => !one.isWrite())
      .every(({ identifier }) => {
        const by = parentOf(wrapped(identifier));
        if (by?.type === "MemberExpression") return !mayChange(by);
        return by !== undefined && calls.includes(by);
      })
  );
}

/** `payload.type = …`, `delete payload.role`, `payload.mark("refresh")` */
export function mayChange(member: Node): boolean {
  const by = parentOf(wrapped(member));
  return (
    isWritten(member) ||
    (by?.type === "UnaryExpression" && by.operator === "delete") ||
    (by?.type === "CallExpression" && by.callee === wrapped(member))
  );
}

/** `{ use: "a" }` and `{ use: "r" }` tell tokens apart, whatever the claim is called, and so may what stands in an object. */
function areValuesAlike(one: Value, other: Value | undefined): boolean {
  if (other === undefined || one.type === "object" || other.type === "object") return false;
  return one.type !== "literal" || other.type !== "literal" || one.value === other.value;
}

/** All claims but those of the time; undefined where some are out of sight. */
function claimsOf({ payload }: KeyedToken): ReadonlyMap<string, Value> | undefined {
  const claims = new Map<string, Value>();
  for (const one of payload === undefined ? [] : possibilities(payload.value)) {
    if (one.type !== "object" || one.open) return undefined;
    for (const [name, { value }] of one.properties) if (!OF_TIME.has(name)) claims.set(name, value);
  }
  return claims;
}

/** Is what the calls say beside the claims the same? */
export function areToldAlike(core: Core, tokens: readonly [KeyedToken, KeyedToken]): boolean {
  return ROLES.every((role) => areSettingsAlike(core, tokens, role));
}

/**
 * Do both calls say the same of it, as it is written? Whom it is about may be written in two ways; what a function that
 * signs both is given for one of them may be another thing each time.
 */
function areSettingsAlike(
  core: Core,
  [access, refresh]: readonly [KeyedToken, KeyedToken],
  role: OptionRole,
): boolean {
  const settingsOf = ({ operation }: KeyedToken): readonly Setting[] =>
    operation
      .settings(role)
      .filter(({ value }) => role !== "subject" || may(value, ({ type }) => type === "literal"));
  const one = settingsOf(access);
  const isOfOneCall = access.operation === refresh.operation;
  const isFixed = one.every(({ value }) => role === "header" || must(value, isConstant));
  return (!isOfOneCall || isFixed) && textOf(core, one) === textOf(core, settingsOf(refresh));
}

function isConstant({ type }: Value): boolean {
  return type === "literal" || type === "environment";
}

function textOf(core: Core, settings: readonly Setting[]): string {
  return settings
    .map(({ valueNode }) => core.fileOf(valueNode).text.slice(...valueNode.range))
    .join();
}
