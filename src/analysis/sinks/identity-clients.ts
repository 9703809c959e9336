import type { Analysis } from "../analysis.ts";
import { importsOf } from "../client.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  dottedPath,
  parentOf,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isForDevelopment, isOutsideProduction } from "../trust/environments.ts";
import { may, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** A client of an identity provider that is told to keep its tokens in the browser's storage. */
export interface StoredByClient {
  readonly node: Node;
  /** What tells it so. */
  readonly option: string;
}

/**
 * `cacheLocation: "localstorage"` of Auth0 (auth0-spa-js 2.28, whose default is the memory) and MSAL
 * (msal-browser 5.30, `sessionStorage`), `userStore: new WebStorageStateStore({ store: localStorage })` of
 * oidc-client (1.11) and oidc-client-ts (3.5, both `sessionStorage`). MSAL encrypts what it keeps there, with
 * a key in a cookie that scripts can read.
 */
export function clientsInStorage({ core, file }: Analysis): StoredByClient[] {
  const imported = importsOf(file);
  const uses = (packages: RegExp): boolean => imported.some((one) => packages.test(one));
  return [
    ...(uses(CACHES) ? [...cacheProperties(core, file), ...cacheAttributes(core, file)] : []),
    ...(uses(OIDC)
      ? (file.index.called.get("WebStorageStateStore") ?? []).flatMap((call) => userStore(call))
      : []),
  ];
}

const CACHES = /^(?:@auth0\/|@azure\/msal-)/u;
const OIDC = /^(?:oidc-client(?:-ts)?|oidc-react|react-oidc-context|redux-oidc|vuex-oidc)$/u;

const CACHE_LOCATION = "cacheLocation";

/** `cacheLocation: isShared ? "memory" : "localstorage"`: each possibility that a user may come to counts. */
function cacheProperties(core: Core, { index }: SourceFile): StoredByClient[] {
  return index.objects.flatMap(({ properties }) =>
    properties.flatMap((node): StoredByClient[] => {
      if (optionOf(node) !== CACHE_LOCATION || node.type !== "Property") return [];
      const isStored = may(
        core.evaluate(node.value),
        (value) => isLocalStorage(value) && isForUsers(core, value.node),
      );
      return isStored ? [{ node, option: CACHE_LOCATION }] : [];
    }),
  );
}

/** As an attribute of `<Auth0Provider>`. */
function cacheAttributes(core: Core, { index }: SourceFile): StoredByClient[] {
  return index.literals.flatMap((literal): StoredByClient[] => {
    if (!LOCAL_STORAGE.test(textOf(literal) ?? "")) return [];
    const node = attributeOf(literal);
    if (node === undefined || optionOf(node) !== CACHE_LOCATION) return [];
    return isForUsers(core, literal) ? [{ node, option: CACHE_LOCATION }] : [];
  });
}

const LOCAL_STORAGE = /^localStorage$/iu;

/** The text, and `BrowserCacheLocation.LocalStorage` of MSAL. */
function isLocalStorage(value: Value): boolean {
  const text = value.type === "module" ? value.path.at(-1) : stringOf(value);
  return LOCAL_STORAGE.test(text ?? "");
}

function isForUsers(core: Core, written: Node): boolean {
  return !isForDevelopment(core, written) && !isOutsideProduction(core, written);
}

/** The attribute that a text, perhaps one of several, is the value of. */
function attributeOf(text: Node): Node | undefined {
  let holder = parentOf(wrapped(text));
  while (holder !== undefined && CHOICES.test(holder.type)) holder = parentOf(wrapped(holder));
  return holder?.type === "JSXAttribute" ? holder : undefined;
}

const CHOICES = /^(?:ConditionalExpression|LogicalExpression|JSXExpressionContainer)$/u;

function optionOf(holder: Node): string | undefined {
  if (holder.type === "Property") return staticKey(holder.key, holder.computed);
  if (holder.type !== "JSXAttribute" || holder.name.type !== "JSXIdentifier") return undefined;
  return holder.name.name;
}

/** What is kept while somebody signs in, the `stateStore`, holds no token. */
function userStore(call: CallNode): StoredByClient[] {
  const [options] = call.arguments.map((argument) => unwrap(argument));
  const store = options?.type === "ObjectExpression" ? propertyValue(options, "store") : undefined;
  if (store === undefined || dottedPath(store)?.at(-1) !== "localStorage") return [];
  let holder = parentOf(wrapped(call));
  if (holder?.type === "JSXExpressionContainer") holder = parentOf(holder);
  const option = holder === undefined ? undefined : optionOf(holder);
  return holder !== undefined && option === "userStore" ? [{ node: holder, option }] : [];
}
