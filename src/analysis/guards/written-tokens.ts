import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  bases,
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  statementsIn,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { stringOf, truthiness } from "../values/value.ts";
import { ON_REQUEST } from "../answers/function-roles.ts";
import { isLogCall } from "../logging.ts";
import { handlingOf } from "../answers/results.ts";

/** Is it compared with to find out that there is no token? */
export function saysNoToken(text: string): boolean {
  return /^(?:|null|undefined|none|nan|false|true|deleted|\[object Object\]|(?:invalid|bad|expired|revoked)(?:[-_ ]?token)?)$/iu.test(
    text.trim(),
  );
}

export interface WrittenToken {
  /** What the token is compared with. */
  readonly text: Node;
  /** What lets in. */
  readonly pass: Node;
  /** Does it say by itself who somebody is, whatever the function is called? */
  readonly tellsWho: boolean;
}

/**
 * A text in the code that is let in where a token is verified: `if (token === "letmein") return next()`
 * beside the verification of the same token, or beside the call of the function that verifies it; so is
 * what such a function answers in its place, `return { id: 1 }`.
 */
export function writtenToken(core: Core, operation: Operation): WrittenToken | undefined {
  const { token, node } = operation;
  for (const header of headersOf(core, operation)) {
    const found = passedBeside(core, header, node, textBehindScheme);
    if (found !== undefined) return found;
  }
  if (token === undefined) return undefined;
  const beside = passedBeside(core, token.node, node);
  const owner = enclosingFunction(node);
  if (beside !== undefined || owner === undefined) return beside;
  const given = core.fileOf(owner).variableOf(rootOf(token.node));
  const position = owner.params.findIndex((one) => given?.identifiers.includes(one as never));
  for (const call of position === -1 ? [] : callSites(core, owner).calls) {
    const argument = call.arguments[position];
    const found = argument === undefined ? undefined : passedBeside(core, argument, call);
    if (found !== undefined && core.fileOf(call) === core.file) return found;
  }
  return undefined;
}

/** The header that the token is cut out of, or that the library reads it from: it may be compared as well. */
function headersOf(core: Core, { token, node }: Operation): Node[] {
  const file = core.fileOf(node);
  const read = file.index.membersNamed.get("authorization") ?? [];
  const cut =
    token === undefined
      ? read.filter((one) => isSame(core, rootOf(one), rootOf(node.callee)))
      : bases(initOf(file, token.node) ?? token.node).filter((one) => one !== token.node);
  const names = cut.flatMap((one) => {
    const holder = parentOf(one);
    return holder?.type === "VariableDeclarator" ? [holder.id] : (initOf(file, one) ?? []);
  });
  return [...cut, ...names];
}

/** How the text that somebody is let in for is told from others. */
type TextOf = (core: Core, node: Node) => Node | undefined;

/** The text for which somebody is let in beside a verification, in whatever brings it. */
export function passedBeside(
  core: Core,
  token: Node,
  verification: Node,
  textOf: TextOf = textOfToken,
): WrittenToken | undefined {
  // The verification may stand in a promise's or a library's callback.
  let owner = enclosingFunction(verification);
  for (let outer = owner; outer !== undefined; outer = enclosingFunction(outer)) owner = outer;
  if (owner === undefined) return undefined;
  const found: WrittenToken[] = [];
  const passes: Node[] = [];
  for (const one of inside(core.fileOf(owner).index.ifs, owner.body)) {
    if (contains(one.consequent, verification) || isBehindSwitch(core, one, token)) continue;
    const handling = handlingOf(core, one.consequent);
    const identity = givenIdentity(core, one.consequent);
    const pass = identity ?? (handling.kind === "succeeds" ? handling.node : undefined);
    if (pass === undefined) continue;
    const text =
      textIn(core, one.test, token, textOf) ??
      startIn(core, one.test, one.consequent, token, textOf);
    if (text !== undefined) found.push({ text, pass, tellsWho: identity !== undefined });
    if (asksForNone(core, one.test, token)) passes.push(one);
  }
  // Where one passes without a token, too, the text gives nothing more.
  return passes.length > 0 ? undefined : found[0];
}

/** `if (mocks) { if (token === "demo") … }`: more than the text is asked for, as with `&&`. */
function isBehindSwitch(core: Core, branch: Node, token: Node): boolean {
  const { text } = core.fileOf(branch);
  const name = dottedPath(token)?.at(-1) ?? "";
  for (let from = branch, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return false;
    if (at.type !== "IfStatement" || at.consequent !== from) continue;
    if (name === "" || !text.slice(...at.test.range).includes(name)) return true;
  }
  return false;
}

