import { memberName, parentOf, staticKey, textOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isAuthHeader, tokenName } from "../tokens/words.ts";

/**
 * Does a node read nothing of the headers and cookies of a request but what is called so: `req.headers` of
 * `req.headers.authorization`, `cookies` of `const { token } = req.cookies`, `req.get("x-user-id")`?
 */
export function isHeaderRead(node: Node, isKnown: (name: string) => boolean): boolean {
  const isSo = (name: string | undefined): boolean => name !== undefined && isKnown(name);
  const by = parentOf(wrapped(node));
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    const isGet =
      callee.type === "MemberExpression" && /^(?:get|header)$/u.test(memberName(callee) ?? "");
    return isGet && isSo(textOf(node.arguments[0]));
  }
  if (node.type !== "MemberExpression" || !/^(?:headers?|cookies)$/u.test(memberName(node) ?? ""))
    return false;
  if (by?.type === "MemberExpression") return isSo(memberName(by));
  if (by?.type === "CallExpression") return isHeaderRead(by, isKnown);
  return (
    by?.type === "VariableDeclarator" &&
    by.id.type === "ObjectPattern" &&
    by.id.properties.every(
      (one) => one.type === "Property" && isSo(staticKey(one.key, one.computed)),
    )
  );
}

/** What holds a token, as a header, a cookie or a field. */
export function isTokenName(name: string): boolean {
  return isAuthHeader(name) || tokenName(name) !== undefined || /assertion|jwt/iu.test(name);
}
