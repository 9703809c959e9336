import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../analysis.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import { initOf } from "../files/variables.ts";
import { isInPreflight } from "../network/preflights.ts";
import {
  dottedPath,
  enclosingFunction,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { must, stringOf } from "../values/value.ts";
import type { TokenUse } from "./uses.ts";
import { isAuthHeader, tokenName } from "./words.ts";

/**
 * Has the program found out, where it uses a token, that there is none? `if (!token) log(token)`
 * writes no token, and `if (!answer.ok) log(answer)` writes the answer of a failure. Or has it taken
 * the token out before?
 */
export function isMissingAt(analysis: Analysis, use: TokenUse): boolean {
  if (isTakenOut(analysis, use)) return true;
  if (/^headers?$/u.test(use.held) && isInPreflight(use.by)) return true;
  const conditions = conditionsAt(use.by, enclosingFunction(use.by));
  if (conditions.length === 0) return false;
  const isStillSo = (node: Node): boolean => !isWrittenBetween(analysis, node, use.by);
  const absent = conditions.flatMap((condition) => absentBy(condition)).filter(isStillSo);
  const names = namesIn(analysis, use.node);
  switch (use.held) {
    case "headers":
      return absent.some((node) => namesToken(analysis, node));
    case "response": {
      if (isWithoutParts(use, names, absent)) return true;
      const holders = new Set(names.flatMap((name) => answersBehind(analysis, name)));
      return [
        ...absent.filter((node) => tellsOfSuccess(node)),
        ...conditions.flatMap((condition) => failing(condition)),
      ].some((node) => answersBehind(analysis, node).some((one) => holders.has(one)));
    }
    default: {
      const texts = new Set(names.map((name) => dottedPath(name)?.join(".")));
      // `key === "changeme"`: whoever reads the program knows it already.
      const known = conditions
        .flatMap((condition) => absentBy(condition, (node) => isText(analysis, node)))
        .filter(isStillSo);
      return known.some((node) => texts.has(dottedPath(node)?.join(".")));
    }
  }
}

/** `if (!error.response) log(error)`, where the token is read from `error.response.data`: every part with one is not there. */
function isWithoutParts(
  { tokensIn = [[]] }: TokenUse,
  names: readonly Node[],
  absent: readonly Node[],
): boolean {
  const missing = new Set(absent.map((node) => dottedPath(node)?.join(".")));
  return tokensIn.every((path) =>
    names.some((name) => {
      const whole = dottedPath(name) ?? [];
      return path.some((_, at) => missing.has([...whole, ...path.slice(0, at + 1)].join(".")));
    }),
  );
}

/**
 * What a condition says is not there, or is no text: `!token`, `token === undefined`.
 *
 * @param isSame what it may be compared with besides nothing, so that it is known
 */
function absentBy(
  { test: written, holds }: Condition,
  isSame: (node: Node) => boolean = () => false,
): Node[] {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!")
    return absentBy({ test: test.argument, holds: !holds }, isSame);
  if (test.type === "LogicalExpression" && test.operator === (holds ? "||" : "&&")) {
    // Whichever of them it is.
    const sides = [test.left, test.right].map((side) => absentBy({ test: side, holds }, isSame));
    return sides.every((side) => side.length > 0) ? sides.flat() : [];
  }
  if (test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)) {
    const asked = unwrap(test.left);
    if (asked.type === "UnaryExpression" && asked.operator === "typeof") {
      const isText = textOf(test.right) === "string";
      return isText === (test.operator.startsWith("!") === holds) ? [unwrap(asked.argument)] : [];
    }
    if (test.operator.startsWith("!") === holds) return [];
    if (isNothing(test.right) || isSame(test.right)) return [trimmed(test.left)];
    return isNothing(test.left) ? [unwrap(test.right)] : [];
  }
  // `["secret", "changeme"].includes(key)`
  if (test.type === "CallExpression" && test.callee.type === "MemberExpression" && holds) {
    const list = unwrap(test.callee.object);
    const [asked] = test.arguments;
    const isListed =
      memberName(test.callee) === "includes" &&
      list.type === "ArrayExpression" &&
      list.elements.every((one) => one !== null && isSame(one));
    return isListed && asked !== undefined ? [unwrap(asked)] : [];
  }
  const read = trimmed(test);
  return isRead(read) && !holds ? [read] : [];
}

