import { importsOf } from "../client.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, isUndeclared } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { dottedPath, isLiteral, rootOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Does a key come from another script of the page: `Settings.signingKey` of a classic script, in which nothing declares
 * `Settings`? Whoever opens the page has downloaded it, also where a function makes the key of it
 * (`Scrambled.undo("k3", Blobs.key)`). What somebody types in, what the browser keeps or makes, and what a function is
 * given is none of it.
 */
export function isOfPageScript(core: Core, written: Node): boolean {
  const file = core.fileOf(written);
  return isClassicScript(file) && isDelivered(file, written);
}

/** Nothing is loaded or handed on by a system of modules, and no tool runs it that only looks like a browser. */
const isClassicScript = byObject(
  (file: SourceFile): boolean =>
    importsOf(file).length === 0 &&
    !IN_OTHERS.test(file.code) &&
    !file.text.includes("==UserScript=="),
);

const IN_OTHERS =
  /^\s*export\b|\bimport\(|\b(?:require|module|exports|process|define|pm|postman|GM_\w+|chrome|browser)\b\s*[.(=[]|\beval\(/mu;

/** How many names a key goes through. */
const MAX_NAMES = 3;

function isDelivered(file: SourceFile, written: Node, hops = MAX_NAMES): boolean {
  const node = unwrap(written);
  const path = dottedPath(node);
  if (path !== undefined) {
    const init = initOf(file, node);
    if (init !== undefined && init !== node) return hops > 0 && isDelivered(file, init, hops - 1);
    return isOfOtherScript(file, node, path);
  }
  if (node.type !== "CallExpression") return false;
  const { callee, arguments: given } = node;
  if (!REVEALS.test(dottedPath(callee)?.join(".") ?? "")) return false;
  const isOf = (one: Node): boolean => isDelivered(file, one, hops);
  return given.some((one) => isOf(one)) && given.every((one) => isLiteral(one) || isOf(one));
}

/** What puts a text into another form; others may ask somebody: `ask(Labels.key)`. */
const REVEALS =
  /decod|decrypt|undo|obfus|scrambl|cipher|parse|from|getKey$|^atob$|base_?64|b64|hex/iu;

/** `Settings.key`, `API_SECRET`: constants are called so; what other names hold may have been typed in. */
function isOfOtherScript(file: SourceFile, node: Node, path: readonly string[]): boolean {
  return (
    /^[A-Z]/u.test(path[0] ?? "") &&
    !path.some((name) => CHANGES.test(name)) &&
    isUndeclared(file, rootOf(node))
  );
}

const CHANGES = /state|store|form|input|user|session|model|view|value|typed|current/iu;
