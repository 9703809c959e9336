import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { contains, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { tokenName } from "../tokens/words.ts";
import { madeHere } from "../values/made-by.ts";
import { stringOf } from "../values/value.ts";

/**
 * Stores of state that copy themselves to the browser's storage with a token in them: zustand's
 * `persist`, pinia's `persist: true`, what redux-persist is told to keep.
 *
 * @returns the properties that hold the tokens
 */
export function persistedStores(analysis: Analysis): Node[] {
  if (!analysis.file.text.includes("persist")) return [];
  const found: Node[] = [];
  for (const call of analysis.file.index.calls) {
    const maker = madeHere(analysis.core, call.callee);
    if (maker?.specifier === "zustand/middleware" && maker.path.at(-1) === "persist") {
      const [state, options] = call.arguments;
      if (state !== undefined && !choosesParts(analysis, options, "partialize"))
        found.push(...stateTokens(analysis, state));
    } else if (maker?.specifier === "redux-persist" && maker.path.at(-1) === "persistReducer") {
      const [config] = call.arguments;
      if (config !== undefined) found.push(...listedTokens(analysis, config));
    } else if (
      maker?.specifier === "pinia" &&
      maker.path.at(-1) === "defineStore" &&
      maker.call === undefined
    ) {
      const store = call.arguments
        .map((argument) => unwrap(argument))
        .find((argument) => argument.type === "ObjectExpression");
      if (store?.type !== "ObjectExpression") continue;
      const persist = propertyOf(store, "persist");
      const state = propertyOf(store, "state");
      if (persist?.type === "Literal" && persist.value === true && state !== undefined)
        found.push(...stateTokens(analysis, state));
    }
  }
  return found;
}

/** `whitelist: ["accessToken"]`: what is written is named. */
function listedTokens(analysis: Analysis, config: Node): Node[] {
  const value = analysis.evaluate(config);
  const list = value.type === "object" ? value.properties.get("whitelist")?.value : undefined;
  if (list?.type !== "array") return [];
  return list.elements.flatMap((element) =>
    tokenName(stringOf(element) ?? "") === undefined ||
    analysis.fileOf(element.node) !== analysis.file
      ? []
      : [element.node],
  );
}

/** Does an option pick what is written? Then what it picks decides, which is not judged. */
function choosesParts(analysis: Analysis, options: Node | undefined, name: string): boolean {
  if (options === undefined) return false;
  const value = analysis.evaluate(options);
  if (value.type !== "object") return true;
  return value.open || value.properties.has(name) || value.properties.has("storage");
}

/** Properties of the initial state that are named for a token and begin as nothing. */
function stateTokens(analysis: Analysis, owner: Node): Node[] {
  const inside = analysis.file.index.objects.filter((object) => contains(owner, object));
  const [state] = inside;
  if (state === undefined) return [];
  return state.properties.filter(
    (property): property is TSESTree.Property =>
      property.type === "Property" &&
      tokenName(staticKey(property.key, property.computed) ?? "") !== undefined &&
      isNothing(property.value),
  );
}

function isNothing(node: Node): boolean {
  const value = unwrap(node);
  return (
    (value.type === "Literal" && (value.value === null || value.value === "")) ||
    (value.type === "Identifier" && value.name === "undefined")
  );
}

function propertyOf(object: TSESTree.ObjectExpression, name: string): Node | undefined {
  for (const one of object.properties) {
    if (one.type === "Property" && staticKey(one.key, one.computed) === name)
      return unwrap(one.value);
  }
  return undefined;
}
