import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import {
  contains,
  dottedPath,
  functionName,
  isFunction,
  isWritten,
  memberName,
  rootOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { isAssertionName, sentAssertions } from "./assertions.ts";
import { isReadFromToken } from "./read-claims.ts";
import { cookieHeaders } from "./cookie-headers.ts";
import { codesInLinks, LINK } from "./address-parameters.ts";
import { pageTokens } from "./page-parameters.ts";
import { sameAs } from "./same.ts";
import {
  isAboutSigningIn,
  isOfOtherTrade,
  isTokenLabel,
  tokenName,
  verifierName,
} from "./words.ts";

/**
 * What is called a token without a doubt, and what is handed to something that by its name verifies
 * tokens. Where such a value is only handed on, that says too little; nobody writes one to a log who
 * does not want to read it there.
 */
export function namedTokens(analysis: Analysis): Node[] {
  const { file } = analysis;
  if (OTHER.test(file.text)) return [];
  const speaksOfSignIn = isAboutSigningIn(file) && !isOfOtherTrade(file);
  const speaksOfPasswords = speaksOfSignIn || /password/iu.test(file.code);
  const isTelling = (name: string): boolean =>
    isUnmistakable(name) || isAssertionName(name) || (speaksOfPasswords && isResetToken(name));
  const variables = named(
    file.index.names,
    (name) => isTelling(name) || (speaksOfSignIn && isKeptToken(name)),
  ).filter(
    (node) =>
      node.type === "Identifier" &&
      isVariable(analysis, node) &&
      !isOfNextAuth(analysis, node) &&
      !isReadFromToken(analysis, node),
  );
  const members = named(file.index.membersNamed, isTelling).filter(
    (member) => !isWritten(member) && !SETTINGS.test(pathThrough(member).join(".")),
  );
  const sent = isOfOtherTrade(file) ? [] : (file.index.membersNamed.get("token") ?? []);
  const given = speaksOfSignIn
    ? sent.filter((member) => isGiven(analysis, member) && !isTakenApart(analysis, member))
    : [];
  const isSent = speaksOfSignIn || LINK.test(file.code) ? SENT : SENT_IN_QUERY;
  const verified = named(file.index.called, mayVerify).flatMap((call) =>
    verifiedBy(analysis, call),
  );
  return [
    ...new Set([
      ...variables,
      ...members,
      ...sent.filter(
        (member) =>
          isSent.test(dottedPath(member)?.join(".") ?? "") && !isTakenApart(analysis, member),
      ),
      ...given,
      ...verified,
      ...codesInLinks(analysis),
      ...sentAssertions(analysis),
      ...pageTokens(analysis),
      ...(speaksOfSignIn ? cookieHeaders(analysis) : []),
    ]),
  ].filter((node) => mayBeText(analysis, node));
}

/**
 * What next-auth (4, 5) calls `token` is the claims of one: `jwt({ token, user })`, `authorized({ token })`,
 * `request.nextauth.token`.
 */
function isOfNextAuth({ file }: Analysis, node: Node): boolean {
  if (dottedPath(node)?.join() !== "token" || !/next-auth|@auth\//u.test(file.text)) return false;
  const init = initOf(file, node);
  if (init !== undefined)
    return /(?:^|\.)nextauth\.token$/u.test(dottedPath(init)?.join(".") ?? "");
  const variable = file.variableOf(node);
  const [definition] = variable?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  const isTaken =
    isFunction(owner) &&
    /^(?:jwt|session|authorized|signIn)$/u.test(functionName(owner) ?? "") &&
    owner.params.some(
      (parameter) =>
        parameter.type === "ObjectPattern" && contains(parameter, definition?.name as Node),
    );
  // `token.accessToken = account.access_token`: what the claims carry from then on.
  const isFilled = file.index.assignments.some(
    ({ left }) =>
      left.type === "MemberExpression" &&
      tokenName(memberName(left) ?? "") === "strong" &&
      file.variableOf(rootOf(left)) === variable,
  );
  return isTaken && !isFilled;
}

/** Maps and pictures of the earth are asked for with what they call an access token. */
const OTHER = /mapbox|cesium/iu;

/**
 * What a request brings in its address as the token, of a session or of a link that lets somebody in, and what
 * middlewares put on it as the token that came along.
 */
const SENT =
  /(?:^|\.)(?:(?:_?req|request|ctx|context|c|event)\.(?:query|params|queryStringParameters|pathParameters)|_?req|request)\.token$/u;

/** In a path it may be the name of anything. */
const SENT_IN_QUERY =
  /(?:^|\.)(?:(?:_?req|request|ctx|context|c|event)\.(?:query|queryStringParameters)|_?req|request)\.token$/u;

const SETTINGS = /(?:^|\.)(?:env|config|conf|settings|options|opts|argv|schema|errors?)\./iu;

/** `parsed`, `error`, `flatten`, `token` of `parsed.error.flatten().token` */
function pathThrough(member: Node): string[] {
  const node = unwrap(member);
  if (node.type === "CallExpression") return pathThrough(node.callee);
  return node.type === "MemberExpression"
    ? [...pathThrough(node.object), memberName(node) ?? ""]
    : (dottedPath(node) ?? [""]);
}

/** `req.token = jwt.verify(…)`, `req.token.sub`: what the token says. */
function isTakenApart(analysis: Analysis, member: Node): boolean {
  const path = dottedPath(member)?.join(".");
  const { members, assignments } = analysis.file.index;
  return (
    members.some(({ object }) => dottedPath(object)?.join(".") === path) ||
    assignments.some(
      ({ left, right }) =>
        dottedPath(left)?.join(".") === path &&
        possibilities(analysis.evaluate(right)).some(({ type }) => type === "claims"),
    )
  );
}

const isUnmistakable = byName((name) =>
  /^(?:(?:current|new|my|user|cached|stored|saved|existing|latest|fresh)_?)?(?:access|refresh|id|auth|session|jwt|user)_?token$|^token_?(?:from|in)_?(?:the_?)?(?:cookies?|headers?|req(?:uest)?|storage|session)$/iu.test(
    name,
  ),
);

/** Whoever has it sets the password, or is signed in. */
const isResetToken = byName((name) =>
  /^(?:(?:password_?)?reset|(?:reset|forgot)_?password|(?:magic|login|sign_?in)_?link)_?token$/iu.test(
    name,
  ),
);

/** `token`, and one that has been kept: `storedToken`. */
const isKeptToken = byName((name) =>
  /^(?:(?:current|cached|stored|saved|existing)_?)?token$/iu.test(name),
);

/** A read of a variable of the file that is no setting brought along from elsewhere. */
function isVariable({ file }: Analysis, node: Node): boolean {
  const variable = file.variableOf(node);
  const isOwn = variable?.defs.some(({ type }) => type === "Parameter" || type === "Variable");
  return isOwn === true && readsOf(file, node).includes(node);
}

/** `payload.token` of a message that a function is given, as `{ token }` of it. */
function isGiven({ file }: Analysis, member: TSESTree.MemberExpression): boolean {
  const holder = unwrap(member.object);
  if (holder.type !== "Identifier" || isWritten(member) || !MESSAGE.test(holder.name)) return false;
  const isParameter = file.variableOf(holder)?.defs.some(({ type }) => type === "Parameter");
  return isParameter === true && tokenName(`${holder.name}_token`) !== undefined;
}

const MESSAGE =
  /^_?(?:payload|data|body|message|msg|dto|input|credentials?|\w+(?:Payload|Data|Body|Message|Dto|DTO|Input|Credentials?))$/u;

const mayVerify = byName(
  (name) => /^(?:verify|decode)(?:Async)?$/u.test(name) || verifierName(name) !== undefined,
);

/** `this.jwtService.verify(token)`, where the service is out of sight. */
function verifiedBy(analysis: Analysis, call: CallNode): readonly Node[] {
  const [token] = call.arguments.map((argument) => unwrap(argument));
  if (token === undefined || !isCalledToken(token)) return [];
  const callee = unwrap(call.callee);
  const receiver =
    callee.type === "MemberExpression" ? dottedPath(callee.object)?.at(-1) : undefined;
  const isVerifier =
    /jwt/iu.test(receiver ?? "") || verifierName(calledName(call) ?? "") === "strong";
  return isVerifier ? sameAs(analysis, token) : [];
}

function isCalledToken(node: Node): boolean {
  const name = node.type === "MemberExpression" ? memberName(node) : dottedPath(node)?.at(-1);
  return name !== undefined && isTokenLabel(name);
}

/** A flag, a function or an object of that name is no token. */
function mayBeText(analysis: Analysis, node: Node): boolean {
  if (node.type === "Identifier" && isReadAsObject(analysis, node)) return false;
  const init = initOf(analysis.file, node);
  if (init?.type === "UnaryExpression") return false;
  if (init?.type === "BinaryExpression" && init.operator !== "+") return false;
  if (init?.type === "MemberExpression" && memberName(init) === "length") return false;
  if (init?.type === "CallExpression" && TELLS.test(calledName(init) ?? "")) return false;
  return possibilities(analysis.evaluate(node)).some(
    ({ type }) =>
      !/^(?:literal|function|object|array|class|instance|claims|entity|module)$/u.test(type),
  );
}

/** What answers yes or no, or with a number: `methods.includes("private_key_jwt")`, `Boolean(token)` */
const TELLS = /^(?:includes|has|some|every|test|startsWith|endsWith|indexOf|Boolean|Number)$/u;

/** Claims that a program reads of what it calls a token once it has been decoded. */
const CLAIMS = /^(?:iss|sub|aud|exp|nbf|iat|jti|roles?|scopes?)$/u;

/** `token.sub`, `token[constants.AUDIENCE]`: a text has no such parts. */
function isReadAsObject({ file }: Analysis, node: Node): boolean {
  return readsOf(file, node).some((read) => {
    const { parent } = read;
    if (parent?.type !== "MemberExpression" || parent.object !== read) return false;
    const name = memberName(parent);
    return name === undefined
      ? /^(?:[A-Z]|.*\.[A-Z])[A-Z_]*$/u.test(dottedPath(parent.property)?.join(".") ?? "")
      : CLAIMS.test(name);
  });
}
