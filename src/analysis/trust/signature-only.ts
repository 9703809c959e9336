import { isClientFile } from "../client.ts";
import type { Core } from "../core.ts";
import { isLogged } from "../logging.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Carrier, FlowRules, Use } from "../flow/use.ts";
import { byName } from "../memo.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { issuedWithKeyOf } from "../tokens/issued.ts";
import { callSites } from "../values/call-sites.ts";
import { may } from "../values/value.ts";
import { claimPath } from "./claim-path.ts";
import { readsAnywhere } from "./claim-reads.ts";
import { queryForms } from "../data/data-access.ts";
import { isLimitedByHand } from "./expiry-leniency.ts";
import { isIdentityTarget } from "./identity-targets.ts";
import { isOnRecord } from "../data/recorded-tokens.ts";
import { saysRights } from "./rights.ts";
import { trustAt } from "./trust.ts";
import type { Trust } from "./trust.ts";

/** What is asked of a file, and of what a verification is given. */
interface Asked {
  /** Does a file look at what the signature does not say: the time, or the app that a token was made for? */
  readonly isAsked: (file: SourceFile) => boolean;
  /** Is the token of a provider for everybody's apps? Its tokens say who somebody is, and have an end. */
  readonly isOfProvider: boolean;
}

/**
 * `const { payload } = await compactVerify(token, KEY); req.user = JSON.parse(decoder.decode(payload));`: is a
 * token good for who somebody is once its signature is, however long ago it has expired?
 *
 * What is signed need not be a token of somebody: an event, a receipt or a licence says nothing of who
 * sends it. And whoever is given all that a token says may look at its time.
 */
export function restsOnSignatureAlone(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
  { isAsked, isOfProvider }: Asked,
): boolean {
  if (operation.kind !== "verify" || operation.entity.checks?.expiration !== "never") return false;
  if (operation.wrapper !== undefined || operation.unverified !== undefined) return false;
  const file = core.fileOf(operation.node);
  if (isClientFile(file) || isAsked(file)) return false;
  if (isOfAnotherKind(core, operation) || isOnRecord(core, operation)) return false;
  if (isLimitedByHand(core, operation)) return false;
  const others = operations.filter(
    (one) =>
      one !== operation &&
      (isOfSameToken(operation, one) ||
        isReadBefore(core, operation, one) ||
        isReadByCaller(core, operation, one)),
  );
  if (others.some(({ kind, entity }) => kind === "verify" && entity.checks?.expiration !== "never"))
    return false;
  const reads = [operation, ...others.filter(({ kind }) => kind === "decode")].filter(givesClaims);
  const found = reads.flatMap((read) =>
    usesOf(core, read.node, RULES).map((use) => ({
      read,
      use,
      trust: trustAt(core, read, use, operations),
    })),
  );
  const isCheckedHere = found.some(({ read, use }) => isClaimCheck(read, use));
  const trusted = found.filter(
    ({ trust }) => trust !== undefined && saysWho(core, operation, trust, isCheckedHere),
  );
  const rest = found.filter((one) => !trusted.includes(one));
  const isGiven = rest.some(({ read, use }) => isGivenBack(read, use));
  return (
    (trusted.length > 0 ||
      (isOfProvider &&
        !isHandedOn(core, operation, operations) &&
        rest.some(({ read, use }) => isWhoGivenBack(read, use))) ||
      (isGiven && isLimited(core, operation, operations))) &&
    !rest.some(
      ({ read, use }) =>
        use.by !== operation.node && isWhole(read, use) && mayLookAtTime(core, use),
    )
  );
}

/** Are the claims what a function gives, or one of them? Who is given more may ask for more of it. */
function isGivenBack(read: Operation, { kind, boxes, path }: Use): boolean {
  const isMore = path.length === 0 && read.entity.claimsAt !== undefined;
  return kind === "return" && !isMore && boxes.length === 0 && claimPath(read, path) !== undefined;
}

/** `return { id: payload.sub, email: payload.email }`: nobody behind it can look at the time any more. */
function isWhoGivenBack(read: Operation, { kind, path }: Use): boolean {
  const [claim = ""] = claimPath(read, path) ?? [];
  return kind === "return" && /^(?:sub|e?mail)$/u.test(claim);
}

/**
 * `generate(claims, KEY, { ttlSec: 900 })` beside it: does the program give the tokens of this key an end, which
 * somebody then has to ask for?
 */
function isLimited(core: Core, operation: Operation, operations: readonly Operation[]): boolean {
  return issuedWithKeyOf(core, operation, operations).some((made) =>
    LIMITS.some((role) => made.operation.option(role).state === "set"),
  );
}

const LIMITS = ["lifetime", "expiresAt"] as const;

/** `verifySignature(artifacts, KEY)` of `artifacts = decode(token)`: is what is verified what another call has read? */
function isReadBefore(core: Core, { token }: Operation, { kind, node }: Operation): boolean {
  return (
    kind === "decode" &&
    token !== undefined &&
    may(core.evaluate(token.node), (one) => one.type === "claims" && one.call === node)
  );
}

/**
 * `const { payloadObj } = JWS.parse(token); if (!isGenuine(token)) throw …`: does the caller read the token that a
 * function is given to look at its signature?
 */
function isReadByCaller(core: Core, { node, token }: Operation, read: Operation): boolean {
  const owner = enclosingFunction(node);
  const reader = enclosingFunction(read.node);
  if (read.kind !== "decode" || owner === undefined || reader === owner) return false;
  const path = pathOf(read.token?.node);
  const position = owner.params.findIndex(
    (one) => one.type === "Identifier" && one.name === pathOf(token?.node),
  );
  return (
    path !== undefined &&
    callSites(core, owner).calls.some(
      (call) => enclosingFunction(call) === reader && pathOf(call.arguments[position]) === path,
    )
  );
}

