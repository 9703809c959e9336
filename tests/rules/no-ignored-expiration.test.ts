import { fileURLToPath } from "node:url";
import rule from "../../src/rules/no-ignored-expiration.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/claims/${name}`, import.meta.url));

const JWT = 'import jwt from "jsonwebtoken";';

testRule("no-ignored-expiration", rule, {
  valid: [
    // A second token that has not expired has to come with it, and be of the same person.
    ...[
      "if (old.sub !== again.sub) throw new Error();",
      "if (old.userId === again.userId) return issue(old.userId); throw new Error();",
    ].map(
      (check) =>
        `${JWT} export function renew(t, r, k) { const old = jwt.verify(t, k, { ignoreExpiration: true }); const again = jwt.verify(r, k); ${check} return issue(old.sub); }`,
    ),
    `${JWT} export class Pairs { renew(t, r) { const { jti: first } = jwt.verify(t, this.k, { ignoreExpiration: true }); const { jti } = jwt.verify(r, this.k); if (jti !== first) throw new Error(); return this.issue(jti); } }`,
    // The program's own, which it has put on record itself
    `import jwt from "jsonwebtoken"; export async function refresh(brought) { const row = await records.findOne({ name: brought.name }); return jwt.verify(row.jwt, key, { ignoreExpiration: true }); }`,
    // The program keeps the date itself.
    ...[
      "new Date() > user.reset_token_expiry",
      "user.expiresAt < Date.now()",
      "Date.now() >= row.valid_until",
      "now > user.reset_token_expiry",
    ].map(
      (asked) =>
        `import jwt from "jsonwebtoken"; export async function validate(req, res) { const claims = jwt.verify(req.body.token, key, { algorithms: ["HS256"], ignoreExpiration: true }); const user = await find(claims.sub); if (user.token !== req.body.token || ${asked}) return res.sendStatus(400); res.json({}); }`,
    ),
    // Renewals that a program limits by itself, and sign-outs.
    `${JWT} function renew(t) { const claims = jwt.verify(t, k, { ignoreExpiration: true }); if (Date.now() / 1000 - claims.iat > WEEK) throw new Error("old"); return issue(claims.sub); }`,
    `${JWT} async function refreshSession(t) { const claims = jwt.verify(t, k, { ignoreExpiration: true }); const row = await db.sessions.get(claims.sid); if (row.revoked) return null; return issue(claims.sub); }`,
    `${JWT} async function refresh(t) { const claims = jwt.verify(t, k, { ignoreExpiration: true }); await findRefreshToken(t); return issue(claims.sub); }`,
    `${JWT} function logout(t) { const claims = jwt.verify(t, k, { ignoreExpiration: true }); sessions.delete(claims.sid); }`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { ignoreExpiration: false });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { ignoreExpiration: process.env.LENIENT });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, options);`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: 60 });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: process.env.TOLERANCE });`,
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTimestamp: Math.floor(Date.now() / 1000) });`,
    {
      name: "exp is checked by hand",
      code: `import jwt from "jsonwebtoken";
function read(token) {
  const payload = jwt.verify(token, key, { ignoreExpiration: true });
  if (payload.exp < limit()) throw new Error("too old");
  return payload;
}`,
    },
    `import jwt from "jsonwebtoken";
jwt.verify(token, key, { ignoreExpiration: true }, (error, { exp }) => renew(exp));`,
    `import jwt from "jsonwebtoken";
const payload = jwt.verify(token, key, { ignoreExpiration: true });
if (isExpired(payload)) renew();`,
    {
      name: "another function",
      code: `import jwt from "./jwt";
jwt.verify(token, key, { ignoreExpiration: true });`,
    },
    `import jwt from "jsonwebtoken";
Model.find({ ignoreExpiration: true });`,
    `import { jwtVerify } from "jose";
await jwtVerify(token, key, { clockTolerance: "30 seconds" });`,
    `import { jwtVerify } from "jose";
