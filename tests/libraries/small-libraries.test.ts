import { testRealistic, testTwins } from "../kit/twins.ts";

const KEY = '"kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG"';

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "claimsWithoutVerdict",
      vulnerable:
        "export function subjectOf(token) {\n  const { value } = jwt.decode(process.env.KEY, token);\n  return value.sub;\n}",
      safe: "export function subjectOf(token) {\n  const { error, value } = jwt.decode(process.env.KEY, token);\n  if (error) throw error;\n  return value.sub;\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        "export function isGood(token) {\n  const result = jwt.decode(process.env.KEY, token);\n  if (result) return 'yes';\n  return 'no';\n}",
      safe: "export function isGood(token) {\n  const result = jwt.decode(process.env.KEY, token);\n  if (result.error) return 'no';\n  return 'yes';\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "errorCrashes",
      vulnerable:
        "export function admit(token, next) {\n  jwt.decode(process.env.KEY, token, (error, payload) => {\n    next(null, payload.sub);\n  });\n}",
      safe: "export function admit(token, next) {\n  jwt.decode(process.env.KEY, token, (error, payload) => {\n    if (error) return next(error);\n    next(null, payload.sub);\n  });\n}",
      line: 2,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const make = (claims) => jwt.encode(${KEY}, claims);`,
      safe: "export const make = (claims) => jwt.encode(process.env.KEY, claims);",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const make = (user) => jwt.encode(process.env.KEY, { sub: user.id });",
      safe: "export const make = (user) => jwt.encode(process.env.KEY, { sub: user.id, exp: Math.floor(Date.now() / 1000) + 3600 });",
    },
  ],
  { preamble: 'const jwt = require("json-web-token");' },
);

testTwins(
  [
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: "export const make = (claims) => createUnsecuredToken(claims);",
      safe: 'export const make = (claims) => new TokenSigner("ES256K", process.env.KEY).sign({ ...claims, exp });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export function admit(token, next) {\n  new TokenVerifier("ES256K", publicKey).verify(token);\n  next();\n}',
      safe: 'export function admit(token, next) {\n  if (!new TokenVerifier("ES256K", publicKey).verify(token)) throw new Error("forged");\n  next();\n}',
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        'const verifier = new TokenVerifier("ES256K", publicKey);\nexport const isGood = async (token) => (verifier.verifyAsync(token) ? "yes" : "no");',
      safe: 'const verifier = new TokenVerifier("ES256K", publicKey);\nexport const isGood = async (token) => ((await verifier.verifyAsync(token)) ? "yes" : "no");',
      line: 2,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const signer = new TokenSigner("ES256K", "278a5de700e29faae8e40e366ec5012b5ec63d36ec77e8a2417154cc1d25383f");\nexport const make = (claims) => signer.sign(claims);',
      safe: 'export const signer = new TokenSigner("ES256K", process.env.KEY);\nexport const make = (claims) => signer.sign(claims);',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = decodeToken(req.token).payload;\n  next();\n}",
      safe: 'export function authenticate(req, res, next) {\n  if (!new TokenVerifier("ES256K", publicKey).verify(req.token)) return res.sendStatus(401);\n  req.user = decodeToken(req.token).payload;\n  next();\n}',
      line: 2,
    },
  ],
  {
    preamble:
      'import { TokenSigner, TokenVerifier, createUnsecuredToken, decodeToken } from "jsontokens"; import { exp, publicKey } from "./config";',
  },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const make = (claims) => sign(claims, ${KEY});`,
      safe: "export const make = (claims) => sign(claims, process.env.KEY);",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const make = (user) => sign({ sub: user.id }, process.env.KEY);",
      safe: "export const make = (user) => sign({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 60 }, process.env.KEY);",
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: 'export const make = (claims) => sign(claims, process.env.KEY, { alg: "none" });',
      safe: 'export const make = (claims) => sign(claims, process.env.KEY, { kid: "one" });',
    },
  ],
  { preamble: 'import sign from "jwt-encode";' },
);

