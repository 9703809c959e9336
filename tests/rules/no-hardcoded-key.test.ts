import path from "node:path";
import rule from "../../src/rules/no-hardcoded-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const JOSE = 'import { SignJWT, importJWK, importPKCS8, importSPKI, jwtVerify } from "jose";\n';
const NEST = 'import { JwtModule, JwtService } from "@nestjs/jwt";\n';
const NEST_TYPES = 'import { JwtModuleOptions, JwtOptionsFactory } from "@nestjs/jwt";\n';
const PASSPORT = 'import { Strategy } from "passport-jwt";\n';
const PRIVATE = "-----BEGIN PRIVATE KEY-----\\nfakefakefake\\n-----END PRIVATE KEY-----";
const PUBLIC = "-----BEGIN PUBLIC KEY-----\\nfakefakefake\\n-----END PUBLIC KEY-----";

/** An application of LoopBack that binds something. */
const LOOPBACK = (binding: string): string =>
  `import { RefreshTokenServiceBindings, TokenServiceBindings } from "@loopback/authentication-jwt"; export class Shop extends RestApplication { constructor() { super(); this.bind(${binding}).to(«"shopsecret987654321x"»); } }`;

interface Extras {
  readonly name?: string;
  readonly variable?: string;
  /** What the suggestion puts in the place of the marked text; `null` where there is none. */
  readonly edit?: string | null;
  readonly ts?: true;
  readonly filename?: string;
}

/** A key that is written, with the suggestion to read it from the environment. */
function written(code: string, extras: Extras = {}) {
  const {
    name = "jwt.sign",
    variable = "JWT_SECRET",
    edit = `process.env.${variable}`,
    ...rest
  } = extras;
  const suggestions =
    edit === null
      ? {}
      : {
          suggestions: [
            {
              messageId: "readVariable",
              data: { variable },
              output: code.replace(/«[^]*?»/u, edit),
            },
          ],
        };
  return marked(
    code,
    { messageId: "hardcodedKey", data: { name, origin: "" }, ...suggestions },
    rest,
  );
}

interface FallbackExtras extends Extras {
  /** The code without the fallback. */
  readonly without?: string;
}

/** A written key that stands in for another. */
function fallback(code: string, extras: FallbackExtras = {}) {
  const { name = "jwt.sign", variable = "JWT_SECRET", without, edit = null, ...rest } = extras;
  const data = { variable, name, origin: "" };
  const suggestions =
    without === undefined
      ? edit === null
        ? {}
        : {
            suggestions: [
              {
                messageId: "readVariable",
                data: { variable: "JWT_SECRET" },
                output: code.replace(/«[^]*?»/u, edit),
              },
            ],
          }
      : { suggestions: [{ messageId: "dropFallback", data: { variable }, output: without }] };
  return marked(code, { messageId: "fallbackKey", data, ...suggestions }, rest);
}

/** A class that signs with a fallback, and asks for the variable somewhere. */
const asking = (beside: string, key = '"harbour-otter-91"') =>
  `import jwt from "jsonwebtoken"; export class Tokens { open(id) { return jwt.sign({ id }, process.env.JWT_SECRET || ${key}, { expiresIn: "1h" }); } ${beside} }`;
const ASKED = 'if (!process.env.JWT_SECRET) throw new Error("JWT_SECRET");';

/** A variable that becomes the text "undefined" where it is not set. */
function text(code: string, extras: Extras = {}) {
  const {
    name = "jwt.sign",
    variable = "JWT_SECRET",
    edit = `process.env.${variable}`,
    ...rest
  } = extras;
  const suggestions =
    edit === null
      ? {}
      : {
          suggestions: [
            {
              messageId: "useVariable",
              data: { variable },
              output: code.replace(/«[^]*?»/u, edit),
            },
          ],
        };
  return marked(
    code,
    { messageId: "undefinedText", data: { name, variable, origin: "" }, ...suggestions },
    rest,
  );
}

/** Header and payload of a token, put together without a library. */
const HAND =
  'import { createHmac, createSign, createVerify, sign } from "node:crypto"; import CryptoJS from "crypto-js"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const jwtText = (claims) => `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;\n';
const TAKEN =
  'import { createHmac, createVerify } from "node:crypto"; function jwtParts(token) { const [header, payload] = token.split("."); return `${header}.${payload}`; }\n';
const main = path.join(import.meta.dirname, "../fixtures/cross-file/main.js");
const here = path.join(import.meta.dirname, "../fixtures/keys/here.ts");

