import type { Core } from "../core.ts";
import type { OptionRole } from "../../libraries/types.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import { databaseCall } from "../payloads/database-calls.ts";
import { calleeName, dottedPath, enclosingFunction, functionName } from "../syntax.ts";
import { may, possibilities } from "../values/value.ts";
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
  if (!/refresh/iu.test(core.file.text)) return [];
  const verified = new Set(
    operations
      .filter((one) => VERIFIES.has(one.kind) && !takesRefresh(one))
      .map((one) => keyIdentity(core, one)),
  );
  if (verified.has(undefined)) return [];
  const issued = issuedTokens(core, operations).filter(
    ({ identity }) => identity !== undefined && !verified.has(identity),
  );
  return issued.flatMap((refresh) => {
    if (refresh.kind !== "refresh" || core.fileOf(refresh.node) !== core.file) return [];
    const access = issued.find(
      (one) =>
        one.kind === "access" &&
        one.identity === refresh.identity &&
        saysNoMore(core, one, refresh) &&
        !isOnRecord(core, one),
    );
    return access === undefined ? [] : [{ access, refresh }];
  });
}

const VERIFIES: ReadonlySet<Operation["kind"]> = new Set(["verify", "middleware", "strategy"]);

/** `verify(refreshToken, …)`, and `verify(token, …)` of `refreshToken(token)` */
function takesRefresh(one: Operation): boolean {
  const owner = enclosingFunction(one.node);
  return isOfRefresh(one) || /refresh/iu.test((owner && functionName(owner)) ?? "");
}

/** Claims of the time, which any two tokens have. */
const OF_TIME = new Set(["iat", "exp", "nbf"]);

/** What a verification may ask for, beside the claims: one that is the same in both tells nothing. */
const ROLES: readonly OptionRole[] = ["audience", "subject", "issuer", "header"];

/** `await Session.create({ accessToken })`, `user.token = accessToken`: who verifies it may ask whether it is on record. */
function isOnRecord(core: Core, { node }: KeyedToken): boolean {
  return usesOf(core, node).some(({ kind, by }) => {
    if (kind === "assign" && by.type === "AssignmentExpression")
      return RECORD.test(dottedPath(by.left)?.join(".") ?? "");
    return (
      kind === "argument" &&
      by.type === "CallExpression" &&
      (databaseCall(core, by) !== undefined || KEEPS.test(calleeName(by)))
    );
  });
}

const RECORD = /^(?:\w*(?:user|account|member|customer|admin|client)|doc|record)\./iu;

/** What keeps something under a name, or in a list; a cookie is none of them. */
const KEEPS =
  /^(?!.*cookie)(?=.*(?:redis|cache|store|repo|model|db|prisma|session|token|user|account).*\.).*\.(?:set(?:ex)?|put|add|push|save|insert\w*|create\w*|update\w*|upsert\w*)$/iu;

function saysNoMore(core: Core, access: KeyedToken, refresh: KeyedToken): boolean {
  if (!ROLES.every((role) => settingText(core, access, role) === settingText(core, refresh, role)))
    return false;
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
    enclosingFunction(access.node) === enclosingFunction(refresh.node);
  const said = claimsOf(access);
  const repeated = claimsOf(refresh);
  if (said === undefined || repeated === undefined) return isSame;
  const isAbout = ({ operation }: KeyedToken): boolean => operation.settings("subject").length > 0;
  return (
    (isAbout(access) ? isAbout(refresh) : said.size > 0) &&
    [...said].every((name) => repeated.has(name)) &&
    ![...said, ...repeated].some((name) => KIND_CLAIMS.includes(name))
  );
}

/** The names of all claims; undefined where some are out of sight. */
function claimsOf({ payload }: KeyedToken): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const one of payload === undefined ? [] : possibilities(payload.value)) {
    if (one.type !== "object" || one.open) return undefined;
    for (const name of one.properties.keys()) if (!OF_TIME.has(name)) names.add(name);
  }
  return names;
}

/** What the call says of it, as it is written; whom it is about may be written in two ways. */
function settingText(core: Core, { operation }: KeyedToken, role: OptionRole): string {
  return operation
    .settings(role)
    .filter(({ value }) => role !== "subject" || may(value, ({ type }) => type === "literal"))
    .map(({ valueNode }) => core.fileOf(valueNode).text.slice(...valueNode.range))
    .join();
}
