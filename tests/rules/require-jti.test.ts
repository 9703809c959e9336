import rule from "../../src/rules/require-jti.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A finding with the suggestion that mends it. */
const missing = (remedy: string, edit?: string, output?: string) => ({
  messageId: "missing",
  data: { remedy },
  suggestions:
    edit === undefined || output === undefined
      ? []
      : [{ messageId: "addIdentifier", data: { edit }, output }],
});

const SET = `jwtid: crypto.randomUUID()`;
const CALL = `setJti(crypto.randomUUID())`;
const CLAIM = `jti: crypto.randomUUID()`;

testRule("require-jti", rule, {
  valid: [
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h", ${SET} });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, jti }, key, { expiresIn: "1h" });`,
    {
      name: "a payload that nobody can see",
      code: `import jwt from "jsonwebtoken";
export const issue = (payload) => jwt.sign(payload, key, { expiresIn: "1h" });`,
    },
    {
      name: "options that nobody can see",
      code: `import jwt from "jsonwebtoken";
export const issue = (id, options) => jwt.sign({ sub: id }, key, options);`,
    },
    `import jwt from "jsonwebtoken";
export const issue = (id, options) => jwt.sign({ sub: id }, key, { expiresIn: "1h", ...options });`,
    `import jwt from "jsonwebtoken";
export const issue = (id, strict) => jwt.sign({ sub: id }, key, strict ? { ${SET} } : {});`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, Object.assign({ expiresIn: "1h" }, { ${SET} }));`,
    `import jwt from "jsonwebtoken";
const payload = { sub: id };
decorate(payload);
jwt.sign(payload, key);`,
    `import jwt from "jsonwebtoken";
const payload = { sub: id };
if (known) payload.jti = known;
jwt.sign(payload, key);`,
    `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: id });
issue({ sub: id, jti });`,
    `import jwt from "jsonwebtoken";
jwt.sign(...args);`,
    `import jwt from "jsonwebtoken";
jwt.sign(undefined, key);`,
    `import jwt from "./jwt";
jwt.sign({ sub: id }, key);`,
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
    `import { SignJWT } from "jose";
new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).${CALL}.sign(key);`,
    `import { SignJWT } from "jose";
new SignJWT({ sub: id, jti }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
    `import { SignJWT } from "jose";
const token = new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" });
if (known) token.${CALL};
token.sign(key);`,
    `import { SignJWT } from "jose";
const token = new SignJWT({ sub: id });
finish(token);
token.sign(key);`,
    `import { SignJWT } from "jose";
export const issue = (claims) => new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(key);`,
    `import { UnsecuredJWT } from "jose";
new UnsecuredJWT({ sub: id }).encode();`,
    {
      name: "for the service that gave the program its identifier",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ iat: now, exp: now + 600, iss: process.env.GITHUB_APP_ID }, key, { algorithm: "RS256" });`,
    },
    `import { SignJWT } from "jose";
