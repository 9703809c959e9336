import { fileURLToPath } from "node:url";
import rule from "../../src/rules/require-expiration.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/claims/${name}`, import.meta.url));

const authJs = (encode: string, callback = "async jwt({ token }) { return token; }"): string =>
  `import NextAuth from "next-auth"; import jwt from "jsonwebtoken";
export default NextAuth({ providers, session: { strategy: "jwt", maxAge: 3600 }, jwt: { encode: ${encode} }, callbacks: { ${callback} } });`;

testRule("require-expiration", rule, {
  valid: [
    // What is no name may be an object, with whatever is in it.
    ...["user", "account", "claims"].map(
      (name) =>
        `import jwt from "jsonwebtoken"; app.post("/login", async (req, res) => { const { ${name} } = req.body; await check(req.body); res.json(jwt.sign(${name}, key)); });`,
    ),
    `import jwt from "jsonwebtoken"; app.post("/login", async (req, res) => { const { email } = await check(req.body); res.json(jwt.sign(email, key)); });`,
    // Names of a lifetime that old releases read, and newer ones throw for
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign({ id }, KEY, { expiresInMinutes: 60 });`,
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign({ id }, KEY, { expiresInSeconds: 900 });`,
    {
      code: `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign({ id }, KEY, { expiresInMinutes: 60 });`,
      settings: { "jwt-audit": { versions: { jsonwebtoken: "5.7.0" } } },
    },
    // The text of an object is read as one.
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign(JSON.stringify({ id, exp: now() + 900 }), KEY);`,
    `import jwt from "jsonwebtoken"; export const issue = (id) => { const claims = { id }; claims.exp = now() + 900; return jwt.sign(JSON.stringify(claims), KEY); };`,
    `import jwt from "jsonwebtoken"; export const issue = (claims) => jwt.sign(JSON.stringify(claims), KEY);`,
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign(JSON.stringify({ id, until }, shorten), KEY);`,
    // It throws.
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign(JSON.stringify({ id }), KEY, { expiresIn: "1h" });`,
    // So does a call that has its options in the place of the key.
    `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign({ id }, { expiresIn: "1h" }, KEY);`,
    `import jwt from "jsonwebtoken"; export const issue = (id, done) => { const options = { issuer: "acme" }; jwt.sign({ id }, options, {}, done); };`,
    // A copy may bring what its original brings.
    {
      code: `import { sign } from "jsonwebtoken"; export const encode = (token: AuthToken) => sign(JSON.parse(JSON.stringify(token)), process.env.SECRET); export const again = (claims) => sign(structuredClone(claims), process.env.SECRET);`,
      ts: true,
    },
    // Handed on before by another name, it may have an expiry by then.
    `import jwt from "jsonwebtoken"; export const issue = (sub) => { const claims = { sub }; const same = claims; complete(claims); return jwt.sign(same, KEY); };`,
    `import jwt from "jsonwebtoken"; export const issue = (sub) => { const claims = { sub }; const box = { claims }; complete(claims); return jwt.sign(box.claims, KEY); };`,
    `import jwt from "jwt-then"; const token = await jwt.sign({ sub }, process.env.JWT_SECRET, { expiresIn: "15m" });`,
    // By hand: with a date, an age that is told in another way, or claims out of sight
    ...[
      "{ sub, exp: now + 3600 }",
      "{ sub, expires: now + 3600 }",
      "{ sub, ts: Date.now() }",
      "{ ...claims }",
      "claims",
    ].map(
      (claims) =>
        `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256", typ: "JWT" }) + "." + encode(${claims}); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url");`,
    ),
    `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256", typ: "JWT" }) + "." + encode({ sub, iat }); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url"); export const isOld = (claims) => now - claims.iat > 3600;`,
    `import { createSign } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "ES256", typ: "dpop+jwt", jwk }) + "." + encode({ jti, htm, htu, iat }); export const proof = text + "." + createSign("SHA256").update(text).sign(key, "base64url");`,
    `import jwt from "jsonwebtoken"; export const issue = (claims) => jwt.sign(claims.build(), key);`,
    // Apple's push service reads the time of issuance alone.
    'import jwt from "jsonwebtoken"; const bearer = jwt.sign({ iss: team, iat: now() }, key, { header: { alg: "ES256", kid } }); http2.connect("https://api.push.apple.com");',
    'import jwt from "jsonwebtoken"; const bearer = jwt.sign({ iss: team, iat: now() }, key, { algorithm: "ES256", keyid }); http2.connect("https://api.push.apple.com");',
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, exp: Math.floor(Date.now() / 1000) + 3600 }, key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, options);`,
    `import jwt from "jsonwebtoken";
export const issue = (id, options) => jwt.sign({ id }, key, { algorithm: "HS256", ...options });`,
    `import jwt from "jsonwebtoken";
export const issue = (id, short) => jwt.sign({ id }, key, short ? { expiresIn: "1h" } : {});`,
    `import jwt from "jsonwebtoken";
export const issue = (id, ttl) => jwt.sign({ id }, key, { ...(ttl && { expiresIn: ttl }) });`,
    `import jwt from "jsonwebtoken";
const base = { algorithm: "HS256" };
jwt.sign({ a: 1 }, key, Object.assign({}, base, { expiresIn: "1h" }));`,
    `import jwt from "jsonwebtoken";
function issue(id) {
  const options = {};
  if (id) options.expiresIn = "1h";
  return jwt.sign({ id }, key, options);
}`,
    `import jwt from "jsonwebtoken";
function issue(user) {
  const payload = { sub: user.id };
  payload.exp = soon();
  return jwt.sign(payload, key);
}`,
    `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: 1, exp: soon() });`,
    // Auth.js and its own encode: the lifetime is set, by an option or in the claims, or it is none of its options.
    ...[
      authJs("({ token, secret, maxAge }) => jwt.sign(token, secret, { expiresIn: maxAge })"),
      authJs(
        "({ token, secret, maxAge }) => jwt.sign({ ...token, exp: Math.floor(Date.now() / 1000) + maxAge }, secret)",
      ),
      authJs(
        "({ token, secret }) => jwt.sign(token, secret)",
        "async jwt({ token }) { token.exp = soon(); return token; }",
      ),
      authJs("({ secret, ...token }) => jwt.sign(token, secret)"),
      authJs("({ token, claims }) => jwt.sign(claims, token.secret)"),
      authJs("({ secret, claims: token }) => jwt.sign(token, secret)"),
      authJs("({ token, secret }) => jwt.sign(token, secret)").replace("encode:", "make:"),
      authJs("({ token, secret }) => jwt.sign(token, secret)").replace(
        /callbacks: \{[^]*\} \}\);/u,
        "callbacks });",
      ),
      authJs("({ token, secret }) => jwt.sign(token, secret)").replace(
        "providers,",
        "...sharedOptions,",
      ),
      authJs("({ token, secret }) => jwt.sign(token, secret)").replace("jwt: {", "own: {"),
      authJs("({ token, secret }) => jwt.sign(token, secret)").replace('"next-auth"', '"./auth"'),
    ],
    // A function of the program that hands it on to one that writes.
    `import jwt from "jsonwebtoken"; const stamp = (claims) => Object.assign(claims, { exp: soon() }); const outer = (claims) => stamp(claims).id; export const login = (user) => { const claims = { sub: user.id }; const id = outer(claims); return [id, jwt.sign(claims, key)]; };`,
    // A function that is called for nothing else, or says so, may write what it is given.
    `import jwt from "jsonwebtoken"; import { prepare, addExpiry } from "./acme.js"; import merge from "lodash.merge";
const login = (user) => { const claims = { sub: user.id }; prepare(claims); return jwt.sign(claims, key); };
const later = async (user) => { const claims = { sub: user.id }; await prepare(claims); return jwt.sign(claims, key); };
const again = (user) => { const claims = { sub: user.id }; const at = addExpiry(claims); return [at, jwt.sign(claims, key)]; };
const other = (user) => { const claims = { sub: user.id }; void prepare(claims); return jwt.sign(claims, key); };
const merged = (user) => { const claims = { sub: user.id }; merge(claims, defaults); return jwt.sign(claims, key); };`,
    {
      name: "names and types that speak of claims",
      code: `import jwt from "jsonwebtoken";
export const issue = (claims) => jwt.sign(claims, key);`,
    },
    {
      code: `import jwt, { JwtPayload } from "jsonwebtoken";
export const issue = (payload: JwtPayload) => jwt.sign(payload, key);`,
      ts: true,
    },
    {
      code: `import jwt from "jsonwebtoken";
interface Ticket { id: string; exp?: number }
export const issue = (ticket: Ticket) => jwt.sign(ticket, key);`,
      ts: true,
    },
    // A type that is declared in a comment is one.
    `import jwt from "jsonwebtoken";
/** @param {{ id: string, exp?: number }} payload */
export const issue = (payload) => jwt.sign(payload, key);`,
    {
      code: `import jwt from "jsonwebtoken";
type Claims = { id: string; exp: number };
export const issue = (payload) => jwt.sign(payload, key);`,
      ts: true,
    },
    {
      name: "a service that the program makes with a lifetime, or whose settings are out of sight",
      code: `import { JwtService } from "@nestjs/jwt";
import { options, rest } from "./settings";
const told = new JwtService({ secret: process.env.JWT_SECRET, signOptions: { expiresIn: "15m" } });
const hidden = new JwtService(options);
const spread = new JwtService({ ...rest, secret: process.env.JWT_SECRET });
export const issue = (id) => [told, hidden, spread].length && told.sign({ sub: id });
export const others = (id) => [hidden.sign({ sub: id }), spread.sign({ sub: id })];`,
    },
    {
      name: "a service that may also be another one",
      code: `import { JwtService } from "@nestjs/jwt";
class A {
  jwt: JwtService = new JwtService({ secret: process.env.JWT_SECRET });
  use(other: JwtService) { this.jwt = other; }
  issue(id) { return this.jwt.sign({ sub: id }); }
}`,
      ts: true,
    },
    `import jwt from "jsonwebtoken";
jwt.sign(createPayload(user), key);`,
    {
      name: "the claims of another token",
      code: `import jwt from "jsonwebtoken";
export const renew = (token) => jwt.sign(jwt.verify(token, key), key);`,
    },
    `import jwt from "jsonwebtoken";
jwt.sign({ ...claims }, key);`,
    `import jwt from "jsonwebtoken";
const args = load();
jwt.sign({ id: 1 }, ...args);`,
    {
      name: "the module may set it",
      code: `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.sign({ sub: id });
  }
}`,
      ts: true,
    },
    `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key });`,
    `import { SignJWT } from "jose";
new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).setExpirationTime("1h").sign(key);`,
    `import { SignJWT } from "jose";
new SignJWT({ sub: id, exp: soon() }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
    `import { SignJWT } from "jose";
