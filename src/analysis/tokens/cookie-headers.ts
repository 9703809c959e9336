import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { dottedPath, isWritten, memberName, staticKey, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isIncoming, isNextHeaders } from "./incoming-headers.ts";

/** The cookies of a request in the one text that its header is: `req.headers.cookie`, `req.get("Cookie")`. */
export function cookieHeaders(analysis: Analysis): Node[] {
  const { file } = analysis;
  if (!/["'`.{,\s]cookie\b/iu.test(file.text)) return [];
  const { called, membersNamed, patterns } = file.index;
  return [
    ...named(membersNamed, isCookie).filter(
      (member) => !isWritten(member) && areHeaders(analysis, member.object),
    ),
    ...named(called, (name) => READS.test(name)).filter((call) => asksForCookies(analysis, call)),
    ...patterns.flatMap((pattern) => takenBy(analysis, pattern)),
  ];
}

function isCookie(name: string | undefined): boolean {
  return name?.toLowerCase() === "cookie";
}

const READS = /^(?:get|headers?|getHeader|get(?:Request)?Headers?)$/u;

/** `req.get("cookie")`, `headers().get("cookie")`, `getHeader(event, "cookie")` */
function asksForCookies(analysis: Analysis, call: CallNode): boolean {
  const [first, second] = call.arguments;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression")
    return first !== undefined && isIncoming(dottedPath(first) ?? []) && isCookie(textOf(second));
  return (
    call.arguments.length === 1 &&
    isCookie(textOf(first)) &&
    (isIncoming(dottedPath(callee.object) ?? []) || areHeaders(analysis, callee.object))
  );
}

/** How many names headers go through. */
const MAX_NAMES = 2;

/** `req.headers`, `headers` of `const { headers } = req`, and `await headers()` of Next */
function areHeaders(analysis: Analysis, written: Node, hops = MAX_NAMES): boolean {
  const node = unwrap(written);
  if (node.type === "MemberExpression")
    return memberName(node) === "headers" && isIncoming(dottedPath(node.object) ?? []);
  if (node.type === "CallExpression")
    return node.arguments.length === 0 && isNextHeaders(analysis.file, unwrap(node.callee));
  const declarator = node.type === "Identifier" ? declaratorOf(analysis.file, node) : undefined;
  if (declarator === undefined || hops === 0) return false;
  return declarator.id.type === "ObjectPattern"
    ? dottedPath(node)?.join() === "headers" && isIncoming(dottedPath(declarator.init) ?? [])
    : areHeaders(analysis, declarator.init, hops - 1);
}

/** `cookie` of `const { cookie } = req.headers`, and of `const { headers: { cookie } } = req` */
function takenBy(analysis: Analysis, pattern: TSESTree.ObjectPattern): Node[] {
  const { parent } = pattern;
  const isOfHeaders =
    parent.type === "VariableDeclarator"
      ? parent.init !== null && areHeaders(analysis, parent.init)
      : parent.type === "Property" &&
        staticKey(parent.key, parent.computed) === "headers" &&
        parent.parent.parent.type === "VariableDeclarator" &&
        isIncoming((parent.parent.parent.init && dottedPath(parent.parent.parent.init)) ?? []);
  if (!isOfHeaders) return [];
  return pattern.properties.flatMap((one) =>
    one.type === "Property" && isCookie(staticKey(one.key, one.computed))
      ? readsOf(analysis.file, one.value.type === "AssignmentPattern" ? one.value.left : one.value)
      : [],
  );
}