/** Also one that the program holds under a name: `defaults.secret` of `const defaults = { secret: "changeme" }`. */
function isText(analysis: Analysis, node: Node): boolean {
  return (
    textOf(node) !== undefined ||
    (dottedPath(node) !== undefined &&
      must(analysis.evaluate(node), (one) => stringOf(one) !== undefined))
  );
}

/** `key` of `key.trim()` */
function trimmed(written: Node): Node {
  const node = unwrap(written);
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  return callee?.type === "MemberExpression" && memberName(callee) === "trim"
    ? unwrap(callee.object)
    : node;
}

function isRead(node: Node): boolean {
  return node.type === "Identifier" || node.type === "MemberExpression";
}

function isNothing(node: Node): boolean {
  // Texts that a missing value becomes.
  const text = node.type === "Literal" ? String(node.value) : textOf(node);
  if (text !== undefined && /^(?:null|undefined|false)?$/u.test(text)) return true;
  return isNullish(node);
}

/** `delete headers.authorization`, `form.delete("client_assertion")`, `shown.assertion = "***"` before the use. */
function isTakenOut(analysis: Analysis, use: TokenUse): boolean {
  const { text, ast, visitorKeys, index } = analysis.file;
  const names = namesIn(analysis, use.node);
  const variables = new Set(names.map((name) => rootVariable(analysis, name)));
  const paths = names.map((name) => `${dottedPath(receiverOf(name))?.join(".") ?? ""}.`);
  const isHolder = (node: Node): boolean => {
    const variable = rootVariable(analysis, node);
    return variable !== undefined && variables.has(variable);
  };
  // `req.body.token = ""` takes nothing out of `req.headers`.
  const isPart = (member: Node): boolean =>
    member.range[1] <= use.by.range[0] &&
    isHolder(member) &&
    paths.some((path) => dottedPath(member)?.join(".").startsWith(path));
  // The last of them says what stands there: `user.token = undefined; user.token = token;`
  const written = index.assignments.findLast(
    ({ left }) => left.type === "MemberExpression" && isToken(memberName(left)) && isPart(left),
  );
  const set = ["append", "set", "delete"]
    .flatMap((method) => index.called.get(method) ?? [])
    .filter(({ callee, arguments: [name] }) => isToken(textOf(name)) && isPart(unwrap(callee)))
    .sort((one, other) => one.range[0] - other.range[0])
    .at(-1);
  const isOverwritten =
    (written !== undefined && isMask(written.right)) ||
    (set !== undefined && (set.arguments[1] === undefined || isMask(set.arguments[1])));
  if (isOverwritten) return true;
  if (!text.includes("delete ")) return false;
  let found = false;
  walk(ast, visitorKeys, (node) => {
    if (found || node.range[0] > use.by.range[0]) return false;
    if (node.type !== "UnaryExpression" || node.operator !== "delete") return true;
    const target = unwrap(node.argument);
    if (target.type !== "MemberExpression") return false;
    found ||= isToken(memberName(target)) && isHolder(target);
    return false;
  });
  return found;
}

/** `form` of `form.toString()` */
function receiverOf(name: Node): Node {
  const by = parentOf(name);
  const isCalled = by?.type === "CallExpression" && by.callee === name;
  return isCalled && name.type === "MemberExpression" ? name.object : name;
}

function isToken(name: string | undefined): boolean {
  return (
    name !== undefined &&
    (isAuthHeader(name) || tokenName(name) !== undefined || /^(?:client_)?assertion$/u.test(name))
  );
}

/** `"***"` */
function isMask(node: Node): boolean {
  return textOf(unwrap(node)) !== undefined || isNullish(node);
}

function rootVariable({ file }: Analysis, node: Node): unknown {
  const root = rootOf(node);
  return root.type === "Identifier" ? file.variableOf(root) : undefined;
}

/** `if (!token) token = renew();` */
function isWrittenBetween(analysis: Analysis, node: Node, use: Node): boolean {
  const path = dottedPath(node)?.join(".");
  const isBetween = (write: Node): boolean =>
    node.range[1] < write.range[0] && write.range[1] < use.range[0];
  return analysis.file.index.assignments.some(
    ({ left }) => isBetween(left) && dottedPath(left)?.join(".") === path,
  );
}

