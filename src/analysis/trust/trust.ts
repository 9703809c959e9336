import { isClientFile, isServerFile } from "../client.ts";
import type { Core } from "../core.ts";
import { isAuthenticating, letsPass, passes, roleName } from "../answers/function-roles.ts";
import { turnsAwayGood } from "../answers/turned-round.ts";
import { isInExpiryBranch, leaves } from "../answers/results.ts";
import { usesOf } from "../flow/flow.ts";
import type { Carrier, FlowRules, Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  walk,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { actsFor } from "./acting-for.ts";
import {
  IDENTIFIES,
  isAskedOnServer,
  isGivenRequest,
  isOnlyRead,
  looksLikeVerifier,
  READS_USER,
} from "./asked-functions.ts";
import { claimPath, headerPath, isNullCheck, plainName } from "./claim-path.ts";
import { clientClaim, isFresh } from "./client-trust.ts";
import { dataAccess, isCondition, isNamedAfter, queryForms } from "../data/data-access.ts";
import { isOnlyDrawn } from "./drawn.ts";
import { endsSession } from "./ended-sessions.ts";
import { isNamedDevelopment } from "./environments.ts";
import { isAskedForRights, isGate, isHook, passesAtEnd, setsGate } from "./gates.ts";
import { isProtected, isVerifiedElsewhere, isVerifiedWithin, verifyingCallers } from "./guarded.ts";
import { meantAsVerification } from "./keyed-decodes.ts";
import { isLookedUpWhole, isOwnToken } from "./own-tokens.ts";
import { isComparedWithAsked } from "./asked-comparisons.ts";
import { IDENTITY_TARGET, isIdentityTarget, isPersonTarget, tellsWho } from "./identity-targets.ts";
import { isBehindAuthorizer } from "./gateway-authorizers.ts";
import { isPicked } from "./picked-tokens.ts";
import { askedByGuard } from "./predicates.ts";
import { renews } from "./renewal.ts";
import { isSignedAgain } from "./reissued.ts";
import { saysRights } from "./rights.ts";
import { isSaidInvalid } from "./said-invalid.ts";
import { choosesPerson, isLookedFor, isSearched } from "./searched-claims.ts";
import { becomesSession } from "./session-updates.ts";
import { namesWhatIsWritten } from "./written-names.ts";
import { isAskedWithSession } from "./supabase-sessions.ts";
import { isOneOfTwoWays } from "./two-ways.ts";

/** What is decided by claims that nobody has verified. */
export interface Trust {
  readonly kind:
    /** A branch. */
    | "decision"
    /** A branch in code that runs where the user is. */
    | "client-decision"
    /** Who the request comes from. */
    | "identity"
    /** Which data is read or changed. */
    | "data"
    /** A function that by its name authenticates returns them. */
    | "verifier";
  readonly use: Use;
  /** The claim that was read, where one was. */
  readonly claim: string | undefined;
}

/** Times are for display and refresh: a forged one gains nothing that the server does not check. */
const TIMES = new Set(["exp", "nbf", "iat", "auth_time"]);

/** What names the key, the issuer or the type of token, read before a verification. */
const KEY_CLAIMS = new Set([
  "kid",
  "alg",
  "typ",
  "jku",
  "x5u",
  "x5t",
  "jwk",
  "iss",
  "tid",
  "aud",
  "azp",
]);

/** Claims that say who somebody is or what they may do. */
const IDENTITY =
  /^(?:sub|uid|oid|upn|id|_id|user|user_?(?:name|id|type)|login|email|e?mail|phone(?:_?number)?|name|preferred_username|account\w*|tenant\w*|org\w*|company_?id|workspace_?id|client_id|data|identity|type)$/iu;

function isOfIdentity(claim: string): boolean {
  return IDENTITY.test(claim) || saysRights(claim);
}

/** Claims that choose how something is shown, or which of one's own sessions is meant. */
const BESIDE_IDENTITY =
  /^(?:jti|sid|session\w*|token\w*|nonce|version|\w*version|locale|lang\w*|theme|time_?zone|zoneinfo|country|currency|picture|avatar|exp\w*|created\w*|updated\w*)$/iu;

/** Fields of a record that say whose it is. */
const OWNERS =
  /^(?:\w*user\w*|\w*owner|buyer|seller|author|creator|created_?by|customer|member|account|sender)$/iu;

/** Where the claims of an unverified read end up mattering. */
export function trustOf(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): Trust[] {
  const file = core.fileOf(operation.node);
  const isClient = isClientFile(file);
  // A branch may use the claims and leave before: that is looked at use by use.
  const isVerified = isVerifiedElsewhere(core, operation, operation.node, operations);
  const owner = enclosingFunction(operation.node);
  if (isVerified && owner === undefined) return [];
  const callers = verifyingCallers(core, operation, operations);
  if (isVerifiedWithin(core, operation) || isProtected(core, operation.node, operations)) return [];
  if (isPicked(core, operation, operations) || isBehindAuthorizer(core, operation.node)) return [];
  if (isInExpiryBranch(core, operation.node) || isNamedDevelopment(core, operation.node)) return [];
  if (isSaidInvalid(core, operation)) return [];
  if (isOwnToken(core, operation) || (isClient && isFresh(core, operation))) return [];
  const found = usesOf(core, operation.node, RULES).flatMap((use) => {
    const by = enclosingFunction(use.node);
    if (callers.length > 0 ? !callers.includes(by) : isVerified && by !== owner) return [];
    // Where it is used, and where it was handed on to there.
    const places = [use.node, ...use.calls.map(({ call }) => call)];
    if (places.some((at) => isVerifiedElsewhere(core, operation, at, operations))) return [];
    const trust = isClient
      ? clientTrust(core, operation, use)
      : trustAt(core, operation, use, operations);
    return trust === undefined ? [] : [trust];
  });
  // `if (claims) return res.redirect("/home");`: whoever makes some up comes no further by it.
  const isOnlyThere = found.every(({ kind, claim }) => kind === "decision" && claim === undefined);
  if (isOnlyThere && turnsAwayGood(core, operation)) return [];
  if (found.length > 0 || isVerified || callers.length > 0 || isClient) return found;
  const asked = askedByGuard(core, operation, operations);
  if (asked === undefined) {
    const meant = meantAsVerification(core, operation);
    return meant === undefined ? onlyRead(core, operation) : [verifierAt(operation.node, meant)];
  }
  const use: Use = { kind: "test", node: asked, by: asked, path: [], boxes: [], calls: [] };
  return [{ kind: "decision", use, claim: undefined }];
}

/** `function validateToken(req, res, next) { decode(token); next(); }`: what cannot be read throws. */
function onlyRead(core: Core, { node }: Operation): Trust[] {
  const owner = enclosingFunction(node);
  const name = owner === undefined ? undefined : roleName(core, owner);
  // What is only called a check may count requests: the name has to speak of who somebody is.
  if (owner === undefined || name === undefined || !looksLikeVerifier(name)) return [];
  if (!/token|jwt|auth|session|log_?in/iu.test(name)) return [];
  if (!passes(core, owner).some((call) => call.range[0] > node.range[0])) return [];
  return [verifierAt(node, owner)];
}

function verifierAt(node: Node, owner: FunctionNode): Trust {
  const use: Use = { kind: "return", node, by: owner, path: [], boxes: [], calls: [] };
  return { kind: "verifier", use, claim: undefined };
}

const RULES: FlowRules = { carriers: (call) => [...queryForms(call), ...madeForHandlers(call)] };

/** `return new Caller(claims.sub)` in a decorator of a parameter: handlers are given what it is made of. */
function madeForHandlers(call: CallNode): Carrier[] {
  const owner = enclosingFunction(call);
  return call.type === "NewExpression" &&
    owner !== undefined &&
    isParameterOfHandlers(owner) &&
    !/Error$|Exception$|Log|Audit|Trace|Metric/u.test(calleeName(call))
    ? [{ node: call, boxes: [calleeName(call)] }]
    : [];
}

function clientTrust(core: Core, operation: Operation, use: Use): Trust | undefined {
  const claim = clientClaim(core, operation, use);
  return claim === undefined ? undefined : { kind: "client-decision", use, claim };
}

export function trustAt(
  core: Core,
  operation: Operation,
  use: Use,
  operations: readonly Operation[],
): Trust | undefined {
  const path = claimPath(operation, use.path) ?? headerPath(operation, use.path);
  if (path === undefined) return undefined;
  const claim = plainName(path[0]);
  // `JSON.stringify(claims).length`
  if (claim === "length" || isOnlyDrawn(core, use)) return undefined;
  if (isAskedWithSession(core, operation, use)) return undefined;
  const owner = enclosingFunction(use.node);
  const trust = (kind: Trust["kind"]): Trust => ({ kind, use, claim });
  if (claim !== undefined && TIMES.has(claim)) {
    return use.kind === "compare" && isOnlyGate(core, operation, use)
      ? trust("decision")
      : undefined;
  }
  // `claims.doctor.id`
  if ([claim, plainName(path.at(-1))].some((name) => name !== undefined && isOfIdentity(name))) {
    const access = dataAccess(core, use);
    if (access === "selects" && isLookedUpWhole(core, operation, use)) return undefined;
    if (access !== undefined) return trust(access === "selects" ? "data" : "identity");
  }
  // Whatever it is called: what records are looked up by tells them apart.
  const isNamed =
    claim !== undefined &&
    !KEY_CLAIMS.has(claim) &&
    !BESIDE_IDENTITY.test(claim) &&
    /^\w+$/u.test(claim);
  const isLookedUpBy = isNamed && (isCondition(use) || isNamedAfter(use, claim));
  if (isLookedUpBy && dataAccess(core, use) === "selects") return trust("data");
  if (isNamed && !isOfIdentity(claim) && choosesPerson(use)) return trust("data");
  if (claim !== undefined && endsSession(core, operation, use, claim)) return trust("data");
  if (claim === undefined && use.boxes.some((box) => OWNERS.test(box)))
    if (dataAccess(core, use) === "owns") return trust("identity");
  if (isSearched(core, use)) return trust("decision");
  // An element of a list is not the list.
  if (use.boxes.includes("*") && use.kind !== "return") return undefined;
  switch (use.kind) {
    case "compare":
      if (claim === undefined || isNullCheck(use)) return undefined;
      if (KEY_CLAIMS.has(claim)) {
        return isAuthenticating(core, owner) &&
          claim !== "kid" &&
          claim !== "alg" &&
          claim !== "iss"
          ? trust("decision")
          : undefined;
      }
      return isOfIdentity(claim) ||
        isAuthenticating(core, owner) ||
        (isNamed && isComparedWithAsked(core, use, claim))
        ? trust("decision")
        : undefined;
    case "test":
      if (path.length === 0)
        return isWholeGate(core, operation, use) ? trust("decision") : undefined;
      return claim !== undefined &&
        use.boxes.length === 0 &&
        !isOnlyTaken(core, use, claim) &&
        !isDefaulted(use) &&
        (/^(?:email_)?verified$/iu.test(claim) || (saysRights(claim) && !/^groups?$/iu.test(claim)))
        ? trust("decision")
        : undefined;
    case "assign": {
      if (claim !== undefined && KEY_CLAIMS.has(claim)) return undefined;
      return isIdentityTarget(use.by) ||
        isPersonTarget(core, use.by) ||
        becomesSession(core, operation, use, claim)
        ? trust("identity")
        : undefined;
    }
    case "argument":
      if (claim === undefined ? path.length === 0 : isOfIdentity(claim)) {
        if (isSignedAgain(core, operation, use, operations)) return trust("identity");
      }
      if (owner !== undefined && isOfRights(path) && isAskedForRights(core, owner, use))
        return trust("decision");
      if (claim !== undefined && isLookedFor(core, use, claim)) return trust("decision");
      return tellsWho(core, use, claim) ||
        actsFor(core, use, claim) ||
        namesWhatIsWritten(core, use, plainName(path.at(-1)))
        ? trust("identity")
        : undefined;
    case "return":
      return returnTrust(core, operation, use, claim, trust, operations);
    default:
      return undefined;
  }
}

/** `role` of `claims.role`, `role_id` of `claims.app_metadata.role_id`, and the claims as a whole */
function isOfRights(path: readonly string[]): boolean {
  return path.length === 0 || /^type/iu.test(path.at(-1) ?? "") || saysRights(path.at(-1) ?? "");
}

/** A guard that lets in whoever brings something that can be read: `if (!decode(token)) throw …`. */
function isWholeGate(core: Core, operation: Operation, use: Use): boolean {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || enclosingFunction(use.node) !== owner) return false;
  return (
    (!isOnlyRead(operation) || isServerFile(core.fileOf(owner))) &&
    isAuthenticating(core, owner) &&
    (letsPass(core, owner, operation.node) || passesAtEnd(core, owner)) &&
    (isGate(core, owner, use.by) || setsGate(core, owner, use.by))
  );
}

