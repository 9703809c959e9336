import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { byName } from "../memo.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { findSources } from "../tokens/sources.ts";
import { isStoredRead, readsStored } from "../tokens/stored.ts";
import {
  isAboutSigningIn,
  isOfOtherTrade,
  isTokenLabel,
  speaksOfTokens,
  tokenName,
} from "../tokens/words.ts";
import { declaredTypeOfName } from "../values/declared-types.ts";
import { may } from "../values/value.ts";
import { wordsOf } from "../words.ts";
import { hasToken, keepsToken } from "./kept-tokens.ts";
import type { StorageWrite } from "./storage.ts";

/**
 * Are all parts of an object kept, each under its own name, and is a token among them:
 * `Object.entries(session).forEach(([key, value]) => localStorage.setItem(key, value))`?
 */
export function keepsParts(analysis: Analysis, write: StorageWrite): boolean {
  const object = takenApart(analysis, write);
  if (object === undefined || isCleaned(analysis, object)) return false;
  if (hasToken(analysis, object) || isShown(analysis, object)) return true;
  // What a token says, and what is put together here without one
  const isOther = may(
    analysis.evaluate(object),
    (one) => one.type === "claims" || (one.type === "object" && !one.open),
  );
  if (isOther) return false;
  const { file } = analysis;
  const name = dottedPath(object)?.at(-1) ?? "";
  const type = object.type === "Identifier" ? declaredTypeOfName(file, object) : undefined;
  const isCalledSo = isNamedForTokens(name) || isNamedForTokens(type?.name ?? "");
  if (isCalledSo && !isOfOtherTrade(file) && readsToken(analysis, write)) return true;
  // Themes are made of tokens, too.
  const isClear = tokenName(name) !== "weak" || isAboutSigningIn(file);
  return isClear && keepsToken(analysis, { ...write, key: undefined, value: object });
}

/** `save(kept: Kept)`, where `Kept` has an `accessToken`, and `kept` of `Bearer ${kept.pass}` */
function isShown(analysis: Analysis, object: Node): boolean {
  return findSources(analysis).some(
    ({ node, held, tokenIn }) =>
      held === "response" && tokenIn?.length === 0 && unwrap(node) === object,
  );
}

/** `session`, `AuthTokens`, `tokenData`, not `sessionPage` */
const isNamedForTokens = byName(
  (name) =>
    speaksOfTokens(name) &&
    /(?:^| )(?:tokens?|jwts?|auth|session|credentials?)(?: (?:data|set|pair|dto|response|result|answer))?$/u.test(
      wordsOf(name).join(" "),
    ),
);

/** `delete session.accessToken`, `session.accessToken = null`, before the rest is kept */
function isCleaned({ file }: Analysis, object: Node): boolean {
  return named(file.index.membersNamed, isTokenLabel).some((member) => {
    const { parent } = member;
    const isGone =
      (parent.type === "UnaryExpression" && parent.operator === "delete") ||
      (parent.type === "AssignmentExpression" &&
        parent.left === member &&
        (isNullish(parent.right) || textOf(parent.right) === ""));
    return isGone && isSame(member.object, object);
  });
}

/** `sessionStorage.getItem("access_token")`, where the write is one to the same place */
function readsToken(analysis: Analysis, { node }: StorageWrite): boolean {
  const place = receiverOf(node);
  return (
    place !== undefined &&
    named(analysis.file.index.called, isStoredRead).some(
      (call) => receiverOf(call) === place && readsStored(analysis, call),
    )
  );
}

/** `localStorage` of `localStorage.setItem(key, value)` and of `localStorage[key] = value` */
function receiverOf(node: Node): string | undefined {
  const by = node.type === "AssignmentExpression" ? node.left : node;
  const member = by.type === "CallExpression" ? unwrap(by.callee) : by;
  return member.type === "MemberExpression" ? dottedPath(member.object)?.join(".") : undefined;
}

/** The object whose parts are kept one after the other, where nothing chooses among them. */
function takenApart(analysis: Analysis, { node, value: written }: StorageWrite): Node | undefined {
  const key = keyOf(node, written);
  const value = written === undefined ? undefined : asItIs(written);
  if (key?.type !== "Identifier" || value === undefined) return undefined;
  const round = roundOf(analysis, key);
  if (round === undefined || !conditionsAt(node, round.by).every(isPresence(value)))
    return undefined;
  const { file } = analysis;
  if (round.kind === "entries") {
    const [, second] = round.pattern.elements;
    const isIts =
      second?.type === "Identifier" && file.variableOf(second) === file.variableOf(value);
    return isIts ? round.object : undefined;
  }
  // `token[key]`
  const isIts =
    value.type === "MemberExpression" &&
    value.computed &&
    file.variableOf(value.property) === file.variableOf(key) &&
    isSame(value.object, round.object);
  return isIts ? round.object : undefined;
}