testTwins(
  [
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "export const check = (token) => verifySync(token, key, { validateExp: false });",
      safe: "export const check = (token) => verifySync(token, key, { validateExp: true });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'export const check = (token) => verifySync(token, key, { audience: ["api"] });',
      safe: 'export const check = (token) => verifySync(token, key, { aud: ["api"] });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        'export const check = (token) => verifySync(token, readFileSync("public.pem"), { algorithms: ["RS256"], iss: ["us"] });',
      safe: 'export const check = (token) => verifySync(token, readFileSync("public.pem"), { algorithms: ["RS256"], iss: ["us"], aud: ["api"] });',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const make = (user) => signSync({ sub: user.id }, key);",
      safe: "export const make = (user) => signSync({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 60 }, key);",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable: "export async function admit(token, next) {\n  verify(token, key);\n  next();\n}",
      safe: "export async function admit(token, next) {\n  await verify(token, key);\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const make = (claims) => signSync(claims, ${KEY});`,
      safe: "export const make = (claims) => signSync(claims, process.env.KEY);",
    },
  ],
  {
    preamble:
      'import { signSync, verify, verifySync } from "@node-rs/jsonwebtoken"; import { readFileSync } from "node:fs"; import { key } from "./key";',
  },
);

testTwins(
  [
    {
      rule: "no-none-algorithm",
      messageId: "acceptsWhateverTheKey",
      vulnerable: "export const read = (token) => JWT.decode(token, key);",
      safe: 'export const make = (claims) => JWT.encode(claims, key, { algorithm: "HS256" });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'export const read = (token) => JWT.decode(token, key, { audience: "api" });',
      safe: 'export const read = (token) => JWT.decode(token, key, { aud: "api" });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "noKey",
      vulnerable: "export const read = (token) => JWT.decode(token, null);",
      safe: "export const read = (token) => JWT.decode(token, key);",
    },
  ],
  { preamble: 'import JWT from "expo-jwt"; import { key } from "./key";' },
);

testTwins(
  [
    {
      rule: "no-none-algorithm",
      messageId: "acceptsWhateverTheKey",
      vulnerable: "export const isGood = (token) => jwtVerify(token, key);",
      safe: "export const expiryOf = (token) => jwtDecode(token).payload.exp;",
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = jwtDecode(req.token).payload;\n  next();\n}",
      safe: "export function show(token) {\n  return jwtDecode(token).payload.exp;\n}",
      line: 2,
    },
  ],
  {
    preamble: 'import { jwtDecode, jwtVerify } from "jwt-js-decode"; import { key } from "./key";',
  },
);