await jwtVerify(token, key, { currentDate: new Date() });`,
    {
      name: "the strategy overwrites it",
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, jsonWebTokenOptions: { ignoreExpiration: true } }, check);`,
    },
    `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: (request, error) => { throw error; } });`,
    `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: async (request, error) => { if (Date.now() - error.inner.expiredAt < 5000) return; throw error; } });`,
    `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: (request, error) => reject(error) });`,
    {
      name: "not read before 8",
      code: `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: () => {} });`,
      settings: { "jwt-audit": { versions: { "express-jwt": "7.7.8" } } },
    },
  ],
  invalid: [
    // Found by what the token says, and not the token that is on record
    marked(
      `import jwt from "jsonwebtoken"; export async function refresh(brought) { const row = await records.findOne({ name: brought.name }); return jwt.verify(brought.jwt, key, { ignoreExpiration: «true» }); }`,
      { messageId: "ignoredForRenewal", data: { name: "jwt.verify", origin: "" } },
    ),
    // The date of something else
    ...["new Date() > user.subscriptionExpires", "user.resetTokenExpiry === undefined"].map(
      (asked) => {
        const code = `import jwt from "jsonwebtoken"; export async function validate(req, res) { const claims = jwt.verify(req.body.token, key, { algorithms: ["HS256"], ignoreExpiration: «true» }); const user = await find(claims.sub); if (${asked}) return res.sendStatus(400); res.json({}); }`;
        return marked(code, {
          messageId: "ignored",
          data: { name: "jwt.verify", option: "ignoreExpiration", origin: "" },
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: code.replaceAll(/[«»]/gu, "").replace(", ignoreExpiration: true", ""),
            },
          ],
        });
      },
    ),
    // The second one is not verified in full, not compared, or compared by what all tokens have in common.
    ...[
      ["jwt.verify(r, k, { ignoreExpiration: flag() })", "old.sub !== again.sub"],
      ["jwt.decode(r)", "old.sub !== again.sub"],
      ["jwt.verify(r, k)", "!old.sub || !again.sub"],
      ["jwt.verify(r, k)", "old.type !== again.type"],
      ["jwt.verify(r, k)", "old.sub !== given"],
      ["jwt.verify(r, k)", "old.sub === old.id"],
      ["jwt.verify(r, k)", "again.sub === again.id"],
      ["jwt.verify(r, k)", "old.rank > again.rank"],
    ].map(([second = "", test = ""]) =>
      marked(
        `${JWT} export function renew(t, r, k, given) { const old = jwt.verify(t, k, { ignoreExpiration: «true» }); const again = ${second}; if (${test}) throw new Error(); return issue(old.sub); }`,
        { messageId: "ignoredForRenewal", data: { name: "jwt.verify", origin: "" } },
      ),
    ),
    // What ends one session and makes another renews it.
    marked(
      `${JWT} function invalidateRefreshToken(t) { const claims = jwt.verify(t, k, { ignoreExpiration: «true» }); block(t); return generateAccessToken(claims.sub); }`,
      { messageId: "ignoredForRenewal", data: { name: "jwt.verify", origin: "" } },
    ),
    marked(
      `${JWT} async function refresh(t) { const claims = jwt.verify(t, k, { ignoreExpiration: «true» }); await findUser(claims.sub); return issue(claims.sub); }`,
      { messageId: "ignoredForRenewal", data: { name: "jwt.verify", origin: "" } },
    ),
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["HS256"], ignoreExpiration: true });`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "jwt.verify", option: "ignoreExpiration", origin: "" },
          line: 2,
          column: 67,
          endLine: 2,
          endColumn: 71,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { algorithms: ["HS256"] });`,
            },
          ],
        },
      ],
    },
    {
      code: `const jwt = require("jsonwebtoken");
jwt.verify(token, key, { ignoreExpiration: "false" });`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "jwt.verify", option: "ignoreExpiration", origin: "" },
          line: 2,
          column: 44,
          endLine: 2,
          endColumn: 51,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `const jwt = require("jsonwebtoken");
jwt.verify(token, key, {  });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { promisify } from "node:util";
import { verify as check } from "jsonwebtoken";
const checkAsync = promisify(check);
await checkAsync(token, key, {
  algorithms: ["HS256"],
  // For tests.
  ignoreExpiration: true,
});`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "checkAsync", option: "ignoreExpiration", origin: "" },
          line: 7,
          column: 21,
          endLine: 7,
          endColumn: 25,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import { promisify } from "node:util";
