import { marked } from "./marked.ts";
import type { RuleCases } from "./test-rule.ts";

/** A claim that a rule wants verifiers to compare, and how libraries call it. */
interface CheckedClaim {
  /** The registered name (RFC 7519 section 4.1). */
  readonly claim: string;
  /** The option of jsonwebtoken, jose and express-jwt. */
  readonly option: string;
  /** The option of another claim, which mends nothing. */
  readonly other: string;
  /** A value that a program may expect. */
  readonly good: string;
  /** What the suggestion writes. */
  readonly edit: string;
}

/** What every rule of a claim that verifiers have to compare says, whichever claim it is. */
export function claimCheck({ claim, option, other, good, edit }: CheckedClaim): RuleCases {
  const named = `${option.charAt(0).toUpperCase()}${option.slice(1)}`;
  return {
    valid: [
      `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { ${option}: "${good}" });`,
      `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { ${option}: process.env.EXPECTED });`,
      `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, options);`,
      `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"], ...options });`,
      {
        name: "compared by hand",
        code: `import jwt from "jsonwebtoken";
const payload = jwt.verify(token, process.env.KEY);
if (payload.${claim} !== "${good}") throw new Error("not for us");`,
      },
      `import jwt from "jsonwebtoken";
const { ${claim} } = jwt.verify(token, process.env.KEY);
allowed(${claim});`,
      `import jwt from "jsonwebtoken";
const payload = jwt.verify(token, process.env.KEY);
assert${named}(payload);`,
      `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL("https://login.example.com/keys")), { ${option}: "${good}" });`,
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
new Strategy({ secretOrKey: key, ${option}: "${good}" }, check);`,
      `import { Strategy } from "passport-jwt";
import { PassportStrategy } from "@nestjs/passport";
class Jwt extends PassportStrategy(Strategy) {
  constructor() {
    super({ secretOrKey: key });
  }
  validate(payload) {
    return payload.${claim} === "${good}" ? payload : null;
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
        `import jwt from "jsonwebtoken";\n«jwt.verify(token, process.env.KEY, { ${claim}: "${good}" })»;`,
        { messageId: "missingWithOwnKey", data: { name: "jwt.verify", option } },
      ),
      marked(
        `import jwt from "jsonwebtoken";\n«jwt.verify(token, process.env.KEY, { ${option}: "" })»;`,
        { messageId: "missingWithOwnKey", data: { name: "jwt.verify", option } },
      ),
      {
        code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY);`,
        errors: [
          {
            messageId: "missingWithOwnKey",
            data: { name: "jwt.verify", option },
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 35,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { ${edit} });`,
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
            data: { name: "jwt.verify", option },
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 68,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `const jwt = require("jsonwebtoken");
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"], ${edit} }, done);`,
              },
            ],
          },
        ],
      },
      {
        code: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["RS256"], ${other}: "x" });`,
        errors: [
          {
            messageId: "missingWithOwnKey",
            data: { name: "jwt.verify", option },
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 69 + other.length,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["RS256"], ${other}: "x", ${edit} });`,
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
            data: { name: "jwt.verify", option },
            line: 7,
            column: 1,
            endLine: 7,
            endColumn: 36,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
function getKey(header, done) {
  client.getSigningKey(header.kid, (error, key) => done(error, key.getPublicKey()));
}
jwt.verify(token, getKey, { ${edit} }, done);`,
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
            data: { name: "jwt.verify", option },
            line: 5,
            column: 1,
            endLine: 5,
            endColumn: 55,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
const key = await client.getSigningKey(kid);
jwt.verify(token, key.publicKey ?? key.getPublicKey(), { ${edit} });`,
              },
            ],
          },
        ],
      },
      // A key that a callback is given comes from where the call looks; of any other nobody knows.
      ...[
        ["client.getSigningKey", "missing"],
        ["keys.getSigningKey", "missingWithOwnKey"],
      ].map(([asked = "", messageId = ""]) =>
        marked(
          `import jwt from "jsonwebtoken";
import jwksClient from "jwks-rsa";
const client = jwksClient({ jwksUri: "https://login.example.com/keys" });
${asked}(kid, (error, key) => {
  const found = key.getPublicKey();
  «jwt.verify(token, found, { ${option}: "" })»;
});`,
          { messageId, data: { name: "jwt.verify", option } },
        ),
      ),
      {
        code: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const keys = createRemoteJWKSet(new URL("https://login.example.com/keys"));
await jwtVerify(token, keys);`,
        errors: [
          {
            messageId: "missing",
            data: { name: "jwtVerify", option },
            line: 3,
            column: 7,
            endLine: 3,
            endColumn: 29,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
const keys = createRemoteJWKSet(new URL("https://login.example.com/keys"));
await jwtVerify(token, keys, { ${edit} });`,
              },
            ],
          },
        ],
      },
      {
        code: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
await jwtVerify(token, await importSPKI(pem, "RS256"), { ${other}: "x" });`,
        errors: [
          {
            messageId: "missingWithOwnKey",
            data: { name: "jwtVerify", option },
            line: 2,
            column: 7,
            endLine: 2,
            endColumn: 66 + other.length,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { createRemoteJWKSet, importSPKI, jwtVerify } from "jose";
await jwtVerify(token, await importSPKI(pem, "RS256"), { ${other}: "x", ${edit} });`,
              },
            ],
          },
        ],
      },
      {
        name: "the claim of another token is no check of this one",
        code: `import jwt from "jsonwebtoken";
export const check = (token) => jwt.verify(token, process.env.KEY);
export const look = (token) => jwt.decode(token).${claim};`,
        errors: [
          {
            messageId: "missingWithOwnKey",
            data: { name: "jwt.verify", option },
            line: 2,
            column: 33,
            endLine: 2,
            endColumn: 67,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import jwt from "jsonwebtoken";
export const check = (token) => jwt.verify(token, process.env.KEY, { ${edit} });
export const look = (token) => jwt.decode(token).${claim};`,
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
            data: { name: "Strategy", option },
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 42,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, ${edit} }, check);`,
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
            data: { name: "Strategy", option },
            line: 6,
            column: 5,
            endLine: 9,
            endColumn: 7,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { Strategy } from "passport-jwt";
import { passportJwtSecret } from "jwks-rsa";
import { PassportStrategy } from "@nestjs/passport";
class Jwt extends PassportStrategy(Strategy) {
  constructor() {
    super({
      secretOrKeyProvider: passportJwtSecret({ jwksUri: "https://login.example.com/keys" }),
      algorithms: ["RS256"],
      ${edit},
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
            data: { name: "expressjwt", option },
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 63,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { expressjwt } from "express-jwt";
expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], ${edit} });`,
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
            data: { name: "expressjwt", option },
            line: 3,
            column: 9,
            endLine: 3,
            endColumn: 124,
            suggestions: [
              {
                messageId: "addOption",
                data: { edit },
                output: `import { expressjwt } from "express-jwt";
import jwks from "jwks-rsa";
app.use(expressjwt({ secret: jwks.expressJwtSecret({ jwksUri: "https://login.example.com/keys" }), algorithms: ["RS256"], ${edit} }));`,
              },
            ],
          },
        ],
      },
    ],
  };
}
