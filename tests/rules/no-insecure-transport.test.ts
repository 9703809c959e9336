import rule from "../../src/rules/no-insecure-transport.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const AUTH = "headers: { Authorization: `Bearer ${token}` }";
const JWT = 'import jwt from "jsonwebtoken";\n';

const keys = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "keys", data: { name, origin: "" } }, extras);
const token = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "token", data: { name, origin: "" } }, extras);
const socket = (code: string, name: string) =>
  marked(code, { messageId: "socket", data: { name, origin: "" } });
/** A request with a token to an address with `HOST` in it. */
const ofHosts = (hosts: string, address: string, isMarked = false) => {
  const text = `\`${address}\``;
  return `export const me = (token, host, scheme, tail, isShared) => { const HOST = ${hosts}; return fetch(${isMarked ? `«${text}»` : text}, { ${AUTH} }); };`;
};
/** What is posted to another window: `message, target`. */
const posts = (given: string, receiver = "window.opener") =>
  `export const signedIn = async (form, referrer) => { const { data } = await axios.post("/login", form); const token = data.token; ${receiver}.postMessage(${given}); };`;
const anyOrigin = (given: string, receiver?: string) =>
  marked(posts(given, receiver), {
    messageId: "anyOrigin",
    data: {
      name:
        receiver?.startsWith("(") === true
          ? "This message"
          : `${(receiver ?? "window.opener").replace("?", "")}.postMessage`,
      origin: "",
    },
  });
/** A handler that signs a token and does something with it. */
const signs = (steps: string): string =>
  `${JWT}export const enter = (req, res) => { const token = jwt.sign({ sub: req.user.id }, process.env.KEY); ${steps} };`;
const address = (code: string) => marked(code, { messageId: "address", data: { origin: "" } });
const certificate = (code: string) =>
  marked(code, { messageId: "certificate", data: { origin: "" } });
const wholeProcess = (code: string) => marked(code, { messageId: "process", data: { origin: "" } });
const turnedOff = (code: string, name: string) =>
  marked(code, { messageId: "switch", data: { name, origin: "" } });

