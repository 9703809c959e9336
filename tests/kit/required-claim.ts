import type { RuleCases } from "./test-rule.ts";
import { marked } from "./marked.ts";

/** A claim that a rule wants tokens to be made with, and how libraries call it. */
interface Claim {
  /** The registered name (RFC 7519 section 4.1). */
  readonly claim: string;
  /** The setter of jose. */
  readonly setter: string;
  /** The message of the suggestion. */
  readonly messageId: string;
  /** The expression that the suggestion writes. */
  readonly value: string;
  /** What the suggestion gives to the setter; the value unless it needs none. */
  readonly argument?: string;
}

interface RequiredClaim extends Claim {
  /** The option of jsonwebtoken. */
  readonly option: string;
}

/** A finding with the suggestion that mends it. */
export function missingClaim(messageId: string, remedy: string, edit?: string, output?: string) {
  return {
    messageId: "missing",
    data: { remedy },
    suggestions:
      edit === undefined || output === undefined ? [] : [{ messageId, data: { edit }, output }],
  };
}

/** What the rule of any claim says of libraries that are given it in the payload or by a setter. */
export function claimOfPayload({
  claim,
  setter,
  messageId,
  value,
  argument = value,
}: Claim): RuleCases {
  const missing = (remedy: string, edit?: string, output?: string) =>
    missingClaim(messageId, remedy, edit, output);
  const CALL = `${setter}(${argument})`;
  const CLAIM = `${claim}: ${value}`;
  return {
    valid: [
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, ${claim} }, key, { expiresIn: "1h" });`,
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
if (known) payload.${claim} = known;
jwt.sign(payload, key);`,
      `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: id });
issue({ sub: id, ${claim} });`,
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
new SignJWT({ sub: id, ${claim} }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
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
        name: "a DPoP proof names the request instead",
        code: `import { SignJWT } from "jose";
new SignJWT({ jti, htm, htu, iat }).setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk }).sign(key);`,
      },
    ],
    invalid: [
      marked(
        `import { SignJWT } from "jose";
«new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).sign(key)»;`,
        missing(
          setter,
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
          setter,
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
          setter,
          CALL,
          `import { EncryptJWT } from "jose";
new EncryptJWT({ sub: id }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).${CALL}.encrypt(key);`,
        ),
      ),
      marked(
        `import { sign } from "hono/jwt";
«sign({ sub: id }, key)»;`,
        missing(
          `the ${claim} claim`,
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
          `the ${claim} claim`,
          CLAIM,
          `import jwt from "jwt-simple";
const payload = { sub: id, ${CLAIM} };
jwt.encode(payload, key);`,
        ),
      ),
    ],
  };
}

/** What the rule of a claim says that jsonwebtoken sets by an option. */
export function requiredClaim({ option, ...described }: RequiredClaim): RuleCases {
  const { claim, messageId, value } = described;
  const missing = (remedy: string, edit?: string, output?: string) =>
    missingClaim(messageId, remedy, edit, output);
  const SET = `${option}: ${value}`;
  const { valid, invalid } = claimOfPayload(described);
  return {
    valid: [
      ...valid,
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { expiresIn: "1h", ${SET} });`,
      `import jwt from "jsonwebtoken";
export const issue = (id, strict) => jwt.sign({ sub: id }, key, strict ? { ${SET} } : {});`,
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, Object.assign({ expiresIn: "1h" }, { ${SET} }));`,
    ],
    invalid: [
      ...invalid,
      marked(
        `import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
        missing(
          option,
          SET,
          `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { ${SET} });`,
        ),
      ),
      marked(
        `const jwt = require("jsonwebtoken");
const token = «jwt.sign({ sub: id }, key, { expiresIn: "1h" })»;`,
        missing(
          option,
          SET,
          `const jwt = require("jsonwebtoken");
const token = jwt.sign({ sub: id }, key, { expiresIn: "1h", ${SET} });`,
        ),
      ),
      marked(
        `import * as tokens from "jsonwebtoken";
«tokens.sign({ sub: id }, key, (error, token) => done(error, token))»;`,
        missing(
          option,
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
          option,
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
          option,
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
            option,
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
          option,
          SET,
          `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key, { ${SET} });
issue({ sub: id });`,
        ),
      ),
      // Beside the text of an object the option would throw.
      marked(
        `import jwt from "jsonwebtoken";
«jwt.sign(JSON.stringify({ sub: id }), key)»;`,
        missing(
          `the ${claim} claim`,
          `${claim}: ${value}`,
          `import jwt from "jsonwebtoken";
jwt.sign(JSON.stringify({ sub: id, ${claim}: ${value} }), key);`,
        ),
      ),
      marked(
        `import jwt from "jsonwebtoken";
«jwt.sign("a text", key)»;`,
        { messageId: "textPayload", data: { remedy: option }, suggestions: [] },
      ),
    ],
  };
}
