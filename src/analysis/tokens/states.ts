import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import type { Carrier } from "../flow/use.ts";
import {
  contains,
  dottedPath,
  enclosingClass,
  isNullish,
  isWritten,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { sameAs } from "./same.ts";
import { isAboutSigningIn, isOfSignIn, isTokenLabel, PAIR, tokenName } from "./words.ts";

/**
 * Where does a program keep the tokens that it holds in memory, and where does it read them again?
 * Stores of state (redux, zustand, vuex, pinia), subjects of RxJS, signals of Angular.
 */

/** Properties of an initial state that are named for a token and begin as nothing. */
export function stateTokens(analysis: Analysis, written: Node): TSESTree.Property[] {
  // The state, or the function that makes it, may stand in a variable.
  const value = analysis.evaluate(written);
  const isHere =
    (value.type === "function" || value.type === "object") &&
    analysis.fileOf(value.node) === analysis.file;
  const owner = isHere ? value.node : written;
  const [state] = analysis.file.index.objects.filter((object) => contains(owner, object));
  return state === undefined ? [] : tokensIn(state);
}

/** Those of the state itself, and of what stands one level down in it. */
function tokensIn(state: TSESTree.ObjectExpression, depth = 1): TSESTree.Property[] {
  const properties = state.properties.filter((one) => one.type === "Property");
  const empty = properties.filter(({ value }) => isNothing(value));
  const names = empty.map(({ key, computed }) => staticKey(key, computed) ?? "");
  const isPair = PAIR.every((name) => names.includes(name));
  const own = empty.filter((_, at) => {
    const name = names[at] ?? "";
    return tokenName(name) !== undefined || (isPair && PAIR.includes(name));
  });
  const deeper = properties.flatMap(({ value }) => {
    const part = unwrap(value);
    return depth > 0 && part.type === "ObjectExpression" ? tokensIn(part, depth - 1) : [];
  });
  return [...own, ...deeper];
}

/** Does the state say by what stands beside the token whose it is? */
export function isOfSomebody({ parent, key, computed }: TSESTree.Property): boolean {
  if (tokenName(staticKey(key, computed) ?? "") === "strong") return true;
  return (
    parent.type === "ObjectExpression" &&
    parent.properties.some(
      (one) => one.type === "Property" && isOfSignIn(staticKey(one.key, one.computed) ?? ""),
    )
  );
}

/** `null`, `""`: a state that begins as nothing. */
export function isNothing(node: Node): boolean {
  const value = unwrap(node);
  return isNullish(value) || textOf(value) === "";
}

/** Functions that make a store, and what its initial state is called in what they are given. */
const STORES: ReadonlyMap<string, string | undefined> = new Map([
  ["createSlice", "initialState"],
  ["defineStore", "state"],
  ["createStore", "state"],
  ["Store", "state"],
  ["create", undefined],
]);

const MAKERS = [...STORES.keys()];

/** The tokens in a store's own state where its reducers, mutations and actions read them. */
export function statesRead(analysis: Analysis): Node[] {
  const { called, membersNamed } = analysis.file.index;
  const stores = MAKERS.flatMap((maker) => called.get(maker) ?? []).map(curried);
  if (stores.length === 0) return [];
  const isAuth = isAboutSigningIn(analysis.file);
  const held = named(membersNamed, (name) => tokenName(name) !== undefined);
  return stores.flatMap((store) => {
    const tokens = tokensOf(analysis, store).filter(
      (name) => tokenName(name) === "strong" || (isAuth && isTokenLabel(name)),
    );
    return held.filter(
      (member) =>
        tokens.includes(memberName(member) ?? "") &&
        contains(store, member) &&
        !isWritten(member) &&
        isState(analysis, member.object),
    );
  });
}

/** `create<State>()((set, get) => …)`: the call that is given the state. */
function curried(call: CallNode): CallNode {
  const outer = parentOf(call);
  return outer?.type === "CallExpression" && outer.callee === call ? outer : call;
}

function tokensOf(analysis: Analysis, store: CallNode): string[] {
  const key = STORES.get(dottedPath(store.callee)?.at(-1) ?? "");
  const states = store.arguments.flatMap((argument): Node[] => {
    const written = unwrap(argument);
    if (written.type !== "ObjectExpression") return key === undefined ? [written] : [];
    const state = key === undefined ? undefined : propertyValue(written, key);
    return state === undefined ? [] : [state];
  });
  return states.flatMap((state) =>
    stateTokens(analysis, state).map(
      (property) => staticKey(property.key, property.computed) ?? "",
    ),
  );
}

/** `state` of a reducer, `get()` of zustand, `this` of pinia. */
function isState(analysis: Analysis, written: Node): boolean {
  const holder = unwrap(written);
  if (holder.type === "ThisExpression") return true;
  if (holder.type === "CallExpression") {
    return holder.arguments.length === 0 && /^get(?:State)?$/u.test(calledBy(holder));
  }
  const [definition] = analysis.file.variableOf(holder)?.defs ?? [];
  return definition?.type === "Parameter" && /^(?:state|draft|s|prev)$/iu.test(nameOf(holder));
}

function calledBy({ callee }: TSESTree.CallExpression): string {
  return dottedPath(callee)?.at(-1) ?? "";
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : "";
}

const SUBJECTS = /^(?:Behavior|Replay|Async)?Subject$/u;
const SIGNALS = /^(?:signal|model|linkedSignal)$/u;

/**
 * `subject.next(token)` and `signal.set(token)`, followed to what reads them: `subject.value`,
 * `subject.subscribe(…)`, `signal()`.
 */
export function readsOfState(analysis: Analysis, call: CallNode): Carrier[] {
  const callee = unwrap(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  if (callee.type !== "MemberExpression" || (name !== "next" && name !== "set")) return [];
  const holder = unwrap(callee.object);
  const maker = madeWith(analysis, holder);
  if (maker === undefined || !(name === "next" ? SUBJECTS : SIGNALS).test(maker)) return [];
  return sameAs(analysis, holder).flatMap((read): Carrier[] => {
    const given = name === "next" ? readOfSubject(read) : readOfSignal(read);
    return given === undefined ? [] : [{ node: given, boxes: [] }];
  });
}

/** `subject.value`, `subject.getValue()`; what `subscribe` and `pipe` give is followed on its own. */
function readOfSubject(read: Node): Node | undefined {
  const member = parentOf(wrapped(read));
  if (member?.type !== "MemberExpression") return undefined;
  switch (memberName(member)) {
    case "value":
      return member;
    case "getValue":
    case "asObservable":
      return parentOf(wrapped(member));
    case "subscribe":
    case "pipe":
      return read;
    default:
      return undefined;
  }
}

function readOfSignal(read: Node): Node | undefined {
  const call = parentOf(wrapped(read));
  return call?.type === "CallExpression" && call.callee === wrapped(read) ? call : undefined;
}

/** What a variable, or a field of the class, is made with: `new BehaviorSubject(null)`. */
function madeWith(analysis: Analysis, holder: Node): string | undefined {
  const made = madeAs(analysis, holder);
  return made?.type === "NewExpression" || made?.type === "CallExpression"
    ? dottedPath(made.callee)?.at(-1)
    : undefined;
}

function madeAs(analysis: Analysis, holder: Node): Node | undefined {
  if (holder.type === "Identifier") {
    const init = declaratorOf(analysis.file, holder)?.init;
    return init === undefined ? undefined : unwrap(init);
  }
  if (holder.type !== "MemberExpression" || rootOf(holder).type !== "ThisExpression")
    return undefined;
  const name = memberName(holder);
  const field = enclosingClass(holder)?.body.body.find(
    (one) => one.type === "PropertyDefinition" && staticKey(one.key, one.computed) === name,
  );
  const value = field?.type === "PropertyDefinition" ? field.value : null;
  return value == null ? undefined : unwrap(value);
}