const jwt = new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" });
if (ttl) jwt.setExpirationTime(ttl);
jwt.sign(key);`,
    `import { SignJWT } from "jose";
const jwt = new SignJWT({ sub: id });
finish(jwt);
jwt.sign(key);`,
    {
      code: `import { SignJWT } from "jose";
export const finish = (jwt: SignJWT) => jwt.sign(key);`,
      ts: true,
    },
    {
      name: "a DPoP proof",
      code: `import { SignJWT } from "jose";
new SignJWT({ jti, htm, htu }).setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk }).sign(key);`,
    },
    {
      name: "a security event",
      code: `import { SignJWT } from "jose";
new SignJWT({ jti, events: {} }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
    },
    `import { UnsecuredJWT } from "jose";
new UnsecuredJWT({ a: 1 }).encode();`,
    `import jwt from "./jwt";
jwt.sign({ a: 1 }, key);`,
    `import { CompactSign } from "jose";
new CompactSign(bytes).setProtectedHeader({ alg: "ES256" }).sign(key);`,
    `import jwt from "jsonwebtoken";
jwt.sign();`,
    `import jwt from "jsonwebtoken";
jwt.sign(undefined, key);`,
  ],
  invalid: [
    marked(
      `import jwt from "jsonwebtoken"; export const issue = (id) => «jwt.sign({ id, expiresInMinutes: 60 }, KEY, { algorithm: "HS256" })»;`,
      {
        messageId: "missing",
        data: { remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign({ id, expiresInMinutes: 60 }, KEY, { algorithm: "HS256", expiresIn: "1h" });`,
          },
        ],
      },
    ),
    marked(
      `import { sign } from "jsonwebtoken"; export const encode = (user) => «sign(JSON.parse(JSON.stringify(user)), process.env.SECRET)»;`,
      {
        messageId: "missingInOptions",
        data: { name: "sign", remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `import { sign } from "jsonwebtoken"; export const encode = (user) => sign(JSON.parse(JSON.stringify(user)), process.env.SECRET, { expiresIn: "1h" });`,
          },
        ],
      },
    ),
    // Auth.js leaves the lifetime to an encode of the program's own.
    ...[
      "({ token, secret }) => «jwt.sign(token, secret)»",
      "async ({ secret, token: claims }) => «jwt.sign(claims, secret)»",
    ].map((encode) =>
      marked(authJs(encode), {
        messageId: "missingInOptions",
        data: { name: "jwt.sign", remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: authJs(
              encode
                .replaceAll(/[«»]/gu, "")
                .replace(", secret)", ', secret, { expiresIn: "1h" })'),
            ),
          },
        ],
      }),
    ),
    // A key that is an object is no options.
    marked(
      `import jwt from "jsonwebtoken"; export const issue = (id, pem) => «jwt.sign({ id }, { key: pem, passphrase: process.env.PHRASE })»;`,
      {
        messageId: "missing",
        data: { remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `import jwt from "jsonwebtoken"; export const issue = (id, pem) => jwt.sign({ id }, { key: pem, passphrase: process.env.PHRASE }, { expiresIn: "1h" });`,
          },
        ],
      },
    ),
    // jwt-then 1.0.1
    marked(
      `import jwt from "jwt-then"; const token = await «jwt.sign({ sub }, process.env.JWT_SECRET)»;`,
      {
        messageId: "missing",
        data: { remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `import jwt from "jwt-then"; const token = await jwt.sign({ sub }, process.env.JWT_SECRET, { expiresIn: "1h" });`,
          },
        ],
      },
    ),
    // By hand
    ...[
      ["encode({ alg: 'HS256', typ: 'JWT' }) + '.' + encode({ sub })", "{ sub }"],
      ["`${encode({ alg: 'HS256' })}.${encode({ sub, iat })}`", "{ sub, iat }"],
      ["[{ alg: 'HS256' }, { sub }].map(encode).join('.')", "{ sub }"],
      ["[{ alg: 'HS256' }, { sub }].map((part) => encode(part)).join('.')", "{ sub }"],
    ].map(([text = "", claims = ""]) => {
      const code = `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = ${text}; export const token = text + "." + «createHmac("sha256", process.env.JWT_SECRET).update(text)».digest("base64url");`;
      return marked(code, {
        messageId: "missing",
        data: { remedy: "an exp claim in the payload" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: "exp: Math.floor(Date.now() / 1000) + 3600" },
            output: code
              .replaceAll(/[«»]/gu, "")
              .replace(
                claims,
                claims.replace(" }", ", exp: Math.floor(Date.now() / 1000) + 3600 }"),
              ),
          },
        ],
      });
    }),
    // A function that is asked for something leaves what it is given as it is.
    ...["const other = issueAccess(claims);", "const other = await issueAccess(claims);"].map(
      (before) =>
        marked(
          `import jwt from "jsonwebtoken"; import { issueAccess } from "./acme.js"; export const login = async (user) => { const claims = { sub: user.id }; ${before} return [other, «jwt.sign(claims, key)»]; };`,
          {
            messageId: "missing",
            data: { remedy: "expiresIn" },
            suggestions: [
              {
                messageId: "addLifetime",
                data: { edit: 'expiresIn: "1h"' },
                output: `import jwt from "jsonwebtoken"; import { issueAccess } from "./acme.js"; export const login = async (user) => { const claims = { sub: user.id }; ${before} return [other, jwt.sign(claims, key, { expiresIn: "1h" })]; };`,
              },
            ],
          },
        ),
    ),
    // Nothing is signed where there is nothing.
    marked(
      `import jwt from "jsonwebtoken"; export function keep(ctx, value) { if (value) value = «jwt.sign(value, key)»; ctx.keep(value); } export const clear = (ctx) => keep(ctx, null);`,
      {
        messageId: "missingInOptions",
        data: { name: "jwt.sign", remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `import jwt from "jsonwebtoken"; export function keep(ctx, value) { if (value) value = jwt.sign(value, key, { expiresIn: "1h" }); ctx.keep(value); } export const clear = (ctx) => keep(ctx, null);`,
          },
        ],
      },
    ),
    // What a comment says is no claim.
    ...[
      "// exp: number",
      "/* the payload: { id, exp: string } */",
      "/** Signs a payload without exp: number of seconds is up to others. */",
    ].map((comment) =>
      marked(
        `import jwt from "jsonwebtoken"; ${comment}
export const issue = (payload) => «jwt.sign(payload, key)»;`,
        {
          messageId: "missingInOptions",
          data: { name: "jwt.sign", remedy: "expiresIn" },
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken"; ${comment}
export const issue = (payload) => jwt.sign(payload, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ),
    ),
    // Methods that give a text, whatever they are called on.
    // What names somebody is a text, also where it comes through a parameter.
    ...[
      "const { email } = req.body; const make = (id) => «jwt.sign(id, key)»; res.json(make(email));",
      "const { user_name: who } = req.body; res.json(«jwt.sign(who, key)»);",
      "const id = req.params.id; res.json(«jwt.sign(id, key)»);",
      "res.json(«jwt.sign(req.body.userId, key)»);",
    ].map((does) =>
      marked(
        `import jwt from "jsonwebtoken"; app.post("/login", async (req, res) => { await check(req.body); ${does} });`,
        { messageId: "textPayload", data: { remedy: "expiresIn" } },
      ),
    ),
    ...["toString", "toHexString", "toJSON"].map((method) =>
      marked(
        `import jwt from "jsonwebtoken"; export const issue = (user) => «jwt.sign(user._id.${method}(), key)»;`,
        { messageId: "textPayload", data: { remedy: "expiresIn" } },
      ),
    ),
    {
      name: "a service that the program makes without a lifetime",
      code: `import { JwtService } from "@nestjs/jwt";
const jwt = new JwtService({ secret: process.env.JWT_SECRET });
export const issue = (id) => jwt.signAsync({ sub: id }, { subject: "a" });`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 3,
          column: 30,
          endLine: 3,
          endColumn: 74,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import { JwtService } from "@nestjs/jwt";
const jwt = new JwtService({ secret: process.env.JWT_SECRET });
export const issue = (id) => jwt.signAsync({ sub: id }, { subject: "a", expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      name: "a service that a constructor makes without a lifetime",
      code: `import { JwtService } from "@nestjs/jwt";
class A {
  private readonly jwt: JwtService;
  constructor() { this.jwt = new JwtService({ secret: process.env.JWT_SECRET }); }
  issue(id) { return this.jwt.sign({ sub: id }, {}); }
}`,
      ts: true,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 5,
          column: 22,
          endLine: 5,
          endColumn: 52,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import { JwtService } from "@nestjs/jwt";
class A {
  private readonly jwt: JwtService;
  constructor() { this.jwt = new JwtService({ secret: process.env.JWT_SECRET }); }
  issue(id) { return this.jwt.sign({ sub: id }, { expiresIn: "1h" }); }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 27,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
jwt.sign({ sub: id }, key, { algorithm: "HS256" });`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 51,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
jwt.sign({ sub: id }, key, { algorithm: "HS256", expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
jwt.sign({ sub: id }, key, (error, token) => done(token));`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 58,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
jwt.sign({ sub: id }, key, { expiresIn: "1h" }, (error, token) => done(token));`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
const { sign: signToken } = jwt;
const options = {
  algorithm: "HS256",
};
signToken({ sub: id }, key, options);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 6,
          column: 1,
          endLine: 6,
          endColumn: 37,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
const { sign: signToken } = jwt;
const options = {
  algorithm: "HS256",
  expiresIn: "1h",
};
signToken({ sub: id }, key, options);`,
            },
          ],
        },
      ],
    },
    {
      code: `import * as jwt from "jsonwebtoken";
const base = { algorithm: "HS256" };
jwt.sign({ a: 1 }, key, { ...base });
Object.assign({}, base);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 37,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import * as jwt from "jsonwebtoken";
const base = { algorithm: "HS256" };
jwt.sign({ a: 1 }, key, { ...base, expiresIn: "1h" });
Object.assign({}, base);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { promisify } from "node:util";
import jwt from "jsonwebtoken";
const sign = promisify(jwt.sign);
await sign({ sub: id }, key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 4,
          column: 7,
          endLine: 4,
          endColumn: 29,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import { promisify } from "node:util";
import jwt from "jsonwebtoken";
const sign = promisify(jwt.sign);
await sign({ sub: id }, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      name: "an expiry of the program's own is none",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, expiresAt: soon() }, key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 46,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, expiresAt: soon() }, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    ...["", ", null, 2"].map((how) =>
      marked(
        `import jwt from "jsonwebtoken"; export const issue = (id) => «jwt.sign(JSON.stringify({ id, expires: now() }${how}), KEY)»;`,
        {
          messageId: "missing",
          data: { remedy: "an exp claim in the payload" },
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: "exp: Math.floor(Date.now() / 1000) + 3600" },
              output: `import jwt from "jsonwebtoken"; export const issue = (id) => jwt.sign(JSON.stringify({ id, expires: now(), exp: Math.floor(Date.now() / 1000) + 3600 }${how}), KEY);`,
            },
          ],
        },
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken"; export const issue = (id) => { const text = JSON.stringify({ id }); return «jwt.sign(text, KEY)»; };`,
      {
        messageId: "missing",
        data: { remedy: "an exp claim in the payload" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: "exp: Math.floor(Date.now() / 1000) + 3600" },
            output: `import jwt from "jsonwebtoken"; export const issue = (id) => { const text = JSON.stringify({ id, exp: Math.floor(Date.now() / 1000) + 3600 }); return jwt.sign(text, KEY); };`,
          },
        ],
      },
    ),
    {
      name: "a text cannot carry claims",
      code: `import jwt from "jsonwebtoken";
jwt.sign(\`\${user.id}\`, key);`,
      errors: [
        {
          messageId: "textPayload",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 28,
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
exports.issue = (payload) => jwt.sign(payload, key);`,
      errors: [
        {
          messageId: "missingInOptions",
          data: { name: "jwt.sign", remedy: "expiresIn" },
          line: 2,
          column: 30,
          endLine: 2,
          endColumn: 52,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
exports.issue = (payload) => jwt.sign(payload, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
exports.issue = (user) => jwt.sign(user.toJSON(), key);`,
      errors: [
        {
          messageId: "missingInOptions",
          data: { name: "jwt.sign", remedy: "expiresIn" },
          line: 2,
          column: 27,
          endLine: 2,
          endColumn: 55,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
exports.issue = (user) => jwt.sign(user.toJSON(), key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
exports.issue = (user) => jwt.sign({ ...user, admin: false }, key);`,
      errors: [
        {
          messageId: "missingInOptions",
          data: { name: "jwt.sign", remedy: "expiresIn" },
          line: 2,
          column: 27,
          endLine: 2,
          endColumn: 67,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `const jwt = require("jsonwebtoken");
exports.issue = (user) => jwt.sign({ ...user, admin: false }, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
interface Ticket { id: string }
export const issue = (ticket: Ticket) => jwt.sign(ticket, key);`,
      ts: true,
      errors: [
        {
          messageId: "missingInOptions",
          data: { name: "jwt.sign", remedy: "expiresIn" },
          line: 3,
          column: 42,
          endLine: 3,
          endColumn: 63,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken";
interface Ticket { id: string }
export const issue = (ticket: Ticket) => jwt.sign(ticket, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      name: "every call is in sight",
      code: `import jwt from "jsonwebtoken";
function issue(payload) {
  return jwt.sign(payload, key);
}
issue({ sub: 1 });`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 32,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken";
function issue(payload) {
  return jwt.sign(payload, key, { expiresIn: "1h" });
}
issue({ sub: 1 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import _ from "lodash";
import jwt from "jsonwebtoken";
export const issue = (user) => jwt.sign(_.pick(user, ["id"]), key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 3,
          column: 32,
          endLine: 3,
          endColumn: 67,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import _ from "lodash";
import jwt from "jsonwebtoken";
export const issue = (user) => jwt.sign(_.pick(user, ["id"]), key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `class Tokens {
  #key = process.env.KEY;
  issue(id) {
    return require("jsonwebtoken").sign({ id }, this.#key, undefined);
  }
}`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 4,
          column: 12,
          endLine: 4,
          endColumn: 70,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `class Tokens {
  #key = process.env.KEY;
  issue(id) {
    return require("jsonwebtoken").sign({ id }, this.#key, { expiresIn: "1h" });
  }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
await new SignJWT({ sub: id })
  .setProtectedHeader({ alg: "ES256" })
  .sign(key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "setExpirationTime" },
          line: 2,
          column: 7,
          endLine: 4,
          endColumn: 13,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'setExpirationTime("1h")' },
              output: `import { SignJWT } from "jose";
await new SignJWT({ sub: id })
  .setProtectedHeader({ alg: "ES256" })
  .setExpirationTime("1h")
  .sign(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
let jwt = new SignJWT({ sub: id }).setIssuedAt();
jwt = jwt.setIssuer("me");
jwt.sign(key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "setExpirationTime" },
          line: 4,
          column: 1,
          endLine: 4,
          endColumn: 14,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'setExpirationTime("1h")' },
              output: `import { SignJWT } from "jose";
let jwt = new SignJWT({ sub: id }).setIssuedAt();
jwt = jwt.setIssuer("me");
jwt.setExpirationTime("1h").sign(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import * as jose from "jose";
export const issue = (payload) => new jose.SignJWT(payload).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      errors: [
        {
          messageId: "missingInOptions",
          data: { name: "sign", remedy: "setExpirationTime" },
          line: 2,
          column: 35,
          endLine: 2,
          endColumn: 107,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'setExpirationTime("1h")' },
              output: `import * as jose from "jose";
export const issue = (payload) => new jose.SignJWT(payload).setProtectedHeader({ alg: "ES256" }).setExpirationTime("1h").sign(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { EncryptJWT } from "jose";
new EncryptJWT({ a: 1 }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(key);`,
      errors: [
        {
          messageId: "missing",
          data: { remedy: "setExpirationTime" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 89,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'setExpirationTime("1h")' },
              output: `import { EncryptJWT } from "jose";
new EncryptJWT({ a: 1 }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).setExpirationTime("1h").encrypt(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { JWT } from "jose";
JWT.sign({ a: 1 }, key);`,
      settings: { "jwt-audit": { versions: { jose: "2.0.7" } } },
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 24,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import { JWT } from "jose";
JWT.sign({ a: 1 }, key, { expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      name: "options of another file",
      code: `import jwt from "jsonwebtoken";
import { signOptions } from "./config.js";
jwt.sign({ a: 1 }, key, signOptions);`,
      ts: true,
      filename: fixture("api.js"),
      errors: [
        {
          messageId: "missing",
          data: { remedy: "expiresIn" },
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 37,
          suggestions: [
            {
              messageId: "addLifetime",
              data: { edit: 'expiresIn: "1h"' },
              output: `import jwt from "jsonwebtoken";
import { signOptions } from "./config.js";
jwt.sign({ a: 1 }, key, { ...signOptions, expiresIn: "1h" });`,
            },
          ],
        },
      ],
    },
  ],
});

/** A function that signs what it is given, for this file and for others. */
const SEALS = [
  ['import jwt from "jsonwebtoken";', "jwt.sign(claims, process.env.KEY)", "expiresIn"],
  [
    'import { createSigner } from "fast-jwt"; const seal = createSigner({ key: process.env.KEY });',
    "seal(claims)",
    "expiresIn",
  ],
] as const;

const sealing = (
  [library, signs]: (typeof SEALS)[number],
  calls: string,
  body = signs as string,
): string =>
  `${library} export const sealClaims = (claims, ttl) => ${body}; export const remember = (res, id, more) => { ${calls} };`;

testRule("require-expiration: what the calls of a function sign", rule, {
  valid: SEALS.flatMap((one) => [
    sealing(one, ""),
    sealing(one, "res.cookie('me', sealClaims({ id, exp: inAnHour() }));"),
    sealing(one, "res.cookie('me', sealClaims({ id, ...more }));"),
    sealing(one, "res.cookie('me', sealClaims(more));"),
    sealing(one, "const held = { id }; held.exp = inAnHour(); res.cookie('me', sealClaims(held));"),
    sealing(one, "res.cookie('me', sealClaims());"),
    // The function adds something to it.
    sealing(
      one,
      "res.cookie('me', sealClaims({ id }));",
      `{ claims.exp = ttl; return ${one[1]}; }`,
    ),
    sealing(one, "res.cookie('me', sealClaims({ id }));", `{ limit(claims); return ${one[1]}; }`),
    sealing(
      one,
      "res.cookie('me', sealClaims({ id }, 60));",
      one[1].replace("claims", "{ ...claims, exp: ttl }"),
    ),
    sealing(
      one,
      "res.cookie('me', sealClaims({ id }, 60));",
      one[1].replace("claims", "withEnd(claims)"),
    ),
  ]),
  invalid: SEALS.flatMap((one) =>
    [
      "res.cookie('me', «sealClaims({ id })»);",
      "const held = { id }; res.cookie('me', «sealClaims(held)»);",
      "res.cookie('me', «sealClaims({ id })»); res.cookie('other', sealClaims({ id, exp: inAnHour() }));",
    ].map((calls) =>
      marked(sealing(one, calls), { messageId: "missing", data: { remedy: one[2] } }),
    ),
  ),
});
