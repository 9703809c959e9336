import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { contains, dottedPath, isFunction, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { PAIR, tokenName } from "../tokens/words.ts";
import { returnArguments } from "../values/classes.ts";
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
  return analysis.file.index.calls.flatMap((call) => {
    const maker = madeHere(analysis.core, call.callee);
    const name = maker?.path.at(-1);
    switch (maker?.specifier) {
      case "zustand/middleware":
        return name === "persist" ? ofZustand(analysis, call) : [];
      case "redux-persist":
        return name === "persistReducer" ? ofRedux(analysis, call) : [];
      case "pinia":
        return name === "defineStore" && maker.call === undefined ? ofPinia(analysis, call) : [];
      default:
        return [];
    }
  });
}

/** `persist((set) => ({ token: null }), { name, storage, partialize })` */
function ofZustand(analysis: Analysis, { arguments: [state, options] }: CallNode): Node[] {
  if (state === undefined) return [];
  const tokens = stateTokens(analysis, state);
  if (options === undefined || tokens.length === 0) return tokens;
  const value = analysis.evaluate(options);
  if (value.type !== "object" || value.open) return [];
  const storage = value.properties.get("storage");
  if (storage !== undefined && !isBrowserStorage(analysis, storage.node)) return [];
  const kept = value.properties.get("partialize");
  if (kept === undefined) return tokens;
  // `(state) => ({ token: state.token })` names what is written.
  const picked = kept.value.type === "function" ? pickedBy(analysis, kept.value.node) : undefined;
  return tokens.filter(({ key, computed }) => picked?.has(staticKey(key, computed) ?? "") === true);
}

/** `createJSONStorage(() => localStorage)`, `AsyncStorage`: what scripts and other apps can read. */
function isBrowserStorage(analysis: Analysis, written: Node): boolean {
  const property = written.type === "Property" ? unwrap(written.value) : unwrap(written);
  if (property.type === "ObjectExpression") {
    // `{ getItem, setItem: (name, value) => localStorage.setItem(name, value), removeItem }`
    const writer = propertyOf(property, "setItem");
    const { names } = analysis.file.index;
    return ["localStorage", "sessionStorage"].some((name) =>
      names.get(name)?.some((use) => writer !== undefined && contains(writer, use)),
    );
  }
  const [given] = property.type === "CallExpression" ? property.arguments : [];
  const made = given === undefined ? property : unwrap(given);
  const results = (isFunction(made) ? returnArguments(analysis.core, made) : [made]).flatMap(
    choices,
  );
  return (
    results.length > 0 &&
    results.every((one) =>
      /^(?:(?:window|globalThis)\.)?(?:localStorage|sessionStorage|AsyncStorage|localforage)$/u.test(
        dottedPath(one)?.join(".") ?? "",
      ),
    )
  );
}

/** `remember ? localStorage : sessionStorage` */
function choices(node: Node): Node[] {
  const current = unwrap(node);
  if (current.type === "ConditionalExpression")
    return [...choices(current.consequent), ...choices(current.alternate)];
  return current.type === "LogicalExpression"
    ? [...choices(current.left), ...choices(current.right)]
    : [current];
}

function pickedBy(analysis: Analysis, owner: FunctionNode): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const result of returnArguments(analysis.core, owner)) {
    const object = unwrap(result);
    if (object.type !== "ObjectExpression") return undefined;
    for (const property of object.properties) {
      if (property.type === "SpreadElement") return undefined;
      names.add(staticKey(property.key, property.computed) ?? "");
    }
  }
  return names;
}

/** `persistReducer({ storage, whitelist: ["auth"] }, reducer)`, and slices of the same file. */
function ofRedux(analysis: Analysis, { arguments: [config] }: CallNode): Node[] {
  return config === undefined ? [] : listedTokens(analysis, config);
}

/** `defineStore("user", { state: () => ({ token: "" }), persist: true })` */
function ofPinia(analysis: Analysis, call: CallNode): Node[] {
  const store = call.arguments
    .map((argument) => unwrap(argument))
    .find((argument) => argument.type === "ObjectExpression");
  if (store?.type !== "ObjectExpression") return [];
  const persist = propertyOf(store, "persist");
  const state = propertyOf(store, "state");
  if (persist === undefined || state === undefined) return [];
  if (persist.type === "Literal") {
    return persist.value === true ? stateTokens(analysis, state) : [];
  }
  if (persist.type !== "ObjectExpression") return [];
  const storage = propertyOf(persist, "storage");
  if (storage !== undefined && !isBrowserStorage(analysis, storage)) return [];
  const list = propertyOf(persist, "paths") ?? propertyOf(persist, "pick");
  const paths = list === undefined ? undefined : analysis.evaluate(list);
  return stateTokens(analysis, state).filter(({ key, computed }) => {
    if (paths === undefined) return true;
    const name = staticKey(key, computed);
    return paths.type === "array" && paths.elements.some((one) => stringOf(one) === name);
  });
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

/** Properties of the initial state that are named for a token and begin as nothing. */
function stateTokens(analysis: Analysis, written: Node): TSESTree.Property[] {
  // The function that makes the state may stand in a variable.
  const value = analysis.evaluate(written);
  const owner =
    value.type === "function" && analysis.fileOf(value.node) === analysis.file
      ? value.node
      : written;
  const inside = analysis.file.index.objects.filter((object) => contains(owner, object));
  const [state] = inside;
  if (state === undefined) return [];
  const empty = state.properties.filter(
    (property): property is TSESTree.Property =>
      property.type === "Property" && isNothing(property.value),
  );
  const keys = empty.map(({ key, computed }) => staticKey(key, computed) ?? "");
  const isPair = PAIR.every((name) => keys.includes(name));
  return empty.filter((_, at) => {
    const name = keys[at] ?? "";
    return tokenName(name) !== undefined || (isPair && PAIR.includes(name));
  });
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
