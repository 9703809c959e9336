import { fileURLToPath } from "node:url";
import rule from "../../src/rules/no-ineffective-option.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/claims/${name}`, import.meta.url));

testRule("no-ineffective-option", rule, {
  valid: [
    {
      code: `import jwt from "jsonwebtoken"; jwt.sign({ sub }, key, { expiresInMinutes: 60 }); jwt.sign({ sub }, key, { expiresInSeconds: 60 });`,
      settings: { "jwt-audit": { versions: { jsonwebtoken: "5.7.0" } } },
    },
    // A lifetime that the caller is told, a date of the program's own, and options out of sight
    `import jwt from "jsonwebtoken"; jwt.sign({ sub, expiresIn: "7d" }, key, { expiresIn: "7d" });`,
    `import jwt from "jsonwebtoken"; jwt.sign({ sub, expiresIn: 3600, exp: now + 3600 }, key);`,
    `import jwt from "jsonwebtoken"; jwt.sign({ sub, expiresIn: Date.now() + 3_600_000 }, key, { algorithm: "HS256" });`,
    `import jwt from "jsonwebtoken"; jwt.sign({ sub, expiresIn: "7d" }, key, options);`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["HS256"], audience: "api", issuer: "me" });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { issuer: ["me", "you"], audience: /^api$/ });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["HS256"], algorithm: "HS256" });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: process.env.AUDIENCE });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: clientId || undefined });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { ...options });`,
    {
      name: "one object for signing and verifying",
      code: `import jwt from "jsonwebtoken";
const options = { expiresIn: "1h", issuer: "me" };
jwt.sign({ a: 1 }, key, options);
jwt.verify(token, key, options);`,
    },
    `import jwt from "jsonwebtoken";
const config = { jwt: { issuer: "me" } };
jwt.verify(token, key, { issuer: config.jwt.issuer });`,
    {
      name: "names that nobody mistakes",
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { debug: true });`,
    },
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { algorithm: "HS256", expiresIn: "1h", audience: "" });`,
    `import { jwtVerify } from "jose";
