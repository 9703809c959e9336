import path from "node:path";
import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A script of its own, which gives nothing to other files. */
const SCRIPT = 'import jwt from "jsonwebtoken";\n';
const SIGNED_ONCE = `${SCRIPT}const token = jwt.sign(claims, process.env.JWT_SECRET, options);\n`;

const JWT = `${SCRIPT}export default {};\n`;
const SIGNED = `${JWT}const token = jwt.sign(claims, process.env.JWT_SECRET, options);\n`;

const token = (code: string, name = "console.log", extras = {}) =>
  marked(code, { messageId: "token", data: { name } }, extras);
const key = (code: string, name = "console.log", extras = {}) =>
  marked(code, { messageId: "key", data: { name } }, extras);
const headers = (code: string, name = "console.log", extras = {}) =>
  marked(code, { messageId: "headers", data: { name } }, extras);
const inError = (code: string, extras = {}) => marked(code, { messageId: "inError" }, extras);

/** A handler whose verification has failed, and what it does then. */
const refusing = (statement: string, before = ""): string =>
  `${JWT}${before}export const answer = handler(async (event) => { const token = event.headers.get("x-token"); const key = useRuntimeConfig().auth.secret; try { event.context.user = jwt.verify(token, key, { algorithms: ["HS256"] }); } catch (cause) { ${statement} } });`;

/** The error of a case with one finding that is another one as well, at the same place. */
const both = (found: ReturnType<typeof inError>): typeof found => {
  const errors = found.errors as { messageId: string }[];
  const ofKey = errors.map((error) => ({ ...error, messageId: "keyInError" }));
  return { ...found, errors: [...errors, ...ofKey] };
};

const ASTRO = `import { defineMiddleware } from "astro:middleware"; import jwt from "jsonwebtoken"; const key = process.env.KEY; export const onRequest = defineMiddleware((context, next) => { `;

const JSX = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };

const CAREFUL = {
  filename: path.join(import.meta.dirname, "../../examples/hardened-api/server/x.js"),
};
const CARELESS = {
  filename: path.join(import.meta.dirname, "../../examples/careless-api/server/x.js"),
};

/** A function that puts a token together without a library. */
const BY_HAND =
  'import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); function make(claims) { const text = encode({ alg: "HS256", typ: "JWT" }) + "." + encode(claims); const mac = createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url"); return `${text}.${mac}`; }\n';

const FIREBASE =
  'import { getAuth, GoogleAuthProvider, onAuthStateChanged, signInWithPopup } from "firebase/auth"; const auth = getAuth(); ';

const REISSUED =
  "export const renew = async (refreshToken) => { const answer = await fetch(`${process.env.API_URL}/auth/refresh`, { headers: { Cookie: `refreshToken=${refreshToken}` } }); SHOW };";
const KEPT =
  'import Store from "electron-store"; const kept = new Store(); export const save = (refreshToken) => { kept.set("refreshToken", refreshToken); }; ';