/** `role = claims.role || "viewer"`, also where another condition chooses it: a value, of which nothing is asked here. */
function isDefaulted({ by }: Use): boolean {
  let at: Node = by;
  if (at.type !== "LogicalExpression" || at.operator === "&&") return false;
  let outer = parentOf(at);
  while (
    outer?.type === "LogicalExpression" ||
    outer?.type === "ChainExpression" ||
    (outer?.type === "ConditionalExpression" && outer.test !== at)
  ) {
    at = outer;
    outer = parentOf(at);
  }
  return (
    outer?.type === "AssignmentExpression" ||
    outer?.type === "VariableDeclarator" ||
    outer?.type === "Property" ||
    outer?.type === "JSXExpressionContainer"
  );
}

/** `if (claims.scope) scopes = claims.scope.split(" ");`: whether there is one, before it is read. */
function isOnlyTaken(core: Core, use: Use, claim: string): boolean {
  let at: Node | undefined = use.by;
  while (at?.type === "LogicalExpression") at = parentOf(at);
  if (at?.type !== "IfStatement" || at.alternate !== null) return false;
  const { consequent } = at;
  const statements = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  return statements.every(
    (statement) =>
      statement.type === "ExpressionStatement" &&
      statement.expression.type === "AssignmentExpression" &&
      reads(core, statement.expression.right, claim),
  );
}

