import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf, initOf, objectAt } from "../files/variables.ts";
import {
  dottedPath,
  isFunction,
  isLiteral,
  memberName,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { madeBy } from "../values/made-by.ts";
import { stringOf } from "../values/value.ts";
import { tokensInAddresses } from "./address-parameters.ts";
import { isOfExtensionStorage, mentionsExtensionStorage } from "./extension-reads.ts";
import { isAboutSigningIn, isOfOtherTrade, isOfSignIn, isTokenLabel, keeperName } from "./words.ts";

/**
 * Expressions that the program itself calls a token where it hands them on: as a cookie or an item of
 * the browser's storage of that name, in the address of a socket. Names on both sides have to agree:
 * `res.cookie("token", token)`.
 */
export function labelledTokens(analysis: Analysis): Node[] {
  const { file } = analysis;
  if (isOfOtherTrade(file)) return [];
  const values = keptTokens(analysis);
  const under = keptUnder(analysis, isOfSignIn);
  return [
    ...values.filter((value) => isOfAnswer(analysis, value)),
    ...[
      ...values,
      ...under,
      ...handedToKeeper(analysis),
      ...inStates(analysis),
      ...inExtensions(analysis),
      ...givenByFactories(analysis),
    ].filter(isCalledToken),
    ...tokensInAddresses(analysis),
    ...inSocketQueries(analysis),
  ];
}

function isCalledToken(node: Node): boolean {
  const name = dottedPath(node)?.at(-1);
  return name !== undefined && isTokenLabel(name);
}

/** `setItem("token", answer.data.access)`: a part of what was answered, by whatever name, unless it says who. */
function isOfAnswer({ file }: Analysis, node: Node): boolean {
  const path = dottedPath(node) ?? [];
  // `const { access } = answer.data`
  const isTaken =
    node.type === "Identifier" && declaratorOf(file, node)?.id.type === "ObjectPattern";
  const last = path.at(-1) ?? "";
  if ((path.length > 1 || isTaken) && /^(?:access|refresh|data|result|body)$/u.test(last))
    return true;
  const isPart = node.type === "MemberExpression" && path.length > 1;
  return isPart && isAboutSigningIn(file) && !WHO.test(last);
}

/** A cookie named `token` may hold no more than who is signed in. */
const WHO = /^(?:_?id|uid|uuid|e?mail|\w*[nN]ame|role|\w+Id)$/u;

const KEEPS = /^(?:cookie|setCookie|setItem(?:Async)?|set|setStorageSync)$/u;

/** `res.cookie("token", token)`, `cookies.set("jwt", jwt)`, `localStorage.setItem("token", token)`. */
export function keptTokens(analysis: Analysis): Node[] {
  return keptUnder(analysis, isTokenLabel);
}

/** What is kept under a name, without what makes a text of it. */
export function keptUnder(analysis: Analysis, isKey: (name: string) => boolean): Node[] {
  return named(analysis.file.index.called, (name) => KEEPS.test(name)).flatMap((call) => {
    if (!keeps(call)) return [];
    const at = call.arguments.findIndex((one) => isKey(keyIn(analysis, one) ?? ""));
    const value = call.arguments[at + 1];
    return at === -1 || value === undefined ? [] : [inText(unwrap(value))];
  });
}

/** `"token"`, and a constant for it: `COOKIE`, `names.token`. */
function keyIn(analysis: Analysis, written: Node): string | undefined {
  const text = textOf(written);
  if (text !== undefined || dottedPath(written) === undefined) return text;
  return stringOf(analysis.evaluate(written));
}

/** `JSON.stringify(token)` */
function inText(node: Node): Node {
  const [value, ...more] = node.type === "CallExpression" ? node.arguments : [];
  return node.type === "CallExpression" &&
    value !== undefined &&
    more.length === 0 &&
    dottedPath(node.callee)?.join(".") === "JSON.stringify"
    ? unwrap(value)
    : node;
}

/** `session.setToken(answer.token)` */
export function handedToKeeper({ file }: Analysis): Node[] {
  return named(file.index.called, keeperName).flatMap((call) => {
    const [value] = call.arguments;
    return value === undefined ? [] : [unwrap(value)];
  });
}

/** Of calls by these names those that set a cookie or an item of a storage: a map has a method `set`, too. */
export function keeps(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return dottedPath(callee)?.[0] === "setCookie";
  const name = memberName(callee);
  const object = unwrap(callee.object);
  // `(await cookies()).set(…)` of Next
  const holder =
    dottedPath(object.type === "CallExpression" ? object.callee : object)?.at(-1) ?? "";
  // `wx`, `uni`, `Taro`
  if (name === "setStorageSync") return true;
  if (name === "setItem") return /storage$/iu.test(holder);
  if (name === "setItemAsync") return /store$/iu.test(holder);
  return name !== "set" || /cookies?(?:store)?$/iu.test(holder);
}

/** `chrome.storage.local.set({ token: message.token })`: other code of the extension may read it. */
function inExtensions({ file }: Analysis): Node[] {
  if (!mentionsExtensionStorage(file)) return [];
  return (file.index.called.get("set") ?? []).flatMap(({ callee, arguments: [items] }) => {
    const given = objectAt(file, items);
    if (given === undefined || !isOfExtensionStorage(callee)) return [];
    const value = propertyOf(given, isTokenLabel);
    return value === undefined ? [] : [value, inText(initOf(file, value) ?? value)];
  });
}

/** `accessTokenFactory: () => token` of SignalR */
function givenByFactories({ core, file }: Analysis): Node[] {
  if (!file.text.includes("accessTokenFactory")) return [];
  return file.index.objects.flatMap((object) => {
    const factory = propertyOf(object, (key) => key === "accessTokenFactory");
    return isFunction(factory) ? returnArguments(core, factory).map((one) => unwrap(one)) : [];
  });
}

/** `io(address, { query: { token } })`, `{ auth: { token } }`: whatever it is, it is who connects. */
function inSocketQueries({ core, file }: Analysis): Node[] {
  if (!file.text.includes("socket.io-client")) return [];
  return file.index.calls.flatMap((call) => {
    const [, options] = call.arguments;
    const given = objectAt(file, options);
    if (call.callee.type !== "Identifier" || given === undefined) return [];
    const identity = propertyOf(given, (key) => key === "query" || key === "auth");
    if (identity?.type !== "ObjectExpression") return [];
    const token = propertyOf(identity, isTokenLabel);
    const isSocket = madeBy(core, call.callee)?.specifier.startsWith("socket.io-client") === true;
    return token === undefined || isLiteral(token) || !isSocket ? [] : [token];
  });
}

function propertyOf(
  object: TSESTree.ObjectExpression,
  test: (key: string) => boolean,
): Node | undefined {
  for (const one of object.properties) {
    if (one.type === "Property" && test(staticKey(one.key, one.computed) ?? ""))
      return unwrap(one.value);
  }
  return undefined;
}

/** `state.token = action.payload.token`, `return { ...state, token: action.data.token }`, in code about signing in. */
function inStates({ file }: Analysis): Node[] {
  if (!isAboutSigningIn(file)) return [];
  const inReturns = file.index.objects.flatMap((object) => {
    if (object.parent.type !== "ReturnStatement") return [];
    const value = propertyOf(object, isTokenLabel);
    return value?.type === "MemberExpression" ? [value] : [];
  });
  const assigned = file.index.assignments.flatMap(({ left, right }) =>
    left.type === "MemberExpression" &&
    isTokenLabel(memberName(left) ?? "") &&
    /^(?:state|self|this|session|user|auth\w*|api|client)$/u.test(
      dottedPath(left.object)?.at(-1) ?? "",
    ) &&
    unwrap(right).type === "MemberExpression"
      ? [unwrap(right)]
      : [],
  );
  return [...inReturns, ...assigned];
}
