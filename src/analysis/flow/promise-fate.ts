import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { declaratorOf } from "../files/variables.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isLogCall } from "../logging.ts";
import { readersOf } from "./bindings.ts";

/** What becomes of a promise. */
export type PromiseFate =
  /** Awaited, returned, chained or handed on. */
  | { readonly kind: "handled" }
  /** Nobody waits: a rejection stops nothing. */
  | { readonly kind: "dropped"; readonly node: Node }
  /** Tested or read as if it were the result: it is always truthy and has none of its properties. */
  | { readonly kind: "used-as-result"; readonly node: Node }
  /** Put on an object for others: `req.user = verifyAsync(token)`. They may wait for it. */
  | { readonly kind: "kept"; readonly node: Node };

const HANDLED: PromiseFate = { kind: "handled" };

/** Follows the promise that a call gives to what becomes of it, through variables and casts. */
export function promiseFate(core: Core, call: Node): PromiseFate {
  let node = call;
  let parent = parentOf(node);
  while (parent !== undefined && isCast(parent)) {
    node = parent;
    parent = parentOf(node);
  }
  switch (parent?.type) {
    case "ExpressionStatement":
      return { kind: "dropped", node };
    case "UnaryExpression":
      return parent.operator === "!" ? { kind: "used-as-result", node } : { kind: "dropped", node };
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node ? { kind: "used-as-result", node } : HANDLED;
    case "LogicalExpression":
      // `user && verifyAsync(token)` gives the promise on.
      return parent.left === node ? { kind: "used-as-result", node } : promiseFate(core, parent);
    case "MemberExpression":
      return /^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then")
        ? HANDLED
        : { kind: "used-as-result", node };
    case "CallExpression":
      // `Boolean(verifyAsync(token))`
      return parent.callee.type === "Identifier" && parent.callee.name === "Boolean"
        ? { kind: "used-as-result", node }
        : HANDLED;
    case "VariableDeclarator":
      if (parent.id.type === "ObjectPattern") return { kind: "used-as-result", node };
      return parent.id.type === "Identifier" ? heldPromise(core, parent.id) : HANDLED;
    case "AwaitExpression":
      // What an async function answers is a promise, whatever it has waited for.
      return isAnswer(parentOf(parent)) ? promiseFate(core, parent) : HANDLED;
    case "ReturnStatement":
    case "ArrowFunctionExpression":
      return isYesOfList(core, parent) ? { kind: "used-as-result", node } : HANDLED;
    case "AssignmentExpression":
      if (parent.right !== node) return HANDLED;
      return parent.left.type === "Identifier" && parent.operator === "="
        ? assignedPromise(core, parent.left)
        : keptIn(core, parent, node);
    default:
      return HANDLED;
  }
}

function isAnswer(node: Node | undefined): boolean {
  return node?.type === "ReturnStatement" || node?.type === "ArrowFunctionExpression";
}

/** Methods of a list that ask a function which entries are meant: whatever is truthy says yes. */
const ASKS = /^(?:filter|find|findLast|findIndex|findLastIndex|some|every)$/u;

/** Is it what such a function answers: `codes.filter((one) => compare(code, one.hash))`? */
function isYesOfList(core: Core, answer: Node): boolean {
  const owner = isFunction(answer) ? answer : enclosingFunction(answer);
  const call = owner === undefined ? undefined : parentOf(owner);
  if (call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  const then = parentOf(call);
  // A list has no such methods, a stream has.
  const isStream =
    then?.type === "MemberExpression" && /^(?:toArray|pipe)$/u.test(memberName(then) ?? "");
  return (
    call.arguments[0] === owner &&
    callee.type === "MemberExpression" &&
    ASKS.test(memberName(callee) ?? "") &&
    !isStream &&
    isList(core, callee.object)
  );
}

/** A promise of Bluebird and a stream have methods of the same names, and wait for the answers. */
function isList(core: Core, written: Node): boolean {
  if (written.type === "AwaitExpression" || written.type === "ArrayExpression") return true;
  if (written.type === "MemberExpression") return true;
  const init =
    written.type === "Identifier" ? declaratorOf(core.fileOf(written), written) : undefined;
  return init !== undefined && isList(core, init.init);
}

function keptIn(core: Core, { left }: TSESTree.AssignmentExpression, node: Node): PromiseFate {
  const path = left.type === "MemberExpression" ? dottedPath(left) : undefined;
  if (path === undefined || path.length < 2 || path[0] === "this") return HANDLED;
  const isAwaited = (core.fileOf(left).index.membersNamed.get(path.at(-1) ?? "") ?? []).some(
    (member) => dottedPath(member)?.join(".") === path.join(".") && isAwaitedAt(member),
  );
  return isAwaited ? HANDLED : { kind: "kept", node };
}

function isAwaitedAt(member: Node): boolean {
  let by = parentOf(member);
  while (by !== undefined && isCast(by)) by = parentOf(by);
  return by?.type === "AwaitExpression";
}

/** A cast changes nothing of a value. */
export function isCast(node: Node): boolean {
  return (
    node.type === "TSAsExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "ChainExpression"
  );
}

function heldPromise(core: Core, name: TSESTree.Identifier): PromiseFate {
  const readers = readersOf(core.fileOf(name).variableOf(name), name).filter(
    (reader) => !isPrinted(reader),
  );
  if (readers.length === 0) return { kind: "dropped", node: name };
  const [first, ...others] = readers;
  const assignment = first === undefined ? undefined : parentOf(first);
  if (assignment?.type === "AssignmentExpression" && assignment.right === first) {
    return others.length === 0 ? keptIn(core, assignment, name) : HANDLED;
  }
  return usedBy(readers);
}

/** `console.log(pending);` writes down that it is a promise, and waits for nothing. */
export function isPrinted(promise: Node): boolean {
  const by = parentOf(promise);
  return by?.type === "CallExpression" && by.callee !== promise && isLogCall(by);
}

/**
 * `let ok = false; ok = verifyAsync(token); if (ok) …`. A variable of an outer function may be waited for by whoever
 * shares it, and one that nobody reads may be kept for later.
 */
function assignedPromise(core: Core, name: TSESTree.Identifier): PromiseFate {
  const variable = core.fileOf(name).variableOf(name);
  const owner = enclosingFunction(name);
  const isOwn = variable?.identifiers.every((one) => enclosingFunction(one) === owner) === true;
  if (!isOwn || owner === undefined) return HANDLED;
  // `ok = check(req, ok)` reads what was there before.
  const readers = readersOf(variable, name).filter(
    (one) => !contains(name.parent, one) && !isPrinted(one),
  );
  return usedBy(readers);
}

/** Is it tested or read as the result wherever a variable that holds it is read? */
function usedBy(readers: readonly Node[]): PromiseFate {
  const [at] = readers;
  const isUsed = readers.every((reader) => {
    const parent = parentOf(reader);
    if (parent?.type === "MemberExpression" && parent.object === reader)
      return !/^(?:then|catch|finally)$/u.test(memberName(parent) ?? "then");
    return (
      parent?.type === "IfStatement" ||
      (parent?.type === "UnaryExpression" && parent.operator === "!")
    );
  });
  return isUsed && at !== undefined ? { kind: "used-as-result", node: at } : HANDLED;
}