testTwins(
  [
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        "export const make = (client) => encodeSymmetric({ iss: client.key }, client.secret);",
      safe: "export const make = (client) => encodeSymmetric({ iss: client.key, exp: Math.floor(Date.now() / 1000) + 180 }, client.secret);",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const read = (token) => decodeSymmetric(token, ${KEY}, SymmetricAlgorithm.HS256);`,
      safe: "export const read = (token) => decodeSymmetric(token, process.env.KEY, SymmetricAlgorithm.HS256);",
    },
  ],
  {
    preamble:
      'import { SymmetricAlgorithm, decodeSymmetric, encodeSymmetric } from "atlassian-jwt";',
  },
);

// Before 2.0
testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `module.exports = (claims) => jwt.encode(claims, ${KEY});`,
      safe: "module.exports = (claims) => jwt.encode(claims, process.env.KEY);",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "module.exports = (client) => jwt.encode({ iss: client.key }, client.secret);",
      safe: "module.exports = (client) => jwt.encode({ iss: client.key, exp: Math.floor(Date.now() / 1000) + 180 }, client.secret);",
    },
    {
      rule: "no-unverified-claims",
      messageId: "decision",
      vulnerable:
        "module.exports = (req, res) => { const claims = jwt.decode(req.query.jwt, client.secret, true); if (claims.sub !== 'admin') return res.sendStatus(403); res.json(admins); };",
      safe: "module.exports = (req, res) => { const claims = jwt.decode(req.query.jwt, client.secret, false); if (claims.sub !== 'admin') return res.sendStatus(403); res.json(admins); };",
    },
  ],
  { preamble: 'const jwt = require("atlassian-jwt");' },
);

testTwins(
  [
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        "export const check = (token) => verifyJWT(token, { resolver, policies: { exp: false } });",
      safe: "export const check = (token) => verifyJWT(token, { resolver, policies: { nbf: false } });",
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const make = () => createJWT({ sub: id }, { issuer: id, signer });",
      safe: "export const make = () => createJWT({ sub: id }, { issuer: id, signer, expiresIn: 600 });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        "export async function subjectOf(token) {\n  const { payload } = verifyJWT(token, { resolver });\n  return payload.sub;\n}",
      safe: "export async function subjectOf(token) {\n  const { payload } = await verifyJWT(token, { resolver });\n  return payload.sub;\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { createJWT, verifyJWT } from "did-jwt"; import { id, resolver, signer } from "./did";',
  },
);

testTwins(
  [
    {
      rule: "no-untrusted-key",
      messageId: "claimedIssuer",
      vulnerable:
        "const jwks = buildGetJwks();\nexport async function check(token) {\n  const { header, payload } = jwt.decode(token, { complete: true });\n  const key = await jwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: payload.iss });\n  return jwt.verify(token, key, { algorithms: ['RS256'] });\n}",
      safe: "const jwks = buildGetJwks({ issuersWhitelist: ['https://login.example.com'] });\nexport async function check(token) {\n  const { header, payload } = jwt.decode(token, { complete: true });\n  const key = await jwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: payload.iss });\n  return jwt.verify(token, key, { algorithms: ['RS256'] });\n}",
      line: 4,
    },
  ],
  { preamble: 'import buildGetJwks from "get-jwks"; import jwt from "jsonwebtoken";' },
);

testTwins(
  [
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        "export const check = (token) => jwt.verify(token, jwkToPem(JWK), { algorithms: ['RS256'], issuer: ISSUER });",
      safe: "export const check = (token) => jwt.verify(token, jwkToPem(JWK), { algorithms: ['RS256'], issuer: ISSUER, audience: 'api' });",
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "mixesFamilies",
      vulnerable:
        "export const check = (token) => jwt.verify(token, jwkToPem(JWK), { algorithms: ['HS256', 'RS256'] });",
      safe: "export const check = (token) => jwt.verify(token, jwkToPem(JWK), { algorithms: ['RS256'] });",
      settings: { versions: { jsonwebtoken: "8.5.1" } },
    },
  ],
  {
    preamble:
      'import jwkToPem from "jwk-to-pem"; import jwt from "jsonwebtoken"; import { ISSUER, JWK } from "./op";',
  },
);

testTwins(
  [
    {
      rule: "no-unverified-claims",
      messageId: "clientDecision",
      vulnerable:
        "export function Admin({ token }) {\n  const claims = decodeToken(token);\n  if (claims.role !== 'admin') return null;\n  return <Dashboard />;\n}",
      safe: "export function Name({ token }) {\n  const claims = decodeToken(token);\n  return <span>{claims.name}</span>;\n}",
      line: 2,
    },
  ],
  {
    preamble: 'import React, { useState } from "react"; import { decodeToken } from "react-jwt";',
    filename: "file.jsx",
  },
);

testTwins(
  [
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "const helper = new JwtHelperService();\nexport function authenticate(req, res, next) {\n  req.user = helper.decodeToken(req.token);\n  next();\n}",
      safe: "const helper = new JwtHelperService();\nexport function nameOf(token) {\n  return helper.decodeToken(token).exp;\n}",
      line: 3,
    },
  ],
  { preamble: 'import { JwtHelperService } from "@auth0/angular-jwt";' },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "errorCrashes",
      vulnerable:
        "const verifier = new IdTokenVerifier({ issuer, audience });\nexport function admit(token, nonce, next) {\n  verifier.verify(token, nonce, (error, payload) => {\n    next(null, payload.sub);\n  });\n}",
      safe: "const verifier = new IdTokenVerifier({ issuer, audience });\nexport function admit(token, nonce, next) {\n  verifier.verify(token, nonce, (error, payload) => {\n    if (error) return next(error);\n    next(null, payload.sub);\n  });\n}",
      line: 3,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "const verifier = new IdTokenVerifier({ issuer, audience });\nexport function authenticate(req, res, next) {\n  req.user = verifier.decode(req.token).payload;\n  next();\n}",
      safe: "const verifier = new IdTokenVerifier({ issuer, audience });\nexport function algorithmOf(token) {\n  return verifier.decode(token).header.alg;\n}",
      line: 3,
    },
  ],
  {
    preamble:
      'import IdTokenVerifier from "idtoken-verifier"; import { audience, issuer } from "./op";',
  },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const token = () => githubAppJwt({ id: 1, privateKey: "-----BEGIN RSA PRIVATE KEY-----\\nZmFrZSBrZXkgZm9yIGEgdGVzdCwgbm90IGEga2V5\\n-----END RSA PRIVATE KEY-----" });',
      safe: "export const token = () => githubAppJwt({ id: 1, privateKey: process.env.PRIVATE_KEY });",
    },
  ],
  { preamble: 'import githubAppJwt from "universal-github-app-jwt";' },
);

testTwins(
  [
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "passport.use(new BearerStrategy((token, done) => {\n  const claims = jwt.decode(token);\n  done(null, claims);\n}));",
      safe: "passport.use(new BearerStrategy((token, done) => {\n  jwt.verify(token, process.env.KEY, { algorithms: ['HS256'], audience: 'api', issuer: 'us' }, (error, claims) => done(error, claims ?? false));\n}));",
      line: 2,
    },
  ],
  {
    preamble:
      'import passport from "passport"; import jwt from "jsonwebtoken"; import { Strategy as BearerStrategy } from "passport-http-bearer";',
  },
);

testRealistic(
  "code with PASETO, which has no algorithms to choose",
  `import { V4 } from "paseto";
import { createPrivateKey, createPublicKey } from "node:crypto";

const privateKey = createPrivateKey(process.env.PASETO_KEY ?? "");
const publicKey = createPublicKey(privateKey);

// Tokens here are no JWTs.
export const make = (user) => V4.sign({ sub: user.id }, privateKey, { expiresIn: "1 h" });

export async function read(token) {
  return V4.verify(token, publicKey, { ignoreExp: true });
}

export const decode = (token) => V4.decode(token);
`,
);

testRealistic(
  "sealed sessions that are no JWTs",
  `import { getIronSession, sealData, unsealData } from "iron-session";

const options = {
  password: process.env.SESSION_PASSWORD,
  cookieName: "session",
  // A sealed cookie, not a JWT.
  cookieOptions: { secure: true, httpOnly: true, sameSite: "lax" },
};

export async function handler(req, res) {
  const session = await getIronSession(req, res, options);
  if (!session.userId) return res.status(401).end();
  const invite = await sealData({ by: session.userId }, { password: options.password, ttl: 3600 });
  const { by } = await unsealData(invite, { password: options.password });
  return res.json({ by });
}
`,
);

testRealistic(
  "an app for Atlassian and GitHub",
  `import { SymmetricAlgorithm, createQueryStringHash, decodeSymmetric, encodeSymmetric, fromExpressRequest } from "atlassian-jwt";
import githubAppJwt from "universal-github-app-jwt";
import { randomUUID } from "node:crypto";

export function installation(req, res, next) {
  const client = clients.get(req.query.clientKey);
  if (!client) return res.status(401).end();
  try {
    const [, token] = req.headers.authorization.split(" ");
    const claims = decodeSymmetric(token, client.sharedSecret, SymmetricAlgorithm.HS256);
    const isLate = claims.exp < Date.now() / 1000;
    const isOther = claims.iss !== client.key || claims.qsh !== createQueryStringHash(fromExpressRequest(req));
    if (isLate || isOther) return res.status(401).end();
    req.client = client;
    return next();
  } catch (error) {
    return next(error);
  }
}

export function tokenFor(client) {
  const issued = Math.floor(Date.now() / 1000);
  return encodeSymmetric(
    { iss: "our-app", aud: client.key, sub: client.key, jti: randomUUID(), iat: issued, exp: issued + 180 },
    client.sharedSecret,
  );
}

export const appToken = async () =>
  (await githubAppJwt({ id: process.env.APP_ID, privateKey: process.env.APP_KEY })).token;
`,
);

testRealistic(
  "display code in a browser",
  `import React, { useMemo } from "react";
import { decodeToken, isExpired, useJwt } from "react-jwt";

export function Profile({ token, onExpire }) {
  const { decodedToken } = useJwt(token);
  const until = useMemo(() => new Date(decodeToken(token).exp * 1000), [token]);
  if (isExpired(token)) onExpire();
  return (
    <p>
      {decodedToken?.name}, signed in until {until.toLocaleTimeString()}
    </p>
  );
}
`,
  { filename: "profile.jsx" },
);

testRealistic(
  "signed statements of a wallet",
  `import { createJWT, verifyJWT } from "did-jwt";
import { randomUUID } from "node:crypto";
import { resolver, signer, TRUSTED } from "./did.js";

export async function issue(subject, claims) {
  return createJWT(
    { sub: subject, aud: "did:web:verifier.example", jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims },
    { issuer: "did:web:issuer.example", signer, expiresIn: 86_400 },
    { alg: "ES256K" },
  );
}

export async function read(statement) {
  const { payload, issuer } = await verifyJWT(statement, {
    resolver,
    audience: "did:web:verifier.example",
  });
  if (!TRUSTED.has(issuer)) throw new Error("The issuer is not trusted.");
  return payload;
}
`,
);

testRealistic(
  "a service with json-web-token",
  `const { promisify } = require("node:util");
const { randomUUID } = require("node:crypto");
const jwt = require("json-web-token");

const encode = promisify(jwt.encode);

exports.issue = async (user) => {
  const issued = Math.floor(Date.now() / 1000);
  return encode(process.env.JWT_SECRET, {
    sub: user.id,
    iss: "https://login.example.com",
    aud: "api",
    jti: randomUUID(),
    iat: issued,
    exp: issued + 900,
  }, "HS256");
};

exports.middleware = (req, res, next) => {
  const [, token] = (req.headers.authorization || "").split(" ");
  const { error, value } = jwt.decode(process.env.JWT_SECRET, token, { algorithms: ["HS256"] });
  if (error) {
    req.log.warn({ message: error.message }, "refused");
    return res.status(401).end();
  }
  const isFresh = value.exp > Date.now() / 1000;
  if (!isFresh || value.aud !== "api" || value.iss !== "https://login.example.com") {
    return res.status(401).end();
  }
  req.user = value.sub;
  return next();
};
`,
);

testRealistic(
  "requests between services, signed with ES256K",
  `import { TokenSigner, TokenVerifier, decodeToken } from "jsontokens";
import { randomUUID } from "node:crypto";

export function sign(to) {
  const issued = Math.floor(Date.now() / 1000);
  const claims = { iss: "billing", aud: to, jti: randomUUID(), iat: issued, exp: issued + 60 };
  return new TokenSigner("ES256K", process.env.SERVICE_KEY).sign(claims);
}

export async function caller(token, keys) {
  const { payload } = decodeToken(token);
  const key = keys.get(payload.iss);
  if (key === undefined) throw new Error("The caller is not known.");
  const isGood = await new TokenVerifier("ES256K", key).verifyAsync(token);
  if (!isGood || payload.exp < Date.now() / 1000 || payload.aud !== "ledger") {
    throw new Error("The token is refused.");
  }
  return payload.iss;
}
`,
);

testRealistic(
  "sessions on a native binding",
  `import { Algorithm, sign, verify } from "@node-rs/jsonwebtoken";
import { randomUUID } from "node:crypto";

const key = process.env.JWT_SECRET!;

export async function issue(userId: string) {
  const issued = Math.floor(Date.now() / 1000);
  return sign(
    { sub: userId, iss: "https://login.example.com", aud: "api", jti: randomUUID(), iat: issued, exp: issued + 900 },
    key,
    { algorithm: Algorithm.HS256 },
  );
}

export async function userOf(token: string) {
  const claims = await verify(token, key, {
    algorithms: [Algorithm.HS256],
    aud: ["api"],
    iss: ["https://login.example.com"],
    leeway: 30,
  });
  return claims.sub;
}
`,
  { filename: "sessions.ts" },
);

testRealistic(
  "a provider's tokens, with keys that get-jwks finds",
  `import buildGetJwks from "get-jwks";
import jwkToPem from "jwk-to-pem";
import jwt from "jsonwebtoken";

const issuer = "https://login.example.com/";
const jwks = buildGetJwks({ issuersWhitelist: [issuer] });

export async function claimsOf(token) {
  const { header } = jwt.decode(token, { complete: true });
  const key = await jwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: issuer });
  return jwt.verify(token, key, { algorithms: ["RS256"], audience: "api", issuer, maxAge: "1h" });
}

