import path from "node:path";
import rule from "../../src/rules/no-untrusted-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const JOSE =
  'import { EmbeddedJWK, createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, importJWK, importX509, jwtVerify } from "jose";\n';
const HEADER = "const { header } = jwt.decode(t, { complete: true });\n";
const FS = 'import { readFileSync } from "node:fs";\nimport path from "node:path";\n';

function headerKey(code: string, field: string, extras = {}) {
  return marked(code, { messageId: "headerKey", data: { field, origin: "" } }, extras);
}

function issuer(code: string, extras = {}) {
  return marked(code, { messageId: "claimedIssuer", data: { field: "iss", origin: "" } }, extras);
}

/** The issuer's address is tested, and its keys are fetched. */
function testedAs(condition: string): string {
  return `${JOSE}const { iss } = decodeJwt(t);\nif (!(${condition})) throw new Error("issuer");\nawait jwtVerify(t, createRemoteJWKSet(`;
}

const KEYS_OF = "«new URL(`${iss}/.well-known/jwks.json`)»));";

function loose(test: string, condition: string) {
  const data = { field: "iss", test, origin: "" };
  return marked(`${testedAs(condition)}${KEYS_OF}`, { messageId: "looselyTested", data });
}

function embedded(code: string, extras = {}) {
  return marked(
    code,
    { messageId: "embeddedKey", data: { name: "EmbeddedJWK", origin: "" } },
    extras,
  );
}

function said(code: string, name: string, extras = {}) {
  return marked(code, { messageId: "requestKey", data: { name, origin: "" } }, extras);
}

const OF_REQUEST = `const jwt = require("jsonwebtoken"); const { SignJWT, jwtVerify } = require("jose"); const SECRET = process.env.SECRET;`;

/** A handler of a server. */
const handler = (body: string): string =>
  `${OF_REQUEST} app.post("/session", async (req, res) => { ${body} });`;

function kid(code: string, messageId: "kidInPath" | "kidInQuery" | "kidInCommand", extras = {}) {
  return marked(code, { messageId, data: { origin: "" } }, extras);
}

/** A key of the issuer's that is fetched and imported by hand. */
const byHand = (before: string, key = "keys.find((one) => one.kid === header.kid)"): string =>
  `async function check(token) {\n  const parts = token.split(".");\n  const header = JSON.parse(atob(parts[0]));\n  const payload = JSON.parse(atob(parts[1]));\n  ${before}\n  const answer = await fetch(\`\${«payload.iss»}/.well-known/jwks.json\`);\n  const { keys } = await answer.json();\n  const key = await crypto.subtle.importKey("jwk", ${key}, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, false, ["verify"]);\n  if (!(await crypto.subtle.verify("RSASSA-PKCS1-v1_5", key, bytesOf(parts[2]), new TextEncoder().encode(\`\${parts[0]}.\${parts[1]}\`)))) throw new Error("signature");\n  return payload;\n}`;

/** What the issuer's own server says of itself. */
const discovered = (compared: string): string =>
  `import axios from "axios";\n${JWT}export async function isGood(token) {\n  const payload = jwt.decode(token);\n  const { keys } = (await axios.get(\`\${«payload.iss»}/keys\`)).data;\n  const conf = await axios.get(\`\${payload.iss}/.well-known/openid-configuration\`).then((answer) => answer.data);\n  const ours = await axios.get("https://id.example.net/.well-known/openid-configuration").then((answer) => answer.data);\n  if (${compared}) return false;\n  jwt.verify(token, keys[0], { algorithms: ["RS256"] });\n  return true;\n}`;

const here = path.join(import.meta.dirname, "../fixtures/keys/here.ts");