await jwtVerify(token, key, { issuer: "me", audience: "api", maxTokenAge: "1h" });`,
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, audience: "api", jsonWebTokenOptions: { maxAge: "1h" } }, check);`,
    `import { Strategy } from "passport-jwt"; import jwt from "jsonwebtoken"; const rules = { expiresIn: "1h" };
new Strategy({ secretOrKey: key, jsonWebTokenOptions: { expiresIn: undefined } }, check); jwt.sign({ a: 1 }, key, rules);`,
    `import { Strategy } from "passport-jwt"; import jwt from "jsonwebtoken"; const rules = { secretOrKey: key, expiresIn: "1h" };
new Strategy(rules, check); export const sign = (id) => jwt.sign({ id }, key, { expiresIn: rules.expiresIn });`,
    `import jwt from "./jwt";
jwt.verify(token, key, { aud: "api" });`,
    // The key of the registration, one of a call, and what another library reads
    `import jwt from "@fastify/jwt"; export const start = (app) => app.register(jwt, { secret: keys.access });`,
    `import Fastify from "fastify"; import jwt from "@fastify/jwt"; const app = Fastify(); app.register(jwt, { secret: keys.access }); export const refresh = (id) => app.jwt.sign({ id }, { key: keys.refresh });`,
    `import Fastify from "fastify"; import jwt from "@fastify/jwt"; const app = Fastify(); app.register(jwt, { secret: keys.access }); export const refresh = (id) => app.jwt.sign({ id }, { key: keys.refresh, secret: keys.refresh });`,
    `import Fastify from "fastify"; import jwt from "jsonwebtoken"; const app = Fastify(); app.decorate("jwt", { sign: (claims, { secret }) => jwt.sign(claims, secret) }); export const refresh = (id) => app.jwt.sign({ id }, { secret: keys.refresh });`,
    `import Fastify from "fastify"; import jwt from "fastify-jwt"; const app = Fastify(); app.register(jwt, { secret: keys.access }); export const refresh = (id) => app.jwt.sign({ id }, { secret: keys.refresh });`,
    `import { JwtService } from "@nestjs/jwt"; export const refresh = (id) => new JwtService({}).sign({ id }, { secret: keys.refresh });`,
  ],
  invalid: [
    // What is read of another object
    marked(
      `import { Strategy } from "passport-jwt"; import jwt from "jsonwebtoken"; const other = { expiresIn: "2h" }; const rules = { secretOrKey: key, «expiresIn»: "1h" };
new Strategy(rules, check); export const sign = (id) => jwt.sign({ id }, key, { expiresIn: other.expiresIn });`,
      {
        messageId: "unread",
        data: {
          library: "passport-jwt",
          option: "expiresIn",
          why: "A lifetime is set when a token is signed.",
          origin: "",
        },
      },
    ),
    // A key of its own for refresh tokens, which is never used
    ...[
      `import type { FastifyInstance } from "fastify"; export const refresh = (app: FastifyInstance, id: string) => app.jwt.sign({ id }, { «secret»: keys.refresh, expiresIn: "7d" });`,
      `import type { FastifyInstance } from "fastify"; export const refreshed = (app: FastifyInstance, token: string) => app.jwt.verify(token, { «secret»: keys.refresh });`,
      `import Fastify from "fastify"; import jwt from "@fastify/jwt"; const app = Fastify(); app.register(jwt, { secret: keys.access }); export const refresh = (id: string) => app.jwt.sign({ id }, { «secret»: keys.refresh });`,
    ].map((code) =>
      marked(
        code,
        {
          messageId: "misnamed",
          data: { library: "@fastify/jwt", option: "secret", meant: "key", origin: "" },
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "key" },
              output: code.replace("«secret»", "key"),
            },
          ],
        },
        { ts: true },
      ),
    ),
    marked(`import jwt from "jsonwebtoken"; jwt.sign({ sub }, key, { «expiresInMinutes»: 60 });`, {
      messageId: "unread",
      data: {
        library: "jsonwebtoken",
        option: "expiresInMinutes",
        why: "Releases from 6 on take expiresIn alone.",
        origin: "",
      },
    }),
    marked(`import jwt from "jsonwebtoken"; jwt.sign({ sub }, key, { «expiresInSeconds»: 60 });`, {
      messageId: "misnamed",
      data: { library: "jsonwebtoken", option: "expiresInSeconds", meant: "expiresIn", origin: "" },
      suggestions: [
        {
          messageId: "rename",
          data: { meant: "expiresIn" },
          output: `import jwt from "jsonwebtoken"; jwt.sign({ sub }, key, { expiresIn: 60 });`,
        },
      ],
    }),
    marked(
      `import jwt from "jsonwebtoken"; function claimsOf(sub) { const life = "7d"; return { sub, «expiresIn»: life }; } export const sign = (sub) => jwt.sign(claimsOf(sub), key, { algorithm: "HS256" });`,
      { messageId: "madeClaim", data: { option: "expiresIn", name: "jwt.sign", origin: "" } },
    ),
    // The lifetime is a claim.
    marked(`import jwt from "jsonwebtoken"; jwt.sign({ sub, «expiresIn»: "7 days" }, key);`, {
      messageId: "madeClaim",
      data: { option: "expiresIn", name: "jwt.sign", origin: "" },
      suggestions: [
        {
          messageId: "move",
          data: { meant: "the options of jwt.sign" },
          output: `import jwt from "jsonwebtoken"; jwt.sign({ sub }, key, { expiresIn: "7 days" });`,
        },
      ],
    }),
    // Beside a text it would throw.
    marked(
      `import jwt from "jsonwebtoken"; jwt.sign(JSON.stringify({ sub, «expiresIn»: "7 days" }), key);`,
      {
        messageId: "madeClaim",
        data: { option: "expiresIn", name: "jwt.sign", origin: "" },
        suggestions: [],
      },
    ),
    marked(
      `import jwt from "jsonwebtoken"; const claims = { sub, «expiresIn»: process.env.LIFE }; jwt.sign(claims, key, { algorithm: "HS256" });`,
      {
        messageId: "madeClaim",
        data: { option: "expiresIn", name: "jwt.sign", origin: "" },
        suggestions: [
          {
            messageId: "move",
            data: { meant: "the options of jwt.sign" },
            output: `import jwt from "jsonwebtoken"; const claims = { sub }; jwt.sign(claims, key, { algorithm: "HS256", expiresIn: process.env.LIFE });`,
          },
        ],
      },
    ),
    marked(
      `import { JwtService } from "@nestjs/jwt"; export class Tickets { constructor(private readonly jwtService: JwtService) {} create(sub: string) { const payload = { «expiresIn»: "7 days" }; return this.jwtService.sign(payload); } }`,
      {
        messageId: "madeClaim",
        data: { option: "expiresIn", name: "this.jwtService.sign", origin: "" },
        suggestions: [
          {
            messageId: "move",
            data: { meant: "the options of this.jwtService.sign" },
            output: `import { JwtService } from "@nestjs/jwt"; export class Tickets { constructor(private readonly jwtService: JwtService) {} create(sub: string) { const payload = {  }; return this.jwtService.sign(payload, { expiresIn: "7 days" }); } }`,
          },
        ],
      },
      { ts: true },
    ),
    // A lifetime is no question to a strategy, inside or outside of jsonWebTokenOptions.
    ...(
      [
        ["jsonWebTokenOptions: { «expiresIn»: '1h' }", "jsonWebTokenOptions.expiresIn"],
        ["«expiresIn»: '1h'", "expiresIn"],
      ] as const
    ).map(([option, name]) =>
      marked(
        `import { Strategy } from "passport-jwt"; new Strategy({ secretOrKey: key, ${option} }, check);`,
        {
          messageId: "unread",
          data: {
            library: "passport-jwt",
            option: name,
            why: "A lifetime is set when a token is signed.",
            origin: "",
          },
        },
      ),
    ),
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithm: "HS256" });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "algorithm", meant: "algorithms", origin: "" },
          line: 2,
          column: 26,
          endLine: 2,
          endColumn: 35,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "algorithms" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["HS256"] });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithm: ["RS256"], expiresIn: "12h" });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "algorithm", meant: "algorithms", origin: "" },
          line: 2,
          column: 26,
          endLine: 2,
          endColumn: 35,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "algorithms" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["RS256"], expiresIn: "12h" });`,
            },
          ],
        },
        {
          messageId: "unread",
          data: {
            library: "jsonwebtoken",
            option: "expiresIn",
            why: "A lifetime is set when a token is signed.",
            origin: "",
          },
          line: 2,
          column: 48,
          endLine: 2,
          endColumn: 57,
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
jwt.verify(token, key, { aud: "api", iss: "me" });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "aud", meant: "audience", origin: "" },
          line: 2,
          column: 26,
          endLine: 2,
          endColumn: 29,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "audience" },
              output: `const jwt = require("jsonwebtoken");
