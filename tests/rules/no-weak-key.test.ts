import { generateKeyPairSync } from "node:crypto";
import rule from "../../src/rules/no-weak-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\nimport crypto from "node:crypto";\n';
const JOSE =
  'import { SignJWT, importJWK, jwtVerify } from "jose";\nimport { randomBytes } from "node:crypto";\n';
const NEST = 'import { JwtModule } from "@nestjs/jwt";\n';

/** Made for this test: 64 hexadecimal digits, 32 mixed characters. */
const HEX = "8f4b2c9e1d7a6053b8e2f1c4d9a7e6b5f0a1937c5d2e8b46019f3c7da2e5b8d1";
const MIXED = "kR9vX2mQ8pL4wZ7nT1cB6yH3jF5sD0gA";

const version = (name: string, release: string) => ({
  settings: { "jwt-audit": { versions: { [name]: release } } },
});
const jose6 = version("jose", "6.2.17");

/** Header and payload of a token, put together without a library. */
const HAND =
  'import CryptoJS from "crypto-js"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const jwtText = (claims) => `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;\n';

interface Extras {
  readonly name?: string;
  readonly settings?: Record<string, unknown>;
  readonly ts?: true;
}

const PATTERN = "a common word or pattern";
const WORDS = "words that can be guessed";

function guessable(
  code: string,
  what: string,
  { name = "jwt.sign", ...extras }: Extras = {},
  bytes = "32",
) {
  return marked(
    code,
    { messageId: "guessableKey", data: { name, what, bytes, origin: "" } },
    extras,
  );
}

function short(
  code: string,
  bits: number,
  {
    name = "jwt.sign",
    algorithm = "HS256",
    minimum = 256,
    longer,
    ...extras
  }: Extras & { algorithm?: string; minimum?: number; longer?: string } = {},
) {
  // `randomBytes`, `randomUUID`, `v4`, `nanoid` of the marked text
  const isDrawn = /random|v4|nanoid/u.test(/«(.*)»/su.exec(code)?.[1] ?? "");
  const data = {
    name,
    algorithm,
    bits: isDrawn ? `${String(bits)} random` : String(bits),
    minimum: String(minimum),
    bytes: String(minimum / 8),
    origin: "",
  };
  const plain = code.replaceAll(/[«»]/gu, "");
  const suggestions =
    longer === undefined
      ? {}
      : {
          suggestions: [
            {
              messageId: "lengthen",
              data: { from: longer, to: String(minimum / 8) },
              output: plain.replace(`Bytes(${longer})`, `Bytes(${String(minimum / 8)})`),
            },
          ],
        };
  return marked(code, { messageId: "shortKey", data, ...suggestions }, extras);
}

function predictable(
  code: string,
  generator = "Math.random",
  { name = "jwt.sign", ...extras }: Extras = {},
) {
  return marked(
    code,
    { messageId: "predictableKey", data: { name, generator, origin: "" } },
    extras,
  );
}

function empty(code: string, { name = "jwt.sign", ...extras }: Extras = {}) {
  return marked(code, { messageId: "emptyKey", data: { name, origin: "" } }, extras);
}

function rsa(code: string, extras: Extras = {}) {
  return marked(code, { messageId: "shortRsaKey", data: { bits: "1024", origin: "" } }, extras);
}

function weakAllowed(
  code: string,
  option: string,
  without: string,
  { name = "jwt.sign", ...extras }: Extras = {},
) {
  return marked(
    code,
    {
      messageId: "allowsWeakKeys",
      data: { name, option, origin: "" },
      suggestions: [{ messageId: "removeOption", data: { option }, output: without }],
    },
    extras,
  );
}

const pair = (modulusLength: number) =>
  generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const SHORT = pair(1024);
const LONG = pair(2048);
const oneLine = (pem: string): string => pem.trim().replaceAll("\n", "\\n");

/** A key that is drawn for a variable of the environment. */
const written = (drawn: string, read = "process.env.JWT_SECRET"): string =>
  `const crypto = require("node:crypto"); const jwt = require("jsonwebtoken");\nexports.passFor = (id) => { process.env.JWT_SECRET = ${drawn}; return jwt.sign({ id }, ${read}); };`;