testRule("no-token-logging", rule, {
  valid: [
    // A session whose token nobody reads here, or that is another; parts of it, and what is no token of one
    ...[
      `console.log(session); show(session.user, session.expires);`,
      `console.log(session.user, session.expires); send(session.accessToken);`,
      `console.log(Boolean(session), session === null); send(session.accessToken);`,
      `console.log(session); send(session.csrfToken, session.pushToken);`,
      `console.log(session); session.accessToken = undefined;`,
      `console.log(session); session.refreshToken();`,
      `const { accessToken, ...rest } = session; send(session.accessToken); console.log(rest);`,
    ].map((code) => `export const useIt = ({ session }) => { ${code} };`),
    `import { session } from "./session"; console.log(session); send(session.accessToken);`,
    // Other headers of the answer, of another answer, and whether there is one
    ...[
      'console.log(answer.headers.get("content-type"), answer.status);',
      'console.log(answer.headers.has("set-cookie"), Boolean(answer.headers.get("set-cookie")));',
      'console.log(other.headers.get("set-cookie"), cookies.get("set-cookie"));',
      'const page = await fetch("https://example.org/pages"); console.log(page.headers.get("set-cookie"));',
      'const page = await fetch("https://example.org/auth/csrf"); console.log(page.headers.get("set-cookie"));',
    ].map((show) => REISSUED.replace("SHOW", show)),
    // Another store, and one without a token
    `${KEPT}console.log(kept.path, kept.size, kept.get("theme"));`,
    `${KEPT}console.log(other.store, window.store);`,
    `${KEPT.replaceAll('"refreshToken"', '"theme"')}console.log(kept.store);`,
    `${KEPT.replace('"electron-store"', '"./store"')}console.log(kept.store);`,
    // Other headers beside the one that was put in, and headers before it was
    ...[
      `PUT console.log(config.headers["x-trace"], config.headers.get("x-trace"), config.url);`,
      `console.log(config.headers, config.headers.Authorization); PUT`,
      `PUT console.log(config.headers.has("Authorization"), Boolean(config.headers.Authorization));`,
      `PUT config.headers = {}; console.log(config.headers);`,
      `PUT delete config.headers.Authorization; console.log(config.headers);`,
      `PUT console.log(other.headers);`,
    ].flatMap((code) =>
      [
        `setAuthorization(\`Bearer \${answer}\`)`,
        `set("Authorization", \`Bearer \${answer}\`)`,
      ].map(
        (put) =>
          `${JWT}export const dress = (config, answer) => { ${code.replace("PUT", `config.headers.${put};`)} return config; };`,
      ),
    ),
    `${SIGNED}const headers = new Headers(); headers.set("Authorization", token); console.log(headers.get("content-type"));`,
    // What is shown as the file is loaded, before anything could have been written
    ...[
      `console.log(settings); export const sign = () => { PUT };`,
      `console.log(settings); export function sign() { PUT }`,
      `console.log(settings); export const sign = () => { ask().then(() => { PUT }); };`,
      `console.log(settings); function sign() { PUT } function start() { sign(); } export { start };`,
      `function sign() { PUT } export { sign }; console.log(settings);`,
      `console.log(settings); app.use(() => { PUT });`,
    ].map(
      (code) =>
        `${JWT}const settings = { headers: {} }; ${code.replace("PUT", "settings.headers.token = jwt.sign(claims, key, options);")}`,
    ),
    `${JWT}export function open() { let signed; const sign = () => { signed = jwt.sign(claims, key, options); }; console.log(signed); sign(); }`,
    // Headers that the program lists, or those that a filter leaves
    ...[
      `for (const name of ["accept", "host"]) all[name] = req.headers[name];`,
      `["accept", "host"].forEach((name) => { all[name] = req.headers[name]; });`,
      `Object.assign(all, Object.fromEntries(Object.entries(req.headers).filter(([name]) => name !== "authorization")));`,
    ].map(
      (copy) => `${JWT}export const show = (req) => { const all = {}; ${copy} console.log(all); };`,
    ),
    {
      code: 'import { Controller, Headers } from "@nestjs/common"; @Controller() export class Cats { @Get() all(@Headers("accept") accept: string, @Body() headers: string[]) { console.log(accept, headers); verifyToken(); } }',
      ts: true as const,
    },
    `${JWT}export const show = (req) => { console.log(req.rawHeaders.length, req.rawTrailers); };`,
    // Messages about something else than signing in, with tokens of another trade, or taken apart
    "export const draw = (payload) => { console.log(payload.token); };",
    "import { messaging } from './fcm'; export const login = (payload) => { console.log(payload.token); };",
    "export const login = (pushData, inviteDto) => { console.log(pushData.token, inviteDto.token); };",
    "export const login = (payload) => { console.log(payload.token); grant(payload.token.role, payload.token.sub); };",
    "export const login = (theme, errors) => { const payload = useToken(); console.log(theme.token, errors.token, payload.token); };",
    "export const login = (payload) => { console.log(Boolean(payload.token), payload.token.length); };",
    // An object before it was given the token, after the token was taken out again, and another one
    ...[
      "console.log(user); user.token = token;",
      "console.log(user); Object.assign(user, { token });",
      "user.token = token; save(user); delete user.token; console.log(user);",
      "user.token = token; save(user); user.token = undefined; console.log(user);",
      "Object.assign(user, { token }); user.token = '***'; console.log(user);",
      "Object.assign(user, { token }); console.log(other, user.id, Object.keys(user));",
      "Object.assign({}, user, { token }); console.log(user);",
      "Object.assign(user, { token }); const { token: _, ...rest } = user; console.log(rest);",
      "user.tokens.push({ token }); console.log(user.tokens.length, user.name);",
      "user.tokens.push({ token }); user.tokens = []; console.log(user);",
      "console.log(user); user.tokens.push({ token });",
      "user.tokens = user.tokens.concat({ hash: sha256(token) }); console.log(user);",
      // Of an object a text says no more than that it is one
      "user.token = token; console.log(`${user}`, 'it is ' + user);",
      "console.log(`${{ token }}`);",
      // A class out of sight whose objects nobody saves
      "const client = new Client(new Options({ access_token: token })); console.log(client);",
    ].map(
      (shown) =>
        `${JWT}export const show = (user, other) => { const token = jwt.sign(claims, KEY, options); ${shown} };`,
    ),
    `${JWT}export class Store { open(user) { console.log(this.state); this.state.token = jwt.sign(user, KEY, options); console.log(this.state.user); } }`,
    // Functions that are bound, and write to no log, or put the token where this logger drops it
    `${SIGNED}const say = printer.print.bind(printer); say(token); console.log("said");`,
    `${SIGNED}const ask = console.time.bind(console); ask(token);`,
    `${SIGNED}const say = open ? console.log.bind(console) : () => {}; say(token);`,
    `import pino from "pino"; ${SIGNED}const logger = pino(); const say = logger.info.bind(logger, "signed in"); say(token);`,
    `${SIGNED}const say = console.log.bind(console); say(token.slice(0, 8)); print.call(console, token);`,
    "exports.handle = async (req, res) => { console.log(req); const { accept } = req.headers; check(accept); }; // token",
    "exports.handle = async (req, res) => { console.log(req); const { headers } = req; check(headers.accept); }; // token",
    // A token for push messages, asked for while somebody signs in
    `export async function login(form) { const device = await Notifications.getDevicePushTokenAsync(); console.log(device); save(device.token); }`,
    `export function setRefreshToken(token) { if (!token || token === "null" || token === "undefined") { console.warn("refused", token); return false; } return true; } // jwt`,
    // A key that may be public, and sections of the settings that are no keys
    `${JWT}export const check = (token) => { console.log(process.env.ACCESS_TOKEN_KEY); return jwt.verify(token, process.env.ACCESS_TOKEN_KEY, { algorithms: ["RS256"] }); };`,
    `${JWT}export const check = (token) => { console.log(Boolean(process.env.ACCESS_TOKEN_KEY)); return jwt.verify(token, process.env.ACCESS_TOKEN_KEY, { algorithms: ["HS256"] }); };`,
    `${JWT}console.log(config.jwt.expiresIn, config.cookie.secret, other.jwt.secret);`,
    `${JWT}const key = process.env.SIGNING || ""; console.log("SIGNING", process.env.SIGNING ? "set" : "missing"); export const issue = (sub) => jwt.sign({ sub }, key, options);`,
    // Parts of an answer beside its token, and what is answered to something else
    `export const signIn = async (form) => { const answer = await axios.post("/login", form); console.log(answer.status, answer.data.user); open(answer.data.token); };`,
    `export const list = async () => { const answer = await axios.get("/devices"); console.log(answer.data); open(answer.data.token); };`,
    `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { async session({ session, token }) { session.user.role = token.role; console.log(session); return session; } } });`,
    // What the token says, and what is something else of that name
    `${JWT}export const show = (req, res, next) => { req.token = jwt.verify(read(req), KEY); console.log(req.token); next(); };`,
    `export const show = (req) => { console.log(req.token); use(req.token.sub); };`,
    `export const show = (req) => { console.log(typeof req.token, req.tokens, this.token); }; // token`,
    `import { parse } from "lexer"; export const show = (req) => console.log(req.token);`,
    // Another function of that name
    `import { createAppAuth } from "@octokit/auth-app"; import { auth } from "./auth"; export const show = async () => { const session = await auth(); console.log(session); return createAppAuth; }; // token`,
    // What only a comment says, the challenge of a certificate authority, and a public key
    "// Used to authenticate, with a Bearer token\nexport function show(token) { console.log(token); }",
    `router.get("/.well-known/acme-challenge/:token", (req, res) => { const token = req.params.token; const keyAuthorization = challenges.get(token); console.log(token); res.send(keyAuthorization); });`,
    `app.post("/add/:token", (req, res) => { console.log(req.params.token); res.json(inventories[req.params.token]); });`,
    `export class Keys { async check(header) { if (header.startsWith("Bearer ")) { const publicKey = header.replace("Bearer ", ""); await this.find(publicKey); } } async find(publicKey) { console.log("No key found for", publicKey); } }`,
    `chrome.storage.local.get("token", (items) => { console.log(items.theme, items.token.length); });`,
    {
      name: "a command of a program that is put together elsewhere",
      filename: path.join(import.meta.dirname, "../../src/commands/get-token.ts"),
      code: `import type { Command } from "commander"; import jwt from "jsonwebtoken"; export function run(command: Command) { const token = jwt.sign(claims, key, options); console.log(token); }`,
      ts: true,
    },
    // One header, by a name that nobody knows
    `${JWT}export const show = (req, name) => { console.log(req.headers[name]); };`,
    // Links that let nobody in, and those shown in development alone
    'export function confirm(user) { console.log("Verify at " + base + "/verify-email?token=" + user.verificationToken); }',
    `export async function invite(token) { console.log(\`\${base}/list?page_token=\${token}\`, \`\${base}/map?token=\${token}\`); }`,
    `export async function reset(email) { const token = randomBytes(32).toString("hex"); const link = \`\${base}/reset-password?token=\${token}\`; if (process.env.NODE_ENV !== "production") console.log(link); await send(email, link); }`,
    // The adapter of a server, and what the one of a browser knows besides tokens
    `import { keycloak } from "./keycloak"; app.use(keycloak.middleware()); console.log(keycloak); // token`,
    `import keycloak from "./keycloak"; await keycloak.init({ onLoad: "check-sso" }); console.log(keycloak.authenticated, keycloak.tokenParsed.name);`,
    `import { createAppAuth } from "@octokit/auth-app"; export const read = async (id) => { const auth = createAppAuth({ appId, privateKey: process.env.APP_KEY, installationId: id }); const answer = await auth({ type: "installation" }); console.log(answer.expiresAt); return answer.token; };`,
    // A script that mints one token and prints it
    `import { admin } from "../config/firebase.js"; const token = await admin.auth().createCustomToken("one"); console.log("Token:"); console.log(token);`,
    // What is made of each token of a list, and elements that only lie beside one
    `${SIGNED}const all = []; all.push(token); const made = await Promise.all(all.map((one) => renew(one))); for (const one of made) console.log(one.token_type);`,
    `${SIGNED}const all = []; all.push(token); const lengths = all.map((one) => one.length); console.log(lengths, all.length);`,
    `${SIGNED}const all = []; all.push({ token, n: 1 }); all.forEach((one) => console.log(one.n)); for (const one of all) console.log(one.n); console.log(all.find(isIt).n);`,
    // Headers of which some are chosen
    `${JWT}export const show = (req) => { for (const [name, value] of Object.entries(req.headers)) { if (name === "accept") console.log(value); } };`,
    `${JWT}export const show = (req) => { const some = {}; for (const [name, value] of Object.entries(req.headers)) { if (HIDDEN.has(name)) continue; some[name] = value; } console.log(some); };`,
    `${JWT}export const show = (req) => { const all = {}; for (const [name, value] of Object.entries(req.headers)) all[name] = value; console.log(all.accept); for (const name of Object.keys(req.headers)) console.log(name); };`,
    // What is called a token and has the parts of an object
    `${JWT}export function checkIssuer(token, issuer) { console.log("issuer of the token", token[constants.ISS]); return token[constants.ISS] === issuer; }`,
    `${JWT}export function show(accessToken) { console.log(accessToken); return accessToken.sub; }`,
    // The body of an answer that was none of success
    `import request from "request"; export const ask = (form, done) => request({ url: "https://id.example.net/oauth2/token", form }, (error, response, body) => { if (response.statusCode === 200) done(body.access_token); else console.error(body); });`,
    // A function of another module, one that only computes, and what is not written
    SIGNED.replace("export default {};", 'import { log } from "./maths"; export default {};') +
      "log(token);",
    `import { login } from "./logger"; ${SIGNED}login(token);`,
    `import { log } from "./logger"; ${SIGNED}log("signed", token.length);`,
    `io.on("connection", (socket) => { const who = verifyToken(socket.handshake.auth.token); console.log("in", who.sub, socket.handshake.address, socket.handshake.query); });`,
    // An address of which only a part without parameters is shown, and one that carries something else
    `${SIGNED}const url = new URL("/in", base); url.searchParams.set("token", token); console.log(url.host, url.pathname);`,
    `${SIGNED}const url = new URL("/in", base); url.searchParams.set("page", token.length); console.log(url.href);`,
    `export class Client { async login(form) { const answer = await axios.post("/login", form); this.api.token = answer.data.token; console.log(this.api.base, this.other.token.length); } }`,
    `const response = await axios.post("https://id.example.net/oauth2/token", form); console.log(response.status, response.data.expires_in);`,
    `const response = await axios.post("https://id.example.net/oauth2/revoke", form); console.log(response.data); // token`,
    // Headers of a message that is to be sent, given by the caller
    `export const send = async ({ method, uri, path, headers }) => { console.log({ method, uri, path, headers }); const token = await fresh(); };`,
    `export const send = async ({ url, body, headers }) => { console.log(headers); }; // token`,
    // A script for one run that prints the token it has drawn
    `import { randomBytes } from "node:crypto"; const token = randomBytes(32).toString("hex"); await store(hash(token)); console.log(\`Bearer token: \${token}\`);`,
    `import qs from "qs"; export async function back(ctx) { const res = await axios.post("https://id.example.net/login/oauth/access_token", { code: ctx.query.code }); console.log(res.status); const token = qs.parse(res.data).access_token; return axios.get("/user", { headers: { Authorization: "Bearer " + token } }); }`,
    `import { UserManager } from "oidc-client-ts"; const manager = new UserManager(settings); manager.events.addUserLoaded((user) => console.log("loaded", user.profile.sub, user.expires_in)); export { manager };`,
    `import * as WebBrowser from "expo-web-browser"; export async function signIn(start, back) { const result = await WebBrowser.openAuthSessionAsync(start, back); console.log(result.type); return new URLSearchParams(result.url.split("?")[1]).get("access_token"); }`,
    `import * as WebBrowser from "expo-web-browser"; export async function open(address) { const result = await WebBrowser.openAuthSessionAsync(address, back); console.log(result); } // token`,
    `chrome.runtime.onMessage.addListener((request) => { chrome.storage.local.set({ theme: request.theme, token: request.token }); console.log("kept", request.theme); });`,
    `export const show = (storedToken) => { console.log("at", storedToken); };`,
    // A profile that a store keeps, and an account whose address is not confirmed
    `import { db } from "../firebase"; console.log(store.currentUser, useAuth().currentUser);`,
    `import { supabase } from "./client"; const { data } = await supabase.auth.signUp(form); console.log(data); // token`,
    `import { expressjwt } from "express-jwt"; app.use(expressjwt(options)); app.get("/", (req, res) => { console.log("got", req.method, req.auth); audit(req); res.end(); });`,
    `import express from "express"; app.get("/", (req, res) => { console.log("got", req); res.end(); }); // jwt`,
    // A script for one run, which prints what it made
    `${SIGNED_ONCE}console.log("Token (valid for 7 days):"); console.log(token); console.log(\`Authorization: Bearer \${token}\`);`,
    `${SCRIPT}async function main() { console.log(await new SignJWT({}).sign(key)); } main();`,
    // A script that signs with the key beside it, and prints what it made
    `${SCRIPT}import { readFileSync } from "node:fs"; const make = () => { const token = jwt.sign({}, readFileSync("AuthKey.p8"), { algorithm: "ES256", expiresIn: "180d" }); console.log(token); }; make();`,
    // Of what a client of a provider answers: who it is, what went wrong, what holds no token
    ...[
      "const { user } = await signInWithPopup(auth, provider); console.log(user.uid, user.displayName, `${user}`);",
      "signInWithPopup(auth, provider).then((result) => console.log(result.additionalUserInfo)).catch((error) => console.log(error.code));",
      "onAuthStateChanged(auth, (user) => { console.log(user?.email, auth.currentUser?.uid); });",
    ].map((code) => `${FIREBASE}export async function signIn() { ${code} }`),
    `import auth from "@react-native-firebase/auth"; export const signIn = async () => { const answer = await auth().signInWithCredential(made); console.log(answer); }; // token`,
    `import { supabase } from "./client"; const { data, error } = await supabase.auth.signInWithPassword(form); console.log(error, data.user); // token`,
    `import { instance } from "./msal"; const answer = await instance.acquireTokenSilent(scopes); console.log(answer.account);`,
    `import { useAuth0 } from "@auth0/auth0-react"; export async function read() { const { getIdTokenClaims } = useAuth0(); const claims = await getIdTokenClaims(); console.log(claims.email); }`,
    // An object that is joined to a text says no more than that it is one.
    `export const login = async (form) => { const answer = await axios.post("/login", form); console.log(\`answer \${answer.data}\`, "and " + answer.data); return answer.data.access_token; };`,
    // Other things in the keychain
    `import * as SecureStore from "expo-secure-store"; export const show = async () => { const found = await SecureStore.getItemAsync("push_token"); console.log(found, await SecureStore.getItemAsync("user")); };`,
    // Words that may stand beside that of a token name none without it
    `export const login = (req, res) => { const { admin, client } = req.user; console.log(admin, client); res.cookie("app", admin); }; // token`,
    `export const login = (req, res) => { const { current } = req.cookies; console.log(req.cookies, current); res.cookie("site", current); }; // token`,
    `export class AuthService { constructor(logger) { this.logger = logger; } login(pageToken) { this.logger.debug("got " + pageToken); } }`,
    `export const subscribe = (token) => { login(); pushManager.add(token); console.log(token); }; // push`,
    `import { getUserId } from "../auth.js"; export const handler = (event) => { const held = { event }; logger.info("start", { path: event.path }); return getUserId(event, held); }; // token`,
    // Overwritten behind the spread, taken out before, or known to be no text
    ...['body.idToken ? "set" : "missing"', '"[REDACTED]"', "!!body.idToken"].map(
      (mark) =>
        `export async function POST(request) { const body = await request.json(); console.log("request", { ...body, idToken: ${mark} }); return check(body.idToken); }`,
    ),
    `export function show(config) { const headers = { Authorization: \`Bearer \${config.accessToken}\`, accept: "*" }; delete headers.Authorization; console.log(headers); }`,
    `export const login = (form) => axios.post("/login", form).then(({ data }) => { const token = data.token; if (!token || typeof token !== "string") { console.error("invalid", token); throw new Error("token"); } return token; });`,
    `export function check(authToken) { if (authToken === null || authToken === undefined) console.warn(authToken); if (typeof authToken === "boolean") console.warn(authToken); }`,
    // What gives a token holds none
    `export async function load(options) { const client = await connect(options); const tokens = await client.getOAuthAccessToken(options.code); const profile = await client.get(options.address); console.log(profile, client); return tokens; }`,
    `export const get = async ({ headers, params }) => { console.log({ agent: headers["user-agent"], params }); return headers.authorization; };`,
    `export const get = async ({ headers, columns }) => { console.log(headers, columns); return columns.token; };`,
    `export const login = async (form) => { const data = await post("/login", form); cookies.set("token", data.userId); console.log(data); };`,
    // A promise that nobody waits for prints as one
    `class Login { read = async () => { const value = await AsyncStorage.getItem("accessToken"); return value; }; done() { console.log(this.read(), \`\${this.read()}\`); } }`,
    // What was put into a parameter is read again, or was not there yet
    `export const session = ({ session, token }) => { console.log(session); session.accessToken = token.accessToken; console.log(session.user); return session; };`,
    `export const jwt = ({ token, account }) => { console.log(account.provider, account.expires_at); token.key = account.access_token; return token; };`,
    `export const read = (config) => { console.log(config); return config.access_token; };`,
    // What is called a token and is a setting, a flag, a function or a token of another trade
    `import mapbox from "mapbox-gl"; export const start = (accessToken) => { console.log(accessToken); mapbox.accessToken = accessToken; };`,
    `import { accessToken } from "./settings.js"; console.log(accessToken);`,
    `export const report = (config) => { console.log(config.accessToken, process.env.ACCESS_TOKEN); };`,
    `export const report = (user) => { const accessToken = user.id > 1; console.log(accessToken); };`,
    `export const report = () => { const accessToken = () => read(); console.log(accessToken); };`,
    `export const report = (accessToken, refreshToken) => { console.log(Boolean(accessToken), accessToken.length, refreshToken ? "renewable" : "short", accessToken.slice(0, 4)); };`,
    `export const report = (accessToken) => { if (!accessToken) console.log("none", accessToken); };`,
    `export const report = (token, pageToken, csrfToken) => { console.log(token, pageToken, csrfToken); };`,
    `import { JwtService } from "@/services/jwt.service.js"; class Reset { constructor(jwtService) { this.jwtService = jwtService; } resolve(token) { const claims = this.jwtService.verify(token); this.logger.debug("reset", { sub: claims.sub }); } }`,
    `export class Lexer { next(token) { this.rules.verify(token); console.log(token); } }`,
    // What is read off a set of tokens, and sets of another trade.
    `import { Strategy } from "openid-client"; new Strategy({ client }, (tokenSet, user, done) => { console.log(tokenSet.claims().sub, tokenSet.expires_at); done(null, user); });`,
    `export const paint = (tokenSet) => { console.log(tokenSet); return tokenSet.colors; };`,
    `${JWT}const pem = await read(path); console.log(pem); jwt.verify(token, pem, options);`,
    // What the state holds besides its token, and a state that holds none.
    `import { create } from "zustand"; export const useAuth = create((set, get) => ({ accessToken: null, name: "", login: (accessToken) => { set({ accessToken }); console.log(get().name, Boolean(get().accessToken)); } }));`,
    `import { createSlice } from "@reduxjs/toolkit"; export default createSlice({ name: "lexer", initialState: { token: null }, reducers: { next(state, { payload }) { state.token = payload; console.log(state.token); } } });`,
    `import { BehaviorSubject } from "rxjs"; class Auth { names = new BehaviorSubject(null); login() { this.http.post("/login").subscribe((answer) => { this.names.next(answer.name); localStorage.last = answer.access_token.length; }); } print() { console.log(this.names.value); } }`,
    `import { signal } from "@angular/core"; class Auth { token = signal(null); login() { this.http.post("/login").subscribe((answer) => { this.token.set(answer.access_token); }); } print() { console.log(this.token().length, this.token); } }`,
    `import { cookies } from "next/headers"; export async function GET() { const store = await cookies(); console.log(store.get("theme")?.value, store.get("access_token")?.name, registry.get("access_token")?.value); }`,
    `export async function GET() { const registry = await open(); console.log(registry.get("access_token")?.value); }`,
    // A key of Web Crypto shows its type and what it may be used for.
    `${JWT}export const issue = async () => { const secret = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]); console.log(secret); return jwt.sign({ sub }, secret); };`,
    `export const handler = async (event) => { console.log("event", event); return event.Records.length; }; // token`,
    `export const prepare = (headers, { getState }) => { const { token } = getState().auth; headers.set("authorization", \`Bearer \${token}\`); console.log(getState().auth.name, getState().authors); };`,
    `export const prepare = (headers, { getState, find }) => { console.log(getState().theme, find("a").token, getState().auth.name); const token = getState().auth.token; headers.set("authorization", \`Bearer \${token}\`); headers.set("x-other", find("b").token); };`,
    // What next-auth calls a token are claims.
    `import NextAuth from "next-auth"; import Google from "next-auth/providers/google"; export default NextAuth({ providers: [Google({ clientId, clientSecret })], callbacks: { async jwt({ token, user }) { if (user) token.role = user.role; console.log(token); return token; }, session({ session, token }) { console.log(token); return session; } } });`,
    `import { withAuth } from "next-auth/middleware"; export default withAuth(function middleware(req) { const token = req.nextauth.token; console.log("token", token); }, { callbacks: { authorized: ({ token }) => { console.log(token); return !!token; } } });`,
    `import NextAuth from "next-auth"; import Credentials from "next-auth/providers/credentials"; export default NextAuth({ providers: [Credentials({ authorize })], callbacks: { async jwt(params) { console.log(params); return params.token; } } });`,
    // Of what providers give, who it is and how long; other clients, other messages, other constants.
    `import { OAuth2Client } from "google-auth-library"; const client = new OAuth2Client(id, secret); export const link = async (code) => { const { tokens } = await client.getToken(code); client.setCredentials(tokens); console.log(tokens.expiry_date, Boolean(client.credentials.refresh_token), client.credentials.scope); };`,
    `import { google } from "googleapis"; const { credentials } = settings; console.log(credentials, page.getToken("x"), registry.credentials);`,
    `export const link = async (vault) => { vault.setCredentials(given); const { tokens } = await lexer.getToken(code); console.log(tokens); };`,
    `import NextAuth from "next-auth"; export default NextAuth({ providers, events: { signIn(message) { console.log(message.user.email, message.isNewUser); }, signOut(message) { console.log(message); } }, callbacks: { session(params) { console.log(params.session.expires); return params.session; } } });`,
    `import cookie from "cookie"; export const show = (req) => { const jar = cookie.parse(req.headers.cookie ?? ""); console.log(Boolean(jar.token), jar.locale, jar.csrfToken); const scheme = parse(css); console.log(scheme.token); };`,
    `import Cookies from "universal-cookie"; const jar = new Cookies(); console.log(jar.cookies.theme, jar.cookies.csrfToken, Boolean(jar.cookies.TOKEN), jar.tokens.TOKEN);`,
    `import Lexer from "./lexer.js"; const jar = new Lexer(); console.log(jar.cookies.TOKEN);`,
    `import { THEME_KEY, TOKEN_EXPIRY_KEY, keys } from "./names.js"; export const show = () => { console.log(localStorage.getItem(THEME_KEY), localStorage.getItem(TOKEN_EXPIRY_KEY), localStorage.getItem(keys.csrfToken), registry.get(keys.accessToken)); login(); };`,
    // Which cookies there are is no secret, and others than that of the session are none.
    `${JWT}export const login = (req, res) => { res.cookie("token", jwt.sign({ sub }, secret)); }; export const show = (req) => { console.log(Object.keys(req.cookies), req.cookies.theme); };`,
    `export const show = (req, res) => { console.log(req.cookies); res.cookie("theme", "dark"); login(); };`,
    // What a function gives by a token that it is given.
    `export async function renew(refreshToken) { const id = await getUserIdFromRefreshToken(refreshToken); const end = await getExpiryOfAccessToken(refreshToken); throw new Error("unknown user " + id + end); }`,
    `import { getUserFromToken, getProfileByToken } from "./users.js"; export const show = async (req) => { console.log(await getUserFromToken(req.body.token), await getProfileByToken(req.body.token)); };`,
    `import { getUserId } from "../auth.js"; export const handler = (event) => { console.log(event.path); return getUserId(event); }; // token`,
    `import { getTodo } from "../todos.js"; export const handler = (event) => { console.log(event); return getTodo(event); }; // token`,
    `export function POST(request) { const all = Object.fromEntries(request.headers.entries()); console.log(Object.keys(all), all["content-type"]); } // token`,
    // A provider's failure, a code for the server, another callback, and what a hook gives beside tokens.
    `import { useGoogleLogin } from "@react-oauth/google"; export const useIn = () => useGoogleLogin({ onSuccess: () => console.log("in"), onError: (problem) => console.log(problem) });`,
    `import { useGoogleLogin } from "@react-oauth/google"; export const useIn = () => useGoogleLogin({ flow: "auth-code", onSuccess: (answer) => console.log(answer) });`,
    `google.accounts.id.initialize({ client_id, callback: (answer) => console.log(answer.select_by) }); // token`,
    `export function Badge() { const { user } = useAuth(); const name = useSelector((s) => s.auth.name); console.log(user, name); return user.token; }`,
    `export function Parts() { const { token } = useLexer(); const kind = useSelector((s) => s.lexer.token); console.log(token, kind); }`,
    `export function Page() { const { pushToken } = useAuth(); console.log(pushToken); }`,
    // A record that was looked up by a token, and what is read from it.
    `${JWT}app.post("/renew", async (req, res) => { const found = await User.findOne({ refreshToken: req.cookies.jwt }); console.log(found.id, found === null); jwt.verify(req.cookies.jwt, key, options); });`,
    `${JWT}app.post("/renew", async (req, res) => { const found = await User.findOne({ email: req.body.email }); console.log(found); jwt.verify(req.cookies.jwt, key, options); });`,
    // A list of other things, a part of a list, and what is set up rather than answered.
    `${SIGNED}const names = []; names.push(claims.sub); console.log(names);`,
    `${SIGNED}const tokens = []; tokens.push(token); console.log(tokens.length);`,
    `const config = await load(); console.log(config); connect(config.accessToken);`,
    `const answer = await client.send(command); console.log(answer.status); use(answer.accessToken);`,
    `const answer = await client.send(command); console.log(answer); use(answer.token);`,
    `function tokenOf(event) { return event.headers.authorization; } export const handler = (event) => { console.log(event.path); return tokenOf(event); };`,
    `const { data } = await axios.get("/profile"); console.log(data); localStorage.setItem("theme", data.access);`,
    `export const login = (state, action) => { console.log(action.data.name); return { ...state, token: action.data.token }; };`,
    `export const next = (lexer) => { console.log(lexer.at); return { token: lexer.at.token }; };`,
    `session.setToken(pushToken); console.log(pushToken); login();`,
    `${JWT}app.get("/", (req) => { console.log(req.cookies.csrfToken, req.cookies.theme); }); // authorization`,
    `${JWT}app.use((req) => { console.log(req.headers.host); jwt.verify(cut(req.headers.cookie), key, options); });`,
    `app.use((req) => console.log(req.headers.cookie)); // authorization`,
    `${SIGNED}console.log(chalk.red(\`issued for \${claims.sub}\`));`,
    `function read(lexer) { state.token = lexer.current.token; console.log(lexer.current); } // authorization`,
    `${SIGNED}console.log(token.substring(0, 8) + "…" + token.substring(token.length - 4));`,
    // In development alone.
    `${SIGNED}if (process.env.NODE_ENV === "development") console.log(token);`,
    `${SIGNED}if (process.env.NODE_ENV === "production") send(token); else console.log(token);`,
    `${SIGNED}if (__DEV__ && verbose) console.log(token); isDev && console.log(token);`,
    `${SIGNED}if (!(process.env.NODE_ENV === "production")) console.log(token);`,
    `${SIGNED}function show() { if (process.env.NODE_ENV === "production") return; console.log(token); }`,
    // Where it has been found out that there is none.
    `${SIGNED}if (!token) console.log("none", token);`,
    `${SIGNED}token === undefined && console.log(\`none: \${token}\`);`,
    `${SIGNED}function show() { if (token) return send(token); console.log(token); }`,
    `${SIGNED}switch (kind) { case 1: if (token != null) break; console.log(token); }`,
    `${JWT}app.use((req) => { if (!req.headers.authorization) return console.log(req.headers); jwt.verify(req.headers.authorization, key, options); });`,
    `${JWT}app.use((req) => { const header = req.headers.authorization; if (header) jwt.verify(header, key, options); else console.log(req.headers); });`,
    // The answer of a failure.
    `fetch("/login").then(async (res) => { const data = await res.json(); if (!res.ok) { console.log(data); throw new Error(); } localStorage.setItem("token", data.token); });`,
    `axios.post("/login", form).then((res) => { const { token } = res.data; if (!token) { console.log(res.data); return; } localStorage.setItem("token", token); });`,
    `axios.post("/login", form).then((res) => { if (res.status !== 200 || res.data.error) {} else { return localStorage.setItem("token", res.data.token); } console.log("x"); });`,
    `axios.post("/login", form).then(({ data }) => { if (data.error) return console.log(data); localStorage.setItem("token", data.token); });`,
    `axios.post("/login", form).then((res) => { if (res.status >= 400) console.log(res.data); else localStorage.setItem("token", res.data.token); });`,
    `axios.post("/login", form).then((res) => { if (res.status === 200) localStorage.setItem("token", res.data.token); else console.log(res.data); });`,
    // What somebody says of himself: the claims, whatever their type and the variable are called.
    {
      code: `${JWT}async function check(header: string) { return jwt.verify(header.split(" ")[1], key, options) as JwtPayload; } export const handler = async (event) => { const jwtToken = await check(event.authorizationToken); console.log("in:", jwtToken); };`,
      ts: true,
    },
    // Another part of what holds the token, and one that is too deep to be printed.
    `${JWT}app.use((req) => { console.log(Object.keys(req.cookies)); return jwt.verify(req.cookies.session, key, options); });`,
    `${JWT}app.use((req) => { console.log(req.a); return jwt.verify(req.a.b.c.d.session, key, options); });`,
    // An extractor's other texts.
    `import { ExtractJwt } from "passport-jwt"; ExtractJwt.fromExtractors([(req) => { console.log(req.path); return req.cookies.session; }]);`,
    // A token that names a property is not given to anybody.
    `${SIGNED}sessions[token] = claims.sub; console.log(claims.sub);`,
    // What is read before a header is written, or beside it.
    `axios.interceptors.request.use((config) => { console.log(config.headers); config.headers.Authorization = \`Bearer \${token}\`; return config; });`,
    `axios.interceptors.request.use((config) => { config.headers.Authorization = \`Bearer \${token}\`; console.log(config.url); return config; });`,
    // A part of a request, and one whose headers nobody reads.
    `export const handler = async (event) => { console.log(event.path); return check(event.headers.authorization); };`,
    `export const handler = async (event) => { console.log(event); return list(event.detail); };`,
    // The property of another name, and another path of the same name.
    `${JWT}app.post("/in", (req, res) => { req.session.token = jwt.sign(claims, key, options); console.log(req.session.id, req.body.token.length); });`,
    // Names of other trades, also where two words are written as one.
    `axios.get("/a", { headers: { token: csrfToken } }); console.log(csrfToken);`,
    `localStorage.setItem("token", seal(token)); console.log(encryptedToken);`,
    `import { secrets } from "./app"; console.log(secrets.port, config.jwtSecret.length);`,
    // By then the variable holds another answer.
    `export async function login(form) { let answer = await enter(form); localStorage.setItem("accessToken", answer.data.accessToken); answer = await profile(); console.log(answer.data); }`,
    `export async function login(form) { let answer = await ping(); console.log(answer.data); answer = await enter(form); localStorage.setItem("accessToken", answer.data.accessToken); }`,
    `export async function login(form) { const answer = await enter(form); console.log(answer.status); localStorage.setItem("accessToken", answer.data.accessToken); }`,
    `import { store } from "./store"; console.log(store); axios.get("/a", { headers: { Authorization: \`Bearer \${store.accessToken}\` } });`,
    // Another cookie than the one that is verified, and what another handler's body holds.
    `${JWT}app.get("/a", (req) => jwt.verify(req.cookies.session, secret)); app.get("/b", (req) => console.log(req.cookies.theme));`,
    `${JWT}app.post("/a", (req) => jwt.verify(req.body.code, secret)); app.post("/b", (req) => console.log(req.body.code));`,
    // The signature of something else, and what is said of one that was made by hand.
    `${BY_HAND}const pass = make(claims); console.log("made", pass.length);`,
    `${BY_HAND.replace(', typ: "JWT"', "").replace('alg: "HS256"', "at: 1")}console.log(make(claims)); // token`,
    // The word is not the thing.
    `${SIGNED}console.log("token issued");`,
    `${SIGNED}console.log("issued a token for", claims.sub);`,
    `${SIGNED}console.log("token issued", !!token, typeof token, token !== undefined);`,
    `${SIGNED}console.log(token ? "has token" : "no token");`,
    `${SIGNED}console.log(\`token \${token ? "set" : "missing"}\`);`,
    `${SIGNED}console.log(token.length, token.startsWith("eyJ"));`,
    // What is left of it signs nobody in.
    `${SIGNED}console.log(token.slice(0, 6));`,
    `${SIGNED}console.log(token.substring(0, 10) + "…", token.substr(0, 8), token.slice(-4));`,
    `${SIGNED}console.log(token.slice(0, 40), token.substr(0, 50));`,
    `${SIGNED}console.log(mask(token), redact(token), hashToken(token));`,
    `${SIGNED}import { createHash } from "node:crypto"; console.log(createHash("sha256").update(token).digest("hex"));`,
    `${SIGNED}const masked = (text) => text.slice(0, 4) + "…"; console.log(masked(token));`,
    `${SIGNED}console.log(token.replace(/./g, "*"), token.split(".").length);`,
    `${SIGNED}console.log(token.split(".")[1]);`,
    `${SIGNED}console.log({ ...{ token }, token: "[redacted]" });`,
    `${SIGNED}console.log(JSON.stringify({ token }, withoutTokens));`,
    // One claim.
    `${JWT}const claims = jwt.verify(token, process.env.JWT_SECRET, options); console.log(claims.jti, claims.sub, claims);`,
    `${JWT}console.log(jwt.decode(token).jti);`,
    `${JWT}try { jwt.verify(token, process.env.JWT_SECRET, options) } catch (err) { console.error("invalid token", err.message); }`,
    // Headers by name, and whether one is there.
    `function log(req) { console.log(req.headers["user-agent"], req.headers.host, req.get("x-request-id")); }`,
    `function log(req) { console.log("authorization" in req.headers, req.headers.authorization !== undefined, !req.headers.authorization); }`,
    `function log(req) { const { authorization, ...rest } = req.headers; console.log({ path: req.path, signedIn: Boolean(authorization) }); }`,
    `function log(response) { console.log(response.headers, response.headers.get("content-type")); }`,
    `console.log("Missing Authorization header");`,
    // What is kept under another name, or in code about something else
    `console.log(localStorage.getItem("theme")); login();`,
    `const token = localStorage.getItem("token"); console.log(token); lexer.reset(token);`,
    `const name = "Dear " + user.name; console.log(user.name); send({ headers: { Authorization: name } });`,
    // Tokens of another trade.
    `const token = lexer.next(); console.log(token, token.type, token.value);`,
    `function onToken(token) { process.stdout.write(token); console.log(token); }`,
    `const { usage } = await client.messages.create({ max_tokens: 10 }); console.log(usage.input_tokens, usage.output_tokens);`,
    `const csrfToken = req.csrfToken(); console.log(csrfToken);`,
    `const token = await getToken(messaging, { vapidKey }); console.log("push token", token);`,
    `const deviceToken = await Notifications.getDevicePushTokenAsync(); console.log(deviceToken);`,
    `const resetToken = crypto.randomBytes(32).toString("hex"); console.log(resetToken);`,
    `const passwordResetToken = await make(user); console.log(passwordResetToken.length, Boolean(passwordResetToken), sha256(passwordResetToken));`,
    `import { resetToken } from "./password.js"; console.log(resetToken);`,
    `export async function change(password, resetToken) { if (!resetToken) console.log(resetToken); }`,
    `const nextPageToken = response.data.nextPageToken; console.log(nextPageToken);`,
    `const source = axios.CancelToken.source(); console.log(source.token);`,
    `import { generateToken } from "./random.js"; console.log(generateToken(32));`,
    `import { generatetoken } from "./random.js"; console.log(generatetoken(32));`,
    `const tokens = tokenize(source); for (const token of tokens) console.log(token);`,
    // A name that may be anything's is no evidence.
    `function show(token) { console.log(token); }`,
    `const { token } = settings; console.log(token);`,
    `const { data } = await axios.get("/api/orders"); console.log(data);`,
    // The answer of a sign-in without its token, and its failure.
    `const { data } = await axios.post("/auth/login", form); console.log(data.user); save(data.token);`,
    `const res = await fetch("/auth/login", init); if (!res.ok) { const problem = await res.text(); console.error(problem, res.status); } const { token } = await res.json();`,
    `try { const { data } = await axios.post("/auth/login", form); keep(data.accessToken); } catch (error) { console.error(error.message); }`,
    // Keys that are public, and names of keys.
    `${JWT}const claims = jwt.verify(token, publicKey, { algorithms: ["RS256"] }); console.log(publicKey);`,
    `${JWT}const { key } = metadata; jwt.verify(token, metadata.key, options); console.log(metadata.key);`,
    `console.log(Deno.env.get("JWT_ISSUER"), config.get("jwt.audience"), config.get("JWT_PUBLIC_KEY"), labels.get("JWT_SECRET"));`,
    `console.log(process.env.JWT_ISSUER, process.env.JWT_EXPIRES_IN, process.env.JWT_PUBLIC_KEY, process.env.JWT_SECRET_PATH);`,
    `if (!process.env.JWT_SECRET) console.error("JWT_SECRET is not set"); console.log(Boolean(process.env.JWT_SECRET), process.env.JWT_SECRET.length);`,
    // Loggers that drop it.
    `${SIGNED}import pino from "pino"; const logger = pino(); logger.info("token", token); logger.info("issued", { token });`,
    `${SIGNED}import winston from "winston"; const logger = winston.createLogger({}); logger.info("token", token);`,
    `${SIGNED}import pino from "pino"; const logger = pino({ redact: ["token"] }); logger.info({ token });`,
    `function log(req) { logger.info({ headers: req.headers }); } import pino from "pino"; const logger = pino({ redact: ["headers.authorization", "headers.cookie"] });`,
    `${SIGNED}import bunyan from "bunyan"; const log = bunyan.createLogger({ name: "a", serializers: { token: () => "x" } }); log.info({ token });`,
    `${SIGNED}import { Logger } from "tslog"; const log = new Logger({ mask: { keys: ["token"] } }); log.info({ token });`,
    {
      code: `import jwt from "jsonwebtoken"; import { logger } from "./lib/logger.js"; const token = jwt.sign(claims, secret); logger.info("issued", { token });`,
      ...CAREFUL,
    },
    `${SIGNED}console.assert(token, "no token");`,
    // Where it is made it may be told to leave the header out.
    `import { logger } from "@/lib/logger"; function log(req) { logger.info({ req }); return req.headers.authorization; }`,
    `import { logger } from "@/lib/logger"; function log(req) { logger.info("asked", { agent: req.headers["user-agent"] }); } // token`,
    `fastify.addHook("onRequest", async (request) => { request.log.info({ headers: request.headers }); });`,
    // Overwritten before the function that reads it is made.
    `app.use((req, res) => { let who = req.headers.authorization; who = nameOf(who); res.on("finish", () => console.log(who)); });`,
    // Texts that are split but are no headers, and what a server asks for.
    `function first(line) { console.log(line); return line.split(" ")[1]; } show(token);`,
    `async function ask(res) { const asked = res.headers.get("www-authenticate"); console.log(asked); return asked.startsWith("Bearer "); }`,
    // Another part of what came in with a token.
    `${JWT}function check(body) { console.log(body.name); return jwt.verify(body.token, process.env.JWT_SECRET, options); }`,
    `${JWT}io.use((socket, next) => { console.log(socket.handshake.auth.room, socket.handshake.query.page, socket.handshake.auth); });`,
    `function log({ headers: { host } }) { console.log(host); } // authorization`,
    `const theme = localStorage.getItem("tokenColor"); console.log(theme, localStorage.csrfToken, getCookie("csrfToken"));`,
    `${SIGNED}blog.context.log(token);`,
    // No logs.
    `${SIGNED}res.json({ token }); return_(token); cache.set(id, token);`,
    `${SIGNED}catalog.log(token); dialog.info(token); Math.log(token);`,
    `${SIGNED}class Blog { log(text) { this.entries.push(1); } } const logger = new Blog(); logger.log(token);`,
    // The product of a program for the command line.
    `#!/usr/bin/env node\n${SIGNED_ONCE}console.log(token);`,
    // So does one that reads its arguments or asks whoever runs it.
    `${SIGNED_ONCE}const [, , name] = process.argv; console.log(name, token);`,
    `import prompts from "prompts"; ${SIGNED_ONCE}console.log(token);`,
    `const { program } = require("commander"); ${SIGNED_ONCE}console.log(token);`,
    // An error about an answer that has just been found to hold no token.
    ...[
      "if (!data.access_token)",
      "if (!res.ok)",
      "if (res.status !== 200)",
      "if (data.access_token) return data.access_token; else",
    ].map(
      (guard) =>
        `export const exchange = async (form) => { const res = await fetch("/oauth/token", form); const data = await res.json(); ${guard} throw new Error("failed: " + JSON.stringify(data)); return data.access_token; };`,
    ),
    // A request that is made of another one, and one that is not.
    `export const send = (req, next, accessToken) => { const sent = req.clone({ setHeaders: { Authorization: \`Bearer \${accessToken}\` } }); console.log("to", sent.url, req); return next(sent); };`,
    // The headers that `set` gives are new ones: the request itself stays without.
    `export class Sender { intercept(request, next) { const token = localStorage.getItem("token"); const sent = request.clone({ headers: request.headers.set("Authorization", token) }); console.log(request); return next.handle(sent); } }`,
    `import { HttpHeaders } from "@angular/common/http"; export const send = (http, accessToken) => { const plainHeaders = new HttpHeaders(); const headers = plainHeaders.set("Authorization", accessToken); console.log(plainHeaders); return http.get("/a", { headers }); };`,
    `export const send = (req, list, accessToken) => { const copy = list.clone({ accessToken }); console.log("to", copy); return fetch("/orders", { headers: { Authorization: \`Bearer \${accessToken}\` } }); };`,
    // The first word of a header is its scheme.
    `${JWT}function check(token) { try { return jwt.verify(token, secret); } catch { this.showError(\`Invalid \${token}\`); } }`,
    `${JWT}export const check = (authorization) => { const [scheme, token] = authorization.split(" "); if (scheme !== "Bearer") throw new Error(\`Wrong scheme \${scheme}\`); return jwt.verify(token, key, options); };`,
    `${JWT}export const check = (req) => { const parts = (req.headers.authorization ?? "").split(" "); console.log(parts[0]); return jwt.verify(parts[1], key, options); };`,
    // Middleware that leaves the headers out.
    `import morgan from "morgan"; app.use(morgan("combined")); app.use(morgan(":method :url :status :req[content-type]")); // authorization`,
    `import pinoHttp from "pino-http"; app.use(pinoHttp({ redact: ["req.headers.authorization", "req.headers.cookie"] }));`,
    `import pinoHttp from "pino-http"; app.use(pinoHttp({ serializers: { req: (req) => ({ url: req.url }) } })); // authorization`,
    `import pinoHttp from "pino-http"; app.use(pinoHttp(options)); // authorization`,
    `import expressWinston from "express-winston"; app.use(expressWinston.logger({ headerBlacklist: ["authorization", "cookie"] }));`,
    `import expressWinston from "express-winston"; app.use(expressWinston.logger({ meta: false })); // authorization`,
    `import { LoggerModule } from "nestjs-pino"; LoggerModule.forRoot({ pinoHttp: { redact: ["req.headers.authorization"] } });`,
    // Errors that only speak of tokens.
    `${JWT}function check(token) { if (!token) throw new Error("No token"); jwt.verify(token, secret); throw new TypeError(\`bad \${typeof token}\`); }`,
    `class ParseError extends Error {} function fail(token) { throw new ParseError(\`Unexpected token \${token}\`); }`,
    `${JWT}function check(token) { jwt.verify(token, secret); throw new AuthError(token); }`,
    // The nearest twins of what is reported: the same flow, without the token
    `${SIGNED}const session = { user, token }; console.log(session.user);`,
    `${SIGNED}const session = { user, token }; const { token: _, ...rest } = session; console.log(rest);`,
    // What is saved beside the token, without it, or before it was there.
    `${SIGNED}const user = await User.findOne({ mail }); user.token = token; await user.save(); console.log(user.name);`,
    `${SIGNED}const user = await User.findOne({ mail }); const saved = await user.save(); user.token = token; console.log(saved);`,
    `${SIGNED}user.token = token; const saved = await user.save(); console.log(saved.name);`,
    `${SIGNED}const saved = await Session.create({ user, seen: Date.now() }); console.log(saved, saved.id);`,
    `${SIGNED}const saved = await Session.create({ user, token: hash(token) }); console.log(saved);`,
    `${SIGNED}const made = await accounts.create({ user, token }); console.log(made);`,
    `${SIGNED}const client = new Client({ token }); client.connect(); console.log(client);`,
    `${SIGNED}class Note { save() { return this.id; } } const note = new Note(); note.token = token; console.log(note.save());`,
    `${SIGNED}token.save().then((saved) => console.log(saved));`,
    `${JWT}function issue(user) { return jwt.sign({ sub: user.id }, process.env.JWT_SECRET); } issue(user); console.log(issue.name, user.id);`,
    `${SIGNED}const log = (text) => console.log(text); log("hello"); log(user.id); send(token);`,
    // A key of a service, and names of headers.
    `export const ask = (apiKey, id) => { const headers = { Authorization: \`Bearer \${apiKey}\` }; console.log(apiKey, id, Object.keys(headers)); return fetch("/orders", { headers }); };`,
    `export const ask = (value) => { console.log(value); return fetch("/orders", { headers: { Authorization: \`ApiKey \${value}\` } }); };`,
    // A function that verifies something else, or is given something else.
    `export async function verifyToken(token) { console.log(token); return confirmMail(token); }`,
    `export async function verifyAccessToken(options) { console.log(options); return options.token; }`,
    `export const enter = async (form) => { const { data } = await axios.post("/api/loggings", form); console.log("in", data.token); };`,
    `vendor.getAuthToken({ interactive: true }, (token) => { console.log(token); });`,
    `${SIGNED}function keep(token, user) { save(token); console.log(user.id); } keep(token, user);`,
    `${JWT}class A { login() { this.token = jwt.sign(claims, secret); this.user = user; } show() { console.log(this.user); } }`,
    `import { useState } from "react"; function A() { const [token, setToken] = useState(""); async function login() { const { data } = await axios.post("/login", form); setToken(data.token); } console.log(Boolean(token)); return null; }`,
    `import { ref } from "vue"; const token = ref(null); async function login() { const { data } = await axios.post("/login", form); token.value = data.token; console.log("signed in"); }`,
    `app.use((req) => { console.log(req.headers["user-agent"], req.headers["content-type"]); });`,
    `app.use((req) => { const { authorization, host } = req.headers; check(authorization); console.log(host); });`,
    `app.use((req) => { console.log(req.get("User-Agent")); check(req.get("Authorization")); });`,
    `app.use((req) => { const { authorization, cookie, ...headers } = req.headers; console.log(headers); });`,
    `const { data } = await axios.post("/auth/login", form); save(data.accessToken); console.log(data.user.name);`,
    `const { data } = await axios.post("/auth/login", form); const { accessToken, ...rest } = data; save(accessToken); console.log(rest);`,
    `const { data } = await axios.get("/articles"); console.log(data); show(data.title);`,
    `const res = await fetch("/api/login", init); const body = await res.json(); save(body.token); console.log(res.status);`,
    `const { token, user } = await authService.login(email, password); save(token); console.log(user.id);`,
    `import log4js from "log4js"; ${SIGNED}log4js.getLogger().info("issued for", claims.sub);`,
    `import { createConsola } from "consola"; ${SIGNED}createConsola().info("issued", { sub: claims.sub });`,
    `import createDebug from "debug"; ${SIGNED}createDebug("auth")("issued %s", claims.jti);`,
    `import * as Sentry from "@sentry/node"; ${SIGNED}Sentry.setContext("auth", { sub: claims.sub });`,
    // The cookies of Astro show none where they are printed
    `${ASTRO}console.log(context.cookies); return context.cookies.get("access_token")?.value ? next() : no(); });`,
    `${ASTRO}const { cookies } = context; console.log(cookies); return jwt.verify(cookies.get("pass").value, key); });`,
    // Errors that carry no token in a text, or to nobody
    ...[
      "throw createError({ statusCode: 401, message: 'Invalid token', data: { token } });",
      "throw createError({ statusCode: 401, message: `Invalid token: ${cause.message}` });",
      "throw createError({ statusCode: 401, message: 'Invalid', data: `for ${token}` });",
      "throw createError({ statusCode: 401, message: token ? 'Invalid token' : 'No token' });",
      "throw createError({ statusCode: 401, message: `Invalid token ${hash(token)}` });",
      "throw new RefusedError('Invalid', `Bearer ${token}`);",
      "throw new RefusedError(StatusCodes.UNAUTHORIZED, token);",
      "throw new HttpException({ message: 'Enter your code', data: { message: `for ${token}` } }, 401);",
      "page.showError({ message: `Invalid ${token}` });",
      "showError({ message: `Invalid ${token}` });",
      "error(401, `Invalid ${token}`);",
      "httpErrors(`Invalid ${token}`);",
    ].map((statement) => refusing(statement)),
    refusing(
      "throw redirect(302, `/login?next=${url.pathname}`);",
      'import { error, redirect } from "@sveltejs/kit"; ',
    ),
    refusing(
      "fail(401, { message: `Invalid ${token}` });",
      'import { fail } from "@sveltejs/kit"; ',
    ),
  ],
  invalid: [
    // The session whose token is read from it, the cookies of a sign-in, and a store with a token in it
    token(
      `export const useIt = ({ session }) => { console.log("session", «session»); send(session.accessToken); };`,
    ),
    token(
      `export const Box = () => { const { data: session } = useSession(); console.log(«JSON.stringify(session)»); client.setToken({ access_token: session.accessToken }); };`,
    ),
    ...[
      `const cookie = answer.headers.get("set-cookie"); console.log(«cookie»);`,
      `console.log("cookies", «answer.headers.getSetCookie()»);`,
      `console.log(«answer.headers["set-cookie"]»);`,
    ].map((show) => token(REISSUED.replace("SHOW", show))),
    token(`${KEPT}console.log("kept", «kept.store»);`),
    token(`${KEPT}console.log(«JSON.stringify(kept.store)»);`),
    token(
      `const Conf = require("conf"); const kept = new Conf(); use(kept.get("accessToken")); console.log(«kept.store»);`,
    ),
    // A header that a method of the headers puts in
    ...[
      "config.headers",
      "config.headers.Authorization",
      `config.headers.get("authorization")`,
      "config",
    ].flatMap((shown) =>
      [
        `setAuthorization(\`Bearer \${answer}\`)`,
        `set("Authorization", \`Bearer \${answer}\`)`,
      ].map((put) =>
        marked(
          `${JWT}export const dress = (config, answer) => { config.headers.${put}; console.log(«${shown}»); return config; };`,
          { messageId: "token", data: { name: "console.log" } },
        ),
      ),
    ),
    token(
      `${SIGNED}const headers = new AxiosHeaders(); headers.setAuthorization(token); console.log(«headers»);`,
    ),
    token(
      `${JWT}export const call = (config, answer) => { config.headers.setAuthorization(answer.token); console.log(«answer.token»); };`,
    ),
    // Headers of a request are one place, whatever is known of them
    token(
      `${JWT}axios.interceptors.request.use((config) => { config.headers.Authorization = "Bearer " + jwt.sign(claims, key, options); console.log(«config.headers»); return config; });`,
    ),
    token(
      `${SIGNED}export const show = (req) => { console.log(«{ token, headers: req.headers }»); };`,
    ),
    {
      code: `${SIGNED}console.log({ token, key: process.env.JWT_SECRET });`,
      errors: (["token", "key"] as const).map((messageId) => ({
        messageId,
        data: { name: "console.log" },
        line: 4,
        column: 13,
        endLine: 4,
        endColumn: 51,
      })),
    },
    // A function that has written the token may have run by then
    ...[
      `export const sign = () => { PUT }; sign(); console.log(«settings»);`,
      `start(); console.log(«settings»); function sign() { PUT } function start() { sign(); }`,
      `function sign() { PUT } app.use(sign); console.log(«settings»);`,
      `app.use(() => { PUT }); console.log(«settings»);`,
      `const signer = { sign() { PUT } }; signer.sign(); console.log(«settings»);`,
      `function sign() { PUT } for (const name of names) { console.log(«settings»); sign(name); }`,
      `function sign() { PUT } export const show = () => { console.log(«settings»); };`,
    ].map((code) =>
      token(
        `${JWT}const settings = { headers: {} }; ${code.replace("PUT", "settings.headers.token = jwt.sign(claims, key, options);")}`,
      ),
    ),
    token(
      `${JWT}export function open() { const kept = useRef(); const sign = () => { kept.current = jwt.sign(claims, key, options); }; console.log(«kept.current»); return sign; }`,
    ),
    {
      ...headers(
        'import { Controller, Headers } from "@nestjs/common"; @Controller() export class Cats { @Get() all(@Headers() sent: Record<string, string>) { console.log(«sent»); verifyToken(sent.accept); } }',
      ),
      ts: true as const,
    },
    headers(`${JWT}export const show = (req) => { console.log(«req.rawHeaders»); };`),
    // Of a message that is given in code about signing in
    token("export const login = (payload) => { console.log(«`in with ${payload.token}`»); };"),
    token("export const login = (signInDto) => { console.log(«signInDto.token»); };"),
    {
      ...token(
        'import { Logger } from "@nestjs/common"; export class Gateway { private readonly logger = new Logger("x"); async init(@MessageBody() payload: { token: string }) { this.logger.debug(«`init ${payload.token}`»); return this.users.isLogin(payload.token); } }',
        "this.logger.debug",
      ),
      ts: true as const,
    },
    // Objects that were given the token
    ...[
      "Object.assign(user, { token }); console.log(«user»);",
      "Object.assign(user.session, { token }); console.log(«user»);",
      "user.token = undefined; user.token = token; console.log(«user»);",
      "user.tokens.push({ token }); console.log(«user»);",
      "user.tokens = user.tokens.concat({ token }); console.log(«user»);",
      "user.tokens = user.tokens.concat([token]); console.log(«user»);",
      "console.log(«`it is ${inspect({ user, token })}`»);",
      "const form = new Form(new Account({ access_token: token })); console.log(«`it is ${JSON.stringify(form)}`»); Account.create(form, db);",
    ].map((shown) =>
      token(
        `${JWT}export const show = (user, other) => { const token = jwt.sign(claims, KEY, options); ${shown} };`,
      ),
    ),
    token(
      `${JWT}export class Store { open(user) { this.state.token = jwt.sign(user, KEY, options); console.log(«this.state»); } }`,
    ),
    ...["event as any", "event!"].map((shown) =>
      headers(
        `export const handler = async (event: any) => { console.log(«${shown}»); return open(event.headers.Authorization); };`,
        "console.log",
        { ts: true as const },
      ),
    ),
    key(
      `${JWT}export const check = (token) => { console.log(«process.env.ACCESS_TOKEN_KEY»); return jwt.verify(token, process.env.ACCESS_TOKEN_KEY, { algorithms: ["HS256"] }); };`,
    ),
    ...["config.jwt.secret", "this.app.config.jwt.secret", "settings.jws.privateKey"].map((shown) =>
      key(`${JWT}export function show() { console.log(«${shown}»); }`),
    ),
    key(
      `${JWT}const key = process.env.SIGNING || ""; console.log("SIGNING", «process.env.SIGNING»); export const issue = (sub) => jwt.sign({ sub }, key, options);`,
    ),
    ...[
      `export const signIn = async (form) => { const answer = await axios.post("/login", form); console.log(«answer»); open(answer.data.token); };`,
      `export const signIn = async (form) => { const answer = await AuthSession.startAsync(form); console.log(«answer»); return answer.params.token; };`,
      `export const signIn = async (form) => { const answer = await fetchJson("/in", form); console.log(«answer»); const { jwt } = answer; open(jwt); };`,
      `axios.post("/login", form).then((answer) => { console.log(«answer.data»); dispatch(done(answer.data.token)); });`,
      `fetch("/api/login", form).then((answer) => answer.json()).then((data) => { console.log(«data»); open(data.token); });`,
      `export class Page { enter() { this.authService.login(this.form).subscribe((answer) => { console.log(«answer»); this.open(answer.token); }); } }`,
    ].map((code) => token(code)),
    token(
      `import NextAuth from "next-auth"; export default NextAuth({ callbacks: { async session({ session, token }) { session.user.access_token = token.access_token; console.log(«session»); return session; } } });`,
    ),
    // What a middleware has put on the request, and what names where it came from
    token(`export const show = (req, res, next) => { console.log(«req.token»); next(); };`),
    token(
      `export const show = (request, log) => log.debug(«\`cookie: \${request.tokenFromCookie}\`»);`,
      "log.debug",
    ),
    token(
      `export const show = (req) => { const tokenFromHeader = read(req); console.log(«tokenFromHeader»); };`,
    ),
    token(
      `import { api } from "@acme/api"; export async function login(form) { const token = await api.logIn(form); console.log(«token»); return token; }`,
    ),
    ...[
      "chrome.storage.local.get('token', (items) => { console.log(«items.token»); });",
      "chrome.storage.session.get(['accessToken'], ({ accessToken }) => { console.log(«accessToken»); });",
      "browser.storage.local.get('token').then((items) => console.log(«items.token»));",
      "const { token } = await chrome.storage.sync.get(['token']); console.log(«token»);",
    ].map((code) => token(code)),
    token(
      `router.get("/open", auth, (req, res) => { console.log(«req.query.token»); res.send("ok"); });`,
    ),
    token(
      `router.post("/reset-password/:token", (req, res) => { const token = req.params.token; console.log("Token:", «token»); res.end(); });`,
    ),
    token(
      `import commander from "commander"; ${SIGNED.replace("export default {};", "export const from = commander;")}console.log(«token»);`,
    ),
    token(
      `${JWT}const name = "Authorization" in req.headers ? "Authorization" : "authorization"; console.log(«req.headers[name].split(" ")[1]»);`,
    ),
    ...['randomBytes(32).toString("hex")', "await codeFor(email)"].map((made) =>
      token(
        `export async function reset(email) { const token = ${made}; const link = \`\${base}/reset-password?token=\${token}\`; console.log(«\`Link for \${email}: \${link}\`»); }`,
      ),
    ),
    token(
      `export function forgot(user, email) { const resetToken = crypto.randomBytes(20).toString("hex"); user.passwordExpires = Date.now(); console.log(«\`Reset token for \${email}: \${resetToken}\`»); }`,
    ),
    token(`export const mail = (params) => console.log(«\`Password: \${params.resetToken}\`»);`),
    token(
      `export const mail = (user) => { console.log(«user.magic_link_token»); return user.password; };`,
    ),
    token(
      `export function forgot(user) { console.log(«"Open " + base + "/password/new?token=" + user.resetToken»); }`,
    ),
    token(
      `import { useKeycloak } from "@react-keycloak/web"; export default function App() { const { keycloak, initialized } = useKeycloak(); console.log("keycloak", «keycloak»); return keycloak.tokenParsed?.name; }`,
    ),
    token(
      `import { createAppAuth } from "@octokit/auth-app"; export const read = async (id) => { const auth = createAppAuth({ appId, privateKey: process.env.APP_KEY, installationId: id }); const answer = await auth({ type: "installation" }); console.log(«answer»); return answer.token; };`,
    ),
    token(
      `import express from "express"; import admin from "firebase-admin"; app.post("/token", async (req, res) => { const token = await admin.auth().createCustomToken(req.body.uid); console.log(«token»); res.json({ token }); });`,
    ),
    // Lists of tokens, by each of their elements
    ...[
      "for (const one of all) console.log(«one»);",
      "all.forEach((one) => console.log(«one»));",
      "all.map((one) => console.log(«one»));",
      "console.log(«all[0]»);",
      "console.log(«all.at(-1)»);",
    ].map((shown) => token(`${SIGNED}const all = []; all.push(token); ${shown}`)),
    token(
      `${SIGNED}const all = []; all.push({ token, n: 1 }); all.forEach((one) => console.log(«one.token»));`,
    ),
    // All headers, one by one
    ...[
      "for (const [name, value] of Object.entries(req.headers)) console.log(name, «value»);",
      "for (const [name, value] of req.headers.entries()) console.log(name, «value»);",
      "req.headers.forEach((value, name) => console.log(name, «value»));",
      "Object.keys(req.headers).forEach((name) => { console.log(name, «req.headers[name]»); });",
      "const all = {}; for (const [name, value] of req.headers) { all[name] = value; } console.log(«all»);",
      "const all = {}; req.headers.forEach((value, name) => { all[name] = value; }); console.log(«JSON.stringify(all)»);",
    ].map((shown) => headers(`${JWT}export const show = (req) => { ${shown} };`)),
    // A function that does more than log, and logs on one of its ways
    token(
      `import { jwtDecode } from "jwt-decode"; export const read = (token) => { if (token) { try { return jwtDecode(token); } catch { console.warn("Not a JWT:", «token»); } } }; export const restore = () => read(localStorage.getItem("access_token"));`,
      "console.warn",
    ),
    token(
      `import request from "request"; export const ask = (form, done) => request({ url: "https://id.example.net/oauth2/token", form }, (error, response, body) => { if (response.statusCode === 200) console.log(«body»); done(body.access_token); });`,
    ),
    // Functions that write a log: the console's by another name, and those of a module of that name
    token(`const log = console.log; ${SIGNED}log("at", «token»);`, "log"),
    // Bound to its console, with and without something in front, or called by way of another method
    token(`${SIGNED}const say = console.log.bind(console); say(«"at " + token»);`, "say"),
    token(`${SIGNED}const say = console.info.bind(console, "[auth]"); say(«token»);`, "say"),
    token(
      `${SIGNED}const out = { warn: console.warn.bind(console) }; out.warn(«token»);`,
      "out.warn",
    ),
    token(`${SIGNED}const say = logger.info.bind(logger); say(«token»);`, "say"),
    token(`${SIGNED}console.log.call(console, «token»);`, "console.log.call"),
    token(`${SIGNED}console.log.apply(console, «["at", token]»);`, "console.log.apply"),
    token(`const { warn } = console; ${SIGNED}warn("at", «token»);`, "warn"),
    ...["./logger", "@helper/logger", "../utils/log.js", "./appLogger"].map((from) =>
      token(`import { log } from "${from}"; ${SIGNED}log("at", «token»);`, "log"),
    ),
    token(
      `const { logInfo } = require("./logging"); ${SIGNED_ONCE.replace('import jwt from "jsonwebtoken"', 'const jwt = require("jsonwebtoken")')}module.exports = {}; logInfo(«token»);`,
      "logInfo",
    ),
    token(
      `io.use((socket, next) => { socket.user = verifyToken(socket.handshake.auth.token); next(); }); io.on("connection", (socket) => { console.log("in", «socket.handshake.auth»); });`,
    ),
    token(
      `useServer({ context: async (ctx) => ({ user: await verifyToken(ctx.connectionParams?.token) }), onConnect: (ctx) => { console.log("in", «{ sent: ctx.connectionParams }»); } });`,
    ),
    ...[
      "url.toString()",
      "url.href",
      "`to ${url}`",
      "url",
      "url.search",
      "url.searchParams.toString()",
    ].map((shown) =>
      token(
        `${SIGNED}const url = new URL("/in", base); url.searchParams.set("token", token); console.log(«${shown}»);`,
      ),
    ),
    token(`${SIGNED}const url = new URL(\`/in?token=\${token}\`, base); console.log(«url.href»);`),
    token(
      `export class Client { async login(form) { const answer = await axios.post("/login", form); this.api.token = answer.data.accessToken; } show() { console.log("at", «this.api.token»); } }`,
    ),
    ...["response.data", "JSON.stringify(response.data)", "response"].map((shown) =>
      token(
        `const response = await axios.post("https://id.example.net/oauth2/token", form); console.log(«${shown}»);`,
      ),
    ),
    token(
      `export class Users { async signIn(username, password) { const result = await this.auth.api.signInUsername({ body: { username, password } }); const answer = { token: result.token }; this.logger.info(«{ token: answer }», "in"); } }`,
      "this.logger.info",
    ),
    headers(
      `export const show = async ({ body, headers }) => { console.log(«headers»); }; // token`,
    ),
    headers(
      `export const show = async ({ url, query, headers }) => { console.log(«headers»); }; // token`,
    ),
    // The same drawn in a server
    token(
      `import { randomBytes } from "node:crypto"; app.post("/login", (req, res) => { const accessToken = randomBytes(32).toString("hex"); res.cookie("token", accessToken); console.log(«accessToken»); });`,
    ),
    // An answer that is a form, as GitHub gives it
    token(
      `import qs from "qs"; export async function back(ctx) { const res = await axios.post("https://id.example.net/login/oauth/access_token", { code: ctx.query.code }); console.log(«res.data»); const token = qs.parse(res.data).access_token; return axios.get("/user", { headers: { Authorization: "Bearer " + token } }); }`,
    ),
    // What oidc-client hands over, what a socket is given, what an extension keeps, and what has been kept
    token(
      `import { UserManager } from "oidc-client-ts"; const manager = new UserManager(settings); manager.events.addUserLoaded((user) => console.log("loaded", «user»)); export { manager };`,
    ),
    token(
      `import { UserManager } from "oidc-client-ts"; const manager = new UserManager(settings); export const back = async () => { const user = await manager.signinRedirectCallback(); console.log(«user»); };`,
    ),
    token(
      `export const open = (token) => new HubConnectionBuilder().withUrl("/hub", { accessTokenFactory: () => { console.log("asked", «token»); return token; } }).build();`,
    ),
    token(
      `chrome.runtime.onMessage.addListener((request) => { const text = JSON.stringify(request.token); chrome.storage.local.set({ token: text }); console.log("kept", «request.token»); });`,
    ),
    token(
      `export class Live { constructor(users) { this.users = users; } show() { console.log(«this.users.cachedAccessToken»); } }`,
    ),
    token(
      `${SIGNED}export const seal = (req) => { const reqLog = req.log; reqLog.debug(«{ token }»); };`,
      "reqLog.debug",
    ),
    token(`export const login = (storedToken) => { console.log("found", «storedToken»); };`),
    token(
      `import * as WebBrowser from "expo-web-browser"; export async function signIn(start, back) { const result = await WebBrowser.openAuthSessionAsync(start, back); console.log(«result»); return new URLSearchParams(result.url.split("?")[1]).get("access_token"); }`,
    ),
    token(`import { getAuth } from "firebase/auth"; console.log(«getAuth().currentUser»);`),
    token(`import { auth } from "../firebase"; console.log(«auth.currentUser»);`),
    token(
      `export const keep = (data) => { sessionStorage.setItem("token", JSON.stringify(data.token)); console.log(«data.token»); };`,
    ),
    headers(
      `import { expressjwt } from "express-jwt"; app.use(expressjwt(options)); app.get("/", (req, res) => { console.log("got", «req»); res.end(); });`,
    ),
    // The same where others ask for it, or where another server is asked
    token(
      `${JWT}import { readFileSync } from "node:fs"; app.post("/login", (req, res) => { const token = jwt.sign({}, readFileSync("AuthKey.p8"), { expiresIn: "1h" }); console.log(«token»); });`,
    ),
    token(
      `${JWT}import { readFileSync } from "node:fs"; export const make = () => { const token = jwt.sign({}, readFileSync("AuthKey.p8"), { expiresIn: "1h" }); console.log(«token»); };`,
    ),
    // What the session's cookie is taken from
    token(
      `import { cookies } from "next/headers"; export async function start(answer) { console.log(«JSON.stringify(answer)»); const token = answer?.data?.accessToken ?? answer?.jwt; (await cookies()).set("session", token, options); }`,
    ),
    ...[
      "const answer = await signInWithPopup(auth, provider); console.log(«answer»);",
      "const { user } = await signInWithPopup(auth, provider); console.log(«user»);",
      "signInWithPopup(auth, provider).then((answer) => { const user = answer.user; console.log(«user»); });",
      "onAuthStateChanged(auth, (user) => console.log(«user»));",
      "console.log(«auth.currentUser»);",
      "const held = GoogleAuthProvider.credentialFromResult(answer); console.log(«held»);",
    ].map((code) => token(`${FIREBASE}export async function signIn() { ${code} }`)),
    ...[
      "const { data } = await supabase.auth.signInWithPassword(form); console.log(«data»);",
      "const { data: { session } } = await supabase.auth.getSession(); console.log(«session»);",
      "supabase.auth.onAuthStateChange((event, session) => console.log(event, «session»));",
    ].map((code) => token(`import { supabase } from "./client"; ${code} // token`)),
    token(
      `import { instance } from "./msal"; instance.loginPopup(scopes).then((answer) => console.log(«answer»)); // token`,
    ),
    ...["claims", "claims.__raw"].map((written) =>
      token(
        `import { useAuth0 } from "@auth0/auth0-react"; export async function read() { const { getIdTokenClaims } = useAuth0(); const claims = await getIdTokenClaims(); console.log(«${written}»); }`,
      ),
    ),
    token(
      `import { GoogleSignin } from "@react-native-google-signin/google-signin"; export async function signIn() { const found = await GoogleSignin.signIn(); console.log(«found»); } // token`,
    ),
    token(
      `export const login = async (form) => { const answer = await axios.post("/login", form); console.log(«\`answer \${JSON.stringify(answer.data)}\`»); return answer.data.access_token; };`,
    ),
    ...['"access_token"', "KEYS.ACCESS_TOKEN", '"token"'].map((name) =>
      token(
        `import * as SecureStore from "expo-secure-store"; const KEYS = { ACCESS_TOKEN: "auth_access_token" }; export const show = async () => { const found = await SecureStore.getItemAsync(${name}); console.log("login", «found»); };`,
      ),
    ),
    // What a getter gives, read twice
    token(
      `export const prepare = (headers, { getState }) => { console.log("token", «getState().auth.token»); const token = getState().auth.token; headers.set("authorization", \`Bearer \${token}\`); };`,
    ),
    token(
      `export const prepare = (headers, { getState }) => { console.log(«getState().auth»); const { access_token } = getState().auth; headers.set("authorization", \`Bearer \${access_token}\`); };`,
    ),
    // Mini programs keep it, too.
    token(
      `export const enter = (form) => wx.request({ url, data: form, success(res) { console.log(«res.data»); wx.setStorageSync("token", res.data.token); } });`,
    ),
    // What Google's client gives for a code
    ...[
      "const { tokens } = await client.getToken(code); console.log(«tokens»);",
      "const answer = await client.getToken(code); console.log(«answer.tokens»);",
      "const answer = await client.getToken(code); console.log(«answer»);",
      "console.log(«(await client.getToken(code)).tokens»);",
      "client.getToken(code, (error, given) => { console.log(«given»); });",
      "const kept = client.credentials; console.log(«{ kept }»);",
      "console.log(«client.credentials»);",
      "const saved = await load(); client.setCredentials(saved); console.log(«saved»);",
      "client.on('tokens', (fresh) => console.log(«fresh»));",
    ].map((body) =>
      token(
        `import { OAuth2Client } from "google-auth-library"; const client = new OAuth2Client(id, secret); export const link = async (code) => { ${body} };`,
      ),
    ),
    // Beside next-auth there are functions that are given real ones.
    token(
      `import NextAuth from "next-auth"; export async function renew({ refreshToken }) { console.log(«refreshToken»); return send(refreshToken); }`,
    ),
    // What next-auth tells of a sign-in, and claims that carry the provider's token from then on
    token(
      `import NextAuth from "next-auth"; import Spotify from "next-auth/providers/spotify"; export default NextAuth({ providers: [Spotify({ clientId, clientSecret })], callbacks: { async jwt({ token, account }) { console.log("claims", «token»); if (account) token.accessToken = account.access_token; return token; } } });`,
    ),
    token(
      `import NextAuth from "next-auth"; export default NextAuth({ providers, events: { async signIn(message) { console.log("in", «message»); } } });`,
    ),
    token(
      `import NextAuth from "next-auth"; export default NextAuth({ providers, callbacks: { jwt: async (params) => { console.log(«params.account»); return params.token; } } });`,
    ),
    // A cookie of a header that the program takes apart
    ...['cookie.parse(req.headers.cookie ?? "")', "parseCookies(req)"].map((made) =>
      token(
        `import cookie from "cookie"; import { parseCookies } from "nookies"; export const show = (req) => { const jar = ${made}; console.log(«jar.token»); };`,
      ),
    ),
    // What a jar of cookies holds
    ...[
      "console.log(«jar.cookies.TOKEN»);",
      "const { cookies } = jar; console.log(«cookies.accessToken»);",
    ].map((shown) =>
      token(`import Cookies from "universal-cookie"; const jar = new Cookies(); ${shown}`),
    ),
    // What is kept under a constant
    ...["TOKEN_KEY", "keys.accessToken", "environment.app_token", "this.tokenName"].map((name) =>
      token(
        `import { TOKEN_KEY, environment, keys } from "./names.js"; export class Auth { show() { console.log(«localStorage.getItem(${name})»); login(); } }`,
      ),
    ),
    token(`const KEY = "access_token"; console.log(«sessionStorage.getItem(KEY)»);`),
    // However the token is taken out of it
    ...[
      "const { authorization } = req.headers; check(authorization);",
      'const { authorization = "" } = req.headers; check(authorization);',
      "const { headers } = req; check(headers.authorization);",
      "const { headers: { authorization } } = req; check(authorization);",
    ].map((body) =>
      headers(`exports.handle = async (req, res) => { console.log(«req»); ${body} }; // token`),
    ),
    token(
      `export const handler = async (event) => { const { authorizationToken = "" } = event; console.log(«authorizationToken»); };`,
    ),
    // Only an authorizer is asked about a method, and what it is asked with is a token.
    headers(
      `export const handler = async (event) => { console.log("event", «event»); return generatePolicy("user", "Deny", event.methodArn); }; // token`,
    ),
    // Next's cookies are objects, which hold the text as their value.
    token(
      `import { cookies } from "next/headers"; export async function GET() { const store = await cookies(); const { value } = store.get("access_token"); console.log(«value»); }`,
    ),
    token(
      `import { cookies } from "next/headers"; export const GET = async () => { console.log(«(await cookies()).get("access_token")?.value»); };`,
    ),
    token(
      `import { cookies } from "next/headers"; export async function GET() { const store = await cookies(); const session = store.get("access_token"); console.log(«session?.value»); }`,
    ),
    token(
      `export const middleware = (request) => { const session = request.cookies.get("access_token")?.value; console.log(«session»); };`,
    ),
    token(
      `export class AuthService { constructor(logger) { this.logger = logger; } login(token) { this.logger.debug(«"got " + token»); } }`,
      "this.logger.debug",
    ),
    headers(
      `import { getUserId } from "../auth.js"; export const handler = (event) => { logger.info("start", «{ event }»); return getUserId(event); }; // token`,
      "logger.info",
    ),
    token(
      `export async function POST(request) { const body = await request.json(); console.log("request", «{ idToken: "[REDACTED]", ...body }»); return check(body.idToken); }`,
    ),
    token(
      `export function check(authToken) { if (typeof authToken === "string") console.log(«authToken»); }`,
    ),
    marked(
      `export function show(config) { const headers = { Authorization: \`Bearer \${config.accessToken}\`, accept: "*" }; delete headers.accept; console.log(«headers»); }`,
      { messageId: "token", data: { name: "console.log" } },
    ),
    // Who also does something else with it logs it where it stands
    token(
      `export function keep(token) { localStorage.setItem("token", token); console.log(«token»); } axios.post("/login", form).then(({ data }) => keep(data.token));`,
    ),
    headers(
      `export const get = async ({ headers, params }) => { console.log(«{ headers, params }»); return headers.authorization; };`,
    ),
    headers(
      `export const get = (req, res) => { const { headers, body } = req; console.log(«headers», body); res.json(headers.authorization); };`,
    ),
    // What is stored as the token, by whatever name it came
    token(
      `export async function login(form) { const response = await fetch("/api/enter", form); const data = await response.json(); if (data.user) sessionStorage.setItem("token", data.user); console.log(«data»); }`,
    ),
    token(
      `class Login { read = async () => { const value = await AsyncStorage.getItem("accessToken"); return value; }; async done() { console.log(«await this.read()»); } }`,
    ),
    token(
      `class Login { read = async () => { const value = await AsyncStorage.getItem("accessToken"); return value; }; done() { const held = this.read(); held.then((value) => console.log(«value»)); } }`,
    ),
    // A parameter holds what is put into it, and what the program reads from it
    token(
      `export const session = ({ session, token }) => { session.accessToken = token.accessToken; console.log("session", «session»); return session; };`,
    ),
    token(
      `export const jwt = ({ token, account }) => { console.log("account", «account»); if (account) token.key = account.access_token; return token; };`,
    ),
    // What nobody calls so who means something else
    token(`function show(accessToken) { console.log(«accessToken»); }`),
    marked(
      `export const keep = (accessToken, refreshToken) => { console.log("session", «accessToken», «refreshToken»); };`,
      [
        { messageId: "token", data: { name: "console.log" } },
        { messageId: "token", data: { name: "console.log" } },
      ],
    ),
    token(
      `export const keep = ({ refresh_token }) => { console.log(«\`refresh \${refresh_token}\`»); };`,
    ),
    token(
      `import { issue } from "./auth.js"; export const link = async (request) => { const accessToken = await issue(request); console.log("link", «accessToken»); return accessToken; };`,
    ),
    token(`export const show = (user) => { console.log(«user.accessToken»); };`),
    // Handed to what verifies tokens by its name
    token(
      `import { JwtService } from "@/services/jwt.service.js"; class Reset { constructor(jwtService) { this.jwtService = jwtService; } resolve(token) { try { return this.jwtService.verify(token); } catch { this.logger.debug("failed", «{ token }»); } } }`,
      "this.logger.debug",
    ),
    token(
      `import { verifyAccessToken } from "./auth.js"; export const check = (token) => { console.log(«token»); return verifyAccessToken(token); };`,
    ),
    token(
      `import { Strategy } from "openid-client"; new Strategy({ client }, (tokenSet, user, done) => { console.log("tokens", «tokenSet»); done(null, user); });`,
    ),
    // What signs is private, whatever it is called.
    key(`${JWT}const pem = await read(path); console.log(«pem»); jwt.sign(claims, pem, options);`),
    // What a store holds, where its own functions read it.
    token(
      `import { create } from "zustand"; export const useAuth = create((set, get) => ({ accessToken: null, login: (accessToken) => { set({ accessToken }); console.log(«get().accessToken»); } }));`,
    ),
    token(
      `import { create } from "zustand"; export const useAuth = create()((set, get) => ({ token: null, login: (token) => { set({ token }); console.log("token", «get().token»); } }));`,
    ),
    token(
      `import { createSlice } from "@reduxjs/toolkit"; export default createSlice({ name: "auth", initialState: { token: null }, reducers: { login(state, { payload }) { state.token = payload; console.log(«state.token»); } } });`,
    ),
    token(
      `import { defineStore } from "pinia"; export const useAuth = defineStore("auth", { state: () => ({ token: "" }), actions: { login(form) { this.token = form.next; console.log(«this.token»); } } });`,
    ),
    token(
      `import Vuex from "vuex"; export default new Vuex.Store({ state: { token: "" }, mutations: { login(state, next) { state.token = next; console.log(«state.token»); } } });`,
    ),
    token(
      `import { BehaviorSubject } from "rxjs"; class Auth { tokens = new BehaviorSubject(null); login() { this.http.post("/login").subscribe((answer) => { this.tokens.next(answer.access_token); }); } print() { console.log(«this.tokens.value»); } }`,
    ),
    token(
      `import { BehaviorSubject } from "rxjs"; const held = new BehaviorSubject(null); export const login = (form) => axios.post("/login", form).then(({ data }) => held.next(data.token)); held.subscribe((next) => console.log(«next»));`,
    ),
    token(
      `import { signal } from "@angular/core"; class Auth { token = signal(null); login() { this.http.post("/login").subscribe((answer) => { this.token.set(answer.access_token); }); } print() { console.log(«this.token()»); } }`,
    ),
    // All cookies of a request, where the program reads or sets that of a session.
    ...[
      'export const login = (req, res) => { res.cookie("token", jwt.sign({ sub }, secret)); };',
      "export const read = (req) => jwt.verify(req.cookies.jwt, secret);",
      "export const read = (req) => { const { access_token } = req.cookies; return jwt.verify(access_token, secret); };",
    ].map((other) =>
      token(
        `${JWT}${other} export const show = (req) => { console.log("cookies", «req.cookies»); };`,
      ),
    ),
    token(
      `${JWT}export const read = (req) => jwt.verify(req.cookies.jwt, secret); export const show = (req) => { console.log(«\`cookies: \${JSON.stringify(req.cookies)}\`»); };`,
    ),
    // A function out of sight takes the token from it.
    headers(
      `import { getUserId } from "../auth.js"; export const handler = (event) => { console.log("event", «event»); return getUserId(event); }; // token`,
    ),
    // A Headers object is printed through its entries, and holds what was set.
    // A logger out of sight; and a text, which no redaction reaches.
    headers(
      `import { logger } from "@/lib/logger"; function log(req) { logger.info("asked", «{ headers: req.headers }»); } // token`,
      "logger.info",
    ),
    headers(
      `fastify.addHook("onRequest", async (request) => { request.log.info(«JSON.stringify({ headers: request.headers })»); });`,
      "request.log.info",
    ),
    headers(
      `import pino from "pino"; const logger = pino({ redact: ["headers.authorization"] }); function log(req) { logger.info(«"asked " + JSON.stringify({ headers: req.headers })»); }`,
      "logger.info",
    ),
    headers(
      `export function POST(request) { console.log(«Object.fromEntries(request.headers)»); } // token`,
    ),
    headers(
      `export function POST(request) { console.log(«[...request.headers.entries()]»); } // token`,
    ),
    token(
      `export const prepare = (headers, session) => { headers.set("Authorization", \`Bearer \${session.accessToken}\`); console.log(«Object.fromEntries(headers.entries())»); };`,
    ),
    // What a provider's sign-in gives to its callback.
    token(
      `import { GoogleLogin } from "@react-oauth/google"; export const In = () => <GoogleLogin onSuccess={(answer) => console.log(«answer»)} onError={(problem) => console.log(problem)} />;`,
      "console.log",
      JSX,
    ),
    token(
      `import { GoogleLogin } from "@react-oauth/google"; const done = ({ credential }) => console.log(«credential»); export const In = () => <GoogleLogin onSuccess={done} />;`,
      "console.log",
      JSX,
    ),
    token(
      `import { useGoogleLogin } from "@react-oauth/google"; export const useIn = () => useGoogleLogin({ onSuccess: (answer) => console.log(«answer.access_token») });`,
    ),
    token(
      `google.accounts.id.initialize({ client_id, callback: handle }); function handle(answer) { const { credential } = answer; console.log("token", «credential»); }`,
    ),
    // What an application's own hooks, contexts and slices give.
    token(`export function Badge() { const { token } = useAuth(); console.log(«token»); }`),
    token(
      `export function Badge() { const { token } = useContext(AuthContext); console.log("Token:", «token»); }`,
    ),
    token(
      `export function Badge() { const token = useSelector((s) => s.auth.token); console.log(«token»); }`,
    ),
    token(
      `export function Badge() { const session = useContext(SessionContext); const token = session.user?.data.token; console.log(«token»); }`,
    ),
    // A record that was looked up by the token holds it.
    token(
      `${JWT}app.post("/renew", async (req, res) => { const found = await User.findOne({ refreshToken: req.cookies.jwt }); console.log(«found»); jwt.verify(req.cookies.jwt, key, options); });`,
    ),
    token(
      `${SIGNED}const session = await prisma.session.findUnique({ where: { token } }); console.log(«session»);`,
    ),
    // Put into a list.
    token(`${SIGNED}let tokens = []; tokens.push(token); console.log(«tokens»);`),
    // Read by a function that is given the request.
    headers(
      `export const handler = (event) => { console.log(«JSON.stringify(event)»); return check(tokenOf(event)); }; function tokenOf(event) { return event.headers.authorization; }`,
    ),
    // Taken out of what was answered.
    token(
      `const answer = await client.send(new InitiateAuthCommand(input)); console.log("in", «answer»); const { AccessToken } = answer.AuthenticationResult; use(AccessToken);`,
    ),
    token(
      `const answer = await client.send(command); console.log(«answer»); use(answer.AuthenticationResult.IdToken);`,
    ),
    token(
      `const answer = await renew(); console.log(«answer»); localStorage.setItem("token", answer.data.access);`,
    ),
    // Asked, but not so that there is none.
    token(`${SIGNED}if (!user) console.log(«token»);`),
    token(`${SIGNED}if (token) console.log(«token»);`),
    token(`${SIGNED}if (!token) { renew(() => console.log(«token»)); }`),
    token(`${SIGNED}if (!token && strict) { stop(); } else console.log(«token»);`),
    token(
      `${JWT}let token; if (!token) { token = jwt.sign(claims, process.env.JWT_SECRET, options); console.log(«token»); }`,
    ),
    token(`${SIGNED}if (!token) { warn(); } console.log(«token»);`),
    headers(
      `${JWT}app.use((req) => { if (!req.user) console.log(«req.headers»); jwt.verify(req.headers.authorization, key, options); });`,
    ),
    token(
      `axios.post("/login", form).then((res) => { if (!res.data.remember) console.log(«res.data»); localStorage.setItem("token", res.data.token); });`,
    ),
    token(
      `axios.post("/login", form).then((res) => { if (res.status === 200) console.log(«res.data»); localStorage.setItem("token", res.data.token); });`,
    ),
    token(
      `export const login = (state, action) => { console.log(«action.data»); return { ...state, token: action.data.token }; };`,
    ),
    token(
      `send("users/register", form).then((reply) => { console.log(«reply»); session.setToken(reply.token); });`,
    ),
    token(
      `app.get("/", passport.authenticate("jwt"), (req) => { console.log(«req.cookies.token»); });`,
    ),
    token(`export const read = (req) => { console.log(«req.cookies.accessToken»); };`),
    token(
      `export const handler = async (event) => { const { authorizationToken } = event; console.log(«authorizationToken»); return check(authorizationToken); };`,
    ),
    // The header that the token is cut out of.
    token(
      `${JWT}app.use((req) => { console.log(«req.headers.cookie»); jwt.verify(cut(req.headers.cookie), key, options); });`,
    ),
    // In colours.
    token(`${SIGNED}console.log(«chalk.red(\`issued: \${token}\`)»);`),
    // What a state takes its token from, and one of two.
    token(
      `const reducers = { login: (state, action) => { console.log(«action.payload»); state.token = action.payload.token; } };`,
    ),
    token(
      `${JWT}app.use((req) => { console.log(«req.params»); const pass = req.params.pass || req.body.pass; return jwt.verify(pass, key, options); });`,
    ),
    token(`${SIGNED}console.log(«token.substring(token.length - 60)»);`),
    // What holds the token that is verified or read, whatever it is called.
    token(
      `${JWT}function check(body) { console.log(«body»); return jwt.verify(body.code, process.env.JWT_SECRET, options); }`,
    ),
    token(
      `${JWT}app.use((req) => { console.log(«req.cookies»); return jwt.verify(req.cookies.session, key, options); });`,
    ),
    token(
      `${JWT}io.use((socket) => { console.log(«socket.handshake»); return jwt.verify(socket.handshake.auth.pass, key, options); });`,
    ),
    token(
      `${JWT}export const who = (sent) => { console.log(«sent»); return jwt.decode(sent.pass).name; };`,
    ),
    token(
      `import { ExtractJwt } from "passport-jwt"; ExtractJwt.fromExtractors([(req) => { const pass = req.cookies.session; console.log(«pass»); return pass; }]);`,
    ),
    token(
      `import { Strategy } from "passport-jwt"; const pick = (req) => { console.log(«req.cookies.session»); return req.cookies.session; }; new Strategy({ jwtFromRequest: pick, secretOrKey: process.env.KEY }, check);`,
    ),
    // In production, too.
    token(`${SIGNED}if (process.env.NODE_ENV !== "test") console.log(«token»);`),
    token(`${SIGNED}if (process.env.NODE_ENV === "production") console.log(«token»);`),
    token(`${SIGNED}if (isDebug) console.log(«token»);`),
    // Kept on the request, and read again.
    token(
      `${JWT}app.post("/in", (req, res) => { req.session.token = jwt.sign(claims, key, options); console.log(«req.session.token»); });`,
    ),
    // Headers that this program writes.
    headers(
      `axios.interceptors.request.use((config) => { config.headers.Authorization = \`Bearer \${token}\`; console.log(«config.headers»); return config; });`,
    ),
    headers(
      `axios.interceptors.request.use((config) => { config.headers["X-Token"] = getToken(); console.log(«config»); return config; });`,
    ),
    // The whole request goes with the header that is read from it.
    headers(
      `export const handler = async (event) => { console.log("in:", «JSON.stringify(event, null, 2)»); return check(event.headers?.authorization); };`,
    ),
    headers(
      `export const handler = async (event) => { console.log(«event»); return check(event.authorizationToken); };`,
    ),
    headers(
      `app.use((req, res, next) => { console.log(«req»); check(req.get("Authorization")); });`,
    ),
    // What the program calls a token where it hands it on, and what holds it.
    token(
      `export const login = (token, role) => { console.log(«{ token, role }»); localStorage.setItem("token", token); };`,
    ),
    token(
      `export async function login(form) { const answer = await enter(form); console.log(«answer.data»); localStorage.setItem("accessToken", answer.data.accessToken); }`,
    ),
    token(
      `export async function login(form) { let answer = await enter(form); console.log(«answer.data»); localStorage.setItem("accessToken", answer.data.accessToken); answer = await ping(); }`,
    ),
    token(
      `export async function login(form) { let answer = await ping(); answer = await enter(form); console.log(«answer.data»); localStorage.setItem("accessToken", answer.data.accessToken); }`,
    ),
    token(
      `export async function login(form) { const made = await enter(form); const { jwt } = made; console.log(«made»); cookies.set("jwt", jwt, { httpOnly: true }); }`,
    ),
    token(
      `export function call(person) { console.log(«person»); return fetch("/orders", { headers: { Authorization: \`Bearer \${person.accessToken}\` } }); }`,
    ),
    token(
      `export async function cart() { const token = await find(); console.log("token:", «token»); return fetch("/cart", { headers: { token, accept: "a/b" } }); }`,
    ),
    token(
      `export const keep = (usertoken) => { console.log(«usertoken»); localStorage.setItem("usertoken", usertoken); };`,
    ),
    token(
      `axios.post("/updateAccessToken", form).then((answer) => { console.log(«answer.data»); keep(answer.data.token); });`,
    ),
    key(`console.log(«settings.JWT_SECRET»); console.log(settings.port);`),
    key(
      `import { verify } from "https://deno.land/x/djwt@v3.0.2/mod.ts"; const secret = Deno.env.get("JWT_SECRET"); console.log(«secret»); await verify(token, secret);`,
    ),
    // The result of signing
    token(`${SIGNED}console.log(«token»);`),
    token(`${SIGNED}console.log("token", «token»);`),
    token(`${SIGNED}console.log(«\`token: \${token}\`»);`),
    token(`${SIGNED}console.log(«"token: " + token»);`),
    token(`${JWT}console.info(«jwt.sign(claims, process.env.JWT_SECRET)»);`, "console.info"),
    token(`${SIGNED}console.log(«{ token }»);`),
    token(`${SIGNED}console.log(«JSON.stringify({ user, auth: { token } })»);`),
    token(`${SIGNED}const session = { user, token }; console.log(«session»);`),
    token(`${SIGNED}const session = { ...user, token }; console.log(«{ ...session }»);`),
    token(`${SIGNED}const session = {}; session.token = token; console.log(«session»);`),
    // Signed by hand.
    token(`${BY_HAND}const pass = make(claims); console.log("made", «pass»);`),
    token(`${BY_HAND.replace("`${text}.${mac}`", 'text + "." + mac')}console.log(«make(claims)»);`),
    // Records of a database.
    token(
      `${SIGNED}const user = await User.findOne({ mail }); user.token = token; const saved = await user.save(); console.log(«saved»);`,
    ),
    token(
      `${SIGNED}const user = await User.findOne({ mail }); user.tokens = [...user.tokens, token]; user.save().then((saved) => console.log(«saved»));`,
    ),
    token(
      `${SIGNED}const saved = await Session.create({ user, token }); console.log("saved", «saved»);`,
    ),
    token(
      `${SIGNED}const session = new Session({ user, token }); await session.save(); console.log(«session»);`,
    ),
    token(
      `${SIGNED}const session = new Session({ user, token }); const saved = await session.save(); console.log(«saved»);`,
    ),
    token(`${SIGNED}console.log(«token.slice(7)»);`),
    token(`${SIGNED}console.log(«token.slice(0, 200)»);`),
    token(`${SIGNED}console.log(«token.slice(20, 60)»);`),
    key(
      `${JWT}const secret = load(); jwt.sign(claims, secret); console.log(«secret.slice(0, 40)»);`,
    ),
    // Read by a function that was there before, or overwritten on one way only.
    token(
      `app.use((req, res) => { let who = req.headers.authorization; res.on("finish", () => console.log(«who»)); who = nameOf(who); });`,
    ),
    token(
      `app.use((req, res) => { let who = req.headers.authorization; if (known) { who = "somebody"; } res.on("finish", () => console.log(«who»)); });`,
    ),
    // Where else a token comes in.
    token(`io.use((socket, next) => { console.log("hello", «socket.handshake.auth.token»); });`),
    token(
      `io.use((socket, next) => { const { token } = socket.handshake.query; console.log(«token»); });`,
    ),
    token(
      `export const handler = async (event) => { console.log(«event.authorizationToken»); return policy; };`,
    ),
    token(`function log({ headers: { authorization } }) { console.log(«authorization»); }`),
    token(
      `const { ip, headers: { authorization: sent = "" } } = request; console.log(ip, «sent»);`,
    ),
    token(
      `${JWT}function check(sent) { console.log(«sent»); const [, raw] = sent.split(" "); return jwt.verify(raw, process.env.JWT_SECRET, options); }`,
    ),
    token(
      `function strip(sent) { console.log(«sent»); const [scheme, token] = sent.split(" "); return scheme === "Bearer" ? token : null; }`,
    ),
    token(
      `function strip(sent) { console.log(«sent»); return sent.startsWith("Bearer ") ? sent.slice(7) : null; }`,
    ),
    token(
      `${JWT}function check(body) { console.log(«body»); return jwt.verify(body.token, process.env.JWT_SECRET, options); }`,
    ),
    token(
      `${JWT}app.post("/check", (req, res) => { console.log(«req.body»); const { token } = req.body; jwt.verify(token, process.env.JWT_SECRET, options); });`,
    ),
    token(`${SIGNED}sails.log(«token»);`, "sails.log"),
    token(`${SIGNED}console.log(«token.replace("Bearer ", "")»);`),
    token(
      `${JWT}jwt.sign(claims, process.env.JWT_SECRET, options, (err, token) => { console.log(«token»); });`,
    ),
    token(
      `import { SignJWT } from "jose"; export const jwt = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(key); console.log(«jwt»);`,
    ),
    token(
      `import { SignJWT } from "jose"; export const builder = new SignJWT(claims); builder.setProtectedHeader({ alg: "HS256" }); console.log(«await builder.sign(key)»);`,
    ),
    token(
      `import { JwtService } from "@nestjs/jwt"; import { Logger } from "@nestjs/common"; class A { private readonly logger = new Logger("A"); constructor(private readonly jwt: JwtService) {} login(user) { const token = this.jwt.sign({ sub: user.id }); this.logger.debug(«\`issued \${token}\`»); } }`,
      "this.logger.debug",
      { ts: true },
    ),
    // Through functions, fields, promises and state
    token(
      `${JWT}function issue(user) { return jwt.sign({ sub: user.id }, process.env.JWT_SECRET); } console.log(«issue(user)»);`,
    ),
    token(
      `${JWT}const issue = (user) => jwt.sign({ sub: user.id }, process.env.JWT_SECRET); const t = issue(user); console.log(«t»);`,
    ),
    token(`${SIGNED}const log = (text) => console.log(text); log("hello"); log(«token»);`),
    // The call of the helper that logs, not the one that led to it; a helper of helpers is called once.
    token(
      `${SIGNED}const log = (text) => console.log(text); const keep = (value) => { log(«"kept " + value»); store.set(value); }; keep(token); keep(token);`,
    ),
    token(
      `${SIGNED}const print = (text) => console.log(text); const log = (text) => print(text); log(«token»);`,
    ),
    token(
      `${JWT}export const check = (req) => { const parts = (req.headers.authorization ?? "").split(" "); console.log(«parts[1]»); return jwt.verify(parts[1], key, options); };`,
    ),
    // Other files or clients are given something, or nothing is asked.
    token(`${SIGNED}app.listen(process.argv[2]); app.get("/", () => console.log(«token»));`),
    token(`${SIGNED}export const name = process.argv[2]; console.log(«token»);`),
    token(
      `import prompts from "prompts"; ${SIGNED}module.exports = prompts; console.log(«token»);`,
    ),
    token(`${SIGNED}process.exitCode = 1; console.log(«token»);`),
    // A request that is made of another one with a header.
    ...[
      `import axios from "axios"; axios.interceptors.request.use((config) => { config.headers.set("Authorization", store.accessToken); console.log(«config»); return config; });`,
      `import axios from "axios"; axios.interceptors.request.use((config) => { store.accessToken && config.headers.set("Authorization", store.accessToken).set("X-Shop", "1"); console.log(«config»); return config; });`,
      `import { HttpHeaders } from "@angular/common/http"; export const send = (http, accessToken) => { const plainHeaders = new HttpHeaders(); const headers = plainHeaders.set("Authorization", accessToken); console.log(«headers»); return http.get("/a", { headers }); };`,
    ].map((code) => token(code)),
    token(
      `export class Sender { intercept(request, next) { const token = localStorage.getItem("token"); const sent = request.clone({ headers: request.headers.set("Authorization", token) }); console.log(«sent»); return next.handle(sent); } }`,
    ),
    token(
      `export const send = (req, next, accessToken) => { const sent = req.clone({ setHeaders: { Authorization: \`Bearer \${accessToken}\` } }); console.log("to", «JSON.stringify(sent)»); return next(sent); };`,
    ),
    // What stands behind the scheme is a token, whatever it is called.
    token(
      `export const renew = async (id) => { const { data } = await axios.post("/renew", { id }); console.log(«\`Bearer \${data.access}\`»); axios.defaults.headers.common.Authorization = \`Bearer \${data.access}\`; };`,
    ),
    token(
      `export const ask = (value) => { const headers = { Authorization: "Bearer " + value }; console.log(«headers»); return fetch("/orders", { headers }); };`,
    ),
    token(
      `export const ask = (session) => { const header = \`Bearer \${session.access}\`; console.log(«header»); return fetch("/orders", { headers: { Authorization: header } }); };`,
    ),
    // The address says that somebody signs in there.
    ...["/api/userLogin", "/api/loginUser?a=b", "/v1/verify-otp"].map((address) =>
      token(
        `export const enter = async (form) => { const { data } = await axios.post("${address}", form); console.log("in", «data.token»); };`,
      ),
    ),
    // What a function that verifies is given.
    token(
      `export const provider = new Provider({ verifyAccessToken: async (token) => { console.log("got", «token»); return introspect(token); } });`,
    ),
    token(`export async function validateJwt(jwt) { console.log(«jwt»); return ask(jwt); }`),
    token(
      `chrome.identity.getAuthToken({ interactive: true }, (token) => { console.log(«token»); });`,
    ),
    token(
      `${SIGNED}function keep(token) { save(token); count(); tell(); console.log(«token»); } keep(token);`,
    ),
    token(
      `${JWT}class A { login() { this.token = jwt.sign(claims, secret); } show() { console.log(«this.token»); } }`,
    ),
    token(
      `import { useState } from "react"; function A() { const [token, setToken] = useState(""); async function login() { const { data } = await axios.post("/login", form); setToken(data.token); } console.log(«token»); return null; }`,
    ),
    token(
      `import { ref } from "vue"; const token = ref(null); async function login() { const { data } = await axios.post("/login", form); token.value = data.token; console.log(«token.value»); }`,
    ),
    token(
      `import jwt from "jsonwebtoken"; import { issueAccessToken } from "./lib/tokens.js"; console.log(«issueAccessToken(user)»);`,
      "console.log",
      CARELESS,
    ),
    // What is verified or decoded
    token(
      `${JWT}function check(token) { console.log(«token»); return jwt.verify(token, process.env.JWT_SECRET, options); }`,
    ),
    token(
      `${JWT}app.use((req, res, next) => { const token = req.body.token; console.log("got", «token»); jwt.verify(token, key, options, next); });`,
    ),
    token(
      `${JWT}app.use((req) => { console.log(«req.body.token»); jwt.verify(req.body.token, key, options); });`,
    ),
    token(
      `import { jwtDecode } from "jwt-decode"; function name(token) { console.debug(«token»); return jwtDecode(token).name; }`,
      "console.debug",
    ),
    // The header
    token(`app.use((req) => { console.log(«req.headers.authorization»); });`),
    token(`app.use((req) => { console.log(«req.headers["x-access-token"]»); });`),
    token(`app.use((req) => { console.log("auth", «req.get("Authorization")»); });`),
    token(
      `app.use((req) => { const authHeader = req.header("authorization"); console.log(«authHeader»); });`,
    ),
    token(
      `app.use((req) => { const { authorization } = req.headers; console.log(«authorization»); });`,
    ),
    // The cookie that one handler verifies is the same in the others.
    token(
      `${JWT}app.get("/a", (req) => jwt.verify(req.cookies.session, secret)); app.get("/b", (req) => console.log(«req.cookies.session»));`,
    ),
    token(
      `${JWT}app.get("/a", (req) => jwt.verify(req.headers["x-session"], secret)); app.get("/b", (request) => 1); app.get("/c", (req) => console.log(«req.headers["x-session"]»));`,
    ),
    token(
      `app.use((req) => { const token = req.headers.authorization?.split(" ")[1]; console.log("Token:", «token»); });`,
    ),
    token(
      `app.use((req) => { const token = req.headers.authorization && req.headers.authorization.split(" ")[1]; console.log(«token»); });`,
    ),
    token(
      `export async function GET(request) { const auth = request.headers.get("authorization"); console.log(«auth»); }`,
    ),
    token(
      `app.use(async (c, next) => { console.log(«c.req.header("Authorization")»); await next(); });`,
    ),
    headers(`app.use((req) => { console.log(«req.headers»); });`),
    headers(
      `app.use((req) => { const { host, ...headers } = req.headers; console.log(«headers»); }); // token`,
    ),
    headers(`app.use((req) => { console.log("request", «JSON.stringify(req.headers)»); });`),
    headers(
      `app.use((req) => { console.log(«{ method: req.method, headers: req.headers }»); }); // token`,
    ),
    headers(`app.use((ctx) => { console.log(«ctx.request.headers»); });`),
    // What signs people in
    token(
      `const { data } = await axios.post("/auth/login", form); console.log(«data.accessToken»);`,
    ),
    token(
      `const { data } = await axios.post("/auth/login", form); console.log(«data»); save(data.accessToken);`,
    ),
    token(
      `const res = await fetch("/api/login", init); const body = await res.json(); console.log(«body.token»);`,
    ),
    token(
      `fetch("/api/login", init).then((res) => res.json()).then((data) => { console.log(«data.token»); });`,
    ),
    token(
      `axios.post(\`\${API}/auth/login\`, form).then((res) => { console.log(«res.data»); localStorage.setItem("t", res.data.token); });`,
    ),
    token(`const { token } = await authService.login(email, password); console.log(«token»);`),
    token(
      `this.http.post("/auth/login", form).subscribe((res) => { console.log(«res.access_token»); });`,
    ),
    token(
      `const { accessToken }: LoginResponse = await client.send(form); console.log(«accessToken»);`,
      "console.log",
      { ts: true },
    ),
    token(
      `const auth = useContext(AuthContext); const token = await AsyncStorage.getItem("token"); console.log(«token»);`,
    ),
    token(`login(); console.log(«localStorage.getItem("accessToken")»);`),
    token(
      `console.log(«props.session»); const token = "Bearer " + props.session; axios({ headers: { Authorization: token } });`,
    ),
    token(
      `console.log(«props.session»); const token = \`Bearer \${props.session}\`; axios({ headers: { Authorization: token } });`,
    ),
    token(`const token = await user.generateAuthToken(); console.log(«token»);`),
    token(`const token = generateToken(user._id); console.log(«token»);`),
    token(`const token = generatetoken({ id: user._id }); console.log(«token»);`),
    token(
      `const { tokens } = await oauth2Client.getToken(code); console.log(«tokens.access_token»);`,
    ),
    token(
      `const Logger = require("./Logger"); const jwt = require("jsonwebtoken"); const made = jwt.sign({ sub: id }, key); Logger.info("made", «made»);`,
      "Logger.info",
    ),
    token(
      `axios.post("https://api.example.org/login", form).then((reply) => { console.log(«reply.data»); const { access } = reply.data; sessionStorage.setItem("accessToken", access); });`,
    ),
    token(
      `import { getAccessTokenFromUser } from "./users.js"; const kept = await getAccessTokenFromUser(user); console.log(«kept»);`,
    ),
    token(`const token = await getAccessTokenSilently(); console.log(«token»);`),
    token(
      `passport.use(new GoogleStrategy(options, (accessToken, refreshToken, profile, done) => { console.log(«accessToken»); done(null, profile); }));`,
    ),
    token(
      `function call(accessToken) { console.log(«accessToken»); return fetch(url, { headers: { Authorization: \`Bearer \${accessToken}\` } }); }`,
    ),
    token(
      `function call(token) { console.log(«token»); config.headers.Authorization = "Bearer " + token; }`,
    ),
    // Keys
    key(`console.log(«process.env.JWT_SECRET»);`),
    key(`const secret = Deno.env.get("JWT_SECRET"); console.log("key", «{ secret }»);`),
    key(`console.log(«config.get("jwt.secret")»);`),
    key(`console.log(«this.configService.getOrThrow("JWT_SECRET")»);`),
    key(`console.log("secret", «process.env.ACCESS_TOKEN_SECRET»);`),
    key(
      `${JWT}const SECRET = process.env.APP_KEY; console.log(«SECRET»); jwt.sign(claims, SECRET);`,
    ),
    key(`${JWT}jwt.sign(claims, config.secret); console.log(«config.secret»);`),
    // Loggers
    token(
      `${SIGNED}import winston from "winston"; winston.info(«\`token \${token}\`»);`,
      "winston.info",
    ),
    token(
      `${SIGNED}import winston from "winston"; const logger = winston.createLogger({}); logger.info("token", «{ token }»);`,
      "logger.info",
    ),
    token(
      `${SIGNED}import { createLogger, format } from "winston"; const logger = createLogger({ format: format.combine(format.splat(), format.json()) }); logger.log("info", "token %s", «token»);`,
      "logger.log",
    ),
    token(
      `${SIGNED}import pino from "pino"; const logger = pino(); logger.info(«{ token }», "issued");`,
      "logger.info",
    ),
    token(
      `${SIGNED}const pino = require("pino"); const logger = pino({ redact: ["token"] }).child({ a: 1 }); logger.info(«\`issued \${token}\`»);`,
      "logger.info",
    ),
    token(
      `${SIGNED}import pino from "pino"; const log = pino(); log.info("issued %s", «token»);`,
      "log.info",
    ),
    token(`${SIGNED}const debug = require("debug")("app"); debug("token %s", «token»);`, "debug"),
    token(
      `${SIGNED}import log4js from "log4js"; const logger = log4js.getLogger(); logger.mark("token", «token»);`,
      "logger.mark",
    ),
    token(`${SIGNED}import log from "loglevel"; log.warn(«token»);`, "log.warn"),
    token(
      `${SIGNED}import signale from "signale"; signale.success("token", «token»);`,
      "signale.success",
    ),
    token(`${SIGNED}import { consola } from "consola"; consola.box(«token»);`, "consola.box"),
    token(
      `${SIGNED}import { Logger } from "tslog"; const log = new Logger(); log.silly(«token»);`,
      "log.silly",
    ),
    token(
      `${SIGNED}import bunyan from "bunyan"; const log = bunyan.createLogger({ name: "a" }); log.info(«{ token }»);`,
      "log.info",
    ),
    token(
      `${SIGNED}import { logger } from "@/lib/logger"; logger.info("issued", «{ token }»);`,
      "logger.info",
    ),
    token(
      `${SIGNED}fastify.log.info(«{ token }»); request.log.info("token", token);`,
      "fastify.log.info",
    ),
    token(
      `${SIGNED}import * as Sentry from "@sentry/node"; Sentry.setContext("auth", «{ token }»);`,
      "Sentry.setContext",
    ),
    token(
      `${SIGNED}import { trace } from "@opentelemetry/api"; span.setAttribute("auth.token", «token»);`,
      "span.setAttribute",
    ),
    // Middleware
    marked(`import morgan from "morgan"; app.use(morgan(«":method :url :req[Authorization]"»));`, {
      messageId: "headerFormat",
    }),
    marked(
      `const morgan = require("morgan"); const FORMAT = «":method :req[cookie]"»; app.use(morgan(FORMAT));`,
      { messageId: "headerFormat" },
    ),
    marked(`import pinoHttp from "pino-http"; app.use(«pinoHttp()»); // authorization`, {
      messageId: "headersByDefault",
      data: { name: "pinoHttp" },
    }),
    marked(
      `import pinoHttp from "pino-http"; app.use(«pinoHttp({ level: "info" })»); // authorization`,
      { messageId: "headersByDefault", data: { name: "pinoHttp" } },
    ),
    marked(
      `import expressWinston from "express-winston"; app.use(«expressWinston.logger({ transports })»); // authorization`,
      { messageId: "headersByDefault", data: { name: "expressWinston.logger" } },
    ),
    marked(
      `import { LoggerModule } from "nestjs-pino"; «LoggerModule.forRoot()»; // authorization`,
      { messageId: "headersByDefault", data: { name: "LoggerModule.forRoot" } },
    ),
    // Errors
    inError(
      `${JWT}function check(token) { try { return jwt.verify(token, secret); } catch { throw new Error(«\`Invalid token \${token}\`»); } }`,
    ),
    inError(
      `export const exchange = async (form) => { const res = await fetch("/oauth/token", form); const answer = await res.json(); if (!answer.name) throw new Error(«"failed: " + JSON.stringify(answer)»); return answer.access_token; };`,
    ),
    inError(
      `${JWT}import * as errors from "./errors.js"; function check(token) { try { return jwt.verify(token, secret); } catch { throw new errors.InvalidToken.TokenError(«\`Invalid \${token}\`»); } }`,
    ),
    token(
      `${ASTRO.replace("astro:", "@/")}console.log(«context.cookies»); return context.cookies.get("access_token")?.value ? next() : no(); });`,
    ),
    token(
      `${ASTRO}console.log(«request.cookies»); return request.cookies.get("access_token")?.value ? next() : no(); });`,
    ),
    // … of which frameworks make answers
    ...[
      "throw createError({ statusCode: 401, message: «`Invalid ${token}`» });",
      'throw createError({ statusCode: 401, statusMessage: «"Invalid " + token» });',
      "throw new HttpException({ message: «`Invalid ${token}`» }, 401);",
      "throw new HTTPException(401, { message: «`Invalid ${token}`» });",
      "throw new TRPCError({ code: 'UNAUTHORIZED', message: «`Invalid ${token}`» });",
      "throw new ApiError(401, «`Invalid ${token}`»);",
      "throw new ApiError(StatusCodes.UNAUTHORIZED, «`Invalid ${token}`»);",
      "throw app.httpErrors.unauthorized(«`Invalid ${token}`»);",
    ].map((statement) => inError(refusing(statement))),
    inError(
      refusing(
        "throw error(401, «`Invalid ${token}`»);",
        'import { error } from "@sveltejs/kit"; ',
      ),
    ),
    inError(
      refusing(
        "error(401, { message: «`Invalid ${token}`» });",
        'import { error } from "@sveltejs/kit"; ',
      ),
    ),
    inError(
      refusing("throw Boom.unauthorized(«`Invalid ${token}`»);", 'import Boom from "@hapi/boom"; '),
    ),
    inError(
      refusing(
        "throw failure.Unauthorized(«`Invalid ${token}`»);",
        'import failure from "http-errors"; ',
      ),
    ),
    both(inError(refusing("throw createError({ message: «`Invalid ${token}, ${key}`» });"))),
    marked(refusing("throw new Error(«`Not made with ${useRuntimeConfig().auth.secret}`»);"), {
      messageId: "keyInError",
    }),
    inError(
      `${JWT}function check(token) { jwt.verify(token, secret); throw new UnauthorizedException(«"Invalid token: " + token»); }`,
    ),
  ],
});