testRule("no-insecure-transport", rule, {
  valid: [
    // Sessions that carry no token, whose certificates are checked, or of something else.
    `import http2 from "node:http2"; export const push = (token, text) => { const call = http2.connect(HOST, { rejectUnauthorized: false }).request({ ":method": "POST", "x-topic": topicOf(token) }); call.end(text); };`,
    ...[
      ['import http2 from "node:http2";', "http2.connect(HOST, { rejectUnauthorized: true })"],
      ['import http2 from "node:http2";', "http2.createServer({ rejectUnauthorized: false })"],
      ['import { connect } from "amqplib";', "connect(HOST, { rejectUnauthorized: false })"],
      ['import mqtt from "mqtt";', "mqtt.connect(HOST, { rejectUnauthorized: false })"],
      [
        'import http2 from "http2"; const options = { rejectUnauthorized: false };',
        "http2.connect(HOST, { ca: options.ca })",
      ],
    ].map(
      ([imports = "", session = ""]) =>
        `${imports} export const push = (token, text) => { const call = ${session}.request({ ":method": "POST", authorization: \`bearer \${token}\` }); call.end(text); };`,
    ),
    // Addresses that are encrypted, stay on the machine, have another host, or hold no token
    ...[
      "res.redirect(`https://shop.acme.com/in?token=${token}`);",
      "res.redirect(`http://localhost:3000/in?token=${token}`);",
      "res.redirect(`http://${req.headers.host}/in?token=${token}`);",
      "res.redirect(`${process.env.WEB}/in?token=${token}`);",
      "res.redirect(`http://shop.acme.com/in?user=${req.user.id}`);",
      "res.json({ token, home: `http://shop.acme.com/users/${req.user.id}` });",
      "res.json({ token, text: `see http://shop.acme.com/ ${token}` });",
      'if (process.env.NODE_ENV === "development") res.redirect(`http://shop.acme.com/in?token=${token}`);',
    ].map(signs),
    // Some headers of the request, all of them without the one that authorizes, and over https or in the cluster
    ...[
      'axios.get("http://api.example.net/x", { headers: { accept: req.headers.accept } });',
      'axios.get("http://api.example.net/x", { headers: { ...req.headers, authorization: undefined } });',
      'const { authorization, ...headers } = req.headers; axios.get("http://api.example.net/x", { headers });',
      'const headers = { ...req.headers }; delete headers.authorization; axios.get("http://api.example.net/x", { headers });',
      'axios.get("http://api.example.net/x", { headers: pick(req.headers) });',
      'axios.get("https://api.example.net/x", { headers: req.headers });',
      'axios.get("http://backend:3000/x", { headers: req.headers });',
    ].map((sends) => `export const pass = (req) => { ${sends} }; // token`),
    // A host that is one of several: none of them in public, or only for development, or by another scheme
    ...[
      'isShared ? "localhost:4000" : "127.0.0.1:4000"',
      'process.env.NODE_ENV === "production" ? "api.internal" : "dev.example.net"',
      'import.meta.env.DEV ? "dev.example.net" : host',
      'process.env.NODE_ENV === "test" ? "dev.example.net" : host',
    ].map((one) => ofHosts(one, "http://${HOST}/me")),
    ...["https://${HOST}/me", "${scheme}://${HOST}/me", "/hosts/${HOST}"].map((address) =>
      ofHosts('isShared ? "api.example.net" : "b.example.net"', address),
    ),
    ofHosts('isShared ? "api." : "blog."', "http://${HOST}${tail}"),
    ofHosts('isShared ? "shop" : "blog"', "http://${HOST}/me"),
    // Messages for an origin, without a token, and to what has one other side
    ...[
      '{ token }, "https://shop.example.net"',
      "{ token }, window.location.origin",
      "{ token }, { targetOrigin: referrer }",
      "{ token }, { transfer: [] }",
      '{ type: "ready" }, "*"',
      '{ isSignedIn: Boolean(token) }, "*"',
      '{ csrfToken: data.csrfToken }, "*"',
      'process.env.NODE_ENV === "production" ? {} : {}, process.env.NODE_ENV === "production" ? "https://shop.example.net" : "*"',
      '{ token }, import.meta.env.DEV ? "*" : "https://shop.example.net"',
      '{ token }, process.env.NODE_ENV === "test" ? "*" : "https://shop.example.net"',
      '"*", token',
    ].map((given) => posts(given)),
    ...["worker", "port", "navigator.serviceWorker.controller", "ReactNativeWebView"].map(
      (receiver) => posts("{ token }", receiver),
    ),
    ...["window", "self", "globalThis.window"].map((receiver) => posts('{ token }, "*"', receiver)),
    `export const signedIn = async (form) => { const { data } = await axios.post("/login", form); if (!data.token) window.opener.postMessage({ token: data.token }, "*"); };`,
    `export const me = (token) => { const config = { method: "get", url: "https://api.example.net/me", ${AUTH} }; return axios(config); };`,
    `export const me = (token) => { const config = { method: "get", url: "http://api.example.net/open" }; keep(token); return axios(config); };`,
    // The host of the page, by a scheme that is chosen
    "new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/feed?token=${token}`);",
    "const secure = location.protocol === 'https:'; const base = secure ? `wss://${location.host}` : `ws://${location.host}`; new WebSocket(`${base}/feed?token=${token}`);",
    "new WebSocket(`ws://${location.host}/feed`); // token",
    // A switch of whoever uses it
    ...[
      "if (options.disableSslVerification === true)",
      "if (settings.strictSSL === false)",
      "if (ignoreCertificateErrors)",
    ].map(
      (test) =>
        `import { Agent } from "node:https"; export function open(options, settings, ignoreCertificateErrors, token) { let agent; ${test} agent = new Agent({ rejectUnauthorized: false }); return axios.create({ httpsAgent: agent, ${AUTH} }); }`,
    ),
    `import https from "node:https"; const agent = new https.Agent({ rejectUnauthorized: false }); https.request({ path: "/weather", agent });`,
    `export const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: "http://api.example.net" }) }); // token`,
    `export const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: "http://localhost:4000", prepareHeaders: (headers) => { headers.set("authorization", \`Bearer \${token}\`); return headers; } }) });`,
    `export async function signIn(form) { const response = await fetch("http://api.example.net/signin", { method: "POST", body: JSON.stringify(form) }); const data = await response.json(); const profile = data.data; show(profile); } // token`,
    `axios.defaults.headers.common.Authorization = token; axios.get("https://api.example.net/me"); fetch("http://api.example.net/open");`,
    `$.get("http://api.example.net/notes", (notes) => show(notes.token));`,
    // Nothing that authorizes goes there.
    `axios.post("http://api.example.net/notes", { text });`,
    `axios.defaults.baseURL = "http://api.example.net"; axios.get("/notes");`,
    `axios.defaults.baseURL = "http://localhost:3000"; axios.interceptors.request.use((config) => { config.headers.token = localStorage.getItem("token"); return config; });`,
    `axios.post("https://api.example.net/refresh", { refresh: localStorage.getItem("refreshToken") });`,
    // https, this machine, private networks, containers, hosts for tests
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: "https://idp.example.net/jwks.json" });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: "http://localhost:8080/jwks.json" });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: "http://keycloak:8080/realms/a/certs" });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: "http://10.0.3.7/jwks.json" });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: "http://auth.default.svc.cluster.local/jwks.json" });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: \`http://\${host}/jwks.json\` });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: process.env.JWKS_URI });`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: process.env.JWKS_URI || "http://localhost:3000/jwks.json" });`,
    `import { createRemoteJWKSet } from "jose"; createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer));`,
    `fetch("https://api.example.net/orders", { ${AUTH} });`,
    `fetch("/orders", { ${AUTH} });`,
    `fetch("http://localhost:3000/orders", { ${AUTH} });`,
    `fetch("http://127.0.0.1/orders", { ${AUTH} }); fetch("http://[::1]/orders", { ${AUTH} });`,
    `fetch("http://api.test/orders", { ${AUTH} });`,
    `fetch(\`\${base}/orders\`, { ${AUTH} });`,
    `fetch(process.env.NODE_ENV === "production" ? "https://api.example.net" : "http://dev.example.net", { ${AUTH} });`,
    `let base = "https://api.example.net"; if (process.env.NODE_ENV === "development") { base = "http://dev.example.net"; } fetch(base, { ${AUTH} });`,
    // Sockets: encrypted, on this machine, without a token, or of something else
    `import { io } from "socket.io-client"; io("https://live.example.net", { auth: { token } });`,
    `import { io } from "socket.io-client"; io("http://localhost:4000", { auth: { token } });`,
    `import { io } from "socket.io-client"; io("http://live.example.net", { transports: ["websocket"] }); const token = 1;`,
    `import { io } from "./io"; io("http://live.example.net", { auth: { token } });`,
    `new WebSocket(\`wss://live.example.net/?token=\${token}\`); // ws://live.example.net`,
    `const socket = new WebSocket("ws://live.example.net"); socket.send("news"); other.send(JSON.stringify({ token: localStorage.getItem("token") }));`,
    `new WebSocket(location.protocol.replace("http", "ws") + "//live.example.net/?token=" + token);`,
    // No token on the way
    `fetch("http://api.example.net/news"); const token = 1;`,
    `axios.get("http://api.example.net/news", { headers: { Accept: "application/json" } }); fetch("https://b.example.net", { ${AUTH} });`,
    `const page = "http://www.w3.org/2000/svg"; fetch("https://api.example.net", { ${AUTH} });`,
    `const schema = { $schema: "http://json-schema.org/draft-07/schema#" }; const token = "x";`,
    `${JWT}jwt.verify(token, key, { issuer: "http://issuer.example.net", audience: "http://api.example.net" });`,
    `const claims = { "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name": name }; jwt.sign(claims, key);`,
    `const spec = { components: { securitySchemes: { oauth: { type: "oauth2", flows: { password: { tokenUrl: "http://idp.example.net/token", scopes: {} } } } } } };`,
    `const config = new DocumentBuilder().addOAuth2({ type: "oauth2", flows: { authorizationCode: { authorizationUrl, tokenUrl: "http://idp.example.net/token" } } }); // token`,
    `fetch("http://api.example.net/orders", { headers: { Authorization: \`Basic \${credentials}\` } });`,
    `fetch("http://api.example.net/orders", { headers: { Authorization: "Basic " + btoa(user + ":" + password) } });`,
    `axios.get("http://api.example.net/photos", { headers: { Authorization: "Client-ID 1a2b3c" } });`,
    // Certificates are checked, or the connection carries no token
    `const agent = new https.Agent({ rejectUnauthorized: true }); fetch(url, { ${AUTH} });`,
    `const agent = new https.Agent({ ca }); axios.get(url, { httpsAgent: agent, ${AUTH} });`,
    `${JWT}jwt.sign(claims, key); const pool = new Pool({ connectionString, ssl: { rejectUnauthorized: false } });`,
    `${JWT}jwt.sign(claims, key); const sequelize = new Sequelize(url, { dialectOptions: { ssl: { require: true, rejectUnauthorized: false } } });`,
    `${JWT}jwt.sign(claims, key); const mail = nodemailer.createTransport({ host, tls: { rejectUnauthorized: false } });`,
    `const agent = new https.Agent({ rejectUnauthorized: false }); https.get("https://status.example.net", { agent });`,
    `const agent = new https.Agent({ rejectUnauthorized: process.env.NODE_ENV === "production" }); fetch(url, { ${AUTH} });`,
    `if (process.env.NODE_ENV !== "production") { axios.defaults.httpsAgent = new https.Agent({ rejectUnauthorized: false }); } axios.get(url, { ${AUTH} });`,
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1"; delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;`,
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "false"; // Node asks for "0"`,
    `if (process.env.NODE_ENV === "development") process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";`,
    // Switches that stay on, or are of something else
    `import * as oauth from "oauth4webapi"; await oauth.discoveryRequest(issuer, { headers });`,
    `import * as client from "openid-client"; const token = await client.discovery(server, id, secret);`,
    `const config = { requireHttps: true }; import { AuthConfig } from "angular-oauth2-oidc"; // token`,
    `const config = { requireHttps: false }; const token = lexer.next();`,
    `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri, strictSsl: true });`,
    `import OktaJwtVerifier from "@okta/jwt-verifier"; new OktaJwtVerifier({ issuer, testing: { disableHttpsCheck: false } });`,
  ],
  invalid: [
    ...[
      "res.redirect(«`http://shop.acme.com/in?token=${token}`»);",
      'res.redirect(«"http://shop.acme.com/in?token="» + token);',
      "const SITE = «'http://bi.acme.com'»; res.json({ frame: `${SITE}/embed/dashboard/${token}#bordered=true` });",
      "const site = process.env.SITE ?? «'http://bi.acme.com'»; res.send({ link: `${site}/welcome/${token}` });",
    ].map((steps) => address(signs(steps))),
    address(
      "export const show = (frame) => { frame.src = «`http://bi.acme.com/board?access_token=${localStorage.getItem('access_token')}`»; };",
    ),
    // All headers of a request, which is sent on or told of
    token(
      `export const pass = (req) => axios.get(«"http://api.example.net/x"», { headers: req.headers }); // token`,
      "axios.get",
    ),
    token(
      `export const pass = (req) => { const capture = { at: Date.now(), request: { headers: req.headers } }; return axios.post(«"http://api.example.net/x"», { capture }); }; // token`,
      "axios.post",
    ),
    // One of several hosts
    ...[
      [
        'process.env.NODE_ENV === "production" ? "api.example.net" : "localhost:4000"',
        "http://${HOST}/me",
      ],
      ['host || "api.example.net"', "http://${HOST}"],
      ['isShared ? "shop" : "blog"', "http://${HOST}.example.net/me"],
      ['import.meta.env.DEV ? "localhost" : "api.example.net"', "http://${HOST}:8080/${tail}"],
    ].map(([hosts = "", address = ""]) => token(ofHosts(hosts, address, true), "fetch")),
    socket(
      'import { WebSocketLink } from "apollo-link-ws"; const HOST = process.env.NODE_ENV === "production" ? "api.example.net" : "localhost:4000"; export const link = (authToken) => new WebSocketLink({ uri: «`ws://${HOST}`», options: { connectionParams: { authToken: localStorage.getItem("authToken") } } });',
      "WebSocketLink",
    ),
    ...[
      '{ token }, «"*"»',
      'token, «"*"»',
      'JSON.stringify({ type: "auth", payload: { token } }), «"*"»',
      '`signed-in:${token}`, «"*"»',
      'data, «"*"»); keep(data.accessToken',
      '{ token }, «referrer || "*"»',
      '{ token }, «{ targetOrigin: "*" }»',
      '{ token }, «process.env.NODE_ENV === "production" ? "*" : "http://localhost:3000"»',
    ].map((given) => anyOrigin(given)),
    ...["parent", "window.parent", "window.opener?", "frame.contentWindow", "event.source"].map(
      (receiver) => anyOrigin('{ token }, «"*"»', receiver),
    ),
    anyOrigin('{ token }, «"*"»', "(window.opener || window.parent)"),
    marked(
      `export const done = (accessToken) => { if (localStorage.getItem("user")) window.opener.postMessage({ accessToken }, «"*"»); };`,
      { messageId: "anyOrigin", data: { name: "window.opener.postMessage", origin: "" } },
    ),
    token(
      `export const me = (token) => { const config = { method: "get", url: «"http://api.example.net/me"», ${AUTH} }; return axios(config); };`,
      "axios",
    ),
    socket("new WebSocket(«`ws://${window.location.host}/feed?token=${token}`»);", "WebSocket"),
    token(
      `export const me = (token) => fetch(«"http://"» + location.hostname + ":4000/me", { ${AUTH} });`,
      "fetch",
    ),
    // A certificate of its own is no switch of whoever uses it.
    certificate(
      `import { Agent } from "node:https"; export function open(cert, token) { let agent; if (cert) agent = new Agent({ cert, «rejectUnauthorized: false» }); return axios.create({ httpsAgent: agent, ${AUTH} }); }`,
    ),
    // A client's secret on the way to the token endpoint
    certificate(
      `import https from "node:https"; const agent = new https.Agent({ «rejectUnauthorized: false» }); const body = new URLSearchParams({ grant_type: "client_credentials", client_secret: process.env.SECRET }).toString(); https.request({ hostname: "id.example.net", path: "/oauth2/token", method: "POST", agent }).end(body);`,
    ),
    certificate(
      `import { Agent } from "node:https"; export function open(options, token) { let agent; if (options.retry === true) agent = new Agent({ «rejectUnauthorized: false» }); return axios.create({ httpsAgent: agent, ${AUTH} }); }`,
    ),
    token(
      `axios({ url: «"http://api.example.net/login"», method: "POST", data: form }).then((res) => { axios.defaults.headers.common.Authorization = res.data.token; });`,
      "axios",
    ),
    token(
      `axios.defaults.headers.common.Authorization = token; axios.get(«"http://api.example.net/me"»);`,
      "axios.get",
    ),
    token(
      `$.ajax({ url: «"http://api.example.net/me"», headers: { Authorization: "Bearer " + token } });`,
      "$.ajax",
    ),
    // A token in the body, and one that an interceptor puts into a header of the service's own.
    token(
      `axios.post(«"http://api.example.net/renew"», { refresh: localStorage.getItem("refreshToken") });`,
      "axios.post",
    ),
    token(
      `axios.defaults.baseURL = «"http://api.example.net"»; axios.interceptors.request.use((config) => { config.headers.token = localStorage.getItem("token"); return config; });`,
      "axios.defaults.baseURL",
    ),
    token(
      `const service = axios.create({ baseURL: «"http://api.example.net"» }); service.interceptors.request.use((config) => { config.headers["X-Token"] = getToken(); return config; });`,
      "axios.create",
    ),
    // Clients of RTK Query and Apollo, and an answer that is called a token at last
    token(
      `export const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: «"http://api.example.net"», prepareHeaders: (headers, { getState }) => { headers.set("authorization", \`Bearer \${getState().auth.token}\`); return headers; } }) });`,
      "fetchBaseQuery",
    ),
    token(
      `const link = createHttpLink({ uri: «"http://api.example.net/graphql"» }); export const auth = setContext((_, { headers }) => ({ headers: { ...headers, authorization: \`Bearer \${token}\` } })).concat(link);`,
      "createHttpLink",
    ),
    token(
      `export async function signIn(form) { const response = await fetch(«"http://api.example.net/signin"», { method: "POST", body: JSON.stringify(form) }); const data = await response.json(); const token = data.data; await SecureStore.setItemAsync("token", token); }`,
      "fetch",
    ),
    // Keys
    keys(
      `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: «"http://idp.example.net/jwks.json"» });`,
      "jwksRsa",
    ),
    keys(
      `import { expressJwtSecret } from "jwks-rsa"; const URI = «"http://idp.example.net/jwks.json"»; expressJwtSecret({ cache: true, jwksUri: URI });`,
      "expressJwtSecret",
    ),
    keys(
      `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri: «\`http://idp.example.net/\${realm}/certs\`» });`,
      "jwksRsa",
    ),
    keys(
      `import { createRemoteJWKSet } from "jose"; createRemoteJWKSet(new URL(«"http://idp.example.net/jwks.json"»));`,
      "createRemoteJWKSet",
    ),
    keys(
      `import { createRemoteJWKSet } from "jose"; createRemoteJWKSet(new URL("/jwks.json", «"http://idp.example.net"»));`,
      "createRemoteJWKSet",
    ),
    keys(
      `import { auth } from "express-oauth2-jwt-bearer"; app.use(auth({ issuerBaseURL: «"http://idp.example.net"», audience }));`,
      "issuerBaseURL",
    ),
    keys(
      `import { Issuer } from "openid-client"; const token = 1; await Issuer.discover(«"http://idp.example.net"»);`,
      "Issuer.discover",
    ),
    keys(
      `import * as client from "openid-client"; const token = 1; await client.discovery(new URL(«"http://idp.example.net"»), id);`,
      "client.discovery",
    ),
    keys(
      `passport.use(new OAuth2Strategy({ authorizationURL, tokenURL: «"http://idp.example.net/token"», clientID }, verify));`,
      "tokenURL",
    ),
    keys(
      `const options = { introspection_endpoint: «"http://idp.example.net/introspect"» }; check(token, options);`,
      "introspection_endpoint",
    ),
    // Tokens
    token(`fetch(«"http://api.example.net/orders"», { ${AUTH} });`, "fetch"),
    token(`const API = «"http://api.example.net"»; fetch(API + path, { ${AUTH} });`, "fetch"),
    token(
      `const API = «"http://api.example.net"»; fetch(\`\${API}/orders\`, { ${AUTH} });`,
      "fetch",
    ),
    token(`axios.get(«"http://api.example.net/orders"», { ${AUTH} });`, "axios.get"),
    token(
      `fetch(«"http://api.example.net/orders"», { headers: { Authorization: "Token " + token } });`,
      "fetch",
    ),
    token(
      `const options = { ${AUTH} }; axios.get(«"http://api.example.net/orders"», options);`,
      "axios.get",
    ),
    token(`axios({ method: "get", url: «"http://api.example.net/orders"», ${AUTH} });`, "axios"),
    token(
      `const { data } = await axios.post(«"http://api.example.net/auth/login"», form); keep(data.accessToken);`,
      "axios.post",
    ),
    token(
      `const api = axios.create({ baseURL: «"http://api.example.net"» }); api.interceptors.request.use((config) => { config.headers.Authorization = \`Bearer \${token}\`; return config; });`,
      "axios.create",
    ),
    token(
      `const url = process.env.API || «"http://api.example.net"»; fetch(url, { ${AUTH} });`,
      "fetch",
    ),
    // In the address itself
    token(
      `const token = localStorage.getItem("token"); fetch(«"http://api.example.net/orders?token="» + token);`,
      "fetch",
    ),
    token(
      `const url = «\`http://api.example.net/orders?access_token=\${accessToken}\`»; axios.get(url);`,
      "axios.get",
    ),
    // Sockets
    socket(
      `import { io } from "socket.io-client"; io(«"http://live.example.net"», { auth: { token } });`,
      "io",
    ),
    socket(
      `const socket = io.connect(«"http://live.example.net:4000"»); socket.emit("join", { token: localStorage.getItem("token") });`,
      "io.connect",
    ),
    socket(
      `import openSocket from "socket.io-client"; openSocket(«"http://live.example.net"», { extraHeaders: { Authorization: \`Bearer \${token}\` } });`,
      "openSocket",
    ),
    socket(`new WebSocket(«\`ws://live.example.net/?token=\${token}\`»);`, "WebSocket"),
    socket(
      `const HOST = «"ws://live.example.net"»; const address = HOST + "/feed?access_token=" + accessToken; this.feed = new WebSocket(address);`,
      "WebSocket",
    ),
    socket(
      `const socket = new WebSocket(«"ws://live.example.net"»); socket.onopen = () => socket.send(JSON.stringify({ token: localStorage.getItem("token") }));`,
      "WebSocket",
    ),
    socket(
      `this.socket = new WebSocket(«"ws://live.example.net"»); this.socket.onopen = () => { this.socket.send(localStorage.getItem("jwt")); };`,
      "WebSocket",
    ),
    socket(
      `import { createClient } from "graphql-ws"; createClient({ url: «"ws://live.example.net/graphql"», connectionParams: { authToken: localStorage.getItem("token") } });`,
      "createClient",
    ),
    // Certificates
    // Sessions of http2, whose requests carry what they are given.
    ...[
      ['import http2 from "node:http2";', "http2.connect(HOST, { «rejectUnauthorized: false» })"],
      ['import { connect } from "http2";', "connect(HOST, { ca, «rejectUnauthorized: false» })"],
      [
        'import * as http2 from "http2"; const options = { «rejectUnauthorized: false» };',
        "http2.connect(HOST, options)",
      ],
    ].map(([imports = "", session = ""]) =>
      certificate(
        `${imports} export const push = (token, text) => { const call = ${session}.request({ ":method": "POST", authorization: \`bearer \${token}\` }); call.end(text); };`,
      ),
    ),
    certificate(
      `const agent = new https.Agent({ «rejectUnauthorized: false» }); axios.get(url, { httpsAgent: agent, ${AUTH} });`,
    ),
    certificate(
      `${JWT}const agent = new Agent({ connect: { «rejectUnauthorized: false» } }); jwt.verify(token, key, options);`,
    ),
    certificate(
      `const options = { host, «rejectUnauthorized: false», ${AUTH} }; https.request(options, done);`,
    ),
    certificate(`request({ url, «rejectUnauthorized: false», ${AUTH} }, done2);`),
    wholeProcess(`«process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"»;`),
    wholeProcess(`«process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0»;`),
    // Switches
    turnedOff(
      `import * as oauth from "oauth4webapi"; await oauth.discoveryRequest(issuer, { «[oauth.allowInsecureRequests]: true» });`,
      "allowInsecureRequests",
    ),
    turnedOff(
      `import * as client from "openid-client"; await client.discovery(server, id, secret, undefined, { execute: [«client.allowInsecureRequests»] });`,
      "allowInsecureRequests",
    ),
    turnedOff(
      `import * as client from "openid-client"; «client.allowInsecureRequests(config)»; // token`,
      "allowInsecureRequests",
    ),
    turnedOff(
      `import { Auth0Client } from "@auth0/nextjs-auth0/server"; new Auth0Client({ «allowInsecureRequests: true» }); // token`,
      "allowInsecureRequests",
    ),
    turnedOff(
      `import { AuthConfig } from "angular-oauth2-oidc"; export const config = { issuer, «requireHttps: false» }; // token`,
      "requireHttps",
    ),
    turnedOff(
      `import jwksRsa from "jwks-rsa"; jwksRsa({ jwksUri, «strictSsl: false» });`,
      "strictSsl",
    ),
    turnedOff(
      `import OktaJwtVerifier from "@okta/jwt-verifier"; new OktaJwtVerifier({ issuer, testing: { «disableHttpsCheck: true» } });`,
      "disableHttpsCheck",
    ),
  ],
});
