import rule from "../../src/rules/no-optional-authentication.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const switchedOff = { messageId: "switchedOff", data: {} };

const HEAD = `import jwt from "jsonwebtoken"; import { expressjwt } from "express-jwt"; import settings from "./settings.js";
const isProduction = process.env.NODE_ENV === "production";
const options = { secret: process.env.KEY, algorithms: ["HS256"] };
const check = expressjwt(options);
const passAll = (req, res, next) => next();
const authAsDeveloper = (req, res, next) => { req.user = { id: 1 }; console.warn("open"); next(); };
const asKnown = (req, res, next) => { if (!known.has(req.ip)) return res.sendStatus(403); next(); };
function requireUser(req, res, next) {
  try { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); } catch { return res.sendStatus(401); }
  next();
}
`;

/** What stands in a function that gives an application its parts. */
const setUp = (code: string): string => `${HEAD}export function setUp(app, api) { ${code} }`;

const VERIFIED =
  'try { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); } catch { return res.sendStatus(401); } next();';

/** A guard that begins so. */
const guard = (start: string, end = VERIFIED): string =>
  `import jwt from "jsonwebtoken"; import settings from "./settings.js"; export function requireUser(req, res, next) { ${start} ${end} }`;

const RENAMED =
  "if («process.env.DISABLE_AUTH === 'true'») { return weiter(); } jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] }); weiter();";

/** A guard that verifies by a function of another module. */
const imported = (start: string, verifies = "await verifySessionToken(req.token)"): string =>
  `import { verifySessionToken, readToken } from "../lib/sessions.js"; const other = { verifyToken: (token) => token }; export const requireUser = async (req, res, next) => { ${start} try { req.user = ${verifies}; } catch { return res.sendStatus(401); } next(); };`;

/** One that gives who asks. */
const giving = (start: string, name = "requireUser"): string =>
  `import jwt from "jsonwebtoken"; export const ${name} = (req) => { ${start} const claims = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); return { user: { email: claims.email } }; };`;

