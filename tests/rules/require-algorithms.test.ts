import path from "node:path";
import rule from "../../src/rules/require-algorithms.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const RSA = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAfakefakefakefakefake
-----END PUBLIC KEY-----`;
const EC = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfakefakefakefakefakefakefake
-----END PUBLIC KEY-----`;
const HMAC = `["HS256", "HS384", "HS512"]`;
const RS_PS = `["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]`;
const old = { settings: { "jwt-audit": { versions: { jsonwebtoken: "8.5.1" } } } };
const typed = { options: [{ typedKeys: true }] };

const version = (name: string, release: string) => ({
  settings: { "jwt-audit": { versions: { [name]: release } } },
});

/** Suggestions that put each list where `□` stands in the code without marks. */
const add = (code: string, before: string, names: readonly string[], after = "") =>
  names.map((name) => ({
    messageId: "addAlgorithms",
    data: { option: `algorithms: ["${name}"]` },
    output: code.replaceAll(/[«»]/gu, "").replace("□", `${before}algorithms: ["${name}"]${after}`),
  }));

/** A finding about a key of an unknown type, with the two suggestions that go with it. */
function unlisted(
  code: string,
  name: string,
  {
    none = "",
    before = ", { ",
    after = " }",
    names = ["HS256", "RS256"],
    ...extras
  }: {
    none?: string;
    before?: string;
    after?: string;
    names?: readonly string[];
    ts?: true;
    settings?: Record<string, unknown>;
  } = {},
) {
  const suggestions = code.includes("□") ? { suggestions: add(code, before, names, after) } : {};
  return marked(
    code.replace("□", none),
    { messageId: "unlisted", data: { name, origin: "" }, ...suggestions },
    extras,
  );
}

