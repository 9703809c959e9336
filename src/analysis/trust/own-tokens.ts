import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { leaves } from "../answers/results.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf, initOf, readsOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { byObject } from "../memo.ts";
import type { Operation } from "../operations/operations.ts";
import { addressText } from "../network/http.ts";
import { isKeptByServer, isSaidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { keeps } from "../tokens/labelled.ts";
import { makerName } from "../tokens/words.ts";
import { must } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isOfOwnCache } from "./cached-tokens.ts";
import { isFoundByToken } from "./found-by-token.ts";
import { isHandedByIssuer } from "./handed-by-issuers.ts";

/**
 * The token was signed here a moment ago, by this file or by a function whose name says so, is an
 * answer of the issuer's token endpoint, one that the server keeps, or a setting.
 */
export function isOwnToken(core: Core, operation: Operation): boolean {
  const value = operation.token?.value;
  if (value === undefined) return false;
  if (isComputed(value)) return true;
  // Nobody but who runs the program writes its settings.
  if (must(value, ({ type }) => type === "environment")) return true;
  const token = operation.token?.node;
  if (token === undefined) return false;
  return (
    isIssuing(core, token) ||
    isOfProvider(core, token) ||
    isOfServer(core, token) ||
    isOfSession(core, token) ||
    isComparedWhole(core, operation) ||
    isFoundByToken(core, operation) ||
    isKeptByServer(core, token) ||
    isGivenOut(core, token) ||
    isOfOwnCache(core, token) ||
    isAnswered(core, token) ||
    isHandedByIssuer(core, token) ||
    isInAuthJsToken(core, token)
  );
}

/**
 * `token.accessToken` in the callbacks `session` and `jwt` of Auth.js: the token of the session is encrypted, and only the
 * server has put something into it. What `update()` brings is the session that the browser has sent.
 */
function isInAuthJsToken(core: Core, written: Node): boolean {
  const token = unwrap(written);
  const root = rootOf(token);
  if (token.type !== "MemberExpression" || root.type !== "Identifier" || root.name !== "token")
    return false;
  const definition = core.fileOf(root).variableOf(root)?.defs[0];
  const owner = definition?.node as Node | undefined;
  if (definition?.type !== "Parameter" || !isFunction(owner)) return false;
  const property = parentOf(owner);
  const holder = property?.type === "Property" ? parentOf(property.parent) : undefined;
  return (
    property?.type === "Property" &&
    /^(?:session|jwt)$/u.test(staticKey(property.key, property.computed) ?? "") &&
    holder?.type === "Property" &&
    staticKey(holder.key, holder.computed) === "callbacks"
  );
}

/** Signed here, or answered; what stands in an address is as good as where the address comes from. */
function isComputed(value: Value): boolean {
  if (value.type !== "derived") return value.type === "token";
  return value.how !== "url" || value.from.some(isComputed);
}

const ID_TOKEN = /^(?:id_token|idToken)$/u;

/**
 * `tokens.id_token`, `id_token` of `const { tokens: { id_token } } = await client.getToken(code)`: what a token
 * endpoint answers is called so, and so is what a client hands in.
 */
function isAnswered(core: Core, token: Node): boolean {
  const written = unwrap(token);
  const isNamed =
    written.type === "MemberExpression"
      ? ID_TOKEN.test(memberName(written) ?? "") && dottedPath(written) !== undefined
      : isTakenOutOfTokens(core, written);
  return isNamed && !isSaidByClient(core, written);
}

/** `{ tokens: { id_token: token } }` */
function isTakenOutOfTokens(core: Core, name: Node): boolean {
  const file = core.fileOf(name);
  if (declaratorOf(file, name) === undefined) return false;
  const declared = file.variableOf(name)?.identifiers[0]?.parent;
  if (declared?.type !== "Property") return false;
  const around = declared.parent.parent;
  return (
    ID_TOKEN.test(staticKey(declared.key, declared.computed) ?? "") &&
    around.type === "Property" &&
    /tokens?(?:_?set)?$/iu.test(staticKey(around.key, around.computed) ?? "")
  );
}

/**
 * `store.delete(claims.sub, token)`, `findOne({ _id: claims.id, "tokens.token": token })`: the whole token
 * has to be the one that is stored, so one that somebody invents finds nothing.
 */
export function isLookedUpWhole(core: Core, { token, node }: Operation, use: Use): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  if (path === undefined || use.kind !== "argument") return false;
  const call = use.by as CallNode;
  // What is written beside the claim is compared with nothing.
  if (/update|upsert|save|set|create|insert|add|put|push|write/iu.test(calleeName(call)))
    return false;
  let found = false;
  for (const argument of call.arguments) {
    walk(argument, core.fileOf(argument).visitorKeys, (part) => {
      if (part === node) return false;
      found ||= dottedPath(part)?.join(".") === path;
      return !found;
    });
  }
  return found;
}

/**
 * Functions that compare what they are given with a hash that is kept. Not bcrypt's, which reads no more than
 * 72 bytes: of a token that is the header and the first claims, which anybody can write.
 */
const COMPARES = /(?:^|\.)timingSafeEqual$|^(?:argon|scrypt)\w*\.verify$/u;

/**
 * `if (row.refreshToken !== token) throw …`, `await argon2.verify(row.tokenHash, token)`: the row is found by
 * a claim, and has to hold the very token.
 */