testRule("no-untrusted-key", rule, {
  valid: [
    ...[
      byHand('if (payload.iss !== "https://id.example.net") throw new Error("issuer");'),
      byHand("if (!ISSUERS.includes(payload.iss)) throw new Error('issuer');"),
      byHand("", "KEYS[header.kid]"),
      byHand("").replace("${«payload.iss»}", "https://id.example.net"),
      discovered("payload.iss !== process.env.ISSUER"),
      discovered("payload.iss !== ours.issuer"),
      discovered("payload.iss !== settings.issuer"),
      discovered("payload.iss !== conf.issuer || !ISSUERS.has(payload.iss)"),
    ].map((code) => code.replaceAll(/[«»]/gu, "")),
    // A key of the server that the request chooses, that it is mixed with, or that takes its place
    ...[
      "res.json(jwt.verify(req.body.token, KEYS[req.body.tenant], OPTIONS));",
      "const tenant = await Tenants.findOne({ name: req.params.tenant }); res.json(jwt.verify(req.body.token, tenant.phone, OPTIONS));",
      "res.json(jwt.verify(req.body.token, await phoneOf(req.body.id), OPTIONS));",
      "const { password } = req.body; res.json(jwt.sign({ id }, SECRET + password));",
      "res.json(jwt.verify(req.body.token, `${SECRET}${req.body.phone}`, OPTIONS));",
      "let phone = req.body.phone; phone = SECRET; res.json(jwt.verify(req.body.token, phone, OPTIONS));",
      "res.json(jwt.verify(req.body.token, req.app.get('phone'), OPTIONS));",
      "const key = require('crypto').pbkdf2Sync(req.body.password, SALT, 100000, 32, 'sha256'); res.json(jwt.sign({ id }, key));",
      // What is compared with what the server keeps, or looked up as a key
      "if (req.body.phone !== user.phone) return; res.json(jwt.sign({ id }, req.body.phone));",
      "const { password } = req.body; if (!(await bcrypt.compare(password, user.password))) return; res.json(jwt.sign({ id }, password));",
      "const { appSecret } = req.body; if (!(await Apps.findOne({ where: { appSecret } }))) return; res.json(jwt.sign({ id }, appSecret));",
      // Tools that are sent a key to try it
      "const { token, secret } = req.body; res.json(jwt.verify(token, secret));",
      "res.json(jwt.sign(req.body.payload, req.body.secret, { algorithm: req.body.algorithm }));",
      "res.json(await jwtVerify(req.body.proof, req.body.publicKey));",
    ].map(handler),
    `#!/usr/bin/env node
const args = parse(process.argv); console.log(require("jsonwebtoken").sign({ id: args.id }, args.phone));`,
    `#!/usr/bin/env node
yargs.command("sign", "signs", options, (_, args) => console.log(require("jsonwebtoken").sign({ id: args.id }, args.phone)));`,
    `${OF_REQUEST} const args = parse(); exports.token = () => jwt.sign({ id: args.id }, args.phone);`,
    `${OF_REQUEST} exports.main = (args) => jwt.sign({ id: args.id }, args.secret);`,
    `${OF_REQUEST} exports.resolvers = { Mutation: { login: async ({ phone }, _) => jwt.sign({ id }, phone) }, Other: { login: async (_, { phone }) => jwt.sign({ id }, phone) } };`,
    `import { useState } from "react"; import { jwtVerify } from "jose"; export function Debugger({ token }) { const [secret, setSecret] = useState(""); return jwtVerify(token, new TextEncoder().encode(secret)); }`,
    // A JWK put together again from the key set of a known issuer
    `${JWT}import jwkToPem from "jwk-to-pem"; const key = (await (await fetch("https://id.example.net/jwks.json")).json()).keys[0]; jwt.verify(t, jwkToPem({ kty: key.kty, n: key.n, e: key.e }), options);`,
    // A kid looked up among trusted keys
    `${JWT}import jwksClient from "jwks-rsa";\nconst client = jwksClient({ jwksUri: "https://issuer.example/jwks" });\njwt.verify(t, (header, done) => client.getSigningKey(header.kid, (error, key) => done(error, key.getPublicKey())), done);`,
    `${JWT}${HEADER}jwt.verify(t, keys[header.kid]);`,
    `${JWT}${HEADER}jwt.verify(t, jwks.keys.find((key) => key.kid === header.kid));`,
    `${JWT}${HEADER}const row = await db.query("SELECT pem FROM keys WHERE kid = $1", [header.kid]);\njwt.verify(t, row.pem);`,
    `${JWT}${HEADER}const row = await sql\`SELECT pem FROM keys WHERE kid = \${header.kid}\`;\njwt.verify(t, row.pem);`,
    `${JWT}${HEADER}const key = await Key.findOne({ kid: header.kid });\njwt.verify(t, key.pem);`,
    `${JOSE}await jwtVerify(t, createRemoteJWKSet(new URL("https://issuer.example/jwks")));`,
    // The server is fixed
    `${JWT}${HEADER}const response = await fetch(\`https://keys.example/\${header.kid}\`);\njwt.verify(t, await response.text());`,
    `${JOSE}const { tid } = decodeJwt(t);\nawait jwtVerify(t, createRemoteJWKSet(new URL(\`https://login.example/\${tid}/keys\`)));`,
    // A kid that was looked at, or that lost its slashes
    `${JWT}${FS}${HEADER}if (!/^[a-z0-9]+$/.test(header.kid)) throw new Error("kid");\njwt.verify(t, readFileSync(\`keys/\${header.kid}.pem\`));`,
    ...[
      'header.kid.replace(/\\W/g, "")',
      'header.kid.replaceAll("/", "_").toLowerCase()',
      "encodeURIComponent(header.kid)",
      'header.kid.split("/").pop()',
      "clean(header.kid)",
    ].map(
      (kid) =>
        `${JWT}${FS}const clean = (kid) => kid.replace(/\\W/g, "");${HEADER}jwt.verify(t, readFileSync(process.env.KEYS + ${kid} + ".pem"));`,
    ),
    ...[
      "Object.hasOwn(KNOWN, header.kid)",
      "KNOWN.hasOwnProperty(header.kid)",
      "Object.prototype.hasOwnProperty.call(KNOWN, header.kid)",
      'readdirSync("keys").includes(header.kid + ".pem")',
    ].map(
      (known) =>
        `${JWT}${FS}${HEADER}if (!${known}) throw new Error("kid");\njwt.verify(t, readFileSync(process.env.KEYS + header.kid + ".pem"));`,
    ),
    `${JWT}${FS}${HEADER}jwt.verify(t, readFileSync(path.join("keys", path.basename(header.kid))));`,
    `${JWT}${FS}${HEADER}jwt.verify(t, readFileSync(process.env.KEYS + path.basename(header.kid)));`,
    `${JWT}${FS}${HEADER}if (!KNOWN.includes(header.kid)) throw new Error("kid");\njwt.verify(t, readFileSync(process.env.KEYS + header.kid));`,
    // … or is looked up by the name of its shop
    `${JWT}${HEADER}const pem = await cache.get(process.env.SHOP + header.kid);\njwt.verify(t, pem);`,
    // An issuer that was looked at
    // The whole host is compared, or by something that is not seen.
    ...[
      'iss.startsWith("https://login.example.com/")',
      "/^https:\\/\\/[a-z]+\\.example\\.com\\//.test(iss)",
      "/^https:\\/\\/login\\.example\\.com$/.test(iss)",
      "iss.startsWith(BASE)",
      "ISSUERS.includes(iss)",
      "ISSUERS.some((one) => iss.includes(one))",
      'new URL(iss).hostname.endsWith(".example.com")',
      'iss.includes("login.example.com") && isTrusted(iss)',
      "PATTERN.test(iss)",
    ].map((condition) => `${testedAs(condition)}${KEYS_OF.replaceAll(/[«»]/gu, "")}`),
    `${JOSE}const issuer = String(decodeJwt(t).iss || "");\nif (!TRUSTED.includes(issuer)) throw new Error("issuer");\nawait jwtVerify(t, createRemoteJWKSet(new URL(issuer + "/jwks")));`,
    `${JOSE}const { iss } = decodeJwt(t);\nif (!TRUSTED.includes(iss)) throw new Error("issuer");\nawait jwtVerify(t, createRemoteJWKSet(new URL(iss + "/jwks")));`,
    `${JOSE}const { iss } = decodeJwt(t);\nif (iss !== process.env.ISSUER) throw new Error("issuer");\nawait jwtVerify(t, createRemoteJWKSet(new URL(iss + "/jwks")));`,
    `${JOSE}const { iss } = decodeJwt(t);\nawait jwtVerify(t, createRemoteJWKSet(new URL(TRUSTED[iss])));`,
    `${JOSE}const claims = decodeJwt(t);\nassertTrustedIssuer(claims.iss);\nawait jwtVerify(t, createRemoteJWKSet(new URL(claims.iss + "/jwks")));`,
    `${JOSE}const { iss } = decodeJwt(t);\nconst tenant = await tenants.findOne({ where: { issuer: iss } });\nawait jwtVerify(t, createRemoteJWKSet(new URL(iss + "/jwks")));`,
    `${JOSE}const { iss } = decodeJwt(t);\nswitch (iss) { case "https://issuer.example": break; default: throw new Error("issuer"); }\nawait jwtVerify(t, createRemoteJWKSet(new URL(iss + "/jwks")));`,
    `${JWT}${HEADER}if (new URL(header.jku).origin !== "https://keys.example") throw new Error("jku");\nconst keys = await fetch(header.jku);\njwt.verify(t, await keys.text());`,
    // The verification names the issuer itself
    `${JOSE}const { iss } = decodeJwt(t);\nawait jwtVerify(t, createRemoteJWKSet(new URL(iss + "/jwks")), { issuer: "https://issuer.example" });`,
    // A verified token may carry another one's key
    `${JOSE}const { payload } = await jwtVerify(t, keys);\nawait jwtVerify(u, await importJWK(payload.jwk));`,
    // Proofs of possession carry their key
    `${JOSE}await jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt" });`,
    `${JOSE}await jwtVerify(proof, EmbeddedJWK, { typ: "openid4vci-proof+jwt" });`,
    `${JOSE}export const check = (proof, options) => jwtVerify(proof, EmbeddedJWK, options);`,
    `${JOSE}import { calculateJwkThumbprint } from "jose";\nconst { protectedHeader } = await jwtVerify(t, EmbeddedJWK);\nif ((await calculateJwkThumbprint(protectedHeader.jwk)) !== expected) throw new Error("key");`,
    // A chain that ends in a root the program knows
    `${JWT}import { X509Certificate } from "node:crypto";\n${HEADER}const [leaf, root] = header.x5c.map((one) => new X509Certificate(one));\nif (!leaf.checkIssued(root)) throw new Error("chain");\njwt.verify(t, \`-----BEGIN CERTIFICATE-----\\n\${header.x5c[0]}\\n-----END CERTIFICATE-----\`);`,
    // The issuers of the set are known
    `${JWT}import buildGetJwks from "get-jwks";\nconst jwks = buildGetJwks({ issuersWhitelist: ["https://issuer.example"] });\nconst { payload } = jwt.decode(t, { complete: true });\njwt.verify(t, await jwks.getPublicKey({ domain: payload.iss }));`,
    // A provider's first parameter is the request
    'import { expressjwt } from "express-jwt";\nexpressjwt({ secret: (request) => request.app.jwk, algorithms: ["RS256"] });',
    'import { Strategy } from "passport-jwt";\nnew Strategy({ jwtFromRequest, secretOrKeyProvider: (request, token, done) => done(null, request.jwk) }, verify);',
  ],
  invalid: [
    ...[
      byHand(""),
      byHand('if (header.alg !== "RS256") throw new Error("algorithm");'),
      discovered("payload.iss !== conf.issuer"),
      discovered("conf.issuer !== payload.iss"),
    ].map((code) => issuer(code)),
    ...(
      [
        ["res.json(jwt.verify(req.body.token, «req.body.phone», OPTIONS));", "req.body.phone"],
        ["res.json(jwt.sign({ id }, «req.body.phone»));", "req.body.phone"],
        [
          "const { phone } = req.body; const user = await find(phone); res.json(jwt.sign({ id: user.id }, «phone»));",
          "phone",
        ],
        [
          "const { phone } = req.body; if (phone === '' || phone === null || typeof phone !== 'string') return; res.json(jwt.sign({ id }, «phone»));",
          "phone",
        ],
        ["const phone = «req.body.phone»; res.json(jwt.sign({ id }, phone));", "req.body.phone"],
        ["res.json(jwt.sign({ id }, «req.query.phone.trim()»));", "req.query.phone.trim"],
        ["res.json(jwt.sign({ id }, String(«req.body.phone»)));", "req.body.phone"],
        ["res.json(jwt.verify(req.cookies.token, «req.body.secret», OPTIONS));", "req.body.secret"],
        [
          "const header = req.headers.authorization; res.json(jwt.verify(header.split(' ')[1], «req.query.secret» || SECRET, OPTIONS));",
          "req.query.secret",
        ],
        [
          "await jwtVerify(req.cookies.token, new TextEncoder().encode(«req.body.key»));",
          "req.body.key",
        ],
        [
          "await new SignJWT({ id }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(«req.body.email»));",
          "req.body.email",
        ],
        [
          "const issue = (key) => jwt.sign({ id }, key); res.json(issue(«req.body.email»));",
          "req.body.email",
        ],
      ] as const
    ).map(([body, name]) => said(handler(body), name)),
    said(
      `${OF_REQUEST} exports.resolvers = { Mutation: { login: async (_, { phone, password }) => { const [row] = await find(phone); if (!(await compare(password, row.password))) return null; return jwt.sign({ id: row.id }, «phone»); } } };`,
      "phone",
    ),
    said(
      `${OF_REQUEST} exports.resolvers = { Query: { token: (_, args) => jwt.sign({ id }, «args.phone») } };`,
      "args.phone",
    ),
    said(
      `${OF_REQUEST} app.post("/login", async ({ body: { phone } }, res) => res.json(jwt.sign({ id }, «phone»)));`,
      "phone",
    ),
    // Put together again, and read from the text of an answer
    loose("includes", 'iss.includes("login.example.com")'),
    loose("endsWith", 'iss.endsWith(".example.com")'),
    loose("indexOf", 'iss.indexOf("login.example.com") !== -1'),
    loose("startsWith", 'iss.startsWith("https://login.example.com")'),
    loose("match", "iss.match(/example\\.com/)"),
    loose("test", "/example\\.com$/.test(iss)"),
    loose("test", "/^https:\\/\\/login\\.example\\.com/.test(iss)"),
    marked(
      `import jwksClient from "jwks-rsa";\n${JWT}${HEADER}if (!header.jku.includes("example.com")) throw new Error("jku");\nconst client = jwksClient({ jwksUri: «header.jku» });\njwt.verify(t, await client.getSigningKey(header.kid));`,
      { messageId: "looselyTested", data: { field: "jku", test: "includes", origin: "" } },
    ),
    issuer(
      `${JWT}import jwkToPem from "jwk-to-pem"; const claims = jwt.decode(t); const key = (await (await fetch(\`\${«claims.iss»}/jwks.json\`)).json()).keys[0]; jwt.verify(t, jwkToPem({ kty: key.kty, n: key.n, e: key.e }), options);`,
    ),
    issuer(
      `${JWT}import got from "got"; const claims = jwt.decode(t); const answer = await got(\`\${«claims.iss»}/jwks.json\`); jwt.verify(t, JSON.parse(answer.body).keys[0], options);`,
    ),
    // The key itself
    headerKey(
      `${JWT}import { createPublicKey } from "node:crypto";\n${HEADER}jwt.verify(t, createPublicKey({ key: «header.jwk», format: "jwk" }));`,
      "jwk",
    ),
    headerKey(
      `${JWT}import jwkToPem from "jwk-to-pem";\n${HEADER}jwt.verify(t, jwkToPem(«header.jwk»), { algorithms: ["RS256"] });`,
      "jwk",
    ),
    headerKey(
      `${JWT}${HEADER}jwt.verify(t, \`-----BEGIN CERTIFICATE-----\\n\${«header.x5c[0]»}\\n-----END CERTIFICATE-----\`);`,
      "x5c",
    ),
    headerKey(`${JWT}jwt.verify(t, (header, done) => done(null, «header.x5c[0]»), done);`, "x5c"),
    headerKey(
      `${JOSE}const header = decodeProtectedHeader(t);\nconst key = await importJWK(«header.jwk»);\nawait jwtVerify(t, key);`,
      "jwk",
    ),
    headerKey(
      `${JOSE}const { jwk, alg } = decodeProtectedHeader(t);\nconst key = await importJWK(jwk, alg);\nawait jwtVerify(t, «key»);`,
      "jwk",
    ),
    headerKey(`${JOSE}await jwtVerify(t, async (header) => importJWK(«header.jwk»));`, "jwk"),
    headerKey(`${JOSE}await jwtVerify(t, «async ({ jwk }) => importJWK(jwk)»);`, "jwk"),
    headerKey(
      `${JWT}const header = JSON.parse(Buffer.from(t.split(".")[0], "base64url").toString());\njwt.verify(t, «header.jwk»);`,
      "jwk",
    ),
    // Its address
    headerKey(
      `${JWT}import jwksClient from "jwks-rsa";\nfunction getKey(header, done) {\n  const client = jwksClient({ jwksUri: «header.jku» });\n  client.getSigningKey(header.kid, (error, key) => done(error, key.getPublicKey()));\n}\njwt.verify(t, getKey, done);`,
      "jku",
    ),
    headerKey(
      `${JWT}import axios from "axios";\nimport jwkToPem from "jwk-to-pem";\n${HEADER}const { data } = await axios.get(«header.jku»);\nconst jwk = data.keys.find((key) => key.kid === header.kid);\njwt.verify(t, jwkToPem(jwk));`,
      "jku",
    ),
    headerKey(
      `${JOSE}const header = decodeProtectedHeader(t);\nconst keys = await (await fetch(«header.jku»)).json();\nawait jwtVerify(t, createLocalJWKSet(keys));`,
      "jku",
    ),
    headerKey(
      `${JOSE}const header = decodeProtectedHeader(t);\nawait jwtVerify(t, createRemoteJWKSet(new URL(«header.jku»)));`,
      "jku",
    ),
    headerKey(
      `${JWT}${HEADER}const pem = await fetch(«header.x5u»).then((response) => response.text());\njwt.verify(t, pem);`,
      "x5u",
    ),
    headerKey(
      'import { expressjwt } from "express-jwt";\nexpressjwt({ secret: async (request, token) => (await fetch(«token.header.jku»)).text(), algorithms: ["RS256"] });',
      "jku",
    ),
    // Whether it is there is not whose it is
    headerKey(
      `import jwksClient from "jwks-rsa";\n${JWT}${HEADER}if (!header.jku) throw new Error("jku");\njwt.verify(t, await fetch(«header.jku»));`,
      "jku",
    ),
    // The issuer's word for it
    issuer(
      `${JOSE}const { iss } = decodeJwt(t);\nconst keys = createRemoteJWKSet(«new URL(\`\${iss}/.well-known/jwks.json\`)»);\nawait jwtVerify(t, keys);`,
    ),
    issuer(
      `${JOSE}const { iss } = decodeJwt(t);\nawait jwtVerify(t, createRemoteJWKSet(«new URL("/jwks", iss)»), { issuer: iss });`,
    ),
    issuer(
      `${JWT}const claims = jwt.decode(t);\nconst keys = await fetch(\`\${«claims.iss»}/jwks\`).then((response) => response.json());\njwt.verify(t, keys.keys[0]);`,
    ),
    issuer(
      `${JOSE}const cache = new Map();\nfunction keysOf(iss) {\n  if (!cache.has(iss)) cache.set(iss, createRemoteJWKSet(new URL(iss + "/jwks")));\n  return cache.get(iss);\n}\nconst claims = decodeJwt(t);\nawait jwtVerify(t, keysOf(«claims.iss»));`,
    ),
    issuer(
      `${JWT}import buildGetJwks from "get-jwks";\nconst jwks = buildGetJwks();\nconst { payload } = jwt.decode(t, { complete: true });\njwt.verify(t, await jwks.getPublicKey({ domain: «payload.iss» }));`,
    ),
    // The key that comes along
    embedded(`${JOSE}await jwtVerify(t, «EmbeddedJWK»);`),
    embedded(`${JOSE}await jwtVerify(t, «EmbeddedJWK», { issuer: "https://issuer.example" });`),
    embedded(`${JOSE}await jwtVerify(t, «EmbeddedJWK», { typ: "at+jwt" });`),
    embedded('import * as jose from "jose";\nawait jose.jwtVerify(t, «jose.EmbeddedJWK»);'),
    // The kid in a language
    kid(
      `${JWT}${FS}${HEADER}jwt.verify(t, readFileSync(path.join("keys", «header.kid» + ".pem")));`,
      "kidInPath",
    ),
    kid(
      `${JWT}import { readFileSync as bytesAt } from "node:fs"; import path from "node:path";${HEADER}jwt.verify(t, bytesAt(path.join("keys", «header.kid» + ".pem")));`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}jwt.verify(t, (header, done) => done(null, readFileSync(\`keys/\${«header.kid»}\`)), done);`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}const { kid } = jwt.decode(t, { complete: true }).header;\njwt.verify(t, «readFileSync("keys/" + kid)»);`,
      "kidInPath",
    ),
    // … behind a folder that is no literal
    kid(
      `${JWT}${FS}const { kid } = jwt.decode(t, { complete: true }).header;\nconst file = process.env.KEYS + kid + ".pem";\njwt.verify(t, «readFileSync(file)»);`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}${HEADER}jwt.verify(t, readFileSync("keys/" + «header.kid.toLowerCase()»));`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}${HEADER}if (Object.hasOwn(SEEN, header.kid)) log(t);\nSEEN[header.kid] = t;\njwt.verify(t, readFileSync("keys/" + «header.kid»));`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}import { KEYS } from "./settings";${HEADER}jwt.verify(t, readFileSync(KEYS + «header.kid»));`,
      "kidInPath",
    ),
    kid(
      `${JWT}${FS}import { ENDING } from "./settings";${HEADER}jwt.verify(t, readFileSync(«header.kid» + ENDING));`,
      "kidInPath",
    ),
    kid(
      `${JWT}${HEADER}const row = await db.query(\`SELECT pem FROM keys WHERE kid = '\${«header.kid»}'\`);\njwt.verify(t, row.pem);`,
      "kidInQuery",
    ),
    kid(
      `${JWT}jwt.verify(t, (header, done) => {\n  db.get("SELECT pem FROM keys WHERE kid = '" + «header.kid» + "'", (error, row) => done(error, row.pem));\n}, done);`,
      "kidInQuery",
    ),
    kid(
      `${JWT}import { execSync } from "node:child_process";\n${HEADER}jwt.verify(t, execSync(\`cat keys/\${«header.kid»}\`));`,
      "kidInCommand",
    ),
    // Picked in another file
    {
      ...marked(`${JWT}import { keyOf } from "./header-key";\njwt.verify(t, «keyOf(t)»);`, {
        messageId: "headerKey",
        data: { field: "jwk", origin: " It is written in tests/fixtures/keys/header-key.js:5." },
      }),
      filename: here,
    },
  ],
});