new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).setIssuer(teamId).sign(key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ user_id: id }, apiSecret);`,
    {
      name: "the session that it stands for",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, sid: session.id }, key);`,
    },
    {
      name: "a key-binding proof",
      code: `import { SignJWT } from "jose";
new SignJWT({ nonce, aud }).setProtectedHeader({ alg: "ES256", typ: "kb+jwt" }).sign(key);`,
    },
    `import njwt from "njwt";
njwt.create({ sub: id }, key).compact();`,
  ],
  invalid: [
    marked(
      `import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
      missing(
        "jwtid",
        SET,
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { ${SET} });`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
const token = «jwt.sign({ sub: id }, key, { expiresIn: "1h" })»;`,
      missing(
        "jwtid",
        SET,
        `const jwt = require("jsonwebtoken");
const token = jwt.sign({ sub: id }, key, { expiresIn: "1h", ${SET} });`,
      ),
    ),
    marked(
      `import * as tokens from "jsonwebtoken";
«tokens.sign({ sub: id }, key, (error, token) => done(error, token))»;`,
      missing(
        "jwtid",
        SET,
        `import * as tokens from "jsonwebtoken";
tokens.sign({ sub: id }, key, { ${SET} }, (error, token) => done(error, token));`,
      ),
    ),
    marked(
      `import { sign as issue } from "jsonwebtoken";
const options = { expiresIn: "1h" };
«issue({ sub: id }, key, options)»;`,
      missing(
        "jwtid",
        SET,
        `import { sign as issue } from "jsonwebtoken";
const options = { expiresIn: "1h", ${SET} };
issue({ sub: id }, key, options);`,
      ),
    ),
    marked(
      `const { promisify } = require("node:util");
const signAsync = promisify(require("jsonwebtoken").sign);
«signAsync({ sub: id }, key, { algorithm: "HS256" })»;`,
      missing(
        "jwtid",
        SET,
        `const { promisify } = require("node:util");
const signAsync = promisify(require("jsonwebtoken").sign);
signAsync({ sub: id }, key, { algorithm: "HS256", ${SET} });`,
      ),
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
class Tokens {
  private readonly options = { algorithm: "HS256" } as const;
  issue(id: string) {
    return «jwt.sign({ sub: id }, key, this.options)»;
  }
}`,
        missing(
          "jwtid",
          SET,
          `import jwt from "jsonwebtoken";
class Tokens {
  private readonly options = { algorithm: "HS256" } as const;
  issue(id: string) {
    return jwt.sign({ sub: id }, key, { ...this.options, ${SET} });
  }
}`,
        ),
      ),
      ts: true,
    },
    marked(
      `import jwt from "jsonwebtoken";
const issue = (payload) => «jwt.sign(payload, key)»;
issue({ sub: id });`,
      missing(
        "jwtid",
        SET,
        `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key, { ${SET} });
issue({ sub: id });`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
«jwt.sign("a text", key)»;`,
      { messageId: "textPayload", data: { remedy: "jwtid" }, suggestions: [] },
    ),
    marked(
      `import { SignJWT } from "jose";
«new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).sign(key)»;`,
      missing(
        "setJti",
        CALL,
        `import { SignJWT } from "jose";
new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).${CALL}.sign(key);`,
      ),
    ),
    marked(
      `import * as jose from "jose";
const token = new jose.SignJWT({ sub: id });
token.setProtectedHeader({ alg: "ES256" });
«token.sign(key)»;`,
      missing(
        "setJti",
        CALL,
        `import * as jose from "jose";
const token = new jose.SignJWT({ sub: id });
token.setProtectedHeader({ alg: "ES256" });
token.${CALL}.sign(key);`,
      ),
    ),
    marked(
      `import { EncryptJWT } from "jose";
«new EncryptJWT({ sub: id }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(key)»;`,
      missing(
        "setJti",
        CALL,
        `import { EncryptJWT } from "jose";
new EncryptJWT({ sub: id }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).${CALL}.encrypt(key);`,
      ),
    ),
    marked(
      `import { sign } from "hono/jwt";
«sign({ sub: id }, key)»;`,
      missing(
        "the jti claim",
        CLAIM,
        `import { sign } from "hono/jwt";
sign({ sub: id, ${CLAIM} }, key);`,
      ),
    ),
    marked(
      `import jwt from "jwt-simple";
const payload = { sub: id };
«jwt.encode(payload, key)»;`,
      missing(
        "the jti claim",
        CLAIM,
        `import jwt from "jwt-simple";
const payload = { sub: id, ${CLAIM} };
jwt.encode(payload, key);`,
      ),
    ),
    marked(
      `import crypto from "node:crypto";
import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
      missing(
        "jwtid",
        SET,
        `import crypto from "node:crypto";
import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { ${SET} });`,
      ),
    ),
    {
      ...marked(
        `import crypto from "crypto-js";
import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
        missing("jwtid"),
      ),
      name: "no edit where the name stands for something else",
    },
  ],
});
