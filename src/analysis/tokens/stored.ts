import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { isAboutSigningIn, isOfOtherTrade, isPlainToken, tokenName } from "./words.ts";

/** May a call of this name read what a browser keeps? */
export const isStoredRead = byName((name) => /^(?:getItem|get|(?:get|read)Cookie)$/u.test(name));

/**
 * `localStorage.getItem("accessToken")`, `getCookie("access_token")`, `Cookies.get("jwt")`. What is
 * kept as a mere `token` is one in code about signing in, and wherever no other trade is spoken of.
 */
export function readsStored(analysis: Analysis, call: CallNode): boolean {
  const name = calledName(call);
  const key = call.arguments.at(-1);
  if (name === undefined || key?.type !== "Literal" || typeof key.value !== "string") return false;
  const strength = tokenName(key.value);
  if (strength === undefined || !isStore(call, name)) return false;
  const { text } = analysis.file;
  return (
    strength === "strong" ||
    isAboutSigningIn(text) ||
    (isPlainToken(key.value) && !isOfOtherTrade(text))
  );
}

/** Is it a browser or a device that a call of such a name reads from: a map has a method `get`, too. */
export function isStore(call: CallNode, name: string): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return name.endsWith("Cookie");
  const holder = dottedPath(callee.object)?.at(-1);
  if (holder === undefined || call.arguments.length !== 1) return false;
  if (name === "getItem") return /storage$/iu.test(holder);
  return name === "get" && /^(?:js)?Cookies?$|^cookies$/u.test(holder);
}