jwt.verify(token, key, { audience: "api", iss: "me" });`,
            },
          ],
        },
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "iss", meant: "issuer", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 41,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "issuer" },
              output: `const jwt = require("jsonwebtoken");
jwt.verify(token, key, { aud: "api", issuer: "me" });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
const iss = "me";
jwt.verify(token, key, { algorithms: ["HS256"], iss });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "iss", meant: "issuer", origin: "" },
          line: 3,
          column: 49,
          endLine: 3,
          endColumn: 52,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "issuer" },
              output: `const jwt = require("jsonwebtoken");
const iss = "me";
jwt.verify(token, key, { algorithms: ["HS256"], issuer: iss });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { expectedAudience: "api" }, done);`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: {
            library: "jsonwebtoken",
            option: "expectedAudience",
            meant: "audience",
            origin: "",
          },
          line: 2,
          column: 26,
          endLine: 2,
          endColumn: 42,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "audience" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: "api" }, done);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { issuer: /^me$/ });`,
      errors: [
        {
          messageId: "patternCheck",
          data: { library: "jsonwebtoken", option: "issuer", origin: "" },
          line: 2,
          column: 34,
          endLine: 2,
          endColumn: 40,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: "" });`,
      errors: [
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "audience", origin: "", value: "an empty text" },
          line: 2,
          column: 36,
          endLine: 2,
          endColumn: 38,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: undefined, issuer: null, maxAge: 0 });`,
      errors: [
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "audience", origin: "", value: "undefined" },
          line: 2,
          column: 36,
          endLine: 2,
          endColumn: 45,
        },
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "issuer", origin: "", value: "null" },
          line: 2,
          column: 55,
          endLine: 2,
          endColumn: 59,
        },
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "maxAge", origin: "", value: "0" },
          line: 2,
          column: 69,
          endLine: 2,
          endColumn: 70,
        },
      ],
    },
    {
      name: "a slip in the name of a setting",
      code: `import jwt from "jsonwebtoken";
