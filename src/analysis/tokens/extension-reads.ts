import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { dottedPath, isFunction, memberName, parentOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isTokenLabel } from "./words.ts";

const STORAGE = /^(?:chrome|browser)\.storage\.(?:local|sync|session)\.\w+$/u;

/** Does a program have to do with the storage of browser extensions? */
export function mentionsExtensionStorage({ index }: SourceFile): boolean {
  return index.names.has("storage") && (index.names.has("chrome") || index.names.has("browser"));
}

/** Is it a method of an extension's storage, `chrome.storage.local.get`? */
export function isOfExtensionStorage(callee: Node): boolean {
  return STORAGE.test(dottedPath(callee)?.join(".") ?? "");
}

/**
 * What an extension reads from its storage under the name of a token, by a callback, a promise or
 * `await`: `chrome.storage.local.get("token", ({ token }) => …)`.
 */
export function extensionTokens({ file }: Analysis): Node[] {
  if (!mentionsExtensionStorage(file)) return [];
  const held = (target: Node | undefined): Node[] => {
    if (target?.type === "ObjectPattern")
      return target.properties.flatMap((one) =>
        one.type === "Property" && isTokenLabel(staticKey(one.key, one.computed) ?? "")
          ? readsOf(file, one.value)
          : [],
      );
    return target?.type === "Identifier"
      ? readsOf(file, target).flatMap(({ parent }) =>
          parent?.type === "MemberExpression" && isTokenLabel(memberName(parent) ?? "")
            ? [parent]
            : [],
        )
      : [];
  };
  return (file.index.called.get("get") ?? [])
    .filter(({ callee }) => isOfExtensionStorage(callee))
    .flatMap((call) => [handlerOf(call.arguments), ...givenLater(call)].flatMap(held));
}

/** The parameter of the callback that is given what was read. */
function handlerOf(given: readonly TSESTree.CallExpressionArgument[]): Node | undefined {
  const handler = given.map((one) => unwrap(one)).find(isFunction);
  return handler?.params[0];
}

/** `.then((items) => …)`, `const items = await …` */
function givenLater(call: Node): (Node | undefined)[] {
  const parent = parentOf(call);
  if (parent?.type === "MemberExpression" && memberName(parent) === "then") {
    const then = parentOf(parent);
    return then?.type === "CallExpression" ? [handlerOf(then.arguments)] : [];
  }
  const declarator = parent?.type === "AwaitExpression" ? parentOf(parent) : undefined;
  return declarator?.type === "VariableDeclarator" ? [declarator.id] : [];
}
