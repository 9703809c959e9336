import type { Analysis } from "../analysis.ts";
import { isServerFile } from "../client.ts";
import { textsOf } from "../network/http.ts";
import { enclosingFunction, memberName, parentOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { possibilities, stringOf } from "../values/value.ts";
import { isTakenBack, pairIn } from "./cookie-pairs.ts";
import type { CookieWrite, Flag } from "./cookies.ts";

/**
 * Cookies that a program writes as texts, for a `Set-Cookie` header here or somewhere else: what has
 * attributes that only a server's cookie has is one wherever it stands.
 */
export function writtenCookies(analysis: Analysis): CookieWrite[] {
  const found = new Map<Node, CookieWrite>();
  for (const text of [...headerTexts(analysis), ...returnedTexts(analysis)]) {
    const cookie = ofText(analysis, text);
    if (cookie !== undefined) found.set(text, cookie);
  }
  return [...found.values()];
}

/** What is given to a header of that name. */
function headerTexts(analysis: Analysis): Node[] {
  if (!/set-cookie/iu.test(analysis.file.text)) return [];
  const found: Node[] = [];
  for (const call of analysis.file.index.calls) {
    const callee = unwrap(call.callee);
    const [name, value] = call.arguments;
    if (callee.type !== "MemberExpression" || name === undefined || value === undefined) continue;
    if (!/^(?:setHeader|append|appendHeader|set|header)$/u.test(memberName(callee) ?? "")) continue;
    if (stringOf(analysis.evaluate(name))?.toLowerCase() === "set-cookie")
      found.push(...texts(value));
  }
  for (const object of analysis.file.index.objects) {
    for (const property of object.properties) {
      if (property.type !== "Property") continue;
      if (staticKey(property.key, property.computed)?.toLowerCase() === "set-cookie")
        found.push(...texts(property.value));
    }
  }
  return found;
}

function texts(node: Node): Node[] {
  const current = unwrap(node);
  if (current.type !== "ArrayExpression") return [current];
  return current.elements.flatMap((element) => (element === null ? [] : texts(element)));
}

/** `return `session=${token}; HttpOnly; Path=/`;`, which somebody sends elsewhere. */
function returnedTexts(analysis: Analysis): Node[] {
  const { file } = analysis;
  if (!ATTRIBUTE.test(file.text)) return [];
  const attribute = isServerFile(file) ? ATTRIBUTE : SERVER_ATTRIBUTE;
  return file.index.literals.filter(
    (node) =>
      node.type === "TemplateLiteral" &&
      node.expressions.length > 0 &&
      node.quasis.some(({ value }) => attribute.test(value.raw)) &&
      isGivenAway(analysis, node),
  );
}

/** A function gives it as it is, and nobody in this file can add to it. */
function isGivenAway(analysis: Analysis, text: Node): boolean {
  const parent = parentOf(text);
  if (parent?.type !== "ReturnStatement" && parent?.type !== "ArrowFunctionExpression")
    return false;
  const owner = enclosingFunction(text);
  return owner !== undefined && callSites(analysis.core, owner).calls.length === 0;
}

/** An attribute that scripts cannot write, behind the value. */
const SERVER_ATTRIBUTE = /;\s*HttpOnly\b/iu;

/** … and those that a page can write as well. */
const ATTRIBUTE = /;\s*(?:HttpOnly\b|(?:Path|Max-Age|Expires)=)/iu;

/** `id=${token ?? ""}` may be empty, and is so only where there is no token. */
function isEmpty(analysis: Analysis, text: Node): boolean {
  const { value } = pairIn(analysis, text);
  return possibilities(analysis.evaluate(value)).every(({ type }) => type === "literal");
}

function ofText(analysis: Analysis, text: Node): CookieWrite | undefined {
  const [written] = textsOf(analysis.evaluate(text));
  if (written === undefined || !/^[^=;]+=/u.test(written)) return undefined;
  const [pair = "", ...attributes] = written.split(";");
  const name = pair.slice(0, pair.indexOf("=")).trim();
  // A hole behind the value may bring any attribute.
  const isOpen = attributes.some(
    (attribute) => attribute.includes("${}") && !attribute.includes("="),
  );
  const names = attributes.map((attribute) => attribute.split("=")[0]?.trim().toLowerCase() ?? "");
  const flag = (attribute: string): Flag =>
    names.includes(attribute) ? "on" : isOpen ? "unknown" : "off";
  const isGone = (/=\s*$/u.test(pair) && isEmpty(analysis, text)) || isTakenBack(analysis, text);
  if (isGone) return undefined;
  return {
    node: text,
    setter: "This Set-Cookie header",
    name,
    value: text,
    httpOnly: flag("httponly"),
    secure: flag("secure"),
  };
}