testRule("no-untrusted-key: a pattern that is put together", rule, {
  valid: [
    // It begins where the address does, or may.
    "new RegExp(`^${process.env.ISSUER}/realms/`).test(iss)",
    'new RegExp("^https://login\\\\.example\\\\.com/").test(iss)',
    "new RegExp(process.env.ISSUERS).test(iss)",
    "new RegExp(`${process.env.ISSUERS}$`).test(iss)",
    "new Pattern(`${process.env.ISSUER}/realms/`).test(iss)",
  ].map((condition) => `${testedAs(condition)}${KEYS_OF.replaceAll(/[«»]/gu, "")}`),
  invalid: [
    loose("test", "new RegExp(`${process.env.ISSUER}/realms/.+`).test(iss)"),
    loose("test", 'new RegExp("login.example.com").test(iss)'),
    loose("test", "new RegExp(`https://${process.env.HOST}/`).test(iss)"),
    loose("match", "iss.match(new RegExp(`${process.env.ISSUER}/realms/.+`))"),
    marked(
      `const PATTERN = new RegExp(\`\${process.env.ISSUER}/realms/.+\`);\n${testedAs("PATTERN.test(iss)")}${KEYS_OF}`.replace(
        /^(?<first>.*\n)(?<second>import.*\n)/u,
        "$<second>$<first>",
      ),
      { messageId: "looselyTested", data: { field: "iss", test: "test", origin: "" } },
    ),
  ],
});

testRule("no-untrusted-key: an address among the options of a request", rule, {
  valid: [
    `${JWT}import request from "request-promise"; export async function read(token) { const { payload } = jwt.decode(token, { complete: true }); const { keys } = await request({ uri: process.env.CERTS, qs: { tenant: payload.tid }, json: true }); return jwt.verify(token, keys[0], options); }`,
  ],
  invalid: ["request({ uri:", "axios({ url:"].map((asks) =>
    issuer(
      `${JWT}import request from "request-promise"; import axios from "axios"; export async function read(token) { const { payload } = jwt.decode(token, { complete: true }); const { keys } = await ${asks} \`\${«payload.iss»}/certs\`, json: true }); return jwt.verify(token, keys[0], options); }`,
    ),
  ),
});
