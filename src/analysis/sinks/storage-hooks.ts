import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import type { Declarator } from "../files/variables.ts";
import {
  dottedPath,
  memberName,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isNothing } from "../tokens/states.ts";
import { isOfOtherTrade, isTokenLabel, tokenName } from "../tokens/words.ts";
import { madeHere } from "../values/made-by.ts";
import { hidesCookie } from "./storage-packages.ts";

/**
 * Variables that are kept in the browser: hooks of React that give a value and its setter, and
 * composables of Vue whose `value` is written to.
 */

/**
 * `const [token, setToken] = useLocalStorage("token")`, `const { set } = useCookies()`: the call behind the setter. The
 * composable of that name (`@vueuse/integrations` 10.11.1) gives an object, the hook of React an array.
 */
export function hookOf(analysis: Analysis, setter: Node): CallNode | undefined {
  const declarator = declaratorOf(analysis.file, setter);
  if (declarator?.id.type === "ObjectPattern") {
    const [declared] = analysis.file.variableOf(setter)?.identifiers ?? [];
    const property = declared?.parent;
    return property?.type === "Property" && staticKey(property.key, property.computed) === "set"
      ? madeBy(declarator, /^useCookies$/u)
      : undefined;
  }
  if (declarator?.id.type !== "ArrayPattern") return undefined;
  const [, second] = declarator.id.elements;
  if (second?.type !== "Identifier") return undefined;
  if (analysis.file.variableOf(second) !== analysis.file.variableOf(setter)) return undefined;
  return madeBy(declarator, /^(?:use(?:Local|Session)Storage(?:State)?|useCookies?)$/u);
}

/** `const token = useStorage("token", null); token.value = …`: the call behind the variable. */
export function keptBy(
  analysis: Analysis,
  written: TSESTree.MemberExpression,
): CallNode | undefined {
  const holder = unwrap(written.object);
  if (holder.type !== "Identifier" || memberName(written) !== "value") return undefined;
  const declarator = declaratorOf(analysis.file, holder);
  if (declarator?.id.type !== "Identifier") return undefined;
  const call = madeBy(declarator, /^use(?:(?:Local|Session)?Storage|Cookie)$/u);
  return call === undefined || hidesCookie(analysis.file, call) ? undefined : call;
}

function madeBy({ init }: Declarator, maker: RegExp): CallNode | undefined {
  const call = unwrap(init);
  if (call.type !== "CallExpression") return undefined;
  return maker.test(dottedPath(call.callee)?.at(-1) ?? "") ? call : undefined;
}

/** `const [token] = useLocalStorage("token")` */
function isOnlyRead(hook: CallNode): boolean {
  const { parent } = wrapped(hook);
  return (
    parent?.type === "VariableDeclarator" &&
    parent.id.type === "ArrayPattern" &&
    parent.id.elements.length === 1
  );
}

/** `useLocalStorage("token", "")`, `useLocalStorage({ key: "token", defaultValue: "" })`: the key, and what stands there at first. */
export function toldBy({
  arguments: [first, second],
}: CallNode): [Node | undefined, Node | undefined] {
  const options = first === undefined ? undefined : unwrap(first);
  return options?.type === "ObjectExpression"
    ? [propertyValue(options, "key"), propertyValue(options, "defaultValue")]
    : [first, second];
}

function isStrong(key: string): boolean {
  return tokenName(key) === "strong";
}

/** A hook or composable that was told to keep something. */
interface Declared {
  readonly node: CallNode;
  readonly name: string;
  readonly key: string;
}

/** What hooks, composables and stores that copy themselves to the storage are made by. */
const MAKERS =
  /^(?:use(?:Local|Session)?Storage(?:State)?|persist(?:ed|entAtom)|writable|(?:local|session)StorageStore)$/u;

/** Packages whose stores copy themselves there: of Svelte, of Skeleton for Svelte, of nanostores. */
const STORES =
  /^(?:svelte-(?:persisted-store|local-storage-store)|@skeletonlabs\/skeleton|@nanostores\/persistent)$/u;

/**
 * `useStorage("accessToken", "")`, whoever writes to it: the key leaves no doubt, or the file speaks
 * of no other trade, and it begins as nothing.
 */
export function declaredTokens({ core, file }: Analysis): Declared[] {
  const isKey = isOfOtherTrade(file) ? isStrong : isTokenLabel;
  return named(file.index.called, (name) => MAKERS.test(name)).flatMap((node) => {
    const name = calledName(node) ?? "";
    const [written, initial] = toldBy(node);
    const key = textOf(written);
    if (key === undefined) return [];
    if (isOnlyRead(node) || !isKey(key) || (initial !== undefined && !isNothing(initial)))
      return [];
    const isHook = name.startsWith("use");
    if (!isHook && !STORES.test(madeHere(core, node.callee)?.specifier ?? "")) return [];
    return [{ node, name, key }];
  });
}
