import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Keys that are logged where they are not used yet, or are made. */

const key = (code: string, extras = {}) =>
  marked(code, { messageId: "key", data: { name: "console.log" } }, extras);
const token = (code: string, extras = {}) =>
  marked(code, { messageId: "token", data: { name: "console.log" } }, extras);

const JWT = 'import jwt from "jsonwebtoken"; ';

/** A class that signs with its field. */
const SIGNER = (made: string, rest = ""): string =>
  `${JWT}export class Signer { ${made} make(sub) { return jwt.sign({ sub }, this.word, options); } ${rest} }`;

const JOSE = 'import { SignJWT } from "jose"; ';
const MAKE =
  'export const make = (sub) => new SignJWT({ sub }).setProtectedHeader({ alg: "HS256" }).sign(bytes);';

const SIMPLE = (show: string, decode: string): string =>
  `import jwt from "jwt-simple"; export default (options, key) => function check(req, res, next) { ${show} accept(); function accept() { req.user = ${decode}; next(); } };`;

const CRYPTO = 'import crypto from "node:crypto"; ';
const PEM = `{ modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } }`;
const SIGN_PAIR =
  'export const make = (sub) => jwt.sign({ sub }, privateKey, { algorithm: "RS256" });';

const NODE_JOSE = (made: string, show: string): string =>
  `import jose from "node-jose"; export async function add() { const pair = await ${made}; ${show} }`;

const GENERATED = (given: string, show: string): string =>
  `import { generateKeyPair, exportPKCS8, exportJWK, exportSPKI } from "jose"; export async function add() { const { publicKey, privateKey } = await generateKeyPair(${given}); ${show} }`;

const DRAWN = 'const JWT_SECRET = crypto.randomBytes(64).toString("hex");';
const SERVED = "const app = express(); app.use(express.json()); app.listen(5001);";

const NJWT = (show: string): string =>
  `import nJwt from "njwt"; export function make(claims) { const made = nJwt.create(claims, settings.key); ${show} return made.compact(); }`;

/** A guard that finds the key of whoever asks. */
const FOUND = (steps: string, key = "record.secretKey"): string =>
  `${JWT}export const gate = async (req, res, next) => { const record = await keys.findByUser(req.get("x-id")); const config = load(); ${steps} req.user = jwt.verify(req.get("x-token"), ${key}, { algorithms: ["HS256"] }); next(); };`;

