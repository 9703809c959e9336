import path from "node:path";
import rule from "../../src/rules/no-algorithm-confusion.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";\n';
const HEADER = "const { header } = jwt.decode(t, { complete: true });\n";
const FS = 'import { readFileSync } from "node:fs";\n';
const PEM = "`-----BEGIN PUBLIC KEY-----\nfakefakefake\n-----END PUBLIC KEY-----`";
const CERTIFICATE = "`-----BEGIN CERTIFICATE-----\nfakefakefake\n-----END CERTIFICATE-----`";

const version = (name: string, release: string) => ({
  settings: { "jwt-audit": { versions: { [name]: release } } },
});
const old = version("jsonwebtoken", "8.5.1");

interface MixedOptions {
  messageId?: "mixesFamilies" | "mixesFamiliesGuarded";
  name?: string;
  names?: { hmac: string; asymmetric: string };
  /** The lists that stay, as source text with the names for the message. */
  keeps?: readonly (readonly [algorithms: string, list: string])[];
  ts?: true;
  settings?: Record<string, unknown>;
}

function mixed(
  code: string,
  {
    messageId = "mixesFamiliesGuarded",
    name = "jwt.verify",
    names = { hmac: "HS256", asymmetric: "RS256" },
    keeps = [
      ["HS256", '["HS256"]'],
      ["RS256", '["RS256"]'],
    ],
    ...extras
  }: MixedOptions = {},
) {
  const suggestions = keeps.map(([algorithms, list]) => ({
    messageId: "keepOnly",
    data: { algorithms },
    output: code.replace(/«[^»]*»/u, list),
  }));
  return marked(
    code,
    {
      messageId,
      data: { ...names, name, origin: "" },
      ...(suggestions.length === 0 ? {} : { suggestions }),
    },
    extras,
  );
}

function headerDecides(
  code: string,
  {
    messageId = "headerDecidesGuarded",
    replaces = true,
    ...extras
  }: {
    messageId?: string;
    replaces?: boolean;
    ts?: true;
    filename?: string;
    settings?: Record<string, unknown>;
  } = {},
) {
  const suggestions = ['["HS256"]', '["RS256"]'].map((list) => ({
    messageId: "replaceWith",
    data: { list },
    output: code.replace(/«[^»]*»/u, list),
  }));
  return marked(
    code,
    { messageId, data: { origin: "" }, ...(replaces ? { suggestions } : {}) },
    extras,
  );
}

const beside = { filename: path.resolve("tests/fixtures/algorithms/reader.js"), ts: true as const };
const POLICY = `${JWT}import { MIXED, algorithmOf, allowedAlgorithmOf } from "./policy.js";\n`;

