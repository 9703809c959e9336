import path from "node:path";
import rule from "../../src/rules/no-token-in-web-storage.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const LOGIN = `const { data } = await axios.post("/auth/login", form);\n`;
const JWT = 'import jwt from "jsonwebtoken";\n';

const storage = (code: string, name = "localStorage", extras = {}) =>
  marked(code, { messageId: "storage", data: { name } }, extras);
const cookie = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "cookie", data: { name } }, extras);
const device = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "device", data: { name } }, extras);
const store = (code: string) => marked(code, { messageId: "store" });
const client = (code: string, option: string, extras = {}) =>
  marked(code, { messageId: "client", data: { option } }, extras);
/** The callbacks of Auth.js, one of which fills the token and one the session. */
const authJs = (session: string, jwt = "if (account) token.refreshToken = account.refresh_token") =>
  `import NextAuth from "next-auth"; import Google from "next-auth/providers/google"; export const { handlers, auth } = NextAuth({ providers: [Google], callbacks: { async jwt({ token, account, user }) { ${jwt}; return token; }, async session({ session, token, user }) { ${session}; return session; } } });`;
const given = (code: string, name = "token.refreshToken", extras = {}) =>
  marked(code, { messageId: "session", data: { name } }, extras);
/** A file beside helpers that write cookies, one in a page and one on a server. */
const BESIDE = {
  filename: path.join(import.meta.dirname, "../fixtures/cross-file/x.js"),
};
const JSX = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };

/** Packages that keep what they are given, and the statement by which they do. */
const KEEPING: readonly (readonly [imports: string, keep: string, name: string])[] = [
  ['import cookies from "browser-cookies";', 'cookies.set("accessToken", token)', "cookies.set"],
  ['import * as Cookies from "es-cookie";', 'Cookies.set("accessToken", token)', "Cookies.set"],
  [
    'import { setCookie } from "typescript-cookie";',
    'setCookie("accessToken", token)',
    "setCookie",
  ],
  [
    'import { Cookies } from "typescript-cookie";',
    'Cookies.set("accessToken", token)',
    "Cookies.set",
  ],
  ['import { setCookie } from "svelte-cookie";', 'setCookie("accessToken", token)', "setCookie"],
  ['import { setCookie } from "react-use-cookie";', 'setCookie("accessToken", token)', "setCookie"],
  ['import Cookies from "cookies-js";', 'Cookies("accessToken", token)', "Cookies"],
  ['import cookie from "cookiejs";', 'cookie("accessToken", token, 7)', "cookie"],
  ['import { cookie } from "cookie_js";', 'cookie.set("accessToken", token)', "cookie.set"],
  ['import cookie from "react-cookies";', 'cookie.save("accessToken", token)', "cookie.save"],
  ['import cookie from "react-cookie";', 'cookie.save("accessToken", token)', "cookie.save"],
  ['import { bake_cookie } from "sfcookies";', 'bake_cookie("accessToken", token)', "bake_cookie"],
  [
    'import VueCookie from "vue-cookie";',
    'VueCookie.set("accessToken", token, 1)',
    "VueCookie.set",
  ],
  [
    'import { Cookie } from "ng2-cookies/ng2-cookies";',
    'Cookie.set("accessToken", token)',
    "Cookie.set",
  ],
  ['import { Cookies } from "quasar";', 'Cookies.set("accessToken", token)', "Cookies.set"],
];
const STORING: typeof KEEPING = [
  ['import store from "store";', 'store.set("accessToken", token)', "store.set"],
  ['import store from "store2";', 'store("accessToken", token)', "store"],
  ['import Lockr from "lockr";', 'Lockr.set("accessToken", token)', "Lockr.set"],
  [
    'import simpleStorage from "simplestorage.js";',
    'simpleStorage.set("accessToken", token)',
    "simpleStorage.set",
  ],
  [
    'import { LocalStorage } from "quasar";',
    'LocalStorage.set("accessToken", token)',
    "LocalStorage.set",
  ],
  [
    'import { SessionStorage } from "quasar";',
    'SessionStorage.setItem("accessToken", token)',
    "SessionStorage.setItem",
  ],
];
const keeping = ([imports, keep]: (typeof KEEPING)[number], mark = true) =>
  `${imports} export const enter = async () => { const { data: { token } } = await axios.post("/auth/login"); ${mark ? `«${keep}»` : keep}; };`;
/** An atom of recoil, with the effect of recoil-persist. */
const atom = (of: string, options = "") =>
  `import { atom } from "recoil"; import { recoilPersist } from "recoil-persist"; const { persistAtom } = recoilPersist(${options}); export const kept = atom({ ${of} });`;
/** A store of mobx that copies some of its properties. */
const persistable = (options: string) =>
  `import { makePersistable } from "mobx-persist-store"; export class Auth { accessToken = ""; constructor() { makePersistable(this, { name: "Auth", ${options} }); } }`;

