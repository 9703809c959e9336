import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** What a request and what is handed on with it are called, where somebody's claims are put. */
export const FROM_REQUEST =
  /^_?(?:req(?:uest)?|ctx|context|c|res(?:ponse)?|socket|client|event)$/iu;

/**
 * Is a value asked whether it is there, or what it is: `!req.user`, `assert(req.user)`, `const who = req.user; who ? …`,
 * `if (req.user?.role === "admin")`? Whoever has none comes to the other branch.
 *
 * @param node a member, or the variable that a pattern takes out of a request
 */
export function isAsked(file: SourceFile, node: Node): boolean {
  if (node.type === "Identifier") return readsOf(file, node).some((read) => isInTest(file, read));
  return isCompared(node) || (isOfRequest(file, node) && isInTest(file, node));
}

/** `!req.user`, `req.user === undefined`, `req.user ? … : …` */
function isCompared(node: Node): boolean {
  const by = parentOf(wrapped(node));
  return (
    (by?.type === "UnaryExpression" && by.operator === "!") ||
    (by?.type === "BinaryExpression" && /^(?:[!=]==?|instanceof)$/u.test(by.operator)) ||
    by?.type === "IfStatement" ||
    by?.type === "ConditionalExpression"
  );
}

/** Part of a request that the function has not written itself: what it wrote, it need not ask for. */
function isOfRequest(file: SourceFile, member: Node): boolean {
  const path = dottedPath(member) ?? [];
  // What a client of socket.io brings stands in `socket.handshake.auth`, and the body of hapi in `payload`.
  if (!FROM_REQUEST.test(path[0] ?? "") || path.includes("handshake") || path.includes("payload"))
    return false;
  const owner = enclosingFunction(member);
  const written = owner === undefined ? [] : inside(file.index.assignments, owner);
  return !written.some(({ left }) => dottedPath(left)?.join(".") === path.join("."));
}

/** How many variables a value is followed through: `var user = user` never ends. */
const MAX_NAMES = 3;

/** Is it, or what is read or told of it, what a branch asks for? */
function isInTest(file: SourceFile, value: Node, names = MAX_NAMES): boolean {
  const node = wrapped(value);
  const by = parentOf(node);
  switch (by?.type) {
    case "MemberExpression":
      return (
        by.object === node &&
        !/token|header/iu.test(memberName(by) ?? "") &&
        isInTest(file, by, names)
      );
    case "CallExpression":
      return by.callee === node ? isTested(by) : isAskedBy(file, by);
    case "UnaryExpression":
      return by.operator === "!" || (by.operator === "typeof" && isCompared(by));
    case "BinaryExpression":
      // `mine: post.author === req.user?.id` refuses nobody.
      return isCompared(value) && (value.type === "Identifier" || isAnswer(file, by));
    case "VariableDeclarator":
      return (
        names > 0 &&
        by.id.type === "Identifier" &&
        readsOf(file, by.id).some((read) => isInTest(file, read, names - 1))
      );
    default:
      return isTested(node);
  }
}

/** `assert(req.user)`, and the answer of `isEmpty(req.user)`, `["admin"].includes(req.user?.role)` */
function isAskedBy(file: SourceFile, call: CallNode): boolean {
  const name = calleeName(call);
  if (/(?:^|\.)(?:assert|invariant|ensure|require|must)(?=[A-Z_.]|$)/u.test(name)) return true;
  if (isTested(call)) return true;
  return (
    /(?:^|\.)(?:(?:is|has|can|may)(?=[A-Z_]|$)|includes$|Boolean$)/u.test(name) &&
    isAnswer(file, call)
  );
}

/** Does a branch ask for an answer, or what a function returns it to: `const isAdmin = …; if (!isAdmin)`? */
function isAnswer(file: SourceFile, answer: Node): boolean {
  const by = parentOf(wrapped(answer));
  if (by?.type === "VariableDeclarator" && by.id.type === "Identifier")
    return readsOf(file, by.id).some((read) => isTested(read));
  return by?.type === "ReturnStatement" || isFunction(by) || isTested(answer);
}

/** `if (req.user || req.apiKey)`, `req.user && isKnown ? … : …` */
function isTested(node: Node): boolean {
  const at = wrapped(node);
  const by = parentOf(at);
  switch (by?.type) {
    case "LogicalExpression":
      return isTested(by);
    case "UnaryExpression":
      return by.operator === "!";
    case "IfStatement":
      return true;
    case "ConditionalExpression":
      return by.test === at;
    default:
      return false;
  }
}
