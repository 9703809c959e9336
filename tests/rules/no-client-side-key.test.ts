import rule from "../../src/rules/no-client-side-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const JOSE = 'import { SignJWT, importSPKI, jwtVerify } from "jose";\n';
const HOOK = 'import { useState } from "react";\n';
const SIGN = (key: string): string =>
  `await new SignJWT(p).setProtectedHeader({ alg: "HS256" }).sign(${key});`;
const BYTES = (key: string): string => `new TextEncoder().encode(${key})`;

/** Header and payload of a token, put together without a library. */
const HAND =
  'import CryptoJS from "crypto-js"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const jwtText = (claims) => `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;\n';

interface Extras {
  readonly name?: string;
  readonly ts?: true;
}

function variable(code: string, variable: string, { name = "jwt.sign", ...extras }: Extras = {}) {
  return marked(
    code,
    { messageId: "publicVariable", data: { name, variable, origin: "" } },
    extras,
  );
}

function browser(code: string, { name = "jwt.sign", ...extras }: Extras = {}) {
  return marked(code, { messageId: "browserKey", data: { name, origin: "" } }, extras);
}

/** A service of Angular that asks for a token with what its settings have. */
const angular = (read: string, from = "../environments/environment", beside = "") =>
  `import { Injectable } from "@angular/core"; import { environment } from "${from}"; ${beside}export class Session { token = (form) => this.http.post("/oauth/token", { ...form, id: environment.clientId, given: ${read} }); }`;

/** A classic script of a page, which has jsrsasign from another one. */
const inPage = (key: string, before = "", sends = "new XMLHttpRequest()") =>
  `(function () { ${before} function ticket(claims) { return KJUR.jws.JWS.sign("HS256", HEADER, claims, ${key}); } const request = ${sends}; request.send(ticket(claims)); })();`;

/** A function that is asked for settings by their names. */
const SETTINGS =
  'function setting(name) { switch (name) { case "NEXT_PUBLIC_KEY": return process.env.NEXT_PUBLIC_KEY; case "SIGNING_KEY": return process.env.SIGNING_KEY; } }';

const token = (code: string, variable: string): ReturnType<typeof marked> =>
  marked(code, { messageId: "publicToken", data: { variable } });

