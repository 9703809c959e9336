import rule from "../../src/rules/require-audience-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

testRule("require-audience-check", rule, {
  valid: [
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { audience: "api" });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { audience: process.env.EXPECTED });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, options);`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"], ...options });`,
    {
      name: "compared by hand",
      code: `import jwt from "jsonwebtoken";
const payload = jwt.verify(token, process.env.KEY);
if (payload.aud !== "api") throw new Error("not for us");`,
    },
    `import jwt from "jsonwebtoken";
const { aud } = jwt.verify(token, process.env.KEY);
allowed(aud);`,
    `import jwt from "jsonwebtoken";
const payload = jwt.verify(token, process.env.KEY);
assertAudience(payload);`,
    `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL("https://login.example.com/keys")), { audience: "api" });`,
    `import { compactVerify } from "jose";
await compactVerify(token, key);`,
    {
      name: "the module may set it",
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) {
    return this.jwt.verify(token);
  }
}`,
      ts: true,
    },
    `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key });`,
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, audience: "api" }, check);`,
    `import { Strategy } from "passport-jwt";
import { PassportStrategy } from "@nestjs/passport";
class Jwt extends PassportStrategy(Strategy) {
  constructor() {
    super({ secretOrKey: key });
  }
  validate(payload) {
    return payload.aud === "api" ? payload : null;
  }
}`,
    `import { expressjwt } from "express-jwt";
expressjwt(load());`,
    `import jwt from "jsonwebtoken";
jwt.decode(token);`,
    `import jwt from "./jwt";
jwt.verify(token, key);`,
  ],
  invalid: [
    // A name that the library ignores, and a value for which it skips the check, check nothing.
    marked(
      `import jwt from "jsonwebtoken";\n«jwt.verify(token, process.env.KEY, { aud: "api" })»;`,
      { messageId: "missingWithOwnKey", data: { name: "jwt.verify", option: "audience" } },
    ),
    marked(
      `import jwt from "jsonwebtoken";\n«jwt.verify(token, process.env.KEY, { audience: "" })»;`,
      { messageId: "missingWithOwnKey", data: { name: "jwt.verify", option: "audience" } },
    ),
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY);`,
      errors: [
        {
          messageId: "missingWithOwnKey",
          data: { name: "jwt.verify", option: "audience" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 35,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }, done);`,
      errors: [
        {
          messageId: "missingWithOwnKey",
          data: { name: "jwt.verify", option: "audience" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 68,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `const jwt = require("jsonwebtoken");
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"], audience: "https://api.example.com" }, done);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["RS256"], issuer: "x" });`,
      errors: [
        {
          messageId: "missing",
          data: { name: "jwt.verify", option: "audience" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 75,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["RS256"], issuer: "x", audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
function getKey(header, done) {
  client.getSigningKey(header.kid, (error, key) => done(error, key.getPublicKey()));
}
jwt.verify(token, getKey, {}, done);`,
      errors: [
        {
          messageId: "missing",
          data: { name: "jwt.verify", option: "audience" },
          line: 7,
          column: 1,
          endLine: 7,
          endColumn: 36,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
function getKey(header, done) {
  client.getSigningKey(header.kid, (error, key) => done(error, key.getPublicKey()));
}
jwt.verify(token, getKey, { audience: "https://api.example.com" }, done);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
const key = await client.getSigningKey(kid);
jwt.verify(token, key.publicKey ?? key.getPublicKey());`,
      errors: [
        {
          messageId: "missing",
          data: { name: "jwt.verify", option: "audience" },
          line: 5,
          column: 1,
          endLine: 5,
          endColumn: 55,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
const key = await client.getSigningKey(kid);
jwt.verify(token, key.publicKey ?? key.getPublicKey(), { audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const keys = createRemoteJWKSet(new URL("https://login.example.com/keys"));
await jwtVerify(token, keys);`,
      errors: [
        {
          messageId: "missing",
          data: { name: "jwtVerify", option: "audience" },
          line: 3,
          column: 7,
          endLine: 3,
          endColumn: 29,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const keys = createRemoteJWKSet(new URL("https://login.example.com/keys"));
await jwtVerify(token, keys, { audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
await jwtVerify(token, await importSPKI(pem, "RS256"), { issuer: "x" });`,
      errors: [
        {
          messageId: "missing",
          data: { name: "jwtVerify", option: "audience" },
          line: 2,
          column: 7,
          endLine: 2,
          endColumn: 72,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
await jwtVerify(token, await importSPKI(pem, "RS256"), { issuer: "x", audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      name: "the claim of another token is no check of this one",
      code: `import jwt from "jsonwebtoken";
export const check = (token) => jwt.verify(token, process.env.KEY);
export const look = (token) => jwt.decode(token).aud;`,
      errors: [
        {
          messageId: "missingWithOwnKey",
          data: { name: "jwt.verify", option: "audience" },
          line: 2,
          column: 33,
          endLine: 2,
          endColumn: 67,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken";
export const check = (token) => jwt.verify(token, process.env.KEY, { audience: "https://api.example.com" });
export const look = (token) => jwt.decode(token).aud;`,
            },
          ],
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key }, check);`,
      errors: [
        {
          messageId: "missingWithOwnKey",
          data: { name: "Strategy", option: "audience" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 42,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, audience: "https://api.example.com" }, check);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
import { passportJwtSecret } from "jwks-rsa";
import { PassportStrategy } from "@nestjs/passport";
class Jwt extends PassportStrategy(Strategy) {
  constructor() {
    super({
      secretOrKeyProvider: passportJwtSecret({ jwksUri: "https://login.example.com/keys" }),
      algorithms: ["RS256"],
    });
  }
}`,
      errors: [
        {
          messageId: "missing",
          data: { name: "Strategy", option: "audience" },
          line: 6,
          column: 5,
          endLine: 9,
          endColumn: 7,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { Strategy } from "passport-jwt";
import { passportJwtSecret } from "jwks-rsa";
import { PassportStrategy } from "@nestjs/passport";
class Jwt extends PassportStrategy(Strategy) {
  constructor() {
    super({
      secretOrKeyProvider: passportJwtSecret({ jwksUri: "https://login.example.com/keys" }),
      algorithms: ["RS256"],
      audience: "https://api.example.com",
    });
  }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] });`,
      errors: [
        {
          messageId: "missingWithOwnKey",
          data: { name: "expressjwt", option: "audience" },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 63,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { expressjwt } from "express-jwt";
expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], audience: "https://api.example.com" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
import jwks from "jwks-rsa";
app.use(expressjwt({ secret: jwks.expressJwtSecret({ jwksUri: "https://login.example.com/keys" }), algorithms: ["RS256"] }));`,
      errors: [
        {
          messageId: "missing",
          data: { name: "expressjwt", option: "audience" },
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 124,
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import { expressjwt } from "express-jwt";
import jwks from "jwks-rsa";
app.use(expressjwt({ secret: jwks.expressJwtSecret({ jwksUri: "https://login.example.com/keys" }), algorithms: ["RS256"], audience: "https://api.example.com" }));`,
            },
          ],
        },
      ],
    },
  ],
});