function isSame(one: Node, other: Node): boolean {
  const path = dottedPath(one)?.join(".");
  return path !== undefined && dottedPath(other)?.join(".") === path;
}

/** What stands before the value: `setItem(key, value)`, `store[key] = value`. */
function keyOf(node: Node, value: Node | undefined): Node | undefined {
  if (node.type === "AssignmentExpression")
    return node.left.type === "MemberExpression" && node.left.computed
      ? unwrap(node.left.property)
      : undefined;
  if (node.type !== "CallExpression") return undefined;
  const at = node.arguments.findIndex((one) => one === value);
  const key = node.arguments[at - 1];
  return key === undefined ? undefined : unwrap(key);
}

/** `JSON.stringify(value)` and `String(value)` keep what they are given. */
function asItIs(written: Node): Node {
  const node = unwrap(written);
  const [given, ...more] = node.type === "CallExpression" ? node.arguments : [];
  const isText =
    node.type === "CallExpression" &&
    more.length === 0 &&
    /^(?:JSON\.stringify|String)$/u.test(calleeName(node));
  return isText && given !== undefined ? unwrap(given) : node;
}

/** `if (value)`, `if (value !== undefined)`: of a token that is there it holds. */
function isPresence(value: Node): (condition: { test: Node; holds: boolean }) => boolean {
  return ({ test, holds }) => {
    if (test.type !== "BinaryExpression") return holds && isSame(test, value);
    return (
      isSame(test.left, value) &&
      isNullish(test.right) &&
      /^[!=]==?$/u.test(test.operator) &&
      holds === test.operator.startsWith("!")
    );
  };
}

/** One round for each part of an object, by its name. */
type Round = { readonly by: Node; readonly object: Node } & (
  { readonly kind: "keys" } | { readonly kind: "entries"; readonly pattern: TSESTree.ArrayPattern }
);

/** The loop, or the function that is called for each, which gives the name. */
function roundOf({ file }: Analysis, key: Node): Round | undefined {
  const [declared] = file.variableOf(key)?.identifiers ?? [];
  if (declared === undefined) return undefined;
  const { parent } = declared as Node;
  const pattern =
    parent?.type === "ArrayPattern" && parent.elements[0] === declared ? parent : undefined;
  const given: Node = pattern ?? declared;
  const holder = parentOf(given);
  const declaration = holder?.type === "VariableDeclarator" ? parentOf(holder) : undefined;
  const by = isFunction(holder) ? holder : declaration && parentOf(declaration);
  if (by === undefined) return undefined;
  const listed = listOf(by, given, declaration);
  if (listed === undefined) return undefined;
  if (pattern !== undefined) {
    const object = listed.isIn ? undefined : argumentOf(listed.node, "Object.entries");
    return object && { by, object, kind: "entries", pattern };
  }
  const object = listed.isIn ? listed.node : argumentOf(listed.node, "Object.keys");
  return object && { by, object, kind: "keys" };
}

/** `list` of `list.forEach(([key, value]) => …)` and `for (const key of list)`, and the object of `for (const key in object)` */
function listOf(
  by: Node,
  given: Node,
  declaration: Node | undefined,
): { readonly node: Node; readonly isIn: boolean } | undefined {
  if (isFunction(by)) {
    const list = calledForEach(by, given);
    return list && { node: list, isIn: false };
  }
  if ((by.type !== "ForOfStatement" && by.type !== "ForInStatement") || by.left !== declaration)
    return undefined;
  return { node: unwrap(by.right), isIn: by.type === "ForInStatement" };
}

function calledForEach(owner: FunctionNode, given: Node): Node | undefined {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || call.arguments[0] !== owner || owner.params[0] !== given)
    return undefined;
  const callee = unwrap(call.callee);
  const isEach =
    callee.type === "MemberExpression" && /^(?:forEach|map)$/u.test(memberName(callee) ?? "");
  return isEach ? unwrap(callee.object) : undefined;
}

function argumentOf(node: Node, name: string): Node | undefined {
  if (node.type !== "CallExpression" || calleeName(node) !== name) return undefined;
  const [object] = node.arguments;
  return object === undefined ? undefined : unwrap(object);
}
