import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that give passport a callback, which is told of a refused token by `user === false`. */

const HEAD = 'import passport from "passport"; import { logger } from "./logger.js";';

const USED = "(req, res, next)";

const guardOf = (callback: string, name = "requireUser", strategy = '"jwt"'): string =>
  `${HEAD} export function ${name}(req, res, next) { passport.authenticate(${strategy}, { session: false }, ${callback})${USED}; }`;

const DEAF = "(err, user) => { req.user = user; next(); }";

const found = (guard = "requireUser"): { messageId: string; data: { guard: string } } => ({
  messageId: "userUntested",
  data: { guard },
});

testRule("no-unchecked-verification", rule, {
  valid: [
    // It is asked whether there is a user, or why there is none.
    ...[
      "(err, user) => { if (err || !user) return res.sendStatus(401); req.user = user; next(); }",
      "(err, user) => { if (!user) return next(new Error('denied')); next(); }",
      "(err, user) => { if (user) { req.user = user; return next(); } res.sendStatus(401); }",
      "(err, user) => { if (user === false) return res.sendStatus(401); next(); }",
      "(err, user, info) => { if (info) return res.sendStatus(401); req.user = user; next(); }",
      '(err, user, info) => { if (info && info.name === "TokenExpiredError") return res.sendStatus(401); if (info && info.name === "JsonWebTokenError") return res.sendStatus(403); next(); }',
      "(err, user) => { next(err || (user ? null : new Error('denied'))); }",
      "(...found) => { if (!found[1]) return res.sendStatus(401); next(); }",
      "(...found) => { decide(res, found); next(); }",
      // It may be asked there, or throws.
      "(err, user) => { ensureKnown(user); next(); }",
      "(err, user) => { req.logIn(user, next); }",
      "(err, user) => { req.team = user.team.id; next(); }",
      '(err, user) => { if (user.role !== "admin") return res.sendStatus(403); next(); }',
      "(err, user) => { req.user = user; check(req); next(); }",
      "async (err, user) => { req.user = await Member.findById(user.id); next(); }",
      "(err, user) => { req.user = user; if (req.user === false) return res.sendStatus(401); next(); }",
      "(err, user) => { if (isOpen) return next(); res.sendStatus(401); }",
      "(err, user) => {}",
      "(err, user) => { req.user = user; }",
      "(err, user) => { if (err) return next(err); res.json(user); }",
      "answer(req, res, next)",
    ].map((callback) => guardOf(callback)),
    // It may only find out who is there.
    ...[
      "attachUser",
      "optionalAuth",
      "loadUser",
      "currentUser",
      "auth",
      "optionalGuard",
      "passUser",
      "currentUserGuard",
    ].map((name) => guardOf("(err, user) => { if (user) req.user = user; next(); }", name)),
    `${HEAD} app.use((req, res, next) => { passport.authenticate("jwt", ${DEAF})${USED}; });`,
    `${HEAD} export const mockGuard = (req, res, next) => passport.authenticate("jwt", ${DEAF})${USED};`,
    // Who signs in by a form is asked behind it, and whoever is anonymous is meant to pass.
    guardOf(DEAF, "requireUser", '"local"'),
    guardOf(DEAF, "requireUser", '["jwt", "anonymous"]'),
    guardOf(DEAF, "requireUser", "strategy"),
    `${guardOf(DEAF).replace("passport.authenticate", "ldap.authenticate")} // jwt`,
    // Passport refuses itself.
    `${HEAD} export const requireUser = passport.authenticate("jwt", { session: false });`,
    `${HEAD} export const requireUser = (req, res, next) => passport.authenticate(DEFAULT_STRATEGY)${USED}; // jwt`,
    // Somebody behind it asks.
    `${guardOf(DEAF)} export const signedIn = (req, res, next) => { if (!req.user) return res.sendStatus(401); next(); };`,
    `${guardOf("(err, user) => { req.member = user; next(); }")} export const show = (req, res) => { if (!req.member) return res.sendStatus(401); res.json({}); };`,
    `${guardOf("(err) => { next(err); }")} export const show = (req, res) => { if (!req.user) return res.sendStatus(401); res.json({}); };`,
    `${guardOf(DEAF)} router.get("/orders", requireUser, ensureMember, list);`,
    `${guardOf(DEAF)} const server = new ApolloServer({ typeDefs, resolvers });`,
    {
      name: "a stand-in for development",
      code: guardOf(DEAF),
      filename: "src/mocks/guard.js",
    },
    // A promise gives what passport has found to whoever waits for it.
    `${HEAD} export const authenticateUser = (req, res, next) => new Promise((resolve, reject) => passport.authenticate("jwt", (err, user) => { if (err) return reject(err); resolve(user); })${USED});`,
  ],
  invalid: [
    ...[
      "(err, «user») => { req.user = user; next(); }",
      "(err, «user») => { if (err) return next(err); req.user = user; next(); }",
      "(err, «user») => { if (err) console.error(err); req.user = user || undefined; return next(); }",
      "(err, «user») => { if (user) { req.user = await load(user); } next(); }".replace(
        "(err",
        "async (err",
      ),
      "(err, «user») => { if (user) { req.user = user; next(); } else { next(); } }",
      "(err, «user», info) => { if (err || !user) { logger.warn(info); return next(); } req.user = user; next(); }",
      "(err, «user») => { req.user = user; next(err); }",
      "(err, «user») => { req.userId = user.id; next(); }",
      "(err, «user») => next()",
      "(err, «user») => { req.team = user.team?.id; next(); }",
      '(err, «user», info) => { if (info && info.message === "No auth token") return res.sendStatus(401); req.user = user; next(); }',
      "(«err») => { if (err) return next(err); next(); }",
      "«() => { next(); }»",
      "(«...found») => { req.user = found[1] || undefined; if (found[0]) return next(found[0]); next(); }",
      "function («err») { next(); }",
    ].map((callback) => marked(guardOf(callback), found())),
    marked(
      guardOf("(err, «user») => { if (user) req.user = user; next(); }", "authenticateJWT"),
      found("authenticateJWT"),
    ),
    marked(
      guardOf("(err, «user») => { req.user = user; next(); }", "requireUser", '["jwt", "bearer"]'),
      found(),
    ),
    marked(
      `${HEAD} export const jwtGuard = () => (req, res, next) => { passport.authenticate("jwt", (err, «user») => { req.user = user; next(); })${USED}; };`,
      found("jwtGuard"),
    ),
    marked(
      `${HEAD} export const requireUser = (req, res, next) => { const found = (err, «user») => { req.user = user; next(); }; passport.authenticate("jwt", found)${USED}; };`,
      found(),
    ),
    marked(
      `import koaPassport from "koa-passport"; export const requireUser = async (ctx, next) => { await koaPassport.authenticate("jwt", (err, «user») => { if (user) ctx.member = user; return next(); })(ctx, next); };`,
      found(),
    ),
    // A comment about it is no server.
    marked(
      `${guardOf("(err, «user») => { req.user = user; next(); }")} // as for GraphQL`,
      found(),
    ),
  ],
});
