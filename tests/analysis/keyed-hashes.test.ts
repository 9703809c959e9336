import claimsRule from "../../src/rules/no-unverified-claims.ts";
import keyRule from "../../src/rules/no-hardcoded-key.ts";
import unsignedRule from "../../src/rules/no-none-algorithm.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A verification by hand, and what makes the signature that it compares. */
const checks = (
  hash: string,
  rest = "",
) => `import { createHash } from "node:crypto"; const SECRET = process.env.APP_KEY; const sign = (text) => ${hash};
export function verifyToken(token) { const [head, body, mac] = token.split("."); if (sign(head + "." + body) !== mac) return null; const claims = «JSON.parse(Buffer.from(body, "base64url").toString())»; if (claims.exp < Date.now()) return null; return { userId: claims.userId, role: claims.role }; } ${rest}`;

const plain = (code: string) => code.replaceAll(/[«»]/gu, "");

const unverified = (code: string) =>
  marked(code, {
    messageId: "verifier",
    data: { name: "this code", function: "verifyToken" },
  });

testRule("no-unverified-claims: hashes with a secret", claimsRule, {
  valid: [
    'createHash("sha256").update(text + SECRET).digest("hex")',
    'createHash("sha256").update(SECRET + text).digest("hex")',
    'createHash("sha256").update(`${text}${SECRET}`).digest("hex")',
    'createHash("sha256").update(`${text}.${process.env.APP_KEY}`).digest("hex")',
  ].map((hash) => plain(checks(hash))),
  invalid: [
    // Anybody can compute it.
    'createHash("sha256").update(text).digest("hex")',
    'createHash("sha256").update(`${text}`).digest("hex")',
    'createHash("sha256").update(text + "." + text.length).digest("hex")',
    'createHash("sha256").update(`${SECRET}`).digest("hex")',
    'createHash("sha256").copy(text + SECRET)',
    'otherHash("sha256").update(text + SECRET).digest("hex")',
  ].map((hash) => unverified(checks(hash))),
});

const keyed = (own: string) =>
  `import { createHash } from "node:crypto"; const encode = (value) => btoa(JSON.stringify(value)); const OWN = ${own}; export const make = (claims) => { const text = encode({ alg: "HS256", typ: "JWT" }) + "." + encode(claims); const secret = OWN; return text + "." + createHash("sha256").update(text + secret).digest("hex"); };`;

testRule("no-hardcoded-key: hashes with a secret", keyRule, {
  valid: [plain(checks('createHash("sha256").update(text + SECRET).digest("hex")'))],
  invalid: [
    marked(keyed('«"harbour otter ninety"»'), {
      messageId: "hardcodedKey",
      data: { name: "createHash", origin: "" },
      suggestions: [
        {
          messageId: "readVariable",
          data: { variable: "JWT_SECRET" },
          output: keyed("process.env.JWT_SECRET"),
        },
      ],
    }),
  ],
});

const SIGNED = (mac: string) =>
  `import { createHash } from "node:crypto"; const SECRET = process.env.APP_KEY; export const login = 1; export const createToken = (user) => { const body = «Buffer.from(JSON.stringify({ userId: user.id })).toString("base64url")»; const mac = ${mac}; return body + "." + mac; };`;

testRule("no-none-algorithm: hashes with a secret", unsignedRule, {
  valid: [
    // The key of a cache, and of a list of revoked tokens
    ...["redisKey", "SALT"].map(
      (held) =>
        `import { createHash } from "node:crypto"; const ${held} = process.env.PLACE; export async function isRevoked(token) { const [head, body] = token.split("."); const entry = createHash("sha256").update(head + "." + body + ${held}).digest("hex"); return list.has(entry); } // jwt`,
    ),
    plain(SIGNED('createHash("sha256").update(body + SECRET).digest("hex")')),
  ],
  invalid: [
    marked(SIGNED('createHash("sha256").update(body).digest("hex")'), {
      messageId: "unsignedSession",
    }),
  ],
});