testRule("require-algorithms", rule, {
  valid: [
    // Nobody else's token comes in.
    `import jwt from "jsonwebtoken"; const make = (claims) => jwt.sign(claims, key, { expiresIn: "1h" }); export const pair = (claims) => { const token = make(claims); return [token, jwt.verify(token, key)]; };`,
    `import jwt from "jsonwebtoken"; export const pair = (claims, key) => { const token = jwt.sign(claims, key, { expiresIn: "1h" }); jwt.verify(token, key, log); return token; };`,
    // There is no list to name them in: no-none-algorithm says to leave the library (expo-jwt 1.8.2)
    `import JWT from "expo-jwt"; export const read = (token) => JWT.decode(token, key);`,
    // What stands behind may be what changes it
    `import { Strategy, ExtractJwt } from "passport-jwt"; const options = { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: key }; complete(options); passport.use(new Strategy(options, verify));`,
    `import jwt from "jsonwebtoken"; const options = {}; export const check = (token) => jwt.verify(token, publicKey, options); setUp(options);`,
    `import jwt from "jsonwebtoken"; const options = {}; for (const token of tokens) { jwt.verify(token, publicKey, options); complete(options); }`,
    // jsonwebtoken
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["HS256"] });`,
    `${JWT}jwt.verify(t, process.env.KEY, { "algorithms": ["HS256"], issuer: "me" });`,
    `${JWT}jwt.verify(t, process.env.KEY, { ["algorithms"]: ["HS256"] });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: [] });`,
    `${JWT}const options = { algorithms: ["HS256"] }; jwt.verify(t, process.env.KEY, options);`,
    `${JWT}const options = {}; options.algorithms = ["HS256"]; jwt.verify(t, process.env.KEY, options);`,
    `${JWT}const base = { algorithms: ["HS256"] }; jwt.verify(t, process.env.KEY, { ...base, issuer: "me" });`,
    `${JWT}jwt.verify(t, process.env.KEY, Object.assign({}, { algorithms: ["HS256"] }));`,
    `${JWT}const base = { algorithms: ["HS256"] }; jwt.verify(t, k, strict ? base : { ...base, issuer: "me" });`,
    `${JWT}jwt.sign({ sub: "1" }, process.env.KEY); jwt.decode(t);`,
    // What nobody can see into is not missing.
    `${JWT}jwt.verify(t, process.env.KEY, options);`,
    `${JWT}jwt.verify(t, process.env.KEY, { ...options, issuer: "me" });`,
    `${JWT}jwt.verify(t, process.env.KEY, { [name]: value });`,
    `${JWT}jwt.verify(t, process.env.KEY, getOptions());`,
    `${JWT}jwt.verify(t, process.env.KEY, Object.assign({}, defaults, { issuer: "me" }));`,
    `${JWT}jwt.verify(...args);`,
    `${JWT}jwt.verify(t, ...rest);`,
    `${JWT}const options = {}; fill(options); jwt.verify(t, process.env.KEY, options);`,
    `${JWT}export function check(t, options) { return jwt.verify(t, process.env.KEY, options); }`,
    `${JWT}export const check = (t, { algorithms } = {}) => jwt.verify(t, process.env.KEY, { algorithms });`,
    `${JWT}class Reader { constructor(options) { this.options = options; } read(t) { return jwt.verify(t, process.env.KEY, this.options); } }`,
    `${JWT}import options from "./missing.js"; jwt.verify(t, process.env.KEY, options);`,
    // Not the library's function.
    "class Jwt { verify(t, k) {} } new Jwt().verify(t, k);",
    `import crypto from "node:crypto"; crypto.verify("sha256", data, jwtKey, signature);`,
    `const jwt = require("./jwt"); jwt.verify(t, k);`,

    // jose goes by the type of the key.
    `import { jwtVerify, createRemoteJWKSet } from "jose"; jwtVerify(t, createRemoteJWKSet(url), { issuer: "me", audience: "api" });`,
    `import { jwtVerify } from "jose"; jwtVerify(t, new TextEncoder().encode(process.env.KEY));`,
    `import { compactVerify } from "jose"; compactVerify(t, key);`,
    {
      code: `import { jwtVerify } from "jose"; jwtVerify(t, key, { algorithms: ["RS256"] });`,
      ...typed,
    },
    { code: `import { jwtVerify } from "jose"; jwtVerify(t, key, options);`, ...typed },
    { code: `import { jwtDecrypt } from "jose"; jwtDecrypt(t, key);`, ...typed },
    `import { createPublicKey } from "node:crypto"; ${JWT}jwt.verify(t, createPublicKey(pem), {});`,

    // NestJS: the module or the call may say it, and neither has to.
    {
      code: `import { JwtService } from "@nestjs/jwt"; class Guard { constructor(private readonly jwt: JwtService) {} check(t: string) { return this.jwt.verify(t); } }`,
      ts: true,
    },
    `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ secret: process.env.KEY });`,

    // passport-jwt
    `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: process.env.KEY, algorithms: ["HS256"] }, done);`,
    `import { Strategy } from "passport-jwt"; new Strategy(options, done);`,

    // jsrsasign
    `import { KJUR } from "jsrsasign"; KJUR.jws.JWS.verify(t, key, ["RS256"]);`,

    // express-jwt 6 and later refuse to start without a list.
    `import jwt from "express-jwt"; jwt({ secret: process.env.KEY, algorithms: ["HS256"] });`,
    `import { expressjwt } from "express-jwt"; expressjwt({ secret: process.env.KEY });`,
    {
      code: `const jwt = require("express-jwt"); jwt({ secret: process.env.KEY });`,
      ...version("express-jwt", "6.1.2"),
    },
    {
      code: `const jwt = require("express-jwt"); jwt({ secret: process.env.KEY, algorithms: ["HS256"] });`,
      ...version("express-jwt", "5.3.3"),
    },
  ],
  invalid: [
    // Nobody reads the options behind the call that they are for.
    unlisted(
      `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport"; export class Check extends PassportStrategy(Strategy) { constructor(key) { const options = { secretOrKey: key, jwtFromRequest: from□ }; «super»(options); } }`,
      "Strategy",
      { before: ", ", after: "" },
    ),
    // The strategy overwrites the inner list with what stands at the top level.
    marked(
      `import { Strategy } from "passport-jwt"; new «Strategy»({ secretOrKey: process.env.KEY, jsonWebTokenOptions: { algorithms: ["HS256"] } }, done);`,
      {
        messageId: "unlisted",
        data: {
          name: "Strategy",
          origin: "",
          library: "passport-jwt",
          version: "4.0.1",
          algorithms: "",
        },
      },
    ),
    // A list under a name that is not read limits nothing; no-ineffective-option offers the name.
    ...["algorithm", "alg"].map((name) =>
      marked(`${JWT}«jwt.verify»(t, process.env.KEY, { ${name}: "HS256" });`, {
        messageId: "unlisted",
        data: {
          name: "jwt.verify",
          origin: "",
          library: "jsonwebtoken",
          version: "9.0.3",
          algorithms: "",
        },
      }),
    ),
    // jsonwebtoken 9: every import and call form.
    unlisted(`${JWT}«jwt.verify»(t, process.env.KEY□);`, "jwt.verify"),
    unlisted(
      `import { verify as check } from "jsonwebtoken"; «check»(t, process.env.KEY□);`,
      "check",
    ),
    unlisted(
      `import * as tokens from "jsonwebtoken"; «tokens.verify»(t, process.env.KEY□);`,
      "tokens.verify",
    ),
    unlisted(
      `const { verify } = require("jsonwebtoken"); «verify»(t, process.env.KEY□);`,
      "verify",
    ),
    unlisted(
      `const verify = require("jsonwebtoken/verify"); «verify»(t, process.env.KEY□);`,
      "verify",
    ),
    unlisted(`«require("jsonwebtoken").verify»(t, process.env.KEY□);`, "verify"),
    unlisted(
      `${JWT}import { promisify } from "node:util"; const check = promisify(jwt.verify); await «check»(t, process.env.KEY□);`,
      "check",
    ),
    unlisted(`${JWT}const check = jwt.verify.bind(jwt); «check»(t, process.env.KEY□);`, "check"),
    unlisted(
      `${JWT}«jwt.verify»(t, process.env.KEY□, (error, claims) => done(error, claims));`,
      "jwt.verify",
    ),
    unlisted(
      `${JWT}«jwt.verify»(t, findKey, {□}, done); function findKey(header, found) { found(null, keys.get(header.kid)); } function done(error) {}`,
      "jwt.verify",
      { before: " ", after: " " },
    ),
    unlisted(`${JWT}«jwt.verify»(t, process.env.KEY, { issuer: "me"□ });`, "jwt.verify", {
      before: ", ",
      after: "",
    }),
    unlisted(
      `${JWT}const options = { issuer: "me"□ }; «jwt.verify»(t, process.env.KEY, options);`,
      "jwt.verify",
      { before: ", ", after: "" },
    ),
    unlisted(
      `${JWT}«jwt.verify»(t, process.env.KEY, { ...(strict && { issuer: "me" })□ });`,
      "jwt.verify",
      { before: ", ", after: "" },
    ),
    unlisted(
      `${JWT}«jwt.verify»(t, process.env.KEY, Object.assign({}, { issuer: "me" }));`,
      "jwt.verify",
    ),
    unlisted(
      `${JWT}«jwt.verify»(t, process.env.KEY, refresh ? { issuer: "a" } : { issuer: "b" });`,
      "jwt.verify",
    ),
    unlisted(
      `${JWT}class Reader { options = { issuer: "me" }; read(t) { return «jwt.verify»(t, process.env.KEY, □); } }`,
      "jwt.verify",
      { none: "this.options", before: "{ ...this.options, ", after: " }" },
    ),
    unlisted(
      `${JWT}function check(t, options = {}) { return «jwt.verify»(t, process.env.KEY, □); } check(a); check(b, { issuer: "me" });`,
      "jwt.verify",
      { none: "options", before: "{ ...options, ", after: " }" },
    ),
    unlisted(
      `${JWT}export const check = (t) => new Promise((resolve, reject) => «jwt.verify»(t, config.key□, (error, claims) => (error ? reject(error) : resolve(claims))));`,
      "jwt.verify",
    ),
    marked(
      `${JWT}import { withoutList } from "./policy.js"; «jwt.verify»(t, process.env.KEY, withoutList);`,
      {
        messageId: "unlisted",
        data: { name: "jwt.verify", origin: "" },
        suggestions: ["HS256", "RS256"].map((name) => ({
          messageId: "addAlgorithms",
          data: { option: `algorithms: ["${name}"]` },
          output: `${JWT}import { withoutList } from "./policy.js"; jwt.verify(t, process.env.KEY, { ...withoutList, algorithms: ["${name}"] });`,
        })),
      },
      { filename: path.resolve("tests/fixtures/algorithms/reader.js"), ts: true as const },
    ),
    // Nothing in its place is nothing; the edit goes where it is written.
    marked(`${JWT}jwt.verify(t, process.env.KEY, { «algorithms: undefined» });`, {
      messageId: "unlisted",
      data: { name: "jwt.verify", origin: "" },
      suggestions: ["HS256", "RS256"].map((name) => ({
        messageId: "addAlgorithms",
        data: { option: `algorithms: ["${name}"]` },
        output: `${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["${name}"] });`,
      })),
    }),
    // Comments and commas stay.
    unlisted(
      `${JWT}«jwt.verify»(t, process.env.KEY, {\n  issuer: "me"□, // the only one\n});`,
      "jwt.verify",
      { before: ",\n  ", after: "" },
    ),

    // A key of a certain type: the full list accepts the same tokens.
    marked(
      `${JWT}«jwt.verify»(t, "not-a-real-secret");`,
      {
        messageId: "unlistedKnownKey",
        data: { name: "jwt.verify", algorithms: "HS256, HS384 and HS512", origin: "" },
        suggestions: add(`${JWT}jwt.verify(t, "not-a-real-secret"□);`, ", { ", ["HS256"], " }"),
      },
      { output: `${JWT}jwt.verify(t, "not-a-real-secret", { algorithms: ${HMAC} });` },
    ),
    marked(
      `${JWT}const key = Buffer.from("not-a-real-secret", "utf8"); «jwt.verify»(t, key, { issuer: "me" });`,
      {
        messageId: "unlistedKnownKey",
        data: { name: "jwt.verify", algorithms: "HS256, HS384 and HS512", origin: "" },
        suggestions: add(
          `${JWT}const key = Buffer.from("not-a-real-secret", "utf8"); jwt.verify(t, key, { issuer: "me"□ });`,
          ", ",
          ["HS256"],
        ),
      },
      {
        output: `${JWT}const key = Buffer.from("not-a-real-secret", "utf8"); jwt.verify(t, key, { issuer: "me", algorithms: ${HMAC} });`,
      },
    ),
    marked(
      `${JWT}«jwt.verify»(t, \`${RSA}\`);`,
      {
        messageId: "unlistedKnownKey",
        data: {
          name: "jwt.verify",
          algorithms: "RS256, RS384, RS512, PS256, PS384 and PS512",
          origin: "",
        },
        suggestions: add(`${JWT}jwt.verify(t, \`${RSA}\`□);`, ", { ", ["RS256"], " }"),
      },
      { ...old, output: `${JWT}jwt.verify(t, \`${RSA}\`, { algorithms: ${RS_PS} });` },
    ),
    marked(
      `${JWT}«jwt.verify»(t, \`${EC}\`);`,
      {
        messageId: "unlistedKnownKey",
        data: { name: "jwt.verify", algorithms: "ES256, ES384 and ES512", origin: "" },
        suggestions: add(`${JWT}jwt.verify(t, \`${EC}\`□);`, ", { ", ["ES256"], " }"),
      },
      { output: `${JWT}jwt.verify(t, \`${EC}\`, { algorithms: ["ES256", "ES384", "ES512"] });` },
    ),
    // Release 7 was not compared, an object that others share is not changed without asking.
    marked(
      `${JWT}«jwt.verify»(t, "not-a-real-secret");`,
      {
        messageId: "unlistedKnownKey",
        data: { name: "jwt.verify", algorithms: "HS256, HS384 and HS512", origin: "" },
        suggestions: add(`${JWT}jwt.verify(t, "not-a-real-secret"□);`, ", { ", ["HS256"], " }"),
      },
      version("jsonwebtoken", "7.4.3"),
    ),
    marked(`${JWT}const options = {}; «jwt.verify»(t, "not-a-real-secret", options);`, {
      messageId: "unlistedKnownKey",
      data: { name: "jwt.verify", algorithms: "HS256, HS384 and HS512", origin: "" },
      suggestions: add(
        `${JWT}const options = {□}; jwt.verify(t, "not-a-real-secret", options);`,
        " ",
        ["HS256"],
        " ",
      ),
    }),

    // jsonwebtoken 8
    marked(
      `${JWT}«jwt.verify»(t, process.env.KEY);`,
      {
        messageId: "unlistedByText",
        data: { library: "jsonwebtoken", version: "8.5.1", origin: "" },
        suggestions: add(
          `${JWT}jwt.verify(t, process.env.KEY□);`,
          ", { ",
          ["HS256", "RS256"],
          " }",
        ),
      },
      old,
    ),
    marked(
      `${JWT}import { readFileSync } from "node:fs"; «jwt.verify»(t, readFileSync("keys/public.pem"));`,
      {
        messageId: "unlistedByText",
        data: { library: "jsonwebtoken", version: "8.5.1", origin: "" },
        suggestions: add(
          `${JWT}import { readFileSync } from "node:fs"; jwt.verify(t, readFileSync("keys/public.pem")□);`,
          ", { ",
          ["RS256", "ES256"],
          " }",
        ),
      },
      old,
    ),

    // jose, where a policy asks for it
    marked(
      `import { jwtVerify } from "jose"; «jwtVerify»(t, new TextEncoder().encode(process.env.KEY));`,
      {
        messageId: "unlistedTypedKey",
        data: { name: "jwtVerify", origin: "" },
        suggestions: add(
          `import { jwtVerify } from "jose"; jwtVerify(t, new TextEncoder().encode(process.env.KEY)□);`,
          ", { ",
          ["HS256"],
          " }",
        ),
      },
      {
        ...typed,
        output: `import { jwtVerify } from "jose"; jwtVerify(t, new TextEncoder().encode(process.env.KEY), { algorithms: ${HMAC} });`,
      },
    ),
    marked(
      `import { jwtVerify, importSPKI } from "jose"; «jwtVerify»(t, await importSPKI(pem, "ES256"), { issuer: "me" });`,
      {
        messageId: "unlistedTypedKey",
        data: { name: "jwtVerify", origin: "" },
        suggestions: add(
          `import { jwtVerify, importSPKI } from "jose"; jwtVerify(t, await importSPKI(pem, "ES256"), { issuer: "me"□ });`,
          ", ",
          ["ES256"],
        ),
      },
      {
        ...typed,
        output: `import { jwtVerify, importSPKI } from "jose"; jwtVerify(t, await importSPKI(pem, "ES256"), { issuer: "me", algorithms: ["ES256"] });`,
      },
    ),
    // Releases 4 and 5 do not bind an imported key to its algorithm.
    marked(
      `import { jwtVerify, importSPKI } from "jose"; «jwtVerify»(t, await importSPKI(pem, "RS256"));`,
      {
        messageId: "unlistedTypedKey",
        data: { name: "jwtVerify", origin: "" },
        suggestions: add(
          `import { jwtVerify, importSPKI } from "jose"; jwtVerify(t, await importSPKI(pem, "RS256")□);`,
          ", { ",
          ["RS256"],
          " }",
        ),
      },
      { ...typed, ...version("jose", "5.10.0") },
    ),
    marked(
      `import * as jose from "jose"; «jose.jwtVerify»(t, jose.createRemoteJWKSet(url), { issuer: "me" });`,
      {
        messageId: "unlistedTypedKey",
        data: { name: "jose.jwtVerify", origin: "" },
        suggestions: add(
          `import * as jose from "jose"; jose.jwtVerify(t, jose.createRemoteJWKSet(url), { issuer: "me"□ });`,
          ", ",
          ["RS256", "ES256"],
        ),
      },
      typed,
    ),

    // passport-jwt
    unlisted(
      `import { Strategy } from "passport-jwt"; new «Strategy»({ secretOrKey: process.env.KEY□ }, done);`,
      "Strategy",
      { before: ", ", after: "" },
    ),
    unlisted(
      `import { Strategy } from "passport-jwt"; const options = {□}; options.secretOrKey = process.env.KEY; new «Strategy»(options, done);`,
      "Strategy",
      { before: " ", after: " " },
    ),
    unlisted(
      `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport"; class Jwt extends PassportStrategy(Strategy) { constructor() { «super»({ secretOrKey: process.env.KEY□ }); } }`,
      "Strategy",
      { before: ", ", after: "" },
    ),
    marked(
      `import { Strategy } from "passport-jwt"; new «Strategy»({ secretOrKey: process.env.KEY }, done);`,
      {
        messageId: "unlisted",
        data: { name: "Strategy", origin: "" },
        suggestions: add(
          `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: process.env.KEY□ }, done);`,
          ", ",
          ["HS256", "RS256"],
        ),
      },
      version("passport-jwt", "3.0.1"),
    ),

    // What a function finds may be missing for each token.
    marked(
      `const jwt = require("express-jwt"); app.use(«jwt»({ secret: (req, payload, done) => find(payload, done) }));`,
      {
        messageId: "unlistedByText",
        data: { library: "express-jwt", version: "5.3.3", origin: "" },
        suggestions: add(
          `const jwt = require("express-jwt"); app.use(jwt({ secret: (req, payload, done) => find(payload, done)□ }));`,
          ", ",
          ["HS256", "RS256"],
        ),
      },
      version("express-jwt", "5.3.3"),
    ),
    // The program asks before whether there is a key; asking for another one says nothing.
    ...(
      [
        ["const key = process.env.KEY; if (!key) throw new Error('no key'); ", "key", "unlisted"],
        ["if (!process.env.KEY) { process.exit(1); } ", "process.env.KEY", "unlisted"],
        ["const key = find(); if (!key) throw new Error('no key'); ", "key", "unlisted"],
        ["const key = find(); if (!other) throw new Error('no key'); ", "key", "unlistedByText"],
        ["const key = find(); if (key) throw new Error('a key'); else ", "key", "unlistedByText"],
        ["if (!process.env.OTHER) { process.exit(1); } ", "process.env.KEY", "unlistedByText"],
      ] as const
    ).map(([before, key, messageId]) =>
      marked(
        `${JWT}${before}«jwt.verify»(t, ${key});`,
        {
          messageId,
          data:
            messageId === "unlisted"
              ? { name: "jwt.verify", origin: "" }
              : { library: "jsonwebtoken", version: "8.5.1", origin: "" },
          suggestions: add(
            `${JWT}${before}jwt.verify(t, ${key}□);`,
            ", { ",
            ["HS256", "RS256"],
            " }",
          ),
        },
        old,
      ),
    ),

    // express-jwt 5
    marked(
      `const jwt = require("express-jwt"); app.use(«jwt»({ secret: process.env.KEY }).unless({ path: ["/login"] }));`,
      {
        messageId: "unlisted",
        data: { name: "jwt", origin: "" },
        suggestions: add(
          `const jwt = require("express-jwt"); app.use(jwt({ secret: process.env.KEY□ }).unless({ path: ["/login"] }));`,
          ", ",
          ["HS256", "RS256"],
        ),
      },
      version("express-jwt", "5.3.3"),
    ),
    // The default export is gone since 7, and 6 would not start.
    marked(`import jwt from "express-jwt"; app.use(«jwt»({ secret: process.env.KEY }));`, {
      messageId: "unlisted",
      data: { name: "jwt", origin: "" },
      suggestions: add(
        `import jwt from "express-jwt"; app.use(jwt({ secret: process.env.KEY□ }));`,
        ", ",
        ["HS256", "RS256"],
      ),
    }),

    // The header of the token decides; the list has no name to add.
    marked(`import { KJUR } from "jsrsasign"; «KJUR.jws.JWS.verify»(t, key);`, {
      messageId: "unlistedByHeader",
      data: { name: "KJUR.jws.JWS.verify", origin: "" },
    }),
  ],
});
