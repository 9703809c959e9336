import rule from "../../src/rules/no-token-in-web-storage.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that a page keeps, each next to something else that it keeps in the same way. */

const kept = (messageId: "cookie" | "storage", name: string, code: string) =>
  marked(code, { messageId, data: { name } });

/** A function that signs somebody in. */
const LOGIN = (steps: string): string =>
  `export async function login(form) { const { data } = await axios.post("/login", form); ${steps} }`;

const VUEUSE = 'import { useCookies } from "@vueuse/integrations/useCookies"; ';

/** A controller of AngularJS. */
const ANGULAR = (steps: string, module = 'angular.module("shop")', method = "controller"): string =>
  `${module}.${method}("Entry", function Entry($scope, store) { $scope.enter = (form) => ask(form).then((answer) => { ${steps} }); });`;

/** A page to which a provider sends somebody back. */
const RETURN = (found: string, value = "found[1]"): string =>
  `export const back = () => { const found = ${found}; localStorage.setItem("spotify", ${value}); };`;

testRule("no-token-in-web-storage: kept", rule, {
  valid: [
    `${VUEUSE}const { get, remove: set } = useCookies(); ${LOGIN('set("access_token", data.token);')}`,
    `${VUEUSE}const { set } = useCookies(); ${LOGIN('set("theme", data.theme);')}`,
    `const { set } = useStorageMap("token"); ${LOGIN("set(data.accessToken);")}`,
    `import { useMap } from "./map"; const { set } = useMap(); ${LOGIN('set("access_token", data.token);')}`,
    `import cookieCutter from "cookie-cutter"; ${LOGIN('cookieCutter.set("theme", data.theme); cookieCutter.get("token", data.token);')}`,
    ANGULAR('store.set("theme", answer.data.theme);'),
    ANGULAR('store.push("jwt", answer.data.jwt);'),
    ANGULAR('store.set("jwt", answer.data.jwt);', 'angular.module("shop", [])'),
    ANGULAR('store.set("jwt", answer.data.jwt);', "angular.shop"),
    ANGULAR('store.set("jwt", answer.data.jwt);', undefined, "component"),
    `${ANGULAR("")} keep((store) => { store.set("jwt", given.jwt); });`,
    RETURN("location.hash.match(/access_token=([^&]*)/)", "found.index"),
    RETURN("location.hash.replace(/access_token=/, '')", "found[0]"),
    'export const setToken = (given) => { localStorage.setItem("accent", given); };',
    'export const setAccessToken = (given) => { localStorage.setItem("tokenDate", given); };',
    'export const setAccessToken = (given) => { localStorage.setItem("mapbox", given); };',
    RETURN("location.hash.match(/state=([^&]*)/)"),
    RETURN("text.match(/access_token=([^&]*)/)"),
    RETURN("location.hash.match(/access_token=([^&]*)/)", "Boolean(found)"),
    RETURN("location.hash.match(/access_token=([^&]*)/)", "found.length > 0"),
    RETURN("location.hash.replace(/access_token=([^&]*)/, '')", "found"),
  ],
  invalid: [
    kept(
      "cookie",
      "set",
      `${VUEUSE}const { get, set } = useCookies(["access_token"]); ${LOGIN('«set("access_token", data.token)»;')}`,
    ),
    kept(
      "cookie",
      "keep",
      `${VUEUSE}const { set: keep } = useCookies(); ${LOGIN('«keep("access_token", data.token)»;')}`,
    ),
    kept(
      "cookie",
      "cookies.set",
      `${VUEUSE}const cookies = useCookies(); ${LOGIN('«cookies.set("access_token", data.token)»;')}`,
    ),
    kept(
      "cookie",
      "cookies.set",
      `import { useCookies } from "@vueuse/integrations"; const cookies = useCookies(); ${LOGIN('«cookies.set("access_token", data.token)»;')}`,
    ),
    kept(
      "cookie",
      "cookieCutter.set",
      `import cookieCutter from "cookie-cutter"; ${LOGIN('«cookieCutter.set("accessToken", data.accessToken)»;')}`,
    ),
    kept(
      "storage",
      "localStorage",
      'export const setAccessToken = (token) => { «localStorage.setItem("spotifyToken", token)»; };',
    ),
    kept(
      "storage",
      "localStorage",
      'export const back = () => { const hash = location.hash; const found = hash.match(/access_token=([^&]*)/); const token = found[1]; «localStorage.setItem("spotifyToken", token)»; };',
    ),
    kept("storage", "store.set", ANGULAR('«store.set("jwt", answer.data.jwt)»;')),
    ...[
      "location.hash.match(/access_token=([^&]*)/)",
      'window.location.href.split("access_token=")',
    ].map((found) =>
      kept("storage", "localStorage", RETURN(found).replace(/(localStorage.*\))/u, "«$1»")),
    ),
  ],
});
