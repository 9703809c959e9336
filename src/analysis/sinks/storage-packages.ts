import type { SourceFile } from "../files/source-file.ts";
import { objectAt } from "../files/variables.ts";
import { propertyValue, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { table } from "../table.ts";

/** Which packages keep things where scripts or other programs can read them? */

export interface Client {
  readonly method: RegExp;
  readonly where: "storage" | "cookie" | "device";
  /** The name and the value stand behind a context, which is null in a browser. */
  readonly behindContext?: true;
  /** The store holds one value, under the key that it was made with. */
  readonly holdsOne?: true;
}

/** Packages that keep things where scripts or other programs can read them. */
export const CLIENTS: Readonly<Record<string, Client>> = table({
  "js-cookie": { method: /^set$/u, where: "cookie" },
  "universal-cookie": { method: /^set$/u, where: "cookie" },
  "react-cookie": { method: /^set$/u, where: "cookie" },
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
  store2: { method: /^set$/u, where: "storage" },
  lscache: { method: /^set$/u, where: "storage" },
  "secure-ls": { method: /^set$/u, where: "storage" },
  "@react-native-async-storage/async-storage": { method: /^setItem$/u, where: "device" },
  "@react-native-community/async-storage": { method: /^setItem$/u, where: "device" },
  "react-native": { method: /^setItem$/u, where: "device" },
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
});

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
