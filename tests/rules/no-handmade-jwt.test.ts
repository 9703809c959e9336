import rule from "../../src/rules/no-handmade-jwt.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const signs = (code: string) => marked(code, { messageId: "signs" });
const verifies = (code: string) => marked(code, { messageId: "verifies" });
const hashes = (code: string) => marked(code, { messageId: "hashes" });
const compares = (code: string) => marked(code, { messageId: "compares" });

const CRYPTO = 'const { createHmac, createSign, timingSafeEqual } = require("node:crypto");\n';
const ENCODE =
  'const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");\n';
const PARTS = `${CRYPTO}${ENCODE}const header = encode({ alg: "HS256", typ: "JWT" }); const payload = encode(claims);\n`;
const HASHED = `${ENCODE}import { createHash } from "node:crypto"; const header = encode({ alg: "HS256", typ: "JWT" }); const payload = encode(claims); const secret = process.env.APP_KEY;\n`;
const SPLIT = `${CRYPTO}function check(token) { const [header, payload, signature] = token.split(".");\n`;

testRule("no-handmade-jwt", rule, {
  valid: [
    // Functions of other files that sign texts of another kind, and whole claims.
    `import { sign } from "./crypto.js"; const encode = (part) => btoa(JSON.stringify(part)); export const order = (url, nonce, body) => { const header = encode({ alg: "ES256", nonce, url }); return sign(\`\${header}.\${encode(body)}\`); }; export const headerOf = () => encode({ alg: "HS256", typ: "JWT" });`,
    `import { sign } from "./crypto.js"; export const hook = (at, body) => sign(\`\${at}.\${body}\`); // jwt`,
    `import { signToken } from "./crypto.js"; export const make = (claims) => signToken({ alg: "HS256", typ: "JWT" }, claims);`,
    `import { signIn } from "./auth.js"; const encode = (part) => btoa(JSON.stringify(part)); export const make = (claims) => signIn(encode({ alg: "HS256", typ: "JWT" }) + "." + encode(claims));`,
    // A library does it
    `import jwt from "jsonwebtoken"; const token = jwt.sign(claims, key); jwt.verify(token, key, options);`,
    `import { SignJWT } from "jose"; new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(key);`,
    // Reading a token apart is another rule's matter
    `function exp(token) { return JSON.parse(atob(token.split(".")[1])).exp; }`,
    `${CRYPTO}const header = decode(token.split(".")[0]); const id = createHmac("sha256", key).update(header.kid).digest("hex");`,
    // Webhooks sign a time and a body
    `${CRYPTO}const expected = createHmac("sha256", secret).update(\`\${timestamp}.\${body}\`).digest("hex"); // token`,
    `${CRYPTO}function stripe(header, payload) { const parts = header.split(","); const signed = createHmac("sha256", secret).update(parts[0] + "." + payload).digest("hex"); return timingSafeEqual(Buffer.from(signed), Buffer.from(parts[1])); } // token`,
    `${CRYPTO}const base = \`v0:\${timestamp}:\${body}\`; createHmac("sha256", secret).update(base).digest("hex"); // token`,
    `${CRYPTO}const id = createHmac("sha256", secret).update(\`\${id}.\${messageTime}.\${rawBody}\`).digest("base64"); // token`,
    // Tokens of a form of one's own
    `${CRYPTO}function check(token) { const [id, time, mac] = token.split("."); return timingSafeEqual(mac, createHmac("sha256", key).update(\`\${id}.\${time}\`).digest()); }`,
    `${CRYPTO}const token = id + "." + createHmac("sha256", key).update(id).digest("hex");`,
    `${CRYPTO}function check(apiKey) { const [header, payload] = apiKey.split("."); return createHmac("sha256", key).update(\`\${header}.\${payload}\`).digest("hex"); } // jwt`,
    // Other signatures
    `${CRYPTO}const etag = createHmac("sha1", key).update(JSON.stringify({ alg: "x" })).digest("hex"); // token`,
    `${CRYPTO}createSign("RSA-SHA256").update(document).sign(privateKey); // token`,
    `${CRYPTO}const link = path + "?sig=" + createHmac("sha256", key).update(path + "." + expires).digest("hex"); // token`,
    `const token = hash.update(\`\${header}.\${payload}\`);`,
    // A signature that has the form of a webhook's, in a file about tokens
    `${CRYPTO}const [timestamp, signature] = req.headers["x-signature"].split("."); const expected = createHmac("sha256", key).update(\`\${timestamp}.\${req.rawBody}\`).digest("hex"); if (expected !== signature) throw new Error("bad signature"); // jwt`,
    `${CRYPTO}const signed = id + "." + timestamp + "." + body; const expected = createHmac("sha256", key).update(signed).digest("base64"); // jwt, alg`,
    `${CRYPTO}const payload = [timestamp, body].join("."); const ok = createHmac("sha256", key).update(payload).digest("hex") === req.headers["x-hub-signature"]; // jwt`,
    `${CRYPTO}const header = req.headers["x-signature"]; const mac = createHmac("sha256", key).update(\`\${header}.\${body}\`).digest("hex"); // jwt`,
    `${CRYPTO}const [value, signature] = cookie.split("."); const ok = signature === createHmac("sha256", key).update(value).digest("base64url"); // jwt`,
    `${CRYPTO}const [, payload] = token.split("."); const digest = createHmac("sha256", key).update(payload).digest("hex"); // jwt`,
    `${CRYPTO}const text = ["AWS4-HMAC-SHA256", date, scope, hash].join("\\n"); const mac = createHmac("sha256", key).update(text).digest("hex"); // token`,
    `${CRYPTO}const options = { alg: "sha256" }; const mac = createHmac(options.alg, key).update(\`\${host}.\${port}\`).digest(); // token`,
    // Orders to a certificate authority (RFC 8555) are no tokens
    `${CRYPTO}${ENCODE}const head = encode({ alg: "RS256", kid, nonce, url }); const signer = createSign("RSA-SHA256"); signer.update(\`\${head}.\${encode(body)}\`); // jwk`,
    // Parts from out of sight
    `${CRYPTO}export function sign(header, payload) { return createHmac("sha256", key).update(\`\${header}.\${payload}\`).digest("base64url"); } // jwt`,
    `import { parts } from "./parts.js"; const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(\`\${parts[0]}.\${parts[1]}\`)); // jwt`,
    // The library does it
    `import jwt from "jsonwebtoken"; const token = jwt.sign(claims, key, { algorithm: "HS256" });`,
    `import { SignJWT } from "jose"; const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(key);`,
    `import jwt from "jsonwebtoken"; function check(token) { return jwt.verify(token, key, { algorithms: ["HS256"] }); }`,
    `import { jwtVerify } from "jose"; const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"] });`,
    // A digest of a token is no signature of one
    `${CRYPTO}const id = createHmac("sha256", key).update(token).digest("hex"); // jwt`,
    `${CRYPTO}const seen = createHmac("sha256", pepper).update(claims.jti).digest("hex"); // jwt`,
    // Hashes of the parts of a token without a secret, and of others with one
    ...[
      "`${header}.${payload}`",
      "header + '.' + payload",
      "`${header}.${payload}${user.id}`",
      "`${user.id}:${secret}`",
      "header + process.env.SECRET",
      "`${header}-${payload}${secret}`",
      "`${secret}-${header}-${payload}`",
    ].map(
      (text) => `${HASHED}const mac = createHash("sha256").update(${text}).digest("hex"); // jwt`,
    ),
    `${HASHED}const mac = createHash("sha256").copy(\`\${header}.\${payload}\${process.env.KEY}\`); // jwt`,
    // Others of these names
    `const version = manifest.version.split(".").slice(0, 2).join("."); db.update(version); // jwt`,
    `const [major, minor] = version.split("."); cache.update(\`\${major}.\${minor}\`); // jwt`,
  ],
  invalid: [
    // A hash with a secret in it
    ...[
      "`${header}.${payload}${process.env.APP}`",
      "`${header}.${payload}.${secret}`",
      "`${secret}.${header}.${payload}`",
      "header + '.' + payload + secret",
      "secret + `${header}.${payload}`",
      "`${text}${secret}`",
      "`${secret}${text}`",
      "salted",
    ].map((text) =>
      hashes(
        `${HASHED}const text = header + "." + payload; const salted = text + secret; const mac = «createHash("sha256").update(${text})».digest("hex"); // jwt`,
      ),
    ),
    hashes(
      `const { createHash } = require("node:crypto"); const encode = (text) => Buffer.from(text).toString("base64url"); export function check(token) { const [header, payload, signature] = token.split("."); const expected = encode(«createHash("sha256").update(\`\${header}.\${payload}\${process.env.APP_KEY}\`)».digest("hex")); return signature === expected; } // jwt`,
    ),
    compares(
      `const { createHash } = require("node:crypto"); export function check(token, key) { const [header, payload, signature] = token.split("."); const expected = createHash("sha256").update(\`\${header}.\${payload}\${key}\`).digest("base64url"); return «signature === expected»; } // jwt`,
    ),
    verifies(
      `const encode = (part) => btoa(JSON.stringify(part)); export const check = async (key, claims, signature) => «crypto.subtle.verify("HMAC", key, signature, \`\${encode({ alg: "HS256" })}.\${encode(claims)}\`)»; // jwt`,
    ),
    verifies(
      `export const check = (text, keys) => { const parts = text.split("."); return «crypto.subtle.verify("Ed25519", keys[0], parts[2], \`\${parts[0]}.\${parts[1]}\`)»; }; // JWKS`,
    ),
    // Parts that are encoded together, and what a function of another file signs
    signs(
      `${CRYPTO}const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); export function make(claims) { const text = [{ alg: "HS256", typ: "JWT" }, claims].map(encode).join("."); return text + "." + «createHmac("sha256", process.env.JWT_SECRET).update(text)».digest("base64url"); }`,
    ),
    ...[
      "signRs256(key, text)",
      "keys.rsaSign(text)",
      "hmacSha256(process.env.JWT_SECRET, text)",
    ].map((call) =>
      signs(
        `import keys, { hmacSha256, signRs256 } from "./crypto.js"; const encode = (part) => btoa(JSON.stringify(part)); export async function make(key, claims) { const text = encode({ alg: "RS256", typ: "JWT" }) + "." + encode(claims); return text + "." + (await «${call}»); }`,
      ),
    ),
    // A key that is taken apart at its full stop, and a signature that goes through the same helper
    signs(
      `${CRYPTO}const clean = (text) => text.replace(/=+$/, ""); function make(secret, claims) { const text = clean(btoa(JSON.stringify({ alg: "HS256", typ: "JWT" }))) + "." + clean(btoa(JSON.stringify(claims))); return text + "." + clean(«createHmac("sha256", secret).update(text)».digest("base64")); } export const forKey = (apiKey) => { const [id, secret] = apiKey.split("."); return make(secret, { id }); };`,
    ),
    // Signing
    signs(
      `${PARTS}const signature = «createHmac("sha256", key).update(\`\${header}.\${payload}\`)».digest("base64url");`,
    ),
    signs(
      `${PARTS}const signature = «createHmac("sha256", key).update(header + "." + payload)».digest("base64url");`,
    ),
    signs(
      `${PARTS}const input = \`\${header}.\${payload}\`; const signature = «createHmac("sha256", key).update(input)».digest("base64");`,
    ),
    signs(
      `${PARTS}const input = [header, payload].join("."); const signature = «createHmac("sha256", key).update(input)».digest("base64");`,
    ),
    signs(
      `${PARTS}const signature = «createSign("RSA-SHA256").update(\`\${header}.\${payload}\`)».sign(privateKey, "base64url");`,
    ),
    signs(
      `${CRYPTO}const header = { typ: "JWT", alg: "HS256" }; const input = base64url(JSON.stringify(header)) + "." + base64url(JSON.stringify(claims)); «createHmac("sha256", key).update(input)».digest("base64");`,
    ),
    signs(
      `${ENCODE}const input = encode({ alg: "HS256", typ: "JWT" }) + "." + encode(claims); const signature = «CryptoJS.HmacSHA256(input, secret)».toString();`,
    ),
    signs(
      `${ENCODE}async function make(claims) { const input = \`\${encode({ alg: "ES256", typ: "JWT" })}.\${encode(claims)}\`; return «crypto.subtle.sign(algorithm, key, new TextEncoder().encode(input))»; }`,
    ),
    // Verifying
    verifies(
      `${SPLIT}const mac = «createHmac("sha256", key).update(\`\${header}.\${payload}\`)».digest(); return timingSafeEqual(mac, Buffer.from(signature, "base64url")); }`,
    ),
    verifies(
      `async function check(token) { const [header, payload, signature] = token.split("."); return «crypto.subtle.verify("HMAC", key, decode(signature), new TextEncoder().encode(\`\${header}.\${payload}\`))»; }`,
    ),
    verifies(
      `${CRYPTO}function check(jwt) { const input = jwt.split(".").slice(0, 2).join("."); const mac = «createHmac("sha256", key).update(input)».digest(); return timingSafeEqual(mac, given); }`,
    ),
    verifies(
      `${CRYPTO}function check(jwt) { const input = jwt.substring(0, jwt.lastIndexOf(".")); const mac = «createHmac("sha256", key).update(input)».digest(); return timingSafeEqual(mac, given); }`,
    ),
    // Comparing
    compares(
      `${SPLIT}const expected = createHmac("sha256", key).update(\`\${header}.\${payload}\`).digest("base64url"); return «signature === expected»; }`,
    ),
    compares(
      `${SPLIT}const expected = createHmac("sha256", key).update(header + "." + payload).digest("base64url"); if («expected !== signature») throw new Error("bad"); return payload; }`,
    ),
    compares(
      `${CRYPTO}function check(token) { const parts = token.split("."); const header = parts[0]; const expected = createHmac("sha256", key).update(\`\${header}.\${parts[1]}\`).digest("base64").replace(/=/g, ""); return «expected == parts[2]»; }`,
    ),
    compares(
      `${CRYPTO}const mac = (text) => createHmac("sha256", key).update(text).digest("base64url"); function check(jwt) { const [h, p, s] = jwt.split("."); return «mac(h + "." + p) === s»; }`,
    ),
    // Other ways to the same
    signs(
      `${PARTS}const parts = [header, payload]; «createHmac("sha256", key).update(parts.join("."))».digest("base64url");`,
    ),
    signs(
      `${PARTS}const hmac = createHmac("sha256", key); «hmac.update(\`\${header}.\${payload}\`)»; const signature = hmac.digest("base64url");`,
    ),
    signs(
      `${PARTS}const signer = createSign("RSA-SHA256"); «signer.update(header + "." + payload)»; signer.end(); const signature = signer.sign(privateKey, "base64url");`,
    ),
    signs(
      `${PARTS}const data = new TextEncoder().encode(\`\${header}.\${payload}\`); const signature = «globalThis.crypto.subtle.sign({ name: "ECDSA" }, key, data)»;`,
    ),
    signs(
      `const crypto = require("crypto"); ${ENCODE}const token = «crypto.sign("RSA-SHA256", Buffer.from(\`\${encode({ alg: "RS256", kid })}.\${encode(claims)}\`), key)»;`,
    ),
    signs(
      `import { hmac } from "@noble/hashes/hmac"; const HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"; const mac = «hmac(sha256, key, \`\${HEADER}.\${payload}\`)»;`,
    ),
    signs(
      `${CRYPTO}const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url"); «createHmac("sha256", key).update(\`\${header}.\${payload}\`)».digest();`,
    ),
    signs(
      `${PARTS}function mac(text) { return «createHmac("sha256", key).update(text)».digest("base64url"); } const token = \`\${header}.\${payload}.\${mac(\`\${header}.\${payload}\`)}\`;`,
    ),
    signs(
      `${CRYPTO}${ENCODE}function sign(head, body) { return «createHmac("sha256", key).update(\`\${head}.\${body}\`)».digest("base64url"); } const token = sign(encode({ alg: "HS256" }), encode(claims));`,
    ),
    verifies(
      `const { createVerify } = require("crypto"); function check(token) { const [header, payload, signature] = token.split("."); const verifier = createVerify("RSA-SHA256"); «verifier.update(header + "." + payload)»; return verifier.verify(publicKey, signature, "base64url"); }`,
    ),
    verifies(
      `const crypto = require("crypto"); function check(jwt) { const parts = jwt.split("."); return «crypto.verify("RSA-SHA256", Buffer.from(\`\${parts[0]}.\${parts[1]}\`), publicKey, decode(parts[2]))»; }`,
    ),
    verifies(
      `const check = async (token) => { const [h, p, s] = token.split("."); const { alg } = JSON.parse(atob(h)); return «crypto.subtle.verify(NAMES[alg], key, decode(s), new TextEncoder().encode(h + "." + p))»; };`,
    ),
    verifies(
      `${SPLIT}const mac = «createHmac("sha256", key).update(\`\${header}.\${payload}\`)».digest(); const given = Buffer.from(signature, "base64url"); if (given.length !== mac.length) return false; return timingSafeEqual(mac, given); }`,
    ),
    compares(
      `import CryptoJS from "crypto-js"; function check(jwt) { const [head, body, signature] = jwt.split("."); const expected = CryptoJS.HmacSHA256(head + "." + body, secret).toString(CryptoJS.enc.Base64url); if («expected !== signature») return false; return true; }`,
    ),
    marked(
      `${PARTS}const signature = «createHmac("sha256", key).update(\`\${header}.\${payload}\`)».digest("base64url");\n${SPLIT}return «createHmac("sha256", key).update(header + "." + payload).digest("base64url") === signature»; }`.replace(
        CRYPTO + "function",
        "function",
      ),
      [{ messageId: "signs" }, { messageId: "compares" }],
    ),
  ],
});
