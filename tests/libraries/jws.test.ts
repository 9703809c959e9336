import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export function guard(token) { jws.verify(token, "HS256", secret); return jws.decode(token).payload; }',
      safe: 'export function guard(token) { if (!jws.verify(token, "HS256", secret)) throw new Error("forged"); return jws.decode(token).payload; }',
    },
    // To write the verdict down is not to go by it.
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export function guard(token) { const good = jws.verify(token, "HS256", secret); console.log(`good: ${good}`, good); return jws.decode(token).payload; }',
      safe: 'export function guard(token) { const good = jws.verify(token, "HS256", secret); console.log(`good: ${good}`); if (!good) throw new Error("forged"); return jws.decode(token).payload; }',
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "headerDecides",
      vulnerable: "const isGood = jws.verify(token, jws.decode(token).header.alg, key);",
      safe: 'const isGood = jws.verify(token, "RS256", key);',
    },
    {
      rule: "no-none-algorithm",
      messageId: "acceptsUnsecured",
      vulnerable: 'const isGood = jws.verify(token, "none", key);',
      safe: 'const isGood = jws.verify(token, "HS256", key);',
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: 'const token = jws.sign({ header: { alg: "none" }, payload: { sub, exp } });',
      safe: 'const token = jws.sign({ header: { alg: "HS256" }, payload: { sub, exp }, secret: process.env.JWT_SECRET });',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'const token = jws.sign({ header: { alg: "HS256" }, payload: { sub, exp }, secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: 'const token = jws.sign({ header: { alg: "HS256" }, payload: { sub, exp }, secret: process.env.JWT_SECRET });',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'const isGood = jws.verify(token, "HS256", "secret");',
      safe: 'const isGood = jws.verify(token, "HS256", process.env.JWT_SECRET);',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'const token = jws.sign({ header: { alg: "HS256" }, payload: { sub: 1 }, secret: process.env.JWT_SECRET });',
      safe: 'const token = jws.sign({ header: { alg: "HS256" }, payload: JSON.stringify({ sub: 1, exp: inAnHour() }), secret: process.env.JWT_SECRET });',
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "dateInMilliseconds",
      vulnerable:
        'const token = jws.sign({ header: { alg: "HS256" }, payload: { exp: Date.now() + 3600000 }, secret });',
      safe: 'const token = jws.sign({ header: { alg: "HS256" }, payload: { exp: Math.floor(Date.now() / 1000) + 3600 }, secret });',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) { req.user = jws.decode(req.cookies.token).payload; next(); }",
      safe: 'export function authenticate(req, res, next) { if (!jws.verify(req.cookies.token, "HS256", secret)) return res.sendStatus(401); req.user = jws.decode(req.cookies.token).payload; next(); }',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const check = (signature, done) => jws.createVerify({ signature, algorithm: "HS256", secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" }).on("done", done);',
      safe: 'export const check = (signature, done) => jws.createVerify({ signature, algorithm: "HS256", secret: process.env.JWT_SECRET }).on("done", done);',
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "headerDecides",
      vulnerable:
        'export const check = (signature, publicKey, done) => jws.createVerify({ signature, algorithm: jws.decode(signature).header.alg, publicKey }).on("done", done);',
      safe: 'export const check = (signature, publicKey, done) => jws.createVerify({ signature, algorithm: "RS256", publicKey }).on("done", done);',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable:
        'export const check = (stream, key) => stream.pipe(jws.createVerify({ algorithm: "HS256", key: "secret" }));',
      safe: 'export const check = (stream, key) => stream.pipe(jws.createVerify({ algorithm: "HS256", key }));',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'export const issue = (id, privateKey, done) => jws.createSign({ header: { alg: "RS256" }, payload: { id }, privateKey }).on("done", done);',
      safe: 'export const issue = (id, exp, privateKey, done) => jws.createSign({ header: { alg: "RS256" }, payload: { id, exp }, privateKey }).on("done", done);',
    },
  ],
  { preamble: 'import jws from "jws";' },
);

testRealistic(
  "a guard over the stream that verifies",
  `
const jws = require("jws");

module.exports = function guard(req, res, next) {
  const verifier = jws.createVerify({
    signature: req.get("authorization").slice(7),
    algorithm: "RS256",
    publicKey: process.env.JWT_PUBLIC_KEY,
  });
  verifier.on("error", next);
  verifier.on("done", (isGood, token) => {
    if (!isGood || token.payload.exp * 1000 < Date.now()) return res.sendStatus(401);
    req.user = token.payload;
    next();
  });
};
`,
  { sourceType: "commonjs" },
);

testRealistic(
  "a service account's client",
  `
const jws = require("jws");
const { readFileSync } = require("node:fs");
const { randomUUID } = require("node:crypto");

class ServiceAccount {
  constructor(email, keyFile) {
    this.email = email;
    this.key = readFileSync(keyFile, "utf8");
  }

  assertion(audience) {
    const iat = Math.floor(Date.now() / 1000);
    return jws.sign({
      header: { alg: "RS256", typ: "JWT" },
      payload: { iss: this.email, aud: audience, iat, exp: iat + 3600, jti: randomUUID() },
      privateKey: this.key,
    });
  }

  read(token, publicKey) {
    if (!jws.verify(token, "RS256", publicKey)) {
      throw new Error("The signature of the token is wrong.");
    }
    const { payload } = jws.decode(token);
    if (payload.exp * 1000 < Date.now()) throw new Error("The token has expired.");
    if (payload.aud !== this.email) throw new Error("The token is for somebody else.");
    return payload;
  }
}

module.exports = { ServiceAccount };
`,
  { sourceType: "commonjs" },
);
