import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { declaratorOf, initOf, readsOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  isWritten,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { madeHere } from "../values/made-by.ts";
import { isIncoming, isSentAlong } from "./incoming-headers.ts";
import { toldCookies, verifiedReads } from "./told-cookies.ts";
import type { ToldCookie } from "./told-cookies.ts";
import type { Source } from "./source.ts";
import { hidesCookies, holdsCookies } from "./stored.ts";
import { isAboutSigningIn, isOfOtherUse, isTokenLabel, tokenName } from "./words.ts";

const COOKIES = /^(?:signedC|c)ookies$/u;

/** The cookies of a request that comes in: those that are named for a token, and all of them at once. */
export function ofCookies(analysis: Analysis): Source[] {
  const { single, taken, known } = cookiesRead(analysis);
  return [
    ...single
      .filter((member) => !isWritten(member))
      .map((node): Source => ({ node, held: "token", certain: false })),
    ...taken
      .flatMap(({ name }) => readsOf(analysis.file, name))
      .map((node): Source => ({ node, held: "token", certain: false })),
    ...(known === undefined ? [] : inJars(analysis, known)),
  ];
}

/** Does the program read or set the cookie of a token? Which one it is it says where it does. */
export function hasTokenCookie(analysis: Analysis): boolean {
  return cookiesRead(analysis).known !== undefined;
}

/** Where the program reads the cookie of a token, and what it takes one out of: `req.cookies`. */
export function tokenCookies(analysis: Analysis): Node[] {
  const { single, taken } = cookiesRead(analysis);
  return [
    ...single.filter((member) => !isWritten(member)),
    ...taken.flatMap(({ name }) => initOf(analysis.file, name) ?? []),
  ];
}

interface CookiesRead {
  /** `req.cookies.token` */
  readonly single: readonly TSESTree.MemberExpression[];
  /** `token` of `const { token } = req.cookies` */
  readonly taken: readonly TakenCookie[];
  /** The name that a token has among the cookies. */
  readonly known: ToldCookie | undefined;
}

interface TakenCookie {
  readonly key: string;
  readonly name: Node;
}

const cookiesRead = byObject((analysis: Analysis): CookiesRead => {
  const { called, membersNamed, patterns } = analysis.file.index;
  if (!/cookie/iu.test(analysis.file.text)) return { single: [], taken: [], known: undefined };
  const isAuth = isAboutSigningIn(analysis.file);
  const [told] = [...toldCookies(analysis), ...cookiesVerified(analysis)];
  const isToken = (name: string): boolean =>
    tokenName(name) === "strong" || (isAuth && isTokenLabel(name)) || name === told?.name;
  const isCandidate = (name: string): boolean => tokenName(name) !== undefined || isToken(name);
  const single = named(membersNamed, isCandidate).filter((member) => {
    const path = dottedPath(member) ?? [];
    const label = memberName(member) ?? "";
    if (isSentAlong(path)) return COOKIES.test(path.at(-2) ?? "") && isToken(label);
    return isTokenLabel(label) && isParsed(analysis, member.object)
      ? true
      : isToken(label) && areCookies(analysis, member.object);
  });
  const taken = patterns
    .flatMap((pattern) => (isOfCookies(analysis, pattern) ? namesTaken(pattern) : []))
    .filter(({ key }) => isToken(key));
  const asked = ["cookie", "get", "set", "getCookie", "setCookie"].flatMap((method) =>
    (called.get(method) ?? []).flatMap((call) => nameAsked(analysis, call) ?? []),
  );
  const [read = asked.find(isToken)] = [
    ...single.map((one) => memberName(one) ?? ""),
    ...taken.map(({ key }) => key),
  ];
  return { single, taken, known: read === undefined ? told : { ...told, name: read } };
});

/** `session` of `jwt.verify(req.cookies.session, key)` and `getToken: (req) => req.cookies.session` */
function cookiesVerified(analysis: Analysis): ToldCookie[] {
  const names = verifiedReads(analysis).flatMap(({ node, name }) => {
    if (node.type === "CallExpression" && !isParsing(node))
      return /^get(?:Cookie)?$/u.test(calledName(node) ?? "")
        ? (nameAsked(analysis, node) ?? [])
        : [];
    return areCookies(analysis, node) ? name : [];
  });
  return names.filter((name) => !isOfOtherUse(name)).map((name) => ({ name }));
}

/** `res.cookie("token", …)`, `request.cookies.get("token")`, `getCookie(c, "token")` */
function nameAsked(analysis: Analysis, call: CallNode): string | undefined {
  const callee = unwrap(call.callee);
  const [first, second] = call.arguments;
  if (callee.type !== "MemberExpression") return textOf(second) ?? textOf(first);
  return memberName(callee) === "cookie" || holdsCookies(analysis, callee.object)
    ? textOf(first)
    : undefined;
}

/** What holds all cookies, where the program hands it on as it is. */
function inJars(analysis: Analysis, { name: known, jar }: ToldCookie): Source[] {
  const { called, membersNamed, names } = analysis.file.index;
  const jars: Node[] = [
    ...named(membersNamed, (name) => COOKIES.test(name)),
    ...[...names].flatMap(([name, nodes]) => (COOKIES.test(name) ? nodes : [])),
  ].filter(
    (node) => areTaken(analysis, node) && isWhole(node) && !hidesCookies(analysis.file, node),
  );
  // `request.state` of hapi
  const others = (jar === undefined ? [] : (membersNamed.get(jar) ?? [])).filter((member) =>
    isIncoming(dottedPath(member.object) ?? []),
  );
  const parsed = named(called, (name) => PARSES.test(name)).filter(
    (call) => isParsing(call) && isWhole(call),
  );
  const listed = (called.get("getAll") ?? []).filter(({ callee, arguments: given }) => {
    const method = unwrap(callee);
    return (
      given.length === 0 &&
      method.type === "MemberExpression" &&
      holdsCookies(analysis, method.object)
    );
  });
  return [
    ...[...jars, ...others, ...parsed].map((node): Source => ({
      node,
      held: "response",
      certain: false,
      tokenIn: [known],
    })),
    ...listed.map((node): Source => ({
      node,
      held: "response",
      certain: false,
      isList: true,
      tokenIn: [],
    })),
  ];
}

/** How many names cookies go through. */
const MAX_NAMES = 2;

/** Does an expression hold the cookies of a request? */
function areCookies(analysis: Analysis, written: Node, hops = MAX_NAMES): boolean {
  const node = unwrap(written);
  if (node.type === "LogicalExpression") return areCookies(analysis, node.left, hops);
  if (areTaken(analysis, node) || isParsed(analysis, node)) return true;
  const declarator = node.type === "Identifier" ? declaratorOf(analysis.file, node) : undefined;
  return (
    declarator?.id.type === "Identifier" &&
    hops > 0 &&
    areCookies(analysis, declarator.init, hops - 1)
  );
}

/** `req.cookies`, and `cookies` of `const { cookies } = req` */
function areTaken({ file }: Analysis, node: Node): boolean {
  if (node.type === "MemberExpression")
    return COOKIES.test(memberName(node) ?? "") && isIncoming(dottedPath(node.object) ?? []);
  if (node.type !== "Identifier" || !COOKIES.test(node.name)) return false;
  const declarator = declaratorOf(file, node);
  return declarator?.id.type === "ObjectPattern" && isIncoming(dottedPath(declarator.init) ?? []);
}

/** `const { token } = req.cookies`, `const { cookies: { token } } = req` */
function isOfCookies(analysis: Analysis, pattern: TSESTree.ObjectPattern): boolean {
  const { parent } = pattern;
  const holder = parent.type === "AssignmentPattern" ? parent.parent : parent;
  if (holder.type === "VariableDeclarator")
    return holder.init !== null && areCookies(analysis, holder.init);
  if (holder.type !== "Property" || !COOKIES.test(staticKey(holder.key, holder.computed) ?? ""))
    return false;
  const outer = parentOf(holder);
  const by = outer === undefined ? undefined : parentOf(outer);
  if (by?.type === "VariableDeclarator")
    return by.init !== null && isIncoming(dottedPath(by.init) ?? []);
  return isFunction(by) && by.params[0] === outer;
}

function namesTaken({ properties }: TSESTree.ObjectPattern): TakenCookie[] {
  return properties.flatMap((one) => {
    const key = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
    if (one.type !== "Property" || key === undefined) return [];
    return { key, name: one.value.type === "AssignmentPattern" ? one.value.left : one.value };
  });
}

/** `cookie.parse(header)` and its kin, in place or in a variable, and what such a package has read. */
function isParsed(analysis: Analysis, written: Node): boolean {
  const node = unwrap(written);
  const made = node.type === "Identifier" ? initOf(analysis.file, node) : node;
  if (made?.type === "MemberExpression" && memberName(made) === "cookies") {
    return madeHere(analysis.core, made.object)?.specifier === "universal-cookie";
  }
  return made?.type === "CallExpression" && isParsing(made);
}

/** Names by which cookies are taken apart, or asked for all at once. */
const PARSES = /^(?:parse(?:Cookies?)?|getCookies?)$/iu;

/** `cookie.parse(header)`, `parseCookies(request)`, and `getCookie(c)` of Hono, which names none. */
function isParsing(call: CallNode): boolean {
  const name = calleeName(call);
  if (name === "getCookie")
    return call.arguments.length === 1 && isIncoming(dottedPath(call.arguments[0] ?? call) ?? []);
  return /^(?:parseCookies?|getCookies)$|(?:^|\.)cookies?\.parse$/iu.test(name);
}

/** Handed on as it is, and not read. */
function isWhole(node: Node): boolean {
  const outer = wrapped(node);
  return parentOf(outer)?.type !== "MemberExpression" && !isWritten(outer);
}