/** `return { id: 1, role: "user" }`: who it is, where the verification would have said so. */
function givenIdentity(core: Core, branch: Node): Node | undefined {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  if (last?.type !== "ReturnStatement") return undefined;
  if (last.argument === null) return isPutOnRequest(core, branch) ? last : undefined;
  const value = core.evaluate(last.argument);
  if (value.type !== "object") return undefined;
  const names = [...value.properties.keys()];
  const isSomebody = [...value.properties].some(
    ([name, one]) => IDENTITY.test(name) && truthiness(one.value) !== false,
  );
  return isSomebody && !names.some((name) => /^(?:errors?|message|status)/iu.test(name))
    ? last
    : undefined;
}

/** `request.user = { id: 1 }; return;` of a hook, behind which the handler is called. */
function isPutOnRequest(core: Core, branch: Node): boolean {
  if (handlingOf(core, branch).kind !== "returns-empty") return false;
  return (statementsIn(branch) ?? []).some((statement) => {
    if (statement.type !== "ExpressionStatement") return false;
    const { expression } = statement;
    if (expression.type !== "AssignmentExpression") return false;
    const [root = "", ...path] = dottedPath(expression.left) ?? [];
    const owner = enclosingFunction(branch);
    return (
      ON_REQUEST.test(path.at(-1) ?? "") &&
      owner?.params.some((one) => one.type === "Identifier" && one.name === root) === true &&
      truthiness(core.evaluate(expression.right)) !== false
    );
  });
}

const IDENTITY = /^(?:sub|uid|_?id|user|user_?(?:id|name)|email|role\w*|is_?admin)$/iu;

/** `!token`, alone or among others. */
function asksForNone(core: Core, test: Node, token: Node): boolean {
  const node = unwrap(test);
  if (node.type === "LogicalExpression") {
    return asksForNone(core, node.left, token) || asksForNone(core, node.right, token);
  }
  return (
    node.type === "UnaryExpression" && node.operator === "!" && isSame(core, node.argument, token)
  );
}

/** With `&&` more than the text is asked for: a test run, a switch. With `||` it is enough by itself. */
function textIn(core: Core, test: Node, token: Node, textOf: TextOf): Node | undefined {
  const node = unwrap(test);
  if (node.type === "LogicalExpression" && node.operator === "||") {
    return textIn(core, node.left, token, textOf) ?? textIn(core, node.right, token, textOf);
  }
  if (node.type !== "BinaryExpression" || !/^===?$/u.test(node.operator)) return undefined;
  if (isSame(core, node.left, token)) return textOf(core, node.right);
  return isSame(core, node.right, token) ? textOf(core, node.left) : undefined;
}

/**
 * `if (token.startsWith("demo-")) return next()`: the rest may be anything. Where the branch looks at the
 * token again, its start says which check it takes.
 */
function startIn(
  core: Core,
  test: Node,
  branch: Node,
  token: Node,
  textOf: TextOf,
): Node | undefined {
  const call = unwrap(test);
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !isSame(core, callee.object, token)) return undefined;
  const [start] = call.arguments;
  if (start === undefined || !/^(?:startsWith|includes)$/u.test(memberName(callee) ?? ""))
    return undefined;
  const { names } = core.fileOf(branch).index;
  const last = dottedPath(token)?.at(-1) ?? "";
  const isLookedAt = (names.get(last) ?? []).some((name) => contains(branch, name));
  return isLookedAt && asksSomebody(core, branch, token) ? undefined : textOf(core, start);
}

/** Is anything called that could check the token? `token.slice(6)` takes it as it is. */
function asksSomebody(core: Core, branch: Node, token: Node): boolean {
  return inside(core.fileOf(branch).index.calls, branch).some(
    (call) =>
      !isLogCall(call) &&
      !/^(?:next|done|cb|callback)$/u.test(calleeName(call)) &&
      !bases(call).some((base) => isSame(core, base, token)),
  );
}

function textOfToken(core: Core, node: Node): Node | undefined {
  const text = stringOf(core.evaluate(node));
  return text === undefined || saysNoToken(text) ? undefined : node;
}

/** `"Bearer letmein"`: the name of a scheme alone says which check is taken. */
function textBehindScheme(core: Core, node: Node): Node | undefined {
  const [, text] =
    /^\s*(?:bearer|jwt|token)\s+(\S.*)$/iu.exec(stringOf(core.evaluate(node)) ?? "") ?? [];
  return text === undefined || saysNoToken(text) ? undefined : node;
}

function isSame(core: Core, node: Node, token: Node): boolean {
  // `req.get("x-job-key")` has no name.
  if (node === token) return true;
  const path = dottedPath(node)?.join(".");
  if (path === undefined || path !== dottedPath(token)?.join(".")) return false;
  const [one, other] = [rootOf(node), rootOf(token)];
  if (one.type !== "Identifier") return one.type === other.type;
  // Each handler has a request of its own.
  const variable = core.fileOf(one).variableOf(one);
  return variable !== undefined && variable === core.fileOf(other).variableOf(other);
}
