import rule from "../../src/rules/no-token-in-url.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const SIGNED = `${JWT}const token = jwt.sign(claims, process.env.JWT_SECRET, options);\n`;
const LOGIN = `const { data } = await axios.post("/auth/login", form);\nconst { accessToken } = data;\n`;

const written = (code: string, extras = {}) => marked(code, { messageId: "written" }, extras);
const forSocket = (code: string, extras = {}) =>
  marked(code, { messageId: "writtenForSocket" }, extras);
const forEvents = (code: string) => marked(code, { messageId: "writtenForEvents" });
const mailed = (code: string) => marked(code, { messageId: "mailed" });
const link = (code: string, extras = {}) => marked(code, { messageId: "link" }, extras);
const read = (code: string, name = "jwt.verify", extras = {}) =>
  marked(code, { messageId: "read", data: { name } }, extras);
const byPage = (code: string) => marked(code, { messageId: "readByPage" });
const extractor = (code: string, name: string) =>
  marked(code, { messageId: "extractor", data: { name } });

testRule("no-token-in-url", rule, {
  valid: [
    // What stands behind # is not sent.
    ...["/#/signed-in?token=", "${home()}#signed-in?token=", "${process.env.APP_URL}/#token="].map(
      (address) => `${SIGNED}res.redirect(\`${address}\${token}\`);`,
    ),
    `${SIGNED}res.redirect(home() + "/#/signed-in?token=" + token);`,
    // Constants for other cookies, and for what nobody knows
    ...['const COOKIE = "theme";', 'import { COOKIE } from "./names.js";'].map(
      (names) =>
        `${names} app.get("/in", (req, res) => { res.cookie(COOKIE, req.query.token); res.redirect("/"); }); // jwt`,
    ),
    `import { ActivatedRoute } from "@angular/router"; export class ActivateAccount { constructor(route) { this.route = route; } ngOnInit() { const token = this.route.snapshot.queryParamMap.get("token"); if (token) localStorage.setItem("token", token); } }`,
    `import { getToken } from "@acme/auth"; window.open("/export?token=" + getToken());`,
    `import { getToken } from "@/utils/auth"; window.open("/export?ticket=" + (await ticketFor(getToken())));`,
    `import { getToken } from "./csrf"; window.open("/export?token=" + getToken());`,
    `import { io } from "socket.io-client"; export function open(token) { const options = { auth: { token } }; return io("https://chat.example.net", options); }`,
    // A parameter for tokens with something else in it, and a value of tokens under another parameter
    "export const list = () => fetch('/items?access_token=' + localStorage.getItem('theme'));",
    "export const list = () => fetch('/items?id=' + localStorage.getItem('tokenId'));",
    "export const open = (id) => new WebSocket(`wss://chat.acme.dev/ws?socketToken=${id}`);",
    "export const follow = (nextPageToken) => new EventSource(`/events?pageToken=${nextPageToken}`);",
    "export const follow = (resumeToken) => new EventSource(`/events?resumeToken=${resumeToken}`);",
    "export const list = (authorId) => fetch('/items?access_token=' + authorId);",
    "export const tiles = (cesiumKey, mapToken) => fetch('/tiles?access_token=' + (mapToken || cesiumKey));",
    `axios.interceptors.request.use((config) => { config.params = { ...config.params, page: 1 }; config.headers.Authorization = \`Bearer \${localStorage.getItem("access_token")}\`; return config; });`,
    // The state and the request object of OAuth, which the program signs itself
    `import jwt from "jsonwebtoken"; const state = jwt.sign({ back }, process.env.STATE_SECRET, { expiresIn: "5m" }); res.redirect(\`https://id.example.net/authorize?client_id=1&state=\${state}\`);`,
    `import jwt from "jsonwebtoken"; const state = jwt.sign({ back }, process.env.STATE_SECRET, { expiresIn: "5m" }); const query = new URLSearchParams({ client_id: "1", state }); res.redirect(\`https://id.example.net/authorize?\${query}\`);`,
    `import jwt from "jsonwebtoken"; const url = new URL(authorize); url.searchParams.set("request", jwt.sign({ client_id: "1" }, key, { algorithm: "RS256", expiresIn: "1m" })); res.redirect(url.href);`,
    // A service that takes it by the query alone, at an address that is set elsewhere
    `const HOSTS = ["graph.facebook.com"]; export const ask = (host, accessToken) => axios.get(host, { params: { access_token: accessToken } });`,
    `export const ask = (accessToken) => axios.get(process.env.WEIXIN_API_URL, { params: { access_token: accessToken } });`,
    // What has to be the token on record, which is erased there, works once.
    ...[
      "if (user.tempToken !== given) return res.sendStatus(400); await users.update(user.id, { tempToken: null });",
      "if (given === user.handover) { user.handover = undefined; await user.save(); }",
      "if (given !== user.handover) return res.end(); await users.updateOne({ id: user.id }, { $unset: { handover: 1 } });",
    ].map(
      (steps) =>
        `import jwt from "jsonwebtoken"; router.get("/in", async (req, res) => { const given = req.query.token; const claims = jwt.verify(given, process.env.SHORT_KEY, options); const user = await users.find(claims.sub); ${steps} res.json({ access: issue(user) }); });`,
    ),
    `import jwt from "jsonwebtoken"; router.get("/in", async (req, res) => { const claims = jwt.verify(req.query.token, key, options); const user = await users.find(claims.sub); if (user.tempToken !== req.query.token) return res.sendStatus(400); user.tempToken = null; res.json({ access: issue(user) }); });`,
    ...["user.tempLoginToken", "user.one_time_token", "user.exchangeToken"].map(
      (given) =>
        `export const done = (req, res) => passport.authenticate("google", (err, user) => { res.redirect(\`\${process.env.WEB}/in?token=\${${given}}\`); })(req, res);`,
    ),
    `export const go = async (res, form) => { const { data } = await axios.post("/auth/login", form); const { oneTimeToken } = data; location.assign(\`/in?token=\${oneTimeToken}\`); };`,
    ...["oAuthProfile", "validateOAuthState", "findGoogleUser", "loginPage"].map(
      (name) =>
        `export class Social { async callback(req, res) { const person = await this.social.${name}(req.user); res.redirect(\`\${process.env.WEB}/in?token=\${person.token}\`); } }`,
    ),
    // A dashboard of Metabase inside another page, whatever its host is called
    ...[
      [
        "{ resource: { dashboard: 7 }, params: {} }",
        "${host}/embed/dashboard/${token}#bordered=true",
      ],
      ["{ resource: { question: id }, params: { shop } }", "${host}/reports/shown/${token}"],
      ["{ resource: { [kind]: id }, params }", "${host}/embed/${kind}/${token}"],
      ["claimsOf(shop)", "${host}/embed/dashboard/${token}"],
      ["{ ...scopeOf(shop), exp }", "${host}/embed/question/${token}#titled=true"],
    ].map(
      ([payload, address]) =>
        `import jwt from "jsonwebtoken"; export function show(host, kind, id, shop, params, exp) { const token = jwt.sign(${payload}, process.env.REPORTS_KEY); return \`${address}\`; }`,
    ),
    `import { SignJWT } from "jose"; export class Reports { async #token() { return new SignJWT({ resource: { dashboard: this.id }, params: {} }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m").sign(this.key); } async address() { const token = await this.#token(); return \`\${this.host}/embed/dashboard/\${token}\`; } }`,
    // A token for messages that are pushed, in a file that says so
    `import { useUser } from "./users"; import { getMessaging } from "firebase/messaging"; export function usePush() { const { token } = useUser(); return fetch(\`/devices?token=\${token}\`); }`,
    // Parameters of other kinds, values that are called otherwise, and bodies of forms
    ...[
      "`https://api.example.net/invitations?token=${token}`",
      "`https://api.example.net/list?token=${pageToken}`",
      "`https://api.example.net/list?cursor=${accessToken}`",
      "`https://graph.facebook.com/me/accounts?access_token=${accessToken}`",
      "`https://api.weixin.qq.com/sns/userinfo?access_token=${accessToken}&openid=${token}`",
    ].map((address) => `export const ask = (token, pageToken, accessToken) => fetch(${address});`),
    'export const ask = (accessToken) => fetch("https://api.example.net/x", { method: "POST", body: new URLSearchParams({ access_token: accessToken }) });',
    'const accessToken = "k7Ub5RgzRLiH8H7i4XhXBxvkM6vKZEYH"; export const ask = () => fetch(`https://cdn.example.net/entries?access_token=${accessToken}`);',
    'export async function pages(code) { const { access_token: accessToken } = await exchangeToken(code); const address = new URL("https://graph.facebook.com/v18.0/me/accounts"); address.searchParams.set("access_token", accessToken); return fetch(address); }',
    'import { randomUUID } from "node:crypto"; export function open(res, user) { const ssoToken = randomUUID(); keep(ssoToken, user); res.redirect(`/welcome?token=${ssoToken}`); }',
    // What another server has answered, and what is only asked for
    `export async function callback(req, res) { const answer = await axios.post("https://id.example/token", { code: req.query.code }); const found = new URLSearchParams(answer.data).get("access_token"); res.json(await profile(found)); }`,
    `export function callback(req, res) { if (req.query.access_token) return res.sendStatus(400); res.end(); }`,
    `export function callback(req, res) { req.query.access_token = req.cookies.token; res.end(); }`,
    // What an app is handed, what is chosen with a password, what is only asked for, and tokens of another trade
    `import * as WebBrowser from "expo-web-browser"; export async function login(start, back) { const result = await WebBrowser.openAuthSessionAsync(start, back); const [shown] = useState(); await supabase.auth.setSession({ access_token: new URL(result.url).searchParams.get("access_token"), refresh_token: new URL(result.url).searchParams.get("refresh_token") }); }`,
    ...[
      'const token = new URLSearchParams(location.search).get("token"); setToken(token); post("/auth", { token, senha });',
      'const token = new URLSearchParams(location.search).get("token"); setToken(token); choose(token, newPassword);',
      'const token = params.get("access_token"); setHasToken(!!token);',
      'const token = params.get("token"); setPaymentToken(token);',
      'const token = params.get("token"); setRegistrationToken(token);',
    ].map(
      (code) =>
        `import { useSearchParams } from "react-router-dom"; export function Page() { const { login } = useAuth(); const [params] = useSearchParams(); useEffect(() => { ${code} }, []); }`,
    ),
    // A code, the link of a mail, a parameter of something else, what providers put behind \`#\`
    ...[
      'const code = params.get("code"); login(code);',
      'const token = params.get("token"); accept("/invitations", token);',
      'const page = params.get("page_token"); login({ page });',
      'const token = new URLSearchParams(location.hash.slice(1)).get("access_token") ?? params.get("access_token"); login(token);',
    ].map(
      (code) =>
        `import { useSearchParams } from "react-router-dom"; export function Callback() { const { login } = useAuth(); const [params] = useSearchParams(); useEffect(() => { ${code} }, []); }`,
    ),
    `import { parse } from "./input.js"; export const read = (params) => params.get("access_token");`,
    `import { verifySession } from "./session.js"; export async function GET(req) { const found = await verifySession(req.nextUrl.searchParams.get("token")); return Response.json(found); }`,
    `import { verifyToken } from "./session.js"; export async function GET(req) { const email = await verifyToken(req.nextUrl.searchParams.get("token")); if (!email) return new Response("", { status: 401 }); }`,
    // Fragments never leave the page, and the link of a mail leads to the page with what it carries.
    // A form in the body is written like a query string.
    `import jwt from "jsonwebtoken"; export async function POST(request) { const form = new URLSearchParams(await request.text()); return start(jwt.decode(form.get("id_token"))); }`,
    `import jwt from "jsonwebtoken"; export async function POST(request) { const raw = await request.text(); return start(jwt.decode(new URLSearchParams(raw).get("id_token"))); }`,
    `import jwt from "jsonwebtoken"; export const handler = async (event) => start(jwt.verify(new URLSearchParams(event.body).get("id_token"), KEY));`,
    `import jwt from "jsonwebtoken"; export const handler = async (event) => { const { body } = event; return start(jwt.verify(new URLSearchParams(body).get("token"), KEY)); };`,
    `import jwt from "jsonwebtoken"; export async function renew(answer) { const held = new URLSearchParams(await answer.text()); return start(jwt.decode(held.get("id_token"))); }`,
    `const fragment = new URLSearchParams(answer.url.split("#")[1]); const token = fragment.get("access_token"); session.setToken(token);`,
    `const hash = location.hash.slice(1); session.setToken(new URLSearchParams(hash).get("access_token"));`,
    `const token = new URLSearchParams(location.search).get("token"); const [accessToken, setAccessToken] = useState(""); setAccessToken(token); send("/reset-password", accessToken);`,
    `const token = new URLSearchParams(location.hash).get("access_token") || new URLSearchParams(location.search).get("access_token"); if (token) setMode("update");`,
    // What a webhook brings is compared with a secret of the program's own.
    `export default function handler(req, res) { const given = req.headers.authorization || req.query.token; if (given !== process.env.HOOK_SECRET) return res.status(401).end(); ship(req.body); }`,
    ...[
      "url.search = new URLSearchParams({ id_token_hint: token }).toString()",
      "url.hash = new URLSearchParams({ token }).toString()",
      "url.form = new URLSearchParams({ token })",
    ].map(
      (put) =>
        `import jwt from "jsonwebtoken"; app.get("/in", (req, res) => { const token = jwt.sign(claims, key); const url = new URL(home); ${put}; res.redirect(url.href); });`,
    ),
    // The link of a mail is told of where it is written.
    `${JWT}export const confirmAccount = (req) => jwt.verify(req.query.token, key, options);`,
    `${JWT}app.get("/verify-email", (req) => jwt.verify(req.query.token, key, options));`,
    `${JWT}export const check = (req) => jwt.verify(req.query.emailToken, process.env.EMAIL_SECRET, options);`,
    // A presigned address is signed for its session.
    `export function presign(credential, host) { const sessionToken = credential.sessionToken; const query = new URLSearchParams(); query.set("X-Amz-Security-Token", sessionToken); return \`https://\${host}/a?\${query.toString()}\`; }`,
    // Other parts of an address, other headers, and what stands for something else than the token of one.
    `${JWT}server.on("connection", (socket, request) => { const token = request.headers["sec-websocket-protocol"].split(", ")[1]; const room = request.url.split("room=")[1]; const path = request.url.split("/")[2]; socket.user = jwt.verify(token, key, options); join(room, path); });`,
    `import { getSession } from "./sessions.js"; server.on("connection", async (socket, request) => { const found = await getSession(request.headers.authorization); if (!found) socket.close(); track(new URL(request.url, base).searchParams.get("token")); });`,
    `import { getSession } from "./sessions.js"; app.get("/join", async (req, res) => { res.json(await getSession(req.query.token)); });`,
    `export const tokenOf = (req) => req.headers.authorization ?? req.query.key; export const pageOf = (req) => req.query.token;`,
    `export const tokenOf = (req) => (req.headers.authorization ? req.query.token : undefined);`,
    `export const both = (req) => { const header = req.headers.authorization; check(header); const code = req.query.token; return { header, code }; };`,
    `chrome.identity.launchWebAuthFlow(flow, async (address) => { const token = new URLSearchParams(new URL(address).hash.slice(1)).get("access_token"); chrome.storage.local.set({ accessToken: token }); });`,
    `export function middleware(request) { const url = new URL("/app", request.url); url.searchParams.set("theme", request.cookies.get("theme")?.value ?? ""); url.searchParams.set("has", String(request.cookies.has("access_token"))); return NextResponse.redirect(url); }`,
    `passport.use(strategy); export const done = (req, res) => { const { id, pageToken } = req.user; res.redirect(\`/in?id=\${id}&next=\${pageToken}\`); };`,
    `import { verifyToken } from "./jwt.js"; export async function confirm(req, res) { const { email } = verifyToken(req.query.token); await users.update({ email }, { confirmed: true }); res.redirect("/login"); }`,
    // Whoever asks there takes the token back.
    `chrome.identity.getAuthToken({}, (token) => fetch(\`https://accounts.example.net/revoke?token=\${token}\`));`,
    // What stands in a path may be the name of something else, or a code of a link.
    `export const check = (token) => axios.get(API + "/verify/" + token); login();`,
    `export const check = () => axios.get(API + "/confirm/" + localStorage.getItem("token")); login();`,
    `export const check = () => axios.get(API + "/pages/" + localStorage.getItem("pageToken")); login();`,
    // A token that no name calls a JWT; a fragment, a key of a store, the code of a link
    ...[
      "const { token } = req.user; res.redirect(`${process.env.APP_URL}/welcome/${token}`);",
      "const { jwt } = req.user; res.redirect(`${process.env.APP_URL}/#/welcome/${jwt}`);",
      "const { jwt } = req.user; cache.get(`sessions/open/${jwt}`);",
      "const { jwt } = req.user; res.redirect(`${process.env.APP_URL}/confirm/${jwt}`);",
      "const { jwtId } = req.user; res.redirect(`${process.env.APP_URL}/welcome/${jwtId}`);",
    ].map(
      (code) =>
        `import passport from "passport"; app.get("/login/done", passport.authenticate("google"), (req, res) => { ${code} });`,
    ),
    // What is out of sight may be false.
    `import hapiJwt from "hapi-auth-jwt2"; import { NAME } from "./names.js"; await server.register(hapiJwt); server.auth.strategy("jwt", "jwt", { key: process.env.KEY, validate, urlKey: NAME });`,
    `put("/posts.json?auth=" + state.mode, post); put("/posts.json?print=" + state.token, post);`,
    // What a server answers to a code may be the code of the next page.
    `const { data } = await axios.post("/auth/verify-otp", form); router.push(\`/reset-password?token=\${data.token}\`);`,
    // Functions out of sight that verify: the code of a link may be what they are given.
    `import { verifyToken } from "./codes.js"; app.get("/confirm", (req, res) => res.json(verifyToken(req.query.token)));`,
    `import { verifyEmailToken, verifyResetToken } from "./codes.js"; app.get("/confirm", (req, res) => res.json([verifyEmailToken(req.query.token), verifyResetToken(req.query.token)]));`,
    `${JWT}const NAME = "page"; app.use((req) => [jwt.verify(req.query[NAME], key, options), jwt.verify(req.query[name], key, options)]);`,
    `import { verifyAccessToken } from "./auth.js"; app.get("/", (req, res) => res.json(verifyAccessToken(req.headers.authorization, req.query.page)));`,
    `io.use((socket, next) => { socket.user = verifyToken(socket.handshake.auth.token); next(socket.handshake.query.room); });`,
    `const code = new URLSearchParams(location.search).get("token"); resetPassword(code, form);`,
    `import { io } from "socket.io-client"; io("https://live.example.net", { query: { token: "public" } }); io("https://live.example.net", { query: { room: useRoom().id } });`,
    `import { open } from "./shelf"; open("a", { query: { token: useAuth().token } });`,
    `export const again = (width) => fetch(\`/image?access_token=\${width}\`);`,
    `axios.post("/orders", { params: { token: localStorage.getItem("jwtToken") } });`,
    // A token of another trade, and a key of another name.
    `const token = localStorage.getItem("mapboxToken"); fetch(\`/tiles?token=\${token}\`);`,
    `import { getMessaging } from "firebase/messaging"; axios.get("/devices", { params: { token: localStorage.getItem("token") } });`,
    `axios.get("/orders", { params: { page: localStorage.getItem("page") } });`,
    // What a client that is called itself is told to send in the body; a client of JSON-RPC, whose parameters are the body
    `import axios from "axios"; const client = axios.create(); client({ url: "/in", method: "post", data: { params: { token: localStorage.getItem("jwtToken") } } });`,
    `import axios from "axios"; const client = axios.create(); client({ url: "/in", method: "post", headers: { params: "none", Authorization: "Bearer " + localStorage.getItem("jwtToken") } });`,
    `import rpc from "json-rpc-client"; const client = rpc.create(); client({ method: "open", params: { token: localStorage.getItem("jwtToken") } });`,
    `import axios from "axios"; const send = axios.wrapper(queue); send({ params: { token: localStorage.getItem("jwtToken") } });`,
    `import { create } from "axios"; create({ params: { token: localStorage.getItem("jwtToken") } });`,
    `export const open = (token) => new WebSocket(\`wss://live.example.net/\${token}?page=1\`);`,
    `axios.interceptors.request.use((config) => { config.params.page = localStorage.getItem("token").length; return config; });`,
    `${JWT}app.use((req, res) => { res.cookie("theme", req.user.theme); res.redirect(\`/in?theme=\${req.user.theme}\`); });`,
    `${JWT}jwt.sign(claims, key, options, (err, token) => { res.redirect(\`/users/\${err.id}\`); send(token); });`,
    `${JWT}app.use((c) => jwt.verify(c.req.param("token"), key, options));`,
    `import koaJwt from "koa-jwt"; const gather = async (ctx, next) => { const params = Object.assign({}, ctx.request.body); ctx.header.authorization = params.token; await next(); };`,
    `const { accessToken } = await generateTokens(req.user.id); res.cookie("accessToken", accessToken); res.redirect("/in?ok=1");`,
    // The token goes where it belongs, and the address stands beside it.
    `${SIGNED}fetch("https://api.example.net/orders?page=2", { headers: { Authorization: \`Bearer \${token}\` } });`,
    `${SIGNED}axios.get("/orders", { params: { page: 2 }, headers: { Authorization: "Bearer " + token } });`,
    `${SIGNED}res.redirect("/signed-in?ok=1"); res.json({ token });`,
    `${SIGNED}socket.emit("hello", { token }); new WebSocket("wss://live.example.net/orders?id=" + id);`,
    `${SIGNED}res.redirect(\`/login?user=\${jwt.decode(token).sub}\`);`,
    `${SIGNED}res.redirect(\`/done?signed=\${Boolean(token)}&kind=\${typeof token}\`);`,
    `${SIGNED}res.redirect(\`/done?ref=\${hash(token)}\`);`,
    `${SIGNED}res.redirect(\`/done?hint=\${token.slice(0, 6)}\`);`,
    // Texts that are no addresses.
    `${SIGNED}const header = \`Bearer \${token}\`; const line = "token=" + token; const cookie = \`token=\${token}; HttpOnly\`;`,
    `${SIGNED}const note = \`Is this yours? token: \${token}\`;`,
    `${SIGNED}cache.get(\`session/\${id}\`, token); const name = \`\${prefix}/\${token}\`;`,
    // Forms
    `${LOGIN}const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: data.refresh_token }); fetch("https://idp.example.net/token", { method: "POST", body });`,
    `${LOGIN}const body = new URLSearchParams(); body.append("token", accessToken); await fetch("/introspect", { method: "POST", body: body.toString() });`,
    `${LOGIN}axios.post("/introspect", qs.stringify({ token: accessToken }));`,
    `${LOGIN}const body = "grant_type=refresh_token&refresh_token=" + data.refresh_token; request.write(body);`,
    `${LOGIN}let params = ""; params += "&rpt=" + accessToken; send(params);`,
    `${LOGIN}axios.post("/refresh", { token: accessToken });`,
    `${LOGIN}const form = new FormData(); form.append("token", accessToken);`,
    // What stands behind # is not sent.
    `${LOGIN}location.href = \`/app#access_token=\${accessToken}\`;`,
    // OpenID Connect sends an old ID token along at sign-out.
    `${LOGIN}location.href = \`\${issuer}/logout?id_token_hint=\${data.id_token}\`;`,
    `${LOGIN}const url = new URL(endpoint); url.searchParams.set("id_token_hint", data.id_token);`,
    `${LOGIN}const params = new URLSearchParams({ id_token_hint: data.id_token }); location.href = \`\${endpoint}?\${params}\`;`,
    // Kept under a name that says nothing, and sent in another way.
    `new WebSocket(\`wss://live.example.net/?theme=\${localStorage.getItem("theme")}\`); // token`,
    `new WebSocket(\`wss://live.example.net/?id=\${getCookie("csrfToken")}\`);`,
    `import { io } from "socket.io-client"; ${SIGNED}io("https://live.example.net", { name: "token=" + token }); open("https://live.example.net", { query: "token=" + token });`,
    `import { io } from "socket.io-client"; io("https://live.example.net", { auth: { token: localStorage.getItem("accessToken") } });`,
    // What a request brings in its body goes into its own header.
    `app.use((req, res, next) => { req.headers.authorization = "Bearer " + req.body.token; next(); });`,
    `${SIGNED}const key = "/" + prefix + token; const path = \`\${a}/\${b}/\${token}\`;`,
    `${JWT}const check = (options) => jwt.verify(options.token, key, rules); app.use((req) => check({ token: req.body.token, page: req.query.token }));`,
    `${JWT}function form(req) { return new FormData(req.body); } app.use((req) => jwt.verify(form(req).get("token"), key, rules));`,
    {
      code: `import { JwtService } from "@nestjs/jwt"; class A { constructor(private readonly jwt: JwtService) {} a(@Body("token") token: string, @Query("page") page: string) { return this.jwt.verify(token); } }`,
      ts: true,
    },
    // Tokens of another trade, and opaque ones that work once.
    `const token = crypto.randomBytes(32).toString("hex"); const link = \`https://example.net/reset?token=\${token}\`; await mail(link);`,
    `import { generateToken } from "./random.js"; const token = generateToken(32); mail(\`\${base}/verify?token=\${token}\`);`,
    `const url = \`https://api.mapbox.com/styles?access_token=\${MAPBOX_TOKEN}\`;`,
    `const url = \`/items?pageToken=\${nextPageToken}\`;`,
    `const url = \`/upload?token=\${uploadToken}\`;`,
    `function link(token) { return \`https://example.net/invite?token=\${token}\`; }`,
    `const csrfToken = req.csrfToken(); res.redirect("/form?csrf=" + csrfToken);`,
    // A likely token in a path may be the name of something.
    `${LOGIN}fetch(\`/sessions/\${accessToken}\`);`,
    // Where a verification takes its token from.
    `${JWT}app.use((req) => jwt.verify(req.headers.authorization.split(" ")[1], key, options));`,
    `${JWT}app.use((req) => { const token = req.cookies.token || req.body.token; jwt.verify(token, key, options); });`,
    `${JWT}app.use((req) => { const { page } = req.query; jwt.verify(req.body.token, key, options); list(page); });`,
    `${JWT}io.use((socket) => jwt.verify(socket.handshake.auth.token, key, options));`,
    `${JWT}app.get("/reset/:token", (req) => jwt.verify(req.params.token, key, options));`,
    `import { jwtDecode } from "jwt-decode"; const token = new URLSearchParams(location.search).get("token"); show(jwtDecode(token).name);`,
    `app.get("/search", (req) => find(req.query.token));`,
    // Headers and bodies by decorators, other parameters, and other fields of an object.
    {
      code: `${JWT}class A { a(@Headers("x-token") token: string) { return jwt.verify(token, key, options); } b(@Query("page") page: string, @Body("token") token: string) { return jwt.verify(token, key, options); } c(@Query() query: Q, token: string) { return jwt.verify(token, key, options); } }`,
      ts: true,
    },
    `${JWT}const run = (options) => jwt.verify(options.token, key); app.use((req) => run({ token: req.body.token, page: req.query.token }));`,
    `${JWT}const run = ({ token }) => jwt.verify(token, key); app.use((req) => run({ token: req.body.token, page: req.query.token }));`,
    `${JWT}const params = (req) => new URL(req.url, "http://x").pathname; app.use((req) => jwt.verify(params(req).get("token"), key));`,
    `${JWT}app.use((req, res, next) => { req.headers.authorization = "Bearer " + req.cookies.token; next(); });`,
    `${JWT}app.use((req, res, next) => { req.headers.language = req.query.token; next(); });`,
    `import { ExtractJwt, Strategy } from "passport-jwt"; new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.KEY }, verify);`,
    `import { ExtractJwt, Strategy } from "passport-jwt"; new Strategy({ jwtFromRequest: ExtractJwt.fromExtractors([(req) => req.cookies.jwt, (req) => req?.body?.token]), secretOrKey: process.env.KEY }, verify);`,
    `import { ExtractJwt } from "passport-jwt"; const pick = (req) => { if (req.query.lang) hear(req.query.lang); return req.headers["x-token"]; }; ExtractJwt.fromExtractors([ExtractJwt.fromHeader("x"), pick]);`,
    `import { ExtractJwt } from "passport-jwt"; const pick = (req) => req.query.token; export const from = ExtractJwt.fromExtractors([ExtractJwt.fromHeader("x"), ...others]); other.fromExtractors([pick]);`,
    // What the link of a mail carries can come in no other way.
    `import { ExtractJwt, Strategy } from "passport-jwt"; class A extends PassportStrategy(Strategy, "confirm-email") { constructor() { super({ jwtFromRequest: ExtractJwt.fromExtractors([(req) => req.query.token]), secretOrKey: process.env.KEY }); } }`,
    `import { ExtractJwt, Strategy } from "passport-jwt"; class InvitationStrategy extends PassportStrategy(Strategy) { constructor() { super({ jwtFromRequest: (req) => req.query.token, secretOrKey: process.env.KEY }); } }`,
    `import { expressjwt } from "express-jwt"; app.post("/reset-password", expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], getToken: (req) => req.query.token }));`,
    `import { ExtractJwt } from "passport-jwt"; const extractors = { query: ExtractJwt.fromUrlQueryParameter, header: ExtractJwt.fromHeader }; const extract = extractors[settings.where](settings.field);`,
    `import { expressjwt } from "express-jwt"; app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], getToken: (req) => req.cookies.token }));`,
    `import hapiJwt from "hapi-auth-jwt2"; await server.register(hapiJwt); server.auth.strategy("jwt", "jwt", { key: process.env.KEY, validate, urlKey: false });`,
    `import hapiJwt from "hapi-auth-jwt2"; await server.register(hapiJwt); server.auth.strategy("jwt", "jwt", options);`,
    // Another package gives the scheme of that name.
    ...[
      'require("hapi-auth-jsonwebtoken"), () => {}',
      '[require("inert"), require("hapi-jwt-keys")]',
      '{ plugin: require("hapi-auth-jsonwebtoken"), options: {} }',
      '{ register: require("hapi-auth-jsonwebtoken") }',
    ].map(
      (plugin) =>
        `const server = require("hapi").server(); server.register(${plugin}); const pageOf = (request) => request.query.page; server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validateFunc });`,
    ),
    `class ExtractJwt { static fromUrlQueryParameter(name) {} } ExtractJwt.fromUrlQueryParameter("token");`,
  ],
  invalid: [
    byPage(
      `import { ActivatedRoute } from "@angular/router"; export class Dashboard { constructor(route) { this.route = route; } ngOnInit() { const token = «this.route.snapshot.queryParamMap.get("token")»; if (token) localStorage.setItem("token", token); } }`,
    ),
    ...["@/utils/auth", "../lib/session.js", "./token-store"].map((module) =>
      written(
        `import { getToken } from "${module}"; window.open(«"/export?token=" + getToken()»);`,
      ),
    ),
    forEvents(
      `import { token } from "./auth"; const t = encodeURIComponent(token() || ""); new EventSource(«\`/stream?token=\${t}\`»);`,
    ),
    forEvents(
      `export function follow(token) { const url = \`/live?token=\${token}\`; const named = «\`/events?access_token=\${localStorage.getItem("access_token")}\`»; return new EventSourcePolyfill(named); }`,
    ),
    // A cookie under a constant
    ...[
      ['const COOKIE = "token";', "COOKIE"],
      ['const cookies = { session: "app_access_token" };', "cookies.session"],
    ].map(([names = "", key = ""]) =>
      read(
        `${names} app.get("/in", (req, res) => { res.cookie(${key}, «req.query.token», { httpOnly: true, secure: true }); res.redirect("/"); });`,
        "This code",
      ),
    ),
    // The parameter says it, and the value says nothing else
    ...["localStorage.getItem('tokenB2b')", "localStorage.getItem('auth')", "session"].map(
      (value) =>
        written(`export const list = (session) => fetch(«'/items?access_token=' + ${value}»);`),
    ),
    ...["credentials.acces_token", "getTokenFromStorage()"].map((value) =>
      forSocket(
        `export const open = (credentials) => new WebSocket(«\`wss://chat.acme.dev/ws?socketToken=\${${value}}\`»);`,
      ),
    ),
    // A client that is called itself
    ...[
      `import axios from "axios"; const client = axios.create(); export const renew = () => «client({ url: "/renew", method: "post", params: { token: localStorage.getItem("jwtToken") } })»;`,
      `import axios from "axios"; const client = axios.create(); export const renew = () => «client("/renew", { params: { token: localStorage.getItem("jwtToken") } })»;`,
      `import axios from "axios"; class Api { client = axios.create(); renew() { return «this.client({ url: "/renew", params: { token: localStorage.getItem("jwtToken") } })»; } }`,
      `import ky from "ky"; const client = ky.extend({ prefixUrl: "/api" }); export const renew = () => «client("renew", { searchParams: { token: localStorage.getItem("jwtToken") } })»;`,
    ].map((code) => written(code)),
    written(
      `axios.interceptors.request.use((config) => { «config.params = { ...config.params, access_token: localStorage.getItem("access_token") }»; return config; });`,
    ),
    written(
      `axios.interceptors.request.use((config) => { const query = new URLSearchParams(); query.append("auth", localStorage.getItem("access_token")); «config.params = query»; return config; });`,
    ),
    forSocket(
      `export function connect(token) { const url = token ? «\`\${base}/live?token=\${token}\`» : base; return new WebSocket(url); }`,
    ),
    written(
      `import jwt from "jsonwebtoken"; app.get("/in", (req, res) => { const token = jwt.sign(claims, key); const url = new URL(home); «url.search = new URLSearchParams({ token }).toString()»; res.redirect(url.href); });`,
    ),
    written(
      `import jwt from "jsonwebtoken"; app.get("/in", (req, res) => { const token = jwt.sign(claims, key); const url = new URL(home); const query = new URLSearchParams(); query.set("access_token", token); «url.search = query»; res.redirect(url.href); });`,
    ),
    written(
      `const HOSTS = ["graph.facebook.com"]; export const ask = (accessToken) => «axios.get("/feed", { params: { access_token: accessToken } })»;`,
    ),
    // … which a comment does not speak of, nor a host that is only called alike, and which takes no token of ours
    ...[
      "// graph.facebook.com",
      "const GRAPHQL_URL = process.env.GRAPHQL_URL;",
      "setUp(METADATA_API);",
    ].map((beside) =>
      written(
        `${beside}\nexport const ask = (host, accessToken) => «axios.get(host, { params: { access_token: accessToken } })»;`,
      ),
    ),
    written(
      `import jwt from "jsonwebtoken"; export async function back(req, res) { const me = await axios.get("https://graph.facebook.com/me", ask(req)); const token = jwt.sign({ sub: me.data.id }, key); res.redirect(«\`\${process.env.WEB}?token=\${token}\`»); }`,
    ),
    // It is not erased, not compared, or that of a session.
    ...[
      "if (user.tempToken !== given) return res.sendStatus(400);",
      "if (user.tempToken !== given) return res.sendStatus(400); await users.update(user.id, { tempToken: issue(user) });",
      "await users.update(user.id, { tempToken: null });",
      "if (user.tempToken !== given) return res.sendStatus(400); await users.update(user.id, { other: null });",
      "if (user.tempToken !== given) return res.sendStatus(400); await users.update(user.id, { $set: { tempToken: 1 } });",
      "if (user.refreshToken !== given) return res.sendStatus(400); user.refreshToken = null;",
    ].map((steps) =>
      read(
        `import jwt from "jsonwebtoken"; router.get("/in", async (req, res) => { const given = «req.query.token»; const claims = jwt.verify(given, process.env.SHORT_KEY, options); const user = await users.find(claims.sub); ${steps} res.json({ access: issue(user) }); });`,
      ),
    ),
    ...['router.get("/logout", ', "export const signOut = (", "user.signOut = ("].map((start) =>
      read(
        `import jwt from "jsonwebtoken"; ${start}async (req, res) => { const given = «req.query.token»; const claims = jwt.verify(given, key, options); const user = await users.find(claims.sub); if (user.token === given) user.token = null; res.end(); });`,
      ),
    ),
    ...["user.accessToken", "user.attemptAccessToken"].map((given) =>
      written(
        `export const done = (req, res) => passport.authenticate("google", (err, user) => { res.redirect(«\`\${process.env.TEMP_WEB}/in?token=\${${given}}\`»); })(req, res);`,
      ),
    ),
    written(
      `import jwt from "jsonwebtoken"; app.get("/in", (req, res) => { const tempToken = jwt.sign(claims, key); res.redirect(«\`\${process.env.WEB}/in?token=\${tempToken}\`»); });`,
    ),
    // What no dashboard is shown with: the payload says more than the path, and a path more than a word of the file.
    ...[
      ["{ sub: user.id }", "${host}/embed/dashboard/${token}"],
      ["{ sub: user.id, resource: user.shop, params: 1 }", "${host}/embed/dashboard/${token}"],
      ["{ sub: user.id, resource: { shop: 1 }, params: 1 }", "${host}/embed/question/${token}"],
      ["{ resource: { ...shop } }", "${host}/embed/question/${token}"],
      ["claimsOf(user)", "${host}/welcome/${token}"],
    ].map(([payload, address]) =>
      link(
        `// METABASE_SITE_URL\nimport jwt from "jsonwebtoken"; export function show(host, user, shop) { const token = jwt.sign(${payload}, key); return «\`${address}\`»; }`,
      ),
    ),
    written(
      `import jwt from "jsonwebtoken"; export function show(host, id) { const token = jwt.sign({ resource: { dashboard: id }, params: {} }, key); return «\`\${host}/board?token=\${token}\`»; }`,
    ),
    // Signing in by a provider is signing in.
    ...[
      "oAuthLogin",
      "loginOAuth",
      "validateOAuthUser",
      "githubLogin",
      "handleGoogleSignIn",
      "sso_login",
      "signInApple",
    ].map((name) =>
      written(
        `export class Social { async callback(req, res) { const person = await this.social.${name}(req.user); res.redirect(«\`\${process.env.WEB}/in?token=\${person.token}\`»); } }`,
      ),
    ),
    // The hook says whose token it is, whatever the file is about.
    forSocket(
      `export function useNotifications() { const { token } = useAuth(); const [notifications, setNotifications] = useState([]); const registerPushNotifications = () => {}; useEffect(() => { const socket = new WebSocket(«\`/ws/notifications?token=\${token}\`»); }, [token]); return notifications; }`,
    ),
    written(
      `export class Client { async login(form) { const answer = await axios.post("/login", form); this.api.token = answer.data.accessToken; } me() { return fetch(«\`/me?access_token=\${this.api.token}\`»); } }`,
    ),
    // A page of the program's own that is only named for such a service
    written(
      "export const back = (res, accessToken) => res.redirect(«`${CLIENT}/auth/facebook/done?token=${accessToken}`»);",
    ),
    // Called a token on both sides, whatever stands round the value
    ...[
      "location.href = «`https://app.example.net/cb?token=${encodeURIComponent(accessToken)}`»",
      'axios.get(«`https://api.example.net/x?token=${accessToken || ""}`»)',
      "axios.get(«`https://api.example.net/x?auth_token=${getAccessToken().trim()}`»)",
      'fetch(«"https://api.example.net/x?" + new URLSearchParams({ access_token: accessToken })»)',
    ].map((use) => written(`export const run = (accessToken) => { ${use}; };`)),
    ...["getToken()", "useAuthStore.getState().token"].map((value) =>
      forEvents(
        `export const run = (accessToken) => { new EventSource(«"/events?token=" + ${value}»); };`,
      ),
    ),
    // An address that is only called so
    written(
      "export const run = (accessToken) => { const socketUrl = «`/live?token=${accessToken}`»; share(socketUrl); };",
    ),
    written(
      'export function ask(accessToken) { const address = new URL("https://api.example.net/x"); «address.searchParams.set("access_token", accessToken)»; return fetch(address); }',
    ),
    forSocket(
      "export async function open() { const token = await this.getToken(); const address = «`${protocol}://${location.host}/live?token=${encodeURIComponent(token)}`»; return new WebSocket(address); }",
    ),
    // A server is given it in the address of a request.
    ...[
      "export function callback(req, res) { req.session.key = «req.query.access_token»; res.end(); }",
      `import jwt from "jsonwebtoken"; export async function GET(request) { const raw = request.url.split("?")[1]; return start(jwt.decode(«new URLSearchParams(raw).get("id_token")»)); }`,
      `import jwt from "jsonwebtoken"; export async function GET(request) { const text = await queryOf(request); return start(jwt.decode(«new URLSearchParams(text).get("id_token")»)); }`,
      'export function GET(request) { const { searchParams } = new URL(request.url); const held = «searchParams.get("refreshToken")»; return start(held); }',
    ].map((code) => marked(code, { messageId: "read", data: { name: "This code" } })),
    // Once for one choice, and what a helper of the page is given
    byPage(
      `export function Callback({ setToken }) { const { login } = useAuth(); useEffect(() => { const params = new URLSearchParams(location.search); const token = «params.get("token")» || params.get("access_token") || params.get("jwt"); if (token) setToken(token); }, []); }`,
    ),
    byPage(
      `export const useLogin = () => { const [shown, setShown] = useState(); return async (searchParams) => { const token = «searchParams.get("accessToken")»; localStorage.setItem("accessToken", token); }; };`,
    ),
    ...[
      [
        "const [params] = useSearchParams();",
        'localStorage.setItem("token", «params.get("token")»);',
      ],
      ["const params = useSearchParams();", 'const t = «params.get("token")»; login(t);'],
      [
        "const params = useSearchParams();",
        'const token = «params.get("token")»; login({ token });',
      ],
      [
        "const [params] = useSearchParams();",
        'const found = «params.get("access_token")»; if (found) send(found);',
      ],
      [
        "const [token, setToken] = useState(null);",
        'const found = «new URLSearchParams(window.location.search).get("token")»; if (found) setToken(found);',
      ],
      [
        "",
        'const token = «new URLSearchParams(window.location.search).get("token")»; window.opener.postMessage({ type: "AUTH", token }, origin);',
      ],
    ].map(([made, code]) =>
      byPage(
        `import { useSearchParams } from "react-router-dom"; export function Callback() { const { login } = useAuth(); ${made} useEffect(() => { ${code} }, []); }`,
      ),
    ),
    // A guard that is asked whether somebody may come in looks after no link.
    read(
      `${JWT}class Guard { canActivate(context) { const req = context.switchToHttp().getRequest(); return jwt.verify(«req.query.token», key, options); } }`,
    ),
    byPage(
      `const { reset } = useForm(); const token = «new URLSearchParams(location.search).get("token")»; session.setToken(token); reset();`,
    ),
    // Who brings none is told that nobody knows them.
    read(
      `import { verifySession } from "./session.js"; export async function GET(req) { const found = await verifySession(«req.nextUrl.searchParams.get("token")»); if (!found) return new Response("", { status: 401 }); return Response.json(found); }`,
      "verifySession",
    ),
    written(
      `export function sign(credential, host) { const sessionToken = credential.sessionToken; const query = new URLSearchParams(); query.set("session_token", sessionToken); return «\`https://\${host}/a?\${query.toString()}\`»; }`,
    ),
    // Whether there is one is no comparison.
    read(
      `export function requireUser(req, res, next) { const token = req.headers.authorization || «req.query.token»; if (token === undefined) return res.sendStatus(401); req.user = find(token); next(); }`,
      "This code",
    ),
    // An address that is taken apart by hand
    ...[
      "request.url.split('token=')[1]",
      "request.url.replace('/?token=', '')",
      "request.url.match(/[?&]token=([^&]+)/)[1]",
      "url.parse(request.url).query.split('token=')[1]",
    ].map((read) =>
      marked(
        `${JWT}server.on("connection", (socket, request) => { const token = «${read.replace(/\[1\]$/u, "")}»${read.endsWith("[1]") ? "[1]" : ""}; socket.user = jwt.verify(token, key, options); });`,
        { messageId: "read", data: { name: "jwt.verify" } },
      ),
    ),
    // Whose connection it is, looked up
    marked(
      `import { getSession } from "./sessions.js"; server.on("connection", async (socket, request) => { const found = await getSession(«new URL(request.url, base).searchParams.get("token")»); if (!found) socket.close(); });`,
      { messageId: "read", data: { name: "getSession" } },
    ),
    // In place of the header, whatever becomes of it
    ...[
      "const token = req.headers.authorization?.split(' ')[1] ?? «req.query.token»; return find(token);",
      "const { authorization } = req.headers; let token = authorization; if (!token) token = «req.query.access_token»; return find(token);",
      "const header = req.get('authorization'); if (header) return header.slice(7).trim(); return «req.query.token»;",
      "return find(req.headers.authorization ?? «req.query.token»);",
      "if (req.headers.authorization || req.query.token) req.bearer = «req.query.token» || req.headers.authorization.slice(7);",
      "const [, bearer] = (req.headers.authorization || '').split(' '); return bearer || «req.query.token»;",
    ].map((body) =>
      marked(`export const tokenOf = (req) => { ${body} };`, {
        messageId: "read",
        data: { name: "This code" },
      }),
    ),
    // What a cookie keeps moves into an address.
    written(
      `export function middleware(request) { const url = new URL("/app", request.url); «url.searchParams.set("token", request.cookies.get("access_token")?.value ?? "")»; return NextResponse.redirect(url); }`,
    ),
    // What a provider has given for whoever has just signed in
    ...["const { token } = req.user;", "const token = req.user.accessToken;"].map((first) =>
      marked(
        `router.get("/auth/google/callback", passport.authenticate("google"), (req, res) => { ${first} res.redirect(«\`/in?token=\${token}\`»); });`,
        { messageId: "written" },
      ),
    ),
    // What a middleware asks for leads on to other handlers.
    marked(
      `import { verifyToken } from "./jwt.js"; export function auth(req, res, next) { let token = req.cookies.session; if (!token) token = «req.query.token»; req.user = verifyToken(token); next(); }`,
      { messageId: "read", data: { name: "verifyToken" } },
    ),
    marked(
      `export const show = async (form) => { const { data } = await axios.post("/oauth/token", form); const address = «\`/me?access_token=\${data.access_token}\`»; const answer = await axios.get(address); return normalizeEmail(answer.data.email); };`,
      { messageId: "written" },
    ),
    // A link of a mail has no header, in place or through variables.
    ...[
      "await fetch(API, { method: 'POST', body: mailConfig(email, «`https://example.net/join?token=${token}`») });",
      "const link = «`https://example.net/join?token=${token}`»; const html = `<a href='${link}'>join</a>`; await sendEmail({ to: email, html });",
    ].map((body) =>
      marked(
        `import jwt from "jsonwebtoken"; export const join = async (email) => { const token = jwt.sign({ email }, process.env.JWT_SECRET); ${body} };`,
        { messageId: "mailed" },
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken"; export const join = (res, email) => { const token = jwt.sign({ email }, process.env.JWT_SECRET); const link = «\`https://example.net/join?token=\${token}\`»; res.redirect(link); };`,
      { messageId: "written" },
    ),
    // What a browser keeps is the token of its session, in a path, too.
    marked(
      `export const check = () => axios.get(«API + "/sessions/" + localStorage.getItem("token")»); login();`,
      { messageId: "written" },
    ),
    marked(
      `import Cookies from "js-cookie"; export const check = () => fetch(«\`\${API}/sessions/\${Cookies.get("accessToken")}\`»);`,
      { messageId: "written" },
    ),
    // The parameter says it, and so does the value.
    written(`axios.put(«"https://a.example.net/posts.json?auth=" + state.token», post);`),
    written(`axios.put(«base + "/posts.json?auth=" + context.state.token», post);`),
    written(`axios.get(«\`/me?access_token=\${token}\`»);`),
    read(
      `import { verifyAccessToken } from "./auth.js"; app.get("/", (req, res) => res.json(verifyAccessToken(«req.query.token»)));`,
      "verifyAccessToken",
    ),
    read(
      `class Gateway { handle(client) { const token = client.handshake.auth.token || «client.handshake.query.token»; client.user = this.auth.verifyToken(token); } }`,
      "this.auth.verifyToken",
    ),
    read(
      `import { WebSocketServer } from "ws"; import { verifyToken } from "./auth.js"; new WebSocketServer({ port }).on("connection", (socket, req) => { const { searchParams } = new URL(req.url, base); socket.user = verifyToken(«searchParams.get("token")»); });`,
      "verifyToken",
    ),
    read(
      `io.use(async (socket, next) => { const { «token» } = socket.handshake.query; socket.user = await authenticate(token); next(); });`,
      "authenticate",
    ),
    link(`${SIGNED}mail({ html: «\`<p>\${clientUrl}reset/password/\${token}</p>\`» });`),
    // A page that takes the token of its session from its own address.
    byPage(
      `const token = «new URLSearchParams(location.search).get("token")»; session.setToken(token);`,
    ),
    byPage(
      `const token = «new URLSearchParams(location.search).get("token")»; axios.defaults.headers.common.Authorization = \`Bearer \${token}\`;`,
    ),
    // Whatever a socket is given as its token is who connects.
    forSocket(
      `import { io } from "socket.io-client"; export function Chat() { const { user } = useAuth(); return «io(URL, { query: { token: user.token } })»; }`,
    ),
    forSocket(
      `import { io } from "socket.io-client"; export const open = () => «io(URL, { query: { token: getToken() } })»;`,
    ),
    // RFC 6750 section 2.3
    written(
      `export const again = (accessToken) => fetch(«\`https://graph.example.net/me?access_token=\${accessToken}\`»);`,
    ),
    written(
      `export const me = (accessToken) => «axios.get("https://graph.example.net/me", { params: { access_token: accessToken } })»;`,
    ),
    written(
      `«axios.post("/orders", null, { params: { token: localStorage.getItem("jwtToken") } })»;`,
    ),
    // What a browser keeps as a mere token, where no other trade is spoken of.
    written(`«axios.get("/orders", { params: { token: localStorage.getItem("token") } })»;`),
    written(
      `export const source = (name) => base + «\`/files/\${name}?token=\${localStorage.getItem("token")}\`»;`,
    ),
    written(
      `chrome.identity.getAuthToken({}, (token) => fetch(«\`https://accounts.example.net/me?token=\${token}\`»));`,
    ),
    forSocket(
      `import useWebSocket from "react-use-websocket"; export const useFeed = () => «useWebSocket(FEED, { queryParams: { token: localStorage.getItem("token") } })»;`,
    ),
    written(
      `axios.interceptors.request.use((config) => { «config.params["token"] = localStorage.getItem("token")»; return config; });`,
    ),
    // What the program calls a token where it hands it on.
    written(
      `app.get("/in", (req, res) => { const token = req.user.token; res.cookie("token", token); res.redirect(«\`/home?token=\${token}\`»); });`,
    ),
    forSocket(
      `import connect from "socket.io-client"; export function enter(token) { localStorage.setItem("token", token); return «connect(SERVER, { query: { token } })»; }`,
    ),
    forSocket(
      `export const open = (token) => new WebSocket(«\`ws://live.example.net?token=\${token}\`»);`,
    ),
    written(
      `const { accessToken } = await generateTokens(req.user.id); res.redirect(«\`/in?token=\${accessToken}\`»);`,
    ),
    written(
      `const data = (await res.json()) as { sessionToken?: string }; location.href = «\`/?token=\${data.sessionToken}\`»;`,
      { ts: true },
    ),
    link(
      `${JWT}jwt.sign(claims, key, options, async (err, emailToken) => { await send(«\`\${process.env.APP_URL}/confirm/\${emailToken}\`»); });`,
    ),
    read(
      `${JWT}app.use((req) => { const token = «req.param("token")»; jwt.verify(token, key, options); });`,
    ),
    read(
      `import koaJwt from "koa-jwt"; const gather = async (ctx, next) => { const params = Object.assign({}, ctx.request.query, ctx.request.body); ctx.header.authorization = «params.token»; await next(); };`,
      "The Authorization header",
    ),
    read(
      `import koaJwt from "koa-jwt"; const gather = async (ctx, next) => { const params = { ...ctx.query, ...ctx.request.body }; ctx.header.authorization = «params.token»; await next(); };`,
      "The Authorization header",
    ),
    // Query strings
    written(`${SIGNED}res.redirect(«\`/signed-in?token=\${token}\`»);`),
    written(`${SIGNED}res.redirect(«\`\${webUrl}/signed-in?token=\${token}\`»);`),
    written(`${SIGNED}res.redirect(«webUrl + "/signed-in?token=" + token»);`),
    mailed(
      `${SIGNED}const link = «"https://example.net/reset?token=" + token»; mail(\`Follow this: \${link}\`);`,
    ),
    mailed(
      `${SIGNED}mail({ html: «\`<a href="https://example.net/verify?email=\${email}&token=\${token}">Verify</a>\`» });`,
    ),
    written(`${SIGNED}const url = «\`\${baseUrl}&jwt=\${token}\`»;`),
    written(`${SIGNED}let url = base; url += «"&token=" + token»;`),
    written(`${SIGNED}res.redirect(«\`/?token=\${encodeURIComponent(token)}\`»);`),
    written(`${SIGNED}res.redirect(«\`/?token=\${token}#signed-in\`»);`),
    written(`${SIGNED}log("#1"); res.redirect(«\`\${home()}?token=\${token}\`»);`),
    forSocket(`${SIGNED}new WebSocket(«\`wss://live.example.net/?token=\${token}\`»);`),
    written(
      `${SIGNED}const params = new URLSearchParams({ token }); res.redirect(«\`/signed-in?\${params}\`»);`,
    ),
    written(
      `${SIGNED}const params = new URLSearchParams(); params.append("token", token); fetch(«"/orders?" + params.toString()»);`,
    ),
    written(
      `${SIGNED}const query = qs.stringify({ token }); res.redirect(«\`/signed-in?\${query}\`»);`,
    ),
    written(
      `${SIGNED}const url = new URL(base); «url.searchParams.set("token", token)»; open(url);`,
    ),
    written(`${SIGNED}«axios.get("/orders", { params: { token } })»;`),
    written(
      `${SIGNED}const options = { params: { access_token: token } }; «axios.get("/orders", options)»;`,
    ),
    written(`${SIGNED}«ky.get("/orders", { searchParams: { token } })»;`),
    forSocket(
      `import { io } from "socket.io-client"; ${SIGNED}«io("https://live.example.net", { query: { token } })»;`,
    ),
    forSocket(
      `import { io } from "socket.io-client"; ${SIGNED}io("https://live.example.net", { query: «"token=" + token» });`,
    ),
    forSocket(
      `import { io } from "socket.io-client"; ${SIGNED}io("https://live.example.net", { query: «\`room=1&token=\${token}\`» });`,
    ),
    written(`${SIGNED}«router.push({ pathname: "/welcome", query: { token } })»;`),
    written(
      `${JWT}function issue(user) { return jwt.sign({ sub: user.id }, process.env.JWT_SECRET); } res.redirect(«\`/signed-in?token=\${issue(user)}\`»);`,
    ),
    written(
      `${JWT}function go(token) { res.redirect(«\`/signed-in?token=\${token}\`»); } go(jwt.sign(claims, process.env.JWT_SECRET));`,
    ),
    written(
      `${JWT}jwt.sign(claims, process.env.JWT_SECRET, options, (err, token) => res.redirect(«\`/signed-in?token=\${token}\`»));`,
    ),
    written(`${LOGIN}fetch(«\`/orders?access_token=\${accessToken}\`»);`),
    written(`fetch(«\`https://graph.example.net/me?access_token=\${session.accessToken}\`»);`),
    forSocket(
      `function open(token) { fetch("/a", { headers: { Authorization: \`Bearer \${token}\` } }); return new WebSocket(«\`wss://b.example.net?token=\${token}\`»); }`,
    ),
    written(
      `app.use((req, res) => { res.redirect(«\`/next?auth=\${req.headers.authorization}\`»); });`,
    ),
    forSocket(
      `new WebSocket(«\`wss://live.example.net/?token=\${localStorage.getItem("accessToken")}\`»);`,
    ),
    written(`const sent = getCookie("access_token"); location.href = «"/go?jwt=" + sent»;`),
    written(`location.href = «\`/go?jwt=\${sessionStorage.authToken}\`»;`),
    forSocket(
      `import { io } from "socket.io-client"; «io("https://live.example.net", { query: { token: localStorage.getItem("jwt") } })»;`,
    ),
    // Paths
    // What is called a JWT, or is one by its standard, stands for nothing else.
    ...[
      "const { jwt } = req.user; res.redirect(«`${process.env.APP_URL}/welcome/${jwt}`»);",
      "const jwt = req.user.jwt; res.redirect(«`${process.env.APP_URL}/en/welcome/${jwt}`»);",
      'res.redirect(«process.env.APP_URL + "/welcome/" + req.user.jwtToken»);',
      "const { idToken } = req.user; res.redirect(«`https://app.example.net/welcome/${idToken}`»);",
    ].map((code) =>
      link(
        `import passport from "passport"; app.get("/login/done", passport.authenticate("google"), (req, res) => { ${code} });`,
      ),
    ),
    link(`${SIGNED}const address = «\`\${site}/reset/\${user.id}/\${token}\`»; mail(address);`),
    link(`${SIGNED}const address = «settings.site + "/reset/" + token»; mail(address);`),
    link(`${SIGNED}mail(«\`<a href="\${site}/\${page}/\${token}">Reset</a>\`»);`),
    link(`${SIGNED}mail(«\`https://example.net/verify/\${token}\`»);`),
    link(`${SIGNED}mail(«\`\${clientUrl}/reset-password/\${token}\`»);`),
    link(`${SIGNED}mail({ html: «\`<a href="\${clientUrl}/activate/\${token}">Activate</a>\`» });`),
    // Verifications
    read(`${JWT}app.use((req) => jwt.verify(«req.query.token», key, options));`),
    // Parameters of a handler that a decorator names.
    read(
      `${JWT}class A { a(@Query("token") «token: string») { return jwt.verify(token, key, options); } }`,
      "jwt.verify",
      { ts: true },
    ),
    read(
      `${JWT}class A { a(@QueryParam("access_token") «token: string») { return jwt.verify(token, key, options); } }`,
      "jwt.verify",
      { ts: true },
    ),
    read(
      `${JWT}class A { a(@Query() query: Q) { return jwt.verify(«query.token», key, options); } }`,
      "jwt.verify",
      { ts: true },
    ),
    read(
      `${JWT}class A { a(@Query() query: Q) { const { «token» } = query; return jwt.verify(token, key, options); } }`,
      "jwt.verify",
      { ts: true },
    ),
    // In an object of the program's own.
    read(
      `${JWT}const run = (options) => jwt.verify(options.token, key); app.use((req) => run({ token: «req.query.token» }));`,
    ),
    read(
      `${JWT}const run = ({ token: value }) => jwt.verify(value, key); app.use((req) => run({ token: «req.query.token» }));`,
    ),
    read(
      `${JWT}const params = (req) => new URL(req.url, "http://x").searchParams; app.use((req) => jwt.verify(«params(req).get("token")», key));`,
    ),
    // Moved to where a middleware looks for it.
    read(
      `${JWT}app.use((req, res, next) => { if (req.query.access_token) req.headers.authorization = \`Bearer \${«req.query.access_token»}\`; next(); });`,
      "The Authorization header",
    ),
    read(
      `${JWT}app.use((req, res, next) => { req.headers["authorization"] = "Bearer " + «req.query.token»; next(); });`,
      "The Authorization header",
    ),
    read(
      `${JWT}app.use((req) => { const token = req.headers["x-access-token"] || «req.query.token» || req.body.token; jwt.verify(token, key, options); });`,
    ),
    read(
      `${JWT}app.use((req) => { const { «token» } = req.query; jwt.verify(token, key, options); });`,
    ),
    read(`${JWT}io.use((socket) => jwt.verify(«socket.handshake.query.token», key, options));`),
    read(
      `${JWT}const NAME = "jwt"; app.use((req) => jwt.verify(«req.query[NAME]», key, options));`,
    ),
    read(
      `${JWT}const find = (req) => req.cookies.token ?? «req.query.jwt»; app.use((req) => jwt.verify(find(req), key, options));`,
    ),
    read(
      `${JWT}export async function GET(request) { const { searchParams } = new URL(request.url); return jwt.verify(«searchParams.get("token")», key, options); }`,
    ),
    read(
      `import { jwtVerify } from "jose"; app.use(async (c) => { const token = «c.req.query("token")»; await jwtVerify(token, key, options); });`,
      "jwtVerify",
    ),
    read(
      `import { jwtVerify } from "jose"; export default defineEventHandler(async (event) => { await jwtVerify(«getQuery(event).token», key, options); });`,
      "jwtVerify",
    ),
    read(
      `import { expressjwt } from "express-jwt"; app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], getToken: (req) => «req.query.token» }));`,
      "expressjwt",
    ),
    read(
      `import { ExtractJwt, Strategy } from "passport-jwt"; new Strategy({ jwtFromRequest: (req) => { if (req.cookies.jwt) return req.cookies.jwt; return «req.query.token»; }, secretOrKey: process.env.KEY }, verify);`,
      "Strategy",
    ),
    read(
      `app.use((req, res, next) => { if (req.query.token) req.headers.authorization = "Bearer " + «req.query.token»; next(); });`,
      "The Authorization header",
    ),
    read(
      `${JWT}const check = (options) => jwt.verify(options.token, key, rules); app.use((req) => check({ token: «req.query.token» }));`,
    ),
    read(
      `${JWT}const params = (req) => new URL(req.url, base).searchParams; app.use((req) => jwt.verify(«params(req).get("token")», key, rules));`,
    ),
    read(
      `import { JwtService } from "@nestjs/jwt"; class A { constructor(private readonly jwt: JwtService) {} a(@Query("token") «token: string») { return this.jwt.verify(token); } }`,
      "this.jwt.verify",
      { ts: true },
    ),
    read(
      `import { JwtService } from "@nestjs/jwt"; class A { constructor(private readonly jwt: JwtService) {} a(@Query() query: Feed) { return this.jwt.verify(«query.token»); } }`,
      "this.jwt.verify",
      { ts: true },
    ),
    // Extractors
    extractor(
      `import { ExtractJwt } from "passport-jwt"; const from = «ExtractJwt.fromUrlQueryParameter("token")»;`,
      "ExtractJwt.fromUrlQueryParameter",
    ),
    extractor(
      `const passportJWT = require("passport-jwt"); const opts = {}; opts.jwtFromRequest = passportJWT.ExtractJwt.fromExtractors([passportJWT.ExtractJwt.fromAuthHeaderAsBearerToken(), «passportJWT.ExtractJwt.fromUrlQueryParameter("t")»]);`,
      "passportJWT.ExtractJwt.fromUrlQueryParameter",
    ),
    ...[
      "require('hapi-auth-cookie')",
      "require('./plugins/jwt')",
      "require('hapi-auth-jwt2')",
      "",
    ].map((plugin) =>
      marked(
        `const server = require("hapi").server(); server.register(${plugin}); const pageOf = (request) => request.query.page; «server.auth.strategy("jwt", "jwt", { key: process.env.JWT_SECRET, validateFunc })»;`,
        { messageId: "extractor", data: { name: "server.auth.strategy" } },
      ),
    ),
    extractor(
      `import hapiJwt from "hapi-auth-jwt2"; await server.register(hapiJwt); «server.auth.strategy("jwt", "jwt", { key: process.env.KEY, validate })»;`,
      "server.auth.strategy",
    ),
    extractor(
      `import { ExtractJwt as From } from "passport-jwt"; From.fromHeader("x"); «From.versionOneCompatibility({ authScheme: "JWT" })»;`,
      "From.versionOneCompatibility",
    ),
    // Functions of the program's own in the list of a library's.
    read(
      `import { ExtractJwt, Strategy } from "passport-jwt"; class A extends PassportStrategy(Strategy) { constructor() { super({ jwtFromRequest: ExtractJwt.fromExtractors([ExtractJwt.fromAuthHeaderAsBearerToken(), (req) => «req?.query?.token» || null]), secretOrKey: process.env.KEY }); } }`,
      "ExtractJwt.fromExtractors",
    ),
    read(
      `import { ExtractJwt } from "passport-jwt"; function pick(req) { let token = null; if (req.query) token = «req.query.jwt»; return token; } const from = [pick]; ExtractJwt.fromExtractors(from);`,
      "ExtractJwt.fromExtractors",
    ),
    read(
      `import { ExtractJwt, Strategy } from "passport-jwt"; class A extends PassportStrategy(Strategy) { constructor() { super({ jwtFromRequest: ExtractJwt.fromExtractors([A.pick]), secretOrKey: process.env.KEY }); } static pick(request) { if (request.handshake?.query?.["token"]) return «request.handshake.query["token"]»; return null; } }`,
      "ExtractJwt.fromExtractors",
    ),
  ],
});

/** A handler that signs a token for what a link is for. */
const linking = (body: string): string =>
  `${JWT}\nexport const forgot = async (req, res) => { const reset = jwt.sign({ id: user.id }, key, { expiresIn: "15m" }); ${body} };`;

/** Nobody opens such a link from a mail. */
const AT_ONCE = [
  ["res.redirect(«`${site}/verify?token=${reset}`»);", "mailed"],
  ["const address = «`${site}/verify/${reset}`»; res.redirect(address);", "link"],
  ["window.location.href = «`/confirm?token=${reset}`»;", "mailed"],
] as const;

const IN_MAILS = [
  ["await sendMail(user.email, «`${site}/reset?token=${reset}`»);", "mailed"],
  [
    "const link = «`${site}/reset/${reset}`»; await post({ to: user.email, subject: 'Reset', html: link });",
    "link",
  ],
  [
    "const invitation = «`${site}/invite?token=${reset}`»; await jobs.add({ invitation });",
    "mailed",
  ],
  ["await sendMail(user.email, «`${site}/hello/${reset}`»);", "link"],
] as const;

/** The same where no name says that the link is for one time. */
const entering = (body: string): string => linking(body).replaceAll(/reset|forgot/gu, "entry");

const PAGE = "const page = (link) => `<p>${link}</p>`;";
const LINKED = "const link = «`${site}/enter?token=${reset}`»;";

/** … that a function makes the text of the mail of. */
const IN_TEMPLATES = [
  `${PAGE} ${LINKED} await transporter.sendMail({ to: user.email, subject: "Hello", html: page(link) });`,
  `${PAGE} ${LINKED} const html = page(link); await queue.add({ to: user.email, subject: "Hello", html });`,
  `${LINKED} await transporter.sendMail({ to: user.email, subject: "Hello", html: loginTemplate({ link }) });`,
  `${LINKED} await send({ to: user.email, subject: "Hello", html: templates.render("html", { link }) });`,
  `${LINKED} const body = mails.buildMailBody(user, link); await send({ to: user.email, subject: "Hello", text: body });`,
];

/** … that comes into no mail, or is opened for what is in one. */
const IN_NONE = [
  `${PAGE} ${LINKED} res.send(page(link)); await sendMail(user.email);`,
  `const open = (link) => fetch(link); ${LINKED} await open(link); await sendMail(user.email);`,
  `${LINKED} const found = await look(link); await sendMail(user.email, found);`,
  `${LINKED} await sendTemplate(link); await sendMail(user.email);`,
  `${LINKED} await look({ link }); await send({ to: user.email, subject: "Hello" });`,
];

const WITHOUT_MAILS = { options: [{ mailedLinks: false }] };

testRule("no-token-in-url: links of mails", rule, {
  valid: [
    ...IN_MAILS.map(([body]) => linking(body)),
    ...IN_TEMPLATES.map((body) => entering(body)),
  ].map((code) => ({ code: code.replaceAll(/[«»]/gu, ""), ...WITHOUT_MAILS })),
  invalid: [
    ...IN_MAILS.map(([body, messageId]) => marked(linking(body), { messageId })),
    ...IN_TEMPLATES.map((body) => marked(entering(body), { messageId: "mailed" })),
    ...IN_NONE.map((body) => marked(entering(body), { messageId: "written" }, WITHOUT_MAILS)),
    ...AT_ONCE.map(([body, messageId]) => marked(linking(body), { messageId }, WITHOUT_MAILS)),
    // What is no link for a purpose, and the host of one
    marked(
      linking(
        "const entry = jwt.sign({ id: user.id }, key); res.redirect(«`${site}/signed-in?token=${entry}`»);",
      ),
      { messageId: "written" },
      WITHOUT_MAILS,
    ),
    marked(
      linking("await sendMail(req.body.email, `${«req.headers.origin»}/reset?token=${reset}`);"),
      { messageId: "askedHost", data: { said: "the header origin" } },
      WITHOUT_MAILS,
    ),
  ],
});
