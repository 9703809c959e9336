import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  isWritten,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { madeHere } from "../values/made-by.ts";
import { isIncoming, isSentAlong } from "./incoming-headers.ts";
import type { Source } from "./source.ts";
import { isAboutSigningIn, isTokenLabel, tokenName } from "./words.ts";

const COOKIES = /^(?:signedC|c)ookies$/u;

/** The cookies of a request that comes in: those that are named for a token, and all of them at once. */
export function ofCookies(analysis: Analysis): Source[] {
  const { membersNamed, patterns, called } = analysis.file.index;
  const isAuth = isAboutSigningIn(analysis.file.code);
  const isToken = (name: string): boolean =>
    tokenName(name) === "strong" || (isAuth && isTokenLabel(name));
  const single = named(membersNamed, (name) => tokenName(name) !== undefined).filter((member) => {
    const path = dottedPath(member) ?? [];
    const label = path.at(-1) ?? "";
    if (isSentAlong(path)) return COOKIES.test(path.at(-2) ?? "") && isToken(label);
    return isTokenLabel(label) && isParsed(analysis, member.object);
  });
  const all = named(membersNamed, (name) => COOKIES.test(name)).filter((member) =>
    isIncoming(dottedPath(member.object) ?? []),
  );
  if (all.length === 0 && single.length === 0) return [];
  // Which one it is the program says where it reads or sets it.
  const taken = patterns.flatMap((pattern) => {
    const holder = pattern.parent.type === "VariableDeclarator" ? pattern.parent.init : null;
    if (holder === null || !all.some((one) => one === unwrap(holder))) return [];
    return pattern.properties.flatMap((one) =>
      one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
    );
  });
  const set = (called.get("cookie") ?? []).flatMap(({ arguments: [name] }) => textOf(name) ?? []);
  const known = [...single.map((one) => memberName(one) ?? ""), ...taken, ...set].find(isToken);
  return [
    ...single
      .filter((member) => !isWritten(member))
      .map((node): Source => ({ node, held: "token", certain: false })),
    ...all
      .filter((member) => known !== undefined && isWhole(member))
      .map((node): Source => ({ node, held: "response", certain: false, tokenIn: [known ?? ""] })),
  ];
}

/** `cookie.parse(header)` and its kin, in place or in a variable, and what such a package has read. */
function isParsed(analysis: Analysis, written: Node): boolean {
  const node = unwrap(written);
  const made = node.type === "Identifier" ? initOf(analysis.file, node) : node;
  if (made?.type === "MemberExpression" && memberName(made) === "cookies") {
    return madeHere(analysis.core, made.object)?.specifier === "universal-cookie";
  }
  if (made?.type !== "CallExpression") return false;
  return /^(?:parseCookies?|getCookies)$|(?:^|\.)cookies?\.parse$/iu.test(calleeName(made));
}

/** Handed on as it is, and not read. */
function isWhole(member: Node): boolean {
  const outer = wrapped(member);
  return parentOf(outer)?.type !== "MemberExpression" && !isWritten(outer);
}
