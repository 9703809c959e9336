import path from "node:path";
import rule from "../../src/rules/no-disallowed-algorithm.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const allow = { options: [{ allow: ["ES256", "RS256"] }] };
const forbid = { options: [{ forbid: ["RS256", "HS256"] }] };
const asymmetric = { options: [{ requireAsymmetric: true }] };

const allowed = "ES256 and RS256";
const why = "errors of its padding let an attacker decrypt tokens step by step";
const none = { why: "", instead: "", origin: "" };

const replaced = (code: string) => ({
  messageId: "useInstead",
  data: { algorithm: "RSA1_5", instead: "RSA-OAEP-256" },
  output: code.replace(/«[^»]*»/u, '"RSA-OAEP-256"'),
});

/** A suggestion that takes the marked entry and its comma out of its list. */
const removed = (code: string, algorithm: string) => ({
  messageId: "removeFromList",
  data: { algorithm },
  output: code.replace(/«[^»]*», |, «[^»]*»/u, ""),
});

testRule("no-disallowed-algorithm", rule, {
  valid: [
    // Nothing that is sound is reported without a policy.
    `${JWT}jwt.sign(claims, key); jwt.sign(claims, key, { algorithm: "HS256" }); jwt.verify(t, key, { algorithms: ["HS256", "RS256"] });`,
    `import { EncryptJWT } from "jose"; new EncryptJWT(claims).setProtectedHeader({ alg: "RSA-OAEP", enc: "A256GCM" }).encrypt(key);`,
    `import { jwtDecrypt } from "jose"; jwtDecrypt(t, key, { keyManagementAlgorithms: ["RSA-OAEP-256"] });`,
    // Tokens without a signature are no-none-algorithm's; names that nobody knows fail by themselves.
    `${JWT}jwt.sign(claims, key, { algorithm: "none" });`,
    `${JWT}jwt.sign(claims, key, { algorithm: "HS265" });`,
    { code: `${JWT}jwt.verify(t, key, { algorithms: ["none"] });`, ...allow },
    // Not a setting of the library.
    `const jwtPolicy = { algorithms: ["RSA1_5"] };`,
    `import { SignJWT } from "./jose.js"; new SignJWT(claims).setProtectedHeader({ alg: "RSA1_5" }).sign(key);`,

    // Policies
    {
      code: `${JWT}jwt.sign(claims, key, { algorithm: "ES256" }); jwt.verify(t, key, { algorithms: ["ES256", "RS256"] });`,
      ...allow,
    },
    {
      code: `${JWT}jwt.sign(claims, key, options); jwt.sign(claims, key, { algorithm }); jwt.verify(t, key);`,
      ...allow,
    },
    { code: `${JWT}jwt.sign(claims, key, { ...options, expiresIn: "1h" });`, ...allow },
    { code: `${JWT}jwt.sign(claims, key, { header: { alg: "ES256" } });`, ...allow },
    { code: `${JWT}jwt.sign(claims, key, { algorithm: "ES256" });`, ...forbid },
    {
      code: `${JWT}jwt.sign(claims, key, { algorithm: "PS256" }); jwt.verify(t, key, { algorithms: ["EdDSA"] });`,
      ...asymmetric,
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ privateKey });`,
      ...allow,
    },
    {
      code: `import { JwtService } from "@nestjs/jwt"; class Tokens { constructor(private readonly jwt: JwtService) {} issue(claims: object) { return this.jwt.sign(claims); } }`,
      ...allow,
      ts: true,
    },
  ],
  invalid: [
    ...[
      'import { EncryptJWT } from "jose"; new EncryptJWT(claims).setProtectedHeader({ alg: «"RSA1_5"», enc: "A256GCM" }).encrypt(key);',
    ].map((code) =>
      marked(code, {
        messageId: "broken",
        data: { algorithm: "RSA1_5", why, instead: "RSA-OAEP-256", origin: "" },
        suggestions: [replaced(code)],
      }),
    ),
    ...[
      'import * as jose from "jose"; jose.jwtDecrypt(t, key, { keyManagementAlgorithms: ["RSA-OAEP-256", «"RSA1_5"»] });',
    ].map((code) =>
      marked(code, {
        messageId: "broken",
        data: { algorithm: "RSA1_5", why, instead: "RSA-OAEP-256", origin: "" },
        suggestions: [replaced(code), removed(code, "RSA1_5")],
      }),
    ),

    marked(
      `import { EncryptJWT } from "jose"; import { BROKEN } from "./policy.js"; new EncryptJWT(claims).setProtectedHeader(«{ alg: BROKEN, enc: "A256GCM" }»).encrypt(key);`,
      {
        messageId: "broken",
        data: {
          algorithm: "RSA1_5",
          why,
          instead: "RSA-OAEP-256",
          origin: " It is written in tests/fixtures/algorithms/policy.js:7.",
        },
      },
      { filename: path.resolve("tests/fixtures/algorithms/reader.js"), ts: true as const },
    ),

    // allow
    marked(
      `${JWT}jwt.sign(claims, key, { algorithm: «"RS512"» });`,
      {
        messageId: "notAllowed",
        data: { ...none, algorithm: "RS512", allowed },
      },
      allow,
    ),
    marked(
      `${JWT}«jwt.sign»(claims, key);`,
      {
        messageId: "notAllowedDefault",
        data: { name: "jwt.sign", algorithm: "HS256" },
      },
      allow,
    ),
    ...[`${JWT}jwt.verify(t, key, { algorithms: [«"HS256"», "RS256"] });`].map((code) =>
      marked(
        code,
        {
          messageId: "notAllowed",
          data: { ...none, algorithm: "HS256", allowed },
          suggestions: [removed(code, "HS256")],
        },
        allow,
      ),
    ),
    marked(
      `import { SignJWT } from "jose"; const token = new SignJWT(claims); token.setProtectedHeader({ alg: «"EdDSA"» }); token.sign(key);`,
      {
        messageId: "notAllowed",
        data: { ...none, algorithm: "EdDSA", allowed },
      },
      allow,
    ),

    // forbid
    marked(
      `const { sign } = require("jsonwebtoken"); const ALGORITHM = «"RS256"»; sign(claims, key, { algorithm: ALGORITHM }); sign(others, key, { algorithm: ALGORITHM });`,
      {
        messageId: "forbidden",
        data: { ...none, algorithm: "RS256" },
      },
      forbid,
    ),
    marked(
      `${JWT}«jwt.sign»(claims, key, { expiresIn: "1h" });`,
      {
        messageId: "notAllowedDefault",
        data: { name: "jwt.sign", algorithm: "HS256" },
      },
      forbid,
    ),
    marked(
      `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ secret, signOptions: { algorithm: «"HS256"» }, verifyOptions: { algorithms: [«"HS256"»] } });`,
      [
        { messageId: "forbidden", data: { ...none, algorithm: "HS256" } },
        { messageId: "forbidden", data: { ...none, algorithm: "HS256" } },
      ],
      forbid,
    ),

    // requireAsymmetric
    marked(
      `${JWT}jwt.sign(claims, key, { header: { alg: «"HS384"» } });`,
      {
        messageId: "symmetric",
        data: { ...none, algorithm: "HS384" },
      },
      asymmetric,
    ),
    marked(
      `${JWT}«jwt.sign»({ sub: "1" }, key);`,
      {
        messageId: "symmetricDefault",
        data: { name: "jwt.sign", algorithm: "HS256" },
      },
      asymmetric,
    ),
    marked(
      `import { expressjwt } from "express-jwt"; expressjwt({ secret: process.env.KEY, algorithms: [«"HS256"»] });`,
      {
        messageId: "symmetric",
        data: { ...none, algorithm: "HS256" },
      },
      asymmetric,
    ),
    marked(
      `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: process.env.KEY, algorithms: [«"HS256"»] }, done);`,
      {
        messageId: "symmetric",
        data: { ...none, algorithm: "HS256" },
      },
      asymmetric,
    ),
  ],
});