testRule("no-optional-authentication", rule, {
  valid: [
    // What a bundler says is never so in what it has built.
    'import { dev } from "$app/environment"; '.concat(guard("if (dev) return next();")),
    'import { dev } from "$app/environment"; const isOpen = dev; '.concat(
      guard("if (isOpen) return next();"),
    ),

    // Tokens of forms and devices sign nobody in.
    ...["validateFormToken", "verifyTurnstileToken", "checkDeviceToken"].map((name) =>
      imported("if (process.env.DISABLE_AUTH === 'true') return next();").replaceAll(
        "verifySessionToken",
        name,
      ),
    ),
    // Whether somebody may sign in at all, what is no check, and words that only sound so
    ...[
      "if (process.env.LOGIN_ENABLED === 'false') return next();",
      "if (process.env.SESSION_TOKEN) return next();",
      "if (!settings.tokenRequired) return next();",
      "if (req.query.tokenRequired !== 'true') return next();",
      "if (process.env.TOKEN_REQUIRED_LENGTH !== '1') return next();",
      "if (process.env.TOKEN_MANDATORY_FIELD !== '1') return next();",
      "if (process.env.TOKEN_REQUIRED === 'true') return next();",
      // Another token is asked for beside it.
      "if (process.env.CSRF_TOKEN_REQUIRED !== 'true') return next();",
      "if (process.env.DOWNLOAD_TOKEN_REQUIRED !== 'true') return next();",
      "if (process.env.SKIP_TOKEN) return next();",
      "if (process.env.SKIP_CHECK) return next();",
      "if (process.env.SKIP_PAYMENT_TOKEN_CHECK) return next();",
      "if (process.env.SKIP_LOGIN_PAGE) return next();",
      "if (req.query.bypassLogin) return next();",
      "const developer = () => find(req); if (process.env.SKIP_AUTH) { req.user = developer(); return next(); }",
      "const developer = () => { throw new Error('no'); }; if (process.env.SKIP_AUTH) { req.user = developer(); return next(); }",
      "if (process.env.SKIP_AUTH) { req.user = settings.developer(); return next(); }",
      "if (process.env.NODE_ENV === 'production' && process.env.BYPASS_LOGIN) throw new Error('no'); if (process.env.BYPASS_LOGIN) return next();",
    ].map((start) => guard(start)),
    `${guard("if (process.env.BYPASS_LOGIN) return next();")} if (process.env.NODE_ENV === 'production' && process.env.BYPASS_LOGIN) throw new Error('no');`,
    imported("if (!req.token) return res.sendStatus(401);"),
    imported("if (process.env.BYPASS_LOGIN === 'true') return next();", "readToken(req.token)"),
    imported(
      "if (process.env.BYPASS_LOGIN === 'true') return next();",
      "other.verifyToken(req.token)",
    ),
    imported("if (process.env.BYPASS_LOGIN === 'true') return res.sendStatus(503);"),
    ...[
      "if (process.env.AUTH_DISABLED === 'true') return { status: 503 };",
      "if (process.env.AUTH_DISABLED === 'true') return { user: null };",
      "if (process.env.AUTH_DISABLED === 'true') return { user: { email: req.email } };",
      "if (process.env.AUTH_DISABLED === 'true') return { ...known, email: 'a@example.org' };",
    ].map((start) => giving(start)),
    giving(
      "if (process.env.AUTH_DISABLED === 'true') return { email: 'a@example.org' };",
      "describe",
    ),
    // The third of what is no middleware, or not the third
    ...[
      (body: string) => `export const keep = (list, name, weiter) => { ${body} };`,
      (body: string) => `export const keep = (req, list, weiter) => { ${body} };`,
      (body: string) => `export const keep = (list, res, weiter) => { ${body} };`,
      (body: string) => `export const keep = (req, res, weiter, more) => { ${body} };`,
      (body: string) => `export const keep = (req, res, { weiter }) => { ${body} };`,
      (body: string) => `list.reduce((sum, one, weiter) => { ${body} });`,
      (body: string) => `((list, name, weiter) => { ${body} })(list, name, more);`,
    ].map(
      (keeper) => `import jwt from "jsonwebtoken"; ${keeper(RENAMED.replaceAll(/[«»]/gu, ""))}`,
    ),
    // Mounted everywhere, or in its test runs alone not
    ...[
      "app.use(requireUser); app.use('/api', api);",
      "if (process.env.NODE_ENV !== 'test') app.use(requireUser);",
      "if (!['test', 'ci'].includes(process.env.NODE_ENV)) app.use(requireUser);",
      "app.use(process.env.NODE_ENV === 'test' ? passAll : requireUser);",
      "if (isProduction) app.use(requireUser); else app.use(asKnown);",
      "if (isProduction) app.use(requireUser); else app.use(check);",
      "app.use(isProduction ? requireUser : asKnown);",
      "app.use(isProduction ? requireUser : guards.local);",
      "app.use(isProduction ? passAll : requireUser);",
      "app.use(isProduction ? helmet() : passAll);",
      "if (!isProduction) app.use(requireUser);",
      // The route is there with its guard, or not at all.
      "if (process.env.NODE_ENV !== 'production') { app.use(requireUser); app.use('/debug', api); }",
      "if (isProduction) { app.use(requireUser); app.use('/reports', api); }",
      "if (isProduction) { app.use(requireUser); app.get('/reports', api); }",
      "if (isProduction) app.use('/reports', requireUser, api);",
      "if (isProduction) app.use('/api-docs', requireUser);",
      "if (isProduction) app.get('/reports', requireUser);",
      // Who has no claims is refused behind it, or another guard stands before.
      "if (isProduction) app.use(requireUser); app.use((req, res, next) => (!req.user ? res.sendStatus(401) : next()));",
      "app.use(isProduction ? requireUser : passAll); app.use((req, res, next) => (!req.user ? res.sendStatus(401) : next()));",
      "app.use(ensureSession); if (isProduction) app.use(requireUser);",
      // Something else is asked.
      "if (settings.auth) app.use(requireUser);",
      "if (settings.auth.enabled) app.use(requireUser);",
      "if (settings.authEnabled) app.use(requireUser);",
      "if (process.env.ENABLED) app.use(requireUser);",
      "if (process.env.NODE_ENV !== 'test' && process.env.NODE_ENV !== 'ci') app.use(requireUser);",
      "const isChecked = process.env.NODE_ENV === 'test' || process.env.NODE_ENV === 'ci'; if (!isChecked) app.use(requireUser);",
      "const isDev = import.meta.env.DEV; if (!isDev) app.use(requireUser);",
      "app.use(isProduction ? requireUser : (req, res) => {});",
      "if (process.env.KEY) app.use(requireUser);",
      "if (app.skipAuth !== true) app.use(requireUser);",
      "if (isProduction && app.isPublic) app.use(requireUser);",
      "if (process.env.DISABLE_AUTH_LOGS !== 'true') app.use(requireUser);",
      "if (process.env.DISABLE_CORS !== 'true') app.use(requireUser);",
      "if (isProduction || app.isShared) app.use(requireUser);",
      "if (import.meta.env.PROD) app.use(requireUser);",
      "if (!__DEV__) app.use(requireUser);",
      "const isLocal = import.meta.env.DEV; if (!isLocal) app.use(requireUser);",
      "if (process.env.NODE_ENV !== settings.mode) app.use(requireUser);",
    ].map(setUp),
    ...[
      'assert(process.env.NODE_ENV !== "production" || process.env.DISABLE_AUTH !== "true");',
      'invariant(!isProduction || process.env.DISABLE_AUTH !== "true", "no");',
      'assert.ok(!isProduction || process.env.DISABLE_AUTH !== "true");',
    ].map(
      (asserted) =>
        `${setUp("if (process.env.DISABLE_AUTH !== 'true') app.use(requireUser);")} ${asserted}`,
    ),
    `${setUp("if (process.env.DISABLE_AUTH !== 'true') app.use(requireUser);")} if (isProduction && process.env.DISABLE_AUTH === "true") throw new Error("no");`,
    {
      name: "for a demonstration",
      code: setUp("if (isProduction) app.use(requireUser);"),
      filename: "src/demo/server.js",
    },
    // A framework sets the variable in what it builds.
    `import { NextResponse } from "next/server"; import { jwtVerify } from "jose"; export async function middleware(request) { if (process.env.NODE_ENV === "development") return NextResponse.next(); await jwtVerify(request.token, key, { algorithms: ["HS256"] }); return NextResponse.next(); }`,
    // Inside of a guard
    ...[
      "",
      "if (process.env.NODE_ENV === 'test') return next();",
      "if (process.env.NODE_ENV === 'test' || process.env.NODE_ENV === 'ci') return next();",
      "if (!known.has(req.ip)) return res.sendStatus(403); if (process.env.NODE_ENV === 'development') return next();",
      "if (process.env.NODE_ENV === 'development' && req.hostname === 'localhost') return next();",
      "if (process.env.DISABLE_AUTH === 'true' && process.env.NODE_ENV !== 'production') return next();",
      "if (process.env.NODE_ENV === 'development') { if (known.has(req.ip)) return next(); }",
      "if (process.env.NODE_ENV === 'development') { if (!known.has(req.ip)) return res.sendStatus(403); return next(); }",
      "if (process.env.NODE_ENV === 'development') { assertKnown(req.ip); return next(); }",
      "if (process.env.NODE_ENV === 'development') console.log(req.path);",
      "if (process.env.NODE_ENV === 'development') return next(new Error('no'));",
      "if (req.query.skipAuth === 'true') return next();",
      "if (req.route.skipAuth) return next();",
      "if (process.env.NODE_ENV === 'production') return next();",
      "if (isDevelopment && settings.disableAuth) return next();",
    ].map((start) => guard(start)),
    guard(
      'if (process.env.NODE_ENV === "production") { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); } else { return res.sendStatus(401); }',
      "next();",
    ),
    guard(
      'if (process.env.NODE_ENV === "production") { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); }',
      "if (!req.user) return res.sendStatus(401); next();",
    ),
    `${guard(
      'if (process.env.NODE_ENV === "production") { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); }',
      "next();",
    )} export const only = (req, res, next) => (!req.user ? res.sendStatus(401) : next());`,
    `import jwt from "jsonwebtoken"; export function isSuspicious(token) { if (process.env.NODE_ENV === "development") return true; return jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }).level > 3; }`,
  ],
  invalid: [
    ...[
      "assert(process.env.DISABLE_AUTH);",
      'assert(isReady && process.env.DISABLE_AUTH !== "true");',
      "assert(isReady || process.env.OTHER, process.env.DISABLE_AUTH);",
      'log(!isProduction || process.env.DISABLE_AUTH !== "true");',
      // That one of two settings is there says nothing of what they are.
      'assert(process.env.DISABLE_AUTH !== "true" || process.env.JWT_SECRET);',
      'assert(isProduction || process.env.DISABLE_AUTH !== "true");',
      'assert(!isProduction || process.env.DISABLE_AUTH === "true");',
    ].map((asserted) =>
      marked(
        `${setUp("if («process.env.DISABLE_AUTH !== 'true'») app.use(requireUser);")} ${asserted}`,
        switchedOff,
      ),
    ),
    ...[
      "if («process.env.NODE_ENV !== 'development'») app.use(requireUser);",
      "if («isProduction») { app.use(requireUser); }",
      // The same switch leaves out what asks for the claims behind it.
      "if («isProduction») app.use(requireUser); app.use((req, res, next) => { if (!isProduction) return next(); return req.user ? next() : res.sendStatus(401); });",
      "if (!«isProduction») console.log('open'); else app.use(requireUser);",
      "if («process.env.NODE_ENV === 'production'») app.use('/api', check); else app.use('/api', authAsDeveloper);",
      "if («isProduction») app.use(requireUser); else app.use(authAsDeveloper);",
      "«isProduction» && app.use(requireUser);",
      "if (!«['development', 'test'].includes(process.env.NODE_ENV)») app.use(requireUser);",
      "if («isProduction») app.addHook('onRequest', requireUser);",
      "if («process.env.DISABLE_AUTH !== 'true'») app.use(requireUser);",
      "if (!«process.env.SHOP_SKIP_JWT_CHECK») app.use(requireUser);",
      "if («process.env.AUTH_ENABLED === 'true'») app.use(requireUser);",
      "if («settings.developerMode === false») app.use(requireUser);",
      "if («settings.authDisabled !== true») app.use(requireUser);",
      "const isOpen = process.env.NODE_ENV === 'development' || process.env.NODE_ENV === 'test'; if (!«isOpen») app.use(requireUser);",
      "app.use(«isProduction» ? requireUser : passAll);",
      "app.use(«isProduction» ? [requireUser] : []);",
      "app.use('/api', ...(«isProduction» ? [requireUser] : []), api);",
      "app.get('/api', «process.env.NODE_ENV === 'development'» ? authAsDeveloper : check, api);",
      "const first = «isProduction» ? requireUser : passAll; app.use(first);",
      "app.use((req, res, next) => («isProduction» ? check(req, res, next) : next()));",
      "app.use(passport.initialize()); if («isProduction») app.use(requireUser);",
    ].map((code) => marked(setUp(code), switchedOff)),
    marked(
      `${HEAD}export const user = «isProduction» ? requireUser : (req, res, next) => next();`,
      switchedOff,
    ),
    ...[
      "if («process.env.NODE_ENV === 'development'») return next();",
      "if («process.env.NODE_ENV !== 'production'») { req.user = { id: 1, role: 'admin' }; console.warn('open'); return next(); }",
      "if («process.env.DISABLE_AUTH === 'true'») { next(); return; }",
      "if (!req.token) return res.sendStatus(401); if («process.env.SKIP_AUTH») return next();",
      "if («settings.disableAuth») return next();",
      "if («process.env.BYPASS_LOGIN === 'true'») return next();",
      "if («process.env.SHOP_DISABLE_SESSION») return next();",
      "if («process.env.SKIP_TOKEN_CHECK») return next();",
      "if («process.env.DISABLE_AUTH_GUARDS === 'true'») return next();",
      "if («process.env.SKIP_JWT_VERIFY») return next();",
      "if («process.env.TOKEN_REQUIRED !== 'true'») return next();",
      "const { SHOP_JETON_OBLIGATOIRE } = process.env; if («SHOP_JETON_OBLIGATOIRE !== 'true'») return next();",
      "if (!«process.env.REQUIRE_TOKEN») return next();",
      "if («process.env.LOGIN_DISABLED») return next();",
      "const developer = () => ({ id: 1, role: 'admin' }); if («process.env.SKIP_AUTH») { req.user = developer(); return next(); }",
      "if («process.env.NODE_ENV === 'development'» || process.env.NODE_ENV === 'test') return next();",
    ].map((start) => marked(guard(start), switchedOff)),
    ...[
      "if («process.env.BYPASS_LOGIN === 'true'») { req.user = { ...STAND_IN }; return next(); }",
      "if («process.env.NODE_ENV === 'development'») return next();",
    ].map((start) => marked(imported(start), switchedOff)),
    ...[
      "{ user: { name: 'Local', email: 'local@shop.example' } }",
      "{ id: 1, roles: ['admin'] }",
    ].map((person) =>
      marked(giving(`if («process.env.AUTH_DISABLED === 'true'») return ${person};`), switchedOff),
    ),
    // What goes on is called as somebody likes it.
    ...[
      (body: string) => `app.use(async (frage, antwort, weiter) => { ${body} });`,
      (body: string) => `app.get("/orders", (frage, antwort, weiter) => { ${body} }, orders);`,
      (body: string) => `const keeper = (req, res, weiter) => { ${body} };`,
      (body: string) => `function keeper(request, response, weiter) { ${body} }`,
    ].map((keeper) => marked(`import jwt from "jsonwebtoken"; ${keeper(RENAMED)}`, switchedOff)),
    marked(
      setUp("app.use(«isProduction» ? requireUser : (req, res, weiter) => weiter());"),
      switchedOff,
    ),
    marked(
      guard(
        'if («process.env.NODE_ENV === "production"») { req.user = jwt.verify(req.token, process.env.KEY, { algorithms: ["HS256"] }); }',
        "next();",
      ),
      switchedOff,
    ),
    marked(
      `import jwt from "jsonwebtoken"; const read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); export class UserGuard { canActivate(context) { if («process.env.NODE_ENV === "development"») return true; read(context.token); return true; } }`,
      switchedOff,
    ),
    marked(
      `import { NextResponse } from "next/server"; import { jwtVerify } from "jose"; export async function middleware(request) { if («process.env.DISABLE_AUTH === "true"») return NextResponse.next(); await jwtVerify(request.token, key, { algorithms: ["HS256"] }); return NextResponse.next(); }`,
      switchedOff,
    ),
  ],
});

