import type { Analysis } from "../analysis.ts";
import { declaratorOf, initOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  functionName,
  isElement,
  isFunction,
  memberName,
  rootOf,
  textOf as textAt,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { headerValues } from "../tokens/headers.ts";
import { keysOfHolders, sentKeys } from "../tokens/sent-keys.ts";
import { heldAt } from "../tokens/uses.ts";
import {
  PAIR,
  isAboutSigningIn,
  isOfOtherTrade,
  isOfOtherUse,
  isOfSignIn,
  isPlainToken,
  isTokenLabel,
  isTokenOf,
  isTokenOfAnswer,
  keeperName,
  tokenName,
} from "../tokens/words.ts";
import { must, possibilities } from "../values/value.ts";
import { wordsOf } from "../words.ts";
import type { StorageWrite } from "./storage.ts";

/**
 * Is what a program keeps a token? Shown by where it comes from; where that is out of sight, told from
 * what it is called on both sides, and from what else the file does with it.
 */
export function keepsToken(analysis: Analysis, { key: written, value }: StorageWrite): boolean {
  if (value === undefined) return false;
  // `setItem("TOKEN_KEY", token)`: a constant's name in its place; `token_2` after a change.
  const key = written?.replace(/(?<=token|jwt)[-_]?(?:key|v?\d+)$/iu, "");
  const node = unwrap(value);
  if (isEmpty(analysis, node) || (key !== undefined && isOfOtherUse(key))) return false;
  const held = heldAt(analysis, node);
  if (held !== undefined && held.held !== "headers") return held.held !== "key";
  if (isEncrypted(analysis, node)) return false;
  if (written !== undefined && sentKeys(analysis).has(written)) return true;
  const isAuth = isAboutSigningIn(analysis.file);
  const isOther = isOfOtherTrade(analysis.file);
  if ((isAuth || !isOther) && (isMadeWithToken(analysis, node) || isReadBack(analysis, key, node)))
    return true;
  if (isCutOut(analysis, node)) return true;
  if (isAuth && isObjectWithToken(analysis, key, node)) return true;
  // Nothing shows where it comes from. What it is called on both sides may, in code about signing in.
  if ((isAuth || !isOther) && isHandedToKeeper(analysis, node, written, isAuth)) return true;
  // What is called so is one, whatever it is kept under.
  const name = nameOf(node) ?? "";
  if (!isOther && !saysOtherwise(node)) {
    const isKnown = key !== undefined && key !== "";
    if (isKnown ? tokenName(name) === "strong" : isTokenOf(name, undefined)) return true;
    // `set("tokenAdmin", token)`: both say it.
    if (isTokenLabel(name) && isAboutToken(key ?? "")) return true;
  }
  if (key === undefined) return false;
  const strength = tokenName(key);
  if (strength === undefined) {
    if (isTokenOfAnswer(dottedPath(node) ?? [], key)) return !isOther;
    return isAuth && (isOfPair(analysis, key, node) || isTokenUnder(analysis, key, node));
  }
  if (isCalledToken(node) && (strength === "strong" || isPlainToken(key))) {
    return isAuth || !isOther;
  }
  if (strength === "strong") return (isAuth || !isOther) && !saysOtherwise(node);
  if (isAuth && isCalledToken(node)) return true;
  // Whoever keeps something as a mere `token`, and speaks of no other trade, keeps one.
  const isKept = isPlainToken(key)
    ? mayBeToken(analysis, node)
    : isCalledToken(node) && KEEPERS.some((name) => analysis.file.index.names.has(name));
  return isKept && !isOther;
}

/**
 * `setItem(key, accessToken)`, whatever the key is; `const saveToken = (value) => setItem("x", value)`, where it
 * says nothing else: what such a function is given first. Where the code does not speak of signing in, the function has
 * to say which token: `setAccessToken`.
 */
function isHandedToKeeper(
  { file }: Analysis,
  node: Node,
  key: string | undefined,
  isAuth: boolean,
): boolean {
  const definition = node.type === "Identifier" ? file.variableOf(node)?.defs[0] : undefined;
  if (node.type !== "Identifier" || definition === undefined) return false;
  const isKnown = key !== undefined && key !== "";
  if (tokenName(node.name) === "strong") return isAuth && !isKnown;
  const owner = definition.node as Node;
  const name = isFunction(owner) ? (functionName(owner) ?? "") : "";
  return (
    isFunction(owner) &&
    owner.params[0] === definition.name &&
    keeperName(name) &&
    (isAuth || tokenName(name) === "strong") &&
    !wordsOf(key ?? "").some((word) => OTHER_THINGS.test(word))
  );
}

/** `tokenAdmin`, `tokenB2b`, not `tokenExpiry`. */
function isAboutToken(key: string): boolean {
  const words = wordsOf(key);
  return /^(?:token|jwt)$/u.test(words[0] ?? "") && !words.some((word) => BESIDE_TOKEN.test(word));
}

const BESIDE_TOKEN =
  /^(?:expir\w*|exp|ttl|type|time|date|at|count|csrf|xsrf|hash\w*|push|fcm|device|reset)$/u;

/** Names under which programs set and clear the token that they keep. */
const KEEPERS = ["setToken", "clearToken", "removeToken", "saveToken", "storeToken"];

/** A variable or an answer that is called nothing else: `setItem("token", value)`. */
function mayBeToken(analysis: Analysis, written: Node): boolean {
  if (saysOtherwise(written)) return false;
  const node = textOf(analysis, written);
  // A number that the page has drawn itself signs nobody in.
  if (must(analysis.evaluate(node), ({ type }) => type === "generated")) return false;
  if (isAnswer(analysis, written)) return true;
  const name = dottedPath(node)?.at(-1);
  return name !== undefined && !wordsOf(name).some((word) => OTHER_THINGS.test(word));
}

/** `safeStorage.encryptString(token).toString("base64")`, in place or in a variable. */
function isEncrypted(analysis: Analysis, node: Node): boolean {
  let made = node.type === "Identifier" ? initOf(analysis.file, node) : node;
  while (made?.type === "CallExpression") {
    const callee = unwrap(made.callee);
    if (callee.type === "MemberExpression" && HIDES.test(memberName(callee) ?? "")) return true;
    if (callee.type !== "MemberExpression") return HIDES.test(calleeName(made));
    made = unwrap(callee.object);
  }
  return false;
}

/** What a function of such a name gives cannot be read any more. */
const HIDES = /encrypt|cipher|seal|hash|digest/iu;

/** Words for what is kept beside a token. */
const OTHER_THINGS =
  /^(?:id|uid|uuid|name|e?mail|role|lang|language|locale|theme|page|date|count|index|type|status|mode|url|path|flag|color|version|ip|phone|title|size|enabled?|visible|open|key)$/u;

/** What the value is called says it, and what the key is called nothing else: `setItem("auth", accessToken)`. */
function isTokenUnder({ file }: Analysis, key: string, node: Node): boolean {
  const name = nameOf(node);
  if (name === undefined || isOfOtherTrade(file) || saysOtherwise(node)) return false;
  return isTokenOf(name, key);
}

/** Is a token put into an object, or read out of it elsewhere in the file, in code about signing in? */
export function hasToken(analysis: Analysis, object: Node): boolean {
  const isAuth = isAboutSigningIn(analysis.file);
  return (
    ((isAuth || !isOfOtherTrade(analysis.file)) &&
      hasPart(analysis, object, (name) => tokenName(name) === "strong")) ||
    (isAuth && hasTokenRead(analysis, object))
  );
}

/** `JSON.stringify({ user, accessToken })`, in place or in a variable. */
function isMadeWithToken(analysis: Analysis, node: Node): boolean {
  return hasPart(analysis, keptObject(node), (name) => tokenName(name) === "strong");
}

function hasPart(
  analysis: Analysis,
  kept: Node | undefined,
  isToken: (name: string) => boolean,
): boolean {
  if (kept === undefined) return false;
  const made = analysis.evaluate(kept);
  return (
    made.type === "object" &&
    [...made.properties].some(([name, { value }]) => isToken(name) && value.type !== "literal")
  );
}

/** `found[1]` of `location.hash.match(/access_token=([^&]*)/)`, whatever it is kept under: what a provider of OAuth answers */
function isCutOut({ file }: Analysis, node: Node): boolean {
  const part = initOf(file, node) ?? node;
  if (part.type !== "MemberExpression" || !isElement(part)) return false;
  const found = initOf(file, part.object) ?? unwrap(part.object);
  const method = found.type === "CallExpression" ? unwrap(found.callee) : undefined;
  if (found.type !== "CallExpression" || method?.type !== "MemberExpression") return false;
  const [sought] = found.arguments;
  const text =
    sought !== undefined && "regex" in sought ? sought.regex.pattern : (textAt(sought) ?? "");
  return (
    /^(?:match|split)$/u.test(memberName(method) ?? "") &&
    text.includes("access_token=") &&
    /(?:^|\.)location\.(?:hash|search|href)$/u.test(
      dottedPath(initOf(file, method.object) ?? method.object)?.join(".") ?? "",
    )
  );
}

/** `JSON.stringify(user)`, where it has a token or the program reads `user.token` elsewhere. */
function isObjectWithToken(analysis: Analysis, key: string | undefined, node: Node): boolean {
  const argument = keptObject(node);
  if (argument === undefined) return false;
  const isOfUser = key !== undefined && isOfSignIn(key);
  if (isOfUser && hasPart(analysis, argument, isPlainToken)) return true;
  return hasTokenRead(analysis, argument);
}

/** Does the program read `user.token` of this `user`? */
function hasTokenRead(analysis: Analysis, object: Node): boolean {
  const path = dottedPath(object)?.join(".");
  const root = rootOf(object);
  const variable = root.type === "Identifier" ? analysis.file.variableOf(root) : undefined;
  return (
    variable !== undefined &&
    path !== undefined &&
    analysis.file.index.members.some(
      (member) =>
        tokenName(memberName(member) ?? "") !== undefined &&
        dottedPath(member.object)?.join(".") === path &&
        analysis.file.variableOf(rootOf(member)) === variable,
    )
  );
}

/** `user` of `JSON.stringify(user)`; some storages take the object itself. */
function keptObject(node: Node): Node | undefined {
  if (node.type === "ObjectExpression") return node;
  const [argument, ...more] = node.type === "CallExpression" ? node.arguments : [];
  const isText =
    node.type === "CallExpression" &&
    more.length === 0 &&
    dottedPath(node.callee)?.join(".") === "JSON.stringify";
  return isText ? argument : undefined;
}

/** What a server has answered, by its name or where it is taken out: `answer.data`, `await res.text()`. */
function isAnswer(analysis: Analysis, written: Node): boolean {
  let node = takenFrom(analysis, textOf(analysis, written));
  if (node.type === "CallExpression") node = unwrap(node.callee);
  const path = dottedPath(node) ?? [];
  const root = rootOf(node);
  return (
    root.type === "Identifier" &&
    analysis.file.variableOf(root) !== undefined &&
    path.some((name) => ANSWERS.test(name))
  );
}

/** What a text is made of: `value` of `JSON.stringify(value)`, in place or in a variable. */
function textOf(analysis: Analysis, written: Node): Node {
  const node = unwrap(written);
  const made = node.type === "Identifier" ? initOf(analysis.file, node) : node;
  if (made?.type !== "CallExpression") return node;
  const [argument] = made.arguments;
  return argument !== undefined && dottedPath(made.callee)?.join(".") === "JSON.stringify"
    ? unwrap(argument)
    : node;
}

/** What a variable was taken from: `const { access } = data`, `const access = answer.data.access`. */
function takenFrom(analysis: Analysis, node: Node): Node {
  const declarator = node.type === "Identifier" ? declaratorOf(analysis.file, node) : undefined;
  if (declarator === undefined) return node;
  const init = unwrap(declarator.init);
  const isTaken = declarator.id.type === "ObjectPattern" || init.type === "MemberExpression";
  return isTaken && init.type !== "CallExpression" ? init : node;
}

const ANSWERS =
  /^(?:data|body|payload|json|text|res|resp|response|result|answer|reply|r|value|val)$/iu;

/** `setItem("access", data.access)` next to `setItem("refresh", data.refresh)`. */
function isOfPair({ file }: Analysis, key: string, node: Node): boolean {
  const { texts, names } = file.index;
  return (
    PAIR.includes(key) &&
    PAIR.includes(nameOf(node) ?? "") &&
    PAIR.every((name) => texts.has(name) || names.has(name))
  );
}

/**
 * `setItem("userInfo", JSON.stringify(data))`, and a header of the file is made of `userInfo.token`, or a
 * token is taken out of `JSON.parse(getItem("userInfo"))`: what is kept whole goes by the same name where it
 * is read.
 */
function isReadBack(analysis: Analysis, key: string | undefined, node: Node): boolean {
  const kept = keptObject(node);
  if (key === undefined || kept === undefined) return false;
  const made = analysis.evaluate(kept);
  // Whoever puts it together here, and puts none into it, writes something else under that name.
  if (made.type === "object" && !made.open) return false;
  return (
    keysOfHolders(analysis).has(key) ||
    headerValues(analysis).some((value) => dottedPath(value)?.at(-2) === key)
  );
}

/** Nothing, a flag, or a fixed text: a sign-out. */
function isEmpty(analysis: Analysis, node: Node): boolean {
  return possibilities(analysis.evaluate(node)).every(
    (value) =>
      value.type === "literal" &&
      (typeof value.value !== "string" || !value.value.startsWith("eyJ")),
  );
}

/** The name of what is kept, looking through texts and `JSON.stringify`. */
function nameOf(node: Node): string | undefined {
  const current = unwrap(node);
  if (current.type === "CallExpression") {
    const [argument] = current.arguments;
    const callee = dottedPath(current.callee)?.join(".");
    return callee === "JSON.stringify" || callee === "String" || callee === "encodeURIComponent"
      ? argument === undefined
        ? undefined
        : nameOf(argument)
      : dottedPath(current.callee)?.at(-1);
  }
  if (current.type === "LogicalExpression") return nameOf(current.left);
  if (current.type === "TemplateLiteral") {
    const hole = current.expressions.find((one) => isCalledToken(one)) ?? current.expressions[0];
    return hole === undefined ? undefined : nameOf(hole);
  }
  return dottedPath(current)?.at(-1);
}

function isCalledToken(node: Node): boolean {
  const name = nameOf(node);
  return name !== undefined && tokenName(name) !== undefined;
}

/** `localStorage.setItem("accessTokenExpiry", …)` and values that are dates or counts. */
function saysOtherwise(node: Node): boolean {
  const name = nameOf(node);
  return (
    name !== undefined &&
    wordsOf(name).some((word) =>
      /^(?:expir\w*|time|date|now|count|csrf|xsrf|encrypt\w*|cipher\w*|hash\w*|id|uid|uuid|is|has)$/u.test(
        word,
      ),
    ) &&
    tokenName(name) === undefined
  );
}