testRule("no-hardcoded-key", rule, {
  valid: [
    // A setting is added to it, or the record is known to nobody.
    ...[
      "let key = `v1:${user.id}`; key += process.env.LINK_KEY;",
      "const key = `v1:${user.id}`.concat(process.env.LINK_KEY);",
      "const key = `reset:${reset.id}`;",
    ].map(
      (made) =>
        `${JWT}export const reset = async (user, reset) => { ${made} return jwt.sign(p, key); };`,
    ),
    // What stands in another place, or is called by something else.
    ...[
      'Q.nfcall(jwt.sign, "fake key", key)',
      'Q.ninvoke(jwt, "verify", "fake key", key)',
      'Q.ninvoke(jwt, name, p, "fake key")',
      'tools.ninvoke(jwt, "sign", p, "fake key")',
      'Q.denodeify(jwt.sign, claims)("fake key")',
    ].map((call) => `${JWT}import Q from "q"; import tools from "tools";\nawait ${call};`),
    `export const define = (names, make) => make(...names); define(["jsonwebtoken"], (jwt) => jwt.sign(p, "fake key"));`,
    `define(["./jsonwebtoken"], (jwt) => jwt.sign(p, "fake key"));`,
    `define(["jsonwebtoken", "tools"], (jwt, tools) => tools.sign(p, "fake key"));`,
    // What a build takes in is there, or fails it; of the others a fallback may be no text, or not the file's
    `${JWT}import { JWT_SECRET } from "$env/static/private"; jwt.sign(p, JWT_SECRET ?? "harbour-otter-91");`,
    `${JWT}import * as env from "$env/static/private"; jwt.sign(p, env.JWT_SECRET ?? "harbour-otter-91");`,
    `${JWT}import { waitUntil } from "cloudflare:workers"; jwt.sign(p, waitUntil.key ?? "harbour-otter-91");`,
    ...["$env/dynamic/private", "cloudflare:workers"].flatMap((module) =>
      ["env.JWT_SECRET", 'env.JWT_SECRET ?? ""', "env.JWT_SECRET ?? await load()"].map(
        (key) => `${JWT}import { env } from "${module}"; jwt.sign(p, ${key});`,
      ),
    ),
    ...[
      'const key = env.JWT_SECRET ?? "harbour-otter"; if (key === "harbour-otter") throw new Error(); jwt.sign(p, key);',
      'if (!env.JWT_SECRET) throw new Error(); jwt.sign(p, env.JWT_SECRET ?? "harbour-otter");',
      'if (env.NODE_ENV === "production" && !env.JWT_SECRET) process.exit(1); jwt.sign(p, env.JWT_SECRET || "harbour-otter");',
    ].map((code) => `${JWT}import { env } from "cloudflare:workers"; ${code}`),
    `${JWT}import { env } from "$env/dynamic/private"; if (!env.JWT_SECRET) throw new Error(); jwt.sign(p, env.JWT_SECRET);`,
    // Another binding, another method, and what is not in the source
    LOOPBACK("TokenServiceBindings.TOKEN_EXPIRES_IN").replace(/[«»]/gu, ""),
    LOOPBACK("Other.TOKEN_SECRET").replace(/[«»]/gu, ""),
    LOOPBACK('"authentication.jwt.expires"').replace(/[«»]/gu, ""),
    LOOPBACK("TokenServiceBindings.TOKEN_SECRET")
      .replace(/«.*»/u, "process.env.JWT_SECRET")
      .replace(/[«»]/gu, ""),
    LOOPBACK("TokenServiceBindings.TOKEN_SECRET").replace("bind(", "find(").replace(/[«»]/gu, ""),
    LOOPBACK("TokenServiceBindings.TOKEN_SECRET").replace(".to(", ".tag(").replace(/[«»]/gu, ""),
    // Secrets of a session, a service, a hook; and what sets tests up.
    ...[
      `module.exports = { secret: "harbour-otter-91", resave: false };`,
      `module.exports = { clientId: "shop", secret: "harbour-otter-91" };`,
      `module.exports = { github: { secret: "harbour-otter-91" } };`,
      `module.exports = { secret: process.env.SECRET };`,
      `export const tokenTypes = { secret: "one-of-a-kind", open: "open-to-all" };`,
      `export default { login: "Bitte melde dich an", secret: "Geheimwort" };`,
      `const secret = "harbour-otter-91"; module.exports = { secret };`,
      `export const options = session({ secret: "harbour-otter-91" });`,
    ].map((code) => ({
      code,
      filename: path.join(import.meta.dirname, "..", "..", "config/auth.js"),
    })),
    `module.exports = { secret: "harbour-otter-91" };`,
    // A variable that the file writes: from another one, with a text for tests, in tests, in test code, and one
    // of another name
    ...[
      "process.env.JWT_SECRET = process.env.OLD_SECRET;",
      'process.env.JWT_SECRET = "test-secret-for-all";',
      'if (process.env.NODE_ENV === "test") process.env.JWT_SECRET = "harbour-otter-91";',
      'beforeAll(() => { process.env.JWT_SECRET = "harbour-otter-91"; });',
      'process.env.NODE_ENV = "production";',
    ].map(
      (write) =>
        `import jwt from "jsonwebtoken"; ${write} export const make = (claims) => jwt.sign(claims, process.env.JWT_SECRET);`,
    ),
    `import { sign } from "hono/jwt"; app.use(async (c, next) => { c.env.REGION = "eu"; c.env.JWT_SECRET = c.env.OLD_SECRET; await next(); }); app.get("/", async (c) => c.text(await sign({ sub }, c.env.JWT_SECRET)));`,
    `process.env.JWT_SECRET = "harbour-otter-91"; start();`,
    `process.env.SEED = process.env.SEED || "harbour-otter-91"; plant(process.env.SEED);`,
    `const SEED = "token-mint"; export const [address] = find([SEED], program);`,
    `export function read(name) { const tokenSecret = "harbour-otter-91"; return ask(name, tokenSecret); } // jwt`,
    // What stands in for the variable is no text "undefined"
    ...[
      'String(process.env.JWT_SECRET || "").trim()',
      'String(process.env.A || process.env.B || "")',
      'String(process.env.A ?? process.env.B ?? "")',
      '`${process.env.JWT_SECRET || ""}`',
      '(process.env.JWT_SECRET ?? "") + ""',
      "String(variables.JWT_SECRET)",
    ].map(
      (key) =>
        `import jwt from "jsonwebtoken"; const { JWT_SECRET = "" } = process.env; const variables = { JWT_SECRET }; const key = ${key}; export const issue = (id) => (key ? jwt.sign({ id }, key, { expiresIn: "1h" }) : null);`,
    ),
    // A name that something else has given
    `import { KJUR } from "./own"; KJUR.jws.JWS.sign("HS256", header, payload, "q7Zk2mVx9Lw4Tn8Rb3Yc6Hd1Jf5Gs0Pa");`,
    `KJUR.jws.JWS.sign("HS256", header, payload, secret);`,
    // The beginning of a key that nobody knows
    `import jwt from "jsonwebtoken"; const JWT_SECRET = "hello"; export async function forgot(user) { const secret = JWT_SECRET + user.passwordHash; return jwt.sign({ id: user.id }, secret, { expiresIn: "15m" }); }`,
    `import jwt from "jsonwebtoken"; const JWT_SECRET = "hello"; export const forgot = (user) => jwt.sign({ id: user.id }, \`\${JWT_SECRET}\${user.passwordHash}\`, { expiresIn: "15m" });`,
    // Something beside an identifier that nobody knows
    ...[
      '"reset-" + user.id + user.password',
      '"reset-" + user.id + user.updatedAt',
      '"reset-" + user.id + process.env.PEPPER',
      '"reset-" + user.id + pepper',
      '"reset-" + session.id',
      '"reset-" + process.env.ID',
      '"reset-" + id',
      '"reset-" + user.secret',
      '"reset-" + hash(user.id)',
      '"reset-" + user.id.reverse()',
      '"reset-" + user.id.length',
    ].map(
      (key) => `${JWT}export const reset = (user, session, pepper, id) => jwt.sign(p, ${key});`,
    ),
    `${JWT}const { EMAIL } = process.env; export const reset = () => jwt.sign(p, "reset-" + EMAIL);`,
    // Ways in which a client authenticates
    `export const METHODS = { private_key_jwt: "PrivateKeyJwtConfiguration", client_secret_jwt: "ClientSecretJwtConfiguration" };`,
    // Stopped in production, by the bundler's word for it
    `import jwt from "jsonwebtoken"; export class Tokens { constructor() { if (import.meta.env.PROD) throw new Error("no"); this.secret = import.meta.env.SECRET || "dev-only-secret"; } issue(sub) { return jwt.sign({ sub }, this.secret); } }`,
    `import GitHub from "./providers/github.js"; export const options = { providers: [GitHub({ clientId })], secret: "a-long-phrase-of-mine" }; // jwt`,
    `import GitHub from "next-auth/providers/github"; export const list = [GitHub({ clientId })]; export const options = { providers: [other()], secret: "a-long-phrase-of-mine" };`,
    `import { ExtractJwt } from "passport-jwt"; export default { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: process.env.JWT_SECRET };`,
    `import { ExtractJwt } from "passport-jwt"; export default { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: "-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" };`,
    `export const names = { secretOrKey: "SECRET_OR_KEY" }; const other = {}; other.jwtFromRequest = pick; const mine = {}; mine.secretOrKey = "the-key-or-its-name";`,
    `export const keys = { mongoURI: "mongodb://localhost/shop", secretOrKey: process.env.SECRET_OR_KEY, secretOrKeyName: "harbour-otter-91", apiKey: "harbour-otter-91" };`,
    `import { cleanEnv, str } from "envalid"; export const env = cleanEnv(process.env, { JWT_SECRET: str({ devDefault: "a-long-phrase-of-mine" }), JWT_ISSUER: str({ default: "my-application" }) });`,
    // What is said of a key, and what labels and errors say
    ...[
      'export const JWT_SECRET_HINT = "choose a long one";',
      'export const MISSING_JWT_SECRET = "nobody has set the secret";',
      'export const JWT_SECRET_KEY = "Jwt · secret key";',
      'export const errors = { JWT_SECRET: "the secret is required" };',
      'export const labels = { jwtSecretKey: "Signs · all tokens" };',
      'export const JWT_SECRET = "•••• ••••"; export const ACCESS_TOKEN_SECRET = "[set by the environment]";',
      'export const TEST_JWT_SECRET = "harbour otter ninety";',
      'export const JWT_SECRET = "harbour otter\\nninety";',
    ],
    // Hashes of what comes from outside
    `${JWT}jwt.sign(p, Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(process.env.JWT_SECRET))));`,
    `${JWT}export const make = async (p, secret) => jwt.sign(p, Buffer.from(await crypto.subtle.digest("SHA-256", secret)));`,
    `${JWT}import { hash } from "node:crypto";\njwt.sign(p, hash("sha256", process.env.JWT_SECRET, "buffer"));`,
    // What is refused, what production never sees, what is laid down for tests, and marks in the place of a key
    `const OLD_JWT_SECRET = "a-long-phrase-of-mine"; export const check = (errors) => { if (process.env.JWT_SECRET === OLD_JWT_SECRET) errors.push("JWT_SECRET"); };`,
    `${JWT}const DEFAULT_JWT_SECRET = "a-long-phrase-of-mine"; function keyOf() { const secret = process.env.JWT_SECRET; if (!secret || secret === DEFAULT_JWT_SECRET) { if (process.env.NODE_ENV === "production") { throw new Error("JWT_SECRET"); } return DEFAULT_JWT_SECRET; } return secret; } export const read = (token) => jwt.verify(token, keyOf(), { algorithms: ["HS256"] });`,
    // A handler that is left in production before it comes to the fallback
    ...[
      "if (!secret) { console.error(1); if (process.env.NODE_ENV === 'production') { return res.sendStatus(500); } }",
      "if (!secret && process.env.NODE_ENV === 'production') return res.sendStatus(500);",
      "if (process.env.NODE_ENV !== 'development') { if (secret === undefined) throw new Error('no secret'); }",
      "if (process.env.NODE_ENV !== 'test') { if (secret == null) return res.sendStatus(500); }",
      "if (secret) { log(1); } else { if (process.env.NODE_ENV === 'development') { log(2); } else { return res.sendStatus(500); } }",
      "if (!secret || secret.length < 32) { return res.sendStatus(500); }",
      "if (!secret) { if (req.body.isHtml) { return res.render('500'); } else { return res.sendStatus(500); } }",
    ].map(
      (guard) =>
        `${JWT}export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; ${guard} res.json({ token: jwt.sign(p, secret || "a-long-phrase-of-mine") }); };`,
    ),
    `${JWT}export const make = () => { const secret = process.env.JWT_SECRET; if (!secret) return undefined; return (p) => jwt.sign(p, secret || "a-long-phrase-of-mine"); };`,
    `${JWT}const keyOf = () => { const secret = process.env.JWT_SECRET; if (!secret) { if (process.env.NODE_ENV === "production") return undefined; } return secret || "a-long-phrase-of-mine"; }; export const make = (p) => jwt.sign(p, keyOf());`,
    `${JWT}const OWN = "a-long-phrase-of-mine"; export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; if (!secret) { if (process.env.NODE_ENV === "production") { return res.sendStatus(500); } } res.json({ token: jwt.sign(p, secret || OWN) }); };`,
    `export const devFallbacks = { JWT_SECRET: "a-long-phrase-of-mine" }; export const settings = { test: { env: { JWT_SECRET: "a-long-phrase-of-mine" } } };`,
    `export const env = { NODE_ENV: "test", JWT_SECRET: "a-long-phrase-of-mine" };`,
    `export const JWT_KEY = "ds_jwt"; export const stored = () => localStorage.getItem(JWT_KEY);`,
    `export const shown = { jwtSecret: "********" }; export const audit = { JWT_SECRET: "[HIDDEN]", jwtSecret: "<redacted-here>" }; export const labels = { jwtSecret: "Signaturschlüssel" };`,
    `import { z } from "zod"; export const schema = z.object({ jwtSecret: z.string().min(32), jwtIssuer: z.string().default("my-application") });`,
    // Names of keys, and what is known of keys besides
    `export const JWT_SECRET = "JWT_SECRET"; export const TOKENS = { jwtSecret: "jwt.secret", JWT_KEY: "jwt-key" };`,
    `export const schema = { jwtSecret: "string", jwtPrivateKey: "./private.pem", jwtSecretName: "prod-jwt-key" };`,
    `export const labels = { jwtSecret: "Secret of the tokens", jwtKeyVersion: "2024-01-rotation", jwtCacheKey: "verified-tokens" };`,
    `export default { jwtSecret: process.env.JWT_SECRET, jwtIssuer: process.env.JWT_ISSUER || "my-application", jwtExpiry: process.env.JWT_EXPIRY || "1h" };`,
    `${JWT}const base = process.env.JWT_SECRET || ""; if (!base) throw new Error("JWT_SECRET"); jwt.sign(claims, base + "-qr");`,
    // What asks for the variable belongs to the start, or is called on the way.
    asking(`constructor() { ${ASKED} }`),
    asking(`onModuleInit() { ${ASKED} }`),
    asking(`validateSettings() { ${ASKED} }`),
    asking(`get secret() { ${ASKED} return process.env.JWT_SECRET; }`),
    { code: asking(`@PostConstruct() prove() { ${ASKED} }`), ts: true as const },
    asking(`prove() { ${ASKED} } again(id) { this.prove(); return this.open(id); }`),
    `${asking("")} ${ASKED}`,
    `${asking("")} export function prove() { ${ASKED} }`,
    asking("").replace("return jwt", `${ASKED} return jwt`),
    `if (!process.env.JWT_SECRET) throw new Error("JWT_SECRET"); export default { jwtSecret: process.env.JWT_SECRET || "changeme" };`,
    `import { Config } from "./config.js"; export const key = () => Config.get("settings.jwt.secret", "string");`,
    `export function ask(form) { const jwtSecret = "typed"; return form[jwtSecret]; }`,
    `export default { secret: "a-long-phrase-of-mine", cookieSecret: process.env.COOKIE_SECRET || "changeme" }; // jwt`,
    // Production has ended before
    ...[
      'if (process.env.NODE_ENV === "production") { process.exit(1); } else { secret = "fallback of mine"; }',
      'if (process.env.NODE_ENV === "production") { throw new Error("JWT_SECRET"); } secret = "fallback of mine";',
      'if (process.env.NODE_ENV !== "production") { secret = "fallback of mine"; } else { throw new Error("JWT_SECRET"); }',
    ].map(
      (body) =>
        `${JWT}let secret = process.env.JWT_SECRET; if (!secret) { ${body} } export const make = (sub) => jwt.sign({ sub }, secret);`,
    ),
    {
      code: `import { verifyToken } from "./auth/none.js";\nverifyToken(t, "fake key");`,
      filename: path.join(import.meta.dirname, "../fixtures/cross-file/main.js"),
    },
    ...[
      "verify(token, process.env.OTHER_SECRET);",
      "verify(token);",
      'verifyOwn(token, "fake pepper");',
    ].map((call) => ({
      code: `import { verify, verifyOwn } from "./auth/sessions.js";\n${call}`,
      filename: main,
    })),
    {
      code: `import { verifyToken } from "./config.js";\nverifyToken(t, "fake key");`,
      filename: path.join(import.meta.dirname, "../fixtures/cross-file/main.js"),
    },
    `${JWT}import { z } from "zod";\nconst env = z.object({ JWT_SECRET: z.string().min(32) }).parse(process.env);\njwt.sign(p, env.JWT_SECRET);`,
    `${JWT}import { cleanEnv, str } from "envalid";\nconst env = cleanEnv(process.env, { JWT_SECRET: str({ devDefault: "preset" }) });\njwt.sign(p, env.JWT_SECRET);`,
    `${JWT}import convict from "convict";\nconst config = convict({ jwt: { secret: { default: null, env: "JWT_SECRET" } } });\njwt.sign(p, config.get("jwt.secret"));`,
    {
      code: `${JWT}import config from "config";\njwt.sign(p, config.get("auth.other"));`,
      filename: path.join(import.meta.dirname, "../fixtures/node-config/commonjs/src/main.ts"),
    },
    // Two variables, one of which stands in for the other, and a stop without both.
    `${JWT}const key = process.env.KEY || process.env.OLD_KEY; if (!key) { if (process.env.NODE_ENV === "production") throw new Error("KEY"); }\njwt.sign(p, key || "a key for this machine");`,
    // Keys from outside the program
    `${JWT}jwt.sign(p, process.env.JWT_SECRET);`,
    `${JWT}jwt.sign(p, config.get("jwt.secret"));`,
    `${JWT}import { secret } from "./out-of-sight";\njwt.sign(p, secret);`,
    `${JWT}const options = load();\njwt.sign(p, options.secret);`,
    `${JWT}export function sign(secret) { return jwt.sign(p, secret); }`,
    // The address that keys are fetched from.
    `import { expressjwt } from "express-jwt"; import jwks from "jwks-rsa"; expressjwt({ secret: jwks.expressJwtSecret({ jwksUri: "https://id.example.net/keys" }) });`,
    `const { Strategy } = require("passport-jwt"); const { passportJwtSecret } = require("jwks-rsa"); new Strategy({ jwtFromRequest, secretOrKeyProvider: passportJwtSecret({ jwksUri: "https://id.example.net/keys" }) }, done);`,
    `import koaJwt from "koa-jwt"; import { koaJwtSecret } from "jwks-rsa"; koaJwt({ secret: koaJwtSecret({ jwksUri: "https://id.example.net/keys" }) });`,
    // Keys that never run in production.
    ...[
      "NODE_ENV !== 'production' ? 'fake key' : undefined",
      "NODE_ENV === 'production' ? '' : 'fake key'",
      "NODE_ENV === 'development' ? 'fake key' : ''",
      "NODE_ENV === 'production' ? (() => { throw new Error('no key'); })() : 'fake key'",
    ].map(
      (choice) =>
        `${JWT}const key = process.env.JWT_KEY || (process.env.${choice}); jwt.sign(p, key);`,
    ),
    // … by a constant that says so
    `${JWT}const isTest = process.env.NODE_ENV === "test"; const key = isTest ? "otter-91" : process.env.JWT_KEY; jwt.sign(p, key);`,
    `${JWT}const inTests = process.env.NODE_ENV === "test" ? true : false; jwt.sign(p, inTests ? "otter-91" : process.env.JWT_KEY);`,
    `${JWT}const isLive = process.env.NODE_ENV !== "test"; jwt.sign(p, isLive ? process.env.JWT_KEY : "otter-91");`,
    `${JWT}const key = process.env.NODE_ENV === "test" ? "fake key" : process.env.JWT_KEY; jwt.sign(p, key);`,
    `${JWT}const key = process.env.NODE_ENV !== "test" ? process.env.JWT_KEY : "fake key"; jwt.sign(p, key);`,
    `${JWT}import { Env } from "./env.js"; let key; if (["test", "ci"].includes(Env.NODE_ENV)) { key = "fake key"; } else { key = Env.JWT_KEY; } jwt.sign(p, key);`,
    `${JWT}const key = process.env.JWT_KEY || "fake key"; if (process.env.NODE_ENV === "production" && key === "fake key") throw new Error("JWT_KEY"); jwt.sign(p, key);`,
    `${JWT}const key = process.env.JWT_KEY || (() => { if (process.env.NODE_ENV === "production") throw new Error("JWT_KEY"); return "fake key"; })(); jwt.sign(p, key);`,
    // Members of other objects, and of the same object by other names.
    `${JWT}const own = { issue(key) { return jwt.sign(p, key); } }; own.seal("fake key"); other.issue("fake key");`,
    `${JWT}const own = { issue(key) { return jwt.sign(p, key); } }; const other = { issue() {}, run() { return this.issue("fake key"); } };`,
    `${JWT}class Own { static issue(key) { return jwt.sign(p, key); } } class Other { static issue() {} } Other.issue("fake key");`,
    `${JWT}let own = { issue(key) { return jwt.sign(p, key); } }; function own2() {} own2.issue("fake key");`,
    `const jwt = require("jsonwebtoken"); exports.issue = (key) => jwt.sign(p, key); const other = require("./other"); other.issue("fake key");`,
    `${JWT}function A() {} function B() {} A.prototype.issue = function (key) { return jwt.sign(p, key); }; B.prototype.run = function () { return this.issue("fake key"); };`,
    `${JWT}export const verify = (t, { secret } = options) => jwt.verify(t, secret);`,
    `${JWT}import { readFileSync } from "node:fs";\njwt.sign(p, readFileSync("private.pem"));`,
    `${JWT}const { SECRET } = process.env;\njwt.sign(p, SECRET);`,
    // A written part beside an unknown one is a prefix, not a key
    `${JWT}jwt.sign(p, "prefix" + process.env.JWT_SECRET);`,
    `${JWT}jwt.sign(p, \`\${user.password}-\${user.createdAt}\`);`,
    // A salt is no key
    `${JWT}import { scryptSync } from "node:crypto";\njwt.sign(p, scryptSync(process.env.PASSPHRASE, "salt", 32));`,
    // Public keys are no secrets
    `${JWT}jwt.verify(t, "${PUBLIC}");`,
    `${JWT}jwt.verify(t, "fake base64 of a public key", { algorithms: ["RS256"] });`,
    `${JWT}jwt.verify(t, "-----BEGIN CERTIFICATE-----\\nfake\\n-----END CERTIFICATE-----");`,
    `${JOSE}export const key = await importSPKI("${PUBLIC}", "RS256");`,
    `${JOSE}export const key = await importJWK({ kty: "EC", crv: "P-256", x: "fake", y: "fake" }, "ES256");`,
    // Types that only look like a library's, and objects that are read from elsewhere
    {
      code: `import { JwtModuleOptions } from "./types";\nexport const options: JwtModuleOptions = { secret: "fake key" };`,
      ts: true,
    },
    {
      code: `${NEST_TYPES}export const options: JwtModuleOptions = { secret: process.env.JWT_SECRET };`,
      ts: true,
    },
    {
      code: `${NEST_TYPES}export const options: Record<string, JwtModuleOptions> = { secret: "fake key" };`,
      ts: true,
    },
    {
      code: `${NEST_TYPES}export class Options implements JwtOptionsFactory { createJwtOptions() { return { secret: this.key() }; } name() { return { secret: "fake key" }; } }`,
      ts: true,
    },
    `${NEST}class Options { createJwtOptions() { return { secret: this.settings.secret }; } other() { return { secret: "fake" }; } }\nJwtModule.registerAsync({ useClass: Options });`,
    {
      code: `${NEST}class A { constructor(private jwt: JwtService) {} f(t) { return this.jwt.verify(t, { publicKey: "fake" }); } }`,
      ts: true,
    },
    'const expressJwt = require("express-jwt");\nexpressJwt({ secret: "fake", algorithms: ["ES256"] });',
    'const jwksClient = require("jwks-rsa");\njwksClient({ jwksUri: "https://keys.example/jwks" });',
    // Encrypted: worth nothing without its passphrase
    `${JWT}jwt.sign(p, { key: "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nfake", passphrase: process.env.PASS }, { algorithm: "RS256" });`,
    // Secrets of others, and keys that no operation of this file uses
    `${JWT}import session from "express-session";\napp.use(session({ secret: "keyboard cat" }));\njwt.sign(p, process.env.S);`,
    `${JWT}export const config = { secret: "fake" };\njwt.sign(p, process.env.S);`,
    'import { sign } from "./jwt";\nsign(p, "fake");',
    // The program stops before it uses what is written
    `${JWT}const secret = process.env.JWT_SECRET || "dev";\nif (isProduction && !process.env.JWT_SECRET) throw new Error("JWT_SECRET");\njwt.sign(p, secret);`,
    `${JWT}const secret = process.env.JWT_SECRET || "dev";\nif (secret === "dev") { console.error("!"); process.exit(1); }\njwt.sign(p, secret);`,
    `${JWT}if (!process.env.JWT_SECRET) throw new Error("JWT_SECRET");\njwt.sign(p, \`\${process.env.JWT_SECRET}\`);`,
    `${JWT}for (const name of ["JWT_SECRET"]) { if (!process.env[name]) throw new Error(name); }\njwt.sign(p, String(process.env.JWT_SECRET));`,
    `${JWT}import assert from "node:assert";\nassert(process.env.JWT_SECRET);\njwt.sign(p, process.env.JWT_SECRET + "");`,
    // There is something else to fall back on
    `${JWT}jwt.sign(p, \`\${process.env.JWT_SECRET ?? await load()}\`);`,
    // The fallback of another variable, in a helper that both go through
    `${JWT}const read = (name, fallback) => process.env[name] || fallback;\nconst port = read("PORT", "3000");\njwt.sign(p, read("JWT_SECRET"));`,
    `${JWT}function required(name) { const value = process.env[name]; if (!value) throw new Error(name); return value; }\njwt.sign(p, required("JWT_SECRET"));`,
    `${JWT}app.set("view engine", "pug");\napp.set("secret", process.env.S);\njwt.sign(p, app.get("secret"));`,
    `${JWT}const PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfakefakefakefake";\njwt.verify(t, PUBLIC_KEY);`,
    `${JWT}const keys = { access: process.env.A, refresh: process.env.B };\njwt.sign(p, keys[kind]);`,
    // Signed by hand, with a key from outside the program or none of a token's
    `${HAND}createHmac("sha256", process.env.JWT_SECRET).update(jwtText(claims)).digest("base64url");`,
    `${HAND}export const make = (claims, key) => createHmac("sha256", key).update(jwtText(claims)).digest("base64url");`,
    `${HAND}createHmac("sha256", "fake key").update(JSON.stringify(body)).digest("hex");`,
    `${HAND}CryptoJS.HmacSHA256(jwtText(claims), localStorage.getItem("key"));`,
    `${TAKEN}createVerify("RSA-SHA256").update(jwtParts(token)).verify("fake key of the other side", signature);`,
    `${TAKEN}crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, await crypto.subtle.importKey("raw", Buffer.from("fake point", "base64"), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]), signature, new TextEncoder().encode(jwtParts(token)));`,
    `${TAKEN}crypto.subtle.verify(algorithm, "fake key", signature, new TextEncoder().encode(jwtParts(token)));`,
    // Empty texts are no keys: no-weak-key looks at them
    `${JWT}jwt.sign(p, "");`,
    // Asked for without a fallback; set rather than asked for; the secret of a store, of a release
    `module.exports = ({ env }) => ({ auth: { secret: env("ADMIN_JWT_SECRET") } });`,
    `module.exports = ({ env }) => ({ auth: { secret: env("ADMIN_JWT_SECRET", process.env.OLD_JWT_SECRET) } });`,
    `env.set("JWT_SECRET", "harbour-otter-91");`,
    `${JWT}jwt.sign(p, secrets.get("app-jwt", "latest"));`,
    // The second text says what is wanted
    ...["string", "utf8", "required"].map(
      (kind) => `${JWT}jwt.sign(p, readEnv("JWT_SECRET", "${kind}"));`,
    ),
    `${JWT}const settings = { read: (name) => load(name) }; jwt.sign(p, settings.read("JWT_SECRET", "harbour-otter-91"));`,
    // A function that gives something else than the settings of the program
    `export default () => ({ jwt: { secret: process.env.JWT_SECRET } });`,
    `export default () => ({ jwt: { secret: readFileSync("key") }, session: { secret: "harbour-otter-91" } });`,
    `export const preview = () => ({ jwt: { secret: "harbour-otter-91" } });`,
    `export default () => { const shown = { jwt: { secret: "harbour-otter-91" } }; show(shown); return {}; };`,
    `registerAs("session", () => ({ secret: "harbour-otter-91" })); // jwt`,
    // What is put on a parameter may be something else by the time it is read
    ...[
      'server.app.key = "harbour-otter-91"; configure(server); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; Object.assign(server.app, settings); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; server.app = settings; return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; server.app.key = settings.key; return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; server.init(); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; fill({ app: server.app }); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; const { app } = server; app.key = load(); return jwt.sign({}, server.app.key);',
      'const { app } = server; server.app.key = "harbour-otter-91"; app.key = load(); return jwt.sign({}, server.app.key);',
      'const app = server.app; server.app.key = "harbour-otter-91"; app.key = load(); return jwt.sign({}, server.app.key);',
      'const { ...all } = server; server.app.key = "harbour-otter-91"; all.app.key = load(); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; ({ key: server.app.key } = settings); return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; server.app[settings.name] = settings.key; return jwt.sign({}, server.app.key);',
      'server.app.key = "harbour-otter-91"; delete server.app.key; return jwt.sign({}, server.app.key);',
      'return async () => { server.app.key = "harbour-otter-91"; await settings.loaded; return jwt.sign({}, server.app.key); };',
      'if (isTest) server.app.key = "harbour-otter-91"; return jwt.sign({}, server.app.key);',
      'if (isTest) { server.app.key = "harbour-otter-91"; } return jwt.sign({}, server.app.key);',
      'const token = jwt.sign({}, server.app.key); server.app.key = "harbour-otter-91"; return token;',
      'server.app.key = "harbour-otter-91"; return () => jwt.sign({}, server.app.key);',
      'server.app.name = "harbour-otter-91"; return jwt.sign({}, server.app.key);',
      "server.app.key = settings.key; return jwt.sign({}, server.app.key);",
      'return keep(isTest && (server.app.key = "harbour-otter-91"), jwt.sign({}, server.app.key));',
      'const same = (server.app.key = "harbour-otter-91") && jwt.sign({}, server.app.key); return same;',
    ].map((body) => `${JWT}export function start(server, settings) { ${body} }`),
    `${JWT}export function name(server) { server.app.key = "harbour-otter-91"; } export const start = (server) => jwt.sign({}, server.app.key);`,
  ],
  invalid: [
    // A text that the function has just put on what it was given
    written(
      `${JWT}export async function start(server) { const { log } = server; const name = server.info; server.app.key = «"harbour-otter-91"»; if (!server.app) server.app.other = log(name); return await jwt.sign({ by: server.name }, server.app.key); }`,
    ),
    written(
      `${JWT}export function start(server) { server.app = {}; server.app.key = «"harbour-otter-91"»; log("ready", other.app); server.other = 1; return jwt.sign({}, server.app.key); }`,
    ),
    written(
      `${JWT}export async function start({ app }) { app.key = «"harbour-otter-91"»; if (app.isReady) { return jwt.sign({}, app.key); } app.other = {}; configure(app); }`,
    ),
    ...[
      "TokenServiceBindings.TOKEN_SECRET",
      "RefreshTokenServiceBindings.REFRESH_SECRET",
      '"authentication.jwt.secret"',
      '"authentication.jwt.refresh.secret"',
    ].map((binding) =>
      written(LOOPBACK(binding), {
        name: binding.replace(/^\w+Bindings\.|"/gu, "").replace('"', ""),
        variable: "JWT_SECRET",
      }),
    ),
    // A variable of the environment that the file writes itself
    ...[
      'process.env.JWT_SECRET = «"harbour-otter-91"»;',
      'export const isName = (text) => /^a/u.test(text); process.env.JWT_SECRET = «"harbour-otter-91"»;',
      'export function start() { process.env.JWT_SECRET = «"harbour-otter-91"»; }',
    ].map((write) =>
      marked(
        `import jwt from "jsonwebtoken"; ${write} export const make = (claims) => jwt.sign(claims, process.env.JWT_SECRET);`,
        { messageId: "hardcodedKey", data: { name: "jwt.sign", origin: "" } },
      ),
    ),
    // Another method, or a handler, asks for itself.
    ...[
      asking(`renew() { ${ASKED} }`, '«"harbour-otter-91"»'),
      asking(`set secret(value) { ${ASKED} this.kept = value; }`, '«"harbour-otter-91"»'),
      `${asking("", '«"harbour-otter-91"»')} export const renew = (req, res) => { ${ASKED} res.end(); };`,
    ].map((code) =>
      fallback(code, { without: code.replace(/ \|\| «[^»]*»/u, "").replaceAll(/[«»]/gu, "") }),
    ),
    marked(
      `import jwt from "jsonwebtoken"; if (!process.env.JWT_SECRET) process.env.JWT_SECRET = «"harbour-otter-91"»; export const make = (claims) => jwt.sign(claims, process.env.JWT_SECRET);`,
      {
        messageId: "fallbackKey",
        data: { name: "jwt.sign", variable: "JWT_SECRET", origin: "" },
      },
    ),
    marked(
      `import jwt from "jsonwebtoken"; if (process.env.NODE_ENV === "development") process.env.JWT_SECRET = «"harbour-otter-91"»; export const make = (claims) => jwt.sign(claims, process.env.JWT_SECRET);`,
      { messageId: "developmentKey", data: { name: "jwt.sign", origin: "" } },
    ),
    marked(
      `import { sign } from "hono/jwt"; app.use(async (c, next) => { c.env.JWT_SECRET = «"harbour-otter-91"»; await next(); }); app.get("/", async (context) => context.text(await sign({ sub }, context.env.JWT_SECRET)));`,
      { messageId: "hardcodedKey", data: { name: "sign", origin: "" } },
    ),
    marked(
      `import { sign } from "hono/jwt"; const make = (env) => sign({ sub }, env.JWT_SECRET); export default { async fetch(request, env) { env.JWT_SECRET = «"harbour-otter-91"»; return new Response(await make(env)); } };`,
      { messageId: "hardcodedKey", data: { name: "sign", origin: "" } },
    ),
    // What is asked for by its name, with a fallback
    fallback(
      `module.exports = ({ env }) => ({ auth: { secret: env("ADMIN_JWT_SECRET", «"harbour-otter-91"») } });`,
      {
        name: "secret",
        variable: "ADMIN_JWT_SECRET",
        without: `module.exports = ({ env }) => ({ auth: { secret: env("ADMIN_JWT_SECRET") } });`,
      },
    ),
    // What asks for tests may be told otherwise, or asks for something else.
    ...[
      'let inTests = process.env.NODE_ENV === "test"; inTests = flags.inTests;',
      'const inTests = process.env.NODE_ENV === "test" ? flags.one : flags.other;',
      'const inTests = process.env.NODE_ENV !== "test";',
      'const inTests = process.env.NODE_ENV === "test" ? false : true;',
    ].map((asked) =>
      fallback(
        `${JWT}${asked} jwt.sign(p, inTests ? «"harbour-otter-91"» : process.env.JWT_SECRET);`,
        { edit: "process.env.JWT_SECRET" },
      ),
    ),
    fallback(`${JWT}jwt.sign(p, readEnv("JWT_SECRET", «"harbour-otter-91"»));`, {
      without: `${JWT}jwt.sign(p, readEnv("JWT_SECRET"));`,
    }),
    // What a deployment may leave out, whatever gives the variables
    ...["$env/dynamic/private", "$env/dynamic/public", "cloudflare:workers"].flatMap((module) => {
      const imported = `${JWT}import { env } from "${module}"; `;
      return [
        fallback(`${imported}jwt.sign(p, env.JWT_SECRET ?? «"harbour-otter-91"»);`, {
          without: `${imported}jwt.sign(p, env.JWT_SECRET);`,
        }),
        fallback(
          `${imported}const { JWT_SECRET = «"harbour-otter-91"» } = env; jwt.sign(p, JWT_SECRET);`,
          { without: `${imported}const { JWT_SECRET } = env; jwt.sign(p, JWT_SECRET);` },
        ),
      ];
    }),
    fallback(`${JWT}jwt.sign(p, env.str("JWT_SECRET") ?? «"harbour-otter-91"»);`, {
      without: `${JWT}jwt.sign(p, env.str("JWT_SECRET"));`,
    }),
    fallback(
      `const SECRET = process.env.A_TOKEN_SECRET || process.env.B_TOKEN_SECRET || «"harbour-otter-91"»; // jwt`,
      {
        name: "SECRET",
        variable: "A_TOKEN_SECRET and B_TOKEN_SECRET",
        without: `const SECRET = process.env.A_TOKEN_SECRET || process.env.B_TOKEN_SECRET; // jwt`,
      },
    ),
    fallback(
      `${JWT}import _ from "lodash"; jwt.sign(p, _.defaultTo(process.env.JWT_SECRET, «"harbour-otter-91"»));`,
      {
        without: `${JWT}import _ from "lodash"; jwt.sign(p, _.defaultTo(process.env.JWT_SECRET));`,
      },
    ),
    // Settings that a function gives
    // A scheme of another package has a key as well, whatever else it knows.
    ...[
      'server.auth.strategy("jwt", "jwt", { key: «"harbour-otter-91"» });',
      'server.auth.strategy("jwt", "jwt", true, { key: «"harbour-otter-91"» });',
    ].map((strategy) =>
      written(`server.register(require("hapi-auth-jsonwebtoken"), () => { ${strategy} });`, {
        name: "server.auth.strategy",
      }),
    ),
    written(`export default () => ({ jwt: { secret: «"harbour-otter-91"» }, port: 80 });`, {
      name: "secret",
    }),
    written(`module.exports = () => { return { jwtSecret: «"harbour-otter-91"» }; };`, {
      name: "jwtSecret",
    }),
    written(`export default registerAs("jwt", () => ({ secret: «"harbour-otter-91"» }));`, {
      name: "secret",
    }),
    written(`registerAs("tokens", () => { return { secret: «"harbour-otter-91"» }; }); // jwt`, {
      name: "secret",
    }),
    // Settings that say by what holds them, or what stands beside them, that they are those of tokens
    written(`export const jwtConstants = { secret: «"harbour-otter-91"» };`, { name: "secret" }),
    written(`module.exports = { secret: «"harbour-otter-91"», expiresIn: "7d" };`, {
      name: "secret",
    }),
    ...["config/auth.config.js", "config/jwt.js", "src/tokenSettings.js"].map((file) =>
      written(`module.exports = { secret: «"harbour-otter-91"» };`, {
        name: "secret",
        filename: path.join(import.meta.dirname, "..", "..", file),
      }),
    ),
    fallback(`module.exports = { secret: process.env.SECRET || «"harbour-otter-91"» };`, {
      name: "secret",
      variable: "SECRET",
      without: `module.exports = { secret: process.env.SECRET };`,
      filename: path.join(import.meta.dirname, "..", "..", "config/auth.js"),
    }),
    written(`module.exports.JWT_SECRET = «"harbour-otter-91"»;`, { name: "JWT_SECRET" }),
    written(`exports.jwtSecret = «"harbour-otter-91"»;`, { name: "jwtSecret" }),
    fallback(
      `process.env.CADUCIDAD_TOKEN = "48h"; process.env.SEED = process.env.SEED || «"este-es-el-seed"»;`,
      {
        name: "the program",
        variable: "SEED",
        without: `process.env.CADUCIDAD_TOKEN = "48h"; process.env.SEED = process.env.SEED;`,
      },
    ),
    written(
      `export const Provider = ({ children }) => { const JWT_SECRET = «"harbour-otter-91"»; return wrap(children); };`,
      { name: "JWT_SECRET" },
    ),
    // A module of settings without a word of JWTs but the option of passport-jwt
    written(
      `module.exports = { mongoURI: "mongodb://localhost/shop", secretOrKey: «"harbour-otter-91"» };`,
      { name: "secretOrKey" },
    ),
    fallback(
      `module.exports = { mongoURI: process.env.MONGO_URI, secretOrKey: process.env.SECRET_OR_KEY || «"harbour-otter-91"» };`,
      {
        name: "secretOrKey",
        variable: "SECRET_OR_KEY",
        without: `module.exports = { mongoURI: process.env.MONGO_URI, secretOrKey: process.env.SECRET_OR_KEY };`,
      },
    ),
    // A script that a page has loaded
    written(`KJUR.jws.JWS.sign("HS256", header, payload, «"q7Zk2mVx9Lw4Tn8Rb3Yc6Hd1Jf5Gs0Pa"»);`, {
      name: "KJUR.jws.JWS.sign",
    }),
    // Options that another file gives to its strategy
    written(
      `import { ExtractJwt } from "passport-jwt"; export default { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: «"a-long-phrase-of-mine"» };`,
      { name: "secretOrKey" },
    ),
    written(
      `const { ExtractJwt } = require("passport-jwt"); const options = {}; options.jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken(); options.secretOrKey = «"a-long-phrase-of-mine"»; module.exports = options;`,
      { name: "secretOrKey" },
    ),
    written(
      `import { cleanEnv, str } from "envalid"; export const env = cleanEnv(process.env, { JWT_SECRET: str({ default: «"a-long-phrase-of-mine"» }) });`,
      { name: "JWT_SECRET", edit: null },
    ),
    marked(
      `import type { NextAuthOptions } from "next-auth"; export const authOptions: NextAuthOptions = { secret: «"a-long-phrase-of-mine"», providers: [] };`,
      {
        messageId: "hardcodedKey",
        data: { name: "next-auth", origin: "" },
        suggestions: [
          {
            messageId: "readVariable",
            data: { variable: "JWT_SECRET" },
            output: `import type { NextAuthOptions } from "next-auth"; export const authOptions: NextAuthOptions = { secret: process.env.JWT_SECRET, providers: [] };`,
          },
        ],
      },
      { ts: true },
    ),
    // Called where it is loaded, it goes by the name of its package.
    written(`app.use(require("koa-jwt")({ secret: «"a-long-phrase-of-mine"» }));`, {
      name: "koa-jwt",
    }),
    // Options of next-auth by the providers in them, without a type
    written(
      `import GitHub from "next-auth/providers/github"; export const authOptions = { providers: [GitHub({ clientId, clientSecret })], secret: «"a-long-phrase-of-mine"» };`,
      { name: "next-auth" },
    ),
    written(
      `${JWT}const DEFAULT_JWT_SECRET = «"a-long-phrase-of-mine"»; function keyOf() { const secret = process.env.JWT_SECRET; if (!secret) { if (process.env.NODE_ENV === "production") console.warn("JWT_SECRET"); return DEFAULT_JWT_SECRET; } return secret; } export const read = (token) => jwt.verify(token, keyOf(), { algorithms: ["HS256"] });`,
      { name: "jwt.verify", variable: "DEFAULT_JWT_SECRET" },
    ),
    written(
      `import { z } from "zod"; export const schema = z.object({ jwtSecret: z.string().default(«"a-long-phrase-of-mine"») });`,
      { name: "jwtSecret", edit: null },
    ),
    // It goes on in production, too
    fallback(
      `${JWT}let secret = process.env.JWT_SECRET; if (!secret) { if (process.env.NODE_ENV === "production") { console.warn("JWT_SECRET"); } else { log(); } secret = «"fallback of mine"»; } export const make = (sub) => jwt.sign({ sub }, secret);`,
      { edit: "process.env.JWT_SECRET" },
    ),
    // … by another variable, in development alone, on one of two ways, in another function, or behind the use
    ...[
      "if (!other) { if (process.env.NODE_ENV === 'production') { return res.sendStatus(500); } }",
      "if (!secret) { if (process.env.NODE_ENV !== 'production') { return res.sendStatus(500); } }",
      "if (!secret) { if (req.body.isHtml) { return res.render('500'); } }",
      "if (!secret) { if (req.body.isHtml) { return res.render('500'); } else { log(1); } }",
      "if (!secret && req.body.isHtml) { return res.render('500'); }",
      "if (secret) { log(1); } else { log(2); }",
      "if (secret < 'a-long-phrase-of-mine') { return res.sendStatus(500); }",
      "if (secret !== undefined) { return res.sendStatus(500); }",
      "const ask = () => { if (!secret) return res.sendStatus(500); };",
    ].map((guard) =>
      fallback(
        `${JWT}export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; const other = process.env.OTHER; ${guard} res.json({ token: jwt.sign(p, secret || «"a-long-phrase-of-mine"») }); };`,
        {
          without: `${JWT}export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; const other = process.env.OTHER; ${guard} res.json({ token: jwt.sign(p, secret) }); };`,
        },
      ),
    ),
    fallback(
      `${JWT}export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; res.json({ token: jwt.sign(p, secret || «"a-long-phrase-of-mine"») }); if (!secret) { return res.end(); } };`,
      {
        without: `${JWT}export const signIn = (req, res) => { const secret = process.env.JWT_SECRET; res.json({ token: jwt.sign(p, secret) }); if (!secret) { return res.end(); } };`,
      },
    ),
    fallback(
      `${JWT}export const run = () => { const secret = process.env.JWT_SECRET; start(make); if (!secret) return; function make(p) { return jwt.sign(p, secret || «"a-long-phrase-of-mine"»); } };`,
      {
        without: `${JWT}export const run = () => { const secret = process.env.JWT_SECRET; start(make); if (!secret) return; function make(p) { return jwt.sign(p, secret); } };`,
      },
    ),
    // … put together with what others know
    ...[
      '"reset-" + user.id',
      '"reset" + "-" + user._id',
      "`reset-${user.email}`",
      "`${user.id}-${user.email}`",
      '"reset-" + String(user.id)',
      '"reset-" + user._id.toString()',
      '"reset-" + email',
    ].map((key) =>
      marked(
        `${JWT}export const reset = async (given, email) => { const user = await User.findOne({ email }); const key = «${key}»; return jwt.sign(p, key); };`,
        { messageId: "knownParts", data: { name: "jwt.sign", origin: "" } },
      ),
    ),
    // Settings that are keys by their names, wherever they are used
    fallback(`export default { port: 80, jwtSecret: process.env.JWT_SECRET || «"changeme"» };`, {
      name: "jwtSecret",
      without: `export default { port: 80, jwtSecret: process.env.JWT_SECRET };`,
    }),
    fallback(`export default { jwt: { secret: process.env.JWT_SECRET ?? «"changeme"» } };`, {
      name: "secret",
      without: `export default { jwt: { secret: process.env.JWT_SECRET } };`,
    }),
    fallback(`const { ACCESS_TOKEN_SECRET: key = «"changeme"» } = process.env; use(key); // jwt`, {
      name: "key",
      variable: "ACCESS_TOKEN_SECRET",
      without: `const { ACCESS_TOKEN_SECRET: key } = process.env; use(key); // jwt`,
    }),
    marked(
      `import { signJWT } from "./jwt.js"; export const make = (c, user) => signJWT({ sub: user.id }, c.env.JWT_SECRET || «"changeme"»);`,
      {
        messageId: "fallbackKey",
        data: { name: "signJWT", variable: "c.env.JWT_SECRET", origin: "" },
        suggestions: [
          {
            messageId: "dropFallback",
            data: { variable: "c.env.JWT_SECRET" },
            output: `import { signJWT } from "./jwt.js"; export const make = (c, user) => signJWT({ sub: user.id }, c.env.JWT_SECRET);`,
          },
        ],
      },
    ),
    fallback(
      `import { ConfigService } from "@nestjs/config"; class Settings { constructor(private config: ConfigService) {} get jwt() { return { secret: this.config.get("JWT_SECRET", «"changeme"»), expiresIn: "1h" }; } }`,
      {
        name: "secret",
        ts: true,
        without: `import { ConfigService } from "@nestjs/config"; class Settings { constructor(private config: ConfigService) {} get jwt() { return { secret: this.config.get("JWT_SECRET"), expiresIn: "1h" }; } }`,
      },
    ),
    written(`export const JWT_SECRET = «"a-long-phrase-of-mine"»;`, { name: "JWT_SECRET" }),
    written(`export default { jwtSecret: «"a-long-phrase-of-mine"», name: "shop" };`, {
      name: "jwtSecret",
    }),
    written(`export default { jwt: { secret: «"a-long-phrase-of-mine"», expiresIn: "1h" } };`, {
      name: "secret",
    }),
    // Chosen for development, and what is used unless somebody says production.
    ...[
      `process.env.NODE_ENV === "development" ? «"fake key"» : process.env.KEY`,
      `process.env.NODE_ENV !== "development" ? process.env.KEY : «"fake key"»`,
      `import.meta.env.MODE === "dev" ? «"fake key"» : process.env.KEY`,
      `process.env.NODE_ENV !== "production" ? «"fake key"» : process.env.KEY`,
      `isProduction ? process.env.KEY : «"fake key"»`,
      `["test", "development", "test_ci"].includes(process.env.NODE_ENV) ? «"fake key"» : process.env.KEY`,
      `import.meta.env.PROD ? process.env.KEY : «"fake key"»`,
    ].map((key) =>
      marked(`${JWT}jwt.sign(p, ${key}, options);`, {
        messageId: "developmentKey",
        data: { name: "jwt.sign", origin: "" },
        suggestions: [
          {
            messageId: "readVariable",
            data: { variable: "JWT_SECRET" },
            output: `${JWT}jwt.sign(p, ${key.replace('«"fake key"»', "process.env.JWT_SECRET")}, options);`,
          },
        ],
      }),
    ),
    // jsonwebtoken: where the literal stands
    written(`${JWT}jwt.sign(p, «"fake key"»);`),
    written(`${JWT}jwt.sign(p, «\`fake key\`»);`),
    written(`${JWT}jwt.sign(p, «"fake" + " key"»);`),
    written(`${JWT}const SECRET = «"fake key"»;\njwt.sign(p, SECRET, { expiresIn: "1h" });`),
    written(
      `${JWT}const REFRESH_TOKEN_SECRET = «"fake key"»;\njwt.sign(p, REFRESH_TOKEN_SECRET);`,
      { variable: "REFRESH_TOKEN_SECRET" },
    ),
    written(
      `${JWT}const config = { jwt: { secret: «"fake key"» } };\njwt.verify(t, config.jwt.secret);`,
      { name: "jwt.verify" },
    ),
    written(
      `${JWT}const config = { secret: «"fake key"», ...loadConfig() };\njwt.sign(p, config.secret);`,
    ),
    written(`${JWT}jwt.sign(p, Buffer.from(«"ZmFrZQ=="», "base64"));`),
    written(
      `${JWT}jwt.verify(t, «"fake key"», { algorithms: ["HS256"] }, (error) => done(error));`,
      { name: "jwt.verify" },
    ),
    written(
      `${JWT}class Tokens { #key = «"fake key"»; sign(p) { return jwt.sign(p, this.#key); } }`,
    ),
    written(`${JWT}class Config { static SECRET = «"fake key"»; }\njwt.sign(p, Config.SECRET);`),
    // What is too short for a public key is none, whatever its name.
    written(`${JWT}const cert = «"fake key"»; jwt.verify(t, cert);`, { name: "jwt.verify" }),
    // Through members of the file's own objects and classes.
    written(
      `${JWT}const own = { issue(key) { return jwt.sign(p, key); } }; own.issue(«"fake key"»);`,
    ),
    written(
      `${JWT}export default { issue: (key) => jwt.sign(p, key), run() { return this.issue(«"fake key"»); } };`,
    ),
    written(
      `${JWT}class Own { static issue(key) { return jwt.sign(p, key); } } Own.issue(«"fake key"»);`,
    ),
    written(
      `${JWT}class Own { issue(key) { return jwt.sign(p, key); } } const own = new Own(); own.issue(«"fake key"»);`,
    ),
    written(
      `${JWT}function Own() {} Own.prototype.issue = function (key) { return jwt.sign(p, key); }; Own.prototype.run = function () { return [1].map(() => this.issue(«"fake key"»)); };`,
    ),
    written(
      `const jwt = require("jsonwebtoken"); exports.issue = (key) => jwt.sign(p, key); module.exports.run = () => exports.issue(«"fake key"»);`,
    ),
    written(
      `const jwt = require("jsonwebtoken"); module.exports = { issue: function (key) { return jwt.sign(p, key); } }; module.exports.issue(«"fake key"»);`,
    ),
    written(
      `${JWT}jwt.verify(t, (header, done) => done(null, «"fake key"»), (error) => next(error));`,
      { name: "jwt.verify" },
    ),
    written(
      `${JWT}function issue(p, secret) { return jwt.sign(p, secret); }\nissue(p, process.env.A);\nissue(p, «"fake key"»);`,
    ),
    written(
      `${JWT}import { createSecretKey } from "node:crypto";\njwt.sign(p, createSecretKey(«"fake key"», "utf8"));`,
    ),
    written(
      `${JWT}import { createHash } from "node:crypto";\njwt.sign(p, createHash("sha256").update(«"fake key"»).digest());`,
    ),
    written(
      `${JWT}import { hash } from "node:crypto";\njwt.sign(p, hash("sha256", «"fake key"», "buffer"));`,
    ),
    written(
      `${JWT}jwt.sign(p, Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(«"fake key"»))).toString("hex"));`,
    ),
    written(
      `${JWT}import { webcrypto } from "node:crypto";\nconst bytes = await webcrypto.subtle.digest("SHA-256", Buffer.from(«"fake key"»));\njwt.sign(p, new Uint8Array(bytes));`,
    ),
    written(
      `import { importJWK, jwtVerify } from "jose";\nconst bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(«"fake key"»));\nconst key = await importJWK({ k: Buffer.from(bytes).toString("base64"), kty: "oct" }, "HS256");\nawait jwtVerify(t, key);`,
      { name: "jwtVerify" },
    ),
    // A passphrase by the name of what holds it
    ...[
      ["JWT_SECRET_KEY", "Harbour · Otter", "JWT_SECRET"],
      ["ACCESS_TOKEN_SECRET", "harbour otter ninety", "ACCESS_TOKEN_SECRET"],
      ["DEFAULT_JWT_SECRET", "please change me", "DEFAULT_JWT_SECRET"],
    ].map(([name = "", text = "", variable = ""]) =>
      written(`export const ${name} = «"${text}"»; // jwt`, { name, variable }),
    ),
    written(
      `${JWT}import { scryptSync } from "node:crypto";\njwt.sign(p, scryptSync(«"fake key"», process.env.SALT, 32));`,
    ),
    written(`${JWT}const PEM = «"${PRIVATE}"»;\njwt.sign(p, PEM, { algorithm: "RS256" });`, {
      variable: "JWT_PRIVATE_KEY",
    }),
    written(
      `${JWT}jwt.sign(p, { key: «"${PRIVATE}"», passphrase: "fake" }, { algorithm: "RS256" });`,
      { variable: "JWT_PRIVATE_KEY" },
    ),
    written(
      'const jwt = require("jsonwebtoken");\nmodule.exports = (p) => jwt.sign(p, «"fake key"»);',
    ),
    written('const { sign: issue } = require("jsonwebtoken");\nissue(p, «"fake key"»);', {
      name: "issue",
    }),
    written('import * as jwt from "jsonwebtoken";\njwt.sign(p, «"fake key"»);'),
    written('import { verify as check } from "jsonwebtoken";\ncheck(t, «"fake key"»);', {
      name: "check",
    }),
    written(
      `${JWT}import { promisify } from "node:util";\nconst verify = promisify(jwt.verify);\nawait verify(t, «"fake key"»);`,
      { name: "verify" },
    ),
    ...[
      'Q.nfcall(jwt.sign, p, «"fake key"»)',
      'Q.nfapply(jwt.sign, [p, «"fake key"»])',
      'Q.ninvoke(jwt, "sign", p, «"fake key"»)',
    ].map((call) =>
      written(`${JWT}import Q from "q";\nawait ${call};`, {
        name: call.slice(0, call.indexOf("(")),
      }),
    ),
    written(`${JWT}const sign = jwt.sign.bind(null, p, «"fake key"»);\nsign();`, { name: "sign" }),
    // One literal is one finding
    written(`${JWT}const SECRET = «"fake key"»;\njwt.sign(p, SECRET);\njwt.verify(t, SECRET);`),
    written(`${JWT}app.set("secret", «"fake key"»);\njwt.sign(p, app.get("secret"));`),
    written(
      `${JWT}const config = { production: { key: process.env.KEY }, development: { key: «"fake key"» } };\njwt.sign(p, config[process.env.NODE_ENV].key);`,
    ),
    fallback(
      `${JWT}const read = (name, fallback) => process.env[name] || fallback;\nread("PORT", "3000");\njwt.sign(p, read("JWT_SECRET", «"fake key"»));`,
      {
        without: `${JWT}const read = (name, fallback) => process.env[name] || fallback;\nread("PORT", "3000");\njwt.sign(p, read("JWT_SECRET"));`,
      },
    ),
    // Nothing to put in its place
    written(`${JWT}enum Keys { Jwt = «"fake key"» }\njwt.sign(p, Keys.Jwt);`, {
      ts: true,
      edit: null,
    }),
    marked(
      `${JWT}const ring = [«"fake old key"», «"fake new key"», process.env.KEY];\nfor (const key of ring) jwt.verify(t, key);`,
      ["old", "new"].map((age) => ({
        messageId: "hardcodedKey",
        data: { name: "jwt.verify", origin: "" },
        suggestions: [
          {
            messageId: "readVariable",
            data: { variable: "JWT_SECRET" },
            output:
              `${JWT}const ring = ["fake old key", "fake new key", process.env.KEY];\nfor (const key of ring) jwt.verify(t, key);`.replace(
                `"fake ${age} key"`,
                "process.env.JWT_SECRET",
              ),
          },
        ],
      })),
    ),
    // A framework calls the plugin, and nothing calls a type.
    written(
      `import fastifyJwt from "@fastify/jwt";\napp.register(fastifyJwt, { secret: «"fake key"» });`,
      { name: "@fastify/jwt" },
    ),
    // Signed and checked by hand
    written(
      `${HAND}createHmac("sha256", «"fake key"»).update(jwtText(claims)).digest("base64url");`,
      { name: "createHmac" },
    ),
    written(
      `${HAND}function make(claims, secret) { const mac = createHmac("sha512", secret); mac.update(jwtText(claims)); return mac.digest("base64url"); }\nmake(claims, «"fake key"»);`,
      { name: "createHmac" },
    ),
    written(
      `${HAND}function mac(text, key) { const hmac = createHmac("sha256", key); hmac.update(text); return hmac.digest("base64url"); }\nexport const make = (claims) => mac(jwtText(claims), «"fake key"»);`,
      { name: "createHmac" },
    ),
    written(`${HAND}CryptoJS.HmacSHA256(jwtText(claims), «"fake key"»).toString();`, {
      name: "CryptoJS.HmacSHA256",
    }),
    written(
      `import { hmac } from "@noble/hashes/hmac";\n${HAND}hmac(sha256, «"fake key"», jwtText(claims));`,
      { name: "hmac" },
    ),
    written(
      `${HAND}createSign("RSA-SHA256").update(jwtText(claims)).sign(«"${PRIVATE}"», "base64url");`,
      { name: "createSign", variable: "JWT_PRIVATE_KEY" },
    ),
    written(
      `${HAND}const signer = createSign("RSA-SHA256"); signer.update(jwtText(claims)); signer.end(); signer.sign(«"${PRIVATE}"», "base64url");`,
      { name: "createSign", variable: "JWT_PRIVATE_KEY" },
    ),
    written(
      `import crypto from "node:crypto";\n${HAND}crypto.sign(null, Buffer.from(jwtText(claims)), «"${PRIVATE}"»);`,
      { name: "crypto.sign", variable: "JWT_PRIVATE_KEY" },
    ),
    written(
      `${HAND}const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(«"fake key"»), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]); await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(jwtText(claims)));`,
      { name: "crypto.subtle.sign" },
    ),
    written(
      `${TAKEN}const check = (token) => createHmac("sha256", «"fake key"»).update(jwtParts(token)).digest("base64url");`,
      { name: "createHmac" },
    ),
    fallback(
      `${HAND}const KEY = process.env.JWT_SECRET || «"fake key"»;\ncreateHmac("sha256", KEY).update(jwtText(claims)).digest("base64url");`,
      {
        name: "createHmac",
        without: `${HAND}const KEY = process.env.JWT_SECRET;\ncreateHmac("sha256", KEY).update(jwtText(claims)).digest("base64url");`,
      },
    ),
    // Fallbacks
    fallback(
      `${JWT}const secret = process.env.KEY || "dev";\njwt.verify(t, «"Bearer " + secret»);`,
      { name: "jwt.verify", variable: "KEY" },
    ),
    fallback(`${JWT}const secret = process.env.JWT_SECRET || «"dev"»;\njwt.sign(p, secret);`, {
      without: `${JWT}const secret = process.env.JWT_SECRET;\njwt.sign(p, secret);`,
    }),
    fallback(`${JWT}jwt.sign(p, process.env.JWT_SECRET ?? «"dev"»);`, {
      without: `${JWT}jwt.sign(p, process.env.JWT_SECRET);`,
    }),
    fallback(`${JWT}jwt.sign(p, process.env.A || process.env.B || «"dev"»);`, {
      variable: "A and B",
      without: `${JWT}jwt.sign(p, process.env.A || process.env.B);`,
    }),
    fallback(`${JWT}jwt.sign(p, process.env.JWT_SECRET | «"dev"»);`, {
      without: `${JWT}jwt.sign(p, process.env.JWT_SECRET);`,
    }),
    fallback(`${JWT}const { JWT_SECRET = «"dev"» } = process.env;\njwt.sign(p, JWT_SECRET);`, {
      without: `${JWT}const { JWT_SECRET } = process.env;\njwt.sign(p, JWT_SECRET);`,
    }),
    fallback(`${JWT}export const sign = (p, secret = «"dev"») => jwt.sign(p, secret);`, {
      variable: "secret",
      edit: "process.env.JWT_SECRET",
    }),
    fallback(`${JWT}jwt.sign(p, options.secret || «"dev"»);`, {
      variable: "options.secret",
      without: `${JWT}jwt.sign(p, options.secret);`,
    }),
    fallback(
      `${JWT}let secret = process.env.JWT_SECRET;\nif (!secret) secret = «"dev"»;\njwt.sign(p, secret);`,
      { edit: "process.env.JWT_SECRET" },
    ),
    fallback(
      `${JWT}const secret = () => process.env.JWT_SECRET || «"dev"»;\njwt.sign(p, secret());`,
      {
        without: `${JWT}const secret = () => process.env.JWT_SECRET;\njwt.sign(p, secret());`,
      },
    ),
    // Without its fallback it would be the text "undefined"
    fallback(`${JWT}jwt.sign(p, \`\${process.env.JWT_SECRET || «"dev"»}\`);`),
    // A comment stays
    fallback(`${JWT}jwt.sign(p, process.env.JWT_SECRET || /* local only */ «"dev"»);`),
    // A look at the variable that stops nothing
    fallback(
      `${JWT}const secret = process.env.JWT_SECRET || «"dev"»;\nif (!process.env.JWT_SECRET) console.warn("JWT_SECRET");\njwt.sign(p, secret);`,
      {
        without: `${JWT}const secret = process.env.JWT_SECRET;\nif (!process.env.JWT_SECRET) console.warn("JWT_SECRET");\njwt.sign(p, secret);`,
      },
    ),
    // The text "undefined"
    text(`${JWT}jwt.sign(p, «\`\${process.env.JWT_SECRET}\`»);`),
    text(`${JWT}jwt.sign(p, «String(process.env.JWT_SECRET)»);`),
    text(`${JWT}jwt.sign(p, «process.env.JWT_SECRET + ""»);`),
    text(`${JWT}const secret = «"" + process.env.KEY»;\njwt.verify(t, secret);`, {
      name: "jwt.verify",
      variable: "KEY",
    }),
    // jose
    written(
      `${JOSE}const key = new TextEncoder().encode(«"fake key"»);\nawait jwtVerify(t, key);`,
      { name: "jwtVerify" },
    ),
    written(
      `${JOSE}await new SignJWT(p).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(«"fake key"»));`,
      { name: "sign" },
    ),
    written(
      `${JOSE}const jwt = new SignJWT(p);\njwt.setProtectedHeader({ alg: "HS256" });\nawait jwt.sign(Buffer.from(«"fake key"»));`,
    ),
    written(`${JOSE}await jwtVerify(t, async () => new TextEncoder().encode(«"fake key"»));`, {
      name: "jwtVerify",
    }),
    written(`${JOSE}export const key = await importPKCS8(«"${PRIVATE}"», "RS256");`, {
      name: "importPKCS8",
      variable: "JWT_PRIVATE_KEY",
    }),
    written(`${JOSE}export const key = await importJWK({ kty: "oct", k: «"ZmFrZQ"» });`, {
      name: "importJWK",
      edit: null,
    }),
    written(
      `${JOSE}export const key = await importJWK({ kty: "EC", crv: "P-256", x: "fake", y: "fake", d: «"ZmFrZQ"» }, "ES256");`,
      { name: "importJWK", edit: null },
    ),
    written(
      'import * as jose from "jose";\nconst key = jose.base64url.decode(«"ZmFrZQ"»);\nawait jose.jwtVerify(t, key);',
      { name: "jose.jwtVerify" },
    ),
    // @nestjs/jwt
    written(
      `${NEST}JwtModule.register({ secret: «"fake key"», signOptions: { expiresIn: "1h" } });`,
      { name: "JwtModule.register" },
    ),
    written(
      `${NEST}const constants = { secret: «"fake key"» };\nJwtModule.register({ global: true, secret: constants.secret });`,
      { name: "JwtModule.register" },
    ),
    fallback(
      `${NEST}JwtModule.registerAsync({ useFactory: (configService) => ({ secret: configService.get("JWT_SECRET", «"dev"») }) });`,
      {
        name: "JwtModule.registerAsync",
        without: `${NEST}JwtModule.registerAsync({ useFactory: (configService) => ({ secret: configService.get("JWT_SECRET") }) });`,
      },
    ),
    written(`${NEST}JwtModule.register({ secretOrKeyProvider: () => «"fake key"» });`, {
      name: "JwtModule.register",
    }),
    written(
      `${NEST_TYPES}export const options: JwtModuleOptions = { secret: «"fake key"», signOptions };`,
      { ts: true, name: "@nestjs/jwt" },
    ),
    written(
      `${NEST_TYPES}export const options = { secret: «"fake key"» } satisfies JwtModuleOptions;`,
      { ts: true, name: "@nestjs/jwt" },
    ),
    written(
      `${NEST_TYPES}export const options = async (): Promise<JwtModuleOptions> => ({ secret: «"fake key"» });`,
      { ts: true, name: "@nestjs/jwt" },
    ),
    written(
      `${NEST_TYPES}export class Options implements JwtOptionsFactory { createJwtOptions() { return { secret: «"fake key"» }; } }`,
      { ts: true, name: "@nestjs/jwt" },
    ),
    written(
      'import { StrategyOptions } from "passport-jwt";\nexport class A { private options: StrategyOptions = { secretOrKey: «"fake key"» }; }',
      { ts: true, name: "passport-jwt" },
    ),
    written(
      `${NEST}class Options { createJwtOptions() { return { secret: «"fake key"» }; } }\nJwtModule.registerAsync({ useClass: Options });`,
      { name: "JwtModule.registerAsync" },
    ),
    written(
      `${NEST}class Options { key = «"fake key"»; createJwtOptions() { return { secret: this.key }; } }\nJwtModule.registerAsync({ imports: [], useExisting: Options });`,
      { name: "JwtModule.registerAsync" },
    ),
    written(
      `${NEST}class A { constructor(private readonly jwt: JwtService) {} f(p) { return this.jwt.sign(p, { secret: «"fake key"» }); } }`,
      { ts: true, name: "this.jwt.sign" },
    ),
    // passport-jwt
    written(`${PASSPORT}new Strategy({ jwtFromRequest, secretOrKey: «"fake key"» }, verify);`, {
      name: "Strategy",
    }),
    written(
      `${PASSPORT}const options = {};\noptions.secretOrKey = «"fake key"»;\nnew Strategy(options, verify);`,
      { name: "Strategy" },
    ),
    written(
      `${PASSPORT}new Strategy({ jwtFromRequest, secretOrKeyProvider: (request, token, done) => done(null, «"fake key"») }, verify);`,
      { name: "Strategy" },
    ),
    written(
      `${PASSPORT}import { PassportStrategy } from "@nestjs/passport";\nclass Jwt extends PassportStrategy(Strategy) { constructor() { super({ jwtFromRequest, secretOrKey: «"fake key"» }); } }`,
      { name: "Strategy" },
    ),
    // express-jwt
    written(
      'import { expressjwt } from "express-jwt";\nexpressjwt({ secret: «"fake key"», algorithms: ["HS256"] });',
      { name: "expressjwt" },
    ),
    written(
      'const jwt = require("express-jwt");\napp.use(jwt({ secret: «"fake key"», algorithms: ["HS256"] }).unless({ path: ["/"] }));',
      { name: "jwt" },
    ),
    // Given to a function of another file, by a file that speaks of tokens alone
    written(`import { verifyToken } from "./auth/tokens.js";\nverifyToken(t, «"fake key"»);`, {
      name: "jwt.verify",
      filename: path.join(import.meta.dirname, "../fixtures/cross-file/main.js"),
    }),
    written(`const { verifyToken } = require("./auth/tokens.js");\nverifyToken(t, «"fake key"»);`, {
      name: "jwt.verify",
      filename: path.join(import.meta.dirname, "../fixtures/cross-file/main.js"),
    }),
    // … which makes a key of it
    written(`import { verify } from "./auth/sessions.js";\nverify(token, «"fake key"»);`, {
      name: "jwtVerify",
      filename: main,
    }),
    written(
      `const { sign } = require("./auth/sessions.js");\nconst token = sign(c, «"fake key"»);`,
      {
        name: "sign",
        filename: main,
      },
    ),
    // What a schema says that holds when nothing is set
    fallback(
      `${JWT}import { z } from "zod";\nconst env = z.object({ JWT_SECRET: z.string().default(«"preset"») }).parse(process.env);\njwt.sign(p, env.JWT_SECRET);`,
    ),
    fallback(
      `${JWT}import { cleanEnv, str } from "envalid";\nconst env = cleanEnv(process.env, { JWT_SECRET: str({ default: «"preset"» }) });\njwt.sign(p, env.JWT_SECRET);`,
    ),
    fallback(
      `${JWT}import convict from "convict";\nconst config = convict({ jwt: { secret: { default: «"preset"», env: "JWT_SECRET" } } });\njwt.sign(p, config.get("jwt.secret"));`,
    ),
    {
      ...marked(`${JWT}import config from "config";\njwt.sign(p, «config.get("auth.secret")»);`, {
        messageId: "hardcodedKey",
        data: {
          name: "jwt.sign",
          origin: " It is written in tests/fixtures/node-config/plain/config/default.yaml:3.",
        },
      }),
      filename: path.join(import.meta.dirname, "../fixtures/node-config/plain/src/main.ts"),
    },
    {
      ...marked(`${JWT}import config from "config";\njwt.sign(p, «config.get("auth.secret")»);`, {
        messageId: "fallbackKey",
        data: {
          name: "jwt.sign",
          variable: "AUTH_SECRET",
          origin: " It is written in tests/fixtures/node-config/mapped/config/default.json5:4.",
        },
      }),
      filename: path.join(import.meta.dirname, "../fixtures/node-config/mapped/src/main.ts"),
    },
    // Written in another file
    {
      ...marked(`${JWT}import { config } from "./config";\njwt.sign(p, «config.secret»);`, {
        messageId: "hardcodedKey",
        data: { name: "jwt.sign", origin: " It is written in tests/fixtures/keys/config.js:2." },
      }),
      filename: here,
    },
    {
      ...marked(`${JWT}import { config } from "./config";\njwt.sign(p, «config.refreshSecret»);`, {
        messageId: "fallbackKey",
        data: {
          name: "jwt.sign",
          variable: "REFRESH_SECRET",
          origin: " It is written in tests/fixtures/keys/config.js:3.",
        },
      }),
      filename: here,
    },
    {
      ...marked(
        `${JWT}import settings from "./settings.json";\njwt.verify(t, «settings.jwt.secret»);`,
        {
          messageId: "hardcodedKey",
          data: {
            name: "jwt.verify",
            origin: " It is written in tests/fixtures/keys/settings.json:3.",
          },
        },
      ),
      filename: here,
    },
  ],
});
