import rule from "../../src/rules/require-issued-at.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A finding with the suggestion that mends it. */
const missing = (remedy: string, edit?: string, output?: string) => ({
  messageId: "missing",
  data: { remedy },
  suggestions:
    edit === undefined || output === undefined
      ? []
      : [{ messageId: "addTime", data: { edit }, output }],
});

const CALL = `setIssuedAt()`;
const CLAIM = `iat: Math.floor(Date.now() / 1000)`;

testRule("require-issued-at", rule, {
  valid: [
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, iat }, key, { expiresIn: "1h" });`,
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
const payload = { sub: id };
decorate(payload);
jwt.sign(payload, key);`,
    `import jwt from "jsonwebtoken";
const payload = { sub: id };
if (known) payload.iat = known;
jwt.sign(payload, key);`,
    `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: id });
issue({ sub: id, iat });`,
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
new SignJWT({ sub: id, iat }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
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
      name: "the library adds it",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key);`,
    },
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { noTimestamp: false });`,
    `import jwt from "jsonwebtoken";
export const issue = (id, options) => jwt.sign({ sub: id }, key, { noTimestamp: true, ...options });`,
    `import jwt from "jsonwebtoken";
export const issue = (id, options = {}) =>
  jwt.sign({ sub: id }, key, Object.assign({ noTimestamp: true }, options));`,
    `import { sign } from "@tsndr/cloudflare-worker-jwt";
sign({ sub: id }, key);`,
    `import { createSigner } from "fast-jwt";
const sign = createSigner({ key, expiresIn: 60_000 });
sign({ sub: id });`,
    `import { JWT } from "jose";
JWT.sign({ sub: id }, key);`,
  ],
  invalid: [
    marked(
      `import { SignJWT } from "jose";
«new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).sign(key)»;`,
      missing(
        "setIssuedAt",
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
        "setIssuedAt",
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
        "setIssuedAt",
        CALL,
        `import { EncryptJWT } from "jose";
new EncryptJWT({ sub: id }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).${CALL}.encrypt(key);`,
      ),
    ),
    marked(
      `import { sign } from "hono/jwt";
«sign({ sub: id }, key)»;`,
      missing(
        "the iat claim",
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
        "the iat claim",
        CLAIM,
        `import jwt from "jwt-simple";
const payload = { sub: id, ${CLAIM} };
jwt.encode(payload, key);`,
      ),
    ),
    marked(
      `import { createJWT } from "oslo/jwt";
«createJWT("HS256", key, { sub: id })»;`,
      missing(
        "the iat claim",
        CLAIM,
        `import { createJWT } from "oslo/jwt";
createJWT("HS256", key, { sub: id, ${CLAIM} });`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
«jwt.sign("a text", key)»;`,
      { messageId: "textPayload", data: {}, suggestions: [] },
    ),
    marked(
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h", «noTimestamp: true» });`,
      {
        messageId: "switchedOff",
        data: { option: "noTimestamp", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "noTimestamp" },
            output: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h" });`,
          },
        ],
      },
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
const options = { «noTimestamp: true», algorithm: "HS256" };
jwt.sign({ sub: id, iat: now }, key, options);
jwt.sign({ sub: other, iat: now }, key, options);`,
        {
          messageId: "switchedOff",
          data: { option: "noTimestamp", origin: "" },
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "noTimestamp" },
              output: `import jwt from "jsonwebtoken";
const options = { algorithm: "HS256" };
jwt.sign({ sub: id, iat: now }, key, options);
jwt.sign({ sub: other, iat: now }, key, options);`,
            },
          ],
        },
      ),
      name: "the library takes the payload's own time out, too",
    },
    marked(
      `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret, signOptions: { «noTimestamp: true» } });`,
      {
        messageId: "switchedOff",
        data: { option: "signOptions.noTimestamp", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "signOptions.noTimestamp" },
            output: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret, signOptions: {  } });`,
          },
        ],
      },
    ),
    {
      ...marked(
        `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.signAsync({ sub: id }, { «noTimestamp: true», expiresIn: "1h" });
  }
}`,
        {
          messageId: "switchedOff",
          data: { option: "noTimestamp", origin: "" },
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "noTimestamp" },
              output: `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.signAsync({ sub: id }, { expiresIn: "1h" });
  }
}`,
            },
          ],
        },
      ),
      ts: true,
    },
    marked(
      `import { JWT } from "jose";
JWT.sign({ sub: id }, key, { expiresIn: "1h", «iat: false» });`,
      {
        messageId: "switchedOff",
        data: { option: "iat", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "iat" },
            output: `import { JWT } from "jose";
JWT.sign({ sub: id }, key, { expiresIn: "1h" });`,
          },
        ],
      },
    ),
  ],
});