import { verify as check } from "jsonwebtoken";
const checkAsync = promisify(check);
await checkAsync(token, key, {
  algorithms: ["HS256"],
  // For tests.
  
});`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
class Tokens {
  options = { ignoreExpiration: true };
  read(token) {
    return jwt.verify(token, key, this.options);
  }
}`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "jwt.verify", option: "ignoreExpiration", origin: "" },
          line: 3,
          column: 33,
          endLine: 3,
          endColumn: 37,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import jwt from "jsonwebtoken";
class Tokens {
  options = {  };
  read(token) {
    return jwt.verify(token, key, this.options);
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "the exp of another token is no check of this one",
      code: `import jwt from "jsonwebtoken";
export const read = (token) => jwt.verify(token, key, { ignoreExpiration: true });
export const end = (token) => jwt.decode(token).exp;`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "jwt.verify", option: "ignoreExpiration", origin: "" },
          line: 2,
          column: 75,
          endLine: 2,
          endColumn: 79,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import jwt from "jsonwebtoken";
export const read = (token) => jwt.verify(token, key, {  });
export const end = (token) => jwt.decode(token).exp;`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const refreshSession = (token) => jwt.verify(token, key, { ignoreExpiration: true });`,
      errors: [
        {
          messageId: "ignoredForRenewal",
          data: { name: "jwt.verify", origin: "" },
          line: 2,
          column: 78,
          endLine: 2,
          endColumn: 82,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
router.post("/logout", (request) => {
  jwt.verify(request.token, key, { ignoreExpiration: true });
});`,
      errors: [
        {
          messageId: "ignoredForRenewal",
          data: { name: "jwt.verify", origin: "" },
          line: 3,
          column: 54,
          endLine: 3,
          endColumn: 58,
        },
      ],
    },
    {
      name: "the call for a renewal asks for it",
      code: `import jwt from "jsonwebtoken";
const check = (token, ignoreExpiration = false) => jwt.verify(token, key, { ignoreExpiration });
export const refresh = (token) => check(token, true);
export const guard = (token) => check(token);`,
      errors: [
        {
          messageId: "ignoredForRenewal",
          data: { name: "jwt.verify", origin: "" },
          line: 3,
          column: 48,
          endLine: 3,
          endColumn: 52,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: "60" });`,
      errors: [
        {
          messageId: "endlessTolerance",
          data: { option: "clockTolerance", origin: "" },
          line: 2,
          column: 42,
          endLine: 2,
          endColumn: 46,
          suggestions: [
            {
              messageId: "useNumber",
              data: { edit: "60" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: 60 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const lenient = readFlag();
jwt.verify(token, key, { clockTolerance: lenient ? Infinity : undefined });`,
      errors: [
        {
          messageId: "endlessTolerance",
          data: { option: "clockTolerance", origin: "" },
          line: 3,
          column: 52,
          endLine: 3,
          endColumn: 60,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: 86400 });`,
      errors: [
        {
          messageId: "longTolerance",
          data: { lifetime: "1 day", maximum: "5 minutes", origin: "" },
          line: 2,
          column: 42,
          endLine: 2,
          endColumn: 47,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTolerance: 60 });`,
      options: [{ maxClockTolerance: 30 }],
      errors: [
        {
          messageId: "longTolerance",
          data: { lifetime: "1 minute", maximum: "30 seconds", origin: "" },
          line: 2,
          column: 42,
          endLine: 2,
          endColumn: 44,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.verify(token, key, { clockTimestamp: 1 });`,
      errors: [
        {
          messageId: "stoppedClock",
          data: { option: "clockTimestamp", origin: "" },
          line: 2,
          column: 42,
          endLine: 2,
          endColumn: 43,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "clockTimestamp" },
              output: `import jwt from "jsonwebtoken";
jwt.verify(token, key, {  });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { jwtVerify } from "jose";
await jwtVerify(token, key, { clockTolerance: "1y" });`,
      errors: [
        {
          messageId: "longTolerance",
          data: { lifetime: "1 year", maximum: "5 minutes", origin: "" },
          line: 2,
          column: 47,
          endLine: 2,
          endColumn: 51,
        },
      ],
    },
    {
      code: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key, ignoreExpiration: true }, check);`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "Strategy", option: "ignoreExpiration", origin: "" },
          line: 2,
          column: 52,
          endLine: 2,
          endColumn: 56,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: key }, check);`,
            },
          ],
        },
      ],
    },
    {
      code: `const { Strategy } = require("passport-jwt");
const options = {};
options.secretOrKey = key;
options.ignoreExpiration = true;
passport.use(new Strategy(options, check));`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "Strategy", option: "ignoreExpiration", origin: "" },
          line: 4,
          column: 28,
          endLine: 4,
          endColumn: 32,
        },
      ],
    },
    {
      code: `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ secretOrKey: key, ignoreExpiration: true });
  }
}`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "Strategy", option: "ignoreExpiration", origin: "" },
          line: 5,
          column: 49,
          endLine: 5,
          endColumn: 53,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import { PassportStrategy } from "@nestjs/passport";