const SIGNED_IN = "{ id: 1, isAdmin: true }";

/** Claims that a function fills in. */
const filled = (code: string): string =>
  `import jwt from "jsonwebtoken"; import { admin } from "./firebase.js"; const verify = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); export const remove = async (args, req) => { ${code} if (!claims.isAdmin) throw new Error("no"); return args.id; };`;

/** A guard whose function verifies in a promise of its own. */
const promised = (start: string): string =>
  `import jwt from "jsonwebtoken"; const check = (token) => new Promise((resolve, reject) => { jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }, (error, claims) => (error ? reject(error) : resolve(claims))); }); export function requireUser(req, res, next) { ${start} check(req.token).then((claims) => { req.user = claims; next(); }).catch(() => res.sendStatus(401)); }`;

const DEVELOPING = "process.env.NODE_ENV === 'development'";

testRule("no-optional-authentication: somebody else in place of the claims", rule, {
  valid: [
    filled(
      `let claims; if (${DEVELOPING}) claims = await find(req); else claims = verify(req.token);`,
    ),
    filled(
      "let claims; if (process.env.NODE_ENV === 'test') claims = { id: 1 }; else claims = verify(req.token);",
    ),
    filled(`let claims; if (args.isOpen) claims = ${SIGNED_IN}; else claims = verify(req.token);`),
    filled(
      `let claims; if (${DEVELOPING} && isKnown(req.ip)) claims = ${SIGNED_IN}; else claims = verify(req.token);`,
    ),
    filled(
      `let claims, other; if (${DEVELOPING}) other = ${SIGNED_IN}; else claims = verify(req.token);`,
    ),
    filled(`const claims = ${DEVELOPING} ? { level: 1 } : verify(req.token);`),
    filled(`let claims = { level: 0 }; if (!(${DEVELOPING})) claims = verify(req.token);`),
    // A look-up that takes something of the request may be a sign-in of another kind.
    ...[
      "find({ key: req.headers.key })",
      "findFirst(filter)",
      "assertOpen({ role: 'admin' })",
      "find()",
    ].map((lookUp) =>
      guard(`if (${DEVELOPING}) { req.user = await users.${lookUp}; return next(); }`).replace(
        "function",
        "async function",
      ),
    ),
    promised("if (process.env.LOGGING !== 'true') return next();"),
    // How somebody signs in, in other modes than without.
    ...[
      "settings.authMode === 'jwt'",
      "settings.mode === 'local'",
      "req.authMode === 'none'",
      "settings.authMode > 'local'",
      "settings.authModeName === 'none'",
    ].map((test) =>
      guard(`if (${test}) { req.user = { sub: req.header("X-User") }; return next(); }`),
    ),
    guard(
      "if (settings.authMode === 'local') { req.user = signIn(req.header('X-User')); return next(); }",
    ),
    guard("if (settings.authMode !== 'none') return res.sendStatus(503);"),
  ],
  invalid: [
    filled(
      `let claims; if («${DEVELOPING}») claims = ${SIGNED_IN}; else claims = verify(req.token);`,
    ),
    filled(
      `let claims; if («${DEVELOPING}») claims = ${SIGNED_IN}; else claims = await admin.auth().verifyIdToken(req.token);`,
    ),
    filled(
      `let claims = ${SIGNED_IN}; if («process.env.NODE_ENV === 'production'») claims = verify(req.token);`,
    ),
    filled(`const claims = «${DEVELOPING}» ? ${SIGNED_IN} : verify(req.token);`),
    ...[
      "const one = await users.findFirst({ role: 'admin' }); if (one) { req.user = one; return next(); } return next();",
      "try { req.user = await users.findOne({ where: { roles: ['admin'] } }); } catch { console.log('none'); } return next();",
    ].map((body) =>
      guard(`if («${DEVELOPING}») { ${body} }`).replace("function", "async function"),
    ),
    promised("if (!«process.env.AUTH_ENABLED») return next();"),
    guard(
      "if («settings.authMode === 'local'») { req.user = { sub: req.header('X-User') }; return next(); }",
    ),
    guard("if («process.env.AUTH_MODE === 'none'») return next();"),
  ].map((code) => marked(code, switchedOff)),
});