function isComparedWhole(core: Core, { node, token }: Operation): boolean {
  const owner = enclosingFunction(node);
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  if (owner === undefined || path === undefined) return false;
  const file = core.fileOf(node);
  const isToken = (one: Node): boolean => dottedPath(one)?.join(".") === path;
  const isKept = (one: Node): boolean =>
    !isToken(one) &&
    !isNullish(one) &&
    !isSaidByClient(core, one) &&
    /^(?:MemberExpression|CallExpression|Identifier)$/u.test(unwrap(one).type);
  let found = false;
  walk(owner.body, file.visitorKeys, (part) => {
    if (part.type === "BinaryExpression" && /^[!=]==?$/u.test(part.operator)) {
      const { left, right } = part;
      const isCompared = (isToken(left) && isKept(right)) || (isToken(right) && isKept(left));
      found ||= isCompared && !isShortcut(core, part);
    } else if (part.type === "CallExpression" && COMPARES.test(calleeName(part))) {
      const [given, kept] = part.arguments;
      found ||=
        given !== undefined &&
        kept !== undefined &&
        [given, kept].some(isToken) &&
        [given, kept].some((one) => unwrap(one).type === "MemberExpression" && isKept(one));
    }
    return !found;
  });
  return found;
}

/**
 * `function signIn(response, token) { …; response.cookie("session", token); }`: what a function is given to
 * hand to the client, and no request with it, did not come from there.
 */
function isGivenOut(core: Core, token: Node): boolean {
  const file = core.fileOf(token);
  const [definition] = file.variableOf(token)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner)) return false;
  const takesRequest = owner.params.some((parameter) =>
    /^\W*(?:_?req|_?request|ctx|context|event|c)\b/u.test(file.text.slice(...parameter.range)),
  );
  return (
    !takesRequest &&
    readsOf(file, token).some(
      ({ parent }) =>
        parent?.type === "CallExpression" &&
        parent.arguments.length > 1 &&
        /^(?:cookie|setCookie|set)$/u.test(calledName(parent) ?? "") &&
        keeps(parent),
    )
  );
}

/** How many names a part of an answer goes through. */
const MAX_NAMES = 3;

/** The call that gave what a token is, or is a part of: `const { data } = await ask(); data.token`. */
export function callBehind(core: Core, token: Node, hops = MAX_NAMES): CallNode | undefined {
  const root = rootOf(token);
  if (root.type === "CallExpression") return root;
  const init = root.type === "Identifier" && hops > 0 ? initOf(core.fileOf(root), root) : undefined;
  return init === undefined ? undefined : callBehind(core, init, hops - 1);
}

/**
 * `await issueToken(user)`, `const { accessToken } = await buildTokenPair(user)`, and `issueVisitorClaim()`, which is given
 * nothing that came from a client.
 */
function isIssuing(core: Core, token: Node): boolean {
  const call = callBehind(core, token);
  const name = call === undefined ? undefined : calledName(call);
  if (call === undefined || name === undefined) return false;
  return isMaker(name) || (MAKES_CLAIMS.test(name) && call.arguments.length === 0);
}

const MAKES_CLAIMS = /^(?:create|issue|make|generate|sign|build|new)\w*Claims?$/u;

/** `issueToken`, `signJwt`: a function that makes a token of what it is given, by its name. */
export function isMaker(name: string): boolean {
  return makerName(name) !== undefined && !/^(?:get|fetch)/iu.test(name);
}

/** `if (token === last) return known;`: where they are not the same, the function goes on. */
function isShortcut(core: Core, comparison: TSESTree.BinaryExpression): boolean {
  const branch = parentOf(wrapped(comparison));
  return (
    branch?.type === "IfStatement" &&
    comparison.operator.startsWith("=") &&
    branch.alternate === null &&
    leaves(core, branch.consequent)
  );
}

/** Functions that bring a token by asking for one. */
const SIGNS_IN =
  /^(?:(?:log|sign)_?in(?:_?(?:user|account|admin|with\w*))?|exchange\w*|refresh\w*)$/iu;

/**
 * `const { token } = await ask("/users/login", form)`, `(await auth.login(form)).token`: another server has
 * just answered it, through whatever the program asks with.
 */
function isOfServer(core: Core, token: Node): boolean {
  const call = callBehind(core, token);
  if (call === undefined) return false;
  if (SIGNS_IN.test(calledName(call) ?? "")) return true;
  const [address] = call.arguments;
  return address !== undefined && /^(?:https?:\/\/|\/\w)/u.test(addressText(core, address));
}

/** Packages of identity providers that keep the tokens of who is signed in. */
const PROVIDERS =
  /^(?:@clerk\/|@auth0\/|@azure\/msal-|aws-amplify|@aws-amplify\/|@aws-sdk\/client-cognito-identity-provider$|@okta\/okta-|keycloak-js$|openid-client$)/u;

/** What they give it out by. */
const GIVES =
  /^(?:get(?:Access|Id|Auth)?Token(?:Silently)?|acquireToken\w*|fetchAuthSession|getSession|send)$/u;

const importsProvider = byObject(({ statements }: SourceFile): boolean =>
  statements.some(
    (statement) => statement.type === "ImportDeclaration" && PROVIDERS.test(statement.source.value),
  ),
);

/** `await getToken()` of Clerk, `answer.AuthenticationResult.IdToken` of Cognito. */
function isOfProvider(core: Core, token: Node): boolean {
  if (!importsProvider(core.fileOf(token))) return false;
  const call = callBehind(core, token);
  return call !== undefined && GIVES.test(calledName(call) ?? "");
}

/** Sessions that the server seals, and opens with its key: of Auth.js 4 and 5 (also by its `auth`), and of iron-session. */
const SESSIONS = /^(?:auth|(?:unstable_)?getServerSession|getIronSession)$/u;

/** `session.accessToken` of `const session = await auth()` */
function isOfSession(core: Core, token: Node): boolean {
  const call = callBehind(core, token);
  return (
    call !== undefined &&
    call !== unwrap(token) &&
    SESSIONS.test(dottedPath(call.callee)?.join(".") ?? "")
  );
}
