import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-untrusted-key",
      messageId: "embeddedKey",
      vulnerable:
        "export const verifier = jose.JWS.createVerify(keystore, { allowEmbeddedKey: true });",
      safe: "export const verifier = jose.JWS.createVerify(keystore, { allowEmbeddedKey: false });",
    },
    {
      rule: "no-untrusted-key",
      messageId: "embeddedKey",
      vulnerable:
        "export const check = (token) => jose.JWS.createVerify(keystore).verify(token, { allowEmbeddedKey: true });",
      safe: "export const check = (token) => jose.JWS.createVerify(keystore).verify(token);",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "export function admit(token, next) {\n  jose.JWS.createVerify(keystore).verify(token);\n  next();\n}",
      safe: "export async function admit(token, next) {\n  await jose.JWS.createVerify(keystore).verify(token);\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "headerDecidesGuarded",
      vulnerable:
        'import { decodeProtectedHeader } from "jose";\nexport const check = (token) => jose.JWS.createVerify(keystore, { algorithms: [decodeProtectedHeader(token).alg] }).verify(token);',
      safe: 'export const check = (token) => jose.JWS.createVerify(keystore, { algorithms: ["RS256"] }).verify(token);',
      line: 2,
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'export const issue = (id, key) => jose.JWS.createSign({ format: "compact" }, key).update(JSON.stringify({ sub: id })).final();',
      safe: 'export const issue = (id, key, exp) => jose.JWS.createSign({ format: "compact" }, key).update(JSON.stringify({ sub: id, exp })).final();',
    },
    // What is signed need not be a token.
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        "export const issue = (id, key) => jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ sub: id })).final();",
      safe: "export const seal = (line, key) => jose.JWS.createSign({ compact: true }, key).update(`line ${line}`).final();",
    },
    // Without options it gives no compact token.
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        "export const issue = (id, key) => jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ id })).final();",
      safe: "export const seal = (id, key) => jose.JWS.createSign(key).update(JSON.stringify({ id })).final();",
    },
    {
      rule: "require-audience",
      messageId: "missing",
      vulnerable:
        "export function issue(id, key) { const signer = jose.JWS.createSign({ compact: true }, key); signer.update(JSON.stringify({ id })); return signer.final(); }",
      // Which of them is signed is out of sight.
      safe: "export function issue(id, rest, key) { const signer = jose.JWS.createSign({ compact: true }, key); signer.update(JSON.stringify({ id })); signer.update(rest); return signer.final(); }",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        "export function issue(id, key) { const signer = jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ id })); return signer.final(); }",
      safe: "export function issue(id, key) { const signer = jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ id })); addEnd(signer); return signer.final(); }",
    },
    {
      rule: "no-sensitive-payload",
      messageId: "secret",
      vulnerable:
        "export const issue = (user, key) => jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ sub: user.id, password: user.password })).final();",
      safe: "export const issue = (user, key) => jose.JWS.createSign({ compact: true }, key).update(JSON.stringify({ sub: user.id })).final();",
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable:
        'export const issue = (exp, key) => jose.JWS.createSign({ compact: true, fields: { alg: "none" } }, key).update(JSON.stringify({ exp })).final();',
      safe: 'export const issue = (exp, key) => jose.JWS.createSign({ compact: true, fields: { alg: "ES256" } }, key).update(JSON.stringify({ exp })).final();',
    },
  ],
  { preamble: 'import jose from "node-jose";' },
);

testRealistic(
  "a service that signs and verifies with a key store",
  `import jose from "node-jose";
import { readFile } from "node:fs/promises";

const keystore = jose.JWK.createKeyStore();

export async function loadKeys(path) {
  await keystore.add(await readFile(path, "utf8"), "pem");
}

export async function sign(claims) {
  const [key] = keystore.all({ use: "sig" });
  const payload = JSON.stringify({
    ...claims,
    exp: Math.floor(Date.now() / 1000) + 900,
  });
  return jose.JWS.createSign({ compact: true, fields: { typ: "jwt" } }, key)
    .update(payload)
    .final();
}

export async function verify(token) {
  const { payload } = await jose.JWS.createVerify(keystore, { algorithms: ["RS256"] }).verify(token);
  const claims = JSON.parse(payload.toString());
  const now = Math.floor(Date.now() / 1000);
  if (claims.exp <= now) throw new Error("The token has expired.");
  if (claims.aud !== "api" || claims.iss !== "https://login.example.com") {
    throw new Error("The token is for somebody else.");
  }
  return claims;
}
`,
);