/** The names and members that an expression reads. */
function namesIn(analysis: Analysis, expression: Node): Node[] {
  const found: Node[] = [];
  walk(expression, analysis.file.visitorKeys, (node) => {
    if (node.type === "MemberExpression" && dottedPath(node) !== undefined) {
      found.push(node);
      return false;
    }
    if (node.type === "Identifier") found.push(node);
    return true;
  });
  return found;
}

/** Is it the header that authorizes, or was it taken from that one? */
function namesToken(analysis: Analysis, node: Node): boolean {
  const name = dottedPath(node)?.at(-1) ?? "";
  if (isAuthHeader(name) || tokenName(name) !== undefined) return true;
  const init = initOf(analysis.file, node);
  return init?.type === "MemberExpression" && isAuthHeader(memberName(init));
}

/** Members that say of an answer whether it is one of success. */
const SUCCESS =
  /^(?:ok|is_?ok|success(?:ful)?|is_?success(?:ful)?|status|data|user|result|is_?valid|(?:is_?)?authenticated|(?:is_?)?logged_?in)$/iu;

function tellsOfSuccess(node: Node): boolean {
  if (node.type !== "MemberExpression") return true;
  const name = memberName(node) ?? "";
  return SUCCESS.test(name) || tokenName(name) !== undefined;
}

/** What a condition says has failed: `answer.error`, `answer.status !== 200`, `answer.data.code !== 0`. */
function failing({ test, holds }: Condition): Node[] {
  if (isRead(test)) {
    const name = dottedPath(test)?.at(-1) ?? "";
    return holds && /^(?:errors?|err|is_?error|failed|failure)$/iu.test(name) ? [test] : [];
  }
  if (test.type !== "BinaryExpression") return [];
  const status = unwrap(test.left);
  if (saysFailure(dottedPath(status)?.at(-1) ?? "", test, holds)) return [status];
  if (test.right.type !== "Literal") return [];
  if (!/status(?:_?code)?$/iu.test(dottedPath(status)?.at(-1) ?? "")) return [];
  const code = Number(test.right.value);
  const isOfSuccess = code >= 200 && code < 300;
  const failed =
    (isOfSuccess && /^!==?$/u.test(test.operator) && holds) ||
    (isOfSuccess && /^===?$/u.test(test.operator) && !holds) ||
    (code >= 300 && /^(?:===?|>=?)$/u.test(test.operator) && holds);
  return failed ? [status] : [];
}

/** `code !== 0`, `status === "error"`: what services answer with beside the status of HTTP */
function saysFailure(
  name: string,
  { operator, right }: TSESTree.BinaryExpression,
  holds: boolean,
): boolean {
  const answer = right.type === "Literal" ? String(right.value) : textOf(right);
  if (answer === undefined || !/^[!=]==?$/u.test(operator)) return false;
  if (!/^(?:(?:err(?:or)?|ret)?_?code|errno|ret|status)$/iu.test(name)) return false;
  const isSame = operator.startsWith("=") === holds;
  return isSame ? /^(?:error|fail(?:ed|ure)?)$/iu.test(answer) : GOOD.test(answer);
}

const GOOD = /^(?:0|200|ok|success)$/iu;

/** The variable that an expression reads, and those that its value was taken from. */
function answersBehind(analysis: Analysis, node: Node, hops = 3): unknown[] {
  const root = rootOf(node);
  const variable = root.type === "Identifier" ? analysis.file.variableOf(root) : undefined;
  if (variable === undefined) return [];
  const init = hops === 0 ? undefined : answerOf(analysis, root);
  return [
    variable,
    ...besideIn(variable),
    ...(init === undefined ? [] : answersBehind(analysis, init, hops - 1)),
  ];
}

/** `(error, response, body)`: what a callback is given beside a body says how its request went. */
function besideIn(variable: Scope.Variable): Scope.Variable[] {
  const [definition] = variable.defs;
  if (definition?.type !== "Parameter" || variable.name !== "body") return [];
  return variable.scope.variables.filter(
    ({ name, defs }) => /^res(?:ponse)?$/u.test(name) && defs[0]?.node === definition.node,
  );
}

/** What a variable was declared with; of `response.json()` the response. */
function answerOf(analysis: Analysis, node: Node): Node | undefined {
  const init = initOf(analysis.file, node);
  if (init?.type !== "CallExpression") return init;
  const callee = unwrap(init.callee);
  return callee.type === "MemberExpression" && /^(?:json|text)$/u.test(memberName(callee) ?? "")
    ? unwrap(callee.object)
    : undefined;
}
