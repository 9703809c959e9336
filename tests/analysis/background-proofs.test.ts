import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Claims that are given back before anybody knows whether the token is good, or on a way without a verification. */

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, asked: string): InvalidCase =>
  marked(code, { messageId: "verifier", data: { name: "this code", function: asked } });

/** A function that reads the token with another one of the file, and goes on so. */
const session = (body: string, parameters = "idToken"): string =>
  `const known = new Map();
function glance(idToken) {
  const claims = «JSON.parse(Buffer.from(idToken.split(".")[1], "base64url").toString("utf8"))»;
  return { id: claims.sub, mail: claims.email };
}
async function validateSession(${parameters}) {
  const claims = glance(idToken);
  ${body}
}
module.exports = { validateSession };`;

testRule("no-unverified-claims: verifications that run in the background", rule, {
  valid: [
    ...[
      "await getAuth().verifyIdToken(idToken).then((good) => known.set(idToken, good)); return claims;",
      "await getAuth().verifyIdToken(idToken).catch((error) => { throw new Refused(error); }); return claims;",
      "return getAuth().verifyIdToken(idToken).then(() => claims);",
      "const good = getAuth().verifyIdToken(idToken).then(keep); await good; return claims;",
      "const good = getAuth().verifyIdToken(idToken).then(keep); await Promise.all([good, load()]); return claims;",
      "const good = getAuth().verifyIdToken(idToken).then(keep); return { ...claims, good };",
      "const good = getAuth().verifyIdToken(idToken).then(keep); for await (const one of [good]) keep(one); return claims;",
      "return { ...claims, good: getAuth().verifyIdToken(idToken).then(keep) };",
      "later(getAuth().verifyIdToken(idToken).then(keep)); return claims;",
      "const { good } = getAuth().verifyIdToken(idToken).then(keep); return claims;",
      "const check = getAuth().verifyIdToken(idToken).then; return claims;",
      "await getAuth().verifyIdToken(idToken); return claims;",
      "later(getAuth().verifyIdToken(idToken).then); return claims;",
    ].map((body) => plain(session(body))),
    // Whoever has called it hears of what comes out.
    ...[
      "getAuth().verifyIdToken(idToken).then(() => next()).catch((error) => next(error)); return claims;",
      "getAuth().verifyIdToken(idToken).catch(next); return claims;",
      "getAuth().verifyIdToken(idToken).catch(() => next.refuse().status(401).end()); return claims;",
    ].map((body) => plain(session(body, "idToken, next"))),
    // The promise belongs to another function, or nothing is done with it here.
    plain(
      session("const run = () => { getAuth().verifyIdToken(idToken).then(keep); }; return claims;"),
    ),
    plain(session("getAuth().verifyIdToken(idToken); return claims;")),
  ],
  invalid: [
    ...[
      "getAuth().verifyIdToken(idToken).then((good) => known.set(idToken, good)); return claims;",
      "void getAuth().verifyIdToken(idToken).catch(() => known.delete(idToken)); return claims;",
      "getAuth().verifyIdToken(idToken).then(keep).catch(drop).finally(() => tidy()); return { user: claims };",
      "if (claims) { getAuth().verifyIdToken(idToken).then(keep); return claims; } return getAuth().verifyIdToken(idToken);",
      "const good = getAuth().verifyIdToken(idToken).then(keep); known.set(idToken, good); return claims;",
      "const cached = await load(); const good = getAuth().verifyIdToken(idToken).then(keep); known.set(idToken, good); return claims;",
      "const good = getAuth().verifyIdToken(idToken).then(keep); if (claims) return claims; return await good;",
      "auth.validateToken(idToken).then(keep); return claims;",
      "auth?.validateToken(idToken).then(keep); return claims;",
      "getAuth().verifyIdToken(idToken).then((good) => good.keep()); return claims;",
    ].map((body) => found(session(body), "validateSession")),
    found(
      session(
        "getAuth().verifyIdToken(idToken).then(keep).catch((error) => log.warn(error)); return claims;",
        "idToken, log",
      ),
      "validateSession",
    ),
  ],
});

/** A function that asks for a user, and reads the token with one of the file. */
const asked = (body: string, reader = "export function glance"): string =>
  `import { jwtVerify } from "jose";
${reader}(token) {
  const [, claims] = token.split(".");
  return «JSON.parse(atob(claims))»;
}
async function proven(token, host) {
  const { payload } = await jwtVerify(token, await keysOf(host), { issuer: host, audience: "shop", algorithms: ["ES256"] });
  return payload;
}
export async function getCurrentUser(request, env) {
  const token = cookiesOf(request).id;
  ${body}
}`;

testRule("no-unverified-claims: verifications on another way", rule, {
  valid: [
    ...[
      "const { kid } = glance(token); return await proven(token, kid);",
      "if (!env.ISSUER) throw new Error('no issuer'); const claims = glance(token); await proven(token, env.ISSUER); return claims;",
      "const claims = glance(token); if (claims.tid === env.TENANT) { await proven(token, env.ISSUER); return claims; } return null;",
      "await proven(token, env.ISSUER); const claims = glance(token); return { id: claims.sub };",
      "const claims = glance(token); if (!claims) return null; return proven(token, claims.iss);",
      "if (env.STRICT) log('strict'); const claims = glance(token); await proven(token, env.ISSUER); return claims;",
    ].flatMap((body) => [plain(asked(body)), plain(asked(body, "function glance"))]),
    plain(
      `${asked("return third(token);", "function glance")}
async function third(token) { return second(token); }
async function second(token) { return first(token); }
async function first(token) { await proven(token, HOST); return glance(token); }`,
    ),
    plain(
      `${asked("await proven(token, env.ISSUER); checkToken(token, env.next);")}
function checkToken(token, next) { JSON.parse(atob(token.split(".")[1])); next(); }`,
    ),
    // What the caller gives on has been verified there.
    plain(
      asked(
        "return (await session(token)).id; async function session(token) { const claims = glance(token); await proven(token, env.ISSUER); return { id: claims.sub }; }",
        "function glance",
      ),
    ),
  ],
  invalid: [
    ...[
      "if (env.ISSUER) return await proven(token, env.ISSUER); const claims = glance(token); return { id: claims.sub };",
      "if (env.ISSUER) { return proven(token, env.ISSUER); } return glance(token);",
      "if (process.env.LAX) { const claims = glance(token); if (claims.sub) { return claims; } else { return null; } } return proven(token, env.ISSUER);",
      "if (process.env.LAX) { const claims = glance(token); if (env.SHORT) { return claims; } else { return null; } } return proven(token, env.ISSUER);",
      "try { return await proven(token, env.ISSUER); } catch (error) { log(error); } return glance(token);",
      "let user; try { user = await proven(token, env.ISSUER); } catch (error) { log(error); } if (!user) user = glance(token); return user;",
      "if (env.ISSUER) { log(glance(token).iat); return await proven(token, env.ISSUER); } return glance(token);",
      "const claims = glance(token); if (claims.sub.startsWith('guest')) return claims; return await proven(token, env.ISSUER);",
    ].flatMap((body) => [
      found(asked(body), "getCurrentUser"),
      found(asked(body, "function glance"), "getCurrentUser"),
    ]),
    // Others may call what reads it, too.
    found(
      asked(
        "await proven(token, env.ISSUER); return validateToken(token);",
        "export function validateToken",
      ),
      "validateToken",
    ),
  ],
});
