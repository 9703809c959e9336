import rule from "../../src/rules/require-max-age.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

testRule("require-max-age", rule, {
  valid: [
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { maxAge: "12h" });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, options);`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { algorithms: ["HS256"], ...options });`,
    {
      name: "the age is looked at by hand",
      code: `import jwt from "jsonwebtoken";
const claims = jwt.verify(token, process.env.KEY);
if (claims.iat < user.signedOutAt) throw new Error("signed out");`,
    },
    `import { jwtVerify } from "jose";
await jwtVerify(token, key, { maxTokenAge: "12 hours" });`,
    {
      name: "there is no such option",
      code: `import { compactVerify } from "jose";
await compactVerify(token, key);`,
    },
    {
      name: "a day, unless told otherwise",
      code: `import { OAuth2Client } from "google-auth-library";
await new OAuth2Client().verifyIdToken({ idToken: token, audience: "api" });`,
    },
    {
      name: "the module may set it",
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) { return this.jwt.verify(token); }
}`,
      ts: true,
    },
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, jwtFromRequest, jsonWebTokenOptions: { maxAge: "12h" } }, check);`,
    `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["RS256"], maxAge: "12h" });`,
    `import { createVerifier } from "fast-jwt";
createVerifier({ key: process.env.KEY, maxAge: 43200000 });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub }, process.env.KEY);`,
  ],
  invalid: [
    marked(
      `import jwt from "jsonwebtoken";
«jwt.verify(token, process.env.KEY)»;`,
      {
        messageId: "missing",
        data: { name: "jwt.verify", option: "maxAge" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'maxAge: "12h"' },
            output: `import jwt from "jsonwebtoken";
jwt.verify(token, process.env.KEY, { maxAge: "12h" });`,
          },
        ],
      },
    ),
    marked(
      `const { verify } = require('jsonwebtoken');
«verify(token, process.env.KEY, { algorithms: ['HS256'] }, (err, claims) => { if (err) throw err; })»;`,
      {
        messageId: "missing",
        data: { name: "verify", option: "maxAge" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: "maxAge: '12h'" },
            output: `const { verify } = require('jsonwebtoken');
verify(token, process.env.KEY, { algorithms: ['HS256'], maxAge: '12h' }, (err, claims) => { if (err) throw err; });`,
          },
        ],
      },
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
«jwt.verify(token, process.env.KEY, { maxAge: 0 })»;`,
        { messageId: "missing", data: { name: "jwt.verify", option: "maxAge" } },
      ),
      name: "written without effect",
    },
    marked(
      `import { jwtVerify as check } from "jose";
await «check(token, key, { maxAge: "12h" })»;`,
      { messageId: "missing", data: { name: "check", option: "maxTokenAge" } },
    ),
    marked(
      `import * as jose from "jose";
await «jose.jwtVerify(token, key, { audience: "api" })»;`,
      {
        messageId: "missing",
        data: { name: "jose.jwtVerify", option: "maxTokenAge" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'maxTokenAge: "12h"' },
            output: `import * as jose from "jose";
await jose.jwtVerify(token, key, { audience: "api", maxTokenAge: "12h" });`,
          },
        ],
      },
    ),
    marked(
      `import { Strategy } from "passport-jwt";
«new Strategy({ secretOrKey: key, jwtFromRequest }, check)»;`,
      {
        messageId: "missing",
        data: { name: "Strategy", option: "jsonWebTokenOptions.maxAge" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'jsonWebTokenOptions: { maxAge: "12h" }' },
            output: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, jwtFromRequest, jsonWebTokenOptions: { maxAge: "12h" } }, check);`,
          },
        ],
      },
    ),
    marked(
      `import { Strategy } from "passport-jwt";
«new Strategy({ secretOrKey: key, jwtFromRequest, jsonWebTokenOptions: { clockTolerance: 5 } }, check)»;`,
      { messageId: "missing", data: { name: "Strategy", option: "jsonWebTokenOptions.maxAge" } },
    ),
    marked(
      `import { expressjwt } from "express-jwt";
app.use(«expressjwt({ secret: key, algorithms: ["RS256"] })»);`,
      {
        messageId: "missing",
        data: { name: "expressjwt", option: "maxAge" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'maxAge: "12h"' },
            output: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: key, algorithms: ["RS256"], maxAge: "12h" }));`,
          },
        ],
      },
    ),
    {
      ...marked(
        `import { createVerifier } from "fast-jwt";
const verify = «createVerifier({ key: process.env.KEY })»;`,
        {
          messageId: "missing",
          data: { name: "createVerifier", option: "maxAge" },
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: "maxAge: 43200000" },
              output: `import { createVerifier } from "fast-jwt";
const verify = createVerifier({ key: process.env.KEY, maxAge: 43200000 });`,
            },
          ],
        },
      ),
      name: "fast-jwt counts milliseconds, and does not read a text",
    },
  ],
});
