import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf, initOf } from "../files/variables.ts";
import {
  contains,
  dottedPath,
  isFunction,
  isLiteral,
  memberName,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isNothing, isOfSomebody, stateTokens } from "../tokens/states.ts";
import {
  isAboutSigningIn,
  isOfOtherTrade,
  isOfSignIn,
  isTokenLabel,
  tokenName,
} from "../tokens/words.ts";
import { returnArguments } from "../values/classes.ts";
import { madeHere } from "../values/made-by.ts";
import { stringOf } from "../values/value.ts";
import type { ObjectValue } from "../values/value.ts";

/**
 * Stores of state that copy themselves to the browser's storage with a token in them: zustand's
 * `persist`, pinia's `persist: true`, what redux-persist, vuex-persistedstate, recoil-persist and
 * mobx-persist-store are told to keep, jotai's `atomWithStorage`.
 *
 * @returns the properties that hold the tokens, or what names them
 */
export function persistedStores(analysis: Analysis): Node[] {
  if (!/[pP]ersist|atomWithStorage/u.test(analysis.file.text)) return [];
  const tokens = analysis.file.index.calls.flatMap((call) => {
    const maker = madeHere(analysis.core, call.callee);
    const name = maker?.path.at(-1);
    switch (maker?.specifier) {
      case "zustand/middleware":
        return name === "persist" ? ofZustand(analysis, call) : [];
      case "redux-persist":
        return name === "persistReducer" ? ofRedux(analysis, call) : [];
      case "jotai/utils":
        return name === "atomWithStorage" ? ofJotai(analysis, call) : [];
      case "recoil":
        return name === "atom" ? ofRecoil(analysis, call) : [];
      case "mobx-persist-store":
        return name === "makePersistable" ? ofMobx(analysis, call) : [];
      case "vuex":
        return /^(?:createStore|Store|default)$/u.test(name ?? "") ? ofVuex(analysis, call) : [];
      case "pinia":
        return name === "defineStore" && maker.call === undefined ? ofPinia(analysis, call) : [];
      case undefined:
        return isAutoImported(analysis, call) ? ofPinia(analysis, call) : [];
      default:
        return [];
    }
  });
  if (isAboutSigningIn(analysis.file)) return tokens;
  const isOther = isOfOtherTrade(analysis.file);
  const isKey = isOther ? (key: string): boolean => tokenName(key) === "strong" : isTokenLabel;
  return tokens.filter((node) =>
    node.type === "Property"
      ? !isOther && (isOfSomebody(node) || isInNamedStore(analysis, node))
      : isBesideUser(analysis) || isKey(textOf(node) ?? ""),
  );
}

/** `defineStore("userToken", …)`, `persist(state, { name: "auth" })`: what the store is called says it. */
function isInNamedStore({ file }: Analysis, node: Node): boolean {
  return file.index.calls.some((call) => {
    if (!contains(call, node)) return false;
    return call.arguments.some((argument) => {
      const given = unwrap(argument);
      const name = given.type === "ObjectExpression" ? propertyValue(given, "name") : given;
      return isOfSignIn(textOf(name) ?? "");
    });
  });
}