const config = { jwt: { isuer: "me" } };
jwt.verify(token, key, { issuer: config.jwt.issuer });`,
      errors: [
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "issuer", origin: "", value: "undefined" },
          line: 3,
          column: 34,
          endLine: 3,
          endColumn: 51,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { audience: process.env.AUDIENCE });`,
      options: [{ checkPossiblyUndefined: true }],
      errors: [
        {
          messageId: "possiblyUndefined",
          data: { library: "jsonwebtoken", option: "audience", origin: "" },
          line: 2,
          column: 36,
          endLine: 2,
          endColumn: 56,
        },
      ],
    },
    {
      code: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { algorithm: "ES256", maxAge: "1h" });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jose", option: "algorithm", meant: "algorithms", origin: "" },
          line: 2,
          column: 31,
          endLine: 2,
          endColumn: 40,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "algorithms" },
              output: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { algorithms: ["ES256"], maxAge: "1h" });`,
            },
          ],
        },
        {
          messageId: "misnamedCheck",
          data: { library: "jose", option: "maxAge", meant: "maxTokenAge", origin: "" },
          line: 2,
          column: 51,
          endLine: 2,
          endColumn: 57,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "maxTokenAge" },
              output: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { algorithm: "ES256", maxTokenAge: "1h" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { ignoreExpiration: true });`,
      errors: [
        {
          messageId: "unread",
          data: {
            library: "jose",
            option: "ignoreExpiration",
            why: "jose checks the exp claim of every token that has one.",
            origin: "",
          },
          line: 2,
          column: 31,
          endLine: 2,
          endColumn: 47,
        },
      ],
    },
    {
      code: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { issuer: undefined });`,
      errors: [
        {
          messageId: "emptyCheck",
          data: { library: "jose", option: "issuer", origin: "", value: "undefined" },
          line: 2,
          column: 39,
          endLine: 2,
          endColumn: 48,
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, jsonWebTokenOptions: { audience: "api", maxAge: "1h" } }, check);`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: {
            library: "passport-jwt",
            option: "jsonWebTokenOptions.audience",
            meant: "audience",
            origin: "",
          },
          line: 2,
          column: 57,
          endLine: 2,
          endColumn: 65,
          suggestions: [
            {
              messageId: "move",
              data: { meant: "audience" },
              output: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, jsonWebTokenOptions: { maxAge: "1h" }, audience: "api" }, check);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, clockTolerance: 5 }, check);`,
      errors: [
        {
          messageId: "misnamed",
          data: {
            library: "passport-jwt",
            option: "clockTolerance",
            meant: "jsonWebTokenOptions.clockTolerance",
            origin: "",
          },
          line: 2,
          column: 34,
          endLine: 2,
          endColumn: 48,
        },
      ],
    },
    {
      code: `const { Strategy } = require("passport-jwt");
const options = {};
options.secretOrKey = key;
options.iss = "me";
passport.use(new Strategy(options, check));`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "passport-jwt", option: "iss", meant: "issuer", origin: "" },
          line: 4,
          column: 1,
          endLine: 4,
          endColumn: 12,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "issuer" },
              output: `const { Strategy } = require("passport-jwt");