import { Strategy } from "passport-jwt";
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ secretOrKey: key });
  }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, verifyOptions: { ignoreExpiration: true } });`,
      errors: [
        {
          messageId: "ignored",
          data: {
            name: "JwtModule.register",
            option: "verifyOptions.ignoreExpiration",
            origin: "",
          },
          line: 2,
          column: 70,
          endLine: 2,
          endColumn: 74,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "verifyOptions.ignoreExpiration" },
              output: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, verifyOptions: {  } });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) {
    return this.jwt.verifyAsync(token, { ignoreExpiration: true });
  }
}`,
      ts: true,
      errors: [
        {
          messageId: "ignored",
          data: { name: "this.jwt.verifyAsync", option: "ignoreExpiration", origin: "" },
          line: 5,
          column: 60,
          endLine: 5,
          endColumn: 64,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import { JwtService } from "@nestjs/jwt";
class Guard {
  constructor(private readonly jwt: JwtService) {}
  check(token: string) {
    return this.jwt.verifyAsync(token, {  });
  }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: key, algorithms: ["HS256"], ignoreExpiration: true }).unless({ path: ["/login"] }));`,
      errors: [
        {
          messageId: "ignored",
          data: { name: "expressjwt", option: "ignoreExpiration", origin: "" },
          line: 2,
          column: 76,
          endLine: 2,
          endColumn: 80,
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "ignoreExpiration" },
              output: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: key, algorithms: ["HS256"] }).unless({ path: ["/login"] }));`,
            },
          ],
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: async (request, error) => { console.warn(error); } });`,
      errors: [
        {
          messageId: "expiredHandler",
          data: { option: "onExpired", origin: "" },
          line: 2,
          column: 61,
          endLine: 2,
          endColumn: 111,
        },
      ],
    },
    {
      code: `import { expressjwt } from "express-jwt";
expressjwt({ secret: key, algorithms: ["HS256"], onExpired: async (request, error) => { if (Date.now() - error.inner.expiredAt < 864e5) return; throw error; } });`,
      errors: [
        {
          messageId: "longTolerance",
          data: { lifetime: "1 day", maximum: "5 minutes", origin: "" },
          line: 2,
          column: 61,
          endLine: 2,
          endColumn: 159,
        },
      ],
    },
    {
      name: "options of another file",
      code: `import jwt from "jsonwebtoken";
