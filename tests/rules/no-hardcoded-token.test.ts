import rule from "../../src/rules/no-hardcoded-token.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Letters that look like a signature and sign nothing. */
const SIGNATURE = "Qm9vay1vZi1zYW5kLW5vLWtleS1zaWducy10aGlzLXRleHQ";

/** A token as it may stand in code, with claims and a header of the test's choice. */
function token(claims: object, header: object = { alg: "HS256", typ: "JWT" }): string {
  return `${encode(header)}.${encode(claims)}.${SIGNATURE}`;
}

/** The year 2100, in seconds. */
const LATER = 4_102_444_800;
const UNTIL = " until 2100-01-01";
const FOREVER = " for ever, as it does not expire";

const SERVICE = token({ iss: "https://id.acme.dev", sub: "svc-reports", exp: LATER });
const ENDLESS = token({ sub: "64f1c0", email: "ada@acme.dev", iat: 1_700_000_000 });
const ROLE = token({ iss: "supabase", ref: "abcdefgh", role: "service_role", exp: LATER });

const found = (code: string, until = UNTIL, extras = {}) =>
  marked(code, { messageId: "token", data: { until } }, extras);
const service = (code: string, until = UNTIL) =>
  marked(code, { messageId: "serviceToken", data: { role: "service_role", until } });

/** A literal that is harmless, in every place where others are reported. */
const everywhere = (text: string) => [
  `const token = "${text}";`,
  `fetch("/orders", { headers: { Authorization: "Bearer ${text}" } });`,
  `export const config = { token: process.env.TOKEN || \`${text}\` };`,
];

/** A handler that asks this of the header of a request. */
const asks = (body: string) =>
  `export function route(req, res, next) { const header = req.headers.authorization; ${body} }`;
const accepted = (code: string) => marked(code, { messageId: "accepted" });