/** Is the claim read, as a member or by its name, somewhere in the expression? */
function reads(core: Core, expression: Node, claim: string): boolean {
  let found = false;
  walk(expression, core.fileOf(expression).visitorKeys, (part) => {
    found ||=
      part.type === "MemberExpression"
        ? memberName(part) === claim
        : part.type === "Identifier" && part.name === claim;
    return !found;
  });
  return found;
}

/**
 * A middleware that asks for nothing but the time: whoever makes a token up makes it fresh. Where a
 * token is renewed in time, the time decides nothing else.
 */
function isOnlyGate(core: Core, operation: Operation, use: Use): boolean {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || enclosingFunction(use.node) !== owner) return false;
  const { index } = core.fileOf(owner);
  const lets = [...(index.called.get("next") ?? [])].some(
    (call) => contains(owner, call) && /^(?:NextResponse\.)?next$/u.test(calleeName(call)),
  );
  const isOpen = lets || isHook(owner) || passesAtEnd(core, owner);
  if (!isOpen || renews(core, owner)) return false;
  let at: Node | undefined = use.by;
  while (at !== undefined && at.type !== "IfStatement" && at !== owner) at = parentOf(at);
  return at?.type === "IfStatement" && contains(at.test, use.by) && leaves(core, at.consequent);
}