testRule("no-client-side-key: keys of other scripts of a page", rule, {
  valid: [
    // A developer's own, and one of a script
    `import axios from "axios"; if (import.meta.env.DEV) axios.defaults.headers.common.Authorization = \`Bearer \${import.meta.env.VITE_AUTH_TOKEN}\`;`,
    `export const keep = () => localStorage.setItem("token", process.env.REACT_APP_DEV_JWT);`,
    `const answer = await fetch(url, { headers: { Authorization: \`Bearer \${process.env.VITE_ADMIN_TOKEN}\` } }); if (!answer.ok) process.exit(1);`,
    // A name under which a token is kept, and switches
    `export const token = () => localStorage.getItem(process.env.REACT_APP_AUTH_TOKEN);`,
    `export const keep = (token) => localStorage.setItem(process.env.REACT_APP_AUTH_TOKEN, token);`,
    `export const keep = () => localStorage.setItem("token", process.env.REACT_APP_AUTH_TOKEN_KEY);`,
    `export const keep = () => localStorage.setItem("theme", process.env.REACT_APP_AUTH_TOKEN);`,
    `import axios from "axios"; const use = process.env.REACT_APP_USE_TOKEN; axios.defaults.headers.common.Authorization = use ? token : "";`,
    // Tokens of services, which a page may have
    `export const headers = { Authorization: \`Bearer \${process.env.REACT_APP_TMDB_ACCESS_TOKEN}\` };`,
    `export const headers = { Authorization: \`Bearer \${process.env.REACT_APP_ACCESS_TOKEN}\` };`,
    `export const headers = { Authorization: \`Bearer \${process.env.NEXT_PUBLIC_STOREFRONT_TOKEN}\` };`,
    `import mapboxgl from "mapbox-gl"; mapboxgl.accessToken = process.env.REACT_APP_ACCESS_TOKEN;`,
    `import mapboxgl from "mapbox-gl"; localStorage.setItem("token", process.env.REACT_APP_ACCESS_TOKEN);`,
    `cache.set({ token: process.env.REACT_APP_AUTH_TOKEN });`,
    // A variable of the server, or in a file of it
    `import express from "express"; const app = express(); app.get("/list", async (req, res) => { res.json(await fetch(address, { headers: { Authorization: process.env.NEXT_PUBLIC_JWT } })); });`,
    `export const headers = { Authorization: \`Bearer \${process.env.AUTH_TOKEN}\` };`,
    // What somebody types in, what the browser keeps or makes, what a function is given
    inPage('document.getElementById("key").value'),
    inPage("document.form1.key.value"),
    inPage('$("#key").val()'),
    inPage('prompt("Key")'),
    inPage('localStorage.getItem("key")'),
    inPage('KEYUTIL.generateKeypair("EC", "P-256").prvKeyObj'),
    inPage("KEYUTIL.getKey(held)", 'const held = document.getElementById("key").value;'),
    inPage("KEYUTIL.getKey(typed.key)"),
    inPage("App.state.key"),
    inPage("Editor.getValue()"),
    inPage("key", "", "new XMLHttpRequest()"),
    inPage("ask(Labels.key)"),
    inPage("Settings.read(key)", 'const key = "name";'),
    inPage("Settings.key", "const Settings = read(document.forms[0]);"),
    inPage("Settings.key", "var Settings = {}; Settings.key = ask();"),
    "function ticket(Settings, claims) { new XMLHttpRequest(); return KJUR.jws.JWS.sign(null, HEADER, claims, Settings.key); }",
    // Elsewhere than in a page
    inPage("Settings.key", "", "open()"),
    inPage("Settings.key", 'window = {}; eval(pm.globals.get("jsrsasign"));'),
    inPage("Settings.key", 'chrome.storage.local.get("key", show);'),
    `// ==UserScript==\n${inPage("Settings.key")}`,
    `import { send } from "./send.js"; ${inPage("Settings.key")}`,
    inPage("Settings.key", 'const os = require("os");'),
    `${inPage("Settings.key")}\nexport const page = true;`,
    // A token that is checked with a key which anybody may have
    '(function () { const request = new XMLHttpRequest(); KJUR.jws.JWS.verify(token, Settings.key, ["RS256"]); })();',
  ],
  invalid: [
    token(
      `export const headers = { Authorization: «\`Bearer \${process.env.REACT_APP_AUTH_TOKEN}\`» };`,
      "REACT_APP_AUTH_TOKEN",
    ),
    token(
      `import axios from "axios"; const jwt = process.env.NEXT_PUBLIC_JWT; axios.defaults.headers.common.Authorization = «jwt»;`,
      "NEXT_PUBLIC_JWT",
    ),
    token(
      `localStorage.setItem("token", «process.env.REACT_APP_ACCESS_TOKEN»);`,
      "REACT_APP_ACCESS_TOKEN",
    ),
    token(
      `const ready = process.env.VUE_APP_TEMP_AUTH_TOKEN; if (ready) chrome.storage.local.set({ token: «ready» });`,
      "VUE_APP_TEMP_AUTH_TOKEN",
    ),
    ...[
      inPage("«Settings.signingKey»"),
      inPage("«API_SECRET»"),
      inPage('«Scrambled.undo("k3", Blobs.first)»'),
      inPage("«KEYUTIL.getKey(Blobs.pem)»"),
      inPage("«atob(SIGNING_KEY)»"),
      inPage(
        "«decode(SIGNING_KEY)»",
        "const decode = (text) => text.split('').reverse().join('');",
      ),
      inPage("«Blobs.first»", "", "document.forms[0]"),
      inPage("«pem»", "const pem = Blobs.first;"),
    ].map((code) => browser(code, { name: "KJUR.jws.JWS.sign" })),
  ],
});

