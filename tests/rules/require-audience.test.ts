import rule from "../../src/rules/require-audience.ts";
import { marked } from "../kit/marked.ts";
import { missingClaim, requiredClaim } from "../kit/required-claim.ts";
import { testRule } from "../kit/test-rule.ts";

const { valid, invalid } = requiredClaim({
  claim: "aud",
  option: "audience",
  setter: "setAudience",
  messageId: "addAudience",
  value: '"https://api.example.com"',
});

testRule("require-audience", rule, {
  valid,
  invalid: [
    ...invalid,
    marked(
      `import { createJWT } from "oslo/jwt";
«createJWT("HS256", key, { sub: id }, { subject: id })»;`,
      missingClaim(
        "addAudience",
        "audiences",
        'audiences: ["https://api.example.com"]',
        `import { createJWT } from "oslo/jwt";
createJWT("HS256", key, { sub: id }, { subject: id, audiences: ["https://api.example.com"] });`,
      ),
    ),
    marked(
      `import jwt from 'jsonwebtoken';
«jwt.sign({ sub: id, audience }, key)»;`,
      missingClaim(
        "addAudience",
        "audience",
        "audience: 'https://api.example.com'",
        `import jwt from 'jsonwebtoken';
jwt.sign({ sub: id, audience }, key, { audience: 'https://api.example.com' });`,
      ),
    ),
  ],
});
