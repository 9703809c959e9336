import type { SourceFile } from "../files/source-file.ts";
import { objectAt } from "../files/variables.ts";
import { propertyValue, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { table } from "../table.ts";
import type { Maker } from "../values/made-by.ts";

/** Which packages keep things where scripts or other programs can read them? */

export interface Client {
  readonly method: RegExp;
  readonly where: "storage" | "cookie" | "device";
  /** The name and the value stand behind a context, which is null in a browser. */
  readonly behindContext?: true;
  /** The store holds one value, under the key that it was made with. */
  readonly holdsOne?: true;
  /** A server can call it as well, and hide the cookie. */
  readonly isOfServer?: true;
  /** What the package gives is itself a function that keeps something: `store("token", token)`. */
  readonly isFunction?: true;
}

/**
 * Packages that keep things where scripts or other programs can read them. Read for this: angular2-cookie
 * 1.2.6, browser-cookies 1.2.0, cookie_js 1.4.2, cookiejs 2.1.4, cookies-js 1.2.3, es-cookie 1.5.0, lockr 0.8.5,
 * next-client-cookies 2.1.2, ng2-cookies 1.0.12, quasar 2.27.0, react-cookie 1.0.5 (`save`), react-cookies 0.1.1,
 * react-native-storage 1.0.1, react-use-cookie 1.6.1, sfcookies 1.0.2, simplestorage.js 0.2.1, store 2.0.12, store2
 * 2.14.4, svelte-cookie 1.0.1, typescript-cookie 1.0.6 and vue-cookie 1.1.4.
 */
const CLIENTS: Readonly<Record<string, Client>> = table({
  "js-cookie": { method: /^set$/u, where: "cookie" },
  "universal-cookie": { method: /^set$/u, where: "cookie" },
  "react-cookie": { method: /^(?:set|save)$/u, where: "cookie" },
  "react-cookies": { method: /^save$/u, where: "cookie" },
  "browser-cookies": { method: /^set$/u, where: "cookie" },
  "es-cookie": { method: /^set$/u, where: "cookie" },
  "typescript-cookie": { method: /^set(?:Cookie)?$/u, where: "cookie" },
  "svelte-cookie": { method: /^setCookie$/u, where: "cookie" },
  "cookies-js": { method: /^set$/u, where: "cookie", isFunction: true },
  cookiejs: { method: /^set$/u, where: "cookie", isFunction: true },
  cookie_js: { method: /^set$/u, where: "cookie", isFunction: true },
  "react-use-cookie": { method: /^setCookie$/u, where: "cookie" },
  "next-client-cookies": { method: /^set$/u, where: "cookie" },
  sfcookies: { method: /^bake_cookie$/u, where: "cookie" },
  "vue-cookie": { method: /^set$/u, where: "cookie" },
  "angular2-cookie": { method: /^put(?:Object)?$/u, where: "cookie" },
  "angular2-cookie/core": { method: /^put(?:Object)?$/u, where: "cookie" },
  "angular2-cookie/services/cookies.service": { method: /^put(?:Object)?$/u, where: "cookie" },
  "ng2-cookies": { method: /^set$/u, where: "cookie" },
  "ng2-cookies/ng2-cookies": { method: /^set$/u, where: "cookie" },
  "vue-cookies": { method: /^set$/u, where: "cookie" },
  "vue3-cookies": { method: /^set$/u, where: "cookie" },
  "ngx-cookie-service": { method: /^set$/u, where: "cookie" },
  "cookies-next/client": { method: /^setCookie$/u, where: "cookie" },
  nookies: { method: /^set(?:Cookie)?$/u, where: "cookie", behindContext: true },
  "react-native-cookies": { method: /^set$/u, where: "cookie" },
  "cookie-cutter": { method: /^set$/u, where: "cookie" },
  "@vueuse/integrations": { method: /^set$/u, where: "cookie" },
  "@vueuse/integrations/useCookies": { method: /^set$/u, where: "cookie" },
  "tiny-cookie": { method: /^set(?:Cookie)?$/u, where: "cookie" },
  localforage: { method: /^setItem$/u, where: "storage" },
  "idb-keyval": { method: /^set$/u, where: "storage" },
  idb: { method: /^(?:put|add)$/u, where: "storage" },
  store: { method: /^set$/u, where: "storage" },
  store2: { method: /^set$/u, where: "storage", isFunction: true },
  lockr: { method: /^set$/u, where: "storage" },
  "simplestorage.js": { method: /^set$/u, where: "storage" },
  lscache: { method: /^set$/u, where: "storage" },
  "secure-ls": { method: /^set$/u, where: "storage" },
  "@react-native-async-storage/async-storage": { method: /^setItem$/u, where: "device" },
  "@react-native-community/async-storage": { method: /^setItem$/u, where: "device" },
  "react-native#AsyncStorage": { method: /^setItem$/u, where: "device" },
  "react-native-storage": { method: /^save$/u, where: "device" },
  "@capacitor/preferences": { method: /^set$/u, where: "device" },
  "@capacitor/storage": { method: /^set$/u, where: "device" },
  "@ionic/storage": { method: /^set$/u, where: "device" },
  "@ionic/storage-angular": { method: /^set$/u, where: "device" },
  "@ionic-native/native-storage": { method: /^setItem$/u, where: "device" },
  "@ionic-native/native-storage/ngx": { method: /^setItem$/u, where: "device" },
  "@awesome-cordova-plugins/native-storage": { method: /^setItem$/u, where: "device" },
  "@awesome-cordova-plugins/native-storage/ngx": { method: /^setItem$/u, where: "device" },
  "react-native-mmkv": { method: /^set$/u, where: "device" },
  "electron-store": { method: /^set$/u, where: "device" },
  conf: { method: /^set$/u, where: "device" },
  configstore: { method: /^set$/u, where: "device" },
  "svelte-persisted-store": { method: /^set$/u, where: "storage", holdsOne: true },
  "svelte-local-storage-store": { method: /^set$/u, where: "storage", holdsOne: true },
  "@nanostores/persistent": { method: /^set$/u, where: "storage", holdsOne: true },
  // Their builds for the web keep it in localStorage.
  "@tarojs/taro": { method: /^setStorage(?:Sync)?$/u, where: "storage" },
  "@dcloudio/uni-app": { method: /^setStorage(?:Sync)?$/u, where: "storage" },
  "local-storage": { method: /^set$/u, where: "storage" },
  "localstorage-slim": { method: /^set$/u, where: "storage" },
  "ngx-webstorage": { method: /^store$/u, where: "storage" },
  "ngx-webstorage-service": { method: /^set$/u, where: "storage" },
  "@ngx-pwa/local-storage": { method: /^set(?:Item)?$/u, where: "storage" },
  "vue-ls": { method: /^set$/u, where: "storage" },
  "quasar#LocalStorage": { method: /^set(?:Item)?$/u, where: "storage" },
  "quasar#SessionStorage": { method: /^set(?:Item)?$/u, where: "storage" },
  "quasar#Cookies": { method: /^set$/u, where: "cookie", isOfServer: true },
});

/** What a package gives that keeps things; of packages that give much else, one member: `quasar#Cookies`. */
export function clientOf({
  specifier,
  path: [member],
}: Pick<Maker, "specifier" | "path">): Client | undefined {
  return CLIENTS[`${specifier}#${member ?? ""}`] ?? CLIENTS[specifier];
}

/** Stores that take a key to encrypt with: react-native-mmkv (2, 3), electron-store (8). */
export function encrypts(maker: CallNode): boolean {
  return maker.arguments.some((argument) => {
    const options = unwrap(argument);
    return (
      options.type === "ObjectExpression" && propertyValue(options, "encryptionKey") !== undefined
    );
  });
}

/** `{ httpOnly: true }`, or what is not known: a server of Nuxt can set a cookie that scripts cannot read. */
export function hidesCookie(file: SourceFile, { arguments: given }: CallNode): boolean {
  return given.some((argument) => {
    const options = objectAt(file, argument);
    if (options === undefined) return false;
    const hides = propertyValue(options, "httpOnly");
    return hides !== undefined && !(hides.type === "Literal" && hides.value === false);
  });
}
