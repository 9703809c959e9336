import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import {
  dottedPath,
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
import { stringOf } from "../values/value.ts";
import {
  isAboutSigningIn,
  isOfOtherTrade,
  isPlainToken,
  isTokenLabel,
  tokenName,
} from "./words.ts";

/** May a call of this name read what a browser keeps? */
export const isStoredRead = byName((name) =>
  /^(?:getItem(?:Async)?|get|(?:get|read)Cookie)$/u.test(name),
);

/**
 * `localStorage.getItem("accessToken")`, `getCookie("access_token")`, `Cookies.get("jwt")`. What is
 * kept as a mere `token` is one in code about signing in, and wherever no other trade is spoken of.
 */
export function readsStored(analysis: Analysis, call: CallNode): boolean {
  const name = calledName(call);
  if (name === undefined || !isStoredRead(name)) return false;
  const written = name === "getItemAsync" ? call.arguments[0] : call.arguments.at(-1);
  const key = written === undefined ? undefined : tellingKey(analysis, written);
  const strength = key === undefined ? undefined : tokenName(key);
  if (key === undefined || strength === undefined || !isStore(analysis, call, name)) return false;
  const { file } = analysis;
  return (
    strength === "strong" || isAboutSigningIn(file) || (isPlainToken(key) && !isOfOtherTrade(file))
  );
}

/** The text of a key, or the name that the code gives it where that says more: `this.tokenKey`. */
export function tellingKey(analysis: Analysis, written: Node): string | undefined {
  const text = stringOf(analysis.evaluate(written));
  const name = constantName(written);
  if (text === undefined || name === undefined) return text ?? name;
  return tokenName(text) === undefined && tokenName(name) !== undefined ? name : text;
}

/** `TOKEN_KEY` and `keys.accessToken` say what they stand for where their text is out of sight. */
export function constantName(node: Node): string | undefined {
  return dottedPath(node)
    ?.at(-1)
    ?.replace(/_?(?:storage)?_?(?:key(?:_?name)?|name)$/iu, "");
}

/** Is it a browser, a device or a request that a call of such a name reads from: a map has a method `get`, too. */
export function isStore(analysis: Analysis, call: CallNode, name: string): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return name.endsWith("Cookie");
  // The keychain of Expo; options may stand behind the key.
  if (name === "getItemAsync") return /store$/iu.test(dottedPath(callee.object)?.at(-1) ?? "");
  if (call.arguments.length !== 1) return false;
  if (name === "getItem")
    return /storage$|^SecureStore$/iu.test(dottedPath(callee.object)?.at(-1) ?? "");
  return name === "get" && holdsCookies(analysis, callee.object);
}

/** `Cookies`, `req.cookies`, and the store of Next: `await cookies()` and what that is kept in. */
export function holdsCookies(analysis: Analysis, written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "CallExpression") return dottedPath(node.callee)?.join(".") === "cookies";
  const name = dottedPath(node)?.at(-1) ?? "";
  if (/^(?:js)?Cookies?$|^cookies$|^cookieStore$/u.test(name)) return true;
  const init = node.type === "Identifier" ? initOf(analysis.file, node) : undefined;
  return init?.type === "CallExpression" && holdsCookies(analysis, init);
}

/**
 * Does the collection of cookies show none of them where it is printed? `context.cookies` of Astro keeps all it has in
 * private fields (6.0.5), unlike the object of Express and the store of Next.
 */
export function hidesCookies({ code }: SourceFile, jar: Node): boolean {
  const isOfAstro = /(?:context|ctx|Astro)\.cookies$|^cookies$/u.test(
    dottedPath(jar)?.join(".") ?? "",
  );
  return isOfAstro && /["']astro(?::\w+)?["']|\bAstro\.cookies\b/u.test(code);
}

/** `store.store`: everything that a store of Electron keeps, a token that the file puts into it or reads from it with it. */
export function keptWhole({ core, file }: Analysis): Node[] {
  if (!WHOLE_STORES.test(file.text)) return [];
  const { called, membersNamed } = file.index;
  const isStoreOf = (written: Node): boolean => {
    const specifier = madeHere(core, unwrap(written))?.specifier;
    return specifier !== undefined && WHOLE_STORES.test(`"${specifier}"`);
  };
  const isKept = ["get", "set"]
    .flatMap((name) => called.get(name) ?? [])
    .some(({ callee, arguments: [key] }) => {
      const method = unwrap(callee);
      return (
        isTokenLabel(textOf(key) ?? "") &&
        method.type === "MemberExpression" &&
        isStoreOf(method.object)
      );
    });
  if (!isKept) return [];
  return (membersNamed.get("store") ?? []).filter(
    (member) => !isWritten(member) && isStoreOf(member.object),
  );
}

const WHOLE_STORES = /["'](?:electron-store|conf)["']/u;

/** A cookie of Next is an object, which holds the text as its `value`; one of js-cookie is the text. */
export function cookieTexts({ file }: Analysis, call: CallNode): Node[] {
  const valueOf = (node: Node): Node[] => {
    const { parent } = wrapped(node);
    return parent?.type === "MemberExpression" && memberName(parent) === "value" ? [parent] : [];
  };
  const at = valueOf(call);
  const declarator = parentOf(wrapped(call));
  if (at.length > 0 || declarator?.type !== "VariableDeclarator") return at;
  if (declarator.id.type !== "ObjectPattern") return readsOf(file, declarator.id).flatMap(valueOf);
  return declarator.id.properties.flatMap((one) =>
    one.type === "Property" && staticKey(one.key, one.computed) === "value"
      ? readsOf(file, one.value)
      : [],
  );
}
