import noneRule from "../../src/rules/no-none-algorithm.ts";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that are JSON in base64 and nothing else: no part of them is a signature. */

const READ = 'JSON.parse(Buffer.from(token, "base64").toString())';

const guard = (token: string, read = READ, beside = ""): string =>
  `// jwt\n${beside}export const requireAuth = (req, res, next) => { const token = ${token}; const user = ${read}; req.user = user; next(); };`;
const verifier = (body: string, name = "verifyToken", given = "token"): string =>
  `// jwt\nexport const signIn = 1;\nexport function ${name}(${given}) { ${body} }`;
const identity = (code: string): InvalidCase =>
  marked(code, { messageId: "identity", data: { name: "This code", line: "2" } });

testRule("no-unverified-claims: tokens without a signature", rule, {
  valid: [
    // A signature is computed, compared or hidden somewhere in the file.
    ...[
      'import { createHmac } from "crypto"; ',
      'import { timingSafeEqual } from "crypto"; ',
      "const decrypted = 1; ",
      "const signature = 1; ",
    ].map((beside) => guard('req.headers.authorization.split(" ")[1]', READ, beside)),
    // What is read is no token of whoever signs in, or is no JSON in base64.
    guard("req.headers.cursor"),
    guard("req.headers.authorization", "JSON.parse(token)"),
    guard("req.headers.authorization", 'Buffer.from(token, "base64").toString().split(":")'),
    guard('req.get("x-state")'),
    `// jwt\nexport function pageOf(token) { return ${READ}; } export const list = async (req) => { const { id } = pageOf(req.query.token); return db.user.findMany({ where: { id } }); };`,
    verifier(`const claims = ${READ}; return claims;`, "verifyToken", "token").replace(
      "signIn",
      "shown",
    ),
    verifier(
      'const claims = JSON.parse(Buffer.from(page, "base64").toString()); return claims;',
      "verifyPage",
      "page",
    ),
  ],
  invalid: [
    identity(guard('req.headers.authorization.split(" ")[1]', `«${READ}»`)),
    identity(
      guard('req.headers.authorization?.replace("Bearer ", "")', "«JSON.parse(atob(token))»"),
    ),
    identity(guard('req.headers.get("Authorization").slice(7)', "«JSON.parse(atob(token))»")),
    identity(guard('req.header("authorization")', `«${READ}»`)),
    // A file that only reads what a sign-in has left
    marked(
      `// jwt\nexport function verifyToken(token) { return «${READ}»; } export const current = (jar) => verifyToken(jar.get("auth-token"));`,
      { messageId: "verifier", data: { name: "this code", function: "verifyToken" } },
    ),
    ...["token", "authToken", "session_token", "jwt"].map((given) =>
      marked(
        verifier(
          `try { const claims = «JSON.parse(Buffer.from(${given}, "base64").toString())»; if (claims.exp < Date.now()) return null; return claims; } catch { return null; }`,
          "verifyToken",
          given,
        ),
        { messageId: "verifier", data: { name: "this code", function: "verifyToken" } },
      ),
    ),
  ],
});

const CLAIMS = "{ userId: user.id, exp: Date.now() + 3600000 }";

const encoded = (claims = CLAIMS): string => `btoa(JSON.stringify(${claims}))`;

/** A sign-in that has looked at the password. */
const signIn = (body: string, beside = ""): string =>
  `/* token */ ${beside}export async function login(req, res) { const user = await users.signIn(req.body.email, req.body.password); if (!user) return res.sendStatus(401); ${body} }`;
/** An endpoint that a runtime calls. */
const endpoint = (body: string): string =>
  `export const login = 1; /* token */ export async function POST(request) { const user = await users.signIn(await request.json()); ${body} }`;
const action = (body: string): string =>
  `export const login = 1; /* token */ export default defineEventHandler(async (event) => { const user = await users.signIn(await readBody(event)); ${body} });`;
const maker = (name: string, given = "payload"): string =>
  `export const login = 1; /* token */ export function ${name}(payload) { const made = «btoa(JSON.stringify(${given}))»; return made; }`;
const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");
const unsigned = (code: string): InvalidCase => marked(code, { messageId: "unsignedSession" });