testRule("no-weak-key", rule, {
  valid: [
    written('crypto.randomBytes(32).toString("hex")'),
    written("drawn()"),
    written("Math.random().toString(36)", "process.env.JWT_KEY"),
    `const jwt = require("jsonwebtoken"); test("signs", () => { process.env.JWT_SECRET = Math.random().toString(36); jwt.sign(claims, process.env.JWT_SECRET); });`,
    // The time of something else, and beside what may be a secret
    `${JWT}jwt.sign(p, new Date(user.created).toISOString());`,
    `${JWT}jwt.sign(p, \`\${process.env.KEY}-\${new Date().getFullYear()}\`);`,
    // Nobody comes to the use of an empty key.
    ...[
      "if (!key) return res.status(500).end();",
      'if (key === "") return undefined;',
      "if (!t || !key) return null;",
    ].map((test) => ({
      code: `${JWT}export function check(t, res) { const key = process.env.S || ""; ${test} return jwt.verify(t, key); }`,
      ...version("jsonwebtoken", "8.5.1"),
    })),
    `${JWT}const isProductionRuntime = () => process.env.NODE_ENV === "production"; function keyOf() { if (process.env.JWT_KEY) return process.env.JWT_KEY; if (isProductionRuntime()) throw new Error("JWT_KEY"); return "fake key"; } jwt.sign(p, keyOf());`,
    // Compared with no password, and a password that is no key
    `import jwt from "jsonwebtoken"; export const enter = (req) => { if (req.headers.secret !== process.env.ADMIN_SECRET) return; return jwt.sign({ a: 1 }, process.env.ADMIN_SECRET, { expiresIn: "1h" }); };`,
    `import jwt from "jsonwebtoken"; export const enter = ({ password }) => { if (password !== process.env.ADMIN_PASSWORD) return; return jwt.sign({ a: 1 }, process.env.ADMIN_SECRET, { expiresIn: "1h" }); };`,
    `import jwt from "jsonwebtoken"; export const enter = ({ password }) => { if (password.length !== process.env.ADMIN_SECRET) return; return jwt.sign({ a: 1 }, process.env.ADMIN_SECRET, { expiresIn: "1h" }); };`,
    `import jwt from "jsonwebtoken"; export const enter = ({ password }) => { if (password === "") return; return jwt.sign({ a: password.length }, process.env.ADMIN_SECRET, { expiresIn: "1h" }); };`,
    `import jwt from "jsonwebtoken"; jwt.sign({ a: 1 }, process.env.JWT_PASSWORD, { expiresIn: "1h" }); jwt.sign({ a: 1 }, process.env.APP_KEY, { expiresIn: "1h" });`,
    `import jwt from "jsonwebtoken"; jwt.sign({ a: 1 }, { key: process.env.PRIVATE_KEY, passphrase: process.env.PASSPHRASE }, { algorithm: "RS256", expiresIn: "1h" });`,
    // What is only used in development is no-hardcoded-key's.
    `import jwt from "jsonwebtoken"; jwt.sign(p, process.env.NODE_ENV === "development" ? "dev" : process.env.KEY, { algorithm: "HS256" });`,
    // Keys that never run in production.
    `${JWT}const key = process.env.NODE_ENV === "test" ? "fake key" : process.env.JWT_KEY; jwt.sign(p, key);`,
    `${JWT}const key = process.env.NODE_ENV !== "test" ? process.env.JWT_KEY : "fake key"; jwt.sign(p, key);`,
    `${JWT}import { Env } from "./env.js"; let key; if (["test", "ci"].includes(Env.NODE_ENV)) { key = "fake key"; } else { key = Env.JWT_KEY; } jwt.sign(p, key);`,
    `${JWT}const key = process.env.JWT_KEY || "fake key"; if (process.env.NODE_ENV === "production" && key === "fake key") throw new Error("JWT_KEY"); jwt.sign(p, key);`,
    `${JWT}const key = process.env.JWT_KEY || (() => { if (process.env.NODE_ENV === "production") throw new Error("JWT_KEY"); return "fake key"; })(); jwt.sign(p, key);`,
    `${JWT}jwt.sign(p, process.env.JWT_SECRET);`,
    `${JWT}jwt.sign(p, process.env.JWT_SECRET || crypto.randomBytes(32).toString("hex"));`,
    `${JWT}jwt.sign(p, crypto.randomBytes(64), { algorithm: "HS512" });`,
    `${JWT}jwt.sign(p, crypto.randomBytes(size));`,
    `${JWT}jwt.sign(p, crypto.randomUUID() + crypto.randomUUID() + crypto.randomUUID());`,
    'import jwt from "jsonwebtoken";\nimport { nanoid } from "nanoid";\njwt.sign(p, nanoid(64));',
    'import jwt from "jsonwebtoken";\nimport { nanoid } from "nanoid";\njwt.sign(p, nanoid(16).concat(nanoid(16), nanoid(16)));',
    'import jwt from "jsonwebtoken";\nimport { nanoid } from "nanoid";\njwt.sign(p, nanoid(32));',
    'import jwt from "jsonwebtoken";\nimport { nanoid } from "nanoid";\njwt.sign(p, nanoid(64), { algorithm: "HS512" });',
    // Written, and yet not weak
    `${JWT}jwt.sign(p, "${HEX}");`,
    `${JWT}jwt.sign(p, Buffer.from("${HEX}", "hex"));`,
    `${JWT}jwt.sign(p, "${MIXED}");`,
    `${JWT}jwt.sign(p, "qmxkzjvwpghtyrlbncdfsaqmwxzkjhgp");`,
    // Unknown parts may be secret
    `${JWT}jwt.sign(p, user.password + Math.random());`,
    `${JWT}jwt.sign(p, \`\${process.env.SECRET}-\${Date.now()}\`);`,
    // Randomness beside a key
    `${JWT}jwt.sign({ id: Math.random() }, process.env.S, { jwtid: crypto.randomUUID() });`,
    `${JWT}export const code = Math.random().toString(36);\njwt.sign(p, process.env.S);`,
    // The length of a public key's text says nothing
    `${JWT}jwt.verify(t, "secret", { algorithms: ["RS256"] });`,
    `${JWT}jwt.verify(t, "${oneLine(LONG.publicKey)}");`,
    `${JWT}jwt.sign(p, \`${LONG.privateKey}\`, { algorithm: "RS256" });`,
    `${JWT}jwt.sign(p, "-----BEGIN PRIVATE KEY-----\\nfake\\n-----END PRIVATE KEY-----", { algorithm: "RS256" });`,
    `${JWT}const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });\njwt.sign(p, privateKey, { algorithm: "RS256" });`,
    `${JWT}const { privateKey } = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });\njwt.sign(p, privateKey, { algorithm: "ES256" });`,
    ...[
      'generateSync("RSA", 2048)',
      'generateSync("RSA")',
      'generateSync("RSA", bits)',
      'generateSync("EC", "P-256")',
      'generateSync("oct", 256)',
      'generateSync("oct")',
      "generateSync(kind, 1024)",
    ].map(
      (made) =>
        `import { JWK, JWT } from "@panva/jose"; export const make = (claims) => JWT.sign(claims, JWK.${made}, { expiresIn: "1 hour" });`,
    ),
    `${JWT}const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: bits });\njwt.sign(p, privateKey, { algorithm: "RS256" });`,
    `${JWT}jwt.sign(p, process.env.KEY, { algorithm: "RS256", allowInsecureKeySizes: false });`,
    {
      code: `${JWT}jwt.verify(t, process.env.KEY, { allowInvalidAsymmetricKeyTypes: true });`,
      ...version("jsonwebtoken", "8.5.1"),
    },
    // Signed by hand, with a good key, one from outside, or with one that is no secret
    `${JWT}${HAND}crypto.createHmac("sha256", process.env.JWT_SECRET).update(jwtText(claims)).digest("base64url");`,
    `${JWT}${HAND}crypto.createHmac("sha256", "${MIXED}").update(jwtText(claims)).digest("base64url");`,
    `${JWT}${HAND}crypto.createHmac("sha256", "secret").update(body).digest("hex");`,
    `${JWT}${HAND}crypto.createSign("RSA-SHA256").update(jwtText(claims)).sign({ key: process.env.KEY, passphrase: "secret" });`,
    `${JWT}${HAND}crypto.subtle.sign("HMAC", await crypto.subtle.importKey("raw", new TextEncoder().encode(process.env.KEY ?? ""), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]), new TextEncoder().encode(jwtText(claims)));`,
    // Empty texts that the library refuses, and those that are filled later
    `${JWT}jwt.sign(p, process.env.S || "");`,
    `${JWT}jwt.verify(t, process.env.S ?? "");`,
    `${JWT}let secret = "";\nexport async function load() { secret = await read(); }\njwt.verify(t, Buffer.from(secret));`,
    { code: `${JOSE}await jwtVerify(t, new TextEncoder().encode(process.env.S ?? ""));`, ...jose6 },
    {
      code: `${JOSE}await jwtVerify(t, new TextEncoder().encode(process.env.S));`,
      ...version("jose", "5.10.0"),
    },
    {
      code: `${JOSE}await new SignJWT(p).setProtectedHeader({ alg: "HS256" }).sign(randomBytes(32));`,
      ...jose6,
    },
    `${NEST}JwtModule.register({ secret: process.env.JWT_SECRET });`,
    'import { Strategy } from "passport-jwt";\nnew Strategy({ secretOrKey: process.env.S }, verify);',
    'import { expressjwt } from "express-jwt";\nexpressjwt({ secret: "secret", algorithms: ["RS256"] });',
    // They do not start with an empty text.
    'const jwt = require("express-jwt"); const secret = process.env.KEY || "";\napp.use(jwt({ secret, algorithms: ["HS256"] }));',
    'const jwt = require("koa-jwt"); // jwt\napp.use(jwt({ secret: process.env.KEY || "" }));',
  ],
  invalid: [
    predictable(written("«Math.random().toString(36).slice(-20)»")),
    predictable(written("process.env.JWT_SECRET || «Math.random().toString(36)»")),
    predictable(written("«String(Math.random())»")),
    // What a form brings is compared with it
    ...[
      "if (req.body.password !== process.env.ADMIN_SECRET) return;",
      "const { password } = req.body; if (process.env.ADMIN_SECRET === password) log();",
      "const { pin } = req.body; if (!timingSafeEqual(Buffer.from(pin), Buffer.from(process.env.ADMIN_SECRET))) return;",
    ].map((compared) =>
      marked(
        `import jwt from "jsonwebtoken"; import { timingSafeEqual } from "node:crypto"; export const enter = (req) => { ${compared} return jwt.sign({ a: 1 }, «process.env.ADMIN_SECRET», { expiresIn: "1h" }); };`,
        { messageId: "passwordKey", data: { name: "jwt.sign", bytes: "32", origin: "" } },
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken"; export const enter = ({ body: { password } }) => { const secret = «process.env.ADMIN_SECRET»; if (password !== secret) return; return jwt.sign({ a: 1 }, secret, { expiresIn: "1h" }); };`,
      { messageId: "passwordKey", data: { name: "jwt.sign", bytes: "32", origin: "" } },
    ),
    marked(
      `import jwt from "jsonwebtoken"; jwt.sign({ a: 1 }, «process.env.SITE_PASSWORD», { expiresIn: "1h" });`,
      { messageId: "passwordKey", data: { name: "jwt.sign", bytes: "32", origin: "" } },
    ),
    marked(
      `import { SignJWT } from "jose"; const key = new TextEncoder().encode(«process.env.ADMIN_PASSWORD»); await new SignJWT({ a: 1 }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key);`,
      { messageId: "passwordKey", data: { name: "sign", bytes: "32", origin: "" } },
    ),
    // Guessable
    guessable(`${JWT}jwt.sign(p, «"secret"»);`, PATTERN),
    guessable(`${JWT}jwt.sign(p, «"password123"»);`, PATTERN),
    guessable(`${JWT}jwt.sign(p, «"0123456789abcdef0123456789abcdef"»);`, PATTERN),
    guessable(`${JWT}jwt.sign(p, «"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"»);`, PATTERN),
    guessable(`${JWT}jwt.sign(p, «"your-256-bit-secret"»);`, WORDS),
    guessable(`${JWT}jwt.sign(p, «"my-super-secret-jwt-key-that-is-long-enough"»);`, WORDS),
    guessable(`${JWT}jwt.sign(p, «"thisismysupersecretkeythatnobodycanguess"»);`, WORDS),
    guessable(`${JWT}jwt.sign(p, «"aVeryLongSecretKeyWithAtLeast32Characters!"»);`, WORDS),
    // What only stands in for another key
    marked(
      `${JWT}const secret = process.env.S || «"dev-secret"»;\njwt.sign(p, secret, { algorithm: "HS512" });`,
      {
        messageId: "guessableFallback",
        data: { name: "jwt.sign", what: PATTERN, bytes: "64", origin: "", variable: "S" },
      },
    ),
    marked(
      `import { verify } from "@tsndr/cloudflare-worker-jwt"; export const check = (token, env) => verify(token, env.JWT_SECRET || «"dev-secret"»);`,
      {
        messageId: "guessableFallback",
        data: {
          name: "verify",
          what: PATTERN,
          bytes: "32",
          origin: "",
          variable: "env.JWT_SECRET",
        },
      },
    ),
    marked(`${JWT}jwt.sign(p, process.env.S ?? «"x7Kq9mZ2pL4w"», { algorithm: "HS256" });`, {
      messageId: "shortFallback",
      data: {
        name: "jwt.sign",
        bits: "96",
        algorithm: "HS256",
        minimum: "256",
        bytes: "32",
        origin: "",
        variable: "S",
      },
    }),
    guessable(`${JWT}jwt.verify(t, «"secret"», { algorithms: ["HS256", "RS256"] });`, PATTERN, {
      name: "jwt.verify",
    }),
    guessable(
      `${JWT}jwt.sign(p, crypto.createHash("sha256").update(«"secret"»).digest());`,
      PATTERN,
    ),
    guessable(`${JWT}jwt.sign(p, crypto.createSecretKey(Buffer.from(«"secret"»)));`, PATTERN),
    // Short
    short(`${JWT}jwt.sign(p, «"kR9vX2mQ8pL4wZ7n"»);`, 128),
    short(`${JWT}jwt.sign(p, «"${MIXED}"», { algorithm: "HS512" });`, 256, {
      algorithm: "HS512",
      minimum: 512,
    }),
    short(`${JWT}jwt.sign(p, Buffer.from(«"8f4b2c9e1d7a6053b8e2f1c4d9a7e6b5"», "hex"));`, 128),
    short(`${JWT}jwt.verify(t, «"kR9vX2mQ8pL4wZ7n"», { algorithms: ["HS512", "HS384"] });`, 128, {
      name: "jwt.verify",
      algorithm: "HS384",
      minimum: 384,
    }),
    short(`${JWT}jwt.sign(p, «crypto.randomBytes(16)»);`, 128, { longer: "16" }),
    short(`${JWT}jwt.sign(p, «crypto.randomBytes(24)»);`, 192, { longer: "24" }),
    short(`${JWT}import { nanoid } from "nanoid"; jwt.sign(p, «nanoid(31)»);`, 186),
    short(`${JWT}import { nanoid } from "nanoid"; jwt.sign(p, «nanoid(8).concat(nanoid(8))»);`, 96),
    short(
      `${JWT}const key = process.env.S ?? «crypto.randomBytes(16).toString("hex")»;\njwt.sign(p, key);`,
      128,
      { longer: "16" },
    ),
    short(`${JWT}jwt.sign(p, «crypto.randomBytes(32)», { algorithm: "HS512" });`, 256, {
      algorithm: "HS512",
      minimum: 512,
      longer: "32",
    }),
    short(`${JWT}jwt.sign(p, «crypto.randomUUID()»);`, 122),
    short(
      'import jwt from "jsonwebtoken";\nimport { v4 } from "uuid";\nconst key = «v4()»;\njwt.sign(p, key);',
      122,
    ),
    short(
      'const jwt = require("jsonwebtoken");\nconst { randomBytes } = require("crypto");\njwt.sign(p, «randomBytes(8)»);',
      64,
      { longer: "8" },
    ),
    // Predictable
    predictable(`${JWT}jwt.sign(p, «Math.random().toString(36)»);`),
    predictable(
      `${JWT}const key = «Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2)»;\njwt.sign(p, key);`,
    ),
    predictable(`${JWT}jwt.sign(p, «\`\${Date.now()}-\${Math.random()}\`»);`),
    predictable(`${JWT}jwt.sign(p, «\`\${Date.now()}\`»);`, "The time"),
    // A date that is written down, or a part of one
    ...[
      "Date.now().toString()",
      "new Date().toISOString()",
      "new Date().toLocaleDateString('en')",
      "`key-${new Date().getFullYear()}`",
    ].map((key) => predictable(`${JWT}jwt.sign(p, «${key}»);`, "The time")),
    ...["dayjs", "moment"].map((name) =>
      predictable(
        `${JWT}import ${name} from "${name}";\njwt.sign(p, process.env.KEY || crypto.createHash("sha256").update(«${name}().format("YYYYMMDD")»).digest("hex"));`,
        "The time",
      ),
    ),
    // Empty
    empty(`${JWT}jwt.sign(p, Buffer.from(process.env.S ?? «""»));`),
    empty(`${JWT}jwt.verify(t, Buffer.from(«"secret"», "hex"));`, { name: "jwt.verify" }),
    empty(`${JWT}jwt.verify(t, process.env.S || «""»);`, {
      name: "jwt.verify",
      ...version("jsonwebtoken", "8.5.1"),
    }),
    empty(`${JOSE}await jwtVerify(t, new TextEncoder().encode(process.env.S ?? «""»));`, {
      name: "jwtVerify",
      ...version("jose", "5.10.0"),
    }),
    // Asked for another name, or behind the use
    ...["if (!other) return;", "if (key) log();", "if (key) return;"].map((test) =>
      empty(
        `${JWT}export function check(t) { const key = process.env.S || «""»; ${test} return jwt.verify(t, key); }`,
        { name: "jwt.verify", ...version("jsonwebtoken", "8.5.1") },
      ),
    ),
    // RSA
    // The first releases of jose
    ...["JWK.generateSync", "await JWK.generate"].map((made) => {
      const code = (mark: string) =>
        `import { JWK, JWT } from "@panva/jose"; export const make = async (claims) => JWT.sign(claims, ${mark}, { algorithm: "PS256", expiresIn: "1 hour" });`;
      const call = `${made}("RSA", 1024)`;
      return marked(code(call.replace(/JWK.*/u, "«$&»")), {
        messageId: "shortRsaKey",
        data: { bits: "1024", origin: "" },
        suggestions: [
          {
            messageId: "lengthen",
            data: { from: "1024", to: "2048" },
            output: code(`${made}("RSA", 2048)`),
          },
        ],
      });
    }),
    marked(
      `import { JWK, JWT } from "jose"; export const make = (claims) => JWT.sign(claims, «JWK.generateSync("oct", 64)», { algorithm: "HS256", expiresIn: "1 hour" });`,
      {
        messageId: "shortKey",
        data: {
          name: "JWT.sign",
          bits: "64 random",
          algorithm: "HS256",
          minimum: "256",
          bytes: "32",
          origin: "",
        },
      },
    ),
    marked(
      `${JWT}const { privateKey } = «crypto.generateKeyPairSync("rsa", { modulusLength: 1024 })»;\njwt.sign(p, privateKey, { algorithm: "RS256" });`,
      {
        messageId: "shortRsaKey",
        data: { bits: "1024", origin: "" },
        suggestions: [
          {
            messageId: "lengthen",
            data: { from: "1024", to: "2048" },
            output: `${JWT}const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });\njwt.sign(p, privateKey, { algorithm: "RS256" });`,
          },
        ],
      },
    ),
    rsa(`${JWT}jwt.verify(t, «"${oneLine(SHORT.publicKey)}"»);`),
    rsa(`${JWT}const PEM = «\`${SHORT.privateKey}\`»;\njwt.sign(p, PEM, { algorithm: "RS256" });`),
    rsa(
      `${JWT}const PEM = «"${oneLine(SHORT.publicKey).replaceAll("\\n", "\\\\n")}"».replace(/\\\\n/g, "\\n");\njwt.verify(t, PEM);`,
    ),
    // By hand
    guessable(
      `${JWT}${HAND}crypto.createHmac("sha256", «"secret"»).update(jwtText(claims)).digest("base64url");`,
      PATTERN,
      { name: "createHmac" },
    ),
    guessable(`${HAND}CryptoJS.HmacSHA256(jwtText(claims), «"my_secret_key"»);`, WORDS, {
      name: "CryptoJS.HmacSHA256",
    }),
    short(
      `${JWT}${HAND}crypto.createHmac("sha512", «"${MIXED}"»).update(jwtText(claims)).digest("base64url");`,
      256,
      { name: "createHmac", algorithm: "HS512", minimum: 512 },
    ),
    predictable(
      `${JWT}${HAND}crypto.createHmac("sha256", «Math.random().toString(36)»).update(jwtText(claims)).digest("base64url");`,
      "Math.random",
      { name: "createHmac" },
    ),
    empty(
      `${JWT}${HAND}crypto.createHmac("sha256", process.env.JWT_SECRET || «""»).update(jwtText(claims)).digest("base64url");`,
      { name: "createHmac" },
    ),
    // The switch
    weakAllowed(
      `${JWT}jwt.sign(p, key, { algorithm: "RS256", «allowInsecureKeySizes: true» });`,
      "allowInsecureKeySizes",
      `${JWT}jwt.sign(p, key, { algorithm: "RS256" });`,
    ),
    weakAllowed(
      `${JWT}jwt.verify(t, key, { «allowInvalidAsymmetricKeyTypes: true», algorithms: ["RS256"] });`,
      "allowInvalidAsymmetricKeyTypes",
      `${JWT}jwt.verify(t, key, { algorithms: ["RS256"] });`,
      { name: "jwt.verify" },
    ),
    weakAllowed(
      `${NEST}JwtModule.register({ privateKey: process.env.K, signOptions: { algorithm: "RS256", «allowInsecureKeySizes: true» } });`,
      "allowInsecureKeySizes",
      `${NEST}JwtModule.register({ privateKey: process.env.K, signOptions: { algorithm: "RS256" } });`,
      { name: "JwtModule.register" },
    ),
    // jose
    guessable(
      `${JOSE}await jwtVerify(t, new TextEncoder().encode(«"secret"»), { algorithms: ["HS256"] });`,
      PATTERN,
      { name: "jwtVerify", ...jose6 },
    ),
    short(
      `${JOSE}await new SignJWT(p).setProtectedHeader({ alg: "HS512" }).sign(«randomBytes(32)»);`,
      256,
      { name: "sign", algorithm: "HS512", minimum: 512, longer: "32", ...jose6 },
    ),
    short(
      `${JOSE}export const key = await importJWK({ kty: "oct", k: «"kR9vX2mQ8pL4wZ7nT1cB6y"» });`,
      128,
      { name: "importJWK", ...jose6 },
    ),
    // The others
    guessable(
      `${NEST}JwtModule.register({ secret: «"secretKey"», signOptions: { expiresIn: "60s" } });`,
      PATTERN,
      { name: "JwtModule.register" },
    ),
    guessable(
      'import { Strategy } from "passport-jwt";\nnew Strategy({ jwtFromRequest, secretOrKey: «"secret"» }, verify);',
      PATTERN,
      { name: "Strategy" },
    ),
    guessable(
      'import { expressjwt } from "express-jwt";\nexpressjwt({ secret: «"secret"», algorithms: ["HS256"] });',
      PATTERN,
      { name: "expressjwt" },
    ),
  ],
});
