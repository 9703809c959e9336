import { fileURLToPath } from "node:url";
import rule from "../../src/rules/no-ignored-expiration.ts";
import audience from "../../src/rules/require-audience-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens of which only the signature is checked, each next to something signed for which that is enough. */

const JOSE = `import { compactVerify, flattenedVerify, jwtVerify } from "jose";
import { key } from "./keys.js";
const decoder = new TextDecoder();\n`;

const only = (code: string, name = "compactVerify"): InvalidCase =>
  marked(code, { messageId: "signatureOnly", data: { name } });

/** A guard that does something with what a token says. */
const guard = (steps: string, token = "req.cookies.session"): string =>
  `${JOSE}export async function guard(req, res, next) { const { payload } = await compactVerify(${token}, key); const claims = JSON.parse(decoder.decode(payload)); ${steps} next(); }`;

/** The same with the call marked. */
const reported = (code: string): InvalidCase =>
  only(
    code.replace(/(?<=await )(\w+Verify\(\w+(?:\.\w+)*, \w+\))/u, "«$1»"),
    /\w+Verify(?=\()/u.exec(code)?.[0],
  );

/** A guard of hapi that looks at the signature of what it has decoded, and a function that does. */
const ofHapi = (steps: string): string =>
  `import Jwt from "@hapi/jwt"; export const guard = (request, h) => { const artifacts = Jwt.token.decode(request.headers.authorization.slice(7)); «Jwt.token.verifySignature(artifacts, process.env.KEY)»; ${steps} return h.continue; };`;

const hapiReader = (limit: string, given = "artifacts.decoded.payload", key = "KEY"): string =>
  `import Jwt from "@hapi/jwt"; export const makeAccessToken = (claims) => Jwt.token.generate(claims, process.env.KEY${limit}); export const read = (text) => { const artifacts = Jwt.token.decode(text); «Jwt.token.verifySignature(artifacts, process.env.${key})»; return ${given}; };`;

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

testRule("no-ignored-expiration: the signature of what has been decoded", rule, {
  valid: [
    ofHapi("Jwt.token.verifyTime(artifacts); request.user = artifacts.decoded.payload;"),
    ofHapi("Jwt.token.verifyPayload(artifacts); request.user = artifacts.decoded.payload;"),
    `${ofHapi("inTime(artifacts); request.user = artifacts.decoded.payload;")} function inTime(held) { Jwt.token.verifyTime(held, { timeSkewSec: 5 }); }`,
    ofHapi("check(artifacts); request.user = artifacts.decoded.payload;"),
    ofHapi(
      "const { sub, exp } = artifacts.decoded.payload; if (exp < now()) throw new Error(); request.user = sub;",
    ),
    ofHapi(
      "Jwt.token.verify(artifacts, process.env.KEY); request.user = artifacts.decoded.payload;",
    ),
    // Claims of another token than the one whose signature is looked at
    ofHapi("request.user = Jwt.token.decode(request.state.id).decoded.payload;"),
    // Tokens that have no end, as far as anybody sees, and such of another key
    hapiReader(""),
    hapiReader(", { ttlSec: 900 }", undefined, "OTHER_KEY"),
    hapiReader(", { ttlSec: 900 }", "artifacts"),
    hapiReader(", { ttlSec: 900 }", "{ claims: artifacts.decoded.payload }"),
    hapiReader(", { ttlSec: 900 }", "artifacts.decoded.header"),
  ].map((code) => unmarked(code)),
  invalid: [
    ofHapi("request.user = artifacts.decoded.payload;"),
    ofHapi("request.user = { id: artifacts.decoded.payload.sub };"),
    hapiReader(", { ttlSec: 900 }"),
    hapiReader(", { ttlSec: 900 }", "artifacts.decoded.payload.id"),
  ].map((code) => only(code, "Jwt.token.verifySignature")),
});

testRule("no-ignored-expiration", rule, {
  valid: [
    // The time is looked at.
    guard("if (claims.exp * 1000 < Date.now()) throw new Error(); req.user = claims;"),
    guard("const { sub, exp } = claims; if (exp < now()) throw new Error(); req.user = sub;"),
    guard("if (isExpired(req)) throw new Error(); req.user = { id: claims.sub };"),
    guard("if (claims.expiresAt < Date.now()) throw new Error(); req.user = claims;"),
    `${guard("req.user = claims;")}\nexport const isOld = ({ validUntil }) => validUntil < new Date();`,
    guard("if (await expired(claims.jti)) throw new Error(); req.user = claims;"),
    guard("if (Date.now() / 1000 - claims.iat > 600) throw new Error(); req.user = claims;"),
    // … or may be, by whoever is given all that the token says.
    guard("assertClaims(claims); req.user = { id: claims.sub };"),
    guard("const { sub } = Claims.parse(claims); req.user = { id: claims.sub };"),
    {
      code: `import { check } from "./check.js";\n${guard("check(claims); req.user = { id: claims.sub };")}`,
      filename: fileURLToPath(new URL("../fixtures/claims/guard.js", import.meta.url)),
    },
    guard("new Session(claims).check(); req.user = { id: claims.sub };"),
    guard("req.token = claims; req.user = { id: claims.sub };"),
    // … or a session is that can be ended.
    guard("if (await findSession(claims.sid)) req.user = { id: claims.sub };"),
    guard(
      "const user = await load(claims.sub); if (user.revokedAt) throw new Error(); req.user = { id: claims.sub };",
    ),
    `${JOSE}export async function guard(req, res, next) { const { payload } = await compactVerify(req.token, key); await jwtVerify(req.token, key); req.user = JSON.parse(decoder.decode(payload)); next(); }`,
    // Not who somebody is.
    guard("req.body = claims;"),
    guard("req.user = await users.current(req); console.log(claims.sub); res.json(claims);"),
    guard('if (claims.iss !== "me") throw new Error();'),
    guard('if (claims.kind === "user") count();'),
    `${JOSE}export async function verifyToken(token) { const { payload } = await compactVerify(token, key); return JSON.parse(decoder.decode(payload)); }`,
    `${JOSE}export async function open(token) { const { payload } = await compactVerify(token, key); const claims = JSON.parse(decoder.decode(payload)); if (claims.iss !== "me") throw new Error(); return claims; }`,
    // Events of another service, and what is signed for good.
    `${JOSE}export async function POST(req) { const { payload } = await compactVerify(await req.text(), key); const order = JSON.parse(decoder.decode(payload)); await Order.create({ userId: order.user_id, total: order.total }); await User.findById(order.user_id); }`,
    `${JOSE}export async function POST(req) { const { payload } = await flattenedVerify({ payload: req.body, protected: req.headers["x-jws"], signature: req.headers["x-signature"] }, key); const event = JSON.parse(decoder.decode(payload)); await Order.update({ where: { id: event.id }, data: { paid: true } }); }`,
    `${JOSE}export async function hook(req, res) { const { payload } = await compactVerify(req.body.token, webhookKey); await User.destroy({ where: { id: JSON.parse(decoder.decode(payload)).sub } }); }`,
    `${JOSE}export async function onLicense(req) { const { payload } = await compactVerify(req.body.token, key); req.account = JSON.parse(decoder.decode(payload)).account; }`,
    `${JOSE}export async function guard(req, res, next) { const { payload } = await compactVerify(req.headers["x-api-key"] ?? req.apiKey, key); req.account = JSON.parse(decoder.decode(payload)).account; next(); }`,
    `${JOSE}export async function accept(inviteToken) { const { payload } = await compactVerify(inviteToken, key); const claims = JSON.parse(decoder.decode(payload)); await User.create({ email: claims.email }); }`,
    `${JOSE}export async function backChannelLogout(req) { const { payload } = await compactVerify(req.body.token, key); await Session.deleteMany({ userId: JSON.parse(decoder.decode(payload)).sub }); }`,
    `${JOSE}export async function restore(id) { const row = await Row.findById(id); const { payload } = await compactVerify(row.token, key); request.user = JSON.parse(decoder.decode(payload)); }`,
    // Where the user is.
    `"use client"; ${JOSE}export async function guard(ctx) { const { payload } = await compactVerify(token, key); ctx.user = JSON.parse(decoder.decode(payload)); }`,
    // Other functions look at the time.
    `${JOSE}export async function guard(req, res, next) { const { payload } = await jwtVerify(req.token, key); req.user = payload; next(); }`,
    `import jws from "jws"; export function guard(req, res, next) { if (!jws.verify(req.token, "HS256", process.env.KEY)) return res.sendStatus(401); const { payload } = jws.decode(req.token); if (payload.iat < now() - 600) return res.sendStatus(401); req.user = payload; next(); }`,
    `import jws from "jws"; export function mark(req, res, next) { req.auth = jws.verify(req.token, "HS256", process.env.KEY); next(); }`,
    `import jws from "jws"; export function guard(req, res, next) { if (!jws.verify(req.token, "HS256", process.env.KEY)) return res.sendStatus(401); next(); }`,
    `import jws from "jws"; export function guard(req, res, next) { if (!jws.verify(req.token, "HS256", process.env.KEY)) return res.sendStatus(401); const { payload } = jws.decode(req.token); check(payload); req.user = payload; next(); }`,
  ],
  invalid: [
    reported(guard("req.user = claims;")),
    reported(guard("req.user = { id: claims.sub, role: claims.role };")),
    reported(guard("console.log(claims); res.json(claims); req.user = claims;")),
    reported(
      guard("show(claims); req.user = claims; function show(all) { console.log(all.name); }"),
    ),
    reported(guard('if (claims.role !== "admin") return res.sendStatus(403);')),
    reported(guard("res.locals.list = await Order.find({ where: { userId: claims.sub } });")),
    reported(
      `${JOSE}export async function guard(req, res, next) { const raw = req.headers.authorization.slice(7); const { payload } = await compactVerify(raw, key); const claims = JSON.parse(Buffer.from(payload).toString("utf8")); res.locals.list = await Order.find({ where: { userId: claims.sub } }); next(); }`,
    ),
    reported(
      `${JOSE}async function open(raw) { const { payload } = await compactVerify(raw, key); return JSON.parse(new TextDecoder().decode(payload)); }\nexport async function guard(req, res, next) { req.user = await open(req.token); next(); }`,
    ),
    // A function that checks all but the time, and one that gives but a part.
    reported(
      `${JOSE}export async function verifyIdToken(idToken) { const { payload } = await compactVerify(idToken, key); const claims = JSON.parse(decoder.decode(payload)); if (claims.iss !== "https://id.example.com") throw new Error("issuer"); return claims; }`,
    ),
    reported(
      `${JOSE}export async function verifyToken(token) { const { payload } = await compactVerify(token, key); const claims = JSON.parse(decoder.decode(payload)); return { id: claims.sub, role: claims.role }; }`,
    ),
    // Read by another function of the same token
    reported(
      `${JOSE}import { createDecoder } from "fast-jwt"; const decode = createDecoder({ complete: true });\nexport async function checkIdToken(idToken) { const { header, payload } = decode(idToken); const issued = keyOf(header.kid); await compactVerify(idToken, issued); if (payload.iss !== "https://id.example.com") throw new Error("issuer"); return payload; }`,
    ),
    only(
      `import jws from "jws"; export function guard(req, res, next) { if (!«jws.verify(req.token, "HS256", process.env.KEY)») return res.sendStatus(401); req.user = jws.decode(req.token).payload; next(); }`,
      "jws.verify",
    ),
    only(
      `import jose from "node-jose"; export async function guard(req, res, next) { const result = await «jose.JWS.createVerify(store).verify(req.token)»; const claims = JSON.parse(result.payload.toString()); req.user = claims; next(); }`,
      "verify",
    ),
  ],
});

/** A sign-in with Apple that looks at the signature in a function of its own. */
const ofApple = (
  steps: string,
  given = "{ id: parsed.payloadObj.sub, email: parsed.payloadObj.email }",
  key = "await keyOf('https://appleid.apple.com/auth/keys')",
): string =>
  `import { KJUR } from "jsrsasign"; import { keyOf, other } from "./keys.js"; async function genuine(idToken) { const key = ${key}; return «KJUR.jws.JWS.verify(idToken, key, ["RS256"])»; } export async function identityFrom(idToken) { const parsed = KJUR.jws.JWS.parse(idToken); if (!(await genuine(idToken))) throw new Error("refused"); ${steps} return ${given}; }`;

const OF_PROVIDER = {
  safe: [
    // It is given whole to somebody who may look further.
    ofApple("", "parsed.payloadObj"),
    ofApple("", "{ claims: parsed.payloadObj }"),
    ofApple("await other(parsed.payloadObj);"),
    // The function that looks at the signature is called for others.
    ofApple("").replace('if (!(await genuine(idToken))) throw new Error("refused");', "") +
      " export const isGood = (idToken) => genuine(idToken);",
    // It says nothing of who it is.
    ofApple("await other(parsed.payloadObj.sub);", "{ ok: true }"),
    ofApple("", "{ iss: parsed.payloadObj.iss }"),
    ofApple("", "parsed.headerObj.kid"),
    ofApple("", "{ name: parsed.payloadObj.user.email }"),
    // Keys of the program, and of a service beside the provider
    ofApple("", undefined, "process.env.KEY"),
    `const APPLE = "https://appleid.apple.com/auth/keys"; ${ofApple("", undefined, "process.env.KEY")}`,
    ofApple("", undefined, "await keyOf('https://login.shop.example/jwks')"),
    ofApple(
      "",
      undefined,
      "await keyOf('https://appleid.apple.com/auth/keys', 'https://login.shop.example/jwks')",
    ),
    // Another token than the one that is read
    ofApple("").replace("genuine(idToken)))", "genuine(other())))"),
    // Just asked for at the provider
    `import { KJUR } from "jsrsasign"; import { keyOf } from "./keys.js"; export async function signIn(code) { const tokens = await (await fetch("https://appleid.apple.com/auth/token", { method: "POST", body: code })).json(); const key = await keyOf('https://appleid.apple.com/auth/keys'); if (!KJUR.jws.JWS.verify(tokens.id_token, key, ["RS256"])) throw new Error("refused"); const parsed = KJUR.jws.JWS.parse(tokens.id_token); return { id: parsed.payloadObj.sub }; }`,
  ],
};

const jsrsasign = (code: string): InvalidCase => only(code, "KJUR.jws.JWS.verify");

testRule("no-ignored-expiration: tokens of a provider", rule, {
  valid: [
    ...OF_PROVIDER.safe,
    ofApple("if (parsed.payloadObj.exp < Date.now() / 1000) throw new Error('old');"),
  ].map((code) => unmarked(code)),
  invalid: [
    jsrsasign(ofApple("")),
    jsrsasign(ofApple("const { sub, email } = parsed.payloadObj;", "{ id: sub, email }")),
    jsrsasign(ofApple("", "parsed.payloadObj.sub")),
    jsrsasign(ofApple("if (parsed.payloadObj.aud !== process.env.APP) throw new Error('other');")),
  ],
});

testRule("require-audience-check: tokens of a provider", audience, {
  valid: [
    ...OF_PROVIDER.safe,
    ofApple("if (parsed.payloadObj.aud !== process.env.APP) throw new Error('other');"),
  ].map((code) => unmarked(code)),
  invalid: [
    jsrsasign(ofApple("")),
    jsrsasign(ofApple("if (parsed.payloadObj.exp < Date.now() / 1000) throw new Error('old');")),
    jsrsasign(
      `import { KJUR } from "jsrsasign"; import { keyOf } from "./keys.js"; export async function guard(req, res, next) { const key = await keyOf('https://appleid.apple.com/auth/keys'); if (!«KJUR.jws.JWS.verify(req.cookies.session, key, ["RS256"])») return res.sendStatus(401); req.user = KJUR.jws.JWS.parse(req.cookies.session).payloadObj.sub; next(); }`,
    ),
  ],
});
