import type { Analysis } from "../analysis.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import { initOf } from "../files/variables.ts";
import {
  dottedPath,
  enclosingFunction,
  isNullish,
  memberName,
  rootOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { TokenUse } from "./uses.ts";
import { isAuthHeader, tokenName } from "./words.ts";

/**
 * Has the program found out, where it uses a token, that there is none? `if (!token) log(token)`
 * writes no token, and `if (!answer.ok) log(answer)` writes the answer of a failure.
 */
export function isMissingAt(analysis: Analysis, use: TokenUse): boolean {
  const conditions = conditionsAt(use.by, enclosingFunction(use.by));
  if (conditions.length === 0) return false;
  const isStillSo = (node: Node): boolean => !isWrittenBetween(analysis, node, use.by);
  const absent = conditions.flatMap((condition) => absentBy(condition)).filter(isStillSo);
  const names = namesIn(analysis, use.node);
  switch (use.held) {
    case "headers":
      return absent.some((node) => namesToken(analysis, node));
    case "response": {
      const holders = new Set(names.flatMap((name) => answersBehind(analysis, name)));
      return [
        ...absent.filter((node) => tellsOfSuccess(node)),
        ...conditions.flatMap((condition) => failing(condition)),
      ].some((node) => answersBehind(analysis, node).some((one) => holders.has(one)));
    }
    default: {
      const texts = new Set(names.map((name) => dottedPath(name)?.join(".")));
      return absent.some((node) => texts.has(dottedPath(node)?.join(".")));
    }
  }
}

/** What a condition says is not there: `!token`, `token === undefined`. */
function absentBy({ test, holds }: Condition): Node[] {
  if (test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)) {
    if (test.operator.startsWith("!") === holds) return [];
    if (isNothing(test.right)) return [unwrap(test.left)];
    return isNothing(test.left) ? [unwrap(test.right)] : [];
  }
  return isRead(test) && !holds ? [test] : [];
}

function isRead(node: Node): boolean {
  return node.type === "Identifier" || node.type === "MemberExpression";
}

function isNothing(node: Node): boolean {
  if (node.type === "Literal" && (node.value === "" || node.value === false)) return true;
  return isNullish(node);
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

/** What a condition says has failed: `answer.error`, `answer.status !== 200`. */
function failing({ test, holds }: Condition): Node[] {
  if (isRead(test)) {
    const name = dottedPath(test)?.at(-1) ?? "";
    return holds && /^(?:errors?|err|is_?error|failed|failure)$/iu.test(name) ? [test] : [];
  }
  if (test.type !== "BinaryExpression" || test.right.type !== "Literal") return [];
  const status = unwrap(test.left);
  if (!/status(?:_?code)?$/iu.test(dottedPath(status)?.at(-1) ?? "")) return [];
  const code = Number(test.right.value);
  const isOfSuccess = code >= 200 && code < 300;
  const failed =
    (isOfSuccess && /^!==?$/u.test(test.operator) && holds) ||
    (isOfSuccess && /^===?$/u.test(test.operator) && !holds) ||
    (code >= 300 && /^(?:===?|>=?)$/u.test(test.operator) && holds);
  return failed ? [status] : [];
}

/** The variable that an expression reads, and those that its value was taken from. */
function answersBehind(analysis: Analysis, node: Node, hops = 3): unknown[] {
  const root = rootOf(node);
  const variable = root.type === "Identifier" ? analysis.file.variableOf(root) : undefined;
  if (variable === undefined) return [];
  const init = hops === 0 ? undefined : answerOf(analysis, root);
  return [variable, ...(init === undefined ? [] : answersBehind(analysis, init, hops - 1))];
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
