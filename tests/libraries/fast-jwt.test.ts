import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: 'export const sign = createSigner({ key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: "export const sign = createSigner({ key: process.env.JWT_SECRET });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export class Tokens {\n  #verify = createVerifier({ key: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });\n  check(token) { return this.#verify(token); }\n}',
      safe: "export class Tokens {\n  #verify = createVerifier({ key: process.env.JWT_SECRET });\n  check(token) { return this.#verify(token); }\n}",
      line: 2,
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'export const sign = createSigner({ key: "secret" });',
      safe: "export const sign = createSigner({ key: process.env.JWT_SECRET });",
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: 'export const sign = createSigner({ algorithm: "none" });',
      safe: 'export const sign = createSigner({ algorithm: "HS256", key: process.env.JWT_SECRET });',
    },
    {
      rule: "no-none-algorithm",
      messageId: "listsNone",
      vulnerable: 'export const verify = createVerifier({ key, algorithms: ["HS256", "none"] });',
      safe: 'export const verify = createVerifier({ key, algorithms: ["HS256"] });',
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable: "export const verify = createVerifier({ key: process.env.JWT_SECRET });",
      safe: 'export const verify = createVerifier({ key: process.env.JWT_SECRET, algorithms: ["HS256"] });',
    },
    {
      rule: "require-algorithms",
      messageId: "unlisted",
      vulnerable: 'export const verify = createVerifier({ key: secret(), algorithms: "HS256" });',
      safe: "export const verify = createVerifier({ key: secret(), algorithms: ALLOWED });",
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "publicKeyAsSecret",
      vulnerable:
        'export const verify = createVerifier({ key: readFileSync("public.pem"), algorithms: ["HS256"] });',
      safe: 'export const verify = createVerifier({ key: readFileSync("public.pem"), algorithms: ["RS256"] });',
      preamble:
        'import { createVerifier } from "fast-jwt"; import { readFileSync } from "node:fs";',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: "export const verify = createVerifier({ key, ignoreExpiration: true });",
      safe: "export const verify = createVerifier({ key, ignoreExpiration: false });",
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable: "export const verify = createVerifier({ key, clockTolerance: 86400000 });",
      // Milliseconds: a minute.
      safe: "export const verify = createVerifier({ key, clockTolerance: 60000 });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'export const verify = createVerifier({ key, audience: "api" });',
      safe: 'export const verify = createVerifier({ key, allowedAud: "api" });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'export const verify = createVerifier({ key, issuer: "me" });',
      safe: 'export const verify = createVerifier({ key, allowedIss: "me" });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "textCheck",
      vulnerable: 'export const verify = createVerifier({ key, maxAge: "1h" });',
      safe: "export const verify = createVerifier({ key, maxAge: 3600000 });",
    },
    {
      rule: "require-audience-check",
      messageId: "passesWithout",
      vulnerable: 'export const verify = createVerifier({ key, allowedAud: "api" });',
      safe: 'export const verify = createVerifier({ key, allowedAud: "api", requiredClaims: ["aud"] });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: "export const verify = createVerifier({ key: process.env.JWT_SECRET });",
      safe: "export const verify = createVerifier({ key: process.env.JWT_SECRET, ...checks });",
    },
    {
      rule: "require-issuer-check",
      messageId: "passesWithout",
      vulnerable:
        'export const verify = createVerifier({ key, allowedIss: "me", requiredClaims: ["aud"] });',
      safe: 'export const verify = createVerifier({ key, allowedIss: "me", requiredClaims: ["aud", "iss"] });',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        "const sign = createSigner({ key });\nexport const login = (user) => sign({ sub: user.id });",
      safe: "const sign = createSigner({ key });\nexport const login = (user) => sign({ sub: user.id, exp: inAnHour() });",
    },
    {
      rule: "require-expiration",
      messageId: "missingInOptions",
      vulnerable: "export const sign = createSigner({ key });",
      safe: 'export const sign = createSigner({ key, expiresIn: "1h" });',
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "secondsAsMilliseconds",
      vulnerable: "export const sign = createSigner({ key, expiresIn: 3600 });",
      safe: "export const sign = createSigner({ key, expiresIn: 60 * 60 * 1000 });",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: "export const sign = createSigner({ key, expiresIn: 365 * 24 * 3600 * 1000 });",
      safe: "export const sign = createSigner({ key, expiresIn: 24 * 3600 * 1000 });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "const verify = createVerifier({ key: async () => keys.current() });\nexport async function guard(token) { verify(token); }",
      safe: "const verify = createVerifier({ key: process.env.JWT_SECRET });\nexport async function guard(token) { verify(token); }",
      line: 2,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "const decode = createDecoder();\nexport function authenticate(req, res, next) { req.user = decode(req.cookies.token); next(); }",
      safe: "const verify = createVerifier({ key });\nexport function authenticate(req, res, next) { req.user = verify(req.cookies.token); next(); }",
      line: 2,
    },
  ],
  { preamble: 'import { createDecoder, createSigner, createVerifier } from "fast-jwt";' },
);

testRealistic(
  "a module of sessions",
  `
import { createSigner, createVerifier, createDecoder, TokenError } from "fast-jwt";
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { keyring } from "./keyring";

const privateKey = readFileSync(process.env.JWT_PRIVATE_KEY_FILE);

const signAccess = createSigner({
  key: privateKey,
  algorithm: "ES256",
  expiresIn: 15 * 60 * 1000,
  iss: "https://id.example.com",
  aud: "https://api.example.com",
});

const decodeComplete = createDecoder({ complete: true });

const verifyAccess = createVerifier({
  key: async ({ header }) => keyring.publicKey(header.kid),
  algorithms: ["ES256"],
  allowedIss: "https://id.example.com",
  allowedAud: "https://api.example.com",
  requiredClaims: ["exp", "iss", "aud", "sub"],
  clockTolerance: 5000,
  cache: true,
});

export function issue(user) {
  return signAccess({ sub: user.id, jti: randomUUID(), roles: user.roles });
}

export async function authenticate(request, reply) {
  const [, token] = (request.headers.authorization ?? "").split(" ");
  try {
    request.session = await verifyAccess(token);
  } catch (error) {
    if (error instanceof TokenError) return reply.code(401).send({ error: error.code });
    throw error;
  }
}

export function keyIdOf(token) {
  return decodeComplete(token).header.kid;
}
`,
);