export function offline(token, jwk) {
  return jwt.verify(token, jwkToPem(jwk), { algorithms: ["RS256"], audience: "api", issuer, maxAge: "1h" });
}
`,
);

testRealistic(
  "a single-page app",
  `import { Injectable } from "@angular/core";
import { JwtHelperService } from "@auth0/angular-jwt";
import { jwtDecode } from "jwt-js-decode";
import { jwtDecoder } from "@kinde/jwt-decoder";

@Injectable({ providedIn: "root" })
export class Session {
  constructor(private readonly helper: JwtHelperService) {}

  name(token: string): string {
    return this.helper.decodeToken(token)?.name ?? "";
  }

  minutesLeft(token: string): number {
    const { exp } = jwtDecode(token).payload;
    return Math.max(0, Math.floor((exp * 1000 - Date.now()) / 60_000));
  }

  isExpired(token: string): boolean {
    return this.helper.isTokenExpired(token) || (jwtDecoder(token)?.exp ?? 0) * 1000 < Date.now();
  }
}
`,
  { filename: "session.service.ts" },
);

testRealistic(
  "a login with OpenID Connect",
  `import * as client from "openid-client";
import IdTokenVerifier from "idtoken-verifier";
import { validateToken } from "@kinde/jwt-validator";

const config = await client.discovery(new URL(process.env.ISSUER!), process.env.CLIENT_ID!, process.env.CLIENT_SECRET);
const verifier = new IdTokenVerifier({ issuer: process.env.ISSUER, audience: process.env.CLIENT_ID });