const options = {};
options.secretOrKey = key;
options.issuer = "me";
passport.use(new Strategy(options, check));`,
            },
          ],
        },
      ],
    },
    {
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) {
    return this.jwt.verify(token, { algorithm: "HS256" });
  }
}`,
      ts: true,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "@nestjs/jwt", option: "algorithm", meant: "algorithms", origin: "" },
          line: 5,
          column: 37,
          endLine: 5,
          endColumn: 46,
        },
      ],
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, verifyOptions: { aud: "api" } });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: {
            library: "@nestjs/jwt",
            option: "verifyOptions.aud",
            meant: "verifyOptions.audience",
            origin: "",
          },
          line: 2,
          column: 52,
          endLine: 2,
          endColumn: 55,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "verifyOptions.audience" },
              output: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, verifyOptions: { audience: "api" } });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], aud: "api" });`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "express-jwt", option: "aud", meant: "audience", origin: "" },
          line: 2,
          column: 50,
          endLine: 2,
          endColumn: 53,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "audience" },
              output: `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], audience: "api" });`,
            },
          ],
        },
      ],
    },
    {
      name: "options of another file",
      code: `import jwt from "jsonwebtoken";
import { tokens, verifyOptions } from "./config.js";
jwt.verify(token, key, verifyOptions);
jwt.verify(token, key, { issuer: tokens.isuer });`,
      ts: true,
      filename: fixture("api.js"),
      errors: [
        {
          messageId: "misnamedCheck",
          data: {
            library: "jsonwebtoken",
            option: "aud",
            meant: "audience",
            origin: " It is written in tests/fixtures/claims/config.js:3.",
          },
          line: 3,
          column: 24,
          endLine: 3,
          endColumn: 37,
        },
        {
          messageId: "emptyCheck",
          data: { library: "jsonwebtoken", option: "issuer", origin: "", value: "undefined" },
          line: 4,
          column: 34,
          endLine: 4,
          endColumn: 46,
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, algorithms: ["HS256"], jsonWebTokenOptions: options(), maxAge: "1h" }, check);`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: {
            library: "passport-jwt",
            option: "maxAge",
            meant: "jsonWebTokenOptions.maxAge",
            origin: "",
          },
          line: 2,
          column: 89,
          endLine: 2,
          endColumn: 95,
        },
      ],
    },
    {
      code: `import { expressjwt as jwt } from "express-jwt";
app.use(jwt({ secret: key, algorithms: ["HS256"], issuers: ["me"], "aud": "api" }));`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "express-jwt", option: "issuers", meant: "issuer", origin: "" },
          line: 2,
          column: 51,
          endLine: 2,
          endColumn: 58,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "issuer" },
              output: `import { expressjwt as jwt } from "express-jwt";
app.use(jwt({ secret: key, algorithms: ["HS256"], issuer: ["me"], "aud": "api" }));`,
            },
          ],
        },
        {
          messageId: "misnamedCheck",
          data: { library: "express-jwt", option: "aud", meant: "audience", origin: "" },
          line: 2,
          column: 68,
          endLine: 2,
          endColumn: 73,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "audience" },
              output: `import { expressjwt as jwt } from "express-jwt";
app.use(jwt({ secret: key, algorithms: ["HS256"], issuers: ["me"], audience: "api" }));`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const settings = {
  // Ours.
  iss: "me",
};
jwt.verify(token, key, settings);`,
      errors: [
        {
          messageId: "misnamedCheck",
          data: { library: "jsonwebtoken", option: "iss", meant: "issuer", origin: "" },
          line: 4,
          column: 3,
          endLine: 4,
          endColumn: 6,
          suggestions: [
            {
              messageId: "rename",
              data: { meant: "issuer" },
              output: `import jwt from "jsonwebtoken";
const settings = {
  // Ours.
  issuer: "me",
};
jwt.verify(token, key, settings);`,
            },
          ],
        },
      ],
    },
  ],
});
