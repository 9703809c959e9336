import path from "node:path";
import rule from "../../src/rules/no-none-algorithm.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const old = { settings: { "jwt-audit": { versions: { jsonwebtoken: "8.5.1" } } } };
const listed = { messageId: "listsNone", data: { origin: "" } };

const signs = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "signsUnsecured", data: { name, origin: "" } }, extras);

const accepts = (code: string, name: string, extras = {}) =>
  marked(code, { messageId: "acceptsUnsecured", data: { name, origin: "" } }, extras);

/** The code without the marked entry and the comma before or after it. */
const without = (code: string): string => code.replace(/«[^»]*», |, «[^»]*»/u, "");

const remove = (code: string) => [{ messageId: "removeNone", output: without(code) }];

/** A token that says itself how it is signed. */
const chosen = (before: string, key = "null", list = "[header.alg]"): string =>
  `${JWT}export function check(token) { const { header } = jwt.decode(token, { complete: true }); ${before} return jwt.verify(token, ${key}, { algorithms: «${list}» }); }`;

const OTHER_NAME = 'if (header.alg === "HS256") return jwt.verify(token, KEY, options);';

testRule("no-none-algorithm", rule, {
  valid: [
    // The header chooses, and there is a key, or it may not say none.
    ...[
      chosen("", "process.env.KEY"),
      chosen("", "header.kid ? keys.get(header.kid) : null"),
      chosen('if (header.alg === "none") throw new Error("unsigned");'),
      chosen('if (header.alg !== "HS256") throw new Error("unknown");'),
      chosen("if (!ALLOWED.includes(header.alg)) throw new Error('unknown');"),
      chosen(`${OTHER_NAME} if (header.alg === "none") return null;`),
      chosen("assertAllowed(header.alg);"),
      chosen("", "null", '["HS256"]'),
      chosen("", "null", "[header.typ]"),
    ].map((code) => code.replaceAll(/[«»]/gu, "")),
    `import { jwtVerify, decodeProtectedHeader } from "jose"; export const check = (token) => jwtVerify(token, null, { algorithms: [decodeProtectedHeader(token).alg] });`,
    `${JWT}jwt.verify(t, key, { algorithms: ["HS256"] }); jwt.sign(claims, key, { algorithm: "HS256" }); jwt.sign(claims, key);`,
    `${JWT}jwt.verify(t, key, options); jwt.sign(claims, key, { algorithm });`,
    `${JWT}jwt.verify(t, key, { algorithms: all.filter((name) => name !== "none") });`,
    `${JWT}jwt.sign(claims, key, { header: { typ: "JWT" } });`,
    // jose refuses it whatever it is told.
    `import { jwtVerify } from "jose"; jwtVerify(t, key, { algorithms: ["none", "HS256"] });`,
    `import { SignJWT } from "jose"; new SignJWT(claims).setProtectedHeader({ alg: "none" }).sign(key);`,
    // An unsigned record in a store of the program's own.
    `import { UnsecuredJWT } from "jose"; async function keep(id, state) { const record = new UnsecuredJWT(state).encode(); await redis.set(id, record); }`,
    `import { UnsecuredJWT } from "jose"; async function load(id) { const record = await this.sessions.get(id); return UnsecuredJWT.decode(record).payload; }`,
    // Words of OAuth and of headers.
    `const jwtClient = { token_endpoint_auth_method: "none", response_type: "none", algorithms: ["none"] };`,
    `import { expressjwt } from "express-jwt"; expressjwt({ secret: process.env.KEY, algorithms: ["RS256"] });`,
    `class Jwt { sign(claims, key, options) {} } new Jwt().sign(claims, key, { algorithm: "none" });`,
  ],
  invalid: [
    ...[
      chosen(""),
      chosen("", "undefined"),
      chosen("", '""'),
      chosen(OTHER_NAME),
      chosen('if (header.alg !== "HS256") {') + " }",
      chosen("if (header.alg === undefined) return null;"),
      chosen("if (!header.alg) return null;"),
    ].map((code) => accepts(code, "jwt.verify")),
    // Making tokens
    signs(`${JWT}jwt.sign(claims, "", { algorithm: «"none"» });`, "jwt.sign"),
    signs(`${JWT}jwt.sign(claims, process.env.KEY, { algorithm: «"none"» });`, "jwt.sign"),
    signs(
      `${JWT}jwt.sign(claims, process.env.KEY, { algorithm: "HS256", header: { alg: «"none"» } });`,
      "jwt.sign",
    ),
    signs(
      `import { sign as issue } from "jsonwebtoken"; issue(claims, key, { algorithm: production ? "RS256" : «"none"» });`,
      "issue",
    ),
    signs(
      `const { sign } = require("jsonwebtoken"); const options = {}; options.algorithm = «"none"»; sign(claims, key, options);`,
      "sign",
    ),
    signs(
      `const jwt = require("jsonwebtoken"); const ALGORITHM = «"none"»; jwt.sign(a, key, { algorithm: ALGORITHM }); jwt.sign(b, key, { algorithm: ALGORITHM });`,
      "jwt.sign",
    ),
    signs(
      `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ secret, signOptions: { algorithm: «"none"» } });`,
      "JwtModule.register",
    ),
    signs(
      `import { JwtModule } from "@nestjs/jwt"; JwtModule.registerAsync({ useFactory: () => ({ signOptions: { algorithm: «"none"» } }) });`,
      "JwtModule.registerAsync",
    ),
    signs(
      `import { JwtService } from "@nestjs/jwt"; class Tokens { constructor(private readonly jwt: JwtService) {} issue(claims: object) { return this.jwt.signAsync(claims, { algorithm: «"none"» }); } }`,
      "this.jwt.signAsync",
      { ts: true },
    ),
    signs(
      `import { UnsecuredJWT } from "jose"; res.cookie("token", «new UnsecuredJWT(claims).setIssuedAt().encode()»);`,
      "encode",
    ),

    // jose 1 and 2 have a key for it.
    signs(
      `import { JWK, JWT } from "jose"; res.json({ token: JWT.sign(claims, JWK.None, { algorithm: «"none"» }) });`,
      "JWT.sign",
    ),

    // Accepting them
    accepts(
      `import { UnsecuredJWT } from "jose"; req.user = «UnsecuredJWT.decode(req.cookies.token)».payload;`,
      "UnsecuredJWT.decode",
    ),
    accepts(
      `import * as jose from "jose"; export const read = (token) => «jose.UnsecuredJWT.decode(token)»;`,
      "jose.UnsecuredJWT.decode",
    ),
    accepts(`${JWT}jwt.verify(t, "", { algorithms: [«"none"»] });`, "jwt.verify"),
    ...[`${JWT}jwt.verify(t, null, { algorithms: ["HS256", «"none"»] });`].map((code) =>
      marked(code, {
        messageId: "acceptsUnsecured",
        data: { name: "jwt.verify", origin: "" },
        suggestions: remove(code),
      }),
    ),
    ...[
      `${JWT}jwt.verify(t, findKey, { algorithms: [«"none"», "RS256"] }, done); function findKey(header, found) { found(null, keys.get(header.kid)); }`,
    ].map((code) =>
      marked(code, {
        messageId: "acceptsUnsecured",
        data: { name: "jwt.verify", origin: "" },
        suggestions: remove(code),
      }),
    ),
    ...[
      `import { expressjwt } from "express-jwt"; import { expressJwtSecret } from "jwks-rsa"; expressjwt({ secret: expressJwtSecret({ jwksUri }), algorithms: ["RS256", «"none"»] });`,
    ].map((code) =>
      marked(code, {
        messageId: "acceptsUnsecured",
        data: { name: "expressjwt", origin: "" },
        suggestions: remove(code),
      }),
    ),
    ...[
      `import { Strategy } from "passport-jwt"; import { passportJwtSecret } from "jwks-rsa"; new Strategy({ secretOrKeyProvider: passportJwtSecret({ jwksUri }), algorithms: [«"none"», "RS256"] }, done);`,
    ].map((code) =>
      marked(code, {
        messageId: "acceptsUnsecured",
        data: { name: "Strategy", origin: "" },
        suggestions: remove(code),
      }),
    ),

    // A key is there: the entry counts where it is not.
    ...[`${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["HS256", «"none"»] });`].map((code) =>
      marked(code, { ...listed, suggestions: remove(code) }),
    ),
    marked(`${JWT}jwt.verify(t, process.env.KEY, { algorithms: [«"none"»] });`, listed),
    ...[
      `import { expressjwt } from "express-jwt"; expressjwt({ secret: process.env.KEY, algorithms: ["HS256", «"none"»] });`,
    ].map((code) => marked(code, { ...listed, suggestions: remove(code) })),
    ...[
      `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ verifyOptions: { algorithms: ["HS256", «"none"»] } });`,
    ].map((code) => marked(code, { ...listed, suggestions: remove(code) })),
    ...[`${JWT}jwt.verify(t, "not-a-real-secret", { algorithms: ["HS256", «"none"»] });`].flatMap(
      (code) => [
        // Shown equal for release 9 alone.
        marked(code, listed, { output: without(code) }),
        marked(code, { ...listed, suggestions: remove(code) }, old),
      ],
    ),
    marked(
      `${JWT}import { WITH_NONE } from "./policy.js"; jwt.verify(t, "not-a-real-secret", { algorithms: «WITH_NONE» });`,
      {
        messageId: "listsNone",
        data: { origin: " It is written in tests/fixtures/algorithms/policy.js:5." },
      },
      { filename: path.resolve("tests/fixtures/algorithms/reader.js"), ts: true as const },
    ),
    // A comment that would go stays, and so does the entry.
    marked(
      `${JWT}jwt.verify(t, "not-a-real-secret", { algorithms: [«"none"» /* local */, "HS256"] });`,
      listed,
    ),
  ],
});
