import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: 'export const make = (user) => createJWT("HS256", key, { sub: user.id });',
      safe: 'export const make = (user) => createJWT("HS256", key, { sub: user.id }, { expiresIn: new TimeSpan(1, "h") });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        'export async function admit(token, next) {\n  validateJWT("HS256", key, token);\n  next();\n}',
      safe: 'export async function admit(token, next) {\n  await validateJWT("HS256", key, token);\n  next();\n}',
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchSucceeds",
      vulnerable:
        'export async function verifyToken(token) {\n  try {\n    await validateJWT("HS256", key, token);\n    return true;\n  } catch {\n    return true;\n  }\n}',
      safe: 'export async function verifyToken(token) {\n  try {\n    await validateJWT("HS256", key, token);\n    return true;\n  } catch {\n    return false;\n  }\n}',
      line: 6,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = parseJWT(req.cookies.session).payload;\n  next();\n}",
      safe: 'export async function authenticate(req, res, next) {\n  req.user = (await validateJWT("HS256", key, req.cookies.session)).payload;\n  next();\n}',
      line: 2,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamed",
      vulnerable:
        'export const make = (user) => createJWT("HS256", key, { sub: user.id }, { audience: "api" });',
      safe: 'export const make = (user) => createJWT("HS256", key, { sub: user.id }, { audiences: ["api"] });',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const make = (claims) => createJWT("HS256", new TextEncoder().encode("kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG"), claims);',
      safe: 'export const make = (claims) => createJWT("HS256", new TextEncoder().encode(process.env.KEY), claims);',
    },
  ],
  {
    preamble:
      'import { createJWT, parseJWT, validateJWT } from "oslo/jwt"; import { TimeSpan } from "oslo"; import { key } from "./key";',
  },
);

testTwins(
  [
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = decodeJWT(req.cookies.session);\n  next();\n}",
      safe: "export function expiryOf(token) {\n  return decodeJWT(token).exp;\n}",
      line: 2,
    },
  ],
  { preamble: 'import { decodeJWT } from "@oslojs/jwt";' },
);

testRealistic(
  "one-time tokens",
  `import { createJWT, validateJWT } from "oslo/jwt";
import { TimeSpan, createDate } from "oslo";
import { randomUUID } from "node:crypto";
import { HMAC } from "oslo/crypto";

const secret = new TextEncoder().encode(process.env.EMAIL_LINK_SECRET);

export async function tokenFor(user: { id: string; email: string }) {
  return createJWT("HS256", secret, { purpose: "verify-email" }, {
    expiresIn: new TimeSpan(2, "h"),
    issuer: "https://app.example.com",
    audiences: ["verify-email"],
    subject: user.id,
    jwtId: randomUUID(),
    includeIssuedTimestamp: true,
  });
}

export async function userOf(token: string) {
  try {
    const jwt = await validateJWT("HS256", secret, token);
    if (jwt.issuer !== "https://app.example.com") return null;
    if (!jwt.audiences.includes("verify-email")) return null;
    return jwt.subject;
  } catch (error) {
    console.warn("The link is refused.", error instanceof Error ? error.name : "");
    return null;
  }
}
`,
  { filename: "links.ts" },
);

testRealistic(
  "an ID token straight from the token endpoint",
  `import { decodeJWT } from "@oslojs/jwt";
import { OAuth2Client } from "oslo/oauth2";

export function renewAt(idToken: string): Date {
  const claims = decodeJWT(idToken) as { exp: number };
  return new Date(claims.exp * 1000);
}
`,
  { filename: "renewal.ts" },
);
