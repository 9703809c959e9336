import rule from "../../src/rules/require-issued-at.ts";
import { marked } from "../kit/marked.ts";
import { claimOfPayload, missingClaim } from "../kit/required-claim.ts";
import { testRule } from "../kit/test-rule.ts";

const { valid, invalid } = claimOfPayload({
  claim: "iat",
  setter: "setIssuedAt",
  messageId: "addTime",
  value: "Math.floor(Date.now() / 1000)",
  argument: "",
});

testRule("require-issued-at", rule, {
  valid: [
    ...valid,
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
    ...invalid,
    marked(
      `import { createJWT } from "oslo/jwt";
«createJWT("HS256", key, { sub: id })»;`,
      missingClaim(
        "addTime",
        "the iat claim",
        "iat: Math.floor(Date.now() / 1000)",
        `import { createJWT } from "oslo/jwt";
createJWT("HS256", key, { sub: id, iat: Math.floor(Date.now() / 1000) });`,
      ),
    ),
    // To a text nothing is added.
    marked(
      `import jwt from "jsonwebtoken";
«jwt.sign(JSON.stringify({ sub: id }), key)»;`,
      missingClaim(
        "addTime",
        "the iat claim",
        "iat: Math.floor(Date.now() / 1000)",
        `import jwt from "jsonwebtoken";
jwt.sign(JSON.stringify({ sub: id, iat: Math.floor(Date.now() / 1000) }), key);`,
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
