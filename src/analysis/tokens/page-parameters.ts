import type { Analysis } from "../analysis.ts";
import { initOf } from "../files/variables.ts";
import { rootOf, textOf, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { isAboutSigningIn, isOfOtherTrade, isTokenLabel } from "./words.ts";

/**
 * `new URLSearchParams(location.search).get("token")`: a page is opened with it to sign somebody in, to let him choose a
 * password or to confirm an address. Whoever reads it in a log can do the same.
 */
export function pageTokens({ file }: Analysis): CallNode[] {
  if (!OWN.test(file.code) || isOfOtherTrade(file)) return [];
  if (!isAboutSigningIn(file) && !SIGNS.test(file.code)) return [];
  return (file.index.called.get("get") ?? []).filter(({ callee, arguments: [name] }) => {
    const method = unwrap(callee);
    if (method.type !== "MemberExpression" || !isTokenLabel(textOf(name) ?? "")) return false;
    const root = rootOf(method.object);
    const texts = [method.object, initOf(file, root) ?? root].map((node) =>
      file.text.slice(...node.range),
    );
    return (
      texts.some((text) => /[sS]earchParams/u.test(text)) && texts.some((text) => OWN.test(text))
    );
  });
}

/** What such a page is there for, and lists and shops are not. */
const SIGNS = /jwt|reset|verif|confirm|invit|activat|credential|authenticat/iu;

/** What stands for the address of the page. */
const OWN = /\blocation\b|\buseSearchParams\(/u;
