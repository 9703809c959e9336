import rule from "../../src/rules/require-jti.ts";
import { marked } from "../kit/marked.ts";
import { missingClaim, requiredClaim } from "../kit/required-claim.ts";
import { testRule } from "../kit/test-rule.ts";

const { valid, invalid } = requiredClaim({
  claim: "jti",
  option: "jwtid",
  setter: "setJti",
  messageId: "addIdentifier",
  value: "crypto.randomUUID()",
});

testRule("require-jti", rule, {
  valid: [
    ...valid,
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
    ...invalid,
    marked(
      `import crypto from "node:crypto";
import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
      missingClaim(
        "addIdentifier",
        "jwtid",
        "jwtid: crypto.randomUUID()",
        `import crypto from "node:crypto";
import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key, { jwtid: crypto.randomUUID() });`,
      ),
    ),
    {
      ...marked(
        `import crypto from "crypto-js";
import jwt from "jsonwebtoken";
«jwt.sign({ sub: id }, key)»;`,
        missingClaim("addIdentifier", "jwtid"),
      ),
      name: "no edit where the name stands for something else",
    },
  ],
});