import { verifyOptions } from "./config.js";
jwt.verify(token, key, verifyOptions);`,
      ts: true,
      filename: fixture("api.js"),
      errors: [
        {
          messageId: "ignored",
          data: {
            name: "jwt.verify",
            option: "ignoreExpiration",
            origin: " It is written in tests/fixtures/claims/config.js:3.",
          },
          line: 3,
          column: 24,
          endLine: 3,
          endColumn: 37,
        },
      ],
    },
  ],
});

/** A guard that is told by the error that a token has expired. */
const renewing = (handler: string): string =>
  `${JWT} export function requireUser(req, res, next) { const token = req.cookies.session; const held = jwt.decode(token); try { req.user = jwt.verify(token, key, options); next(); } catch (error) { ${handler} } }`;
const EXPIRED = 'error.name === "TokenExpiredError"';
const FRESH = 'jwt.sign({ id: held.id }, key, { expiresIn: "15m" })';

testRule("no-ignored-expiration: an expired token that is exchanged for a new one", rule, {
  valid: [
    // A second token, a session or an owner is asked for.
    `if (${EXPIRED}) { const { id } = jwt.verify(req.cookies.refresh, other, options); res.cookie("session", jwt.sign({ id }, key, options)); return next(); } res.sendStatus(401);`,
    `if (${EXPIRED}) { if (!isOpen(held.sid)) return res.sendStatus(401); res.cookie("session", ${FRESH}); return next(); } res.sendStatus(401);`,
    `if (${EXPIRED} && req.session.id === held.sid) { res.cookie("session", ${FRESH}); return next(); } res.sendStatus(401);`,
    `if (${EXPIRED}) { if (sessions[held.sid]) { res.cookie("session", ${FRESH}); return next(); } } res.sendStatus(401);`,
    // … or how long ago it has expired.
    `if (${EXPIRED}) { if (held.exp < Date.now() / 1000 - 300) return res.sendStatus(401); res.cookie("session", ${FRESH}); return next(); } res.sendStatus(401);`,
    // Nobody is given it, it is nobody's, or something else has failed.
    `if (${EXPIRED}) { const fresh = ${FRESH}; return res.sendStatus(401); } res.sendStatus(401);`,
    `if (${EXPIRED}) { fresh.set(${FRESH}); return res.status(401).json({ fresh }); } res.sendStatus(401);`,
    `if (${EXPIRED}) { const fresh = ${FRESH}; const again = fresh; console.log(typeof again); return res.sendStatus(401); } res.sendStatus(401);`,
    `if (${EXPIRED}) return res.json({ token: jwt.sign({ guest: true }, key, options) }); res.sendStatus(401);`,
    `if (error.name === "NotBeforeError") { res.cookie("session", ${FRESH}); return next(); } res.sendStatus(401);`,
    `if (${EXPIRED}) return res.sendStatus(401); res.cookie("guest", jwt.sign({ guest: true }, key, options)); next();`,
  ].map((handler) => renewing(handler)),
  invalid: [
    ...[
      `if (${EXPIRED}) { res.cookie("session", «${FRESH}»); next(); } else { res.sendStatus(401); }`,
      `if (error instanceof jwt.TokenExpiredError) { const fresh = «${FRESH}»; console.log("renewed"); res.cookie("session", fresh, { httpOnly: true }); req.user = held; return next(); } res.sendStatus(401);`,
      `if (error.name !== "TokenExpiredError") return res.sendStatus(401); res.cookie("session", «${FRESH}»); next();`,
      // It is the answer, or comes with it.
      `if (${EXPIRED}) { res.cookie("session", «${FRESH}»); return res.sendStatus(401); } res.sendStatus(401);`,
      `if (${EXPIRED}) { return res.status(401).json({ token: «${FRESH}» }); } res.sendStatus(401);`,
      `if (${EXPIRED}) { const fresh = «${FRESH}»; const answer = { token: fresh }; return res.json(answer); } res.sendStatus(401);`,
      `if (${EXPIRED}) { return { token: \`Bearer \${«${FRESH}»}\` }; } res.sendStatus(401);`,
    ].map((handler) =>
      marked(renewing(handler), { messageId: "renewedAnyway", data: { name: "jwt.verify" } }),
    ),
    marked(
      `${JWT} export const guard = (req, res, next) => { const token = req.cookies.session; jwt.verify(token, key, options, (error, claims) => { if (error?.name === "TokenExpiredError") { const { id } = jwt.decode(token); res.cookie("session", «jwt.sign({ id }, key, options)»); return next(); } if (error) return res.sendStatus(401); req.user = claims; next(); }); };`,
      { messageId: "renewedAnyway", data: { name: "jwt.verify" } },
    ),
  ],
});

/** A guard that makes something of the error of the verification. */
const guarding = (handler: string, name = "requireUser", before = ""): string =>
  `${JWT} export function ${name}(req, res, next) { const token = req.cookies.session; ${before} try { req.user = jwt.verify(token, key, options); return next(); } catch (error) { ${handler} } }`;
/** … and what gives the claims. */
const giving = (handler: string, name = "verifyToken"): string =>
  `${JWT} export function ${name}(token) { try { return jwt.verify(token, key, options); } catch (error) { ${handler} } }`;
const goesOn = (code: string, extras = {}) =>
  marked(code, { messageId: "goesOn", data: { name: "jwt.verify" } }, extras);