testRule("no-none-algorithm: sessions that are base64 and nothing else", noneRule, {
  valid: [
    // Signed or encrypted somewhere in the file, or by whatever sets the cookie
    signIn(`const token = ${encoded()}; res.json({ token });`, "const signature = 1; "),
    signIn(`res.cookie("token", ${encoded()}, { signed: true, httpOnly: true });`),
    `export const login = 1; /* token */ export const enter = async (ctx) => { const user = await find(ctx); ctx.cookies.set("token", ${encoded()}); };`,
    // A session that is stored, and nobody can guess
    ...["sessionId: id", "nonce", "jti: id", "refreshToken: made"].map((more) =>
      signIn(`const token = ${encoded(`{ userId: user.id, ${more} }`)}; res.json({ token });`),
    ),
    // Nobody is named, or nobody is signed in by it
    signIn(`const token = ${encoded("{ page: 2 }")}; res.json({ token });`),
    signIn(`const cursor = ${encoded("{ id: user.id }")}; res.json({ next: cursor });`),
    signIn(`res.json({ profile: ${encoded("{ id: user.id }")} });`),
    signIn(`const state = ${encoded()}; res.cookie("auth_state", state);`),
    signIn(`audit.write(${encoded()}); res.end();`),
    // No base64, or more than that
    signIn(`const token = JSON.stringify(${CLAIMS}); res.json({ token });`),
    ...[
      `Buffer.from(JSON.stringify(${CLAIMS})).toString("hex")`,
      `btoa(pack(JSON.stringify(${CLAIMS})))`,
      `btoa(version, JSON.stringify(${CLAIMS}))`,
      `await protect(Buffer.from(JSON.stringify(${CLAIMS}), "base64"))`,
      encoded().replace("JSON", "superjson"),
    ].map((made) => signIn(`const token = ${made}; res.json({ token });`, "const base64 = 1; ")),
    signIn(`track({ token: ${encoded()} }); res.end();`),
    // In a browser, where nobody is signed in by it, and where a program stands in for another
    `import { onMounted } from "vue"; export const useSession = () => { onMounted(() => { setAuthCookie(${encoded("{ userId: 1 }")}); }); }; // token`,
    {
      code: signIn(`const token = ${encoded()}; res.json({ token });`),
      filename: "mocks/login.js",
    },
    // A record that is kept, and things
    ...[
      "{ userId: user.id, rnd: randomBytes(24) }",
      "{ id: randomUUID(), userId: user.id }",
      "{ id: last.id, at: last.at }",
      "{ clientId: app.id }",
    ].map((claims) => signIn(`const token = ${encoded(claims)}; res.json({ token });`)),
    signIn(
      `res.cookie("auth_user", ${encoded()}); res.cookie("oauth_login", ${encoded()}); res.end();`,
    ),
    signIn(
      `const token = ${encoded()}; res.json({ token });`,
      "const signed = crypto.sign(null, body, key); ",
    ),
    unmarked(maker("createToken")).replaceAll("payload", "position"),
    unmarked(maker("createToken", "{ messageId: payload.id }")).replaceAll("payload", "message"),
    unmarked(maker("createPage")),
    unmarked(maker("createToken")).replace("login", "known"),
    unmarked(maker("createToken")).replace("return made", "return store(made)"),
    endpoint(`return { page: ${encoded()} };`),
    endpoint(`return Response.json({ page: ${encoded()} });`),
    endpoint(`const token = ${encoded()}; async function inner() { return { token }; }`),
  ],
  invalid: [
    signIn(`const token = «${encoded()}»; res.json({ token });`),
    signIn(`const token = «${encoded("{ ...user, email: user.email }")}»; res.send(token);`),
    signIn(`res.status(200).json({ data: { accessToken: «${encoded()}», user } });`),
    signIn(`const made = «${encoded()}»; res.cookie("session", made, { httpOnly: true });`),
    signIn(`const made = «${encoded()}»; setAdminSessionCookie(made); res.end();`),
    ...[
      `Buffer.from(JSON.stringify(${CLAIMS}))`,
      `Buffer.from(JSON.stringify(${CLAIMS}), "utf8")`,
      `Buffer.from(encoder.encode(JSON.stringify(${CLAIMS})))`,
    ].map((bytes) =>
      signIn(`const token = «${bytes}.toString("base64url")»; res.json({ token });`),
    ),
    signIn(
      `const token = «btoa(unescape(encodeURIComponent(JSON.stringify(${CLAIMS}))))»; res.json({ token });`,
    ),
    signIn(
      `const claims = ${CLAIMS}; const token = «toBase64(JSON.stringify(claims))»; res.json({ token });`,
    ),
    endpoint(`const token = «${encoded()}»; return Response.json({ token });`),
    endpoint(`return { token: «${encoded()}» };`),
    action(`const token = «${encoded()}»; return { token };`),
    action(
      `setCookie(event, "auth_token", «${encoded()}», { httpOnly: true, secure: true });`,
    ).replace("// login", 'import { setCookie } from "h3"; // login'),
    maker("createToken"),
    maker("generateAuthToken", "{ ...payload, at: 1 }"),
    maker("createSession", "{ userId: payload.id }"),
  ].map((code) => unsigned(code)),
});