testRule("no-algorithm-confusion", rule, {
  valid: [
    {
      code: `${POLICY}jwt.verify(t, k, { algorithms: [allowedAlgorithmOf(t)] });`,
      ...beside,
    },
    // One kind of key in each list.
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["HS256", "HS512"] });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["RS256", "ES256", "EdDSA"] });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: local ? ["HS256"] : ["RS256"] });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: [local ? "HS256" : "RS256"] });`,
    `${JWT}const list = []; if (local) list.push("HS256"); else list.push("RS256"); jwt.verify(t, process.env.KEY, { algorithms: list });`,
    `${JWT}let list; if (local) { list = ["HS256"]; } else { list = ["RS256"]; } jwt.verify(t, process.env.KEY, { algorithms: list });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms });`,
    `${JWT}jwt.verify(t, process.env.KEY, { algorithms: ["HS256", process.env.ALGORITHM] });`,
    `${JWT}jwt.verify(t, process.env.KEY);`,
    // A secret is no public key, whatever the list says.
    {
      code: `${JWT}jwt.verify(t, "not-a-real-secret", { algorithms: ["HS256", "RS256"] });`,
      ...old,
    },
    // The key follows the algorithm.
    `${JWT}jwt.verify(t, findKey, { algorithms: ["HS256", "RS256"] }, done); function findKey(header, found) { found(null, header.alg === "HS256" ? secret : publicKey); }`,
    `import { expressjwt } from "express-jwt"; expressjwt({ secret: async (req, { header: { alg } }) => keys[alg], algorithms: ["HS256", "RS256"] });`,
    // jose tells keys apart by their type.
    `import { jwtVerify, createRemoteJWKSet } from "jose"; jwtVerify(t, createRemoteJWKSet(url), { algorithms: ["HS256", "RS256"] });`,
    `import { jwtVerify, importSPKI } from "jose"; jwtVerify(t, await importSPKI(${PEM}, "RS256"), { algorithms: ["HS256", "RS256"] });`,
    `import { jwtVerify } from "jose"; jwtVerify(t, { kty: "RSA", n: "fake", e: "AQAB" }, { algorithms: ["HS256", "RS256"] });`,

    // A public key with its own algorithms.
    {
      code: `${JWT}${FS}jwt.verify(t, readFileSync("public.pem"), { algorithms: ["RS256"] });`,
      ...old,
    },
    { code: `${JWT}jwt.verify(t, ${PEM}, { algorithms: ["RS256"] });`, ...old },
    { code: `${JWT}jwt.verify(t, ${PEM});`, ...old },
    `import { jwtVerify } from "jose"; jwtVerify(t, new TextEncoder().encode(process.env.KEY));`,
    `import { jwtVerify } from "jose"; import { createPublicKey } from "node:crypto"; jwtVerify(t, createPublicKey(${PEM}));`,
    `import { jwtVerify } from "jose"; jwtVerify(t, Buffer.from(${PEM}), { algorithms: ["RS256"] });`,
    `import { jwtVerify } from "jose"; jwtVerify(t, Buffer.from(${PEM}), options);`,
    // A name makes no key: neither of a variable, nor of a folder.
    { code: `${JWT}jwt.verify(t, process.env.PUBLIC_KEY, { algorithms: ["HS256"] });`, ...old },
    {
      code: `${JWT}${FS}jwt.verify(t, readFileSync("public/secret.txt"), { algorithms: ["HS256"] });`,
      ...old,
    },
    `${JWT}${FS}jwt.sign(claims, readFileSync("private.pem"), { algorithm: "RS256" });`,
    `${JWT}${FS}jwt.sign(claims, readFileSync("public.pem"), options);`,
    `${JWT}jwt.sign(claims, process.env.KEY);`,
    `import { SignJWT, importPKCS8 } from "jose"; new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(await importPKCS8(pem, "RS256"));`,

    // The header is read to find the key, and checked before it counts.
    `${JWT}${HEADER}jwt.verify(t, keys[header.kid], { algorithms: ["RS256"] });`,
    `${JWT}${HEADER}if (!ALLOWED.includes(header.alg)) throw new Error("algorithm"); jwt.verify(t, k, { algorithms: [header.alg] });`,
    `${JWT}${HEADER}if (header.alg !== "RS256") throw new Error("algorithm"); jwt.verify(t, k, { algorithms: [header.alg] });`,
    `${JWT}${HEADER}switch (header.alg) { case "RS256": jwt.verify(t, k, { algorithms: [header.alg] }); }`,
    `${JWT}${HEADER}assertAllowed(header.alg); jwt.verify(t, k, { algorithms: [header.alg] });`,
    `${JWT}${HEADER}if (!isAllowed(header.alg)) throw new Error("algorithm"); jwt.verify(t, k, { algorithms: [header.alg] });`,
    `${JWT}${HEADER}jwt.verify(t, k, { algorithms: LISTS[header.alg] });`,
    ...[
      "createDecoder(); const { header } = decode(t);",
      'createDecoder({ complete: true }); const { header } = decode(t); if (header.alg !== "RS256") throw new Error("alg");',
    ].map(
      (decode) =>
        `import { createDecoder } from "fast-jwt"; import { compactVerify } from "jose"; export async function check(t) { const decode = ${decode} await compactVerify(t, k, { algorithms: [header.alg] }); }`,
    ),
    `${JWT}function algorithmOf(t) { const { header } = jwt.decode(t, { complete: true }); if (!ALLOWED.has(header.alg)) throw new Error("algorithm"); return header.alg; }\njwt.verify(t, k, { algorithms: [algorithmOf(t)] });`,
    `import { jwtVerify, decodeProtectedHeader, importJWK } from "jose"; const { alg } = decodeProtectedHeader(t); jwtVerify(t, await importJWK(jwk, alg), { algorithms: ["ES256"] });`,
    // A claim of that name, and a header that was verified.
    `${JWT}const claims = jwt.decode(t); jwt.verify(t, k, { algorithms: [claims.alg] });`,
    `import { jwtVerify } from "jose"; const { protectedHeader } = await jwtVerify(t, k); jwtVerify(other, k, { algorithms: [protectedHeader.alg] });`,
    "const algorithms = ['HS256', 'RS256']; jwtPolicy.verify(t, k, { algorithms });",
  ],
  invalid: [
    // Both kinds in one list.
    mixed(`${JWT}jwt.verify(t, process.env.KEY, { algorithms: «["HS256", "RS256"]» });`),
    mixed(`${JWT}jwt.verify(t, process.env.KEY, { algorithms: «["HS256", "RS256"]» });`, {
      messageId: "mixesFamilies",
      ...old,
    }),
    mixed(
      `const { verify } = require("jsonwebtoken"); const LIST = «["RS256", "HS256", "ES256"]»; verify(t, k, { algorithms: LIST }); verify(u, k, { algorithms: LIST });`,
      {
        name: "verify",
        keeps: [
          ["HS256", '["HS256"]'],
          ["RS256 and ES256", '["RS256", "ES256"]'],
        ],
      },
    ),
    mixed(
      `import { verify as check } from "jsonwebtoken"; check(t, k, { algorithms: config.algorithms || «["HS256", "RS256"]» });`,
      { name: "check" },
    ),
    mixed(`${JWT}const HMAC = ["HS256"]; jwt.verify(t, k, { algorithms: «[...HMAC, "PS512"]» });`, {
      names: { hmac: "HS256", asymmetric: "PS512" },
      keeps: [],
    }),
    mixed(
      `${JWT}const list = «["HS256"]»; list.push("RS256"); jwt.verify(t, k, { algorithms: list });`,
      {
        keeps: [],
      },
    ),
    // Comments stay: no edit.
    mixed(`${JWT}jwt.verify(t, k, { algorithms: «["HS256" /* old */, "RS256"]» });`, { keeps: [] }),
    // The key is public, so only its own algorithms can be right.
    mixed(
      `${JWT}${FS}jwt.verify(t, readFileSync("keys/public.pem"), { algorithms: «["HS256", "RS256"]» });`,
      {
        messageId: "mixesFamilies",
        keeps: [["RS256", '["RS256"]']],
        ...old,
      },
    ),
    mixed(
      `import { createPublicKey } from "node:crypto"; ${JWT}jwt.verify(t, createPublicKey(pem), { algorithms: «["HS256", "RS256"]» });`,
      {
        keeps: [["RS256", '["RS256"]']],
        ...old,
      },
    ),
    mixed(
      `${JWT}jwt.verify(t, (header, found) => found(null, keys.get(header.kid)), { algorithms: «["HS256", "RS256"]» }, done);`,
      {
        messageId: "mixesFamilies",
        ...old,
      },
    ),
    mixed(
      `import { expressjwt } from "express-jwt"; expressjwt({ secret: process.env.KEY, algorithms: «["HS256", "RS256"]» });`,
      { name: "expressjwt" },
    ),
    mixed(
      `const jwt = require("express-jwt"); jwt({ secret: process.env.KEY, algorithms: «["HS256", "RS256"]» });`,
      {
        messageId: "mixesFamilies",
        name: "jwt",
        ...version("express-jwt", "6.1.2"),
      },
    ),
    mixed(
      `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: process.env.KEY, algorithms: «["HS256", "RS256"]» }, done);`,
      { name: "Strategy" },
    ),
    mixed(
      `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKeyProvider: provider, algorithms: «["HS256", "RS256"]» }, done);`,
      {
        messageId: "mixesFamilies",
        name: "Strategy",
        ...version("passport-jwt", "3.0.1"),
      },
    ),
    mixed(
      `import { JwtModule } from "@nestjs/jwt"; JwtModule.register({ publicKey, verifyOptions: { algorithms: «["HS256", "RS256"]» } });`,
      { name: "JwtModule.register" },
    ),
    mixed(
      `import { JwtService } from "@nestjs/jwt"; class Guard { constructor(private readonly jwt: JwtService) {} check(t: string) { return this.jwt.verifyAsync(t, { algorithms: «["HS256", "RS256"]» }); } }`,
      {
        name: "this.jwt.verifyAsync",
        ts: true,
      },
    ),

    marked(
      `${POLICY}jwt.verify(t, k, { algorithms: «MIXED» });`,
      {
        messageId: "mixesFamiliesGuarded",
        data: {
          hmac: "HS256",
          asymmetric: "RS256",
          name: "jwt.verify",
          origin: " It is written in tests/fixtures/algorithms/policy.js:3.",
        },
      },
      beside,
    ),
    headerDecides(`${POLICY}jwt.verify(t, k, { algorithms: «[algorithmOf(t)]» });`, beside),

    // A public key as a secret.
    marked(
      `${JWT}jwt.verify(t, «${PEM}», { algorithms: ["HS256"] });`,
      { messageId: "publicKeyAsSecret", data: { name: "jwt.verify", origin: "" } },
      old,
    ),
    marked(`${JWT}jwt.verify(t, «${CERTIFICATE}», { algorithms: ["HS256"] });`, {
      messageId: "publicKeyRefused",
      data: { name: "jwt.verify", origin: "" },
    }),
    marked(
      `${JWT}${FS}const key = readFileSync(path.join(import.meta.dirname, "../keys/jwtRS256.key.pub"), "utf8"); jwt.verify(t, «key», { algorithms: ["HS256"] });`,
      {
        messageId: "publicKeyAsSecret",
        data: { name: "jwt.verify", origin: "" },
      },
      old,
    ),
    marked(
      `${JWT}import { createSecretKey } from "node:crypto"; jwt.verify(t, «createSecretKey(Buffer.from(${PEM}))»);`,
      {
        messageId: "publicKeyAsSecret",
        data: { name: "jwt.verify", origin: "" },
      },
    ),
    marked(`import { jwtVerify } from "jose"; jwtVerify(t, «new TextEncoder().encode(${PEM})»);`, {
      messageId: "publicKeyAsSecret",
      data: { name: "jwtVerify", origin: "" },
    }),
    marked(
      `import { jwtVerify } from "jose"; jwtVerify(t, «Buffer.from(${PEM})», { issuer: "me", algorithms: ["HS256", "RS256"] });`,
      {
        messageId: "publicKeyAsSecret",
        data: { name: "jwtVerify", origin: "" },
      },
    ),
    marked(
      `import { jwtVerify } from "jose"; ${FS}jwtVerify(t, «readFileSync("public.pem")»);`,
      { messageId: "publicKeyAsSecret", data: { name: "jwtVerify", origin: "" } },
      version("jose", "4.15.9"),
    ),
    marked(`${JWT}jwt.sign(claims, «${PEM}»);`, {
      messageId: "signsWithPublicKey",
      data: { name: "jwt.sign", origin: "" },
    }),
    marked(`${JWT}${FS}jwt.sign(claims, «readFileSync("server.crt")», { algorithm: "HS512" });`, {
      messageId: "signsWithPublicKey",
      data: { name: "jwt.sign", origin: "" },
    }),
    marked(
      `import { SignJWT } from "jose"; new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(«new TextEncoder().encode(${PEM})»);`,
      {
        messageId: "signsWithPublicKey",
        data: { name: "sign", origin: "" },
      },
    ),

    marked(
      `${JWT}${FS}class Reader { key = readFileSync(process.env.KEY_FILE || "./keys/jwt_public.pem"); read(t) { return jwt.verify(t, «this.key», { algorithms: ["HS256"] }); } }`,
      { messageId: "publicKeyAsSecret", data: { name: "jwt.verify", origin: "" } },
      old,
    ),
    marked(
      `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: «${PEM}», algorithms: ["HS256"] }, done);`,
      { messageId: "publicKeyAsSecret", data: { name: "Strategy", origin: "" } },
      version("passport-jwt", "3.0.1"),
    ),

    // The token chooses.
    headerDecides(`${JWT}${HEADER}jwt.verify(t, k, { algorithms: «[header.alg]» });`),
    headerDecides(`${JWT}${HEADER}jwt.verify(t, k, { algorithms: «[header.alg]» });`, {
      messageId: "headerDecides",
      ...old,
    }),
    headerDecides(
      `${JWT}const token = jwt.decode(t, { complete: true }); if (!token) throw new Error("token"); if (token.header.alg === "none") throw new Error("none"); jwt.verify(t, k, { algorithms: «[token.header.alg]» });`,
    ),
    headerDecides(
      `${JWT}function algorithmOf(t) { return jwt.decode(t, { complete: true })?.header.alg; }\nexport function check(t, config) { const alg = algorithmOf(t); return jwt.verify(t, k, { algorithms: «config.algorithms ?? (alg ? [alg] : undefined)» }); }`,
    ),
    headerDecides(
      `${JWT}const { alg, kid } = jwt.decode(t, { complete: true }).header; const algorithms = [alg]; jwt.verify(t, keys[kid], { «algorithms» });`,
      { replaces: false },
    ),
    headerDecides(
      `import { jwtVerify, decodeProtectedHeader } from "jose"; jwtVerify(t, k, { algorithms: «[decodeProtectedHeader(t).alg]» });`,
    ),
    headerDecides(
      `import * as jose from "jose"; const { alg } = jose.decodeProtectedHeader(t); console.log(alg); jose.jwtVerify(t, await jose.importJWK(jwk, alg), { algorithms: «[alg]», issuer: "me" });`,
    ),
    headerDecides(
      `import { createDecoder } from "fast-jwt"; import { compactVerify } from "jose"; const decode = createDecoder({ complete: true }); export async function check(t) { const { header } = decode(t); await compactVerify(t, k, { algorithms: «[header.alg]» }); }`,
    ),
    headerDecides(
      `${JWT}const header = JSON.parse(Buffer.from(t.split(".")[0], "base64").toString()); jwt.verify(t, k, { algorithms: «[header.alg]» });`,
    ),
  ],
});