testRule("no-token-in-web-storage", rule, {
  valid: [
    // `cookies` that are not those of withCookies, or of a component that nobody has wrapped with it here.
    `import { withCookies } from "react-cookie"; import { cookies } from "./server"; export const enter = (token) => cookies.set("token", token); export default withCookies(Entry);`,
    `import { withCookies } from "react-cookie"; export const enter = (token, { cookies }) => cookies.set("token", token); export default withCookies(Entry);`,
    `import { withCookies } from "react-cookie"; export const enter = (context, token) => { const { cookies } = context; cookies.set("token", token); }; export default withCookies(Entry);`,
    `import { withCookies } from "./wrappers"; const Entry = ({ cookies, render }) => render((token) => cookies.set("token", token)); export default withCookies(Entry);`,
    `import { CookiesProvider } from "react-cookie"; export const load = ({ cookies }, token) => cookies.set("token", token);`,
    `import { withCookies } from "react-cookie"; const Entry = ({ cookies }) => cookies.get("token"); export default withCookies(Entry);`,
    `import { withCookies } from "react-cookie"; const Entry = ({ cookies, render }) => render((token) => cookies.set("theme", "dark")); export default withCookies(Entry);`,
    `import { withCookies } from "react-cookie"; const Entry = ({ jar, render }) => render((token) => jar.set("token", token)); export default withCookies(Entry);`,
    // Other things under the same packages, another member of them, and another package
    ...[...KEEPING, ...STORING].flatMap((one) => [
      keeping(one, false).replace('"accessToken"', '"theme"').replaceAll("token", "theme"),
      keeping(one, false)
        .replace(/from "([^"]+)"/u, 'from "./$1"')
        .replace(/(?:local|session)Storage/giu, "kept"),
    ]),
    `import { Notify } from "quasar"; ${LOGIN}Notify.set("accessToken", data.token);`,
    `import { StyleSheet } from "react-native"; ${LOGIN}StyleSheet.setItem("accessToken", data.token);`,
    `import { remove } from "store2"; ${LOGIN}remove("accessToken", data.token);`,
    `import store from "store2"; export const read = (token) => store("accessToken");`,
    `import { useCookies } from "./cookies"; ${LOGIN}const { cookies } = useCookies(); cookies.set("accessToken", data.token);`,
    `import { useCookies } from "vue3-cookies"; ${LOGIN}const { cookies } = useCookies(); cookies.set("theme", data.theme);`,
    `import CookieUse from "react-use-cookie"; export const Theme = () => { const [theme, setTheme] = CookieUse("theme", ""); const pick = () => setTheme("dark"); return pick; }; // token`,
    `import Storage from "react-native-storage"; const storage = new Storage({}); ${LOGIN}storage.save({ key: "theme", data: data.theme });`,
    `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); this.$q.notify.set("token", data.token); this.$q.cookies.get("token"); this.$q.localStorage.set("theme", data.theme); a.b.$q.cookies.set("token", data.token); } } };`,
    `import { useLocalStorage } from "@mantine/hooks"; export const Login = () => { const [theme, setTheme] = useLocalStorage({ key: "theme", defaultValue: "" }); const [token, setToken] = useLocalStorage({ defaultValue: "" }); return login(theme, setTheme); };`,
    atom('key: "theme", default: "", effects: [persistAtom]'),
    atom('key: "accessToken", default: ""'),
    atom('key: "accessToken", default: "", effects: [logged]'),
    atom('key: "accessToken", default: "", effects: [persistAtom]', "{ storage: vault }"),
    atom('key: "accessToken", default: "", effects: [persistAtom]', "options"),
    atom('key: "account", default: { name: "", token: "" }, effects: [other]'),
    atom('key: "accessToken", default: "", effects: [persistAtom]').replace(
      "recoil-persist",
      "./persist",
    ),
    persistable('properties: ["theme"], storage: localStorage'),
    persistable('properties: ["accessToken"], storage: vault'),
    persistable('properties: ["accessToken"]'),
    persistable("storage: localStorage"),
    // Coins, words, and a cookie that a server hides
    atom('key: "token", default: null, effects: [persistAtom]'),
    persistable('properties: ["tokens", "token"], storage: localStorage')
      .replace("class Auth", "class Editor")
      .replace('"Auth"', '"Editor"'),
    `import { Cookies } from "quasar"; ${LOGIN}Cookies.parseSSR(context).set("accessToken", data.token, { httpOnly: true, secure: true });`,
    // What is decoded is put together from something else, or is another part of the answer
    `import { jwtDecode } from "jwt-decode"; export const enter = (answer) => { localStorage.setItem("who", answer.who); return jwtDecode("Bearer " + answer.value); };`,
    `import { jwtDecode } from "jwt-decode"; export const enter = (answer) => { localStorage.setItem("who", answer); return jwtDecode("eyJhbGciOiJIUzI1NiJ9." + answer); };`,
    `${LOGIN}const account = { name }; localStorage.setItem("who", JSON.stringify(account)); Object.assign(account, { token: data.token });`,
    // Functions that nobody else can call, and that are given nothing
    ...[
      (code: string) => `import { renewal } from "./renewal"; ${code}`,
      (code: string) => `(() => { ${code} })();`,
      (code: string) => `const { renewal } = require("./renewal"); ${code}`,
    ].map((around) =>
      around(
        `function setTokens(refreshToken) { localStorage.setItem("refreshToken", refreshToken); } function signOut() { setTokens(null); } document.addEventListener("logout", signOut);`,
      ),
    ),
    // An access token may be meant for the page, and what says something about a refresh token is none
    ...[
      "session.accessToken = token.accessToken",
      "session.error = token.refreshTokenError",
      "session.canRefresh = Boolean(token.refreshToken)",
      "session.canRefresh = token.refreshToken !== undefined",
      "session.refreshToken = undefined",
      "session.refreshToken = seal(token.refreshToken)",
      "session.user.id = token.sub",
      "const { refreshToken, ...rest } = token; session.user = rest",
      "token.refreshToken = await renew(token.refreshToken)",
      "other.refreshToken = token.refreshToken",
      "session.user = { ...token, refreshToken: undefined }",
      "const person = { id: token.sub, name: token.name }; session.user = person",
      "const person = { refreshToken: token.refreshToken }; await keep(person); session.user = person.id",
      "const person = { ...person, id: token.sub }; session.user = person",
    ].map((session) => authJs(session)),
    authJs("session.token = token", "token.accessToken = account.access_token"),
    `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { jwt: ({ token, account, session }) => (session ? { ...token, theme: session.theme } : { ...token, refreshToken: account.refresh_token }) } });`,
    `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { jwt: ({ token, account, session }) => ({ ...token, refreshToken: account.refresh_token, theme: session?.theme }) } });`,
    authJs("session.account = token.account", "token.provider = account.provider"),
    authJs("session.token = token", "token.account = account").replaceAll("google", "credentials"),
    authJs("session.refreshToken = token.refreshToken").replaceAll("next-auth", "./sessions"),
    `import { getToken } from "next-auth/jwt"; export const calendar = async (req) => { const session = {}; const token = await getToken({ req }); session.refreshToken = token.refreshToken; await ask(session); };`,
    `import { safeStorage } from "electron"; import Store from "electron-store"; const store = new Store(); export const keep = (refreshToken) => store.set("refreshToken", safeStorage.encryptString(refreshToken).toString("base64"));`,
    `import { Preferences } from "@capacitor/preferences"; export async function keep(token) { const item = { key: "theme", value: "dark" }; await Preferences.set(item); }`,
    {
      code: `import { Storage } from "@ionic/storage-angular"; export class Kept { private store: Storage | Map<string, string>; setToken(token: string) { this.store.set("theme", "dark"); } }`,
      ts: true as const,
    },
    `export const keep = (token, tokenType) => { localStorage.setItem("tokenExpiry", token); localStorage.setItem("tokenAdmin", tokenType); localStorage.setItem("csrfToken", token); };`,
    `import keycloak from "./keycloak"; await keycloak.init({ onLoad: "check-sso" }); sessionStorage.setItem("kc", keycloak.tokenParsed.name);`,
    {
      ...BESIDE,
      code: `"use client"; import { setCookie } from "./session-cookies.js"; ${LOGIN}setCookie("token", data.accessToken);`,
    },
    `export const saveTokens = (accessToken, method) => { localStorage.setItem("auth-method", method); }; login();`,
    // An action of Next runs on the server.
    `"use client"; import { setCookie } from "@/actions/cookies"; ${LOGIN}setCookie("token", data.accessToken);`,
    `export const useUser = defineStore("user", () => { const token = ref(""); return { token }; }, { persist: [false] });`,
    // A service of another name, and one that keeps something else
    {
      ts: true,
      code: `import { Storage } from "@ionic/storage-angular"; export class Session { constructor(private storage: Storage) {} keep(name) { return this.storage.set("name", name); } } login();`,
    },
    {
      ts: true,
      code: `import { Vault } from "./vault"; export class Session { constructor(private storage: Vault) {} keep(token) { return this.storage.set("token", token); } } login();`,
    },
    `export const keep = (key, value) => localStorage.setItem(key, value); login(); // token`,
    `export const saveToken = (value, name) => { localStorage.setItem("name", value); }; login();`,
    `export const useUser = defineStore("userToken", () => { const token = ref(""); return { token }; }, { persist: [{ pick: ["theme"] }] });`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useEditor = create(persist((set) => ({ token: null, set }), { name: "editor" }));`,
    `import * as Notifications from "expo-notifications"; export const keep = async () => { const result = (await Notifications.getExpoPushTokenAsync()).data; localStorage.setItem("token", result); };`,
    // Tokens of another use, by the key that they are kept under
    `const { token } = (await axios.get("/antiforgery/token")).data; localStorage.setItem("xsrfToken", token);`,
    `const CSRF_TOKEN_KEY = "csrf_token"; export async function fetchCsrf() { const data = await (await fetch("/auth/csrf-token")).json(); localStorage.setItem(CSRF_TOKEN_KEY, JSON.stringify({ token: data.token, at: Date.now() })); }`,
    // Storages that are handed in: other things, another holder, and a cookie of Nuxt's server
    `angular.module("shop").service("session", function ($localStorage, $cookies, store) { this.keep = (data) => { $localStorage.theme = data.theme; $cookies.put("theme", data.theme); store.inner.$localStorage.token = data.token; }; });`,
    `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); this.$cookies.set("token", data.token, { httpOnly: true }); } } };`,
    // Helpers of other names, of a server, with what hides a cookie, and in sight
    `import { setLocal } from "./utils"; ${LOGIN}setLocal("token", data.accessToken);`,
    `import { setLocalStorage } from "./utils"; ${LOGIN}setLocalStorage("theme", data.theme);`,
    `import fs from "node:fs"; import { LocalStorage } from "./disk"; ${LOGIN}LocalStorage.set("token", data.accessToken);`,
    `import { AsyncLocalStorage } from "./context"; ${LOGIN}AsyncLocalStorage.set("token", data.accessToken);`,
    `import { setCookie } from "./cookies"; ${LOGIN}setCookie("token", data.accessToken);`,
    `"use client"; import { setCookie } from "./cookies"; ${LOGIN}setCookie("token", data.accessToken, { httpOnly: true });`,
    `${LOGIN}const setLocalStorage = (key, value) => { memory.set(key, value); }; setLocalStorage("token", data.accessToken);`,
    `export class Store { save(token) { this.localStorage.saveToken(token); } } login();`,
    // Clients of identity providers that keep tokens in memory or for the tab, and what only looks like one
    `import { createAuth0Client } from "@auth0/auth0-spa-js"; export const open = () => createAuth0Client({ domain, clientId, cacheLocation: "memory" });`,
    `import { PublicClientApplication } from "@azure/msal-browser"; export const msal = new PublicClientApplication({ auth, cache: { cacheLocation: "sessionStorage" } });`,
    `import { createCache } from "./cache"; export const tokens = createCache({ cacheLocation: "localStorage" });`,
    // In development, in a run of tests, and as one of two others
    ...[
      'import.meta.env.DEV ? "localstorage" : "memory"',
      'process.env.NODE_ENV === "production" ? "memory" : "localstorage"',
      'window.Cypress ? "localstorage" : "memory"',
      'shared ? "memory" : "sessionStorage"',
      "shared ? kept : undefined",
    ].map(
      (location) =>
        `import { Auth0Client } from "@auth0/auth0-spa-js"; export const open = (shared, kept) => new Auth0Client({ domain, clientId, cacheLocation: ${location} });`,
    ),
    {
      code: `import { Auth0Provider } from "@auth0/auth0-react"; export const App = () => <Auth0Provider domain={domain} cacheLocation={import.meta.env.DEV ? "localstorage" : "memory"} kept={"localstorage"}><Shop /></Auth0Provider>;`,
      ...JSX,
    },
    `import { UserManager, WebStorageStateStore } from "oidc-client-ts"; export const manager = new UserManager({ ...settings, userStore: new WebStorageStateStore({ store: sessionStorage }), stateStore: new WebStorageStateStore({ store: localStorage }) });`,
    `import { useLocalStorage } from "react-use"; export const AuthRoute = ({ children }) => { const [token] = useLocalStorage("token"); return token ? children : null; };`,
    // A mere token where nothing is about signing in, or for a purpose of its own
    `import { useLocalStorage } from "react-use"; export const useMap = () => { const [token, setToken] = useLocalStorage("token", null); return mapboxgl(token, setToken); };`,
    `import { useStorage } from "@vueuse/core"; export const login = () => ({ draft: useStorage("draft", ""), token: useStorage("pushToken", "") });`,
    `import { atomWithStorage } from "jotai/utils"; export const themeAtom = atomWithStorage("theme", ""); export const tokenAtom = atomWithStorage("pushToken", ""); export const captcha = atomWithStorage("token", "");`,
    `import { persistReducer } from "redux-persist"; import storage from "redux-persist/lib/storage"; export const send = ({ getState }) => \`Bearer \${getState().auth.token}\`; export const reducer = persistReducer({ key: "root", whitelist: ["theme"], storage }, root);`,
    `export const account = { clear() { this.token = ""; localStorage.setItem("token", ""); } };`,
    `import { getAuth, signInWithPopup } from "firebase/auth"; signInWithPopup(getAuth(), provider).then(({ user }) => { localStorage.setItem("user", JSON.stringify({ name: user.displayName })); });`,
    `import { v4 } from "uuid"; export const begin = () => { const guest = v4(); localStorage.setItem("token", guest); };`,
    `export const keep = (given) => { const value = encrypt(given); localStorage.setItem("token", value); };`,
    `export const keep = (result) => { localStorage.setItem("csrf", result.data.token); localStorage.setItem("theme", result.data.theme); localStorage.setItem("x", token.data); };`,
    `export const useSession = defineStore("session", () => { const accessToken = ref(""); const theme = ref(""); return { theme }; }, { persist: true });`,
    `export const useSession = defineStore("session", () => { const accessToken = ref(""); return { accessToken }; });`,
    `export const useSession = defineStore("session", () => { const accessToken = ref(""); const theme = ref(""); return { accessToken, theme }; }, { persist: { pick: ["theme"] } });`,
    `import { defineStore } from "./store.js"; export const useSession = defineStore("session", () => { const accessToken = ref(""); return { accessToken }; }, { persist: true });`,
    `import { useStorage } from "@vueuse/core"; export const useTheme = () => ({ theme: useStorage("theme", ""), preset: useStorage("accessToken", "demo"), token: useStorage("designToken", "") });`,
    `import { persisted } from "svelte-persisted-store"; export const theme = persisted("theme", ""); export const preset = persisted("accessToken", "demo");`,
    `import { persisted } from "./stores"; export const token = persisted("token", "");`,
    `import { writable } from "svelte/store"; export const token = writable("token", "");`,
    // Texts for cookies that hold something else, and values that are no tokens
    `export const keep = (id) => { document.cookie = "theme=1; token=" + id; };`,
    `const NAME = "token"; export const keep = (userId) => { document.cookie = NAME + "=" + userId + "; path=/"; };`,
    `export const keep = (name, value) => { document.cookie = name + "=" + value + ";path=/"; }; // token`,
    `export const clear = () => { document.cookie = "token=;expires=" + new Date(0).toUTCString(); document.cookie = "token=" + "" + ";path=/"; };`,
    `export const keep = (accessTokenExpiry, value) => { localStorage.setItem("until", accessTokenExpiry); localStorage.setItem("has", accessToken ? "1" : "0"); };`,
    `import mapboxgl from "mapbox-gl"; export const keep = (accessToken) => localStorage.setItem("key", accessToken);`,
    `import mapboxgl from "mapbox-gl"; export const keep = (accessToken) => localStorage.setItem("map", JSON.stringify({ accessToken }));`,
    `export const keep = (key, value) => localStorage.setItem(key, value); // token`,
    // Encrypted, in the keychain, or something else
    `import { MMKV } from "react-native-mmkv"; const store = new MMKV({ id: "x", encryptionKey: key }); ${LOGIN}store.set("token", data.accessToken);`,
    `import Store from "electron-store"; const store = new Store({ encryptionKey: key }); ${LOGIN}store.set("token", data.accessToken);`,
    `import Store from "electron-store"; const store = new Store(); ${LOGIN}store.set("user", data.name);`,
    `import * as vscode from "vscode"; export const login = async (context, accessToken) => { await context.secrets.store("accessToken", accessToken); await context.globalState.update("name", accessToken.name); };`,
    `export const login = (context, accessToken) => context.globalState.update("accessToken", accessToken);`,
    `import { persisted } from "svelte-persisted-store"; const theme = persisted("theme", ""); ${LOGIN}theme.set(data.theme);`,
    `export function keep(user) { const { accessToken, ...userWithoutToken } = user; localStorage.setItem("user", JSON.stringify(userWithoutToken)); login(); }`,
    `export default { methods: { save(theme) { uni.setStorageSync("theme", theme); login(); } } }; // token`,
    `import { uni } from "./chain.js"; export const send = (token) => uni.setStorageSync("token", token);`,
    `class AuthService { themeKey = "key"; setTheme(token) { localStorage.setItem(this.themeKey, JSON.stringify({ theme: token.length })); } }`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useEditor = create()(persist((set) => { return { token: null, line: null, setToken: (token) => set({ token }) }; }, { name: "editor" }));`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export default create(persist((set) => ({ auth: { ready: null, forms: { fields: { accessToken: null } } } }), { name: "app" }));`,
    // Storages that scripts of a page do not reach, and stores that leave the token out.
    `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; const pick = () => (typeof window === "undefined" ? memory : keychain); export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => pick()) }));`,
    `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; const kept = { getItem: (name) => vault.get(name), setItem: (name, value) => vault.set(name, value), removeItem: (name) => vault.remove(name) }; export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => kept) }));`,
    `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; const pick = () => (typeof window === "undefined" ? memory : window.localStorage); export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", partialize: ({ name }) => ({ name }), storage: createJSONStorage(() => pick()) }));`,
    ...[
      // A store of anything else, and what is no token.
      'angular.module("shop", ["ui.router"]).controller("SignIn", function ($http, store, localStorage) { this.login = (form) => $http.post("/login", form).then((answer) => { store.set("jwt", answer.data.access); }); });',
      'angular.module("shop", ["angular-storage-less"]).controller("SignIn", function ($http, store, $cookies) { this.login = (form) => $http.post("/login", form).then((answer) => { store.set("jwt", answer.data.access); }); });',
      'angular.module("shop", ["angular-storage"]).controller("SignIn", function ($http, store) { this.login = (form) => $http.post("/login", form).then((answer) => { store.set("theme", answer.data.theme); store.remove("jwt", answer.data.access); }); });',
    ],
    `angular.module("shop").factory("session", function ($window) { return { login: (token) => $window.vault.setItem("token", token) }; });`,
    // On a server the cookie may be httpOnly.
    `import { setCookie } from "nookies"; export const login = (context, token) => setCookie(context, "token", token);`,
    `import { setCookie } from "nookies"; setCookie(); login();`,
    // Neither the key nor the value says that it is one.
    `export const login = (token, user) => { localStorage.setItem("email", token); localStorage.setItem("user", JSON.stringify({ id: user.id })); localStorage.setItem("auth", user.name); };`,
    `export const login = (accessToken) => { localStorage.setItem("auth", encrypt(accessToken)); localStorage.setItem("expiry", accessToken.exp); };`,
    `export const login = (token) => { localStorage.setItem("words", JSON.stringify({ token })); };`,
    `import AsyncStorage from "@react-native-async-storage/async-storage"; ${LOGIN}await AsyncStorage.multiSet([["name", data.name], pair, [], ["token", ""]]);`,
    `const store = () => new Map(); ${LOGIN}store().setItem("x", data.token); // localStorage`,
    `export const login = (token, key) => { localStorage.setItem("token_keyboard", key); localStorage.setItem("API_KEY", key); };`,
    `export const login = async () => { const { access } = await api.rights(); localStorage.setItem("rights", access); };`,
    // Of a thunk that failed, and another property of what it gave.
    `const enter = createAsyncThunk("enter", async (form) => { const { data } = await axios.post("/auth/login", form); return data; }); const slice = createSlice({ extraReducers: (b) => { b.addCase(enter.rejected, (state, action) => { localStorage.setItem("s", action.payload.token); }); b.addCase(enter.fulfilled, (state, action) => { localStorage.setItem("s", action.payload.name); }); } });`,
    `${LOGIN}$.cookie("token", null); $.cookie("theme", data.theme); show($.cookie("token"));`,
    `import { getMessaging } from "firebase/messaging"; export const setToken = (token) => localStorage.setItem("am_token", token);`,
    `export const keepToken = (token) => localStorage.setItem("am_token", token);`,
    `import { getMessaging } from "firebase/messaging"; export const setToken = (value) => localStorage.setItem("token", value);`,
    `export const keep = (userId, page) => { localStorage.setItem("token", userId); localStorage.setItem("token", String(page.index)); localStorage.setItem("token", makeId()); };`,
    // Sent is what stands under another name, or is no token; a lexer has keys of its own.
    `export const keep = (value) => localStorage.setItem("theme", value); export const me = () => fetch("/me", { headers: { Authorization: \`Bearer \${sessionStorage.getItem("pass")}\`, Theme: localStorage.getItem("theme") } });`,
    `export const keep = (value) => localStorage.setItem("openai_key", value); export const ask = () => fetch("https://llm.example.net", { headers: { Authorization: \`Bearer \${localStorage.getItem("openai_key")}\` } });`,
    `export const keep = (value) => localStorage.setItem("theme", value); export const me = () => fetch("/me", { headers: { Authorization: \`Bearer \${registry.get("theme")}\` } });`,
    `import { tokenize } from "lexer"; export const keep = (value) => localStorage.setItem("access_token", value);`,
    `${LOGIN}localStorage.setItem("userInfo", JSON.stringify(data)); axios.get("/me", { headers: { Authorization: \`Bearer \${session.token}\` } });`,
    // What a parameter is declared to hold is no token, or a function that gives one, or another part is kept
    ...[
      'interface Session { user: string; token: string } const keep = (session: Session) => localStorage.setItem("x", JSON.stringify(session))',
      'interface Session { accessToken: () => string; accessTokenExpiry: number } const keep = (session: Session) => localStorage.setItem("session", JSON.stringify(session))',
      'interface Session { user: string; accessToken: string } const keep = (session: Session) => localStorage.setItem("session", JSON.stringify(session.user))',
      'interface Session { accessToken: string } interface Other { user: string } const keep = (session: Other) => localStorage.setItem("session", JSON.stringify(session))',
    ].map((code) => ({ code, ts: true as const })),
    // What is read back holds no token, goes by another name, or is put together without one
    ...[
      [
        'localStorage.setItem("user", JSON.stringify(user))',
        'JSON.parse(localStorage.getItem("user")).name',
      ],
      [
        'localStorage.setItem("user", JSON.stringify(user))',
        'JSON.parse(localStorage.getItem("session")).accessToken',
      ],
      [
        'localStorage.setItem("user", JSON.stringify({ name: user.name }))',
        'JSON.parse(localStorage.getItem("user")).accessToken',
      ],
      [
        'localStorage.setItem("user", user.name)',
        'JSON.parse(localStorage.getItem("user")).accessToken',
      ],
      [
        'localStorage.setItem("user", JSON.stringify(user))',
        'JSON.parse(cache.get("user")).accessToken',
      ],
      [
        'localStorage.setItem("user", JSON.stringify(user))',
        '{ const { name } = JSON.parse(localStorage.getItem("user")); return name; }',
      ],
    ].map(
      ([write = "", read = ""]) =>
        `export const signIn = (user, token) => { ${write}; }; export const load = () => ${read};`,
    ),
    `${LOGIN}const person = { id: data.id, accessToken: null }; localStorage.setItem("person", JSON.stringify(person));`,
    // What was encrypted, by the name of what it comes from.
    `${LOGIN}localStorage.setItem("token", encryptToken(data.token)); localStorage.setItem("token", encryptedToken);`,
    // A field that is no storage, and a class of that name for something else.
    `class A { keep(data) { login(); this.store.setItem("token", data.token); } }`,
    {
      code: `class A { private store: Shelf; keep(data) { login(); this.store.setItem("token", data.token); } }`,
      ts: true,
    },
    `${LOGIN}const shelf = remember ? new Shelf() : new Box(); shelf.setItem("token", data.token);`,
    // One of the pair is none.
    `const { data } = await axios.post("/api/token/", form); login(); localStorage.setItem("access", data.access);`,
    `const { data } = await axios.post("/api/token/", form); login(); localStorage.setItem("access", level); localStorage.setItem("refresh", interval);`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ access: null, name: null }), { name: "auth" })); login();`,
    // Storages of the program's own.
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ accessToken: null }), { name: "auth", storage: { getItem: read, setItem: (name, value) => vault.put(name, seal(value)), removeItem: drop } })); login();`,
    // The type of an action without a token, and one that nobody says anything about.
    {
      code: `interface Profile { name: string } const reducers = { login: (state, action: PayloadAction<Profile>) => { localStorage.setItem("user", JSON.stringify(action.payload)); } };`,
      ts: true,
    },
    // Reading, removing, emptying
    `const token = localStorage.getItem("accessToken"); axios.defaults.headers.common.Authorization = \`Bearer \${token}\`;`,
    `function logout() { localStorage.removeItem("accessToken"); sessionStorage.clear(); }`,
    `function logout() { localStorage.setItem("accessToken", ""); localStorage.token = ""; sessionStorage.setItem("jwt", null); }`,
    `import Cookies from "js-cookie"; function logout() { Cookies.remove("token"); Cookies.set("token", ""); }`,
    `function logout() { document.cookie = "token=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"; }`,
    // … also where the domain is out of sight
    ...[
      "`token=gone; Path=/; Max-Age=0; Domain=${place}`",
      "`token=gone; Path=/; Domain=${place}`",
      '"token=gone; Path=/; Domain=" + place',
      "`token=${given}; Max-Age=0; Domain=${place}`",
      "`token=${given}; max-age=-1; Domain=${place}`",
      "`token=${given}; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Domain=${place}`",
      "all ? `token=gone; Domain=${place}` : `token=${given}; Max-Age=0`",
    ].map((text) => `export function logout(given, place, all) { document.cookie = ${text}; }`),
    // Something else
    `${LOGIN}localStorage.setItem("user", JSON.stringify(data.user)); keep(data.token);`,
    `${LOGIN}localStorage.setItem("name", data.user.name); keep(data.token);`,
    `${LOGIN}localStorage.setItem("expiresAt", String(data.expiresAt)); keep(data.accessToken);`,
    `${LOGIN}localStorage.setItem("signedIn", Boolean(data.accessToken)); localStorage.setItem("hasToken", "true");`,
    `${LOGIN}localStorage.setItem("accessTokenExpiry", Date.now() + data.expires_in * 1000);`,
    `${LOGIN}localStorage.setItem("theme", theme); keep(data.token);`,
    `import { jwtDecode } from "jwt-decode"; function keep(token) { localStorage.setItem("role", jwtDecode(token).role); }`,
    `import { jwtDecode } from "jwt-decode"; function keep(token) { localStorage.setItem("exp", jwtDecode(token).exp); }`,
    `function login(user) { localStorage.setItem("user", JSON.stringify(user)); show(user.name); }`,
    `function login(user) { localStorage.setItem("user", JSON.stringify(user, ["id", "name"])); call(user.token); }`,
    // Memory
    `${LOGIN}let current; current = data.accessToken; setToken(data.accessToken); store.token = data.accessToken;`,
    // Tokens of another trade, and names without evidence
    `import { getMessaging } from "firebase/messaging"; localStorage.setItem("token", token);`,
    `localStorage.setItem("botToken", botToken);`,
    `localStorage.setItem("userToken", answer.user.uid);`,
    `localStorage.setItem("fcmToken", fcmToken); const headers = { Authorization: "x" };`,
    `localStorage.setItem("csrfToken", csrf); login();`,
    `localStorage.setItem("designTokens", JSON.stringify(tokens)); login();`,
    `localStorage.setItem("token", color); login();`,
    `localStorage.setItem("tokenCount", usage.total_tokens); login();`,
    `import AsyncStorage from "@react-native-async-storage/async-storage"; AsyncStorage.setItem("pushToken", pushToken); login();`,
    `${LOGIN}if (data.accessToken) localStorage.setItem("signedInAt", String(Date.now()));`,
    `${LOGIN}const { token, user } = data; keep(token); localStorage.setItem(KEY, user.id);`,
    `${LOGIN}sessionStorage["lastPage"] = location.pathname; keep(data.token);`,
    `${LOGIN}window.localStorage.setItem("locale", data.user.locale); keep(data.token);`,
    `${LOGIN}const session = { user: data.user }; localStorage.setItem("session", JSON.stringify(session)); keep(data.token);`,
    `${LOGIN}localStorage["theme"] = "dark"; localStorage.lastUser = data.user.name; keep(data.token);`,
    // IndexedDB, and stores that are told what to keep
    `${LOGIN}const store = db.transaction("settings").objectStore("settings"); store.put(theme, "theme"); keep(data.token);`,
    `${LOGIN}cache.put("token", data.token); list.add(data.token);`,
    `import { openDB } from "idb"; ${LOGIN}const db = await openDB("app", 1); await db.put("settings", theme, "theme"); keep(data.token);`,
    `import { persistReducer } from "redux-persist"; export default persistReducer({ key: "auth", storage, whitelist: ["user"] }, authReducer); login();`,
    // Slices that are not known to be kept, and lists that leave them out.
    `import { persistReducer } from "redux-persist"; import storage from "redux-persist/lib/storage"; import { createSlice } from "@reduxjs/toolkit"; const slice = createSlice({ name: "auth", initialState: { token: null }, reducers: {} }); export default persistReducer({ key: "auth", storage, blacklist: ["token"] }, slice.reducer); login();`,
    `import { persistReducer } from "redux-persist"; import storage from "./secure"; import { createSlice } from "@reduxjs/toolkit"; const slice = createSlice({ name: "auth", initialState: { token: null }, reducers: {} }); export default persistReducer({ key: "auth", storage }, slice.reducer); login();`,
    `import { createSlice } from "@reduxjs/toolkit"; export default createSlice({ name: "auth", initialState: { token: null }, reducers: {} }); // redux-persist login`,
    // Other atoms, other stores, and other storages.
    `import { atomWithStorage } from "jotai/utils"; export const theme = atomWithStorage("theme", null); export const token = atom(null); login();`,
    `import { atomWithStorage } from "jotai/utils"; export const token = atomWithStorage("token", null, vault); login();`,
    `import { createStore } from "vuex"; import createPersistedState from "vuex-persistedstate"; export default createStore({ state: { token: null, theme: "" }, plugins: [createPersistedState({ paths: ["theme"] })] }); login();`,
    `import { createStore } from "vuex"; import createPersistedState from "vuex-persistedstate"; export default createStore({ state: { token: null }, plugins: [createPersistedState({ storage: vault })] }); login();`,
    `import { createStore } from "vuex"; export default createStore({ state: { token: null }, plugins: [createPersistedState()] }); login();`,
    // Variables of Vue: emptied, hidden from scripts, or kept nowhere.
    `import { useStorage } from "@vueuse/core"; const token = useStorage("token", null); token.value = null; export const logout = () => { token.value = ""; }; login();`,
    `const token = useCookie("token", { httpOnly: true }); export const login = async () => { const { data } = await api.login(); token.value = data.token; };`,
    `import { ref } from "vue"; const token = ref(null); export const login = async () => { const { data } = await api.login(); token.value = data.token; }; // localStorage`,
    `import { persistReducer } from "redux-persist"; export default persistReducer({ key: "root", storage, blacklist: ["accessToken"] }, reducer); login();`,
    // Objects that only share the name
    `${LOGIN}class Store { setItem(key, value) {} } const localStorage = new Store(); localStorage.setItem("token", data.token);`,
    `${LOGIN}secureStore.setItem("token", data.token); cache.set("token", data.token); keychain.set("token", data.token);`,
    `import * as SecureStore from "expo-secure-store"; ${LOGIN}await SecureStore.setItemAsync("token", data.token);`,
    `import { MMKV } from "react-native-mmkv"; const storage = new MMKV(); storage.set("theme", theme); login();`,
    // Encrypted before it is kept
    `${LOGIN}localStorage.setItem("token", encrypt(data.token));`,
    // A cookie that the server sets
    `${JWT}app.post("/login", (req, res) => { const token = jwt.sign(claims, secret); res.cookie("token", token, { httpOnly: true, secure: true }); });`,
    // Stores
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ user: null, login: (user) => set({ user }) }), { name: "auth" }));`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ user: null, token: null, login: (user, token) => set({ user, token }) }), { name: "auth", partialize: ({ user }) => ({ user }) }));`,
    `import { create } from "zustand"; export const useAuth = create((set) => ({ token: null, login: (token) => set({ token }) }));`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useLexer = create(persist(() => ({ token: null }), { name: "lexer" }));`,
    `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ token: null }), actions: { login() {} } });`,
    `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ token: null, theme: "" }), persist: { paths: ["theme"] }, actions: { login() {} } });`,
    // A storage of the system's keychain, parts without the token, and parts nobody can see.
    `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; import { keychain } from "./keychain"; export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => keychain) }));`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", partialize: pick }));`,
    `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ token: null, login: (token) => set({ token }) }), { name: "auth", partialize: ({ token, ...rest }) => ({ ...rest }) }));`,
    `import { defineStore } from "pinia"; import { keychain } from "./keychain"; export const useAuth = defineStore("auth", { state: () => ({ token: "" }), persist: { storage: keychain }, actions: { login() {} } });`,
    // React state and hooks
    `import { useState } from "react"; function A() { const [token, setToken] = useState(""); async function login() { ${LOGIN} setToken(data.token); } return null; }`,
    `function A() { const [theme, setTheme] = useLocalStorage("theme", "dark"); login(); setTheme("light"); }`,
  ],
  invalid: [
    ...['"Bearer" + answer', '"Bearer " + answer', '"" + answer', "`Bearer ${answer}`"].map(
      (decoded) =>
        storage(
          `import { jwtDecode } from "jwt-decode"; export const enter = (answer) => { «localStorage.setItem("who", JSON.stringify(answer))»; return jwtDecode(${decoded}); };`,
        ),
    ),
    storage(
      `${LOGIN}const account = { name }; Object.assign(account, { token: data.token }); «localStorage.setItem("who", JSON.stringify(account))»;`,
    ),
    device(
      `import Store from "electron-store"; const store = new Store(); export const keep = (refreshToken) => «store.set("refreshToken", Buffer.from(refreshToken).toString("base64"))»;`,
      "store.set",
    ),
    device(
      `import { Preferences } from "@capacitor/preferences"; export async function keep(token) { const item = { key: "token", value: token }; await «Preferences.set(item)»; }`,
      "Preferences.set",
    ),
    device(
      `import { Storage } from "@ionic/storage-angular"; export class Kept { private store: Storage | null = null; constructor(private storage: Storage) {} async open() { this.store = await this.storage.create(); } setToken(value: any) { «this.store?.set("access_token", value)»; } }`,
      "this.store.set",
      { ts: true as const },
    ),
    // Both names say it
    ...["tokenAdmin", "tokenB2b", "jwtSeller"].map((key) =>
      storage(`export const keep = (token) => «localStorage.setItem("${key}", token)»;`),
    ),
    // Stores that copy themselves, by what they are declared with
    store(
      `import { atomWithStorage } from "jotai/utils"; export const themeAtom = atomWithStorage("theme", ""); export const tokenAtom = atomWithStorage(«"token"», "");`,
    ),
    ...[
      ["svelte-persisted-store", "persisted"],
      ["svelte-local-storage-store", "writable"],
      ["@nanostores/persistent", "persistentAtom"],
      ["@skeletonlabs/skeleton", "localStorageStore"],
    ].flatMap(([module, maker = ""]) =>
      ["token", "accessToken"].map((key) =>
        storage(
          `import { ${maker} } from "${module}"; export const theme = ${maker}("theme", ""); export const kept = «${maker}("${key}", "")»;`,
          maker,
        ),
      ),
    ),
    storage(
      `import { useLocalStorage } from "react-use"; export const useShop = () => { const [token, setToken] = «useLocalStorage("token", null)»; return { token, setToken }; };`,
      "useLocalStorage",
    ),
    // The value stands behind the name, however the text is put together
    ...[
      '"token=" + token + ";path=/"',
      '"token=" + token',
      "`token = ${token}; path = /`",
      '"token" + "=" + answer.data.token',
      "`${NAME}=${token}`",
      'NAME + "=" + encodeURIComponent(token) + "; path=/"',
      '"x=" + accessToken',
    ].map((text) =>
      cookie(
        `const NAME = "token"; export const keep = (token, accessToken, answer) => { «document.cookie = ${text}»; };`,
        "document.cookie",
      ),
    ),
    cookie(
      `export const keep = (value = "") => { const text = \`token=\${value}; path=/\`; «document.cookie = text»; };`,
      "document.cookie",
    ),
    // What the value is called, whatever the key
    storage(`export const keep = (accessToken) => «localStorage.setItem("abc", accessToken)»;`),
    storage(`// token\n${LOGIN}«localStorage.setItem("jeton", data.jeton)»;`),
    storage(`// token\n${LOGIN}«localStorage.setItem("jeton", data.jetonAcces)»;`),
    storage(`${LOGIN}«localStorage.setItem("x", data.token_de_acesso)»;`),
    storage(`export const keep = (key, token) => «localStorage.setItem(key, token)»;`),
    storage(
      `export const keep = (apiKey, accessToken) => «localStorage.setItem("broker", JSON.stringify({ apiKey, accessToken }))»;`,
    ),
    storage(`export const keep = (value) => «localStorage.setItem("access_token_2", value)»;`),
    cookie(
      `import Cookies from "js-cookie"; export const keep = (name, access_token, expires) => «Cookies.set(name, access_token, { expires })»;`,
      "Cookies.set",
    ),
    storage(
      `import keycloak from "./keycloak"; await keycloak.init({ onLoad: "check-sso" }); «sessionStorage.setItem("kc", keycloak.token)»;`,
      "sessionStorage",
    ),
    cookie(
      `"use client"; import { setCookie } from "./page-cookies.js"; ${LOGIN}«setCookie("token", data.accessToken)»;`,
      "setCookie",
      BESIDE,
    ),
    ...[
      'angular.module("shop", ["ui.router", "angular-storage"])',
      'import "angular-storage"; angular.module("shop")',
    ].map((module) =>
      storage(
        `${module}.controller("SignIn", function ($http, store) { this.login = (form) => $http.post("/login", form).then((answer) => { «store.set("jwt", answer.data.access)»; }); });`,
        "store.set",
      ),
    ),
    cookie(
      `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); «this.$cookies.set("token", data.token, { httpOnly: false })»; } } };`,
      "this.$cookies.set",
    ),
    // Told by the type of what is handed in
    ...[
      ["@ionic/storage-angular", "Storage", "set", "device"],
      ["@ionic-native/native-storage/ngx", "NativeStorage", "setItem", "device"],
      ["ngx-webstorage", "LocalStorageService", "store", "storage"],
      ["ngx-webstorage-service", "StorageService", "set", "storage"],
      ["@ngx-pwa/local-storage", "StorageMap", "set", "storage"],
      ["./local-storage", "LocalStorageService", "save", "storage"],
    ].map(([specifier = "", type = "", method = "", messageId = ""]) =>
      marked(
        `import { ${type} } from "${specifier}"; export class Session { constructor(private kept: ${type}) {} login(token) { return «this.kept.${method}("token", token)»; } }`,
        { messageId, data: { name: `this.kept.${method}` } },
        { ts: true },
      ),
    ),
    marked(
      `export default class Session { constructor($window) { this.$window = $window; } saveToken(jwt) { «this.$window.localStorage.token = jwt»; } }`,
      { messageId: "storage", data: { name: "this.$window.localStorage" } },
    ),
    // Whatever the key is
    storage(
      `export const keep = (key, accessToken) => «localStorage.setItem(key, accessToken)»; login();`,
    ),
    storage(`export const saveToken = (value) => «localStorage.setItem("x", value)»; login();`),
    // The store is called for it, and each element of a list is options of its own.
    store(
      `export const useUser = defineStore("userToken", () => { const token = ref(""); return { «token» }; }, { persist: true });`,
    ),
    store(
      `export const useUser = defineStore("user", () => { const token = ref(""); return { «token» }; }, { persist: ["token"] });`,
    ),
    store(
      `export const useUser = defineStore("user", () => { const token = ref(""); return { «token» }; }, { persist: [{ pick: ["token"] }] });`,
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useSession = create(persist((set) => ({ «token: null», set }), { name: "auth-storage" }));`,
    ),
    // Messages that the page shows are no other trade.
    storage(
      `import { notification } from "antd"; export const keep = (result) => { «localStorage.setItem("token", result)»; notification.open({ message: "in" }); };`,
    ),
    // Storages that AngularJS, Vue and Nuxt hand in
    ...[
      ["$localStorage.token = data.token", "storage", "$localStorage"],
      ["$localStorage.user = { name, token: data.token }", "storage", "$localStorage"],
      ["$sessionStorage.accessToken = data.access", "storage", "$sessionStorage"],
      ['localStorageService.set("token", data.token)', "storage", "localStorageService.set"],
      ['$cookies.put("token", data.token)', "cookie", "$cookies.put"],
      ["$cookies.token = data.token", "cookie", "$cookies"],
      ['$cookieStore.put("token", data.token)', "cookie", "$cookieStore.put"],
    ].map(([write = "", messageId = "", name = ""]) =>
      marked(
        `angular.module("shop").service("session", function ($http, $localStorage, $sessionStorage, $cookies, $cookieStore, localStorageService) { this.login = (form, name) => $http.post("/login", form).success((data) => { «${write}»; }); });`,
        { messageId, data: { name } },
      ),
    ),
    cookie(
      `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); «this.$cookies.set("token", data.token)»; } } };`,
      "this.$cookies.set",
    ),
    // The header of an answer, which AngularJS reads by a function
    storage(
      `angular.module("shop").service("session", function ($http, $window) { this.login = (form) => $http.post("/login", form).then((response) => { const given = response.headers("X-Auth-Token"); «$window.localStorage.setItem("t", given)»; }); });`,
    ),
    // Helpers that say it by their name
    ...[
      ['setLocalStorage("token", data.accessToken)', "setLocalStorage"],
      ['saveToLocalStorage("user", data.accessToken)', "saveToLocalStorage"],
      ["setTokenToLocalStorage(data.accessToken)", "setTokenToLocalStorage"],
      ['setSessionStorage("token", data.accessToken)', "setSessionStorage"],
      ["LocalStorageService.setToken(data.accessToken)", "LocalStorageService.setToken"],
      ['this.localStorageService.set("token", data.accessToken)', "this.localStorageService.set"],
    ].map(([call = "", name = ""]) =>
      storage(
        `import { LocalStorageService, saveToLocalStorage, setLocalStorage, setSessionStorage, setTokenToLocalStorage } from "@/utils"; ${LOGIN}«${call}»;`,
        name,
      ),
    ),
    cookie(
      `"use client"; import { setCookie } from "../utils/cookies"; ${LOGIN}«setCookie("token", data.accessToken, { path: "/" })»;`,
      "setCookie",
    ),
    // Clients of identity providers that are told to
    client(
      `import { createAuth0Client } from "@auth0/auth0-spa-js"; export const open = () => createAuth0Client({ domain, clientId, «cacheLocation: "localstorage"», useRefreshTokens: true });`,
      "cacheLocation",
    ),
    client(
      `import { PublicClientApplication } from "@azure/msal-browser"; export const msal = new PublicClientApplication({ auth, cache: { «cacheLocation: "localStorage"» } });`,
      "cacheLocation",
    ),
    client(
      `import { Auth0Provider } from "@auth0/auth0-react"; export const App = () => <Auth0Provider domain={domain} «cacheLocation="localstorage"»><Shop /></Auth0Provider>;`,
      "cacheLocation",
      JSX,
    ),
    // The session of Auth.js
    ...[
      "«session.refreshToken = token.refreshToken»",
      "«session.user.refreshToken = token.refreshToken»",
      "«session.refresh_token = token.refreshToken ?? null»",
      "session.user = { ...session.user, «refreshToken: token.refreshToken» }",
      "return { ...session, «refreshToken: token.refreshToken» }",
      "const person = { id: token.sub, «refreshToken: token.refreshToken» }; session.user = person",
      "const given = { ...session, «refreshToken: token.refreshToken» }; return given",
      "return { ...session, user: { id: token.sub, «renewal: token.refreshToken» } }",
      "if (token) «session.renewal = token.refreshToken»",
    ].map((session) => given(authJs(session))),
    given(authJs("«session.refreshToken = user.renewal»"), "user.renewal"),
    given(
      authJs("«session.clientSecret = process.env.CLIENT_SECRET»"),
      "process.env.CLIENT_SECRET",
    ),
    ...[
      "«session.token = token»",
      "session.user = { ...session.user, «...token» }",
      "return { ...session, «...token» }",
    ].map((session) => given(authJs(session), "token")),
    given(
      authJs("«session.token = token»", "return { ...token, refreshToken: account.refresh_token }"),
      "token",
    ),
    given(authJs("«session.token = token»", "token.account = account"), "token"),
    given(authJs("«session.account = token.account»", "token.account = account"), "token.account"),
    given(
      `import type { NextAuthConfig } from "next-auth"; export default { callbacks: { session: ({ session: given, token: claims }) => ({ ...given, «refreshToken: claims.refreshToken as string» }) } } satisfies NextAuthConfig;`,
      "claims.refreshToken",
      { ts: true },
    ),
    // A function that other scripts of the page may call
    storage(
      `function setTokens(accessToken, refreshToken) { if (refreshToken) «localStorage.setItem("refreshToken", refreshToken)»; } async function renew(kept) { const answer = await fetch("/auth/refresh", { method: "POST", body: kept }); setTokens(await answer.json(), null); }`,
    ),
    // One of several possibilities, and by another name
    ...[
      'shared ? "memory" : "localstorage"',
      'process.env.CACHE || "localstorage"',
      "KEPT_IN",
      'import.meta.env.DEV ? "memory" : "localstorage"',
      'window.Cypress ? "memory" : "localstorage"',
    ].map((location) =>
      client(
        `import { Auth0Client } from "@auth0/auth0-spa-js"; const KEPT_IN = "localstorage"; export const open = (shared) => new Auth0Client({ domain, clientId, «cacheLocation: ${location}» });`,
        "cacheLocation",
      ),
    ),
    client(
      `import { BrowserCacheLocation, PublicClientApplication } from "@azure/msal-browser"; export const msal = new PublicClientApplication({ auth, cache: { «cacheLocation: BrowserCacheLocation.LocalStorage» } });`,
      "cacheLocation",
    ),
    client(
      `import { Auth0Provider } from "@auth0/auth0-react"; export const App = ({ shared }) => <Auth0Provider domain={domain} «cacheLocation={shared ? "memory" : "localstorage"}»><Shop /></Auth0Provider>;`,
      "cacheLocation",
      JSX,
    ),
    client(
      `import { UserManager, WebStorageStateStore } from "oidc-client-ts"; export const manager = new UserManager({ ...settings, «userStore: new WebStorageStateStore({ store: window.localStorage })» });`,
      "userStore",
    ),
    client(
      `const { WebStorageStateStore } = require("oidc-client"); exports.settings = { «userStore: new WebStorageStateStore({ store: localStorage })» };`,
      "userStore",
    ),
    client(
      `import { AuthProvider } from "react-oidc-context"; import { WebStorageStateStore } from "oidc-client-ts"; export const App = () => <AuthProvider «userStore={new WebStorageStateStore({ store: window.localStorage })}»><Shop /></AuthProvider>;`,
      "userStore",
      JSX,
    ),
    // Kept under the name alone, in a file about signing in
    storage(
      `import { useLocalStorage } from "react-use"; export const AuthContext = createContext(); export const useSession = () => { const [token, setToken] = «useLocalStorage("token", null)»; return { token, setToken }; };`,
      "useLocalStorage",
    ),
    storage(
      `import { useStorage } from "@vueuse/core"; export const useUser = defineStore("user", { state: () => ({ token: «useStorage("token", null)» }), actions: { async login(form) { this.token = (await post("/login", form)).data.token; } } });`,
      "useStorage",
    ),
    store(
      `import { atomWithStorage } from "jotai/utils"; export const tokenAtom = atomWithStorage(«"accessToken"», "");`,
    ),
    store(
      `import { atomWithStorage } from "jotai/utils"; export const userAtom = atomWithStorage("user", { id: "" }); export const tokenAtom = atomWithStorage(«"token"», "");`,
    ),
    store(
      `import { persistReducer } from "redux-persist"; import storage from "redux-persist/lib/storage"; export const send = ({ getState }) => \`Bearer \${getState().auth.userToken}\`; export const reducer = persistReducer({ key: "root", whitelist: [«"auth"»], storage }, root);`,
    ),
    // What a framework or another method puts into \`this\`
    ...[
      'localStorage.setItem("token", this.token)',
      'const token = this.token; «localStorage.setItem("token", token)»',
    ].map((code) =>
      storage(
        `export const useAccount = defineStore("account", { state: () => ({ token: null }), actions: { login() { ${code.includes("«") ? code : `«${code}»`}; } } });`,
      ),
    ),
    storage(
      `import { getAuth, signInWithPopup } from "firebase/auth"; signInWithPopup(getAuth(), provider).then(({ user }) => { «localStorage.setItem("user", JSON.stringify(user))»; });`,
    ),
    // A mere `token`, by whatever name its value goes, where nothing speaks of another trade
    storage(`export const keep = (value) => «localStorage.setItem("token", value)»;`),
    storage(
      `export const Vault = { setToken: (value) => { const text = JSON.stringify(value); «sessionStorage.setItem("@token", text)»; } };`,
      "sessionStorage",
    ),
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; export const storeToken = (value) => «AsyncStorage.setItem("token", value)»;`,
      "AsyncStorage.setItem",
    ),
    cookie(
      `import Cookies from "js-cookie"; export function change(account) { «Cookies.set("token", account)»; }`,
      "Cookies.set",
    ),
    // What an answer calls a token, under any key
    storage(
      `export const enter = async (form) => { const result = await (await fetch(api)).json(); «localStorage.setItem("akses", result.data.token)»; };`,
    ),
    // Setup stores of pinia
    store(
      `import { defineStore } from "pinia"; import { ref } from "vue"; export const useSession = defineStore("session", () => { const accessToken = ref(""); return { «accessToken» }; }, { persist: true });`,
    ),
    store(
      `export const useSession = defineStore("session", () => { const refreshToken = ref(); const theme = ref(""); return { «refreshToken», theme }; }, { persist: { storage: piniaPluginPersistedstate.cookies({ maxAge }) } });`,
    ),
    // Told to keep a token, whoever writes it
    storage(
      `import { useStorage } from "@vueuse/core"; export const useAuth = () => ({ authToken: «useStorage("authToken", "")» });`,
      "useStorage",
    ),
    // Programs of the desktop
    device(
      `import * as vscode from "vscode"; export const login = (context: vscode.ExtensionContext, accessToken: string) => «context.globalState.update("accessToken", accessToken)»;`,
      "context.globalState.update",
      { ts: true },
    ),
    ...[
      'import Store from "electron-store"; const store = new Store();',
      'import Conf from "conf"; const store = new Conf({ projectName: "x" });',
      'import Configstore from "configstore"; const store = new Configstore("x");',
      'import { MMKV } from "react-native-mmkv"; const store = new MMKV();',
    ].map((made) => device(`${made} ${LOGIN}«store.set("token", data.accessToken)»;`, "store.set")),
    // Stores of one value
    ...[
      'import { persisted } from "svelte-persisted-store"; const kept = persisted("access_token", "");',
      'import { persistentAtom } from "@nanostores/persistent"; const kept = persistentAtom("access_token");',
    ].map((made) => storage(`${made} ${LOGIN}«kept.set(data.accessToken)»;`, "kept.set")),
    // In a browser the storage of a device is the page's.
    storage(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; import { Platform } from "react-native"; export const keep = (token) => Platform.OS === "web" ? «AsyncStorage.setItem("token", token)» : keychain.set(token);`,
      "AsyncStorage.setItem",
    ),
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; import { Platform } from "react-native"; export async function keep(token) { if (Platform.OS !== "web") await «AsyncStorage.setItem("token", token)»; }`,
      "AsyncStorage.setItem",
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null», notifications: [], login: (token) => set({ token }) }), { name: "auth" }));`,
    ),
    storage(
      `export default { methods: { submit(form) { request("/login", form).then((res) => { «uni.setStorageSync("token", res.result.token)»; }); } } };`,
      "uni.setStorageSync",
    ),
    storage(
      `import Taro from "@tarojs/taro"; export const keep = (accessToken) => { «Taro.setStorage({ key: "accessToken", data: accessToken })»; };`,
      "Taro.setStorage",
    ),
    storage(
      `class AuthService { tokenKey = "key"; setToken(token) { «localStorage.setItem(this.tokenKey, token)»; } }`,
    ),
    // The window that AngularJS injects.
    storage(
      `angular.module("shop").factory("session", ["$http", "$window", function ($http, $window) { return { login: (form) => $http.post("/api/login", form).then((res) => { «$window.localStorage.token = res.data.token»; }) }; }]);`,
    ),
    storage(
      `angular.module("shop").factory("session", function ($window) { return { login: (token) => «$window.sessionStorage.setItem("token", token)» }; });`,
      "sessionStorage",
    ),
    cookie(
      `import { setCookie } from "nookies"; export const login = (token) => «setCookie(null, "token", token, { path: "/" })»;`,
      "setCookie",
    ),
    cookie(
      `import nookies from "nookies"; export const login = (token) => «nookies.set(undefined, "token", token)»;`,
      "nookies.set",
    ),
    // The value says it, and the key nothing else.
    storage(`export const login = (accessToken) => «localStorage.setItem("auth", accessToken)»;`),
    storage(
      `export const login = (user) => «sessionStorage.setItem("session", user.accessToken)»;`,
      "sessionStorage",
    ),
    storage(`export const login = (token) => { «localStorage.currentUser = token»; };`),
    storage(
      `export const login = (token) => «localStorage.setItem("auth", JSON.stringify({ token }))»;`,
    ),
    storage(
      `export const login = (user) => «localStorage.setItem("user", JSON.stringify({ ...user, token: user.token }))»;`,
    ),
    // The key says it, and the value was taken out of an answer.
    storage(
      `export const login = async (form) => { const { data } = await axios.post("/api/pair", form); const { access } = data; «localStorage.setItem("token", access)»; };`,
    ),
    storage(
      `export const login = async () => { const res = await renew(); const access = res.data.access; «localStorage.setItem("token", access)»; };`,
    ),
    storage(`export const login = (newtoken) => «localStorage.setItem("token", newtoken)»;`),
    // Variables of Vue and Nuxt that are kept.
    storage(
      `import { useStorage } from "@vueuse/core"; const token = useStorage("token", null); export const login = async () => { const { data } = await api.login(); «token.value = data.token»; };`,
      "useStorage",
    ),
    storage(
      `import { useLocalStorage } from "@vueuse/core"; export const useAuth = defineStore("auth", () => { const accessToken = useLocalStorage("auth", ""); const login = async (form) => { const answer = await $fetch("/login", form); «accessToken.value = answer.accessToken»; }; return { login }; });`,
      "useLocalStorage",
    ),
    cookie(
      `const token = useCookie("token"); export const login = async () => { const { data } = await api.login(); «token.value = data.token»; };`,
      "useCookie",
    ),
    // What a thunk gives, in the reducers that are added for it.
    storage(
      `const enter = createAsyncThunk("enter", async (form) => { const { data } = await axios.post("/auth/login", form); return data; }); const slice = createSlice({ extraReducers: (b) => { b.addCase(enter.fulfilled, (state, action) => { «localStorage.setItem("s", action.payload.accessToken)»; }); } });`,
    ),
    storage(
      `const enter = createAsyncThunk("enter", async (form) => { const { data } = await axios.post("/auth/login", form); return data; }); const slice = createSlice({ extraReducers: { [enter.fulfilled]: (state, { payload }) => { «localStorage.setItem("s", payload.accessToken)»; } } });`,
    ),
    cookie(`${LOGIN}«$.cookie("token", data.token)»;`, "$.cookie"),
    // A file that keeps a token, by the names of its functions and by what it reads.
    // What is sent as a token is read from there, whatever it is called where it is written.
    storage(
      `${LOGIN}«localStorage.setItem("profile", JSON.stringify(data))»; export const me = () => { const kept = JSON.parse(localStorage.getItem("profile")); return fetch("/me", { headers: { Authorization: \`Bearer \${kept.token}\` } }); };`,
    ),
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; const KEY = "rescue"; export const keep = (value) => «AsyncStorage.setItem(KEY, value)»; const read = async () => (await AsyncStorage.getItem(KEY)) || null; export const me = async () => fetch("/me", { headers: { Authorization: "Bearer " + (await read()) } });`,
      "AsyncStorage.setItem",
    ),
    cookie(
      `import Cookies from "js-cookie"; export const change = (account) => «Cookies.set("pass", account)»; export const me = () => fetch("/me", { headers: { Authorization: \`Bearer \${Cookies.get("pass") ? Cookies.get("pass") : undefined}\` } });`,
      "Cookies.set",
    ),
    storage(
      `export class Session { save(value) { «localStorage.setItem("access_token", value)»; } read() { return localStorage.getItem("access_token"); } }`,
    ),
    // The two names alone, in a file that speaks of no token.
    storage(
      `export async function enter(form) { const { data } = await axios.post("/api/login/", form); localStorage.setItem("name", data.refresh.name); «localStorage.setItem("access", data.access)»; }`,
    ),
    cookie(
      `import { Cookies } from "react-cookie"; export const enter = (token) => { const jar = new Cookies(); «jar.set("token", token, { path: "/" })»; };`,
      "jar.set",
    ),
    // What withCookies of react-cookie hands in.
    ...[
      `class Entry extends Component { enter = (token) => { const { cookies } = this.props; «cookies.set("token", token, { path: "/" })»; }; }`,
      `class Entry extends Component { enter(token) { const { cookies: jar, go } = this.props; «jar.set("token", token)»; go(); } }`,
      `class Entry extends Component { enter(token) { «this.props.cookies.set("token", token)»; } }`,
      `function Entry(props) { return props.render((token) => «props.cookies.set("token", token)»); }`,
      `const Entry = ({ cookies, render }) => render((token) => «cookies.set("token", token)»);`,
    ].map((component) =>
      cookie(
        `import { withCookies } from "react-cookie"; ${component} export default withCookies(Entry);`,
        /«([\w.]+)\(/u.exec(component)?.[1] ?? "",
      ),
    ),
    storage(`export const setToken = (token) => «localStorage.setItem("am_token", token)»;`),
    storage(`export const setToken = (value) => «localStorage.setItem("token", value)»;`),
    storage(
      `const state = { token: localStorage.getItem("token") }; export const keep = (state, action) => { «localStorage.setItem("token", action.payload)»; };`,
    ),
    // What is kept whole goes by the same name where its token is sent.
    // What is kept whole is read back, and a token taken out of it
    ...[
      `JSON.parse(localStorage.getItem("user"))?.accessToken`,
      `{ const raw = localStorage.getItem("user"); const user = JSON.parse(raw || "{}"); return user.token; }`,
      `{ const user = JSON.parse(localStorage.getItem("user")); user.accessToken = renewed(); return user; }`,
      `{ const { accessToken } = JSON.parse(localStorage.getItem("user")); return accessToken; }`,
    ].map((read) =>
      storage(
        `export const keep = (user) => { «localStorage.setItem("user", JSON.stringify(user))»; }; export const load = () => ${read};`,
      ),
    ),
    storage(
      `export class TokenService { user() { return JSON.parse(localStorage.getItem("user")); } keep(user) { «localStorage.setItem("user", JSON.stringify(user))»; } accessToken() { return this.user()?.accessToken; } }`,
    ),
    storage(
      `${LOGIN}«localStorage.setItem("userInfo", JSON.stringify(data))»; export const me = (userInfo) => axios.get("/me", { headers: { Authorization: \`Bearer \${userInfo.token}\` } });`,
    ),
    storage(
      `${LOGIN}const person = { id: data.id, accessToken: data.tokens.access }; «localStorage.setItem("person", JSON.stringify(person))»;`,
    ),
    // What a sign-in answers, kept under the name of a token.
    storage(`${LOGIN}«localStorage.setItem("token", data)»;`),
    storage(`${LOGIN}«localStorage.setItem("token", data.access)»;`),
    storage(`${LOGIN}«localStorage.setItem("token", JSON.stringify(data))»;`),
    storage(
      `export const keep = (token) => { «localStorage.setItem("admintoken", token)»; login(); };`,
    ),
    marked(
      `const { data } = await axios.post("/api/token/", form); login(); «localStorage.setItem("access", data.access)»; «localStorage.setItem("refresh", data.refresh)»;`,
      [
        { messageId: "storage", data: { name: "localStorage" } },
        { messageId: "storage", data: { name: "localStorage" } },
      ],
    ),
    // What a parameter is declared to hold
    ...[
      "interface Session { user: string; accessToken: string } const keep = (session: Session)",
      "export type Session = { jwt: string | null }; const keep = (session: Session)",
      "const keep = (session: { accessToken: any })",
    ].map((declared) =>
      storage(
        `${declared} => «localStorage.setItem("session", JSON.stringify(session))»;`,
        "localStorage",
        { ts: true },
      ),
    ),
    // The storage, by what it may be and by its type.
    storage(
      `${LOGIN}const kept = remember ? localStorage : sessionStorage; «kept.setItem("token", data.token)»;`,
    ),
    storage(
      `class Sessions { private store: Storage = localStorage; keep(data) { login(); «this.store.setItem("token", data.token)»; } }`,
      "localStorage",
      { ts: true },
    ),
    storage(
      `class Sessions { constructor(@Inject(STORE) private store: Storage) {} keep(data) { login(); «this.store.setItem("token", data.token)»; } }`,
      "this.store",
      { ts: true },
    ),
    // Jars that are injected, and one from a script tag.
    cookie(
      `import { inject } from "@angular/core"; import { CookieService } from "ngx-cookie-service"; class A { private jar = inject(CookieService); keep(res) { login(); «this.jar.set("token", res.token)»; } }`,
      "this.jar.set",
      { ts: true },
    ),
    cookie(
      `$.ajax({ url: "/auth/login" }).done((data) => { «Cookies.set("jwt", data.jwt)»; });`,
      "Cookies.set",
    ),
    storage(
      `export interface Entry { token: string; name: string } const reducers = { login: (state, action: PayloadAction<Entry>) => { «localStorage.setItem("user", JSON.stringify(action.payload))»; } };`,
      "localStorage",
      { ts: true },
    ),
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; export async function login(form) { const answer = await post(form); await «AsyncStorage.setItem("user", JSON.stringify(answer.data))»; show(jwtDecode(answer.data.token)); }`,
      "AsyncStorage.setItem",
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «accessToken: null» }), { name: "auth", storage: { getItem: read, setItem: (name, value) => localStorage.setItem(name, value), removeItem: drop } })); login();`,
    ),
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null» }), { name: "auth", storage: createJSONStorage(() => (remember() ? localStorage : sessionStorage)) })); login();`,
    ),
    storage(
      `${LOGIN}const store = db.transaction("auth", "readwrite").objectStore("auth"); «store.put(data.token, "token")»;`,
      "IndexedDB",
    ),
    storage(
      `${LOGIN}«db.transaction("auth", "readwrite").objectStore("auth").add(data.accessToken)»;`,
      "IndexedDB",
    ),
    storage(
      `import { openDB } from "idb"; ${LOGIN}const db = await openDB("app", 1); await «db.put("auth", data.token, "token")»;`,
      "db.put",
    ),
    store(
      `import { persistReducer } from "redux-persist"; import storage from "redux-persist/lib/storage"; import { createSlice } from "@reduxjs/toolkit"; const slice = createSlice({ name: "auth", initialState: { «token: null», user: null }, reducers: {} }); export default persistReducer({ key: "auth", storage }, slice.reducer); login();`,
    ),
    store(
      `import { persistReducer } from "redux-persist"; import sessionStorage from "redux-persist/es/storage/session"; import { createSlice } from "@reduxjs/toolkit"; const initialState = { «accessToken: ""» }; const slice = createSlice({ name: "auth", initialState, reducers: {} }); const config = { key: "auth", storage: sessionStorage }; export default persistReducer(config, slice.reducer); login();`,
    ),
    store(
      `import { atomWithStorage } from "jotai/utils"; export const token = atomWithStorage(«"token"», null); login();`,
    ),
    store(
      `import { createStore } from "vuex"; import createPersistedState from "vuex-persistedstate"; export default createStore({ state: { «token: null», theme: "" }, plugins: [createPersistedState()] }); login();`,
    ),
    store(
      `import Vuex from "vuex"; import createPersistedState from "vuex-persistedstate"; export default new Vuex.Store({ state: () => ({ «token: ""» }), plugins: [createPersistedState({ paths: ["token"], storage: window.sessionStorage })] }); login();`,
    ),
    store(
      `import { persistReducer } from "redux-persist"; export default persistReducer({ key: "auth", storage, whitelist: ["user", «"accessToken"»] }, authReducer); login();`,
    ),
    // Beside the person who is signed in
    storage(
      `function keep(user, token) { localStorage.setItem("user", JSON.stringify(user)); «localStorage.setItem("token", token)»; }`,
    ),
    storage(
      `import { refreshToken } from "../api/users"; useMutation(() => refreshToken(old), { onSuccess: (data) => { «localStorage.setItem("token", data.token)»; } });`,
    ),
    // What is shown to be a token
    storage(`${LOGIN}«localStorage.setItem("accessToken", data.accessToken)»;`),
    storage(`${LOGIN}«localStorage.setItem("x", data.accessToken)»;`),
    storage(`${LOGIN}«sessionStorage.setItem("x", data.token)»;`, "sessionStorage"),
    storage(`${LOGIN}«window.localStorage.setItem("x", data.token)»;`),
    storage(`${LOGIN}«localStorage.token = data.token»;`),
    storage(`${LOGIN}«localStorage["jwt"] = data.token»;`),
    storage(
      `${LOGIN}«localStorage.setItem("session", JSON.stringify({ token: data.token, user: data.user }))»;`,
    ),
    storage(`${LOGIN}if (data.accessToken) «localStorage.setItem("user", JSON.stringify(data))»;`),
    storage(`${LOGIN}const { token } = data; «localStorage.setItem(KEY, token)»;`),
    storage(`${LOGIN}«localStorage.setItem("x", \`Bearer \${data.token}\`)»;`),
    storage(
      `axios.post("/api/login", form).then((response) => { if (response.data.accessToken) { «localStorage.setItem("user", JSON.stringify(response.data))»; } return response.data; });`,
    ),
    storage(
      `fetch("/api/auth/login", init).then((res) => res.json()).then((data) => { «localStorage.setItem("x", data.token)»; });`,
    ),
    storage(`const { token } = await login(email, password); «localStorage.setItem("x", token)»;`),
    storage(
      `this.http.post("/login", form).pipe(tap((res) => { «localStorage.setItem("x", res.token)»; }));`,
    ),
    storage(
      `function keep(token) { «localStorage.setItem("x", token)»; } ${LOGIN}keep(data.token);`,
    ),
    storage(
      `import { jwtDecode } from "jwt-decode"; function keep(token) { «localStorage.setItem("x", token)»; return jwtDecode(token).exp; }`,
    ),
    storage(
      `function keep(token) { «localStorage.setItem("x", token)»; axios.defaults.headers.common["Authorization"] = \`Bearer \${token}\`; }`,
    ),
    storage(
      `import { useState } from "react"; function A() { const [token, setToken] = useState(""); async function login() { ${LOGIN} setToken(data.token); } useEffect(() => { «localStorage.setItem("x", token)»; }, [token]); return null; }`,
    ),
    storage(
      `const result = await loginUser(form).unwrap(); «localStorage.setItem("x", result.token)»;`,
    ),
    storage(
      `const token = await auth.currentUser.getIdToken(); «localStorage.setItem("x", token)»;`,
    ),
    // What both the name and the place say, in code about signing in
    storage(
      `function loggedIn(token) { «localStorage.setItem("token", token)»; }`.replace(
        "loggedIn",
        "onLogin",
      ),
    ),
    storage(
      `const slice = createSlice({ reducers: { loginSuccess(state, action) { state.token = action.payload.token; «localStorage.setItem("token", action.payload.token)»; } } });`,
    ),
    storage(
      `function login(user) { «localStorage.setItem("user", JSON.stringify(user))»; call(user.accessToken); }`,
    ),
    storage(
      `const KEY = "accessToken"; function signIn(value) { «localStorage.setItem(KEY, value)»; }`,
    ),
    storage(
      `export class Vault { keep(token) { «localStorage.setItem("TOKEN_KEY", token)»; } } // login`,
    ),
    storage(
      `import { ACCESS_TOKEN_KEY } from "./keys.js"; function login(value) { «localStorage.setItem(ACCESS_TOKEN_KEY, value)»; }`,
    ),
    storage(
      `const [token, setToken] = useLocalStorage("token", null); ${LOGIN}«setToken(data.token)»;`,
      "useLocalStorage",
    ),
    storage(
      `import localforage from "localforage"; ${LOGIN}await «localforage.setItem("x", data.token)»;`,
      "localforage.setItem",
    ),
    storage(`import { set } from "idb-keyval"; ${LOGIN}await «set("x", data.token)»;`, "set"),
    // Cookies that scripts set
    cookie(`${LOGIN}«document.cookie = \`token=\${data.token}; path=/\`»;`, "document.cookie"),
    cookie(`${LOGIN}«document.cookie = "token=" + data.token»;`, "document.cookie"),
    // Kept for a while, or a token whatever else it may be
    ...[
      "`token=${given}; Path=/; Max-Age=${life}; Domain=${place}`",
      "`token=${given}; Max-Age=0600; Domain=${place}`",
      "`accessToken=${given ?? ''}; Domain=${place}`",
    ].map((text) =>
      cookie(
        `export function login(given, place, life, all) { «document.cookie = ${text}»; }`,
        "document.cookie",
      ),
    ),
    cookie(
      `import Cookies from "js-cookie"; ${LOGIN}«Cookies.set("x", data.token, { secure: true })»;`,
      "Cookies.set",
    ),
    cookie(
      `import Cookies from "js-cookie"; function login(value) { «Cookies.set("refresh_token", value, { httpOnly: true })»; }`,
      "Cookies.set",
    ),
    cookie(
      `import Cookies from "universal-cookie"; const cookies = new Cookies(); ${LOGIN}«cookies.set("x", data.token)»;`,
      "cookies.set",
    ),
    cookie(
      `import { useCookies } from "react-cookie"; function A() { const [cookies, setCookie] = useCookies(["token"]); async function login() { ${LOGIN}«setCookie("token", data.token, { path: "/" })»; } return null; }`,
      "setCookie",
    ),
    // On a device
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; ${LOGIN}await «AsyncStorage.setItem("x", data.token)»;`,
      "AsyncStorage.setItem",
    ),
    device(
      `import AsyncStorage from "@react-native-async-storage/async-storage"; ${LOGIN}await «AsyncStorage.multiSet([["name", data.name], ["x", data.token]])»;`,
      "AsyncStorage.multiSet",
    ),
    storage(
      `const store = (keep) => (keep ? localStorage : localStorage); ${LOGIN}«store(true).setItem("x", data.token)»;`,
    ),
    device(
      `import { Preferences } from "@capacitor/preferences"; ${LOGIN}await «Preferences.set({ key: "x", value: data.token })»;`,
      "Preferences.set",
    ),
    device(
      `import { AsyncStorage } from "react-native"; function signIn(t) { return «AsyncStorage.setItem("accessToken", t)»; }`,
      "AsyncStorage.setItem",
    ),
    // Packages for cookies and storages, of all kinds
    ...KEEPING.map((one) => cookie(keeping(one), one[2])),
    ...STORING.map((one) => storage(keeping(one), one[2])),
    cookie(
      `import { useCookies } from "vue3-cookies"; ${LOGIN}const { cookies } = useCookies(); «cookies.set("accessToken", data.token)»;`,
      "cookies.set",
    ),
    cookie(
      `import { useCookies } from "next-client-cookies"; ${LOGIN}const jar = useCookies(); «jar.set("accessToken", data.token)»;`,
      "jar.set",
    ),
    cookie(
      `import useCookie from "react-use-cookie"; export const Login = () => { const [kept, setKept] = useCookie("accessToken", ""); const enter = async () => { ${LOGIN}«setKept(data.token)»; }; return enter; };`,
      "useCookie",
    ),
    device(
      `import Storage from "react-native-storage"; const storage = new Storage({}); ${LOGIN}«storage.save({ key: "accessToken", data: data.token })»;`,
      "storage.save",
    ),
    ...["angular2-cookie/core", "angular2-cookie/services/cookies.service"].map((specifier) =>
      cookie(
        `import { CookieService } from "${specifier}"; export class Auth { constructor(private cookies: CookieService) {} login(accessToken: string) { «this.cookies.put("accessToken", accessToken)»; } }`,
        "this.cookies.put",
        { ts: true },
      ),
    ),
    ...[
      ["this.$q.cookies", "set"],
      ["this.$cookie", "set"],
      ["$q.cookies", "set"],
    ].map(([holder = "", method = ""]) =>
      cookie(
        `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); «${holder}.${method}("token", data.token)»; } } };`,
        `${holder}.${method}`,
      ),
    ),
    ...[
      ["this.$q.localStorage", "set"],
      ["this.$q.sessionStorage", "setItem"],
      ["$q.localStorage", "set"],
    ].map(([holder = "", method = ""]) =>
      storage(
        `export default { methods: { async login() { const { data } = await this.$axios.post("/login"); «${holder}.${method}("token", data.token)»; } } };`,
        `${holder}.${method}`,
      ),
    ),
    storage(
      `import { useLocalStorage } from "@mantine/hooks"; export const Login = () => { const [token, setToken] = «useLocalStorage({ key: "accessToken", defaultValue: "" })»; return setToken; };`,
      "useLocalStorage",
    ),
    storage(
      `import { useLocalStorage } from "@mantine/hooks"; export const Login = () => { const [kept, keep] = useLocalStorage({ key: "jwt" }); const enter = async () => { ${LOGIN}«keep(data.token)»; }; return enter; };`,
      "useLocalStorage",
    ),
    store(atom('key: «"accessToken"», default: "", effects: [persistAtom]')),
    store(
      atom(
        'key: «"accessToken"», default: null, effects_UNSTABLE: [logged, persistAtom]',
        "{ key: 'app' }",
      ),
    ),
    store(
      atom(
        'key: «"accessToken"», default: "", effects: [persistAtom]',
        "{ storage: sessionStorage }",
      ),
    ),
    store(atom('key: "user", default: { name: "", «accessToken: ""» }, effects: [persistAtom]')),
    store(persistable('properties: ["theme", «"accessToken"»], storage: window.localStorage')),
    // A module of its own, where nothing but the names tells.
    storage(`export function keepToken(token) { «localStorage.setItem("token", token)»; }`),
    storage(
      `export const save = (accessToken) => «localStorage.setItem("access_token", accessToken)»;`,
    ),
    storage(
      `const KEY = "auth-token"; class Keeper { saveToken(token) { «window.sessionStorage.setItem(KEY, token)»; } }`,
      "sessionStorage",
    ),
    cookie(
      `import Cookies from "js-cookie"; const KEY = "Admin-Token"; export const setToken = (token) => «Cookies.set(KEY, token)»;`,
      "Cookies.set",
    ),
    // Stores
    // A state in parts, and one that says by what stands in it whose it is.
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export default create(persist((set) => ({ auth: { «accessToken: null», setAccessToken: (accessToken) => set({ auth: { accessToken } }) } }), { name: "app" }));`,
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useSession = create()(persist((set) => { return { «token: null», user: null, setToken: (token) => set({ token }) }; }, { name: "app" }));`,
    ),
    // Storages of the program's own, and such as a function chooses.
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; const pick = () => (typeof window === "undefined" ? memory : window.localStorage); export const useAuth = create(persist((set) => ({ «token: null», login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => pick()) }));`,
    ),
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; import Cookies from "js-cookie"; const kept = { getItem: (name) => Cookies.get(name), setItem: (name, value) => Cookies.set(name, value), removeItem: (name) => Cookies.remove(name) }; export const useAuth = create(persist((set) => ({ «token: null», login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => kept) }));`,
    ),
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null», login: (token) => set({ token }) }), { name: "auth", storage: { getItem: (name) => JSON.parse(localStorage.getItem(name)), setItem: (name, value) => localStorage.setItem(name, JSON.stringify(value)), removeItem: drop } }));`,
    ),
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null», login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => ({ getItem: read, setItem: (name, value) => { document.cookie = name + "=" + value; }, removeItem: drop })) }));`,
    ),
    storage(
      `import { BehaviorSubject } from "rxjs"; class Auth { held = new BehaviorSubject(null); login() { this.http.post("/login").subscribe((answer) => { this.held.next(answer.access_token); }); } keep() { «localStorage.setItem("x", this.held.value)»; } }`,
    ),
    store(
      `import { create } from "zustand"; import { createJSONStorage, persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null», login: (token) => set({ token }) }), { name: "auth", storage: createJSONStorage(() => localStorage) }));`,
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; const state = (set) => ({ «token: null», login: (token) => set({ token }) }); export const useAuth = create(persist(state, { name: "auth" }));`,
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ «token: null», theme: "", login: (token) => set({ token }) }), { name: "auth", partialize: (state) => ({ token: state.token }) }));`,
    ),
    store(
      `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ «token: ""», theme: "" }), persist: { key: "auth", paths: ["token"] }, actions: { login() {} } });`,
    ),
    store(
      `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ «token: ""» }), persist: { storage: sessionStorage }, actions: { login() {} } });`,
    ),
    store(
      `import { create } from "zustand"; import { persist } from "zustand/middleware"; export const useAuth = create(persist((set) => ({ user: null, «token: null», login: (user, token) => set({ user, token }) }), { name: "auth" }));`,
    ),
    store(
      `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ «accessToken: ""» }), persist: true, actions: { login() {} } });`,
    ),
  ],
});