/** A header and claims, and what is made of them. */
const joins = (made: string, beside = "", name = "issue"): string =>
  `${beside}const encode = (value) => btoa(JSON.stringify(value)); export const ${name} = (claims) => { const header = encode({ alg: "HS256", typ: "JWT" }); const payload = encode(claims); return ${made}; };`;
const signsNothing = (code: string): InvalidCase =>
  marked(code, { messageId: "signsUnsecured", data: { name: "This code", origin: "" } });

const RANDOM = "btoa(Math.random().toString(36).substring(2))";

testRule("no-none-algorithm: tokens that are put together by hand", noneRule, {
  valid: [
    // Something may sign, or the third part comes from out of sight.
    ...[
      "`${header}.${payload}.${sign(payload)}`",
      "`${header}.${payload}.${btoa(KEY)}`",
      "`${header}.${payload}.${claims.signature}`",
      "`${header}.${payload}.${encode(hash(payload))}`",
      "`${header}.${payload}.${Math.max(1)}`",
      "header + '.' + payload + '.' + sign(payload)",
      "[header, payload, sign(payload)].join('.')",
      // Other texts
      "`${header}.${payload}`",
      "`${header}.${payload}..`",
      "`${header}:${payload}:`",
      "`${payload}.${header}.`",
      "header + '.' + payload",
      "header + ':' + payload + '.'",
      "header - '.' - payload - '.'",
      "[header, payload].join('.')",
      "[header, payload, 'x', 'y'].join('.')",
      "[header, payload, 'x'].join(':')",
      "[header, payload, 'x'].concat('.')",
    ].map((made) => joins(made)),
    "const encode = (value) => btoa(JSON.stringify(value)); export const issue = (claims) => `${encode({ name: 1 })}.${encode(claims)}.`; // alg",
    "export const read = (token) => { const [header, payload] = token.split('.'); return decode(`${header}.${payload}.`); }; // jwt alg",
    // In a client, and where names say that it is so
    joins(
      `\`\${header}.\${payload}.${"${" + RANDOM + "}"}\``,
      'import { useState } from "react"; ',
    ),
    // What is signed gets its third part later.
    ...["signer.fill(`${header}.${payload}.`)", "`${`${header}.${payload}.`}${sign(payload)}`"].map(
      (made) => joins(made),
    ),
    joins("text").replace(
      "return text",
      "let text = `${header}.${payload}.`; text += sign(payload); return text",
    ),
    joins("`${header.alg}.${payload}.`"),
    ...[
      "mockToken",
      "DevToken",
      "exampleToken",
      "createUnsecuredToken",
      "requestObject",
      "emulatorToken",
    ].map((name) => joins("`${header}.${payload}.`", "", name)),
    joins("keep(() => { const unsignedToken = `${header}.${payload}.`; })"),
    { code: joins("`${header}.${payload}.`"), filename: "mocks/tokens.js" },
    // A part of a token that somebody out of sight signs
    ...["`${head}.${body}.${sign(head)}`", "head + '.' + body + '.' + mac"].map(
      (made) =>
        `import { sign } from "./keys.js"; export const login = 1; export const createToken = (claims) => { const head = btoa(JSON.stringify({ alg: "HS256", typ: "JWT" })); const body = btoa(JSON.stringify(claims)); const mac = sign(head + body); return ${made}; };`,
    ),
  ],
  invalid: [
    ...[
      "«`${header}.${payload}.`»",
      "«`${header}.${payload}.signature`»",
      `«\`\${header}.\${payload}.\${${RANDOM}}\`»`,
      "«`${header}.${payload}.${encode('x')}`»",
      "«`${header}.${payload}.${crypto.randomBytes(32).toString('base64url')}`»",
      "«`${header}.${payload}.${`a${Date.now()}`}`»",
      "«`${header}.${payload}.${Buffer.from('a' + 'b', 'utf8').toString('base64')}`»",
      "«header + '.' + payload + '.'»",
      "«header + '.' + payload + '.' + 'signature'»",
      "«[header, payload, ''].join('.')»",
      "«`${header}.${payload}.${btoa(NAME)}`»",
    ].map((made) => signsNothing(joins(made, 'const NAME = "signature"; '))),
    // Once for the whole token, and not for each part of it
    signsNothing(
      `export const login = 1; export function createToken(userId) { const head = btoa(JSON.stringify({ alg: "none", typ: "JWT" })); const body = btoa(JSON.stringify({ userId })); return «\`\${head}.\${body}.\`»; }`,
    ),
  ],
});
