import type { Core } from "../core.ts";
import { declaratorOf, initOf } from "../files/variables.ts";
import {
  calleeName,
  enclosingClass,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Tokens that a library hands to a function of the program just after the issuer has answered it: it has asked the
 * issuer itself, so nobody else could have put another in their place.
 */
export function isHandedByIssuer(core: Core, token: Node): boolean {
  const written = unwrap(token);
  return (
    isGivenToCallback(core, written) || isOfStrategy(core, written) || isOfCognito(core, written)
  );
}

/** A name, and where it stands among the parameters of its function. */
interface Place {
  readonly owner: FunctionNode;
  readonly at: number;
}

function placeOf(core: Core, name: Node): Place | undefined {
  const definition =
    name.type === "Identifier" ? core.fileOf(name).variableOf(name)?.defs[0] : undefined;
  const owner = definition?.node as Node | undefined;
  if (definition === undefined || !isFunction(owner)) return undefined;
  const at = owner.params.findIndex((one) => one === definition.name);
  return at === -1 ? undefined : { owner, at };
}

/** Is it the parameter behind `(accessToken, refreshToken, …`, as passport-oauth2 hands them over? */
function isBehindTokens({ owner, at }: Place): boolean {
  const names = owner.params.map((one) => (one.type === "Identifier" ? one.name : ""));
  return (
    at >= 2 &&
    /^_*access_?token$/iu.test(names[at - 2] ?? "") &&
    /^_*refresh_?token$/iu.test(names[at - 1] ?? "")
  );
}

/**
 * `params.id_token`, `const { id_token } = params` in the callback `(accessToken, refreshToken, params, profile, done)` of
 * passport-oauth2 (1.8.0): its third parameter of five is the answer of the token endpoint.
 */
function isGivenToCallback(core: Core, written: Node): boolean {
  const from =
    written.type === "MemberExpression"
      ? written.object
      : declaratorOf(core.fileOf(written), written)?.init;
  const place = from === undefined ? undefined : placeOf(core, unwrap(from));
  return place !== undefined && isBehindTokens(place) && place.owner.params.length >= place.at + 3;
}

/**
 * `idToken` of `new AppleStrategy(options, (accessToken, refreshToken, idToken, profile, done) => …)` and of the `validate`
 * of NestJS: passport-apple (2.0.2) has its strategy of passport-oauth2 hand over the ID token in the place of the answer.
 */
function isOfStrategy(core: Core, written: Node): boolean {
  const place = placeOf(core, written);
  if (place === undefined || !isBehindTokens(place)) return false;
  const holder = parentOf(place.owner);
  if (holder?.type === "NewExpression") return isExchanging(core, holder.callee);
  if (holder?.type !== "MethodDefinition" || staticKey(holder.key, holder.computed) !== "validate")
    return false;
  const base = enclosingClass(holder)?.superClass;
  return (
    base?.type === "CallExpression" &&
    calleeName(base) === "PassportStrategy" &&
    base.arguments.slice(0, 1).every((strategy) => isExchanging(core, strategy))
  );
}

/**
 * Of a package: what stands in a file of the program may hand over whatever comes. Those that are called for a token, such as
 * `passport-apple-token`, take it from the request.
 */
function isExchanging(core: Core, strategy: Node): boolean {
  const value = core.evaluate(strategy);
  return value.type === "module" && /^(?![.~#]|@\/)(?!.*token)/iu.test(value.specifier);
}

/**
 * `session.getIdToken().getJwtToken()`, `result.idToken.jwtToken` in what `refreshSession` and `authenticateUser` of
 * amazon-cognito-identity-js (6.3.21) call back. What `getSession` gives may come out of a storage.
 */
function isOfCognito(core: Core, written: Node): boolean {
  let at = written;
  const names: string[] = [];
  for (let hops = MAX_PARTS; hops > 0; hops -= 1) {
    if (at.type === "CallExpression") at = unwrap(at.callee);
    else if (at.type === "MemberExpression") {
      names.push(memberName(at) ?? "");
      at = unwrap(at.object);
    } else {
      const init = initOf(core.fileOf(at), at);
      if (init === undefined) break;
      at = init;
    }
  }
  const place = placeOf(core, at);
  return (
    place !== undefined &&
    names.some((name) => /^(?:get)?(?:id|access)token$/iu.test(name)) &&
    isToldOfSession(place)
  );
}

/** How many members, calls and names a token is taken out of a session by. */
const MAX_PARTS = 8;

/** `refreshSession(token, (error, session) => …)`, `authenticateUser(details, { onSuccess: (session) => … })` */
function isToldOfSession({ owner, at }: Place): boolean {
  const holder = parentOf(wrapped(owner));
  if (holder?.type === "CallExpression")
    return at === 1 && /(?:^|\.)refreshSession$/u.test(calleeName(holder));
  if (holder?.type !== "Property" || staticKey(holder.key, holder.computed) !== "onSuccess")
    return false;
  const call = parentOf(holder.parent);
  return at === 0 && call?.type === "CallExpression" && SIGNS_IN.test(calleeName(call));
}

/** Methods of a user of Cognito that tell `onSuccess` of the session that has just been opened. */
const SIGNS_IN =
  /(?:^|\.)(?:authenticateUser|initiateAuth|completeNewPasswordChallenge|sendCustomChallengeAnswer|sendMFACode)$/u;