export async function callback(req, res) {
  const tokens = await client.authorizationCodeGrant(config, new URL(req.url, req.session.origin), {
    pkceCodeVerifier: req.session.verifier,
    expectedState: req.session.state,
    expectedNonce: req.session.nonce,
  });
  req.session.user = tokens.claims()?.sub;
  res.redirect("/");
}

export function fromBrowser(token, nonce, done) {
  verifier.verify(token, nonce, (error, payload) => {
    if (error) return done(error);
    done(null, payload.sub);
  });
}

export async function fromKinde(token) {
  const { valid, message } = await validateToken({ token, domain: process.env.KINDE_DOMAIN });
  if (!valid) throw new Error(message);
}
`,
  { filename: "login.ts" },
);

testRealistic(
  "a bearer strategy",
  `const passport = require("passport");
const jwt = require("jsonwebtoken");
const { Strategy: BearerStrategy } = require("passport-http-bearer");

passport.use(
  new BearerStrategy((token, done) => {
    jwt.verify(
      token,
      process.env.JWT_PUBLIC_KEY,
      { algorithms: ["RS256"], audience: "api", issuer: "https://login.example.com", maxAge: "1h" },
      async (error, claims) => {
        if (error) return done(null, false);
        try {
          const user = await users.findById(claims.sub);
          return done(null, user ?? false);
        } catch (failure) {
          return done(failure);
        }
      },
    );
  }),
);
`,
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const enter = (name) => new AccessToken(process.env.ID, ${KEY}, { identity: name }).toJwt();`,
      safe: "export const enter = (name) => new AccessToken(process.env.ID, process.env.KEY, { identity: name }).toJwt();",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'export const enter = (name) => new AccessToken(process.env.ID, process.env.KEY, { identity: name, ttl: "52 weeks" }).toJwt();',
      safe: "export const enter = (name) => new AccessToken(process.env.ID, process.env.KEY, { identity: name, ttl: 600 }).toJwt();",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const read = (token) => new TokenVerifier(process.env.ID, ${KEY}).verify(token);`,
      safe: "export const read = (token) => new TokenVerifier(process.env.ID, process.env.KEY).verify(token);",
    },
  ],
  { preamble: 'import { AccessToken, TokenVerifier } from "livekit-server-sdk";' },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const call = (name) => new twilio.jwt.AccessToken(account, id, ${KEY}, { identity: name }).toJwt();`,
      safe: "export const call = (name) => new twilio.jwt.AccessToken(account, id, process.env.KEY, { identity: name }).toJwt();",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      preamble: 'const Token = require("twilio/lib/jwt/AccessToken");',
      vulnerable: `export const call = (name) => new Token(account, id, ${KEY}, { identity: name }).toJwt();`,
      safe: "export const call = (name) => new Token(account, id, process.env.KEY, { identity: name }).toJwt();",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "export const call = (name) => new twilio.jwt.AccessToken(account, id, process.env.KEY, { identity: name, ttl: 60 * 60 * 24 * 365 }).toJwt();",
      safe: "export const call = (name) => new twilio.jwt.AccessToken(account, id, process.env.KEY, { identity: name }).toJwt();",
    },
  ],
  { preamble: 'import twilio from "twilio";' },
);