/** A context that resolvers and handlers read the user from. */
const CONTEXT = /^(?:context|create\w*Context|build\w*Context|get\w*Context)$/iu;

function returnTrust(
  core: Core,
  operation: Operation,
  use: Use,
  claim: string | undefined,
  trust: (kind: Trust["kind"]) => Trust,
  operations: readonly Operation[],
): Trust | undefined {
  if (!isFunction(use.by)) return undefined;
  if (claim !== undefined && KEY_CLAIMS.has(claim)) return undefined;
  // The answer of an authorizer of API Gateway.
  if (use.boxes.at(-1) === "principalId") return trust("identity");
  if (isParameterOfHandlers(use.by) && (claim === undefined || isOfIdentity(claim)))
    return trust("identity");
  if (becomesSession(core, operation, use, claim)) return trust("identity");
  if (claim === undefined && isOneOfTwoWays(core, operation, use.by, operations))
    return trust("verifier");
  const name = roleName(core, use.by);
  if (name === undefined) return undefined;
  if (CONTEXT.test(name)) {
    const isWhole = claim === undefined && use.boxes.length === 0;
    return isWhole || use.boxes.some((box) => IDENTITY_TARGET.test(box))
      ? trust("identity")
      : undefined;
  }
  // Whoever is given the whole request says who has sent it, whatever the verb.
  if (READS_USER.test(name) && isGivenRequest(use.by)) return trust("verifier");
  if (/decode|parse|read|inspect|peek|unsafe|unverified|expir|refresh|claims/iu.test(name))
    return undefined;
  if (IDENTIFIES.test(name))
    return isAskedOnServer(core, operation, use.by) ? trust("verifier") : undefined;
  return looksLikeVerifier(name) ? trust("verifier") : undefined;
}

/** `createParamDecorator((data, context) => …)` of NestJS: what it returns is handed to handlers. */
function isParameterOfHandlers(owner: FunctionNode): boolean {
  const call = parentOf(wrapped(owner));
  return call?.type === "CallExpression" && calleeName(call) === "createParamDecorator";
}