/** A guard that goes by a function out of sight, or by a secret itself. */
const unset = (start: string, rest = "", end = "next();"): string =>
  `import { readTicket } from "./jwt.js"; const SECRET = process.env.JWT_SECRET; ${rest} export function gate(req, res, next) { ${start} const ticket = req.headers.authorization; if (!ticket) return res.status(401).json({}); if (readTicket(ticket).p !== process.env.ENTRY_PASSWORD) return res.sendStatus(401); ${end} }`;

testRule("no-optional-authentication: guards that nobody has set", rule, {
  valid: [
    unset("if (!process.env.JWT_SECRET) return res.sendStatus(500);"),
    unset("if (!process.env.JWT_SECRET) throw new Error('none');"),
    unset("if (!process.env.JWT_SECRET && isKnown(req.ip)) return next();"),
    unset(
      "if (!process.env.JWT_SECRET) { if (isKnown(req.ip)) return next(); return res.sendStatus(403); }",
    ),
    unset("if (!process.env.JWT_SECRET) { assertKnown(req.ip); return next(); }"),
    unset("if (!process.env.JWT_SECRET || isOpen(req.path)) return next();"),
    unset("if (process.env.JWT_SECRET) return next();"),
    unset("if (!process.env.LOG_LEVEL || !token) return next();"),
    unset("if (!settings.secret) return next();"),
    unset("if (!process.env.JWT_SECRET && process.env.NODE_ENV === 'test') return next();"),
    // Nothing runs without it.
    ...[
      "if (!SECRET) throw new Error('none');",
      "if (process.env.NODE_ENV === 'production' && !SECRET) process.exit(1);",
      "requireAll(['JWT_SECRET', 'PORT']);",
    ].map((rest) => unset("if (!process.env.JWT_SECRET) return next();", rest)),
    // Whoever is no program, or comes from a page of the site, is not signed in by that.
    ...["RECAPTCHA_SECRET_KEY", "HCAPTCHA_SECRET", "TURNSTILE_SECRET_KEY", "CSRF_SECRET"].map(
      (name) =>
        `// jwt\nexport const people = async (req, res, next) => { if (!process.env.${name}) return next(); const token = req.body.token; if (!(await fits(token))) return res.status(403).end(); next(); };`,
    ),
    // Nobody is refused anyway, and what is no guard for tokens.
    'import { read } from "./jwt.js"; export function attach(req, res, next) { if (!process.env.JWT_SECRET) return next(); req.user = read(req.headers.authorization); next(); }',
    'import { read } from "./jwt.js"; export function csp(req, res, next) { if (!process.env.CSP_KEY) return next(); if (!fits(req.body)) return res.sendStatus(403); next(); }',
  ],
  invalid: [
    unset("if («!process.env.JWT_SECRET») return next();").replace("«!", "!«"),
    "// jwt\nexport const people = async (req, res, next) => { if (!«process.env.TICKET_SECRET») return next(); const token = req.body.token; if (!(await fits(token))) return res.status(403).end(); next(); };",
    unset("if (!«SECRET») { console.warn('open'); next(); return; }"),
    unset(
      "if («process.env.NODE_ENV === 'development' || !process.env.ENTRY_PASSWORD || !process.env.JWT_SECRET») { next(); return; }",
    ),
    unset("if (process.env.NODE_ENV !== 'production') { if (!«SECRET») return next(); }"),
    unset(
      "if (!«SECRET») return next();",
      "if (!process.env.PORT) throw new Error('none'); list(['PORT']);",
    ),
  ].map((code) => marked(code, switchedOff)),
});