testRealistic(
  "rooms and calls with tokens of their providers",
  `import { AccessToken, TokenVerifier } from "livekit-server-sdk";
import twilio from "twilio";

export async function enter(room, user) {
  const token = new AccessToken(process.env.LIVEKIT_KEY, process.env.LIVEKIT_SECRET, { identity: user.id, ttl: "1h" });
  token.addGrant({ room, roomJoin: true });
  return token.toJwt();
}

export async function room(token) {
  const { video } = await new TokenVerifier(process.env.LIVEKIT_KEY, process.env.LIVEKIT_SECRET).verify(token);
  return video.room;
}

export function call(user) {
  const { AccessToken: CallToken } = twilio.jwt;
  const token = new CallToken(process.env.TWILIO_ACCOUNT, process.env.TWILIO_KEY, process.env.TWILIO_SECRET, { identity: user.id });
  token.addGrant(new CallToken.VoiceGrant({ incomingAllow: true }));
  return token.toJwt();
}
`,
  { filename: "calls.js" },
);

testTwins(
  [
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: 'export const make = (id) => create({ alg: "HS256" }, { sub: id }, key);',
      safe: 'export const make = (id) => create({ alg: "HS256" }, { sub: id, exp: getNumericDate(60 * 60) }, key);',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'export const make = (id) => create({ alg: "HS256" }, { sub: id, exp: getNumericDate(60 * 60 * 24 * 365) }, key);',
      safe: 'export const make = (id) => create({ alg: "HS256" }, { sub: id, exp: getNumericDate(new Date(Date.now() + 600_000)) }, key);',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: `export const read = async (token) => verify(token, await crypto.subtle.importKey("raw", new TextEncoder().encode(${KEY}), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]));`,
      safe: 'export const read = async (token) => verify(token, await crypto.subtle.importKey("raw", new TextEncoder().encode(Deno.env.get("JWT_SECRET")), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]));',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: "export const read = (token) => verify(token, key);",
      safe: 'export const read = (token) => verify(token, key, { audience: "api" });',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "export const read = (token) => verify(token, key, { ignoreExp: true });",
      safe: "export const read = (token) => verify(token, key, { expLeeway: 5 });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "unread",
      vulnerable:
        'export const read = (token) => verify(token, key, { audience: "api", issuer: "https://id.example" });',
      safe: 'export const read = (token) => verify(token, key, { audience: "api" });',
    },
  ],
  {
    preamble:
      'import { create, decode, getNumericDate, verify } from "https://deno.land/x/djwt@v3.0.2/mod.ts";',
  },
);

testRealistic(
  "a function of Deno's",
  `import { create, getNumericDate, verify } from "https://deno.land/x/djwt@v3.0.2/mod.ts";

const key = await crypto.subtle.importKey(
  "raw",
  new TextEncoder().encode(Deno.env.get("JWT_SECRET")),
  { name: "HMAC", hash: "SHA-256" },
  false,
  ["sign", "verify"],
);

Deno.serve(async (request) => {
  const token = request.headers.get("authorization")?.replace("Bearer ", "");
  if (token === undefined) return new Response(null, { status: 401 });
  try {
    const { sub } = await verify(token, key, { audience: "api" });
    const claims = { sub, aud: "api", iss: Deno.env.get("ISSUER"), jti: crypto.randomUUID(), iat: getNumericDate(0), exp: getNumericDate(900) };
    const renewed = await create({ alg: "HS256", typ: "JWT" }, claims, key);
    return Response.json({ token: renewed });
  } catch (error) {
    console.warn("refused", error.message);
    return new Response(null, { status: 401 });
  }
});
`,
  { filename: "functions/renew.ts" },
);
