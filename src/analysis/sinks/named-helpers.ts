import type { Analysis } from "../analysis.ts";
import { isClientFile, isServerFile } from "../client.ts";
import { calledName, named } from "../files/source-file.ts";
import { isOwnFile } from "../files/specifiers.ts";
import { dottedPath, memberName, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { tellingKey } from "../tokens/stored.ts";
import { importSource } from "../values/whole-files.ts";
import { declaredType } from "../values/declared-types.ts";
import { hidesCookie } from "./storage-packages.ts";
import type { StorageWrite } from "./storage.ts";

/**
 * Helpers of the program's own that by their name write to the browser's storage, from a file out of sight
 * or in sight: `saveToLocalStorage("token", token)`, `LocalStorageService.setToken(token)`, and
 * `setCookie("token", token)` in code of a page, where no cookie can be httpOnly.
 */
export function helperWrites(analysis: Analysis): StorageWrite[] {
  // A server has a local storage as well: its disk.
  if (isServerFile(analysis.file)) return [];
  return named(analysis.file.index.called, (name) => WRITES.test(name)).flatMap((call) => {
    const name = calledName(call) ?? "";
    if (isInFile(analysis, call)) return [];
    if (/^setCookies?$/u.test(name))
      return setsCookie(analysis, call) ? writeOf(analysis, call, "cookie") : [];
    return isOfStorage(call, name) ? writeOf(analysis, call, "storage") : [];
  });
}

const WRITES = /^(?:set|save|store|put|write|add|persist)/u;

const STORAGE = /(?:local|session)_?storage/iu;

/** `AsyncLocalStorage` of Node keeps a context. */
function isOfStorage({ callee }: CallNode, name: string): boolean {
  if (/async/iu.test(name)) return false;
  if (STORAGE.test(name)) return true;
  const method = unwrap(callee);
  if (method.type !== "MemberExpression") return false;
  const holder = declaredType(method.object)?.name ?? dottedPath(method.object)?.at(-1) ?? "";
  if (/async/iu.test(holder)) return false;
  // The page's own is seen by what it is; a part of an object may be anything of that name.
  return STORAGE.test(holder) && !/^\$?(?:local|session)Storage$/u.test(holder);
}

/**
 * A function that comes from a file of the program; packages are known by what they do. An action of Next
 * runs on the server, which can hide the cookie.
 */
function setsCookie(analysis: Analysis, call: CallNode): boolean {
  const { file } = analysis;
  if (call.callee.type !== "Identifier" || !isClientFile(file)) return false;
  const source = importSource(file.variableOf(call.callee))?.value;
  const [key] = call.arguments;
  if (source === undefined || !isOwnFile(source) || key === undefined) return false;
  const target = analysis.evaluate(call.callee);
  const text = target.type === "function" ? analysis.fileOf(target.node).text : "";
  const mayBeOnServer = /action|server/iu.test(source) || /["']use server["']|httpOnly/u.test(text);
  return (text.includes("document.cookie") || !mayBeOnServer) && !hidesCookie(file, call);
}

/** Where it is in sight, what it writes is told there. */
function isInFile(analysis: Analysis, { callee }: CallNode): boolean {
  const target = analysis.evaluate(callee);
  return target.type === "function" && analysis.fileOf(target.node) === analysis.file;
}

/** `set(key, value)`; of a helper that takes the value alone the name is the key. */
function writeOf(analysis: Analysis, node: CallNode, where: "storage" | "cookie"): StorageWrite[] {
  const [first, second] = node.arguments;
  if (first === undefined || first.type === "SpreadElement") return [];
  const callee = unwrap(node.callee);
  const name = dottedPath(callee)?.join(".") ?? "";
  if (second !== undefined)
    return [{ node, where, name, key: tellingKey(analysis, first), value: second }];
  const method = callee.type === "MemberExpression" ? memberName(callee) : calledName(node);
  const key = method
    ?.replace(WRITES, "")
    .replace(/(?:(?:To|In|Into|On)?(?:Local|Session)Storage)$/u, "");
  return key === undefined || key === "" || where === "cookie"
    ? []
    : [{ node, where, name, key, value: first }];
}