function pathOf(node: Node | undefined): string | undefined {
  return node === undefined ? undefined : dottedPath(node)?.join(".");
}

/** `ensureClaimsOf(token, { forUs: APP })`: whoever else is handed the token may look at all of it. */
function isHandedOn(core: Core, { token }: Operation, operations: readonly Operation[]): boolean {
  const path = pathOf(token?.node);
  return core.file.index.calls.some(
    (call) =>
      !operations.some(({ node }) => node === call) &&
      core.evaluate(call.callee).type !== "function" &&
      unwrap(call.callee).type === "Identifier" &&
      call.arguments.some((one) => path !== undefined && pathOf(one) === path),
  );
}

function saysWho(
  core: Core,
  operation: Operation,
  { kind, claim, use }: Trust,
  isCheckedHere: boolean,
): boolean {
  if (kind === "identity" && isIdentityTarget(use.by)) return true;
  // Who is given all of it may look at the time, unless the claims are checked here, one by one.
  if (kind === "verifier") return claim !== undefined || isCheckedHere;
  if (kind === "decision" && !saysRights(claim ?? "")) return false;
  return isOfSomebody(core, operation);
}

/** `claims.exp`, `{ iat }`, `session.expiresAt`, `isExpired(…)`, whatever it is read off. */
export function looksAtTime(file: SourceFile): boolean {
  const { called, membersNamed, patterns } = file.index;
  return (
    readsAnywhere(file, "exp") ||
    readsAnywhere(file, "iat") ||
    named(called, isTime).length > 0 ||
    named(membersNamed, isTime).length > 0 ||
    patterns.some(({ properties }) =>
      properties.some(
        (one) => one.type === "Property" && isTime(staticKey(one.key, one.computed) ?? ""),
      ),
    )
  );
}

const isTime = byName((name) => /expir|valid_?until|not_?after|issued_?at/iu.test(name));

const RULES: FlowRules = {
  carriers: (call) => [...queryForms(call), ...decoded(call)],
};

/** `new TextDecoder().decode(payload)`, `Buffer.from(payload)`: the same in other words. */
function decoded(call: CallNode): Carrier[] {
  const callee = unwrap(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  const isText = name === "decode" || calleeName(call) === "Buffer.from";
  return isText ? [{ node: call, boxes: [] }] : [];
}

/** A verification that answers yes or no gives no claims. */
function givesClaims({ kind, entity }: Operation): boolean {
  return (
    kind === "decode" ||
    entity.claimsAt !== undefined ||
    /^(?:throws|rejects)$/u.test(entity.failure ?? "")
  );
}

/** `if (claims.iss !== ISSUER) throw …`: the claims of the token are checked here. */
function isClaimCheck(read: Operation, use: Use): boolean {
  const [claim = ""] = claimPath(read, use.path) ?? [];
  return use.kind === "compare" && /^(?:iss|aud|azp|nonce)$/u.test(claim);
}

function isWhole(read: Operation, use: Use): boolean {
  return claimPath(read, use.path)?.length === 0;
}

/** Is it put where somebody out of sight finds it, or handed to him? */
function mayLookAtTime(core: Core, { kind, by }: Use): boolean {
  if (kind === "assign") return true;
  if (kind !== "argument" || (by.type !== "CallExpression" && by.type !== "NewExpression"))
    return false;
  if (decoded(by).length > 0 || isLogged(by) || ANSWERS.test(calleeName(by))) return false;
  const callee = core.evaluate(by.callee);
  return callee.type !== "function" || core.fileOf(callee.node) !== core.fileOf(by);
}

/** Whoever is answered checks nothing for the program. */
const ANSWERS = /^(?:res|response|reply|ctx|c)\.|\.json$/u;

/** Two readings of one token in a function. */
function isOfSameToken(one: Operation, other: Operation): boolean {
  const [token, same] = [one, other].map((each) => pathOf(each.token?.node));
  return (
    token !== undefined &&
    token === same &&
    enclosingFunction(one.node) === enclosingFunction(other.node)
  );
}

/** What is signed for good, what a record is kept of, or what is no token of somebody who asks. */
const OF_ANOTHER_KIND =
  /licen[cs]e|api_?key|web_?hook|notif|event|receipt|transaction|manifest|log_?out|credential|proof|attest|statement|invit|reset|confirm|unsubscribe/iu;

function isOfAnotherKind(core: Core, { node, token, key }: Operation): boolean {
  const names = [token, key].map((one) =>
    one === undefined ? "" : core.fileOf(one.node).text.slice(...one.node.range),
  );
  const owner = enclosingFunction(node);
  if (owner !== undefined) names.push(functionName(owner) ?? "");
  return names.some((name) => OF_ANOTHER_KIND.test(name));
}

/** `req.cookies.session`, `req.headers.authorization.slice(7)`, `accessToken`: what somebody signs in with. */
function isOfSomebody(core: Core, { token }: Operation): boolean {
  if (token === undefined) return false;
  const file = core.fileOf(token.node);
  const held = unwrap(token.node);
  const made = held.type === "Identifier" ? initOf(file, held) : undefined;
  return [held, made].some(
    (node) => node !== undefined && CREDENTIAL.test(file.text.slice(...node.range)),
  );
}

const CREDENTIAL = /authorization|cookie|bearer|session|token|jwt/iu;