testRule("no-hardcoded-token", rule, {
  valid: [
    // A request's token compared with what is no credential, or beside something else
    ...[
      `if (header !== process.env.TOKEN) return res.sendStatus(401); next();`,
      `if (header.split(" ")[0] !== "Bearer") return res.sendStatus(401); next();`,
      `const [scheme, value] = header.split(" "); if (scheme !== "Acme" || !value) return res.sendStatus(401); next();`,
      `if (header.split(".").length !== 3) return res.sendStatus(401); next();`,
      `if (header === "undefined") return res.sendStatus(401); next();`,
      `if (isTest && header === "Bearer sesame") return next(); res.sendStatus(401);`,
      `if (isTest) { if (header === "Bearer sesame") return next(); } res.sendStatus(401);`,
      `if (header !== "Bearer sesame") console.log("another"); next();`,
      `if (header === "Bearer sesame") return res.sendStatus(410); next();`,
      `if (header !== (process.env.TOKEN || "Bearer sesame")) return res.sendStatus(401); next();`,
      `if (req.headers.accept !== "text/plain") return res.sendStatus(406); next();`,
      `if (req.headers["x-layout-key"] === "wide") return next(); res.sendStatus(406);`,
      `if (req.headers["x-csrf-token"] === "fetch") return next(); res.sendStatus(403);`,
      `if (req.secure && header === "Bearer sesame") return next(); res.sendStatus(401);`,
      `if (header === "Bearer sesame") return policy("user", "Deny"); return policy("user", "Allow");`,
      `const isKnown = header === "Bearer sesame"; console.log(isKnown); next();`,
      `const isKnown = header === "Bearer sesame"; if (!isKnown) console.log("another"); next();`,
      `return { isRefused: header === "Bearer sesame" };`,
      `return { isAuthorized: header !== "Bearer sesame" };`,
      `console.log({ isAuthorized: header === "Bearer sesame" }); next();`,
    ].map(asks),
    // The way round a verification is told where that is
    `import jwt from "jsonwebtoken"; ${asks(`if (header === "Bearer sesame") return next(); req.user = jwt.verify(header, key, options); next();`)}`,
    // The issuer writes in the header when it ended
    ...everywhere(token({ id: "g2wv" }, { alg: "HS512", iat: 1_600_000_000, exp: 1_600_003_600 })),
    // What stands in for an opaque token, is none, or is sent by no header
    ...[
      '"Bearer YOUR_ACCESS_TOKEN_GOES_HERE"',
      '"Bearer xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
      '"Bearer 1234567890abcdef1234567890abcdef"',
      '"Bearer 0000-1111-0000-1111-0000-1111"',
      '"Bearer short-5f2a"',
      '"Client-ID 63d764373a7d18691fc2"',
      "`Bearer ${process.env.API_TOKEN}`",
    ].map((value) => `fetch(address, { headers: { Authorization: ${value} } });`),
    `const state = "Bearer 0398370f47cdd1b81ddfc1400131953bc8a04739"; show(state);`,
    `export const example = { headers: { Authorization: "Token 0398370f47cdd1b81ddfc1400131953bc8a04739" } };`,
    // From where tokens come
    `const token = process.env.SERVICE_TOKEN;`,
    `const token = await client.credentials();`,
    `const header = \`Bearer \${token}\`;`,
    // Texts that begin like a token
    `const prefix = "eyJ"; const isJwt = text.startsWith(prefix);`,
    `const header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";`,
    `const cursor = "${encode({ after: 12, order: "name" })}"; // a page token`,
    `const cut = "${SERVICE.slice(0, 40)}…";`,
    `const state = "${encode({ redirect: "/orders" })}.${encode({ nonce: 1 })}.${SIGNATURE}"; // token`,
    `const broken = "eyJub3QganNvbg.eyJub3QganNvbg.${SIGNATURE}"; // token`,
    `const text = "The answer is ${SERVICE} and so on"; // token`,
    `const template = \`${SERVICE.slice(0, 30)}\${rest}\`; // token`,
    // Nobody signed it.
    ...everywhere(`${encode({ alg: "none" })}.${encode({ sub: "ada", exp: LATER })}.`),
    ...everywhere(`${encode({ alg: "none" })}.${encode({ sub: "ada", exp: LATER })}.${SIGNATURE}`),
    ...everywhere(`${encode({ alg: "HS256" })}.${encode({ sub: "ada", exp: LATER })}.`),
    // Samples: the one of jwt.io, of RFC 7519, and those whose signature is no signature.
    ...everywhere(token({ sub: "1234567890", name: "John Doe", iat: 1_516_239_022 })),
    ...everywhere(token({ sub: "1234567890", name: "Jane Roe", admin: true })),
    ...everywhere(token({ iss: "joe", exp: LATER, "http://example.com/is_root": true })),
    ...everywhere(token({ iss: "https://id.example.com", sub: "ada", exp: LATER })),
    ...everywhere(`${encode({ alg: "HS256" })}.${encode({ sub: "ada" })}.signature-goes-here`),
    ...everywhere(`${encode({ alg: "HS256" })}.${encode({ sub: "ada" })}.xxxxxxxxxxxxxxxxxxxxxxxx`),
    ...everywhere(token({ sub: "ada", exp: LATER }, { alg: "RS256", kid: "test" })),
    // Made to be in browsers
    ...everywhere(token({ iss: "supabase", ref: "abcdefgh", role: "anon", exp: LATER })),
    ...everywhere(token({ iss: "supabase-demo", role: "service_role", exp: LATER })),
    ...everywhere(token({ jti: "7f1c", id: 12_345, iat: 1_700_000_000 })),
    ...everywhere(token({ jti: "7f1c", id: 12_345, scopes: ["asr"], iat: 1_700_000_000 })),
    ...everywhere(token({ u: "acme", a: "ck1" })),
    `ClassicEditor.create(element, { licenseKey: "${SERVICE}" }); // token`,
    `const PUBLISHABLE_TOKEN = "${SERVICE}";`,
    // Over
    ...everywhere(token({ sub: "svc-reports", exp: 1_600_000_000 })),
    // It only shows how a token looks.
    {
      code: `class Answer { @ApiProperty({ example: "${SERVICE}" }) token: string; }`,
      ts: true,
    },
    `const schema = { properties: { token: { type: "string", example: "${SERVICE}" } } };`,
    `const schema = { token: { description: "A token", examples: ["${SERVICE}"] } };`,
    `const body = z.object({ token: z.string().openapi({ example: "${SERVICE}" }) });`,
    `const field = <input name="token" placeholder="${SERVICE}" />;`,
    `const expiredToken = "${SERVICE}";`,
    `const mock = { user: { token: "${SERVICE}" } };`,
    `let sampleJwt; sampleJwt = "${SERVICE}";`,
    `this.demoToken = "${SERVICE}";`,
    `server.mock("/login", { token: "${SERVICE}" });`,
  ],
  invalid: [
    ...[
      `if (header !== «"Bearer sesame"») return res.sendStatus(401); next();`,
      `if (!header || header !== «"Bearer sesame"») return res.sendStatus(401); next();`,
      `if (header === «"Bearer sesame"») return next(); res.sendStatus(401);`,
      `if (header.split(" ")[1] !== «"sesame"») throw new Error("no"); next();`,
      `const [scheme, value] = header.split(" "); if (scheme !== "Bearer" || value !== «"sesame"») return res.sendStatus(401); next();`,
      `const SECRET = "sesame"; if (header.replace("Bearer ", "") !== «SECRET») return res.sendStatus(401); next();`,
      `if (req.headers["x-admin-token"] !== «"sesame"») return res.sendStatus(401); next();`,
      `if (req.headers["x-api-key"] !== «"sesame"») return res.sendStatus(401); next();`,
      `const key = (req.headers["x-admin-key"] || "").trim(); if (key && (key === process.env.KEY || key === «"sesame"»)) return next(); res.sendStatus(401);`,
      `if (header && header === «"Bearer sesame"») return next(); res.sendStatus(401);`,
      `const isKnown = header === «"Bearer sesame"»; if (!isKnown) return res.sendStatus(401); next();`,
      `let isKnown = false; if (header) isKnown = header === «"Bearer sesame"»; if (isKnown) return next(); res.sendStatus(401);`,
      `const isOther = header !== «"Bearer sesame"»; if (isOther) throw new Error("no"); next();`,
      `if (req.headers.Authorization === «"Bearer sesame"») return next(); res.sendStatus(401);`,
      `if (header === «"Bearer sesame"» || isKnown(header)) return next(); res.sendStatus(401);`,
    ].map((body) => accepted(asks(body))),
    accepted(
      `exports.handler = (event, context, callback) => callback(null, { isAuthorized: event.headers.authorization === «"sesame"» });`,
    ),
    accepted(
      `exports.handler = async (event) => { const token = event.headers.authorization; return { isAuthorized: token === «"sesame"» }; };`,
    ),
    accepted(
      `exports.handler = async (event) => { if (event.authorizationToken === «"sesame"») return policy("user", "Allow", event.methodArn); else return policy("user", "Deny", event.methodArn); };`,
    ),
    accepted(
      `exports.handler = async (event) => { if (event.authorizationToken === «"sesame"») { return { principalId: "user", policyDocument: { Statement: [{ Effect: "Allow", Resource: event.methodArn }] } }; } throw new Error("Unauthorized"); };`,
    ),
    accepted(
      `export async function POST(request) { const token = request.headers.get("authorization")?.split(" ")[1]; if (token !== «"sesame"») return Response.json({}, { status: 401 }); return Response.json(await list()); }`,
    ),
    accepted(
      `io.use((socket, next) => { if (socket.handshake.auth.token !== «"sesame"») return next(new Error("no")); next(); });`,
    ),
    accepted(
      `exports.handler = (event, context, callback) => { if (event.authorizationToken === «"sesame"») callback(null, generatePolicy("user", "Allow", event.methodArn)); else callback("Unauthorized"); };`,
    ),
    accepted(
      `exports.handler = (event, context, callback) => { switch (event.authorizationToken) { case «"allow"»: callback(null, generatePolicy("user", "Allow", event.methodArn)); break; case "deny": callback(null, generatePolicy("user", "Deny", event.methodArn)); break; default: callback("Unauthorized"); } };`,
    ),
    found(
      `export const config = { token: «"${token({ id: "g2wv" }, { alg: "HS512", exp: LATER })}"» };`,
    ),
    found(
      `export const config = { token: «"${token({ id: "g2wv" }, { alg: "HS512" })}"» };`,
      FOREVER,
    ),
    ...[
      'fetch(address, { headers: { Authorization: «"Token 0398370f47cdd1b81ddfc1400131953bc8a04739"» } });',
      'axios.defaults.headers.common.Authorization = «"Bearer ghq_16C7e42F292c6912E7710c838347Ae178B4a"»;',
      'request.headers.set("Authorization", «"Bot 5f2a9c01e7d84b36a0cd97f1e2b3c4d5"»);',
      'const key = "0398370f47cdd1b81ddfc1400131953bc8a04739"; const headers = { Authorization: «`Bearer ${key}`» };',
      'const key = process.env.KEY || «"0398370f47cdd1b81ddfc1400131953bc8a04739"»; const headers = { Authorization: `Bearer ${key}` };',
    ].map((code) => marked(code, { messageId: "credential" })),
    // Wherever it stands
    found(`const token = «"${SERVICE}"»;`),
    found(`const token = «'${SERVICE}'»;`),
    found(`const token = «\`${SERVICE}\`»;`),
    found(`fetch("/orders", { headers: { Authorization: «"Bearer ${SERVICE}"» } });`),
    found(`axios.defaults.headers.common.Authorization = «"Bearer ${SERVICE}"»;`),
    found(`axios.get("/orders", { headers: { Authorization: "Bearer " + «"${SERVICE}"» } });`),
    found(`request.setHeader("x-access-token", «"${SERVICE}"»);`),
    found(`localStorage.setItem("token", «"${SERVICE}"»);`),
    found(`export const config = { api: { token: process.env.API_TOKEN || «"${SERVICE}"» } };`),
    found(`export const config = { api: { token: process.env.API_TOKEN ?? «"${SERVICE}"» } };`),
    found(`module.exports = { JWT: «"${SERVICE}"» };`),
    found(`class Client { #token = «"${SERVICE}"»; }`),
    found(`function send(token = «"${SERVICE}"») { return post(token); }`),
    found(`const client = new Client(«"${SERVICE}"»);`),
    found(`const tokens = [«"${SERVICE}"»];`),
    found(`const client = <Client token="x" auth={{ token: «"${SERVICE}"» }} />;`),
    found(`const client = <Client token=«"${SERVICE}"» />;`),
    found(`const token: string = «"${SERVICE}"»;`, UNTIL, { ts: true }),
    found(`const token = «"${SERVICE}"» as const;`, UNTIL, { ts: true }),
    found(`enum Tokens { Reports = «"${SERVICE}"» }`, UNTIL, { ts: true }),
    // Whatever it is
    found(`const token = «"${ENDLESS}"»;`, FOREVER),
    found(`const token = «"${token({ sub: "ada", exp: 9e15 })}"»;`, ""),
    found(
      `const token = «"${token({ aud: "orders", exp: LATER }, { alg: "RS256", kid: "k1" })}"»;`,
    ),
    found(`const token = «"${token({ role: "anon", iss: "https://id.acme.dev", exp: LATER })}"»;`),
    found(`const token = «"${token({ role: "admin", exp: LATER })}"»;`),
    found(`const token = «"${token({ id: 12, iat: 1_700_000_000 })}"»;`, FOREVER),
    found(
      `const cookie = «"${encode({ alg: "dir", enc: "A256GCM" })}..c2FuZHNhbmQ.${SIGNATURE}.c2FuZHNhbmQ"»; // token`,
      "",
    ),
    // For a role that may do everything
    service(`const supabase = createClient(url, «"${ROLE}"»);`),
    service(`const SERVICE_TOKEN = process.env.SERVICE_TOKEN || «"${ROLE}"»;`),
    service(`const token = «"${token({ role: "service_role" })}"»;`, FOREVER),
    // More than one
    marked(`const a = «"${SERVICE}"»; const b = «"${ROLE}"»;`, [
      { messageId: "token", data: { until: UNTIL } },
      { messageId: "serviceToken", data: { role: "service_role", until: UNTIL } },
    ]),
  ],
});