const WITHOUT = "process.env.NODE_ENV !== 'production'";

/** A guard that is put around a resolver, or a handler. */
const around = (
  start: string,
  goesOn = "resolve(parent, args, context)",
  parameters = "resolve, parent, args, context",
): string =>
  `import { verifySessionToken } from "../lib/sessions.js"; export const onlyFor = (roles, handler) => async function guard(${parameters}) { ${start} const { claims } = verifySessionToken(context.token); if (!roles.includes(claims.role)) throw new Error("no"); return ${goesOn}; };`;

testRule("no-optional-authentication: guards that are put around a function", rule, {
  valid: [
    // Something else is asked as well, somebody else is called, or it is told something else.
    around(`if (${WITHOUT} && isKnown(context)) return resolve(parent, args, context);`),
    around(`if (${WITHOUT}) return reject(parent, args, context);`),
    around(`if (${WITHOUT}) return resolve(parent, args, { user: none });`),
    around(`if (${WITHOUT}) return resolve(context);`),
    around(`if (${WITHOUT}) return resolve(roles, handler);`),
    around(`if (${WITHOUT}) return roles(parent, args, context);`).replace("(roles, ", "("),
    around(`if (${WITHOUT}) return (() => resolve(parent, args, context));`),
    around("if (process.env.NODE_ENV === 'test') return resolve(parent, args, context);"),
    around(`if (${WITHOUT}) { refuse(context); return resolve(parent, args, context); }`),
    // The function that is put around verifies nothing.
    around(`if (${WITHOUT}) return resolve(parent, args, context);`).replaceAll(
      "verifySessionToken",
      "readSession",
    ),
  ],
  invalid: [
    around(`if («${WITHOUT}») return resolve(parent, args, context);`),
    around(`if («${WITHOUT}») { console.warn("open"); return resolve(parent, args, context); }`),
    around(
      `if («${WITHOUT}») return handler(args, context);`,
      "handler(args, context)",
      "args, context",
    ),
    around(`if («${WITHOUT}») return handler(...args);`, "handler(...args)", "...args"),
  ].map((code) => marked(code, switchedOff)),
});
