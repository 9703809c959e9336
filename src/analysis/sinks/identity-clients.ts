import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { importsOf } from "../client.ts";
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
export function clientsInStorage({ file }: Analysis): StoredByClient[] {
  const imported = importsOf(file);
  const uses = (packages: RegExp): boolean => imported.some((one) => packages.test(one));
  return [
    ...(uses(CACHES) ? file.index.literals.flatMap((literal) => cacheLocation(literal)) : []),
    ...(uses(OIDC)
      ? (file.index.called.get("WebStorageStateStore") ?? []).flatMap((call) => userStore(call))
      : []),
  ];
}

const CACHES = /^(?:@auth0\/|@azure\/msal-)/u;
const OIDC = /^(?:oidc-client(?:-ts)?|oidc-react|react-oidc-context|redux-oidc|vuex-oidc)$/u;

/** As a property, and as an attribute of `<Auth0Provider>`. */
function cacheLocation(literal: TSESTree.Literal | TSESTree.TemplateLiteral): StoredByClient[] {
  if (!/^localStorage$/iu.test(textOf(literal) ?? "")) return [];
  const holder = parentOf(wrapped(literal));
  const option = holder === undefined ? undefined : optionOf(holder);
  return holder !== undefined && option === "cacheLocation" ? [{ node: holder, option }] : [];
}

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
