import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Sessions that the claims of a token choose to be ended, which nobody has verified. */

const handler = (body: string): string =>
  `import { jwtDecode } from "jwt-decode";\nexport async function signOut(req, res) {\n  const token = req.cookies.jwt;\n  const claims = «jwtDecode(token)»;\n  ${body}\n  res.sendStatus(204);\n}`;

const plain = (body: string): string => handler(body).replaceAll(/[«»]/gu, "");

const ended = (code: string, claim = "jti", line = "5"): InvalidCase =>
  marked(code, {
    messageId: "data",
    data: { name: "jwtDecode", line, what: `the claim ${claim}` },
  });

testRule("no-unverified-claims: sessions that are ended", rule, {
  valid: [
    ...[
      // Noted as withdrawn, and taken out of a copy
      "await blacklist.add(claims.jti); await denyList.delete(claims.jti); await revokedTokens.remove(claims.jti);",
      "sessionCache.delete(claims.jti); await redis.del(claims.jti);",
      // Narrowed down by what is stored, or by the token itself
      "await Session.deleteOne({ jti: claims.jti, token });",
      "await sessions.destroy(claims.jti, token);",
      "await Session.deleteOne({ jti: claims.jti, user: req.session.user });",
      "await prisma.session.deleteMany({ where: { jti: claims.jti, userId: req.session.user } });",
      // It is one's own, or the hash of the token is the one that is kept.
      "const row = await sessions.find(claims.jti); if (row.user === req.user.id) await sessions.destroy(claims.jti);",
      "const row = await sessions.find(claims.jti); if (row.hash === hashToken(token)) await sessions.destroy(claims.jti);",
      // Something else is ended, or it is only looked at
      "rooms.delete(claims.sid); pending.remove(claims.jti);",
      "await sessions.destroy(req.body.jti); log(claims.jti);",
      "await sessions.destroy(req.body.name, claims.jti);",
      "await drafts.delete(claims.locale); await texts.find({ which: claims.jti });",
      "await sessions.destroyLater(claims.jti); await listeners.removeListener(claims.jti);",
      "await sessions.destroy(token);",
      "await sessions.destroy({ reason: claims.jti, id: req.body.id });",
    ].map(plain),
    // Verified before
    `import jwt from "jsonwebtoken"; export async function signOut(req, res) { const claims = jwt.verify(req.cookies.jwt, process.env.KEY, { algorithms: ["HS256"] }); await sessions.destroy(claims.jti); }`,
    `import jwt from "jsonwebtoken"; export async function signOut(req, res) { jwt.verify(req.cookies.jwt, process.env.KEY, { algorithms: ["HS256"] }); const claims = jwt.decode(req.cookies.jwt); await sessions.destroy(claims.jti); }`,
  ],
  invalid: [
    ...[
      "await jwtr.destroy(claims.jti, process.env.KEY);",
      "await Session.deleteOne({ jti: claims.jti });",
      "await prisma.session.delete({ where: { jti: claims.jti } });",
      "await sessions.removeByJti(claims.jti);",
      "await store.deleteSession(claims.jti);",
    ].map((body) => ended(handler(body))),
    ended(handler("await sessions.delete(claims.sid);"), "sid"),
    ended(handler("await sessions.destroy(claims.sessionId);"), "sessionId"),
    ended(
      `import { jwtDecode } from "jwt-decode";\nconst look = async (token) => «jwtDecode(token)»;\nexport const signOut = async (req, res) => {\n  const { jti } = await look(tokenOf(req));\n  await jwtr.destroy(jti);\n};`,
    ),
  ],
});