testRule("no-client-side-key", rule, {
  valid: [
    // Of Angular's settings: what is public, an empty one, other modules, and other programs
    angular("environment.clientId"),
    angular("environment.dummyClientSecret"),
    angular("settings.clientSecret"),
    angular("this.clientSecret"),
    angular("environment.clientSecret", "./environment-of-tests"),
    angular("environment.clientSecret").replace("@angular/core", "@nestjs/common"),
    angular("environment.clientSecret").replace("@angular/core", "@angular/ssr"),
    angular(
      "environment.clientSecret",
      "../environments/environment",
      'import express from "express"; ',
    ),
    angular("environment.clientSecret").replace(
      'import { environment } from "../environments/environment";',
      'const environment = { clientSecret: "" };',
    ),
    // A secret that stays on the server, what is public of a pair, a module of another name
    `import { KJUR } from "jsrsasign"; import { ZOOM_SECRET } from "./env"; export const sign = (claims) => KJUR.jws.JWS.sign("HS256", header, claims, ZOOM_SECRET);`,
    `import { KJUR } from "jsrsasign"; export const keys = [import.meta.env.VITE_ZOOM_SDK_KEY, import.meta.env.VITE_CLIENT_ID, process.env.ZOOM_SDK_SECRET];`,
    `import express from "express"; import { KJUR } from "jsrsasign"; export const secret = process.env.REACT_APP_SDK_SECRET;`,
    // Read on a server, a public key, and an address
    `import express from "express"; export const key = process.env.NEXT_PUBLIC_JWT_SECRET;`,
    `export const settings = { key: import.meta.env.VITE_JWT_PUBLIC_KEY, at: import.meta.env.VITE_TOKEN_URL }; // jwt`,
    // A client's secret that stays on the server, and its public name
    `import NextAuth from "next-auth"; export default NextAuth({ providers: [Google({ clientId: process.env.NEXT_PUBLIC_GOOGLE_ID, clientSecret: process.env.GOOGLE_SECRET })] });`,
    // The secret of public links.
    `import jwt from "jsonwebtoken"; jwt.verify(token, process.env.PUBLIC_LINK_SECRET, options);`,
    `${JWT}jwt.sign(p, process.env.JWT_SECRET);`,
    `${JWT}jwt.sign(p, "fake key");`,
    `${JOSE}await jwtVerify(t, ${BYTES("process.env.JWT_SECRET")});`,
    // Public keys may be public
    `${JWT}jwt.verify(t, import.meta.env.VITE_JWT_PUBLIC_KEY);`,
    `${JWT}jwt.verify(t, process.env.NEXT_PUBLIC_JWT_KEY, { algorithms: ["RS256"] });`,
    `${JWT}jwt.verify(t, process.env.PUBLIC_KEY);`,
    `${JOSE}await jwtVerify(t, await importSPKI(process.env.NEXT_PUBLIC_JWT_KEY, "RS256"));`,
    {
      code: 'import { JwtService } from "@nestjs/jwt";\nclass A { constructor(private jwt: JwtService) {} f(t) { return this.jwt.verify(t, { publicKey: process.env.NEXT_PUBLIC_KEY }); } }',
      ts: true,
    },
    // Checked by hand with a public key, signed with one that the user types in
    `${HAND}const [head, body, mac] = token.split("."); crypto.subtle.verify("RSASSA-PKCS1-v1_5", await load(import.meta.env.VITE_JWT_KEY), mac, new TextEncoder().encode(\`\${head}.\${body}\`));`,
    `"use client";\n${HAND}const make = (form) => CryptoJS.HmacSHA256(jwtText(form.claims), form.secret.value);`,
    // Variables that stay on the server, one of them among others by its name
    `${JWT}${SETTINGS} jwt.sign(p, setting("SIGNING_KEY"));`,
    `${JWT}jwt.sign(p, import.meta.env.JWT_SECRET);`,
    `${JWT}import { JWT_SECRET } from "$env/static/private";\njwt.sign(p, JWT_SECRET);`,
    `${JWT}const config = useRuntimeConfig();\njwt.sign(p, config.jwtSecret);`,
    // What the user types in and what the browser makes
    `"use client";\n${JOSE}export const sign = async (p, secret) => { ${SIGN(BYTES("secret"))} };`,
    `"use client";\nimport { SignJWT, generateKeyPair } from "jose";\nconst { privateKey } = await generateKeyPair("ES256");\nawait new SignJWT(p).setProtectedHeader({ alg: "ES256", typ: "dpop+jwt" }).sign(privateKey);`,
    // Functions of a page that run on the server
    `${HOOK}${JWT}export async function getServerSideProps() { return { props: { user: jwt.verify(t, "fake key") } }; }\nexport default () => { useState(); };`,
    `${HOOK}${JWT}export const loader = () => jwt.sign(p, process.env.JWT_SECRET);\nexport default () => { useState(); };`,
    `${HOOK}${JWT}async function save() { "use server"; return jwt.sign(p, process.env.JWT_SECRET); }\nexport default () => { useState(); };`,
    // A component of the server has no state
    `${JWT}export default function Page() { return <b>{jwt.sign(p, process.env.JWT_SECRET)}</b>; }`,
    `${HOOK}import { jwtDecode } from "jwt-decode";\nexport default () => { useState(jwtDecode(t)); };`,
  ],
  invalid: [
    // Settings of Angular
    ...[
      ["environment.clientSecret", "../environments/environment"],
      ["environment.oauth.client_secret", "src/environments/environment.prod"],
      ["environment.clientSecret", "@env/environment"],
    ].map(([read = "", from]) =>
      marked(angular(`«${read}»`, from), {
        messageId: "publicClientSecret",
        data: { variable: read },
      }),
    ),
    variable(
      `${JWT}${SETTINGS.replace("process.env.NEXT_PUBLIC_KEY", "«process.env.NEXT_PUBLIC_KEY»")} jwt.sign(p, setting("NEXT_PUBLIC_KEY"));`,
      "NEXT_PUBLIC_KEY",
    ),
    // The module of react-native-dotenv
    marked(
      `import { KJUR } from "jsrsasign"; import { ZOOM_SECRET } from "@env"; export const sign = (claims) => KJUR.jws.JWS.sign("HS256", header, claims, «ZOOM_SECRET»);`,
      {
        messageId: "publicVariable",
        data: { name: "KJUR.jws.JWS.sign", variable: "ZOOM_SECRET", origin: "" },
      },
    ),
    // By its own name, once for each variable
    ...["VITE_ZOOM_SDK_SECRET", "REACT_APP_CLIENT_SECRET", "NEXT_PUBLIC_APP_SECRET_KEY"].map(
      (variable) =>
        marked(
          `import { signatureOf } from "./jwt"; const { env } = import.meta; export const secret = «import.meta.env.${variable}»; console.log(import.meta.env.${variable}); export const made = signatureOf(secret);`,
          { messageId: "publicClientSecret", data: { variable } },
        ),
    ),
    marked(
      `import { KJUR } from "jsrsasign"; console.log(process.env.NEXT_PUBLIC_SDK_SECRET); const secret = «process.env.NEXT_PUBLIC_SDK_SECRET»; export const sign = (claims) => KJUR.jws.JWS.sign("HS256", header, claims, secret);`,
      {
        messageId: "publicVariable",
        data: { name: "KJUR.jws.JWS.sign", variable: "NEXT_PUBLIC_SDK_SECRET", origin: "" },
      },
    ),
    // Its name alone says that it is a key and that everybody gets it.
    ...[
      "import.meta.env.VITE_JWT_SECRET",
      "process.env.NEXT_PUBLIC_JWT_SECRET",
      "process.env.REACT_APP_TOKEN_SECRET",
    ].map((read) =>
      marked(`export const mac = (data) => btoa(«${read}» + data); // jwt`, {
        messageId: "publicKey",
        data: { variable: read.split(".").at(-1) ?? "" },
      }),
    ),
    ...(
      [
        ["clientSecret", "process.env.NEXT_PUBLIC_GOOGLE_SECRET", "NEXT_PUBLIC_GOOGLE_SECRET"],
        ["client_secret", "import.meta.env.VITE_CLIENT_SECRET || ''", "VITE_CLIENT_SECRET"],
      ] as const
    ).map(([key, value, name]) =>
      marked(
        `import NextAuth from "next-auth"; export default NextAuth({ providers: [Google({ clientId, ${key}: «${value}» })] });`,
        { messageId: "publicClientSecret", data: { variable: name } },
      ),
    ),
    // Variables by the names that bundlers look for
    variable(`${JWT}jwt.sign(p, «process.env.NEXT_PUBLIC_JWT_SECRET»);`, "NEXT_PUBLIC_JWT_SECRET"),
    variable(`${JWT}jwt.sign(p, «process.env.REACT_APP_JWT_SECRET»);`, "REACT_APP_JWT_SECRET"),
    variable(`${JWT}jwt.sign(p, «process.env.EXPO_PUBLIC_KEY»);`, "EXPO_PUBLIC_KEY"),
    variable(`${JWT}jwt.sign(p, «process.env.GATSBY_JWT_KEY»);`, "GATSBY_JWT_KEY"),
    variable(`${JWT}jwt.sign(p, «process.env.VUE_APP_JWT_KEY»);`, "VUE_APP_JWT_KEY"),
    variable(`${JWT}jwt.sign(p, «import.meta.env.VITE_JWT_SECRET»);`, "VITE_JWT_SECRET"),
    variable(`${JWT}jwt.sign(p, «import.meta.env.PUBLIC_JWT_KEY»);`, "PUBLIC_JWT_KEY"),
    variable(
      `${JWT}const secret = «process.env.NEXT_PUBLIC_JWT_SECRET»;\njwt.sign(p, secret);\njwt.verify(t, secret);`,
      "NEXT_PUBLIC_JWT_SECRET",
    ),
    variable(
      `${JWT}const { VITE_JWT_SECRET: secret } = import.meta.env;\njwt.sign(p, secret);`.replace(
        "VITE_JWT_SECRET: secret",
        "«VITE_JWT_SECRET: secret»",
      ),
      "VITE_JWT_SECRET",
    ),
    variable(
      `${JWT}jwt.sign(p, «\`\${process.env.NEXT_PUBLIC_JWT_SECRET}\`»);`,
      "NEXT_PUBLIC_JWT_SECRET",
    ),
    variable(
      `${JWT}jwt.sign(p, process.env.JWT_SECRET || «process.env.NEXT_PUBLIC_JWT_SECRET»);`,
      "NEXT_PUBLIC_JWT_SECRET",
    ),
    variable(
      `${JWT}import { PUBLIC_JWT_SECRET } from "$env/static/public";\njwt.sign(p, «PUBLIC_JWT_SECRET»);`,
      "PUBLIC_JWT_SECRET",
    ),
    variable(
      `${JWT}import { env } from "$env/dynamic/public";\njwt.sign(p, «env.PUBLIC_JWT_SECRET»);`,
      "PUBLIC_JWT_SECRET",
    ),
    variable(
      `${JWT}const config = useRuntimeConfig();\njwt.sign(p, «config.public.jwtSecret»);`,
      "public.jwtSecret",
    ),
    // A secret checks signatures: the algorithm, the library or the name says so
    variable(
      `${JWT}jwt.verify(t, «process.env.NEXT_PUBLIC_JWT_SECRET»);`,
      "NEXT_PUBLIC_JWT_SECRET",
      { name: "jwt.verify" },
    ),
    variable(
      `${JWT}jwt.verify(t, «import.meta.env.VITE_JWT_KEY», { algorithms: ["HS256"] });`,
      "VITE_JWT_KEY",
      { name: "jwt.verify" },
    ),
    variable(
      `${JOSE}await jwtVerify(t, ${BYTES("«process.env.NEXT_PUBLIC_KEY»")});`,
      "NEXT_PUBLIC_KEY",
      { name: "jwtVerify" },
    ),
    variable(`${JOSE}${SIGN(BYTES("«process.env.NEXT_PUBLIC_KEY»"))}`, "NEXT_PUBLIC_KEY", {
      name: "sign",
    }),
    variable(
      'import { JwtModule } from "@nestjs/jwt";\nJwtModule.register({ secret: «process.env.NEXT_PUBLIC_KEY» });',
      "NEXT_PUBLIC_KEY",
      { name: "JwtModule.register" },
    ),
    variable(
      'import { Strategy } from "passport-jwt";\nnew Strategy({ jwtFromRequest, secretOrKey: «process.env.REACT_APP_SECRET» }, verify);',
      "REACT_APP_SECRET",
      { name: "Strategy" },
    ),
    variable(
      'const { expressjwt } = require("express-jwt");\nexpressjwt({ secret: «process.env.REACT_APP_KEY», algorithms: ["HS256"] });',
      "REACT_APP_KEY",
      { name: "expressjwt" },
    ),
    // Signed by hand
    variable(
      `${HAND}CryptoJS.HmacSHA256(jwtText(claims), «import.meta.env.VITE_JWT_SECRET»);`,
      "VITE_JWT_SECRET",
      { name: "CryptoJS.HmacSHA256" },
    ),
    browser(`"use client";\n${HAND}CryptoJS.HmacSHA256(jwtText(claims), «"fake key"»);`, {
      name: "CryptoJS.HmacSHA256",
    }),
    // Code that runs in the browser
    browser(
      `"use client";\n${JOSE}export const sign = async (p) => { ${SIGN(BYTES('«"fake key"»'))} };`,
      { name: "sign" },
    ),
    browser(
      `"use client";\n${JOSE}export const sign = async (p) => { ${SIGN(BYTES("«process.env.JWT_SECRET»"))} };`,
      { name: "sign" },
    ),
    browser(
      `${HOOK}${JWT}export default () => { const [token] = useState(jwt.sign(p, «"fake key"»)); return <b>{token}</b>; };`,
    ),
    browser(
      `${JOSE}document.title = "x";\nexport const check = (t) => jwtVerify(t, ${BYTES('«"fake key"»')});`,
      { name: "jwtVerify" },
    ),
    browser(
      `import { ref } from "vue";\n${JOSE}const key = «"fake key"»;\nexport const token = ref(${SIGN(BYTES("key")).slice(0, -1)});`,
      { name: "sign" },
    ),
  ],
});