testRule("no-ignored-expiration: an expired token that goes on", rule, {
  valid: [
    // Somebody is told that it has expired, or that nobody is there.
    ...[
      `if (${EXPIRED}) { req.user = null; return next(); } res.sendStatus(401);`,
      `if (${EXPIRED}) { req.user = { expired: true, id: jwt.decode(token).id }; return next(); } res.sendStatus(401);`,
      `if (${EXPIRED}) { req.isStale = true; return next(); } res.sendStatus(401);`,
      `if (${EXPIRED}) { res.locals.stale = jwt.decode(token); return next(); } res.sendStatus(401);`,
      // More is asked.
      `if (${EXPIRED} && isOpen(req)) { req.user = jwt.decode(token); return next(); } res.sendStatus(401);`,
      `if (${EXPIRED}) { req.user = findSession(req.cookies.sid); return next(); } res.sendStatus(401);`,
      `if (${EXPIRED}) { const held = jwt.decode(token); if (held.exp > Date.now() / 1000 - 60) { req.user = held; return next(); } } res.sendStatus(401);`,
      // It is refused, or nothing tells that it has expired.
      `if (${EXPIRED}) { return res.status(401).json({ expired: true }); } next(error);`,
      `if (error.name === "NotBeforeError") return next(); res.sendStatus(401);`,
      // Every failure goes on, which is more than this rule says.
      `if (${EXPIRED}) return next(); next();`,
    ].map((handler) => guarding(handler)),
    // Whoever comes without a token passes as well: nothing is gained by one that has expired.
    guarding(
      `if (${EXPIRED}) return next(); res.sendStatus(401);`,
      "guard",
      "if (!token) return next();",
    ),
    guarding(
      `if (${EXPIRED}) { req.user = jwt.decode(token); return next(); } res.sendStatus(401);`,
      "optionalUser",
    ),
    guarding(
      `if (${EXPIRED}) { req.user = jwt.decode(token); return next(); } res.sendStatus(401);`,
      "guardRefresh",
    ),
    // What is given says for what it is.
    giving(`if (${EXPIRED}) return jwt.decode(token); throw error;`, "decodeToken"),
    giving(`if (${EXPIRED}) return jwt.decode(token); throw error;`, "isExpired"),
    giving(`if (${EXPIRED}) return { expired: true, claims: jwt.decode(token) }; throw error;`),
    giving(`if (${EXPIRED}) return jwt.decode(token); throw error;`, "claimsOf"),
    giving(`if (${EXPIRED}) return jwt.decode(token).scope; throw error;`),
    giving("return jwt.decode(token);"),
    // hono (4) compares the dates first: nothing says that the token is genuine.
    `import { decode, verify } from "hono/jwt"; export async function verifyToken(token) { try { return await verify(token, key, "HS256"); } catch (error) { if (error.name === "JwtTokenExpired") return decode(token); throw error; } }`,
    giving(`if (${EXPIRED} && allowExpired) return jwt.decode(token); throw error;`),
  ],
  invalid: [
    ...[
      `if (${EXPIRED}) { req.user = jwt.decode(token); return «next()»; } res.sendStatus(401);`,
      `if (${EXPIRED}) { console.warn("old token"); return «next()»; } return res.sendStatus(401);`,
      `if (error instanceof jwt.TokenExpiredError) { const held = jwt.decode(token); req.userId = held.id; «next()»; } else { res.sendStatus(401); }`,
      `if (error.name !== "TokenExpiredError") return res.sendStatus(401); req.user = jwt.decode(token); «next()»;`,
      `if (error.name !== "TokenExpiredError") return res.sendStatus(401); «next()»;`,
    ].map((handler) => goesOn(guarding(handler))),
    goesOn(
      `${JWT} export const guard = (req, res, next) => { jwt.verify(req.cookies.session, key, options, (error, claims) => { if (error?.name === "TokenExpiredError") { req.user = jwt.decode(req.cookies.session); return «next()»; } if (error) return res.sendStatus(401); req.user = claims; next(); }); };`,
    ),
    goesOn(giving(`if (${EXPIRED}) return «jwt.decode(token)»; throw error;`)),
    goesOn(
      giving(
        `if (${EXPIRED}) return «jwt.decode(token, { complete: true })».payload; throw error;`,
      ),
    ),
    goesOn(
      giving(
        `if (${EXPIRED}) { return «jwt.decode(token)» as Claims; } return null;`,
        "authenticate",
      ),
      { ts: true },
    ),
  ],
});
