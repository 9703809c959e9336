import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What is read of a refused token: to end what belongs to it, to tell who was refused, or to go on. */

const signOut = (ends: string, read = "claims = «decodeJwt(token)»;"): string =>
  `import { decodeJwt, jwtVerify } from "jose"; export const leave = async (req, res) => { const token = req.cookies.refresh; let claims; try { claims = (await jwtVerify(token, key)).payload; } catch { ${read} } ${ends} res.sendStatus(204); };`;

const socket = (refused: string): string =>
  `import jwt from "jsonwebtoken"; export default (io) => { io.use((socket, next) => { const { token } = socket.handshake.auth; jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }, (err, claims) => { if (err) { const old = «jwt.decode(token)»; ${refused} } socket.user = claims; next(); }); }); };`;

const inspect = (answer: string): string =>
  `import jwt from "jsonwebtoken"; export class Inspector { async authenticate(token) { try { return { status: "valid", claims: jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }) }; } catch (error) { return ${answer}; } } }`;

const silent = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unchecked-verification: what is read of a refused token", rule, {
  valid: [
    ...[
      "if (claims?.jti) await sessions.revoke(claims.jti, token);",
      "if (claims) { await prisma.refreshToken.deleteMany({ where: { userId: claims.sub, token } }); }",
      "await sessions.remove({ user: claims.sub, hash: sha256(token) });",
    ].map((ends) => signOut(ends)),
    socket('const e = new Error("refused"); e.data = { user: old?.sub }; return next(e);'),
    socket("return next(Object.assign(err, { user: old.sub }));"),
    ...['"refused"', '"invalid"', '"expired"', '"failed"'].map((status) =>
      inspect(`{ status: ${status}, claims: «jwt.decode(token)» }`),
    ),
  ].map(silent),
  invalid: [
    ...[
      // Whoever is named is signed out.
      "if (claims?.sub) await sessions.deleteMany({ user: claims.sub });",
      "if (claims?.jti) { await sessions.revoke(claims.jti, token); req.user = claims.sub; }",
      "if (claims?.jti) await sessions.revoke(claims.jti, token); else await open();",
      "if (claims?.isAdmin) await open(token);",
      // The token is no condition, or more than a session is thrown away.
      "await sessions.deleteMany({ user: claims.sub, by: token });",
      "await users.deleteAccount(claims.sub, token);",
      "await teams.removeMember(team, claims.sub, { token });",
      "res.locals.list = await orders.findMany({ user: claims.sub, token });",
      "await sessions.remove(claims.sub, token); res.locals.list = await orders.findMany({ user: claims.sub });",
    ].map((ends) =>
      marked(signOut(ends), { messageId: "catchDecodes", data: { name: "jwtVerify" } }),
    ),
    ...["socket.user = old; return next();", "socket.user = old;"].map((refused) =>
      marked(socket(refused), { messageId: "catchDecodes", data: { name: "jwt.verify" } }),
    ),
    marked(inspect('{ status: "read", claims: «jwt.decode(token)» }'), {
      messageId: "catchDecodes",
      data: { name: "jwt.verify" },
    }),
  ],
});
