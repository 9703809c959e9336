import type { Analysis } from "../analysis.ts";
import { initOf } from "../files/variables.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { textsOf } from "../network/http.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** Name and value at the beginning of the text of a cookie (RFC 6265 section 4.1.1). */
interface CookiePair {
  /** Undefined where it is not known. */
  readonly key: string | undefined;
  /** What stands behind the name, or the whole text where that cannot be told apart. */
  readonly value: Node;
}

/** `token=${token}; path=/`, `NAME + "=" + token`, in place or in a variable. */
export function pairIn(analysis: Analysis, text: Node): CookiePair {
  const node = unwrap(text);
  const made = node.type === "Identifier" ? initOf(analysis.file, node) : undefined;
  let start = "";
  for (const part of partsOf(made ?? node)) {
    const isName = /^\s*([\w.-]+)\s*=\s*$/u.exec(start);
    const known = typeof part === "string" ? part : stringOf(analysis.evaluate(part));
    if (typeof part !== "string" && isName !== null && known === undefined)
      return { key: isName[1], value: part };
    if (known === undefined) break;
    start += known;
  }
  return { key: /^\s*([\w.-]+)\s*=/u.exec(start)?.[1], value: text };
}

/**
 * Is the cookie of a text taken back, also where attributes of it are not known? It ends at once
 * (`token=${token}; Max-Age=0; Domain=${place}`), or its value is a text that is no token (`token=gone; Domain=${place}`).
 */
export function isTakenBack(analysis: Analysis, text: Node): boolean {
  return possibilities(analysis.evaluate(text)).every(
    (one) => ENDS_AT_ONCE.test(textsOf(one)[0] ?? "") || isConstant(one),
  );
}

const ENDS_AT_ONCE = /;\s*(?:max-age=(?:0\b|-\d)|expires=thu, 01 jan 1970)/iu;

/** Is all known that stands before the attributes? */
function isConstant(text: Value): boolean {
  let pair = "";
  for (const part of text.type === "template" ? text.parts : []) {
    pair += stringOf(part) ?? "${}";
    if (/[;$]/u.test(pair)) break;
  }
  return /^[^=;$]+=(?!eyJ)[^;$]*;/u.test(pair);
}

/** Texts and holes of a template, or of `a + b + c`. */
function partsOf(written: Node): readonly (Node | string)[] {
  const node = unwrap(written);
  if (node.type === "TemplateLiteral") {
    return node.quasis.flatMap(({ value }, at) => {
      const hole = node.expressions[at];
      return [value.raw, ...(hole === undefined ? [] : [hole])];
    });
  }
  return node.type === "BinaryExpression" && node.operator === "+"
    ? [...partsOf(node.left), ...partsOf(node.right)]
    : [node];
}