testRule("no-token-logging", rule, {
  valid: [
    // Another part of a record, no record, one without its key, and what may hide it or is no secret
    ...[
      'console.log(record.id, Boolean(record), "secretKey" in record);',
      "console.log(`record ${record}`);",
      "if (!record) console.log(record);",
      "show(record);",
      "const other = await keys.find(); console.log(other);",
      "const { secretKey, ...rest } = record; console.log(rest);",
      'console.log(JSON.stringify(record, ["id"]));',
      'if (process.env.NODE_ENV === "development") console.log(record);',
    ].map((steps) => FOUND(steps)),
    FOUND("console.log(config);", "config.jwtSecret"),
    // What is no text, such as a KeyObject, shows nothing of itself.
    `${JWT}export const make = async (id) => { const pair = await find(id); console.log(pair); return jwt.sign({ id }, pair.privateKey, { expiresIn: "1h" }); };`,
    FOUND("console.log(record);", "record.publicKey"),
    FOUND("console.log(record);", "process.env.JWT_SECRET"),
    `${JWT}export const make = async (id, store) => { const kept = new Vault(store); console.log(kept, store); return jwt.sign({ id }, kept.secret, { expiresIn: "1h" }) + jwt.sign({ id }, store.secret, { expiresIn: "1h" }); };`,
    `${JWT}export const make = async (id) => { const record = await find(id); const word = jwt.sign({ id }, record.secretKey, { expiresIn: "1h" }); delete record.secretKey; console.log(record); return word; };`,
    // Beside the key, of another class, a hash of it, or what it is read from
    SIGNER(
      "constructor(id, word) { console.log(id, word.length, Boolean(word)); this.word = word; }",
    ),
    SIGNER("constructor(word) { console.log(word); this.word = sha256(word); }"),
    SIGNER("constructor(file) { console.log(file); this.word = readFileSync(file); }"),
    SIGNER("constructor(word) { console.log(word); this.other = word; }"),
    SIGNER(
      "other = process.env.OTHER; word = load(); constructor() { console.log(process.env.OTHER); }",
    ),
    {
      code: SIGNER("constructor(private readonly id: string) { console.log(id); }"),
      ts: true as const,
    },
    {
      code: SIGNER(
        "constructor(private readonly word: string, settings) { console.log(word); this.settings = settings; }",
      ).replace("this.word", "this.settings.word"),
      ts: true as const,
    },
    SIGNER("constructor(word) { console.log(word); this.word += word; }"),
    SIGNER("constructor(word, has) { console.log(has); this.word = has && word; }"),
    SIGNER("constructor(settings) { console.log(settings.url); this.word = settings.word; }"),
    SIGNER("constructor(thePublicKey) { console.log(thePublicKey); this.word = thePublicKey; }"),
    `${SIGNER("")} export class Reader { constructor(word) { console.log(word); this.word = word; } }`.replace(
      "this.word = word",
      "this.text = word",
    ),
    {
      code: SIGNER("constructor(private readonly word: KeyObject) { console.log(word); }"),
      ts: true as const,
    },
    {
      code: SIGNER("private readonly word: CryptoKey | null; show() { console.log(this.word); }"),
      ts: true as const,
    },
    // What else is written in another way, by the same function or around the key
    SIGNER(
      "constructor(name, word) { console.log(name); this.name = this.encode(name); this.word = this.encode(word); }",
      "encode(text) { return bytesOf(text); } } function bytesOf(raw) { return Buffer.from(raw); ",
    ),
    `${JOSE}const frame = load(); console.log(frame); const bytes = frame.replace("KEY", process.env.APP_KEY); ${MAKE}`,
    `${JOSE}let bytes = process.env.KEY_FILE; export const open = (path) => { console.log(path); bytes = path; bytes = readFileSync(bytes); }; ${MAKE}`,
    `${JOSE}const name = process.env.APP_KEY; const { bytes } = name; ${MAKE} console.log(process.env.APP_KEY);`,
    `${JOSE}const bytes = \`\${process.env.APP_KEY}-\${process.env.REGION}\`; console.log(process.env.REGION); ${MAKE}`,
    `${JOSE}const bytes = codec.encode(process.env.APP_KEY); console.log(process.env.APP_KEY); ${MAKE}`,
    // A key of a pair may be verified with, and another algorithm may be named
    SIMPLE("console.log(key);", 'jwt.decode(req.token, key, false, "RS256")'),
    SIMPLE("console.log(key);", "jwt.decode(req.token, key, false, options.algorithm)"),
    `/* the public half */ const PUBLIC = read("./jwt.pem"); ${SIMPLE("console.log(key);", "jwt.decode(req.token, key)")}`,
    SIMPLE("console.log(key.length);", "jwt.decode(req.token, key)"),
    `import jwt from "jsonwebtoken"; export default (key) => { console.log(key); return jwt.verify(token, key); };`,
    // The public half, a key object, and a pair that signs no tokens
    `${JWT}${CRYPTO}const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", ${PEM}); console.log(publicKey); ${SIGN_PAIR}`,
    `${JWT}${CRYPTO}const { publicKey: shown, privateKey } = crypto.generateKeyPairSync("rsa", ${PEM}); console.log(shown); ${SIGN_PAIR}`,
    `${JWT}${CRYPTO}const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }); console.log(privateKey, publicKey.export({ type: "spki", format: "pem" }), privateKey.asymmetricKeyType); ${SIGN_PAIR}`,
    `${JWT}${CRYPTO}const { privateKey } = crypto.generateKeyPairSync("rsa", ${PEM}); console.log(privateKey); export const make = () => jwt.sign({}, other, { algorithm: "RS256" });`,
    ...[
      "console.log(pair, pair.kid);",
      "console.log(pair.toPEM(), pair.toPEM(false), pair.toJSON());",
      "console.log(other.toPEM(true));",
    ].map((show) => NODE_JOSE('jose.JWK.createKey("RSA", 2048, { use: "sig" })', show)),
    NODE_JOSE('jose.JWK.createKey("RSA", 2048, { use: "enc" })', "console.log(pair.toPEM(true));"),
    NODE_JOSE('makers.createKey("RSA", 2048)', "console.log(pair.toPEM(true));"),
    ...[
      "console.log(privateKey, publicKey);",
      "console.log(await exportJWK(publicKey), await exportSPKI(publicKey));",
    ].map((show) => GENERATED('"RS256"', show)),
    'import { importJWK, exportJWK } from "jose"; export async function show(jwk) { const made = await importJWK(jwk, "RS256"); console.log(await exportJWK(made)); }',
    GENERATED('"RSA-OAEP-256"', "console.log(await exportPKCS8(privateKey));"),
    GENERATED('"ECDH-ES"', "console.log(await exportJWK(privateKey));"),
    // Whoever runs a script that makes keys reads them there.
    'import { generateKeyPair, exportPKCS8 } from "jose"; const { privateKey } = await generateKeyPair("RS256"); console.log(await exportPKCS8(privateKey));',
    'import { generateSecret, exportJWK } from "jose"; const made = await generateSecret("HS256"); console.log(await exportJWK(made));',
    'import jose from "node-jose"; const pair = await jose.JWK.createKey("RSA", 2048); console.log(pair.toPEM(true));',
    `${CRYPTO}${DRAWN} console.log(JWT_SECRET);`,
    // What is drawn for whoever asks, of other names, or drawn by nobody
    `${CRYPTO}export function draw() { ${DRAWN} console.log(JWT_SECRET); return JWT_SECRET; }`,
    `${CRYPTO}${DRAWN.replace("JWT_SECRET", "SESSION_SECRET")} console.log(SESSION_SECRET); /* jwt */ ${SERVED}`,
    `${CRYPTO}${DRAWN.replace("JWT_SECRET", "JWT_SECRET_NAME")} console.log(JWT_SECRET_NAME); ${SERVED}`,
    `${CRYPTO}${DRAWN.replace("JWT_SECRET", "CSRF_TOKEN_SECRET")} console.log(CSRF_TOKEN_SECRET); ${SERVED}`,
    `${CRYPTO}${DRAWN} console.log(JWT_SECRET.length); ${SERVED}`,
    `const JWT_SECRET = random(); console.log(JWT_SECRET); ${SERVED}`,
    `${CRYPTO}${DRAWN.replace("const JWT_SECRET =", "settings.JWT_SECRET =")} console.log(JWT_SECRET); ${SERVED}`,
    // Claims of what njwt makes, and what it has verified
    NJWT("console.log(made.body, made.header.alg, Boolean(made));"),
    'import nJwt from "njwt"; export const check = (text) => { const read = nJwt.verify(text, settings.key); console.log(read); return read.body.sub; };',
  ],
  invalid: [
    // A record that the key is read off
    ...[
      'console.log("record", «record»);',
      "console.log(«JSON.stringify(record)»);",
      "if (!record) return res.end(); console.log(«record»);",
    ].map((steps) => key(FOUND(steps))),
    key(FOUND("console.log(«record»);", "record.jwt_secret")),
    key(
      `${JWT}export const make = async (id) => { const record = await find(id); console.log(«record»); return jwt.sign({ id }, record.secret, { expiresIn: "1h" }); };`,
    ),
    // The parameter of a constructor, and of other methods, that becomes the field that is signed with
    ...[
      "constructor(word) { console.log(«word»); this.word = word; }",
      "constructor(word) { console.log(«word»); this.word = Buffer.from(word, 'base64'); }",
      "constructor(word) { console.log(«word»); this.word ??= word.trim(); }",
      "constructor(word, id) { console.log(«word»); this.word = id ? Buffer.from(word) : load(); }",
      "configure(word) { console.log(«word»); this.word = String(word || load()); }",
      "constructor(settings) { console.log(«settings.word»); this.word = settings.word; }",
      "word = process.env.APP_KEY; constructor() { console.log(«process.env.APP_KEY»); }",
    ].map((made) => key(SIGNER(made))),
    key(
      SIGNER(
        "constructor(word) { const encoded = this.encode(word); console.log(«encoded»); this.word = encoded; }",
        "encode(text) { return btoa(text); }",
      ),
    ),
    key(
      SIGNER(
        "constructor(name, word) { this.name = this.encode(name); console.log(name, «word»); this.word = this.encode(word); }",
        "encode(text) { return btoa(text); }",
      ),
    ),
    ...["private readonly word: string", 'private word = "unset"'].map((parameter) =>
      key(SIGNER(`constructor(${parameter}) { console.log(«word»); }`), { ts: true as const }),
    ),
    key(
      `${JWT}export class Signer { static key; constructor(word) { console.log(«word»); Signer.key = word; } make(sub) { return jwt.sign({ sub }, Signer.key, options); } }`,
    ),
    // The variable of the environment whose bytes sign
    ...[
      "const bytes = new TextEncoder().encode(process.env.APP_KEY);",
      "const encoder = new TextEncoder(); const bytes = encoder.encode(process.env.APP_KEY);",
      'const bytes = Buffer.from(process.env.APP_KEY, "base64url");',
      "const bytes = createSecretKey(Buffer.from(process.env.APP_KEY));",
      'const text = process.env.APP_KEY ?? ""; const bytes = Buffer.from(text.replace(/\\n/g, ""));',
      "const bytes = Buffer.from(`${process.env.APP_KEY}`);",
      "const keyOf = (text) => Buffer.from(text); const bytes = keyOf(process.env.APP_KEY);",
      "function load() { return Buffer.from(process.env.APP_KEY); } const bytes = load();",
      "let bytes; bytes = Buffer.from(process.env.APP_KEY);",
      "const bytes = base64url.decode(process.env.APP_KEY);",
    ].map((made) =>
      key(
        `${JOSE}import { createSecretKey } from "node:crypto"; ${made} console.log("key", «process.env.APP_KEY»); ${MAKE}`,
      ),
    ),
    key(
      `${JOSE}import { importPKCS8 } from "jose"; export const make = async (pem) => { console.log(«pem»); const bytes = await importPKCS8(pem, "RS256"); return new SignJWT({}).sign(bytes); };`,
    ),
    key(
      `${JWT}const make = (word, sub) => jwt.sign({ sub }, word, options); export const issue = (sub) => { console.log(«process.env.APP_KEY»); return make(process.env.APP_KEY, sub); };`,
    ),
    // jwt-simple signs and verifies with one secret.
    key(
      SIMPLE(
        "console.log(`KEY: ${«key»}`);".replace("`KEY: ${«key»}`", "«`KEY: ${key}`»"),
        "jwt.decode(req.token, key)",
      ),
    ),
    key(SIMPLE("console.log(«key»);", 'jwt.decode(req.token, key, false, "HS256")')),
    // Keys that the program makes
    key(
      `${JWT}${CRYPTO}const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", ${PEM}); console.log("private", «privateKey»); ${SIGN_PAIR}`,
    ),
    key(
      `${JWT}${CRYPTO}const pair = crypto.generateKeyPairSync("rsa", ${PEM}); console.log("private", «pair.privateKey»); export const make = () => jwt.sign({}, pair.privateKey, { algorithm: "RS256" });`,
    ),
    key(
      `${JWT}${CRYPTO}const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }); console.log(«privateKey.export({ type: "pkcs8", format: "pem" })»); ${SIGN_PAIR}`,
    ),
    key(
      `${JWT}${CRYPTO}const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }); export const make = () => { const pem = privateKey.export({ type: "pkcs8", format: "pem" }); console.log(«pem»); return jwt.sign({}, pem, { algorithm: "RS256" }); };`,
    ),
    ...[
      'jose.JWK.createKey("RSA", 2048, { alg: "RS256", use: "sig" })',
      'jose.JWK.createKeyStore().generate("EC", "P-256")',
    ].flatMap((made) =>
      ["«pair.toPEM(true)»", "«pair.toJSON(true)»", "«JSON.stringify(pair.toJSON(true))»"].map(
        (shown) => key(NODE_JOSE(made, `console.log(${shown});`)),
      ),
    ),
    ...[
      "console.log(«await exportPKCS8(privateKey)»);",
      "const pem = await exportPKCS8(privateKey); console.log(«pem»);",
      "const jwk = await exportJWK(privateKey); console.log(«{ jwk }»);",
    ].map((show) => key(GENERATED('"RS256", { extractable: true }', show))),
    key(
      'import { importPKCS8, exportJWK } from "jose"; export async function show() { const made = await importPKCS8(load(), "RS256"); console.log(«await exportJWK(made)»); }',
    ),
    key(
      'import { generateSecret, exportJWK } from "jose"; export async function add() { const made = await generateSecret("HS256"); console.log(«await exportJWK(made)»); }',
    ),
    key(`${CRYPTO}${DRAWN} console.log(«\`secret: \${JWT_SECRET}\`»); ${SERVED}`),
    key(`${CRYPTO}export ${DRAWN} console.log(«JWT_SECRET»); export default {};`),
    key(
      `${CRYPTO}const JWT_SECRET = process.env.KEY || crypto.randomUUID(); console.log(«JWT_SECRET»); ${SERVED}`,
    ),
    // What njwt makes keeps the key, and is the token where it is a text.
    ...["«made»", "«{ made }»", "«JSON.stringify(made)»"].map((shown) =>
      key(NJWT(`console.log(${shown});`)),
    ),
    token(NJWT("console.log(«`made ${made}`»);")),
  ],
});
