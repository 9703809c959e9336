import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * What does the script of a page do with what a server puts into it: `<script>localStorage.setItem("jwt", "${token}")</script>`?
 * The page is a text to the program, and its script runs in the browser of whoever is sent it.
 */
export interface ScriptHole {
  /** What stands in the hole, without what makes a text of it: `token` of `${JSON.stringify(token)}`. */
  readonly value: Node;
  readonly template: TSESTree.TemplateLiteral;
  readonly does: "stores" | "sets-cookie" | "posts";
  /** What the script calls: `localStorage`, `document.cookie`, `window.opener.postMessage`. */
  readonly name: string;
  /** The name under which it is kept, where it is. */
  readonly key: string | undefined;
}

export const scriptHoles = byObject((file: SourceFile): readonly ScriptHole[] => {
  if (!/<script|<\/script|<\\\/script/iu.test(file.text) || !file.text.includes("${")) return [];
  return file.index.literals.flatMap((literal) =>
    literal.type === "TemplateLiteral" && literal.expressions.length > 0 ? holesOf(literal) : [],
  );
});

function holesOf(template: TSESTree.TemplateLiteral): ScriptHole[] {
  let before = "";
  return template.expressions.flatMap((expression, index) => {
    before += template.quasis[index]?.value.raw ?? "";
    const after = template.quasis[index + 1]?.value.raw ?? "";
    const told = isInScript(before) ? toldBy(before, after) : undefined;
    before += "${}";
    return told === undefined ? [] : [{ ...told, template, value: shown(expression) }];
  });
}

/** Behind the beginning of a script that has not ended. */
function isInScript(before: string): boolean {
  const from = before.toLowerCase().lastIndexOf("<script");
  return from >= 0 && !/<\\?\/script/iu.test(before.slice(from));
}

/** The statement that a hole stands in, as far as it is written before it. */
function toldBy(
  before: string,
  after: string,
): Pick<ScriptHole, "does" | "name" | "key"> | undefined {
  const statement = before.slice(Math.max(0, before.length - MAX_LENGTH));
  const [, storage, , item] = STORES.exec(statement) ?? [];
  if (storage !== undefined) return { does: "stores", name: storage, key: item };
  const [, cookie] = SETS_COOKIE.exec(statement) ?? [];
  if (cookie !== undefined) return { does: "sets-cookie", name: "document.cookie", key: cookie };
  const [, posts] = POSTS.exec(statement) ?? [];
  return posts !== undefined && TO_ANYBODY.test(after)
    ? { does: "posts", name: posts, key: undefined }
    : undefined;
}

/** How long a statement may be, in characters. */
const MAX_LENGTH = 300;

const STORES = /\b((?:local|session)Storage)\.setItem\(\s*(["'`])([^"'`]*)\2\s*,[^;)]*$/u;

const SETS_COOKIE = /\bdocument\.cookie\s*=\s*["'`]\s*([\w.-]+)=[^;"'`]*$/u;

const POSTS = /\b((?:window\.)?(?:opener|parent|top)\.postMessage)\([^;]*$/u;

/** `, "*")`: the window may show any page by then. */
const TO_ANYBODY = /^[^;]*?,\s*(["'`])\*\1\s*\)/u;

/** `token` of `JSON.stringify(token)` and `encodeURIComponent(token)` */
function shown(expression: Node): Node {
  const node = unwrap(expression);
  if (node.type !== "CallExpression") return node;
  const [given, ...more] = node.arguments;
  const name = node.callee.type === "Identifier" ? node.callee.name : "";
  const isPlain =
    /^(?:encodeURI(?:Component)?|String)$/u.test(name) && given !== undefined && more.length === 0;
  return isPlain ? unwrap(given) : node;
}