/** `atomWithStorage("user", …)`: an atom of the same file says whose the token is. */
function isBesideUser({ file }: Analysis): boolean {
  return (file.index.called.get("atomWithStorage") ?? []).some(({ arguments: [key] }) =>
    isOfSignIn(textOf(key) ?? ""),
  );
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

/** Nuxt gives `defineStore` to every file. */
function isAutoImported({ file }: Analysis, { callee }: CallNode): boolean {
  return (
    callee.type === "Identifier" &&
    callee.name === "defineStore" &&
    file.variableOf(callee) === undefined
  );
}

/** Storages of pinia-plugin-persistedstate, and of its module for Nuxt. */
const PINIA_STORAGES =
  /^(?:piniaPluginPersistedstate|persistedState)\.(?:cookies\w*|localStorage|sessionStorage)$/u;

/** `createJSONStorage(() => localStorage)`, `AsyncStorage`: what scripts and other apps can read. */
function isBrowserStorage(analysis: Analysis, written: Node): boolean {
  const storage = written.type === "Property" ? written.value : written;
  const made = unwrap(storage);
  const maker = made.type === "CallExpression" ? made.callee : made;
  if (PINIA_STORAGES.test(dottedPath(maker)?.join(".") ?? "")) return true;
  const value = analysis.evaluate(storage);
  const own = value.type === "object" ? unwrap(value.node) : undefined;
  if (own?.type === "ObjectExpression" && analysis.fileOf(own) === analysis.file)
    return writesToBrowser(analysis, own);
  const node = unwrap(storage);
  const [given] = node.type === "CallExpression" ? node.arguments : [];
  const inner = given === undefined ? node : unwrap(given);
  const results = isFunction(inner) ? returnArguments(analysis.core, inner) : [inner];
  return results
    .flatMap((result) => choices(analysis, result))
    .some((one) => isStorage(analysis, one));
}

function isStorage(analysis: Analysis, node: Node): boolean {
  const name = dottedPath(node)?.join(".") ?? "";
  if (BROWSER_STORAGES.test(name)) return true;
  const value = node.type === "Identifier" ? analysis.evaluate(node) : undefined;
  const own = value?.type === "object" ? unwrap(value.node) : node;
  return (
    own.type === "ObjectExpression" &&
    analysis.fileOf(own) === analysis.file &&
    writesToBrowser(analysis, own)
  );
}

const BROWSER_STORAGES =
  /^(?:(?:window|globalThis)\.)?(?:localStorage|sessionStorage|AsyncStorage|localforage)$/u;

/** Names without which no object writes to what scripts of a page can read. */
const BROWSER_NAMES = ["localStorage", "sessionStorage", "cookie", "Cookies", "Cookie", "jsCookie"];

/** `{ getItem, setItem: (name, value) => localStorage.setItem(name, value), removeItem }` */
function writesToBrowser(analysis: Analysis, storage: TSESTree.ObjectExpression): boolean {
  const method = storage.properties.find(
    (one) => one.type === "Property" && staticKey(one.key, one.computed) === "setItem",
  );
  const { names } = analysis.file.index;
  return BROWSER_NAMES.some((name) =>
    names.get(name)?.some((use) => method !== undefined && contains(method, use)),
  );
}

/** `remember ? localStorage : sessionStorage`, and what a function of the file chooses. */
function choices(analysis: Analysis, node: Node, hops = 2): Node[] {
  const current = unwrap(node);
  const of = (...parts: readonly Node[]): Node[] =>
    parts.flatMap((part) => choices(analysis, part, hops));
  if (current.type === "ConditionalExpression") return of(current.consequent, current.alternate);
  if (current.type === "LogicalExpression") return of(current.left, current.right);
  if (current.type !== "CallExpression" || hops === 0) return [current];
  const target = analysis.evaluate(current.callee);
  if (target.type !== "function" || analysis.fileOf(target.node) !== analysis.file)
    return [current];
  return returnArguments(analysis.core, target.node).flatMap((result) =>
    choices(analysis, result, hops - 1),
  );
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
  if (config === undefined) return [];
  const value = analysis.evaluate(config);
  if (value.type !== "object") return [];
  return [...listedTokens(analysis, value), ...slicesOf(analysis, value)];
}

/** The modules of redux-persist that write to the browser's storage. */
const BROWSER_STORAGE = /^redux-persist\/(?:lib|es)\/storage(?:\/session)?$/u;

/** `createSlice({ name: "auth", initialState: { token: null } })`, where nothing leaves it out. */
function slicesOf(analysis: Analysis, config: ObjectValue): Node[] {
  const storage = config.properties.get("storage")?.value;
  const isKept = storage?.type === "module" && BROWSER_STORAGE.test(storage.specifier);
  // A list of what is kept or left out names the keys of the reducer that is handed over.
  if (config.open || !isKept || config.properties.has("whitelist")) return [];
  if (config.properties.has("blacklist") || config.properties.has("transforms")) return [];
  return (analysis.file.index.called.get("createSlice") ?? []).flatMap((call) => {
    const [slice] = call.arguments.map((argument) => unwrap(argument));
    const state =
      slice?.type === "ObjectExpression" ? propertyValue(slice, "initialState") : undefined;
    return state === undefined ? [] : stateTokens(analysis, state);
  });
}

/** `atomWithStorage("token", null)` */
function ofJotai(analysis: Analysis, { arguments: [key, initial, storage] }: CallNode): Node[] {
  if (key === undefined || initial === undefined || !isNothing(initial)) return [];
  if (storage !== undefined && !isBrowserStorage(analysis, storage)) return [];
  return tokenName(stringOf(analysis.evaluate(key)) ?? "") === undefined ? [] : [key];
}

/** `atom({ key: "token", default: "", effects: [persistAtom] })` with the effect of recoil-persist 5.1 */
function ofRecoil(analysis: Analysis, { arguments: [written] }: CallNode): Node[] {
  const atom = written === undefined ? undefined : unwrap(written);
  if (atom?.type !== "ObjectExpression") return [];
  const effects = propertyValue(atom, "effects") ?? propertyValue(atom, "effects_UNSTABLE");
  const key = propertyValue(atom, "key");
  const initial = propertyValue(atom, "default");
  if (effects?.type !== "ArrayExpression" || key === undefined || initial === undefined) return [];
  if (!effects.elements.some((one) => one !== null && keepsAtom(analysis, one))) return [];
  if (!isNothing(initial)) return stateTokens(analysis, initial);
  return isSaid(analysis, textOf(key) ?? "") ? [key] : [];
}

/** `accessToken`; a mere `token` may be a coin or a word, where nothing speaks of signing in. */
function isSaid({ file }: Analysis, name: string): boolean {
  return tokenName(name) === "strong" || (isAboutSigningIn(file) && isTokenLabel(name));
}

/** `persistAtom` of `recoilPersist({ key, storage })`, whose storage is `localStorage` where nothing else is said */
function keepsAtom(analysis: Analysis, effect: Node): boolean {
  const declarator = declaratorOf(analysis.file, effect);
  const made = declarator === undefined ? undefined : unwrap(declarator.init);
  if (made?.type !== "CallExpression") return false;
  if (madeHere(analysis.core, made.callee)?.specifier !== "recoil-persist") return false;
  const [options] = made.arguments.map((argument) => unwrap(argument));
  if (options === undefined) return true;
  if (options.type !== "ObjectExpression") return false;
  const storage = propertyValue(options, "storage");
  return storage === undefined || isBrowserStorage(analysis, storage);
}

/** `makePersistable(this, { name, properties: ["token"], storage: localStorage })` of mobx-persist-store 1.1 */
function ofMobx(analysis: Analysis, { arguments: [, written] }: CallNode): Node[] {
  const options = written === undefined ? undefined : unwrap(written);
  if (options?.type !== "ObjectExpression") return [];
  const storage = propertyValue(options, "storage");
  const kept = propertyValue(options, "properties");
  if (storage === undefined || kept?.type !== "ArrayExpression") return [];
  if (!isBrowserStorage(analysis, storage)) return [];
  return kept.elements
    .filter((one) => one !== null)
    .filter((one) => isSaid(analysis, textOf(one) ?? ""));
}

/** `createStore({ state: { token: null }, plugins: [createPersistedState()] })` */
function ofVuex(analysis: Analysis, call: CallNode): Node[] {
  const [store] = call.arguments.map((argument) => unwrap(argument));
  if (store?.type !== "ObjectExpression") return [];
  const plugins = propertyValue(store, "plugins");
  const state = propertyValue(store, "state");
  if (plugins?.type !== "ArrayExpression" || state === undefined) return [];
  return plugins.elements.flatMap((element) => {
    const plugin = element === null ? undefined : unwrap(element);
    if (plugin?.type !== "CallExpression") return [];
    if (madeHere(analysis.core, plugin.callee)?.specifier !== "vuex-persistedstate") return [];
    const [written] = plugin.arguments;
    const options = written === undefined ? undefined : unwrap(written);
    if (options === undefined) return stateTokens(analysis, state);
    if (options.type !== "ObjectExpression" || propertyValue(options, "reducer") !== undefined)
      return [];
    const storage = propertyValue(options, "storage");
    if (storage !== undefined && !isBrowserStorage(analysis, storage)) return [];
    return listed(analysis, propertyValue(options, "paths"), stateTokens(analysis, state));
  });
}

/** Those of the properties that a list names; all of them where there is no list. */
function listed(
  analysis: Analysis,
  list: Node | undefined,
  properties: readonly TSESTree.Property[],
): readonly TSESTree.Property[] {
  if (list === undefined) return properties;
  const paths = analysis.evaluate(list);
  return properties.filter(({ key, computed }) => {
    const name = staticKey(key, computed);
    return paths.type === "array" && paths.elements.some((one) => stringOf(one) === name);
  });
}

/**
 * `defineStore("user", { state: () => ({ token: "" }), persist: true })`, and a setup store, whose options
 * stand behind its function: `defineStore("user", () => { const token = ref(""); return { token }; }, options)`.
 */
function ofPinia(analysis: Analysis, call: CallNode): readonly Node[] {
  const given = call.arguments.map((argument) => unwrap(argument));
  const options = given.find((argument) => argument.type === "ObjectExpression");
  if (options?.type !== "ObjectExpression") return [];
  const persist = propertyValue(options, "persist");
  const setup = given.find(isFunction);
  const state = propertyValue(options, "state");
  if (persist === undefined) return [];
  const tokens = setup === undefined ? [] : setupTokens(analysis, setup);
  if (state !== undefined) tokens.push(...stateTokens(analysis, state));
  // Each element of a list is options of its own; a text has none, and all is kept (4.4.1).
  const told = persist.type === "ArrayExpression" ? persist.elements : [persist];
  return told.flatMap((element) => {
    const one = element === null ? undefined : unwrap(element);
    if (one !== undefined && isLiteral(one)) {
      const value = one.type === "Literal" ? one.value : textOf(one);
      const isKept = one === persist ? value === true : value !== false;
      return isKept ? tokens : [];
    }
    if (one?.type !== "ObjectExpression") return [];
    const storage = propertyValue(one, "storage");
    if (storage !== undefined && !isBrowserStorage(analysis, storage)) return [];
    const list = propertyValue(one, "paths") ?? propertyValue(one, "pick");
    return listed(analysis, list, tokens);
  });
}

/** What a setup store gives that is named for a token and begins as nothing: `const token = ref("")`. */
function setupTokens(analysis: Analysis, setup: FunctionNode): TSESTree.Property[] {
  return returnArguments(analysis.core, setup).flatMap((result) => {
    const given = unwrap(result);
    if (given.type !== "ObjectExpression") return [];
    return given.properties.filter((one): one is TSESTree.Property => {
      if (one.type !== "Property") return false;
      if (tokenName(staticKey(one.key, one.computed) ?? "") === undefined) return false;
      const made = initOf(analysis.file, one.value);
      if (made?.type !== "CallExpression") return false;
      const [initial] = made.arguments;
      const isRef = /^(?:ref|shallowRef|useState)$/u.test(dottedPath(made.callee)?.at(-1) ?? "");
      return isRef && (initial === undefined || isNothing(initial));
    });
  });
}

/** `whitelist: ["accessToken"]`: what is written is named. */
function listedTokens(analysis: Analysis, config: ObjectValue): Node[] {
  const list = config.properties.get("whitelist")?.value;
  if (list?.type !== "array") return [];
  return list.elements.flatMap((element) =>
    analysis.fileOf(element.node) === analysis.file && holdsToken(analysis, stringOf(element) ?? "")
      ? [element.node]
      : [],
  );
}

/** `"token"`, and the part `"auth"` of a state of which the file reads `getState().auth.token`. */
function holdsToken({ file }: Analysis, part: string): boolean {
  if (tokenName(part) !== undefined) return true;
  return named(file.index.membersNamed, isTokenLabel).some(({ object }) => {
    const holder = unwrap(object);
    return holder.type === "MemberExpression" && memberName(holder) === part;
  });
}
