import rule from "../../src/rules/require-expiration.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that end by a claim of the program's own, and those that nobody is given. */

const ENDED = (asks: string, at = "expiredAt"): string =>
  `import jwt from "jsonwebtoken"; export const make = (id, later) => jwt.sign({ id, ${at}: later }, KEY); export const read = (token) => { const claims = jwt.verify(token, KEY, { algorithms: ["HS256"] }); ${asks} return claims; };`;

const STORED = (
  keeps: string,
  made = "new EncryptJWT({ text }).setProtectedHeader(HEADER).encrypt(KEY)",
): string =>
  `import { EncryptJWT, SignJWT } from "jose"; export async function save(userId, text, res) { const sealed = await ${made}; ${keeps} }`;

/** The finding is what counts here; the tests of the rule say what it offers. */
const found = (code: string, from: string, remedy: string, edit: string, output: string) =>
  marked(code.replace(from, `«${from}»`), {
    messageId: "missing",
    data: { remedy },
    suggestions: [{ messageId: "addLifetime", data: { edit }, output: code.replace(from, output) }],
  });

const signed = (asks: string, at?: string) => {
  const call = `jwt.sign({ id, ${at ?? "expiredAt"}: later }, KEY)`;
  return found(
    ENDED(asks, at),
    call,
    "expiresIn",
    'expiresIn: "1h"',
    call.replace("KEY)", 'KEY, { expiresIn: "1h" })'),
  );
};

const sealed = (
  keeps: string,
  made = "new EncryptJWT({ text }).setProtectedHeader(HEADER).encrypt(KEY)",
) =>
  found(
    STORED(keeps, made),
    made,
    "setExpirationTime",
    'setExpirationTime("1h")',
    made.replace(/\.(encrypt|sign)\(/u, '.setExpirationTime("1h").$1('),
  );

testRule("require-expiration", rule, {
  valid: [
    ...[
      "if (new Date() > new Date(claims.expiredAt)) return null;",
      "if (claims.expiredAt < Date.now()) return null;",
      "const now = new Date(); const until = new Date(claims.expiredAt); if (now > until) return null;",
      "const now = Date.now(); if (claims.expiredAt * 1000 <= now) return null;",
      "if (moment().isAfter(x) || new Date(claims.expiredAt).getTime() - 1000 < Date.now()) return null;",
    ].map((asks) => ENDED(asks)),
    ...["expires", "expires_at", "expiry", "validUntil"].map((name) =>
      ENDED(`if (claims.${name} < Date.now()) return null;`, name),
    ),
    STORED("return prisma.note.create({ data: { userId, body: sealed } });"),
    STORED(
      "await prisma.note.create({ data: { userId, body: sealed } }); return Note.create({ body: sealed });",
    ),
  ],
  invalid: [
    // Nobody looks at it, or at nothing but whether it is there; another claim or another thing is compared
    signed(""),
    signed("if (!claims.expiredAt) return null;"),
    signed("if (claims.expiredAt < limit) return null;"),
    signed("const until = claims.expiredAt; if (until < limit) return null;"),
    signed("const until = claims.expiredAt; const end = until; if (end < Date.now()) return null;"),
    signed("if (claims.expiredAt === Date.now()) return null;"),
    signed("if (claims.createdAt < Date.now()) return null;"),
    signed("const row = load(); if (row.expiredAt < Date.now()) return null;"),
    signed("if (claims.experience < Date.now()) return null;", "experience"),
    // Given to somebody as well, a record of tokens, or a token that is signed
    sealed("await prisma.note.create({ data: { userId, body: sealed } }); return sealed;"),
    sealed(""),
    sealed("res.cookie('sealed', sealed);"),
    sealed("return prisma.session.create({ data: { userId, body: sealed } });"),
    sealed("return prisma.note.create({ data: { userId, resetToken: sealed } });"),
    sealed("return send({ data: { userId, body: sealed } });"),
    sealed(
      "return prisma.note.create({ data: { userId, body: sealed } });",
      "new SignJWT({ text }).setProtectedHeader(HEADER).sign(KEY)",
    ),
  ],
});
